"""The duty list (职责清单) at work: search both ways, versions, their sheets; contacts of townships."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count, pairwise
from pathlib import Path

from qingyuan_desk.domain import duties, duty_facts, duty_sheet
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.duties import Difference, Found
from qingyuan_desk.domain.duty_facts import DutyFacts, DutyPaper
from qingyuan_desk.domain.duty_sheet import DutySheet
from qingyuan_desk.domain.errors import Conflict, NotFound, Refused
from qingyuan_desk.domain.papers import Paper
from qingyuan_desk.domain.reference import DutyList, Reference, Table
from qingyuan_desk.domain.tables import CONTACT_ROLES, DutyVersion, TownshipContact
from qingyuan_desk.domain.text import LIMITS, clean_line
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.services.papers import letterhead
from qingyuan_desk.store import duties as store
from qingyuan_desk.store import reference as reference_store
from qingyuan_desk.store import requests

#: Where a version stands: state → what it is called.
STATES = {"now": "现行", "ahead": "待施行", "past": "历史", "withdrawn": "已撤回"}


@dataclass(frozen=True)
class VersionView:
    """A version of the duty list. valid_until: the last day it is in force; None: until another one comes. state: of STATES."""

    version: DutyVersion
    lines: int
    state: str
    valid_until: date | None


def versions(office: Office) -> tuple[VersionView, ...]:
    """Every version, the newest first."""
    reference = office.reference
    valid = [each for each in reference.duty_lists if not each.version.withdrawn]
    ends = {
        earlier.version.version: date.fromisoformat(later.version.valid_from) - timedelta(days=1)
        for earlier, later in pairwise(valid)
    }

    def state(each: DutyList) -> str:
        if each.version.withdrawn:
            return "withdrawn"
        if each is reference.duty_list:
            return "now"
        return "ahead" if each.version.valid_from > office.today().isoformat() else "past"

    views = [
        VersionView(each.version, len(each.lines.rows), state(each), ends.get(each.version.version))
        for each in reference.duty_lists
    ]
    return tuple(reversed(views))


def version(office: Office, code: str) -> DutyList:
    """One version. Raises NotFound."""
    found = next((each for each in office.reference.duty_lists if each.version.version == code), None)
    if found is None:
        raise NotFound(f"没有“{code}”这个版本的职责清单。请从版本列表里选。")
    return found


def search(office: Office, actor: Actor, text: str, code: str = "") -> tuple[Reference, Found]:
    """What a few characters find, in the version in force or in another one: the tables it was found in, and what."""
    require(actor, Right.READ)
    reference = _with(office, code)
    return reference, duties.search(reference, clean_line(text))


def facts(office: Office, actor: Actor, kind: str, code: str, version_code: str = "") -> DutyFacts:
    """What is said of a line, a unit, or a township (kind: of KINDS) in a version. Raises NotFound."""
    require(actor, Right.READ)
    reference = _with(office, version_code)
    duty, unit, town = reference.duty(code), reference.unit(code), reference.township(code)
    if kind == "line" and duty is not None:
        return duty_facts.of_line(reference, duty)
    if kind == "unit" and unit is not None:
        return duty_facts.of_unit(reference, unit.code)
    if kind == "township" and town is not None:
        return duty_facts.of_township(reference, town.code, town.name, contacts(office, actor, town.code))
    raise NotFound(f"职责清单里没有“{code}”。请重新查找。")


def paper(office: Office, actor: Actor, kind: str, code: str, version_code: str = "") -> Paper:
    """The same on paper. Raises NotFound, NotAllowed."""
    require(actor, Right.PRINT)
    from qingyuan_desk.documents import duties as documents

    found = facts(office, actor, kind, code, version_code)
    return documents.render(DutyPaper(letterhead(office), found, actor.name, office.now()))


def why(office: Office, matter_kind: str, township: str, unit: str, on: date | None = None) -> str:
    """Why this unit, or why not, by the version in force on a day (today)."""
    return duties.why(office.reference.on(on or office.today()), matter_kind, unit, township)


def compare(office: Office, older: str, newer: str) -> tuple[Difference, ...]:
    """What changed between two versions."""
    return duties.compare(version(office, older), version(office, newer), office.reference)


# --- sheets and new versions -----------------------------------------------------------------------------------------


def export(office: Office, actor: Actor, path: Path, code: str = "") -> int:
    """Write a version as a spreadsheet that can be edited and read again; how many lines.

    Raises Refused at the field `file`, or Unavailable when the file cannot be written.
    """
    from qingyuan_desk.documents import sheets

    require(actor, Right.READ)
    wanted = version(office, code) if code else office.reference.duty_list
    sheets.write(path, [duty_sheet.to_grid(wanted, office.reference)])
    return len(wanted.lines.rows)


def read_sheet(office: Office, actor: Actor, path: Path) -> DutySheet:
    """An edited sheet with everything that is wrong with it; nothing is saved.

    Raises Refused at the field `file` when it cannot be read.
    """
    from qingyuan_desk.documents import sheets

    require(actor, Right.SETTINGS)
    return duty_sheet.read_grid(sheets.read(path).headed(duty_sheet.is_known), "", office.reference)


def changes(office: Office, sheet: DutySheet) -> tuple[Difference, ...]:
    """What a sheet would change in the last version that is not withdrawn."""
    last = _last(office)
    return duties.compare(last, _as_list(last.version, sheet), office.reference)


def publish(
    office: Office,
    actor: Actor,
    request_id: str,
    name: str,
    valid_from: date,
    sheet: DutySheet,
    note: str = "",
) -> str:
    """Publish a sheet as the next version; its code. Earlier versions stay: matters of their days cite them.

    Raises Refused: the sheet has problems, or the day is not after the last version's.
    """
    require(actor, Right.SETTINGS)
    if sheet.problems:
        raise Refused(sheet.problems)
    title = clean_line(name) or f"县乡职责任务清单（{valid_from.year}年{valid_from.month}月）"
    if len(title) > LIMITS["reason"]:
        raise Refused.because("name", f"版本名称最多 {LIMITS['reason']} 个字，现有 {len(title)} 个字。")
    with office.store.write() as tx:
        done = requests.answered(tx, request_id, "duty_publish")
        if done:
            return str(done["version"])
        last = _last(office).version
        if valid_from.isoformat() <= last.valid_from:
            sentence = f"施行日期要晚于上一版（{last.version}版，{last.valid_from} 起施行）。"
            raise Refused.because("valid_from", sentence)
        if not changes(office, sheet):
            raise Refused.because("file", f"与上一版（{last.version}版）没有不同，不用公布新的一版。")
        code = _free_code(office, valid_from)
        new = DutyVersion(
            version=code,
            name=title,
            valid_from=valid_from.isoformat(),
            published_at=office.now().isoformat(),
            published_by=actor.code,
            note=clean_line(note),
            withdrawn="",
        )
        store.add_version(tx, new, [replace(duty, version=code) for duty in sheet.lines], sheet.materials)
        requests.record(tx, request_id, "duty_publish", actor.code, office.now(), {"version": code})
    office.reload()
    return code


def withdraw(office: Office, actor: Actor, request_id: str, code: str, reason: str) -> None:
    """Take back the last version: the one before is in force again. It stays on record with the reason.

    Raises Refused without a reason, Conflict for any but the last version, and for the first one.
    """
    require(actor, Right.SETTINGS)
    said = clean_line(reason)
    if not said:
        raise Refused.because("reason", "请写明为什么撤回这一版。")
    with office.store.write() as tx:
        if requests.answered(tx, request_id, "duty_withdraw"):
            return
        valid = [each for each in office.reference.duty_lists if not each.version.withdrawn]
        if valid[-1] is not version(office, code) or len(valid) == 1:
            raise Conflict(f"只能撤回最后公布的一版，第一版不能撤回；{code}版没有撤回。")
        store.withdraw(tx, code, said)
        requests.record(tx, request_id, "duty_withdraw", actor.code, office.now(), {"version": code})
    office.reload()


# --- contacts of townships -------------------------------------------------------------------------------------------


def contacts(office: Office, actor: Actor, township: str) -> tuple[TownshipContact, ...]:
    """Whom to turn to in a township (对口联系表), an entry for every role."""
    require(actor, Right.READ)
    town = office.reference.township(township)
    if town is None:
        raise NotFound(f"没有“{township}”这个乡镇。请从列表里选。")
    known = {each.role: each for each in office.reference.township_contacts if each.township == town.code}
    return tuple(
        known.get(role) or TownshipContact(town.code, role, "", "", "", "") for role in CONTACT_ROLES
    )


def save_contacts(office: Office, actor: Actor, request_id: str, entries: Sequence[TownshipContact]) -> None:
    """Keep entries of the contact sheet. Raises Refused for an entry of no township or no role."""
    require(actor, Right.SETTINGS)
    for each in entries:
        if each.role not in CONTACT_ROLES or office.reference.township(each.township) is None:
            raise Refused.because("role", "联系表里没有这一项。请刷新后再改。")
    with office.store.write() as tx:
        if requests.answered(tx, request_id, "contacts"):
            return
        for each in entries:
            row = {
                "township": each.township,
                "role": each.role,
                "organ": clean_line(each.organ),
                "name": clean_line(each.name),
                "phone": clean_line(each.phone),
                "place": clean_line(each.place),
            }
            reference_store.save(tx, "township_contacts", row)
        requests.record(tx, request_id, "contacts", actor.code, office.now(), {"entries": len(entries)})
    office.reload()


def _with(office: Office, code: str) -> Reference:
    return replace(office.reference, duty_list=version(office, code)) if code else office.reference


def _last(office: Office) -> DutyList:
    return [each for each in office.reference.duty_lists if not each.version.withdrawn][-1]


def _as_list(base: DutyVersion, sheet: DutySheet) -> DutyList:
    lines = Table(replace(duty, version=base.version) for duty in sheet.lines)
    return DutyList(base, lines, sheet.materials)


def _free_code(office: Office, valid_from: date) -> str:
    """2027-01, or 2027-01-2 when that month has one."""
    month = f"{valid_from:%Y-%m}"
    taken = {each.version.version for each in office.reference.duty_lists}
    codes = (month if number == 1 else f"{month}-{number}" for number in count(1))
    return next(code for code in codes if code not in taken)
