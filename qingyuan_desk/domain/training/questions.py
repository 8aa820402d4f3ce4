"""The ways a question (法律咨询) of the invented year goes: answered on the spot, on to legal aid, to a counsellor, or by appointment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from qingyuan_desk.domain.handling.forms import (
    ApplyAid,
    AssignAid,
    Consult,
    Counsel,
    DecideAid,
    Refer,
    SupplyAid,
)
from qingyuan_desk.domain.training.handling import Course, MatterDiary

#: Minutes of the day for an appointment.
_BOOKED_AT = 15 * 60


def _consult(diary: MatterDiary, result: str = "advised", visit: int = 0, **more: Any) -> None:
    """The lawyer on duty answers a few minutes after somebody came."""
    came, said = diary.planned.visits[visit]
    diary.at = max(diary.at, came)
    template, asked = diary.template, diary.at
    ways = diary.rules["satisfaction"]
    rated = diary.dice.random() < 0.5
    diary.take(
        Consult(
            asked_at=asked,
            declined=diary.planned.declined,
            crowd=template.get("crowd", ""),
            cause=template["cause"],
            stage=template.get("stage", "none"),
            question=said,
            result=result,
            answer=template["answer"],
            articles=template["articles"],
            lawyer=diary.words("lawyer"),
            satisfaction=diary.dice.choices(list(ways), list(ways.values()))[0] if rated else "",
            **more,
        ),
        diary.dice.randint(3, 9),
    )


def _advised(diary: MatterDiary) -> None:
    """Whoever comes again is answered again."""
    for visit in range(len(diary.planned.visits)):
        _consult(diary, visit=visit)


def _elsewhere(diary: MatterDiary) -> None:
    """It is no question of law: who comes is told whom to ask."""
    _consult(diary, "organ", organ=diary.words("organ"))


def _apply(diary: MatterDiary, **more: Any) -> None:
    _consult(diary, "aid")
    diary.wait(1, 4)
    diary.take(ApplyAid("wages", "migrant_worker", diary.words("hardship"), on=diary.day, **more))


def _aided(diary: MatterDiary) -> None:
    """Legal aid is applied for, granted within seven days, and somebody assigned within three."""
    _apply(diary)
    diary.wait(1, 3)
    diary.take(DecideAid("yes", diary.number("援决字"), on=diary.day))
    diary.wait(0, 1)
    diary.take(AssignAid(diary.words("lawyer"), diary.day), 20)


def _lacking(diary: MatterDiary) -> None:
    """Something is lacking, and told at once."""
    _apply(
        diary,
        lacking=(diary.words("lacking"),),
        supply_by=diary.days.after(diary.days.after(diary.day, 4), 5),
    )
    diary.wait(2, 5)
    diary.take(SupplyAid(diary.day))
    diary.wait(1, 3)
    diary.take(DecideAid("yes", diary.number("援决字"), on=diary.day))
    diary.wait(0, 1)
    diary.take(AssignAid(diary.words("lawyer"), diary.day), 20)


def _booked(diary: MatterDiary) -> None:
    """It is difficult: a day is agreed on, and the question answered then."""
    day = diary.days.after(diary.day, diary.dice.randint(3, 6))
    _consult(diary, "booked", booked_for=diary.days.at(day, _BOOKED_AT))
    diary.at = diary.days.at(day, _BOOKED_AT)
    _consult(diary)


def _referred(diary: MatterDiary) -> None:
    """Who asks is not well, and wants to talk to a counsellor."""
    _consult(diary)
    day = diary.days.after(diary.day, diary.dice.randint(1, 3))
    booked, counsellor = diary.days.at(day, _BOOKED_AT), diary.words("counsellor")
    diary.take(Refer("family", True, counsellor=counsellor, booked_for=booked), 3)
    diary.at = _later(booked)
    diary.take(Counsel(outcome=diary.words("counselled"), note=diary.words("sealed_note"), on=day), 1)


def _later(at: datetime) -> datetime:
    return at + timedelta(minutes=50)


COURSES: Mapping[str, Course] = {
    "advised": _advised,
    "elsewhere": _elsewhere,
    "aided": _aided,
    "lacking": _lacking,
    "asking_aid": _aided,
    "booked": _booked,
    "appointed": _booked,
    "referred": _referred,
}
