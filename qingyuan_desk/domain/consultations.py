"""法律咨询 at the window: the short form, what saving it gives back, and the lists a lawyer works from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from qingyuan_desk.domain.handling.codes import AID_AFFAIRS
from qingyuan_desk.domain.handling.forms import Consult
from qingyuan_desk.domain.handling.records import LegalAid, Referral
from qingyuan_desk.domain.pinyin import initials
from qingyuan_desk.domain.problems import Level, Problem
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.tables import Answer
from qingyuan_desk.domain.text import LIMITS, clean_line, clean_text, search_key
from qingyuan_desk.domain.visit import Person, VisitForm

CATEGORY, FLOW = "legal_question", "consultation"
#: Who gives no name (拒绝提供身份信息) is registered under this one.
NAMELESS = "匿名"
#: Written where the rules would send a question elsewhere: what the visitor wants decides.
ASKED_ONLY = "来访人要求法律咨询"


@dataclass(frozen=True)
class QuickConsult:
    """A visit and its answer in one form. matter: number of an earlier matter when it is another visit of that one.

    overrides: field → reason, as in VisitForm; "question" keeps words that sound like an accusation.
    """

    request_id: str
    visitor: Person = field(default_factory=Person)
    consult: Consult = field(default_factory=Consult)
    matter: str = ""
    overrides: Mapping[str, str] = field(default_factory=dict)

    def visit(self) -> VisitForm:
        """The visit as reception registers it; who declines is nobody by name."""
        said, person = self.consult, self.visitor
        if said.declined:
            person = Person(name=NAMELESS, id_type="none")
        kept = {name: reason for name, reason in self.overrides.items() if name != "question"}
        if self.overrides.get("question"):
            kept["accusation"] = self.overrides["question"]
        return VisitForm(
            request_id=self.request_id,
            persons=(Person(**{**vars(person), "crowd": said.crowd}),),
            received_at=said.asked_at,
            narrative=said.question,
            category=CATEGORY,
            flow=FLOW,
            dispute_type=said.cause,
            matter=self.matter,
            overrides=kept,
            route_reason=ASKED_ONLY,
        )


@dataclass(frozen=True)
class Consulted:
    """What saving a question did. node: where the matter stands now. advice: what must be done besides (强制报告 …).

    suggested: flow the rules of triage would have chosen, where it is another one; "" otherwise.
    """

    matter_id: int
    matter_number: str
    visit_number: str
    node: str
    ordinal: int
    suggested: str = ""
    advice: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()
    replayed: bool = False


# --- lists -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ConsultLine:
    """A question of the day. visitor: masked. at: when it was answered, else when it came."""

    matter_id: int
    number: str
    visitor: str
    at: datetime
    channel: str
    cause: str
    question: str
    result: str
    lawyer: str
    declined: bool


@dataclass(frozen=True)
class WaitingLine:
    """Something to do: answer a question, keep an appointment, decide on legal aid … kind: of WAITING. state: of a clock."""

    kind: str
    matter_id: int
    number: str
    visitor: str
    what: str
    words: str
    state: str


#: Kinds of what waits → the verb for it.
WAITING: Mapping[str, str] = {
    "answer": "待解答",
    "booked": "约期",
    "move": "待转流程",
    "aid_decide": "援助审查",
    "aid_lacking": "待补正",
    "aid_assign": "待指派",
    "referral": "心理疏导",
}


@dataclass(frozen=True)
class ConsultDay:
    """A day at the window: what was asked, and whatever waits, the most urgent first."""

    lines: tuple[ConsultLine, ...]
    waiting: tuple[WaitingLine, ...]

    @property
    def answered(self) -> int:
        """Questions that were answered."""
        return sum(1 for line in self.lines if line.result not in ("later", "booked"))


@dataclass(frozen=True)
class AidLine:
    """An application for legal aid. step: what comes next (a step's code), "" when nothing does."""

    aid: LegalAid
    number: str
    visitor: str
    flow: str
    step: str
    words: str
    state: str


@dataclass(frozen=True)
class ReferralLine:
    """A referral to a counsellor, without what is sealed in it."""

    referral: Referral
    number: str
    visitor: str


# --- common questions --------------------------------------------------------------------------------------------


def suiting(answers: Iterable[Answer], cause: str, typed: str = "") -> tuple[Answer, ...]:
    """The answers that what was typed means (characters, or initials), those for the cause first.

    A cause that is known leaves those for no other cause; with nothing typed all of them are offered.
    """
    key = search_key(typed)
    fitting = [each for each in answers if not key or _means(each, key)]
    return tuple(
        sorted(fitting, key=lambda each: 0 if each.cause == cause and cause else 1 if not each.cause else 2)
    )


def meant_by(answers: Iterable[Answer], question: str) -> tuple[Answer, ...]:
    """The answers whose words a question uses, the longest words counting most."""
    said = search_key(question)
    weighed = [(sum(len(word) for word in each.words if search_key(word) in said), each) for each in answers]
    return tuple(each for weight, each in sorted(weighed, key=lambda pair: -pair[0]) if weight)


def _means(answer: Answer, key: str) -> bool:
    spelled = (answer.question, *answer.words)
    if any(key in search_key(each) for each in spelled):
        return True
    return key.isascii() and any(letters.startswith(key) for each in spelled for letters in initials(each))


def check_answers(answers: Sequence[Answer], reference: Reference) -> tuple[Problem, ...]:
    """What is wrong with a table of common questions; fields are named "row.column"."""
    found: list[Problem] = []
    codes: set[str] = set()
    for row, each in enumerate(answers):
        if not each.code or each.code in codes:
            found.append(Problem(f"{row}.code", "每一条要有自己的编码，不能重复。"))
        codes.add(each.code)
        for name, label, limit in (("question", "问题", "title"), ("answer", "答复", "remark")):
            text = getattr(each, name)
            if not text.strip():
                found.append(Problem(f"{row}.{name}", f"请填写{label}。"))
            elif len(text) > LIMITS[limit]:
                found.append(Problem(f"{row}.{name}", f"{label}最多 {LIMITS[limit]} 个字，请缩短。"))
        if each.cause and reference.dispute_type(each.cause) is None:
            found.append(Problem(f"{row}.cause", f"没有“{each.cause}”这个案由；适用所有案由的空着。"))
        if each.affair and each.affair not in AID_AFFAIRS:
            found.append(Problem(f"{row}.affair", f"没有“{each.affair}”这个法律援助事项。"))
        if not each.articles.strip():
            found.append(Problem(f"{row}.articles", "请写明法律依据。", level=Level.WARN))
    return tuple(found)


def cleaned_answer(answer: Answer) -> Answer:
    """An answer fit to keep."""
    said = {name: clean_line(value) for name, value in vars(answer).items() if isinstance(value, str)}
    return Answer(
        **{
            **said,
            "answer": clean_text(answer.answer),
            "words": tuple(filter(None, map(clean_line, answer.words))),
        }  # type: ignore[arg-type]
    )


def cells(answer: Answer) -> dict[str, str]:
    """An answer as the office's table keeps it."""
    return {**vars(answer), "words": " ".join(answer.words)}
