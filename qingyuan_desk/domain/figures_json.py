"""The figures of a period as plain values with English keys; docs/figures.md explains every one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from qingyuan_desk.domain import consult_figures, petition_figures
from qingyuan_desk.domain.breakdowns import Breakdown, Rate, Tally
from qingyuan_desk.domain.case_figures import CaseFigures
from qingyuan_desk.domain.consult_figures import ConsultFigures
from qingyuan_desk.domain.figures import Comparison, Figures, Totals
from qingyuan_desk.domain.flow_figures import FlowFigures
from qingyuan_desk.domain.handling.evaluation import Duration
from qingyuan_desk.domain.movements import Drivers
from qingyuan_desk.domain.official import Official, OfficialTable
from qingyuan_desk.domain.periods import Period
from qingyuan_desk.domain.petition_figures import PetitionFigures
from qingyuan_desk.domain.sending_figures import SendingCounts, SendingFigures


def as_json(figures: Figures) -> dict[str, Any]:
    """Everything of a period's figures. Money is in fen, a rate a share of one."""
    return {
        "period": _period(figures.period),
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
        "petitions": _petitions(figures.petitions),
        "handovers": _sendings(figures.handovers),
        "support": _sendings(figures.support),
        "cases": _cases(figures.cases),
        "consultations": _consultations(figures.consultations),
        "official": _official(figures.official),
        "elders": [
            {
                "code": elder.code,
                "name": elder.name,
                **asdict(elder.counts),
                "success_rate": elder.counts.success_rate,
                "satisfaction_rate": elder.counts.satisfaction_rate,
            }
            for elder in figures.elders
        ],
        "durations": [_duration(each) for each in figures.durations],
        "waits": [asdict(each) for each in figures.waits],
        "missed": [
            {
                "number": each.number,
                "flow": each.flow,
                "node": each.node,
                "rule": each.rule,
                "event": each.event,
                "unit": each.unit,
                "last_day": each.last_day.isoformat(),
                "done_on": each.done_on.isoformat() if each.done_on else None,
                "days_late": each.days_late,
                "reason": each.reason,
            }
            for each in figures.missed
        ],
        "trend": [{**asdict(each), "period": each.period.code} for each in figures.trend],
        "drivers": [_drivers(each) for each in figures.drivers],
        "hot": {
            "known": figures.hot.known,
            "least": figures.hot.rule.least,
            "rise": figures.hot.rule.rise,
            "spots": [asdict(spot) for spot in figures.hot.spots],
        },
        "previous": _compared(figures.previous),
        "year_before": _compared(figures.year_before),
    }


def as_file(figures: Figures) -> bytes:
    """The same as a file of JSON."""
    return (json.dumps(as_json(figures), ensure_ascii=False, indent=2) + "\n").encode()


def _period(period: Period) -> dict[str, str]:
    return {
        "kind": period.kind,
        "code": period.code,
        "name": period.name,
        "first_day": period.first.isoformat(),
        "last_day": period.last.isoformat(),
    }


def _totals(totals: Totals) -> dict[str, int]:
    return {
        **asdict(totals),
        "repeat_visits": totals.repeat_visits,
        "individual_visits": totals.individual_visits,
        "individual_heads": totals.individual_heads,
    }


def _breakdown(table: Breakdown) -> dict[str, Any]:
    lines = [
        {"code": line.code, "name": line.name, "part_of": line.parent, **asdict(line.counts)}
        for line in table.lines
    ]
    return {"total": asdict(table.whole), "lines": lines}


def _tally(table: Tally) -> dict[str, Any]:
    return {"total": table.whole, "lines": [asdict(line) for line in table.lines]}


def _rate(rate: Rate) -> dict[str, Any]:
    return {"part": rate.part, "whole": rate.whole, "rate": rate.share}


def _stays(flows: FlowFigures) -> dict[str, Any]:
    """Matters by the flows they were handled in, and those that changed theirs."""
    return {
        "several": flows.several,
        "moved": flows.moved,
        "lines": [asdict(line) for line in flows.lines],
        "moves": [{"from": move.source, "to": move.target, "matters": move.matters} for move in flows.moves],
    }


def _petitions(petitions: PetitionFigures) -> dict[str, Any]:
    return {
        "total": asdict(petitions.whole),
        **{key: _breakdown(table) for key, table in petitions.tables.items()},
        "cells": [
            {"kind": cell.kind, "purpose": cell.purpose, "channel": cell.channel, **asdict(cell.counts)}
            for cell in petitions.cells
        ],
        "counts": dict(petitions.counts),
        "tallies": {key: _tally(table) for key, table in petitions.tallies.items()},
        "rates": {key: _rate(petitions.rate(key)) for key in petition_figures.RATES},
        "sendings": _sendings(petitions.sendings),
    }


def _sendings(sendings: SendingFigures) -> dict[str, Any]:
    """What was sent, in all and by unit."""

    def told(counts: SendingCounts) -> Mapping[str, Any]:
        return {**asdict(counts), "on_time_rate": counts.on_time.share}

    return {
        "total": told(sendings.total),
        "lines": [{"unit": line.unit, "name": line.name, **told(line.counts)} for line in sendings.lines],
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


def _consultations(consults: ConsultFigures) -> dict[str, Any]:
    return {
        "counts": dict(consults.counts),
        "tallies": {key: _tally(table) for key, table in consults.tallies.items()},
        "rates": {key: _rate(consults.rate(key)) for key in consult_figures.RATES},
        "outreach": {
            "total": asdict(consults.activities),
            "lines": [{"target": code, **asdict(sums)} for code, sums in consults.by_target.items()],
        },
    }


def _official(official: Official) -> dict[str, Any]:
    """The official tables; what differs in them is said in words."""

    def told(table: OfficialTable) -> dict[str, Any]:
        lines = [{"code": line.code, "name": line.name, "counts": dict(line.counts)} for line in table.lines]
        return {"total": dict(table.whole), "lines": lines}

    return {
        "types": told(official.types),
        "zongzhi": told(official.zongzhi),
        "prevention": dict(official.prevention),
        "faults": list(official.faults),
        "zero": official.zero,
    }


def _duration(duration: Duration) -> dict[str, Any]:
    return {
        "flow": duration.flow,
        "node": duration.node,
        "now": asdict(duration.now) if duration.now else None,
        "before": asdict(duration.before) if duration.before else None,
    }


def _drivers(drivers: Drivers) -> dict[str, Any]:
    return {
        "measure": drivers.measure,
        "against": drivers.against.code,
        "now": drivers.now,
        "then": drivers.then,
        "lines": [{**asdict(line), "change": line.change} for line in drivers.lines],
    }


def _compared(other: Comparison) -> dict[str, Any]:
    return {"period": other.period.name, "totals": _totals(other.totals) if other.totals else None}
