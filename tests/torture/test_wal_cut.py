"""The log cut or spoilt anywhere, as by a failing disk: the file opens, each operation is whole or absent."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from judapp.app import desk, entering, filling, own_rows
from judapp.app.workspace import Workspace
from judapp.store.filesystem import companions
from judapp.store.verify import verify
from tests.store.helpers import holds
from tests.torture.conftest import Say
from tests.torture.paper import COUNTS, NUMBER, OWNER, PERIOD, new_file, stack

_HEAD, _FRAME_HEAD = 32, 24
"""Bytes before the first frame of a log and before the page in each (SQLite file format, section 4.1)."""

Act = Callable[[Workspace], object]
Content = tuple[dict[str, list[tuple[Any, ...]]], str | None, str | None, tuple[str, ...]]
"""Everything in the file, the head of the chain and its length, and what undo offers."""


class Logged(msgspec.Struct):
    """A file, its log, and what stood in it after each operation."""

    file: bytes
    log: bytes
    frame: int
    ends: list[int]
    """Length of the log after each operation; the first is before any."""
    contents: list[Content]

    def whole_before(self, offset: int) -> Content:
        """What must stand in the file where only the first ``offset`` bytes of the log are sound."""
        return self.contents[sum(end <= offset for end in self.ends) - 1]


def content(workspace: Workspace) -> Content:
    file = workspace.file
    steps = tuple(step.label for step in desk.undoable(workspace))
    return holds(file), file.meta("head"), file.meta("ops"), steps


def acts(seed: int, count: int) -> Iterator[Act]:
    """Typing as it comes: cells, blocks, emptied cells, reasons, rows, what is filled and taken back."""
    draw = random.Random(seed)
    steps = iter(stack(seed, count * 20))
    rows: list[str] = []

    def unit(workspace: Workspace) -> Any:
        return workspace.units[OWNER]

    def type_in(workspace: Workspace) -> object:
        return entering.enter(workspace, NUMBER, unit(workspace), PERIOD, next(steps).texts)

    def empty(workspace: Workspace) -> object:
        keys = draw.sample(COUNTS, 5)
        return entering.enter(workspace, NUMBER, unit(workspace), PERIOD, dict.fromkeys(keys, ""))

    def explain(workspace: Workspace) -> object:
        reason = f"Do tăng việc {draw.random()}"
        return entering.explain_cell(workspace, NUMBER, unit(workspace), PERIOD, draw.choice(COUNTS), reason)

    def nil(workspace: Workspace) -> object:
        return filling.fill_nil(workspace, NUMBER, unit(workspace), PERIOD, draw.sample(COUNTS, 40))

    def add_row(workspace: Workspace) -> object:
        key, applied = own_rows.add_row(
            workspace, NUMBER, unit(workspace), PERIOD, "", "IV", f"Tổ {draw.random()}"
        )
        rows.append(key)
        return applied

    def remove_row(workspace: Workspace) -> object:
        if not rows:
            return add_row(workspace)
        return own_rows.remove_row(workspace, NUMBER, unit(workspace), PERIOD, "", rows.pop())

    def undo(workspace: Workspace) -> object:
        rows.clear()  # one of them may be gone with it
        return workspace.undo()

    def back_and_forth(workspace: Workspace) -> object:
        return workspace.redo() if desk.redoable(workspace) else type_in(workspace)

    yield type_in
    yield from draw.choices(
        (type_in, empty, explain, nil, add_row, remove_row, undo, back_and_forth),
        weights=(10, 2, 2, 1, 2, 1, 2, 2),
        k=count - 1,
    )


def logged(path: Path, seed: int, count: int) -> tuple[Logged, Logged]:
    """``count`` operations in one log, then as many in the same log begun anew over the old bytes."""
    with new_file(path) as workspace:
        workspace.file.rows("pragma wal_autocheckpoint = 0")
        workspace.file.checkpoint()
        frame = _FRAME_HEAD + int(workspace.file.row("pragma page_size")[0])
        found = []
        for part in (1, 2):
            whole = path.read_bytes()
            log = companions(path)[0]
            ends, contents = [0], [content(workspace)]
            for act in acts(seed * part, count):
                act(workspace)
                ends.append(_used(log, frame))
                contents.append(content(workspace))
            found.append(Logged(whole, log.read_bytes(), frame, ends, contents))
            # Passive: the log keeps its length, and the next operation begins it anew at its head.
            busy, frames, moved = workspace.file.row("pragma wal_checkpoint(passive)")
            assert (busy, frames) == (0, moved)
        assert verify(workspace.file, deep=True) == []
    return found[0], found[1]


def _used(log: Path, frame: int) -> int:
    """Bytes of the log that count; behind them may stand frames of an older one, with another salt."""
    data = log.read_bytes()
    salt, at = data[16:24], _HEAD
    while data[at + 8 : at + 16] == salt:
        at += frame
    return at


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, thorough: bool, seed: int) -> tuple[Logged, Logged]:
    """A log written once, and one written again over the first."""
    return logged(tmp_path_factory.mktemp("log") / "g.sqlite", seed, 120 if thorough else 40)


def opened(path: Path, made: Logged, log: bytes, expected: Content, *, deep: bool) -> None:
    """Open the file with a log, and see that it is exactly what it should be and can be worked on."""
    for part in companions(path):
        part.unlink(missing_ok=True)
    path.write_bytes(made.file)
    companions(path)[0].write_bytes(log)
    with Workspace.open(path) as workspace:
        found = content(workspace)
        assert found[1:] == expected[1:]
        assert found == expected
        assert verify(workspace.file, deep=deep) == []
        applied = entering.enter(workspace, NUMBER, workspace.units[OWNER], PERIOD, {COUNTS[0]: "987654"})
        assert str(applied.op_id) == str(int(expected[2] or "") + 1)
        assert verify(workspace.file, deep=deep) == []
    assert [part for part in companions(path) if part.exists()] == []


def offsets(made: Logged, seed: int, count: int) -> list[int]:
    """Where to cut: anywhere, and around the ends of frames and of operations."""
    draw = random.Random(seed)
    frames = [_HEAD + at * made.frame for at in range((len(made.log) - _HEAD) // made.frame + 1)]
    edges = [0, 1, _HEAD - 1, _HEAD, _HEAD + 1]
    edges += [end + by for end in draw.sample(made.ends[1:], count // 10) for by in (-1, 0, 1)]
    edges += [end + by for end in draw.sample(frames, count // 20) for by in (-1, 0, 1)]
    inside = [draw.randrange(len(made.log)) for _ in range(count - len(edges))]
    return [min(max(0, at), len(made.log)) for at in edges + inside]


def test_a_log_cut_anywhere_holds_exactly_the_operations_before(
    place: Path, both: tuple[Logged, Logged], thorough: bool, seed: int, say: Say
) -> None:
    """500 offsets: not just some prefix of the operations, but all that were whole in what is left."""
    made, _ = both
    cuts = offsets(made, seed, 500 if thorough else 30)
    for at in cuts:
        opened(place, made, made.log[:at], made.whole_before(at), deep=thorough)
    say(
        f"seed {seed}: cut at {len(cuts)} offsets of {len(made.log):,} bytes, {len(made.ends) - 1} operations"
    )
    assert len({made.whole_before(at)[2] for at in cuts}) > len(cuts) / 10


def test_a_log_spoilt_anywhere_holds_the_operations_before(
    place: Path, both: tuple[Logged, Logged], thorough: bool, seed: int, say: Say
) -> None:
    """One wrong bit, or a sector of zeros or noise: from that frame on nothing is believed."""
    made, _ = both
    draw = random.Random(seed + 1)
    count = 300 if thorough else 20
    for turn in range(count):
        at = draw.randrange(len(made.log))
        log = bytearray(made.log)
        if turn % 2:
            log[at] ^= 1 << draw.randrange(8)
        else:
            log[at : at + 512] = bytes(512) if turn % 4 else draw.randbytes(512)
            del log[len(made.log) :]
            changed = (i for i, (new, old) in enumerate(zip(log, made.log, strict=True)) if new != old)
            at = next(changed, len(log))
        frame_at = _HEAD + (at - _HEAD) // made.frame * made.frame if at >= _HEAD else 0
        opened(place, made, bytes(log), made.whole_before(frame_at), deep=thorough)
    say(f"seed {seed}: {count} spoilt logs")


def test_a_log_half_written_over_an_older_one_never_mixes_them(
    place: Path, both: tuple[Logged, Logged], thorough: bool, seed: int, say: Say
) -> None:
    """The power fails while a log begun anew lies over the old one: frames of the old one count for nothing.

    What stands in the file is then all of the old log, and of the new one what was whole.
    """
    older, newer = both
    draw = random.Random(seed + 2)
    count = 200 if thorough else 15
    end = newer.ends[-1]
    assert newer.ends[1] < len(older.log)
    for at in [0, _HEAD, *(draw.randrange(end) for _ in range(count))]:
        log = newer.log[:at] + older.log[at:]
        opened(place, newer, log, newer.whole_before(at), deep=thorough)
    say(f"seed {seed}: {count} logs half written over an older one")


def test_a_copy_of_the_file_alone_is_the_state_of_the_last_checkpoint(
    place: Path, both: tuple[Logged, Logged]
) -> None:
    """Copied without its log while typing goes on, a file is sound and older, never half.

    A copy of file and log taken at different moments is no state anybody promised: close the file first, or
    have the program make the backup.
    """
    made, _ = both
    place.write_bytes(made.file)
    with Workspace.open(place) as workspace:
        assert content(workspace) == made.contents[0]
        assert verify(workspace.file, deep=True) == []
