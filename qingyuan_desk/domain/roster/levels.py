"""The level meter: which level of people's mediator (人民调解员等级) is within reach, and what is missing for it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from qingyuan_desk.domain.clocks import months_after
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.domain.roster.mediators import LEVELS
from qingyuan_desk.domain.roster.results import Results, percent
from qingyuan_desk.domain.tables import LevelRule

#: Where the conditions of 四级 come from; the office's own table decides.
SOURCE = "等级评定条件表（四级参照广东潮安做法）"
_MOST_YEARS = 60
_MOST_CASES = 100_000


@dataclass(frozen=True)
class Condition:
    """One condition of a level: what it asks, how things are, whether it is met, and what is missing in words.

    done: how much of it is reached, 0 to 1.
    """

    name: str
    wanted: str
    actual: str
    met: bool
    missing: str
    done: float


@dataclass(frozen=True)
class Meter:
    """How far a mediator is. current, reached, next: codes of LEVELS or "".

    reached: the highest level whose conditions, and those of every lower level, are met. next: the level the conditions
    are about; "" for who has the highest.
    """

    current: str
    reached: str
    next: str
    conditions: tuple[Condition, ...]

    @property
    def words(self) -> str:
        """The meter in a sentence."""
        if not self.next:
            return f"已是{LEVELS[self.current]}人民调解员，等级表里没有更高的等级。"
        name = LEVELS[self.next]
        missing = [each.missing for each in self.conditions if not each.met]
        if missing:
            return f"评{name}还缺：{'；'.join(missing)}。"
        return f"已够{name}的条件，可以申报评定；评定后在资料里把等级改为{name}。"


def meter(
    current: str, since: date | None, results: Results, rules: Sequence[LevelRule], today: date
) -> Meter:
    """The meter of a mediator of level `current` ("" for none) who was first appointed on `since`."""
    ladder = sorted(rules, key=lambda rule: rule.level, reverse=True)
    reached = ""
    for rule in ladder:
        if not all(each.met for each in _conditions(rule, since, results, today)):
            break
        reached = rule.level
    above = [rule for rule in ladder if not current or rule.level < current]
    if not above:
        return Meter(current, reached, "", ())
    return Meter(current, reached, above[0].level, _conditions(above[0], since, results, today))


def check_rules(rules: Iterable[LevelRule]) -> tuple[Problem, ...]:
    """What is wrong with an edited table; `field` is the level and the column: 4.cases."""
    return tuple(_wrong(rules))


def _conditions(rule: LevelRule, since: date | None, results: Results, today: date) -> tuple[Condition, ...]:
    return (
        _years(rule, since, today),
        _cases(rule, results),
        _oral(rule, results),
        _success(rule, results),
    )


def _years(rule: LevelRule, since: date | None, today: date) -> Condition:
    wanted = f"从事人民调解满{rule.years}年"
    if since is None:
        return Condition("从事年限", wanted, "没有填聘任日期", False, "请先在资料里填聘任日期", 0.0)
    full = months_after(since, 12 * rule.years)
    met = today >= full
    span = max(1, (full - since).days)
    actual = f"自{since.year}年{since.month}月{since.day}日起"
    missing = "" if met else f"满{rule.years}年要到{full.year}年{full.month}月{full.day}日"
    return Condition(
        "从事年限", wanted, actual, met, missing, min(1.0, max(0.0, (today - since).days / span))
    )


def _cases(rule: LevelRule, results: Results) -> Condition:
    met = results.finished >= rule.cases
    missing = "" if met else f"再办结{rule.cases - results.finished}件"
    done = min(1.0, results.finished / rule.cases) if rule.cases else 1.0
    wanted = f"累计调解{rule.cases}件"
    return Condition("累计案件", wanted, f"已办结{results.finished}件", met, missing, done)


def _oral(rule: LevelRule, results: Results) -> Condition:
    """At most so many of a hundred agreements may be oral; before the first agreement nothing is too much."""
    most = rule.oral_share_max
    met = results.oral * 100 <= most * results.settled
    wanted = f"口头协议不超过{most}%"
    if results.oral_share is None:
        return Condition("口头协议比例", wanted, "还没有达成协议的案件", True, "", 1.0)
    actual = f"{percent(results.oral_share)}（{results.oral}件/{results.settled}件）"
    missing = "" if met else _until_oral_is_small(results, most)
    done = 1.0 if met else most * results.settled / (100 * results.oral)
    return Condition("口头协议比例", wanted, actual, met, missing, done)


def _until_oral_is_small(results: Results, most: int) -> str:
    if most == 0:
        return "口头协议不能计入"
    more = -(-results.oral * 100 // most) - results.settled
    return f"口头协议偏多，再达成{more}件书面协议才降到{most}%"


def _success(rule: LevelRule, results: Results) -> Condition:
    least = rule.success_min
    met = results.finished > 0 and results.settled * 100 >= least * results.finished
    wanted = f"调解成功率不低于{least}%"
    if not results.finished:
        return Condition("调解成功率", wanted, "还没有办结的案件", False, "还没有办结的案件", 0.0)
    actual = f"{percent(results.success)}（{results.settled}件/{results.finished}件）"
    missing = "" if met else _until_success(results, least)
    done = 1.0 if met else results.settled * 100 / (least * results.finished)
    return Condition("调解成功率", wanted, actual, met, missing, done)


def _until_success(results: Results, least: int) -> str:
    if least == 100:
        return "成功率要求百分之百"
    more = -(-(least * results.finished - 100 * results.settled) // (100 - least))
    return f"成功率还差，再连续调成{more}件可达到{least}%"


def _wrong(rules: Iterable[LevelRule]) -> Iterable[Problem]:
    seen: set[str] = set()
    for rule in rules:
        name = LEVELS.get(rule.level)
        if rule.level in seen:
            yield Problem(f"{rule.level}.level", f"{name}写了两行，请删去一行。")
        seen.add(rule.level)
        if name is None:
            yield Problem(f"{rule.level}.level", f"没有“{rule.level}”这个等级，等级只有一级到四级。")
            continue
        for column, label, most in (
            ("years", "年限", _MOST_YEARS),
            ("cases", "累计件数", _MOST_CASES),
            ("oral_share_max", "口头协议上限", 100),
            ("success_min", "成功率下限", 100),
        ):
            value = getattr(rule, column)
            if not 0 <= value <= most:
                yield Problem(
                    f"{rule.level}.{column}", f"{name}的{label}填 0 到 {most} 之间的整数，现在是 {value}。"
                )
