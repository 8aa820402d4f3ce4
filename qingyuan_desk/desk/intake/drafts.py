"""What is being typed is kept by itself, and offered again after a crash: at most a few seconds of typing are lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import QObject, QTimer, Signal

from qingyuan_desk.desk.page import Page
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import DeskError
from qingyuan_desk.domain.visit import Draft, VisitForm
from qingyuan_desk.services import reception

#: Typing is kept this often (milliseconds); leaving a field keeps it at once.
EVERY = 3_000


class DraftKeeper(QObject):
    """Keeps the form of a page, one write at a time, the newest last."""

    offered = Signal(tuple)
    """The drafts (Draft, …) that may be gone on with, newest first."""

    def __init__(self, page: Page, form: Callable[[], VisitForm | None], in_view: Callable[[], str]) -> None:
        """form: what is to be kept now, None when there is nothing. in_view: request id of the form on the screen."""
        super().__init__(page)
        self._page = page
        self._form = form
        self._in_view = in_view
        self.author = page.actor
        self._writing = self._look_when_written = False
        self._waiting: tuple[Actor, VisitForm] | None = None
        self._last: VisitForm | None = None
        self._told = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.keep)

    def typed(self) -> None:
        """Something changed."""
        if not self._timer.isActive():
            self._timer.start()

    def keep(self) -> None:
        """Keep the form as it stands; an emptied one is forgotten."""
        self._timer.stop()
        form = self._form()
        if form is None:
            self._forget_emptied()
        elif self._writing:
            self._waiting = (self.author, form)
        elif form != self._last:
            self._write(self.author, form)

    def done(self) -> None:
        """The form was registered: nothing of it is to be kept any more."""
        self._timer.stop()
        self._waiting = self._last = None

    def change_hands(self) -> None:
        """Another person sits down: what was typed is kept for its author."""
        self.keep()
        self.author = self._page.actor

    def look(self) -> None:
        """Look which drafts there are, other than the form in view; one being written is waited for."""
        if self._writing:
            self._look_when_written = True
            return
        page = self._page
        page.ask(
            reception.drafts,
            page.office,
            page.actor,
            then=lambda drafts: self.offered.emit(
                tuple(draft for draft in drafts if draft.request_id != self._in_view())
            ),
        )

    def drop(self, draft: Draft) -> None:
        """Throw a draft away; it can be had back as long as the notice stands."""
        page = self._page

        def told(_: None) -> None:
            self.look()
            page.session.say("草稿已丢弃。", "info", "恢复", lambda: self._write(self.author, draft.form))

        page.ask(reception.drop_draft, page.office, page.actor, draft.request_id, then=told)

    def _forget_emptied(self) -> None:
        last, page = self._last, self._page
        if last is not None and last.request_id == self._in_view() and not self._writing:
            self._last = None
            page.ask(reception.drop_draft, page.office, self.author, last.request_id)

    def _write(self, author: Actor, form: VisitForm) -> None:
        page = self._page
        self._writing, self._last = True, form
        page.ask(
            reception.save_draft, page.office, author, form, then=self._written, failed=self._not_written
        )

    def _written(self, at: datetime) -> None:
        self._told = ""
        self._page.session.mark_kept(at)
        if self._last is not None and self._last.request_id != self._in_view():
            self._last, self._look_when_written = None, True
        self._go_on()

    def _not_written(self, error: DeskError) -> None:
        """A fault is told once; the form itself is still on the screen."""
        self._last = None
        if error.sentence != self._told:
            self._told = error.sentence
            self._page.session.tell(error)
        self._go_on()

    def _go_on(self) -> None:
        self._writing = False
        waiting, self._waiting = self._waiting, None
        if waiting is not None and waiting[1] != self._last:
            self._write(*waiting)
        elif self._look_when_written:
            self._look_when_written = False
            self.look()


def described(draft: Draft, today: date, more: int) -> str:
    """How a draft is offered: 10:31 未保存的登记：王建国 邻居盖房…"""
    day = "" if draft.saved_at.date() == today else f"{draft.saved_at.month}月{draft.saved_at.day}日 "
    sealed = "accusation" in draft.form.flags
    others = f"（另有 {more} 份）" if more else ""
    return f"{day}{draft.saved_at:%H:%M} 未保存的登记：{'密件' if sealed else draft.summary}{others}"


def resumed(draft: Draft, today: date) -> VisitForm:
    """The form to go on with; one of another day keeps the time it was begun."""
    old = draft.saved_at.date() != today and draft.form.received_at is None
    moment = draft.saved_at if old else draft.form.received_at
    return replace(draft.form, request_id=draft.request_id, received_at=moment)


def written_in(form: VisitForm) -> list[str]:
    """Fields with something in them, of those a draft is checked for at once."""
    main = form.main_visitor
    said = {name: getattr(main, name) for name in ("name", "id_number", "phone", "township")}
    return [name for name, text in {**said, "narrative": form.narrative}.items() if text]
