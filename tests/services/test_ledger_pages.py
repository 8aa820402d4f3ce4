"""The ledger page by page, one matter whole, notes, saved filters, today's figures."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Conflict, DeskError, NotAllowed, NotFound, Refused
from qingyuan_desk.domain.matter import LedgerFilter, LedgerRow
from qingyuan_desk.domain.numbers import SHANGHAI
from qingyuan_desk.domain.visit import Person, VisitForm
from qingyuan_desk.services import ledger, reception
from qingyuan_desk.services.office import Office

Visit = Callable[..., VisitForm]

#: What comes in turn: township, source, category with its flow, what is said.
KINDS = (
    ("冉庄镇", "walk_in", "民间纠纷", "矛盾纠纷调解", "邻居盖房占了宅基地，请求调解。"),
    ("清苑镇", "township_report", "信访事项", "信访", "反映村里道路多年不修。"),
    ("望亭镇", "transfer", "法律咨询", "法律咨询", "咨询赡养费怎么要。"),
)
FIRST = datetime(2024, 3, 1, 9, 0, tzinfo=SHANGHAI)


@pytest.fixture(scope="module")
def stocked(new_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Three hundred matters, two a day; every tenth was entered a fortnight late, every twentieth is void."""
    folder = tmp_path_factory.mktemp("stocked") / "数据"
    moment = FIRST
    office = Office.open(shutil.copytree(new_folder, folder), now=lambda: moment)
    clerk = office.actor("clerk")
    for serial in range(300):
        township, source, category, flow, said = KINDS[serial % 3]
        moment = FIRST + timedelta(hours=12 * serial)
        received = moment - timedelta(days=14) if serial % 10 == 9 else None
        form = VisitForm(
            f"r{serial}", (Person(f"样例{serial}", township=township),), (), received, source, 1, said,
            category, flow, route_reason="表格已定",
        )  # fmt: skip
        done = reception.register(office, clerk, form)
        if serial % 20 == 0:
            reception.take_back(office, clerk, f"b{serial}", done.visit_number, "重复登记")
    yield office
    office.close()


@pytest.fixture(scope="module")
def looking(stocked: Office) -> Actor:
    """The clerk of the stocked office."""
    return stocked.actor("clerk")


def _all(office: Office, actor: Actor, wanted: LedgerFilter, size: int) -> list[LedgerRow]:
    rows: list[LedgerRow] = []
    after = None
    while True:
        page = ledger.page(office, actor, wanted, after, size)
        rows += page.rows
        if page.next_key is None:
            return rows
        assert len(page.rows) == size
        after = page.next_key


def _order(row: LedgerRow) -> tuple[date, int]:
    return row.opened_on, row.matter_id


@pytest.mark.parametrize("size", [1, 7, 60, 100, 300, 1000])
def test_pages_follow_each_other_without_a_gap_or_a_repeat(
    stocked: Office, looking: Actor, size: int
) -> None:
    rows = _all(stocked, looking, LedgerFilter(), size)
    assert len({row.matter_id for row in rows}) == len(rows) == 300
    assert rows == sorted(rows, key=_order, reverse=True)


@pytest.mark.parametrize(
    ("wanted", "passes"),
    [
        (LedgerFilter(flow="mediation"), lambda row: row.flow == "mediation"),
        (LedgerFilter(state="void"), lambda row: row.state == "void"),
        (LedgerFilter(state="open"), lambda row: row.state == "open"),
        (LedgerFilter(source="transfer"), lambda row: row.source == "transfer"),
        (LedgerFilter(category="petition_matter"), lambda row: row.category == "petition_matter"),
        (LedgerFilter(unit="justice_bureau"), lambda row: row.unit == "justice_bureau"),
        (
            LedgerFilter(first_day=date(2024, 4, 1), last_day=date(2024, 4, 1)),
            lambda row: row.opened_on == date(2024, 4, 1),
        ),
        (LedgerFilter(first_day=date(2024, 5, 1)), lambda row: row.opened_on >= date(2024, 5, 1)),
        (LedgerFilter(last_day=date(2024, 3, 2)), lambda row: row.opened_on <= date(2024, 3, 2)),
        (
            LedgerFilter(flow="petition", state="open", last_day=date(2024, 5, 1)),
            lambda row: (row.flow, row.state) == ("petition", "open") and row.opened_on <= date(2024, 5, 1),
        ),
        (LedgerFilter(flow="nothing of ours"), lambda row: False),
    ],
)
def test_a_filter_lets_through_what_it_names(
    stocked: Office, looking: Actor, wanted: LedgerFilter, passes: Callable[[LedgerRow], bool]
) -> None:
    expected = [row for row in _all(stocked, looking, LedgerFilter(), 300) if passes(row)]
    assert _all(stocked, looking, wanted, 13) == expected
    assert ledger.count(stocked, looking, wanted) == len(expected)


def test_a_township_is_filtered_by_its_code(stocked: Office, looking: Actor) -> None:
    town = stocked.reference.township("冉庄镇")
    assert town is not None
    rows = _all(stocked, looking, LedgerFilter(township=town.code), 40)
    assert len(rows) == 100
    assert {row.category for row in rows} == {"civil_dispute"}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        # A word every third visit has, a person one visit has, both, and with another filter.
        (LedgerFilter(text="道路"), 100),
        (LedgerFilter(text="样例77"), 1),
        (LedgerFilter(text="样例77 赡养费"), 1),
        (LedgerFilter(text="样例77 道路"), 0),
        (LedgerFilter(text="道路", state="open"), 95),
        (LedgerFilter(text="道路", flow="mediation"), 0),
        (LedgerFilter(text="清事〔2024〕0078号"), 1),
    ],
)
def test_text_narrows_the_ledger(stocked: Office, looking: Actor, wanted: LedgerFilter, found: int) -> None:
    # What is void is not looked for by its words.
    void = 5 if wanted.text == "道路" and not wanted.state and not wanted.flow else 0
    rows = _all(stocked, looking, wanted, 9)
    assert len(rows) == ledger.count(stocked, looking, wanted) == found - void
    assert rows == sorted(rows, key=_order, reverse=True)


def test_counting_stops_at_its_cap(stocked: Office, looking: Actor) -> None:
    assert ledger.count(stocked, looking, LedgerFilter(), cap=50) == 50
    assert ledger.count(stocked, looking, LedgerFilter(), cap=500) == 300


def test_visits_that_arrive_meanwhile_disturb_no_page(
    office: Office, clerk: Actor, visit: Visit, clock: Any
) -> None:
    before = {reception.register(office, clerk, visit()).matter_id for _ in range(30)}
    seen: list[int] = []
    after = None
    while True:
        page = ledger.page(office, clerk, LedgerFilter(), after, 7)
        seen += [row.matter_id for row in page.rows]
        after = page.next_key
        clock.forward(minutes=1)
        reception.register(office, clerk, visit())
        reception.register(office, clerk, visit(received_at=clock.moment - timedelta(days=400)))
        if after is None or len(seen) > 100:
            break
    assert len(seen) == len(set(seen))
    assert before <= set(seen)


def test_a_row_says_what_the_ledger_shows(office: Office, clerk: Actor, visit: Visit) -> None:
    first = reception.register(
        office,
        clerk,
        visit(name="欧阳娜娜", headcount=3, category="信访事项", flow="信访", route_reason="本人要求"),
    )
    again = reception.register(office, clerk, visit(matter=first.matter_number))
    (row,) = ledger.page(office, clerk, LedgerFilter()).rows
    assert (row.visitor, row.visits, row.headcount, row.state, row.node) == (
        "欧阳**",
        2,
        3,
        "open",
        "待转送交办",
    )
    assert (row.number, row.last_visit_number) == (first.matter_number, again.visit_number)
    assert row.clock is not None
    assert (row.clock.state, row.clock.words) == ("ok", "还有 15 天（10月5日，顺延至10月8日）")


@pytest.mark.parametrize("role", ["administrator", "auditor", "statistics"])
def test_roles_without_case_work_read_no_ledger(office: Office, role: str) -> None:
    for ask in (
        lambda who: ledger.page(office, who, LedgerFilter()),
        lambda who: ledger.count(office, who, LedgerFilter()),
        lambda who: ledger.search(office, who, "张三"),
        lambda who: ledger.matter(office, who, 1),
        lambda who: ledger.add_note(office, who, "n", 1, "记一笔"),
    ):
        with pytest.raises(NotAllowed):
            ask(Actor("x", "样例", role))


# --- one matter ------------------------------------------------------------------------------------------------------


def test_a_matter_is_shown_whole(office: Office, clerk: Actor, visit: Visit, clock: Any) -> None:
    form = visit(
        persons=(Person("张三", "男", phone="13812345678", township="冉庄镇", address="村东头"), Person("李四", role="agent", authority="special")),
        opponent="王五", category="信访事项", flow="信访", route_reason="本人要求走信访", flags=frozenset({"urgent"}), headcount=2,
    )  # fmt: skip
    first = reception.register(office, clerk, form)
    clock.forward(days=1)
    ledger.add_note(office, office.actor("leader"), "n1", first.matter_id, "已电话联系\r\n对方同意来。\x00")
    reception.register(
        office, clerk, visit(matter=first.matter_number, narrative="来问进展。", opponent="王五")
    )
    facts = ledger.matter(office, clerk, first.matter_id)
    assert [event.action for event in facts.events] == ["登记", "分流", "记事", "再次来访"]
    note = facts.events[2]
    assert (note.actor, note.note, note.at) == ("负责人", "已电话联系\n对方同意来。", clock.moment)
    assert facts.events[1].note == "本人要求走信访"
    assert [other.name for other in facts.opponents] == ["王五"]
    person, agent = facts.visits[0].persons
    assert (person.sex, person.phone, person.address) == ("male", "13812345678", "村东头")
    assert (agent.role, agent.authority) == ("agent", "special")
    assert (facts.narrative, facts.flags, facts.node) == (form.narrative, frozenset({"urgent"}), "待转送交办")
    assert [each.narrative for each in facts.visits] == [form.narrative, "来问进展。"]
    assert facts.updated_at == clock.moment
    assert {each.event for each in facts.clocks} >= {"登记并转送、交办"}


@pytest.mark.parametrize(
    "asked", ["清事〔2024〕0002号", "清访〔2024〕0002号", "", "随便", 2, 0, -1, "\x00", "\ud800", "9" * 50]
)
def test_what_is_not_there_is_not_found(office: Office, clerk: Actor, visit: Visit, asked: str | int) -> None:
    reception.register(office, clerk, visit())
    with pytest.raises(NotFound):
        ledger.matter(office, clerk, asked)


# --- notes -------------------------------------------------------------------------------------------------------------


def test_a_note_sent_again_is_written_once(office: Office, clerk: Actor, visit: Visit) -> None:
    done, other = reception.register(office, clerk, visit()), reception.register(office, clerk, visit())
    before = ledger.matter(office, clerk, done.matter_id)
    for _ in range(3):
        ledger.add_note(office, clerk, "n1", done.matter_id, "已电话联系。")
    after = ledger.matter(office, clerk, done.matter_id)
    assert [event.note for event in after.events if event.action == "记事"] == ["已电话联系。"]
    assert after.version == before.version + 1
    with pytest.raises(Conflict, match="request_id"):
        ledger.add_note(office, clerk, "n1", other.matter_id, "已电话联系。")


@pytest.mark.parametrize(
    ("matter_id", "text", "kind"),
    [(1, "", Refused), (1, " \n\u3000\u200b", Refused), (1, "长" * 5001, Refused), (99, "记一笔", NotFound), (0, "记一笔", NotFound)],
)  # fmt: skip
def test_a_note_that_cannot_be_kept(
    office: Office, clerk: Actor, visit: Visit, matter_id: int, text: str, kind: type[DeskError]
) -> None:
    reception.register(office, clerk, visit())
    with pytest.raises(kind):
        ledger.add_note(office, clerk, "n1", matter_id, text)
    assert len(ledger.matter(office, clerk, 1).events) == 2


# --- saved filters --------------------------------------------------------------------------------------------------------


def test_filters_are_kept_for_each_account(office: Office, clerk: Actor) -> None:
    mine = LedgerFilter("宅基地", "mediation", "open", first_day=date(2024, 9, 1), due="week", period="")
    ledger.save_view(office, clerk, " 本月\t宅基地 ", mine)
    ledger.save_view(office, clerk, "全部", LedgerFilter())
    ledger.save_view(office, office.actor("leader"), "今日必办", LedgerFilter(due="ringing"))
    assert dict(ledger.views(office, clerk)) == {"本月宅基地": mine, "全部": LedgerFilter()}
    ledger.save_view(office, clerk, "全部", replace(mine, text=""))
    assert dict(ledger.views(office, clerk))["全部"] == replace(mine, text="")
    ledger.drop_view(office, office.actor("leader"), "全部")
    ledger.drop_view(office, clerk, "本月宅基地")
    assert [name for name, _ in ledger.views(office, clerk)] == ["全部"]


@pytest.mark.parametrize("name", ["", " \u3000", "长" * 51])
def test_a_filter_wants_a_name(office: Office, clerk: Actor, name: str) -> None:
    with pytest.raises(Refused, match="名字"):
        ledger.save_view(office, clerk, name, LedgerFilter())


def test_a_filter_of_a_later_version_keeps_what_is_known(office: Office, clerk: Actor) -> None:
    with office.store.write() as tx:
        tx.run('INSERT INTO view VALUES (\'clerk\', \'新版\', \'{"flow": "petition", "mood": "calm"}\')')
    assert ledger.views(office, clerk) == (("新版", LedgerFilter(flow="petition")),)


# --- today ---------------------------------------------------------------------------------------------------------------


def test_todays_figures_count_matters_and_visits(
    office: Office, clerk: Actor, visit: Visit, clock: Any
) -> None:
    petition = {"category": "信访事项", "flow": "信访", "route_reason": "本人要求"}
    first = reception.register(office, clerk, visit(**petition))
    reception.register(office, clerk, visit(matter=first.matter_number))
    other = reception.register(office, clerk, visit())
    today = ledger.today(office, clerk)
    assert (today.matters, today.visits, today.due, today.overdue) == (2, 3, 0, 0)
    reception.take_back(office, clerk, "back", other.visit_number, "登错")
    assert ledger.today(office, clerk).visits == 2
    clock.forward(days=1)
    assert (ledger.today(office, clerk).matters, ledger.today(office, clerk).visits) == (0, 0)
    # Fifteen natural days end on 5 October, a holiday; they move to the 8th.
    clock.moment = datetime(2024, 10, 5, 9, 0, tzinfo=SHANGHAI)
    assert (ledger.today(office, clerk).due, ledger.today(office, clerk).overdue) == (1, 0)
    clock.moment = datetime(2024, 10, 9, 9, 0, tzinfo=SHANGHAI)
    assert (ledger.today(office, clerk).due, ledger.today(office, clerk).overdue) == (0, 1)
