"""What usually comes next (下一步): the steps offered at a node, the likeliest first. Whether they can be taken acts.py knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qingyuan_desk.domain.mediation.case import Case

#: Node → the steps offered there. "": the case was not opened yet.
NEXT: Mapping[str, Sequence[str]] = {
    "": ("open", "simple"),
    "consent": ("consent", "contact", "party"),
    "assign": ("assign",),
    "schedule": ("plan", "session", "contact"),
    "mediating": ("session", "plan", "note", "agreement", "oral"),
    "performing": ("instalment", "follow_up", "confirm", "close"),
    "suspended": ("resume",),
    "closed": ("file", "follow_up"),
    "ended": ("file",),
    "declined": ("file",),
    "withdrawn": ("file",),
}


def following(case: Case) -> tuple[str, ...]:
    """The steps offered now; what the case has come to decides which stands first."""
    offered = tuple(NEXT.get(case.node if case.mediation else "", ()))
    first = _first(case)
    return (first, *[step for step in offered if step != first]) if first else offered


def _first(case: Case) -> str:
    if case.node == "mediating" and any(each.outcome == "agreed" for each in case.held):
        return "sign" if case.draft else "agreement"
    if case.node == "performing" and case.performed:
        return "close"
    if case.node == "closed" and case.mediation and case.mediation.filed_on:
        return "follow_up"
    return ""
