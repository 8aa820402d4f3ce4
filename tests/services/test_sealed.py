"""S1: 检举控告 is known to its named readers only — every service, every role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from qingyuan_desk.domain.accounts import ROLES, Actor
from qingyuan_desk.domain.errors import DeskError, NotAllowed, NotFound, Refused
from qingyuan_desk.domain.handling.forms import (
    Classify,
    Consult,
    Counsel,
    Discipline,
    Flag,
    Form,
    Forward,
    Press,
    Rate,
    Receive,
    Refer,
    Report,
    Return,
    Support,
)
from qingyuan_desk.domain.handling.papers import HANDLING_PAPERS
from qingyuan_desk.domain.matter import LedgerFilter
from qingyuan_desk.domain.papers import PAPER_TITLES
from qingyuan_desk.domain.visit import Opponent, Person, Registered, VisitForm
from qingyuan_desk.services import (
    attachments,
    consulting,
    evaluation,
    handling,
    handling_papers,
    ledger,
    materials,
    papers,
    reception,
    reporting,
    roster,
    sendings,
    today,
    workdays,
)
from qingyuan_desk.services.office import Office

Visit = Callable[..., VisitForm]

NAME, OTHER, PHONE, ID, SAID = "司徒密件", "端木被告", "13712340987", "11010519491231002X", "贪污征地补偿款"
ACCOUNTS = [*ROLES, "clerk2", "leader2"]


@dataclass(frozen=True)
class Sealed:
    """A sealed visit and the office it is in; the clerk who took it and the leader are its readers."""

    office: Office
    done: Registered
    form: VisitForm
    scan: Path

    def actor(self, code: str) -> Actor:
        """An account of each role; clerk2 and leader2 have the roles of readers and are none."""
        return Actor(code, code, code.rstrip("2"))


@pytest.fixture(params=["at the window", "later"])
def sealed(
    request: pytest.FixtureRequest, office: Office, clerk: Actor, visit: Visit, tmp_path: Path
) -> Sealed:
    """One sealed matter among three others: known at the window, or found out when units had it already."""
    with office.store.write() as tx:
        known = {row["code"] for row in tx.all("SELECT code FROM account")}
        for code in ACCOUNTS:
            if code not in known:
                tx.insert("account", {"code": code, "name": code, "role": code.rstrip("2")})
    form = visit(
        persons=(Person(NAME, phone=PHONE, id_number=ID, township="冉庄镇"),),
        opponents=(Opponent(OTHER),),
        narrative=f"实名举报村支书{SAID}，请求查处。",
    )
    for _ in range(3):
        reception.register(office, clerk, visit())
    if request.param == "later":
        form = replace(form, overrides={"accusation": "本人说只是反映情况", **form.overrides})
    done = reception.register(office, clerk, form)
    assert done.sealed == (request.param != "later")
    scan, other = (tmp_path / f"{name}.png" for name in (SAID, "另一份"))
    Image.new("RGB", (40, 25)).save(scan)
    Image.new("RGB", (40, 26)).save(other)
    steps = list[Form](HANDLED) if request.param == "later" else []
    for number, step in enumerate([*steps, *FOUND_OUT]):
        handling.take(office, clerk, f"s{number}", done.matter_id, step)
        if step is HANDLED[-1]:
            attachments.attach(office, clerk, "scan", done.matter_id, "petition", "", scan)
            materials.mark(office, clerk, "materials", done.matter_id, {SAID: "told"})
    assert handling.case(office, clerk, done.matter_id).sealed
    return Sealed(office, done, form, other)


DAY = date(2024, 9, 20)
#: What was done about it before anybody knew what it is.
HANDLED: tuple[Form, ...] = (
    Classify("appeal", "settle", content=SAID),
    Forward("assign", "t_ranzhuang", (), None, date(2024, 9, 30), SAID, (), "属地管理", "样例副主任"),
    Receive(receiver="样例收文员"),
    Report("urgent", "区委值班室", taken_by="样例值班员", text=SAID),
    Flag("key_person", SAID, date(2024, 10, 15)),
    Support("t_ranzhuang", "water", SAID, date(2024, 9, 25)),
    Press("remind", cause=SAID, reply_by=date(2024, 9, 23)),
    Rate(satisfaction="unsatisfied", note=SAID),
    Rate(rated="unit", unit="t_ranzhuang", satisfaction="unsatisfied", note=SAID),
    Consult(cause="18", question=SAID, answer=SAID, lawyer="样例律师"),
    Refer("calm", True, counsellor="样例咨询师", risk=SAID),
    Counsel(outcome=SAID, note=SAID),
)
#: An accusation is classified as one; then it is sealed, if it was not before.
FOUND_OUT: tuple[Form, ...] = (Classify("accusation", "accuse", content=SAID),)
OCTOBER = (date(2024, 9, 1), date(2024, 10, 31))


#: What somebody may ask that could show a sealed matter; every answer is searched for it.
QUESTIONS: dict[str, Callable[[Sealed, Actor], Any]] = {
    "ledger": lambda at, who: ledger.page(at.office, who, LedgerFilter()),
    "ledger of the unit": lambda at, who: ledger.page(at.office, who, LedgerFilter(unit="discipline")),
    "ledger of the day": lambda at, who: ledger.page(
        at.office, who, LedgerFilter(first_day=date(2024, 9, 20), last_day=date(2024, 9, 20))
    ),
    "ledger, due": lambda at, who: ledger.page(at.office, who, LedgerFilter(due="week")),
    **{
        f"ledger, text {text}": lambda at, who, text=text: ledger.page(at.office, who, LedgerFilter(text=text))
        for text in (NAME, PHONE, SAID, "清访〔2024〕0004号", "清事〔2024〕0004号")
    },
    "rows of the ledger": lambda at, who: ledger.some(at.office, who, [at.done.matter_id]),
    **{
        f"search {text}": lambda at, who, text=text: ledger.search(at.office, who, text)
        for text in (NAME, OTHER, "stmj", "司徒", PHONE, PHONE[-4:], ID, ID[-4:], SAID, "贪污", "清访〔2024〕0004号", "清事[2024]4号", "〔2024〕4号")
    },
    "matter by number": lambda at, who: ledger.matter(at.office, who, at.done.matter_number),
    "matter by visit": lambda at, who: ledger.matter(at.office, who, at.done.visit_number),
    "matter by id": lambda at, who: ledger.matter(at.office, who, at.done.matter_id),
    "note": lambda at, who: ledger.add_note(at.office, who, f"note-{who.code}", at.done.matter_id, "打听一下"),
    "reveal": lambda at, who: ledger.reveal(at.office, who, f"reveal-{who.code}", at.done.matter_id, "打听"),
    "matches": lambda at, who: reception.matches(at.office, who, at.form),
    "take back": lambda at, who: reception.take_back(at.office, who, f"back-{who.code}", at.done.visit_number, "打听"),
    "papers": lambda at, who: papers.kinds_for(at.office, who, at.done.visit_number),
    "formats": lambda at, who: papers.formats_for(at.office, who, at.done.visit_number),
    **{
        f"paper {kind}": lambda at, who, kind=kind: papers.compose(at.office, who, at.done.visit_number, kind, "a5")
        for kind in PAPER_TITLES
    },
    "mediators": lambda at, who: roster.suggest(at.office, who, at.done.matter_number),
    "handling": lambda at, who: handling.case(at.office, who, at.done.matter_number),
    "handling by id": lambda at, who: handling.case(at.office, who, at.done.matter_id),
    **{
        f"handling, number {number}": lambda at, who, number=number: handling.case(at.office, who, number)
        for number in ("清转〔2024〕0001号", "清督〔2024〕0001号", "清报〔2024〕0001号")
    },
    "a form begun": lambda at, who: handling.starting(at.office, who, at.done.matter_id, "discipline"),
    "problems of a step": lambda at, who: handling.problems(at.office, who, at.done.matter_id, Discipline("discipline")),
    "a step": lambda at, who: handling.take(at.office, who, f"take-{who.code}", at.done.matter_id, Discipline("discipline")),
    "note of a counsellor": lambda at, who: handling.referral_note(at.office, who, f"note-r-{who.code}", 1),
    "files": lambda at, who: attachments.read(at.office, who, 1),
    "a file more": lambda at, who: attachments.attach(at.office, who, f"f-{who.code}", at.done.matter_id, "petition", "", at.scan),
    "checklist": lambda at, who: materials.checklist(at.office, who, at.done.matter_id),
    "checklist marked": lambda at, who: materials.mark(at.office, who, f"mark-{who.code}", at.done.matter_id, {"身份证": "told"}),
    "papers of handling": lambda at, who: handling_papers.choices(at.office, who, at.done.matter_id),
    **{
        f"paper of handling {kind}": lambda at, who, kind=kind: handling_papers.compose(at.office, who, at.done.matter_id, kind)
        for kind in HANDLING_PAPERS
    },
    "package": lambda at, who: sendings.package(at.office, who, f"pack-{who.code}", at.done.matter_id, 0, at.office.folder),
    "today": lambda at, who: today.day(at.office, who),
    "the day it was late": lambda at, who: today.day(at.office, who, date(2024, 10, 9), 60),
    "whom to urge": lambda at, who: today.proposals(at.office, who, date(2024, 10, 30)),
    "open urges": lambda at, who: today.open_urges(at.office, who),
    "urges": lambda at, who: today.urges(at.office, who, *OCTOBER),
    "questions of the day": lambda at, who: consulting.day(at.office, who, DAY),
    "questions that wait": lambda at, who: consulting.day(at.office, who),
    "legal aid": lambda at, who: consulting.aids(at.office, who),
    "referrals": lambda at, who: consulting.referrals(at.office, who),
    "durations": lambda at, who: evaluation.durations(at.office, who, *OCTOBER),
    "standings": lambda at, who: evaluation.standings(at.office, who, *OCTOBER),
    "satisfaction": lambda at, who: evaluation.satisfaction(at.office, who, *OCTOBER),
    **{
        f"{name} by {number}": lambda at, who, find=find, number=number: find(at.office, who, number)
        for number in ("清转〔2024〕0001号", "清督[2024]1号", "清报20240001")
        for name, find in (
            ("search", ledger.search),
            ("ledger", lambda office, who, text: ledger.page(office, who, LedgerFilter(text=text))),
            ("matter", ledger.matter),
        )
    },
    "clocks that move": lambda at, who: workdays.change(at.office, who, f"day-{who.code}", date(2024, 10, 8), False),
    "tracked": lambda at, who: ledger.tracked(at.office, who, LedgerFilter(), 100),
}  # fmt: skip

#: What a sealed matter is known by.
TRACES = (NAME, OTHER, PHONE, ID, SAID, "密件", "司徒", "端木", "贪污")


def _is_kept(error: DeskError) -> bool:
    """Refused as one refuses what does not exist, or what the role may not do at all."""
    return isinstance(error, NotFound | NotAllowed) and not any(
        trace in error.sentence for trace in TRACES if trace != "密件"
    )


@pytest.mark.parametrize("who", [code for code in ACCOUNTS if code not in ("clerk", "leader")])
def test_nobody_else_learns_of_it(sealed: Sealed, who: str) -> None:
    for question, ask in QUESTIONS.items():
        try:
            answer = ask(sealed, sealed.actor(who))
        except DeskError as error:
            assert _is_kept(error), (question, error.sentence)
        else:
            shown = repr(answer)
            assert not any(trace in shown for trace in TRACES), (question, shown)
            assert sealed.done.matter_number not in shown, question
            assert answer is not None, f"{question} was carried out"


@pytest.mark.parametrize("who", ["mediator", "lawyer", "clerk2", "leader2"])
def test_nobody_elses_counts_include_it(sealed: Sealed, who: str) -> None:
    actor = sealed.actor(who)
    assert ledger.count(sealed.office, actor, LedgerFilter()) == 3
    assert ledger.count(sealed.office, actor, LedgerFilter(text=SAID)) == 0
    today = ledger.today(sealed.office, actor)
    assert (today.matters, today.visits) == (3, 3)


@pytest.mark.parametrize("who", ["clerk", "leader"])
def test_its_readers_find_it_and_its_name_stays_masked(sealed: Sealed, who: str) -> None:
    actor, number = sealed.actor(who), sealed.done.visit_number
    for text in (NAME, "stmj", PHONE[-4:], SAID, number):
        assert [hit.visit_number for hit in ledger.search(sealed.office, actor, text)] == [number], text
    assert ledger.count(sealed.office, actor, LedgerFilter()) == 4
    assert ledger.today(sealed.office, actor).visits == 4
    (row, *_) = ledger.page(sealed.office, actor, LedgerFilter()).rows
    assert (row.title, row.visitor, row.sealed) == ("密件（检举控告）", "司徒**", True)
    assert ledger.matter(sealed.office, actor, number).sealed
    assert papers.kinds_for(sealed.office, actor, number) == ("receipt",)
    assert [match.matter_number for match in reception.matches(sealed.office, actor, sealed.form)] == [
        sealed.done.matter_number
    ]


def test_a_further_visit_cannot_feel_for_it(sealed: Sealed, visit: Visit) -> None:
    """Whether a number is sealed or was never given reads the same."""
    sentences = set()
    for number in (sealed.done.matter_number, sealed.done.visit_number, "清事〔2024〕0777号"):
        with pytest.raises(Refused) as refused:
            reception.register(sealed.office, sealed.actor("clerk2"), visit(matter=number))
        (problem,) = refused.value.problems
        sentences.add((problem.field, problem.sentence.replace(number, "…")))
    assert len(sentences) == 1


def test_checking_a_form_shows_nothing_of_it(sealed: Sealed, visit: Visit) -> None:
    problems = reception.check(sealed.office, visit(matter=sealed.done.matter_number))
    assert problems == ()


@pytest.mark.parametrize("who", ["clerk", "leader"])
def test_not_even_its_readers_take_it_out_of_the_house(sealed: Sealed, who: str, tmp_path: Path) -> None:
    actor, sheet = sealed.actor(who), tmp_path / "台账.csv"
    assert ledger.export(sealed.office, actor, LedgerFilter(), sheet) == 3
    assert sealed.done.matter_number not in sheet.read_text(encoding="utf-8-sig")
    petitions = tmp_path / "信访.json"
    sendings.national(sealed.office, actor, "national", *OCTOBER, petitions, "补录到信访信息系统")
    assert sealed.done.visit_number not in petitions.read_text("utf-8")
    assert all(line.unit != "t_ranzhuang" for line in evaluation.standings(sealed.office, actor, *OCTOBER))
    figures = reporting.month(sealed.office, actor, "2024-09")
    assert (figures.totals.matters, figures.totals.visits) == (3, 3)


#: Questions that are about the sealed matter for who may know of it: those above could show it.
SHOWN = {
    "ledger", "search 司徒", "matter by number", "handling", "handling by id", "handling, number 清转〔2024〕0001号",
    "handling, number 清督〔2024〕0001号", "handling, number 清报〔2024〕0001号", "today", "the day it was late", "open urges", "urges",
    "questions of the day", "questions that wait", "referrals", "clocks that move", "search by 清转〔2024〕0001号",
    "matter by 清督[2024]1号", "ledger by 清转〔2024〕0001号",
}  # fmt: skip


@pytest.mark.parametrize("sealed", ["later"], indirect=True)
def test_what_is_kept_from_others_is_there(sealed: Sealed) -> None:
    for question in SHOWN:
        answer = QUESTIONS[question](sealed, sealed.actor("leader"))
        assert sealed.done.matter_number in repr(answer), question


@pytest.mark.parametrize("sealed", ["later"], indirect=True)
def test_what_units_have_already_is_taken_back_and_goes_to_discipline_inspection(sealed: Sealed) -> None:
    clerk, matter = sealed.actor("clerk"), sealed.done.matter_id
    handling.take(sealed.office, clerk, "recall", matter, Return(recalled=True, reason="属于检举控告"))
    done = handling.take(sealed.office, clerk, "discipline", matter, Discipline("discipline"))
    assert done.node == "disciplined"
