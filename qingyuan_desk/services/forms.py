"""A visit form as JSON and back: drafts, the terminal's lines, and imports all speak it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, TypeVar

from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.text import clean_line
from qingyuan_desk.domain.visit import Opponent, Person, VisitForm

_Part = TypeVar("_Part", Person, Opponent)
_TEXTS = (
    "source",
    "narrative",
    "category",
    "flow",
    "room",
    "unit",
    "dispute_type",
    "matter_kind",
    "matter",
    "route_reason",
)


def form_to_json(form: VisitForm) -> str:
    """The form as one JSON object."""
    facts = asdict(form)
    facts["flags"] = sorted(form.flags)
    facts["overrides"] = dict(form.overrides)
    facts["received_at"] = form.received_at.isoformat() if form.received_at else None
    # ASCII, because a form still being typed may hold halves of characters that no file can.
    return json.dumps(facts)


def form_from_json(text: str) -> VisitForm:
    """The form a JSON object describes."""
    return form_from_facts(json.loads(text))


def form_from_facts(facts: Mapping[str, Any]) -> VisitForm:
    """The form a decoded JSON object describes; raises Refused naming the field that has the wrong shape."""
    if not isinstance(facts, Mapping):
        raise Refused.because("", "一行应是一个 JSON 对象。")
    known = [each.name for each in fields(VisitForm)]
    unknown = [str(key) for key in facts if key not in known]
    if unknown:
        raise Refused.because("", f"没有“{'、'.join(unknown)}”这一项，请核对拼写。可用：{'、'.join(known)}。")
    texts = {name: _text(name, facts[name]) for name in _TEXTS if facts.get(name) is not None}
    return VisitForm(
        request_id=_text("request_id", facts.get("request_id", "")),
        persons=tuple(_part(Person, "persons", item) for item in _list("persons", facts.get("persons"))),
        opponents=tuple(
            _part(Opponent, "opponents", item) for item in _list("opponents", facts.get("opponents"))
        ),
        received_at=_moment(facts.get("received_at")),
        headcount=_whole(facts.get("headcount", 1)),
        flags=frozenset(_text("flags", flag) for flag in _list("flags", facts.get("flags"))),
        overrides=_reasons(facts.get("overrides")),
        **texts,
    )


def _part(kind: type[_Part], field: str, item: object) -> _Part:
    """A person or opponent: an object with the known keys, or just a name."""
    if isinstance(item, str):
        return kind(name=item)
    if not isinstance(item, Mapping):
        raise Refused.because(field, f"{field} 的每一项应是姓名或一个对象。")
    known = {part.name for part in fields(kind)}
    unknown = sorted(set(item) - known)
    if unknown:
        raise Refused.because(field, f"{field} 里没有“{'、'.join(map(str, unknown))}”这一项。")
    return kind(
        **{name: _text(f"{field}.{name}", value) for name, value in item.items() if value is not None}
    )


def _text(field: str, value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise Refused.because(field, f"{field} 应是文字。")


def _list(field: str, value: object) -> list[Any]:
    if value is None:
        return []
    if isinstance(value, str | Mapping):
        return [value]
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    raise Refused.because(field, f"{field} 应是列表。")


def _moment(value: object) -> datetime | None:
    if value is None or value == "":
        return None
    try:
        return datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    except ValueError:
        raise Refused.because("received_at", "来访时间写作 2024-09-20T10:30:00+08:00 这样的形式。") from None


def _whole(value: object) -> int:
    if isinstance(value, bool):
        return 0
    if isinstance(value, int):
        return value
    text = str(value).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _reasons(value: object) -> dict[str, str]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise Refused.because("overrides", "overrides 应是“字段: 理由”的对象。")
    return {clean_line(str(field)): _text("overrides", reason) for field, reason in value.items()}
