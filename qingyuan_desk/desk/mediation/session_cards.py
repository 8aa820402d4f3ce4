"""The sessions of a case, one card each: when, how, where, how it came out; a held one opened shows its whole record."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import Captioned, Scrolled, said
from qingyuan_desk.desk.widgets import parts
from qingyuan_desk.desk.widgets.labels import Elided, Tag, label
from qingyuan_desk.domain.mediation.case import Case, Session
from qingyuan_desk.domain.mediation.codes import MODES, OUTCOMES, SESSION_KINDS, SESSION_STATES, SIDES
from qingyuan_desk.domain.reference import Reference

_DAYS = "一二三四五六日"
_HUES = {"planned": "accent", "cancelled": "second", "adjourned": "amber", "agreed": "green", "failed": "red"}


class SessionCards(Scrolled):
    """The latest on top."""

    wanted = Signal(str, int)
    """A verb (record, again, cancel, invite, look, print) and the id of a session."""

    def __init__(self, reference: Reference) -> None:
        super().__init__("mediation.sessions")
        self._reference = reference
        self.column.setContentsMargins(12, 8, 12, 12)
        self.column.setSpacing(8)

    def show_case(self, case: Case, today: date, *, may: bool) -> None:
        """Show a case's sessions. may: whether they can be recorded and called off."""
        self.empty()
        for session in sorted(case.sessions, key=lambda each: each.planned_at, reverse=True):
            self.column.addWidget(self._card(case, session, today, may=may))
        if not case.sessions:
            self.column.addWidget(
                parts.nothing("还没有约定，也没有调解过。先约定时间地点；当面就谈的，直接记录。")
            )
        self.column.addStretch(1)

    def _card(self, case: Case, session: Session, today: date, *, may: bool) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        tag = Tag()
        word, hue = state_of(session)
        tag.say(word, theme.color(hue))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(when_of(session, today), "strong"))
        head.addStretch(1)
        head.addWidget(tag)
        column.addLayout(head)
        about = Elided(role="second")
        about.say(where_of(session, self._reference))
        column.addWidget(about)
        told = Elided(role="small")
        told.say(_gist(case, session))
        column.addWidget(told)
        told.setVisible(bool(told.whole))
        column.addLayout(self._verbs(session, may=may))
        return card

    def _verbs(self, session: Session, *, may: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        offered = {
            "planned": (("record", "记录"), ("again", "改约"), ("cancel", "取消"), ("invite", "打印通知")),
            "held": (("look", "看记录"), ("print", "打印记录")),
        }
        for verb, word in offered.get(session.state, ()):
            made = parts.button(word, f"mediation.session_{verb}.{session.record_id}", role="link")
            made.setEnabled(may or verb not in ("record", "again", "cancel"))
            made.clicked.connect(lambda _=False, verb=verb: self.wanted.emit(verb, session.record_id))
            row.addWidget(made)
        row.addStretch(1)
        return row


class SessionRecord(Scrolled):
    """The record of one session, to be read."""

    def __init__(self, reference: Reference) -> None:
        super().__init__("mediation.session_record")
        self._reference = reference

    def show_session(self, case: Case, session: Session, today: date) -> None:
        """Show a session."""
        self.empty()
        lines = Captioned()
        there = [party for party in case.parties if party.record_id in session.present]
        lines.add("时间", _span(session, today))
        lines.add("方式", where_of(session, self._reference))
        lines.add("到场", "、".join(f"{party.name}（{SIDES[party.side]}）" for party in there))
        lines.add("被调查人", session.asked)
        lines.add("参加人", "、".join(session.helpers))
        lines.add("权利义务", "已经告知" if session.rights_told else "")
        lines.add("事由", session.subject)
        lines.add("陈述", session.statements)
        lines.add("核实", session.verified)
        lines.add("结果", OUTCOMES.get(session.outcome, ""))
        lines.add("内容", session.proposal)
        lines.add("记录人", session.recorder)
        self.column.addWidget(label(SESSION_KINDS[session.kind] + "记录", "section"))
        self.column.addWidget(lines)
        self.column.addWidget(said("记录已经成文；写错的地方用“更正”，原件不改。", "small"))
        self.column.addStretch(1)


def state_of(session: Session) -> tuple[str, str]:
    """A word and its colour: how it came out, or that it is planned."""
    if session.state == "held" and session.outcome:
        return OUTCOMES[session.outcome], _HUES[session.outcome]
    return SESSION_STATES[session.state], _HUES.get(session.state, "green")


def when_of(session: Session, today: date) -> str:
    """11月12日 星期四 14:30."""
    at = session.started_at or session.planned_at
    return f"{parts.short_day(at.date(), today)} 星期{_DAYS[at.weekday()]} {at:%H:%M}"


def where_of(session: Session, reference: Reference) -> str:
    """远程视频调解 · 会议号 823 114 905 · 冉庄村委会."""
    room = reference.room(session.room)
    named = (room.name if room else session.room, session.link, session.place)
    return " · ".join(filter(None, (MODES[session.mode] + SESSION_KINDS[session.kind], *named)))


def _span(session: Session, today: date) -> str:
    start, end = session.started_at or session.planned_at, session.ended_at
    return when_of(session, today) + (f" 至 {end:%H:%M}" if end and end != start else "")


def _gist(case: Case, session: Session) -> str:
    names = "、".join(party.name for party in case.parties if party.record_id in session.present)
    return " · ".join(
        filter(None, (f"到场 {names}" if names else "", session.proposal or session.statements))
    )
