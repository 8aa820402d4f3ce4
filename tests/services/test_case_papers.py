"""Papers and the dossier of a mediation that is in the folder: made, counted, kept from those who may not see it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import NotAllowed, NotFound, Refused
from qingyuan_desk.domain.mediation.forms import (
    Assign,
    Consent,
    Draft,
    Form,
    Hold,
    Open,
    Part,
    Terminate,
    WriteNote,
)
from qingyuan_desk.domain.mediation.papers import MEDIATION_PAPERS
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import attachments, case_papers, ledger, mediation, papers, reception
from qingyuan_desk.services.office import Office
from tests.documents.foreign import A4, pdf, photo
from tests.documents.reading import words

Visit = Callable[..., VisitForm]


@pytest.fixture
def mediator(office: Office) -> Actor:
    return office.actor("mediator")


@pytest.fixture
def case(office: Office, clerk: Actor, visit: Visit) -> int:
    """A matter that is to be mediated; nobody was asked yet."""
    form = visit(name="王测试", opponent="赵测试", flow="mediation")
    return reception.register(office, clerk, form).matter_id


@pytest.fixture
def taken(office: Office, mediator: Actor, case: int) -> Callable[..., int]:
    """`taken(form, …)` takes steps of the case; the parties' ids are given to forms that are functions of them."""

    def take(*forms: Form) -> int:
        for form in forms:
            mediation.take(office, mediator, uuid.uuid4().hex, case, form)
        return case

    return take


@pytest.fixture
def mediating(office: Office, mediator: Actor, case: int, taken: Callable[..., int]) -> int:
    """Everybody agreed, a mediator was named, one meeting was held."""
    taken(Open(claims=("改走自家一侧",)))
    ids = [party.record_id for party in mediation.case(office, mediator, case).parties]
    code = office.reference.mediators[0].code
    taken(*(Consent(each, True) for each in ids), Assign((code,), accepted=True, chosen_by="parties"))
    return taken(
        Hold(
            started_at=office.now() - timedelta(minutes=30),
            room="elder_mediation",
            present=tuple(ids),
            rights_told=True,
            statements="双方各自陈述。",
            outcome="adjourned",
        )
    )


def attach(office: Office, actor: Actor, case: int, path: Path, content: bytes, kind: str, title: str) -> int:
    path.write_bytes(content)
    return attachments.attach(office, actor, uuid.uuid4().hex, case, kind, title, path).record_id


# --- papers ------------------------------------------------------------------------------------------------------


def test_every_choice_can_be_made(office: Office, mediator: Actor, mediating: int) -> None:
    found = case_papers.choices(office, mediator, mediating)
    assert {"application", "acceptance", "rights", "record", "cover"} <= {each.kind for each in found}
    for choice in found:
        paper = case_papers.compose(office, mediator, mediating, choice.kind, choice.subject)
        assert (paper.kind, paper.pages > 0) == (f"{choice.kind}:{choice.subject}", True)
        assert paper.missing == ()


def test_a_paper_is_filled_from_the_record(office: Office, mediator: Actor, mediating: int) -> None:
    record = case_papers.compose(office, mediator, mediating, "record")
    told = words(record.pdf)
    assert record.title == "人民调解记录（2024年9月20日）"
    assert {
        each for each in ("王测试", "赵测试", "双方各自陈述。", "乡贤调解室") if each not in told
    } == set()
    assert office.reference.mediators[0].name in told
    assert "王测试" in words(case_papers.compose(office, mediator, mediating, "application").pdf)


def test_the_contents_can_be_printed_alone(office: Office, mediator: Actor, mediating: int) -> None:
    told = words(case_papers.compose(office, mediator, mediating, "contents").pdf)
    assert "1—2" in told and "缺" in told


def test_a_print_is_counted_for_its_own_paper(office: Office, mediator: Actor, mediating: int) -> None:
    first = case_papers.compose(office, mediator, mediating, "rights")
    assert first.count == 1
    assert papers.record_print(office, mediator, "p1", first, "打印机") == 1
    assert papers.record_print(office, mediator, "p1", first, "打印机") == 1
    again = case_papers.compose(office, mediator, mediating, "rights")
    assert again.count == 2 and "第2次打印" in words(again.pdf)
    assert case_papers.compose(office, mediator, mediating, "application").count == 1
    slip = papers.compose(office, mediator, again.visit_number, "rights", "a4")
    assert slip.count == 1, "the desk's own notice of the same name is counted apart"
    facts = ledger.matter(office, mediator, mediating)
    assert [record.paper for record in facts.prints] == ["当事人权利义务告知书"]
    assert facts.events[-1].note == "当事人权利义务告知书（第1次，打印机）"


def test_a_paper_about_a_record_says_which_there_are(
    office: Office, mediator: Actor, mediating: int, taken: Callable[..., int]
) -> None:
    with pytest.raises(Refused, match="现在没有“人民调解协议书”"):
        case_papers.compose(office, mediator, mediating, "agreement")
    second = mediation.case(office, mediator, mediating).held[0]
    taken(
        Hold(
            started_at=office.now() - timedelta(minutes=5),
            room="elder_mediation",
            present=second.present,
            rights_told=True,
            statements="又谈了一次。",
        )
    )
    with pytest.raises(Refused, match=rf"有几份，请选一份：{second.record_id}（"):
        case_papers.compose(office, mediator, mediating, "record")


def test_a_paper_of_a_record_that_is_gone_is_refused(office: Office, mediator: Actor, mediating: int) -> None:
    with pytest.raises(NotFound, match="刷新"):
        case_papers.compose(office, mediator, mediating, "record", 999)


def test_no_such_paper(office: Office, mediator: Actor, mediating: int) -> None:
    with pytest.raises(Refused, match="没有“xyz”这种文书"):
        case_papers.compose(office, mediator, mediating, "xyz")
    with pytest.raises(Refused, match="没有“xyz”这种文书"):
        case_papers.blank(office, "xyz")


def test_before_the_application_there_are_none(office: Office, mediator: Actor, case: int) -> None:
    for ask in (case_papers.choices, case_papers.completeness, case_papers.dossier, case_papers.package):
        with pytest.raises(Refused, match="请先登记申请"):
            ask(office, mediator, case)


@pytest.mark.parametrize("kind", [kind for kind, paper in MEDIATION_PAPERS.items() if paper.blank])
def test_every_form_can_be_had_blank(office: Office, kind: str) -> None:
    paper = case_papers.blank(office, kind)
    assert paper.pages >= 1 and paper.missing == ()


def test_blank_forms_are_not_logged(office: Office, mediator: Actor) -> None:
    assert (
        papers.record_print(office, mediator, "b1", case_papers.blank(office, "application"), "打印机") == 1
    )


def test_what_is_only_filled_has_no_blank_form(office: Office) -> None:
    with pytest.raises(Refused, match="没有空白表格"):
        case_papers.blank(office, "offers")


def test_next_paths_tick_what_the_notice_names(
    office: Office, mediator: Actor, mediating: int, taken: Callable[..., int]
) -> None:
    taken(Terminate("hard", "双方分歧太大。", ("lawsuit",)))
    told = words(case_papers.compose(office, mediator, mediating, "next_paths").pdf)
    assert "有管辖权的人民法院" in told


# --- who may -----------------------------------------------------------------------------------------------------


def test_papers_need_the_right_to_print(office: Office, mediating: int) -> None:
    administrator = Actor("x", "管理员", "administrator")
    for ask in (case_papers.choices, case_papers.completeness, case_papers.dossier, case_papers.package):
        with pytest.raises(NotAllowed):
            ask(office, administrator, mediating)
    with pytest.raises(NotAllowed):
        case_papers.compose(office, administrator, mediating, "rights")


def test_private_notes_stay_out_of_papers_and_dossier(
    office: Office, mediator: Actor, mediating: int, taken: Callable[..., int]
) -> None:
    party = mediation.case(office, mediator, mediating).parties[1].record_id
    taken(WriteNote("caucus", "金丝雀一号", party), WriteNote("offer", "金丝雀二号", party, amount=123_400))
    for choice in case_papers.choices(office, mediator, mediating):
        told = words(case_papers.compose(office, mediator, mediating, choice.kind, choice.subject).pdf)
        assert ("金丝雀二号" in told) is choice.internal, choice.title
        assert "金丝雀一号" not in told
    assert "金丝雀" not in words(case_papers.dossier(office, mediator, mediating).pdf)


# --- the dossier -------------------------------------------------------------------------------------------------


def test_a_dossier_has_the_papers_and_the_files(
    office: Office, mediator: Actor, mediating: int, tmp_path: Path
) -> None:
    attach(office, mediator, mediating, tmp_path / "a.pdf", pdf(A4, A4, words="MAP"), "evidence", "宗地图")
    attach(office, mediator, mediating, tmp_path / "b.jpg", photo(), "identity", "王测试身份证")
    paper = case_papers.dossier(office, mediator, mediating)
    told = words(paper.pdf)
    for each in ("MAP1", "MAP2", "王测试身份证", "人民调解记录", "未归档"):
        assert each in told
    assert len(PdfReader(BytesIO(paper.pdf)).pages) == paper.pages
    assert (paper.kind, paper.missing) == ("dossier:0", ())
    papers.record_print(office, mediator, "d1", paper, "PDF 文件")
    assert case_papers.dossier(office, mediator, mediating).count == 2


def test_a_removed_file_is_not_bound(office: Office, mediator: Actor, mediating: int, tmp_path: Path) -> None:
    kept = attach(office, mediator, mediating, tmp_path / "a.pdf", pdf(A4, words="MAP"), "evidence", "图")
    attachments.remove(office, mediator, "r1", kept, "传错了")
    assert "MAP1" not in words(case_papers.dossier(office, mediator, mediating).pdf)


def test_completeness_tells_what_is_missing(
    office: Office, mediator: Actor, mediating: int, tmp_path: Path
) -> None:
    def missing() -> list[int]:
        return [
            line.no
            for line in case_papers.completeness(office, mediator, mediating)
            if line.required and line.state == "missing"
        ]

    assert missing() == [3, 8]
    for number in (1, 2):
        attach(
            office, mediator, mediating, tmp_path / "a.jpg", photo(40 + number), "identity", f"证件{number}"
        )
    assert missing() == [8]


def test_a_draft_is_not_the_agreement_of_the_dossier(
    office: Office, mediator: Actor, mediating: int, taken: Callable[..., int]
) -> None:
    both = mediation.case(office, mediator, mediating).held[0].present
    taken(
        Hold(
            started_at=office.now() - timedelta(minutes=2),
            room="elder_mediation",
            present=both,
            rights_told=True,
            statements="谈成了。",
            outcome="agreed",
            proposal="改走自家一侧",
        ),
        Draft(
            "滴水流入邻院。",
            "滴水朝向。",
            ("金丝雀改向自家一侧。",),
            deadline="三日内",
            parts=(Part(office.today(), "改滴水", 0, both[1], both[0]),),
        ),
    )
    assert "草稿" in words(case_papers.compose(office, mediator, mediating, "agreement").pdf)
    assert "金丝雀" not in words(case_papers.dossier(office, mediator, mediating).pdf)


def test_a_package_is_logged_with_where_it_went(office: Office, mediator: Actor, mediating: int) -> None:
    with ZipFile(BytesIO(case_papers.package(office, mediator, mediating))) as archive:
        told = json.loads(archive.read("contents.json"))
    assert [line["no"] for line in told] == list(range(1, 14))
    assert case_papers.record_package(office, mediator, "k1", mediating, "ZIP 文件") == 1
    assert case_papers.record_package(office, mediator, "k1", mediating, "ZIP 文件") == 1
    assert case_papers.record_package(office, mediator, "k2", mediating, "ZIP 文件") == 2
    facts = ledger.matter(office, mediator, mediating)
    assert {record.paper for record in facts.prints} == {"人民调解卷宗"}
    assert "人民调解卷宗（压缩包）" in facts.events[-1].note
