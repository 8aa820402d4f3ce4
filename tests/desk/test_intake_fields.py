"""Ten bad inputs a field, typed or pasted into the real editors: each is cleaned or told of at its field, never lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.application import make_application
from qingyuan_desk.desk.intake.page import IntakePage
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.choice import ChoiceBox
from qingyuan_desk.desk.widgets.fields import Field, LineEdit
from qingyuan_desk.desk.window import Window
from qingyuan_desk.domain.visit import Person, VisitForm
from qingyuan_desk.services.office import Office
from tests.conftest import Clock
from tests.desk.intake_hands import activate, page_of

GOOD = VisitForm(
    "",
    persons=(Person(name="王建国"),),
    narrative="邻居盖房占了我家宅基地，多次协商不成，请求调解。",
)
#: What was put in → (what stands in the editor afterwards, a part of the sentence at the field).
Cases = dict[str, tuple[str, str]]

NAMES: Cases = {
    "": ("", "请填写来访人姓名"),
    "\u3000\u3000": ("", "请填写来访人姓名"),
    "\u200b": ("", "请填写来访人姓名"),
    "张三\n": ("张三", ""),
    "张\r\n三": ("张三", ""),
    "a\x00b\x01": ("ab", ""),
    "欧阳娜娜" * 20: ("欧阳娜娜" * 20, "最多 50 个字，现有 80 个字"),
    "\u202e321三张": ("321三张", ""),
    "<b>张三</b>": ("<b>张三</b>", ""),
    "𠮷野·阿依古丽": ("𠮷野·阿依古丽", ""),
    "x" * 100_000: ("", "最多 50 个字"),
}
NUMBERS: Cases = {
    "１１０１０５１９４９１２３１００２ｘ": ("11010519491231002X", ""),
    " 110105 19491231 002X ": ("11010519491231002X", ""),
    "110105194912310020": ("110105194912310020", "校验位不对"),
    "130608209912310010": ("130608209912310010", "晚于今天"),
    "110105194913310021": ("110105194913310021", "出生日期 19491331 不存在"),
    "110105194912310О2X": ("110105194912310О2X", "第 16 位是“О”"),
    "1101051949": ("1101051949", "现有 10 位"),
    "130622820101001": ("130622820101001", "可换成18位 13062219820101001"),
    "E12345678": ("E12345678", "护照等请改选证件类型"),
    "9" * 40: ("9" * 40, "最多 30 位"),
    "无": ("无", ""),
}
PHONES: Cases = {
    "１３８００１３８０００": ("13800138000", ""),
    "138 0013 8000": ("13800138000", ""),
    "+8613800138000": ("13800138000", ""),
    "13800138000/13900139000": ("13800138000/13900139000", ""),
    "0312-7951234-801": ("0312-7951234-801", ""),
    "12345": ("12345", "“12345”不像电话号码"),
    "1380013800": ("1380013800", "不像电话号码"),
    "找他儿子": ("找他儿子", "不像电话号码"),
    "无": ("无", ""),
    "1" * 100: ("1" * 100, "最多 60 个字符"),
}
HEADCOUNTS: Cases = {
    "0": ("0", "1 到 9999"),
    "-1": ("-1", "1 到 9999"),
    "1.5": ("1.5", "1 到 9999"),
    "NaN": ("NaN", "1 到 9999"),
    "1e400": ("1e400", "1 到 9999"),
    "9" * 25: ("9" * 25, "1 到 9999"),
    "²": ("²", "1 到 9999"),
    "一百": ("一百", "1 到 9999"),
    "": ("", "1 到 9999"),
    "10000": ("10000", "1 到 9999"),
    "２３": ("２３", ""),
}
MOMENTS: Cases = {
    "2024-02-30 10:00": ("2024-02-30 10:00", "2024-09-20 10:30"),
    "0000-00-00": ("0000-00-00", "来访时间写作"),
    "9999-12-31 10:00": ("9999-12-31 10:00", "来访时间在将来"),
    "2025-01-01 00:00": ("2025-01-01 00:00", "来访时间在将来"),
    "1900-02-29 10:00": ("1900-02-29 10:00", "来访时间写作"),
    "1999-12-31 10:00": ("1999-12-31 10:00", "早于 2000 年"),
    "2024年2月29日 10:00": ("2024年2月29日 10:00", ""),
    "24.2.29": ("24.2.29", "来访时间写作"),
    "2024-09-19": ("2024-09-19", "来访时间写作"),
    "昨天": ("昨天", "来访时间写作"),
    "9:15": ("9:15", ""),
}
TOWNSHIPS: Cases = {
    "马厂镇": ("马厂镇", "没有“马厂镇”这个乡镇"),
    "<b>冉庄</b>": ("<b>冉庄</b>", "这个乡镇"),
    "'; DROP TABLE visit;--": ("'; DROP TABLE visit;--", "这个乡镇"),
    "冉庄": ("冉庄镇", ""),
    "东吕乡": ("东闾镇", ""),
    "RZ": ("冉庄镇", ""),
    "ｒｚ": ("冉庄镇", ""),
    "冉莊鎮": ("冉庄镇", ""),
    "%": ("%", "这个乡镇"),
    "": ("", ""),
}
VILLAGES: Cases = {
    "没有村": ("没有村", "冉庄镇没有“没有村”这个村"),
    "zmz": ("张马庄村", ""),
    "冉庄村民委员会": ("冉庄村", ""),
    "_": ("_", "这个村"),
    "": ("", ""),
}
ADDRESSES: Cases = {
    "村东第三排\n门牌8号": ("村东第三排门牌8号", ""),
    "路" * 201: ("路" * 201, "最多 200 个字，现有 201 个字"),
    "=1+1": ("=1+1", ""),
    "a\x00b": ("ab", ""),
    "\u2066abc": ("abc", ""),
}
SOURCES: Cases = {"不知道": ("不知道", "没有“不知道”这个来源"), "基层": ("基层排查上报", "")}
ROOMS: Cases = {"地下室": ("地下室", "没有“地下室”这个房间"), "心理": ("心理咨询室", "")}
UNITS: Cases = {"某某局": ("某某局", "没有“某某局”这个承办单位"), "区人民法院": ("区人民法院", "")}


@pytest.fixture(scope="module")
def page(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[IntakePage]:
    """One window for the whole table."""
    app = make_application([])
    office = Office.open(tmp_path_factory.mktemp("desk") / "数据", now=Clock())
    session = Session(office, office.actor("clerk"))
    theme.apply(app, "light")
    window = Window(session)
    window.resize(1366, 768)
    window.show()
    yield page_of(window)
    window.close()
    background.wait_for_all()
    app.processEvents()
    office.close()


def _put(editor: LineEdit | ChoiceBox, text: str) -> None:
    """Paste a text into an emptied editor."""
    # Without a window manager a list that was open keeps the window from being the active one.
    activate(editor.window())
    editor.setFocus()
    line = editor if isinstance(editor, QLineEdit) else editor.lineEdit()
    line.selectAll()
    line.del_()
    QApplication.clipboard().setText(text)
    if isinstance(editor, LineEdit):
        editor.insert_pasted(text)
        editor.textEdited.emit(editor.text())
    else:
        line.paste()


def _text(editor: LineEdit | ChoiceBox) -> str:
    return editor.text() if isinstance(editor, QLineEdit) else editor.currentText()


@pytest.mark.parametrize(
    ("field", "cases"),
    [
        ("name", NAMES),
        ("id_number", NUMBERS),
        ("phone", PHONES),
        ("headcount", HEADCOUNTS),
        ("received_at", MOMENTS),
        ("township", TOWNSHIPS),
        ("village", VILLAGES),
        ("address", ADDRESSES),
        ("source", SOURCES),
        ("room", ROOMS),
        ("unit", UNITS),
    ],
)
def test_what_cannot_be_kept_is_told_at_its_field(
    page: IntakePage, qtbot: QtBot, field: str, cases: Cases
) -> None:
    for put, (stands, told) in cases.items():
        page._open(GOOD)
        place: Field = page.sheet.fields()[field]
        editor = place.editor_of(field)
        if field == "village":
            page.visitor.township.set_code("冉庄镇")
            page.visitor.township.settle()
        _put(editor, put)  # type: ignore[arg-type]
        QTest.keyClick(editor, Qt.Key.Key_Tab)
        qtbot.waitUntil(lambda: page._assessed == page.form())
        if len(put) < 10_000:
            assert _text(editor) == stands, put[:40]  # type: ignore[arg-type]
        assert (told in place.sentence) if told else place.message.property("state") in ("hint", ""), (
            put[:40],
            place.sentence,
        )
        assert _saves(page, qtbot) is (not place.message.property("state") or _harmless(place)), put[:40]


def _harmless(place: Field) -> bool:
    return place.message.property("state") in ("hint", "warn", "")


def _saves(page: IntakePage, qtbot: QtBot) -> bool:
    """Whether F9 registers the form; when it does not, everything is still there."""
    before = page.form()
    page.save()
    qtbot.waitUntil(lambda: page._state.value != "saving")
    if page._state.value == "saved":
        return True
    assert page.form() == before
    return False


def test_narrative_says_what_is_too_much_and_cuts_nothing(page: IntakePage, qtbot: QtBot) -> None:
    narrative, place = page.claim.narrative, page.sheet.fields()["narrative"]
    for put, kept, told in (
        ("", "", "请如实记录"),
        ("纠" * 5001, "纠" * 5001, "最多 5000 个字，现有 5001 个字"),
        ("无" * 20_000, "无" * 20_000, "最多 5000 个字"),
        ("纠" * 1_000_000, "", "粘贴的内容有 1000000 个字"),
        ("<img src='x'>&nbsp;<b>张三", "<img src='x'>&nbsp;<b>张三", "24 / 5000 字"),
        ("a\x00b", "a\x00b", "3 / 5000 字"),
        ("</para><onDraw name='x'/>", "</para><onDraw name='x'/>", "/ 5000 字"),
        ("😀👨‍👩‍👧", "😀👨‍👩‍👧", "/ 5000 字"),
        ("=cmd|'/c calc'!A0", "=cmd|'/c calc'!A0", "/ 5000 字"),
        ("第一行\r\n第二行\t第三", "第一行\n第二行\t第三", "/ 5000 字"),
    ):
        page._open(VisitForm("", persons=GOOD.persons))
        activate(page.window())
        narrative.setFocus()
        if put:
            data = QMimeData()
            data.setText(put)
            narrative.insertFromMimeData(data)
        sentence = place.sentence if len(put) > 100_000 else ""
        page.visitor.name.setFocus()
        qtbot.waitUntil(lambda: page._assessed == page.form())
        assert narrative.toPlainText() == kept
        assert told in (sentence or place.sentence)


def test_opponents_and_people_beside_are_told_at_their_lines(page: IntakePage, qtbot: QtBot) -> None:
    page._open(GOOD)
    page.visitor.add_representative()
    page.visitor.add_agent()
    row, agent = page.visitor.representatives[0], page.visitor.agent
    assert agent is not None
    row.phone.setText("12345")
    agent.name.setText("周律师")
    agent.id_number.setText("110105194912310020")
    page.claim.opponents.rows[0].name.setText("李" * 51)
    page.visitor.headcount.setText("2")
    page.save()
    qtbot.waitUntil(lambda: page._state.value == "filling")
    assert "请填写姓名" in row.field.sentence
    assert "校验位不对" in agent.fields()["id_number"].sentence
    assert "最多 50 个字" in page.claim.opponents.rows[0].field.sentence
    row.name.setText("刘一")
    page.save()
    qtbot.waitUntil(lambda: page._state.value == "filling")
    assert "不像电话号码" in row.field.sentence


def test_a_doubted_number_is_kept_with_a_reason_given_in_place(page: IntakePage, qtbot: QtBot) -> None:
    page._open(GOOD)
    activate(page.window())
    page.visitor.id_number.setFocus()
    QTest.keyClicks(page.visitor.id_number, "110105194912310020")
    place = page.sheet.fields()["id_number"]
    qtbot.waitUntil(lambda: "校验位不对" in place.sentence)
    place.reason_button.click()
    assert QApplication.focusWidget() is place.reason
    page.save()
    qtbot.waitUntil(lambda: page._state.value == "filling")
    QTest.keyClicks(place.reason, "zjww")
    assert _saves(page, qtbot)
    # Another number wants another reason.
    page._open(GOOD)
    place.keep("id_number", "证件无误")
    page.visitor.id_number.setFocus()
    QTest.keyClicks(page.visitor.id_number, "110105194912310021")
    qtbot.waitUntil(lambda: page.visitor.sex.code == "female" and "校验位不对" in place.sentence)
    assert place.reason.text() == "" and not _saves(page, qtbot)


def test_the_number_says_sex_birth_and_age_and_old_ones_are_converted(page: IntakePage, qtbot: QtBot) -> None:
    place = page.sheet.fields()["id_number"]
    page._open(GOOD)
    activate(page.window())
    page.visitor.id_number.setFocus()
    QTest.keyClicks(page.visitor.id_number, "11010519491231002x")
    qtbot.waitUntil(lambda: place.sentence == "1949-12-31 · 女 · 74岁 ✓")
    assert page.visitor.sex.code == "female"
    page.visitor.id_number.selectAll()
    QTest.keyClicks(page.visitor.id_number, "130622820101001")
    qtbot.waitUntil(lambda: place.offer_button.isVisible())
    assert page.visitor.sex.code == "male"
    place.offer_button.click()
    assert page.visitor.id_number.text().startswith("13062219820101001")
    page.visitor.sex.choose("female")
    page.visitor.id_number.selectAll()
    QTest.keyClicks(page.visitor.id_number, "13060820150101001")
    qtbot.waitUntil(lambda: "17 位" in place.sentence)
    assert page.visitor.sex.code == "female"


def test_an_untouched_form_shows_no_faults(page: IntakePage, qtbot: QtBot) -> None:
    page.start_new()
    page.visitor.name.setFocus()
    page.claim.narrative.setFocus()
    page.visitor.phone.setFocus()
    qtbot.wait(50)
    assert all(field.message.property("state") in ("hint", "") for field in page.sheet.fields().values())
