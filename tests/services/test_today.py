"""今日必办: everything due on a day in every flow, what nobody writes to, and whom to urge, through the services."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from qingyuan_desk.documents import sheets
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import NotAllowed, Refused
from qingyuan_desk.domain.handling import forms
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import handling, ledger, reception, today
from qingyuan_desk.services.office import Office
from tests.conftest import SHANGHAI, Clock
from tests.documents.reading import words as text_of
from tests.services import mediated
from tests.services.handled import UNIT, forwarded, petition, registered, take

Visit = Callable[..., VisitForm]


def at(clock: Clock, day: str) -> None:
    clock.moment = datetime.fromisoformat(f"{day} 09:00").replace(tzinfo=SHANGHAI)


def kinds(office: Office, clerk: Actor) -> list[tuple[str, str]]:
    return [(line.kind, line.state) for line in today.day(office, clerk).lines]


@pytest.fixture
def matter(office: Office, clerk: Actor, visit: Visit) -> int:
    """A petition of 20 September 2024."""
    return petition(office, clerk, visit)


def test_clocks_with_both_days_and_whose_duty(
    office: Office, clerk: Actor, clock: Clock, matter: int
) -> None:
    assert today.day(office, clerk).lines == (), "fifteen days are more than a week ahead"
    at(clock, "2024-09-30")
    line = today.day(office, clerk).lines[0]
    assert (line.kind, line.state, line.who) == ("clock", "ok", "信访部门")
    assert (line.due.natural_end, line.due.shifted_end) == (date(2024, 10, 5), date(2024, 10, 8))
    assert line.due.article == "《信访工作条例》第二十二条"
    at(clock, "2024-10-06")
    line = today.day(office, clerk).lines[0]
    assert (line.state, line.words) == ("today", "10月5日已到期，顺延至10月8日")
    at(clock, "2024-10-10")
    assert today.day(office, clerk).lines[0].words == "已超 2 天"


def test_what_a_unit_does_not_sign_for_and_may_object_to(
    office: Office, clerk: Actor, clock: Clock, matter: int
) -> None:
    forwarded(office, clerk, matter)
    at(clock, "2024-09-21")
    line = next(line for line in today.day(office, clerk).lines if line.kind == "receive")
    assert (line.state, line.words, line.who) == ("soon", "送出 1 天未签收", "区自然资源和规划局")
    assert not line.rings
    at(clock, "2024-09-23")
    assert ("receive", "overdue") in kinds(office, clerk)
    take(office, clerk, matter, forms.Receive(receiver="李收件"))
    at(clock, "2024-09-29")
    lines = today.day(office, clerk)
    objection = next(line for line in lines.lines if line.kind == "objection")
    assert objection.due.shifted_end == date(2024, 9, 29), "five workdays, the 29th is worked"
    assert objection.state == "today" and not objection.rings and objection.unit == UNIT
    at(clock, "2024-09-30")
    assert "objection" not in [kind for kind, _ in kinds(office, clerk)], "the time is over, nothing is late"


def test_calls_for_support_and_answers_to_urges(
    office: Office, clerk: Actor, clock: Clock, visit: Visit
) -> None:
    matter = registered(office, clerk, visit, "civil_dispute", "mediation", township="冉庄镇")
    take(
        office,
        clerk,
        matter,
        forms.Support(township="t_ranzhuang", unit="water", requirement="请现场查看排水沟"),
    )
    take(office, clerk, matter, forms.Receive(receiver="李收件"))
    take(office, clerk, matter, forms.Press(kind="remind", unit="water", cause="请尽快"))
    at(clock, "2024-09-29")
    found = {line.kind: line for line in today.day(office, clerk).lines}
    assert found["support"].who == found["urge"].who == "区水利局"
    assert found["support"].state == "overdue" and found["urge"].state == "overdue"


def test_a_procedural_closing_and_a_flag_come_back(
    office: Office, clerk: Actor, clock: Clock, matter: int
) -> None:
    take(office, clerk, matter, forms.Flag("threat", "说要去省里", date(2024, 10, 10)))
    at(clock, "2024-10-10")
    assert ("watch", "today") in kinds(office, clerk)


def test_the_bar_counts_what_the_page_lists(
    office: Office, clerk: Actor, clock: Clock, visit: Visit, matter: int
) -> None:
    other = petition(office, clerk, visit, name="李四样")
    forwarded(office, clerk, other)
    for day in ("2024-09-20", "2024-09-23", "2024-10-05", "2024-10-08", "2024-10-09", "2024-11-20"):
        at(clock, day)
        shown, bar = today.day(office, clerk), ledger.today(office, clerk)
        assert bar.todo == len(shown.ringing) == sum(shown.by_kind().values())
        assert bar.late == shown.counts["overdue"]


def test_a_sealed_matter_is_for_its_readers_and_never_printed(
    office: Office, clerk: Actor, clock: Clock, visit: Visit, tmp_path: Path
) -> None:
    registered(
        office,
        clerk,
        visit,
        "petition_matter",
        "petition",
        flags=frozenset({"accusation"}),
        narrative="检举密件内容",
    )
    at(clock, "2024-11-01")
    lawyer = Actor("lawyer", "律师", "lawyer")
    assert today.day(office, lawyer).lines == () and today.day(office, lawyer).quiet_count == 0
    mine = today.day(office, clerk)
    assert mine.lines and all(line.sealed for line in mine.lines) and mine.quiet[0].sealed
    path = tmp_path / "今日.xlsx"
    assert today.export(office, clerk, path) == 0
    assert "检举" not in text_of(today.paper(office, clerk).pdf)
    assert today.proposals(office, clerk) == ()


def test_matters_nobody_writes_to(
    office: Office, clerk: Actor, clock: Clock, visit: Visit, matter: int
) -> None:
    forwarded(office, clerk, matter)
    clock.forward(hours=1)
    registered(office, clerk, visit, "civil_dispute", "mediation", name="赵样例")
    at(clock, "2024-09-23")
    assert today.day(office, clerk).groups == (), "three days are not over"
    at(clock, "2024-09-24")
    found = today.day(office, clerk)
    assert [(group.flow, group.unit, group.count) for group in found.groups] == [
        ("mediation", "justice_bureau", 1),
        ("petition", UNIT, 1),
    ]
    assert (found.quiet[0].matter_id, found.quiet[0].days, found.quiet_count) == (matter, 4, 2)
    ledger.add_note(office, clerk, "note", matter, "电话催过")
    assert [line.matter_id for line in today.day(office, clerk).quiet] != [matter]
    assert today.day(office, clerk).quiet_count == 1


def test_the_page_says_how_many_more(office: Office, clerk: Actor, clock: Clock, visit: Visit) -> None:
    for number in range(40):
        registered(office, clerk, visit, "petition_matter", "petition", name=f"样例{number}")
    at(clock, "2024-10-20")
    made = today.paper(office, clerk)
    assert made.pages == 1
    said = text_of(made.pdf)
    assert "今日必办80项：已超期80项" in said.replace("\n", "")
    assert "一页放不下，另有已超期" in said.replace("\n", "")
    at(clock, "2024-09-20")
    assert "今天没有到期的事" in text_of(today.paper(office, clerk).pdf)


def test_the_sheet(office: Office, clerk: Actor, clock: Clock, matter: int, tmp_path: Path) -> None:
    at(clock, "2024-10-06")
    path = tmp_path / "今日.xlsx"
    assert today.export(office, clerk, path) == 2
    grid = sheets.read(path)
    row = dict(zip(grid.header, grid.rows[0], strict=True))
    assert (row["状态"], row["法定末日"], row["顺延后末日"]) == ("今天到期", "2024-10-05", "2024-10-08")
    assert row["来访人"] == "王**"
    with pytest.raises(NotAllowed):
        today.export(office, Actor("m", "调解员", "mediator"), path)


# --- urging ------------------------------------------------------------------------------------------------------


def test_a_proposal_is_carried_out_as_it_stands_and_not_made_again(
    office: Office, clerk: Actor, clock: Clock, matter: int
) -> None:
    forwarded(office, clerk, matter)
    assert today.proposals(office, clerk) == ()
    at(clock, "2024-09-22")
    (letter,) = today.proposals(office, clerk)
    assert (letter.kind, letter.unit, letter.rule.code) == ("remind", UNIT, "sign_remind")
    done = take(office, clerk, matter, letter.form)
    assert done.number == "清督〔2024〕0001号"
    assert today.proposals(office, clerk) == ()
    (waiting,) = today.open_urges(office, clerk)
    assert (waiting.urge.number, waiting.urge.reply_by) == (done.number, date(2024, 9, 23))
    at(clock, "2024-09-25")
    (graver,) = today.proposals(office, clerk)
    assert graver.rule.code == "reply_yellow"
    take(office, clerk, matter, graver.form)
    for urge in today.open_urges(office, clerk):
        take(office, clerk, matter, forms.PressReply(urge=urge.urge.record_id, reply="已派人签收"))
    take(office, clerk, matter, forms.Receive(receiver="李收件"))
    assert today.open_urges(office, clerk) == () and today.proposals(office, clerk) == ()
    history = today.urges(office, clerk, date(2024, 9, 1), date(2024, 9, 30))
    assert [each.urge.kind for each in history] == ["yellow", "remind"]


def test_units_are_urged_for_what_is_theirs(
    office: Office, clerk: Actor, clock: Clock, matter: int, tmp_path: Path
) -> None:
    forwarded(office, clerk, matter)
    take(office, clerk, matter, forms.Receive(receiver="李收件"))
    at(clock, "2024-10-10")
    (letter,) = today.proposals(office, clerk)
    assert (letter.rule.code, letter.unit) == ("accept_yellow", UNIT)
    path = tmp_path / "催办.xlsx"
    take(office, clerk, matter, replace(letter.form, requirement=""))
    assert today.export_urges(office, clerk, path, date(2024, 10, 1), date(2024, 10, 31)) == 1
    row = dict(zip(sheets.read(path).header, sheets.read(path).rows[0], strict=True))
    assert (row["承办单位"], row["扣分"]) == ("区自然资源和规划局", "5")
    assert row["要求"].startswith("请立即书面告知"), "the rule's own words where nothing else is asked"
    assert handling.case(office, clerk, matter).urges[0].points == 5


# --- the table of rules ------------------------------------------------------------------------------------------


def cells(office: Office) -> list[dict[str, str]]:
    return [{key: str(value) for key, value in vars(rule).items()} for rule in office.reference.urging_rules]


def test_the_office_changes_when_a_unit_is_urged(
    office: Office, clerk: Actor, clock: Clock, matter: int
) -> None:
    forwarded(office, clerk, matter)
    rows = cells(office)
    later = {**rows[0], "code": "", "unit": UNIT, "days": "9"}
    saved = today.save_rules(office, clerk, "rules", [*rows, later])
    assert saved[-1].code == "rule_1" and office.reference.urging_rules == saved
    at(clock, "2024-09-22")
    assert today.proposals(office, clerk) == ()
    at(clock, "2024-09-29")
    assert [each.rule.code for each in today.proposals(office, clerk)] == ["sign_yellow"]
    assert today.save_rules(office, clerk, "again", rows) == office.reference.urging_rules


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("name", " ", "请填写名称"),
        ("kind", "black", "种类可选：催办、黄牌督办、红牌督办"),
        ("days", "三", "天数填 -365 到 365 的整数，不能是“三”"),
        ("days", "-2", "不能是负数"),
        ("points", "101", "扣分填 0 到 100 的整数"),
        ("reply_days", "0", "回复工作日填 1 到 60 的整数"),
        ("clock", "petition_finish", "期限和节点只能选一个"),
        ("clock", "none", "期限表里没有“none”"),
        ("flow", "", "按节点的规则要选流程"),
        ("flow", "mediation", "这个流程没有这个节点"),
        ("unit", "nobody", "单位表里没有“nobody”"),
        ("text", "", "请填写要求"),
    ],
)
def test_what_is_wrong_with_a_rule(office: Office, clerk: Actor, column: str, value: str, said: str) -> None:
    rows = cells(office)
    rows[0][column] = value
    with pytest.raises(Refused, match=f"第 1 行：.*{said}") as refused:
        today.save_rules(office, clerk, "rules", rows)
    assert all(problem.field.startswith("1.") for problem in refused.value.problems)


def test_what_is_issued_by_hand_keeps_its_rule(office: Office, clerk: Actor) -> None:
    rows = [row for row in cells(office) if row["code"] != "hand_red"]
    with pytest.raises(Refused, match="红牌督办要留一行"):
        today.save_rules(office, clerk, "rules", rows)
    with pytest.raises(NotAllowed):
        today.save_rules(office, Actor("m", "调解员", "mediator"), "rules", cells(office))


def test_what_a_mediation_brings_along(office: Office, clerk: Actor, clock: Clock, visit: Visit) -> None:
    """A meeting nobody recorded, a promise to be kept, and the call afterwards, each done on the page of mediation."""
    meeting = mediated.begun(office, clerk, visit, ("M04",))
    mediated.planned(office, clerk, meeting, office.now() + timedelta(days=2))
    promise = mediated.settled(office, clerk, visit, deadline_in=20)
    at(clock, "2024-09-22")
    session = next(line for line in today.day(office, clerk).lines if line.kind == "session")
    assert (session.matter_id, session.state, session.note, session.mediated) == (
        meeting,
        "today",
        "10:32",
        True,
    )
    at(clock, "2024-11-20")
    found = today.day(office, clerk)
    kinds = {line.kind for line in found.ringing if line.matter_id == promise}
    assert "instalment" in kinds
    assert all(line.what for line in found.lines)
    assert ledger.today(office, clerk).todo == len(found.ringing)


def test_an_appointment_for_advice_and_for_a_counsellor(
    office: Office, clerk: Actor, clock: Clock, visit: Visit
) -> None:
    matter = registered(office, clerk, visit, "legal_question", "consultation")
    when = datetime(2024, 9, 24, 14, 30, tzinfo=SHANGHAI)
    take(office, clerk, matter, forms.Refer(purpose="calm", consent=True, booked_for=when))
    asked = forms.Consult(
        cause="02",
        question="怎样起诉",
        result="booked",
        answer="疑难，另约",
        lawyer="李律师",
        booked_for=when,
    )
    take(office, clerk, matter, asked)
    at(clock, "2024-09-24")
    lines = [line for line in today.day(office, clerk).lines if line.kind == "booking"]
    assert {line.what for line in lines} == {"心理疏导", "约期解答"}
    assert all((line.note, line.state, line.rings) == ("14:30", "today", True) for line in lines)


def test_accounts_without_the_right_to_read(office: Office) -> None:
    with pytest.raises(NotAllowed):
        today.day(office, Actor("a", "审计员", "auditor"))


def test_a_last_day_in_a_year_whose_holidays_are_not_known_is_provisional(
    office: Office, clerk: Actor, clock: Clock, visit: Visit
) -> None:
    at(clock, "2029-12-25")
    petition(office, clerk, visit)
    at(clock, "2030-01-08")
    line = today.day(office, clerk).lines[0]
    assert line.due.provisional and line.words.endswith("暂定）")
    assert "（暂定）" in text_of(today.paper(office, clerk).pdf)


def test_a_flag_nobody_confirms_lapses_and_is_never_overdue(
    office: Office, clerk: Actor, visit: Callable[..., VisitForm], clock: Clock
) -> None:
    form = visit(flow="petition", category="petition_matter", route_reason="核定")
    matter_id = reception.register(office, clerk, form).matter_id
    handling.take(office, clerk, "flag-1", matter_id, forms.Flag(kind="threat", words="不给说法就堵路"))
    until = handling.case(office, clerk, matter_id).watches[0].until
    clock.forward(days=(until - office.today()).days)
    assert [line.kind for line in today.day(office, clerk).lines if line.kind == "watch"] == ["watch"]
    clock.forward(days=3)
    assert [line.kind for line in today.day(office, clerk).lines if line.kind == "watch"] == []
    shown = {each.rule: each.words for each in ledger.matter(office, clerk, matter_id).clocks}
    assert shown["watch_confirm"] == "到期没有确认，已经失效"
