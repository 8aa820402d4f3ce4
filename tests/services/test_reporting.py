"""A little September counted by hand, and what everybody gets to see of it."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from qingyuan_desk.domain import figures_json
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.breakdowns import Counts
from qingyuan_desk.domain.errors import NotAllowed, Refused, Unavailable
from qingyuan_desk.domain.figures import Figures, Totals
from qingyuan_desk.domain.visit import Person, Registered, VisitForm
from qingyuan_desk.services import reception, reporting
from qingyuan_desk.services.office import Office
from tests.conftest import SHANGHAI, Clock
from tests.documents.reading import layout, needs_poppler

Make = Callable[..., VisitForm]
Come = Callable[..., Registered]


@pytest.fixture
def come(office: Office, clock: Clock, clerk: Actor, visit: Make) -> Come:
    """`come(month, day, minutes, …)`: somebody comes at nine, and is registered so many minutes later."""

    def register(month: int, day: int, minutes: int = 5, late_days: int = 0, **facts: object) -> Registered:
        came = datetime(2024, month, day, 9, 0, tzinfo=SHANGHAI)
        clock.moment = came + timedelta(days=late_days, minutes=minutes)
        return reception.register(
            office, clerk, visit(received_at=came, route_reason="按来访人诉求", **facts)
        )

    return register


@dataclass
class Month:
    """The little month and the numbers given in it."""

    second: str
    void: str


@pytest.fixture
def month(office: Office, clock: Clock, clerk: Actor, come: Come) -> Iterator[Month]:
    """One visit in August; nine registrations in September, of which one is void and one sealed."""
    law = {"category": "legal_question", "narrative": "想问怎样申请劳动仲裁。"}
    question = come(8, 28, township="清苑镇", **law)
    dispute = come(9, 2, 3, township="冉庄镇", category="civil_dispute", dispute_type="02", headcount=2)
    come(9, 3, matter=question.matter_number, **law)
    come(
        9,
        5,
        10,
        persons=tuple(
            Person(name=f"样例{n}", role="representative", township="冉庄镇") for n in "甲乙丙丁戊"
        ),
        narrative="23人工资未付。",
        category="civil_dispute",
        dispute_type="10",
        headcount=23,
        source="transfer_police",
    )
    again = come(9, 9, matter=dispute.matter_number, narrative="对方没有兑现。", source="township_report")
    come(9, 10, 4, category="petition_matter", narrative="反映补贴没有审批。")
    gone = come(9, 11, township="温仁镇", **law)
    reception.take_back(office, clerk, "take-back", gone.visit_number, "重复登记")
    come(9, 12, 30, category="petition_matter", flags=frozenset({"accusation"}), narrative="检举样例干部。")
    come(9, 20, 6, late_days=1, township="温仁镇", category="livelihood", narrative="路灯坏了。")
    clock.moment = datetime(2024, 10, 8, 9, 0, tzinfo=SHANGHAI)
    yield Month(again.visit_number, gone.visit_number)


def of_code(figures: Figures, table: str) -> dict[str, Counts]:
    """A table's lines that count anything, by code."""
    return {line.code: line.counts for line in figures.tables[table].lines if line.counts != Counts()}


def test_a_month_counted_by_hand(office: Office, clerk: Actor, month: Month) -> None:
    figures = reporting.month(office, clerk, "2024-09")

    assert figures.totals == Totals(
        matters=5, new_matters=4, visits=6, first_visits=4, groups=1, heads=29, group_heads=23
    )
    assert figures.totals.repeat_visits == 2
    assert (figures.totals.individual_visits, figures.totals.individual_heads) == (5, 6)
    assert {kind: (counts.visits, counts.heads) for kind, counts in figures.kinds.items()} == {
        (True, False): (3, 4),
        (True, True): (1, 23),
        (False, False): (2, 2),
        (False, True): (0, 0),
    }
    assert of_code(figures, "categories") == {
        "civil_dispute": Counts(2, 3, 1, 26),
        "legal_question": Counts(1, 1, 0, 1),
        "petition_matter": Counts(1, 1, 0, 1),
        "livelihood": Counts(1, 1, 0, 1),
    }
    assert of_code(figures, "flows") == {
        "mediation": Counts(2, 3, 1, 26),
        "consultation": Counts(1, 1, 0, 1),
        "petition": Counts(1, 1, 0, 1),
        "handover": Counts(1, 1, 0, 1),
    }
    # The dispute came twice: at the desk, then through its township; as one matter it stands where it came last.
    assert of_code(figures, "sources") == {
        "walk_in": Counts(3, 4, 0, 5),
        "township_report": Counts(1, 1, 0, 1),
        "transfer": Counts(1, 1, 1, 23),
        "transfer_police": Counts(1, 1, 1, 23),
    }
    assert of_code(figures, "townships") == {
        "130608101000": Counts(2, 3, 1, 26),
        "130608100000": Counts(1, 1, 0, 1),
        "130608104000": Counts(1, 1, 0, 1),
        "": Counts(1, 1, 0, 1),
    }
    assert of_code(figures, "dispute_types") == {"02": Counts(1, 2, 0, 3), "10": Counts(1, 1, 1, 23)}
    assert figures.triage_minutes == 5  # 3, 4, 5, 5, 10; the visit entered a day late is left out
    assert figures.void_numbers == (month.void,)


def test_limits_stand_in_the_month_of_their_last_day(office: Office, clerk: Actor, month: Month) -> None:
    # The petition's two limits ended on 25 September; those of the livelihood matter on 5 October, a holiday: 8 October.
    september = reporting.month(office, clerk, "2024-09").clocks
    october = reporting.month(office, clerk, "2024-10").clocks
    assert (september.due, september.overdue) == (2, 2)
    assert (october.due, october.running) == (2, 2)


def test_a_limit_met_in_time(office: Office, clerk: Actor, month: Month) -> None:
    with office.store.write() as tx:
        tx.run("UPDATE clock SET state = 'met', ended_on = '2024-09-25' WHERE rule = 'petition_register'")
    clocks = reporting.month(office, clerk, "2024-09").clocks
    assert (clocks.on_time, clocks.overdue) == (1, 1)


def test_beside_other_months(office: Office, clerk: Actor, clock: Clock, month: Month) -> None:
    september = reporting.month(office, clerk, "2024-09")
    assert september.previous.totals == Totals(
        matters=1, new_matters=1, visits=1, first_visits=1, heads=1, groups=0, group_heads=0
    )
    assert september.year_before.totals is None
    clock.moment = datetime(2025, 10, 8, 9, 0, tzinfo=SHANGHAI)
    assert reporting.month(office, clerk, "2025-09").year_before.totals == september.totals


def test_a_first_visit_taken_back_leaves_the_next_one_the_first(
    office: Office, clerk: Actor, come: Come
) -> None:
    first = come(9, 2)
    come(9, 3, matter=first.matter_number)
    reception.take_back(office, clerk, "take-back", first.visit_number, "选错了人")
    totals = reporting.month(office, clerk, "2024-09").totals
    assert (totals.visits, totals.first_visits, totals.matters, totals.new_matters) == (1, 1, 1, 1)


def test_sealed_matters_leave_no_trace(office: Office, clock: Clock, come: Come) -> None:
    """S1: neither the one who registered it nor a named reader gets other figures than anybody else."""
    come(9, 2)
    clock.moment = datetime(2024, 10, 30, 9, 0, tzinfo=SHANGHAI)
    actors = [office.actor("clerk"), office.actor("leader"), Actor("guest", "只读", "statistics")]

    def seen() -> list[object]:
        found: list[object] = []
        for actor in actors:
            figures = reporting.month(office, actor, "2024-09")
            found += [figures, figures_json.as_json(figures), reporting.month_pdf(office, actor, figures)]
        return found

    before = seen()
    sealed = come(
        9,
        3,
        category="petition_matter",
        flags=frozenset({"accusation"}),
        narrative="检举样例干部。",
        headcount=6,
    )
    assert sealed.sealed
    voided = come(
        9, 4, category="petition_matter", flags=frozenset({"accusation"}), narrative="控告样例干部。"
    )
    reception.take_back(office, actors[0], "take-back", voided.visit_number, "来访人要求撤回")
    clock.moment = datetime(2024, 10, 30, 9, 0, tzinfo=SHANGHAI)
    assert seen() == before


def test_who_may_count(office: Office, month: Month) -> None:
    with pytest.raises(NotAllowed, match="查看统计"):
        reporting.month(office, office.actor("mediator"), "2024-09")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2024-13", "“2024-13”不是月份。月份写作 2024-09 这样的形式。"),
        ("", "“”不是月份。月份写作 2024-09 这样的形式。"),
        ("2024-10", "2024年10月还没有到，最晚可以统计本月（2024年9月）。"),
    ],
)
def test_months_that_are_refused(office: Office, clerk: Actor, text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        reporting.month(office, clerk, text)
    assert refused.value.sentence == sentence


def test_figures_that_do_not_add_up_are_not_given(office: Office, clerk: Actor, month: Month) -> None:
    """A group's mark that contradicts its table is found by counting twice."""
    with office.store.write() as tx:
        tx.run("UPDATE visit SET is_group = 2 WHERE is_group = 1")
    with pytest.raises(Unavailable) as refused:
        reporting.month(office, clerk, "2024-09")
    assert refused.value.code == "QY-140"


def test_the_paper_says_what_was_counted(office: Office, clerk: Actor, month: Month, tmp_path: Path) -> None:
    figures = reporting.month(office, clerk, "2024-09")
    text = read(tmp_path, reporting.month_pdf(office, clerk, figures))
    words = "".join(text.split())
    assert (
        "2024年9月，保定市清苑区社会治安综合治理中心共接待来访6件次、29人次，涉及事项5件，其中新登记4件。"
        in words
    )
    assert re.search(r"冉庄镇\s+2\s+3\s+1\s+26", text)
    assert re.search(r"其中：公安\s+1\s+1\s+1\s+23\s+16.7%", text)
    assert re.search(r"合计\s+5\s+6\s+1\s+29", text)
    assert "检举" not in text and "密件" not in text


@needs_poppler
def test_the_paper_of_the_little_month_says_what_its_reference_says(
    office: Office, clerk: Actor, month: Month
) -> None:
    """After a change that is meant: RENEW_REFERENCES=1, and read the differences."""
    path = Path(__file__).parents[1] / "documents" / "reference" / "monthly" / "2024-09.txt"
    said = layout(reporting.month_pdf(office, clerk, reporting.month(office, clerk, "2024-09")))
    if "RENEW_REFERENCES" in os.environ:
        path.write_text(said, encoding="utf-8")
    assert said == path.read_text(encoding="utf-8")


def read(folder: Path, pdf: bytes) -> str:
    """The text of a PDF, laid out as printed."""
    path = folder / "report.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True)
    return done.stdout.decode()
