"""Closing a period (结账): its figures and its paper are kept for good; what changes afterwards is told beside later papers.

A closed period is never opened again. Its paper is drawn from what was kept and is the same to the last byte.
"""

from __future__ import annotations

import json
from collections import ChainMap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from qingyuan_desk.domain import closing, figures_json, monthly
from qingyuan_desk.domain.accounts import Actor, Right
from qingyuan_desk.domain.closing import CLOSED_KINDS, Change, Closed, digest
from qingyuan_desk.domain.errors import Conflict, NotFound, Refused
from qingyuan_desk.domain.figures import Figures
from qingyuan_desk.domain.monthly import MonthlyFacts
from qingyuan_desk.domain.periods import Period, read_period
from qingyuan_desk.services import reporting
from qingyuan_desk.services.office import Office, require
from qingyuan_desk.store import closed_periods, requests
from qingyuan_desk.store.database import Rows

_OPERATION = "report.close"
#: So many closed periods before one are counted again for its paper.
_LOOKED_BACK = 12


@dataclass(frozen=True)
class Closing:
    """That a period is closed: since when, by whom (an account's code), and the SHA-256 of its figures, in hex."""

    period: Period
    closed_at: datetime
    closed_by: str
    digest: str


@dataclass(frozen=True)
class Verified:
    """Whether what was kept of a period is as it was.

    figures, facts: whether their text still has its digest. paper: whether the paper drawn today has its own; another version of
    this program or of its fonts may draw it otherwise. changes: what counting the period again would say otherwise.
    """

    closing: Closing
    figures: bool
    facts: bool
    paper: bool
    changes: tuple[Change, ...]

    @property
    def sound(self) -> bool:
        """Whether everything kept is as it was."""
        return self.figures and self.facts and self.paper


def close(office: Office, actor: Actor, request_id: str, period: Period) -> Closing:
    """Keep a period's figures and paper for good. Asked again with the same request id, it is closed once.

    Raises NotAllowed, Refused for a span or a period that is not over, Conflict for one that is closed, or Unavailable when a
    table does not add up or nothing can be written here.
    """
    from qingyuan_desk.documents import monthly as papers

    require(actor, Right.REPORT)
    require(actor, Right.APPROVE)
    if office.read_only:
        raise office.read_only
    with office.store.read() as rows:
        answer = requests.answered(rows, request_id, _OPERATION)
        kept = closed_periods.of(rows, period.code)
    if answer is not None:
        return _answered(answer, kept, period)
    _must_be_over(office, period)
    _must_be_open(kept, period)
    figures = reporting.period(office, actor, period)
    told = _later_changes(office, actor, period)
    facts = _facts(office, actor, figures, told)
    text, said = reporting.json_file(figures).decode(), monthly.as_text(facts)
    closed = Closed(
        code=period.code,
        kind=period.kind,
        first=period.first,
        last=period.last,
        closed_at=facts.printed_at,
        closed_by=actor.code,
        figures=text,
        figures_digest=digest(text),
        facts=said,
        facts_digest=digest(said),
        paper_digest=digest(papers.render(facts).pdf),
        told=closing.canonical(
            {other.code: {each.key: each.after for each in found} for other, found in told}
        ),
    )
    with office.store.write() as tx:
        answer = requests.answered(tx, request_id, _OPERATION)
        kept = closed_periods.of(tx, period.code)
        if answer is not None:
            return _answered(answer, kept, period)
        _must_be_open(kept, period)
        closed_periods.add(tx, closed)
        requests.record(tx, request_id, _OPERATION, actor.code, closed.closed_at, {"period": period.code})
    return _closing(closed)


def closed(office: Office, actor: Actor, period: Period) -> Closing | None:
    """Since when a period is closed; None while it is not."""
    require(actor, Right.REPORT)
    with office.store.read() as rows:
        kept = closed_periods.of(rows, period.code)
    return _closing(kept) if kept else None


def facts(office: Office, actor: Actor, figures: Figures) -> MonthlyFacts:
    """What the paper of a period says: as it was kept, or where it is not closed, as it stands, with what changed in closed ones."""
    require(actor, Right.REPORT)
    with office.store.read() as rows:
        kept = closed_periods.of(rows, figures.period.code)
    if kept:
        return _kept_facts(kept)
    return _facts(office, actor, figures, _later_changes(office, actor, figures.period))


def paper(office: Office, actor: Actor, period: Period) -> bytes:
    """The PDF of a closed period, drawn from what was kept. Raises NotFound for one that is not closed."""
    from qingyuan_desk.documents import monthly as papers

    require(actor, Right.REPORT)
    return papers.render(_kept_facts(_found(office, period))).pdf


def pdf(office: Office, actor: Actor, figures: Figures) -> bytes:
    """The paper of a period as PDF: of a closed one as it was, of another as it stands, with its footnotes."""
    from qingyuan_desk.documents import monthly as papers

    return papers.render(facts(office, actor, figures)).pdf


def figures_file(office: Office, actor: Actor, period: Period) -> bytes:
    """The figures of a closed period as JSON, as they were kept. Raises NotFound for one that is not closed."""
    require(actor, Right.REPORT)
    return _found(office, period).figures.encode()


def verify(office: Office, actor: Actor, period: Period) -> Verified:
    """Whether what was kept of a period is as it was, and what has changed since. Raises NotFound for one that is not closed."""
    from qingyuan_desk.documents import monthly as papers

    require(actor, Right.REPORT)
    kept = _found(office, period)
    facts_hold = digest(kept.facts) == kept.facts_digest
    return Verified(
        closing=_closing(kept),
        figures=digest(kept.figures) == kept.figures_digest,
        facts=facts_hold,
        paper=facts_hold and digest(papers.render(_kept_facts(kept)).pdf) == kept.paper_digest,
        changes=changes_since(office, actor, period),
    )


def changes_since(office: Office, actor: Actor, period: Period) -> tuple[Change, ...]:
    """What counting a closed period again says otherwise, figure by figure. Raises NotFound for one that is not closed."""
    require(actor, Right.REPORT)
    return _changes(office, actor, _found(office, period))


def footnotes(office: Office, actor: Actor, period: Period) -> tuple[str, ...]:
    """What a period's paper says of changes in closed ones, a sentence each: of those before it of its kind, unless an earlier
    paper has told it, and of those that lie within it.
    """
    require(actor, Right.REPORT)
    return _sentences(_later_changes(office, actor, period))


# --- what was kept, and what is counted again ------------------------------------------------------------------------

_Told = Sequence[tuple[Closed, tuple[Change, ...]]]


def _facts(office: Office, actor: Actor, figures: Figures, told: _Told) -> MonthlyFacts:
    return reporting.month_facts(office, actor, figures, corrections=_sentences(told))


def _sentences(told: _Told) -> tuple[str, ...]:
    return tuple(closing.footnote(_period(kept).name, found) for kept, found in told)


def _later_changes(office: Office, actor: Actor, period: Period) -> list[tuple[Closed, tuple[Change, ...]]]:
    """Closed periods whose numbers are others now, the earliest first, each with those no later paper has told."""
    with office.store.read() as rows:
        earlier = closed_periods.before(rows, period.kind, period.first, _LOOKED_BACK)[::-1]
        parts = [
            each
            for each in closed_periods.within(rows, period.first, period.last)
            if each.code != period.code
        ]
        told = _told(rows)
    found = [
        *((kept, _changes(office, actor, kept, told.get(kept.code, {}))) for kept in earlier),
        *((kept, _changes(office, actor, kept)) for kept in parts),
    ]
    return [(kept, changed) for kept, changed in found if changed]


def _told(rows: Rows) -> dict[str, ChainMap[str, int]]:
    """What papers of closed periods corrected in earlier ones: code → key → the number as it was told last."""
    found: dict[str, ChainMap[str, int]] = {}
    for kept in closed_periods.everything(rows):
        for code, numbers in json.loads(kept.told).items():
            found[code] = found.get(code, ChainMap()).new_child(numbers)
    return found


def _changes(
    office: Office, actor: Actor, kept: Closed, told: ChainMap[str, int] | dict[str, int] | None = None
) -> tuple[Change, ...]:
    now = figures_json.as_json(reporting.period(office, actor, _period(kept)))
    return closing.changes(json.loads(kept.figures), now, told)


def _found(office: Office, period: Period) -> Closed:
    with office.store.read() as rows:
        kept = closed_periods.of(rows, period.code)
    if kept is None:
        raise NotFound(f"{period.name}还没有结账，没有定稿可取。请先由分管领导结账。")
    return kept


def _kept_facts(kept: Closed) -> MonthlyFacts:
    return monthly.from_json(json.loads(kept.facts))


def _closing(kept: Closed) -> Closing:
    return Closing(_period(kept), kept.closed_at, kept.closed_by, kept.figures_digest)


def _period(kept: Closed) -> Period:
    period = read_period(kept.code)
    assert period is not None, "only periods of the calendar are closed"
    return period


# --- what may be closed ----------------------------------------------------------------------------------------------


def _must_be_over(office: Office, period: Period) -> None:
    if period.kind not in CLOSED_KINDS:
        raise Refused.because("period", "只有整月、整季、半年和整年可以结账，任意一段日期不结账。")
    if office.today() <= period.last:
        last = period.last
        raise Refused.because(
            "period",
            f"{period.name}还没有过完（到{last.year}年{last.month}月{last.day}日止），不能结账。请过完以后再结。",
        )


def _must_be_open(kept: Closed | None, period: Period) -> None:
    if kept:
        at = kept.closed_at
        raise Conflict(
            f"{period.name}已于{at.year}年{at.month}月{at.day}日结账，不能再结，也不能反结。"
            "以后的更正写在下一期报表的附注里。"
        )


def _answered(answer: dict[str, str], kept: Closed | None, period: Period) -> Closing:
    if kept is None or answer["period"] != period.code:
        raise Conflict("这个请求号 request_id 已经用在另一期的结账上，没有办理。请换一个请求号。")
    return _closing(kept)
