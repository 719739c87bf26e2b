"""Files are read in processes of their own: a hostile file is one finding, the others go on."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import msgspec
import pytest

from judapp.app import reading_child
from judapp.app.import_candidates import REJECTED, Candidate
from judapp.app.importing import assign, preview, read_again
from judapp.app.reading_files import Limits, Readers
from judapp.app.reading_frames import HEAD, Failed, Found, Layouts, framed, packed, received, reply, sent
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.errors import JudappError
from judapp.messages import text
from judapp.text import Bilingual

from ..conftest import ExpectLog

WORKBOOKS = sorted((Path(__file__).parents[2] / "seeds" / "demo" / "workbooks").glob("*.xlsx"))[:4]
needs_pipe_files = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files on this system")


@pytest.fixture
def workspace(demo: Path) -> Iterator[Workspace]:
    with Workspace.open(demo) as opened:
        yield opened


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    """A file whose reading never ends."""
    path = tmp_path / "mãi mãi.xlsx"
    os.mkfifo(path)
    return path


def codes(candidates: Sequence[Candidate]) -> list[list[str]]:
    return [[finding.code for finding in candidate.findings] for candidate in candidates]


def gone(process: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(process, 0)
        return False
    return True


def test_processes_find_what_this_one_finds_in_the_same_order(workspace: Workspace, tmp_path: Path) -> None:
    empty = tmp_path / "rỗng.xlsx"
    empty.touch()
    files = [*WORKBOOKS[:2], empty, *WORKBOOKS[2:]]
    here = preview(workspace, files)
    seen: list[Path] = []
    with Readers() as readers:
        found = preview(workspace, files, seen=lambda of: seen.extend(c.path for c in of), readers=readers)
        assert (found, seen) == (here, files)
        assert found[0].version is workspace.versions[here[0].target[0]]
        [warm] = readers.processes
        chosen = assign(workspace, found, [1], readers=readers, period=Period(2023, "Y"))
        assert chosen == assign(workspace, here, [1], period=Period(2023, "Y"))
        again = read_again(workspace, chosen, readers=readers)
        assert again == read_again(workspace, chosen)
    assert gone(warm)
    assert [text(f.code, **f.params) for f in found[2].findings] == [
        "Không đọc được tệp Excel: tệp rỗng (0 byte); đề nghị gửi lại."
    ]


@needs_pipe_files
def test_a_file_that_takes_too_long_is_left_and_the_others_go_on(workspace: Workspace, endless: Path) -> None:
    with Readers(Limits(seconds=0.3)) as readers:
        found = preview(workspace, [endless, *WORKBOOKS], readers=readers)
    assert codes(found[:1]) == [["FIL-008"]]
    assert found[0].status == REJECTED
    assert found[1:] == preview(workspace, WORKBOOKS)


def test_a_file_that_takes_too_much_memory_is_left_and_the_others_go_on(
    workspace: Workspace, tmp_path: Path
) -> None:
    large = tmp_path / "lớn.csv"
    large.write_text("a;b;c\n" * 900_000, encoding="utf-8")
    with Readers(Limits(memory=24 << 20)) as readers:
        found = preview(workspace, [large, WORKBOOKS[0]], readers=readers)
    assert codes(found[:1]) == [["FIL-009"]]
    assert found[1:] == preview(workspace, WORKBOOKS[:1])


def at_work(
    readers: Readers, act: Callable[[reading_child.Child], object]
) -> Callable[[int, int, str], None]:
    """Do something once a process reads a file."""

    def step(_done: int, _total: int, name: str) -> None:
        for child in readers._working:
            if child.ready and child.flying and name.startswith("mãi"):
                act(child)

    return step


@needs_pipe_files
def test_a_file_that_ends_its_process_is_left_and_the_others_go_on(
    workspace: Workspace, endless: Path
) -> None:
    with Readers() as readers:
        crash = at_work(readers, lambda child: child.process.kill())
        found = preview(workspace, [endless, WORKBOOKS[0]], step=crash, readers=readers)
    assert codes(found[:1]) == [["FIL-010"]]
    assert found[1:] == preview(workspace, WORKBOOKS[:1])


@needs_pipe_files
def test_cancelling_ends_the_processes_at_once(workspace: Workspace, endless: Path) -> None:
    started: list[int] = []

    class Stopped(Exception):
        pass

    def stop(child: reading_child.Child) -> None:
        started.append(child.process.pid)
        raise Stopped

    with Readers() as readers:
        with pytest.raises(Stopped):
            preview(workspace, [endless], step=at_work(readers, stop), readers=readers)
        assert readers.processes == ()
        assert [gone(process) for process in started] == [True]


@pytest.mark.parametrize("command", [["/không/có"], [sys.executable, "-c", ""]])
def test_where_no_process_can_be_started_files_are_read_here(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setattr(reading_child, "_command", lambda: command)
    with Readers() as readers:
        assert preview(workspace, WORKBOOKS[:2], readers=readers) == preview(workspace, WORKBOOKS[:2])
        assert readers.processes == ()


def test_a_process_that_cannot_open_the_data_file_leaves_it_to_this_one(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    here = preview(workspace, WORKBOOKS[:1])
    monkeypatch.setattr(workspace.file, "path", tmp_path / "không có.sqlite")
    with Readers() as readers:
        assert preview(workspace, WORKBOOKS[:1], readers=readers) == here


def test_a_process_ends_when_the_program_does(workspace: Workspace) -> None:
    with Readers() as readers:
        preview(workspace, WORKBOOKS[:1], readers=readers)
        assert readers._warm is not None
        readers._warm._orders.close()
        assert readers._warm.process.wait(5) == 0
        found = preview(workspace, WORKBOOKS[:1], readers=readers)  # another one takes its place
        assert found[0].changes == []
    with pytest.raises(RuntimeError, match="closed"):
        preview(workspace, WORKBOOKS[:1], readers=readers)


TALK = """
import sys, msgspec

def say(said):
    data = msgspec.msgpack.encode(said)
    sys.stdout.buffer.write(len(data).to_bytes(4, "big") + data)
    sys.stdout.buffer.flush()

say({"type": "Ready"})
said = iter(SAID)
while length := sys.stdin.buffer.read(4):
    order = msgspec.msgpack.decode(sys.stdin.buffer.read(int.from_bytes(length, "big")))
    if order["type"] == "Job":
        say(next(said))
"""


def saying(*said: dict[str, object]) -> list[str]:
    """A process that answers so, whatever it is asked."""
    return [sys.executable, "-c", TALK.replace("SAID", repr(said))]


def test_a_reply_that_is_none_and_a_fault_of_ours_are_findings(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectLog
) -> None:
    expect_log("Traceback of ours")
    fault: dict[str, object] = {"type": "Failed", "code": "fault", "trace": "Traceback of ours"}
    command = saying(fault, {"type": "Found", "sent": [{"candidate": "exec"}]})
    monkeypatch.setattr(reading_child, "_command", lambda: command)
    with Readers() as readers:
        found = preview(workspace, WORKBOOKS[:2], readers=readers)
    assert codes(found) == [["FIL-010"], ["FIL-010"]]


def test_what_concerns_all_files_ends_the_reading(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = saying({"type": "Failed", "code": "UNT-001", "params": {"unit": "x"}})
    monkeypatch.setattr(reading_child, "_command", lambda: command)
    with Readers() as readers:
        with pytest.raises(JudappError, match="UNT-001"):
            preview(workspace, WORKBOOKS[:2], readers=readers)
        assert readers.processes == ()


def test_what_a_sentence_names_arrives_as_what_it_was() -> None:
    params = {
        "words": "đ", "odd": "tệp\udcff", "number": 5, "nothing": None, "many": ["a", Decimal("1.50")],
        "decimal": Decimal("0.1"), "part": Fraction(2, 3), "day": date(2026, 6, 30),
        "both": Bilingual("giảm", "down"),
    }  # fmt: skip
    arrived = reply(framed(Failed("X", packed(params)))[HEAD:])
    assert isinstance(arrived, Failed)
    assert arrived.params == params
    assert isinstance(arrived.params["both"], Bilingual)


def test_a_candidate_arrives_whole(workspace: Workspace) -> None:
    [candidate] = preview(workspace, WORKBOOKS[:1])
    arrived = reply(framed(Found([sent(candidate, Layouts())]))[HEAD:])
    assert isinstance(arrived, Found)
    [one] = arrived.sent
    assert (one.version, one.unit) == (candidate.target[0], candidate.target[1])
    whole = received(one, candidate.path, Layouts())
    whole.version, whole.unit = candidate.version, candidate.unit
    assert whole == candidate
    with pytest.raises(msgspec.MsgspecError):
        reply(b"\x80")
