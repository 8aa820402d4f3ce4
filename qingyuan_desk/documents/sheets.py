"""Spreadsheets in and out: .csv and .xlsx. Every cell is text, whatever a file pretends to be.

What comes in is limited before it is unpacked; what goes out can neither calculate nor lose a character unsaid.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any

from qingyuan_desk.documents.files import write_atomically
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.grid import UNCALCULATED, Grid

#: Limits of a file that is read.
MAX_BYTES = 20_000_000
MAX_UNZIPPED = 200_000_000
MAX_RATIO = 100
MAX_PARTS = 1000
MAX_STYLES = 5_000_000
MAX_ROWS = 50_000
MAX_COLUMNS = 60
MAX_GAP = 200
#: What a spreadsheet's cell holds, in UTF-16 units.
CELL_LIMIT = 32_767
#: Digits a spreadsheet keeps of a number.
EXACT_DIGITS = 15

_KINDS = (".csv", ".txt", ".tsv", ".xlsx")
_SEPARATORS = {"\t": "制表符", ",": "逗号", ";": "分号", "，": "中文逗号", "|": "竖线"}
_DANGEROUS = tuple("=+-@＝＋－＠\t\r\n")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: A workbook writes characters XML cannot hold as _x000D_, and a text that only looks so as _x005F_x000D_.
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff]")
_WEB_PAGE = re.compile(rb"\s*<(?:!doctype|html|head|meta|table|\?xml|xml)", re.IGNORECASE)


def read(path: Path) -> Grid:
    """The first sheet of a .csv, .txt, .tsv, or .xlsx file that has anything in it.

    Raises Refused at the field `file` with a sentence for anything that is not such a file or is beyond the limits.
    """
    content = _content(path)
    if content.startswith(b"PK"):
        return _workbook(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise _refused(
            "文件有打开密码，读不了。请在 Excel 或 WPS 里去掉密码后另存为 xlsx。"
            if locked
            else "这是旧版 xls（或 WPS 的 et）格式，请在 Excel 或 WPS 里另存为 xlsx 后再导入。"
        )
    if _WEB_PAGE.match(content.removeprefix(b"\xef\xbb\xbf")):
        raise _refused("这是网页格式，只是名字像表格。请在 Excel 或 WPS 里打开它，另存为 xlsx 后再导入。")
    if path.suffix.lower() == ".xlsx":
        raise _refused("不是有效的 xlsx 文件。请在 Excel 或 WPS 里打开它，另存为 xlsx 后再导入。")
    return _text_table(path.stem, content)


def write(path: Path, grids: Sequence[Grid]) -> None:
    """Write sheets as .xlsx, or one sheet as .csv; the old file stays whole whatever goes wrong.

    Raises Refused at the field `file` for a cell longer than a spreadsheet holds, Unavailable when it cannot be written.
    """
    if path.suffix.lower() == ".csv":
        if len(grids) != 1:
            raise _refused("CSV 文件只能放一张表，请改存为 xlsx。")
        write_atomically(path, _csv_bytes(grids[0]))
    elif path.suffix.lower() == ".xlsx":
        write_atomically(path, workbook(grids))
    else:
        raise _refused(f"只能存为 .xlsx 或 .csv，不能存为“{path.suffix or path.name}”。请改文件名。")


# --- a file, before it is understood -----------------------------------------------------------------------------


def _refused(sentence: str) -> Refused:
    return Refused.because("file", sentence)


def _content(path: Path) -> bytes:
    """The bytes of a plain file of bearable size."""
    try:
        if not path.exists():
            raise _refused(f"没有找到文件 {path}。请核对位置和名字。")
        if not path.is_file():
            raise _refused(f"{path} 不是一个文件。请选一个 xlsx 或 csv 文件。")
        if path.suffix.lower() not in _KINDS:
            raise _refused(
                f"只能导入 {' '.join(_KINDS)} 文件，{path.name} 不是。请在 Excel 或 WPS 里另存为 xlsx。"
            )
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _refused(
                f"文件有 {size / 1e6:.0f} MB，超过 {MAX_BYTES // 1_000_000} MB。请分成几个文件导入。"
            )
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        cause = error.strerror if isinstance(error, OSError) else "文件名不合法"
        raise _refused(f"文件 {path.name} 打不开（{cause}）。请检查权限，或关掉正在使用它的程序。") from error
    if not content.strip(b"\0\t\r\n "):
        raise _refused("文件是空的。请核对是不是选错了文件。")
    return content


def _grid(name: str, rows: Iterable[tuple[str, ...]], told: list[str]) -> Grid:
    """Rows as one rectangle under the first row that has anything, within the limits."""
    kept: list[tuple[str, ...]] = []
    first_row, empty = 1, 0
    for number, row in enumerate(rows, start=1):
        width = (
            max((place for place, cell in enumerate(row, start=1) if cell.strip()), default=0) if row else 0
        )
        if width > MAX_COLUMNS:
            raise _refused(
                f"第 {number} 行的第 {width} 列还有内容，最多 {MAX_COLUMNS} 列。请删掉多余的列后再导入。"
            )
        if not width:
            empty += 1
            continue
        if empty > MAX_GAP:
            raise _refused(f"第 {number} 行之前有 {empty} 个空行。请删掉空行（或多余的内容）后再导入。")
        if number > MAX_ROWS + 1:
            raise _refused(f"超过 {MAX_ROWS} 行。请分成几个文件导入。")
        if kept:
            kept += [()] * empty
        else:
            first_row = number
        empty = 0
        kept.append(row[:width])
    if not kept:
        raise _refused("表里什么也没有。请核对是不是选错了文件。")
    width = max(map(len, kept))
    square = [(*row, *[""] * (width - len(row))) for row in kept]
    return Grid(name, square[0], tuple(square[1:]), first_row + 1, tuple(told))


# --- text files --------------------------------------------------------------------------------------------------


def _text_table(name: str, content: bytes) -> Grid:
    text, encoding = _decoded(content)
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    told = [f"按 {encoding} 编码、{_SEPARATORS[separator]}分隔读取，请核对中文和分列对不对。"]
    try:
        return _grid(name, (tuple(map(_unmarked, row)) for row in reader), told)
    except csv.Error as error:
        raise _refused(
            f"第 {reader.line_num} 行附近读不下去：引号不成对，或一格里的字太多。请用 Excel 打开后另存为 xlsx 再导入。"
        ) from error


def _decoded(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding."""
    for encoding, name in _likely(content):
        try:
            return content.decode(encoding).replace("\0", ""), name
        except UnicodeDecodeError:
            continue
    raise _refused("文件的文字编码认不出来（可能混有几种）。请用 Excel 或 WPS 打开，另存为 xlsx 后再导入。")


def _likely(content: bytes) -> list[tuple[str, str]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return [("utf-16", "UTF-16")]
    odd, even = content[1:4000:2].count(0), content[0:4000:2].count(0)
    if max(odd, even) * 20 > min(len(content), 4000):
        return [("utf-16-le" if odd > even else "utf-16-be", "UTF-16")]
    return [("utf-8-sig", "UTF-8"), ("gb18030", "GB18030（GBK）")]


def _separator(text: str) -> str:
    """What separates the first line that has any separator."""
    for line in text.splitlines():
        counts = {mark: line.count(mark) for mark in _SEPARATORS}
        if any(counts.values()):
            return max(counts, key=lambda mark: counts[mark])
    return ","


def _unmarked(cell: str) -> str:
    """A cell without the marks that make spreadsheets take it as text: ="0312" and a leading apostrophe."""
    if cell.startswith('="') and cell.endswith('"') and len(cell) > 2:
        return cell[2:-1]
    if cell.startswith("'") and (cell[1:2].isdigit() or cell[1:].startswith(_DANGEROUS)):
        return cell[1:]
    return cell


def _csv_bytes(grid: Grid) -> bytes:
    """UTF-8 with the mark Excel needs; nothing that calculates."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in (grid.header, *grid.rows):
        writer.writerow([f"'{cell}" if cell.startswith(_DANGEROUS) else cell for cell in map(_kept, row)])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


# --- workbooks ---------------------------------------------------------------------------------------------------


def _workbook(content: bytes) -> Grid:
    """The first visible sheet that has anything, and what was left out."""
    from defusedxml import DefusedXmlException

    try:
        return _sheet(content, calculating=_inspected(content))
    except Refused:
        raise
    except Exception as error:
        # A workbook can be broken in any way, and the reader has as many errors; some it wraps in its own.
        unsafe = any(isinstance(cause, DefusedXmlException) for cause in (error, error.__cause__))
        raise _refused(
            "文件里夹有不安全的 XML 声明，没有读取。请用 Excel 或 WPS 重新另存为 xlsx。"
            if unsafe
            else "不是有效的 xlsx 文件，或已损坏。请在 Excel 或 WPS 里打开它，另存为 xlsx 后再导入。"
        ) from error


def _inspected(content: bytes) -> bool:
    """Refuse a bomb before it is unpacked; whether any cell is calculated."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        unzipped = sum(part.file_size for part in parts)
        if unzipped > MAX_UNZIPPED or unzipped > MAX_RATIO * len(content):
            raise _refused(
                f"文件解开后有 {unzipped / 1e6:.0f} MB，大得不正常，没有读取。请核对来源，或分成几个文件。"
            )
        if len(parts) > MAX_PARTS or any(
            part.file_size > MAX_STYLES for part in parts if part.filename == "xl/styles.xml"
        ):
            raise _refused("工作表或格式多得不正常，没有读取。请把要导入的表复制到一个新文件里。")
        return any(
            _contains(archive, part, (b"<f>", b"<f ", b"<f/"))
            for part in parts
            if "/worksheets/" in part.filename
        )


def _contains(archive: zipfile.ZipFile, part: zipfile.ZipInfo, marks: Sequence[bytes]) -> bool:
    tail = b""
    with archive.open(part) as stream:
        while piece := stream.read(1_000_000):
            if any(mark in tail + piece for mark in marks):
                return True
            tail = piece[-4:]
    return False


def _sheet(content: bytes, *, calculating: bool) -> Grid:
    sheets = _sheets(content, values=True)
    place = next((place for place, sheet in enumerate(sheets) if _has_anything(sheet)), 0)
    rows = (tuple(map(_text, row)) if row else row for row in sheets[place].iter_rows(values_only=True))
    if calculating:
        formulas = _sheets(content, values=False)[place].iter_rows(values_only=True)
        rows = (tuple(map(_calculated, *pair)) for pair in zip(rows, formulas, strict=True))
    others = [sheet.title for number, sheet in enumerate(sheets) if number != place]
    told = [f"读取了工作表“{sheets[place].title}”。"]
    if others:
        told.append(
            f"另有 {len(others)} 张工作表没有读取：{'、'.join(others[:5])}{'…' * (len(others) > 5)}。"
        )
    return _grid(sheets[place].title, rows, told)


def _sheets(content: bytes, *, values: bool) -> list[Any]:
    """The visible sheets, as values or as formulas; what a file claims about its size is not believed."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=values, keep_links=False)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        raise _refused("文件里没有可见的工作表。请取消隐藏后再导入。")
    for sheet in sheets:
        sheet.reset_dimensions()
    return sheets


def _has_anything(sheet: Any) -> bool:
    """Whether anything stands near the top; a sheet that begins further down is told as one left out."""
    near = sheet.iter_rows(max_row=MAX_GAP, values_only=True)
    return any(_text(value).strip() for row in near for value in row)


def _text(value: object) -> str:
    """A cell's value as a person would write it."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case float() | int() if abs(value) >= 10**EXACT_DIGITS:
            return f"{value:.14E}"
        case float():
            return f"{value:.0f}" if value.is_integer() else repr(value)
        case str():
            return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case _:
            return str(value)


def _calculated(text: str, formula: object) -> str:
    """A formula's last value; a mark when there is none."""
    return text if text or not str(formula or "").startswith("=") else UNCALCULATED


def workbook(grids: Sequence[Grid]) -> bytes:
    """Sheets as the bytes of an .xlsx, every cell text. Raises Refused for a cell longer than a spreadsheet holds."""
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    # Everything is checked before the writer is begun: it cannot be left half-way.
    texts = [_storable(grid) for grid in grids]
    book = openpyxl.Workbook(write_only=True)
    titles: list[str] = []
    for grid, (header, *rows) in zip(grids, texts, strict=True):
        titles.append(_sheet_title(grid.name, titles))
        sheet = book.create_sheet(titles[-1])
        sheet.freeze_panes = "A2"
        for place, width in enumerate(_widths([header, *rows[:200]]), start=1):
            sheet.column_dimensions[get_column_letter(place)].width = width

        def cell(text: str, sheet: Any = sheet, font: Any = None) -> Any:
            made = WriteOnlyCell(sheet, text)
            made.data_type = "s"
            made.number_format = "@"
            made.quotePrefix = text.startswith(_DANGEROUS)
            made.font = font
            return made

        sheet.append([cell(text, font=Font(bold=True)) for text in header])
        for row in rows:
            sheet.append([cell(text) if text else None for text in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _kept(text: str) -> str:
    """What a spreadsheet can hold of a text: no controls, one kind of line break."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _storable(grid: Grid) -> list[list[str]]:
    """Header and rows as a workbook can hold them; a cell beyond its limit is refused, never cut."""
    kept = [[_ESCAPE_LIKE.sub("_x005F_", _kept(cell)) for cell in row] for row in (grid.header, *grid.rows)]
    for number, row in enumerate(kept, start=grid.first_row - 1):
        length = max((len(cell.encode("utf-16-le")) // 2 for cell in row), default=0)
        if length > CELL_LIMIT:
            raise _refused(
                f"第 {number} 行有一格 {length} 个字，超过表格一格 {CELL_LIMIT} 个字的上限，没有写出，以免悄悄丢字。请改存为 CSV。"
            )
    return kept


def _sheet_title(name: str, taken: Sequence[str]) -> str:
    """A title a spreadsheet accepts: no special characters, at most 31 of them, no two alike."""
    base = _FORBIDDEN_IN_TITLE.sub(" ", name).strip(" '") or "表"
    used = {title.casefold() for title in taken}
    tries = (base[:31], *(f"{base[:27]} {number}" for number in range(2, len(taken) + 3)))
    return next(title for title in tries if title.casefold() not in used)


def _widths(shown: list[list[str]]) -> list[int]:
    """Column widths in characters, a Chinese one counting as two."""
    return [
        min(48, max(8, 2 + max(len(cell[:60].encode("gb18030", "replace")) for cell in column)))
        for column in zip(*shown, strict=True)
    ]
