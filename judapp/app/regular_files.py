"""The bytes of a file as it stands, never those of a pipe or device that took its place since it was read."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from judapp.errors import JudappError

_NEVER_WAITING = getattr(os, "O_NONBLOCK", 0)
"""How a file is opened that may have become a pipe: opening one waits for a writer."""


def bytes_as_read(path: Path, sha256: str) -> bytes:
    """The bytes that were read before. Raises FIL-004, FIL-006, and FIL-007 where they are others by now."""
    try:
        data = regular_bytes(path)
    except FileNotFoundError:
        raise JudappError("FIL-004", path=str(path)) from None
    except OSError as error:
        raise JudappError("FIL-006", path=str(path), reason=error.strerror or "") from error
    if data is None or hashlib.sha256(data).hexdigest() != sha256:
        raise JudappError("FIL-007", path=path.name)
    return data


def regular_bytes(path: Path) -> bytes | None:
    """The bytes of a file; None for a pipe or device, which would never end. Raises OSError."""
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _NEVER_WAITING)) as file:
        return file.read() if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None
