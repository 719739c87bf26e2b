"""``import --marked``: copies of the senders' workbooks with their faults marked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from judapp.messages import of_error, text

if TYPE_CHECKING:
    from judapp.app.import_candidates import Candidate
    from judapp.app.workspace import Workspace


def mark_files(
    workspace: Workspace,
    found: Sequence[Candidate],
    entries: Sequence[dict[str, Any]],
    folder: Path | None,
    until: date | None,
    lang: str,
) -> list[str]:
    """Write marked copies into ``folder`` and name each in its files' ``entries``; the lines that tell of it.

    Nothing is done without a folder.
    """
    if folder is None:
        return []
    from judapp.app.marking import marked_copies

    made = marked_copies(workspace, found, folder, lang, until=until)
    copies = {str(copy.source): copy for copy in made}
    for entry in entries:
        copy = copies.get(entry["path"])
        entry["marked"] = str(copy.path) if copy is not None and copy.path is not None else None
    written = sum(copy.path is not None for copy in made)
    lines = [text("MRK-cli-written", lang, n=written, folder=str(folder))]
    lines += [f"{copy.source.name}: {of_error(copy.fault, lang)}" for copy in made if copy.fault is not None]
    return lines
