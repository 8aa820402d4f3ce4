"""A line as a form: one reading for every form, from its fields and their types. docs/clerk.md says what it reads.

A field of a form is a key of the line. Its type says its shape, and where it says how it is asked for
(domain/handling/asking.py), that says what it names; what only its name tells is in the tables below.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from types import NoneType
from typing import Any, Protocol, TypeVar, get_args, get_origin, get_type_hints

from qingyuan_desk.clerk import values
from qingyuan_desk.clerk.operation import Facts
from qingyuan_desk.domain.handling.asking import Ask
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.codes import OUTREACH
from qingyuan_desk.domain.identity import ID_TYPES, SEXES
from qingyuan_desk.domain.mediation import codes as tables
from qingyuan_desk.domain.mediation.case import Case, CaseParty
from qingyuan_desk.domain.mediation.clauses import TOPICS
from qingyuan_desk.domain.mediation.papers import MEDIATION_PAPERS
from qingyuan_desk.domain.numbers import in_full
from qingyuan_desk.domain.outreach import CONTACT_KINDS, Activity
from qingyuan_desk.domain.reference import Organ, Reference
from qingyuan_desk.domain.roster.callouts import OUTCOMES as CALL_OUTCOMES
from qingyuan_desk.domain.roster.callouts import WAYS
from qingyuan_desk.domain.roster.records import Award, Training
from qingyuan_desk.domain.roster.results import Leave
from qingyuan_desk.domain.text import clean_line, search_key
from qingyuan_desk.domain.typed import quoted
from qingyuan_desk.domain.visit import AUTHORITIES

_Form = TypeVar("_Form")


class _Recorded(Protocol):
    @property
    def record_id(self) -> int: ...


#: Fields of a record that no line says: the program sets them, or another step does.
_OURS: Mapping[type, frozenset[str]] = {
    CaseParty: frozenset({"matter_id", "position", "consent", "consent_on", "consent_how"}),
    Leave: frozenset({"record_id", "cancelled"}),
    Training: frozenset({"record_id"}),
    Award: frozenset({"record_id"}),
    Activity: frozenset({"record_id", "actor", "cancelled"}),
}

#: Field, or form and field where two forms differ → code → name. Both are read.
CODES: Mapping[str, Mapping[str, str]] = {
    "origin": tables.ORIGINS,
    "difficulty": tables.DIFFICULTIES,
    "side": tables.SIDES,
    "sex": SEXES,
    "id_type": ID_TYPES,
    "authority": AUTHORITIES,
    "how": tables.CONTACT_WAYS,
    "ground": {code: ground.name for code, ground in tables.GROUNDS.items()},
    "paths": tables.PATHS,
    "chosen_by": tables.CHOSEN_BY,
    "mode": tables.MODES,
    "outcome": tables.OUTCOMES,
    "topics": {code: topic.name for code, topic in TOPICS.items()},
    "performance": tables.PERFORMANCES,
    "satisfaction": tables.SATISFACTIONS,
    "closing": tables.CLOSINGS,
    "retention": tables.RETENTIONS,
    "Answer.outcome": CALL_OUTCOMES,
    "CallForm.how": WAYS,
    "Activity.target": OUTREACH,
    "ContactPoint.kind": CONTACT_KINDS,
    "Attach.kind": tables.ATTACHMENT_KINDS,
    "CaseParty.kind": tables.PARTY_KINDS,
    "Plan.kind": tables.SESSION_KINDS,
    "Hold.kind": tables.SESSION_KINDS,
    "WriteNote.kind": tables.NOTE_KINDS,
    "Prevent.kind": tables.PREVENTIONS,
    "Confirm.result": tables.CONFIRMATION_RESULTS,
    "Correct.paper": {code: paper.title for code, paper in MEDIATION_PAPERS.items()},
}
#: Sums of money: yuan in a line, fen in a form.
_MONEY = frozenset({"amount"})
_NTH = re.compile(r"第\s*(\d{1,4})\s*[次期]")


def keys(kind: type) -> tuple[str, ...]:
    """The keys of a form, in its order."""
    return tuple(each.name for each in _fields(kind))


def must_have(each: Field[Any], hint: Any) -> bool:
    """Whether a field cannot be left out: it has no default, or an empty one where a person must answer, and is never None."""
    ask: Ask | None = each.metadata.get("ask")
    if ask is not None:
        return ask.needed and each.default in ("", 0, ())
    has_default = each.default is not MISSING or each.default_factory is not MISSING
    return not has_default and NoneType not in get_args(hint)


def _fields(kind: type) -> tuple[Field[Any], ...]:
    return tuple(each for each in fields(kind) if each.name not in _OURS.get(kind, ()))


@dataclass(frozen=True)
class Reader:
    """Reads forms about a matter (None: about none), with the names of the office's tables."""

    reference: Reference
    matter: Case | Handled | None = None

    def form(self, kind: type[_Form], facts: Facts, where: str = "") -> _Form:
        """The form a line says. Raises Refused naming the key that is missing, unknown, or of the wrong shape.

        where: the key of the form inside another one.
        """
        self._refuse_unknown(kind, facts, where)
        found, hints = self._known_before(kind, facts, where), get_type_hints(kind)
        for each in _fields(kind):
            place, hint, given = _inside(where, each.name), hints[each.name], facts.get(each.name)
            if given is not None:
                found[each.name] = self._value(kind, each, place, hint, given, found)
            elif each.name not in found and must_have(each, hint):
                raise values.wrong(place, f"缺少 {place}。")
            elif each.name not in found and each.default is MISSING and each.default_factory is MISSING:
                found[each.name] = None
        return kind(**found)

    def _refuse_unknown(self, kind: type, facts: Facts, where: str) -> None:
        unknown = [str(key) for key in facts if key not in keys(kind)]
        if unknown:
            named, known = quoted("、".join(unknown)), "、".join(keys(kind))
            raise values.wrong(where, f"{where} 没有{named}这一项，请核对拼写。可用：{known}。".strip())

    def _known_before(self, kind: type, facts: Facts, where: str) -> dict[str, Any]:
        """What holds without being said: of a party that is written down anew, what was written of it before."""
        if kind is not CaseParty:
            return {}
        record_id = self._party(_inside(where, "record_id"), facts.get("record_id") or 0)
        before = self._case.party(record_id) if record_id else None
        if before is None:
            return {"matter_id": self._case.matter_id}
        found = {each.name: getattr(before, each.name) for each in fields(before)}
        return {**found, "village": ""} if facts.get("township") else found

    def _value(self, kind: type, each: Field[Any], where: str, hint: Any, given: Any, found: Facts) -> Any:
        """One value. found: what the form has so far."""
        name, hint = each.name, values.given_type(hint)
        if get_origin(hint) is tuple:
            item = get_args(hint)[0]
            return tuple(
                self._value(kind, each, f"{where} 第 {place} 项", item, one, found)
                for place, one in enumerate(values.listed(given), 1)
            )
        if get_origin(hint) is Mapping:
            return values.texts(where, given)
        if is_dataclass(hint) and isinstance(hint, type):
            if not isinstance(given, Mapping):
                raise values.wrong(where, f"{where} 应是一个 JSON 对象，可写：{'、'.join(keys(hint))}。")
            return self.form(hint, given, where)
        if "ask" in each.metadata:
            return self._asked(each.metadata["ask"], where, hint, given)
        names = CODES.get(f"{kind.__name__}.{name}") or CODES.get(name)
        if names is not None:
            return values.code(where, given, names)
        find = _LOOKED_UP.get(f"{kind.__name__}.{name}") or _LOOKED_UP.get(name)
        if find is not None:
            return find(self, where, given, found)
        return values.yuan(where, given) if name in _MONEY else values.PLAIN[hint](where, given)

    def _asked(self, ask: Ask, where: str, hint: Any, given: Any) -> Any:
        """A value of a field that says how it is asked for."""
        if ask.table is not None:
            return values.code(where, given, ask.table)
        if ask.kind in _RECORDS:
            return self._record(ask.kind, where, given)
        if ask.kind in _ROWS:
            what, find = _ROWS[ask.kind]
            return self._row(where, given, what, lambda text: find(self.reference, text))
        return values.PLAIN[hint](where, given)

    # --- whom and what a line names ------------------------------------------------------------------------------

    @property
    def _case(self) -> Case:
        if not isinstance(self.matter, Case):
            raise ValueError("a form about a case is read with its case")
        return self.matter

    def _record(self, kind: str, where: str, given: Any) -> int:
        """A record of a matter by its id, by the number it was given, or as 第2次; 0 is the only one there is."""
        if not isinstance(self.matter, Handled):
            raise ValueError("a form about the records of a matter is read with them")
        records = getattr(self.matter, _RECORDS[kind])
        said = in_full(given) if isinstance(given, str) else ""
        called = next((each for each in records if said and getattr(each, "number", "") == said), None)
        return called.record_id if called else _nth(where, given, records, "第1次")

    def party(self, where: str, given: Any, found: Facts) -> int:
        """A party by its name, its place (申请人1), or its record id; 0 is nobody."""
        return self._party(where, given)

    def _party(self, where: str, given: Any) -> int:
        if values.is_number(given) and given == 0:
            return 0
        named = self.places()
        meant = {each.record_id: each for each in self._case.parties if _is(each, given, named)}
        if len(meant) == 1:
            return next(iter(meant))
        known = "、".join(f"{place} {each.name}" for place, each in named.items())
        if meant:
            raise values.wrong(
                where,
                f"{where} 有几位当事人都叫{values.named(given)}，请写位置或者编号。本案当事人：{known}。",
            )
        raise values.wrong(
            where,
            f"{where} 应是本案当事人的姓名、位置或者编号，没有{values.named(given)}。本案当事人：{known}。",
        )

    def places(self) -> dict[str, CaseParty]:
        """The parties by their place: 申请人1, 被申请人1 …"""
        found: dict[str, CaseParty] = {}
        for side, name in tables.SIDES.items():
            on_it = [each for each in self._case.parties if each.side == side]
            found |= {f"{name}{place}": each for place, each in enumerate(on_it, 1)}
        return found

    def session(self, where: str, given: Any, found: Facts) -> int:
        """A session that was not cancelled, by its record id or as 第2次."""
        current = [each for each in self._case.sessions if each.state != "cancelled"]
        return _nth(where, given, current, "第1次")

    def instalment(self, where: str, given: Any, found: Facts) -> int:
        """An instalment of the agreement in force, by its record id or as 第2期."""
        return _nth(where, given, self._case.schedule, "第1期")

    def follow_up(self, where: str, given: Any, found: Facts) -> int:
        """A follow-up, planned or done, by its record id or as 第2次."""
        return _nth(where, given, self._case.follow_ups, "第1次")

    def belongs_to(self, where: str, given: Any, found: Facts) -> int:
        """What a file belongs to: an instalment as 第2期, a party by name or place, any record by its id."""
        if values.is_number(given):
            return values.whole(where, given)
        is_instalment = isinstance(given, str) and _NTH.fullmatch(clean_line(given))
        return self.instalment(where, given, found) if is_instalment else self._party(where, given)

    def mediator(self, where: str, given: Any, found: Facts) -> str:
        """A mediator's code, by code or name."""
        said = search_key(values.text(where, given))
        everybody = self.reference.mediators
        meant = [each for each in everybody if search_key(each.code) == said] or [
            each for each in everybody if search_key(each.name) == said
        ]
        if len(meant) == 1:
            return meant[0].code
        if meant:
            codes = "、".join(each.code for each in meant)
            raise values.wrong(where, f"{where} 名册里有几个{values.named(given)}，请写编号：{codes}。")
        raise values.wrong(where, f"{where} 应是名册里调解员的姓名或者编号，没有{values.named(given)}。")

    def room(self, where: str, given: Any, found: Facts) -> str:
        """A room's code, by code or name."""
        return self._row(where, given, "房间", self.reference.room)

    def township(self, where: str, given: Any, found: Facts) -> str:
        """A township's code, by code or any of its names."""
        return self._row(where, given, "乡镇", self.reference.township)

    def village(self, where: str, given: Any, found: Facts) -> str:
        """The code of a village of the township that was said."""
        town = found.get("township", "")
        return self._row(where, given, "村", lambda text: self.reference.village(town, text))

    def _row(self, where: str, given: Any, what: str, find: Callable[[str], Any]) -> str:
        said = values.text(where, given)
        row = find(said) if said else None
        if said and row is None:
            raise values.wrong(where, f"{where} 没有{values.named(said)}这个{what}。")
        return row.code if row else ""


def _path(reference: Reference, text: str) -> Organ | None:
    """A lawful way (法定途径) by code or name."""
    said = search_key(text)
    return next((each for each in reference.paths if said in (each.code, search_key(each.name))), None)


#: Kind of question → the records of a matter one of which it names.
_RECORDS: Mapping[str, str] = {
    "sending": "sendings",
    "watch": "watches",
    "urge": "urges",
    "referral": "referrals",
}
#: Kind of question → what a row of the office's table is called, and how it is found by code or name.
_ROWS: Mapping[str, tuple[str, Callable[[Reference, str], Any]]] = {
    "unit": ("单位", Reference.unit),
    "units": ("单位", Reference.unit),
    "category": ("类别", Reference.category),
    "flow": ("流程", Reference.flow),
    "room": ("房间", Reference.room),
    "dispute_type": ("纠纷类型", Reference.dispute_type),
    "crowd": ("人群类别", Reference.crowd_tag),
    "paths": ("法定途径", _path),
}

#: Fields that name something, and how it is found.
_LOOKED_UP: Mapping[str, Callable[[Reader, str, Any, Facts], Any]] = {
    "ContactPoint.record_id": lambda _, where, given, __: values.whole(where, given),
    "record_id": Reader.party,
    "party": Reader.party,
    "present": Reader.party,
    "signed": Reader.party,
    "payer": Reader.party,
    "payee": Reader.party,
    "session": Reader.session,
    "instalment": Reader.instalment,
    "follow_up": Reader.follow_up,
    "mediator": Reader.mediator,
    "mediators": Reader.mediator,
    "room": Reader.room,
    "township": Reader.township,
    "village": Reader.village,
    "Attach.subject": Reader.belongs_to,
    "file": lambda _, where, given, __: values.file(where, given),
    "birth_date": lambda _, where, given, __: values.day(where, given).isoformat(),
}


def _inside(where: str, name: str) -> str:
    """What a key is called: due_on, or parts 第 1 项的 due_on inside another form."""
    return f"{where}{'' if where.endswith('项') else ' '}的 {name}" if where else name


def _is(party: CaseParty, given: Any, places: Mapping[str, CaseParty]) -> bool:
    if values.is_number(given):
        return bool(party.record_id == given)
    if not isinstance(given, str):
        return False
    said = search_key(given)
    at = places.get(said) or (places.get(f"{said}1") if f"{said}2" not in places else None)
    return at is party if at else said == search_key(party.name)


def _nth(where: str, given: Any, records: Sequence[_Recorded], example: str) -> int:
    if values.is_number(given) and given == 0:
        return 0
    place = _NTH.fullmatch(clean_line(given)) if isinstance(given, str) else None
    if place and 1 <= int(place[1]) <= len(records):
        return records[int(place[1]) - 1].record_id
    if values.is_number(given) and any(each.record_id == given for each in records):
        return int(given)
    raise values.wrong(
        where, f"{where} 应是本案的一项记录，写编号或者“{example}”，没有{values.named(given)}。"
    )
