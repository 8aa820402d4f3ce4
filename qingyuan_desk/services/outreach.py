"""法律十进 and contact points: log an activity, take one back, a month's sums, keep contact points, all as a spreadsheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from qingyuan_desk.documents import sheets
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.errors import Conflict, NotFound, Refused
from qingyuan_desk.domain.outreach import (
    Activity,
    ContactPoint,
    OutreachMonth,
    check,
    check_contact,
    cleaned,
    cleaned_contact,
    grids,
    summed,
)
from qingyuan_desk.domain.text import LIMITS, clean_line
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.store import outreach as store
from qingyuan_desk.store import requests


def log(office: Office, actor: Actor, request_id: str, activity: Activity) -> Activity:
    """Write an activity down (on None: today). Raises Refused with problems by field."""
    require(actor, Right.NOTE)
    said = cleaned(replace(activity, on=activity.on or office.today()))
    town = office.reference.township(said.township)
    said = replace(said, township=town.code if town else said.township)
    with office.store.write() as tx:
        done = requests.answered(tx, request_id, "outreach.log")
        if done is None:
            problems = list(check(said, office.today(), office.reference))
            if problems:
                raise Refused(problems)
            done = {"record_id": store.add(tx, said, actor.code, office.now())}
            requests.record(tx, request_id, "outreach.log", actor.code, office.now(), done)
        return _known(store.by_id(tx, done["record_id"]))


def cancel(office: Office, actor: Actor, request_id: str, record_id: int, reason: str) -> Activity:
    """Take an activity back: it stays in the log with its reason and is not counted. Raises Refused, NotFound, Conflict."""
    require(actor, Right.NOTE)
    why = clean_line(reason)
    if not why or len(why) > LIMITS["reason"]:
        raise Refused.because("reason", f"请写明撤回的原因，最多 {LIMITS['reason']} 个字。")
    with office.store.write() as tx:
        if requests.answered(tx, request_id, "outreach.cancel") is None:
            if _known(store.by_id(tx, record_id)).cancelled:
                raise Conflict("这次活动已经撤回。")
            store.cancel(tx, record_id, why)
            requests.record(
                tx, request_id, "outreach.cancel", actor.code, office.now(), {"record_id": record_id}
            )
        return _known(store.by_id(tx, record_id))


def month(office: Office, actor: Actor, first: date, last: date) -> OutreachMonth:
    """The activities of a period with their sums."""
    require(actor, Right.READ)
    with office.store.read() as rows:
        return summed(first, last, store.between(rows, first, last))


def contacts(office: Office, actor: Actor) -> tuple[ContactPoint, ...]:
    """Every contact point, closed ones last."""
    require(actor, Right.READ)
    with office.store.read() as rows:
        return store.contacts(rows)


def save_contact(office: Office, actor: Actor, request_id: str, point: ContactPoint) -> ContactPoint:
    """Add a contact point (record id 0), or change one. Raises Refused with problems by field, NotFound."""
    require(actor, Right.NOTE)
    town = office.reference.township(clean_line(point.township))
    said = cleaned_contact(replace(point, township=town.code if town else point.township))
    said = replace(said, since=said.since or office.today())
    with office.store.write() as tx:
        done = requests.answered(tx, request_id, "outreach.contact")
        if done is None:
            problems = list(check_contact(said, office.today(), office.reference))
            if problems:
                raise Refused(problems)
            if said.record_id:
                _found(store.contacts(tx), said.record_id)
            done = {"record_id": store.put_contact(tx, said)}
            requests.record(tx, request_id, "outreach.contact", actor.code, office.now(), done)
        return _found(store.contacts(tx), done["record_id"])


def export(office: Office, actor: Actor, first: date, last: date, path: Path) -> int:
    """Write the log of a period, its sums, and the contact points as .xlsx; how many activities."""
    require(actor, Right.EXPORT)
    found = month(office, actor, first, last)
    sheets.write(path, grids(found, contacts(office, actor), office.reference))
    return len(found.activities)


def _known(activity: Activity | None) -> Activity:
    if activity is None:
        raise NotFound("没有找到这次活动。请刷新后再看。")
    return activity


def _found(points: tuple[ContactPoint, ...], record_id: int) -> ContactPoint:
    point = next((each for each in points if each.record_id == record_id), None)
    if point is None:
        raise NotFound("没有找到这个联络点。请刷新后再看。")
    return point
