"""A period's petitions, and what was sent to units, as its paper says them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qingyuan_desk.domain import petition_figures, sending_figures
from qingyuan_desk.domain.breakdowns import Counts, Figure, Rate, Tally
from qingyuan_desk.domain.case_figures import percent
from qingyuan_desk.domain.papers import ReportTable
from qingyuan_desk.domain.petition_figures import DONE, RATES, PetitionFigures
from qingyuan_desk.domain.sending_figures import KINDS, SendingCounts, SendingFigures

_DEFINED = {figure.key: figure for figure in (*petition_figures.FIGURES, *sending_figures.FIGURES)}
_COLUMNS = ("sent", "received", "objected", "returned", "replied", "to_answer", "in_time")
_HEADS = ("送出", "签收", "异议", "退回", "回复", "应回复", "按期")


def sentences(petitions: PetitionFigures) -> tuple[str, ...]:
    """What the paragraph says of petitions: nothing where there were none and nothing was done."""
    whole = petitions.whole
    came = f"信访事项{whole.matters}件、{whole.visits}件次、{whole.heads}人次" if whole.matters else ""
    done = "、".join(
        f"{figure.name}{petitions.counts[figure.key]}件" for figure in DONE if petitions.counts[figure.key]
    )
    return ("，".join(part for part in (came, done) if part), _rates(petitions), _refused(petitions))


def sending_sentences(*sendings: SendingFigures) -> tuple[str, ...]:
    """What it says of what was sent to units: a sentence for each kind of which something was."""
    return tuple(_sent(each) for each in sendings)


def tables(petitions: PetitionFigures) -> Iterable[ReportTable]:
    """The figures of petitions, divided in each way the law and practice ask for."""
    yield ReportTable(
        title="信访事项办理",
        unit="件",
        header=("环节", "件数"),
        rows=tuple((figure.name, str(petitions.counts[figure.key])) for figure in DONE),
        note="各环节分别计算，一件事项可以先后经过几个环节，各行不相加。",
    )
    for table in petitions.tables.values():
        yield ReportTable(
            title=table.title,
            unit="件、件次、批次、人次",
            header=("类别", "件", "件次", "集体访批次", "人次"),
            rows=(
                *((line.name, *_cells(line.counts)) for line in table.lines),
                ("合计", *_cells(table.whole)),
            ),
            note=f"{_DEFINED[table.key].definition}。",
        )
    for tally in petitions.tallies.values():
        if tally.whole:
            yield tally_table(tally)
    yield rates_table("信访四率", {key: petitions.rate(key) for key in RATES}, RATES)


def sending_tables(*sendings: SendingFigures) -> Iterable[ReportTable]:
    """What was sent, by unit: a table for each kind of which something was."""
    for each in sendings:
        if each.total.sent:
            name, limit = KINDS[each.kind]
            yield ReportTable(
                title=f"{name}按单位",
                unit="件次",
                header=("单位", *_HEADS),
                rows=(
                    *((line.name, *_sendings(line.counts)) for line in each.lines),
                    ("合计", *_sendings(each.total)),
                ),
                note=f"按送出之日计，每送一次计一件次。应回复：制表时{limit}已经到期或者已经回复的，取消的不计。",
            )


def tally_table(tally: Tally) -> ReportTable:
    """A number divided: a line for each part that counts something, and the total."""
    return ReportTable(
        title=tally.title,
        unit=tally.unit,
        header=("类别", tally.unit),
        rows=(
            *((line.name, str(line.count)) for line in tally.lines if line.count),
            ("合计", str(tally.whole)),
        ),
    )


def rates_table(
    title: str, rates: Mapping[str, Rate], defined: Mapping[str, tuple[Figure, str, str]]
) -> ReportTable:
    """Rates with what they rest on; a dash where there was nothing to be a part of."""
    return ReportTable(
        title=title,
        unit="见各列",
        header=("指标", "分子", "分母", "比率（%）"),
        rows=tuple(
            (defined[key][0].name, str(rate.part), str(rate.whole), percent(rate.share))
            for key, rate in rates.items()
        ),
        note="；".join(f"{defined[key][0].name}：{defined[key][0].definition}" for key in rates) + "。",
    )


def _rates(petitions: PetitionFigures) -> str:
    """及时受理率100.0%（3/3）: only the rates that rest on something."""
    rates = [(RATES[key][0].name, petitions.rate(key)) for key in RATES]
    return "，".join(
        f"{name}{percent(rate.share)}%（{rate.part}/{rate.whole}）" for name, rate in rates if rate.whole
    )


def _refused(petitions: PetitionFigures) -> str:
    """On which grounds petitions were refused."""
    lines = [line for line in petitions.tallies["petition_refused"].lines if line.count]
    if not lines:
        return ""
    if len(lines) == 1:
        return f"不予受理的均因{lines[0].name}"
    return f"不予受理的，按情形分：{'、'.join(f'{line.name}{line.count}件' for line in lines)}"


def _sent(sendings: SendingFigures) -> str:
    total, name = sendings.total, KINDS[sendings.kind][0]
    if not total.sent:
        return ""
    parts = [(word, getattr(total, key)) for key, word in zip(_COLUMNS[1:5], _HEADS[1:5], strict=True)]
    said = "、".join(f"{word}{count}件次" for word, count in parts if count)
    rate = total.on_time
    late = f"，按期回复率{percent(rate.share)}%（{rate.part}/{rate.whole}）" if rate.whole else ""
    return f"{name}{total.sent}件次，涉及{len(sendings.lines)}个单位，{f'其中{said}' if said else '尚无签收'}{late}"


def _cells(counts: Counts) -> tuple[str, ...]:
    return tuple(map(str, (counts.matters, counts.visits, counts.groups, counts.heads)))


def _sendings(counts: SendingCounts) -> tuple[str, ...]:
    return tuple(str(getattr(counts, key)) for key in _COLUMNS)
