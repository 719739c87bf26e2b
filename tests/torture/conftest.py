"""How long the torture lasts: a few seconds in the usual run, thoroughly with ``dev.py torture``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Say = Callable[[str], None]


@pytest.fixture(scope="session")
def thorough() -> bool:
    """Whether this is ``dev.py torture``."""
    return bool(os.environ.get("JUDAPP_TORTURE"))


@pytest.fixture(scope="session")
def seed() -> int:
    """The seed of everything random: ``JUDAPP_SEED`` repeats a run; the usual run is the same every time."""
    chosen = os.environ.get("JUDAPP_SEED")
    if chosen is None and os.environ.get("JUDAPP_TORTURE"):
        return int.from_bytes(os.urandom(3), "big")
    return int(chosen or 6)


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], thorough: bool) -> Say:
    """Tells what was tried and found, in the thorough run only."""

    def tell(words: str) -> None:
        if thorough:
            with capsys.disabled():
                print(f"\n  {words}", end="", file=sys.stderr, flush=True)

    return tell


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the file is; the folder has the letters of a real one."""
    folder = tmp_path / "Nguyễn Văn A" / "Sở TP (2026) 100% #1?"
    folder.mkdir(parents=True)
    return folder / "NgheAn.sqlite"
