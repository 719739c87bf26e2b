"""A process that reads workbooks for the program: what a hostile file breaks is not the window.

It is the program itself, started with one hidden word (``judapp.cli``). It looks into the data file without
writing and answers every order with one reply. It ends with the program: then its pipe of orders closes.
"""

from __future__ import annotations

import gc
import os
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from judapp.app.import_candidates import Decision
from judapp.app.import_matching import Recogniser
from judapp.app.reading_frames import (
    FAULT,
    HEAD,
    TOO_LARGE,
    Begin,
    Failed,
    Found,
    Job,
    Layouts,
    Order,
    Ready,
    Reply,
    framed,
    order,
    packed,
    sent,
)
from judapp.app.workspace import Workspace
from judapp.errors import JudappError

_SPARE = 5
"""Seconds beyond its time after which the system ends a process whose program is gone or hangs itself."""


def run() -> None:
    """Read what is ordered until there are no more orders; the process does nothing else."""
    replies = os.fdopen(os.dup(1), "wb", 0)
    with Path(os.devnull).open("r+b") as nothing:  # what a library prints must not stand among the replies
        os.dup2(nothing.fileno(), 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the program's to answer
    orders: queue.SimpleQueue[Order] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, orders.put), daemon=True).start()
    gc.freeze()
    gc.set_threshold(20_000, 100, 1000)  # what a file leaves behind is young; modules and registers stay
    layouts = Layouts()
    while True:
        begin = orders.get()
        if isinstance(begin, Begin):
            _reading(begin, orders.get, lambda answer: _tell(replies, answer), layouts)


def _listen(orders: BinaryIO, put: Callable[[Order], None]) -> None:
    """Pass on orders while they come; without the program there is nothing to do, whatever is being read."""
    try:
        while head := orders.read(HEAD):
            put(order(orders.read(int.from_bytes(head, "big"))))
    finally:
        os._exit(0)


def _tell(replies: BinaryIO, answer: Reply) -> None:
    content = memoryview(framed(answer))
    while content:
        content = content[replies.write(content) :]


def _reading(
    begin: Begin, following: Callable[[], Order], tell: Callable[[Reply], None], layouts: Layouts
) -> None:
    """One reading: the data file is open from its first order to its last."""
    try:
        workspace = Workspace.open(Path(os.fsdecode(begin.file)), read_only=True)
    except JudappError as error:
        tell(Failed(error.code, packed(error.params)))
        return
    with workspace:
        _limit_memory(begin.memory)
        tell(Ready())
        decisions: dict[tuple[Path, str], Decision] = {}
        reader = Recogniser(workspace, begin.wish, decisions)
        while isinstance(job := following(), Job):
            path = Path(os.fsdecode(job.path))
            decisions.clear()
            decisions.update({(path, sheet): decision for sheet, decision in job.decisions})
            _alarm(begin.seconds + _SPARE)
            tell(_answer(reader, path, layouts))
            _alarm(0)


def _answer(reader: Recogniser, path: Path, layouts: Layouts) -> Reply:
    try:
        return Found([sent(candidate, layouts) for candidate in reader.candidates(path)])
    except JudappError as error:
        return Failed(error.code, packed(error.params))
    except MemoryError:
        return Failed(TOO_LARGE)
    except Exception:  # noqa: BLE001  # a fault of ours: told, and this file alone is not read
        return Failed(FAULT, trace=traceback.format_exc())


def _limit_memory(more: int) -> None:
    """Let this process take ``more`` bytes and no more; on Windows ``reading_limits`` does it."""
    mapped = _mapped()
    if sys.platform == "win32" or mapped is None:
        return
    import resource

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = mapped + more if hard == resource.RLIM_INFINITY else min(mapped + more, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _mapped() -> int | None:
    """Bytes this process has mapped already, None where the system does not say."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except OSError:
        return None
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _alarm(seconds: float) -> None:
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)
