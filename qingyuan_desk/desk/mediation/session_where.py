"""How and where a session is held: on site in a room or elsewhere, by phone, or by remote video (现场、电话、远程视频)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.widgets import parts
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option, Segments
from qingyuan_desk.desk.widgets.fields import Field, LineEdit
from qingyuan_desk.domain.mediation.codes import MODES, SESSION_KINDS
from qingyuan_desk.domain.reference import Reference

#: Mode → what is asked for: field → caption and hint.
_ASKED: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "site": {"room": ("房间", "中心的房间"), "place": ("或者在", "村委会、现场等，例如：冉庄村委会")},
    "phone": {"link": ("电话号码", "打哪个号码，例如：0312-0000000")},
    "video": {
        "link": ("会议号", "或者链接，例如 823 114 905"),
        "place": ("远程地点", "例如：冉庄地道战景区"),
    },
}

#: Fields that keep no line free: what is chosen from segments is never wrong.
_SEGMENTS = ("kind", "mode")


@dataclass(frozen=True)
class Spot:
    """What was said of how and where."""

    kind: str = "mediation"
    mode: str = "site"
    room: str = ""
    place: str = ""
    link: str = ""


class Where(QWidget):
    """Kind, mode, and then what the mode asks for."""

    def __init__(self, name: str, reference: Reference, *, width: int = 76) -> None:
        super().__init__()
        self.kind = Segments(f"{name}_kind", parts.options(SESSION_KINDS))
        self.mode = Segments(f"{name}_mode", parts.options(MODES))
        self.room = ChoiceBox(f"{name}_room")
        self.room.set_options(Option(room.code, room.name, (room.code,)) for room in reference.rooms)
        self.place = LineEdit(f"{name}_place")
        self.link = LineEdit(f"{name}_link")
        captions = {"kind": "类别", "mode": "方式", "room": "", "place": "", "link": ""}
        self.fields = {
            field: Field(caption, getattr(self, field), label_width=width, lines=field not in _SEGMENTS)
            for field, caption in captions.items()
        }
        self.mode.chosen.connect(lambda code: self._ask(code or "site"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        for pair in (("kind", "mode"), ("room", "link", "place")):
            row = QHBoxLayout()
            row.setSpacing(theme.px(16))
            for field in pair:
                row.addWidget(self.fields[field], 1)
            column.addLayout(row)
        self._ask("site")

    @property
    def spot(self) -> Spot:
        """What was chosen; what the mode does not ask for is left out."""
        asked = _ASKED[self.mode.code or "site"]
        said = {field: parts.read(getattr(self, field)) for field in asked}
        return Spot(self.kind.code or "mediation", self.mode.code or "site", **said)

    def fill(self, spot: Spot) -> None:
        """Show what was said before."""
        for field in self.fields:
            parts.fill(getattr(self, field), getattr(spot, field))
        self._ask(spot.mode)

    def _ask(self, mode: str) -> None:
        """Show the fields of a mode; Tab passes over the others."""
        self.mode.set_code(mode)
        for field in ("room", "place", "link"):
            caption, hint = _ASKED[mode].get(field, ("", ""))
            self.fields[field].setVisible(bool(caption))
            if caption:
                self.fields[field].caption.setText(caption)
                editor = getattr(self, field)
                editor.setAccessibleName(caption)
                (editor.lineEdit() if isinstance(editor, ChoiceBox) else editor).setPlaceholderText(hint)
