"""What the tables of a file look like, read from the file itself: one declaration, the schema.

Content tables are all but the journal (``op`` …), the figures, which have a journal of their own, and the
bookkeeping of sqlite-utils. A content table whose key is the integer ``id`` holds identities.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

SqlValue = str | int | bytes | None
Row = Mapping[str, SqlValue]
Key = tuple[SqlValue, ...]

JOURNAL = ("op", "op_sheet", "figure", "figure_change", "change")
BOOKKEEPING = ("head", "ops", "schema", "app")
"""Keys of ``meta`` that the store itself keeps; they are no content and have no history."""


class Shape(Struct, frozen=True, dict=True):
    """One content table, and the statements that read and write one row of it."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    blobs: frozenset[str]
    identity: bool
    """Whether rows are identities, with an integer id: never deleted, ids never used twice."""

    def key_of(self, row: Row) -> Key:
        """The primary key of ``row``."""
        return tuple(row[column] for column in self.key)

    @cached_property
    def all_sql(self) -> str:
        """Reads every row that is content."""
        content = ""
        if self.name == "meta":
            content = " where key not in (" + ", ".join(f"'{key}'" for key in BOOKKEEPING) + ")"
        return f"select {', '.join(self.columns)} from {self.name}{content}"

    @cached_property
    def one_sql(self) -> str:
        """Reads the row with a key."""
        return f"select {', '.join(self.columns)} from {self.name} where {self._where}"

    @cached_property
    def delete_sql(self) -> str:
        """Deletes the row with a key."""
        return f"delete from {self.name} where {self._where}"

    @cached_property
    def put_sql(self) -> str:
        """Inserts a row, or replaces its columns in place (never delete and insert: others refer to it)."""
        rest = [f"{column} = excluded.{column}" for column in self.columns if column not in self.key]
        marks = ", ".join("?" * len(self.columns))
        return (
            f"insert into {self.name}({', '.join(self.columns)}) values({marks})"
            f" on conflict({', '.join(self.key)}) do update set {', '.join(rest)}"
        )

    @property
    def _where(self) -> str:
        return " and ".join(f"{column} = ?" for column in self.key)


def shapes(connection: sqlite3.Connection) -> dict[str, Shape]:
    """The content tables of a file by name."""
    query = (
        "select m.name, c.name, c.type, c.pk from sqlite_master m, pragma_table_info(m.name) c"
        " where m.type = 'table' and m.name not like 'sqlite\\_%' escape '\\'"
        " and m.name <> '_sqlite_migrations' order by m.name, c.cid"
    )
    found: dict[str, list[tuple[str, str, int]]] = {}
    for table, column, kind, place in connection.execute(query):
        if table not in JOURNAL:
            found.setdefault(table, []).append((column, kind, place))
    return {
        table: Shape(
            table,
            tuple(name for name, _, _ in columns),
            tuple(name for name, _, place in sorted(columns, key=lambda c: c[2]) if place),
            frozenset(name for name, kind, _ in columns if kind == "BLOB"),
            any(name == "id" and kind == "INTEGER" and place for name, kind, place in columns),
        )
        for table, columns in found.items()
    }
