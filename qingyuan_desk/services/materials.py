"""Materials told once (一次性告知): what the visitor of a matter was told to bring, what came, what a promise stands in for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.duties import CheckItem
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.tables import Material
from qingyuan_desk.domain.text import LIMITS, clean_line
from qingyuan_desk.services import ledger
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.store import duties as store
from qingyuan_desk.store import requests, visits
from qingyuan_desk.store.database import Row, Rows, Tx

#: What may be said of a material: code → what it is called.
STATES: Mapping[str, str] = {"told": "已告知", "brought": "已交", "promised": "告知承诺"}


def checklist(office: Office, actor: Actor, matter: str | int) -> tuple[CheckItem, ...]:
    """What a matter needs by the duty list of its day, and what else was told; with how far each has come."""
    require(actor, Right.READ)
    with office.store.read() as rows:
        return items(office, rows, ledger.find(rows, office, actor, matter))


def mark(
    office: Office, actor: Actor, request_id: str, matter_id: int, states: Mapping[str, str]
) -> tuple[CheckItem, ...]:
    """Record what became of materials: name → a key of STATES; names that are on no list are told all the same.

    Raises Refused where a promise cannot stand in for the proof, NotFound.
    """
    require(actor, Right.NOTE)
    said = {clean_line(name): state for name, state in states.items() if clean_line(name)}
    with office.store.write() as tx:
        matter = ledger.find(tx, office, actor, matter_id)
        if requests.answered_about(tx, request_id, "materials", matter_id):
            return items(office, tx, matter)
        known = {each.material.name: each for each in items(office, tx, matter)}
        _check(said, known)
        words = _write(office, tx, matter_id, said, known)
        if words:
            visits.add_event(tx, matter_id, None, office.now(), actor.code, "materials", note=words)
        requests.record(tx, request_id, "materials", actor.code, office.now(), {"matter_id": matter_id})
        return items(office, tx, matter)


def tell(office: Office, tx: Tx, matter: Row) -> None:
    """The slip (一次性告知单) was printed: everything on it was told, what was told before on its own day."""
    new = [each for each in items(office, tx, matter) if each.told_on is None]
    for each in new:
        store.put_material(tx, matter["id"], store.Told(each.material.name, office.today(), None, False))


def items(office: Office, rows: Rows, matter: Row) -> tuple[CheckItem, ...]:
    """The checklist of a matter's row."""
    told = store.materials_of(rows, matter["id"])
    on = date.fromisoformat(matter["opened_on"])
    listed = office.reference.on(on).materials_for(matter["matter_kind"])
    names = {each.name for each in listed}
    others = (
        Material(matter["matter_kind"], name, True, False, "", "") for name in told if name not in names
    )
    return tuple(_item(each, told.get(each.name)) for each in (*listed, *others))


def _item(material: Material, told: store.Told | None) -> CheckItem:
    if told is None:
        return CheckItem(material)
    return CheckItem(material, told.told_on, told.brought_on, told.promised)


def _check(said: Mapping[str, str], known: Mapping[str, CheckItem]) -> None:
    for name, state in said.items():
        if state not in STATES:
            raise Refused.because(name, f"材料的状态只能是{'、'.join(STATES.values())}。")
        if len(name) > LIMITS["name"]:
            raise Refused.because(name, f"材料名称最多 {LIMITS['name']} 个字，现有 {len(name)} 个字。")
        if state == "promised" and name in known and not known[name].material.promise:
            raise Refused.because(name, f"“{name}”不能用告知承诺代替，要看到原件。")


def _write(
    office: Office, tx: Tx, matter_id: int, said: Mapping[str, str], known: Mapping[str, CheckItem]
) -> str:
    """Write what changed; the words for the timeline: 已交 结婚证；已告知 户口簿."""
    changed: dict[str, list[str]] = {}
    today = office.today()
    for name, state in said.items():
        before = known.get(name)
        if before is not None and state_of(before) == state:
            continue
        first = before.told_on if before and before.told_on else today
        told = store.Told(name, first, today if state == "brought" else None, state == "promised")
        store.put_material(tx, matter_id, told)
        changed.setdefault(state, []).append(name)
    return "；".join(f"{STATES[state]} {_list(names)}" for state, names in changed.items())


def state_of(item: CheckItem) -> str:
    """The key of STATES an item is at; "" before it was told."""
    if item.brought_on:
        return "brought"
    if item.promised:
        return "promised"
    return "told" if item.told_on else ""


def _list(names: Iterable[str]) -> str:
    return "、".join(names)
