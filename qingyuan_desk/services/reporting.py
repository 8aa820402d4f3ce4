"""Figures (统计): count a month, say it as a paper, hand it on as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256

from qingyuan_desk.domain import bulletin, figures_json
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.figures import Comparison, Figures, tabulate
from qingyuan_desk.domain.monthly import MonthlyFacts
from qingyuan_desk.domain.periods import Period, read_period
from qingyuan_desk.services import report_annexes, work_figures
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.store import figures as figures_store
from qingyuan_desk.store.database import Rows


def period(office: Office, actor: Actor, wanted: Period) -> Figures:
    """The figures of a period, up to today when it is not over, beside the period before and the same one a year before.

    Everybody gets the same ones: sealed matters are in none. Raises Refused for a period yet to come, and Unavailable
    QY-140 when a table does not add up.
    """
    require(actor, Right.REPORT)
    today = office.today()
    if wanted.first > today:
        raise Refused.because(
            "period", f"{wanted.name}还没有到，最晚可以统计本月（{today.year}年{today.month}月）。"
        )
    with office.store.read() as rows:
        since = figures_store.first_day(rows)
        return tabulate(
            wanted,
            today,
            since,
            replace(
                figures_store.count(rows, wanted, today),
                work=work_figures.count(rows, wanted, today, since),
            ),
            office.reference,
            previous=_comparison(rows, since, wanted.before()),
            year_before=_comparison(rows, since, wanted.year_before()),
        )


def month(office: Office, actor: Actor, text: str) -> Figures:
    """The figures of a month (2024-09), as those of a period. Raises Refused for what is no month."""
    wanted = read_period(text)
    if wanted is None or wanted.kind != "month":
        raise Refused.because("month", f"“{text}”不是月份。月份写作 2024-09 这样的形式。")
    return period(office, actor, wanted)


def last_month(office: Office) -> Period:
    """The last month that is over."""
    today = office.today()
    return Period.month(today.year, today.month).before()


def month_facts(
    office: Office,
    actor: Actor,
    figures: Figures,
    *,
    printed_at: datetime | None = None,
    corrections: Sequence[str] = (),
) -> MonthlyFacts:
    """What the paper of these figures says. printed_at: now, unless it is another moment.

    corrections: what changed since in periods that were closed, a sentence each.
    """
    require(actor, Right.REPORT)
    return bulletin.compose(
        figures,
        office.reference,
        printed_at=printed_at or office.now(),
        digest=sha256(json_file(figures)).hexdigest(),
        training=office.training,
        annexes=report_annexes.tables(office, figures.period),
        corrections=corrections,
    )


def month_pdf(office: Office, actor: Actor, figures: Figures) -> bytes:
    """The paper of these figures as PDF."""
    from qingyuan_desk.documents import monthly

    return monthly.render(month_facts(office, actor, figures)).pdf


def json_file(figures: Figures) -> bytes:
    """The figures as a JSON file."""
    return figures_json.as_file(figures)


def _comparison(rows: Rows, since: date | None, period: Period) -> Comparison:
    """Another period's totals, unless it ended before anything was recorded here."""
    known = since is not None and since <= period.last
    return Comparison(period, figures_store.totals(rows, period) if known else None)
