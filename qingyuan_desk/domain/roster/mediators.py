"""The mediator roster (乡贤名册): who is on it, for how long, and who suits a dispute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from itertools import groupby

from qingyuan_desk.domain.clocks import months_after
from qingyuan_desk.domain.roster.results import (
    NEW,
    SUCCESSFUL,
    TELLING,
    Results,
    Standing,
    percent,
)
from qingyuan_desk.domain.surnames import is_compound
from qingyuan_desk.domain.text import has_han, search_key

#: Whether a mediator is called at present.
STATUSES: Mapping[str, str] = {"active": "在聘", "suspended": "停用", "ended": "解聘"}

#: What a mediator is: 《人民调解法》第十三条 knows committee members and appointed people; elders are appointed.
KINDS: Mapping[str, str] = {"elder": "乡贤调解员", "committee": "调委会委员", "professional": "专业调解员"}

#: Levels of people's mediators, the highest first.
LEVELS: Mapping[str, str] = {"1": "一级", "2": "二级", "3": "三级", "4": "四级"}

WEEKDAYS: Mapping[str, str] = dict(zip("1234567", "一二三四五六日", strict=True))
#: So many days running are said as a span.
_SPAN = 3

#: 《人民调解法》第九条.
TERM_YEARS = 3
TERM_ARTICLE = "《人民调解法》第九条"
#: From so many days before its end a term is "ending".
ENDING_DAYS = 90


@dataclass(frozen=True)
class Cause:
    """Why somebody is no longer called. `article`: the breach the law names, if it is one."""

    name: str
    article: str = ""


#: Causes of a suspension (停用) or of an end (罢免、解聘); the first four are those of 《人民调解法》第十五条.
CAUSES: Mapping[str, Cause] = {
    "partial": Cause("偏袒一方当事人", "《人民调解法》第十五条第一项"),
    "insult": Cause("侮辱当事人", "《人民调解法》第十五条第二项"),
    "gain": Cause("索取、收受财物或者牟取其他不正当利益", "《人民调解法》第十五条第三项"),
    "leak": Cause("泄露当事人的个人隐私、商业秘密", "《人民调解法》第十五条第四项"),
    "request": Cause("本人申请"),
    "health": Cause("身体或家庭原因"),
    "entry": Cause("录入有误"),
    "other": Cause("其他原因"),
}


@dataclass(frozen=True)
class Step:
    """A change of status: from which ones, to which, and what it is called."""

    before: frozenset[str]
    after: str
    name: str


STEPS: Mapping[str, Step] = {
    "suspend": Step(frozenset({"active"}), "suspended", "停用"),
    "end": Step(frozenset({"active", "suspended"}), "ended", "解聘"),
    "resume": Step(frozenset({"suspended", "ended"}), "active", "恢复"),
}


#: What may happen to an entry → what it is called.
ACTIONS: Mapping[str, str] = {
    "add": "录入",
    "edit": "修改",
    "renew": "续聘",
    "letter": "打印聘书",
    "leave": "请假",
    "training": "培训",
    "award": "表彰",
    "cancel": "销去",
    **{action: step.name for action, step in STEPS.items()},
}


@dataclass(frozen=True)
class Term:
    """A term of office: three years, renewable (《人民调解法》第九条). `end` is its last day."""

    start: date
    end: date

    @classmethod
    def from_start(cls, start: date) -> Term:
        """The term of three years that begins on a day."""
        return cls(start, months_after(start, 12 * TERM_YEARS))

    def state(self, today: date) -> str:
        """ "ahead", "running", "ending" (ninety days or less), or "ended"."""
        if today < self.start:
            return "ahead"
        if today > self.end:
            return "ended"
        return "ending" if (self.end - today).days <= ENDING_DAYS else "running"

    def words(self, today: date) -> str:
        """The term in Chinese: 任期至2027年9月18日 · 任期还有42天（至2024年11月1日）."""
        last = f"{self.end.year}年{self.end.month}月{self.end.day}日"
        match self.state(today):
            case "ahead":
                return f"任期自{self.start.year}年{self.start.month}月{self.start.day}日开始"
            case "ended":
                return f"任期已于{last}届满"
            case "ending":
                return f"任期还有{(self.end - today).days}天（至{last}）"
            case _:
                return f"任期至{last}"


@dataclass(frozen=True)
class Mediator:
    """A mediator (人民调解员), village elder or other. Township and village are division codes.

    skills: codes of the official dispute types. term_start: ISO day the three-year term began (《人民调解法》第九条).
    free_days: weekdays somebody can come, "1 3 5" (1 is Monday); empty: whenever called (随叫随到).
    letters: pinyin keys the name is found by; made by the store.
    """

    code: str = ""
    name: str = ""
    sex: str = ""
    birth_year: str = ""
    township: str = ""
    village: str = ""
    phone: str = ""
    identity: str = ""
    skills: tuple[str, ...] = ()
    posts: str = ""
    kind: str = "elder"
    part_time: bool = True
    term_start: str = ""
    level: str = ""
    status: str = "active"
    free_days: str = ""
    note: str = ""
    letters: tuple[str, ...] = ()

    @classmethod
    def from_cells(cls, row: Mapping[str, str]) -> Mediator:
        """A row of the office's table."""
        return cls(
            **{name: row[name] for name in _PLAIN},
            skills=tuple(row["skills"].split()),
            part_time=row["part_time"] == "1",
            letters=tuple(row.get("pinyin", "").split()),
        )

    def to_cells(self) -> dict[str, str]:
        """The row of the office's table, without its pinyin."""
        return {
            **{name: getattr(self, name) for name in _PLAIN},
            "skills": " ".join(self.skills),
            "part_time": "1" if self.part_time else "0",
        }

    @property
    def term(self) -> Term | None:
        """The current term; None when nobody wrote down when it began."""
        if not self.term_start:
            return None
        return Term.from_start(date.fromisoformat(self.term_start))

    @property
    def free_words(self) -> str:
        """周一、周三; 周一至周五 for three days running or more; 随叫随到 when no days are given."""
        return "、".join(_days_in_words(self.free_days.split())) or "随叫随到"

    def age(self, today: date) -> int | None:
        """Years of age reached this year; None when the year of birth is not known."""
        return today.year - int(self.birth_year) if self.birth_year else None

    def is_free(self, day: date) -> bool:
        """Whether this weekday is among the days given."""
        return str(day.isoweekday()) in self.free_days.split()


def _days_in_words(days: Sequence[str]) -> Iterable[str]:
    """Days that follow each other: one by one, or as a span when there are three or more."""
    for _, run in groupby(enumerate(days), lambda placed: int(placed[1]) - placed[0]):
        said = [f"周{WEEKDAYS[day]}" for _, day in run]
        yield from [f"{said[0]}至{said[-1]}"] if len(said) >= _SPAN else said


_PLAIN = tuple(
    field.name for field in fields(Mediator) if field.name not in ("skills", "part_time", "letters")
)


def surname(name: str) -> str:
    """The surname of a Chinese name in the key that searching compares; 欧阳样例 → 欧阳."""
    key = search_key(name)
    return key[:2] if is_compound(key) else key[:1]


# --- who suits a dispute -----------------------------------------------------------------------------------------
# The parties choose, or accept whom the committee names (《人民调解法》第十九条、第二十三条); ranking only proposes.

#: How much each merit counts: neighbours of the dispute come first, whatever else speaks for others.
SAME_VILLAGE, SAME_TOWNSHIP, SKILLED, FREE_TODAY, SUCCESS = 6, 5, 3, 1, 1
#: No standings known.
NOBODY: Mapping[str, Standing] = {}
#: What is disclosed of somebody who was a party beside a party of this matter before.
FORMER = "曾与本案当事人同在一起纠纷中"
#: From so many cases in hand on a mediator stands lower, and from twice as many lower still.
_BUSY = 3


@dataclass(frozen=True)
class Party:
    """Somebody on either side. `is_person`: a company or an organ has no surname."""

    name: str
    township: str = ""
    village: str = ""
    is_person: bool = True


@dataclass(frozen=True)
class Dispute:
    """What ranking looks at. Township and village are division codes, `kind` a dispute type's code.

    kind_name: the type as it is said. former: codes of mediators who were parties beside these people before.
    """

    day: date
    parties: tuple[Party, ...] = ()
    township: str = ""
    village: str = ""
    kind: str = ""
    kind_name: str = ""
    former: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Ranked:
    """A mediator with what speaks for (`reasons`) and against (`conflicts`) them, in Chinese."""

    mediator: Mediator
    reasons: tuple[str, ...]
    conflicts: tuple[str, ...]
    merit: int


def rank(
    dispute: Dispute, mediators: Iterable[Mediator], standings: Mapping[str, Standing] = NOBODY
) -> tuple[Ranked, ...]:
    """Every mediator, the most suitable first; those with a conflict below all others.

    standings: how each stands, by code. A heavy load lowers, success raises a little; neither makes anybody suitable.
    """
    ranked = [_ranked(dispute, mediator, standings.get(mediator.code, NEW)) for mediator in mediators]
    return tuple(sorted(ranked, key=lambda each: (bool(each.conflicts), -each.merit, each.mediator.code)))


def is_same_person(mediator: Mediator, party: Party) -> bool:
    """Whether a party is the mediator: the same name, unless both are known to live in different places."""
    return (
        party.is_person
        and search_key(party.name) == search_key(mediator.name)
        and _may_be(party.township, mediator.township)
        and _may_be(party.village, mediator.village)
    )


def _ranked(dispute: Dispute, mediator: Mediator, standing: Standing) -> Ranked:
    merits = tuple(_merits(dispute, mediator, standing))
    if merits:
        merits = (*merits, *_weighed(standing.results))
    return Ranked(
        mediator=mediator,
        reasons=tuple(words for words, _ in merits),
        conflicts=(*_conflicts(dispute, mediator), *_absence(dispute, standing)),
        merit=sum(weight for _, weight in merits),
    )


def _merits(dispute: Dispute, mediator: Mediator, standing: Standing) -> Iterable[tuple[str, int]]:
    if _same(dispute.village, mediator.village):
        yield "同村", SAME_VILLAGE
    elif _same(dispute.township, mediator.township):
        yield "同乡镇", SAME_TOWNSHIP
    if dispute.kind and dispute.kind in mediator.skills:
        yield f"擅长{dispute.kind_name}", SKILLED
    if mediator.is_free(dispute.day) and not standing.is_taken(dispute.day):
        yield "今天有空", FREE_TODAY


def _weighed(results: Results) -> Iterable[tuple[str, int]]:
    """What a record of cases adds to merits there are."""
    if results.finished >= TELLING and (results.success or 0) >= SUCCESSFUL:
        yield f"成功率{percent(results.success)}", SUCCESS
    if results.open:
        yield f"在办{results.open}件", -(min(results.open, 2 * _BUSY) // _BUSY)


def _absence(dispute: Dispute, standing: Standing) -> Iterable[str]:
    leave = standing.away(dispute.day)
    if leave:
        yield leave.words


def _conflicts(dispute: Dispute, mediator: Mediator) -> Iterable[str]:
    if mediator.status != "active":
        yield f"已{STATUSES[mediator.status]}"
    if mediator.term and mediator.term.state(dispute.day) in ("ended", "ahead"):
        yield f"{mediator.term.words(dispute.day)}（{TERM_ARTICLE}）"
    if any(is_same_person(mediator, party) for party in dispute.parties):
        yield "是本案当事人"
        return
    if mediator.code in dispute.former:
        yield FORMER
    for party in dispute.parties:
        if party.is_person and has_han(party.name) and surname(party.name) == surname(mediator.name):
            yield from _kinship(dispute, mediator, party)


def _kinship(dispute: Dispute, mediator: Mediator, party: Party) -> Iterable[str]:
    """Same surname and same village: likely a relative. Whose village is not known may live where the dispute is."""
    if _same(party.village, mediator.village):
        yield f"与{party.name}同姓同村"
    elif (
        not party.village
        and _may_be(party.township, mediator.township)
        and _same(dispute.village, mediator.village)
    ):
        yield f"与{party.name}同姓，{party.name}没有填村，可能同村"


def _same(one: str, other: str) -> bool:
    return bool(one) and one == other


def _may_be(one: str, other: str) -> bool:
    return not one or not other or one == other
