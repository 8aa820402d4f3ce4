"""What the papers of handling share: who came, units by name, days, numbers, who issues, what is torn off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from qingyuan_desk.documents.blocks import Pair
from qingyuan_desk.documents.forms.parts import BLANK, on
from qingyuan_desk.documents.forms.sheet import Entry, FormPage, Place
from qingyuan_desk.documents.parts import day
from qingyuan_desk.documents.wording import Wording
from qingyuan_desk.domain.errors import NotFound
from qingyuan_desk.domain.handling.case import Handled, by_id
from qingyuan_desk.domain.handling.codes import CHANNELS, SERVICES
from qingyuan_desk.domain.handling.papers import HandlingPaper, title_of
from qingyuan_desk.domain.handling.records import Notice
from qingyuan_desk.domain.identity import SEXES
from qingyuan_desk.domain.papers import ClockLine

#: What is left free for the number of a document (文号).
BLANK_NUMBER = "　　　　〔　　　　〕　　　　号"


@dataclass(frozen=True)
class Form:
    """A paper being made: its facts, its page, its own texts. by_hand: nothing is known, all is left free."""

    kind: str
    facts: HandlingPaper
    page: FormPage
    by_hand: bool

    @property
    def title(self) -> str:
        """What the paper is called."""
        return title_of(self.kind, self.case, self.facts.subject)

    @property
    def case(self) -> Handled:
        """The matter."""
        return self.facts.case

    @property
    def words(self) -> Wording:
        """The texts of this paper."""
        return self.filled()

    def say(self, key: str, **more: str) -> str:
        """A text of this paper, filled with what the matter says, and more."""
        return self.filled(**more).text(key)

    def filled(self, **more: str) -> Wording:
        """The texts of this paper, filled with what the matter says, and more."""
        return Wording(f"handling/{self.kind}", {**values(self.facts), **more})

    def rows(self, empty: int) -> int:
        """How many lines to write on: so many on a blank form, two where only this was left out."""
        return empty if self.by_hand else 2

    def unit(self, code: str) -> str:
        """A unit's name; what was written where it is no unit's code."""
        found = self.facts.units.get(code)
        return found.name if found else code


class _Record(Protocol):
    @property
    def record_id(self) -> int: ...


_R = TypeVar("_R", bound=_Record)


def subject(form: Form, records: Iterable[_R], what: str) -> _R | None:
    """The record the paper is about; None on a blank form. Raises NotFound when the matter has none of this id."""
    if form.by_hand:
        return None
    found = next((each for each in records if each.record_id == form.facts.subject), None)
    if found is None:
        raise NotFound(f"这件事项里没有找到这份文书所指的{what}，可能刚被改动，请刷新后再打印。")
    return found


def values(facts: HandlingPaper) -> dict[str, str]:
    """What the texts of a paper may fill in; a fact that is not known is left free."""
    office = facts.office
    address, hours = office.address or office.name, office.hours or "见大厅公示"
    return {
        "office": office.name,
        "address": address,
        "phone": office.phone or BLANK,
        "hours": hours,
        "reach": f"到{address}" + (f"，或者拨打 {office.phone}" if office.phone else ""),
        "desk": f"{address}（{f'电话：{office.phone}；' if office.phone else ''}接待时间：{hours}）",
        "number": facts.case.number or BLANK,
        "visitor": facts.case.visitor or BLANK,
        "title": facts.case.title or BLANK,
    }


# --- words -------------------------------------------------------------------------------------------------------


def petitioner(form: Form) -> str:
    """Who came: 王建国, 王建国等23人; room where nobody is known."""
    case = form.case
    name = case.visitor or BLANK
    return f"{name}等{case.headcount}人" if case.headcount > 1 else name


def issuer(form: Form) -> str:
    """Who issues a notice: the organ that accepted the petition or gave the opinion, the legal aid centre, or the office."""
    case = form.case
    if form.kind == "opinion":
        opinion = by_id(case.opinions, form.facts.subject)
        return form.unit(opinion.organ if opinion else case.classified.accepted_by)
    if form.kind in ("acceptance", "extension"):
        return form.unit(case.classified.accepted_by)
    if form.kind in ("aid_lacking", "aid_decision"):
        return form.unit("legal_aid_centre") if form.facts.units else ""
    return form.facts.office.name


def received(form: Form) -> date | None:
    """The day the matter was brought."""
    return None if form.by_hand else form.case.opened_on


def channel(form: Form) -> str:
    """信访形式."""
    return "" if form.by_hand else CHANNELS.get(form.case.classified.channel, "")


def until(line: ClockLine | None) -> str:
    """The last day of a limit as running text, both days where a holiday moves it; "" where it is not known."""
    if line is None or line.natural_end is None:
        return ""
    said = day(line.natural_end)
    if line.shifted_end and line.shifted_end != line.natural_end:
        said += f"（末日不是工作日，顺延至{day(line.shifted_end)}）"
    return said + ("（暂定）" if line.provisional else "")


def limit(form: Form, rule: str, before: str = "，即至", after: str = "止") -> str:
    """The last day of a rule's limit between words; nothing where it is not known."""
    said = until(form.facts.clocks.get(rule))
    return f"{before}{said}{after}" if said else ""


# --- blocks ------------------------------------------------------------------------------------------------------


def numbered(form: Form, number: str = "") -> None:
    """The number of the document (文号) at the right, room for it where none was given."""
    form.page.at_right(f"文号：{number or BLANK_NUMBER}")


def addressed(form: Form) -> None:
    """To whom the notice goes."""
    form.page.paragraph(f"{petitioner(form)}：", indent=False, bold=True)


def choose(form: Form, label: str, table: Mapping[str, str], chosen: str) -> None:
    """The names of a table to tick, the chosen one ticked."""
    form.page.choices(label, list(table.values()), [code == chosen for code in table])


def called(form: Form) -> str:
    """What the matter is called: one of daily life (民生事项) is handed over, and no petition."""
    return "事项" if form.case.flow == "handover" else "信访事项"


def about(form: Form, *more: list[Pair]) -> None:
    """Box of what a notice is about: number, the day it came and how, what it asks; then rows of the notice itself."""
    page, name = form.page, called(form)
    page.space(1)
    page.fields(
        [
            [(f"{name}编号", form.case.number), ("收到日期", _given(received(form)))],
            [(f"{name.removesuffix('事项') or '反映'}形式", channel(form)), ("问题属地", form.facts.place)],
            [(name, form.case.title)],
            *more,
        ]
    )
    page.space(4)


def _given(when: date | None) -> str:
    return day(when) if when else ""


def sealed(form: Form, when: date | None, signers: Iterable[str] = ("经办人（签名）",)) -> None:
    """Who issues it and the day, where the seal comes upon them; at the left who signs."""
    form.page.attested(list(signers), [f"{issuer(form) or BLANK}（印章）", on(when)])


#: A paper's code as a notice (NOTICES), where it is another one.
_TOLD: Mapping[str, str] = {"guidance": "litigation"}


def notice(form: Form, kind: str) -> Notice | None:
    """The last notice of a kind that was given."""
    return next((each for each in reversed(form.case.notices) if each.kind == kind), None)


def served(form: Form, number: str = "") -> None:
    """送达回执: the piece the petitioner signs and the office keeps."""
    page, case = form.page, form.case
    told = notice(form, _TOLD.get(form.kind, form.kind))

    def fill() -> None:
        page.centred("送达回执", 12, bold=True)
        page.written([Entry("送达文书", form.title), Entry("文号", number)])
        page.written(
            [
                Entry("受送达人", "" if form.by_hand else petitioner(form)),
                Entry("事项编号", case.number),
            ]
        )
        page.written([Entry("送达方式", SERVICES.get(told.how, "") if told else ""), Entry("送达人（签名）")])
        page.written([Entry("签收人（签名或按指印）", share=1.4), Entry("签收日期")])

    page.torn_off(fill)


def applicant(form: Form, called: str = "申请人") -> None:
    """Who applies: what official forms ask of a person; room for the number of a document. called: what the paper calls them."""
    page, people = form.page, form.facts.people
    main = people[0] if people else None
    page.written(
        [
            Entry(f"{called}姓名（名称）", main.name if main else "", 3),
            Entry("性别", SEXES.get(main.sex, "") if main else "", 1),
            Entry("出生日期", _born(main.birth_date) if main else "", 2),
        ]
    )
    page.written([Entry("公民身份号码", "", 3), Entry("联系电话", main.phone if main else "", 2)])
    page.written([Entry("住址", main.address if main else "")])
    others = [each.name for each in people[1:] if each.role == "representative"]
    if others or form.case.headcount > 1:
        page.written([Entry("人数", f"{form.case.headcount}人", 1), Entry("代表人", "、".join(others), 3)])
    agents = [each.name for each in people if each.role == "agent"]
    if agents or form.by_hand:
        page.written([Entry("委托代理人", "、".join(agents))])


def _born(text: str) -> str:
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return ""


def signers(form: Form, empty: str) -> list[Place]:
    """Where petitioners sign: the visitor, representatives, agents; one empty place on a blank form."""
    roles = {"agent": "（代理人）", "representative": "（代表）"}
    named = [each for each in form.facts.people if each.role != "companion"]
    return [Place(f"{each.name}{roles.get(each.role, '')}") for each in named] or [Place(empty)]
