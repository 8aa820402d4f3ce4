"""The invented year: the same every time, in the right proportions, nobody real in it, and never in an office's folder."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from qingyuan_desk.domain.errors import Unavailable
from qingyuan_desk.domain.handling.following import FORMS
from qingyuan_desk.domain.identity import read_id
from qingyuan_desk.domain.numbers import business_date
from qingyuan_desk.domain.training.year import plan
from qingyuan_desk.services import outreach, reporting, training, upkeep
from qingyuan_desk.services import today as todays
from qingyuan_desk.services.office import SEEDS, Office
from qingyuan_desk.store.database import Row
from tests.conftest import SHANGHAI

NOW = datetime(2024, 9, 20, 10, 32, 5, tzinfo=SHANGHAI)
VISITS = 120


def played(folder: Path, visits: int = VISITS) -> tuple[Office, training.Played]:
    office = Office.open(folder, now=lambda: NOW, training=True)
    return office, training.play_year(office, office.actor("clerk"), visits=visits)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, training.Played]]:
    """A year smaller than the real one."""
    office, done = played(tmp_path_factory.mktemp("演练"))
    yield office, done
    office.close()


def rows_of(office: Office, sql: str) -> list[Row]:
    with office.store.read() as rows:
        return rows.all(sql)


def test_so_many_visits_ending_today(year: tuple[Office, training.Played]) -> None:
    office, done = year
    assert done.visits == VISITS
    visits = rows_of(office, "SELECT business_day, received_at, registered_at, number FROM visit ORDER BY id")
    assert len(visits) == VISITS
    days = [date.fromisoformat(row["business_day"]) for row in visits]
    assert days == sorted(days)
    assert NOW.date() - timedelta(days=364) <= days[0] <= days[-1] <= NOW.date()
    assert all(office.calendar.is_workday(day) for day in days)
    moments = [datetime.fromisoformat(row["registered_at"]) for row in visits]
    assert moments == sorted(moments)
    assert moments[-1] <= NOW
    assert all(row["received_at"] < row["registered_at"] for row in visits)
    assert upkeep.check(office).faults == ()


def test_more_than_half_ask_for_legal_advice(year: tuple[Office, training.Played]) -> None:
    office, done = year
    visits = Counter(row["category"] for row in rows_of(office, "SELECT category FROM visit"))
    assert visits["legal_question"] > VISITS / 2
    assert [category for category, _ in visits.most_common(3)] == [
        "legal_question",
        "civil_dispute",
        "petition_matter",
    ]
    assert set(visits) == {category.code for category in office.reference.categories}
    assert len(done.samples) == 6


def test_matters_come_again_in_groups_sealed_and_taken_back(year: tuple[Office, training.Played]) -> None:
    office, done = year
    matters = rows_of(office, "SELECT visits, sealed, state FROM matter")
    assert done.matters == len(matters) < VISITS
    assert done.groups == len(rows_of(office, "SELECT 1 FROM visit WHERE is_group = 1")) > 0
    assert done.sealed == sum(row["sealed"] for row in matters) > 0
    assert done.taken_back == len(rows_of(office, "SELECT 1 FROM visit WHERE state = 'void'")) > 0
    assert max(row["visits"] for row in matters) > 1
    reps = rows_of(office, "SELECT count(*) FROM party WHERE role = 'representative' GROUP BY visit_id")
    assert all(2 <= row[0] <= 5 for row in reps)


def test_rooms_of_triage_mostly_agree(year: tuple[Office, training.Played]) -> None:
    _, done = year
    assert done.decided_otherwise < done.matters / 5


def test_its_share_of_disputes_is_settled(year: tuple[Office, training.Played]) -> None:
    """56 in a year of 630 visits; both of the sources the newspaper names, and no other."""
    office, done = year
    settled = rows_of(
        office,
        "SELECT m.source, d.form FROM mediation d JOIN matter m ON m.id = d.matter_id WHERE d.result = 'agreed'",
    )
    assert len(settled) == done.settled == round(56 * VISITS / 630)
    assert {row["source"] for row in settled} == {"walk_in", "township_report"}
    assert {row["form"] for row in settled} == {"oral", "written"}
    nodes = {row["node"] for row in rows_of(office, "SELECT node FROM matter WHERE flow = 'mediation'")}
    assert {"closed", "ended"} <= nodes, "some come to an end"
    assert nodes & {"consent", "assign", "schedule", "mediating"}, "some are still under way"


@pytest.mark.parametrize("end", ["2024-02-18T16:00", "2025-10-06T09:00", "2026-12-31T17:20"])
def test_as_many_are_settled_whenever_a_whole_year_ends(
    year: tuple[Office, training.Played], end: str
) -> None:
    office, until = year[0], datetime.fromisoformat(end).replace(tzinfo=SHANGHAI)
    days = [until.date() + timedelta(days=on) for on in range(-364, 150)]
    script = tomllib.loads((SEEDS / "training.toml").read_text(encoding="utf-8"))
    workdays = [day for day in days if office.calendar.is_workday(day)]
    acts = plan(script, office.reference, workdays, until, training.VISITS)
    assert sum(act.text in ("simple", "oral", "sign") for act in acts) == 56
    assert acts[-1].at <= until


def test_mediations_keep_to_working_days_and_the_end(year: tuple[Office, training.Played]) -> None:
    office, _ = year
    done = rows_of(office, "SELECT at, action FROM event WHERE action LIKE 'mediation.%' ORDER BY id")
    moments = [datetime.fromisoformat(row["at"]) for row in done]
    assert moments == sorted(moments)
    assert all(office.calendar.is_workday(moment.date()) for moment in moments)
    assert moments[-1] <= NOW
    held = rows_of(
        office, "SELECT planned_at, started_at, ended_at FROM mediation_session WHERE ended_at IS NOT NULL"
    )
    assert all(row["planned_at"] <= row["started_at"] < row["ended_at"] for row in held)
    due = rows_of(office, "SELECT due_on FROM instalment")
    assert all(office.calendar.is_workday(date.fromisoformat(row["due_on"])) for row in due)


# --- what becomes of everything that is no dispute ------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The year as it is shown: 630 visits."""
    office, done = played(tmp_path_factory.mktemp("全年"), training.VISITS)
    assert (done.visits, done.settled) == (630, 56), "the article's figures"
    yield office
    office.close()


def test_every_course_is_taken(whole: Office) -> None:
    """All that a petition, a hand-over, a question can come to has come to one; most is over."""
    nodes = Counter((row["flow"], row["node"]) for row in rows_of(whole, "SELECT flow, node FROM matter"))
    petitions = {node for flow, node in nodes if flow == "petition"}
    assert {"closed", "not_accepted", "no_more", "rechecked", "withdrawn", "disciplined"} <= petitions
    assert {"to_forward", "forwarded", "received", "handling", "answered"} & petitions
    assert {("handover", node) for node in ("closed", "guided", "received")} <= set(nodes)
    assert {("consultation", node) for node in ("answered", "aided", "booked")} <= set(nodes)
    open_ones = rows_of(whole, "SELECT count(*) FROM matter WHERE state = 'open' AND flow <> 'mediation'")[0][
        0
    ]
    assert 10 <= open_ones <= 60
    taken = {
        row[0] for row in rows_of(whole, "SELECT DISTINCT action FROM event WHERE action LIKE 'handling.%'")
    }
    offered = {f"handling.{step}" for step in FORMS}
    assert offered - taken <= {"handling.reassign"}, "every step stands on some timeline"
    assert upkeep.check(whole).faults == ()


_DUTIES = "'petition_register', 'petition_notify', 'petition_finish', 'handover_reply', 'urge_reply'"


def test_most_is_in_time_and_few_things_are_late(whole: Office) -> None:
    today = NOW.date().isoformat()
    clocks = Counter(
        bool(row["late"])
        for row in rows_of(
            whole,
            f"""SELECT CASE state WHEN 'running' THEN shifted_end < '{today}' ELSE ended_on > shifted_end END AS late
            FROM clock WHERE state <> 'cancelled' AND rule IN ({_DUTIES})""",
        )
    )
    assert 0 < clocks[True] < clocks[False] / 8
    due = todays.day(whole, whole.actor("clerk"))
    states = due.counts
    assert states["overdue"] and states["soon"] + states["ok"]
    assert {"clock", "urge", "receive"} <= {line.kind for line in due.lines}
    assert todays.proposals(whole, whole.actor("clerk"))


def test_its_months_say_who_went_from_petition_to_mediation_and_back(whole: Office) -> None:
    moved = rows_of(whole, "SELECT DISTINCT substr(until, 1, 7) AS month FROM stay WHERE until IS NOT NULL")
    found = [reporting.month(whole, whole.actor("clerk"), row["month"]).flows for row in moved]
    pairs = {(move.source, move.target) for flows in found for move in flows.moves}
    assert pairs == {("petition", "mediation"), ("mediation", "petition")}


def test_accusations_go_to_discipline_inspection_only(whole: Office) -> None:
    sent = rows_of(
        whole, "SELECT s.mode, s.unit FROM sending s JOIN matter m ON m.id = s.matter_id WHERE m.sealed = 1"
    )
    assert {(row["mode"], row["unit"]) for row in sent} == {("discipline", "discipline")}


def test_the_law_is_carried_out_of_the_house(whole: Office) -> None:
    """活动 97 次, 干警 150 余人次, 志愿者 190 余人次."""
    month = outreach.month(whole, whole.actor("clerk"), NOW.date() - timedelta(days=364), NOW.date())
    assert (month.total.times, month.total.officers, month.total.volunteers) == (97, 153, 192)
    assert all(sums.times for sums in month.by_target.values()), "all ten targets"


def test_handling_keeps_to_working_days(whole: Office) -> None:
    done = rows_of(whole, "SELECT at FROM event WHERE action LIKE 'handling.%' ORDER BY id")
    moments = [datetime.fromisoformat(row["at"]) for row in done]
    assert moments == sorted(moments) and moments[-1] <= NOW
    assert all(whole.calendar.is_workday(moment.date()) for moment in moments)


def test_everybody_is_plainly_invented(year: tuple[Office, training.Played]) -> None:
    office, _ = year
    parties = rows_of(office, "SELECT side, role, name, phone, id_type, id_number, birth_date FROM party")
    assert all("样例" in row["name"] or row["name"] == "匿名" for row in parties)
    assert all(re.fullmatch(r"(13800000\d{3})?", row["phone"]) for row in parties)
    numbers = [row["id_number"] for row in parties if row["id_number"]]
    assert numbers
    for number in numbers:
        reading = read_id("id_card", number, NOW.date())
        assert reading.problems == ()
        assert number[14:17] in ("998", "999"), "serials kept for people of a hundred years"


def test_the_same_year_again(year: tuple[Office, training.Played], tmp_path: Path) -> None:
    office, done = year
    other, again = played(tmp_path / "again")
    assert again == done
    said = (
        "SELECT number, received_at, narrative, category, room, unit, headcount, state FROM visit ORDER BY id"
    )
    mediated = "SELECT * FROM mediation JOIN appointment USING (matter_id) JOIN instalment USING (matter_id) ORDER BY 1"
    for sql in (said, mediated, "SELECT at, action, note FROM event ORDER BY id"):
        assert [tuple(row) for row in rows_of(other, sql)] == [tuple(row) for row in rows_of(office, sql)]
    other.close()


def test_played_twice_adds_nothing(year: tuple[Office, training.Played]) -> None:
    office, done = year
    before = rows_of(office, "SELECT count(*) FROM event UNION ALL SELECT count(*) FROM callout")
    assert training.play_year(office, office.actor("clerk"), visits=VISITS) == done
    assert len(rows_of(office, "SELECT 1 FROM visit")) == VISITS
    after = rows_of(office, "SELECT count(*) FROM event UNION ALL SELECT count(*) FROM callout")
    assert [row[0] for row in after] == [row[0] for row in before]


def test_its_months_add_up_to_the_year(year: tuple[Office, training.Played]) -> None:
    office, _ = year
    clerk, months = (
        office.actor("clerk"),
        [(2023, m) for m in (9, 10, 11, 12)] + [(2024, m) for m in range(1, 10)],
    )
    totals = [reporting.month(office, clerk, f"{year}-{month:02d}").totals for year, month in months]
    valid = rows_of(
        office,
        "SELECT v.headcount FROM visit v JOIN matter m ON m.id = v.matter_id WHERE v.state = 'valid' AND m.sealed = 0",
    )
    assert sum(month.visits for month in totals) == len(valid)
    assert sum(month.heads for month in totals) == sum(row["headcount"] for row in valid)
    kept = rows_of(office, "SELECT 1 FROM matter WHERE state <> 'void' AND sealed = 0")
    assert sum(month.new_matters for month in totals) == len(kept)


def test_progress_is_told(tmp_path: Path) -> None:
    office = Office.open(tmp_path, now=lambda: NOW, training=True)
    told: list[tuple[int, int]] = []
    training.play_year(office, office.actor("clerk"), lambda *step: told.append(step), visits=6)
    office.close()
    whole = told[0][1]
    assert told == [(done, whole) for done in range(1, whole + 1)]


@pytest.mark.parametrize("hour", [6, 8, 23])
def test_a_year_that_ends_at_any_hour(tmp_path: Path, hour: int) -> None:
    now = NOW.replace(hour=hour)
    office = Office.open(tmp_path, now=lambda: now, training=True)
    training.play_year(office, office.actor("clerk"), visits=12)
    last = rows_of(office, "SELECT max(registered_at) FROM visit")[0][0]
    office.close()
    assert datetime.fromisoformat(last) <= now
    assert business_date(datetime.fromisoformat(last)) <= now.date()


def test_papers_of_the_year(year: tuple[Office, training.Played], tmp_path: Path) -> None:
    office, done = year
    files = training.write_papers(office, office.actor("clerk"), done, tmp_path)
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == set(files)
    assert len(files) == 2 * len(done.samples) + 4 + 12 + 4 + 1 + 1
    (dossier,) = tmp_path.glob("人民调解卷宗-清事*.pdf")
    assert dossier.read_bytes().startswith(b"%PDF")
    assert (tmp_path / "以案定补申报表-2024Q2.pdf").exists()
    reports = tmp_path / "月报"
    months = ("2023年9月", "2023年12月", "2024年1月", "2024年8月")
    for name in (*(f"{month}月报" for month in months), "2023年第三季度季报", "2024年第二季度季报"):
        assert (reports / f"{name}.pdf").read_bytes().startswith(b"%PDF")
    assert len(list(reports.glob("*年*月1日至2024年8月31日*.pdf"))) == 1
    assert not list(reports.glob("2024年9月*"))
    facts = json.loads((reports / "2024年8月月报.json").read_text(encoding="utf-8"))
    assert facts["period"]["first_day"] == "2024-08-01"


def test_an_office_folder_refuses_it(office: Office) -> None:
    with pytest.raises(Unavailable) as refused:
        training.play_year(office, office.actor("clerk"))
    assert refused.value.code == "QY-121"
    assert rows_of(office, "SELECT 1 FROM visit") == []


def test_only_training_data_is_cleared(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as refused:
        training.clear(office.folder)
    assert refused.value.code == "QY-121"
    assert (office.folder / "desk.db").exists()
    Office.open(tmp_path / "练", training=True).close()
    (tmp_path / "练" / "自己的文件.txt").write_text("留着", encoding="utf-8")
    (tmp_path / "练" / "attachments").mkdir()
    (tmp_path / "练" / "attachments" / "去年的.pdf").write_bytes(b"%PDF-")
    training.clear(tmp_path / "练")
    training.clear(tmp_path / "还没有")
    assert [path.name for path in (tmp_path / "练").iterdir()] == ["自己的文件.txt"]
