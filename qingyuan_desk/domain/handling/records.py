"""The records of handling. A record id of 0 is one not yet written; every record belongs to a matter.

Days are dates, moments aware, codes those of codes.py, units codes of the office's list of units.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Petition:
    """What a petition is, and how far it has come: one a matter.

    first_national, first_office, first_channel: 全国初次, 登记机构初次, 信访形式初次 ("yes", "no", "" unknown).
    court, reconsidered, arbitrated, opinion: whether a court, a reconsideration, an arbitration, or a review has it.
    asked_query: the day the query code was told. way: 第三十一条 item. ground: code of REFUSALS, or "no_more".
    finish_on: the last day to finish, extension counted in; None where no limit runs.
    """

    matter_id: int
    kind: str = ""
    purpose: str = ""
    channel: str = "visit"
    content: str = ""
    cause: str = ""
    first_national: str = ""
    first_office: str = ""
    first_channel: str = ""
    cross_level: bool = False
    joint: bool = False
    anonymous: bool = False
    court: str = ""
    reconsidered: str = ""
    arbitrated: str = ""
    opinion: str = ""
    query_told_on: date | None = None
    accepted_on: date | None = None
    accepted_by: str = ""
    acceptance_number: str = ""
    way: str = ""
    ground: str = ""
    explanation: str = ""
    organ: str = ""
    paths: tuple[str, ...] = ()
    refused_on: date | None = None
    finish_on: date | None = None


@dataclass(frozen=True)
class Sending:
    """The matter sent to a unit (送案): forwarded, assigned, handed over, or a call for support (联动响应).

    number: of the slip. limit_on: 指定办理期限 (assign) or the day support is asked for. listed: the duty list names this
    unit for it; else approved_by says who let it pass (交办准入). sender: a township's unit for a call for support.
    requirement: what is asked. materials: what went along. state: of SENDING_STATES.
    """

    matter_id: int
    mode: str
    unit: str
    sent_on: date
    record_id: int = 0
    number: str = ""
    sender: str = ""
    co_units: tuple[str, ...] = ()
    limit_on: date | None = None
    requirement: str = ""
    materials: tuple[str, ...] = ()
    listed: bool = True
    reason: str = ""
    approved_by: str = ""
    state: str = "sent"
    received_on: date | None = None
    receiver: str = ""
    receiver_phone: str = ""
    objected_on: date | None = None
    objection: str = ""
    suggested_unit: str = ""
    decided_on: date | None = None
    decided_by: str = ""
    decision: str = ""
    accepted_on: date | None = None
    replied_on: date | None = None
    reply_number: str = ""
    reply: str = ""
    ended_on: date | None = None


@dataclass(frozen=True)
class Notice:
    """A written notice given to a petitioner (告知): what, when, how, to whom. number: 文号 or the waybill."""

    matter_id: int
    kind: str
    on: date
    how: str
    record_id: int = 0
    number: str = ""
    receiver: str = ""
    note: str = ""


@dataclass(frozen=True)
class Extension:
    """延期 (第三十四条): by how many days, why, who approved, to which day, when the petitioner was told."""

    matter_id: int
    days: int
    reason: str
    approved_by: str
    approved_on: date
    until: date
    record_id: int = 0
    number: str = ""
    told_on: date | None = None


@dataclass(frozen=True)
class Opinion:
    """处理意见 (level 1), 复查意见 (2), 复核意见 (3). The desk logs it; the organ issues it.

    asked_on, received_on: of the request for a review; None at level 1. outcome: of OUTCOMES or REVIEWS.
    served_on: the day the petitioner received it, from which the thirty days count. hearing_days: of a recheck.
    """

    matter_id: int
    level: int
    organ: str
    record_id: int = 0
    asked_on: date | None = None
    asked_by: str = ""
    asked_why: str = ""
    received_on: date | None = None
    hearing_days: int = 0
    number: str = ""
    outcome: str = ""
    summary: str = ""
    basis: str = ""
    signed_on: date | None = None
    served_on: date | None = None
    served_how: str = ""


@dataclass(frozen=True)
class Alert:
    """An urgent or mandatory report, with the proof that it was made: when, to whom, who took it."""

    matter_id: int
    kind: str
    at: datetime
    to: str
    how: str
    taken_by: str
    record_id: int = 0
    text: str = ""
    measures: str = ""
    number: str = ""


@dataclass(frozen=True)
class Watch:
    """A flag that ends by itself on `until` unless somebody confirms it. words: what was said, as it was said."""

    matter_id: int
    kind: str
    since: date
    until: date
    words: str
    record_id: int = 0
    confirmed_on: date | None = None
    lifted_on: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class Measure:
    """三到位一处理: what was done. kind: of MEASURES."""

    matter_id: int
    kind: str
    on: date
    text: str
    record_id: int = 0
    unit: str = ""


@dataclass(frozen=True)
class Urge:
    """催办 or 督办 sent to a unit. kind: of URGES. cause: the rule (seeds/urging_rules.csv) or "". points: taken off."""

    matter_id: int
    kind: str
    unit: str
    sent_on: date
    record_id: int = 0
    number: str = ""
    rule: str = ""
    cause: str = ""
    requirement: str = ""
    reply_by: date | None = None
    points: int = 0
    replied_on: date | None = None
    reply: str = ""
    cancelled_on: date | None = None
    cancelled_why: str = ""


@dataclass(frozen=True)
class Rating:
    """评价. rated: "desk" or "unit"; by: of RATERS. rater: the township's unit where a township rates."""

    matter_id: int
    by: str
    rated: str
    on: date
    satisfaction: str
    record_id: int = 0
    unit: str = ""
    rater: str = ""
    in_time: str = ""
    note: str = ""


@dataclass(frozen=True)
class Ending:
    """办结. kind: of CLOSINGS. recheck_on: the day a procedural closing is looked at again."""

    matter_id: int
    kind: str
    on: date
    reason: str
    record_id: int = 0
    recheck_on: date | None = None
    rechecked_on: date | None = None
    recheck: str = ""
    undone_on: date | None = None


@dataclass(frozen=True)
class Stay:
    """A stay of the matter in a flow: a matter that went from petition to mediation counts in both."""

    matter_id: int
    flow: str
    since: date
    record_id: int = 0
    category: str = ""
    until: date | None = None
    node: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Consultation:
    """法律咨询: the question and its answer. asked_at: when it came. declined: identity not given (拒绝提供身份信息)."""

    matter_id: int
    asked_at: datetime
    channel: str = "visit"
    record_id: int = 0
    declined: bool = False
    crowd: str = ""
    cause: str = ""
    stage: str = ""
    question: str = ""
    result: str = ""
    answer: str = ""
    articles: str = ""
    answered_at: datetime | None = None
    lawyer: str = ""
    aid_told: bool = False
    organ: str = ""
    booked_for: datetime | None = None
    satisfaction: str = ""


@dataclass(frozen=True)
class LegalAid:
    """申请法律援助. affair: 第三十一条 item. exempt: code of who needs no proof of hardship, or "".

    urgent: why aid is given before everything is examined (先行援助, code of AID_URGENT), or "". supply_by: until when the
    lacking materials were asked for. granted: of AID_DECISIONS, "" while nothing is decided.
    """

    matter_id: int
    applied_on: date
    affair: str
    record_id: int = 0
    exempt: str = ""
    hardship: str = ""
    lacking: tuple[str, ...] = ()
    told_on: date | None = None
    supply_by: date | None = None
    supplied_on: date | None = None
    urgent: str = ""
    granted: str = ""
    decided_on: date | None = None
    number: str = ""
    why: str = ""
    assigned_on: date | None = None
    lawyer: str = ""


@dataclass(frozen=True)
class Referral:
    """心理疏导转介: the least data. note: sealed, for who wrote it (noted_by); a leader's look is recorded."""

    matter_id: int
    on: date
    purpose: str
    record_id: int = 0
    consent: bool = False
    guardian: str = ""
    counsellor: str = ""
    booked_for: datetime | None = None
    mode: str = "site"
    risk: str = ""
    hospital_told: bool = False
    note: str = ""
    noted_by: str = ""
    done_on: date | None = None
    outcome: str = ""


Record = (
    Petition
    | Sending
    | Notice
    | Extension
    | Opinion
    | Alert
    | Watch
    | Measure
    | Urge
    | Rating
    | Ending
    | Stay
    | Consultation
    | LegalAid
    | Referral
)
