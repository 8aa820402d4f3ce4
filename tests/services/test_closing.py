"""Closing a period: what was reported stays to the last byte, and what changes afterwards is told beside the next paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from qingyuan_desk.domain import closing as rules
from qingyuan_desk.domain import figures_json
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Conflict, NotAllowed, NotFound, Refused
from qingyuan_desk.domain.periods import Period
from qingyuan_desk.services import closing, reception, reporting, training
from qingyuan_desk.services.office import Office
from tests.conftest import SHANGHAI, Clock

JULY, AUGUST, SEPTEMBER = (Period.month(2024, month) for month in (7, 8, 9))
SUMMER = Period.quarter(2024, 3)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Clock]]:
    """A played year, ending on 20 September 2024."""
    clock = Clock()
    office = Office.open(tmp_path_factory.mktemp("演练"), now=clock, training=True)
    training.play_year(office, office.actor("clerk"), visits=120)
    yield office, clock
    office.close()


def void_a_visit_of(office: Office, month: Period) -> None:
    """Take the month's last single visit back, long after it was registered."""
    with office.store.read() as rows:
        number = rows.value(
            "SELECT v.number FROM visit v JOIN matter m ON m.id = v.matter_id WHERE v.state = 'valid' AND m.sealed = 0"
            " AND m.visits = 1 AND m.flow = 'consultation' AND v.business_day BETWEEN ? AND ? ORDER BY v.id DESC",
            (month.first.isoformat(), month.last.isoformat()),
        )
    reception.take_back(office, office.actor("clerk"), f"void-{number}", number, "重复登记")


def test_a_closed_month_stays_and_the_next_tells_what_changed(year: tuple[Office, Clock]) -> None:
    office, _ = year
    leader = office.actor("leader")
    before = reporting.period(office, leader, AUGUST)
    done = closing.close(office, leader, "close-8", AUGUST)
    paper, kept = closing.paper(office, leader, AUGUST), closing.figures_file(office, leader, AUGUST)
    assert (done.closed_by, done.digest) == ("leader", rules.digest(kept))
    assert closing.footnotes(office, leader, SEPTEMBER) == ()
    assert closing.verify(office, leader, AUGUST).changes == ()

    void_a_visit_of(office, AUGUST)

    assert closing.paper(office, leader, AUGUST) == paper
    assert closing.figures_file(office, leader, AUGUST) == kept == reporting.json_file(before)
    verified = closing.verify(office, leader, AUGUST)
    assert verified.sound
    visits = before.totals.visits
    told = f"接待来访由 {visits} 件次变为 {visits - 1} 件次"
    assert told in [each.words for each in verified.changes]
    (note,) = closing.footnotes(office, leader, SEPTEMBER)
    assert note.startswith("2024年8月已经结账，结账后有变动：")
    assert told in note and "作废文号由" in note
    facts = closing.facts(office, leader, reporting.period(office, leader, SEPTEMBER))
    assert note in str(facts)
    # The quarter tells it too: its three months no longer add up to it.
    assert told in "".join(closing.footnotes(office, leader, SUMMER))


def test_a_change_is_told_once(year: tuple[Office, Clock]) -> None:
    office, clock = year
    leader, was = office.actor("leader"), clock.moment
    closing.close(office, leader, "close-7", JULY)
    void_a_visit_of(office, JULY)
    clock.moment = datetime(2024, 10, 8, 9, 0, tzinfo=SHANGHAI)
    notes = closing.footnotes(office, leader, SEPTEMBER)
    assert any(note.startswith("2024年7月") for note in notes)
    closing.close(office, leader, "close-9", SEPTEMBER)
    assert closing.footnotes(office, leader, Period.month(2024, 10)) == ()
    void_a_visit_of(office, JULY)
    (note,) = closing.footnotes(office, leader, Period.month(2024, 10))
    now = reporting.period(office, leader, JULY).totals.visits
    assert f"接待来访由 {now + 1} 件次变为 {now} 件次" in note
    clock.moment = was


def test_every_number_of_a_report_has_a_name_of_its_own(year: tuple[Office, Clock]) -> None:
    office, _ = year
    figures = figures_json.as_json(reporting.period(office, office.actor("leader"), Period.year(2024)))
    counted = list(rules.counted(figures))
    assert len({each.key for each in counted}) == len(counted)
    assert all(each.name and each.unit and each.name.strip() == each.name for each in counted)
    assert not [each for each in counted if each.name.isascii()]


# --- what is refused -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        (SEPTEMBER, "还没有过完"),
        (Period.span(AUGUST.first, AUGUST.last), "任意一段日期不结账"),
        (Period.year(2024), "还没有过完"),
    ],
)
def test_what_cannot_be_closed(office: Office, period: Period, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        closing.close(office, office.actor("leader"), "close", period)
    with pytest.raises(NotFound, match="还没有结账"):
        closing.paper(office, office.actor("leader"), period)


def test_a_period_is_closed_once(office: Office, clock: Clock) -> None:
    leader = office.actor("leader")
    done = closing.close(office, leader, "close", AUGUST)
    clock.forward(days=3)
    assert closing.close(office, leader, "close", AUGUST) == done == closing.closed(office, leader, AUGUST)
    with pytest.raises(Conflict, match="2024年8月已于2024年9月20日结账"):
        closing.close(office, leader, "again", AUGUST)
    with pytest.raises(Conflict, match="另一期"):
        closing.close(office, leader, "close", JULY)
    assert closing.closed(office, leader, JULY) is None


@pytest.mark.parametrize("code", ["clerk", "mediator"])
def test_only_a_leader_closes(office: Office, code: str) -> None:
    with pytest.raises(NotAllowed):
        closing.close(office, office.actor(code), "close", AUGUST)


def test_an_auditor_reads_what_was_kept(office: Office) -> None:
    closing.close(office, office.actor("leader"), "close", AUGUST)
    assert closing.verify(office, Actor("guest", "审计", "auditor"), AUGUST).sound


def test_what_somebody_changed_behind_the_desk_is_found(office: Office) -> None:
    leader = office.actor("leader")
    closing.close(office, leader, "close", AUGUST)
    with office.store.write() as tx:
        tx.run("UPDATE closed_period SET figures = replace(figures, '\"visits\": 0', '\"visits\": 9')")
    verified = closing.verify(office, leader, AUGUST)
    assert (verified.figures, verified.facts, verified.sound) == (False, True, False)


def test_a_folder_that_cannot_be_written_closes_nothing(office: Office, tmp_path: Path) -> None:
    from qingyuan_desk.domain.errors import Unavailable

    office.store.read_only = Unavailable("QY-103", path=tmp_path)
    with pytest.raises(Unavailable) as refused:
        closing.close(office, office.actor("leader"), "close", AUGUST)
    assert refused.value.code == "QY-103"
