"""The schema, as the history of its making: append-only, plain SQL, never changed once released.

Rules for a new migration (design, promise 10):

- Plain SQL that knows nothing of today's classes; sqlite-utils' ``transform()`` is not used (it drops WITHOUT
  ROWID and fails on compound keys of STRICT tables).
- A new column of a content table may be null and has no default: null means what older rows meant. So the
  history of a row, which leaves nulls out, reads the same before and after.
- A migration that must rewrite rows of content tables does so as an operation as well, or ``verify`` will
  rightly say that rows and history disagree.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from sqlite_utils import Database


class Migration(Struct, frozen=True):
    """One step, with the name it is remembered by in the file."""

    name: str
    sql: str


FIRST = """
-- Identity is never a code, a name or a number that people see: uid = random text, the same in every copy.
-- Tables with an integer id hold identities: rows never deleted, ids never used twice.
create table meta(key text not null primary key, value text not null) strict, without rowid;
insert into meta(key, value) values('ops', '0'), ('head', lower(hex(zeroblob(32))));
create table setting(key text not null primary key, value text not null) strict, without rowid;

-- every byte string, once: definitions, blanks, imported files, scans, payloads, sent workbooks
create table blob_store(id integer primary key, sha256 text not null unique, name text, bytes blob not null)
  strict;
create table document(id integer primary key, uid text not null unique, number text, date text, issuer text,
  title text, url text, blob integer references blob_store, gone integer not null) strict;

-- nation, province, cluster, commune, notary, agency, thads, room
create table unit(id integer primary key, uid text not null unique, kind text not null) strict;
create table unit_state(unit integer not null references unit, valid_from text not null, valid_to text,
  code text not null, name text not null, subkind text, parent integer references unit, source text,
  primary key(unit, valid_from)) strict, without rowid;
create table succession(old integer not null references unit, new integer not null references unit,
  on_date text not null, source text, primary key(old, new, on_date)) strict, without rowid;
-- grp: uid of a unit of kind cluster
create table grp(grp text not null, unit integer not null references unit, year integer not null, role text,
  primary key(grp, unit, year)) strict, without rowid;

-- valid_to may close a version that its definition left open
create table form_version(id integer primary key, uid text not null unique, family text not null,
  number text not null, circular text not null, valid_from text not null, valid_to text,
  definition integer not null references blob_store, blank integer references blob_store,
  gone integer not null) strict;
create table measure(id text not null primary key, definition text not null) strict, without rowid;
create table indicator(id text not null primary key, ord integer not null, definition text not null)
  strict, without rowid;

-- windows follow from the rules of a circular, or were moved by letter
create table window_rule(regime text not null, round text not null, level text not null,
  first_year integer not null, last_year integer, start_on text not null, end_on text not null,
  actual_to text, due text, source text not null, evidence text not null,
  primary key(regime, round, level, first_year)) strict, without rowid;
create table window_letter(regime text not null, period text not null, level text not null,
  from_date text not null, to_date text not null, actual_to text, due text,
  document integer references document, source text not null, evidence text not null,
  primary key(regime, period, level)) strict, without rowid;

-- who owes what since when; which room and person prepare it
create table obligation(family text not null, unit integer not null references unit, valid_from text not null,
  valid_to text, room integer references unit, person text, primary key(family, unit, valid_from))
  strict, without rowid;
create table person(uid text not null primary key, name text not null, role text not null,
  room integer references unit, pin text, active integer not null) strict, without rowid;

-- from_date, to_date: '' where the source does not state them
create table sheet(id integer primary key, uid text not null unique,
  form_version integer not null references form_version, unit integer not null references unit,
  period text not null, from_date text not null, to_date text not null,
  layer text not null check(layer in ('own', 'adjust', 'claim')), state text not null,
  revision integer not null, unique(form_version, unit, period, from_date, layer)) strict;
create index sheet_by_period on sheet(period, form_version, unit);
-- only rows that repeat
create table sheet_row(sheet integer not null references sheet, tbl text not null, row text not null,
  parent text not null, ord integer not null, unit integer references unit, label text not null,
  primary key(sheet, tbl, row)) strict, without rowid;
-- tbl '@' holds what stands around the tables: slots of notes, signers, place and date; empty: no row
create table figure(sheet integer not null references sheet, tbl text not null, row text not null,
  col text not null, state integer not null, value integer, est integer, text text, op integer not null,
  primary key(sheet, tbl, row, col)) strict, without rowid;
-- explanations, accepted warnings, marks of a return; row and col null: about the whole sheet
create table remark(uid text not null primary key, sheet integer not null references sheet, tbl text,
  row text, col text, rule text, kind text not null, seen text, text text not null, op integer not null)
  strict, without rowid;
create index remark_by_sheet on remark(sheet);
create table snapshot(sheet integer not null references sheet, revision integer not null, state text not null,
  at text not null, letter integer references document, payload integer not null references blob_store,
  workbook integer references blob_store, primary key(sheet, revision, state)) strict, without rowid;

create table target(uid text not null primary key, indicator text not null,
  holder integer not null references unit, year integer not null, operator text not null, level text not null,
  yardstick text not null, start text, valid_from text not null, document integer references document,
  evidence text not null, source text, milestones text, replaces text) strict, without rowid;
create table claim(uid text not null primary key, indicator text not null,
  unit integer not null references unit, period text not null, from_date text not null,
  to_date text not null, window_source text not null, printed text not null, numerator text not null,
  denominator text not null, bound text not null, difference text not null, change text not null,
  change_kind text not null, document integer not null references document, note text not null)
  strict, without rowid;
create table task(uid text not null primary key, grp text, ord integer not null, title text not null,
  owner integer references unit, person text, due text, state text not null, done text, note text,
  document integer references document) strict, without rowid;

create table op(id integer primary key, uid text not null unique, at text not null, who text not null,
  machine text not null, kind text not null, label text not null, sheet integer, reason text,
  undoes integer references op, prev blob not null, digest blob not null, hash blob not null) strict;
create index op_undoes on op(undoes) where undoes is not null;
create table op_sheet(op integer not null references op, sheet integer not null references sheet,
  primary key(op, sheet)) strict, without rowid;
create index op_sheet_by_sheet on op_sheet(sheet, op);
-- before 0, after 1; keyed by cell: its history is one range
create table figure_change(sheet integer not null, tbl text not null, row text not null, col text not null,
  op integer not null references op, s0 integer, v0 integer, e0 integer, t0 text,
  s1 integer, v1 integer, e1 integer, t1 text, src integer references import_sheet, src_cell text,
  primary key(sheet, tbl, row, col, op)) strict, without rowid;
-- every other content table, canonical JSON
create table change(op integer not null references op, seq integer not null, tbl text not null,
  key text not null, before text, after text, primary key(op, seq)) strict, without rowid;
create index change_by_row on change(tbl, key);

create table import_file(id integer primary key, uid text not null unique, op integer not null references op,
  blob integer not null references blob_store, name text not null, sender integer references unit,
  minutes text not null) strict;
create table import_sheet(id integer primary key, file integer not null references import_file,
  name text not null) strict;
-- sender: uid of a unit, '' for anyone
create table mapping_memory(sender text not null, signature text not null, mapping text not null,
  primary key(sender, signature)) strict, without rowid;
"""

MIGRATIONS: tuple[Migration, ...] = (Migration("0001_first", FIRST),)
SCHEMA = len(MIGRATIONS)
"""The schema this program writes; ``meta('schema')`` of a file says which one it has."""

SET = "judapp"


def migrate(connection: sqlite3.Connection, app: str) -> None:
    """Bring the file behind ``connection`` to this program's schema: everything or nothing.

    ``app`` is the version of the program, kept in ``meta('app')`` beside ``meta('schema')``.
    """
    from sqlite_utils import Database, Migrations  # heavy, and needed only here

    database = Database(connection, execute_plugins=False)
    steps = Migrations(SET)
    for step in MIGRATIONS:
        steps(name=step.name)(_runner(step))
    with database.atomic():
        steps.apply(database)
        connection.executemany(
            "insert into meta(key, value) values(?, ?) on conflict(key) do update set value = excluded.value",
            [("schema", str(len(MIGRATIONS))), ("app", app)],
        )


def _runner(step: Migration) -> Callable[[Database], None]:
    def run(database: Database) -> None:
        for statement in statements(step.sql):
            database.conn.execute(statement)

    return run


def statements(sql: str) -> Iterator[str]:
    """The statements of a script one by one: ``executescript`` would commit in between."""
    pending = ""
    for line in sql.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending.strip()
            pending = ""
    if pending.strip():
        raise ValueError(f"not a whole statement: {pending.strip()[:60]}")


def objects(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    """All tables and indexes with their text as SQLite itself keeps it."""
    query = (
        "select type, name, tbl_name, coalesce(sql, '') from sqlite_master"
        " where tbl_name <> '_sqlite_migrations' order by type, name"
    )
    return connection.execute(query).fetchall()


class Expected(Struct, frozen=True):
    """What a file of one schema must look like."""

    objects: list[tuple[str, ...]]
    tables: frozenset[str]


@cache
def expected(schema: int) -> Expected:
    """What a file of ``schema`` must look like: its :func:`objects`, and the names of its tables."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for step in MIGRATIONS[:schema]:
            for statement in statements(step.sql):
                connection.execute(statement)
        names = connection.execute("select name from sqlite_master where type = 'table'").fetchall()
        return Expected(objects(connection), frozenset(name for (name,) in names))
