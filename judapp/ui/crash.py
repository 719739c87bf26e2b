"""Our own faults: told as what they are, with everything a developer needs, and nothing typed is lost."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler, qVersion

from judapp import __version__

RESTART = 77
"""What the window's event loop ends with when it shall start again."""


def report(error: BaseException) -> str:
    """The fault with its place and the surroundings; no figure of anybody stands in it."""
    import platform
    import traceback
    from datetime import datetime

    lines = [
        f"judapp {__version__} · Python {platform.python_version()} · Qt {qVersion()}",
        platform.platform(),
        f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S %z}",
        "",
        *traceback.format_exception(error),
    ]
    return "\n".join(line.rstrip("\n") for line in lines)


class CrashHook(QObject):
    """Brings every fault nobody caught to ``tell``, in the window's thread."""

    _fault = Signal(object)

    def __init__(self, tell: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._fault.connect(tell, Qt.ConnectionType.QueuedConnection)
        self._former = sys.excepthook, threading.excepthook
        sys.excepthook = self._uncaught
        threading.excepthook = self._in_thread

    def remove(self) -> None:
        """Leave faults to whom they went before."""
        sys.excepthook, threading.excepthook = self._former

    def _uncaught(self, kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        self._former[0](kind, error, where)
        self._fault.emit(error)

    def _in_thread(self, args: threading.ExceptHookArgs) -> None:
        self._former[1](args)
        if args.exc_value is not None:
            self._fault.emit(args.exc_value)


def quiet_qt() -> None:
    """Qt's messages go where a developer looks, not over what a person typed."""

    def told(kind: QtMsgType, _context: object, message: str) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) and sys.stderr is not None:
            sys.stderr.write(f"Qt: {message}\n")

    qInstallMessageHandler(told)
