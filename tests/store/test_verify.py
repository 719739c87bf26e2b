"""Who changed what is provable: whatever was changed past the program is found, and named."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judapp.errors import JudappError
from judapp.store import migrations
from judapp.store.database import DataFile
from judapp.store.digest import change_lines, header_hash, sha256
from judapp.store.tables import JOURNAL, shapes
from judapp.store.undo import undo
from judapp.store.verify import LIMIT, Problem, verify
from tests.store.helpers import AT, behind_its_back, fill_every_table, holds, journal

Tamper = Callable[[sqlite3.Connection], object]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed file with something in every table, an undo and a redo; 7 operations."""
    path = tmp_path_factory.mktemp("filled") / "x.sqlite"
    with DataFile.create(path) as file:
        fill_every_table(file)
        undone = undo(file, 4, who="Lan", machine="PC", at=AT)
        assert undone.op_id is not None
        undo(file, undone.op_id, who="Lan", machine="PC", at=AT)
        assert file.meta("ops") == "7"
        for shape in file.shapes.values():
            assert file.rows(shape.all_sql), f"nothing in {shape.name}"
    return path


def judged(content: Path, tamper: Tamper, deep: bool) -> list[Problem]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.sqlite"
        shutil.copyfile(content, path)
        with behind_its_back(path) as connection:
            tamper(connection)
        with DataFile.open(path, read_only=True) as file:
            return verify(file, deep)


def codes(content: Path, tamper: Tamper | str, deep: bool = True) -> set[str]:
    """The codes found after tampering; a text is SQL."""
    act = (lambda connection: connection.execute(tamper)) if isinstance(tamper, str) else tamper
    return {problem.code for problem in judged(content, act, deep)}


def script(*statements: str) -> Tamper:
    def act(connection: sqlite3.Connection) -> None:
        for statement in statements:
            assert connection.execute(statement).rowcount > 0, statement

    return act


def test_a_sound_file_has_no_problems(filled: Path) -> None:
    assert judged(filled, lambda _: None, deep=True) == []


# --- the chain: quick


@pytest.mark.parametrize(
    ("tamper", "expected"),
    [
        (script("update op set who = 'Minh' where id = 4"), {"VER-105"}),
        (script("update op set at = '2020-01-01T00:00:00Z' where id = 4"), {"VER-105"}),
        (script("update op set digest = zeroblob(32) where id = 4"), {"VER-105"}),
        (script("update op set reason = 'x' where id = 7"), {"VER-105"}),
        (script("update op set hash = zeroblob(32) where id = 4"), {"VER-105", "VER-106"}),
        (script("update op set hash = zeroblob(32) where id = 7"), {"VER-104", "VER-105"}),
        (script("delete from op where id = 3"), {"VER-102", "VER-106"}),
        (
            script(*(f"delete from {t} where op > 5" for t in ("figure_change", "op_sheet")),
                   "delete from op where id > 5"),
            {"VER-104"},
        ),
        (script("update op set id = 0 where id = 5", "update op set id = 5 where id = 4",
                "update op set id = 4 where id = 0"), {"VER-105", "VER-106"}),
        (script("update meta set value = '3' where key = 'ops'"), {"VER-104"}),
        (script("update meta set value = 'ab' where key = 'head'"), {"VER-104"}),
        (script("delete from meta where key = 'head'"), {"VER-104"}),
    ],
)  # fmt: skip
def test_a_tampered_chain_is_found_at_once(filled: Path, tamper: Tamper, expected: set[str]) -> None:
    """Edited, removed, reordered, tail cut: all without reading the changes."""
    assert codes(filled, tamper, deep=False) == expected


def test_the_operation_is_named(filled: Path) -> None:
    [problem] = judged(filled, script("update op set who = 'Minh' where id = 4"), deep=False)
    assert problem.params == {"op": "4", "at": AT, "who": "Minh", "label": "Đặt số"}


def test_a_changed_schema_is_found(filled: Path) -> None:
    assert codes(filled, "create index mine on sheet(state)", deep=False) == {"VER-103"}
    assert codes(filled, "create trigger t after insert on figure begin select 1; end", False) == {"VER-103"}


def test_a_lost_reference_is_found(filled: Path) -> None:
    found = judged(filled, script("update sheet set unit = 99 where id = 1"), deep=False)
    assert found == [Problem("VER-102", {"table": "sheet", "parent": "unit"})]


# --- the content: deep


@pytest.mark.parametrize(
    ("tamper", "expected"),
    [
        ("update figure set value = 8 where value = 7", {"VER-108"}),
        ("update figure set est = 1 where value = 7", {"VER-108"}),
        ("update figure set op = 1 where value = 7", {"VER-108"}),
        ("update figure set text = '12' where text is not null and tbl = ''", {"VER-108"}),
        ("delete from figure where value = 7", {"VER-108"}),
        ("insert into figure values(1, '', 'II', '1', 1, 5, null, null, 5)", {"VER-108"}),
        ("update figure_change set v1 = 6 where v1 = 5", {"VER-107", "VER-112"}),
        ("update figure_change set v1 = 8 where op = 7", {"VER-107", "VER-108"}),
        ("update figure_change set src_cell = 'C10' where src_cell = 'C9' and op = 3", {"VER-107"}),
        ("delete from figure_change where op = 7", {"VER-107", "VER-108"}),
        ("update change set after = replace(after, '20', '1') where tbl = 'setting'", {"VER-107", "VER-109"}),
        ("update change set before = after where tbl = 'setting'", {"VER-107", "VER-112"}),
        ("update change set after = 'x' where tbl = 'remark'", {"VER-107", "VER-109"}),
        ("update change set after = null where tbl = 'remark'", {"VER-107", "VER-110"}),
        ("delete from change where tbl = 'remark'", {"VER-107", "VER-110"}),
        ("insert into change values(99, 1, 'setting', '[0]', null, '{}')", {"VER-102", "VER-107", "VER-111"}),
        ("delete from op_sheet where op = 4", {"VER-107"}),
        ("insert into op_sheet values(2, 1)", {"VER-107"}),
        ("update blob_store set bytes = x'00' where name = 'vinh.xlsx'", {"VER-113"}),
        ("update blob_store set name = 'b' where name = 'vinh.xlsx'", {"VER-109"}),
        ("insert into meta values('practice', '1')", {"VER-110"}),
    ],
)  # fmt: skip
def test_what_was_changed_behind_the_program_is_found(filled: Path, tamper: str, expected: set[str]) -> None:
    assert codes(filled, tamper) == expected


@pytest.mark.parametrize("table", sorted(migrations.expected(migrations.SCHEMA).tables - {*JOURNAL}))
def test_every_content_table_is_held_against_its_history(filled: Path, table: str) -> None:
    """A row deleted, inserted, or changed in any column past the program, in whichever table."""

    def last_row(connection: sqlite3.Connection) -> tuple[dict[str, Any], str]:
        shape = shapes(connection)[table]
        values = connection.execute(shape.all_sql).fetchall()[-1]
        row = dict(zip(shape.columns, values, strict=True))
        return row, " and ".join(f"{column} = '{row[column]}'" for column in shape.key)

    def delete(connection: sqlite3.Connection) -> None:
        _, this = last_row(connection)
        assert connection.execute(f"delete from {table} where {this}").rowcount == 1

    def insert(connection: sqlite3.Connection) -> None:
        row, _ = last_row(connection)
        made = {column: other(column, value) for column, value in row.items()}
        marks = ", ".join("?" * len(made))
        connection.execute(f"insert into {table}({', '.join(made)}) values({marks})", list(made.values()))

    def change(connection: sqlite3.Connection) -> None:
        row, this = last_row(connection)
        value = other(column, row[column])
        assert connection.execute(f"update {table} set {column} = ? where {this}", (value,)).rowcount == 1

    def other(column: str, value: Any) -> Any:
        if column == "layer":
            return "claim"
        if isinstance(value, int):
            return value + 1000
        return b"other" if isinstance(value, bytes) else f"{value or 5}1"

    assert "VER-111" in codes(filled, delete)
    assert codes(filled, insert) & {"VER-110", "VER-113"}
    with TemporaryDirectory() as folder, DataFile.create(Path(folder) / "x.sqlite") as file:
        columns = file.shapes[table].columns
    for column in columns:
        assert codes(filled, change), column


def test_a_definition_this_program_cannot_read_is_named(filled: Path) -> None:
    def act(connection: sqlite3.Connection) -> None:
        bad = b'{"family": "cc.so"}'
        connection.execute(
            "update blob_store set bytes = ?, sha256 = ? where id = 1", (bad, sha256(bad).hex())
        )

    assert codes(filled, act) == {"VER-109", "VER-114"}


def test_only_so_many_problems_are_told(filled: Path) -> None:
    def act(connection: sqlite3.Connection) -> None:
        rows = [(f"k{i}",) for i in range(2 * LIMIT)]
        connection.execute("begin")
        connection.executemany("insert into setting values(?, 'x')", rows)
        connection.execute("commit")

    assert len(judged(filled, act, deep=True)) == LIMIT


def test_somebody_who_forges_a_whole_journal_must_know_the_head_elsewhere(filled: Path) -> None:
    """What this cannot protect against: with all hashes made anew the file agrees with itself."""

    def act(connection: sqlite3.Connection) -> None:
        connection.execute("update op set who = 'Minh' where id = 7")
        *header, prev, digest = connection.execute(
            "select id, uid, at, who, machine, kind, label, sheet, reason, undoes, prev, digest from op"
            " where id = 7"
        ).fetchone()
        forged = header_hash(prev, header, digest)
        connection.execute("update op set hash = ? where id = 7", (forged,))
        connection.execute("update meta set value = ? where key = 'head'", (forged.hex(),))

    assert codes(filled, act) == set()


def test_a_locked_file_is_not_a_broken_one(filled: Path, path: Path) -> None:
    shutil.copyfile(filled, path)
    with DataFile.open(path, read_only=True, timeout=0.01) as file, behind_its_back(path) as other:
        other.execute("begin exclusive")
        with pytest.raises(JudappError, match="DBF-002"):
            verify(file)


# --- any single fault


@given(st.data())
def test_any_edit_removal_reordering_or_cut_is_found(filled: Path, data: st.DataObject) -> None:
    """An operation tampered with in any column, removed, swapped with any other, or the tail cut (with a head
    that was made to fit)."""
    op = data.draw(st.integers(1, 7))
    kind = data.draw(st.sampled_from(["edit", "remove", "swap", "cut"]))

    def edit(connection: sqlite3.Connection) -> None:
        columns = [
            "uid",
            "at",
            "who",
            "machine",
            "kind",
            "label",
            "sheet",
            "reason",
            "undoes",
            "prev",
            "digest",
            "hash",
        ]
        column = data.draw(st.sampled_from(columns))
        value = {"sheet": "ifnull(sheet, 0) + 1", "undoes": "ifnull(undoes, 0) + 1"}.get(column)
        if column in ("prev", "digest", "hash"):
            value = "randomblob(32)"
        connection.execute(
            f"update op set {column} = {value or f'ifnull({column}, 1) || 1'} where id = ?", (op,)
        )

    def remove(connection: sqlite3.Connection) -> None:
        for table, column in (("op", "id"), ("op_sheet", "op"), ("figure_change", "op"), ("change", "op")):
            connection.execute(f"delete from {table} where {column} = ?", (op,))

    def swap(connection: sqlite3.Connection) -> None:
        other = op % 7 + 1
        for table, column in (("op", "id"), ("op_sheet", "op"), ("figure_change", "op"), ("change", "op")):
            for old, new in ((op, 99), (other, op), (99, other)):
                connection.execute(f"update {table} set {column} = ? where {column} = ?", (new, old))

    def cut(connection: sqlite3.Connection) -> None:
        for table, column in (("op", "id"), ("op_sheet", "op"), ("figure_change", "op"), ("change", "op")):
            connection.execute(f"delete from {table} where {column} >= ?", (op,))
        last = connection.execute("select hex(hash) from op where id = ?", (op - 1,)).fetchone()
        head = last[0].lower() if last else "00" * 32
        connection.execute("update meta set value = ? where key = 'head'", (head,))
        connection.execute("update meta set value = ? where key = 'ops'", (str(op - 1),))

    assert codes(filled, {"edit": edit, "remove": remove, "swap": swap, "cut": cut}[kind])


def test_one_flipped_bit_that_changes_anything_is_found(filled: Path, tmp_path: Path) -> None:
    """A flip is found, or everything the program reads is as it was (bookkeeping of sqlite-utils aside)."""
    path = tmp_path / "x.sqlite"
    content = filled.read_bytes()
    with DataFile.open(filled, read_only=True) as file:
        whole = holds(file), journal(file)
    draw = random.Random(2026)
    found = 0
    for _ in range(150):
        flipped = bytearray(content)
        flipped[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
        path.write_bytes(flipped)
        try:
            with DataFile.open(path, read_only=True) as file:
                if verify(file, deep=True):
                    found += 1
                else:
                    assert (holds(file), journal(file)) == whole
        except JudappError:
            found += 1
    assert found > 10


def test_lines_of_a_digest_are_told_apart() -> None:
    """Two different lists of changes never make the same bytes."""
    assert change_lines([(1, "a\nb", None)]) == b'[1,"a\\nb",null]\n'
    assert change_lines([]) == b""
