"""Tables of numbers as plain values: what stands in each cell, and which list of the ledger is behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qingyuan_desk.domain.breakdowns import UNSAID


@dataclass(frozen=True)
class Behind:
    """What a number leads to: the list of a figure, narrowed to a code by a field of the ledger's filter; or one matter."""

    figure: str = ""
    field: str = ""
    code: str = ""
    number: str = ""


@dataclass(frozen=True)
class Cell:
    """What stands in a cell. behind: where a press leads, None for nowhere. tone: red for what should be nought and is not."""

    text: str
    behind: Behind | None = None
    tone: str = ""


@dataclass(frozen=True)
class Sheet:
    """A table under a title. The first column and those of `words` stand left, the others are numbers and stand right.

    bands: a heading over several columns, one for each column, "" for none. note: what is counted and how. empty: what is
    said when there are no rows. wide: it takes the whole width. strong: rows that stand out (sums, groups).
    """

    key: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    empty: str = "本期没有"
    wide: bool = False
    bands: tuple[str, ...] = ()
    words: frozenset[int] = frozenset()
    strong: frozenset[int] = frozenset()


def number(count: int, behind: Behind | None = None, *, alarming: bool = False) -> Cell:
    """A number; nought leads nowhere, for there is nothing to list."""
    return Cell(f"{count:,}", behind if count else None, "red" if alarming and count else "")


def share(part: int, whole: int) -> str:
    """A rate in per cent with one place; a dash when there was nothing to be a part of."""
    return f"{100 * part / whole:.1f}%" if whole else "—"


def part(figure: str, code: str) -> Behind:
    """The line of a table behind a figure; the line for what is in no row has an empty code."""
    return Behind(figure, "part", code or UNSAID)


def row(name: str, cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """A row with its name first."""
    return (Cell(name), *cells)


def filled(rows: Sequence[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """The rows in which any number is not nought."""
    return tuple(each for each in rows if any(cell.behind for cell in each))
