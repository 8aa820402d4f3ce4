"""The letter of appointment (聘书) of a mediator: made from the roster, logged in its history when printed."""

from __future__ import annotations

from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.errors import NotFound, Refused
from qingyuan_desk.domain.papers import Paper
from qingyuan_desk.domain.roster.mediators import KINDS, TERM_ARTICLE
from qingyuan_desk.domain.roster.papers import AppointmentLetter
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.services.papers import letterhead
from qingyuan_desk.store import requests, roster
from qingyuan_desk.store.roster_records import terms_of


def letter(office: Office, actor: Actor, code: str) -> Paper:
    """The 聘书 of the current term. Nothing is written: a preview is not a print.

    Raises Refused for who is not appointed: committee members are elected (《人民调解法》第九条), and without a first day
    there is no term.
    """
    require(actor, Right.PRINT)
    from qingyuan_desk.documents import appointment

    with office.store.read() as rows:
        mediator = roster.by_code(rows, code)
        terms = terms_of(rows).get(code, ())
    if mediator is None:
        raise NotFound(f"名册里没有编号 {code}。请刷新后再试。")
    if mediator.kind == "committee":
        raise Refused.because("kind", "调委会委员由推选产生，不发聘书；聘任的调解员才发。", TERM_ARTICLE)
    if mediator.term is None:
        raise Refused.because("term_start", "没有填聘任日期，写不了聘期。请先在资料里填上。", TERM_ARTICLE)
    if mediator.status == "ended":
        raise Refused.because("status", f"{mediator.name}已经解聘，不能打印聘书。")
    start = mediator.term.start
    facts = AppointmentLetter(
        office=letterhead(office),
        number=f"清调聘〔{start.year}〕{mediator.code}号",
        name=mediator.name,
        kind=KINDS[mediator.kind],
        term=mediator.term,
        renewed=any(earlier < start for earlier in terms),
        printed_at=office.now(),
    )
    return appointment.render(facts)


def record_letter(office: Office, actor: Actor, request_id: str, code: str, printer: str) -> None:
    """Log that the 聘书 was printed, or saved as a file. A read-only data folder logs nothing."""
    require(actor, Right.PRINT)
    if office.read_only:
        return
    with office.store.write() as tx:
        if requests.answered(tx, request_id, "roster_letter") is None:
            roster.add_event(tx, code, office.now(), actor.code, "letter", note=printer)
            requests.record(tx, request_id, "roster_letter", actor.code, office.now(), {"done": True})
