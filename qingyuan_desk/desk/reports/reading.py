"""What the page asks the services for, off the GUI thread: a month with its words, the months before it, its paper."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qingyuan_desk.desk import printing
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.figures import Comparison, Figures
from qingyuan_desk.domain.periods import Period
from qingyuan_desk.services import reporting, upkeep
from qingyuan_desk.services.office import Office

#: Months of the trend: a year, and the same month of the last one.
MONTHS = 13


@dataclass(frozen=True)
class Reading:
    """A month's figures, and the paragraph as its paper prints it."""

    figures: Figures
    paragraph: str


def read(office: Office, actor: Actor, month: str) -> Reading:
    """Count a month, written in any way a person writes one. Raises Refused, NotAllowed, Unavailable."""
    figures = reporting.month(office, actor, month)
    return Reading(figures, "\n".join(reporting.month_facts(office, actor, figures).paragraphs))


def trend(office: Office, actor: Actor, figures: Figures) -> tuple[Comparison, ...]:
    """The totals of the months that end with these figures', oldest first."""
    found = [_whole(figures), figures.previous]
    while len(found) < MONTHS:
        before = found[-1].period.before()
        if found[-1].totals is None:  # before the first registration there is nothing
            found.append(Comparison(before, None))
        else:
            earlier = reporting.month(office, actor, before.name)
            found += [_whole(earlier), earlier.previous]
    return tuple(reversed(found[:MONTHS]))


def recorded(figures: Figures) -> bool:
    """Whether anything had been recorded here by the end of the period."""
    return figures.recorded_since is not None and figures.recorded_since <= figures.period.last


def _whole(figures: Figures) -> Comparison:
    return Comparison(figures.period, figures.totals if recorded(figures) else None)


def write_paper(office: Office, actor: Actor, figures: Figures, path: Path) -> None:
    """Save the paper as a PDF file."""
    upkeep.write_file(path, reporting.month_pdf(office, actor, figures))


def write_json(figures: Figures, path: Path) -> None:
    """Save the figures as a JSON file."""
    upkeep.write_file(path, reporting.json_file(figures))


def print_paper(office: Office, actor: Actor, figures: Figures, printer: str, title: str) -> int:
    """Send the paper, made at this moment so that its foot says when it was printed; how many pages."""
    return printing.send(reporting.month_pdf(office, actor, figures), printer, title)


def month_after(period: Period) -> Period:
    """The month after the one a period begins in."""
    year, month = divmod(12 * period.first.year + period.first.month, 12)
    return Period.month(year, month + 1)
