"""The tables of petitions, of questions, and of mediations: every number with the list behind it."""

from __future__ import annotations

from collections.abc import Mapping

from qingyuan_desk.desk.reports.sheet import Behind, Cell, Sheet, filled, number, part, row, share
from qingyuan_desk.domain import consult_figures, petition_figures, sending_figures
from qingyuan_desk.domain.breakdowns import Breakdown, Figure, Rate, Tally
from qingyuan_desk.domain.case_figures import CaseTable, wan
from qingyuan_desk.domain.figures import FIGURES, Figures
from qingyuan_desk.domain.handling.codes import OUTREACH
from qingyuan_desk.domain.sending_figures import SendingFigures

_CASES = ("accepted", "settled", "oral", "written", "failed", "withdrawn", "amount")


def petitions(figures: Figures) -> tuple[Sheet, ...]:
    """信访: what came, what was done, what the rates rest on, and what was sent to units."""
    found = figures.petitions
    rates = {key: (figure, found.rate(key)) for key, (figure, _, _) in petition_figures.RATES.items()}
    done = [_counted(figure, found.counts[figure.key]) for figure in petition_figures.DONE]
    return (
        *(_visits(table) for table in found.tables.values()),
        Sheet("petition_done", "办理情况", ("事项", "件"), tuple(done)),
        _rates("petition_rates", "四率", petition_figures.RATES, rates),
        *(_tally(each) for each in found.tallies.values()),
        _sendings(found.sendings),
        _sendings(figures.handovers),
        _sendings(figures.support),
    )


def consultations(figures: Figures) -> tuple[Sheet, ...]:
    """咨询: questions, legal aid, referrals, and 法律十进."""
    found = figures.consultations
    rates = {key: (figure, found.rate(key)) for key, (figure, _, _) in consult_figures.RATES.items()}
    counts = [_counted(figure, found.counts[figure.key]) for figure in consult_figures.COUNTED]
    activities = [
        row(name, (Cell(f"{each:,}") for each in vars(found.by_target[code]).values()))
        for code, name in OUTREACH.items()
        if found.by_target[code].times
    ]
    total = row("合计", (Cell(f"{each:,}") for each in vars(found.activities).values()))
    return (
        Sheet("consults", "咨询、援助和转介", ("事项", "件次"), tuple(counts)),
        _rates("consult_rates", "比率", consult_figures.RATES, rates),
        *(_tally(each) for each in found.tallies.values()),
        Sheet(
            "outreach",
            "法律十进",
            ("对象", *(f"{each.name}（{each.unit}）" for each in consult_figures.ACTIVITIES)),
            (*activities, total) if activities else (),
            wide=True,
            strong=frozenset({len(activities)}),
        ),
    )


def mediations(figures: Figures) -> tuple[Sheet, ...]:
    """调解: by type of dispute, by source, by who brought the case."""
    fields = {"case_types": "dispute_type", "case_sources": "source", "case_origins": "origin"}
    return tuple(_cases(figures.cases.tables[key], field) for key, field in fields.items())


def _counted(figure: Figure, count: int) -> tuple[Cell, ...]:
    return row(figure.name, [number(count, Behind(figure.key))])


def _visits(table: Breakdown) -> Sheet:
    rows = [
        row(
            line.name,
            (
                number(line.counts.matters, part(table.key, line.code)),
                *(Cell(f"{each:,}") for each in (line.counts.visits, line.counts.groups, line.counts.heads)),
            ),
        )
        for line in table.lines
        if line.counts.visits or line.counts.matters
    ]
    return Sheet(table.key, table.title, ("类", "件", "件次", "批次", "人次"), tuple(rows))


def _tally(table: Tally) -> Sheet:
    rows = [row(line.name, [number(line.count, part(table.key, line.code))]) for line in table.lines]
    return Sheet(table.key, table.title, ("类", table.unit), filled(rows))


def _rates(
    key: str,
    title: str,
    defined: Mapping[str, tuple[Figure, str, str]],
    rates: Mapping[str, tuple[Figure, Rate]],
) -> Sheet:
    """Each rate with its numerator and its denominator."""
    rows = [
        row(
            figure.name,
            (
                Cell(share(rate.part, rate.whole)),
                number(rate.part, Behind(defined[each][1])),
                number(rate.whole, Behind(defined[each][2])),
            ),
        )
        for each, (figure, rate) in rates.items()
    ]
    note = "；".join(f"{figure.name}：{figure.definition}" for figure, _ in rates.values())
    return Sheet(key, title, ("比率", "%", "分子", "分母"), tuple(rows), note=f"{note}。")


def _sendings(sendings: SendingFigures) -> Sheet:
    kind = sending_figures.KINDS[sendings.kind][0]
    heads = [
        FIGURES[f"{sendings.kind}_{each}"].name.removeprefix(kind) or "送出"
        for each in sending_figures.COLUMNS
    ]
    rows = [
        row(
            line.name,
            (
                *(
                    number(getattr(line.counts, each), part(f"{sendings.kind}_{each}", line.unit))
                    for each in sending_figures.COLUMNS
                ),
                Cell(share(line.counts.in_time, line.counts.to_answer)),
            ),
        )
        for line in sendings.lines
    ]
    return Sheet(sendings.kind, f"{kind}（件次）", ("单位", *heads, "按期率"), tuple(rows), wide=True)


def _cases(table: CaseTable, field: str) -> Sheet:
    rows = [
        row(
            f"　其中：{line.name}" if line.parent else line.name,
            (
                Cell(wan(line.counts.amount), Behind(each, field, line.code) if line.code else None)
                if each == "amount"
                else number(getattr(line.counts, each), Behind(each, field, line.code) if line.code else None)
                for each in _CASES
            ),
        )
        for line in table.lines
        if any(vars(line.counts).values())
    ]
    heads = ("类", *(f"{FIGURES[each].name}（{FIGURES[each].unit}）" for each in _CASES))
    return Sheet(table.key, table.title, heads, tuple(rows), wide=True)
