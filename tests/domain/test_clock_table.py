"""Every clock of the office's table: counted by hand around the holidays, and against a count that goes day by day."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyuan_desk.domain.calendar import WorkCalendar
from qingyuan_desk.domain.clocks import ClockRule, again, due, ending, last_moment
from tests.domain.office_tables import reference, rows

CALENDAR = WorkCalendar()
RULES = tuple(rule for row in rows("clocks") if (rule := reference().clock(row["id"])))
#: Days of the law's own table (LP) beside those of the office.
STARTS = st.dates(date(2019, 1, 1), date(2031, 12, 31))
EDITS = st.dictionaries(st.dates(date(2026, 9, 1), date(2027, 3, 31)), st.booleans(), max_size=25)


def named(rule_id: str) -> ClockRule:
    rule = reference().clock(rule_id)
    assert rule is not None, rule_id
    return rule


def day(text: str) -> date:
    return date.fromisoformat(text)


# --- counted by hand ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule_id", "start", "natural", "shifted", "provisional"),
    [
        # The test vectors of the law's table.
        ("petition_register", "2025-01-10", "2025-01-25", "2025-01-26", False),  # Saturday; the Sunday was worked
        ("petition_finish", "2025-03-03", "2025-05-02", "2025-05-06", False),
        ("petition_extension", "2025-05-02", "2025-06-01", "2025-06-03", False),  # 60 and 30 days from 3 March
        ("petition_notify_forwarded", "2025-09-17", "2025-10-02", "2025-10-09", False),
        ("mediation_confirm", "2025-06-01", "2025-07-01", "2025-07-01", False),
        # National Day 2025: off 1 to 8 October, worked Sunday 28 September and Saturday 11 October.
        ("petition_objection", "2025-09-26", "2025-10-10", "2025-10-10", False),
        ("petition_objection", "2025-09-30", "2025-10-14", "2025-10-14", False),
        ("petition_reforward", "2025-09-24", "2025-09-30", "2025-09-30", False),
        ("urge_reply", "2025-09-30", "2025-10-11", "2025-10-11", False),
        ("petition_notify", "2025-09-26", "2025-10-11", "2025-10-11", False),  # a worked Saturday does not move
        ("petition_review_request", "2025-09-01", "2025-10-01", "2025-10-09", False),
        ("petition_review_answer", "2025-09-08", "2025-10-08", "2025-10-09", False),
        ("handover_send", "2025-09-13", "2025-09-28", "2025-09-28", False),  # a worked Sunday
        ("legalaid_decide", "2025-09-27", "2025-10-04", "2025-10-09", False),
        ("legalaid_assign", "2025-09-29", "2025-10-02", "2025-10-09", False),
        # Spring Festival 2026: off 15 to 23 February, worked Saturdays 14 and 28 February.
        ("petition_objection", "2026-02-12", "2026-02-26", "2026-02-26", False),
        ("consult_letter", "2026-02-11", "2026-02-27", "2026-02-27", False),
        ("support_response", "2026-02-13", "2026-02-27", "2026-02-27", False),
        ("petition_register", "2026-02-05", "2026-02-20", "2026-02-24", False),
        ("petition_finish", "2025-12-25", "2026-02-23", "2026-02-24", False),
        ("petition_recheck_request", "2026-01-16", "2026-02-15", "2026-02-24", False),
        ("petition_recheck_answer", "2026-01-15", "2026-02-14", "2026-02-14", False),
        ("mediation_finish", "2026-01-31", "2026-02-28", "2026-02-28", False),  # a worked Saturday ends the month
        ("mediation_finish", "2026-01-20", "2026-02-20", "2026-02-24", False),
        ("court_accept", "2026-02-12", "2026-02-15", "2026-02-24", False),
        ("court_confirm", "2026-02-06", "2026-02-21", "2026-02-24", False),
        # Leap day 2028, in a year whose holidays nobody knows.
        ("petition_register", "2028-02-14", "2028-02-29", "2028-02-29", True),
        ("petition_notify", "2028-02-15", "2028-03-01", "2028-03-01", True),
        ("mediation_finish", "2028-01-31", "2028-02-29", "2028-02-29", True),
        ("mediation_finish", "2028-02-29", "2028-03-29", "2028-03-29", True),
        ("admin_lawsuit", "2027-08-31", "2028-02-29", "2028-02-29", True),
        ("labour_arbitration", "2028-02-29", "2029-02-28", "2029-02-28", True),
        ("limitation_civil", "2024-02-29", "2027-02-28", "2027-03-01", True),  # a Sunday
        ("land_arbitration", "2026-02-28", "2028-02-28", "2028-02-28", True),
        # The end of 2026: the holidays of 2027 are not published, New Year's Day is off all the same.
        ("petition_register", "2026-12-16", "2026-12-31", "2026-12-31", False),
        ("petition_register", "2026-12-17", "2027-01-01", "2027-01-04", True),
        ("petition_register", "2026-12-18", "2027-01-02", "2027-01-04", True),
        ("petition_objection", "2026-12-24", "2026-12-31", "2026-12-31", False),
        ("petition_objection", "2026-12-28", "2027-01-05", "2027-01-05", True),
        ("petition_finish", "2026-11-24", "2027-01-23", "2027-01-25", True),
        ("review_apply", "2026-11-02", "2027-01-01", "2027-01-04", True),
        ("labour_award", "2026-11-17", "2027-01-01", "2027-01-04", True),
        ("ending_recheck", "2026-11-24", "2027-02-22", "2027-02-22", True),
        ("admin_lawsuit_after_review", "2026-12-26", "2027-01-10", "2027-01-11", True),
        # At once means today.
        ("alert_report", "2026-10-03", "2026-10-03", "2026-10-03", False),
    ],
)  # fmt: skip
def test_counted_by_hand(rule_id: str, start: str, natural: str, shifted: str, provisional: bool) -> None:
    found = due(named(rule_id), day(start), CALENDAR)
    assert (found.natural_end, found.shifted_end) == (day(natural), day(shifted))
    assert (found.alarm_on, found.provisional) == (day(natural), provisional)


@pytest.mark.parametrize(
    ("rule_id", "asked", "last"),
    [
        ("consult_online", "2025-09-30 16:00", "2025-09-30 21:00"),
        ("consult_online", "2026-12-31 20:30", "2027-01-01 01:30"),
        ("consult_online", "2025-10-01 09:00", "2025-10-01 14:00"),  # hours run through holidays
        ("consult_message", "2028-02-28 09:00", "2028-02-29 09:00"),
        ("consult_message", "2026-02-14 17:59", "2026-02-15 17:59"),
    ],
)
def test_hours_end_with_their_last_moment(rule_id: str, asked: str, last: str) -> None:
    rule = named(rule_id)
    at = datetime.fromisoformat(asked).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    assert last_moment(rule, at).replace(tzinfo=None) == datetime.fromisoformat(last)
    found = ending(rule, at.date(), last_moment(rule, at).date(), CALENDAR)
    assert found.natural_end == found.shifted_end == found.alarm_on == day(last[:10])
    assert not found.provisional


def test_every_unit_of_the_table_is_one_the_clocks_know() -> None:
    assert {rule.unit for rule in RULES} == {"day", "workday", "month", "year", "hour"}
    assert all(rule.limit > 0 for rule in RULES if rule.id != "alert_report")


# --- against a count that goes day by day ------------------------------------------------------------------------


def slowly(rule: ClockRule, start: date, calendar_: WorkCalendar) -> date:
    """The last day, counted one day at a time (workdays) or by the calendar's own pages (months)."""
    if rule.unit in ("day", "hour"):
        days = rule.limit if rule.unit == "day" else -(-rule.limit // 24)
        return max(start + timedelta(days=count) for count in range(days + 1))
    if rule.unit == "workday":
        counted, today = 0, start
        while counted < rule.limit:
            today += timedelta(days=1)
            counted += calendar_.is_workday(today)
        return today
    month = start.replace(day=1)
    for _ in range(rule.limit * (12 if rule.unit == "year" else 1)):
        month = (month + timedelta(days=31)).replace(day=1)
    return month.replace(day=min(start.day, calendar.monthrange(month.year, month.month)[1]))


@given(st.sampled_from(RULES), STARTS, EDITS)
def test_any_clock_under_any_calendar(rule: ClockRule, start: date, edits: dict[date, bool]) -> None:
    own = WorkCalendar(edits)
    found = due(rule, start, own)
    assert found.natural_end == slowly(rule, start, own)
    assert found.start == start and (found.natural_end > start or rule.limit == 0)
    assert found.shifted_end >= found.natural_end
    assert found.alarm_on == min(found.natural_end, found.shifted_end)
    if rule.unit == "hour":
        assert found.shifted_end == found.natural_end
        return
    assert own.is_workday(found.shifted_end)
    between = range((found.shifted_end - found.natural_end).days)
    assert not any(own.is_workday(found.natural_end + timedelta(days=count)) for count in between)
    if rule.unit == "workday":
        assert found.shifted_end == found.natural_end
    assert ending(rule, start, found.shifted_end, own).shifted_end == found.shifted_end
    known = own.known(found.natural_end) and own.known(found.shifted_end)
    assert found.provisional or known


@given(st.sampled_from(RULES), STARTS, st.integers(1, 40), EDITS)
def test_a_later_start_never_ends_earlier(
    rule: ClockRule, start: date, later: int, edits: dict[date, bool]
) -> None:
    own = WorkCalendar(edits)
    first, second = due(rule, start, own), due(rule, start + timedelta(days=later), own)
    assert first.natural_end <= second.natural_end
    assert first.shifted_end <= second.shifted_end


# --- a calendar that changes -------------------------------------------------------------------------------------


@given(st.sampled_from(RULES), st.dates(date(2026, 9, 1), date(2027, 2, 28)), EDITS)
def test_counted_anew_a_clock_is_as_if_it_had_always_been_so(
    rule: ClockRule, start: date, edits: dict[date, bool]
) -> None:
    own = WorkCalendar(edits)
    was = due(rule, start, CALENDAR)
    now = again(rule, was, CALENDAR, own)
    assert now == due(rule, start, own)
    assert again(rule, was, CALENDAR, CALENDAR) == was
    assert again(rule, now, own, own) == now
    assert again(rule, now, own, CALENDAR) == was


@given(st.dates(date(2026, 9, 1), date(2027, 2, 28)), st.integers(6, 60), EDITS)
def test_a_last_day_somebody_set_stays(start: date, given_days: int, edits: dict[date, bool]) -> None:
    rule, own = named("petition_objection"), WorkCalendar(edits)
    natural = start + timedelta(days=given_days)
    was = ending(rule, start, natural, CALENDAR)
    if due(rule, start, CALENDAR).natural_end != natural:
        assert again(rule, was, CALENDAR, own).natural_end == natural
