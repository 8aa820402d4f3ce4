"""The ways a hand-over of the invented year goes: matters of daily life (民生事项), and those of courts and police (涉法涉诉)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.forms import (
    Close,
    Form,
    Guide,
    HandOver,
    Rate,
    Reassign,
    Recheck,
    Reply,
    Return,
    Support,
    Tell,
)
from qingyuan_desk.domain.training.handling import Course, MatterDiary
from qingyuan_desk.domain.training.petitions import press, rate, receive

#: Days in which a unit is to answer, as the slip says.
_WITHIN = 25


def _hand_over(diary: MatterDiary, least: int = 0, most: int = 3, place: int = 0) -> None:
    """It goes to the one responsible unit, with a day; the visitor is told where."""
    if most:
        diary.wait(least, most)
    day, wanted = diary.day, diary.words("wanted")
    limit = diary.days.since(day + timedelta(days=_WITHIN))

    def handed(case: Handled) -> Form:
        unit = diary.unit(case, place)
        return HandOver(unit, on=day, limit_on=limit, requirement=wanted, **diary.gate(case, unit))

    diary.handle("hand_over", handed, 6)
    diary.take(Tell("forwarded", day, "hand"), 2)


def _reply(diary: MatterDiary, least: int = 3, most: int = 18) -> None:
    diary.go(diary.day + timedelta(days=diary.dice.randint(least, most)))
    diary.take(Reply(on=diary.day, number=diary.number("复字"), reply=diary.template["reply"]))


def _close(diary: MatterDiary) -> None:
    diary.wait(1, 3)
    diary.take(Close("substantial", diary.words("upheld"), diary.day), 5)
    rate(diary)


def _replied(diary: MatterDiary) -> None:
    _hand_over(diary)
    receive(diary, 1, 2)
    _reply(diary)
    _close(diary)


def _returned(diary: MatterDiary) -> None:
    """The unit gives it back: it is another one's."""
    _hand_over(diary, place=1)
    receive(diary, 1, 2)
    diary.wait(1, 3)
    diary.take(Return(on=diary.day, reason=diary.words("objection")))
    _hand_over(diary, 1, 2)
    receive(diary, 1, 2)
    _reply(diary)
    _close(diary)


def _reassigned(diary: MatterDiary) -> None:
    """Before the unit signs for it, somebody sees that it is another one's."""
    _hand_over(diary, place=1)
    diary.wait(1, 2)
    day, why = diary.day, diary.words("reassigned")

    def moved(case: Handled) -> Form:
        unit = diary.unit(case)
        return Reassign(unit, on=day, why=why, **diary.gate(case, unit))

    diary.handle("reassign", moved)
    receive(diary, 1, 2)
    _reply(diary)
    _close(diary)


def _overdue(diary: MatterDiary) -> None:
    """The unit is late, is reminded, and answers."""
    _hand_over(diary)
    receive(diary, 1, 2)
    diary.go(diary.day + timedelta(days=_WITHIN + 4))
    press(diary, "remind")
    _reply(diary, 2, 5)
    _close(diary)


def _stalled(diary: MatterDiary) -> None:
    """The unit is late and says nothing."""
    _hand_over(diary)
    receive(diary, 1, 2)
    diary.go(diary.day + timedelta(days=_WITHIN + 3))
    press(diary, "remind", answered=False)


def _unsigned(diary: MatterDiary) -> None:
    """It was sent, and nobody has signed for it."""
    _hand_over(diary)


def _procedural(diary: MatterDiary) -> None:
    """It cannot be solved this year: closed, and looked at again."""
    _hand_over(diary)
    receive(diary, 1, 2)
    _reply(diary)
    diary.wait(1, 3)
    again = diary.days.since(diary.day + timedelta(days=60))
    diary.take(Close("procedural", diary.words("next_year"), diary.day, again), 5)
    diary.go(again)
    diary.take(Recheck(on=diary.day, result=diary.words("rechecked")))


def _supported(diary: MatterDiary) -> None:
    """The township asks another department to help (联动响应), and rates it."""
    _hand_over(diary, 0, 1)
    receive(diary, 1, 2)
    diary.wait(2, 4)
    asked, by = diary.day, diary.days.after(diary.day, 5)
    wanted, helper = diary.words("help"), diary.rules["words"]["helper"]
    townships = {each.code: diary.reference.township_unit(each.code) for each in diary.reference.townships}

    def support(case: Handled) -> Form | None:
        town = townships.get(case.township)
        return Support(town.code, helper, wanted, by, asked) if town else None

    diary.handle("support", support)
    diary.wait(2, 4)
    helped, said = diary.day, diary.words("helped")

    def responded(case: Handled) -> Form | None:
        calls = [each.record_id for each in case.sendings if each.mode == "support"]
        return Reply(calls[0], helped, diary.number("响字"), said) if calls else None

    def rated(case: Handled) -> Form | None:
        town = townships.get(case.township)
        return Rate("township", "unit", helper, town.code, "satisfied", "yes", on=helped) if town else None

    diary.handle("reply", responded)
    diary.handle("rate", rated, 20)
    _reply(diary)
    _close(diary)


def _guided(diary: MatterDiary) -> None:
    """The law is explained, and the visitor is taken to the organ of the procedure (诉访分离)."""
    path, said, day = diary.template["path"], diary.words("explained_law"), diary.day
    diary.handle("guide", lambda case: Guide(case.unit, path, said, day), 12)


COURSES: Mapping[str, Course] = {
    "replied": _replied,
    "returned": _returned,
    "reassigned": _reassigned,
    "reminded": _overdue,
    "silent": _stalled,
    "unsigned": _unsigned,
    "procedural": _procedural,
    "supported": _supported,
    "guided": _guided,
}
