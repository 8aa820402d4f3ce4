"""What a handler does with a matter: at its page's 办理, at the consult page, at the page of the day; all through real widgets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QLabel,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.consult.page import ConsultPage
from qingyuan_desk.desk.matter.handling.after import PAPERS_OF
from qingyuan_desk.desk.matter.handling.form import StepForm
from qingyuan_desk.desk.matter.page import MatterPage
from qingyuan_desk.desk.settings.page import SettingsPage
from qingyuan_desk.desk.today.page import TodayPage
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Segments
from qingyuan_desk.desk.widgets.fields import LineEdit
from qingyuan_desk.desk.widgets.several import Several
from qingyuan_desk.desk.window import PLACES, Window
from qingyuan_desk.domain.handling.asking import asks
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.papers import title_of
from qingyuan_desk.domain.matter import MatterFacts, SearchHit
from qingyuan_desk.domain.numbers import SHANGHAI
from tests.conftest import Clock
from tests.documents.reading import words
from tests.hands import press, type_into
from tests.journeys.desk import Desk

#: Places of the matter page's tabs, turned to by Ctrl and the digit.
_FACTS, _STEPS, _PAPERS = Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_4
_ALT, _CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


class Handler:
    """One handler, one window."""

    def __init__(self, window: Window, qtbot: QtBot, clock: Clock, folder: Path) -> None:
        self.window, self.clock, self._qtbot = window, clock, qtbot
        self.desk = Desk(window, qtbot, folder)
        self._last = self.asked = ""
        page, consult, today, settings = (
            window.page(code) for code in ("matter", "consult", "today", "settings")
        )
        assert isinstance(page, MatterPage) and isinstance(consult, ConsultPage)
        assert isinstance(today, TodayPage) and isinstance(settings, SettingsPage)
        self.page, self.consult, self.today, self.settings = page, consult, today, settings

    # --- what is in view ---

    @property
    def case(self) -> Handled:
        """The matter in view."""
        assert self.page.case is not None
        return self.page.case

    @property
    def facts(self) -> MatterFacts:
        """The matter in view, as its page shows it."""
        assert self.page.facts is not None
        return self.page.facts

    @property
    def clocks(self) -> list[str]:
        """What stands in the column of clocks and in the head: words, event, article."""
        head = f"{self.page.head.clock.text()} {self.page.head.article.text()}"
        labels = [
            each.text() for each in self.page.actions.clocks.findChildren(QLabel) if not each.isHidden()
        ]
        return [head, *(f"{said} {event}" for said, event in zip(labels[1::2], labels[2::2], strict=True))]

    @property
    def told(self) -> str:
        """Everything the records and the timeline say, without white space."""
        records = [
            part
            for entry in self.page.handling_tab.records.entries
            for part in (entry.title, entry.when, entry.state, *entry.lines)
        ]
        timeline = [
            part for each in self.page.timeline.entries for part in (each.title, each.when, each.note)
        ]
        return "".join("".join((*records, *timeline)).split())

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait; the first paper of a process loads its fonts."""
        self._qtbot.waitUntil(holds, timeout=15_000)

    # --- the day, and who sits at the desk ---

    def turn_to(self, code: str) -> None:
        """Alt and the digit of a page."""
        self._wake()
        key = "1234567890-"[[place.code for place in PLACES].index(code)]
        QTest.keyClick(self.window, key, _ALT)
        self.until(lambda: self.window.current.code == code)

    def go_on(self, moment: str) -> None:
        """Another day, in the morning: 2026-02-13, or with a time; what is in view is read again, as whoever turns to it does."""
        at = datetime.fromisoformat(moment)
        self.clock.moment = at.replace(hour=at.hour or 10, tzinfo=SHANGHAI)
        if self.page.facts is not None and self.window.current is self.page:
            self.turn_to("intake")
            self.turn_to("matter")
            self.until(lambda: self.page._asked is None)

    def become(self, account: str) -> None:
        """Another person sits down: chosen at 设置."""
        self.turn_to("settings")
        self.click(self.settings, f"settings.account.{account}")
        self.until(lambda: self.window.session.actor.code == account)

    # --- registering ---

    def register(
        self, *, category: str, flow: str, reason: str, flags: frozenset[str] = frozenset(), **visit: str
    ) -> None:
        """登记; what differs from the desk's proposal is chosen with a reason. Afterwards 办理 is pressed."""
        desk = self.desk
        self.turn_to("intake")
        desk.page.start_new()
        desk.fill(**visit)
        for flag in flags:
            desk.click(f"flag.{flag}")
        route = desk.page.claim.route
        self.until(lambda: bool(route.category.code) and not desk.page._rest.isActive())
        if route.category.code != category:
            desk.fill(category=category)
        self.until(lambda: bool(route.flow.code))
        if route.flow.code != flow:
            desk.fill(flow=flow)
        self.until(lambda: (route.category.code, route.flow.code) == (category, flow))
        self.until(lambda: desk.page._assessed == desk.page.form())
        if not route._reason.isHidden():
            desk.fill(route_reason=reason)
        number = desk.save()
        self.click(desk.page, "intake.work")
        self._shown(number)

    def open(self, number: str) -> None:
        """Open a matter at its steps, by the search box at the top of the window."""
        self.window.open_handling(number)
        self._shown(number)

    def _shown(self, number: str) -> None:
        self.until(
            lambda: (
                self.page.facts is not None
                and number in (self.case.number, *(visit.number for visit in self.facts.visits))
                and self.page._asked is None
                and self.page.tabs.currentWidget() is self.page.handling_tab
            )
        )

    # --- a step on the matter page ---

    def begin(self, step: str) -> StepForm:
        """Open the form of a step from the list at the left."""
        self.turn(_STEPS)
        tab = self.page.handling_tab
        self.until(lambda: self.page._asked is None and step in tab.free)
        if tab.form.step != step:
            steps = tab.steps
            place = next(at for at, row in enumerate(steps.rows) if row.step == step and not row.hindered)
            self._click_row(steps, place)
        self.until(lambda: tab.form.step == step and tab._asked is None)
        return tab.form

    def follow(self, title: str, step: str) -> StepForm:
        """Open the form of a step from the card of a record."""
        self.turn(_STEPS)
        tab = self.page.handling_tab
        place = next(at for at, entry in enumerate(tab.records.entries) if title in entry.title)
        self.click(self.page, f"matter.record.{place}.{step}")
        self.until(lambda: tab.form.step == step and tab._asked is None)
        return tab.form

    def save(self) -> None:
        """F9; the step was carried out, and the matter is shown as it is now."""
        tab, version = self.page.handling_tab, self.case.version
        self._last = tab.form.step
        press(self.page.handling_tab.form.fields or self.page, Qt.Key.Key_F9)
        self.until(lambda: tab._stack.currentWidget() is tab.after or bool(self.said_wrong(tab.form)))
        assert tab._stack.currentWidget() is tab.after, self.said_wrong(tab.form)
        self.until(lambda: self.case.version > version and self.page._asked is None)

    def refused(self, form: StepForm, name: str, sentence: str) -> None:
        """F9; it is said at the field what is wrong, the keyboard is there, and everything typed stays."""
        assert form.fields is not None
        typed = form.fields.form
        press(form.fields, Qt.Key.Key_F9)
        fields = form.fields
        self.until(lambda: sentence in fields._fields[name].sentence)
        self.until(form.go.isEnabled)
        assert form.fields is fields and fields.form == typed

    def said_wrong(self, form: StepForm) -> str:
        """What stands in red or amber in a form."""
        if form.fields is None:
            return ""
        wrong = [
            each.text()
            for each in form.findChildren(QLabel)
            if each.property("state") in ("error", "refuse") and each.text() and not each.isHidden()
        ]
        return "；".join(wrong)

    def fill(self, form: StepForm, said: Mapping[str, Any]) -> None:
        """Write, choose, or tick by field of the form."""
        fields = form.fields
        assert fields is not None
        labels = {name: ask for name, ask in asks(type(fields.begins))}
        for name, value in said.items():
            assert name in labels, name
            editor = fields.findChild(QWidget, f"matter.{form.step}.{name}")
            assert editor is not None and editor.isVisible(), name
            put(editor, value)

    def turn(self, tab: Qt.Key) -> None:
        """Ctrl and the digit of a tab."""
        self._wake()
        place = tab - Qt.Key.Key_1
        if self.page.tabs.currentIndex() != place:
            press(self.page.tabs, tab, _CTRL)
        self.until(lambda: self.page.tabs.currentIndex() == place)

    # --- papers ---

    def paper(self, kind: str) -> str:
        """The paper offered after a step, or chosen among those of the matter; its words, read back from its PDF."""
        offered = self._offered(kind)
        papers = self.page.papers_tab.handling
        if offered is not None:
            offered.click()
        else:
            self.turn(_PAPERS)
            if self.page.papers_tab.side.code != "handling":
                self.page.papers_tab.side.choose("handling")
            self.until(lambda: any(each.kind == kind for each in papers._choices) and not papers._stale)
            newest = next(each for each in reversed(papers._choices) if each.kind == kind)
            papers.kind.set_code(f"{kind}:{newest.subject}")
        self.until(lambda: papers.paper is not None and papers.kind.code.startswith(f"{kind}:"))
        paper = papers.paper
        assert paper is not None and paper.missing == () and papers.view.pages == paper.pages
        text = words(paper.pdf)
        assert "〓" not in text
        self.turn(_STEPS)
        return text

    def _offered(self, kind: str) -> QAbstractButton | None:
        """The button of a paper, once papers are offered; None where this one is not among them."""
        after, case = self.page.handling_tab.after, self.case
        if kind not in PAPERS_OF.get(self._last, ()):
            return None
        records = (*case.sendings, *case.opinions, *case.extensions, *case.alerts, *case.urges, *case.ratings)
        titles = {title_of(kind, case, subject) for subject in (0, *(each.record_id for each in records))}

        def found() -> QAbstractButton | None:
            buttons = [each for each in after.findChildren(QAbstractButton) if not each.isHidden()]
            return next((each for each in buttons if any(title in each.text() for title in titles)), None)

        self.until(lambda: found() is not None)
        return found()

    # --- the page of the day ---

    def letter(self, number: str, cause: str) -> None:
        """催办督办 on the page of the day: take up the letter proposed for a matter."""
        self.turn_to("today")
        press(self.today, Qt.Key.Key_3, _CTRL)
        listing = self.today.urging.proposals
        model = listing.model()

        def place() -> int:
            rows = range(model.rowCount())
            return next((row for row in rows if str(model.index(row, 3).data()) == number), -1)

        self.until(lambda: place() >= 0)
        self._click_row(listing, place())
        letter = self.today.urging.letter
        self.until(lambda: letter.isVisible() and number in letter.about.whole)
        assert cause in letter.cause.toPlainText(), letter.cause.toPlainText()

    def issue(self, requirement: str, reply_by: str) -> str:
        """Change what is wanted and until when, and send it; its words, read back from its PDF."""
        letter, shown = self.today.urging.letter, self.today.paper
        put(letter.requirement, requirement)
        put(letter.reply_by, reply_by)
        press(letter.reply_by, Qt.Key.Key_F9)
        self.until(lambda: shown.isVisible() and shown.paper is not None)
        assert shown.paper is not None
        text = words(shown.paper.pdf)
        press(shown, Qt.Key.Key_Escape)
        self.until(lambda: not shown.isVisible())
        return text

    # --- the consult page ---

    def ask(self, name: str, said: Mapping[str, Any]) -> None:
        """A question at the fast form, F9; then the matter is opened from there."""
        self.turn_to("consult")
        press(self.consult, Qt.Key.Key_1, _CTRL)
        form = self.consult.asking.form
        form.clear()
        put(form.form.channel, said.get("channel", "visit"))
        put(form.form.name, name)
        for field, value in said.items():
            editor = self.consult.findChild(QWidget, f"consult.{field}")
            assert editor is not None, field
            if field != "channel":
                put(editor, value)
        just_now, before = self.consult.asking.just_now, self.consult.asking.just_now._done
        press(form.form.name, Qt.Key.Key_F9)
        self.until(lambda: just_now._done is not before)
        done = just_now._done
        assert done is not None
        self.asked = done.matter_number

    def room_step(self, key: Qt.Key, step: str, said: Mapping[str, Any], *, just_asked: bool) -> None:
        """A step of legal aid (Ctrl+G) or a referral (Ctrl+J) of what was just asked, or of the first line of the room."""
        self.turn_to("consult")
        room = self.consult.aid if key == Qt.Key.Key_G else self.consult.referral
        if just_asked:
            press(self.consult, Qt.Key.Key_1, _CTRL)
            press(self.consult.asking.form.form.name, key, _CTRL)
        else:
            press(self.consult, Qt.Key.Key_2 if key == Qt.Key.Key_G else Qt.Key.Key_3, _CTRL)
            self.until(lambda: room.list.model.rowCount() > 0)
            room.list.table.setCurrentIndex(room.list.model.index(0, 0))
            press(room.list.table, Qt.Key.Key_Return)
        self.until(lambda: room.step.step == step)
        self.fill(room.step.form, said)
        press(room.step, Qt.Key.Key_F9)
        self.until(lambda: not room.step.step or bool(self.said_wrong(room.step.form)))
        assert not room.step.step, self.said_wrong(room.step.form)

    # --- looking ---

    def search(self, text: str) -> tuple[SearchHit, ...]:
        """What the search box at the top of the window finds."""
        box = self.window.search
        box.clear()
        type_into(box, text)
        box.search()
        self.settled()
        found = box.hits
        box.clear()
        box.close_list()
        return found

    def settled(self) -> None:
        """Everything that was asked for is shown."""
        background.wait_for_all()
        QApplication.processEvents()

    def everything(self) -> str:
        """All that stands in view on the page in front: labels, editors, and every cell of its lists."""
        page = self.window.current
        said = [each.text() for each in page.findChildren(QLabel) if each.isVisible()]
        said += [each.toPlainText() for each in page.findChildren(QPlainTextEdit) if each.isVisible()]
        said += [each.text() for each in page.findChildren(LineEdit) if each.isVisible()]
        for view in (each for each in page.findChildren(QAbstractItemView) if each.isVisible()):
            model = view.model()
            if model is not None:
                for row in range(model.rowCount()):
                    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
                    cells = (model.index(row, column).data() for column in range(columns))
                    said += [str(cell) for cell in cells]
        return "".join(said)

    # --- hands ---

    def _wake(self) -> None:
        """A list that closes leaves no window active where there is no window manager."""
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)

    def click(self, page: QWidget, name: str) -> None:
        """Press a button in view."""
        self.until(lambda: any(each.isVisible() for each in page.findChildren(QAbstractButton, name)))
        found = next(each for each in page.findChildren(QAbstractButton, name) if each.isVisible())
        assert found.isEnabled(), name
        self._qtbot.mouseClick(found, Qt.MouseButton.LeftButton)

    def _click_row(self, view: QAbstractItemView, row: int) -> None:
        index = view.model().index(row, 0)
        view.scrollTo(index)
        QApplication.processEvents()
        at = view.visualRect(index)
        where = QPoint(at.left() + 20, at.center().y())
        self._qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)


def put(editor: QWidget, value: Any) -> None:
    """Write, choose, or tick one value as a person does."""
    if isinstance(editor, Segments):
        if editor.code != value:
            codes = list(editor._buttons)
            press(editor.focusProxy(), Qt.Key(Qt.Key.Key_1 + codes.index(value)))
    elif isinstance(editor, ChoiceBox):
        editor.lineEdit().clear()
        name = next((each.name for each in editor._options if each.code == str(value)), str(value))
        type_into(editor.lineEdit(), name)
        press(editor, Qt.Key.Key_Return)
    elif isinstance(editor, Several):
        for each in value:
            name = next((option.name for option in editor._options if option.code == each), each)
            type_into(editor.box.lineEdit(), name)
            press(editor.box, Qt.Key.Key_Return)
    elif isinstance(editor, QCheckBox):
        if editor.isChecked() != value:
            press(editor, Qt.Key.Key_Space)
    elif isinstance(editor, QPlainTextEdit):
        editor.selectAll()
        editor.cut()
        type_into(editor, value)
    else:
        assert isinstance(editor, LineEdit), editor
        editor.clear()
        type_into(editor, _written(value))


def _written(value: Any) -> str:
    """A value as a person writes it."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
