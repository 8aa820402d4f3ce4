"""Planning a session (约定时间地点), at another time or place again, and calling one off."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.mediation.session_where import Spot, Where
from qingyuan_desk.desk.session import Session as DeskSession
from qingyuan_desk.desk.widgets import parts
from qingyuan_desk.desk.widgets.fields import EnterGoesOn, Field, LineEdit, commit_composition
from qingyuan_desk.desk.widgets.labels import label, plain_tooltip
from qingyuan_desk.domain.mediation.case import Case, Session
from qingyuan_desk.domain.mediation.forms import Cancel, Plan

_DAYS = "一二三四五六日"


class PlanForm(QWidget):
    """When, how, and where."""

    done = Signal()

    def __init__(self, session: DeskSession, act: Act) -> None:
        super().__init__()
        self._session, self._act = session, act
        self._planned: Session | None = None
        self.caption = label(role="section", name="mediation.plan_caption")
        self.at = parts.MomentEdit("mediation.plan_at")
        self.at.dateTimeChanged.connect(lambda _: self._say_day())
        self.where = Where("mediation.plan", session.office.reference)
        self.message = parts.message_line("mediation.plan_message")
        self.save_button = parts.button("", "mediation.plan_save", role="primary")
        self.save_button.clicked.connect(self.save)
        self._at = Field("时间", self.at, label_width=76)
        self._place = parts.Fields({"at": self._at, **self.where.fields}, self.message)
        self._lay_out()
        goes_on = EnterGoesOn(self)
        for editor in (self.where.place, self.where.link, self.where.room):
            editor.installEventFilter(goes_on)

    def start(self, case: Case, planned: Session | None, hindrance: str) -> None:
        """A new session of a case, or a planned one at another time or place."""
        self._planned = planned
        self.caption.setText("改约" if planned else "约定一次")
        self.save_button.setText("改好了 F9" if planned else "约定 F9")
        self.save_button.setEnabled(not hindrance)
        self.save_button.setToolTip(plain_tooltip(hindrance) if hindrance else "")
        now = self._session.office.now()
        self.at.set_moment(planned.planned_at if planned else _tomorrow(now))
        self.where.fill(
            Spot(planned.kind, planned.mode, planned.room, planned.place, planned.link)
            if planned
            else Spot(room=case.room or "elder_mediation")
        )
        self._place.tell(())
        self.at.setFocus()

    def save(self) -> None:
        """Plan it."""
        commit_composition()
        spot = self.where.spot
        form = Plan(
            self.at.moment,
            self._planned.record_id if self._planned else 0,
            spot.kind,
            spot.mode,
            spot.room,
            spot.place,
            spot.link,
        )
        self._act(form, then=lambda _: self.done.emit(), at=self._place, busy=self.save_button)

    def _say_day(self) -> None:
        """The weekday, and whether it is a working day."""
        moment = self.at.moment
        working = self._session.office.calendar.is_workday(moment.date())
        said = f"星期{_DAYS[moment.weekday()]}" + ("" if working else "，休息日")
        ahead = (moment.date() - self._session.office.today()).days
        near = {0: "今天", 1: "明天", 2: "后天"}.get(ahead, f"{ahead} 天以后" if ahead > 0 else "")
        self._at.hint("，".join(filter(None, (said, near))))

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.message, 1)
        foot.addStretch(0)
        foot.addWidget(self.save_button)
        when = QHBoxLayout()
        when.addWidget(self._at)
        when.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(theme.px(6))
        column.addWidget(self.caption)
        column.addLayout(when)
        column.addWidget(self.where)
        column.addLayout(foot)
        column.addStretch(1)


class CancelForm(QWidget):
    """Why a planned session does not take place."""

    done = Signal()

    def __init__(self, act: Act) -> None:
        super().__init__()
        self._act = act
        self._planned: Session | None = None
        self.caption = label("取消约定", "section")
        self.about = label(role="second", wrap=True, name="mediation.cancel_about")
        self.reason = LineEdit("mediation.cancel_reason", hint="例如：被申请人在外地，另行约期")
        self._reason = Field("原因", self.reason, label_width=76)
        self.message = parts.message_line("mediation.cancel_message")
        self.save_button = parts.button("取消约定 F9", "mediation.cancel_save", role="primary")
        self.save_button.clicked.connect(self.save)
        self._place = parts.Fields({"reason": self._reason}, self.message)
        foot = QHBoxLayout()
        foot.addWidget(self.message, 1)
        foot.addStretch(0)
        foot.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(theme.px(6))
        for part in (self.caption, self.about, self._reason):
            column.addWidget(part)
        column.addLayout(foot)
        column.addStretch(1)

    def start(self, planned: Session, about: str) -> None:
        """Ask about one session."""
        self._planned = planned
        self.about.setText(about)
        self.reason.clear()
        self._place.tell(())
        self.reason.setFocus()

    def save(self) -> None:
        """Call it off."""
        commit_composition()
        if self._planned is not None:
            form = Cancel(self._planned.record_id, self.reason.text().strip())
            self._act(form, then=lambda _: self.done.emit(), at=self._place, busy=self.save_button)


def _tomorrow(now: datetime) -> datetime:
    """Nine o'clock on the next day."""
    return (now + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
