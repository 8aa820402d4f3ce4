"""评价与用时: how units do, how long nodes take beside an earlier period, how people are satisfied."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.today.listing import Lines, Listing
from qingyuan_desk.desk.today.part import Part
from qingyuan_desk.desk.widgets import parts
from qingyuan_desk.desk.widgets.choice import Option, Segments
from qingyuan_desk.desk.widgets.day_line import EXAMPLE, DayLine
from qingyuan_desk.desk.widgets.labels import label
from qingyuan_desk.desk.widgets.save_as import ask_where
from qingyuan_desk.domain.accounts import Right
from qingyuan_desk.domain.handling.evaluation import (
    FEW,
    RATED_OBJECTS,
    Duration,
    Satisfaction,
    Standing,
    days_in_words,
    percent,
)
from qingyuan_desk.domain.handling.evaluation_sheet import node_words
from qingyuan_desk.services import evaluation

_ROOMS = {"units": "单位评价", "durations": "用时对比", "satisfaction": "群众满意度"}
_WORDS = {
    "units": "得分从 100 分起，黄牌扣 5 分、红牌扣 10 分；同分的依次看按时率、乡镇满意率、答复天数。"
    f"不足 {FEW} 件的单位不排名。",
    "durations": "本期离开各环节的事项用了多少天，取中位数，与对比期并列；单位按当时承办的单位算。",
    "satisfaction": "同一事项以最后一次评价为准；拒绝评价的另计，不算在满意率里。",
}
_UNIT_HEADS = (
    "名次",
    "单位",
    "得分",
    "收件",
    "答复",
    "答复天数",
    "按时",
    "按时率",
    "异议",
    "催/黄/红",
    "乡镇满意",
    "群众满意",
    "说明",
)
_UNIT_WIDTHS = (44, 0, 48, 48, 48, 76, 64, 76, 48, 84, 108, 108, 150)
_DURATION_HEADS = ("流程", "环节", "单位", "件数", "中位", "最长", "对比期件数", "对比期中位", "变化")
_DURATION_WIDTHS = (60, 160, 0, 60, 80, 80, 92, 92, 220)
_VOTE_HEADS = ("评价对象", "单位", "满意", "基本满意", "不满意", "评价数", "满意率", "拒绝评价（另计）")
_VOTE_WIDTHS = (120, 0, 72, 84, 84, 84, 84, 150)


class EvaluationView(Part):
    """One period, another beside it, and three tables."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.rooms = Segments("today.evaluation", [Option(code, name) for code, name in _ROOMS.items()])
        self.rooms.setAccessibleName("评价的各部分")
        self.rooms.set_code("units")
        today = session.office.today
        self.first, self.last = (DayLine(f"today.{name}", today) for name in ("first", "last"))
        self.before_first, self.before_last = (
            DayLine(f"today.before_{name}", today) for name in ("first", "last")
        )
        for line, spoken in (
            (self.first, "本期首日"),
            (self.last, "本期末日"),
            (self.before_first, "对比期首日"),
            (self.before_last, "对比期末日"),
        ):
            line.setAccessibleName(spoken)
            line.setFixedWidth(theme.px(108))
            line.editingFinished.connect(self._days_chosen)
        self.presets = Segments(
            "today.preset", [Option("month", "本月"), Option("last", "上月"), Option("year", "本年")]
        )
        self.presets.setAccessibleName("常用期间")
        self.export_button = parts.button("导出", "today.evaluation.export", icon="export")
        self.words = label(role="second", wrap=True, name="today.evaluation.words")
        self.message = parts.message_line("today.evaluation.message")
        units: Lines[Standing] = Lines(
            self, _UNIT_HEADS, self._unit_cells, right=range(2, 12), tone=_unit_tone
        )
        durations: Lines[Duration] = Lines(
            self, _DURATION_HEADS, self._duration_cells, right=range(3, 8), tone=_duration_tone
        )
        votes: Lines[Satisfaction] = Lines(
            self, _VOTE_HEADS, self._vote_cells, right=range(2, 8), tone=_vote_tone
        )
        self.units = Listing("today.units", "单位评价", units, _UNIT_WIDTHS, (12, 8, 4))
        self.durations = Listing("today.durations", "用时对比", durations, _DURATION_WIDTHS, (5, 6))
        self.votes = Listing("today.votes", "群众满意度", votes, _VOTE_WIDTHS)
        self.empty = parts.nothing("这一段时间还没有可以统计的记录。", "today.nothing_to_evaluate")
        self._tables = dict(zip(_ROOMS, (self.units, self.durations, self.votes), strict=True))
        self._lay_out()
        self.rooms.chosen.connect(self._enter)
        self.presets.chosen.connect(self._preset)
        self.export_button.clicked.connect(self._export)
        self.setFocusProxy(self.rooms)

    def refresh(self) -> None:
        """Read the table in view again; at first of this month."""
        self.export_button.setEnabled(self.actor.may(Right.EXPORT))
        if self.first.day is None or self.last.day is None:
            self.presets.set_code("month")
            self._preset("month")
            return
        self._read()

    def _lay_out(self) -> None:
        days = QHBoxLayout()
        days.setSpacing(8)
        days.addWidget(self.rooms)
        days.addStretch(1)
        days.addWidget(self.presets)
        for text, first, last in (
            ("本期", self.first, self.last),
            ("对比期", self.before_first, self.before_last),
        ):
            days.addWidget(label(text, "field"))
            days.addWidget(first)
            days.addWidget(label("至", "field"))
            days.addWidget(last)
        days.addWidget(self.export_button)
        self._stack = QStackedWidget()
        for part in (*self._tables.values(), self.empty):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(days)
        column.addWidget(self.words)
        column.addWidget(self.message)
        column.addWidget(self._stack, 1)

    # --- periods ---

    def _preset(self, code: str) -> None:
        today = self.office.today()
        first = today.replace(day=1)
        if code == "last":
            last = first - timedelta(days=1)
            self._show_days(last.replace(day=1), last)
        elif code == "year":
            self._show_days(today.replace(month=1, day=1), today)
        else:
            self._show_days(first, _month_end(today))

    def _show_days(self, first: date, last: date) -> None:
        self.first.set_day(first)
        self.last.set_day(last)
        before = evaluation.as_long_before(first, last)
        self.before_first.set_day(before[0])
        self.before_last.set_day(before[1])
        self._read()

    def _days_chosen(self) -> None:
        self.presets.set_code("")
        self._read()

    def _days(self) -> tuple[date, date, tuple[date, date]] | None:
        first, last, before_first, before_last = (
            line.day for line in (self.first, self.last, self.before_first, self.before_last)
        )
        if not (first and last and before_first and before_last):
            self._say(EXAMPLE)
            return None
        self._say("")
        return first, last, (before_first, before_last)

    # --- reading ---

    def _enter(self, room: str) -> None:
        self.rooms.set_code(room or next(iter(_ROOMS)))
        self._stack.setCurrentWidget(self._tables[self.rooms.code])
        self._read()

    def _read(self) -> None:
        self.words.setText(_WORDS[self.rooms.code])
        days = self._days()
        if days is None:
            return
        first, last, before = days
        service, more = {
            "units": (evaluation.standings, ()),
            "durations": (evaluation.durations, (before,)),
            "satisfaction": (evaluation.satisfaction, ()),
        }[self.rooms.code]
        self.read(service, first, last, *more, then=self._show, place="table")

    def _show(self, found: tuple[object, ...]) -> None:
        table = self._tables[self.rooms.code]
        table.show_lines(found)
        self._stack.setCurrentWidget(table if found else self.empty)

    def _say(self, text: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))
        theme.mark(self.message, "state", "error" if text else "")

    # --- cells ---

    def _unit_cells(self, line: Standing) -> tuple[str, ...]:
        facts, days = line.facts, line.response_days
        return (
            str(line.rank or "—"),
            self.unit(facts.unit),
            str(line.score),
            str(len(facts.sent)),
            str(line.answered),
            "—" if days is None else days_in_words(days),
            f"{facts.on_time}/{facts.due}",
            percent(line.on_time_rate),
            str(line.objections),
            "/".join(str(facts.urges.get(kind, 0)) for kind in ("remind", "yellow", "red")),
            _share(facts.township.share, facts.township.given),
            _share(facts.visitors.share, facts.visitors.given),
            line.note,
        )

    def _duration_cells(self, line: Duration) -> tuple[str, ...]:
        now, before = line.now, line.before
        return (
            self.flow(line.flow),
            node_words(line),
            self.unit(line.unit) if line.unit else "全部",
            str(now.count) if now else "0",
            days_in_words(now.median) if now else "—",
            days_in_words(now.longest) if now else "—",
            str(before.count) if before else "0",
            days_in_words(before.median) if before else "—",
            line.change,
        )

    def _vote_cells(self, line: Satisfaction) -> tuple[str, ...]:
        votes = line.votes
        counts = (votes.satisfied, votes.rather, votes.unsatisfied, votes.given)
        return (
            RATED_OBJECTS[line.rated],
            self.unit(line.unit) if line.unit else "合计",
            *map(str, counts),
            percent(votes.share),
            str(votes.refused),
        )

    def _export(self) -> None:
        days = self._days()
        if days is None:
            return
        first, last, before = days
        path = ask_where(self, "导出评价与用时", f"评价与用时 {first:%Y-%m-%d}.xlsx", "电子表格 (*.xlsx)")
        if path is not None:
            self.do(
                evaluation.export,
                path,
                first,
                last,
                before,
                then=lambda _: self.session.say(f"已导出到 {path}", "good"),
                busy=self.export_button,
            )


def _share(share: float | None, given: int) -> str:
    return "—" if share is None else f"{percent(share)}（{given}）"


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _unit_tone(line: Standing, column: int) -> str:
    if line.rank is None:
        return "second"
    return "red" if column == 2 and line.score < 90 else ""


def _duration_tone(line: Duration, column: int) -> str:
    if column == 8:
        return "green" if "缩短" in line.change else "red" if "延长" in line.change else "second"
    return "second" if line.unit else ""


def _vote_tone(line: Satisfaction, column: int) -> str:
    return "second" if line.unit or column == 7 else ""
