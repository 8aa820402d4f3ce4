"""The tabs of a case: each a widget `XTab(session, act)` with `show_case(case)`, made when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from PySide6.QtWidgets import QWidget

from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.session import Session
from qingyuan_desk.domain.mediation.acts import ACTS, hindrance
from qingyuan_desk.domain.mediation.case import Case


class CaseTab(Protocol):
    """What the page asks of a tab. A form that is being filled in survives `show_case` of the same case."""

    def show_case(self, case: Case) -> None:
        """Show a case."""


@dataclass(frozen=True)
class Tab:
    """A tab: the module `{code}_tab` and its class, e.g. PartiesTab. steps: the steps taken there.

    count: how many records there are. offered: whether it is shown, unless it is in front.
    A tab with a method `begin(step)` is told which step a person came for; one with `put_away()` is asked by Esc whether
    it put something away that lay over its work.
    """

    code: str
    name: str
    steps: tuple[str, ...] = ()
    count: Callable[[Case], int] = lambda case: 0
    offered: Callable[[Case], bool] = lambda case: True

    def make(self, session: Session, act: Act) -> QWidget:
        """The widget."""
        module = import_module(f"qingyuan_desk.desk.mediation.{self.code}_tab")
        return cast("QWidget", getattr(module, f"{self.code.title()}Tab")(session, act))


#: In the order in which a case meets them.
TABS: tuple[Tab, ...] = (
    Tab(
        "parties",
        "当事人",
        ("open", "describe", "party", "consent", "contact"),
        lambda case: len(case.parties),
    ),
    Tab("mediators", "调解员", ("assign",), lambda case: len(case.mediators)),
    Tab("sessions", "调解", ("plan", "cancel", "session"), lambda case: len(case.sessions)),
    Tab("notes", "笔记", ("note",), lambda case: len(case.notes)),
    Tab("files", "材料", ("attach",), lambda case: sum(not each.removed for each in case.attachments)),
    Tab("agreement", "协议", ("agreement", "oral", "sign")),
    Tab("performing", "履行", ("instalment", "follow_up", "prevent", "correct")),
    Tab("confirming", "司法确认", ("confirm",), lambda case: len(case.confirmations)),
    Tab("dossier", "卷宗", ("close", "file", "papers")),
    Tab("simple", "快速记录", ("simple",), offered=lambda case: not hindrance(case, ACTS["simple"])),
)


def tab_of(step: str) -> int:
    """The index of the tab a step is taken in, or -1."""
    return next((place for place, tab in enumerate(TABS) if step in tab.steps), -1)
