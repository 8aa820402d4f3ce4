"""The whole dossier (卷宗) as one PDF, or as a folder of files: cover, contents with true page numbers, papers, back cover.

Cover, contents and back cover have no number; the others are numbered from 1 in the upper right corner.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pypdf import PdfReader
from pypdf.constants import PageLabelStyle
from pypdf.generic import Fit, IndirectObject

from qingyuan_desk.documents import forms
from qingyuan_desk.documents.fonts import faces
from qingyuan_desk.documents.page import MM, Pen
from qingyuan_desk.documents.pages import Binder, image_page, opened
from qingyuan_desk.documents.typeset import Setter
from qingyuan_desk.domain.mediation.dossier import TITLE, DossierLine, Part
from qingyuan_desk.domain.mediation.papers import MEDIATION_PAPERS, CasePaper, ContentsLine
from qingyuan_desk.domain.papers import Paper

_UNFILED = "未归档"
_BACK = "back_cover"
#: Everything in a package has this moment, so that the same dossier gives the same bytes.
_ALWAYS = (2000, 1, 1, 0, 0, 0)
_SUFFIXES = {"pdf": "pdf", "jpeg": "jpg", "png": "png"}
_FORBIDDEN = str.maketrans({each: "_" for each in '<>:"/\\|?*\n\r\t'})


@dataclass(frozen=True)
class KeptFile:
    """An attachment with its bytes. media: pdf, jpeg, or png."""

    title: str
    media: str
    content: bytes


@dataclass(frozen=True)
class _Piece:
    """A paper or a file on a line of the dossier, ready to be bound. first: its first page, counted from 1."""

    title: str
    reader: PdfReader
    own: bool
    first: int

    @property
    def last(self) -> int:
        return self.first + len(self.reader.pages) - 1


Section = tuple[DossierLine, tuple[_Piece, ...]]


def render(facts: CasePaper, lines: Sequence[DossierLine], files: Mapping[int, KeptFile]) -> Paper:
    """Bind the dossier. files: attachments on the lines, by record id. The same facts give the same bytes.

    Raises Refused for a file that cannot be read, Unavailable when a font or a text of this program is not there.
    """
    missing: dict[str, None] = {}
    sections, total = _sections(facts, lines, files, missing)
    whole = replace(facts, contents=_contents(facts, sections), pages=total)
    binder = Binder()
    front = ["cover", "contents"]
    starts = {}
    for kind in front:
        starts[kind] = binder.count
        _bind(binder, whole, kind, missing)
    body = binder.count
    for _, pieces in sections:
        for piece in pieces:
            binder.add(piece.reader, piece.title, own=piece.own)
    if total:
        binder.stamp(opened(_numbers(binder, body), "numbers"), body)
    starts[_BACK] = binder.count
    _bind(binder, whole, _BACK, missing)
    mediation = facts.case.mediation
    if mediation is None or mediation.filed_on is None:
        binder.stamp(opened(_mark(), "mark"), 0)
    _outline(binder, sections, starts, body)
    _describe(binder, facts, body, total)
    number = mediation.number if mediation else ""
    return Paper(
        "dossier",
        f"{TITLE} {number}".strip(),
        "a4",
        binder.written(),
        tuple(missing),
        facts.count,
        binder.count,
        facts.case.visits[-1] if facts.case.visits else "",
    )


def contents(
    facts: CasePaper, lines: Sequence[DossierLine], files: Mapping[int, KeptFile]
) -> tuple[tuple[ContentsLine, ...], int]:
    """The lines of 卷内目录 with the pages they are on, and how many pages are numbered."""
    sections, total = _sections(facts, lines, files, {})
    return _contents(facts, sections), total


def package(facts: CasePaper, lines: Sequence[DossierLine], files: Mapping[int, KeptFile]) -> bytes:
    """The dossier as a zip: every paper as a PDF of its own, files as they came, contents as text and JSON."""
    entries = [(f"00-00 {MEDIATION_PAPERS['cover'].title}.pdf", _paper(facts, "cover", 0).pdf)]
    listed: list[str] = []
    told: list[dict[str, object]] = []
    for line in lines:
        found = [_entry(facts, line.no, number, part, files) for number, part in enumerate(line.parts, 1)]
        names = [name for name, _ in found]
        entries += found
        listed += [f"{line.no:>2}  {line.title}", *(f"      {name}" for name in names)]
        told.append(
            {
                "no": line.no,
                "title": line.title,
                "required": line.required,
                "state": line.state,
                "hint": line.hint,
                "files": names,
            }
        )
    text = "\r\n".join([*listed, ""])
    entries.append((f"{MEDIATION_PAPERS['contents'].title}.txt", text.encode("utf-8-sig")))
    entries.append(("contents.json", (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()))
    return _zipped(entries)


def _entry(
    facts: CasePaper, line: int, number: int, part: Part, files: Mapping[int, KeptFile]
) -> tuple[str, bytes]:
    """A paper or a file of a package under a name every system takes."""
    kept = files.get(part.attachment)
    suffix, content = ("pdf", b"") if kept is None else (_SUFFIXES[kept.media], kept.content)
    title = part.title.translate(_FORBIDDEN)[:60].strip(" .")
    return f"{line:02}-{number:02} {title}.{suffix}", content or _paper(facts, part.kind, part.subject).pdf


def _zipped(entries: Sequence[tuple[str, bytes]]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in entries:
            entry = ZipInfo(name, _ALWAYS)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


# --- putting it together -----------------------------------------------------------------------------------------


def _sections(
    facts: CasePaper,
    lines: Sequence[DossierLine],
    files: Mapping[int, KeptFile],
    missing: dict[str, None],
) -> tuple[list[Section], int]:
    """What stands on every line, where it begins, and how many pages are numbered. The back cover is none of them."""
    sections: list[Section] = []
    page = 1
    facts = replace(facts, count=1)  # which copy of the dossier this is stands on its cover
    for line in lines:
        pieces = []
        for part in line.parts:
            if part.kind == _BACK:
                continue
            kept = files.get(part.attachment)
            if kept is None:
                paper = _paper(facts, part.kind, part.subject)
                missing.update(dict.fromkeys(paper.missing))
                reader, own = opened(paper.pdf, part.title), True
            elif kept.media == "pdf":
                reader, own = opened(kept.content, part.title), False
            else:
                reader, own = opened(image_page(kept.content, part.title), part.title), True
            pieces.append(_Piece(part.title, reader, own, page))
            page += len(reader.pages)
        sections.append((line, tuple(pieces)))
    return sections, page - 1


def _paper(facts: CasePaper, kind: str, subject: int) -> Paper:
    return forms.render(kind, replace(facts, subject=subject))


def _bind(binder: Binder, facts: CasePaper, kind: str, missing: dict[str, None]) -> None:
    paper = _paper(facts, kind, 0)
    missing.update(dict.fromkeys(paper.missing))
    binder.add(opened(paper.pdf, paper.title), paper.title, own=True)


def _contents(facts: CasePaper, sections: Sequence[Section]) -> tuple[ContentsLine, ...]:
    explained = facts.case.mediation is not None and facts.case.mediation.remark
    lacks = "缺，见卷宗情况说明" if explained else "缺"
    return tuple(_contents_line(line, pieces, lacks) for line, pieces in sections)


def _contents_line(line: DossierLine, pieces: Sequence[_Piece], lacks: str) -> ContentsLine:
    """A line of the contents: its pages; how many papers they are, or that something is missing."""
    count = f"{len(pieces)} 份" if len(pieces) > 1 else ""
    missing = lacks if line.state == "missing" and line.required else ""
    note = "，".join(filter(None, [count, missing]))
    if not pieces:
        return ContentsLine(line.title, note=note)
    return ContentsLine(line.title, pieces[0].first, pieces[-1].last, note)


def _numbers(binder: Binder, body: int) -> bytes:
    """The page numbers of everything bound since page `body`, each on a page as small as it."""
    return _stamps([f"第 {number} 页" for number in range(1, binder.count - body + 1)], boxed=False)


def _mark() -> bytes:
    """未归档 in a box, for the cover."""
    return _stamps([_UNFILED], boxed=True)


def _stamps(texts: Sequence[str], *, boxed: bool) -> bytes:
    """Pages with a few words in the upper right corner."""
    from reportlab.pdfgen.canvas import Canvas

    setter = Setter(faces())
    size, high, edge = (16.0, 26 * MM, 15 * MM) if boxed else (9.0, 12 * MM, 12 * MM)
    width = 60 * MM
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(width, high), invariant=1, initialFontName=setter.faces.regular.name)
    for text in texts:
        line = setter.line(text, size, bold=boxed)
        x, y = width - edge - line.width, 4 * MM
        pen = Pen(canvas)
        if boxed:
            pen.box(x - 8, y - 6, line.width + 16, size + 8)
        pen.line(x, y, line)
        pen.finish()
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _outline(binder: Binder, sections: Sequence[Section], starts: Mapping[str, int], body: int) -> None:
    """Bookmarks: the covers, each line of the contents, and each paper on it."""
    for kind in ("cover", "contents"):
        _bookmark(binder, MEDIATION_PAPERS[kind].title, starts[kind])
    for line, pieces in sections:
        if not pieces:
            continue
        parent = _bookmark(binder, f"{line.no} {line.title}", body + pieces[0].first - 1)
        for piece in pieces:
            _bookmark(binder, piece.title, body + piece.first - 1, parent)
    _bookmark(binder, MEDIATION_PAPERS[_BACK].title, starts[_BACK])
    binder.writer.page_mode = "/UseOutlines"


def _bookmark(binder: Binder, title: str, page: int, parent: IndirectObject | None = None) -> IndirectObject:
    """Leads to the upper left corner of a page, at the size it is read in; some viewers know no other way."""
    corner = Fit.xyz(left=0, top=float(binder.writer.pages[page].mediabox.top), zoom=0)
    return binder.writer.add_outline_item(title=title, page_number=page, parent=parent, fit=corner)


def _describe(binder: Binder, facts: CasePaper, body: int, total: int) -> None:
    """Properties of the file, and page labels: a viewer counts as the paper does."""
    mediation = facts.case.mediation
    binder.writer.metadata = {
        "/Title": f"{TITLE} {mediation.number if mediation else ''}".strip(),
        "/Author": facts.office.committee or facts.office.name,
        "/Subject": facts.case.title,
        "/Producer": "qingyuan_desk",
    }
    binder.writer.set_page_label(0, body - 1, style=PageLabelStyle.LOWERCASE_ROMAN)
    if total:
        binder.writer.set_page_label(body, body + total - 1, style=PageLabelStyle.DECIMAL)
    binder.writer.set_page_label(body + total, binder.count - 1, prefix=MEDIATION_PAPERS[_BACK].title)
