"""Handling, extension, opinion, review, recheck (《信访工作条例》第三十一条 to 第三十六条)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from qingyuan_desk.domain.checks import choice, day, text, warn
from qingyuan_desk.domain.handling import codes
from qingyuan_desk.domain.handling.accepting import (
    EXTENDED,
    FINISH,
    RECHECK_RIGHT,
    REVIEW_RIGHT,
    TELLING,
    sixty_days,
)
from qingyuan_desk.domain.handling.case import Handled, Running
from qingyuan_desk.domain.handling.forms import Answer, AskReview, Extend, Hearing, Review, Tell
from qingyuan_desk.domain.handling.records import Extension, Notice, Opinion
from qingyuan_desk.domain.handling.rules import ALL_FLOWS, Act, Changes, Context, Start, Stop, after, past
from qingyuan_desk.domain.problems import Problem

#: 第三十四条: at most so many days more, in all.
MOST_DAYS = 30
ARTICLE_34 = "《信访工作条例》第三十四条"
ARTICLES = {1: "《信访工作条例》第三十二条", 2: "《信访工作条例》第三十五条", 3: "《信访工作条例》第三十六条"}
#: Level of the opinion asked for → the right to ask, the clock of its organ.
_CLOCKS = {2: (REVIEW_RIGHT, "petition_review_answer"), 3: (RECHECK_RIGHT, "petition_recheck_answer")}
_NODES = {2: "reviewing", 3: "rechecking"}


def finishing(case: Handled) -> Running | None:
    """The clock by which the petition is to be finished, extension counted in."""
    return case.clock(FINISH) or case.clock(EXTENDED)


# --- 延期 ----------------------------------------------------------------------------------------------------------


def _no_limit(case: Handled) -> str:
    if finishing(case) is None:
        return "本件没有六十日的办理期限（第三十一条第六项以外的途径），不用延期。"
    if _extended(case) >= MOST_DAYS:
        return f"已经延长 {_extended(case)} 日，不能再延长。"
    return ""


def _extended(case: Handled) -> int:
    return sum(each.days for each in case.extensions)


def _check_extend(case: Handled, form: Extend, context: Context) -> Iterable[Problem]:
    left = MOST_DAYS - _extended(case)
    if not 1 <= form.days <= left:
        used = f"，已经延长 {_extended(case)} 日" if _extended(case) else ""
        yield Problem("days", f"延长期限不得超过 {MOST_DAYS} 日{used}，请填 1 到 {left}。", ARTICLE_34)
    yield from text("reason", "延期理由", form.reason, "narrative")
    yield from text("approved_by", "批准人", form.approved_by, "name")
    yield from past("approved_on", "批准日期", form.approved_on, case, context)
    yield from past("told_on", "告知日期", form.told_on, case, context)
    yield from after("approved_on", "批准日期", form.approved_on, case.classified.accepted_on, "受理日期")
    yield from after("told_on", "告知日期", form.told_on, form.approved_on, "批准日期")
    clock = finishing(case)
    if clock and (form.approved_on or context.today) > clock.end:
        yield Problem(
            "approved_on",
            f"办理期限 {clock.end:%Y-%m-%d} 已满，满了以后不能再批准延期。请尽快出具处理意见。",
            ARTICLE_34,
        )
    if form.told_on is None:
        yield warn("told_on", "还没有告知信访人延期理由，请打印延期告知书，送达以后记下。", ARTICLE_34)


def _do_extend(case: Handled, form: Extend, context: Context) -> Changes:
    clock = finishing(case)
    assert clock is not None
    approved, until = form.approved_on or context.today, clock.natural_end + timedelta(days=form.days)
    extension = Extension(
        case.matter_id,
        form.days,
        form.reason,
        form.approved_by,
        approved,
        until,
        number=form.number,
        told_on=form.told_on,
    )
    told = (
        (Notice(case.matter_id, "extension", form.told_on, "hand", number=form.number),)
        if form.told_on
        else ()
    )
    return Changes(
        put=(extension, replace(case.classified, finish_on=until), *told),
        start=(Start(EXTENDED, clock.natural_end, until),),
        stop=(Stop(FINISH, approved, False), Stop(EXTENDED, approved, False)),
        words=f"延长 {form.days} 日，到{day(until)}；{form.approved_by}批准：{form.reason}",
    )


# --- 处理意见 --------------------------------------------------------------------------------------------------------


def _check_answer(case: Handled, form: Answer, context: Context) -> Iterable[Problem]:
    yield from text("organ", "出具机关", form.organ, "name")
    yield from text("number", "处理意见书文号", form.number, "name")
    yield from choice("outcome", "处理意见", form.outcome, codes.OUTCOMES)
    yield from text("summary", "意见摘要", form.summary, "narrative")
    yield from text("basis", "法律法规依据", form.basis, "narrative")
    yield from choice("served_how", "送达方式", form.served_how, codes.SERVICES)
    yield from past("signed_on", "出具日期", form.signed_on, case, context)
    yield from past("served_on", "送达日期", form.served_on, case, context)
    yield from after("signed_on", "出具日期", form.signed_on, case.classified.accepted_on, "受理日期")
    yield from after("served_on", "送达日期", form.served_on, form.signed_on, "出具日期")
    yield from _overdue(form.signed_on or context.today, finishing(case), "处理意见", ARTICLE_34)
    if form.served_on is None:
        yield warn(
            "served_on",
            "还没有送达，信访人请求复查的三十日从收到之日起算。送达以后请用“书面告知”记下。",
            "《信访工作条例》第三十五条",
        )


def _overdue(on: date, clock: Running | None, name: str, article: str) -> Iterable[Problem]:
    if clock and on > clock.end:
        yield warn("signed_on", f"{name}的期限是 {clock.end:%Y-%m-%d}，已经超过，将记为超期。", article)


def _do_answer(case: Handled, form: Answer, context: Context) -> Changes:
    signed = form.signed_on or context.today
    opinion = Opinion(
        case.matter_id,
        1,
        form.organ,
        number=form.number,
        outcome=form.outcome,
        summary=form.summary,
        basis=form.basis,
        signed_on=signed,
        served_on=form.served_on,
        served_how=form.served_how if form.served_on else "",
    )
    done = (
        (replace(case.sending, state="replied", replied_on=signed, ended_on=signed),) if case.sending else ()
    )
    return Changes(
        put=(opinion, *done, *_told(case, form.served_on, form.served_how, form.number)),
        node="answered",
        start=_right(REVIEW_RIGHT, form.served_on),
        stop=tuple(Stop(rule, signed) for rule in (FINISH, EXTENDED, "petition_assigned", *TELLING)),
        words=f"{form.organ} {form.number}：{codes.OUTCOMES[form.outcome]}。{form.summary}",
    )


def _told(case: Handled, on: date | None, how: str, number: str) -> tuple[Notice, ...]:
    return (Notice(case.matter_id, "opinion", on, how, number=number),) if on else ()


def _right(rule: str, served_on: date | None) -> tuple[Start, ...]:
    return (Start(rule, served_on),) if served_on else ()


# --- 复查、复核 --------------------------------------------------------------------------------------------------------


def _level(case: Handled) -> int:
    """Of what is asked for or answered now: a review of the organ's opinion, or a recheck of the review."""
    opinion = case.opinion
    if opinion is None:
        return 1
    return opinion.level if case.node in _NODES.values() else opinion.level + 1


def _unserved(case: Handled) -> str:
    opinion = case.opinion
    if opinion is None or opinion.served_on is None:
        return "意见书还没有送达。送达以后请先用“书面告知”记下送达日期，再登记请求。"
    return "复核意见是最后的意见，不能再请求复查、复核。" if opinion.level == 3 else ""


def _check_ask(case: Handled, form: AskReview, context: Context) -> Iterable[Problem]:
    level, opinion = _level(case), case.opinion
    assert opinion is not None
    what = codes.LEVELS[level].removesuffix("意见")
    yield from text("organ", f"{what}机关", form.organ, "name")
    yield from text("reason", "请求和理由", form.reason, "narrative")
    yield from past("on", "请求日期", form.on, case, context)
    yield from past("received_on", "机关收到日期", form.received_on, case, context)
    yield from after("on", "请求日期", form.on, opinion.served_on, "收到书面答复的日期")
    yield from after("received_on", "机关收到日期", form.received_on, form.on, "请求日期")
    if form.organ.strip() and form.organ.strip() == opinion.organ:
        yield Problem("organ", f"{what}由{opinion.organ}的上一级机关、单位进行。", ARTICLES[level])
    right = case.clock(_CLOCKS[level][0])
    if right and (form.on or context.today) > right.end:
        yield Problem(
            "on",
            f"请求{what}的期限到 {right.end:%Y-%m-%d} 已满。逾期请求的，请用“不予受理”告知。",
            ARTICLES[level],
        )


def _do_ask(case: Handled, form: AskReview, context: Context) -> Changes:
    level, on = _level(case), form.on or context.today
    received = form.received_on or on
    asked = Opinion(
        case.matter_id,
        level,
        form.organ,
        asked_on=on,
        asked_by=case.visitor,
        asked_why=form.reason,
        received_on=received,
    )
    right, answer = _CLOCKS[level]
    ending = case.ending
    undone = () if ending is None else (replace(ending, undone_on=on),)
    return Changes(
        put=(asked, *undone),
        node=_NODES[level],
        start=(Start(answer, received),),
        stop=(Stop(right, on), Stop("ending_recheck", on, False)),
        words=f"请求{form.organ}{codes.LEVELS[level].removesuffix('意见')}：{form.reason}",
    )


def _check_review(case: Handled, form: Review, context: Context) -> Iterable[Problem]:
    level, opinion = _level(case), case.opinion
    assert opinion is not None
    name = codes.LEVELS[level]
    yield from text("number", f"{name}书文号", form.number, "name")
    yield from choice("outcome", name, form.outcome, codes.REVIEWS)
    yield from text("summary", "意见摘要", form.summary, "narrative")
    yield from choice("served_how", "送达方式", form.served_how, codes.SERVICES)
    yield from past("signed_on", "出具日期", form.signed_on, case, context)
    yield from past("served_on", "送达日期", form.served_on, case, context)
    yield from after("signed_on", "出具日期", form.signed_on, opinion.received_on, "收到请求的日期")
    yield from after("served_on", "送达日期", form.served_on, form.signed_on, "出具日期")
    yield from _overdue(form.signed_on or context.today, case.clock(_CLOCKS[level][1]), name, ARTICLES[level])


def _do_review(case: Handled, form: Review, context: Context) -> Changes:
    level, opinion = _level(case), case.opinion
    assert opinion is not None
    signed = form.signed_on or context.today
    answered = replace(
        opinion,
        number=form.number,
        outcome=form.outcome,
        summary=form.summary,
        signed_on=signed,
        served_on=form.served_on,
        served_how=form.served_how if form.served_on else "",
    )
    again = form.outcome == "revoked"
    start: tuple[Start, ...] = (Start(FINISH, signed),) if again else ()
    if level == 2 and not again:
        start = _right(RECHECK_RIGHT, form.served_on)
    node = "handling" if again else {2: "review_answered", 3: "rechecked"}[level]
    return Changes(
        put=(
            answered,
            *((replace(case.classified, finish_on=sixty_days(signed, context)),) if again else ()),
            *_told(case, form.served_on, form.served_how, form.number),
        ),
        node=node,
        start=start,
        stop=(Stop(_CLOCKS[level][1], signed),),
        words=f"{opinion.organ} {form.number}：{codes.REVIEWS[form.outcome]}。{form.summary}",
    )


def _check_hearing(case: Handled, form: Hearing, context: Context) -> Iterable[Problem]:
    if not 1 <= form.days <= 180:
        yield Problem("days", "听证所需天数请填 1 到 180。", ARTICLES[3])
    yield from text("note", "听证情况", form.note, "narrative", needed=False)


def _do_hearing(case: Handled, form: Hearing, context: Context) -> Changes:
    opinion, clock = case.opinion, case.clock(_CLOCKS[3][1])
    assert opinion is not None
    until = (clock.natural_end if clock else context.today) + timedelta(days=form.days)
    start = (Start(clock.rule, clock.start, until),) if clock else ()
    return Changes(
        put=(replace(opinion, hearing_days=opinion.hearing_days + form.days),),
        start=start,
        stop=(Stop(clock.rule, context.today, False),) if clock else (),
        words=f"听证 {form.days} 天，不计算在三十日内" + (f"，复核意见{day(until)}前提出" if clock else ""),
    )


# --- 书面告知 --------------------------------------------------------------------------------------------------------

#: Level of an opinion → the right that begins when it is served; nodes at which it still matters.
_RIGHTS = {1: REVIEW_RIGHT, 2: RECHECK_RIGHT}
_ANSWERED = frozenset({"answered", "review_answered", "closed"})
#: Notices that tell the petitioner what becomes of the petition (第二十三条).
_TELLS = frozenset(
    {"receipt", "forwarded", "acceptance", "refusal", "no_more", "litigation", "legal_path", "opinion"}
)


def _check_tell(case: Handled, form: Tell, context: Context) -> Iterable[Problem]:
    yield from choice("kind", "文书", form.kind, codes.NOTICES)
    yield from choice("how", "告知方式", form.how, codes.SERVICES)
    yield from past("on", "告知日期", form.on, case, context)
    for name, title in (("number", "文号"), ("receiver", "签收人")):
        yield from text(name, title, getattr(form, name), "name", needed=False)
    yield from text("note", "备注", form.note, "reason", needed=False)
    if form.kind == "opinion":
        if case.opinion is None or case.opinion.signed_on is None:
            yield Problem("kind", "还没有登记意见书，请先登记处理意见。")
        else:
            yield from after("on", "告知日期", form.on, case.opinion.signed_on, "出具日期")
    if form.kind == "acceptance" and case.flow == "petition" and case.classified.accepted_on is None:
        yield Problem("kind", "还没有受理，不能送达受理告知书。请先受理。")
    if form.kind == "forwarded" and not case.sendings:
        yield Problem("kind", "还没有转送、交办，请先转送。")
    if form.kind == "extension" and not case.extensions:
        yield Problem("kind", "没有延期，请先登记延期。", ARTICLE_34)


def _do_tell(case: Handled, form: Tell, context: Context) -> Changes:
    on = form.on or context.today
    told = Notice(
        case.matter_id, form.kind, on, form.how, number=form.number, receiver=form.receiver, note=form.note
    )
    start: tuple[Start, ...] = ()
    more: tuple[Opinion | Extension, ...] = ()
    opinion = case.opinion
    if form.kind == "opinion" and opinion and opinion.served_on is None:
        more = (replace(opinion, served_on=on, served_how=form.how),)
        start = (
            _right(_RIGHTS[opinion.level], on) if case.node in _ANSWERED and opinion.level in _RIGHTS else ()
        )
    if form.kind == "extension":
        last = case.extensions[-1]
        more = (replace(last, told_on=last.told_on or on),)
    return Changes(
        put=(told, *more),
        start=start,
        stop=tuple(Stop(rule, on) for rule in TELLING) if form.kind in _TELLS else (),
        words=f"{codes.NOTICES[form.kind]}，{codes.SERVICES[form.how]}"
        + (f"，{form.receiver}签收" if form.receiver else ""),
    )


_PETITION = frozenset({"petition"})

ACTS: tuple[Act, ...] = (
    Act(
        "tell",
        "书面告知",
        ALL_FLOWS,
        frozenset(),
        "《信访工作条例》第二十三条",
        _check_tell,
        _do_tell,
        over=True,
    ),
    Act(
        "extend",
        "延期",
        _PETITION,
        frozenset({"handling"}),
        ARTICLE_34,
        _check_extend,
        _do_extend,
        hindrance=_no_limit,
        first="受理以后、答复以前才能延期。",
    ),
    Act(
        "answer",
        "登记处理意见",
        _PETITION,
        frozenset({"handling"}),
        ARTICLES[1],
        _check_answer,
        _do_answer,
        first="受理以后才能登记处理意见。",
    ),
    Act(
        "ask_review",
        "请求复查、复核",
        _PETITION,
        frozenset({"answered", "review_answered", "closed"}),
        "《信访工作条例》第三十五条、第三十六条",
        _check_ask,
        _do_ask,
        hindrance=_unserved,
        first="收到书面答复以后才能请求复查、复核。",
    ),
    Act(
        "review",
        "登记复查、复核意见",
        _PETITION,
        frozenset({"reviewing", "rechecking"}),
        "《信访工作条例》第三十五条、第三十六条",
        _check_review,
        _do_review,
        first="请求复查、复核以后才能登记。",
    ),
    Act(
        "hearing",
        "复核听证",
        _PETITION,
        frozenset({"rechecking"}),
        "《信访工作条例》第三十六条第二款",
        _check_hearing,
        _do_hearing,
        first="复核中才有。",
    ),
)
