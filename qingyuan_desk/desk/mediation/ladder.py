"""The offer ladder (方案阶梯): each side's offers one under the other as they came, and the gap between the last two."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.matter.parts import said
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.domain import money
from qingyuan_desk.domain.mediation.case import Case, CaseNote
from qingyuan_desk.domain.mediation.codes import SIDES


class Ladder(QWidget):
    """A column for each side that offered something."""

    def __init__(self, case: Case, offers: Sequence[CaseNote]) -> None:
        """offers: in the order in which they came, with what they say."""
        super().__init__()
        side_of = {party.record_id: party.side for party in case.parties}
        names = {party.record_id: party.name for party in case.parties}
        sides = ["applicant", "respondent"]
        sides += ["third"] if any(side_of.get(each.party) == "third" for each in offers) else []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(6))
        words = gap(case, offers)
        if words:
            told = label(words, "section", name="mediation.gap")
            told.setAlignment(Qt.AlignmentFlag.AlignCenter)
            told.setMinimumHeight(theme.px(30))
            grid.addWidget(told, 0, 0, 1, len(sides))
        for column, side in enumerate(sides):
            grid.setColumnStretch(column, 1)
            grid.addWidget(label(SIDES[side], "field"), 1, column)
        for row, offer in enumerate(offers, 1):
            side = side_of.get(offer.party, "third")
            last = not any(side_of.get(later.party) == side for later in offers[row:])
            grid.addWidget(_rung(offer, names.get(offer.party, ""), last=last), row + 1, sides.index(side))


def gap(case: Case, offers: Sequence[CaseNote]) -> str:
    """How far the last offers of applicant and respondent are apart, in words; "" while one of them named no sum."""
    side_of = {party.record_id: party.side for party in case.parties}
    last = {side_of.get(each.party, ""): each.amount for each in offers if each.amount is not None}
    asked, offered = last.get("applicant"), last.get("respondent")
    if asked is None or offered is None:
        return ""
    apart = abs(asked - offered)
    if not apart:
        return f"双方已经谈拢：{money.words(asked)}"
    first: dict[str, int] = {}
    for each in offers:
        if each.amount is not None:
            first.setdefault(side_of.get(each.party, ""), each.amount)
    began = abs(first["applicant"] - first["respondent"])
    return f"还差 {money.words(apart)}" + (f"（开始差 {money.words(began)}）" if began > apart else "")


def _rung(offer: CaseNote, name: str, *, last: bool) -> QFrame:
    made = QFrame()
    made.setProperty("role", "suggestion")
    column = QVBoxLayout(made)
    column.setContentsMargins(10, 6, 10, 6)
    column.setSpacing(1)
    if offer.amount is not None:
        column.addWidget(label(money.words(offer.amount), "section" if last else "strong"))
    column.addWidget(said(offer.text))
    column.addWidget(label(f"{name}　{offer.at.month}月{offer.at.day}日 {offer.at:%H:%M}", "small"))
    return made
