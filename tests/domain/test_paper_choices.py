"""Which papers suit a mediation at each point of its life."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qingyuan_desk.domain.mediation.choices import choices, paper_title
from qingyuan_desk.domain.mediation.forms import Draft, Open, Part, Plan, WriteNote
from qingyuan_desk.domain.mediation.papers import MEDIATION_PAPERS
from tests.domain.casebook import Casebook, at, new_case
from tests.domain.cases import TODAY, accepted, closed, failed, mediating, meeting, simple

ALWAYS = {"rights", "cover", "contents", "back_cover"}


@pytest.mark.parametrize(
    ("book", "expected"),
    [
        (Casebook().take(Open(claims=("改走",))), {"application", "acceptance", "phone_script"}),
        (Casebook().take(Open(origin="initiative")), {"acceptance", "phone_script"}),
        (mediating(), {"application", "acceptance", "phone_script", "record"}),
        (
            simple(),
            {"application", "acceptance", "record", "oral", "follow_up", "confirmation", "proof", "closing"},
        ),
        (
            closed(),
            {"application", "acceptance", "record", "signing", "receipt", "follow_up", "confirmation", "proof"}
            | {"closing"},
        ),
        (failed(), {"application", "acceptance", "record", "termination", "next_paths", "closing"}),
    ],
)  # fmt: skip
def test_the_papers_of_a_case(book: Casebook, expected: set[str]) -> None:
    assert {each.kind for each in choices(book.case)} - ALWAYS == expected


def test_there_are_none_before_the_mediation_was_opened() -> None:
    assert choices(new_case()) == ()


def test_each_record_has_a_paper_of_its_own() -> None:
    book = mediating()
    book.now = at("2024-09-23 12:00")
    book.take(meeting(started_at=at("2024-09-23 08:30")))
    found = [(each.subject, each.title) for each in choices(book.case) if each.kind == "record"]
    first, second = book.case.held
    assert found == [
        (first.record_id, "人民调解记录（2024年9月20日）"),
        (second.record_id, "人民调解记录（2024年9月23日）"),
    ]


def test_a_choice_says_what_it_lacks() -> None:
    lacks = {each.kind: each.missing for each in choices(Casebook().take(Open()).case)}
    assert lacks["acceptance"] == "王测试、赵测试还没有同意调解。"
    assert lacks["application"] == "还没有写当事人申请事项。"
    assert "还没有归档" in lacks["cover"]
    assert lacks["rights"] == ""
    assert {each.kind for each in choices(simple().case) if each.missing} == {
        "application", "follow_up", "confirmation", "cover", "back_cover",
    }  # fmt: skip


def test_a_draft_is_offered_to_read_and_to_sign() -> None:
    book = mediating().take(
        Draft("滴水流入邻院。", "滴水朝向。", ("改向自家一侧。",), parts=(Part(TODAY, "改滴水", 0, 2, 1),))
    )
    found = {each.kind: each.title for each in choices(book.case) if each.missing.startswith("协议")}
    assert found == {"agreement": "人民调解协议书", "signing": "人民调解协议书（签署用）"}


def test_the_ladder_of_offers_is_marked_as_internal() -> None:
    book = mediating().take(WriteNote("offer", "先给一千。", 2))
    assert [each.kind for each in choices(book.case) if each.internal] == ["offers"]


def test_an_invitation_goes_with_a_planned_session() -> None:
    book = mediating().take(Plan(at("2024-09-21 09:00"), room="elders"))
    planned = next(each for each in book.case.sessions if each.state == "planned")
    (choice,) = (each for each in choices(book.case) if each.kind == "invitation")
    assert (choice.subject, choice.title) == (planned.record_id, "调解邀请函（2024年9月21日）")


def test_every_choice_is_a_paper_there_is() -> None:
    case = replace(closed().case, parties=(replace(accepted().case.parties[0], agent="王代理"),))
    assert {each.kind for each in choices(case)} <= MEDIATION_PAPERS.keys()


def test_titles_tell_papers_of_a_kind_apart() -> None:
    case = closed().case
    assert paper_title(case, "authority", 1) == "授权委托书（王测试）"
    assert paper_title(case, "receipt", case.schedule[0].record_id) == "履行凭证（收条）（第 1 期）"
    assert paper_title(case, "signing", case.agreement.record_id) == "人民调解协议书"
    assert paper_title(case, "follow_up", case.follow_ups[-1].record_id).endswith(f"{TODAY.day}日）")
    assert paper_title(case, "record", 999) == "人民调解记录"
