"""协议: written or by word of mouth, checked while it is typed, printed as a draft, signed, and changed for a reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.keeping import Keeping
from qingyuan_desk.desk.matter.parts import across
from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.mediation.agreement_editor import AgreementEditor
from qingyuan_desk.desk.mediation.agreement_view import AgreementView
from qingyuan_desk.desk.mediation.checks import Checks
from qingyuan_desk.desk.mediation.clause_shelf import ClauseShelf
from qingyuan_desk.desk.mediation.paper import CasePaper
from qingyuan_desk.desk.mediation.signing import Signing
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.choice import Option, Segments
from qingyuan_desk.desk.widgets.fields import commit_composition
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.parts import Panel, button, nothing, shortcut
from qingyuan_desk.domain.mediation.acts import ACTS, hindrance
from qingyuan_desk.domain.mediation.case import Agreement, Case
from qingyuan_desk.domain.mediation.forms import Draft, Form, Oral, Sign
from qingyuan_desk.domain.problems import Problem
from qingyuan_desk.services import mediation

#: So long after the last key the rules look at what was typed (milliseconds).
_PAUSE = 250
_UNSAVED = "草稿还没有保存，或者有改动没有保存。请先按 F9 保存，再打印、签署。"
_SIDES = {"checks": "核对", "clauses": "常用条款", "sign": "签署生效"}


class AgreementTab(QWidget):
    """Left what is written, right what is wrong with it, clauses, the signatures, or the paper."""

    def __init__(self, session: Session, act: Act) -> None:
        super().__init__()
        self._session, self._act = session, act
        self._case: Case | None = None
        self._saved: Draft | Oral | None = None
        self._asked: background.Task | None = None
        self._changing = False
        self._papered: Agreement | None = None
        today = session.office.today
        self.editor = AgreementEditor(today)
        self.view = AgreementView()
        self.checks = Checks("mediation.checks")
        self.shelf = ClauseShelf(session.office.reference)
        self.signing = Signing(today)
        self.paper = CasePaper(session, "mediation.agreement_paper")
        self.side = Segments("mediation.agreement_side", [Option(*each) for each in _SIDES.items()])
        self.save_button = button("保存草稿 F9", "mediation.agreement.save", role="primary")
        self.print_button = button("打印 F8", "mediation.agreement.print", icon="print")
        self.change_button = button("变更协议", "mediation.agreement.change", icon="edit")
        self.keep_button = button("不改了", "mediation.agreement.keep")
        self._state = label("", "second", name="mediation.agreement.state")
        self.keeping = Keeping(
            "mediation.agreement",
            session,
            typed=lambda: self.editor.form() if self._is_dirty() else None,
            go_on=self._go_on,
            begin=self._keep,
            leave=self._leave,
        )
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._lay_out()
        self._listen()

    def show_case(self, case: Case) -> None:
        """Show a case; an agreement that is being written stays as it is, and is kept while another case is looked at."""
        other = self._case is None or self._case.matter_id != case.matter_id
        if other:
            self.keeping.rest()
        before, self._case = self._case, case
        if other:
            self._changing = False
            self._show_side("checks")
        writing = not other and self._is_dirty()
        self.signing.show_case(case)
        self.shelf.show_for(case.dispute_type)
        self.view.show_case(case)
        redrawn = before is not None and _texts(before) != _texts(case)
        if other or (not writing and redrawn) or self._saved is None:
            self._load(case)
        self._arrange()
        self.checks.restyle()
        if self.keeping.rests and not hindrance(case, ACTS["agreement"]):
            self.keeping.look(case.matter_id, "agreement")

    def begin(self, step: str) -> None:
        """Go to where an agreement is written (agreement, oral) or signed."""
        if self._case is None:
            return
        if step == "sign":
            self._show_side("sign")
            self.signing.days["signed_on"].setFocus()
            return
        if self._case.agreement is not None:
            self.change()
        else:
            self.editor.kind.set_code("oral" if step == "oral" else "written")
            self.editor.kind.chosen.emit(self.editor.kind.code)
        self.editor.facts.setFocus()

    def change(self) -> None:
        """Begin to change the agreement in force: a new version, which replaces it when it is signed."""
        self._changing = True
        self._show_side("checks")
        self._arrange()
        self.editor.reason.setFocus()

    def put_away(self) -> bool:
        """Put the paper away that lies over the work, if one does."""
        lay = self._writable and self._over.currentWidget() is self.paper
        if lay:
            self._over.setCurrentWidget(self._work)
        return lay

    def save(self) -> None:
        """Keep the draft, or record the oral agreement."""
        self._take(lambda: None)

    def print_draft(self) -> None:
        """Show the agreement as it prints; what was typed is kept first."""
        if self._case is None:
            return
        if not self._writable:
            self._show_paper()
        elif self._is_dirty() or self._case.draft is None:
            self._take(self._show_paper)
        else:
            self._show_paper()

    # --- putting together ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._closed = nothing("", "mediation.agreement.closed")
        self._stack = QStackedWidget()
        for part in (self.editor, self.view, self._closed):
            self._stack.addWidget(part)
        foot = across(
            self._state,
            self.keep_button,
            self.change_button,
            self.print_button,
            self.save_button,
            stretch=0,
        )
        left = Panel()
        left.column.addWidget(self.keeping)
        left.column.addWidget(self._stack, 1)
        left.column.addLayout(foot)
        self._sides = QStackedWidget()
        for part in (self.checks, self.shelf, self.signing):
            self._sides.addWidget(part)
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.side)
        column.addWidget(self._sides, 1)
        self._work = work
        self._right = Panel()
        self._over = QStackedWidget()
        self._over.addWidget(work)
        self._over.addWidget(self.paper)
        self._right.column.addWidget(self._over)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 8, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(left, 1)
        whole.addWidget(self._right)

    def _listen(self) -> None:
        self.editor.changed.connect(self._edited)
        self.editor.clauses_wanted.connect(self._to_clauses)
        self.shelf.chosen.connect(self.editor.insert)
        self.signing.signing.connect(self._sign)
        self.signing.print_button.clicked.connect(self._print_for_signing)
        self.side.chosen.connect(lambda code: self._show_side(code or "checks"))
        self.paper.closed.connect(self.put_away)
        self.save_button.clicked.connect(self.save)
        self.print_button.clicked.connect(self.print_draft)
        self.change_button.clicked.connect(self.change)
        self.keep_button.clicked.connect(self._keep)
        self._pause.timeout.connect(self._check)
        for keys, act in (
            ("F9", self.save),
            ("F8", self._f8),
            ("F6", self.signing.sign),
            ("Ctrl+L", self._to_clauses),
            ("Ctrl+=", self.editor.parts.add),
        ):
            shortcut(self, keys, act)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._right.setFixedWidth(min(max(theme.px(344), self.width() * 34 // 100), theme.px(560)))

    # --- what is shown -------------------------------------------------------------------------------------------

    @property
    def _writable(self) -> bool:
        return self._stack.currentWidget() is self.editor

    def _load(self, case: Case) -> None:
        self.editor.load(case)
        self.editor.set_recorder(self._session.actor.name)
        self._saved = self.editor.form()
        self.checks.wait()
        self._check()

    def _go_on(self, form: Form) -> None:
        """Show what was written before and not saved."""
        if self._case is not None and isinstance(form, Draft | Oral):
            self.editor.load(self._case, form)
            self._changing = self._case.agreement is not None
            self._arrange()
            self._check()

    def _leave(self) -> None:
        """Another person sits down: the next case begins anew, the same one too."""
        self._case = self._saved = None

    def _arrange(self) -> None:
        case = self._case
        if case is None:
            return
        why_not = hindrance(case, ACTS["agreement"])
        in_force, draft = case.agreement, case.draft
        read_only = in_force is not None and draft is None and not self._changing
        if read_only:
            self._stack.setCurrentWidget(self.view)
        elif why_not:
            self._closed.setText(why_not)
            self._stack.setCurrentWidget(self._closed)
        else:
            self._stack.setCurrentWidget(self.editor)
        self.change_button.setVisible(read_only and not why_not)
        self.keep_button.setVisible(self._writable and self._changing and draft is None)
        self.save_button.setVisible(self._writable)
        self.print_button.setVisible(in_force is not None or self._writable)
        self.side.setEnabled(self._writable)
        self.paper.back.setVisible(self._writable)
        if read_only:
            self._show_in_force()
        elif not self._writable:
            self.checks.wait()
        self._say_state()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_in_force()

    def _show_in_force(self) -> None:
        """Beside an agreement that is only read stands its paper; made once, and only when somebody looks."""
        current = self._case.agreement if self._case else None
        if current is None or self._stack.currentWidget() is not self.view or not self.isVisible():
            return
        self._over.setCurrentWidget(self.paper)
        if self._papered != current:
            self._papered = current
            self._show_paper()

    def _show_side(self, code: str) -> None:
        self.side.set_code(code)
        self._over.setCurrentWidget(self._work)
        self._sides.setCurrentIndex(list(_SIDES).index(code))

    def _to_clauses(self) -> None:
        self._show_side("clauses")
        self.shelf.find.setFocus()
        self.shelf.find.selectAll()

    def _f8(self) -> None:
        if self._over.currentWidget() is self.paper:
            self.paper.print_paper()
        else:
            self.print_draft()

    def _print_for_signing(self) -> None:
        """The copy the parties sign: without 草稿, of the draft that was kept."""
        case = self._case
        if case is not None and case.draft is not None and not self._is_dirty():
            self._over.setCurrentWidget(self.paper)
            self.paper.show_paper(case.matter_id, "signing", case.draft.record_id)
        else:
            self.signing.fields.tell([Problem("", _UNSAVED)])

    def _show_paper(self) -> None:
        case = self._case
        if case is None:
            return
        shown = case.draft if self._writable else case.agreement
        if shown is not None:
            self._over.setCurrentWidget(self.paper)
            kind = "oral" if shown.form == "oral" else "agreement" if shown.state == "draft" else "signing"
            self.paper.show_paper(case.matter_id, kind, shown.record_id)

    # --- checking and writing ------------------------------------------------------------------------------------

    def _is_dirty(self) -> bool:
        return self._saved is not None and self._saved != self.editor.form()

    def _edited(self) -> None:
        self._pause.start()
        self._say_state()
        self.save_button.setText("口头协议生效 F9" if self.editor.is_oral else "保存草稿 F9")
        self.print_button.setVisible(not self.editor.is_oral)

    def _check(self) -> None:
        """Let the rules look at it; an answer about what stood there before is dropped."""
        if self._case is None or not self._writable:
            return
        if self._asked is not None:
            self._asked.drop()
        session, unread = self._session, tuple(self.editor.unreadable())
        self._asked = background.ask(
            self,
            mediation.problems,
            session.office,
            session.actor,
            self._case.matter_id,
            self.editor.form(),
            then=lambda found: self._show_problems((*unread, *found)),
            failed=session.tell,
        )

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        if not self._writable:
            return
        self.checks.show_problems(problems)
        told = f"核对 {len(problems)}" if problems else "核对"
        shown = self.side.findChild(QWidget, "mediation.agreement_side.checks")
        if shown is not None:
            shown.setText(told)  # type: ignore[attr-defined]

    def _take(self, then: object) -> None:
        if self._case is None or not self._writable:
            return
        commit_composition()
        unread = tuple(self.editor.unreadable())
        if unread:
            self.editor.tell(unread)
            return
        form = self.editor.form()

        def done(_: object) -> None:
            self._saved = form
            self._changing = False
            self.keeping.keep()
            self.editor.tell(())
            self._read_then(then)

        self._act(form, then=done, at=self.editor, busy=self.save_button)

    def _read_then(self, then: object) -> None:
        """The paper is about the draft just written: the case is read before it is shown."""
        session, case = self._session, self._case
        if case is None:
            return

        def show(found: Case) -> None:
            self.show_case(found)
            then()  # type: ignore[operator]

        background.ask(
            self,
            mediation.case,
            session.office,
            session.actor,
            case.matter_id,
            then=show,
            failed=session.tell,
        )

    def _sign(self, form: Sign) -> None:
        if self._is_dirty():
            self.signing.fields.tell([Problem("", _UNSAVED)])
            return
        unread = [
            Problem(code, "日期写作 2024-09-30 或者 9-30。")
            for code, editor in self.signing.days.items()
            if editor.unreadable
        ]
        if unread:
            self.signing.fields.tell(unread)
            return
        self._act(form, at=self.signing.fields, busy=self.signing.go)

    def _keep(self) -> None:
        """Leave the agreement in force as it is."""
        self._changing = False
        if self._case is not None:
            self._load(self._case)
        self._arrange()

    def _say_state(self) -> None:
        case = self._case
        if case is None or not self._writable:
            self._state.setText("")
        elif self._is_dirty():
            self._state.setText("有改动还没有保存")
        elif case.draft is not None:
            self._state.setText(f"草稿已保存（第 {case.draft.version} 版）")
        else:
            self._state.setText("还没有保存过")


def _texts(case: Case) -> tuple[object, ...]:
    """What the editor begins with: when it is another one, an untouched editor shows it."""
    return case.mediation, case.parties, case.agreements, case.instalments, case.held
