"""What units do with what they were sent: signing, objecting, returning, answering; and calls for support (第二十三条)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from qingyuan_desk.domain.checks import choice, text, warn
from qingyuan_desk.domain.handling import codes
from qingyuan_desk.domain.handling.case import WITH_UNIT, Handled
from qingyuan_desk.domain.handling.forms import (
    Decide,
    Objection,
    Reassign,
    Receive,
    Reply,
    Return,
    Support,
)
from qingyuan_desk.domain.handling.records import Sending
from qingyuan_desk.domain.handling.rules import (
    ALL_FLOWS,
    SENT_FLOWS,
    Act,
    Changes,
    Context,
    Start,
    Stop,
    after,
    future,
    past,
    unit,
)
from qingyuan_desk.domain.handling.sending import ARTICLE_22, ARTICLE_23, BEGINS, ON_ITS_WAY, gate, listed
from qingyuan_desk.domain.problems import Problem

_RESPONSE = "县级职能部门与乡镇联动响应制度"
_TOWNSHIP = {"township": "乡镇人民政府"}
_DEPARTMENTS = {"resident": "常驻单位", "legal": "政法单位", "county": "县级职能部门", "other": "其他单位"}


# --- the other unit ------------------------------------------------------------------------------------------------


def pick(case: Handled, record_id: int, states: Iterable[str]) -> Sending | None:
    """The sending a form means: the one named, or the only one that stands like this; the main one before calls for support."""
    wanted = frozenset(states)
    fitting = [each for each in case.sendings if each.state in wanted]
    if record_id:
        return next((each for each in fitting if each.record_id == record_id), None)
    main = [each for each in fitting if each.mode != "support"]
    if main:
        return main[-1]
    return fitting[0] if len(fitting) == 1 else None


def _lacking(*states: str) -> str:
    return "、".join(codes.SENDING_STATES[state] for state in states)


def _picked(
    case: Handled, form: Receive | Objection | Decide | Return | Reply, *states: str
) -> Iterable[Problem]:
    if pick(case, form.sending, states) is None:
        yield Problem("sending", f"没有“{_lacking(*states)}”的送案可以这样办。请选一件送案。")


def _check_receive(case: Handled, form: Receive, context: Context) -> Iterable[Problem]:
    yield from _picked(case, form, "sent")
    yield from text("receiver", "签收人", form.receiver, "name")
    yield from text("phone", "联系电话", form.phone, "phone", needed=False)
    yield from past("on", "签收日期", form.on, case, context)
    sent = pick(case, form.sending, ("sent",))
    yield from after("on", "签收日期", form.on, sent.sent_on if sent else None, "送出日期")


def _do_receive(case: Handled, form: Receive, context: Context) -> Changes:
    on, sent = form.on or context.today, _of(case, form.sending, "sent")
    got = replace(sent, state="received", received_on=on, receiver=form.receiver, receiver_phone=form.phone)
    words = f"{context.unit(sent.unit)}签收（{form.receiver}）"
    if sent.mode == "support":
        return Changes(put=(got,), words=words)
    start = [Start("petition_objection", on, subject=sent.record_id)]
    if case.flow == "petition":
        start.append(Start("petition_notify_forwarded", on, subject=sent.record_id))
    else:
        until = sent.limit_on if sent.limit_on and sent.limit_on > on else None
        start.append(Start("handover_reply", on, until, subject=sent.record_id))
    return Changes(put=(got,), node="received", start=tuple(start), words=words)


def _check_object(case: Handled, form: Objection, context: Context) -> Iterable[Problem]:
    yield from _picked(case, form, "received")
    yield from text("reason", "异议理由", form.reason, "narrative")
    yield from past("on", "提出异议日期", form.on, case, context)
    if form.suggested_unit:
        yield from unit("suggested_unit", "建议承办单位", form.suggested_unit, context)
    sent = pick(case, form.sending, ("received",))
    if sent is None:
        return
    yield from after("on", "提出异议日期", form.on, sent.received_on, "签收日期")
    clock = case.clock("petition_objection", sent.record_id)
    if clock and (form.on or context.today) > clock.end:
        yield warn(
            "on",
            f"提出异议的期限是 {clock.end:%Y-%m-%d}（五个工作日），已经超过；是否同意由转送、交办的机关核实决定。",
            ARTICLE_23,
        )


def _do_object(case: Handled, form: Objection, context: Context) -> Changes:
    on, sent = form.on or context.today, _of(case, form.sending, "received")
    objected = replace(
        sent,
        state="objected",
        objected_on=on,
        objection=form.reason,
        suggested_unit=form.suggested_unit,
    )
    return Changes(
        put=(objected,),
        node="" if sent.mode == "support" else "objected",
        stop=(Stop("petition_objection", on, subject=sent.record_id),),
        words=f"{context.unit(sent.unit)}：{form.reason}",
    )


def _check_decide(case: Handled, form: Decide, context: Context) -> Iterable[Problem]:
    yield from _picked(case, form, "objected")
    yield from choice("agreed", "核实结果", form.agreed, {"yes": "", "no": ""})
    yield from text("by", "核实人", form.by, "name")
    yield from past("on", "核实日期", form.on, case, context)
    sent = pick(case, form.sending, ("objected",))
    yield from after("on", "核实日期", form.on, sent.objected_on if sent else None, "提出异议日期")
    if form.agreed == "no":
        yield from text("note", "不同意的理由", form.note, "narrative")


def _do_decide(case: Handled, form: Decide, context: Context) -> Changes:
    on, sent = form.on or context.today, _of(case, form.sending, "objected")
    decided = replace(sent, decided_on=on, decided_by=form.by, decision=form.note)
    if form.agreed == "yes":
        return _back(case, replace(decided, state="returned", ended_on=on), on, "核实同意，材料已交还")
    node = "" if sent.mode == "support" else "received"
    return Changes(
        put=(replace(decided, state="received"),),
        node=node,
        words=f"核实不同意，仍由{context.unit(sent.unit)}办理：{form.note}",
    )


def _check_return(case: Handled, form: Return, context: Context) -> Iterable[Problem]:
    states = _returning(form)
    yield from _picked(case, form, *states)
    yield from text("reason", "退回理由", form.reason, "narrative")
    yield from past("on", "退回日期", form.on, case, context)
    sent = pick(case, form.sending, states)
    yield from after(
        "on", "退回日期", form.on, (sent.received_on or sent.sent_on) if sent else None, "送出、签收日期"
    )


def _returning(form: Return) -> tuple[str, ...]:
    """How a sending stands that a unit gives back, or the desk takes back."""
    given = ("received", "accepted")
    return (*given, "sent", "objected") if form.recalled else given


def _do_return(case: Handled, form: Return, context: Context) -> Changes:
    on = form.on or context.today
    sent = _of(case, form.sending, *_returning(form))
    state = "recalled" if form.recalled else "returned"
    said = f"{'收回' if form.recalled else '退回'}（{context.unit(sent.unit)}）：{form.reason}"
    return _back(case, replace(sent, state=state, decision=form.reason, ended_on=on), on, said)


def _back(case: Handled, sent: Sending, on: date, words: str) -> Changes:
    """The material has come back; the matter is to be sent anew."""
    if sent.mode == "support":
        return Changes(put=(sent,), stop=(Stop("support_response", on, False, sent.record_id),), words=words)
    return Changes(
        put=(sent,),
        node=BEGINS[case.flow],
        start=(Start("petition_reforward", on),),
        stop=_of_sending(case, sent, on),
        words=words,
    )


def _of_sending(case: Handled, sent: Sending, on: date) -> tuple[Stop, ...]:
    """The clocks that ran for the unit fall away."""
    return tuple(
        Stop(each.rule, on, False, each.subject)
        for each in case.running
        if each.subject == sent.record_id and each.rule in _OF_SENDING
    )


_OF_SENDING = frozenset(
    {"petition_objection", "petition_notify_forwarded", "petition_assigned", "handover_reply"}
)


def _check_reassign(case: Handled, form: Reassign, context: Context) -> Iterable[Problem]:
    yield from unit("unit", "改派的单位", form.unit, context)
    yield from text("why", "改派原因", form.why, "reason")
    yield from past("on", "改派日期", form.on, case, context)
    yield from future("limit_on", "办理期限", form.limit_on, form.on or context.today)
    yield from gate(case, form.unit, form.reason, form.approved_by, context)
    if case.sending and form.unit == case.sending.unit:
        yield Problem("unit", f"现在就由{context.unit(form.unit)}主办，不用改派。")
    if case.sending:
        yield from after("on", "改派日期", form.on, case.sending.sent_on, "送出日期")


def _returnable(case: Handled) -> str:
    if case.flow == "petition" and case.classified.accepted_on and not case.sealed:
        return "已经受理，不能再退回。由受理单位办理到底（《信访工作条例》第三十四条）。"
    return _needing(*WITH_UNIT)(case)


def _nowhere(case: Handled) -> str:
    return "" if case.sending else "还没有送给任何单位，请先送案。"


def _do_reassign(case: Handled, form: Reassign, context: Context) -> Changes:
    on, old = form.on or context.today, case.sending
    assert old is not None
    new = Sending(
        case.matter_id,
        old.mode,
        form.unit,
        on,
        co_units=tuple(code for code in old.co_units if code != form.unit),
        limit_on=form.limit_on or old.limit_on,
        requirement=old.requirement,
        materials=old.materials,
        listed=listed(case, form.unit, context),
        reason=form.reason,
        approved_by=form.approved_by,
    )
    until = new.limit_on if new.limit_on and new.limit_on > on else None
    start = (Start("petition_assigned", on, until, of_record=True),) if old.mode == "assign" else ()
    return Changes(
        put=(new, replace(old, state="recalled", decision=form.why, ended_on=on)),
        node=ON_ITS_WAY[case.flow],
        start=start,
        stop=_of_sending(case, old, on),
        numbered="sending",
        unit=form.unit,
        words=f"由{context.unit(old.unit)}改派{context.unit(form.unit)}：{form.why}",
    )


# --- answers of units, calls for support -------------------------------------------------------------------------------


def _check_reply(case: Handled, form: Reply, context: Context) -> Iterable[Problem]:
    yield from _picked(case, form, *_ANSWERABLE)
    yield from text("reply", "回复内容", form.reply, "narrative")
    yield from past("on", "回复日期", form.on, case, context)
    sent = pick(case, form.sending, _ANSWERABLE)
    yield from after("on", "回复日期", form.on, sent.sent_on if sent else None, "送出日期")


_ANSWERABLE = ("received", "accepted", "sent")


def _do_reply(case: Handled, form: Reply, context: Context) -> Changes:
    on, sent = form.on or context.today, _of(case, form.sending, *_ANSWERABLE)
    answered = replace(sent, replied_on=on, reply_number=form.number, reply=form.reply)
    words = f"{context.unit(sent.unit)}：{form.reply}"
    if sent.mode == "support":
        stop = (Stop("support_response", on, subject=sent.record_id),)
        return Changes(put=(replace(answered, state="replied", ended_on=on),), stop=stop, words=words)
    if case.flow == "petition":
        # The unit's report on the result (办结报告); the petitioner's own answer is the opinion.
        stop = (Stop("petition_assigned", on, subject=sent.record_id),)
        return Changes(put=(answered,), stop=stop, words=words)
    met = {"handover_reply", "petition_objection"}
    done = tuple(Stop(each.rule, on, subject=each.subject) for each in case.running if each.rule in met)
    return Changes(
        put=(replace(answered, state="replied", ended_on=on),), node="replied", stop=done, words=words
    )


def _check_support(case: Handled, form: Support, context: Context) -> Iterable[Problem]:
    yield from unit("township", "提出请求的乡镇", form.township, context, _TOWNSHIP)
    yield from unit("unit", "县级职能部门", form.unit, context, _DEPARTMENTS)
    yield from text("requirement", "请求事项", form.requirement, "narrative")
    yield from past("on", "请求日期", form.on, case, context)
    yield from future("limit_on", "响应日期", form.limit_on, form.on or context.today)
    if any(
        each.mode == "support" and each.unit == form.unit and each.state in WITH_UNIT
        for each in case.sendings
    ):
        yield Problem("unit", f"对{context.unit(form.unit)}的请求还没有响应，不用再提。可以催办。")


def _do_support(case: Handled, form: Support, context: Context) -> Changes:
    on = form.on or context.today
    asked = Sending(
        case.matter_id,
        "support",
        form.unit,
        on,
        sender=form.township,
        limit_on=form.limit_on,
        requirement=form.requirement,
    )
    return Changes(
        put=(asked,),
        start=(Start("support_response", on, form.limit_on, of_record=True),),
        numbered="sending",
        words=f"{context.unit(form.township)}请{context.unit(form.unit)}响应：{form.requirement}",
    )


def _of(case: Handled, record_id: int, *states: str) -> Sending:
    found = pick(case, record_id, states)
    if found is None:
        raise ValueError("no such sending; the check refuses this")
    return found


def given_back(case: Handled, on: date) -> tuple[Sending, ...]:
    """What is still with a unit is done with; calls for support are withdrawn."""
    return tuple(
        replace(each, state="recalled" if each.mode == "support" else "replied", ended_on=on)
        for each in case.sendings
        if each.state in ("sent", "received", "objected", "accepted") and each.mode != "discipline"
    )


def _needing(*states: str) -> Callable[[Handled], str]:
    def hindrance(case: Handled) -> str:
        return "" if pick_any(case, states) else f"没有“{_lacking(*states)}”的送案。"

    return hindrance


def pick_any(case: Handled, states: Iterable[str]) -> bool:
    """Whether anything sent stands like this."""
    wanted = frozenset(states)
    return any(each.state in wanted for each in case.sendings)


_ANYWHERE = frozenset[str]()

ACTS: tuple[Act, ...] = (
    Act(
        "receive",
        "单位签收",
        ALL_FLOWS,
        _ANYWHERE,
        ARTICLE_23,
        _check_receive,
        _do_receive,
        hindrance=_needing("sent"),
    ),
    Act(
        "object",
        "单位提出异议",
        ALL_FLOWS,
        _ANYWHERE,
        ARTICLE_23,
        _check_object,
        _do_object,
        hindrance=_needing("received"),
    ),
    Act(
        "decide",
        "核实异议",
        ALL_FLOWS,
        _ANYWHERE,
        ARTICLE_23,
        _check_decide,
        _do_decide,
        hindrance=_needing("objected"),
    ),
    Act(
        "return",
        "退回、收回",
        ALL_FLOWS,
        _ANYWHERE,
        "《信访工作条例》第二十三条、第二十四条",
        _check_return,
        _do_return,
        # An accusation found out late: what a unit has of it is taken back (第三十条).
        sealed=True,
        hindrance=_returnable,
    ),
    Act(
        "reassign",
        "改派",
        SENT_FLOWS,
        frozenset({"forwarded", "handed", "received", "objected"}),
        "《信访工作条例》第二十四条",
        _check_reassign,
        _do_reassign,
        hindrance=_nowhere,
        first="受理以后由受理单位办理到底；受理有争议的，由共同的上一级机关决定。",
    ),
    Act(
        "reply",
        "单位回复",
        ALL_FLOWS,
        _ANYWHERE,
        f"{ARTICLE_22}第三项",
        _check_reply,
        _do_reply,
        hindrance=_needing(*_ANSWERABLE),
    ),
    Act(
        "support",
        "联动响应请求",
        ALL_FLOWS,
        _ANYWHERE,
        _RESPONSE,
        _check_support,
        _do_support,
    ),
)
