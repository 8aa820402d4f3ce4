"""The lists behind a period's paper: the same for whoever asks, sealed matters in none of them."""

from __future__ import annotations

from collections.abc import Iterator

from qingyuan_desk.domain import annexes
from qingyuan_desk.domain.matter import LedgerFilter
from qingyuan_desk.domain.papers import ReportTable
from qingyuan_desk.domain.periods import Period
from qingyuan_desk.services.office import Office
from qingyuan_desk.store import matters
from qingyuan_desk.store.database import Rows

#: Nobody's account: it may know of no sealed matter.
_NOBODY = ""
#: Counting stops here; a list of more says so many.
_CAP = 1_000_000


def tables(office: Office, period: Period) -> tuple[ReportTable, ...]:
    """The lists of a period that have anything in them."""
    with office.store.read() as rows:
        return tuple(_tables(rows, office, period))


def _tables(rows: Rows, office: Office, period: Period) -> Iterator[ReportTable]:
    for each in annexes.LISTS:
        wanted = LedgerFilter(
            figure=each.figure,
            flow=each.flow,
            state=each.state,
            first_day=period.first if each.figure else None,
            last_day=period.last,
        )
        asked = matters.Asked(_NOBODY, wanted, office.today())
        found = matters.page(rows, asked, None, annexes.MOST)
        if found:
            lines = [
                annexes.Line(row["number"], row["category"], row["dispute_type"], row["flow"], row["node"])
                for row in found
            ]
            count = len(found) if len(found) < annexes.MOST else matters.count(rows, asked, _CAP)
            yield annexes.table(each, lines, count, office.reference)
