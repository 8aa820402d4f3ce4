"""The ways a petition (信访事项) of the invented year goes, from the window to its end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial

from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.forms import (
    Accept,
    Answer,
    AskReview,
    Classify,
    Close,
    Confirm,
    Decide,
    Discipline,
    Extend,
    Flag,
    Form,
    Forward,
    Hearing,
    Measured,
    NoMore,
    Objection,
    Press,
    PressReply,
    Rate,
    Receive,
    Refuse,
    Reply,
    Report,
    Review,
    Switch,
    Tell,
    Withdraw,
)
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.mediation.forms import Consent, Open, Reach
from qingyuan_desk.domain.mediation.forms import Form as MediationForm
from qingyuan_desk.domain.training.handling import Course, MatterDiary

#: From so many people on a visit is reported at once.
_MANY = 10
_FLAGGED, _RATED, _MEASURED = 0.05, 0.6, 0.25


# --- parts -------------------------------------------------------------------------------------------------------


def classify(diary: MatterDiary) -> None:
    """What it is, said at the window; what is urgent is reported on the same day."""
    template = diary.template
    first = "yes" if len(diary.planned.visits) == 1 else ""
    diary.take(
        Classify(
            kind=template["kind"],
            purpose=template["purpose"],
            content=template["content"],
            cause=template.get("cause", ""),
            first_office=first,
            first_channel=first,
            joint="heads" in template,
            query_told_on=diary.day,
        ),
        3,
    )
    if diary.planned.headcount >= _MANY:
        said = diary.words("many").format(people=diary.planned.headcount, content=template["content"])
        diary.take(
            Report(
                "urgent",
                diary.words("reported_to"),
                taken_by=diary.words("taken_by"),
                text=said,
                measures=diary.words("calmed"),
            ),
            9,
        )


def forward(diary: MatterDiary, least: int = 1, most: int = 8, place: int = 0) -> None:
    """It is forwarded, or assigned with a day; the petitioner is told."""
    diary.wait(least, most)
    day, assigned = diary.day, diary.dice.random() < 0.3
    limit = diary.days.since(day + timedelta(days=75)) if assigned else None
    wanted = diary.words("wanted")

    def sent(case: Handled) -> Form:
        unit = diary.unit(case, place)
        mode = "assign" if assigned else "forward"
        return Forward(mode, unit, on=day, limit_on=limit, requirement=wanted, **diary.gate(case, unit))

    diary.handle("forward", sent)
    diary.take(Tell("forwarded", day, diary.dice.choice(("hand", "mail", "message"))), 6)


def receive(diary: MatterDiary, least: int = 1, most: int = 3) -> None:
    """The unit signs for it."""
    diary.wait(least, most)
    diary.take(Receive(on=diary.day, receiver=diary.words("receiver"), phone=diary.words("phone")))


def accept(diary: MatterDiary, least: int = 1, most: int = 7) -> None:
    """The unit accepts it and tells the petitioner."""
    diary.wait(least, most)
    diary.take(
        Accept(on=diary.day, number=diary.number("受字"), told_how=_way(diary), told_on=diary.day),
    )


def begin(diary: MatterDiary) -> None:
    """From the window to the unit that handles it. Who cannot be calmed is flagged for some weeks."""
    classify(diary)
    if diary.dice.random() < _FLAGGED:
        diary.take(Flag("key_person", diary.words("flagged")), 2)
    forward(diary)
    receive(diary)
    accept(diary)
    diary.handle("confirm_flag", partial(_lifted, reason=diary.words("calm")))


def _lifted(case: Handled, reason: str) -> Form | None:
    """The flag is lifted once the petition is accepted."""
    flagged = any(each.kind == "key_person" for each in case.watches)
    return Confirm(lifted=True, reason=reason) if flagged else None


def answer(diary: MatterDiary, least: int = 20, most: int = 50) -> None:
    """The organ's opinion, so many days later, and its service."""
    diary.go(diary.day + timedelta(days=diary.dice.randint(least, most)))
    signed, template = diary.day, diary.template
    diary.wait(1, 3)
    served, how, number = diary.day, _way(diary), diary.number("信答字")

    def opinion(case: Handled) -> Form:
        return Answer(
            organ=_name(diary, diary.unit(case)),
            number=number,
            outcome=template["outcome"],
            summary=template["opinion"],
            basis=template["basis"],
            signed_on=signed,
            served_on=served,
            served_how=how,
        )

    diary.handle("answer", opinion)


def close(diary: MatterDiary, after: int = 31) -> None:
    """The thirty days for a review have gone by, and it is closed; now and then more is done for the petitioner."""
    if diary.dice.random() < _MEASURED:
        diary.wait(1, 5)
        kind = "solved" if diary.template.get("outcome") == "upheld" else "explained"
        diary.take(Measured(kind, diary.words(kind), on=diary.day))
    diary.go(diary.day + timedelta(days=diary.dice.randint(after, after + 6)))
    kind = "substantial" if diary.template.get("outcome", "upheld") == "upheld" else "partial"
    diary.take(Close(kind, diary.words(kind), diary.day), 8)
    rate(diary)


def rate(diary: MatterDiary) -> None:
    """Most petitioners say how satisfied they are: with the desk, and with the unit."""
    if diary.dice.random() >= _RATED:
        return
    ways = diary.rules["satisfaction"]
    for rated in ("desk", "unit"):
        said = diary.dice.choices(list(ways), list(ways.values()))[0]
        note = diary.words("unsatisfied") if said == "unsatisfied" else ""
        day, how = diary.day, {"satisfaction": said, "in_time": "yes", "note": note}

        def rates(case: Handled, rated: str = rated, day: date = day, how: Mapping[str, str] = how) -> Form:
            return Rate(rated=rated, unit=case.unit if rated == "unit" else "", on=day, **how)

        diary.handle("rate", rates, 2)


def press(diary: MatterDiary, kind: str, *, answered: bool = True) -> None:
    """The unit is reminded, or gets a card; it answers within the days it has."""
    cause, wanted = diary.words("late"), diary.words("hurry")
    by = diary.days.after(diary.day, 3)
    diary.handle("urge", lambda case: Press(kind, case.unit, cause=cause, requirement=wanted, reply_by=by))
    if answered:
        diary.wait(1, 3)
        diary.take(PressReply(reply=diary.words("sorry"), on=diary.day))


def _way(diary: MatterDiary) -> str:
    return diary.dice.choice(("hand", "hand", "mail"))


def _name(diary: MatterDiary, code: str) -> str:
    unit = diary.reference.unit(code)
    return unit.name if unit else code


# --- appeals (申诉求决) --------------------------------------------------------------------------------------------


def _answered(diary: MatterDiary) -> None:
    begin(diary)
    answer(diary)
    close(diary)


def _late_forwarded(diary: MatterDiary) -> None:
    """It lies too long at the desk."""
    classify(diary)
    forward(diary, 13, 16)
    receive(diary)
    accept(diary)
    answer(diary)
    close(diary)


def _extended(diary: MatterDiary) -> None:
    """It is complicated, and the head of the organ approves more time."""
    begin(diary)
    diary.go(diary.day + timedelta(days=diary.dice.randint(48, 54)))
    days, head = diary.dice.choice((15, 20, 30)), diary.words("head")
    diary.take(Extend(days, diary.words("complicated"), head, diary.day, diary.number("延字"), diary.day))
    answer(diary, 5, 14)
    close(diary)


def _objected(diary: MatterDiary) -> None:
    """It went to the wrong unit, which says so; the desk agrees and forwards it anew."""
    classify(diary)
    forward(diary, 1, 4, place=1)
    receive(diary)
    _object(diary, "yes")
    forward(diary, 1, 3)
    receive(diary)
    accept(diary)
    answer(diary)
    close(diary)


def _kept(diary: MatterDiary) -> None:
    """The unit objects, and is told why it stays."""
    classify(diary)
    forward(diary, 1, 4)
    receive(diary)
    _object(diary, "no")
    accept(diary, 1, 3)
    answer(diary)
    close(diary)


def _object(diary: MatterDiary, agreed: str) -> None:
    diary.wait(1, 4)
    day, said = diary.day, diary.words("objection")
    diary.handle(
        "object",
        lambda case: Objection(
            on=day, reason=said, suggested_unit=diary.unit(case) if agreed == "yes" else ""
        ),
    )
    diary.wait(1, 2)
    by, note = diary.words("checker"), diary.words("agreed" if agreed == "yes" else "not_agreed")
    diary.take(Decide(agreed=agreed, on=diary.day, by=by, note=note))


def _reviewed(diary: MatterDiary) -> None:
    begin(diary)
    answer(diary)
    _review(diary, "reviewer", "复查字")
    close(diary)


def _rechecked(diary: MatterDiary) -> None:
    """The petitioner goes all the way: answer, review, recheck with a hearing."""
    begin(diary)
    answer(diary, 20, 30)
    _review(diary, "reviewer", "复查字")
    _review(diary, "rechecker", "复核字", hearing=12)


def _review(diary: MatterDiary, organ: str, prefix: str, hearing: int = 0) -> None:
    """Within thirty days the next organ is asked, and within thirty days it answers."""
    diary.go(diary.day + timedelta(days=diary.dice.randint(6, 22)))
    diary.take(AskReview(diary.words(organ), diary.day, diary.day, diary.words("not_content")))
    if hearing:
        diary.wait(4, 8)
        diary.take(Hearing(hearing, diary.words("heard")))
    diary.go(diary.day + timedelta(days=diary.dice.randint(14, 24)))
    signed = diary.day
    diary.wait(1, 2)
    kept = diary.words("review_kept")
    diary.take(Review(diary.number(prefix), "kept", kept, signed, diary.day, "mail"))


def _refused(diary: MatterDiary) -> None:
    """Another procedure is the lawful way, or another organ has it."""
    classify(diary)
    diary.wait(1, 6)
    grounds = diary.rules["refusal"]
    diary.take(Refuse(**grounds[diary.place % len(grounds)], on=diary.day, told_how=_way(diary)))


def _no_more(diary: MatterDiary) -> None:
    classify(diary)
    diary.wait(1, 3)
    number, organ = diary.number("复核字"), diary.words("rechecker")
    diary.take(NoMore(number, organ, diary.words("guided"), diary.day, _way(diary)))


def _withdrawn(diary: MatterDiary) -> None:
    begin(diary)
    diary.wait(5, 15)
    diary.take(Withdraw(diary.words("withdrawn"), diary.day))


def _overdue(diary: MatterDiary) -> None:
    """The unit is late; reminded, then with a yellow card, it answers after its sixty days."""
    begin(diary)
    diary.go(diary.day + timedelta(days=61))
    press(diary, "remind")
    diary.wait(3, 5)
    press(diary, "yellow")
    answer(diary, 2, 6)
    close(diary)


def _stalled(diary: MatterDiary) -> None:
    """The unit is late and gives no answer, even with a card."""
    begin(diary)
    diary.go(diary.day + timedelta(days=62))
    press(diary, "remind", answered=False)
    diary.wait(4, 6)
    press(diary, "yellow", answered=False)


def _arrived(diary: MatterDiary) -> None:
    """It still lies at the desk."""
    classify(diary)


def _unsigned(diary: MatterDiary) -> None:
    """It was sent, and nobody has signed for it."""
    classify(diary)
    forward(diary, 1, 3)


def _contested(diary: MatterDiary) -> None:
    """The unit objects, and the desk has not decided yet."""
    classify(diary)
    forward(diary, 1, 3)
    receive(diary, 1, 2)
    diary.wait(1, 2)
    diary.take(Objection(on=diary.day, reason=diary.words("objection")))


def _unaccepted(diary: MatterDiary) -> None:
    """The unit has it, and has not accepted it yet."""
    classify(diary)
    forward(diary, 1, 3)
    receive(diary, 1, 2)


def _there_and_back(diary: MatterDiary) -> None:
    """Both sides are to be reconciled; one of them refuses, and the petition goes on as one."""
    classify(diary)
    diary.wait(1, 3)
    diary.take(
        Switch(
            "civil_dispute",
            "mediation",
            dispute_type=diary.rules["words"]["dispute_type"],
            reason=diary.words("to_mediation"),
            on=diary.day,
        ),
    )
    claims, said, day = (diary.words("claim"),), diary.words("refuses"), diary.day
    diary.do("open", lambda case: Open("application", day, "", claims), 6)
    diary.wait(1, 3)
    refused = diary.day
    diary.do("contact", lambda case: Reach(_opponent(case), "phone", True, note=said))
    diary.do("consent", lambda case: _refuses(case, refused))
    diary.wait(1, 2)
    diary.take(Switch("petition_matter", "petition", reason=diary.words("back"), on=diary.day))
    forward(diary, 1, 3)
    receive(diary)
    accept(diary)
    answer(diary)
    close(diary)


def _opponent(case: Case) -> int:
    return next(each.record_id for each in case.parties if each.side == "respondent")


def _refuses(case: Case, on: date) -> MediationForm:
    return Consent(_opponent(case), False, on, "phone")


# --- suggestions, accusations ------------------------------------------------------------------------------------


def _studied(diary: MatterDiary) -> None:
    """A suggestion is studied by the unit, which says what becomes of it (第二十九条)."""
    begin(diary)
    diary.go(diary.day + timedelta(days=diary.dice.randint(15, 40)))
    diary.take(Reply(on=diary.day, number=diary.number("复字"), reply=diary.template["reply"]))
    close(diary, 2)


def _disciplined(diary: MatterDiary) -> None:
    """An accusation goes to discipline inspection, sealed, and nowhere else (第三十条)."""
    diary.take(
        Classify(
            kind="accusation", purpose="accuse", content=diary.template["content"], query_told_on=diary.day
        ),
        3,
    )
    diary.wait(1, 5)
    diary.take(Discipline("discipline", diary.day))


def _watched(diary: MatterDiary) -> None:
    """Somebody is flagged; the flag is confirmed once, and lifted when all is done."""
    classify(diary)
    diary.take(Flag("threat", diary.words("threat"), diary.days.after(diary.day, 40)), 2)
    forward(diary, 1, 3)
    receive(diary)
    accept(diary)
    diary.go(diary.day + timedelta(days=30))
    diary.take(Confirm(until=diary.days.after(diary.day, 30), reason=diary.words("still")))
    answer(diary, 5, 15)
    diary.wait(2, 5)
    diary.take(Confirm(lifted=True, reason=diary.words("calm")))
    close(diary)


COURSES: Mapping[str, Course] = {
    "answered": _answered,
    "late_forwarded": _late_forwarded,
    "extended": _extended,
    "objected": _objected,
    "kept": _kept,
    "reviewed": _reviewed,
    "rechecked": _rechecked,
    "refused": _refused,
    "no_more": _no_more,
    "withdrawn": _withdrawn,
    "overdue": _overdue,
    "stalled": _stalled,
    "watched": _watched,
    "arrived": _arrived,
    "unsigned_for": _unsigned,
    "contested": _contested,
    "unaccepted": _unaccepted,
    "there_and_back": _there_and_back,
    "studied": _studied,
    "disciplined": _disciplined,
}
