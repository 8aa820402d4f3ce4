"""The duty list (职责清单): whose job a matter is, and why; search both ways; what a new version changed.

A hand-down to a unit that is not on the line of its matter needs approval (交办准入). Every function takes the office's
tables with the version that was in force on the day that counts: `reference.on(day)`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from qingyuan_desk.domain import pinyin
from qingyuan_desk.domain.reference import DutyList, Reference
from qingyuan_desk.domain.tables import OWN_TOWNSHIP, Division, Duty, Material, Unit
from qingyuan_desk.domain.text import search_key

#: What a unit does in a line.
PARTS: Mapping[str, str] = {"lead": "主办", "help": "协办"}
#: OWN_TOWNSHIP in words.
TOWNSHIP_NAME = "所在乡镇人民政府"


@dataclass(frozen=True)
class Work:
    """A unit's part in a line. part: of PARTS."""

    duty: Duty
    part: str


@dataclass(frozen=True)
class Counterpart:
    """A county department (对口部门) of a township, and the lines both have to do with."""

    unit: Unit
    lines: tuple[Duty, ...]


@dataclass(frozen=True)
class Found:
    """What a search found, both ways: matters (事项) by how well they fit, units, and townships."""

    lines: tuple[Duty, ...] = ()
    units: tuple[Unit, ...] = ()
    townships: tuple[Division, ...] = ()


@dataclass(frozen=True)
class Difference:
    """What a version changed of a line. kind: "added", "removed", "changed"; what: each change in words."""

    code: str
    name: str
    kind: str
    what: tuple[str, ...] = ()


@dataclass(frozen=True)
class CheckItem:
    """A material of a matter: when the visitor was told (一次性告知), when it came, or that a promise stands in for it."""

    material: Material
    told_on: date | None = None
    brought_on: date | None = None
    promised: bool = False

    @property
    def missing(self) -> bool:
        """Told, needed, and not there yet: asked for again at the next visit."""
        return (
            self.told_on is not None
            and self.brought_on is None
            and not self.promised
            and self.material.required
        )


# --- whose job, and why ----------------------------------------------------------------------------------------------


def leading(reference: Reference, duty: Duty, township: str) -> str:
    """The one unit that leads (一类事务由一个机构负责); "" where the list says the township's and no township is known."""
    if duty.leading_unit != OWN_TOWNSHIP:
        return duty.leading_unit
    own = reference.township_unit(township)
    return own.code if own else ""


def listed(reference: Reference, matter_kind: str, unit: str, township: str) -> bool:
    """Whether the line of this matter names the unit, as the one that leads or as one that helps.

    matter_kind: the line's code; unit: a unit's code; township: code or name of the matter's township.
    """
    duty = reference.duty(matter_kind)
    return duty is not None and unit in {leading(reference, duty, township), *duty.co_units}


def why(reference: Reference, matter_kind: str, unit: str, township: str) -> str:
    """Why this unit, or why not: a sentence with the line, what the unit does in it, its article, and the list's version."""
    duty = reference.duty(matter_kind)
    who = unit_name(reference, unit)
    if duty is None:
        return f"这件事项没有对应职责清单上的事项，交给{who}要写明理由并经批准。"
    line = f"职责清单（{duty.version}版）“{duty.name}”"
    if not listed(reference, matter_kind, unit, township):
        lead = unit_name(reference, leading(reference, duty, township)) or f"当事人{TOWNSHIP_NAME}"
        return f"{line}由{lead}主办，没有列{who}；交给{who}要写明理由并经批准。"
    part = "lead" if unit == leading(reference, duty, township) else "help"
    return f"{line}由{who}{PARTS[part]}（{duty.article}）。"


def unit_name(reference: Reference, unit: str) -> str:
    """A unit as people call it; OWN_TOWNSHIP in words."""
    if unit == OWN_TOWNSHIP:
        return TOWNSHIP_NAME
    found = reference.unit(unit)
    return found.name if found else unit


# --- search both ways ------------------------------------------------------------------------------------------------


def search(reference: Reference, text: str) -> Found:
    """Matters, units, and townships a few characters or pinyin letters are about; nothing asked finds every line."""
    key = search_key(text)
    if not key:
        return Found(lines=reference.duties)
    said = reference.words_said(key)
    ranked = sorted(
        (rank, place, duty)
        for place, duty in enumerate(reference.duties)
        if (rank := _rank(duty, key, said)) is not None
    )
    return Found(
        lines=tuple(duty for _, _, duty in ranked),
        units=tuple(
            unit for unit in reference.units if _is_about(f"{unit.name} {unit.duty}", unit.name, key)
        ),
        townships=tuple(
            town
            for town in reference.townships
            if _is_about(" ".join((town.name, *town.aliases)), town.name, key)
        ),
    )


def work_of(reference: Reference, unit: str) -> tuple[Work, ...]:
    """Every line a unit leads or helps in; a township leads what is its own township's."""
    found = reference.unit(unit)
    own = {unit, OWN_TOWNSHIP} if found and found.kind == "township" else {unit}
    led = tuple(Work(duty, "lead") for duty in reference.duties if duty.leading_unit in own)
    return led + tuple(Work(duty, "help") for duty in reference.duties if unit in duty.co_units)


def counterparts(reference: Reference, township: str) -> tuple[Counterpart, ...]:
    """The departments a township turns to (乡镇→对口部门), those it shares most lines with first."""
    own = reference.township_unit(township)
    shared: dict[str, list[Duty]] = defaultdict(list)
    for duty in reference.duties:
        if duty.leading_unit == OWN_TOWNSHIP:
            for code in duty.co_units:
                shared[code].append(duty)
        elif own and own.code in duty.co_units:
            shared[duty.leading_unit].append(duty)
    found = [(reference.unit(code), tuple(lines)) for code, lines in shared.items()]
    known = [Counterpart(unit, lines) for unit, lines in found if unit is not None]
    return tuple(sorted(known, key=lambda each: -len(each.lines))) if own else ()


def _rank(duty: Duty, key: str, said: frozenset[str]) -> int | None:
    """How well a line fits what was typed, 0 best; None when it does not."""
    if key in search_key(duty.name):
        return 0
    if any(key in search_key(word) for word in duty.words):
        return 1
    if not said.isdisjoint(duty.words):
        return 2
    if _sounds(duty.name, key) or key in search_key(duty.article):
        return 3
    return None


def _is_about(text: str, name: str, key: str) -> bool:
    return key in search_key(text) or _sounds(name, key)


def _sounds(name: str, key: str) -> bool:
    return key.isascii() and any(key in letters for letters in pinyin.index_text(name).split())


# --- versions --------------------------------------------------------------------------------------------------------


def compare(old: DutyList, new: DutyList, reference: Reference) -> tuple[Difference, ...]:
    """What changed from one version to another: lines added, lines gone, lines changed, in the order of the new list."""
    before = {duty.code: duty for duty in old.lines.rows}
    after = {duty.code: duty for duty in new.lines.rows}
    found = []
    for code, duty in after.items():
        if code not in before:
            found.append(Difference(code, duty.name, "added"))
            continue
        what = (*_changes(before[code], duty, reference), *_material_changes(old, new, code))
        if what:
            found.append(Difference(code, duty.name, "changed", what))
    gone = (Difference(code, duty.name, "removed") for code, duty in before.items() if code not in after)
    return (*found, *gone)


def _changes(old: Duty, new: Duty, reference: Reference) -> Iterable[str]:
    for label, told in _TOLD.items():
        before, after = told(reference, old), told(reference, new)
        if before != after:
            yield f"{label}：{before or '（空）'} → {after or '（空）'}"


def _material_changes(old: DutyList, new: DutyList, code: str) -> Iterable[str]:
    before = {each.name: each for each in old.materials.get(code, ())}
    after = {each.name: each for each in new.materials.get(code, ())}
    added = [name for name in after if name not in before]
    gone = [name for name in before if name not in after]
    other = [name for name in after if name in before and after[name] != before[name]]
    for label, names in (("材料增加", added), ("材料减少", gone), ("材料改了", other)):
        if names:
            yield f"{label}：{'、'.join(names)}"


def _names(reference: Reference, units: Iterable[str]) -> str:
    return "、".join(unit_name(reference, code) for code in units)


_TOLD: Mapping[str, Callable[[Reference, Duty], str]] = {
    "事项": lambda reference, duty: duty.name,
    "主办单位": lambda reference, duty: unit_name(reference, duty.leading_unit),
    "协办单位": lambda reference, duty: _names(reference, duty.co_units),
    "依据": lambda reference, duty: duty.article,
    "办理期限": lambda reference, duty: f"{duty.limit_days} 日" if duty.limit_days else "",
    "类别": lambda reference, duty: getattr(reference.category(duty.category), "name", duty.category),
    "流程": lambda reference, duty: getattr(reference.flow(duty.flow), "name", duty.flow),
    "房间": lambda reference, duty: getattr(reference.room(duty.room), "name", duty.room),
    "纠纷类型": lambda reference, duty: getattr(
        reference.dispute_type(duty.dispute_type), "name", duty.dispute_type
    ),
    "关键词": lambda reference, duty: " ".join(duty.words),
}
