"""The file a sheet came from with its faults marked, made again from the bytes that were kept."""

from __future__ import annotations

import tempfile
from pathlib import Path

from judapp.app.import_candidates import Wish
from judapp.app.importing import preview
from judapp.app.marking import MarkedCopy, marked_copies
from judapp.app.original_file import bare_name
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.errors import JudappError
from judapp.store import received


def mark_original(workspace: Workspace, imported: int, unit: str, period: Period, folder: Path) -> MarkedCopy:
    """Write imported file ``imported`` with its faults marked into ``folder``; nothing else is touched.

    ``unit`` (uid) and ``period`` are whose it is where the file itself does not say so. Raises BOA-003 (no
    fault of it stands in a cell of the file), EXP-001, EXP-002; KeyError for an id not in the data file.
    """
    name, data = received.bytes_of_file(workspace.file, imported)
    with tempfile.TemporaryDirectory() as aside:
        path = Path(aside) / bare_name(name)
        path.write_bytes(data)
        found = preview(workspace, [path])
        if not any(candidate.unit for candidate in found):
            code = workspace.unit_code(unit, period.last_day)
            found = preview(workspace, [path], Wish(period, code))
        made = marked_copies(workspace, found, folder)
    if not made:
        raise JudappError("BOA-003", file=name)
    if made[0].fault is not None:
        raise made[0].fault
    return made[0]
