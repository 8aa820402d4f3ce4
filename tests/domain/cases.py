"""Mediations that went in different ways, for tests of what is made of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from qingyuan_desk.domain.mediation.case import Attachment, Case
from qingyuan_desk.domain.mediation.forms import (
    Assign,
    Close,
    Consent,
    Draft,
    FollowUpForm,
    Hold,
    Open,
    Part,
    Perform,
    Sign,
    Simple,
    Terminate,
)
from tests.domain.casebook import Casebook, at

TODAY = date(2024, 9, 20)


def accepted(**more: object) -> Casebook:
    book = Casebook().take(Open(claims=("改走自家一侧",), **more))
    return book.take(Consent(1, True), Consent(2, True))


def mediating(**more: object) -> Casebook:
    return accepted(**more).take(Assign(("M04",)), meeting())


def meeting(**more: object) -> Hold:
    facts: dict = dict(
        started_at=at("2024-09-20 08:30"),
        room="elders",
        present=(1, 2),
        rights_told=True,
        statements="双方各自陈述。",
        outcome="agreed",
        proposal="改走自家一侧",
    )
    return Hold(**{**facts, **more})


def performing(**more: object) -> Casebook:
    return mediating(**more).take(
        Draft(
            facts="滴水流入邻院。",
            disputes="滴水朝向。",
            terms=("赵测试将滴水改向自家一侧。",),
            amount=100_000,
            parts=(Part(TODAY, "", 100_000, 2, 1),),
        ),
        Sign(TODAY, TODAY, TODAY, (1, 2), mediators_signed=True),
    )


def closed(**more: object) -> Casebook:
    book = performing(**more)
    book.take(
        Perform(book.case.schedule[0].record_id, TODAY, 100_000, "转账"),
        FollowUpForm(done_on=TODAY, party=1, performance="full", satisfaction="satisfied"),
    )
    return book.take(Close(on=TODAY))


def simple() -> Casebook:
    return Casebook().take(
        Simple(
            mediators=("M04",),
            started_at=at("2024-09-20 08:00"),
            facts="滴水流入邻院。",
            terms=("改向自家一侧。",),
        )
    )


def refused() -> Casebook:
    return Casebook().take(Open(claims=("改走自家一侧",)), Consent(1, True), Consent(2, False))


def failed() -> Casebook:
    return mediating().take(
        meeting(outcome="failed", proposal="分歧太大"), Terminate("no_agreement", paths=("lawsuit",))
    )


def file(kind: str, title: str, subject: int = 0, record_id: int = 90, **more: object) -> Attachment:
    facts: dict = dict(
        file="x.pdf", media="pdf", size=1, pages=1, digest="", at=at("2024-09-20 10:00"), actor="clerk"
    )
    return Attachment(7, kind, title, record_id=record_id, subject=subject, **{**facts, **more})


def with_files(case: Case, *files: Attachment) -> Case:
    numbered = tuple(replace(each, record_id=90 + place) for place, each in enumerate(files))
    return replace(case, attachments=case.attachments + numbered)
