"""Promise 6 under SIGKILL: of an import that dies, every figure is there with its minutes, or none is."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from msgspec import Struct

from judapp.app import importing
from judapp.app.importing import READY, Candidate, apply_import, preview
from judapp.app.workspace import Workspace
from judapp.domain import figure
from judapp.store import imports, sheets
from judapp.store.filesystem import companions
from judapp.store.verify import verify
from tests.import_pages import xlsx
from tests.import_world import content, founded, page_of
from tests.torture.conftest import Say
from tests.torture.killing import ROOT, copy_as_killed

FORM, PERIOD, COLUMNS = "13a/BTP/HTQTCT/HT", "2018-Y", 22
WRITING = 120
"""The byte of the log's index that SQLite locks while it writes (its file format, WAL_WRITE_LOCK)."""
linux = pytest.mark.skipif(sys.platform != "linux", reason="locks and processes are read from /proc")


class Times(Struct):
    """How long one import took: until it began to write, and writing, in seconds."""

    reading: float
    writing: float


class Moment(Struct, frozen=True):
    """When to kill: so long after the start, after writing began, or after the log began to grow."""

    after: str
    delay: float


@pytest.fixture
def folder(place: Path, thorough: bool) -> Path:
    """Workbooks of many communes beside the data file at ``place``."""
    many = 120 if thorough else 25
    inbox = place.parent / "Tệp nhận 6 tháng"
    inbox.mkdir()
    with founded(place, many) as workspace:
        for n in range(1, many + 1):
            figures = {("", "1", str(c)): figure.number(1000 * n + c) for c in range(1, COLUMNS + 1)}
            page = page_of(workspace, FORM, f"Y{n:03}", PERIOD, figures)
            (inbox / f"xã {n:03}.xlsx").write_bytes(xlsx(page))
    return inbox


def run_import(file: Path, inbox: Path, mark: str) -> subprocess.Popen[bytes]:
    order = [sys.executable, "-m", "judapp", "import", str(file), str(inbox), "--json"]
    env = {**os.environ, "JUDAPP_TEST_MARK": mark}
    out = subprocess.DEVNULL
    return subprocess.Popen(order, cwd=ROOT, env=env, stdout=out, stderr=subprocess.PIPE)


def writing(process: subprocess.Popen[bytes], index: Path) -> bool:
    """Whether the process holds the write lock of the data file now."""
    try:
        inode = index.stat().st_ino
    except OSError:
        return False
    for line in Path("/proc/locks").read_text("ascii").splitlines():
        words = line.split()
        if words[1] == "->" or words[4] != str(process.pid) or not words[5].endswith(f":{inode}"):
            continue
        first, last = int(words[6]), int(words[7]) if words[7] != "EOF" else WRITING
        if words[3] == "WRITE" and first <= WRITING <= last:
            return True
    return False


def measured(file: Path, inbox: Path) -> Times:
    """One import from beginning to end."""
    index = companions(file)[1]
    start = time.monotonic()
    process = run_import(file, inbox, uuid4().hex)
    begun = ended = 0.0
    while process.poll() is None:
        held = writing(process, index)
        now = time.monotonic()
        begun = begun or (now if held else 0.0)
        ended = now if held else ended
    _, errors = process.communicate()
    assert process.returncode in (0, 1), errors.decode()[-2000:]  # 1: checks speak of the figures
    assert begun, "it never wrote"
    return Times(begun - start, ended - begun)


def killed(file: Path, inbox: Path, moment: Moment, mark: str) -> str:
    """Run an import and kill it; what it was doing then."""
    wal, index = companions(file)[0], companions(file)[1]
    process = run_import(file, inbox, mark)
    try:
        if moment.after == "start":
            until = time.monotonic() + moment.delay
        else:
            while not writing(process, index):
                if process.poll() is not None:
                    return "had ended"
            size = _size(wal)
            while moment.after == "growing" and _size(wal) == size and process.poll() is None:
                pass
            until = time.monotonic() + moment.delay
        while time.monotonic() < until and process.poll() is None:
            pass
        held = writing(process, index)
        ended = process.poll() is not None
        process.send_signal(signal.SIGKILL)
        if ended or held:
            return "writing" if held and not ended else "had ended"
        return "reading" if moment.after == "start" else "done"
    finally:
        process.kill()
        process.communicate()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def relatives(mark: str) -> list[int]:
    """Processes of ours that bear the mark."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                if f"JUDAPP_TEST_MARK={mark}".encode() in (entry / "environ").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                continue
    return found


def gone(mark: str, patience: float = 10.0) -> bool:
    """Whether no process of the killed import is left after a while."""
    until = time.monotonic() + patience
    while left := relatives(mark):
        if time.monotonic() > until:
            for pid in left:
                os.kill(pid, signal.SIGKILL)
            return False
        time.sleep(0.05)
    return True


def examine(path: Path, many: int, before: str) -> bool:
    """See that the file holds the whole import with its minutes, or none of it; which."""
    with Workspace.open(path) as workspace:
        assert verify(workspace.file, deep=True) == []
        figures = workspace.file.rows("select value from figure")
        files = imports.files(workspace.file)
        if not files:
            assert figures == []
            assert sheets.find(workspace.file) == []
            assert content(workspace) == before
            return False
        assert len(figures) == many * COLUMNS
        assert sum(row[0] for row in figures) == sum(
            1000 * n + c for n in range(1, many + 1) for c in range(1, COLUMNS + 1)
        )
        assert len(files) == many
        assert all(one.minutes for one in files)
        assert len({one.op for one in files}) == 1
        workspace.undo()
        assert workspace.file.rows("select value from figure") == []
        return True


def moments(seed: int, kills: int, times: Times) -> Iterator[Moment]:
    """A quarter while files are read, half while it writes, a quarter as the log grows: at the commit."""
    draw = random.Random(seed)
    for at in range(kills):
        if at % 4 == 0:
            yield Moment("start", draw.uniform(0.1, times.reading))
        elif at % 4 == 3:
            yield Moment("growing", draw.uniform(0, 0.004))
        else:
            yield Moment("writing", draw.uniform(0, times.writing * 1.02))


@linux
def test_a_killed_import_is_there_whole_or_not_at_all(
    place: Path, folder: Path, tmp_path: Path, thorough: bool, seed: int, say: Say
) -> None:
    """50 kills (in the usual run 3) of an import of 120 (25) workbooks, each into the same fresh file."""
    kills, many = (50, 120) if thorough else (3, 25)
    fresh = Path(shutil.copy(place, tmp_path / "fresh.sqlite"))
    with Workspace.open(fresh, read_only=True) as workspace:
        before = content(workspace)
    times = measured(place, folder)
    assert examine(place, many, before)
    say(f"seed {seed}: {many} files, reading {times.reading:.2f} s, writing {times.writing:.3f} s")
    doing: dict[str, int] = {}
    whole = 0
    for moment in moments(seed, 2 * kills, times):
        for part in companions(place):
            part.unlink(missing_ok=True)
        shutil.copy(fresh, place)
        mark = uuid4().hex
        what = killed(place, folder, moment, mark)
        doing[what] = doing.get(what, 0) + 1
        assert gone(mark), f"processes were left behind ({what})"
        there = examine(copy_as_killed(place, tmp_path / "killed.sqlite"), many, before)
        assert there or what != "had ended"
        whole += there and what != "had ended"
        if sum(doing.values()) - doing.get("had ended", 0) == kills:
            break
    say(f"killed while {doing}; {whole} were in the file whole, {kills - whole} not at all")
    assert doing.get("writing", 0) >= kills // 4


def test_a_cancelled_reading_and_a_fault_while_writing_leave_nothing(
    place: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Workspace.open(place) as workspace:
        before = content(workspace)

        def stop(done: int, total: int, name: str) -> None:
            if done == 7:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            preview(workspace, [folder], step=stop)
        assert content(workspace) == before
        found = preview(workspace, [folder])
        assert {c.status for c in found} == {READY}
        seen: list[Candidate] = []

        def fail(file, *more, **named):
            seen.append(file)
            if len(seen) == 11:
                raise KeyboardInterrupt
            return add_sheet(file, *more, **named)

        add_sheet = imports.add_sheet
        monkeypatch.setattr(imports, "add_sheet", fail)
        with pytest.raises(KeyboardInterrupt):
            apply_import(workspace, found)
        monkeypatch.undo()
        assert content(workspace) == before
        assert imports.files(workspace.file) == []
        assert {c.status for c in found} == {READY}
        again = importing.read_again(workspace, found)
        assert apply_import(workspace, again).figures == len(found) * COLUMNS
