"""What must be reported at once, flags that expire, and 三到位一处理 (《信访工作条例》第二十五条、第二十七条)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from qingyuan_desk.domain.checks import choice, day, text
from qingyuan_desk.domain.handling import codes
from qingyuan_desk.domain.handling.case import Handled, by_id
from qingyuan_desk.domain.handling.forms import Confirm, Flag, Measured, Report
from qingyuan_desk.domain.handling.records import Alert, Measure, Watch
from qingyuan_desk.domain.handling.rules import ALL_FLOWS, Act, Changes, Context, Start, Stop, past, unit
from qingyuan_desk.domain.problems import Problem

#: A flag of a person lasts so many days unless somebody confirms it (《个人信息保护法》第十九条: the shortest time needed).
LASTS = 90
_ARTICLE_25 = "《信访工作条例》第二十五条"
#: A flag of the visit that says the same as one that expires.
_SAME = {"threat": "threat"}


def _check_report(case: Handled, form: Report, context: Context) -> Iterable[Problem]:
    yield from choice("kind", "报告事项", form.kind, codes.ALERTS)
    for name, title, limit in (
        ("to", "报告对象", "name"),
        ("taken_by", "接报人", "name"),
        ("text", "报告内容", "narrative"),
        ("how", "报告方式", "name"),
    ):
        yield from text(name, title, getattr(form, name), limit)
    yield from text("measures", "已采取措施", form.measures, "narrative", needed=False)
    if form.at and form.at > context.now:
        yield Problem("at", "报告时间不能晚于现在。")
    elif form.at and form.at.date() < case.opened_on:
        yield Problem("at", f"报告时间不能早于登记日期（{case.opened_on:%Y-%m-%d}）。")


def _do_report(case: Handled, form: Report, context: Context) -> Changes:
    at = form.at or context.now
    alert = Alert(
        case.matter_id,
        form.kind,
        at,
        form.to,
        form.how,
        form.taken_by,
        text=form.text,
        measures=form.measures,
    )
    return Changes(
        put=(alert,),
        stop=(Stop("alert_report", at.date()),),
        numbered="alert",
        words=f"{codes.ALERTS[form.kind].name}：{at:%m月%d日 %H:%M} {form.how}报告{form.to}，{form.taken_by}接报",
    )


def running_watches(case: Handled, today: date) -> tuple[Watch, ...]:
    """Flags that hold today: not lifted, and their last day has not gone by."""
    return tuple(each for each in case.watches if each.lifted_on is None and each.until >= today)


def _check_flag(case: Handled, form: Flag, context: Context) -> Iterable[Problem]:
    yield from choice("kind", "标记", form.kind, codes.WATCHES)
    yield from text("words", "原话或者事实", form.words, "narrative")
    yield from _until(form.until, context)
    if any(each.kind == form.kind for each in running_watches(case, context.today)):
        yield Problem("kind", f"“{codes.WATCHES[form.kind]}”的标记还有效，请用“确认、解除标记”。")


def _until(until: date | None, context: Context) -> Iterable[Problem]:
    if until is None:
        return
    if until <= context.today:
        yield Problem("until", "到期日要晚于今天。")
    elif until > context.today + timedelta(days=LASTS):
        yield Problem("until", f"标记最长 {LASTS} 天，到期要重新确认。", "《个人信息保护法》第十九条")


def _do_flag(case: Handled, form: Flag, context: Context) -> Changes:
    until = form.until or context.today + timedelta(days=LASTS)
    watch = Watch(case.matter_id, form.kind, context.today, until, form.words)
    flag = _SAME.get(form.kind)
    return Changes(
        put=(watch,),
        start=(Start("watch_confirm", context.today, until, of_record=True),),
        flags=(flag,) if flag else (),
        words=f"{codes.WATCHES[form.kind]}，到{day(until)}：{form.words}",
    )


def _no_watch(case: Handled) -> str:
    return "" if any(each.lifted_on is None for each in case.watches) else "没有可以确认、解除的标记。"


def _meant(case: Handled, record_id: int) -> Watch | None:
    """The flag named, or the last one that was not lifted."""
    left = tuple(each for each in case.watches if each.lifted_on is None)
    return by_id(left, record_id) if record_id else (left[-1] if left else None)


def _check_confirm(case: Handled, form: Confirm, context: Context) -> Iterable[Problem]:
    if _meant(case, form.watch) is None:
        yield Problem("watch", "请选择标记。")
    yield from text("reason", "理由", form.reason, "reason")
    if not form.lifted:
        yield from _until(form.until, context)


def _do_confirm(case: Handled, form: Confirm, context: Context) -> Changes:
    watch = _meant(case, form.watch)
    assert watch is not None
    name, stop = codes.WATCHES[watch.kind], Stop("watch_confirm", context.today, subject=watch.record_id)
    if form.lifted:
        flag = _SAME.get(watch.kind)
        return Changes(
            put=(replace(watch, lifted_on=context.today, reason=form.reason),),
            stop=(stop,),
            unflags=(flag,) if flag else (),
            words=f"解除{name}：{form.reason}",
        )
    until = form.until or context.today + timedelta(days=LASTS)
    return Changes(
        put=(replace(watch, until=until, confirmed_on=context.today, reason=form.reason),),
        start=(Start("watch_confirm", context.today, until, subject=watch.record_id),),
        stop=(stop,),
        words=f"确认{name}，到{day(until)}：{form.reason}",
    )


def _check_measure(case: Handled, form: Measured, context: Context) -> Iterable[Problem]:
    yield from choice("kind", "措施", form.kind, codes.MEASURES)
    yield from text("text", "具体内容", form.text, "narrative")
    yield from past("on", "日期", form.on, case, context)
    if form.unit:
        yield from unit("unit", "办理单位", form.unit, context)


def _do_measure(case: Handled, form: Measured, context: Context) -> Changes:
    done = Measure(case.matter_id, form.kind, form.on or context.today, form.text, unit=form.unit)
    return Changes(put=(done,), words=f"{codes.MEASURES[form.kind]}：{form.text}")


_ANYWHERE = frozenset[str]()

ACTS: tuple[Act, ...] = (
    Act(
        "report",
        "紧急、强制报告",
        ALL_FLOWS,
        _ANYWHERE,
        f"{_ARTICLE_25}；《未成年人保护法》第十一条",
        _check_report,
        _do_report,
        over=True,
    ),
    Act("flag", "标记", ALL_FLOWS, _ANYWHERE, "《信访工作条例》第二十六条", _check_flag, _do_flag, over=True),
    Act(
        "confirm_flag",
        "确认、解除标记",
        ALL_FLOWS,
        _ANYWHERE,
        "《个人信息保护法》第十九条",
        _check_confirm,
        _do_confirm,
        over=True,
        hindrance=_no_watch,
    ),
    Act(
        "measure",
        "三到位一处理",
        ALL_FLOWS,
        _ANYWHERE,
        "《信访工作条例》第二十七条",
        _check_measure,
        _do_measure,
        over=True,
    ),
)
