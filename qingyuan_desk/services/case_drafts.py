"""Forms of a matter's steps while they are typed: kept for who types them, so that a crash loses a few seconds of it."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date, datetime
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.handling import following
from qingyuan_desk.domain.handling import forms as handling
from qingyuan_desk.domain.mediation import forms as mediation
from qingyuan_desk.services import ledger
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.store import drafts
from qingyuan_desk.store.database import Tx

log = logging.getLogger(__name__)

Form = mediation.Form | handling.Form
#: Code → form. Steps of handling have their own codes: both flows have a step that closes.
_FORMS: dict[str, type] = {kind.step: kind for kind in get_args(mediation.Form)}
_HANDLING: dict[str, type] = {f"handling.{step}": kind for step, kind in following.FORMS.items()}
_CODES: dict[type, str] = {kind: code for code, kind in (_FORMS | _HANDLING).items()}
#: Whether a step is one of handling → states of the matter in which its forms are kept: some are taken after the end.
_KEPT_WHEN = {False: ("open",), True: ("open", "closed")}
#: An agreement is written in one place, whether on paper or by word of mouth.
_SAME_PLACE = {"oral": "agreement"}


@dataclass(frozen=True)
class CaseDraft:
    """A form as its author left it."""

    saved_at: datetime
    form: Form


def place(form: Form) -> str:
    """Where a form is written: its drafts replace each other there. Every planned session has its own record."""
    code = _CODES[type(form)]
    if isinstance(form, mediation.Hold):
        return f"{code}:{form.session}"
    return _SAME_PLACE.get(code, code)


def keep(office: Office, actor: Actor, matter_id: int, form: Form) -> datetime:
    """Keep a form as it stands; when it was kept. Of a mediation that is over nothing is kept. Raises NotFound."""
    require(actor, Right.READ)
    at = office.now()
    with office.store.write() as tx:
        if ledger.find(tx, office, actor, matter_id)["state"] in _KEPT_WHEN[_CODES[type(form)] in _HANDLING]:
            drafts.save_step(tx, matter_id, actor.code, place(form), at, to_json(form))
    return at


def kept(office: Office, actor: Actor, matter_id: int) -> tuple[CaseDraft, ...]:
    """What the actor left unfinished in a case, newest first. What is of another shape is thrown away. Raises NotFound."""
    require(actor, Right.READ)
    with office.store.read() as rows:
        ledger.find(rows, office, actor, matter_id)
        found = drafts.of_case(rows, matter_id, actor.code)
    readable = []
    for where, at, text in found:
        try:
            readable.append(CaseDraft(at, from_json(text)))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            log.warning("a draft of another shape was dropped: %s", type(error).__name__)
            if office.read_only is None:
                drop(office, actor, matter_id, where)
    return tuple(readable)


def drop(office: Office, actor: Actor, matter_id: int, where: str) -> None:
    """Throw a draft of the actor's away."""
    with office.store.write() as tx:
        drafts.drop_step(tx, matter_id, actor.code, where)


def forget(tx: Tx, actor: Actor, matter_id: int, form: Form, *, over: bool) -> None:
    """A form was carried out: its author's draft goes with it, and everybody's when the case is over."""
    if over:
        drafts.drop_case(tx, matter_id)
    else:
        drafts.drop_step(tx, matter_id, actor.code, place(form))


# --- a form as JSON ----------------------------------------------------------------------------------------------


def to_json(form: Form) -> str:
    """Any form of a step as one JSON object."""
    # ASCII, because a form still being typed may hold halves of characters that no file can.
    return json.dumps({"step": _CODES[type(form)], **asdict(form)}, default=_in_words)


def from_json(text: str) -> Form:
    """The form a JSON object describes. Raises KeyError, TypeError or ValueError when it has another shape."""
    facts = json.loads(text)
    kind = (_FORMS | _HANDLING)[facts.pop("step")]
    found: Form = _part(kind, facts)
    return found


def _in_words(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _part(kind: type, facts: dict[str, Any]) -> Any:
    hints = get_type_hints(kind)
    return kind(**{name: _value(hints[name], given) for name, given in facts.items()})


def _value(hint: Any, given: Any) -> Any:
    choices = get_args(hint)
    if NoneType in choices:
        kind = next(each for each in choices if each is not NoneType)
        return None if given is None else _value(kind, given)
    if get_origin(hint) is tuple:
        return tuple(_value(choices[0], each) for each in given)
    if is_dataclass(hint) and isinstance(hint, type):
        return _part(hint, given)
    if hint in (date, datetime):
        return hint.fromisoformat(given)
    if type(given) is not hint:
        raise TypeError(f"{type(given).__name__} for {hint}")
    return given
