"""Papers through their service: which suit, what they say of a registered visit, and the log of prints."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import NotAllowed, NotFound, Refused
from qingyuan_desk.domain.papers import FORMATS, PAPER_TITLES
from qingyuan_desk.domain.visit import Opponent, Person, VisitForm
from qingyuan_desk.services import ledger, papers, reception, roster
from qingyuan_desk.services.office import Office
from tests.conftest import SHANGHAI, Clock

Visit = Callable[..., VisitForm]

#: Routes a clerk decides, so that these tests do not hang on the rules of triage.
MEDIATION = {"category": "民间纠纷", "flow": "调解", "room": "乡贤调解室", "unit": "冉庄镇人民政府"}
PETITION = {"category": "信访事项", "flow": "信访", "room": "信访接待室", "unit": "区信访局"}
COURT = {"category": "涉法涉诉", "flow": "移送", "room": "涉法涉诉接访室", "unit": "区人民法院"}
QUESTION = {"category": "法律咨询", "flow": "咨询", "room": "公共法律服务中心", "unit": "区司法局"}


@pytest.fixture
def come(office: Office, clerk: Actor, visit: Visit) -> Callable[..., str]:
    """Registers a visit on a route; its number."""

    def register(route: dict[str, str] = MEDIATION, **facts: object) -> str:
        form = visit(**{**route, "route_reason": "来访人此人缠访", **facts})
        return reception.register(office, clerk, form).visit_number

    return register


def text(paper_pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(paper_pdf)).pages)


# --- which papers, which sheets ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("route", "kinds"),
    [
        (MEDIATION, ("receipt", "routing", "mediation_guide", "rights", "conduct")),
        (PETITION, ("receipt", "routing", "conduct")),
        (COURT, ("receipt", "routing", "litigation_guide", "conduct")),
        (QUESTION, ("receipt", "routing", "consultation_guide", "conduct")),
    ],
)
def test_the_papers_that_suit_a_route(
    office: Office, clerk: Actor, come: Callable[..., str], route: dict[str, str], kinds: tuple[str, ...]
) -> None:
    number = come(route, narrative="样例事项。")
    suiting = papers.kinds_for(office, clerk, number)
    assert tuple(kind for kind in suiting if kind != "materials") == kinds
    for kind in suiting:
        assert papers.compose(office, clerk, number, kind, "a5").title == PAPER_TITLES[kind]


def test_materials_are_told_once_when_the_duty_list_knows_them(
    office: Office, clerk: Actor, come: Callable[..., str]
) -> None:
    number = come(matter_kind="homestead")
    assert "materials" in papers.kinds_for(office, clerk, number)
    told = papers.facts(office, clerk, number, "materials").materials
    assert [line.name for line in told] == [item.name for item in office.reference.materials_for("homestead")]
    assert any(line.promise for line in told)
    assert papers.facts(office, clerk, number, "materials").co_units == ("区自然资源和规划局", "区司法局")


@pytest.mark.parametrize(
    ("crowd", "first", "second"),
    [("老年人", "a5", "a4-large"), ("残疾人", "a5", "a4-large"), ("农民工", "a5", "a4")],
)
def test_large_type_is_offered_to_who_may_need_it(
    office: Office, clerk: Actor, come: Callable[..., str], crowd: str, first: str, second: str
) -> None:
    offered = papers.formats_for(office, clerk, come(crowd=crowd))
    assert offered[:2] == (first, second)
    assert set(offered) == set(FORMATS)


def test_unknown_kinds_sheets_and_numbers_are_refused_in_words(
    office: Office, clerk: Actor, come: Callable[..., str]
) -> None:
    number = come()
    with pytest.raises(Refused, match="来访登记回执"):
        papers.compose(office, clerk, number, "invoice", "a5")
    with pytest.raises(Refused, match="80mm"):
        papers.compose(office, clerk, number, "receipt", "b5")
    with pytest.raises(NotFound, match="9999"):
        papers.compose(office, clerk, "清访〔2024〕9999号", "receipt", "a5")


def test_a_number_in_any_spelling_and_a_matters_number_will_do(
    office: Office, clerk: Actor, come: Callable[..., str]
) -> None:
    number = come()
    matter = ledger.matter(office, clerk, number).number
    for spelling in (number, number.replace("〔", "[").replace("〕", "]"), f" {number} ", matter):
        assert papers.compose(office, clerk, spelling, "receipt", "a5").visit_number == number


def test_a_void_visit_has_no_papers(office: Office, clerk: Actor, come: Callable[..., str]) -> None:
    number = come()
    reception.take_back(office, clerk, "back", number, "重复登记")
    with pytest.raises(Refused, match="已作废"):
        papers.compose(office, clerk, number, "receipt", "a5")


def test_who_may_not_print_gets_no_paper(office: Office, clerk: Actor, come: Callable[..., str]) -> None:
    number = come()
    stranger = Actor("x", "统计员", "statistics")
    for ask in (
        lambda: papers.kinds_for(office, stranger, number),
        lambda: papers.formats_for(office, stranger, number),
        lambda: papers.compose(office, stranger, number, "receipt", "a5"),
    ):
        with pytest.raises(NotAllowed):
            ask()


# --- what they say -----------------------------------------------------------------------------------------------


def test_people_stand_masked_and_in_their_roles(office: Office, clerk: Actor, visit: Visit) -> None:
    people = [
        Person(
            name="张䶮",
            sex="男",
            id_number="110105194912310021",
            phone="13800138000",
            township="冉庄",
            village="冉庄村",
        ),
        *[Person(name=f"代表{number}", id_type="none", role="representative") for number in range(1, 6)],
        Person(name="刘律师", id_type="none", role="agent"),
    ]
    form = replace(
        visit(**MEDIATION, headcount=23, route_reason="已问明"),
        persons=tuple(people),
        opponents=(Opponent(name="某公司", kind="company"),),
        overrides={"id_number": "证件无误"},
    )
    number = reception.register(office, clerk, form).visit_number
    said = papers.facts(office, clerk, number, "receipt")
    assert (said.visitor, said.id_note, said.phone) == ("张䶮", "110105********0021", "138****8000")
    assert (said.headcount, len(said.representatives), said.agent) == (23, 5, "刘律师")
    assert (said.home, said.opponents, said.clerk) == ("冉庄镇冉庄村", ("某公司",), clerk.name)


def test_an_agent_named_first_is_not_the_visitor(office: Office, clerk: Actor, visit: Visit) -> None:
    people = (Person(name="刘律师", id_type="none", role="agent"), Person(name="王建国", id_type="none"))
    form = replace(visit(**MEDIATION, route_reason="已问明"), persons=people)
    said = papers.facts(office, clerk, reception.register(office, clerk, form).visit_number, "receipt")
    assert (said.visitor, said.agent) == ("王建国", "刘律师")


@pytest.mark.parametrize(
    ("shown", "note"),
    [
        ({"id_type": "none"}, "未出示证件"),
        ({"id_type": "none", "id_number": "11010519491231002X"}, "110105********002X（口述）"),
        ({"id_type": "护照", "id_number": "E12345678"}, "护照 *********"),
    ],
)
def test_which_document_was_shown(
    office: Office, clerk: Actor, come: Callable[..., str], shown: dict[str, str], note: str
) -> None:
    number = come(**shown, overrides={"id_number": "如此"})
    assert papers.facts(office, clerk, number, "receipt").id_note == note


@pytest.mark.parametrize(("birth", "minor"), [("2006-09-20", False), ("2006-09-21", True), ("", False)])
def test_who_is_not_yet_eighteen_needs_a_guardian(
    office: Office, clerk: Actor, come: Callable[..., str], birth: str, minor: bool
) -> None:
    assert papers.facts(office, clerk, come(birth_date=birth), "receipt").minor is minor


def test_the_brief_is_short_and_whole_words_of_the_visitor(
    office: Office, clerk: Actor, come: Callable[..., str]
) -> None:
    said = "邻居盖房占了我家宅基地。\n" * 40
    brief = papers.facts(office, clerk, come(narrative=said), "receipt").brief
    assert len(brief) == 110
    assert brief.endswith("…")
    assert "\n" not in brief


# --- why, and until when -----------------------------------------------------------------------------------------


def test_the_slip_gives_the_rules_reasons_when_the_clerk_followed_them(
    office: Office, clerk: Actor, visit: Visit
) -> None:
    form = visit(narrative="邻居盖房占了我家宅基地，请求调解。", opponent="李德顺", township="冉庄镇")
    suggestion = reception.suggest(office, form)
    number = reception.register(office, clerk, form).visit_number
    reasons = papers.facts(office, clerk, number, "routing").reasons
    assert len(reasons) == len(suggestion.reasons) >= 2
    for said, reason in zip(reasons, suggestion.reasons, strict=True):
        assert reason.sentence in said
        assert reason.article in said
    assert "主办" in reasons[-1], "why it is this unit"


def test_another_unit_than_proposed_is_not_explained_by_the_duty_list(
    office: Office, clerk: Actor, visit: Visit
) -> None:
    form = visit(
        narrative="邻居盖房占了我家宅基地，请求调解。", opponent="李德顺", township="冉庄镇", unit="区司法局"
    )
    number = reception.register(office, clerk, form).visit_number
    reasons = papers.facts(office, clerk, number, "routing").reasons
    assert reasons
    assert not any("冉庄镇人民政府" in said for said in reasons)


def test_what_the_clerk_wrote_about_deciding_otherwise_stays_off_the_paper(
    office: Office, clerk: Actor, come: Callable[..., str]
) -> None:
    number = come(PETITION)
    said = papers.facts(office, clerk, number, "routing").reasons
    assert said == ("由登记人根据来访人的陈述和意愿当场确定，理由已经记录",)
    for kind in papers.kinds_for(office, clerk, number):
        assert "缠访" not in text(papers.compose(office, clerk, number, kind, "a4").pdf)


def test_a_further_visit_goes_on_as_the_matter_does(
    office: Office, clerk: Actor, visit: Visit, come: Callable[..., str]
) -> None:
    first = come()
    matter = ledger.matter(office, clerk, first).number
    again = reception.register(office, clerk, visit(matter=matter, narrative="还没有结果。")).visit_number
    said = papers.facts(office, clerk, again, "routing")
    assert said.ordinal == 2
    assert said.reasons == (f"同一事项再次来访，按 {matter} 的原流程继续办理",)
    assert "第2次来访" in text(papers.compose(office, clerk, again, "receipt", "a5").pdf)
    assert "首次来访" in text(papers.compose(office, clerk, first, "receipt", "a5").pdf)


def test_petitions_say_their_clocks_with_both_last_days(
    office: Office, clerk: Actor, come: Callable[..., str]
) -> None:
    said = papers.facts(office, clerk, come(PETITION, narrative="样例事项。"), "receipt")
    assert [(line.natural_end, line.shifted_end, line.article) for line in said.clocks] == [
        (date(2024, 10, 5), date(2024, 10, 8), "《信访工作条例》第二十二条"),
        (date(2024, 10, 5), date(2024, 10, 8), "《信访工作条例》第二十三条第二款"),
    ]
    assert said.limitations == ()


@pytest.mark.parametrize(
    ("route", "dispute_type", "periods"),
    [
        (MEDIATION, "房屋宅基地纠纷", {"《民法典》第一百八十八条": date(2027, 9, 20)}),
        (MEDIATION, "", {"《民法典》第一百八十八条": date(2027, 9, 20)}),
        (
            MEDIATION,
            "拖欠农民工工资纠纷",
            {
                "《劳动争议调解仲裁法》第二十七条": date(2025, 9, 20),
                "《民法典》第一百八十八条": date(2027, 9, 20),
            },
        ),
        (MEDIATION, "其他劳动争议纠纷", {"《劳动争议调解仲裁法》第二十七条": date(2025, 9, 20)}),
        (
            MEDIATION,
            "山林土地纠纷",
            {
                "《农村土地承包经营纠纷调解仲裁法》第十八条": None,
                "《民法典》第一百八十八条": date(2027, 9, 20),
            },
        ),
        (QUESTION, "其他劳动争议纠纷", {"《劳动争议调解仲裁法》第二十七条": None}),
        (QUESTION, "", {}),
        (
            PETITION,
            "征地拆迁纠纷",
            dict.fromkeys(("《民法典》第一百八十八条", "《行政复议法》第二十条", "《行政诉讼法》第四十六条")),
        ),
    ],
)
def test_limitations_by_the_kind_of_dispute(
    office: Office,
    clerk: Actor,
    come: Callable[..., str],
    route: dict[str, str],
    dispute_type: str,
    periods: dict[str, date | None],
) -> None:
    number = come(route, dispute_type=dispute_type, narrative="样例事项。")
    lines = papers.facts(office, clerk, number, "receipt").limitations
    assert {line.article: line.natural_end for line in lines} == periods
    for line in lines:
        assert line.period.startswith("自登记之日起" if line.natural_end else "自知道")


def test_asking_here_begins_the_period_anew_on_the_day_of_the_visit(
    office: Office, clerk: Actor, come: Callable[..., str], clock: Clock
) -> None:
    clock.moment = datetime(2024, 9, 25, 9, 0, tzinfo=SHANGHAI)
    late = come(received_at=datetime(2024, 9, 23, 23, 50, tzinfo=SHANGHAI))
    assert papers.facts(office, clerk, late, "receipt").limitations[0].natural_end == date(2027, 9, 23)


def test_the_parties_choose_among_mediators_without_a_conflict(
    office: Office, clerk: Actor, come: Callable[..., str]
) -> None:
    number = come(dispute_type="房屋宅基地纠纷", township="冉庄镇", village="冉庄村")
    chosen = papers.facts(office, clerk, number, "mediation_guide").mediators
    free = [each for each in roster.suggest(office, clerk, number) if not each.conflicts]
    assert [line.name for line in chosen] == [each.card.name for each in free] != []
    assert papers.facts(office, clerk, number, "receipt").mediators == ()


# --- sealed ------------------------------------------------------------------------------------------------------


def test_a_sealed_matter_has_a_bare_receipt_for_its_readers_only(
    office: Office, clerk: Actor, visit: Visit
) -> None:
    form = visit(narrative="举报某某侵占征地补偿款。", name="样例甲", flags=frozenset({"accusation"}))
    number = reception.register(office, clerk, form).visit_number
    assert papers.kinds_for(office, clerk, number) == ("receipt",)
    said = text(papers.compose(office, clerk, number, "receipt", "a5").pdf)
    assert number in said
    for secret in ("样例甲", "举报", "检举", "补偿款", "纪委"):
        assert secret not in said
    with pytest.raises(NotFound):
        papers.compose(office, office.actor("mediator"), number, "receipt", "a5")


# --- printing ----------------------------------------------------------------------------------------------------


def test_prints_are_counted_by_paper_and_told_on_the_next_one(
    office: Office, clerk: Actor, come: Callable[..., str]
) -> None:
    number = come()
    for count in (1, 2, 3):
        paper = papers.compose(office, clerk, number, "receipt", "a5")
        assert paper.count == count
        assert (f"第{count}次打印" in text(paper.pdf)) == (count > 1)
        assert papers.record_print(office, clerk, f"print-{count}", paper, "前台") == count
    assert papers.compose(office, clerk, number, "routing", "a5").count == 1
    prints = ledger.matter(office, clerk, number).prints
    assert [(record.paper, record.count, record.printer) for record in prints] == [
        ("来访登记回执", 3, "前台"),
        ("来访登记回执", 2, "前台"),
        ("来访登记回执", 1, "前台"),
    ]


def test_the_same_print_reported_again_is_one_print(
    office: Office, clerk: Actor, come: Callable[..., str]
) -> None:
    paper = papers.compose(office, clerk, come(), "receipt", "a5")
    assert [papers.record_print(office, clerk, "once", paper, "前台") for _ in range(3)] == [1, 1, 1]


def test_a_preview_and_a_print_change_no_matter(
    office: Office, clerk: Actor, come: Callable[..., str]
) -> None:
    number = come()
    before = ledger.matter(office, clerk, number)
    paper = papers.compose(office, clerk, number, "receipt", "a5")
    assert ledger.matter(office, clerk, number) == before
    papers.record_print(office, clerk, "print", paper, "前台")
    after = ledger.matter(office, clerk, number)
    assert replace(after, events=before.events, prints=()) == before
    assert [event.action for event in after.events[len(before.events) :]] == ["打印"]


def test_a_read_only_folder_still_prints_and_the_paper_says_it_is_not_logged(
    office: Office, clerk: Actor, come: Callable[..., str], clock: Clock
) -> None:
    number = come()
    office.close()
    _made_by_a_newer_program(office.folder)
    reader = Office.open(office.folder, now=clock)
    assert reader.read_only is not None
    paper = papers.compose(reader, clerk, number, "receipt", "80mm")
    assert "未记入打印记录" in text(paper.pdf)
    assert papers.record_print(reader, clerk, "print", paper, "前台") == 1
    assert ledger.matter(reader, clerk, number).prints == ()
    reader.close()


def test_who_registered_is_named_though_the_account_is_closed(
    office: Office, clerk: Actor, come: Callable[..., str]
) -> None:
    number = come()
    with office.store.write() as tx:
        tx.run("UPDATE account SET active = 0 WHERE code = ?", (clerk.code,))
    assert papers.facts(office, office.actor("leader"), number, "receipt").clerk == clerk.name


def _made_by_a_newer_program(folder: Path) -> None:
    with sqlite3.connect(folder / "desk.db") as connection:
        connection.execute("UPDATE meta SET value = '999' WHERE key = 'min_writer'")
    connection.close()
