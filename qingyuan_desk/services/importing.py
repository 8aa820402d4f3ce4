"""Importing ledgers of visits and grass-roots reports (基层排查上报): every row goes the way of a form at the desk.

A row's request id is made of what it says, so neither the same file again nor its corrected copy registers a visit
twice. Every visit is its own transaction: whatever stops an import, each visit is there whole or not at all.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from qingyuan_desk.documents import sheets
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.columns import Columns
from qingyuan_desk.domain.errors import DeskError, NotAllowed, Refused, Unavailable
from qingyuan_desk.domain.grid import Grid
from qingyuan_desk.domain.importing import FIELDS, RowForm, columns, is_known, read_row
from qingyuan_desk.domain.pasted import MAX_LINES, WANTED, Line, read_lines
from qingyuan_desk.domain.problems import Level, Problem, blocking
from qingyuan_desk.domain.text import search_key
from qingyuan_desk.domain.visit import Registered, VisitForm
from qingyuan_desk.services import ledger, reception
from qingyuan_desk.services.imported import Fate, ImportReport, RowOutcome
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.store import visits as visit_store

#: Told how many rows are done of how many; asked whether to stop.
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

TOWNSHIP_REPORT = "township_report"
CANCELLED = "已按要求停止，余下的行没有办理；再导入一次同一文件会接着办，不会重复登记。"
#: A file must say this much: any one column of each set.
_NEEDED = (("name", "parties"), ("narrative", "request"))
_NEEDED_DAY = ("received_at", "received_on")


@dataclass(frozen=True)
class PastedRow:
    """A pasted line as a form to be confirmed.

    missing: what it does not say, in Chinese words. unread: the problems that the form no longer shows, such as a day
    nobody can read; they are among `problems` too.
    """

    line_no: int
    text: str
    form: VisitForm
    missing: tuple[str, ...]
    problems: tuple[Problem, ...]
    unread: tuple[Problem, ...] = ()


def visits(
    office: Office,
    actor: Actor,
    path: Path,
    *,
    source: str = "",
    mapping: Mapping[str, str] | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportReport:
    """Register every row of a ledger of visits.

    source: code or name for rows that name none; left out: the centre's own reception. mapping: field → header.
    dry_run: write nothing, say what would happen. Raises Refused for a file or mapping that cannot be read.
    """
    sheet = _sheet(path, mapping, (*_NEEDED, _NEEDED_DAY))
    run = _Run(office, actor, source or "walk_in", dry_run, fixed_source=False, needs_day=True)
    return run.over(path, sheet, progress, cancelled)


def reports(
    office: Office,
    actor: Actor,
    path: Path,
    *,
    mapping: Mapping[str, str] | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportReport:
    """Register every row of a township's report (基层排查上报). Rows without a day are received now."""
    sheet = _sheet(path, mapping, _NEEDED)
    run = _Run(office, actor, TOWNSHIP_REPORT, dry_run, fixed_source=True, needs_day=False)
    return run.over(path, sheet, progress, cancelled)


def pasted(office: Office, text: str) -> tuple[PastedRow, ...]:
    """Lines pasted from a chat or a sheet as forms to be confirmed one by one; nothing is written.

    A confirmed row goes to `confirm`; the same line pasted again the same day is the same request.
    """
    lines = tuple(read_lines(text, office.reference))
    if len(lines) > MAX_LINES:
        raise Refused.because(
            "text", f"一次最多粘贴 {MAX_LINES} 行，现有 {len(lines)} 行。请存为文件后导入。"
        )
    return tuple(_pasted_row(office, line) for line in lines)


def corrected(office: Office, row: PastedRow, form: VisitForm) -> PastedRow:
    """A pasted row as a person put it right, looked at afresh; it stays the same request."""
    unread = tuple(fault for fault in row.unread if _said(form, fault) == _said(row.form, fault))
    return _confirmable(office, row.line_no, row.text, replace(form, request_id=row.form.request_id), unread)


def confirm(office: Office, actor: Actor, row: PastedRow) -> Registered:
    """Register a pasted row that a person confirmed. Again: the first answer. Raises as reception.register does."""
    require(actor, Right.IMPORT)
    stopping = blocking(row.unread, row.form.overrides)
    if stopping:
        raise Refused(stopping)
    return reception.register(office, actor, row.form)


def read_mapping(path: Path) -> dict[str, str]:
    """A mapping file (.toml or .json): field or its Chinese name → header of the ledger."""
    try:
        text = path.read_text("utf-8-sig")
        facts = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except OSError as error:
        raise Refused.because("mapping", f"对照文件 {path.name} 打不开（{error.strerror}）。") from error
    except ValueError as error:
        raise Refused.because(
            "mapping", f"对照文件 {path.name} 不是正确的 TOML 或 JSON。写法见 docs/import.md。"
        ) from error
    if not isinstance(facts, dict) or not all(isinstance(header, str) for header in facts.values()):
        raise Refused.because("mapping", '对照文件的每一项写作：项目 = "表头"。例如 name = "群众姓名"。')
    return facts


# --- the way of a file -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Sheet:
    grid: Grid
    columns: Columns


def _sheet(path: Path, mapping: Mapping[str, str] | None, needed: Iterable[tuple[str, ...]]) -> _Sheet:
    wanted = {header for header in (mapping or {}).values() if header}
    grid = sheets.read(path).headed(lambda header: is_known(header) or header in wanted)
    found = columns(grid.header, mapping)
    lacking = [FIELDS[some[0]][0] for some in needed if not any(name in found.places for name in some)]
    if lacking:
        shown = "、".join(cell for cell in map(str.strip, grid.header) if cell)
        raise Refused.because(
            "file",
            f"表里没有认得出的“{'”“'.join(lacking)}”列。现有表头：{shown[:300]}。请改表头，或用对照文件说明哪一列是什么。",
        )
    return _Sheet(grid, found)


@dataclass
class _Run:
    """One import under way."""

    office: Office
    actor: Actor
    source: str
    dry_run: bool
    fixed_source: bool
    needs_day: bool
    #: Request and person → the row that had it first.
    done: dict[str, int] = field(default_factory=dict)
    people: dict[tuple[str, ...], int] = field(default_factory=dict)

    def over(
        self, path: Path, sheet: _Sheet, progress: Progress | None, cancelled: Cancelled | None
    ) -> ImportReport:
        """Every row of a sheet, as far as nothing stops it."""
        require(self.actor, Right.IMPORT)
        require(self.actor, Right.REGISTER)
        rows = list(_filled_rows(sheet))
        outcomes: list[RowOutcome] = []
        stopped = ""
        try:
            for row_no, cells in rows:
                if cancelled and cancelled():
                    stopped = CANCELLED
                    break
                outcomes.append(self._row(row_no, cells))
                if progress:
                    progress(len(outcomes), len(rows))
        except Unavailable as fault:
            stopped = fault.sentence
        outcomes += [RowOutcome(row_no, Fate.LEFT) for row_no, _ in rows[len(outcomes) :]]
        header = sheet.grid.header
        return ImportReport(
            path=path,
            dry_run=self.dry_run,
            outcomes=tuple(outcomes),
            columns={name: header[place] for name, place in sheet.columns.places.items()},
            told=(*sheet.grid.told, *sheet.columns.sentences),
            stopped=stopped,
            grid=sheet.grid,
        )

    def _row(self, row_no: int, cells: Mapping[str, str]) -> RowOutcome:
        row = read_row(
            {**cells, "source": ""} if self.fixed_source else cells,
            self.source,
            self.office.reference,
            self.office.now(),
        )
        request_id, number = _request(self.office, row.identity)
        if request_id in self.done:
            said = f"与第 {self.done[request_id]} 行的人、时间、事由都相同，没有重复登记；确实来了两次的，请写明各自的时间。"
            return RowOutcome(row_no, Fate.DUPLICATE, (said,))
        if number:
            self.done[request_id] = row_no
            return RowOutcome(row_no, Fate.ALREADY, number=number)
        try:
            number, warnings = self._registered(replace(row.form, request_id=request_id), row)
        except (Unavailable, NotAllowed):
            raise
        except Refused as refusal:
            return RowOutcome(row_no, Fate.REFUSED, _sentences(refusal.problems))
        except DeskError as error:
            return RowOutcome(row_no, Fate.REFUSED, (error.sentence,))
        self.done[request_id] = row_no
        return RowOutcome(row_no, Fate.ACCEPTED, (), (*warnings, *self._met_before(row_no, row)), number)

    def _registered(self, form: VisitForm, row: RowForm) -> tuple[str, tuple[str, ...]]:
        """Register a form, or in a dry run say whether it would be: the number and what to tell about it."""
        faults = (
            row.problems if row.form.received_at or not self.needs_day else (*row.problems, *_no_day(row))
        )
        if faults or row.reason or self.dry_run:
            form, found = _with_reason(self.office, form, row.reason)
            own = {fault.field for fault in faults}
            faults = (*faults, *(problem for problem in found if problem.field not in own))
            stopping = blocking(faults, form.overrides)
            if stopping:
                raise Refused(stopping)
        told = _sentences(fault for fault in faults if fault.level is Level.WARN)
        if self.dry_run:
            if form.matter:
                ledger.matter(self.office, self.actor, form.matter)
            return "", told
        done = reception.register(self.office, self.actor, form)
        return done.visit_number, tuple(dict.fromkeys((*told, *_sentences(done.warnings))))

    def _met_before(self, row_no: int, row: RowForm) -> tuple[str, ...]:
        """Say so when the same person stands in an earlier row: every row becomes a matter of its own."""
        main = row.form.main_visitor
        known = (main.id_number,) if main.id_number else (search_key(main.name), main.phone)
        first = self.people.setdefault(known, row_no)
        if first == row_no or row.form.matter or not known[-1]:
            return ()
        return (f"与第 {first} 行是同一人，各作一件登记；若是同一件事再次来访，请核对。",)


def _filled_rows(sheet: _Sheet) -> Iterator[tuple[int, dict[str, str]]]:
    """Row number and cells of every row that has anything in a column that is read."""
    for row_no, row in enumerate(sheet.grid.rows, start=sheet.grid.first_row):
        cells = sheet.columns.cells(row)
        if any(cell.strip() for cell in cells.values()):
            yield row_no, cells


def _no_day(row: RowForm) -> tuple[Problem, ...]:
    if any(problem.field == "received_at" for problem in row.problems):
        return ()
    return (Problem("received_at", "没有来访时间。请填写来访的日期，例如 2024-09-20。"),)


def _with_reason(office: Office, form: VisitForm, reason: str) -> tuple[VisitForm, tuple[Problem, ...]]:
    """The form with the row's reason for every value of it that is doubted, and all the problems."""
    found = reception.check(office, form)
    doubted = {problem.field: reason for problem in found if problem.level is Level.DOUBT and reason}
    return replace(form, overrides={**form.overrides, **doubted}), found


def _request(office: Office, identity: tuple[str, ...]) -> tuple[str, str]:
    """The request id of what a row says, and the number it was registered under; a void registration does not count."""
    digest = hashlib.sha256(json.dumps(identity, ensure_ascii=False).encode()).hexdigest()[:40]
    with office.store.read() as rows:
        for attempt in count(1):
            request_id = f"import:{digest}:{attempt}"
            visit = visit_store.by_request(rows, request_id)
            if visit is None or visit["state"] != "void":
                return request_id, "" if visit is None else str(visit["number"])
    raise AssertionError("counting never ends")


def _sentences(problems: Iterable[Problem]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(problem.sentence for problem in problems))


# --- pasted lines ------------------------------------------------------------------------------------------------


def _pasted_row(office: Office, line: Line) -> PastedRow:
    row = read_row({**line.cells, "source": ""}, TOWNSHIP_REPORT, office.reference, office.now())
    request_id, _ = _request(office, (office.today().isoformat(), *row.identity))
    form = replace(row.form, request_id=request_id)
    return _confirmable(office, line.line_no, line.text, form, row.problems)


def _confirmable(
    office: Office, line_no: int, text: str, form: VisitForm, unread: tuple[Problem, ...]
) -> PastedRow:
    main = form.main_visitor
    said = {
        "opponent": bool(form.opponents),
        "narrative": bool(form.narrative),
        **{name: bool(getattr(main, name)) for name in ("name", "phone", "township", "village")},
    }
    missing = tuple(label for name, label in WANTED.items() if not said[name])
    problems = (*unread, *reception.check(office, form))
    return PastedRow(line_no, text, form, missing, problems, unread)


def _said(form: VisitForm, fault: Problem) -> object:
    """The value a problem of a row's cell is about."""
    return getattr(form.main_visitor, fault.field, None) or getattr(form, fault.field, None)
