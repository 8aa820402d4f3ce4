"""The letter of appointment (聘书): one A4 page across, framed, in large type."""

from __future__ import annotations

from collections.abc import Callable

from qingyuan_desk.documents.fonts import faces
from qingyuan_desk.documents.page import MM, Imprint, Pen, Sheet, Strip, print_pages
from qingyuan_desk.documents.parts import day
from qingyuan_desk.documents.typeset import Line, Setter
from qingyuan_desk.documents.wording import Wording
from qingyuan_desk.domain.papers import Paper
from qingyuan_desk.domain.roster.papers import AppointmentLetter

_WIDTH, _HEIGHT = 297 * MM, 210 * MM
_SHEET = Sheet(_WIDTH, _HEIGHT, 0, 0, 0, 50, 20, 14, 20, 20, 14, 11, 0, False)

#: The frame: distance from the edge of the paper and thickness of each of its lines.
_FRAME = ((11 * MM, 2.4), (13.6 * MM, 0.6))
#: Length of the angles inside the corners of the frame, and their distance from the edge.
_ANGLE, _ANGLE_AT = 9 * MM, 16.6 * MM
#: Where the text stands, from the edge of the paper.
_SIDE = 42 * MM
_TITLE, _BODY, _SMALL = 50.0, 20.0, 12.0
_LEADING = 39.0


def render(facts: AppointmentLetter) -> Paper:
    """Make the letter. Raises Unavailable when a font or a text of this program is not there."""
    setter = Setter(faces())
    words = Wording("appointment", {})
    words = Wording("appointment", _values(facts, words.text("committee")))
    title = words.text("title")
    strip = Strip(_HEIGHT, _page(facts, words, setter))
    imprint = Imprint(
        title=f"{title} {facts.name}",
        author=facts.office.committee or facts.office.name,
        foot="",
        training=facts.office.training,
        numbered=False,
    )
    pdf, pages = print_pages(_SHEET, setter, [strip], imprint)
    return Paper("appointment", title, "a4", pdf, setter.missing, 1, pages, facts.number)


def _values(facts: AppointmentLetter, committee: str) -> dict[str, str]:
    return {
        "name": facts.name,
        "kind": facts.kind,
        "committee": facts.office.committee or committee,
        "first": day(facts.term.start),
        "last": day(facts.term.end),
    }


def _page(
    facts: AppointmentLetter, words: Wording, setter: Setter
) -> Callable[[Pen, float, bool, bool], None]:
    inner = _WIDTH - 2 * _SIDE
    number = setter.line(f"编号：{facts.number}", _SMALL)
    signed = [
        setter.line(f"{facts.office.committee or facts.office.name}（盖章）", _BODY - 2),
        setter.line(day(facts.term.start), _BODY - 2),
    ]
    said = [(0.0, setter.line(words.text("greeting"), _BODY, bold=True))]
    for key in ("body_renewed" if facts.renewed else "body", "wish"):
        lines = setter.lines(words.text(key), _BODY, inner, indent=2 * _BODY)
        said += [(0.0 if place else 2 * _BODY, line) for place, line in enumerate(lines)]
    said.append((2 * _BODY, setter.line(words.text("closing"), _BODY)))

    def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
        _frame(pen)
        _title(pen, setter, words.text("title"), top - 46 * MM)
        pen.line(_WIDTH - _SIDE - number.width, top - 59 * MM, number)
        y = top - 75 * MM
        for indent, line in said:
            pen.line(_SIDE + indent, y, line)
            y -= _LEADING
        _right(pen, signed, 34 * MM)

    return draw


def _frame(pen: Pen) -> None:
    for edge, thickness in _FRAME:
        left, right, low, high = edge, _WIDTH - edge, edge, _HEIGHT - edge
        pen.rule(left - thickness / 2, low, right + thickness / 2, low, thickness)
        pen.rule(left - thickness / 2, high, right + thickness / 2, high, thickness)
        pen.rule(left, low, left, high, thickness)
        pen.rule(right, low, right, high, thickness)
    for x, along in ((_ANGLE_AT, 1), (_WIDTH - _ANGLE_AT, -1)):
        for y, up in ((_ANGLE_AT, 1), (_HEIGHT - _ANGLE_AT, -1)):
            pen.rule(x, y, x + along * _ANGLE, y, 1.2)
            pen.rule(x, y, x, y + up * _ANGLE, 1.2)


def _title(pen: Pen, setter: Setter, title: str, baseline: float) -> None:
    """The title with a character's width between its characters."""
    characters = [setter.line(character, _TITLE, bold=True) for character in title]
    width = sum(line.width for line in characters) + _TITLE * (len(characters) - 1)
    x = (_WIDTH - width) / 2
    for line in characters:
        pen.line(x, baseline, line)
        x += line.width + _TITLE


def _right(pen: Pen, lines: list[Line], bottom: float) -> None:
    """Issuer and day, one under the other in the middle of the widest, at the right foot."""
    widest = max(line.width for line in lines)
    middle = _WIDTH - _SIDE - widest / 2
    for place, line in enumerate(reversed(lines)):
        pen.line(middle - line.width / 2, bottom + place * 30, line)
