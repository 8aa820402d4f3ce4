"""S1: 检举控告 is known to its named readers only — every service, every role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qingyuan_desk.domain.accounts import ROLES, Actor
from qingyuan_desk.domain.errors import DeskError, NotAllowed, NotFound, Refused
from qingyuan_desk.domain.matter import LedgerFilter
from qingyuan_desk.domain.papers import PAPER_TITLES
from qingyuan_desk.domain.visit import Opponent, Person, Registered, VisitForm
from qingyuan_desk.services import ledger, papers, reception, reporting, roster
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

    def actor(self, code: str) -> Actor:
        """An account of each role; clerk2 and leader2 have the roles of readers and are none."""
        return Actor(code, code, code.rstrip("2"))


@pytest.fixture
def sealed(office: Office, clerk: Actor, visit: Visit) -> Sealed:
    """One sealed matter among three others."""
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
    done = reception.register(office, clerk, form)
    assert done.sealed
    return Sealed(office, done, form)


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
    figures = reporting.month(sealed.office, actor, "2024-09")
    assert (figures.totals.matters, figures.totals.visits) == (3, 3)
