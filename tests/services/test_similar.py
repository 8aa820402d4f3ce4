"""Earlier records like the form being typed: every reason, the likeliest first, nothing that must not be shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import NotAllowed
from qingyuan_desk.domain.visit import Match, Opponent, Person, VisitForm
from qingyuan_desk.services import ledger, reception
from qingyuan_desk.services.office import Office

Visit = Callable[..., VisitForm]
Ask = Callable[..., tuple[Match, ...]]

ID = "11010519491231002X"
#: The first village of a township; the test puts its name in.
HOME = {"township": "冉庄镇", "village": "某村"}
WHOLE = {"name": "张三", "id_number": ID, "phone": "13812345678"}
OLD_ID, NEW_ID = "130622820101001", "130622198201010018"


@pytest.fixture
def ask(office: Office, clerk: Actor) -> Ask:
    """`ask(name="张三", phone="…", opponent="李四")`: what the panel shows for such a form."""

    def matches(*, opponent: str = "", limit: int = 6, who: Actor = clerk, **facts: Any) -> tuple[Match, ...]:
        others = (Opponent(opponent),) if opponent else ()
        return reception.matches(office, who, VisitForm("typing", (Person(**facts),), others), limit)

    return matches


@pytest.mark.parametrize(
    ("stored", "typed", "reasons", "same_person"),
    [
        # the document: as stored, spaced, full width, old and new number of one person
        ({"id_number": ID}, {"id_number": ID}, "同一证件号", True),
        ({"id_number": ID}, {"id_number": " 110105 19491231 ００2ｘ "}, "同一证件号", True),
        ({"id_number": OLD_ID}, {"id_number": NEW_ID}, "同一证件号", True),
        ({"id_number": NEW_ID}, {"id_number": OLD_ID}, "同一证件号", True),
        ({"id_type": "passport", "id_number": "E12345678"}, {"id_type": "passport", "id_number": "e12345678"}, "同一证件号", True),
        # phones: any spelling, one of several, the landline's extension left out
        ({"phone": "13812345678"}, {"phone": "+86 138-1234-5678"}, "同一电话", True),
        ({"phone": "13812345678/13900139000"}, {"phone": "13900139000"}, "同一电话", True),
        ({"phone": "0312-7951234-801"}, {"phone": "0312-7951234"}, "同一电话", True),
        # names: same village, another one, none said, another way of writing, the same sound
        ({"name": "张三", **HOME}, {"name": "张三", **HOME}, "同名同村", True),
        ({"name": "张三", **HOME}, {"name": "张三", "township": "冉庄镇"}, "同名", True),
        ({"name": "張三"}, {"name": "张三"}, "同名", True),
        ({"name": "阿依古丽·买买提"}, {"name": "阿依古丽•买买提"}, "同名", True),
        ({"name": "王建国"}, {"name": "王健国"}, "姓名同音", True),
        # the other side
        ({"opponent": "李四", **HOME}, {"opponent": "李四", **HOME}, "同村同对方", False),
        ({"opponent": "李四"}, {"opponent": "李四"}, "同对方", False),
        ({"opponent": "张三"}, {"name": "张三"}, "曾是对方当事人", False),
        ({"opponent": "李四", "opponent_phone": "13900139000"}, {"phone": "13900139000"}, "同一电话", False),
        # several reasons, the strongest first
        (WHOLE, WHOLE, "同一证件号 同一电话 同名", True),
        # nothing in common, too little to go by, nobody's name
        ({"name": "张三", "phone": "13812345678"}, {"name": "李四", "phone": "13812345679"}, "", False),
        ({"name": "丛"}, {"name": "丛"}, "", False),
        ({"name": "匿名", "id_type": "none"}, {"name": "匿名"}, "", False),
        ({"opponent": "不详"}, {"opponent": "不详"}, "", False),
        ({"phone": "无"}, {"phone": "无"}, "", False),
        ({"name": "张三"}, {"name": ""}, "", False),
    ],
)  # fmt: skip
def test_every_reason(
    office: Office,
    clerk: Actor,
    visit: Visit,
    ask: Ask,
    stored: dict[str, Any],
    typed: dict[str, Any],
    reasons: str,
    same_person: bool,
) -> None:
    facts = {"name": "赵一", **stored}
    other = Opponent(facts.pop("opponent", ""), phone=facts.pop("opponent_phone", ""))
    village = office.reference.villages("冉庄镇")[0].name
    facts = {key: village if value == "某村" else value for key, value in facts.items()}
    typed = {key: village if value == "某村" else value for key, value in typed.items()}
    form = visit(**facts, opponents=(other,) if other.name else ())
    done = reception.register(office, clerk, form)
    found = ask(**{"name": "钱二", **typed})
    if not reasons:
        assert found == ()
        return
    (match,) = found
    assert (match.matter_number, " ".join(match.reasons), match.same_person) == (
        done.matter_number,
        reasons,
        same_person,
    )


def test_the_likeliest_come_first_and_the_newest_of_equals(
    office: Office, clerk: Actor, visit: Visit, ask: Ask
) -> None:
    by = {
        "name": reception.register(office, clerk, visit(name="张三")),
        "sound": reception.register(office, clerk, visit(name="章三")),
        "phone": reception.register(office, clerk, visit(name="张三", phone="13812345678")),
        "id": reception.register(office, clerk, visit(name="张三", id_number=ID)),
        "newer name": reception.register(office, clerk, visit(name="张三")),
    }
    found = ask(name="张三", phone="13812345678", id_number=ID)
    order = ("id", "phone", "newer name", "name", "sound")
    assert [match.matter_number for match in found] == [by[each].matter_number for each in order]
    assert len(ask(name="张三", limit=2)) == 2


def test_a_match_says_what_the_clerk_needs(
    office: Office, clerk: Actor, visit: Visit, ask: Ask, clock: Any
) -> None:
    done = reception.register(office, clerk, visit(name="欧阳娜娜", phone="13812345678"))
    clock.forward(days=3)
    again = reception.register(office, clerk, visit(name="欧阳娜娜", matter=done.matter_number))
    ledger.add_note(office, clerk, "n1", done.matter_id, "已约 9 月 25 日调解。")
    (match,) = ask(phone="13812345678")
    assert (match.visitor, match.flow, match.node) == ("欧阳**", "调解", "待征求同意")
    assert (match.visits, match.last_visit_number, match.last_visit_on) == (
        2,
        again.visit_number,
        "2024-09-23",
    )
    assert match.last_answer == "已约 9 月 25 日调解。"
    assert "13812345678" not in repr(match)


def test_void_visits_are_no_evidence(office: Office, clerk: Actor, visit: Visit, ask: Ask) -> None:
    whole = reception.register(office, clerk, visit(name="张三"))
    reception.take_back(office, clerk, "b1", whole.visit_number, "登错")
    assert ask(name="张三") == ()
    # Nor is what was said at a void visit of a matter that goes on.
    kept = reception.register(office, clerk, visit(name="李四"))
    wrong = reception.register(
        office, clerk, visit(name="赵六", phone="13812345678", matter=kept.matter_number)
    )
    reception.take_back(office, clerk, "b2", wrong.visit_number, "登错了人")
    assert ask(phone="13812345678") == ask(name="赵六") == ()
    assert [match.matter_number for match in ask(name="李四")] == [kept.matter_number]


def test_sealed_matters_do_not_use_up_the_panel(office: Office, clerk: Actor, visit: Visit, ask: Ask) -> None:
    kept = reception.register(office, clerk, visit(name="张三"))
    for _ in range(20):
        reception.register(office, clerk, visit(name="张三", narrative="实名举报村支书贪污受贿。"))
    found = ask(name="张三", who=office.actor("mediator"), limit=6)
    assert [match.matter_number for match in found] == [kept.matter_number]


def test_a_namesake_of_the_village_is_found_among_many(
    office: Office, clerk: Actor, visit: Visit, ask: Ask
) -> None:
    village = office.reference.villages("冉庄镇")[0].name
    neighbour = reception.register(office, clerk, visit(name="王建国", township="冉庄镇", village=village))
    for _ in range(60):
        reception.register(office, clerk, visit(name="王建国", township="清苑镇"))
    (first, *_) = ask(name="王建国", township="冉庄镇", village=village)
    assert (first.matter_number, first.reasons[0]) == (neighbour.matter_number, "同名同村")


@pytest.mark.parametrize(
    "facts",
    [
        {"name": "'; DROP TABLE party;--", "phone": "%", "id_number": "_"},
        {"name": "x" * 100_000, "id_number": "9" * 5000, "phone": "1" * 5000},
        {"name": "\ud800\x00", "township": "没有的镇", "village": "没有的村"},
        {"id_type": "没有的证件", "id_number": "?"},
    ],
)
def test_hostile_forms_find_nothing(ask: Ask, facts: dict[str, Any]) -> None:
    assert ask(**facts, opponent="%") == ()


def test_whoever_may_not_read_gets_no_panel(ask: Ask) -> None:
    with pytest.raises(NotAllowed):
        ask(name="张三", who=Actor("x", "样例", "statistics"))
