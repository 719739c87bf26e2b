"""One reading process as the program sees it: its pipes, its jobs, and since when it is silent."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import time
from collections import deque
from pathlib import Path
from typing import IO

from judapp.app.reading_frames import HEAD, MAX_FRAME, Begin, Job, Layouts, Order, framed
from judapp.app.reading_limits import confine, release

WORD = "reading-process"
"""The hidden word that makes the program a reading process (``judapp.cli``)."""


class Child:
    """A process that reads files for one reading after another."""

    def __init__(self, begin: Begin, arrived: queue.SimpleQueue[Arrived], memory: int) -> None:
        """Start it with its first reading; ``OSError`` where no process can be started."""
        self.arrived = arrived
        self.flying: deque[int] = deque()
        """Jobs it has, the one being read first."""
        self.layouts = Layouts()
        """Where figures stand, as far as it has told."""
        self.ready = False
        self.heard = time.monotonic()
        self.process = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env=_surroundings(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._job = confine(self.process, memory)
        assert self.process.stdin is not None and self.process.stdout is not None  # noqa: PT018  # asked for
        self._orders, self._replies = self.process.stdin, self.process.stdout
        self._listener = threading.Thread(target=self._listen, name="reading", daemon=True)
        self._listener.start()
        self.send(begin)

    @property
    def idle(self) -> bool:
        """Whether it answered everything and waits."""
        return self.ready and not self.flying and self.process.poll() is None

    def begins(self, begin: Begin, arrived: queue.SimpleQueue[Arrived]) -> bool:
        """Begin another reading; False, and the end of the process, where it is gone."""
        self.arrived, self.ready, self.heard = arrived, False, time.monotonic()
        if self.process.poll() is None and self.send(begin):
            return True
        self.kill()
        return False

    def give(self, number: int, job: Job) -> None:
        """Let it read a file; one that is gone is heard of by its end."""
        if not self.flying:
            self.heard = time.monotonic()
        self.flying.append(number)
        self.send(job)

    def send(self, order: Order) -> bool:
        """Tell it something; False where it is gone."""
        try:
            content = memoryview(framed(order))
            while content:
                content = content[self._orders.write(content) :]
        except (OSError, ValueError):  # gone, or ended meanwhile
            return False
        return True

    def kill(self) -> None:
        """End it at once and leave nothing of it."""
        self.process.kill()
        self.process.wait()
        release(self._job)
        self._job = None
        if threading.current_thread() is not self._listener:
            self._listener.join()
        self._orders.close()
        self._replies.close()

    def _listen(self) -> None:
        """Pass on every frame, and None at the end."""
        while head := _exactly(self._replies, HEAD):
            length = int.from_bytes(head, "big")
            content = _exactly(self._replies, length) if length <= MAX_FRAME else b""
            if not content:
                break
            self.arrived.put((self, content))
        self.arrived.put((self, None))


Arrived = tuple[Child, bytes | None]
"""A frame of a child, None when there will be no more."""


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    """So many bytes, or none where the pipe ends before."""
    parts: list[bytes] = []
    while length:
        part = pipe.read(min(length, 1 << 20))
        if not part:
            return b""
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, WORD]
    return [sys.executable, "-P", "-m", "judapp", WORD]


def _surroundings() -> dict[str, str]:
    """The environment of the child: from source, where the package is, whatever folder this runs in."""
    known = dict(os.environ)
    if not getattr(sys, "frozen", False):
        source = str(Path(__file__).resolve().parents[2])
        known["PYTHONPATH"] = os.pathsep.join(filter(None, (source, known.get("PYTHONPATH"))))
    return known
