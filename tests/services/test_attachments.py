"""Files of a case: told by what is in them, kept whole under our own names, found again, in every backup."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Conflict, NotAllowed, NotFound, Refused, Unavailable
from qingyuan_desk.domain.mediation import forms
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import attachments, handling, ledger, mediation, reception, upkeep
from qingyuan_desk.services.attachments import attach
from qingyuan_desk.services.office import Office
from tests.documents import foreign
from tests.services import handled, mediated

Visit = Callable[..., VisitForm]
Given = Callable[[str, bytes], Path]


@pytest.fixture
def matter(office: Office, clerk: Actor, visit: Visit) -> int:
    """An opened case."""
    matter = reception.register(office, clerk, visit(opponent="赵测试")).matter_id
    mediation.take(office, clerk, "open", matter, forms.Open())
    return matter


@pytest.fixture
def given(tmp_path: Path) -> Given:
    """`given("收条.pdf", content)`: a file as somebody brings it."""

    def bring(name: str, content: bytes) -> Path:
        path = tmp_path / "U盘" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        return path

    return bring


PDF = foreign.pdf(foreign.A4, foreign.A4)


def _kept(office: Office) -> list[str]:
    return sorted(path.name for path in (office.folder / "attachments").glob("*"))


# --- keeping -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "media", "pages"),
    [
        ("收条.PDF", PDF, "pdf", 2),
        ("收条.jpg", PDF, "pdf", 2),
        ("带前缀.pdf", b"\xef\xbb\xbf" + PDF, "pdf", 2),
        ("现场.jpeg", foreign.photo(), "jpeg", 1),
        ("截图", foreign.photo(format="PNG"), "png", 1),
    ],
)
def test_a_file_is_what_is_in_it(
    office: Office, clerk: Actor, matter: int, given: Given, name: str, content: bytes, media: str, pages: int
) -> None:
    kept = attach(office, clerk, "one", matter, "evidence", "", given(name, content))
    assert (kept.media, kept.pages, kept.size, kept.title) == (media, pages, len(content), Path(name).stem)
    assert _kept(office) == [kept.file]
    assert Path(name).stem not in kept.file
    assert attachments.read(office, clerk, kept.record_id) == content
    assert mediation.case(office, clerk, matter).attachments == (kept,)
    event = ledger.matter(office, clerk, matter).events[-1]
    assert (event.action, event.note) == ("存入材料", f"证据材料：{kept.title}（{pages} 页）")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("空.pdf", b"", "空文件"),
        ("说明.docx", b"PK\x03\x04 word", "不是 PDF、JPG 或者 PNG"),
        ("骗人.pdf", b"MZ\x90\x00 an exe", "不是 PDF、JPG 或者 PNG"),
        ("锁.pdf", foreign.pdf(foreign.A4, password="secret"), "加了密码"),
        ("坏.pdf", b"%PDF-1.7\ngarbage", "“坏.pdf”"),
        ("断.jpg", foreign.photo()[:400], "“断.jpg”"),
        ("断.png", foreign.photo(format="PNG")[:60], "“断.png”"),
        ("大.pdf", b"%PDF-" + bytes(attachments.LARGEST), "最多 20 MB"),
    ],
)
def test_what_cannot_go_into_a_dossier_is_refused_with_the_reason(
    office: Office, clerk: Actor, matter: int, given: Given, name: str, content: bytes, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence) as refused:
        attach(office, clerk, "one", matter, "evidence", "", given(name, content))
    assert refused.value.problems[0].field == "file"
    assert _kept(office) == []
    assert mediation.case(office, clerk, matter).attachments == ()


def test_a_file_that_is_not_there_is_refused(
    office: Office, clerk: Actor, matter: int, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="路径不存在"):
        attach(office, clerk, "one", matter, "evidence", "", tmp_path / "没有.pdf")
    os.mkfifo(tmp_path / "管道.pdf")
    for path in (tmp_path, tmp_path / "管道.pdf"):
        with pytest.raises(Refused, match="不是文件"):
            attach(office, clerk, "two", matter, "evidence", "", path)


def test_what_else_is_refused(office: Office, clerk: Actor, visit: Visit, matter: int, given: Given) -> None:
    path = given("收条.pdf", PDF)
    unopened = reception.register(office, clerk, visit()).matter_id
    for sentence, to, kind, title, subject in (
        ("材料种类", matter, "nothing", "", 0),
        ("名称最多", matter, "receipt", "长" * 101, 0),
        ("不在本案", matter, "receipt", "", 99),
        ("还没有登记调解申请", unopened, "receipt", "", 0),
    ):
        with pytest.raises(Refused, match=sentence):
            attach(office, clerk, "one", to, kind, title, path, subject)
    assert _kept(office) == []
    with pytest.raises(NotAllowed, match="办理调解"):
        attach(office, Actor("clerk", "律师", "lawyer"), "one", matter, "receipt", "", path)


def test_asked_again_it_is_kept_once_and_the_same_file_is_not_kept_twice(
    office: Office, clerk: Actor, visit: Visit, matter: int, given: Given
) -> None:
    first = attach(office, clerk, "one", matter, "evidence", "收条", given("a.pdf", PDF))
    assert attach(office, clerk, "one", matter, "evidence", "收条", given("a.pdf", PDF)) == first
    with pytest.raises(Refused, match="在本案材料里叫“收条”"):
        attach(office, clerk, "two", matter, "other", "换个名字", given("b.pdf", PDF))
    other = mediated.begun(office, clerk, visit, ("M04",))
    again = attach(office, clerk, "three", other, "evidence", "", given("a.pdf", PDF))
    assert (again.file, len(_kept(office))) == (first.file, 1)


def test_a_sealed_case_s_files_are_its_readers_only(
    office: Office, clerk: Actor, matter: int, given: Given
) -> None:
    kept = attach(office, clerk, "one", matter, "evidence", "", given("a.pdf", PDF))
    with office.store.write() as tx:
        tx.run("UPDATE matter SET sealed = 1")
        tx.insert("sealed_reader", {"matter_id": matter, "account": "clerk"})
    stranger = office.actor("mediator")
    for ask in (
        lambda: attachments.read(office, stranger, kept.record_id),
        lambda: attachments.remove(office, stranger, "r", kept.record_id, "看看"),
        lambda: attach(office, stranger, "two", matter, "evidence", "", given("b.png", foreign.photo())),
    ):
        with pytest.raises(NotFound):
            ask()
    assert attachments.read(office, clerk, kept.record_id) == PDF


# --- in other flows ------------------------------------------------------------------------------------------------


def test_a_matter_in_any_flow_takes_files(office: Office, clerk: Actor, visit: Visit, given: Given) -> None:
    matter = handled.petition(office, clerk, visit)
    handled.forwarded(office, clerk, matter)
    slip = handling.case(office, clerk, matter).sendings[0].record_id
    kept = attach(office, clerk, "one", matter, "signed_for", "回执", given("a.pdf", PDF), slip)
    assert attach(office, clerk, "one", matter, "signed_for", "回执", given("a.pdf", PDF), slip) == kept
    found = handling.case(office, clerk, matter)
    assert (found.attachments, found.node) == ((kept,), "forwarded")
    assert attachments.read(office, clerk, kept.record_id) == PDF
    event = ledger.matter(office, clerk, matter).events[-1]
    assert (event.action, event.note) == ("存入材料", "签收回执：回执（2 页）")
    with pytest.raises(Refused, match="信访材料、签收回执、意见书、证据材料、其他材料"):
        attach(office, clerk, "two", matter, "signed", "", given("b.jpg", foreign.photo()))
    with pytest.raises(Refused, match="不在本案"):
        attach(office, clerk, "three", matter, "opinion", "", given("b.jpg", foreign.photo()), slip + 7)
    with pytest.raises(NotAllowed, match="办理事项"):
        attach(office, office.actor("mediator"), "four", matter, "other", "", given("b.jpg", foreign.photo()))
    attachments.remove(office, clerk, "gone", kept.record_id, "拿错了")
    assert ledger.matter(office, clerk, matter).events[-1].action == "移除材料"
    assert handling.case(office, clerk, matter).attachments[0].removed == "拿错了"


# --- removing ----------------------------------------------------------------------------------------------------


def test_what_is_removed_counts_no_more_and_is_not_deleted(
    office: Office, clerk: Actor, matter: int, given: Given
) -> None:
    kept = attach(office, clerk, "one", matter, "evidence", "收条", given("a.pdf", PDF))
    with pytest.raises(Refused, match="写明为什么"):
        attachments.remove(office, clerk, "gone", kept.record_id, " ")
    gone = attachments.remove(office, clerk, "gone", kept.record_id, "属于另一件")
    assert gone.removed == "属于另一件"
    assert attachments.remove(office, clerk, "gone", kept.record_id, "属于另一件") == gone
    with pytest.raises(Conflict, match="已经移除"):
        attachments.remove(office, clerk, "gone2", kept.record_id, "再移一次")
    assert mediation.case(office, clerk, matter).attachments == (gone,)
    assert ledger.matter(office, clerk, matter).events[-1].note == "证据材料：收条。属于另一件"
    assert attachments.read(office, clerk, kept.record_id) == PDF
    assert attach(office, clerk, "two", matter, "evidence", "收条", given("a.pdf", PDF)).removed == ""


def test_a_filed_dossier_loses_nothing(office: Office, clerk: Actor, visit: Visit, given: Given) -> None:
    matter = mediated.settled(office, clerk, visit, filed=False)
    kept = attach(office, clerk, "one", matter, "signed", "口头协议登记表", given("a.pdf", PDF))
    mediated.file(office, clerk, matter)
    with pytest.raises(Refused, match="已经归档"):
        attachments.remove(office, clerk, "gone", kept.record_id, "不要了")


# --- not losing them -----------------------------------------------------------------------------------------------


def test_every_backup_has_the_attachments(
    office: Office, clerk: Actor, matter: int, given: Given, tmp_path: Path
) -> None:
    kept = attach(office, clerk, "one", matter, "evidence", "", given("a.pdf", PDF))
    report = upkeep.backup(office, clerk)
    stick = upkeep.backup(office, clerk, tmp_path / "第二份")
    photo = attach(office, clerk, "two", matter, "evidence", "", given("b.jpg", foreign.photo()))
    upkeep.backup(office, clerk, tmp_path / "第二份" / "later.db")
    assert (report.path.parent / "attachments" / kept.file).read_bytes() == PDF
    restored = tmp_path / "restored"
    restored.mkdir()
    shutil.copy(stick.path.with_name("later.db"), restored / "desk.db")
    shutil.copytree(stick.path.with_name("attachments"), restored / "attachments")
    again = Office.open(restored)
    assert upkeep.check(again).sound
    assert attachments.read(again, clerk, photo.record_id) == foreign.photo()
    again.close()


def test_a_file_that_was_changed_or_lost_is_found_and_not_shown(
    office: Office, clerk: Actor, matter: int, given: Given
) -> None:
    changed = attach(office, clerk, "one", matter, "evidence", "", given("a.pdf", PDF))
    lost = attach(office, clerk, "two", matter, "evidence", "", given("b.jpg", foreign.photo()))
    (office.folder / "attachments" / changed.file).write_bytes(PDF[:-1] + b"x")
    (office.folder / "attachments" / lost.file).unlink()
    faults = upkeep.check(office).faults
    assert len(faults) == 2
    assert any(changed.file in fault and "存入时不一致" in fault for fault in faults)
    assert any(lost.file in fault and "路径不存在" in fault for fault in faults)
    for each in (changed, lost):
        with pytest.raises(Unavailable, match="QY-141"):
            attachments.read(office, clerk, each.record_id)


def test_a_backup_without_a_lost_file_does_not_count_as_one(
    office: Office, clerk: Actor, matter: int, given: Given, tmp_path: Path
) -> None:
    lost = attach(office, clerk, "one", matter, "evidence", "", given("a.pdf", PDF))
    photo = attach(office, clerk, "two", matter, "evidence", "", given("b.jpg", foreign.photo()))
    (office.folder / "attachments" / lost.file).unlink()
    with pytest.raises(Unavailable, match="QY-141"):
        upkeep.backup(office, clerk, tmp_path / "第二份")
    assert upkeep.last_backup(office) is None
    # What there is was copied all the same.
    assert [path.name for path in (tmp_path / "第二份" / "attachments").iterdir()] == [photo.file]
    assert len(list((tmp_path / "第二份").glob("*.db"))) == 1
    attachments.remove(office, clerk, "gone", lost.record_id, "原件已经遗失")
    assert upkeep.backup(office, clerk, tmp_path / "第二份").visits == 1
    assert upkeep.check(office).sound


def test_a_spoilt_copy_is_made_anew(office: Office, clerk: Actor, matter: int, given: Given) -> None:
    kept = attach(office, clerk, "one", matter, "evidence", "", given("a.pdf", PDF))
    copy = upkeep.backup(office, clerk).path.parent / "attachments" / kept.file
    copy.write_bytes(b"half")
    upkeep.backup(office, clerk)
    assert copy.read_bytes() == PDF


def test_holes_in_the_dossiers_series_are_found(office: Office, clerk: Actor, visit: Visit) -> None:
    mediated.settled(office, clerk, visit)
    mediated.settled(office, clerk, visit)
    assert upkeep.check(office).sound
    with office.store.write() as tx:
        tx.run("UPDATE mediation SET number = '' WHERE matter_id = 1")
    assert any("调解卷宗号不连续：缺 1 到 1" in fault for fault in upkeep.check(office).faults)
    with office.store.write() as tx:
        tx.run("UPDATE mediation SET number = ''")
    assert any("调解卷宗号已发到 2，记录只到 0" in fault for fault in upkeep.check(office).faults)
