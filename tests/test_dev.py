"""dev.py runs on a bare machine, and the lock file fits every machine."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")


def dev(*args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", str(ROOT / "dev.py"), *args]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=False)


@pytest.mark.parametrize("args", [[], ["--help"]], ids=["bare", "--help"])
def test_help_lists_every_command(args: list[str]) -> None:
    done = dev(*args)
    assert done.returncode == 0
    assert re.findall(r"^  (\w+) ", done.stdout, re.MULTILINE) == [
        "setup", "demo", "test", "check", "torture", "bench", "screens", "package", "lock"
    ]  # fmt: skip


def test_unknown_command_says_what_there_is() -> None:
    done = dev("tets")
    assert done.returncode == 2
    assert "'tets'; there are setup, demo, test" in done.stdout


def test_needs_the_standard_library_only() -> None:
    tree = ast.parse((ROOT / "dev.py").read_text("utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "?").split(".")[0])
    assert names <= sys.stdlib_module_names


def test_lock_has_a_hash_for_every_package_and_no_address() -> None:
    entries = re.split(r"\n(?=[a-z0-9])", LOCK)[1:]
    assert len(entries) > 30
    for entry in entries:
        assert re.match(r"[a-z0-9.-]+==\S+ ", entry), entry
        assert "--hash=sha256:" in entry, entry
    assert "//" not in LOCK
    assert not re.search(r"^--", LOCK, re.MULTILINE)


def test_lock_answers_pyproject() -> None:
    """A dependency that was added without `dev.py lock` is found here, not on the next new machine."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    locked = dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", LOCK, re.MULTILINE))
    for requirement in wanted:
        name, lowest, below = re.fullmatch(r"([\w-]+)>=([\d.]+),<([\d.]+)", requirement).groups()  # type: ignore[union-attr]
        assert _numbers(lowest) <= _numbers(locked[name.lower()]) < _numbers(below), requirement


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def test_wheel_carries_seeds_and_resources(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
    for folder in ("resources", "seeds"):
        for file in (ROOT / folder).rglob("*.json"):
            assert f"judapp/_data/{file.relative_to(ROOT).as_posix()}" in names
    assert "judapp/py.typed" in names


@pytest.mark.skipif(os.name == "nt", reason="a POSIX script")
def test_ci_runs_what_a_developer_runs() -> None:
    script = (ROOT / ".ci/run").read_text("utf-8")
    assert "set -euo pipefail" in script
    assert script.rstrip().endswith("\npython3 dev.py test")
    assert os.access(ROOT / ".ci/run", os.X_OK)
