"""Papers read back as other programs read them: poppler, zbar, pypdf."""

from __future__ import annotations

import re
import shutil
import subprocess
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
needs_zbar = pytest.mark.skipif(
    shutil.which("zbarimg") is None or shutil.which("pdftoppm") is None,
    reason="zbar-tools or poppler-utils is not installed",
)


def layout(pdf: bytes) -> str:
    """The text as poppler finds it on the page: a line a line, spaces run together, empty lines left out."""
    told = subprocess.run(
        ["pdftotext", "-layout", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    lines = [re.sub(r"\s+", " ", line).strip() for line in told.replace("\f", "\n——\n").splitlines()]
    return "\n".join(line for line in lines if line).removesuffix("——") + "\n"


def words(pdf: bytes) -> str:
    """All text as pypdf reads it, without white space."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def rendered(pdf: bytes, folder: Path, dpi: int) -> list[Image.Image]:
    """The pages as a printer would show them."""
    (folder / "shown.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", folder / "shown.pdf", folder / "shown"], check=True)
    return [Image.open(image) for image in sorted(folder.glob("shown*.png"))]


def placed(pdf: bytes) -> list[list[tuple[str, float, float]]]:
    """Every word of every page, and where it begins: points from the left and from the top."""
    told = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    return [
        [(unescape(word), round(float(x), 1), round(float(y), 1)) for x, y, word in _WORD.findall(page)]
        for page in told.split("<page ")[1:]
    ]


def corner_numbers(pdf: bytes) -> list[int | None]:
    """第 n 页 in the upper right corner of every page of a dossier; None where there is none."""
    corners = ["".join(word for word, x, y in page if y < 13 / 25.4 * 72 and x > 450) for page in placed(pdf)]
    return [int(corner.removeprefix("第").removesuffix("页")) if corner else None for corner in corners]


_WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)"[^>]*>(.*?)</word>')


def codes(pdf: bytes, folder: Path, dpi: int = 150) -> list[str]:
    """What a scanner reads from the printed pages."""
    (folder / "paper.pdf").write_bytes(pdf)
    subprocess.run(
        ["pdftoppm", "-r", str(dpi), "-gray", "-png", folder / "paper.pdf", folder / "page"], check=True
    )
    found = []
    for image in sorted(folder.glob("page*.png")):
        read = subprocess.run(["zbarimg", "--nodbus", "-q", "--raw", image], capture_output=True, check=False)
        found += read.stdout.decode().split()
    return found
