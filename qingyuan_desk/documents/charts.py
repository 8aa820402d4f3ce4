"""Charts on paper, drawn with reportlab's own graphics: greys and one accent that stay apart when they are printed in black.

Every chart carries its numbers in words of its own; nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from qingyuan_desk.documents.typeset import Line, Setter
from qingyuan_desk.domain.monthly import Chart, Entry, shares

#: Ink, and how dark bars and squares are: grey of each, 0 black, 1 white; the accent is about as dark as _DARK.
_ACCENT = "#1F5FA8"
_DARK, _PLAIN, _LIGHT, _NONE = 0.42, 0.62, 0.82, 1.0
#: Greys of the parts of a whole, neighbours far apart.
_PARTS = (None, 0.8, 0.5, 0.92, 0.66)
_LABEL, _SMALL = 9.0, 8.0
_LINE = 0.6
#: Text on anything darker than this is white.
_INVERTED = 0.56

Draw = Callable[["_Board", Chart], None]


def picture(chart: Chart, setter: Setter, width: float) -> Any:
    """The drawing of a chart: reportlab's, as wide as asked for, in points."""
    draw, height = _KINDS[chart.kind]
    board = _Board(setter, width, height(chart))
    draw(board, chart)
    return board.drawing


class _Board:
    """A drawing that knows the paper's fonts; y counts from the top."""

    def __init__(self, setter: Setter, width: float, height: float) -> None:
        from reportlab.graphics import shapes

        self._shapes = shapes
        self._setter = setter
        self.width, self.height = width, height
        self.drawing = shapes.Drawing(width, height)

    def line_of(self, text: str, size: float, room: float = 0) -> Line:
        """Text as it is set; shortened by … where it does not fit the room."""
        line = self._setter.line(text, size)
        while room and line.width > room and len(text) > 1:
            text = text.rstrip("…")[:-1] + "…"
            line = self._setter.line(text, size)
        return line

    def text(self, x: float, y: float, line: Line, at: str = "left", white: bool = False) -> None:
        """A line whose middle is at height y, and which begins, ends (right), or has its middle at x."""
        x -= {"left": 0.0, "middle": line.width / 2, "right": line.width}[at]
        for font, piece, wide in line.runs:
            self.drawing.add(
                self._shapes.String(
                    x,
                    self.height - y - line.size * 0.37,
                    piece,
                    fontName=font,
                    fontSize=line.size,
                    fillColor=_colour(1.0 if white else 0.0),
                )
            )
            x += wide

    def bar(self, x: float, y: float, width: float, height: float, shade: float | None) -> None:
        """A filled rectangle with a fine edge; shade None is the accent. x, y: its upper left corner."""
        self.drawing.add(
            self._shapes.Rect(
                x,
                self.height - y - height,
                width,
                height,
                fillColor=_colour(shade),
                strokeColor=_colour(0.25),
                strokeWidth=0.4,
            )
        )

    def rule(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A straight line."""
        self.drawing.add(
            self._shapes.Line(
                x1, self.height - y1, x2, self.height - y2, strokeWidth=_LINE, strokeColor=_colour(0.25)
            )
        )


def _colour(shade: float | None) -> Any:
    from reportlab.lib.colors import Color, HexColor

    return HexColor(_ACCENT) if shade is None else Color(shade, shade, shade)


def _largest(entries: Sequence[Entry]) -> int:
    return max([entry.value or 0 for entry in entries], default=0) or 1


def _number(entry: Entry) -> str:
    return "无" if entry.value is None else f"{entry.value:,}"


# --- bars ---

_BAR, _BAR_STEP = 10.0, 17.0


def _bars(board: _Board, chart: Chart) -> None:
    """Names at the left, bars from one line on, numbers and shares behind them."""
    whole = sum(entry.value or 0 for entry in chart.entries)
    room = board.width * 0.34
    names = [board.line_of(entry.name, _LABEL, room) for entry in chart.entries]
    said = [_with_share(entry, whole) for entry in chart.entries]
    numbers = [board.line_of(text, _LABEL) for text in said]
    left = max([name.width for name in names], default=0) + 6
    room = board.width - left - max([number.width for number in numbers], default=0) - 8
    largest = _largest(chart.entries)
    for row, (entry, name, number) in enumerate(zip(chart.entries, names, numbers, strict=True)):
        middle = (row + 0.5) * _BAR_STEP
        long = room * (entry.value or 0) / largest
        board.text(left - 6, middle, name, "right")
        if entry.value:
            board.bar(
                left, middle - _BAR / 2, max(long, 0.8), _BAR, None if entry.value == largest else _PLAIN
            )
        board.text(left + long + 5, middle, number)
    board.rule(left, 0, left, len(chart.entries) * _BAR_STEP)


def _with_share(entry: Entry, whole: int) -> str:
    return (
        f"{_number(entry)}（{100 * entry.value / whole:.1f}%）" if entry.value and whole else _number(entry)
    )


# --- months ---

_MONTHS_HIGH = 96.0
_NAMES_HIGH = 26.0


def _months(board: _Board, chart: Chart) -> None:
    """Columns beside each other, the last one in the accent; a month without records has a word instead."""
    step = board.width / max(len(chart.entries), 1)
    largest, foot = _largest(chart.entries), board.height - _NAMES_HIGH
    for place, entry in enumerate(chart.entries):
        middle = (place + 0.5) * step
        high = (foot - 14) * (entry.value or 0) / largest
        if entry.value:
            last = place == len(chart.entries) - 1
            board.bar(middle - step * 0.3, foot - high, step * 0.6, high, None if last else _PLAIN)
        size = _LABEL if board.line_of(_number(entry), _LABEL).width < step - 2 else 6.5
        board.text(middle, foot - high - 7, board.line_of(_number(entry), size), "middle")
        for row, word in enumerate(entry.name.split("\n")):
            board.text(middle, foot + 7 + 11 * row, board.line_of(word, _SMALL, step), "middle")
    board.rule(0, foot, board.width, foot)


# --- parts of a whole ---

_SHARE_HIGH = 22.0
_KEY_STEP = 15.0


def _share(board: _Board, chart: Chart) -> None:
    """One bar cut into its parts, and below it what each part is."""
    parts = shares(chart.entries)
    whole = sum(part.value or 0 for part in parts) or 1
    x = 0.0
    for number, (part, shade) in enumerate(zip(parts, _PARTS, strict=False), 1):
        wide = board.width * (part.value or 0) / whole
        board.bar(x, 0, wide, _SHARE_HIGH, shade)
        mark = board.line_of(str(number), _LABEL)
        if mark.width + 2 < wide:
            board.text(x + wide / 2, _SHARE_HIGH / 2, mark, "middle", _inverted(shade))
        x += wide
    for number, (part, shade) in enumerate(zip(parts, _PARTS, strict=False)):
        left, row = (number % 2) * board.width / 2, number // 2
        middle = _SHARE_HIGH + 10 + (row + 0.5) * _KEY_STEP
        board.bar(left, middle - 5, 10, 10, shade)
        board.text(left + 5, middle, board.line_of(str(number + 1), 7), "middle", _inverted(shade))
        counted = board.line_of(_with_share(part, whole), _LABEL)
        name = board.line_of(part.name, _LABEL, board.width / 2 - 30 - counted.width)
        board.text(left + 16, middle, name)
        board.text(left + 22 + name.width, middle, counted)


def _inverted(shade: float | None) -> bool:
    return shade is None or shade < _INVERTED


def _share_height(chart: Chart) -> float:
    rows = -(-len(shares(chart.entries)) // 2)
    return _SHARE_HIGH + 10 + rows * _KEY_STEP


# --- squares of a map ---

_TILE_HIGH, _TILE_GAP = 34.0, 3.0


def _tiles(board: _Board, chart: Chart) -> None:
    """Squares in their places: the more there is in one, the darker it is; its name and number stand in it."""
    across = 1 + max([entry.column for entry in chart.entries], default=0)
    wide, largest = (board.width + _TILE_GAP) / across, _largest(chart.entries)
    for entry in chart.entries:
        x, y = entry.column * wide, entry.row * (_TILE_HIGH + _TILE_GAP)
        shade = _depth(entry.value or 0, largest)
        room = wide - _TILE_GAP
        board.bar(x, y, room, _TILE_HIGH, shade)
        white = _inverted(shade)
        board.text(x + room / 2, y + 11, board.line_of(entry.name, _LABEL, room - 4), "middle", white)
        board.text(x + room / 2, y + 24, board.line_of(_number(entry), 10.5, room - 4), "middle", white)


def _depth(value: int, largest: int) -> float | None:
    """White for nothing, three greys by thirds of the largest, the accent for the largest itself."""
    if not value:
        return _NONE
    if value == largest:
        return None
    return (_LIGHT, _PLAIN, _DARK)[min(2, 3 * value // largest)]


def _tiles_height(chart: Chart) -> float:
    rows = 1 + max([entry.row for entry in chart.entries], default=0)
    return rows * (_TILE_HIGH + _TILE_GAP) - _TILE_GAP


_KINDS: Mapping[str, tuple[Draw, Callable[[Chart], float]]] = {
    "bars": (_bars, lambda chart: len(chart.entries) * _BAR_STEP),
    "months": (_months, lambda chart: _MONTHS_HIGH + _NAMES_HIGH),
    "share": (_share, _share_height),
    "tiles": (_tiles, _tiles_height),
}
