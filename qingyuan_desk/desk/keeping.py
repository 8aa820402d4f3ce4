"""What is typed into a form of a matter is kept by itself, and gone on with the next time: a few seconds are lost at most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QTimer

from qingyuan_desk.desk.intake.strip import Strip
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import DeskError
from qingyuan_desk.services import case_drafts
from qingyuan_desk.services.case_drafts import CaseDraft, Form

#: So often what stands in the form is compared with what was kept last (milliseconds).
EVERY = 2_500


class Keeping(Strip):
    """The line of a form that says what is gone on with; hidden while that is nothing.

    Its calls go one after the other, so that the newest is the last to be written, and nothing is read before it is.
    """

    def __init__(
        self,
        name: str,
        session: Session,
        *,
        typed: Callable[[], Form | None],
        go_on: Callable[[Form], None],
        begin: Callable[[], None],
        leave: Callable[[], None],
    ) -> None:
        """typed: the form in view, None while it says nothing that is not saved. go_on: show a kept form.

        begin: show the form as it begins, without what was typed. leave: another person sits down; show nothing.
        """
        super().__init__(f"{name}_kept")
        self._session, self._typed, self._go_on = session, typed, go_on
        self._begin, self._leave = begin, leave
        self._about: tuple[Actor, int, str] | None = None
        self._last: Form | None = None
        self._waiting: list[Callable[[], object]] = []
        self._busy = False
        self._told = ""
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.keep)
        session.actor_changed.connect(self._new_actor)

    @property
    def rests(self) -> bool:
        """Whether nothing is kept now."""
        return self._about is None

    def look(self, matter_id: int, where: str) -> None:
        """A form begins, after `rest`: go on with what was left of it. where: its place (case_drafts.place)."""
        about = self._about = (self._session.actor, matter_id, where)
        self._timer.start()
        self.left(matter_id, lambda drafts: self._offer(about, drafts))

    def left(self, matter_id: int, then: Callable[[Sequence[CaseDraft]], None]) -> None:
        """Everything that was left unfinished in a case, newest first."""
        self._call(case_drafts.kept, self._session.actor, matter_id, then=then)

    def keep(self) -> None:
        """Keep what is typed, unless it was; what was saved or emptied is forgotten."""
        form = None if self._about is None else self._typed()
        if self._about is None or form == self._last:
            return
        actor, matter_id, where = self._about
        if form is not None:
            self._call(case_drafts.keep, actor, matter_id, form, then=self._kept)
        else:
            self._call(case_drafts.drop, actor, matter_id, where)
            self.say("")
        self._last = form

    def rest(self) -> None:
        """Another form comes into view: keep this one, and nothing more before `look`."""
        self.keep()
        self._about = self._last = None
        self._timer.stop()
        self.say("")

    def finish(self) -> None:
        """The window closes: keep what is typed, and whatever waits to be written, before it is gone."""
        self.rest()
        while self._waiting:
            background.wait_for_all()
            self._waiting.pop(0)()

    # --- what was left -------------------------------------------------------------------------------------------

    def _offer(self, about: tuple[Actor, int, str], drafts: Sequence[CaseDraft]) -> None:
        """Go on with a draft, unless something else is in view now or somebody types already."""
        draft = next((each for each in drafts if case_drafts.place(each.form) == about[2]), None)
        if draft is not None and about == self._about and self._typed() is None:
            self._last = draft.form
            self._resume(draft)

    def _resume(self, draft: CaseDraft) -> None:
        self._go_on(draft.form)
        if self._typed() is None:
            self.keep()  # it was saved after all
            return
        at, today = draft.saved_at, self._session.office.today()
        day = "" if at.date() == today else f"{at.month}月{at.day}日 "
        self.say(f"接着上次没保存的内容（{day}{at:%H:%M}）", ("不要了", lambda: self._throw_away(draft)))

    def _throw_away(self, draft: CaseDraft) -> None:
        """Begin anew; it can be had back as long as the notice stands."""
        about, typed = self._about, self._typed() or draft.form
        self._begin()
        self.keep()

        def back() -> None:
            if about == self._about:
                self._resume(CaseDraft(draft.saved_at, typed))
                self.keep()

        self._session.say("没保存的内容不要了。", "info", "恢复", back)

    def _new_actor(self) -> None:
        """What one person typed is not for the eyes of the next."""
        self.rest()
        self._leave()

    # --- one call after the other --------------------------------------------------------------------------------

    def _call(
        self, service: Callable[..., object], *args: object, then: Callable[[Any], None] = lambda _: None
    ) -> None:
        def answered(answer: object) -> None:
            then(answer)
            self._next()

        self._waiting.append(
            lambda: background.ask(
                self, service, self._session.office, *args, then=answered, failed=self._failed
            )
        )
        if not self._busy:
            self._next()

    def _next(self) -> None:
        self._busy = bool(self._waiting)
        if self._busy:
            self._waiting.pop(0)()

    def _kept(self, at: datetime) -> None:
        self._told = ""
        self._session.mark_kept(at)

    def _failed(self, error: DeskError) -> None:
        """A fault is told once; the form itself is still on the screen, and is tried again."""
        self._last = None
        if error.sentence != self._told:
            self._told = error.sentence
            self._session.tell(error)
        self._next()
