"""The one way a page calls a service: off the GUI thread, the answer back on it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot
from PySide6.QtWidgets import QWidget

from qingyuan_desk.domain.errors import DeskError, Unavailable

log = logging.getLogger(__name__)

#: So many calls may be under way at once, however few processors there are: a long import must not keep others waiting.
_AT_ONCE = 4


class Task:
    """A call under way. `drop()`: its answer is no longer wanted."""

    def __init__(self) -> None:
        self.wanted = True

    def drop(self) -> None:
        """Forget the answer; the call itself runs to its end."""
        self.wanted = False


def ask(
    owner: QObject,
    function: Callable[..., Any],
    *args: Any,
    then: Callable[[Any], None] | None = None,
    failed: Callable[[DeskError], None] | None = None,
    busy: QWidget | None = None,
    **named: Any,
) -> Task:
    """Call a service in the background; `then` gets its result, `failed` its error, both on the GUI thread.

    owner: when it is gone, nobody is told. busy: a button that is disabled meanwhile, so that a second press does nothing.
    An exception that is no DeskError is a fault of ours: it is logged by class and place, never with its text, which
    may quote what a person said, and told as QY-199.
    """
    task = Task()
    if busy is not None:
        busy.setEnabled(False)

    def deliver(result: Any, error: DeskError | None) -> None:
        if busy is not None and shiboken6.isValid(busy):
            busy.setEnabled(True)
        if not task.wanted or not shiboken6.isValid(owner):
            return
        task.wanted = False
        if error is None:
            if then is not None:
                then(result)
        elif failed is not None:
            failed(error)

    QThreadPool.globalInstance().start(_Call(function, args, named, deliver))
    return task


def wait_for_all(milliseconds: int = 10_000) -> bool:
    """At the end of the program: let calls under way finish."""
    return QThreadPool.globalInstance().waitForDone(milliseconds)


def describe(error: BaseException) -> str:
    """An error's class and where it happened, without its text."""
    place, trace = "", error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        place = f"{code.co_filename.replace(chr(92), '/').split('/')[-1]}:{trace.tb_lineno} {code.co_name}"
        trace = trace.tb_next
    return f"{type(error).__name__} at {place}"


class _Call(QRunnable):
    def __init__(
        self,
        function: Callable[..., Any],
        args: tuple[Any, ...],
        named: dict[str, Any],
        deliver: Callable[[Any, DeskError | None], None],
    ) -> None:
        super().__init__()
        self._call = lambda: function(*args, **named)
        self._deliver = deliver

    def run(self) -> None:
        result, error = None, None
        try:
            result = self._call()
        except DeskError as refused:
            error = refused
        except Exception as fault:  # every fault must reach the person at the desk as a sentence
            log.error("%s", describe(fault))
            error = Unavailable("QY-199", cause=type(fault).__name__)
        post = _post()
        if shiboken6.isValid(post):  # else the program has ended, and nobody is left to tell
            post.delivered.emit(lambda: self._deliver(result, error))


class _Post(QObject):
    """Lives on the GUI thread and carries out there what other threads hand over."""

    delivered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.delivered.connect(self._carry_out, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _carry_out(self, act: Callable[[], None]) -> None:
        act()


_posts: list[_Post] = []


def _post() -> _Post:
    return _posts[0]


def prepare() -> None:
    """Called once on the GUI thread, when the application is made."""
    if not _posts:
        _posts.append(_Post())
        pool = QThreadPool.globalInstance()
        pool.setMaxThreadCount(max(_AT_ONCE, pool.maxThreadCount()))
