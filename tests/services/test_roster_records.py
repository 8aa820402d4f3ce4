"""Results, levels, days off, training, awards, terms and the 聘书 of mediators, over cases played through the services."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Conflict, NotAllowed, NotFound, Refused
from qingyuan_desk.domain.roster.records import Award, Training
from qingyuan_desk.domain.roster.results import Leave, Results
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import roster, roster_papers, roster_records
from qingyuan_desk.services.office import Office
from tests.conftest import Clock
from tests.documents.reading import words
from tests.services import mediated

Visit = Callable[..., VisitForm]
AWAY = Leave("M04", date(2024, 9, 20), date(2024, 10, 3), " 外出 ")


def _card(office: Office, actor: Actor, code: str = "M04"):  # type: ignore[no-untyped-def]
    return next(card for card in roster.mediators(office, actor) if card.code == code)


# --- results -----------------------------------------------------------------------------------------------------


def test_results_are_counted_from_the_cases(office: Office, clerk: Actor, visit: Visit) -> None:
    mediated.settled(office, clerk, visit, ("M04", "M05"), satisfaction="satisfied")
    mediated.settled(office, clerk, visit, satisfaction="unsatisfied")
    mediated.settled(office, clerk, visit, deadline_in=10, satisfaction="")
    mediated.failed(office, clerk, visit)
    mediated.begun(office, clerk, visit, ("M04",))
    found = roster_records.profile(office, clerk, "M04")
    assert found.results == Results(open=2, settled=3, oral=3, failed=1, satisfied=1, rated=2)
    assert _card(office, clerk).results == found.results
    assert _card(office, clerk, "M05").results == Results(settled=1, oral=1, satisfied=1, rated=1)
    assert (found.results.success, found.results.oral_share, found.results.satisfaction) == (75, 100, 50)
    assert len(found.cases) == 5
    assert {case.outcome for case in found.cases} == {"办理中", "调解不成", "调解成功 · 口头协议"}
    assert "再办结46件" in found.meter.words or "再办结" in found.meter.words


def test_a_case_handed_on_counts_for_who_has_it_now(office: Office, clerk: Actor, visit: Visit) -> None:
    from qingyuan_desk.domain.mediation.forms import Assign
    from qingyuan_desk.services import mediation

    matter = mediated.begun(office, clerk, visit, ("M04",))
    form = Assign(("M05",), accepted=True, reason="刘样例住院")
    mediation.take(office, clerk, "hand-on", matter, form)
    assert roster_records.profile(office, clerk, "M04").results == Results()
    assert roster_records.profile(office, clerk, "M05").results.open == 1


def test_load_and_days_off_stand_in_a_suggestion(office: Office, clerk: Actor, visit: Visit) -> None:
    mediated.begun(office, clerk, visit, ("M04",))
    form = visit(township="冉庄镇", opponent="钱测试")
    first = roster.suggest(office, clerk, form)[0]
    assert first.card.name == "刘样例" and "在办1件" in first.reasons
    roster_records.keep(office, clerk, "away", AWAY)
    later = next(each for each in roster.suggest(office, clerk, form) if each.card.code == "M04")
    assert "9月20日至10月3日请假" in later.conflicts


def test_the_next_free_day_knows_days_off_and_sessions(
    office: Office, clerk: Actor, visit: Visit, clock: Clock
) -> None:
    assert _card(office, clerk).next_free == date(2024, 9, 23)
    matter = mediated.begun(office, clerk, visit, ("M04",))
    mediated.planned(office, clerk, matter, clock.moment + timedelta(days=3))
    assert _card(office, clerk).next_free == date(2024, 9, 26)
    roster_records.keep(office, clerk, "away", AWAY)
    card = _card(office, clerk)
    assert (card.next_free, card.leave) == (date(2024, 10, 7), "9月20日至10月3日请假")


# --- records -----------------------------------------------------------------------------------------------------


def test_records_are_kept_once_listed_and_cancelled_with_a_trace(office: Office, clerk: Actor) -> None:
    training = Training("M04", date(2024, 9, 2), 4, "区司法局", "调解技巧")
    award = Award("M04", date(2024, 1, 5), "优秀人民调解员", "区司法局")
    first = roster_records.keep(office, clerk, "r1", AWAY)
    assert roster_records.keep(office, clerk, "r1", AWAY) == first
    roster_records.keep(office, clerk, "r2", training)
    roster_records.keep(office, clerk, "r3", award)
    records = roster_records.profile(office, clerk, "M04").records
    assert [each.reason for each in records.leave] == ["外出"]
    assert records.trainings[0].subject == "调解技巧" and records.awards[0].title == "优秀人民调解员"
    roster_records.cancel(office, clerk, "r4", records.leave[0], "提前回来")
    with pytest.raises(Conflict):
        roster_records.cancel(office, clerk, "r5", records.leave[0], "再销一次")
    roster_records.cancel(office, clerk, "r6", records.trainings[0], "记错了人")
    after = roster_records.profile(office, clerk, "M04").records
    assert after.leave[0].cancelled == "提前回来" and after.trainings == ()
    told = [(change.action, change.note) for change in roster.history(office, clerk, "M04")]
    assert told[0] == ("销去", "2024-09-02 区司法局：调解技巧（4学时）；原因：记错了人")
    assert [action for action, _ in told] == ["销去", "销去", "表彰", "培训", "请假"]


def test_who_does_not_keep_the_roster_sees_days_off_without_their_reason(
    office: Office, clerk: Actor
) -> None:
    roster_records.keep(office, clerk, "r1", replace(AWAY, reason="住院"))
    reader = office.actor("mediator")
    (leave,) = roster_records.profile(office, reader, "M04").records.leave
    assert leave.reason == "" and leave.words == "9月20日至10月3日请假"
    for act in (
        lambda: roster_records.keep(office, reader, "r2", AWAY),
        lambda: roster_records.renew(office, reader, "r3", "M04", date(2027, 9, 19)),
        lambda: roster_records.save_level_rules(office, reader, "r4", office.reference.level_rules),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_nobody_s_record_is_refused(office: Office, clerk: Actor) -> None:
    with pytest.raises(NotFound):
        roster_records.keep(office, clerk, "r1", replace(AWAY, mediator="M99"))
    with pytest.raises(Refused, match="为什么"):
        roster_records.cancel(office, clerk, "r2", AWAY, " ")


# --- terms and letters -------------------------------------------------------------------------------------------


def test_a_term_near_its_end_is_reminded_of_renewed_and_remembered(
    office: Office, clerk: Actor, clock: Clock
) -> None:
    before = {card.code for card in roster_records.expiring(office, clerk)}
    clock.moment = clock.moment.replace(year=2027, month=8)
    assert "M04" in {card.code for card in roster_records.expiring(office, clerk)} - before
    profile = roster_records.profile(office, clerk, "M04")
    assert profile.renewal == date(2027, 9, 19)
    with pytest.raises(Refused):
        roster_records.renew(office, clerk, "r0", "M04", date(2024, 9, 18))
    renewed = roster_records.renew(office, clerk, "r1", "M04", date(2027, 9, 19))
    assert roster_records.renew(office, clerk, "r1", "M04", date(2027, 9, 19)) == renewed
    assert renewed.term_start == "2027-09-19"
    assert "M04" not in {card.code for card in roster_records.expiring(office, clerk)}
    terms = roster_records.profile(office, clerk, "M04").records.terms
    assert terms == (date(2027, 9, 19), date(2024, 9, 18)), "the level meter counts from the first"
    assert roster.history(office, clerk, "M04")[0].action == "续聘"


def test_the_letter_says_the_term_and_is_logged_only_when_printed(
    office: Office, clerk: Actor, clock: Clock
) -> None:
    text = words(roster_papers.letter(office, clerk, "M04").pdf)
    assert "刘样例同志" in text and "现聘请您担任" in text and "编号：清调聘〔2024〕M04号" in text
    assert "自2024年9月18日起至2027年9月18日止" in text and "第1页" not in text
    assert roster.history(office, clerk, "M04") == ()
    for _ in range(2):
        roster_papers.record_letter(office, clerk, "p1", "M04", "样例打印机")
    assert [change.note for change in roster.history(office, clerk, "M04")] == ["样例打印机"]
    clock.moment = clock.moment.replace(year=2027, month=8)
    roster_records.renew(office, clerk, "r1", "M04", date(2027, 9, 19))
    assert "现续聘您担任" in words(roster_papers.letter(office, clerk, "M04").pdf)


def test_committee_members_are_elected_and_get_no_letter(office: Office, clerk: Actor) -> None:
    known = _card(office, clerk).mediator
    roster.save(office, clerk, "r1", replace(known, kind="committee"))
    with pytest.raises(Refused, match="推选产生"):
        roster_papers.letter(office, clerk, "M04")


# --- the table of levels -----------------------------------------------------------------------------------------


def test_the_office_edits_what_a_level_asks_for(office: Office, clerk: Actor, visit: Visit) -> None:
    mediated.settled(office, clerk, visit)
    rules = [
        replace(rule, years=0, cases=1, oral_share_max=100) if rule.level == "4" else rule
        for rule in office.reference.level_rules
    ]
    known = _card(office, clerk).mediator
    roster.save(office, clerk, "r1", replace(known, level=""))
    assert roster_records.profile(office, clerk, "M04").meter.reached == ""
    roster_records.save_level_rules(office, clerk, "r2", rules)
    found = roster_records.profile(office, clerk, "M04").meter
    assert (found.reached, found.next) == ("4", "4") and "已够四级" in found.words
    with pytest.raises(Refused):
        roster_records.save_level_rules(office, clerk, "r3", [replace(rules[0], success_min=101)])
