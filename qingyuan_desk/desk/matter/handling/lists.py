"""What the lists of a form offer: the office's tables, found by initials too, and the records of the matter in view."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from qingyuan_desk.desk.intake import choices
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.widgets.choice import Option
from qingyuan_desk.desk.widgets.parts import short_day
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.codes import MODES, REFERRAL_PURPOSES, SENDING_STATES, URGES, WATCHES
from qingyuan_desk.domain.pinyin import initials
from qingyuan_desk.domain.reference import Organ, Reference


class Lists(QObject):
    """The entries by the kind of an Ask. `spelled` is given once the initials are known, which takes a moment."""

    spelled = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._case: Handled | None = None
        self._tables: Mapping[str, list[Option]] = {}
        self.read()
        session.settings_changed.connect(self.read)

    def read(self) -> None:
        """Take the office's tables as they are now."""
        self._tables = _tables(self._session.office.reference)
        background.ask(self, _spelled, self._tables, then=self._learn, failed=self._session.tell)

    def show_case(self, case: Handled) -> None:
        """Offer the records of a matter."""
        self._case = case

    def of(self, kind: str) -> Sequence[Option]:
        """What is offered for a kind of Ask."""
        case = self._case
        if kind in ("materials", "paths") and case is not None:
            reference = self._session.office.reference
            return _materials(reference, case) if kind == "materials" else _paths(reference, case)
        if kind in _RECORDS:
            return _RECORDS[kind](case, self._session) if case else ()
        return self._tables.get({"units": "unit"}.get(kind, kind), ())

    def _learn(self, tables: Mapping[str, list[Option]]) -> None:
        self._tables = tables
        self.spelled.emit()


def _tables(reference: Reference) -> dict[str, list[Option]]:
    named = choices.named(reference)
    wanted = {kind: named[kind] for kind in ("unit", "room", "dispute_type", "crowd")}
    wanted["category"] = [Option(each.code, each.name, (each.code,)) for each in reference.categories]
    wanted["flow"] = [Option(each.code, each.name, (each.code, each.short)) for each in reference.flows]
    return wanted


def _spelled(tables: Mapping[str, list[Option]]) -> dict[str, list[Option]]:
    """With initials; units also without the 区 they all begin with: nyncj → 区农业农村局."""
    found = choices.spelled(tables)
    found["unit"] = [
        replace(unit, keys=(*unit.keys, *initials(unit.name.removeprefix("区")))) for unit in found["unit"]
    ]
    return found


def _materials(reference: Reference, case: Handled) -> list[Option]:
    """What the office asks for in a matter of this kind; their names are what is kept."""
    return [Option(each.name, each.name) for each in reference.materials_for(case.matter_kind)]


def _paths(reference: Reference, case: Handled) -> list[Option]:
    """The ways that remain, those of this kind of dispute in the place of the general ones."""
    ways: dict[str, Organ] = {}
    for each in reference.paths:
        way, _, kind = each.code.partition(".")
        if kind in ("", case.dispute_type):
            ways[way] = each if kind or way not in ways else ways[way]
    return [Option(way, each.name) for way, each in ways.items()]


# --- records of the matter -------------------------------------------------------------------------------------------


def _sendings(case: Handled, session: Session) -> list[Option]:
    unit = session.office.reference.unit
    return [
        Option(
            str(each.record_id),
            f"{each.number or MODES[each.mode]} {found.name if (found := unit(each.unit)) else each.unit}"
            f"（{SENDING_STATES[each.state]}）",
        )
        for each in case.sendings
    ]


def _watches(case: Handled, session: Session) -> list[Option]:
    today = session.office.today()
    return [
        Option(str(each.record_id), f"{WATCHES[each.kind]}（{short_day(each.until, today)}到期）")
        for each in case.watches
        if each.lifted_on is None
    ]


def _urges(case: Handled, session: Session) -> list[Option]:
    return [
        Option(str(each.record_id), f"{URGES[each.kind]} {each.number}")
        for each in case.urges
        if each.cancelled_on is None and each.replied_on is None
    ]


def _referrals(case: Handled, session: Session) -> list[Option]:
    today = session.office.today()
    return [
        Option(str(each.record_id), f"{REFERRAL_PURPOSES[each.purpose]}（{short_day(each.on, today)}）")
        for each in case.referrals
    ]


_RECORDS: Mapping[str, Callable[[Handled, Session], Sequence[Option]]] = {
    "sending": _sendings,
    "watch": _watches,
    "urge": _urges,
    "referral": _referrals,
}
