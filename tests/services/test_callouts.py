"""Call-outs: called for a matter, answered once, measured in minutes, with an invitation on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Conflict, NotAllowed, NotFound, Refused
from qingyuan_desk.domain.roster.callouts import CallForm, summary
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import callouts, ledger, reception, roster
from qingyuan_desk.services.office import Office
from tests.conftest import Clock
from tests.documents.reading import words

Visit = Callable[..., VisitForm]
CALL = CallForm("M04", " 调解宅基地纠纷 ", room="elder_mediation")


def test_a_call_is_answered_and_measured(office: Office, clerk: Actor, visit: Visit, clock: Clock) -> None:
    number = reception.register(office, clerk, visit(opponent="赵测试")).matter_number
    call = CallForm("M04", "调解宅基地纠纷", matter=number, come_at=None)
    made = callouts.call(office, clerk, "c1", call)
    assert callouts.call(office, clerk, "c1", call) == made, "asked again, not called again"
    assert (made.name, made.matter_number, made.called_by) == ("刘样例", number, clerk.name)
    clock.forward(minutes=25)
    told = callouts.answer(office, clerk, "a1", made.record_id, "came")
    assert (told.minutes, told.words) == (25, "到场，25分钟")
    assert callouts.answer(office, clerk, "a1", made.record_id, "came") == told
    with pytest.raises(Conflict, match="到场"):
        callouts.answer(office, clerk, "a2", made.record_id, "declined")
    assert summary(callouts.log(office, clerk, "M04")).median_minutes == 25
    events = [
        event.note for event in ledger.matter(office, clerk, number).events if event.action == "呼叫调解员"
    ]
    assert sorted(events) == sorted(["呼叫刘样例：调解宅基地纠纷", "刘样例到场，25分钟"])


def test_those_without_an_answer_come_first(office: Office, clerk: Actor, clock: Clock) -> None:
    waiting = callouts.call(office, clerk, "c1", CALL)
    clock.forward(minutes=5)
    later = callouts.call(office, clerk, "c2", CallForm("M05", "值班"))
    callouts.answer(office, clerk, "a1", later.record_id, "no_answer", note="关机")
    assert [each.record_id for each in callouts.log(office, clerk)] == [waiting.record_id, later.record_id]
    assert callouts.log(office, clerk)[1].note == "关机"
    assert waiting.purpose == "调解宅基地纠纷" and waiting.room == "乡贤调解室"


def test_what_is_refused(office: Office, clerk: Actor, clock: Clock) -> None:
    roster.suspend(office, clerk, "r1", "M05", "health")
    for call, field in (
        (CallForm("M99", "调解"), "mediator"),
        (CallForm("M05", "调解"), "mediator"),
        (CallForm("M04", ""), "purpose"),
        (CallForm("M04", "调解", room="cellar"), "room"),
        (CallForm("M04", "调解", called_at=clock.moment + timedelta(hours=1)), "called_at"),
    ):
        with pytest.raises(Refused) as refused:
            callouts.call(office, clerk, "c1", call)
        assert [problem.field for problem in refused.value.problems] == [field]
    with pytest.raises(NotFound):
        callouts.call(office, clerk, "c1", CallForm("M04", "调解", matter="清事〔2024〕9999号"))
    with pytest.raises(NotFound):
        callouts.answer(office, clerk, "a1", 99, "came")
    with pytest.raises(NotAllowed):
        callouts.call(
            office,
            office.actor("auditor") if _has(office, "auditor") else Actor("x", "甲", "auditor"),
            "c1",
            CALL,
        )
    assert callouts.log(office, clerk) == ()


def _has(office: Office, code: str) -> bool:
    return code in {actor.code for actor in office.actors()}


def test_a_sealed_matter_is_not_named_in_the_log(office: Office, clerk: Actor, visit: Visit) -> None:
    number = reception.register(office, clerk, visit(flags=("accusation",))).matter_number
    callouts.call(office, clerk, "c1", CallForm("M04", "谈举报的事", matter=number))
    reader = office.actor("mediator")
    (seen,) = callouts.log(office, reader)
    assert (seen.matter_number, seen.name, seen.purpose) == ("", "刘样例", callouts.SEALED)
    with pytest.raises(NotFound):
        callouts.slip(office, reader, seen.record_id)
    assert callouts.log(office, clerk)[0].matter_number == number


@pytest.mark.parametrize("paper", ["a5", "80mm", "a4", "a4-large"])
def test_the_invitation(office: Office, clerk: Actor, clock: Clock, paper: str) -> None:
    made = callouts.call(
        office,
        clerk,
        "c1",
        CallForm("M04", "调解宅基地纠纷", room="elder_mediation", come_at=clock.moment + timedelta(hours=4)),
    )
    slip = callouts.slip(office, clerk, made.record_id, paper)
    text = words(slip.pdf)
    assert slip.pages == 1 and slip.missing == ()
    for said in (
        "调解员邀请单",
        "刘样例同志",
        "9月20日（周五）14:32",
        "乡贤调解室",
        "调解宅基地纠纷",
        "不收取任何费用",
    ):
        assert said in text
