"""关系图: what surnames, homes, and earlier disputes say of parties and mediators."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qingyuan_desk.domain.mediation.case import Case, CaseParty
from qingyuan_desk.domain.mediation.caseload import Candidate
from qingyuan_desk.domain.mediation.relations import relations, shown
from qingyuan_desk.domain.roster.cards import card
from qingyuan_desk.domain.roster.mediators import Dispute, Mediator, Party, rank
from tests.domain.casebook import mediator, new_case
from tests.domain.office_tables import reference

TOWN, OTHER_TOWN = "130608101000", "130608102000"
HERE, THERE, FAR = "130608101200", "130608101201", "130608102200"
DAY = date(2024, 9, 20)


def person(
    name: str, village: str = "", township: str = "", side: str = "applicant", **more: str
) -> CaseParty:
    return CaseParty(
        7, side, name, township=township or village[:9] + "000" * bool(village), village=village, **more
    )


def candidate(who: Mediator, *conflicts: str) -> Candidate:
    return Candidate(card(who, "", reference(), DAY), (), conflicts, 0)


def told(case: Case, *people: Candidate) -> list[tuple[str, str, str]]:
    return [(each.kind, each.one, each.other) for each in relations(case, people)]


@pytest.mark.parametrize(
    ("elder", "party", "kind"),
    [
        ((HERE, "王样例"), person("王测试", HERE), "kin"),
        ((HERE, "王样例"), person("王测试", THERE), "township_name"),
        ((HERE, "王样例"), person("王测试", FAR), "name"),
        ((HERE, "王样例"), person("赵测试", HERE), "village"),
        ((HERE, "王样例"), person("赵测试", THERE), "township"),
        ((HERE, "王样例"), person("赵测试", FAR), ""),
        ((HERE, "王样例"), person("王测试", township=TOWN), "maybe_kin"),
        ((HERE, "王样例"), person("王测试"), "maybe_kin"),
        ((THERE, "王样例"), person("王测试", township=TOWN), "township_name"),
        ((FAR, "王样例"), person("王测试"), "name"),
        ((HERE, "王样例"), person("王测试", township=OTHER_TOWN), "name"),
        ((HERE, "王测试"), person("王测试", HERE), "self"),
        ((HERE, "王样例"), person("王测试超市", HERE, kind="company"), "village"),
        ((HERE, "欧阳样例"), person("欧样例", HERE), "village"),
        ((HERE, "欧阳样例"), person("欧阳测试", HERE), "kin"),
    ],
)  # fmt: skip
def test_what_an_elder_is_to_a_party(elder: tuple[str, str], party: CaseParty, kind: str) -> None:
    village, name = elder
    who = mediator("M31", name, township=village[:9] + "000", village=village)
    case = new_case(parties=(party,), village=HERE)
    assert told(case, candidate(who)) == ([(kind, name, party.name)] if kind else [])


@pytest.mark.parametrize(
    "party", [person("王测试", HERE), person("王测试", township=TOWN), person("王测试", FAR)]
)
def test_who_must_be_disclosed_by_the_roster_is_marked_here_too(party: CaseParty) -> None:
    elder = mediator("M31", "王样例", township=TOWN, village=HERE)
    dispute = Dispute(DAY, (Party(party.name, party.township, party.village),), TOWN, HERE)
    (ranked,) = rank(dispute, [elder])
    found = relations(new_case(parties=(party,)), [candidate(elder, *ranked.conflicts)])
    named = [each for each in ranked.conflicts if "同姓" in each]
    assert [each.told for each in found] == [bool(named)]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (person("王测试", HERE), person("王样例", HERE, side="respondent"), "kin"),
        (person("王测试"), person("王样例", HERE, side="respondent"), "maybe_kin"),
        (person("王测试", HERE), person("赵样例", HERE, side="respondent"), "village"),
        (person("王测试", HERE), person("王样例", HERE), ""),
    ],
)
def test_the_sides_may_be_kin_but_one_side_is_one(one: CaseParty, other: CaseParty, kind: str) -> None:
    found = relations(new_case(parties=(one, other)), ())
    assert [(each.kind, each.against, each.party, each.mediator) for each in found] == (
        [(kind, 0, 1, "")] if kind else []
    )


def test_an_earlier_dispute_is_told_of_nobody_in_particular() -> None:
    elder = mediator("M31", "孙样例", township=OTHER_TOWN, village=FAR)
    dispute = Dispute(DAY, (Party("王测试"),), TOWN, HERE, former=frozenset({"M31"}))
    (ranked,) = rank(dispute, [elder])
    (found,) = relations(new_case(parties=(person("王测试", HERE),)), [candidate(elder, *ranked.conflicts)])
    assert (found.kind, found.party, found.told) == ("former", -1, True)
    assert found.sentence == "孙样例曾与本案当事人同在一起纠纷中，请告知双方。"


def test_the_sides_come_first_then_the_gravest() -> None:
    case = new_case(parties=(person("王测试", HERE), person("赵测试", HERE, side="respondent")))
    elder = mediator("M31", "赵样例", township=TOWN, village=HERE)
    assert told(case, candidate(elder)) == [
        ("village", "王测试", "赵测试"),
        ("kin", "赵样例", "赵测试"),
        ("village", "赵样例", "王测试"),
    ]
    sentences = [each.sentence for each in relations(case, [candidate(elder)])]
    assert sentences[1] == "赵样例与赵测试同姓同村，可能是亲属，请问清楚并告知双方。"


def test_those_chosen_are_shown_first_and_all_of_them() -> None:
    people = [candidate(replace(mediator(), code=f"M{place:02}")) for place in range(1, 9)]
    codes = [each.card.code for each in shown(people, ["M07", "M02"])]
    assert codes == ["M07", "M02", "M01", "M03", "M04"]
    everybody = [each.card.code for each in people]
    assert [each.card.code for each in shown(people, everybody[:7])] == everybody[:7]
