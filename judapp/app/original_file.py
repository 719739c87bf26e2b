"""The file a figure came from, byte for byte as it came: written out beside what is there, never over it."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath, PureWindowsPath

from judapp.app.workspace import Workspace
from judapp.errors import JudappError
from judapp.store import received

_MOST = 1_000
"""Names tried before the folder is taken to be no place for one more."""


def write_original(workspace: Workspace, imported: int, folder: Path) -> Path:
    """Write the stored bytes of imported file ``imported`` into ``folder`` under the name it came with.

    Where a file of that name is there already, “name (2).xlsx” is taken; one with the very same bytes is left
    as it is and told. Raises EXP-002 where the folder cannot be written.
    """
    name, data = received.bytes_of_file(workspace.file, imported)
    path = folder / bare_name(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, _MOST):
            there = path if number == 1 else numbered(path, number)
            try:
                with there.open("xb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
            except FileExistsError:
                if there.is_file() and there.read_bytes() == data:
                    return there
            else:
                return there
    except OSError as error:
        raise JudappError("EXP-002", path=str(path), reason=error.strerror or str(error)) from error
    raise JudappError("EXP-002", path=str(path), reason=path.name)


def free_path(path: Path) -> Path:
    """``path``, or the first “name (2)” beside it where something has that name."""
    found, number = path, 1
    while found.exists():
        number += 1
        found = numbered(path, number)
    return found


def numbered(path: Path, number: int) -> Path:
    """“name (2).xlsx” of “name.xlsx”."""
    return path.with_name(f"{path.stem} ({number}){path.suffix}")


def bare_name(name: str) -> str:
    """A file's own name: nothing a sender put before it leads out of a folder."""
    own = PurePosixPath(PureWindowsPath(name).name).name.lstrip(".")
    return own or "judapp"
