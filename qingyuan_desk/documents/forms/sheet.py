"""The sheet official forms stand on: lines to write on, choices to tick, places to sign and to seal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qingyuan_desk.documents.blocks import Composer
from qingyuan_desk.documents.page import MM, SHEETS, Pen, Sheet, Strip, paginate
from qingyuan_desk.documents.typeset import Line, Setter

#: A4 with room to bind at the side and type large enough for everybody who signs.
SHEET: Sheet = replace(
    SHEETS["a4"],
    side=25 * MM,
    top=20 * MM,
    bottom=19 * MM,
    value=12,
    body=12,
    heading=12.5,
    cell=10.5,
    leading=1.15,
)
#: The same with closer lines, then with smaller type, tried in turn.
DENSER: tuple[Sheet, ...] = (
    replace(SHEET, top=17 * MM, bottom=17 * MM, leading=1.0),
    replace(SHEET, top=16 * MM, bottom=16 * MM, value=11, body=11, cell=9.5, small=8.5, air=3, leading=0.94),
    replace(
        SHEET, top=15 * MM, bottom=15 * MM, value=11, body=10.5, cell=9.5, small=8.5, air=3, leading=0.92
    ),
)
#: A cover, read from farther away.
COVER: Sheet = replace(SHEET, value=15, body=14)

#: Height of a line to write on, of a line already filled, of a place to sign, in points.
_WRITING, _WRITTEN, _SIGNING = 27.0, 23.0, 33.0
#: From a label to what is filled in, and from that to the next label, in points.
_GAP, _APART = 4.0, 10.0
#: Seals of people's mediation committees are 42 mm wide; those of companies are given as much.
_SEAL = 42 * MM
#: More places to sign than this may go over a page's end.
_TOGETHER = 8


@dataclass(frozen=True)
class Entry:
    """A label with a line behind it, and what stands on the line.

    share: its part of the width. room: how wide the label is at least, in type sizes, so that lines begin below each other.
    """

    label: str
    value: str = ""
    share: float = 1
    room: float = 0


@dataclass(frozen=True)
class Place:
    """A place to sign. sealed: the seal of a company or an organ belongs beside it."""

    label: str
    sealed: bool = False


class FormPage(Composer):
    """Collects the strips of one official form.

    draft: seal places are shown as thin circles. by_hand: nothing is filled in, so that lines are higher.
    """

    def __init__(
        self, setter: Setter, sheet: Sheet = SHEET, *, draft: bool = False, by_hand: bool = False
    ) -> None:
        super().__init__(sheet, setter)
        self.draft = draft
        self.by_hand = by_hand

    # words

    def title(self, text: str, below: str = "") -> None:
        """The title, and a line in brackets below it."""
        self._centred(text, self.sheet.title, 1.5, bold=True)
        if below:
            self._centred(below, self.sheet.body, 1.7)
        self.space(10 * self.sheet.leading, glued=True)

    def centred(self, text: str, size: float, *, bold: bool = False) -> None:
        """Lines in the middle, as on a cover."""
        self._centred(text, size, 1.6, bold=bold)

    def at_right(self, text: str) -> None:
        """A line at the right, such as the number under the title."""
        for line in self.setter.lines(text, self.sheet.value, self.sheet.inner):
            x = self.sheet.width - self.sheet.side - line.width
            self._text([(x, line)], self.sheet.value * 1.7, glued=True)
        self.space(4 * self.sheet.leading, glued=True)

    def label(self, text: str) -> None:
        """A label in bold over what it names."""
        self.space(6 * self.sheet.leading, glued=True)
        for line in self.setter.lines(f"{text}：", self.sheet.body, self.sheet.inner, bold=True):
            self._text([(self.sheet.side, line)], self.sheet.body * 1.65, glued=True)

    def part(self, label: str, text: str, rows: int) -> None:
        """A label and a text of any length below it, or so many lines to write on when there is none."""
        self.label(label)
        if text:
            self.paragraph(text)
        else:
            self.writing(rows)

    def numbered(self, label: str, texts: Sequence[str], rows: int) -> None:
        """A label and numbered lines below it; so many empty ones when there are none."""
        self.label(label)
        if texts:
            self.items(texts)
        else:
            for number in range(1, rows + 1):
                self.written([Entry(f"{number}.")])

    # lines

    def writing(self, rows: int) -> None:
        """Empty lines to write on; the first stays with what stands before, the last with what follows."""
        left, right = self.sheet.side, self.sheet.width - self.sheet.side

        def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
            pen.rule(left, top - _WRITING + 4, right, top - _WRITING + 4)

        self.strips += [Strip(_WRITING, draw) for _ in range(rows)]

    def written(self, entries: Sequence[Entry]) -> None:
        """Labels beside each other, each with its line; one below the other where what stands on one is too long."""
        setter, size = self.setter, self.sheet.value
        total = sum([entry.share for entry in entries])
        placed: list[tuple[float, Line, float, Line | None, float]] = []
        x = self.sheet.side
        for number, entry in enumerate(entries, 1):
            width = self.sheet.inner * entry.share / total - (_APART if number < len(entries) else 0)
            mark = setter.line(entry.label, size)
            value = setter.line(entry.value, size) if entry.value else None
            start = x + max(mark.width, entry.room * size) + _GAP
            if "\n" in entry.value or start + (value.width if value else 24) > x + width:
                for each in entries:
                    self._hung(each)
                return
            placed.append((x, mark, start, value, x + width))
            x += width + _APART
        height = max(_WRITING if self.by_hand else _WRITTEN, size * 1.8)

        def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
            foot = top - height + 4
            for left, mark, start, value, end in placed:
                pen.line(left, foot + 4, mark)
                if value:
                    pen.line(start + 2, foot + 4, value)
                pen.rule(start, foot, end, foot)

        self.strips.append(Strip(height, draw))

    def choices(self, label: str, names: Sequence[str], ticked: Sequence[bool]) -> None:
        """Boxes to tick behind a label, as many to a line as there is room for."""
        size, inner, left = self.sheet.value, self.sheet.inner, self.sheet.side
        mark = self.setter.line(f"{label}：" if label.strip() else label or "　　", size)
        check = self.setter.line("√", size)
        rows: list[list[tuple[float, Line, bool | None]]] = [[]]
        x = mark.width + _GAP
        for name, chosen in zip(names, ticked, strict=True):
            for number, line in enumerate(self.setter.lines(name, size, inner - mark.width - 2 * size)):
                if rows[-1] and (number or x + line.width + 1.6 * size > inner):
                    rows.append([])
                    x = mark.width + _GAP
                rows[-1].append((left + x, line, None if number else chosen))
                x += line.width + 2.6 * size
        for number, row in enumerate(rows):
            self.strips.append(self._boxes(row, None if number else mark, check))

    def turn(self) -> None:
        """What follows begins a page."""
        self.strips.append(Strip(0, _nothing, glued=True, turns=True))

    # signing

    def signed(self, label: str, places: Sequence[Place]) -> None:
        """A label and places to sign below it, on the page of the text they belong to."""
        if self.strips:
            self.keep()
        self.label(label)
        rows = self._rows(places)
        again = (self._again(f"{label}，续："),)
        for number, row in enumerate(rows, 1):
            together = len(rows) <= _TOGETHER or number == 1 or number >= len(rows) - 1
            self.strips.append(self._places(row, glued=together and number < len(rows), repeat=again))

    def attested(self, left: Sequence[str], right: Sequence[str]) -> None:
        """Places to sign at the left; who seals, and the day, at the right, where the seal comes upon them.

        They stay with what stands before. Where nobody seals, places to sign stand beside each other.
        """
        if self.strips:
            self.keep()
        if not right:
            rows = self._rows([Place(each) for each in left])
            self.strips += [self._places(row, glued=row is not rows[-1], repeat=()) for row in rows]
            return
        setter, sheet, size = self.setter, self.sheet, self.sheet.body
        half = sheet.inner / 2
        middle = sheet.width - sheet.side - half / 2
        lines = [line for text in right for line in setter.lines(text, size, half)]
        marks = [setter.lines(f"{name}：", size, half * 0.62) for name in left]
        leading = size * 1.7
        height = max(len(left) * _SIGNING + 4, len(lines) * leading + 8, _SEAL + 6)
        draft = self.draft

        def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
            centre = top - height / 2
            if draft:
                pen.circle(middle, centre, _SEAL / 2)
            for row, line in enumerate(lines):
                baseline = centre + (len(lines) / 2 - row - 0.5) * leading - size * 0.37
                pen.line(middle - line.width / 2, baseline, line)
            for number, mark in enumerate(marks):
                foot = top - (number + 1) * _SIGNING
                _signature(pen, sheet.side, foot, half - 16, mark, size)

        self.strips.append(Strip(height, draw))

    def foot(self, texts: Sequence[str]) -> None:
        """Lines at the right foot, without a seal: who, and the day. They stay with what stands before."""
        if self.strips:
            self.keep()
        self.space(6, glued=True)
        lines = [
            line for text in texts for line in self.setter.lines(text, self.sheet.body, self.sheet.inner)
        ]
        for number, line in enumerate(lines, 1):
            x = self.sheet.width - self.sheet.side - line.width
            self._text([(x, line)], self.sheet.body * 1.7, glued=number < len(lines))

    # cutting

    def torn_off(self, fill: Callable[[], None]) -> None:
        """What `fill` puts on the page stands at its foot below a dashed line, to be cut off and kept."""
        before = len(self.strips)
        fill()
        piece = [self._dashes(), *self.strips[before:]]
        del self.strips[before:]
        used = paginate(self.sheet, self.strips)[-1]
        room = self.sheet.height - self.sheet.top - self.sheet.bottom - sum([each.height for each in used])
        spare = room - sum([each.height for each in piece])
        if spare > 1:
            self.space(spare - 1)
        self.strips += [replace(each, glued=True) for each in piece[:-1]]
        self.strips.append(piece[-1])

    def _dashes(self) -> Strip:
        left, right = self.sheet.side, self.sheet.width - self.sheet.side
        words = self.setter.line("（沿虚线裁下）", self.sheet.small)
        middle, half = self.sheet.width / 2, words.width / 2 + 6

        def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
            x = left
            while x < right:
                if not middle - half < x < middle + half:
                    pen.rule(x, top - 12, min(x + 4, right), top - 12)
                x += 7
            pen.line(middle - words.width / 2, top - 15, words)

        return Strip(24, draw)

    # making strips

    def _hung(self, entry: Entry) -> None:
        """A label and what is filled in behind it, on as many lines as that takes."""
        setter, sheet, size = self.setter, self.sheet, self.sheet.value
        mark = setter.line(entry.label, size)
        hang = min(max(mark.width, entry.room * size) + _GAP, sheet.inner * 0.5)
        marks = setter.lines(entry.label, size, hang - _GAP / 2)
        lines = setter.lines(entry.value, size, sheet.inner - hang - 2)
        left, start, right = sheet.side, sheet.side + hang, sheet.width - sheet.side
        for number in range(max(len(marks), len(lines))):
            self.strips.append(
                _on_line(
                    left,
                    start,
                    right,
                    marks[number] if number < len(marks) else None,
                    lines[number] if number < len(lines) else None,
                )
            )

    def _boxes(self, row: Sequence[tuple[float, Line, bool | None]], mark: Line | None, check: Line) -> Strip:
        """A line of boxes and their names; None is the rest of a long name, which has no box."""
        size, left = self.sheet.value, self.sheet.side
        side = size * 0.9

        def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
            baseline = top - _WRITTEN / 2 - size * 0.37
            if mark:
                pen.line(left, baseline, mark)
            for x, line, chosen in row:
                if chosen is not None:
                    pen.box(x, baseline - size * 0.12, side, side)
                if chosen:
                    pen.line(x + size * 0.05, baseline, check)
                pen.line(x + size * 1.25, baseline, line)

        return Strip(_WRITTEN, draw)

    def _rows(self, places: Sequence[Place]) -> list[list[Place]]:
        """Two to a row where their labels leave room; one that is sealed has a row to itself."""
        rows: list[list[Place]] = []
        for place in places:
            if rows and len(rows[-1]) == 1 and self._short(rows[-1][0]) and self._short(place):
                rows[-1].append(place)
            else:
                rows.append([place])
        return rows

    def _short(self, place: Place) -> bool:
        across = self.setter.line(f"{place.label}：", self.sheet.body).width
        return not place.sealed and across <= self.sheet.inner / 2 * 0.55

    def _places(self, row: Sequence[Place], glued: bool, repeat: tuple[Strip, ...]) -> Strip:
        setter, sheet, size = self.setter, self.sheet, self.sheet.body
        sealed = row[0].sealed
        each = sheet.inner / 2 if self._short(row[0]) else sheet.inner
        marks = [setter.lines(f"{place.label}：", size, each * 0.62) for place in row]
        height = max(_SIGNING, max([len(mark) for mark in marks]) * size * 1.4 + 12)
        height = max(height, _SEAL * 0.8) if sealed else height
        if sealed:
            each = sheet.inner - _SEAL - 10
        seal = setter.line("（印章）", size)
        draft = self.draft and sealed
        middle = sheet.width - sheet.side - _SEAL / 2

        def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
            foot = top - height / 2 - _SIGNING / 2 + 4 if sealed else top - height + 4
            for number, mark in enumerate(marks):
                _signature(pen, sheet.side + number * each, foot, each - 16, mark, size)
            if sealed:
                pen.line(middle - seal.width / 2, top - height / 2 - size * 0.37, seal)
            if draft:
                pen.circle(middle, top - height / 2, _SEAL * 0.38)

        return Strip(height, draw, glued, repeat)

    def _again(self, text: str) -> Strip:
        line = self.setter.line(text, self.sheet.small)
        left = self.sheet.side

        def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
            pen.line(left, top - 12, line)

        return Strip(18, draw, glued=True)


def fitted(
    fill: Callable[[FormPage], None],
    setter: Setter,
    sheet: Sheet = SHEET,
    *,
    draft: bool = False,
    by_hand: bool = False,
) -> FormPage:
    """A filled page; what runs over onto a second sheet is set closer where it fits on one that way."""
    page = FormPage(setter, sheet, draft=draft, by_hand=by_hand)
    fill(page)
    for denser in DENSER:
        if page.pages == 1:
            break
        closer = FormPage(setter, denser, draft=draft, by_hand=by_hand)
        fill(closer)
        if 2 * closer.pages <= page.pages:
            return closer
    return page


def _nothing(pen: Pen, top: float, opens: bool, closes: bool) -> None:
    """A strip without ink."""


def _signature(pen: Pen, x: float, foot: float, width: float, mark: Sequence[Line], size: float) -> None:
    """A label of one or more lines and a rule to sign on."""
    for row, line in enumerate(reversed(mark)):
        pen.line(x, foot + 3 + row * size * 1.4, line)
    pen.rule(x + mark[-1].width, foot, x + width, foot)


def _on_line(left: float, start: float, right: float, mark: Line | None, value: Line | None) -> Strip:
    def draw(pen: Pen, top: float, opens: bool, closes: bool) -> None:
        foot = top - _WRITTEN + 4
        if mark:
            pen.line(left, foot + 4, mark)
        if value:
            pen.line(start + 2, foot + 4, value)
        pen.rule(start, foot, right, foot)

    return Strip(_WRITTEN, draw)
