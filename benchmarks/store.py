"""How fast the data file is: ``python benchmarks/store.py [--figures 6000000]``.

Makes a province of 168 communes with 6 forms of 200 cells over as many half-years as give the number asked
for, all of it through the store's own operations (nothing is bypassed), and measures what the program does
all day, each beside plain sqlite3 doing the least that could be called the same.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import msgspec

from judapp.domain.catalogue import Column, Evidence, Form, Row, Table
from judapp.domain.figure import NIL, Figure, number
from judapp.domain.period import Period, Span
from judapp.domain.unit import COMMUNE, Unit, UnitState
from judapp.store import backup, documents, forms, imports, sheets, units, verify
from judapp.store.database import DataFile
from judapp.store.operations import Applied, CellKey, Operation, Writer, apply
from judapp.store.undo import undo

COMMUNES, FORMS, ROWS, COLUMNS = 168, 6, 20, 10
KEYS: list[CellKey] = [("", f"I.{row}", str(column)) for row in range(ROWS) for column in range(COLUMNS)]
PER_ROUND = COMMUNES * FORMS * len(KEYS)


def tell(what: str, ours: str, plain: str = "", ratio: str = "") -> None:
    print(f"{what:66} {ours:>12} {plain:>12} {ratio:>7}", flush=True)


def tell_times(what: str, ours: float, plain: float | None = None) -> None:
    if plain is None:
        tell(what, seconds(ours))
    else:
        tell(what, seconds(ours), seconds(plain), f"{ours / plain:.1f} ×")


def seconds(value: float) -> str:
    return f"{value * 1000:.2f} ms" if value < 1 else f"{value:.1f} s"


def megabytes(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:.0f} MB"


def timed(act: Callable[[], object], repeat: int = 1) -> float:
    """The median time of an act."""
    taken = []
    for _ in range(repeat):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def operation(kind: str) -> Operation:
    return Operation(kind=kind, label="Nhập tệp", who="bench", machine="bench", at="2026-06-20T08:00:00Z")


def definition(index: int) -> bytes:
    form = Form(
        family=f"bench{index}",
        number=f"{index}/BENCH",
        circular="17/2025/TT-BTP",
        area="bench",
        title="Benchmark",
        valid_from=date(2010, 1, 1),
        regime="tk",
        rounds=("H1", "Y1", "Y"),
        tables=(
            Table(
                columns=tuple(Column(label=str(c), code=str(c)) for c in range(COLUMNS)),
                rows=(Row(code="I", children=tuple(Row(code=str(r)) for r in range(ROWS))),),
            ),
        ),
        evidence=Evidence(level="department", sources=("benchmark",)),
    )
    return msgspec.json.encode(form)


def registers(file: DataFile) -> list[int]:
    """168 communes under one province, and the forms; returns the ids of the forms."""
    made: list[int] = []

    def build(writer: Writer) -> None:
        since = date(2010, 1, 1)
        units.put_unit(writer, Unit("p", "province", (UnitState(since, None, "40", "Nghệ An"),)))
        for index in range(COMMUNES):
            state = UnitState(since, None, f"{index:05}", f"Xã {index}", "xã", "p")
            units.put_unit(writer, Unit(f"c{index}", COMMUNE, (state,)))
        made.extend(forms.add(writer, definition(index)) for index in range(FORMS))

    apply(file, operation("new"), build)
    return made


def rounds(count: int) -> list[Period]:
    """So many rounds, two a year."""
    return [Period(2011 + i // 2, ("H1", "Y")[i % 2]) for i in range(count)]


def figures(seed: str) -> list[tuple[str, str, str, Figure]]:
    """The cells of one sheet: whole numbers of a commune's size, some with an estimated part, some nil."""
    draw = random.Random(seed)
    found = []
    for key in KEYS:
        value = draw.randrange(5000)
        kind = draw.random()
        figure = NIL if kind < 0.1 else number(value, value // 10) if kind < 0.2 else number(value)
        found.append((*key, figure))
    return found


def fill(file: DataFile, form_ids: list[int], period: Period) -> Callable[[], Applied]:
    """The act of importing 168 workbooks with 6 sheets each for one round as one operation."""
    span = Span(date(period.year, 1, 1), period.last_day)
    cells = {key: f"{'ABCDEFGHIJ'[i % COLUMNS]}{8 + i // COLUMNS}" for i, key in enumerate(KEYS)}
    contents = [[figures(f"{period.code} {c} {f}") for f in range(FORMS)] for c in range(COMMUNES)]

    def build(writer: Writer) -> None:
        for commune, of_forms in enumerate(contents):
            blob = documents.keep(writer, f"{period.code} {commune}".encode())
            source = imports.add_file(writer, blob, f"xa{commune}.xlsx", "{}", f"c{commune}")
            for form, content in zip(form_ids, of_forms, strict=True):
                sheet = sheets.begin(writer, form, f"c{commune}", period, span)
                writer.set_figures(sheet, content, imports.add_sheet(writer, source, str(form)), cells)

    return lambda: apply(file, operation("import"), build)


def plain_insert(folder: Path) -> float:
    """What plain sqlite3 needs for the figures of one round: rows ready made, no history, one commit."""
    rows = [
        (sheet, *key, int(figure.state), figure.value, figure.estimate, figure.text, 1)
        for sheet in range(COMMUNES * FORMS)
        for *key, figure in figures(str(sheet))
    ]
    with closing(sqlite3.connect(folder / "plain.sqlite", isolation_level=None)) as plain:
        plain.execute("pragma journal_mode = wal")
        plain.execute("pragma synchronous = full")
        plain.execute(
            "create table figure(sheet integer, tbl text, row text, col text, state integer, value integer,"
            " est integer, text text, op integer, primary key(sheet, tbl, row, col)) strict, without rowid"
        )

        def insert() -> None:
            plain.execute("begin")
            plain.executemany("insert into figure values(?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
            plain.execute("commit")

        return timed(insert)


def measure_reading(file: DataFile, form_ids: list[int], period: Period) -> None:
    plain = file.connection
    chosen = sheets.find(file, period=period)[500].id
    columns = "f.tbl, f.row, f.col, f.state, f.value, f.est, f.text"
    sheet = f"select {columns} from figure f where f.sheet = ?"
    tell_times(
        f"open one sheet ({len(KEYS)} cells)",
        timed(lambda: sheets.figures(file, chosen), 200),
        timed(lambda: plain.execute(sheet, (chosen,)).fetchall(), 200),
    )
    over_units = (
        f"select f.sheet, {columns} from sheet s join figure f on f.sheet = s.id"
        " where s.period = ? and s.form_version = ?"
    )
    tell_times(
        f"one form over {COMMUNES} communes ({COMMUNES * len(KEYS):,} cells)",
        timed(lambda: sheets.figures_of_form(file, form_ids[2], period), 10),
        timed(lambda: plain.execute(over_units, (period.code, form_ids[2])).fetchall(), 10),
    )
    over_time = (
        "select s.period, f.value from sheet s join unit u on u.id = s.unit join figure f on f.sheet = s.id"
        " where u.uid = 'c77' and s.form_version = ? and f.tbl = '' and f.row = 'I.7' and f.col = '3'"
    )
    count = len(sheets.cell_over_time(file, form_ids[2:3], "c77", KEYS[73]))
    tell_times(
        f"one cell over {count} rounds",
        timed(lambda: sheets.cell_over_time(file, form_ids[2:3], "c77", KEYS[73]), 200),
        timed(lambda: plain.execute(over_time, (form_ids[2],)).fetchall(), 200),
    )


def measure_one_cell(file: DataFile, folder: Path, period: Period) -> None:
    chosen = sheets.find(file, period=period)[500].id
    values = iter(range(10_000, 20_000))

    def set_one() -> None:
        cell = [(*KEYS[42], number(next(values)))]
        apply(file, operation("set"), lambda writer: writer.set_figures(chosen, cell))

    with closing(sqlite3.connect(folder / "plain.sqlite", isolation_level=None)) as plain:
        plain.execute("pragma synchronous = full")
        update = "update figure set value = ? where sheet = 500 and tbl = '' and row = 'I.4' and col = '2'"
        tell_times(
            "one cell typed: an operation, synced",
            timed(set_one, 200),
            timed(lambda: plain.execute(update, (next(values),)), 200),
        )


def measure_verify(folder: Path) -> None:
    """Deep verification, on a file of three rounds."""
    path = folder / "small.sqlite"
    with DataFile.create(path) as file:
        form_ids = registers(file)
        for period in rounds(3):
            fill(file, form_ids, period)()
    with DataFile.open(path, read_only=True) as file:
        count = file.row("select count(*) from figure")[0]
        tell_times(f"verify --deep ({count:,} figures)", timed(lambda: sound(file, deep=True)))


def sound(file: DataFile, deep: bool = False) -> None:
    if problems := verify.verify(file, deep):
        raise SystemExit(f"not sound: {problems}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--figures", type=int, default=6_000_000)
    count = max(1, round(arguments.parse_args().figures / PER_ROUND))
    print(
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores,"
        f" {platform.system()} {platform.machine()}\n"
    )
    tell("", "judapp", "plain", "ratio")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "bench.sqlite"
        plain = plain_insert(folder)
        with DataFile.create(path) as file:
            form_ids = registers(file)
            taken = [timed(fill(file, form_ids, period)) for period in rounds(count)]
            period = rounds(count)[-1]
            tell_times(f"{PER_ROUND:,} figures of 168 files as one operation, first", taken[0], plain)
            tell_times(f"{PER_ROUND:,} figures of 168 files as one operation, last", taken[-1], plain)
            last = int(file.meta("ops") or 0)
            for what in ("taken back (undo)", "made again (redo)"):
                again = partial(undo, file, last, who="bench", machine="bench", at="2026-06-21T08:00:00Z")
                tell_times(f"… {what}", timed(again))
                last += 1
            measure_reading(file, form_ids, period)
            measure_one_cell(file, folder, period)
            tell_times("verify (quick), whole file", timed(lambda: sound(file)))
            tell_times("backup, checked, whole file", timed(lambda: backup.backup(file, folder / "backups")))
            tell_times("close: log moved in, one file", timed(file.close))
        tell_times("open, writable", timed(lambda: DataFile.open(path).close(), 5))
        measure_verify(folder)
        tell(f"size with history ({PER_ROUND * count:,} figures)", megabytes(path))
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("delete from figure_change")
            connection.execute("vacuum")
        tell("size without the history of figures", megabytes(path))


if __name__ == "__main__":
    main()
