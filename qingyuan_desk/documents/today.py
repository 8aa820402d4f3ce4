"""今日必办 on one page of A4: what is late, what is due today, what comes within three days; what does not fit is counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qingyuan_desk.documents.blocks import Cell, Column, Composer, Tick
from qingyuan_desk.documents.fonts import faces
from qingyuan_desk.documents.page import MM, Imprint, Sheet, print_pages
from qingyuan_desk.documents.parts import day as in_full
from qingyuan_desk.documents.parts import moment
from qingyuan_desk.documents.typeset import Setter
from qingyuan_desk.documents.wording import Wording
from qingyuan_desk.domain.clocks import Due
from qingyuan_desk.domain.handling.due import STATES, DueLine, summary
from qingyuan_desk.domain.handling.due_sheet import TodayFacts, task
from qingyuan_desk.domain.papers import Paper

_SHEET = Sheet(210 * MM, 297 * MM, 16 * MM, 14 * MM, 14 * MM, 18, 10.5, 9, 9.5, 9, 8, 8, 1.6, True)
_COLUMNS = (
    Column("", 0.6, "middle"),
    Column("要办什么", 4.3),
    Column("事项", 6.2),
    Column("谁来办", 2.9),
    Column("期限", 3.3),
    Column("依据", 3.1),
)
#: The sections as they stand, and in the order in which they are given room: what is of today is never pushed out.
_SECTIONS = ("overdue", "today", "soon")
_ROOM = ("today", "overdue", "soon")


def render(facts: TodayFacts) -> Paper:
    """Make the page. Raises Unavailable when a font or a text of this program is not there."""
    setter = Setter(faces())
    lines = {state: _of_state(facts, state) for state in _SECTIONS}
    fitting = _fitting(facts, setter, lines)
    page = _page(facts, setter, {state: found[: fitting[state]] for state, found in lines.items()}, lines)
    title = _words().text("title")
    imprint = Imprint(
        title=f"{title}（{facts.day.on:%Y-%m-%d}）",
        author=facts.office,
        foot=f"{title}　{in_full(facts.day.on)}　打印时间 {moment(facts.printed_at)}　{facts.made_by}",
        training=facts.training,
    )
    pdf, pages = print_pages(_SHEET, setter, page.strips, imprint)
    return Paper("today", title, "a4", pdf, setter.missing, 1, pages)


def _of_state(facts: TodayFacts, state: str) -> Sequence[DueLine]:
    pressing = facts.day.ringing if state != "soon" else facts.day.lines
    return [line for line in pressing if line.state == state]


def _fitting(facts: TodayFacts, setter: Setter, lines: dict[str, Sequence[DueLine]]) -> dict[str, int]:
    """How many lines of each section stand on one page: the pressing ones first, by halving what is left."""
    shown = dict.fromkeys(_SECTIONS, 0)

    def one_page(counts: dict[str, int]) -> bool:
        cut = {state: lines[state][: counts[state]] for state in _SECTIONS}
        return _page(facts, setter, cut, lines).pages == 1

    for state in _ROOM:
        low, high = 0, min(_MOST, len(lines[state]))
        while low < high:
            middle = (low + high + 1) // 2
            if one_page({**shown, state: middle}):
                low = middle
            else:
                high = middle - 1
        shown[state] = low
        if low < len(lines[state]):
            break
    return shown


def _page(
    facts: TodayFacts,
    setter: Setter,
    shown: dict[str, Sequence[DueLine]],
    lines: dict[str, Sequence[DueLine]],
) -> Composer:
    left = _left_out(shown, lines)
    page, words = Composer(_SHEET, setter), _words(left)
    training = Wording("common", {}).text("training") if facts.training else ""
    page.head(facts.office, f"{words.text('title')}{training}", "")
    page.paragraph(
        f"{in_full(facts.day.on)}　{summary(facts.day, facts.units, facts.flows)}", indent=False, bold=True
    )
    for state, found in shown.items():
        if found:
            page.heading(f"{STATES[state]}　{len(lines[state])} 项")
            page.table(_COLUMNS, [_row(line, facts) for line in found])
    if not any(lines.values()):
        page.paragraph(words.text("none"))
    if left:
        page.note(words.text("more"))
    return page


def _left_out(shown: dict[str, Sequence[DueLine]], lines: dict[str, Sequence[DueLine]]) -> str:
    """What the page has no room for, in words."""
    return "，".join(
        f"{STATES[state]} {len(found) - len(shown[state])} 项"
        for state, found in lines.items()
        if len(found) > len(shown[state])
    )


def _words(left: str = "") -> Wording:
    return Wording("today", {"left": left})


def _row(line: DueLine, facts: TodayFacts) -> tuple[Cell, ...]:
    flow = facts.flows.get(line.flow, line.flow)
    return (
        Tick(),
        _brief(task(line)),
        f"{line.number}　{flow}　{line.visitor}\n{_short(line.title)}",
        line.who,
        f"{_brief(line.words)}\n{_last_days(line.due, facts.day.on)}",
        _brief(line.due.article) or "—",
    )


def _last_days(due: Due, today: date) -> str:
    """Both last days as short as they can be said: 10-05 顺延 10-08."""

    def short(day: date) -> str:
        return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"

    moved = f" 顺延 {short(due.shifted_end)}" if due.shifted_end != due.natural_end else ""
    return f"{short(due.natural_end)}{moved}{'（暂定）' if due.provisional else ''}"


def _brief(text: str) -> str:
    """Without what stands in brackets behind it."""
    return text.partition("（")[0]


def _short(title: str) -> str:
    return title if len(title) <= _TITLE else f"{title[: _TITLE - 1]}…"


#: More lines than these never stand on a page.
_MOST = 60
#: So much of a title fits one line of the page.
_TITLE = 15
