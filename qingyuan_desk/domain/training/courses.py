"""The ways a dispute of the invented year goes: to an agreement, to an end without one, or on when the year is over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from qingyuan_desk.domain.mediation.forms import (
    Confirm,
    Consent,
    Decline,
    Oral,
    Reach,
    Simple,
    Suspend,
    Withdraw,
)
from qingyuan_desk.domain.training.deals import Deal
from qingyuan_desk.domain.training.diary import CaseDiary
from qingyuan_desk.domain.training.parts import (
    HOURS,
    accept,
    apply,
    arrange,
    ask,
    draft,
    file_away,
    finish,
    haggle,
    meet,
    other_side,
    perform,
    reach_deal,
    terminate,
    write_up,
)

#: Minutes of the day for a meeting on the day the year ends: the first that is still to come.
_TODAY = (9 * 60 + 30, 14 * 60 + 30, 16 * 60)


def _simple(diary: CaseDiary) -> None:
    """Both sides are there one morning, a word settles it, and it is done on the spot."""
    diary.wait(1, 4)
    started, place = diary.at, diary.dice.choice(diary.rules["places"])
    deal = Deal.of(diary.dispute.template, diary.dispute.narrative, diary.dice, ())
    satisfaction = diary.dice.choice(("satisfied", "satisfied", "satisfied", "fairly"))
    diary.assign(
        "simple",
        lambda code: Simple(
            mediators=(code,),
            started_at=started,
            facts=diary.dispute.narrative,
            terms=deal.plain,
            place=place,
            amount=deal.amount,
            satisfaction=satisfaction,
        ),
        diary.dice.randint(30, 60),
    )
    file_away(diary)


def _oral(diary: CaseDiary) -> None:
    """They agree by word of mouth; half of them perform at once, the others within two weeks."""
    accept(diary)
    dues = () if diary.dice.random() < 0.5 else (_due(diary, 10, 14),)
    deal = reach_deal(diary, *dues)
    day, recorder = diary.day, diary.rules["words"]["recorder"]
    diary.do("oral", lambda case: Oral(on=day, **deal.content(case, recorder)), 8)
    perform(diary, deal)
    finish(diary)


def _written(diary: CaseDiary) -> None:
    """They sign an agreement and perform it at one time."""
    accept(diary)
    deal = reach_deal(diary, _due(diary, 15, 30))
    write_up(diary, deal)
    perform(diary, deal)
    finish(diary)


def _instalments(diary: CaseDiary) -> None:
    """They sign an agreement and pay in two to four parts: in one dispute the first part late, in another no other part."""
    accept(diary)
    first, parts = _due(diary, 15, 25), diary.dice.randint(2, 4)
    deal = reach_deal(
        diary, *(diary.days.since(first + timedelta(days=30 * place)) for place in range(parts))
    )
    write_up(diary, deal)
    owing = diary.place == 1
    perform(diary, deal, late=diary.place == 0, owing=owing)
    finish(diary, owing=owing)


def _confirmed(diary: CaseDiary) -> None:
    """They sign an agreement and have the court confirm it."""
    accept(diary)
    deal = reach_deal(diary, _due(diary, 50, 60))
    write_up(diary, deal)
    diary.wait(2, 6)
    asked = Confirm(diary.day, diary.rules["court"])
    diary.do("confirm", lambda case: asked)
    diary.wait(8, 12)
    number = diary.rules["court_number"].format(year=diary.day.year, serial=41 + 13 * diary.place)
    decided = Confirm(diary.day, result="confirmed", document=number)
    diary.do("confirm", lambda case: decided)
    perform(diary, deal)
    finish(diary)


def _due(diary: CaseDiary, least: int, most: int) -> date:
    """A working day on which something is to be performed, behind the weeks it takes to agree."""
    return diary.days.since(diary.day + timedelta(days=28 + diary.dice.randint(least, most)))


def _failed(diary: CaseDiary) -> None:
    """They meet twice and do not agree."""
    accept(diary)
    haggle(diary)
    meet(diary, "failed")
    terminate(diary, "no_agreement")
    file_away(diary)


def _unreachable(diary: CaseDiary) -> None:
    """The other side is called three times in vain."""
    apply(diary)
    said = diary.rules["words"]["no_answer"]
    for _ in range(3):
        diary.wait(1, 3)
        diary.do("contact", lambda case: Reach(other_side(case).record_id, "phone", False, note=said))
    terminate(diary, "unreachable")
    file_away(diary)


def _refused(diary: CaseDiary) -> None:
    """The other side does not want to be mediated (《人民调解法》第十七条)."""
    apply(diary)
    diary.wait(1, 3)
    said, day = diary.rules["reasons"]["refused"], diary.day
    diary.do("contact", lambda case: Reach(other_side(case).record_id, "phone", True, note=said))
    diary.do("consent", lambda case: Consent(other_side(case).record_id, False, day, "phone"))
    file_away(diary)


def _withdrawn(diary: CaseDiary) -> None:
    """They make it up among themselves: half of them before the other side was asked."""
    if diary.place % 2:
        apply(diary)
    else:
        accept(diary)
    diary.wait(1, 4)
    taken_back = Withdraw(diary.rules["reasons"]["withdrawn"], diary.day)
    diary.do("withdraw", lambda case: taken_back)
    file_away(diary)


def _declined(diary: CaseDiary) -> None:
    """A court has the dispute already."""
    apply(diary)
    diary.wait(1, 2)
    told = Decline("in_court", diary.rules["reasons"]["in_court"], ("lawsuit",), diary.day)
    diary.do("decline", lambda case: told)


def _lately(diary: CaseDiary) -> None:
    """Some disputes come to an application only weeks after they were registered: what is under way is not old."""
    diary.go(diary.days.until.date() - timedelta(days=diary.dice.randint(12, 20)))


def _consented(diary: CaseDiary) -> None:
    _lately(diary)
    apply(diary)
    diary.wait(1, 1)
    ask(diary)


def _assigned(diary: CaseDiary) -> None:
    _lately(diary)
    accept(diary, 1, 1)


def _today(diary: CaseDiary) -> None:
    """They are asked to come on the day the year ends, later than it ends if there is still time."""
    _lately(diary)
    accept(diary, 1, 1)
    end, day = diary.days.until, diary.days.since(diary.days.until.date())
    later = [minute for minute in _TODAY if diary.days.at(day, minute) > end]
    arrange(diary, day, later[0] if later else _TODAY[-1])


def _planned(diary: CaseDiary) -> None:
    _lately(diary)
    accept(diary, 1, 1)
    arrange(diary, diary.days.after(diary.days.until.date(), 2), HOURS[1])


def _adjourned(diary: CaseDiary) -> None:
    _lately(diary)
    accept(diary, 1, 1)
    haggle(diary)
    arrange(diary, diary.days.after(diary.days.until.date(), 3 + diary.place), HOURS[2])


def _drafted(diary: CaseDiary) -> None:
    """They agree, and the paper waits for the last signature."""
    _lately(diary)
    accept(diary, 1, 1)
    draft(diary, reach_deal(diary, diary.days.until.date() + timedelta(days=30)))


def _suspended(diary: CaseDiary) -> None:
    _lately(diary)
    accept(diary, 1, 1)
    haggle(diary)
    diary.wait(1, 2)
    waiting = Suspend(diary.rules["reasons"]["suspended"], diary.day)
    diary.do("suspend", lambda case: waiting)


#: Name in the script → what happens.
COURSES: Mapping[str, Callable[[CaseDiary], None]] = {
    "simple": _simple,
    "oral": _oral,
    "written": _written,
    "instalments": _instalments,
    "confirmed": _confirmed,
    "applied": apply,
    "consented": _consented,
    "assigned": _assigned,
    "today": _today,
    "planned": _planned,
    "adjourned": _adjourned,
    "drafted": _drafted,
    "suspended": _suspended,
    "failed": _failed,
    "unreachable": _unreachable,
    "refused": _refused,
    "withdrawn": _withdrawn,
    "declined": _declined,
}
