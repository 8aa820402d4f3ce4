"""材料: files chosen or dropped, named one after the other, seen, and taken out for a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.mediation.file_form import guess
from qingyuan_desk.desk.mediation.files_tab import size_in_words
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.window import Window
from qingyuan_desk.domain.mediation.dossier import completeness
from tests.desk.mediation_hands import Hands, open_tab
from tests.hands import press, type_into


@pytest.fixture
def hands(session: Session) -> Hands:
    return Hands(session.office)


def _picture(folder: Path, name: str, colour: int) -> Path:
    picture = QImage(120, 80, QImage.Format.Format_RGB32)
    picture.fill(colour)
    path = folder / name
    picture.save(str(path))
    return path


def test_dropped_files_are_named_and_kept_one_after_the_other(
    window: Window, qtbot: QtBot, hands: Hands, tmp_path: Path
) -> None:
    hands.agreed()
    tab = open_tab(window, qtbot, hands.matter_id, "files")
    paths = [_picture(tmp_path, "王测试身份证.png", 0x336699), _picture(tmp_path, "墙面.jpg", 0x996633)]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    here, copy, left = QPointF(50, 50), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(here, copy, data, left, none)
    QApplication.sendEvent(tab, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(tab, QDropEvent(here, copy, data, left, none))
    assert tab.form.waiting == 2 and tab.form.kind.code == "identity"
    assert tab.form.title.text() == "王测试身份证"
    press(tab.form.title, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.form.waiting == 1)
    type_into(tab.form.title, "墙面裂缝照片")  # the offered name is marked, so that typing replaces it
    press(tab.form.title, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: len(hands.case.attachments) == 2)
    qtbot.waitUntil(lambda: len(tab.table.lines) == 2)
    assert [(line.texts[0], line.texts[1]) for line in tab.table.lines] == [
        ("当事人身份证明", "王测试身份证"),
        ("证据材料", "墙面裂缝照片"),
    ]
    qtbot.waitUntil(lambda: tab.table.lines[0].texts[4] == "登记员")
    qtbot.waitUntil(lambda: tab.view.pages == 1)
    assert not tab.form.isVisible()


def test_a_file_that_is_no_picture_is_refused_at_its_name(
    window: Window, qtbot: QtBot, hands: Hands, tmp_path: Path
) -> None:
    hands.agreed()
    tab = open_tab(window, qtbot, hands.matter_id, "files")
    wrong = tmp_path / "照片.jpg"
    wrong.write_bytes(b"MZ not a picture")
    tab.add([wrong])
    press(tab.form.title, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "不是 PDF、JPG 或者 PNG" in tab.form.message.text())
    assert tab.form.waiting == 1 and hands.case.attachments == ()
    qtbot.mouseClick(tab.form.skip_button, Qt.MouseButton.LeftButton)
    assert tab.form.waiting == 0


def test_a_file_is_taken_out_for_a_reason_and_stays_in_the_list(
    window: Window, qtbot: QtBot, hands: Hands, tmp_path: Path
) -> None:
    hands.agreed()
    tab = open_tab(window, qtbot, hands.matter_id, "files")
    tab.add([_picture(tmp_path, "别人的.png", 0)])
    press(tab.form.title, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(tab.table.lines) == 1)
    qtbot.waitUntil(tab.remove_button.isVisible)
    qtbot.mouseClick(tab.remove_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "请写明为什么" in tab._reason_field.sentence)
    type_into(tab.reason, "拿错了")
    qtbot.mouseClick(tab.remove_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tab.table.lines[0].struck)
    assert "已撤下：拿错了" in tab.name.whole and not tab.remove_button.isVisible()


@pytest.mark.parametrize(
    ("stem", "kind"),
    [
        ("王测试身份证正面", "identity"),
        ("授权委托书", "authority"),
        ("银行转账回单", "receipt"),
        ("DSC0012", "evidence"),
    ],
)
def test_the_name_of_a_file_says_what_it_most_likely_is(stem: str, kind: str) -> None:
    assert guess(stem) == kind


@pytest.mark.parametrize(
    ("size", "words"), [(12, "12 字节"), (2_500, "2.4 KB"), (1 << 20, "1.0 MB"), (15 << 20, "15 MB")]
)
def test_sizes_are_said_short(size: int, words: str) -> None:
    assert size_in_words(size) == words


def test_a_signed_copy_takes_the_title_of_its_paper_and_an_identity_its_party(
    window: Window, qtbot: QtBot, hands: Hands, tmp_path: Path
) -> None:
    hands.agreed()
    tab = open_tab(window, qtbot, hands.matter_id, "files")
    names = ("调解记录签字版.png", "赵样例身份证.png", "裂缝.png")
    tab.add([_picture(tmp_path, name, colour) for colour, name in enumerate(names)])
    session = hands.case.held[0].record_id
    assert tab.form.kind.code == "signed" and tab.form.about.isVisible()
    assert tab.form.title.text().startswith("人民调解记录（")
    press(tab.form.title, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.form.waiting == 2)
    assert (tab.form.kind.code, tab.form.about.currentText()) == ("identity", "赵样例")
    assert tab.form.title.text() == "赵样例身份证"
    press(tab.form.title, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.form.waiting == 1)
    assert not tab.form.about.isVisible()
    press(tab.form.title, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(hands.case.attachments) == 3)
    respondent = hands.case.parties[1].record_id
    assert [each.subject for each in hands.case.attachments] == [session, respondent, 0]
    record = next(line for line in completeness(hands.case) if line.no == 7)
    assert [part.attachment for part in record.parts] == [hands.case.attachments[0].record_id]
