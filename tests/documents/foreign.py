"""Files that came from elsewhere: photos turned by their camera, scans, PDFs of every shape."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

A4 = (595.28, 841.89)


def pdf(
    *sizes: tuple[float, float],
    words: str = "elsewhere",
    turned: int = 0,
    password: str = "",
    owner: str = "",
) -> bytes:
    """Pages of these sizes in points, with a frame at their edge and words in their upper left corner.

    password: asked for by whoever opens it; owner: only by whoever changes it.
    """
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for number, (width, height) in enumerate(sizes, 1):
        canvas.setPageSize((width, height))
        canvas.rect(1, 1, width - 2, height - 2)
        canvas.setFont("Helvetica", 12)
        canvas.drawString(20, height - 30, f"{words} {number}")
        canvas.showPage()
    canvas.save()
    writer = PdfWriter(clone_from=PdfReader(buffer))
    for page in writer.pages:
        page.rotate(turned)
    if password or owner:
        writer.encrypt(password, owner or password, algorithm="RC4-128")
    return _bytes(writer)


def _bytes(writer: PdfWriter) -> bytes:
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def photo(
    width: int = 400, height: int = 300, orientation: int = 1, format: str = "JPEG", mode: str = "RGB"
) -> bytes:
    """A blue picture whose upper left quarter, as the camera saw it, is red."""
    image = Image.new("RGB", (width, height), "blue")
    ImageDraw.Draw(image).rectangle((0, 0, width // 2, height // 2), fill="red")
    exif = Image.Exif()
    exif[0x0112] = orientation
    buffer = BytesIO()
    image.convert(mode).save(buffer, format, exif=exif)
    return buffer.getvalue()
