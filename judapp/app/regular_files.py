"""The bytes of a file as it stands, never those of a pipe or device that took its place since it was read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

_NEVER_WAITING = getattr(os, "O_NONBLOCK", 0)
"""How a file is opened that may have become a pipe: opening one waits for a writer."""


def regular_bytes(path: Path) -> bytes | None:
    """The bytes of a file; None for a pipe or device, which would never end. Raises OSError."""
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _NEVER_WAITING)) as file:
        return file.read() if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None
