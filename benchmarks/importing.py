"""How fast a province's files are imported: ``python benchmarks/importing.py [--communes 168]``.

Makes the workbooks of 168 communes, six forms each, and a data file that knows both (parts/import_data.py).
Then, in one run and with two processes each:

* judapp: every file recognised by what it prints, mapped, checked, held against the data file and made into
  the rows and totals the window shows before “Áp dụng”;
* openpyxl merely loading the same files;
* calamine giving their values;
* an openpyxl loop that adds up the cells, what a department would write itself;
* LibreOffice converting the same files to CSV (its own process; skipped where it is not installed).

All start their processes anew, as Windows does. Last, all figures are applied as one operation with history.
"""

from __future__ import annotations

import argparse
import multiprocessing
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from parts.import_data import make_file, make_workbooks

from judapp.app.import_view import file_rows, outlook, summary, totals
from judapp.app.importing import Candidate, apply_import, preview
from judapp.app.reading_files import Limits, Readers
from judapp.app.workspace import Workspace
from judapp.store.operations import Applied

COMMUNES = 168
PROCESSES = 2


def load(path: Path) -> int:
    """Load a workbook with openpyxl and do nothing with it."""
    from openpyxl import load_workbook

    return len(load_workbook(path).worksheets)


def values(path: Path) -> int:
    """The values of a workbook by calamine."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(path))
    return sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)


def add_up(path: Path) -> float:
    """What a department would write itself: every number of the first worksheet, added up."""
    from openpyxl import load_workbook

    sheet = load_workbook(path, data_only=True).worksheets[0]
    return sum(
        cell for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, (int, float))
    )


def pooled(work: Callable[[Path], object], files: list[Path]) -> None:
    """``work`` on every file, by two processes."""
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        for _ in pool.imap_unordered(work, files, chunksize=8):
            pass
        pool.close()
        pool.join()


def libreoffice(files: list[Path], folder: Path) -> None:
    """LibreOffice converts the files, in one process of its own."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "csv", "--outdir", str(folder / "csv")]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True)


class Took(NamedTuple):
    """Seconds by the clock and of all processors; what else runs on the machine counts in the first alone."""

    clock: float
    processor: float


def timed(work: Callable[[], object]) -> Took:
    """What ``work`` takes, with every process that it starts and ends."""
    start, used = time.perf_counter(), processor()
    work()
    return Took(time.perf_counter() - start, processor() - used)


def processor() -> float:
    """Processor seconds of this process and of those that ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


class Memory:
    """The most memory this process and given others held together, looked at every 20 ms (Linux only)."""

    most = 0

    @contextmanager
    def of(self, processes: Callable[[], tuple[int, ...]]) -> Iterator[None]:
        """Watch this process and ``processes``."""
        end = threading.Event()

        def watch() -> None:
            while not end.wait(0.02):
                self.most = max(self.most, sum(map(held, ("self", *processes()))))

        thread = threading.Thread(target=watch)
        thread.start()
        yield
        end.set()
        thread.join()


def held(process: int | str) -> int:
    """Bytes a process holds in memory; 0 where it is gone."""
    try:
        return (
            int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
            * resource.getpagesize()
        )
    except (OSError, ValueError):
        return 0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--communes", type=int, default=COMMUNES)
    parser.add_argument("--without-office", action="store_true", help="leave LibreOffice out")
    said = parser.parse_args()
    communes = said.communes
    print(f"{platform.system()} {platform.machine()}, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sent").mkdir()
        workspace = make_file(folder / "province.sqlite", communes)
        files = list(make_workbooks(folder / "sent", communes))
        print(f"{len(files):,} workbooks, {sum(file.stat().st_size for file in files) / 1e6:.0f} MB\n")
        with workspace:
            found: list[Candidate] = []
            took = {"judapp: recognised … previewed": timed(lambda: found.extend(read(workspace, folder)))}
            memory = Memory()  # once more: who watches takes a tenth of what is watched
            read(workspace, folder, memory)
            took["openpyxl, loaded"] = timed(lambda: pooled(load, files))
            took["calamine, values"] = timed(lambda: pooled(values, files))
            took["openpyxl, cells added up"] = timed(lambda: pooled(add_up, files))
            if not said.without_office and shutil.which("soffice"):
                took["LibreOffice, converted to CSV"] = timed(lambda: libreoffice(files, folder))
            tell(took, len(files))
            print(f"{memory.most / 1e6:.0f} MB in all processes of judapp at once (to be under 400)")
            applied: list[Applied] = []
            seconds = timed(lambda: applied.append(apply_import(workspace, found)))
            print(
                f"{applied[0].figures:,} figures applied with their history: "
                f"{seconds.clock:.1f} s, {seconds.processor:.1f} s of processor"
            )


def read(workspace: Workspace, folder: Path, memory: Memory | None = None) -> list[Candidate]:
    """Everything the window needs before “Áp dụng”."""
    with (
        Readers(Limits(processes=PROCESSES)) as readers,
        memory.of(lambda: readers.processes) if memory else nullcontext(),
    ):
        found = preview(workspace, [folder / "sent"], readers=readers)
        told = totals(file_rows(workspace, found))
    if memory is None:
        print(f"{summary(told)}\n{outlook(told)}\n")
    return found


def tell(took: dict[str, Took], files: int) -> None:
    """Print what everything took, and how it stands to openpyxl's loading."""
    ours, theirs, fast = (
        took["judapp: recognised … previewed"],
        took["openpyxl, loaded"],
        took["calamine, values"],
    )
    print(f"{'':34}{'seconds':>9}{'of openpyxl':>13}{'processor':>11}{'of openpyxl':>13}{'ms a file':>11}")
    for name, one in took.items():
        print(
            f"{name:34}{one.clock:9.2f}{one.clock / theirs.clock:12.3f}×"
            f"{one.processor:11.2f}{one.processor / theirs.processor:12.3f}×"
            f"{one.processor / files * 1000:11.2f}"
        )
    print(
        f"\njudapp is {ours.clock / theirs.clock:.3f} × openpyxl by the clock (to be at most 0.25), "
        f"{ours.processor / theirs.processor:.3f} × of processors; {ours.clock / fast.clock:.1f} × calamine"
    )


if __name__ == "__main__":
    main()
