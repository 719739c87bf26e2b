"""Forms: 100 of them loaded from a data file, and a blank learned: ``python benchmarks/learn.py``.

Loading is held against msgspec decoding the same definitions without the file around them, learning against
openpyxl merely loading the same workbook. Peak memory is that of a process of its own, less what Python, the
modules and the open file take.
"""

from __future__ import annotations

import argparse
import importlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import msgspec
from msgspec.structs import replace

from judapp.app import seeds
from judapp.app.founding import new_file
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Form
from judapp.domain.layout import Heading, layout
from judapp.domain.rows import expand
from judapp.domain.shape import plan_of
from judapp.excel.fill import blank
from judapp.store import forms
from judapp.store.operations import Writer

FORMS, TIMES = 100, 15
BLANKS = ("10b-tp-cc", "th-13")
"""The widest form of the present circular, and the one whose head is deepest."""


def data_file(path: Path) -> list[bytes]:
    """A data file with 100 forms: the catalogue, and copies under other numbers; their definitions."""
    with new_file(path, "40") as workspace:
        shipped = [version.form for version in workspace.versions.values()]
        copies = [
            replace(form, family=f"{form.family}.{turn}", number=f"{form.number}-{turn}")
            for turn in range(1, FORMS // len(shipped) + 1)
            for form in shipped
        ]

        def put(writer: Writer) -> None:
            for form in copies[: FORMS - len(shipped)]:
                forms.add(writer, msgspec.json.encode(form))

        workspace.apply("form", "100 biểu", put)
        return [msgspec.json.encode(version.form) for version in workspace.versions.values()]


def drawn(form: Form) -> bytes:
    """The form's blank as the program draws it."""
    rows = {table.key: expand(table, lambda _: ()) for table in form.tables}
    return blank(layout(form, rows, Heading()), plan_of(form, rows))


def load(path: Path) -> tuple[float, object]:
    with Workspace.open(path) as workspace:
        start = time.perf_counter()
        found = workspace.versions
        return time.perf_counter() - start, found


def decode(path: Path) -> tuple[float, object]:
    raw = path.with_suffix(".json").read_bytes().split(b"\n")
    start = time.perf_counter()
    found = [msgspec.json.decode(part, type=Form) for part in raw]
    return time.perf_counter() - start, found


def learn(path: Path) -> tuple[float, object]:
    from judapp.app.learning import learn_blank

    start = time.perf_counter()
    found = learn_blank(path)
    return time.perf_counter() - start, found


def openpyxl_load(path: Path) -> tuple[float, object]:
    from openpyxl import load_workbook

    start = time.perf_counter()
    found = load_workbook(path)
    return time.perf_counter() - start, found


JOBS: dict[str, Callable[[Path], tuple[float, object]]] = {
    "load": load,
    "decode": decode,
    "learn": learn,
    "openpyxl": openpyxl_load,
}


MODULES = {
    "learn": (
        "judapp.app.learning",
        "judapp.excel.learn",
        "judapp.excel.blank_xlsx",
        "judapp.excel.read_xlsx",
    ),
    "openpyxl": ("openpyxl",),
}
"""What a job would load; not counted as its memory."""


def job(name: str, path: Path, times: int) -> None:
    """Do a job in this process: megabytes the first time takes at most, then the median of its seconds."""
    for module in MODULES.get(name, ()):
        importlib.import_module(module)
    work = JOBS[name]
    before = peak()
    first, kept = work(path)
    after = peak()
    # The program loads its forms once; definitions it knows already it does not decode again.
    again = [first] if name in ("load", "decode") else [work(path)[0] for _ in range(times)]
    print(statistics.median(again), after - before, kept is None)


def peak() -> float:
    """Megabytes this process has held at most; what its parent held does not count."""
    [line] = [line for line in Path("/proc/self/status").read_text("utf-8").split("\n") if "VmHWM" in line]
    return int(line.split()[1]) / 1024


def measured(name: str, path: Path) -> tuple[float, float]:
    """Seconds and megabytes of a job: medians of five processes."""
    answers = [
        subprocess.run(
            [sys.executable, __file__, "--job", name, "--path", str(path)],
            check=True, capture_output=True, text=True,
        ).stdout.split()
        for _ in range(5)
    ]  # fmt: skip
    return statistics.median(float(a[0]) for a in answers), statistics.median(float(a[1]) for a in answers)


def compare(what: str, ours: tuple[float, float], plain: tuple[float, float]) -> None:
    print(
        f"{what:66}{ours[0] * 1000:8.1f} ms{plain[0] * 1000:8.1f} ms{ours[0] / plain[0]:7.2f} ×"
        f"{ours[1]:8.1f} MB{plain[1]:8.1f} MB"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--job")
    parser.add_argument("--path", type=Path)
    asked = parser.parse_args()
    if asked.job:
        job(asked.job, asked.path, TIMES)
        return
    print(f"{platform.system()} {platform.machine()}, Python {platform.python_version()}")
    print(f"\n{'':66}{'judapp':>11}{'plain':>11}{'ratio':>9}{'memory':>11}{'plain':>11}")
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "forms.sqlite"
        raw = data_file(path)
        path.with_suffix(".json").write_bytes(b"\n".join(raw))
        size = sum(map(len, raw))
        compare(
            f"load {FORMS} forms ({size / 1e6:.2f} MB of JSON); decode them",
            measured("load", path),
            measured("decode", path),
        )
        shipped = {seed.path.stem: seed.form for seed in seeds.forms()}
        for stem in BLANKS:
            workbook = Path(name) / f"{stem}.xlsx"
            workbook.write_bytes(drawn(shipped[stem]))
            leaves = sum(len(table.leaves) for table in shipped[stem].tables)
            compare(
                f"learn the blank of {shipped[stem].number} ({leaves} columns); openpyxl loads it",
                measured("learn", workbook),
                measured("openpyxl", workbook),
            )


if __name__ == "__main__":
    main()
