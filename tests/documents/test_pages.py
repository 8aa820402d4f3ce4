"""Pages from elsewhere on A4: every one of them whole, upright, and with room for its number."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import DependencyError
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, FloatObject, NameObject

from qingyuan_desk.documents.pages import HEIGHT, WIDTH, Binder, image_page, opened
from qingyuan_desk.domain.errors import Refused

from .foreign import A4, pdf, photo
from .reading import needs_poppler, placed, rendered

MM = 72 / 25.4
A3_LANDSCAPE = (1190.55, 841.89)


def together(*files: bytes, own: bool = False) -> bytes:
    binder = Binder()
    for content in files:
        binder.add(opened(content, "x"), "x", own=own)
    return binder.written()


def bound(*files: bytes, own: bool = False) -> list[PageObject]:
    return list(PdfReader(BytesIO(together(*files, own=own))).pages)


@pytest.mark.parametrize(
    ("size", "turned", "sheet"),
    [
        (A4, 0, (WIDTH, HEIGHT)),
        (A4, 90, (HEIGHT, WIDTH)),
        (A4, 180, (WIDTH, HEIGHT)),
        (A4, 270, (HEIGHT, WIDTH)),
        (A3_LANDSCAPE, 0, (HEIGHT, WIDTH)),
        (A3_LANDSCAPE, 90, (WIDTH, HEIGHT)),
        ((300, 200), 0, (WIDTH, HEIGHT)),
        ((5000, 100), 0, (HEIGHT, WIDTH)),
        ((100, 14_000), 0, (WIDTH, HEIGHT)),
    ],
)
@needs_poppler
def test_a_page_from_elsewhere_is_whole_and_upright(
    tmp_path: Path, size: tuple[float, float], turned: int, sheet: tuple[float, float]
) -> None:
    (page,) = bound(pdf(size, turned=turned))
    assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(sheet, abs=0.1)
    assert page.rotation == 0
    image = rendered(together(pdf(size, turned=turned)), tmp_path, dpi=72)[0].convert("L")
    left, top, right, bottom = image.point(lambda value: 255 if value < 200 else 0).getbbox() or (0, 0, 0, 0)
    assert left >= 6 * MM - 2 and right <= sheet[0] - 6 * MM + 2
    assert top >= 13 * MM - 2 and bottom <= sheet[1] - 6 * MM + 2
    wide, high = (size[1], size[0]) if turned in (90, 270) else size
    assert (right - left) / (bottom - top) == pytest.approx((wide - 2) / (high - 2), rel=0.08) or min(
        right - left, bottom - top
    ) < 20
    assert right - left <= wide + 1, "nothing is enlarged"


def test_a_page_is_not_cut_off_by_where_its_coordinates_begin() -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(A4))))
    page = writer.pages[0]
    page.mediabox.lower_left = (-100, -50)
    page.cropbox.lower_left = (10, 10)
    buffer = BytesIO()
    writer.write(buffer)
    (found,) = bound(buffer.getvalue())
    assert "elsewhere 1" in found.extract_text()


@needs_poppler
def test_papers_of_this_program_stay_as_they_are() -> None:
    assert placed(together(pdf(A4), own=True)) == placed(pdf(A4))


def test_fonts_of_the_same_name_do_not_get_mixed_up() -> None:
    """Every program calls its first font F1."""
    texts = [page.extract_text().strip() for page in bound(*(pdf(A4, words=word) for word in ("one", "two")))]
    assert texts == ["one 1", "two 1"]


@needs_poppler
def test_a_stamp_on_a_pdf_is_kept() -> None:
    """Electronic seals are annotations: without their look a ruling would be without its seal."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(A4))))
    look = DecodedStreamObject()
    look.set_data(b"BT /F1 20 Tf 5 20 Td (SEAL) Tj ET")
    look[NameObject("/Type")] = NameObject("/XObject")
    look[NameObject("/Subtype")] = NameObject("/Form")
    look[NameObject("/BBox")] = ArrayObject([FloatObject(side) for side in (0, 0, 100, 50)])
    look[NameObject("/Resources")] = writer.pages[0]["/Resources"]
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Stamp"),
            NameObject("/Rect"): ArrayObject([FloatObject(side) for side in (300, 100, 500, 200)]),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(look)}),
        }
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])
    buffer = BytesIO()
    writer.write(buffer)
    (words,) = placed(together(buffer.getvalue()))
    x, y = next((x, y) for word, x, y in words if word == "SEAL")
    scale = (210 - 12) / 210
    assert x - 6 * MM == pytest.approx(310 * scale, abs=2)
    assert y - 13 * MM == pytest.approx((A4[1] - 180) * scale, abs=15)


@pytest.mark.parametrize(
    ("orientation", "red"),
    [
        *((1, "left top"), (2, "right top"), (3, "right bottom"), (4, "left bottom")),
        *((5, "left top"), (6, "right top"), (7, "right bottom"), (8, "left bottom")),
    ],
)
@needs_poppler
def test_a_photo_stands_as_it_was_taken(tmp_path: Path, orientation: int, red: str) -> None:
    page = rendered(image_page(photo(orientation=orientation), "照片"), tmp_path, dpi=50)[0].convert("RGB")
    assert page.size == pytest.approx((210 / 25.4 * 50, 297 / 25.4 * 50), abs=1)
    coloured = page.convert("HSV").split()[1].point(lambda value: 255 if value > 100 else 0)
    left, top, right, bottom = coloured.getbbox() or (0, 0, 0, 0)
    assert (right - left > bottom - top) is (orientation < 5)
    x = left + 10 if "left" in red else right - 10
    y = top + 10 if "top" in red else bottom - 10
    colour = page.getpixel((x, y))
    assert isinstance(colour, tuple) and colour[0] > 200 > 100 > colour[2]


@pytest.mark.parametrize(
    ("format", "mode"),
    [("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"), ("PNG", "LA"), ("PNG", "I;16")],
)  # fmt: skip
def test_every_kind_of_image_is_drawn(format: str, mode: str) -> None:
    image = photo(format=format, mode="L" if mode == "I;16" else mode)
    if mode == "I;16":
        buffer = BytesIO()
        Image.new("I;16", (40, 30), 40_000).save(buffer, "PNG")
        image = buffer.getvalue()
    page = PdfReader(BytesIO(image_page(image, "照片"))).pages[0]
    (drawn,) = page.images
    assert drawn.image is not None and drawn.image.size in ((400, 300), (40, 30))
    if mode == "I;16":
        assert drawn.image.convert("L").getpixel((5, 5)) == pytest.approx(40_000 / 256, abs=2)


def test_a_transparent_image_is_on_white() -> None:
    buffer = BytesIO()
    Image.new("RGBA", (40, 30), (0, 0, 0, 0)).save(buffer, "PNG")
    (drawn,) = PdfReader(BytesIO(image_page(buffer.getvalue(), "照片"))).pages[0].images
    assert drawn.image is not None and drawn.image.convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_a_large_photo_is_reduced_to_what_a_printer_can_show() -> None:
    (drawn,) = PdfReader(BytesIO(image_page(photo(6000, 4500), "照片"))).pages[0].images
    assert drawn.image is not None and 1200 < drawn.image.width < 1600


def test_a_large_black_and_white_scan_stays_smooth() -> None:
    """Dropping pixels of a scan in two colours would break its letters."""
    image = Image.new("1", (3000, 4000))
    image.putdata([number % 2 for number in range(3000 * 8)] * 500)
    buffer = BytesIO()
    image.save(buffer, "PNG")
    (drawn,) = PdfReader(BytesIO(image_page(buffer.getvalue(), "扫描件"))).pages[0].images
    assert drawn.image is not None
    greys = drawn.image.convert("L").crop((100, 100, 200, 200)).getextrema()
    assert greys[0] > 60 and greys[1] < 200


def test_a_small_photo_is_the_very_file() -> None:
    content = photo()
    pdf_page = image_page(content, "照片")
    assert content in pdf_page


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (pdf(A4, password="geheim"), "加了密码"),
        (pdf(A4)[:300], "读不出来"),
        (b"", "读不出来"),
        (b"%PDF-1.4 nonsense", "读不出来"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said) as refused:
        opened(content, "合同.pdf")
    assert "合同.pdf" in refused.value.sentence


def test_what_opens_without_a_password_is_not_locked() -> None:
    (page,) = bound(pdf(A4, owner="geheim"))
    assert "elsewhere 1" in page.extract_text()


def test_a_cipher_that_is_not_at_hand_counts_as_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(*_: object) -> object:
        raise DependencyError("cryptography>=3.1 is required for AES algorithm")

    monkeypatch.setattr(PdfReader, "decrypt", lacking)
    with pytest.raises(Refused, match="加了密码"):
        opened(pdf(A4, password="geheim"), "合同.pdf")


def test_an_image_too_large_to_take_apart_is_refused() -> None:
    buffer = BytesIO()
    Image.new("1", (20_000, 7_000)).save(buffer, "PNG")
    with pytest.raises(Refused, match=r"“照片”太大（20000×7000）"):
        image_page(buffer.getvalue(), "照片")


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff", photo()[:200], photo(format="PNG")[:60]])
def test_a_damaged_photo_is_refused(content: bytes) -> None:
    with pytest.raises(Refused, match="“照片”读不出来"):
        image_page(content, "照片")
