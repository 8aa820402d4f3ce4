"""What the office keeps for every matter, from a line of `clerk`: the duty list (职责清单), and the workday calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qingyuan_desk.clerk.operation import Operation
from qingyuan_desk.clerk.steps import of_form
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.handling.asking import ask
from qingyuan_desk.services import duties, workdays
from qingyuan_desk.services.office import Office

_WORKS: Mapping[str, bool | None] = {"work": True, "off": False, "published": None}
_DAYS: Mapping[str, str] = {"work": "上班", "off": "放假", "published": "按公布的办"}


@dataclass(frozen=True)
class Publish:
    """公布职责清单: a sheet as the next version, in force from a day."""

    file: str
    valid_from: date
    name: str = ""
    note: str = ""


@dataclass(frozen=True)
class TakeBack:
    """撤回职责清单: the last version, with the reason."""

    version: str
    reason: str


@dataclass(frozen=True)
class SetDay:
    """Whether a day is worked."""

    day: date
    works: str = ask("上班还是放假", "choice", _DAYS, needed=True)
    note: str = ""


@dataclass(frozen=True)
class LoadNotice:
    """放假通知: the text of the notice as it was published, or a sheet of days."""

    text: str = ""
    file: str = ""


@dataclass(frozen=True)
class Undo:
    """A change of the calendar taken back: its request id."""

    undone: str


def _publish(office: Office, actor: Actor, request_id: str, form: Publish) -> str:
    sheet = duties.read_sheet(office, actor, Path(form.file))
    return duties.publish(office, actor, request_id, form.name, form.valid_from, sheet, form.note)


def _take_back(office: Office, actor: Actor, request_id: str, form: TakeBack) -> str:
    duties.withdraw(office, actor, request_id, form.version, form.reason)
    return form.version


def _set_day(office: Office, actor: Actor, request_id: str, form: SetDay) -> str:
    return _moved(workdays.change(office, actor, request_id, form.day, _WORKS[form.works], form.note))


def _load(office: Office, actor: Actor, request_id: str, form: LoadNotice) -> str:
    if bool(form.text) == bool(form.file):
        raise Refused.because("text", "text（通知原文）和 file（表格）要写一个，只写一个。")
    path = Path(form.file) if form.file else None
    return _moved(workdays.load_notice(office, actor, request_id, form.text, path))


def _undo(office: Office, actor: Actor, request_id: str, form: Undo) -> str:
    return _moved(workdays.undo(office, actor, request_id, form.undone))


def _moved(done: workdays.Changed) -> str:
    """How many days were set, and how many clocks have another last day now."""
    return f"{done.days} {len(done.moved)}"


OPERATIONS: Mapping[str, Operation] = {
    "duty.publish": of_form(Publish, _publish),
    "duty.withdraw": of_form(TakeBack, _take_back),
    "workday.set": of_form(SetDay, _set_day),
    "workday.load": of_form(LoadNotice, _load),
    "workday.undo": of_form(Undo, _undo),
}
