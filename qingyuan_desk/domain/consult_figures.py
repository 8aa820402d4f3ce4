"""What is counted of questions at the window (法律咨询), legal aid, referrals, and 法律十进 over a period, and what must add up.

Questions are 件次: every question counts. Applications for legal aid and referrals are 件次 too: one matter may have several.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qingyuan_desk.domain.breakdowns import Figure, Rate, Tally, check, tally
from qingyuan_desk.domain.errors import Unavailable
from qingyuan_desk.domain.handling.codes import (
    AID_AFFAIRS,
    ANSWERS,
    CONSULT_CHANNELS,
    OUTREACH,
    REFERRAL_PURPOSES,
    STAGES,
)
from qingyuan_desk.domain.outreach import Totals

#: What is counted, 件次.
COUNTED = (
    Figure("consults", "法律咨询", "件次", "本期提出的咨询，每问一次计一件次，按提出之时计"),
    Figure("consult_answered", "已解答咨询", "件次", "法律咨询中，制表时已经答复的"),
    Figure("consult_waiting", "待解答咨询", "件次", "法律咨询中，制表时还没有答复的（另行答复、约期未到）"),
    Figure("consult_declined", "未提供身份信息", "件次", "法律咨询中，来访人拒绝提供身份信息的"),
    Figure("consult_aid_told", "告知可申请法律援助", "件次", "法律咨询中，告知了申请法律援助的条件和程序的"),
    Figure("consult_rated", "咨询作出评价", "件次", "法律咨询中，来访人作出评价的，拒绝评价的不计"),
    Figure("consult_satisfied", "咨询评价满意", "件次", "咨询作出评价中，满意和基本满意的"),
    Figure("aid_applied", "申请法律援助", "件次", "本期收到的法律援助申请，按收到之日计"),
    Figure("aid_granted", "给予法律援助", "件次", "本期决定给予法律援助的申请，按决定之日计"),
    Figure("aid_refused", "不给予法律援助", "件次", "本期决定不给予法律援助的申请，按决定之日计"),
    Figure("aid_given_up", "视为撤回申请", "件次", "本期因未按要求补充材料或者说明，视为撤回的法律援助申请"),
    Figure("aid_assigned", "指派法律援助人员", "件次", "本期指派了法律援助人员的申请，按指派之日计"),
    Figure(
        "aid_to_decide",
        "援助应决定",
        "件次",
        "审查决定期限（收到申请之日起七日）的末日在本期内的法律援助申请，取消的和制表时尚未到期的不计",
    ),
    Figure("aid_decided_in_time", "援助按期决定", "件次", "援助应决定中，在末日或以前决定的"),
    Figure(
        "aid_to_assign",
        "援助应指派",
        "件次",
        "指派期限（作出决定之日起三日）的末日在本期内的法律援助申请，取消的和制表时尚未到期的不计",
    ),
    Figure("aid_assigned_in_time", "援助按期指派", "件次", "援助应指派中，在末日或以前指派的"),
    Figure("referrals", "心理疏导转介", "件次", "本期转介心理疏导的，按转介之日计，每转介一次计一件次"),
    Figure("referrals_done", "已疏导", "件次", "心理疏导转介中，制表时已经疏导的"),
)

#: Rates: key → its figure, and the keys of what is divided by what.
RATES: Mapping[str, tuple[Figure, str, str]] = {
    figure.key: (figure, part, whole)
    for figure, part, whole in (
        (
            Figure("consult_satisfied_rate", "咨询满意率", "%", "咨询评价满意占咨询作出评价的百分比"),
            "consult_satisfied",
            "consult_rated",
        ),
        (
            Figure(
                "aid_decide_rate",
                "援助按期决定率",
                "%",
                "援助按期决定占援助应决定的百分比（《法律援助法》第四十三条）",
            ),
            "aid_decided_in_time",
            "aid_to_decide",
        ),
        (
            Figure(
                "aid_assign_rate",
                "援助按期指派率",
                "%",
                "援助按期指派占援助应指派的百分比（《法律援助法》第四十三条）",
            ),
            "aid_assigned_in_time",
            "aid_to_assign",
        ),
    )
}

#: Ways in which a figure of COUNTED is divided: the table's definition, and the key of what it divides.
_TABLES: tuple[tuple[Figure, str], ...] = (
    (Figure("consult_channels", "咨询方式", "件次", "法律咨询按提出的方式分"), "consults"),
    (Figure("consult_results", "咨询结果", "件次", "法律咨询按处理结果分"), "consults"),
    (Figure("consult_causes", "咨询案由", "件次", "法律咨询按纠纷类型分"), "consults"),
    (Figure("consult_crowds", "咨询人群", "件次", "法律咨询按来访人所属人群分"), "consults"),
    (Figure("consult_stages", "咨询事项所处阶段", "件次", "法律咨询按事项所处的程序阶段分"), "consults"),
    (Figure("aid_affairs", "法律援助事项", "件次", "申请法律援助按申请事项分"), "aid_applied"),
    (Figure("referral_purposes", "心理疏导转介目的", "件次", "心理疏导转介按转介目的分"), "referrals"),
)
TABLES: Mapping[str, tuple[Figure, str]] = {figure.key: (figure, whole) for figure, whole in _TABLES}

#: Sums of 法律十进: the fields of domain/outreach.Totals.
ACTIVITIES = (
    Figure("outreach_times", "法律十进活动", "次", "本期开展的“法律十进”活动，撤回的不计"),
    Figure("outreach_people", "活动受众", "人次", "法律十进活动的受众人数之和"),
    Figure("outreach_papers", "发放资料", "份", "法律十进活动发放的资料份数之和"),
    Figure("outreach_lawyers", "参与律师", "人次", "法律十进活动参与的律师人数之和"),
    Figure("outreach_officers", "参与政法干警", "人次", "法律十进活动参与的政法干警人数之和"),
    Figure("outreach_volunteers", "参与志愿者", "人次", "法律十进活动参与的志愿者人数之和"),
)

#: Everything here that is counted or said, in the order it is told in.
FIGURES: tuple[Figure, ...] = (
    *COUNTED,
    *(figure for figure, _, _ in RATES.values()),
    *(figure for figure, _ in TABLES.values()),
    *ACTIVITIES,
)


@dataclass(frozen=True)
class ConsultCounted:
    """What was counted. counts: key of COUNTED → 件次. divided: key of TABLES → code → 件次.

    activities: code of OUTREACH → the sums of what was done there; all_activities: counted apart from them.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    divided: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    activities: Mapping[str, Totals] = field(default_factory=dict)
    all_activities: Totals = field(default_factory=Totals)


@dataclass(frozen=True)
class ConsultFigures:
    """The figures of questions, legal aid, referrals, and 法律十进. Ones that do not add up cannot be made.

    counts: every key of COUNTED. tallies: those of TABLES. by_target: all ten of OUTREACH, and activities: their sum.
    Raises Unavailable QY-140 with the table's name and the two numbers.
    """

    counts: Mapping[str, int]
    tallies: Mapping[str, Tally]
    by_target: Mapping[str, Totals]
    activities: Totals

    def __post_init__(self) -> None:
        check(self.tallies.values())
        answered = self.counts["consult_answered"] + self.counts["consult_waiting"]
        if answered != self.counts["consults"]:
            cause = f"已解答和待解答相加 {answered} 件次，法律咨询 {self.counts['consults']} 件次"
            raise Unavailable("QY-140", table="法律咨询", cause=cause)
        for name in vars(self.activities):
            added = sum(getattr(sums, name) for sums in self.by_target.values())
            whole = getattr(self.activities, name)
            if added != whole:
                raise Unavailable("QY-140", table="法律十进", cause=f"各行相加 {added}，合计 {whole}")

    def rate(self, key: str) -> Rate:
        """A rate of RATES with what it rests on."""
        _, part, whole = RATES[key]
        return Rate(self.counts[part], self.counts[whole])


def tabulate_consults(
    counted: ConsultCounted, causes: Mapping[str, str], crowds: Mapping[str, str]
) -> ConsultFigures:
    """The figures of a period's questions. causes, crowds: code → name of the office's types of dispute and kinds of people."""
    rows: Mapping[str, Mapping[str, str]] = {
        "consult_channels": CONSULT_CHANNELS,
        "consult_results": ANSWERS,
        "consult_causes": causes,
        "consult_crowds": crowds,
        "consult_stages": STAGES,
        "aid_affairs": AID_AFFAIRS,
        "referral_purposes": REFERRAL_PURPOSES,
    }
    counts = {figure.key: counted.counts.get(figure.key, 0) for figure in COUNTED}
    return ConsultFigures(
        counts=counts,
        tallies={
            key: tally(figure, rows[key], counted.divided.get(key, {}), counts[whole])
            for key, (figure, whole) in TABLES.items()
        },
        by_target={code: counted.activities.get(code, Totals()) for code in OUTREACH},
        activities=counted.all_activities,
    )
