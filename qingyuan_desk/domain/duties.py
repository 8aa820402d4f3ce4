"""The duty list (职责清单): whose job a matter is, and why. A hand-down to a unit that is not on its line needs approval (交办准入)."""

from __future__ import annotations

from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.tables import OWN_TOWNSHIP, Duty


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
    who = _name(reference, unit)
    if duty is None:
        return f"这件事项没有对应职责清单上的事项，交给{who}要写明理由并经批准。"
    line = f"职责清单（{duty.version}版）“{duty.name}”"
    if not listed(reference, matter_kind, unit, township):
        lead = _name(reference, leading(reference, duty, township)) or "当事人所在乡镇人民政府"
        return f"{line}由{lead}主办，没有列{who}；交给{who}要写明理由并经批准。"
    part = "主办" if unit == leading(reference, duty, township) else "协办"
    return f"{line}由{who}{part}（{duty.article}）。"


def _name(reference: Reference, unit: str) -> str:
    found = reference.unit(unit)
    return found.name if found else unit
