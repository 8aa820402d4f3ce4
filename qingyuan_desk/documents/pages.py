"""Pages of files that came from elsewhere, as they go into a dossier: each on A4, upright, nothing of it cut off.

A page smaller than A4 keeps its size, a larger one shrinks; what stands across is on a page that lies across. Stamps and
signatures put on a PDF (annotations) become part of the page.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps
from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.errors import DependencyError
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    StreamObject,
)

from qingyuan_desk.documents.page import MM
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.papers import Paper

#: A4 upright, in points.
WIDTH, HEIGHT = 210 * MM, 297 * MM
#: What is left free of a page from elsewhere: at the top for its number, and around it.
_TOP, _EDGE = 13 * MM, 6 * MM
#: Images are reduced to this many pixels for each point of the sheet (200 dpi).
_SHARP = 200 / 72
#: Pixels of the largest image that is drawn: taken apart it needs three bytes for each.
_PIXELS = 120_000_000
#: EXIF orientations of a camera held on its side.
_LYING = (5, 6, 7, 8)
#: An annotation with this flag is not to be seen.
_HIDDEN = 2

Matrix = tuple[float, float, float, float, float, float]

# What cannot be read is refused below, in words; remarks of the libraries about a file are no use to a clerk.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)
warnings.filterwarnings("ignore", module="PIL")
Image.MAX_IMAGE_PIXELS = None  # asked for below, with a sentence instead of a warning


def opened(content: bytes, name: str) -> PdfReader:
    """A PDF ready to be read. Raises Refused when it is locked, damaged, or empty."""
    try:
        reader = PdfReader(BytesIO(content))
        locked = reader.is_encrypted and not reader.decrypt("")  # what opens without asking is not locked
        empty = not locked and not len(reader.pages)
    except DependencyError:  # a cipher that is not at hand
        locked, empty = True, False
    except Exception as error:  # a damaged file can stumble anywhere in the library
        raise _unreadable(name) from error
    if locked:
        raise Refused.because(
            "file", f"“{name}”加了密码，读不出来。请用原来的软件打印成不加密的 PDF，再加进来。"
        )
    if empty:
        raise Refused.because("file", f"“{name}”里一页也没有。请换一个文件。")
    return reader


def together(papers: Sequence[Paper], title: str) -> Paper:
    """Papers of this program behind each other, to be printed in one go; each keeps its own foot."""
    binder = Binder()
    for each in papers:
        binder.add(opened(each.pdf, each.title), each.title, own=True)
    binder.writer.metadata = {"/Title": title, "/Producer": "qingyuan_desk"}
    missing = dict.fromkeys(char for each in papers for char in each.missing)
    return Paper(
        papers[0].kind, title, "a4", binder.written(), tuple(missing), 1, binder.count, parts=tuple(papers)
    )


class Binder:
    """Makes one PDF of pages of many: each becomes a picture (form) on a page of A4, so that none can disturb another."""

    def __init__(self) -> None:
        self.writer = PdfWriter()

    @property
    def count(self) -> int:
        """How many pages there are so far."""
        return len(self.writer.pages)

    def add(self, reader: PdfReader, name: str, *, own: bool) -> None:
        """Append every page of a PDF. own: a paper of this program, already on A4. Raises Refused for a damaged one."""
        for page in reader.pages:
            try:
                form = self._form(page)
                box, turn = _shown(page)
            except Exception as error:  # see `opened`
                raise _unreadable(name) from error
            width, height, matrix = (WIDTH, HEIGHT, _MATRIX) if own else _placed(box, turn)
            self._draw(self.writer.add_blank_page(width, height), "Page", form, matrix)

    def stamp(self, reader: PdfReader, first: int) -> None:
        """Put the pages of a PDF over those from `first` on, corner to upper right corner."""
        for number, stamp in enumerate(reader.pages, first):
            page = self.writer.pages[number]
            right = float(page.mediabox.right) - float(stamp.mediabox.right)
            up = float(page.mediabox.top) - float(stamp.mediabox.top)
            self._draw(page, "Stamp", self._form(stamp), (1, 0, 0, 1, right, up))

    def written(self) -> bytes:
        """The whole PDF; the same pages give the same bytes."""
        buffer = BytesIO()
        self.writer.write(buffer)
        return buffer.getvalue()

    def _form(self, page: PageObject) -> Any:
        """A page as a form: its content and what it draws with, then its annotations."""
        content = page.get_contents()
        form = DecodedStreamObject()
        resources = page.get("/Resources")
        copied = self._copy(resources.get_object()) if resources is not None else DictionaryObject()
        form[NameObject("/Type")] = NameObject("/XObject")
        form[NameObject("/Subtype")] = NameObject("/Form")
        form[NameObject("/BBox")] = _numbers(*page.cropbox)
        form[NameObject("/Resources")] = copied
        if "/Group" in page:
            form[NameObject("/Group")] = self._copy(page["/Group"])
        drawn = [content.get_data() if content is not None else b""]
        for number, (stream, matrix) in enumerate(_annotations(page)):
            drawn.append(_use(copied, f"QYNote{number}", self._copy(stream, whole=True), matrix))
        form.set_data(b"\n".join(drawn))
        return self.writer._add_object(form.flate_encode())

    def _copy(self, found: Any, whole: bool = False) -> Any:
        """What stands in another file, copied into this one; a resource dictionary of its own for each page."""
        copied = found.clone(self.writer, force_duplicate=not whole)
        return copied.indirect_reference if whole else copied

    def _draw(self, page: PageObject, name: str, form: Any, matrix: Matrix) -> None:
        """Draw a form on a page, over what is there."""
        resources = page.setdefault(NameObject("/Resources"), DictionaryObject())
        drawn = DecodedStreamObject()
        drawn.set_data(_use(resources, name, form, matrix))
        contents = page.get("/Contents")
        before = list(contents) if isinstance(contents, ArrayObject) else []
        page[NameObject("/Contents")] = ArrayObject([*before, self.writer._add_object(drawn)])


def image_page(content: bytes, name: str) -> bytes:
    """A photo or a scan on A4: upright as it was taken, as large as the sheet allows, its name below it.

    Raises Refused when it cannot be read.
    """
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    from qingyuan_desk.documents.fonts import faces
    from qingyuan_desk.documents.page import Pen
    from qingyuan_desk.documents.typeset import Setter

    setter = Setter(faces())
    below = setter.lines(name, 8.5, WIDTH - 4 * _EDGE)[:2]
    foot = _EDGE + 14 * len(below)
    width, height = WIDTH - 4 * _EDGE, HEIGHT - _TOP - foot - _EDGE
    try:
        image = Image.open(BytesIO(content))
        if image.width * image.height > _PIXELS:
            raise Refused.because(
                "file", f"图片“{name}”太大（{image.width}×{image.height}）。请缩小以后再加进来。"
            )
        picture, pixels = _picture(image, content, round(width * _SHARP), round(height * _SHARP))
    except (OSError, ValueError, SyntaxError) as error:
        raise _unreadable(name) from error
    scale = min(width / pixels[0], height / pixels[1], 72 / 100)
    wide, high = pixels[0] * scale, pixels[1] * scale
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1, initialFontName=setter.faces.regular.name)
    top = HEIGHT - _TOP
    canvas.drawImage(ImageReader(picture), (WIDTH - wide) / 2, top - high, wide, high)
    pen = Pen(canvas)
    for row, line in enumerate(below, 1):
        pen.line((WIDTH - line.width) / 2, top - high - 14 * row, line)
    pen.finish()
    canvas.save()
    return buffer.getvalue()


def _picture(image: Image.Image, content: bytes, wide: int, high: int) -> tuple[Any, tuple[int, int]]:
    """What to draw for an image, and its size in pixels: the file itself where it can stand as it is."""
    orientation = image.getexif().get(0x0112, 1)
    jpeg = image.format == "JPEG"
    if (
        jpeg
        and image.mode in ("RGB", "L")
        and orientation == 1
        and image.width <= wide
        and image.height <= high
    ):
        image.load()
        return BytesIO(content), image.size
    across, up = (high, wide) if orientation in _LYING else (wide, high)
    scale = min(across / image.width, up / image.height, 1)
    image.draft(None, (round(image.width * scale), round(image.height * scale)))
    upright = _plain(ImageOps.exif_transpose(image))
    upright.thumbnail((wide, high), Image.Resampling.HAMMING)
    if not jpeg:
        return upright, upright.size
    buffer = BytesIO()
    upright.save(buffer, "JPEG", quality=88)
    return buffer, upright.size


def _plain(image: Image.Image) -> Image.Image:
    """In colours or greys, white where nothing is."""
    if image.mode.startswith("I"):  # 16 bits a pixel
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("RGB", "L"):
        return image
    if "A" in image.mode or "transparency" in image.info:
        over = image.convert("RGBA")
        under = Image.new("RGBA", over.size, "white")
        return Image.alpha_composite(under, over).convert("RGB")
    return image.convert("RGB")


def _unreadable(name: str) -> Refused:
    return Refused.because(
        "file", f"“{name}”读不出来，可能已经损坏。请打开原件核对，重新扫描或另存后再加进来。"
    )


# --- where a page goes -------------------------------------------------------------------------------------------

_MATRIX: Matrix = (1, 0, 0, 1, 0, 0)


def _shown(page: PageObject) -> tuple[tuple[float, float, float, float], int]:
    """The part of a page that is shown, and how far it is turned to the right (0, 90, 180, 270)."""
    left, bottom, right, top = _floats(page.cropbox)
    if right <= left or top <= bottom:
        raise ValueError("a page without extent")
    return (left, bottom, right, top), page.rotation % 360


def _placed(box: tuple[float, float, float, float], turn: int) -> tuple[float, float, Matrix]:
    """The sheet for a page from elsewhere (width, height), and the matrix that puts it there."""
    left, bottom, right, top = box
    across, up = right - left, top - bottom
    upright = {
        0: (1, 0, 0, 1, -left, -bottom),
        90: (0, -1, 1, 0, -bottom, right),
        180: (-1, 0, 0, -1, right, top),
        270: (0, 1, -1, 0, top, -left),
    }[turn]
    wide, high = (up, across) if turn in (90, 270) else (across, up)
    room = WIDTH - 2 * _EDGE, HEIGHT - _TOP - _EDGE
    lies = wide > high and (wide > room[0] or high > room[1])
    width, height = (HEIGHT, WIDTH) if lies else (WIDTH, HEIGHT)
    scale = min((width - 2 * _EDGE) / wide, (height - _TOP - _EDGE) / high, 1)
    x = (width - wide * scale) / 2
    y = height - _TOP - high * scale
    moved = Transformation(upright).scale(scale).translate(x, y)
    return width, height, moved.ctm


def _annotations(page: PageObject) -> list[tuple[StreamObject, Matrix]]:
    """What annotations look like, and where: ISO 32000-1, 12.5.5, algorithm 8.1."""
    found = []
    for reference in page.get("/Annots") or ():
        note = reference.get_object()
        look = _appearance(note)
        if look is None or int(note.get("/F", 0)) & _HIDDEN or note.get("/Subtype") == "/Popup":
            continue
        x1, y1, x2, y2 = _floats(note["/Rect"])
        a, b, c, d, e, f = _floats(look.get("/Matrix", _MATRIX))
        own = Transformation((a, b, c, d, e, f))
        left, bottom, right, top = _floats(look["/BBox"])
        corners = [own.apply_on((x, y)) for x in (left, right) for y in (bottom, top)]
        xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
        if max(xs) == min(xs) or max(ys) == min(ys):
            continue
        across, up = abs(x2 - x1) / (max(xs) - min(xs)), abs(y2 - y1) / (max(ys) - min(ys))
        found.append(
            (look, (across, 0.0, 0.0, up, min(x1, x2) - min(xs) * across, min(y1, y2) - min(ys) * up))
        )
    return found


def _appearance(note: DictionaryObject) -> StreamObject | None:
    """The normal look of an annotation, in the state it is in."""
    looks = note.get("/AP")
    look = looks.get_object().get("/N") if looks is not None else None
    look = look.get_object() if look is not None else None
    if isinstance(look, DictionaryObject) and not isinstance(look, StreamObject):
        state = look.get(note.get("/AS", "/Off"))
        look = state.get_object() if state is not None else None
    return look if isinstance(look, StreamObject) and "/BBox" in look else None


def _use(resources: DictionaryObject, name: str, form: Any, matrix: Matrix) -> bytes:
    """Name a form among the resources; the words that draw it."""
    forms = resources.get("/XObject")
    named = DictionaryObject(forms.get_object()) if forms is not None else DictionaryObject()
    named[NameObject(f"/{name}")] = form
    resources[NameObject("/XObject")] = named
    return f"q {' '.join(f'{number:.5f}' for number in matrix)} cm /{name} Do Q\n".encode()


def _floats(array: Any) -> list[float]:
    return [float(each) for each in array]


def _numbers(*values: Any) -> ArrayObject:
    return ArrayObject([FloatObject(value) for value in values])
