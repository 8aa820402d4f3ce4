"""The page sheets between organs stand on: boxes that are labelled at their left, with room to write and to sign in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qingyuan_desk.documents.forms.sheet import FormPage

#: The share of the width a label takes.
_LABEL = 0.18
#: What stands for a box to tick in a line of text, and for a ticked one.
_OPEN, _TICKED = "□", "■"


@dataclass(frozen=True)
class Box:
    """A labelled box. least: how many lines it is high at least. signs: who signs at its right foot, and on which day."""

    label: str
    value: str = ""
    least: int = 1
    signs: str = ""


class BoxPage(FormPage):
    """Collects the strips of a sheet of boxes."""

    def boxes(self, *rows: Sequence[Box]) -> None:
        """Rows of one or more boxes beside each other; labels of all rows are equally wide."""
        sheet = self.sheet
        for row in rows:
            each = sheet.inner / len(row)
            label = sheet.inner * _LABEL
            cells = []
            for number, box in enumerate(row):
                x = sheet.side + number * each
                cells.append(self._cell(x, label, box.label, sheet.label, "middle"))
                cells.append(
                    self._cell(x + label, each - label, self._held(box, each - label), sheet.value, "left")
                )
            self._box(cells, sheet.value * 1.4 * sheet.leading, least=max(box.least for box in row))

    def _held(self, box: Box, width: float) -> str:
        """What stands in a box: its value, then room, then at the right foot who signs and a day."""
        if not box.signs:
            return box.value
        size = self.sheet.value
        inside = width - 8
        foot = f"{box.signs}：　　　　　　　　　年　　月　　日"
        across = self.setter.line(foot, size).width
        pad = "　" * max(0, int((inside - across) / self.setter.line("　", size).width))
        used = len(self.setter.lines(box.value, size, inside)) if box.value else 0
        room = max(box.least - 1 - used, 1)
        return "\n".join([*([box.value] if used else []), *[""] * room, pad + foot])


def ticks(table: Mapping[str, str], chosen: str) -> str:
    """Names to choose from in one line of text, the chosen one ticked."""
    return "　".join(f"{_TICKED if code == chosen else _OPEN}{name}" for code, name in table.items())
