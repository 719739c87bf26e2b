"""Promise 4: "Đã lưu" appears only after the disk has said that it keeps the commit, as strace sees it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.torture.conftest import Say
from tests.torture.killing import ROOT, command
from tests.torture.paper import new_file, stack
from tests.torture.syncs import CALLS, Report, calls, judge


def need_strace() -> str:
    """Skip with the reason where system calls cannot be watched; the pragma is tested everywhere."""
    found = shutil.which("strace") if sys.platform == "linux" else None
    if found is None:
        pytest.skip("strace is not here (apt-get install strace): the syncs before “Đã lưu” were not watched")
    tried = subprocess.run(
        [found, "-f", "-y", "-e", "trace=fsync", "true"], capture_output=True, encoding="utf-8", check=False
    )
    if tried.returncode:
        pytest.skip(f"strace may not watch here: {tried.stderr.strip().splitlines()[-1:]}")
    return found


def watched(place: Path, trace: Path, seed: int, cells: int, *more: str) -> Report:
    """A typist under strace, and what the trace shows."""
    strace = need_strace()
    new_file(place).close()
    order = [strace, "-f", "-y", "-s", "32", "-e", f"trace={','.join(CALLS)}", "-o", str(trace)]
    typing = command(place, seed, cells, 0, *more)
    done = subprocess.run([*order, *typing], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.splitlines()[-1] == f"closed {len(stack(seed, cells))}"
    with trace.open(encoding="utf-8", errors="replace") as lines:
        return judge(lines, place.parent.name, place.name)


def test_the_log_is_synced_before_every_confirmation(
    place: Path, tmp_path: Path, thorough: bool, seed: int, say: Say
) -> None:
    """Every "Đã lưu" stands behind a whole fsync of the log that began after its last write."""
    cells = 5_000 if thorough else 60
    found = watched(place, tmp_path / "trace", seed, cells)
    say(f"{found.acts} acts, {found.confirmed} confirmations, {found.writes} writes, {found.syncs} syncs")
    assert found.acts == len(stack(seed, cells))
    assert found.confirmed > found.acts / 7
    assert (found.unsynced, found.unwritten, found.uncovered) == ([], [], [])
    assert found.folder_synced  # a log whose name is lost is lost
    assert found.checkpoints > (10 if thorough else 0)


def test_without_the_sync_the_same_proof_fails(place: Path, tmp_path: Path) -> None:
    """The counter-proof: a file that is not synced is found out, at every single confirmation."""
    found = watched(place, tmp_path / "trace", 6, 60, "--careless")
    assert found.confirmed > 5
    assert found.writes > 50
    assert len(found.unsynced) == found.confirmed


def test_the_trace_of_two_threads_is_read_as_it_happened() -> None:
    """A sync that another thread began before the last write covers nothing, nor does one that failed."""
    lines = [
        '7 pwrite64(5</d/f-wal>, "a"..., 32, 32) = 32',
        "8 fdatasync(5</d/f-wal> <unfinished ...>",
        '7 pwrite64(5</d/f-wal>, "b"..., 32, 64) = 32',
        "8 <... fdatasync resumed>)         = 0",
        '7 write(1<pipe:[3]>, "saved 1\\n", 8) = 8',
        "8 fdatasync(5</d/f-wal>) = -1 EIO (Input/output error)",
        '7 pwrite64(5</d/f-wal>, "b"..., 32, 64) = 32',
        '7 write(1<pipe:[3]>, "saved 2\\n", 8) = 8',
        "8 fsync(5</d/f-wal>) = 0",
        '7 write(1<pipe:[3]>, "saved 3\\n", 8) = 8',
        '7 pwrite64(5</d/f-wal>, "b"..., 32, 64) = 32',
        "8 fsync(5</d/f-wal>) = 0",
        '7 write(1<pipe:[3]>, "saved 4\\n", 8) = 8',
    ]
    assert len(list(calls(lines))) == len(lines) - 1
    found = judge(lines, "d", "f")
    assert found.unsynced == ['"saved 1\\n"', '"saved 2\\n"']
    assert found.unwritten == ['"saved 3\\n"']
    assert found.confirmed == 4


def test_a_log_begun_anew_before_the_file_was_synced_is_found_out() -> None:
    """What was in the log is lost where the file has it only in the memory of the machine."""
    lines = [
        '7 pwrite64(5</d/f-wal>, "a"..., 32, 0) = 32',
        "7 fsync(5</d/f-wal>) = 0",
        '7 pwrite64(4</d/f>, "a"..., 4096, 0) = 4096',
        '7 pwrite64(5</d/f-wal>, "a"..., 32, 0) = 32',
    ]
    assert judge(lines, "d", "f").uncovered == ["line 3"]
    assert judge([*lines[:3], "7 fsync(4</d/f>) = 0", lines[3]], "d", "f").uncovered == []
