"""Figures (统计): count a month, say it as a paper, hand it on as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from qingyuan_desk.domain import bulletin
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.case_figures import CaseFigures
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.figures import (
    Breakdown,
    Comparison,
    Counts,
    Figures,
    Totals,
    tabulate,
)
from qingyuan_desk.domain.flow_figures import FlowFigures
from qingyuan_desk.domain.papers import ReportFacts
from qingyuan_desk.domain.periods import Period, read_period
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
            figures_store.count(rows, wanted, today),
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


def month_facts(office: Office, actor: Actor, figures: Figures) -> ReportFacts:
    """What the paper of these figures says."""
    require(actor, Right.REPORT)
    return bulletin.report(figures, office.reference.setting("office_name"), office.now(), office.training)


def month_pdf(office: Office, actor: Actor, figures: Figures) -> bytes:
    """The paper of these figures as PDF."""
    from qingyuan_desk.documents import report

    return report.render(month_facts(office, actor, figures)).pdf


def month_json(figures: Figures) -> dict[str, Any]:
    """The figures as plain values; docs/figures.md explains every key."""
    return {
        "period": {
            "name": figures.period.name,
            "first_day": figures.period.first.isoformat(),
            "last_day": figures.period.last.isoformat(),
        },
        "as_of": figures.as_of.isoformat(),
        "complete": figures.complete,
        "recorded_since": figures.recorded_since.isoformat() if figures.recorded_since else None,
        "totals": {
            **_totals(figures.totals),
            "triage_minutes": figures.triage_minutes,
            "void_numbers": len(figures.void_numbers),
        },
        "kinds": [
            {"first": first, "group": group, "visits": counts.visits, "heads": counts.heads}
            for (first, group), counts in figures.kinds.items()
        ],
        **{key: _breakdown(table) for key, table in figures.tables.items()},
        "stays": _stays(figures.flows),
        "clocks": {"due": figures.clocks.due, **asdict(figures.clocks)},
        "void_numbers": list(figures.void_numbers),
        "cases": _cases(figures.cases),
        "previous_month": _compared(figures.previous),
        "same_month_last_year": _compared(figures.year_before),
    }


def json_file(figures: Figures) -> bytes:
    """The figures as a JSON file."""
    return (json.dumps(month_json(figures), ensure_ascii=False, indent=2) + "\n").encode()


def _comparison(rows: Rows, since: date | None, period: Period) -> Comparison:
    """Another period's totals, unless it ended before anything was recorded here."""
    known = since is not None and since <= period.last
    return Comparison(period, figures_store.totals(rows, period) if known else None)


def _totals(totals: Totals) -> dict[str, int]:
    return {
        **asdict(totals),
        "repeat_visits": totals.repeat_visits,
        "individual_visits": totals.individual_visits,
        "individual_heads": totals.individual_heads,
    }


def _breakdown(table: Breakdown) -> dict[str, Any]:
    lines = [
        {"code": line.code, "name": line.name, "part_of": line.parent, **_counts(line.counts)}
        for line in table.lines
    ]
    return {"total": _counts(table.whole), "lines": lines}


def _stays(flows: FlowFigures) -> dict[str, Any]:
    """Matters by the flows they were handled in, and those that changed theirs."""
    return {
        "several": flows.several,
        "moved": flows.moved,
        "lines": [asdict(line) for line in flows.lines],
        "moves": [{"from": move.source, "to": move.target, "matters": move.matters} for move in flows.moves],
    }


def _cases(cases: CaseFigures) -> dict[str, Any]:
    """The figures of mediations; money in fen, rates as shares of one."""
    return {
        "totals": {**asdict(cases.totals), "success_rate": cases.totals.success_rate},
        **{
            key: [
                {"code": line.code, "name": line.name, "part_of": line.parent, **asdict(line.counts)}
                for line in table.lines
            ]
            for key, table in cases.tables.items()
        },
        "afterwards": {**asdict(cases.afterwards), "satisfaction_rate": cases.afterwards.satisfaction_rate},
        "prevented": [{"kind": kind, **asdict(prevented)} for kind, prevented in cases.prevented.items()],
    }


def _counts(counts: Counts) -> dict[str, int]:
    return asdict(counts)


def _compared(other: Comparison) -> dict[str, Any]:
    return {"period": other.period.name, "totals": _totals(other.totals) if other.totals else None}
