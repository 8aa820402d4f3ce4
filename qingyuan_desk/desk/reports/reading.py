"""What the page asks the services for, off the GUI thread: a month with its words, the months before it, its paper."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qingyuan_desk.desk import printing
from qingyuan_desk.domain import figures_json
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.closing import changes
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.figures import Figures
from qingyuan_desk.domain.moments import read_day
from qingyuan_desk.domain.periods import Period, read_period
from qingyuan_desk.services import closing, report_sheets, reporting, upkeep
from qingyuan_desk.services.closing import Closing
from qingyuan_desk.services.office import Office


@dataclass(frozen=True)
class Reading:
    """A period's figures as they are counted now, and the paragraphs of its paper.

    closing: since when it is closed, None while it is not. changed: how many numbers are others than those that were kept.
    """

    figures: Figures
    paragraph: str
    closing: Closing | None = None
    changed: int = 0


def read(office: Office, actor: Actor, text: str) -> Reading:
    """Count a period, written in any way a person writes one. Raises Refused, NotAllowed, Unavailable."""
    figures = reporting.period(office, actor, wanted(text, office.today()))
    closed = closing.closed(office, actor, figures.period)
    if closed is None:
        return Reading(figures, "\n".join(reporting.month_facts(office, actor, figures).paragraphs))
    kept = json.loads(closing.figures_file(office, actor, figures.period))
    return Reading(
        figures,
        "\n".join(closing.facts(office, actor, figures).paragraphs),
        closed,
        len(changes(kept, figures_json.as_json(figures))),
    )


def this(period: Period) -> str:
    """What a sentence calls the period in view."""
    return "这个月" if period.kind == "month" else "本期"


def wanted(text: str, today: date) -> Period:
    """The period a person means, two days with 至 between them among others. Raises Refused for what is none."""
    found = read_period(text)
    if found is not None:
        return found
    days = [read_day(each, today) for each in re.split(r"至|到|~|～|—+", text)]
    if len(days) == 2 and days[0] and days[1]:
        if days[1] < days[0]:
            raise Refused.because("period", "止日早于起日。请把起日写在前面，例如 2026-09-01至2026-09-20。")
        return Period.span(days[0], days[1])
    raise Refused.because(
        "period",
        f"“{text}”不是月份，也不是别的时段。写作 2026-09、2026年第三季度、2026年 或者 2026-09-01至2026-09-20。",
    )


def recorded(figures: Figures) -> bool:
    """Whether anything had been recorded here by the end of the period."""
    return figures.recorded_since is not None and figures.recorded_since <= figures.period.last


def write_paper(office: Office, actor: Actor, figures: Figures, path: Path) -> None:
    """Save the paper as a PDF file."""
    upkeep.write_file(path, closing.pdf(office, actor, figures))


def write_json(office: Office, actor: Actor, figures: Figures, path: Path) -> None:
    """Save the figures as a JSON file: of a closed period those that were kept."""
    kept = closing.closed(office, actor, figures.period)
    content = closing.figures_file(office, actor, figures.period) if kept else reporting.json_file(figures)
    upkeep.write_file(path, content)


def write_sheet(office: Office, actor: Actor, named: bool, reason: str, figures: Figures, path: Path) -> int:
    """Save tables and lists as a spreadsheet; how many matters it lists. Raises Refused for a reason that is wanting."""
    return report_sheets.export(office, actor, uuid.uuid4().hex, figures, path, named=named, reason=reason)


def print_paper(office: Office, actor: Actor, figures: Figures, printer: str, title: str) -> int:
    """Send the paper, made at this moment so that its foot says when it was printed; how many pages."""
    return printing.send(closing.pdf(office, actor, figures), printer, title)
