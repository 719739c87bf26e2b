"""Strict surroundings: a test that logs, leaks or leaves the machine fails, whatever it set out to show."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import pytest

ROOT = Path(__file__).parents[1]
ExpectLog = Callable[[str], None]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Examples that failed are kept with the project, not in the throw-away folder the tests run in.
os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(ROOT / ".hypothesis"))
hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.register_profile("gate", deadline=None, derandomize=True)
hypothesis.settings.register_profile("deep", deadline=None, max_examples=5_000)
hypothesis.settings.load_profile(os.environ.get("JUDAPP_HYPOTHESIS") or "desk")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests marked ``oracle`` run only when asked for."""
    if not os.environ.get("JUDAPP_ORACLE"):
        skip = pytest.mark.skip(reason="needs LibreOffice: dev.py test --oracle")
        for item in items:
            if item.get_closest_marker("oracle"):
                item.add_marker(skip)


@pytest.fixture(scope="session", autouse=True)
def throwaway_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Nobody's settings and files are read or written: an empty home and an empty working folder."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
            patch.setenv(name, str(home))
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        patch.chdir(tmp_path_factory.mktemp("cwd"))
        yield home


@pytest.fixture(autouse=True)
def expect_log(caplog: pytest.LogCaptureFixture) -> Iterator[ExpectLog]:
    """Warnings in the log fail a test, unless it announced them: ``expect_log("a regular expression")``."""
    expected: list[str] = []
    yield expected.append
    lines = [
        f"{record.levelname} {record.name}: {record.getMessage()}"
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.levelno >= logging.WARNING
    ]
    unexpected = [line for line in lines if not any(re.search(pattern, line) for pattern in expected)]
    unseen = [pattern for pattern in expected if not any(re.search(pattern, line) for line in lines)]
    if unexpected or unseen:
        pytest.fail("\n".join([*unexpected, *(f"announced, not logged: {p}" for p in unseen)]), pytrace=False)


@pytest.fixture(autouse=True)
def no_leaked_threads(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A thread that outlives its test fails it, with the line that started it."""
    before = set(threading.enumerate())
    started_at: dict[threading.Thread, str] = {}
    start = threading.Thread.start

    def noting_start(thread: threading.Thread) -> None:
        started_at[thread] = "".join(traceback.format_stack(limit=4)[:-1])
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", noting_start)
    yield
    leaked = []
    for thread in set(threading.enumerate()) - before:
        if not isinstance(thread, threading._DummyThread):  # a thread of Qt that Python has only met
            thread.join(timeout=1)
            if thread.is_alive():
                leaked.append(f"{thread.name} still runs, started at\n{started_at.get(thread, '?')}")
    if leaked:
        pytest.fail("\n".join(leaked), pytrace=False)


def _stay_offline(event: str, args: tuple[Any, ...]) -> None:
    """Promise 11 (no network, ever): resolving a name or reaching out over IP is a failure."""
    if event == "socket.getaddrinfo" or (
        event in ("socket.connect", "socket.sendto") and getattr(args[0].family, "name", "") != "AF_UNIX"
    ):
        raise AssertionError(f"the network was used: {event} {args}")


sys.addaudithook(_stay_offline)  # sees every socket that Python opens, whatever library asked for it


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, made once a run; nobody changes it (see ``demo``)."""
    from judapp.app.demo import run

    folder = tmp_path_factory.mktemp("demo")
    run(folder)
    return folder


@pytest.fixture
def demo(demo_folder: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration's data file that a test may change."""
    return Path(shutil.copy(demo_folder / "demo.sqlite", tmp_path / "demo.sqlite"))


@pytest.fixture
def judapp() -> Callable[..., Ran]:
    """Run a command of the command line in this process: ``judapp("check", file, "--period", "2023-Y")``."""
    from click.testing import CliRunner

    from judapp.cli.root import root

    def run(*args: object) -> Ran:
        result = CliRunner().invoke(root, [str(arg) for arg in args])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(result.exit_code, result.stdout, result.stderr)

    return run


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its standard output, which must be one JSON object and nothing else."""
        return json.loads(self.out)
