"""Papers of handling over a real data file: what suits, what they say, how prints are counted, who may see them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date

import pytest

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import NotAllowed, NotFound, Refused
from qingyuan_desk.domain.handling import forms
from qingyuan_desk.domain.handling.papers import HANDLING_PAPERS
from qingyuan_desk.domain.visit import Opponent, VisitForm
from qingyuan_desk.services import handling, handling_papers, ledger, papers, reception, workdays
from qingyuan_desk.services.office import Office
from tests.conftest import Clock
from tests.documents.reading import words
from tests.services import handled
from tests.services.handled import take

Visit = Callable[..., VisitForm]
FRIDAY = date(2024, 9, 20)


@pytest.fixture
def lawyer() -> Actor:
    return Actor("lawyer", "律师", "lawyer")


@pytest.fixture
def matter(office: Office, clerk: Actor, visit: Visit, clock: Clock) -> int:
    """A petition that was forwarded, accepted, extended, and answered; the petitioner was served."""
    found = handled.petition(office, clerk, visit, name="王测试", phone="13800138000")
    handled.forwarded(office, clerk, found)
    take(office, clerk, found, forms.Receive(receiver="李签收"))
    take(office, clerk, found, forms.Accept(number="受〔2024〕1号", told_on=FRIDAY))
    clock.forward(days=50)
    take(office, clerk, found, forms.Extend(days=20, reason="情况复杂，要实测", approved_by="局长样例"))
    clock.forward(days=10)
    day = clock.moment.date()
    take(
        office,
        clerk,
        found,
        forms.Answer(
            organ=handled.UNIT,
            number="答〔2024〕1号",
            outcome="upheld",
            summary="月底前补足。",
            basis="《土地管理法》第四十八条",
            signed_on=day,
            served_on=day,
        ),
    )
    return found


def said(office: Office, actor: Actor, matter: int, kind: str, subject: int = 0) -> str:
    return words(handling_papers.compose(office, actor, matter, kind, subject).pdf)


# --- what suits --------------------------------------------------------------------------------------------------


def test_every_choice_can_be_made(office: Office, clerk: Actor, matter: int) -> None:
    offered = handling_papers.choices(office, clerk, matter)
    assert {"forwarded", "acceptance", "extension", "opinion", "review_request", "rating"} <= {
        each.kind for each in offered
    }
    for each in offered:
        made = handling_papers.compose(office, clerk, matter, each.kind, each.subject)
        assert made.title == each.title and made.pdf.startswith(b"%PDF-")


def test_a_petition_just_registered_is_offered_little(office: Office, clerk: Actor, visit: Visit) -> None:
    matter = handled.petition(office, clerk, visit)
    kinds = {each.kind for each in handling_papers.choices(office, clerk, matter)}
    assert {"supplement", "withdrawal", "promise", "rating", "processing"} <= kinds
    assert (
        kinds & {"forwarded", "acceptance", "refusal", "no_more", "extension", "opinion", "secret"} == set()
    )


def test_a_paper_that_does_not_suit_is_refused_with_a_reason(
    office: Office, clerk: Actor, visit: Visit
) -> None:
    matter = handled.petition(office, clerk, visit)
    with pytest.raises(Refused, match="现在没有“延期告知书”"):
        handling_papers.compose(office, clerk, matter, "extension")
    with pytest.raises(Refused, match="没有“letter”这种文书"):
        handling_papers.compose(office, clerk, matter, "letter")


def test_of_several_sendings_one_is_to_be_chosen(office: Office, clerk: Actor, visit: Visit) -> None:
    matter = handled.petition(office, clerk, visit)
    handled.forwarded(office, clerk, matter)
    assert "转送告知单" in said(office, clerk, matter, "forwarded")
    reassign = forms.Reassign(unit="agriculture", why="职责调整", reason="实际由其办理", approved_by="张主任")
    take(office, clerk, matter, reassign)
    with pytest.raises(Refused, match="有几份，请选一份"):
        handling_papers.compose(office, clerk, matter, "forwarded")
    last = handling.case(office, clerk, matter).sendings[-1]
    assert "区农业农村局" in said(office, clerk, matter, "forwarded", last.record_id)


def test_who_may_not_print_gets_none(office: Office, matter: int) -> None:
    with pytest.raises(NotAllowed):
        handling_papers.choices(office, Actor("nobody", "外人", "guest"), matter)


# --- what they say -----------------------------------------------------------------------------------------------


def test_papers_say_what_was_recorded_and_its_last_days(office: Office, clerk: Actor, matter: int) -> None:
    told = said(office, clerk, matter, "acceptance")
    assert "王测试：" in told and "受〔2024〕1号" in told and "区自然资源和规划局（印章）" in told
    assert "即至2024年11月19日止" in told
    extended = said(office, clerk, matter, "extension")
    assert "情况复杂，要实测" in extended and "延长20日" in extended and "至2024年12月9日止" in extended
    request = said(office, clerk, matter, "review_request")
    assert "答〔2024〕1号" in request and "最后一日：2024年12月19日" in request and "13800138000" in request


def test_the_template_of_an_opinion_is_a_draft(office: Office, clerk: Actor, visit: Visit) -> None:
    matter = handled.petition(office, clerk, visit)
    handled.forwarded(office, clerk, matter)
    take(office, clerk, matter, forms.Receive(receiver="李签收"))
    take(office, clerk, matter, forms.Accept(told_on=FRIDAY))
    (offered,) = [each for each in handling_papers.choices(office, clerk, matter) if each.kind == "opinion"]
    assert offered.subject == 0 and "草稿" in offered.missing
    assert "草稿" in said(office, clerk, matter, "opinion")


def test_refusal_names_ground_article_and_way(office: Office, clerk: Actor, visit: Visit) -> None:
    matter = handled.petition(office, clerk, visit)
    refuse = forms.Refuse(ground="arbitration", organ="区劳动人事争议仲裁院", paths=("arbitration",))
    take(office, clerk, matter, refuse)
    told = said(office, clerk, matter, "refusal")
    assert "《信访工作条例》第三十一条第二项" in told and "区劳动人事争议仲裁院" in told
    assert "剩余时效（计算到2024年9月20日）" in said(office, clerk, matter, "legal_path")


def test_no_more_names_the_recheck(office: Office, clerk: Actor, visit: Visit) -> None:
    matter = handled.petition(office, clerk, visit)
    take(office, clerk, matter, forms.NoMore(number="保政复核〔2023〕9号", organ="保定市人民政府"))
    told = said(office, clerk, matter, "no_more")
    assert "保定市人民政府复核" in told and "保政复核〔2023〕9号" in told


def test_guidance_names_organ_and_procedure(office: Office, clerk: Actor, visit: Visit) -> None:
    matter = handled.petition(office, clerk, visit)
    take(office, clerk, matter, forms.Guide(organ="court", path="申请再审"))
    told = said(office, clerk, matter, "guidance")
    assert "政法部门区人民法院" in told and "法律程序申请再审" in told


def test_a_consultation_has_its_slip_and_its_guide(office: Office, lawyer: Actor, visit: Visit) -> None:
    matter = handled.registered(office, lawyer, visit, "legal_question", "consultation")
    take(
        office,
        lawyer,
        matter,
        forms.Consult(cause="11", question="怎样申请仲裁？", answer="向仲裁院申请。", lawyer="律师样例"),
    )
    assert "怎样申请仲裁？" in said(office, lawyer, matter, "consult")
    assert "清苑区法律援助中心" in said(office, lawyer, matter, "aid_guide")


def test_a_referral_carries_no_note_and_nothing_of_the_matter(
    office: Office, clerk: Actor, visit: Visit
) -> None:
    matter = handled.registered(
        office, clerk, visit, "legal_question", "consultation", narrative="丈夫常年打骂，夜里睡不着。"
    )
    take(office, clerk, matter, forms.Refer(purpose="calm", consent=True, risk="说过不想活"))
    take(office, clerk, matter, forms.Counsel(outcome="愿意再来", note="只有我能看的话"))
    told = said(office, clerk, matter, "referral")
    for secret in ("打骂", "睡不着", "不想活", "只有我能看", "愿意再来"):
        assert secret not in told


# --- prints ------------------------------------------------------------------------------------------------------


def test_prints_are_counted_apart_and_stand_on_the_timeline(
    office: Office, clerk: Actor, matter: int
) -> None:
    made = handling_papers.compose(office, clerk, matter, "acceptance")
    assert made.kind == "handling.acceptance:0" and made.count == 1
    request = uuid.uuid4().hex
    assert papers.record_print(office, clerk, request, made, "样例打印机") == 1
    assert papers.record_print(office, clerk, request, made, "样例打印机") == 1, "asked again, printed once"
    again = handling_papers.compose(office, clerk, matter, "acceptance")
    assert again.count == 2 and "第2次打印" in words(again.pdf)
    assert handling_papers.compose(office, clerk, matter, "rating").count == 1
    facts = ledger.matter(office, clerk, matter)
    assert [(each.paper, each.count) for each in facts.prints] == [("受理告知书", 1)]
    assert any("受理告知书（第1次，样例打印机）" in event.note for event in facts.events)


@pytest.mark.parametrize("kind", HANDLING_PAPERS)
def test_every_blank_form_can_be_made_and_is_not_logged(office: Office, clerk: Actor, kind: str) -> None:
    if not HANDLING_PAPERS[kind].blank:
        with pytest.raises(Refused, match="没有空白表格"):
            handling_papers.blank(office, kind)
        return
    made = handling_papers.blank(office, kind)
    assert made.visit_number == "" and made.pages >= 1
    assert papers.record_print(office, clerk, uuid.uuid4().hex, made, "样例打印机") == made.count


# --- sealed matters ----------------------------------------------------------------------------------------------


@pytest.fixture
def accusation(office: Office, clerk: Actor, visit: Visit) -> int:
    form = dict(
        narrative="举报村干部样例侵占补偿款。", opponents=(Opponent("样例干部"),), flags=("accusation",)
    )
    return handled.registered(office, clerk, visit, "petition_matter", "petition", **form)


def test_of_a_sealed_matter_only_its_own_papers_are_made(
    office: Office, clerk: Actor, accusation: int
) -> None:
    assert handling.case(office, clerk, accusation).sealed
    take(office, clerk, accusation, forms.Discipline(unit="discipline"))
    assert {each.kind for each in handling_papers.choices(office, clerk, accusation)} == {
        "secret",
        "discipline",
    }
    for kind in ("forwarded", "acceptance", "rating", "processing"):
        with pytest.raises(Refused, match="检举控告是密件"):
            handling_papers.compose(office, clerk, accusation, kind)
    told = said(office, clerk, accusation, "secret")
    for secret in ("王建国", "侵占", "样例干部"):
        assert secret not in told
    assert "区纪委监委" in told and "知悉范围" in told


def test_others_find_no_papers_of_a_sealed_matter(office: Office, lawyer: Actor, accusation: int) -> None:
    with pytest.raises(NotFound):
        handling_papers.choices(office, lawyer, accusation)
    with pytest.raises(NotFound):
        handling_papers.compose(office, lawyer, accusation, "secret")


def test_a_register_of_secrets_is_for_secrets_only(office: Office, clerk: Actor, matter: int) -> None:
    with pytest.raises(Refused, match="只用于检举控告密件"):
        handling_papers.compose(office, clerk, matter, "secret")


def test_the_last_days_on_papers_follow_the_offices_workdays(
    office: Office, clerk: Actor, matter: int
) -> None:
    """9 December 2024 is a Monday; where the office does not work then, both days stand."""
    assert "至2024年12月9日止" in said(office, clerk, matter, "extension")
    workdays.change(office, office.actor("leader"), uuid.uuid4().hex, date(2024, 12, 9), False)
    told = said(office, clerk, matter, "extension")
    assert "至2024年12月9日（末日不是工作日，顺延至2024年12月10日）止" in told


def test_of_a_matter_that_was_taken_back_there_are_no_papers(
    office: Office, clerk: Actor, visit: Callable[..., VisitForm]
) -> None:
    done = reception.register(
        office, clerk, visit(flow="petition", category="petition_matter", route_reason="核定")
    )
    reception.take_back(office, clerk, "void-1", done.visit_number, "重复登记")
    assert handling_papers.choices(office, clerk, done.matter_id) == ()
    with pytest.raises(Refused, match="已经作废"):
        handling_papers.compose(office, clerk, done.matter_id, "promise")
