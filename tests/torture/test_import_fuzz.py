"""Whatever is done to a workbook, reading it ends soon, within its memory, with findings, not a fault."""

from __future__ import annotations

import os
import shutil
import time
from collections import Counter
from pathlib import Path

from judapp.app.importing import READY, Candidate, preview
from judapp.app.reading_files import Readers
from judapp.app.reading_frames import FAULT
from judapp.app.workspace import Workspace
from judapp.store.verify import verify
from tests.import_world import content, founded
from tests.torture.conftest import Say
from tests.torture.mutants import Mutant, mutants

FILES = Path(__file__).parents[1] / "data" / "import"
SOUND = (
    "tidy-11a.xlsx", "tidy-17a.xlsx", "two-tables-13a.xlsx", "open.ods", "repeated.ods", "excel97.xls",
    "excel97-11a.xls",
)  # fmt: skip
LONGEST = 10.0 + 2.0
"""Seconds one file may take, and what ending a process and starting another takes."""
MOST = 900 * 2**20
"""Bytes the program or a process that reads for it may hold."""


def test_spoilt_workbooks_are_findings_and_change_nothing(
    tmp_path: Path, place: Path, thorough: bool, seed: int, say: Say
) -> None:
    """2,000 spoilt workbooks (in the usual run 60): .xlsx, .ods, .xls, read as the program reads them."""
    count, largest = (2_000, 30_000_000) if thorough else (60, 10_000)
    sound = tmp_path / "lành"
    sound.mkdir()
    for name in SOUND:
        shutil.copy(FILES / name, sound / name)
    told, statuses, slow, large = Counter[str](), Counter[str](), [(0.0, "")], [(0, "")]
    path = tmp_path / "nhận" / "x"
    path.parent.mkdir()
    with founded(place) as workspace, Readers() as readers:
        before = content(workspace)
        preview(workspace, [FILES / SOUND[0]], readers=readers)
        for mutant in mutants(seed, count, sound, largest):
            path = path.with_suffix(f".{mutant.name[-4:].strip('.')}")
            path.write_bytes(mutant.content)
            begun = time.monotonic()
            found = _read(workspace, path, mutant, readers if thorough else None)
            what = f"{mutant.name} ({mutant.how})"
            slow.append((time.monotonic() - begun, what))
            large.append((max(map(_most, (os.getpid(), *readers.processes))), what))
            statuses.update(candidate.status for candidate in found)
            told.update(finding.code for c in found for finding in c.findings)
            path.unlink()
        assert content(workspace) == before
        assert verify(workspace.file, deep=True) == []
    say(f"seed {seed}: {count} workbooks; {dict(statuses)}; {dict(told)}")
    say(f"slowest {max(slow)[0]:.2f} s: {max(slow)[1]}; at most {max(large)[0] / 2**20:.0f} MB")
    assert [one for one in slow if one[0] > LONGEST] == []
    assert max(large)[0] < MOST
    assert statuses[READY] < count
    assert told["FIL-003"]


def _read(workspace: Workspace, path: Path, mutant: Mutant, readers: Readers | None) -> list[Candidate]:
    try:
        found = preview(workspace, [path], readers=readers)
    except Exception as error:
        raise AssertionError(f"{mutant.name} ({mutant.how}): {error!r}") from error
    assert found
    for candidate in found:
        codes = [finding.code for finding in candidate.findings]
        assert candidate.status == READY or codes, (mutant.name, mutant.how)
        assert FAULT not in codes, (mutant.name, mutant.how)
        assert all(finding.place.path for finding in candidate.findings)
        parts = len(candidate.changes) + candidate.unchanged + candidate.reckoned + candidate.refused
        assert candidate.status != READY or candidate.read == parts, (mutant.name, mutant.how)
    return found


def _most(process: int) -> int:
    """The most bytes a process has held, 0 where the system says nothing of it."""
    try:
        status = Path(f"/proc/{process}/status").read_text("ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0)


def test_the_sound_workbooks_are_read(tmp_path: Path, place: Path) -> None:
    """What is spoilt above is a form before: nothing passes because nothing was ever read."""
    with founded(place) as workspace:
        found = preview(workspace, [FILES / name for name in SOUND])
        assert {candidate.status for candidate in found} <= {READY, "duplicate"}
        assert all(candidate.figures for candidate in found)
