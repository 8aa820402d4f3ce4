"""Whether somebody may ask for legal aid, with reasons (《法律援助法》第三十一条、第三十二条、第四十一条、第四十二条、第四十四条).

The desk only tells what the law says: the legal aid institution (法律援助机构) decides, and nobody is kept from applying.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from qingyuan_desk.domain import clocks
from qingyuan_desk.domain.calendar import WorkCalendar
from qingyuan_desk.domain.handling.codes import AID_AFFAIRS, AID_EXEMPT, AID_URGENT
from qingyuan_desk.domain.limitations import Limitation

#: What the test may say.
OUTCOMES: Mapping[str, str] = {
    "eligible": "符合申请条件，可以指导申请",
    "examine": "可以申请，由法律援助机构审查",
    "not": "一般不符合条件，可以提供法律咨询",
}
#: What is said of somebody's means; "" where nobody has asked.
MEANS: Mapping[str, str] = {"": "没有问", "hard": "经济困难", "fine": "没有经济困难"}

_AFFAIRS_ARTICLE = "《法律援助法》第三十一条"
#: Groups of 第三十二条: of these hardship is no condition, and the affair is one of legal aid whatever it is.
_WITHOUT_HARDSHIP = frozenset({"hero", "bravery", "acquitted", "victim"})
#: 第四十二条第三项 is for these affairs only.
_WORKERS_AFFAIRS = frozenset({"wages", "injury"})
#: 第四十四条第一款第一项: fewer days than this to the end of a limitation.
URGENT_DAYS = 7


@dataclass(frozen=True)
class Reason:
    """A sentence of the test and the article behind it."""

    sentence: str
    article: str


@dataclass(frozen=True)
class AidTest:
    """What the law says of an application. urgent: reasons to give aid before everything is examined (先行援助)."""

    outcome: str
    reasons: tuple[Reason, ...]
    urgent: tuple[Reason, ...] = ()

    @property
    def words(self) -> str:
        """The outcome in a few words."""
        return OUTCOMES[self.outcome]


def aid_test(affair: str, exempt: str = "", means: str = "", urgent: tuple[Reason, ...] = ()) -> AidTest:
    """What the law says of this affair (AID_AFFAIRS), this group (AID_EXEMPT, or ""), and these means (MEANS)."""
    outcome, reasons = _test(affair, exempt, means)
    return AidTest(outcome, tuple(reasons), urgent if outcome != "not" else ())


def _test(affair: str, exempt: str, means: str) -> tuple[str, list[Reason]]:
    group = AID_EXEMPT.get(exempt)
    if exempt in _WITHOUT_HARDSHIP and group:
        return "eligible", [Reason(f"{group.name}，不受经济困难条件的限制。", group.article)]
    if affair not in AID_AFFAIRS or affair == "none":
        return "not", [
            Reason("不属于第三十一条列举的事项，也没有第三十二条的情形。", _AFFAIRS_ARTICLE),
            Reason(
                "法律咨询不受这些条件限制；本人坚持申请的，应当收下，由法律援助机构决定。",
                "《法律援助法》第二十二条、第四十三条",
            ),
        ]
    reasons = [_affair_reason(affair)]
    if exempt == "migrant_worker" and affair not in _WORKERS_AFFAIRS:
        reasons.append(
            Reason(
                "进城务工人员只有申请支付劳动报酬或者请求工伤事故人身损害赔偿的，才免予核查经济困难状况。",
                "《法律援助法》第四十二条第三项",
            )
        )
        group = None
    if group:
        reasons.append(
            Reason(f"{group.name}：有材料证明的，免予核查经济困难状况，请带证明材料。", group.article)
        )
        return ("examine" if affair == "other" else "eligible"), reasons
    if means == "fine":
        reasons.append(
            Reason(
                "本人说没有经济困难：因经济困难没有委托代理人的才能申请。经济困难的标准以省人民政府规定为准。",
                "《法律援助法》第三十一条、第三十四条",
            )
        )
        return "not", reasons
    said = "本人说经济困难：" if means == "hard" else "请问清经济状况："
    reasons.append(
        Reason(
            f"{said}申请人应当如实说明，可以通过信息共享查询核查，也可以由本人作诚信承诺。",
            "《法律援助法》第四十一条",
        )
    )
    return "examine", reasons


def _affair_reason(affair: str) -> Reason:
    item, _, name = AID_AFFAIRS[affair].partition("：")
    if affair == "other":
        return Reason("第三十一条没有列举，要看其他法律、法规、规章有没有规定。", f"{_AFFAIRS_ARTICLE}{item}")
    return Reason(f"属于可以申请法律援助的事项：{name}。", f"{_AFFAIRS_ARTICLE}{item}")


def urgent_reasons(
    limits: Iterable[Limitation], since: date | None, today: date, calendar: WorkCalendar
) -> tuple[Reason, ...]:
    """The limitations that end within seven days when they began on `since` (知道权利受到损害之日); none without that day.

    The last day counts as holidays leave it, so that nobody is told that all is over while it is not.
    """
    if since is None:
        return ()
    ends = [(limit.rule, clocks.due(limit.rule, since, calendar).shifted_end) for limit in limits]
    return tuple(
        Reason(
            f"{rule.event}：{end:%Y-%m-%d} 届满，{_left((end - today).days)}，可以决定先行提供法律援助。",
            _URGENT,
        )
        for rule, end in ends
        if 0 <= (end - today).days < URGENT_DAYS
    )


_URGENT = f"《法律援助法》第四十四条{AID_URGENT['limitation'].partition('：')[0]}"


def _left(days: int) -> str:
    return f"还有 {days} 天" if days else "就在今天"
