"""Days off, training, awards, terms renewed, the next free day, and what they do to a suggestion."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from qingyuan_desk.domain.roster.callouts import (
    CallForm,
    Callout,
    check_answer,
    check_call,
    said_minutes,
    summary,
)
from qingyuan_desk.domain.roster.cards import next_free
from qingyuan_desk.domain.roster.mediators import Dispute, Mediator, rank
from qingyuan_desk.domain.roster.records import (
    Award,
    Records,
    Training,
    check,
    check_renewal,
    covered,
    next_term,
)
from qingyuan_desk.domain.roster.results import Leave, Results, Standing

FRIDAY = date(2024, 9, 20)
MONDAY = date(2024, 9, 23)
LIU = Mediator(
    code="M04", name="刘样例", township="T", free_days="1 4", term_start="2024-09-18", skills=("03",)
)
AWAY = Leave("M04", MONDAY, date(2024, 10, 3), "外出")


# --- records -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kept", "field"),
    [
        (replace(AWAY, last=FRIDAY), "last"),
        (replace(AWAY, last=date(2026, 1, 1)), "last"),
        (replace(AWAY, reason=""), "reason"),
        (replace(AWAY, first=date(2024, 10, 3), last=date(2024, 10, 9)), "first"),
        (Training("M04", date(2024, 9, 21), 4, "区司法局", "调解技巧"), "day"),
        (Training("M04", FRIDAY, 0, "区司法局", "调解技巧"), "hours"),
        (Training("M04", FRIDAY, 1.25, "区司法局", "调解技巧"), "hours"),
        (Training("M04", FRIDAY, 4, "", "调解技巧"), "organiser"),
        (Training("M04", date(2024, 5, 6), 4, "区司法局", "民法典"), "subject"),
        (Award("M04", FRIDAY, "", "区司法局"), "title"),
        (Award("M04", FRIDAY, "优秀人民调解员", ""), "issuer"),
    ],
)
def test_what_cannot_be_kept(kept: Leave | Training | Award, field: str) -> None:
    others = Records(leave=(AWAY,), trainings=(Training("M04", date(2024, 5, 6), 8, "省厅", "民法典"),))
    if isinstance(kept, Leave) and field != "first":
        others = Records()
    assert [problem.field for problem in check(kept, others, FRIDAY)] == [field]


def test_days_off_that_were_cancelled_stand_in_nobody_s_way() -> None:
    assert check(AWAY, Records(leave=(replace(AWAY, cancelled="提前回来"),)), FRIDAY) == ()


def test_a_term_is_renewed_when_it_ends_and_not_before() -> None:
    ending = replace(LIU, term_start="2021-11-01")
    assert next_term(ending) == date(2024, 11, 2)
    assert check_renewal(ending, date(2024, 11, 2), FRIDAY) == ()
    (early,) = check_renewal(LIU, date(2025, 1, 1), FRIDAY)
    assert "不到续聘的时候" in early.sentence and early.article == "《人民调解法》第九条"
    assert check_renewal(replace(ending, status="ended"), date(2024, 11, 2), FRIDAY)
    assert check_renewal(ending, date(2021, 11, 1), FRIDAY)
    assert check_renewal(replace(LIU, term_start="2019-01-01"), FRIDAY, FRIDAY) == ()


def test_a_day_is_covered_by_any_of_the_terms() -> None:
    terms = [date(2018, 9, 18), date(2021, 9, 19)]
    assert covered(terms, date(2021, 9, 18)) and covered(terms, date(2024, 9, 19))
    assert not covered(terms, date(2024, 9, 20)) and not covered([], FRIDAY)


# --- next free day -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("standing", "day"),
    [
        (Standing(), MONDAY),
        (Standing(booked=frozenset({MONDAY})), date(2024, 9, 26)),
        (Standing(leave=(AWAY,)), date(2024, 10, 7)),
        (Standing(leave=(replace(AWAY, cancelled="提前回来"),)), MONDAY),
        (Standing(leave=(replace(AWAY, last=FRIDAY + timedelta(days=80)),)), None),
    ],
)
def test_the_next_free_day(standing: Standing, day: date | None) -> None:
    assert next_free(LIU, standing, FRIDAY) == day


def test_who_comes_whenever_called_has_a_day_only_when_away() -> None:
    on_call = replace(LIU, free_days="")
    assert next_free(on_call, Standing(), FRIDAY) is None
    assert next_free(on_call, Standing(leave=(AWAY,)), MONDAY) == date(2024, 10, 4)


# --- suggestions -------------------------------------------------------------------------------------------------

DISPUTE = Dispute(MONDAY, township="T", kind="03", kind_name="宅基地纠纷")


def test_load_lowers_success_raises_a_little_and_both_are_said() -> None:
    busy, able, plain = (replace(LIU, code=code) for code in ("M01", "M02", "M03"))
    standings = {
        "M01": Standing(Results(open=6, settled=9, failed=1)),
        "M02": Standing(Results(open=1, settled=9, failed=1)),
    }
    ranked = rank(DISPUTE, [busy, able, plain], standings)
    assert [each.mediator.code for each in ranked] == ["M02", "M03", "M01"]
    assert ranked[0].reasons[-2:] == ("成功率90%", "在办1件")
    assert "在办6件" in ranked[2].reasons


def test_success_alone_makes_nobody_suitable() -> None:
    stranger = replace(LIU, township="U", skills=(), free_days="2")
    (ranked,) = rank(DISPUTE, [stranger], {"M04": Standing(Results(settled=30))})
    assert ranked.reasons == () and ranked.merit == 0


def test_who_is_off_is_told_and_has_no_free_day() -> None:
    (ranked,) = rank(DISPUTE, [LIU], {"M04": Standing(leave=(AWAY,))})
    assert ranked.conflicts == ("9月23日至10月3日请假",) and "今天有空" not in ranked.reasons
    (taken,) = rank(DISPUTE, [LIU], {"M04": Standing(booked=frozenset({MONDAY}))})
    assert taken.conflicts == () and "今天有空" not in taken.reasons


# --- call-outs ---------------------------------------------------------------------------------------------------

TEN = datetime(2024, 9, 20, 10, 0)


def callout(minutes: int | None = None, outcome: str = "came", come_at: datetime | None = None) -> Callout:
    arrived = TEN + timedelta(minutes=minutes) if minutes is not None else None
    return Callout(
        1, "M04", "刘样例", 0, "", "调解", "phone", TEN, "登记员", come_at, "", "", outcome, arrived, ""
    )


def test_the_median_is_of_those_called_at_once_who_came() -> None:
    calls = [callout(10), callout(30), callout(50), callout(600, come_at=TEN), callout(None, "declined")]
    found = summary(calls)
    assert (found.calls, found.came, found.declined, found.median_minutes) == (5, 4, 1, 30)
    assert summary([]).median_minutes is None
    assert found.words == "呼叫5次，到场4次，来不了1次，响应中位数30分钟"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "0分钟"), (59, "59分钟"), (125, "2小时5分钟"), (120, "2小时"), (1620, "1天3小时")],
)
def test_minutes_as_they_are_said(minutes: int, said: str) -> None:
    assert said_minutes(minutes) == said


@pytest.mark.parametrize(
    ("outcome", "arrived", "field"),
    [
        ("", None, "outcome"),
        ("came", None, "arrived_at"),
        ("came", TEN - timedelta(minutes=1), "arrived_at"),
        ("came", TEN + timedelta(hours=2), "arrived_at"),
        ("declined", TEN, "arrived_at"),
    ],
)
def test_an_answer_that_cannot_be(outcome: str, arrived: datetime | None, field: str) -> None:
    open_call = callout(None, "")
    (problem,) = check_answer(open_call, outcome, arrived, "", TEN + timedelta(hours=1))
    assert problem.field == field


def test_a_call_that_cannot_be() -> None:
    now = TEN + timedelta(hours=1)
    good = CallForm("M04", "调解")
    assert check_call(good, TEN, now) == ()
    fields = [
        check_call(form, called, now)[0].field
        for form, called in (
            (replace(good, purpose=""), TEN),
            (replace(good, how="drum"), TEN),
            (good, now + timedelta(minutes=1)),
            (good, now - timedelta(days=40)),
            (replace(good, come_at=TEN - timedelta(hours=1)), TEN),
        )
    ]
    assert fields == ["purpose", "how", "called_at", "called_at", "come_at"]
