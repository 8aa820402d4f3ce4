"""以案定补: what is paid for a dispute that was mediated, to whom, and why not. Pure; money is whole fen.

A subsidy for lost work (误工补贴, 《人民调解法》第十六条), not a fee: the parties never pay (第四条). One dispute is paid once,
however often it was mediated and by however many mediators; they share the one amount. LP §1.12.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qingyuan_desk.domain import money
from qingyuan_desk.domain.mediation.codes import AGREEMENT_FORMS, CLOSINGS, DIFFICULTIES, RESULTS
from qingyuan_desk.domain.problems import Level, Problem
from qingyuan_desk.domain.roster.mediators import LEVELS
from qingyuan_desk.domain.tables import SubsidyRate
from qingyuan_desk.domain.text import LIMITS

ARTICLE = "《人民调解法》第十六条"

#: Where a payment stands. "pending" is never kept: it is what could be declared.
STATES: Mapping[str, str] = {
    "pending": "待报",
    "declared": "已报",
    "approved": "核准",
    "returned": "退回",
    "paid": "已发",
}


@dataclass(frozen=True)
class Step:
    """A recorded act: from which states, to which, what it is called. reasoned: it wants a reason."""

    before: frozenset[str]
    after: str
    name: str
    reasoned: bool = False


STEPS: Mapping[str, Step] = {
    "declare": Step(frozenset({"pending", "returned"}), "declared", "申报"),
    "approve": Step(frozenset({"declared"}), "approved", "核准"),
    "return": Step(frozenset({"declared", "approved"}), "returned", "退回", reasoned=True),
    "pay": Step(frozenset({"approved"}), "paid", "发放"),
}

#: Results that are paid for; the others are told as left out.
_PAID_RESULTS = ("agreed", "failed")
#: More than this for one dispute is a slip of the hand, in fen.
_MOST = 10_000_000


@dataclass(frozen=True)
class Helper:
    """A mediator of the dispute. objection: why they have no part in it (not in term, off the roster), or ""."""

    code: str
    name: str
    level: str = ""
    objection: str = ""


@dataclass(frozen=True)
class Dispute:
    """A mediation as the subsidy looks at it. number: of its dossier (卷宗号). day: what puts it into a quarter.

    sessions: how many were held. guided: on failure the parties were told where to go (LP §1.12: 走其他合法途径).
    performed: the agreement in force is performed. mediators: those of the case now, the first one first.
    """

    matter_id: int
    number: str
    title: str
    dispute_type: str
    form: str
    result: str
    difficulty: str
    day: date
    closing: str = ""
    closed: bool = False
    filed: bool = False
    performed: bool = False
    guided: bool = False
    sessions: int = 0
    mediators: tuple[Helper, ...] = ()

    @property
    def outcome(self) -> str:
        """Form and result as they are said: 书面协议 · 调解成功."""
        return " · ".join(filter(None, (AGREEMENT_FORMS.get(self.form, ""), RESULTS[self.result])))


@dataclass(frozen=True)
class Share:
    """What one mediator gets of a dispute's amount, in fen."""

    mediator: str
    name: str
    level: str
    amount: int


@dataclass(frozen=True)
class Line:
    """A dispute of a quarter with what is or would be paid.

    record_id: of the payment, 0 while pending. obstacles: what stands in the way of declaring it; Level.DOUBT can be kept
    with a reason (excuse), Level.WARN is only told.
    """

    dispute: Dispute
    state: str
    rate: str
    rate_name: str
    amount: int
    shares: tuple[Share, ...]
    obstacles: tuple[Problem, ...] = ()
    record_id: int = 0
    excuse: str = ""
    reason: str = ""

    @property
    def payable(self) -> bool:
        """Whether nothing stands in the way, or it was declared already."""
        return self.state not in ("pending", "returned") or not self.stopping

    @property
    def stopping(self) -> tuple[Problem, ...]:
        """What stands in the way."""
        return tuple(each for each in self.obstacles if each.level is not Level.WARN)

    @property
    def counts(self) -> bool:
        """Whether its amount belongs into the quarter's sheet."""
        return self.payable and self.state != "returned"

    @property
    def who(self) -> str:
        """The mediators who share it."""
        return "、".join(share.name for share in self.shares)

    @property
    def told(self) -> str:
        """What stands in the way, the reason it came back, or what is told, in a sentence."""
        said = [self.reason] if self.state == "returned" and self.reason else []
        said += [each.sentence for each in (self.stopping or self.obstacles)]
        if self.excuse:
            said.append(f"未全部履行：{self.excuse}")
        return " ".join(said)


@dataclass(frozen=True)
class PerMediator:
    """What one mediator gets in a quarter."""

    mediator: str
    name: str
    level: str
    disputes: int
    amount: int


@dataclass(frozen=True)
class QuarterSheet:
    """A quarter's declaration (以案定补申报表): lines that count, and those left out with their reasons."""

    quarter: str
    name: str
    lines: tuple[Line, ...]
    left_out: tuple[Line, ...]

    @property
    def total(self) -> int:
        """All of it, in fen."""
        return sum(line.amount for line in self.lines)

    def of_state(self, state: str) -> int:
        """What stands in one state, in fen."""
        return sum(line.amount for line in self.lines if line.state == state)

    @property
    def by_mediator(self) -> tuple[PerMediator, ...]:
        """Every mediator who gets something, by code."""
        shares: dict[str, list[Share]] = {}
        for line in self.lines:
            for share in line.shares:
                shares.setdefault(share.mediator, []).append(share)
        return tuple(
            PerMediator(code, own[0].name, own[0].level, len(own), sum(each.amount for each in own))
            for code, own in sorted(shares.items())
        )

    @property
    def by_rate(self) -> tuple[tuple[str, int, int], ...]:
        """Of every rate its name, how many disputes, how much."""
        found: dict[str, tuple[int, int]] = {}
        for line in self.lines:
            count, amount = found.get(line.rate_name, (0, 0))
            found[line.rate_name] = (count + 1, amount + line.amount)
        return tuple((name, *pair) for name, pair in found.items())

    @property
    def cross_foots(self) -> bool:
        """Whether disputes, mediators, and rates add up to the same."""
        of_mediators = sum(each.amount for each in self.by_mediator)
        return self.total == of_mediators == sum(amount for _, _, amount in self.by_rate)


def sheet(quarter: str, name: str, lines: Iterable[Line]) -> QuarterSheet:
    """The declaration of a quarter."""
    found = list(lines)
    return QuarterSheet(
        quarter,
        name,
        tuple(line for line in found if line.counts),
        tuple(line for line in found if not line.counts),
    )


def pending(dispute: Dispute, rates: Sequence[SubsidyRate], excuse: str = "") -> Line:
    """What would be paid for a dispute that was not declared yet, and what stands in the way."""
    sharing = [helper for helper in dispute.mediators if not helper.objection]
    rate = rate_for(rates, dispute, sharing[0].level if sharing else "")
    amount = (amount_of(rate) or 0) if rate else 0
    obstacles = tuple(_obstacles(dispute, sharing, rate, excuse))
    return Line(
        dispute=dispute,
        state="pending",
        rate=rate.code if rate else "",
        rate_name=rate.name if rate else "",
        amount=amount,
        shares=split(amount, sharing),
        obstacles=obstacles,
        excuse=excuse,
    )


def rate_for(rates: Iterable[SubsidyRate], dispute: Dispute, level: str) -> SubsidyRate | None:
    """The row that fits most closely; of equals the first. `level`: of the mediator who leads."""
    asked = (dispute.form, dispute.result, dispute.difficulty, level)
    fitting = [
        rate
        for rate in rates
        if all(cell in ("", value) for cell, value in zip(_key(rate), asked, strict=True))
    ]
    return max(fitting, key=lambda rate: sum(map(bool, _key(rate))), default=None)


def amount_of(rate: SubsidyRate) -> int | None:
    """A rate in fen; None when its cell is no sum."""
    return money.read(rate.amount)


def split(amount: int, sharing: Sequence[Helper]) -> tuple[Share, ...]:
    """One amount shared out evenly; fen that cannot be divided go to the first ones."""
    if not sharing:
        return ()
    each, over = divmod(amount, len(sharing))
    return tuple(
        Share(helper.code, helper.name, helper.level, each + (place < over))
        for place, helper in enumerate(sharing)
    )


def check_rates(rates: Sequence[SubsidyRate]) -> tuple[Problem, ...]:
    """What is wrong with an edited table; `field` is the row (from 1) and the column: 2.amount."""
    return tuple(_wrong(rates))


def _obstacles(
    dispute: Dispute, sharing: Sequence[Helper], rate: SubsidyRate | None, excuse: str
) -> Iterable[Problem]:
    if dispute.result not in _PAID_RESULTS:
        yield Problem("result", f"{RESULTS[dispute.result]}，没有调解结果，不在补贴范围。")
        return
    if dispute.result == "agreed":
        yield from _unperformed(dispute, excuse)
    elif not dispute.sessions or not dispute.guided:
        yield Problem("result", "调解不成的，要开过调解会并告知了其他合法途径才补贴；卷宗里没有这样的记录。")
    if not dispute.filed:
        yield Problem("filed", "卷宗还没有立卷归档；补齐后归档，再申报（一案一卷）。")
    if not sharing:
        yield Problem("mediator", "没有可以补贴的调解员：" + _objections(dispute) + "。", ARTICLE)
    elif any(helper.objection for helper in dispute.mediators):
        yield Problem("mediator", f"{_objections(dispute)}，不参加分配。", level=Level.WARN)
    if rate is None:
        yield Problem("rate", f"补贴标准表里没有适合“{dispute.outcome}”的一档，请先在标准里补上。")
    elif amount_of(rate) is None:
        yield Problem("rate", f"补贴标准“{rate.name}”的金额“{rate.amount}”读不懂，请先改成数字。")


def _unperformed(dispute: Dispute, excuse: str) -> Iterable[Problem]:
    if not dispute.closed:
        yield Problem("closed", "案件还没有办结；协议履行后办结，再申报。")
    elif not dispute.performed and not excuse:
        closing = CLOSINGS.get(dispute.closing, "办结")
        sentence = f"协议没有全部履行（{closing}）；确有正当理由的，写明理由可以申报。"
        yield Problem("performed", sentence, level=Level.DOUBT)


def _objections(dispute: Dispute) -> str:
    told = [f"{helper.name}{helper.objection}" for helper in dispute.mediators if helper.objection]
    return "，".join(told) or "没有登记调解员"


def _key(rate: SubsidyRate) -> tuple[str, str, str, str]:
    return rate.form, rate.result, rate.difficulty, rate.level


_CELLS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "form": ("协议形式", AGREEMENT_FORMS),
    "result": ("结果", {code: RESULTS[code] for code in _PAID_RESULTS}),
    "difficulty": ("难易", DIFFICULTIES),
    "level": ("等级", LEVELS),
}


def _wrong(rates: Sequence[SubsidyRate]) -> Iterable[Problem]:
    seen: dict[tuple[str, str, str, str], str] = {}
    codes: set[str] = set()
    for place, rate in enumerate(rates, start=1):
        if not rate.code or rate.code in codes:
            yield Problem(f"{place}.code", f"第 {place} 行的编号空着或者重复了。")
        codes.add(rate.code)
        if not rate.name or len(rate.name) > LIMITS["name"]:
            yield Problem(f"{place}.name", f"第 {place} 行请写名称，最多 {LIMITS['name']} 个字。")
        for column, (label, names) in _CELLS.items():
            if getattr(rate, column) not in ("", *names):
                yield Problem(
                    f"{place}.{column}",
                    f"第 {place} 行的{label}不对，可选：{'、'.join(names.values())}，或者不限。",
                )
        if not rate.result:
            yield Problem(f"{place}.result", f"第 {place} 行请选结果：调解成功或者调解不成。")
        amount = amount_of(rate)
        if amount is None or amount > _MOST:
            yield Problem(
                f"{place}.amount", f"第 {place} 行的金额写成元，例如 100；最多 {money.words(_MOST)}。"
            )
        if _key(rate) in seen:
            yield Problem(f"{place}.name", f"第 {place} 行和“{seen[_key(rate)]}”的条件一样，请删去一行。")
        seen.setdefault(_key(rate), rate.name)
