"""What an import did: an outcome a row, and the copy of the sheet that says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count
from pathlib import Path

from qingyuan_desk.documents import sheets
from qingyuan_desk.domain.grid import Grid
from qingyuan_desk.domain.importing import RESULT

#: Rows told one by one on a screen; the copy with results has them all.
_LISTED = 50
_SHOWN_CELL = 32_000
_NAME_BYTES = 180


class Fate(StrEnum):
    """What became of a row."""

    ACCEPTED = "accepted"
    ALREADY = "already"
    REFUSED = "refused"
    DUPLICATE = "duplicate"
    LEFT = "left"


@dataclass(frozen=True)
class RowOutcome:
    """What became of one row. row_no: as the spreadsheet shows it. sentences: why it was not registered."""

    row_no: int
    fate: Fate
    sentences: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    number: str = ""


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or in a dry run would do: an outcome for every row that has anything in it.

    columns: field → header it was read from. told: what to know about file and columns. stopped: why rows were left.
    """

    path: Path
    dry_run: bool
    outcomes: tuple[RowOutcome, ...]
    columns: Mapping[str, str]
    told: tuple[str, ...]
    stopped: str
    grid: Grid

    @property
    def rows(self) -> int:
        """How many rows have anything in them."""
        return len(self.outcomes)

    @property
    def accepted(self) -> int:
        """How many visits were registered now."""
        return len(self._of(Fate.ACCEPTED))

    @property
    def already(self) -> tuple[RowOutcome, ...]:
        """Rows registered by an earlier import."""
        return self._of(Fate.ALREADY)

    @property
    def refused(self) -> tuple[RowOutcome, ...]:
        """Rows the rules refuse, duplicates included."""
        return self._of(Fate.REFUSED, Fate.DUPLICATE)

    @property
    def duplicates(self) -> tuple[RowOutcome, ...]:
        """Rows that say the same as an earlier row of the file."""
        return self._of(Fate.DUPLICATE)

    @property
    def left(self) -> int:
        """How many rows were not looked at because the import stopped."""
        return len(self._of(Fate.LEFT))

    @property
    def warnings(self) -> tuple[RowOutcome, ...]:
        """Rows about which something is to be told."""
        return tuple(outcome for outcome in self.outcomes if outcome.warnings)

    @property
    def summary(self) -> str:
        """What became of the rows, in one sentence."""
        return f"共 {self.rows} 行：{'、'.join(_counts(self))}。"

    def _of(self, *fates: Fate) -> tuple[RowOutcome, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.fate in fates)


def in_words(report: ImportReport) -> str:
    """The report for a terminal: what was read, what became of it, and every row that needs a look."""
    lines = [*report.told, report.summary]
    lines += _listed("没有登记", [(row.row_no, row.sentences) for row in report.refused])
    lines += _listed("请留意", [(row.row_no, row.warnings) for row in report.warnings])
    return "\n".join(filter(None, [*lines, report.stopped]))


def _listed(label: str, rows: list[tuple[int, tuple[str, ...]]]) -> list[str]:
    lines = [f"第 {row_no} 行{label}：{' '.join(said)}" for row_no, said in rows[:_LISTED]]
    more = len(rows) - _LISTED
    return lines if more <= 0 else [*lines, f"另有 {more} 行{label}，见逐行结果。"]


def _counts(report: ImportReport) -> Iterator[str]:
    yield f"{'可以导入' if report.dry_run else '已登记'} {report.accepted} 行"
    for count_of, label in (
        (len(report.already), "以前已导入"),
        (len(report.refused), "不能导入" if report.dry_run else "没有登记"),
        (report.left, "没有办理"),
    ):
        if count_of:
            yield f"{label} {count_of} 行"


def save_results(report: ImportReport, target: Path | None = None) -> Path:
    """Write a copy of the imported sheet with what became of each row; where it is.

    target: left out, a new file beside the original: 台账-导入结果.xlsx.
    """
    path = target or _beside(report.path)
    answers = {outcome.row_no: _answer(outcome, report.dry_run) for outcome in report.outcomes}
    header = report.grid.header
    kept = [place for place, name in enumerate(header) if name.strip() != RESULT]
    rows = tuple(
        (*(_shortened(row[place]) for place in kept), answers.get(number, ""))
        for number, row in enumerate(report.grid.rows, start=report.grid.first_row)
    )
    sheets.write(path, [replace(report.grid, header=(*(header[place] for place in kept), RESULT), rows=rows)])
    return path


def _answer(outcome: RowOutcome, dry_run: bool) -> str:
    told = "".join(f"（{warning}）" for warning in outcome.warnings)
    match outcome.fate:
        case Fate.ACCEPTED:
            return f"{'可以导入' if dry_run else outcome.number}{told}"
        case Fate.ALREADY:
            return f"以前已导入：{outcome.number}"
        case Fate.LEFT:
            return "没有办理"
    return f"{'不能导入' if dry_run else '未导入'}：{' '.join(outcome.sentences)}"


def _shortened(cell: str) -> str:
    """A cell as long as a workbook takes it."""
    if len(cell) <= _SHOWN_CELL:
        return cell
    return f"{cell[:_SHOWN_CELL]}…（原文 {len(cell)} 个字，见原件）"


def _beside(path: Path) -> Path:
    """A new name beside the imported file."""
    stem = path.stem.split(f"-{RESULT}")[0].encode()[:_NAME_BYTES].decode(errors="ignore")
    names = (f"{stem}-{RESULT}{'' if number == 1 else f'({number})'}.xlsx" for number in count(1))
    return next(free for name in names if not (free := path.with_name(name)).exists())
