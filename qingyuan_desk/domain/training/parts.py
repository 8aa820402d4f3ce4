"""What the courses of a dispute are made of: applying, asking the other side, meeting, agreeing, performing, ending."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from qingyuan_desk.domain.mediation.case import Case, CaseParty
from qingyuan_desk.domain.mediation.forms import (
    Assign,
    Close,
    Consent,
    Draft,
    File,
    FollowUpForm,
    Form,
    Hold,
    Open,
    Perform,
    Plan,
    Prevent,
    PutParty,
    Reach,
    Sign,
    Terminate,
    WriteNote,
)
from qingyuan_desk.domain.training.deals import Deal
from qingyuan_desk.domain.training.diary import CaseDiary

#: Minutes of the day at which people are asked to come.
HOURS = (9 * 60, 9 * 60 + 30, 14 * 60 + 30, 15 * 60)
_UNFILED = 0.08


def apply(diary: CaseDiary) -> None:
    """The application, and what those who came say to it."""
    dispute = diary.dispute
    origin = diary.rules["origins"].get(dispute.source, "application")
    difficulty = "complex" if dispute.headcount > 1 and dispute.kind == "10" else "general"
    opened = Open(origin, diary.day, "", tuple(dispute.template["claims"]), difficulty=difficulty)
    diary.do("open", lambda case: opened, 6)
    for _ in range(dispute.applicants):
        diary.do("consent", partial(_agrees, side="applicant", on=diary.day, how="face"), 1)


def _agrees(case: Case, side: str, on: date, how: str) -> Form | None:
    waiting = [each for each in case.parties if each.side == side and each.consent != "agreed"]
    return Consent(waiting[0].record_id, True, on, how) if waiting else None


def other_side(case: Case) -> CaseParty:
    """The other side; every invented dispute has one."""
    return next(each for each in case.parties if each.side == "respondent")


def _first(case: Case) -> CaseParty:
    return next(each for each in case.parties if each.side == "applicant")


def ask(diary: CaseDiary) -> None:
    """The other side is called and agrees: the case is accepted."""
    phone, said = f"13800000{diary.dispute.matter % 1000:03d}", diary.rules["words"]["asked"]
    who = diary.dice.choice(diary.rules["representatives"])

    def known(case: Case) -> Form:
        other = other_side(case)
        represented = who if other.kind != "person" else ""
        return PutParty(replace(other, phone=phone, representative=represented))

    diary.do("party", known)
    diary.do("contact", lambda case: Reach(other_side(case).record_id, "phone", True, note=said))
    diary.do("consent", partial(_agrees, side="respondent", on=diary.day, how="phone"))


def accept(diary: CaseDiary, least: int = 1, most: int = 3) -> None:
    """Everybody agrees to be mediated, after so many working days, and somebody mediates."""
    apply(diary)
    diary.wait(least, most)
    ask(diary)
    _assign(diary)


def _assign(diary: CaseDiary) -> None:
    chosen_by, on = diary.dice.choice(("assigned", "assigned", "parties")), diary.day
    diary.assign("assign", lambda code: Assign((code,), chosen_by, on=on))


def arrange(diary: CaseDiary, day: date, minute: int) -> datetime:
    """A meeting is arranged; when."""
    at, site = diary.days.at(diary.days.since(day), minute), _site(diary)
    diary.do("plan", lambda case: Plan(at, **site))
    return at


def _site(diary: CaseDiary) -> dict[str, Any]:
    """Where people meet: mostly at the centre, now and then in the village, by phone, or on a screen."""
    chance = diary.dice.random()
    if chance < 0.07:
        return {"mode": "video", "link": diary.rules["words"]["link"].format(matter=diary.dispute.matter)}
    if chance < 0.12:
        return {"mode": "phone"}
    if chance < 0.3:
        return {"place": diary.dice.choice(diary.rules["places"])}
    return {"room": diary.dice.choice(diary.rules["rooms"])}


def meet(diary: CaseDiary, outcome: str, deal: Deal | None = None, least: int = 1, most: int = 4) -> None:
    """A meeting is arranged and held."""
    day = diary.days.after(diary.day, diary.dice.randint(least, most))
    planned = arrange(diary, day, diary.dice.choice(HOURS))
    started = planned + timedelta(minutes=diary.dice.randint(0, 12))
    if diary.dice.random() < 0.5:
        diary.call_out(started)
    ended = started + timedelta(minutes=diary.dice.randint(35, 95))
    diary.at = ended
    helpers = tuple(diary.dice.sample(diary.rules["helpers"], diary.dice.choice((0, 0, 1, 1, 2))))
    reply, claims = diary.dispute.template["reply"], "；".join(diary.dispute.template["claims"])

    def held(case: Case) -> Form:
        session = next(each for each in case.sessions if each.state == "planned")
        return Hold(
            started_at=started,
            session=session.record_id,
            ended_at=ended,
            mode=session.mode,
            room=session.room,
            place=session.place,
            link=session.link,
            present=tuple(party.record_id for party in case.parties),
            helpers=helpers,
            rights_told=True,
            statements=f"申请人：{claims}。\n被申请人：{reply}",
            outcome=outcome,
            proposal=_proposal(diary, case, outcome, deal),
        )

    diary.do("session", held)


def _proposal(diary: CaseDiary, case: Case, outcome: str, deal: Deal | None) -> str:
    if deal is not None:
        return "\n".join(deal.words(case))
    return str(diary.rules["no_agreement"] if outcome == "failed" else diary.rules["adjourned"])


def haggle(diary: CaseDiary) -> None:
    """A first meeting that leads to no agreement yet, and what the mediator keeps to himself."""
    meet(diary, "adjourned")
    offer = diary.dice.choice(diary.rules["offers"])
    diary.do("note", lambda case: WriteNote("offer", offer, other_side(case).record_id))


def reach_deal(diary: CaseDiary, *dues: date) -> Deal:
    """They meet until they agree."""
    if diary.dice.random() < 0.3:
        haggle(diary)
    deal = Deal.of(diary.dispute.template, diary.dispute.narrative, diary.dice, dues)
    meet(diary, "agreed", deal)
    if diary.prevention is not None:
        facts = {name: diary.prevention[name] for name in ("kind", "persons", "reported_to", "note")}
        prevented = Prevent(on=diary.day, **facts)
        diary.do("prevent", lambda case: prevented)
    return deal


def draft(diary: CaseDiary, deal: Deal) -> None:
    """The agreement is written."""
    recorder = diary.rules["words"]["recorder"]
    diary.do("agreement", lambda case: Draft(**deal.content(case, recorder)), 12)


def write_up(diary: CaseDiary, deal: Deal) -> None:
    """The agreement is written, signed by everybody, and sealed, on the same day."""
    draft(diary, deal)
    day = diary.day
    diary.do(
        "sign",
        lambda case: Sign(
            day, day, day, tuple(party.record_id for party in case.parties), mediators_signed=True
        ),
        9,
    )


def perform(diary: CaseDiary, deal: Deal, *, late: bool = False, owing: bool = False) -> None:
    """What was agreed is done: in time; the first part late; or the first part, and then no more (owing)."""
    proof = diary.rules["words"]["receipt" if deal.amount else "done"]
    for place, due in enumerate(deal.dues):
        if owing and place == 1:
            return
        early = diary.dice.randint(0, 3)
        due += timedelta(days=diary.rules["late_days"] if late and place == 0 else -early)
        diary.go(max(due, diary.day))
        diary.do("instalment", partial(_pays, place=place, on=diary.day, proof=proof))


def _pays(case: Case, place: int, on: date, proof: str) -> Form:
    part = case.schedule[place]
    return Perform(part.record_id, on, part.amount, proof)


def finish(diary: CaseDiary, *, owing: bool = False) -> None:
    """Somebody asks how it went; the case is closed once all is done, and its dossier filed."""
    if not owing:
        ended = diary.day
        diary.do("close", lambda case: Close(on=ended), 6)
    diary.go(diary.day + timedelta(days=diary.dice.randint(7, 10)))
    ways = diary.rules["satisfaction"]
    satisfied = "fairly" if owing else diary.dice.choices(list(ways), list(ways.values()))[0]
    measures = diary.rules["measures"].get("owing" if owing else satisfied, "")
    day = diary.day

    def asked(case: Case) -> Form:
        planned = next((each for each in case.follow_ups if each.done_on is None), None)
        return FollowUpForm(
            follow_up=planned.record_id if planned else 0,
            done_on=day,
            party=_first(case).record_id,
            performance="partial" if owing else "full",
            satisfaction=satisfied,
            measures=measures,
        )

    diary.do("follow_up", asked)
    if not owing:
        file_away(diary)


def file_away(diary: CaseDiary) -> None:
    """The dossier is filed, mostly within a week; now and then nobody has got round to it."""
    diary.wait(1, 5)
    if diary.dice.random() < _UNFILED:
        return
    day, remark, filer = diary.day, diary.rules["remark"], diary.rules["words"]["filer"]

    def filed(case: Case) -> Form:
        return File(filer, "long" if case.mediation and case.mediation.amount else "short", remark, day)

    diary.do("file", filed)


def terminate(diary: CaseDiary, ground: str) -> None:
    day, said = diary.day, diary.rules["reasons"][ground]
    paths = ("arbitration", "lawsuit") if diary.dispute.kind in ("10", "11") else ("lawsuit", "again")
    diary.do("terminate", lambda case: Terminate(ground, said, paths, day))
