"""Starting the window: one for each data folder, with our fonts, colours, Chinese texts, and a place for faults to go."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import sys
import threading
from collections.abc import Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QLibraryInfo,
    QLocale,
    QLockFile,
    QMessageLogContext,
    Qt,
    QTimer,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QMessageBox

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.session import Session
from qingyuan_desk.desk.widgets import background
from qingyuan_desk.desk.window import Window
from qingyuan_desk.domain.errors import Unavailable
from qingyuan_desk.services import upkeep
from qingyuan_desk.services.office import Office

log = logging.getLogger(__name__)

LACKING = 3
#: In Qt's messages: Chinese words and long numbers.
_PERSONAL = re.compile(r"[^\x00-\x7f]+|[0-9]{6,}")
#: What warming up and looking after the data wait for after the window is shown (milliseconds).
_AFTER_START, _HOUR = 1_500, 3_600_000


def run(argv: Sequence[str], folder: Path, account: str = "clerk") -> int:
    """Open the desk on a data folder; the exit code when its window is closed."""
    hear_qt()
    app = make_application(argv)
    guard = OneWindow(folder)
    if not guard.first():
        return 0
    try:
        office = Office.open(folder)
    except Unavailable as error:
        _say_before_opening(error.sentence)
        return LACKING
    try:
        window = open_window(app, office, account)
        guard.raised = window
        keep_log(folder)
        catch_faults(window.session)
        window.show()
        _look_after(window)
        return app.exec()
    finally:
        background.wait_for_all()
        office.close()
        guard.release()


def has_screen() -> bool:
    """Whether a window can be seen: not when Qt draws offscreen, nor on Linux without a display."""
    if os.environ.get("QT_QPA_PLATFORM"):
        return os.environ["QT_QPA_PLATFORM"] != "offscreen"
    named = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(named) or not sys.platform.startswith("linux")


def make_application(argv: Sequence[str]) -> QApplication:
    """The one QApplication, with the shipped font; Qt's own texts and calendars are Chinese on every machine."""
    made = QApplication.instance()
    app = made if isinstance(made, QApplication) else QApplication(list(argv) or ["qingyuan-desk"])
    app.setApplicationName("qingyuan-desk")
    app.setApplicationDisplayName("清苑解纷台")
    QGuiApplication.setDesktopFileName("qingyuan-desk")
    app.setStyle("Fusion")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    background.prepare()
    theme.load_fonts()
    return app


def open_window(app: QApplication, office: Office, account: str = "clerk") -> Window:
    """A window on an open office, in the look this machine prefers."""
    session = Session(office, office.actor(account), app)
    theme.choose(app, *session.look)
    window = Window(session)
    theme.lay_on(app)
    return window


class OneWindow:
    """One window for each data folder: a second start raises the first one's window."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._name = "qingyuan-desk-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
        self._server = QLocalServer()
        self._lock: QLockFile | None = None
        self.raised: Window | None = None

    def first(self) -> bool:
        """Whether this is the first window on the folder. Otherwise the other one was raised, or it is said who has it."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return True  # opening the office says what is wrong
        lock = QLockFile(str(self._folder / "window.qyd-lock"))
        lock.setStaleLockTime(0)
        if lock.tryLock(0):
            self._lock = lock
            self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
            QLocalServer.removeServer(self._name)
            self._server.listen(self._name)
            self._server.newConnection.connect(self._raise)
            return True
        if lock.error() != QLockFile.LockError.LockFailedError:
            return True  # a folder that cannot be written to; the office opens for reading only
        if not self._knock():
            _, host, _ = lock.getLockInfo()
            _say_before_opening(f"这个数据文件夹正在“{host}”上使用。请先关闭那边的窗口，再打开这里的。")
        return False

    def release(self) -> None:
        """Let the next window in."""
        self._server.close()
        if self._lock is not None:
            self._lock.unlock()

    def _knock(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        return socket.waitForConnected(1_000)

    def _raise(self) -> None:
        self._server.nextPendingConnection().close()
        if self.raised is not None:
            self.raised.showNormal()
            self.raised.raise_()
            self.raised.activateWindow()


def _say_before_opening(sentence: str) -> None:
    """Why there is no window. The names of folders and machines in it are plain text too."""
    box = QMessageBox(QMessageBox.Icon.Warning, "清苑解纷台", "")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    box.exec()


def keep_log(folder: Path) -> None:
    """Faults go to desk.log in the data folder: class and place, never what a person said."""
    try:
        handler = RotatingFileHandler(folder / "desk.log", maxBytes=500_000, backupCount=2, encoding="utf-8")
    except OSError:
        return  # a folder that cannot be written to keeps no log
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    root = logging.getLogger("qingyuan_desk")
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def hear_qt() -> None:
    """Qt's own messages go to the log, not to the terminal; names and numbers in them, such as a file's, are left out."""

    def hear(kind: QtMsgType, _: QMessageLogContext, text: str) -> None:
        level = logging.ERROR if kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg) else logging.INFO
        log.log(level, "Qt: %s", _PERSONAL.sub("…", text))

    qInstallMessageHandler(hear)


def catch_faults(session: Session) -> None:
    """An exception in a slot is only printed by Qt's binding, and the clerk would see nothing: tell it."""
    told: set[str] = set()

    def hook(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        described = background.describe(fault.with_traceback(trace))
        log.error("%s", described)
        if described not in told:
            told.add(described)
            session.tell(Unavailable("QY-199", cause=kind.__name__))

    sys.excepthook = hook
    threading.excepthook = lambda args: hook(
        args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
    )


def _look_after(window: Window) -> None:
    """After the window is up: warm what the first slip and the first search need, and make the day's backup."""
    session = window.session

    def warm() -> None:
        background.ask(window, upkeep.warm)
        back_up()

    def back_up() -> None:
        if session.office.read_only is None:
            background.ask(
                window,
                upkeep.daily_backup,
                session.office,
                session.actor,
                then=window.backed_up,
                failed=session.tell,
            )

    QTimer.singleShot(_AFTER_START, window, warm)
    hourly = QTimer(window)
    hourly.timeout.connect(back_up)
    hourly.start(_HOUR)
