"""Colours, sizes, fonts, and icons. resources/style.qss says how they are used; painted things take them from here.

In the style sheet `@name` is a colour and `@px(n)` a length that grows with large type (大字).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

RESOURCES = Path(__file__).resolve().parents[2] / "resources"

BODY_PT, SMALL_PT, TITLE_PT, NUMBER_PT = 10.5, 9.0, 13.0, 20.0
#: What the 大字 switch offers.
SCALES: Mapping[str, float] = {"标准": 1.0, "大": 1.25, "特大": 1.5}
MODES: Mapping[str, str] = {"auto": "跟随系统", "light": "浅色", "dark": "深色"}


@dataclass(frozen=True)
class Tokens:
    """The colours of one mode. A meaning always has a word or a shape beside its colour."""

    paper: str
    ground: str
    line: str
    ink: str
    second: str
    faint: str
    accent: str
    accent_ink: str
    hover: str
    selection: str
    amber: str
    amber_ground: str
    red: str
    red_ground: str
    green: str
    green_ground: str
    violet: str
    petition: str
    mediation: str
    consultation: str
    handover: str


LIGHT = Tokens(
    paper="#FFFFFF",
    ground="#F4F6F8",
    line="#DDE3E8",
    ink="#1B2733",
    second="#5B6B7A",
    faint="#667684",
    accent="#1F5FA8",
    accent_ink="#FFFFFF",
    hover="#EDF2F7",
    selection="#E3EEFA",
    amber="#8F5A0B",
    amber_ground="#FBF3E2",
    red="#B3261E",
    red_ground="#FBEAE9",
    green="#2E7D4F",
    green_ground="#E7F3EC",
    violet="#6B4FA0",
    petition="#1F5FA8",
    mediation="#13757A",
    consultation="#55657A",
    handover="#8A5A2B",
)

DARK = Tokens(
    paper="#1F262E",
    ground="#171C22",
    line="#323C46",
    ink="#E6EBF0",
    second="#9AA8B5",
    faint="#8C99A6",
    accent="#6FA8E6",
    accent_ink="#10161D",
    hover="#28313B",
    selection="#2A3B4E",
    amber="#E0A94A",
    amber_ground="#332B1C",
    red="#F0877F",
    red_ground="#3A2422",
    green="#6CC08C",
    green_ground="#1F3327",
    violet="#B39DDB",
    petition="#6FA8E6",
    mediation="#5CBFC4",
    consultation="#A5B3C4",
    handover="#D2A26F",
)


@dataclass
class _Current:
    """The one theme in force."""

    tokens: Tokens = LIGHT
    scale: float = 1.0


_current = _Current()


def tokens() -> Tokens:
    """The colours in force."""
    return _current.tokens


def color(name: str) -> QColor:
    """A colour in force, by its name."""
    return QColor(getattr(_current.tokens, name))


def px(length: float) -> int:
    """A length at the size of type in force."""
    return round(length * _current.scale)


def flow_color(flow: str) -> QColor:
    """The colour of a flow's tag."""
    return color(flow if flow in ("petition", "mediation", "consultation", "handover") else "second")


def font(points: float = BODY_PT, *, bold: bool = False) -> QFont:
    """The desk's font at a size, grown with large type."""
    made = QFont(QApplication.font())
    made.setPointSizeF(points * _current.scale)
    made.setBold(bold)
    return made


def load_fonts() -> None:
    """Bring the shipped font, so that the desk looks the same on every machine."""
    for path in sorted((RESOURCES / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def apply(app: QApplication, mode: str = "auto", scale: float = 1.0) -> None:
    """Put a mode (light, dark, auto) and a size of type in force, over every open window."""
    choose(app, mode, scale)
    lay_on(app)


def choose(app: QApplication, mode: str = "auto", scale: float = 1.0) -> None:
    """Let what is built from now on have this look; what is there already gets it with `lay_on`."""
    dark = mode == "dark" or (
        mode == "auto" and QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    )
    _current.tokens, _current.scale = DARK if dark else LIGHT, scale
    icon.cache_clear()
    families = ["Noto Sans SC", "Microsoft YaHei UI", "HanaMinB", "SimSun-ExtB"]
    body = QFont()
    body.setFamilies(families)
    body.setPointSizeF(BODY_PT * scale)
    if app.font() != body:
        app.setFont(body)
    palette = _palette(_current.tokens)
    if app.palette() != palette:
        app.setPalette(palette)


def lay_on(app: QApplication) -> None:
    """Dress every widget in the look chosen. A new window is dressed once it is built: widget by widget takes longer."""
    sheet = _style_sheet()
    if app.styleSheet() != sheet:
        app.setStyleSheet(sheet)


def mark(widget: QWidget, name: str, value: object) -> None:
    """Give a widget a property the style sheet looks at (state, tone …), and dress it anew when that is another one."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _style_sheet() -> str:
    text = (RESOURCES / "style.qss").read_text("utf-8")
    named = {name.name: getattr(_current.tokens, name.name) for name in fields(Tokens)}
    text = re.sub(r"@px\(([0-9.]+)\)", lambda length: f"{px(float(length[1]))}px", text)
    text = re.sub(r"@pt\(([0-9.]+)\)", lambda size: f"{float(size[1]) * _current.scale:g}pt", text)
    text = re.sub(r"@icon\((\w+)\)", lambda name: _icon_file(name[1]), text)
    return re.sub(r"@(\w+)", lambda name: named[name[1]], text)


def _icon_file(name: str) -> str:
    """A coloured copy of an icon for the style sheet, which takes files only; written once a colour."""
    hue = _current.tokens.accent_ink if name == "save" else _current.tokens.second
    path = Path(_icon_folder().name) / f"{name}-{hue.lstrip('#')}.svg"
    if not path.exists():
        path.write_text(_svg(name, hue), "utf-8")
    return path.as_posix()


@cache
def _icon_folder() -> TemporaryDirectory[str]:
    """This process's own, gone with it: a name others can guess could be a folder of theirs."""
    return TemporaryDirectory(prefix="qingyuan-desk-")


def _palette(colors: Tokens) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, name in (
        (roles.Window, colors.ground),
        (roles.WindowText, colors.ink),
        (roles.Base, colors.paper),
        (roles.AlternateBase, colors.ground),
        (roles.Text, colors.ink),
        (roles.Button, colors.paper),
        (roles.ButtonText, colors.ink),
        (roles.ToolTipBase, colors.paper),
        (roles.ToolTipText, colors.ink),
        (roles.PlaceholderText, colors.faint),
        (roles.Highlight, colors.selection),
        (roles.HighlightedText, colors.ink),
        (roles.Link, colors.accent),
        (roles.Mid, colors.line),
        (roles.Light, colors.paper),
        (roles.Dark, colors.line),
    ):
        palette.setColor(role, QColor(name))
    disabled = QPalette.ColorGroup.Disabled
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        palette.setColor(disabled, role, QColor(colors.faint))
    return palette


@lru_cache(maxsize=256)
def icon(name: str, tone: str = "second", active: str = "") -> QIcon:
    """A line icon of resources/icons in a colour of the theme; `active`: the colour when checked."""
    made = QIcon()
    for state, used in ((QIcon.State.Off, tone), (QIcon.State.On, active or tone)):
        made.addPixmap(_pixmap(name, getattr(_current.tokens, used)), QIcon.Mode.Normal, state)
    made.addPixmap(_pixmap(name, _current.tokens.faint), QIcon.Mode.Disabled)
    return made


def _pixmap(name: str, hue: str, size: int = 24) -> QPixmap:
    """The icon at three times its size, so that it stays sharp at 150 % and 200 %."""
    source = _svg(name, hue)
    ratio = 3
    pixmap = QPixmap(QSize(size, size) * ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(source.encode())).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _svg(name: str, hue: str) -> str:
    return (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8").replace("currentColor", hue)
