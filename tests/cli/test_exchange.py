"""pack and unpack from the command line: what is said, in words and as JSON, and the exit codes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from judapp.app.workspace import Workspace
from tests.rooms import clerk_file, enter

Run = Callable[..., Any]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return clerk_file(tmp_path / "clerk.sqlite")


def change(path: Path, value: int) -> None:
    """Type ``value`` into a cell of the department's 10b."""
    with Workspace.open(path) as workspace:
        enter(workspace, value)


def test_a_package_goes_to_the_room_and_back(judapp: Run, file: Path, tmp_path: Path) -> None:
    out, back, room = tmp_path / "out.judapp", tmp_path / "back.judapp", tmp_path / "room.sqlite"
    packed = judapp("pack", file, "--room", "bttp", "--period", "2026-H1", "--out", out, "--json")
    assert packed.code == 0
    assert packed.json["forms"] == ["10b/TP/CC"]
    made = judapp("unpack", out, "--to", room, "--json")
    assert made.code == 0
    assert [(s["form"], s["background"]) for s in made.json["sheets"]] == [
        ("10b/TP/CC", False),
        ("12b/BTP/BTTP/CC", True),
    ]
    change(room, 71)
    assert judapp("pack", room, "--room", "BTTP", "--period", "2026-H1", "--out", back).code == 0
    seen = judapp("unpack", back, "--to", file, "--dry-run", "--json")
    assert [(s["form"], s["status"], s["cells"]) for s in seen.json["sheets"]] == [
        ("10b/TP/CC", "changed", 1)
    ]
    taken = judapp("unpack", back, "--to", file)
    assert taken.code == 0
    assert "Đã nhận 1 phiếu, 1 ô" in taken.out


def test_a_conflict_is_shown_and_taken_only_by_name(judapp: Run, file: Path, tmp_path: Path) -> None:
    out, back, room = tmp_path / "out.judapp", tmp_path / "back.judapp", tmp_path / "room.sqlite"
    judapp("pack", file, "--room", "BTTP", "--period", "2026-H1", "--out", out)
    judapp("unpack", out, "--to", room)
    change(room, 71)
    change(file, 72)
    judapp("pack", room, "--room", "BTTP", "--period", "2026-H1", "--out", back)
    told = judapp("unpack", back, "--to", file)
    assert told.code == 1
    assert "72 → 71" in told.out
    assert "--take" in told.out
    taken = judapp("unpack", back, "--to", file, "--take", "10B/tp/cc", "--json")
    assert (taken.code, taken.json["cells"]) == (0, 1)


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["--room", "không có", "--period", "2026-H1"], "RPK-006"),
        (["--room", "BTTP", "--period", "2019-H1"], "RPK-007"),
    ],
)
def test_what_cannot_be_packed_is_one_line(
    judapp: Run, file: Path, tmp_path: Path, args: list[str], code: str
) -> None:
    told = judapp("pack", file, *args, "--out", tmp_path / "a.judapp")
    assert told.code == 2
    assert code in told.err
    assert len(told.err.splitlines()) == 1
    assert not (tmp_path / "a.judapp").exists()
