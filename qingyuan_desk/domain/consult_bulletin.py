"""A period's questions at the window, legal aid, referrals, and 法律十进 as its paper says them."""

from __future__ import annotations

from collections.abc import Iterable

from qingyuan_desk.domain.case_figures import percent
from qingyuan_desk.domain.consult_figures import COUNTED, RATES, ConsultFigures
from qingyuan_desk.domain.handling.codes import OUTREACH
from qingyuan_desk.domain.outreach import Totals
from qingyuan_desk.domain.papers import ReportTable
from qingyuan_desk.domain.petition_bulletin import rates_table, tally_table

#: What is said of legal aid and of referrals when there was any of it.
_BESIDE = ("aid_applied", "aid_granted", "aid_refused", "aid_assigned", "referrals")
_SUMS = ("times", "people", "papers", "lawyers", "officers", "volunteers")


def sentences(consults: ConsultFigures) -> tuple[str, ...]:
    """What the paragraph says: nothing of what there was none of."""
    return (_asked(consults), _beside(consults), _outreach(consults.activities))


def tables(consults: ConsultFigures) -> Iterable[ReportTable]:
    """The figures one by one; what divides nothing is left out."""
    yield ReportTable(
        title="咨询、援助和转介",
        unit="件次",
        header=("指标", "件次"),
        rows=tuple((figure.name, str(consults.counts[figure.key])) for figure in COUNTED),
        note="各行分别计算，不相加；咨询每问一次计一件次。",
    )
    for tally in consults.tallies.values():
        if tally.whole:
            yield tally_table(tally)
    yield rates_table("咨询和援助比率", {key: consults.rate(key) for key in RATES}, RATES)
    if consults.activities.times:
        yield ReportTable(
            title="法律十进",
            unit="次、人次、份",
            header=("进", "次", "受众人次", "资料份数", "律师人次", "干警人次", "志愿者人次"),
            rows=(
                *((name, *_cells(consults.by_target[code])) for code, name in OUTREACH.items()),
                ("合计", *_cells(consults.activities)),
            ),
        )


def _asked(consults: ConsultFigures) -> str:
    counts = consults.counts
    if not counts["consults"]:
        return ""
    said = [f"解答法律咨询{counts['consults']}件次"]
    if counts["consult_waiting"]:
        said = [f"接到法律咨询{counts['consults']}件次，已解答{counts['consult_answered']}件次"]
    rate = consults.rate("consult_satisfied_rate")
    if rate.whole:
        said.append(f"满意率{percent(rate.share)}%")
    return "，".join(said)


def _beside(consults: ConsultFigures) -> str:
    names = {figure.key: figure.name for figure in COUNTED}
    return "、".join(f"{names[key]}{consults.counts[key]}件次" for key in _BESIDE if consults.counts[key])


def _outreach(sums: Totals) -> str:
    if not sums.times:
        return ""
    more = [(f"受众{sums.people}人次", sums.people), (f"发放资料{sums.papers}份", sums.papers)]
    return "，".join([f"开展“法律十进”活动{sums.times}次", *(words for words, count in more if count)])


def _cells(sums: Totals) -> tuple[str, ...]:
    return tuple(str(getattr(sums, key)) for key in _SUMS)
