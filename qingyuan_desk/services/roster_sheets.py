"""The roster out to a spreadsheet and in from one: every row is answered, and all accepted rows are written at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from qingyuan_desk.documents import sheets
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.grid import Grid
from qingyuan_desk.domain.problems import Level, Problem
from qingyuan_desk.domain.roster.mediators import STATUSES, Mediator
from qingyuan_desk.domain.roster.rules import check, twin
from qingyuan_desk.domain.roster.sheet import COLUMNS, changes, columns, grid_of, is_known, read_row
from qingyuan_desk.domain.text import search_key
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.services.roster import put, twin_problem
from qingyuan_desk.store import requests
from qingyuan_desk.store import roster as store
from qingyuan_desk.store.database import Rows

SHEET_NAME = "乡贤名册"

#: What became of a row → how it is said.
OUTCOMES: Mapping[str, str] = {"added": "新增", "changed": "修改", "same": "无变化", "refused": "退回"}


@dataclass(frozen=True)
class RosterRow:
    """The answer to one row; `row_no` is the number the spreadsheet shows beside it. outcome: a key of OUTCOMES."""

    row_no: int
    name: str
    outcome: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class RosterReport:
    """What an import did, or in a dry run would do, row by row. told: sentences about the file as a whole."""

    dry_run: bool
    rows: tuple[RosterRow, ...]
    told: tuple[str, ...]

    def count(self, outcome: str) -> int:
        """How many rows had this outcome."""
        return sum(1 for row in self.rows if row.outcome == outcome)

    @property
    def notes(self) -> tuple[str, ...]:
        """What there is to say about single rows, a line a row."""
        return tuple(
            f"第 {row.row_no} 行 {row.name}（{OUTCOMES[row.outcome]}）：{' '.join(row.sentences)}"
            for row in self.rows
            if row.sentences
        )

    @property
    def summary(self) -> str:
        """The counts in one line."""
        counts = "，".join(f"{words} {self.count(outcome)} 人" for outcome, words in OUTCOMES.items())
        return f"{'试导入（没有写入）' if self.dry_run else '已导入'}：{counts}。"


@dataclass(frozen=True)
class _Planned:
    """A row with the entry it would become, and the one it would replace; no entry when it is refused."""

    answer: RosterRow
    entry: Mediator | None = None
    known: Mediator | None = None


def export_sheet(office: Office, actor: Actor, path: Path) -> int:
    """Write the whole roster as .xlsx or .csv; how many entries. Raises Refused or Unavailable."""
    require(actor, Right.ROSTER)
    everybody = office.reference.mediators
    sheets.write(path, [grid_of(everybody, office.reference, SHEET_NAME)])
    return len(everybody)


def import_sheet(
    office: Office, actor: Actor, request_id: str, path: Path, dry_run: bool = False
) -> RosterReport:
    """Add and change entries from a sheet with Chinese headers; a row that cannot be kept is refused with its reasons.

    A row belongs to the entry of its code (编号), or of the same name, place, and year of birth; any other is new.
    What the sheet has no column for stays as it is. The status is never changed by a sheet.
    Raises Refused when the file is no roster; then nothing was read.
    """
    require(actor, Right.ROSTER)
    grid = sheets.read(path).headed(is_known)
    if dry_run:
        with office.store.read() as rows:
            return _report(grid, _plan(office, rows, grid), dry_run)
    with office.store.write() as tx:
        done = requests.answered(tx, request_id, "roster_import")
        if done:
            return _from_facts(done)
        planned = _plan(office, tx, grid)
        for row in planned:
            if row.entry:
                put(tx, office, actor, row.entry, row.known)
        report = _report(grid, planned, dry_run)
        requests.record(tx, request_id, "roster_import", actor.code, office.now(), asdict(report))
    office.reload()
    return report


# --- planning ----------------------------------------------------------------------------------------------------


class _Names:
    """Entries found by their code, or by name where people of one name are looked at closer."""

    def __init__(self, entries: Iterable[Mediator] = ()) -> None:
        self._by_code: dict[str, Mediator] = {}
        self._by_name: dict[str, list[Mediator]] = defaultdict(list)
        for entry in entries:
            self.add(entry)

    def add(self, entry: Mediator) -> None:
        """One more entry; a new one has no code yet."""
        self._by_name[search_key(entry.name)].append(entry)
        if entry.code:
            self._by_code[entry.code] = entry

    def of_code(self, code: str) -> Mediator | None:
        """The entry of this code."""
        return self._by_code.get(code)

    def twin_of(self, entry: Mediator) -> Mediator | None:
        """Another entry that is the same person."""
        return twin(entry, self._by_name[search_key(entry.name)])


def _plan(office: Office, rows: Rows, grid: Grid) -> list[_Planned]:
    """What is to become of every row that has anything in it."""
    found = columns(grid.header)
    missing = [COLUMNS[name][0] for name in ("name", "township") if name not in found.places]
    if missing:
        raise Refused.because(
            "file", f"表里没有“{'”“'.join(missing)}”列，不像名册。可先导出一份名册，照它的表头填写。"
        )
    roster, earlier = _Names(store.all_of(rows)), _Names()
    planned: list[_Planned] = []
    for row_no, cells in enumerate(grid.rows, start=grid.first_row):
        if any(cell.strip() for cell in cells):
            planned.append(_planned(office, row_no, found.cells(cells), roster, earlier))
    return planned


def _planned(
    office: Office, row_no: int, cells: Mapping[str, str], roster: _Names, earlier: _Names
) -> _Planned:
    entry, problems = _entry(office, cells, Mediator())
    known, whose = _known(entry, roster)
    if known:
        entry, problems = _entry(office, cells, known)
    problems += [*whose, *_doubles(office, entry, roster, earlier)]
    refused = [problem.sentence for problem in problems if problem.level is Level.REFUSE]
    if refused:
        return _Planned(RosterRow(row_no, entry.name, "refused", tuple(refused)))
    told = [problem.sentence for problem in problems]
    outcome = "added"
    if known:
        kept = replace(entry, status=known.status)
        outcome = "changed" if changes(known, kept, office.reference) else "same"
        told = [] if outcome == "same" else told
        if entry.status != known.status:
            told.append(
                f"状态没有改（现为{STATUSES[known.status]}）；停用、解聘、恢复请在名册里办，以便留下原因。"
            )
        entry = kept
    earlier.add(entry)
    return _Planned(RosterRow(row_no, entry.name, outcome, tuple(told)), entry, known)


def _entry(office: Office, cells: Mapping[str, str], base: Mediator) -> tuple[Mediator, list[Problem]]:
    """The entry a row would become, checked."""
    said, unreadable = read_row(cells, base)
    checked = check(said, office.reference, office.today())
    code = base.code or checked.mediator.code
    return replace(checked.mediator, code=code), [*unreadable, *checked.problems]


def _known(entry: Mediator, roster: _Names) -> tuple[Mediator | None, list[Problem]]:
    """The entry a row belongs to. A code that is somebody else's, or nobody's, is refused."""
    if not entry.code:
        return roster.twin_of(entry), []
    known = roster.of_code(entry.code)
    if known is None:
        return None, [Problem("code", f"名册里没有编号 {entry.code}；新增的请把编号留空。")]
    if search_key(known.name) != search_key(entry.name):
        sentence = f"编号 {known.code} 在名册里是{known.name}；改名请在名册里改，新增的请把编号留空。"
        return None, [Problem("code", sentence)]
    return known, []


def _doubles(office: Office, entry: Mediator, roster: _Names, earlier: _Names) -> Iterable[Problem]:
    """Somebody else of the roster who would be the same person, or somebody an earlier row is about."""
    other = roster.twin_of(entry)
    if other:
        yield twin_problem(office, other)
    if earlier.twin_of(entry) or (entry.code and earlier.of_code(entry.code)):
        yield Problem("name", "与前面的一行是同一个人，只办前面那一行。")


# --- answering ---------------------------------------------------------------------------------------------------


def _report(grid: Grid, planned: list[_Planned], dry_run: bool) -> RosterReport:
    told = (*grid.told, *columns(grid.header).sentences)
    return RosterReport(dry_run, tuple(row.answer for row in planned), told)


def _from_facts(facts: dict[str, Any]) -> RosterReport:
    rows = tuple(RosterRow(**{**row, "sentences": tuple(row["sentences"])}) for row in facts["rows"])
    return RosterReport(facts["dry_run"], rows, tuple(facts["told"]))
