"""A mapping from one version of a form to another as a person writes it, and what it leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from judapp.app.versions import part_words
from judapp.domain.catalogue import Form
from judapp.domain.comparing_forms import columns_of, rows_of
from judapp.domain.form_comparison import Part
from judapp.domain.moving import CellMapping, Place, proposed_mapping
from judapp.errors import JudappError

_PLACE = re.compile(r"(?:(?P<table>[^\W\d]\w*):)?(?:\[(?P<row>[^\]]+)\]|c(?P<column>\w+))\Z")


def said_mapping(old: Form, new: Form, said: Iterable[str]) -> CellMapping:
    """The proposed mapping with what a person says otherwise.

    ``c3=c4`` puts a column, ``[V.2]=[V.3]`` a row (``#`` for a repeated one); ``c3=`` leaves it out. In a
    form of several tables the key of the table stands before: ``b1:c3=b1:c4``. What is said to go to a place
    takes it from what was proposed to go there. Raises FVR-015 (no such writing), FVR-011 (no such column or
    row).
    """
    proposed = proposed_mapping(old, new)
    columns: dict[Place, Place | None] = {}
    rows: dict[Place, Place | None] = {}
    for line in said:
        source, equals, target = (part.strip() for part in line.partition("="))
        what, place = _place(source, old, line)
        there, goal = _place(target, new, line) if target else (what, None)
        if not equals or there != what:
            raise JudappError("FVR-015", said=line)
        wanted, known = (columns, columns_of(old)) if what == "columns" else (rows, rows_of(old))
        if place not in {(part.table, part.name) for part in known}:
            raise JudappError("FVR-011", what=part_words(what), old=source, new=target)
        wanted[place] = goal
    return CellMapping(_joined(proposed.columns, columns), _joined(proposed.rows, rows))


def _place(text: str, form: Form, line: str) -> tuple[str, Place]:
    found = _PLACE.match(text)
    if found is None:
        raise JudappError("FVR-015", said=line)
    table = found["table"] or (form.tables[0].key if len(form.tables) == 1 else "")
    if found["row"] is None:
        return "columns", (table, found["column"])
    return "rows", (table, found["row"])


def _joined(proposed: Mapping[Place, Place], said: Mapping[Place, Place | None]) -> dict[Place, Place]:
    taken = {goal for goal in said.values() if goal is not None}
    kept = {place: goal for place, goal in proposed.items() if place not in said and goal not in taken}
    return kept | {place: goal for place, goal in said.items() if goal is not None}


class LeftOut(Struct, frozen=True):
    """Columns and rows without a counterpart."""

    columns: tuple[Part, ...]
    rows: tuple[Part, ...]


def left_out(mapping: CellMapping, old: Form) -> LeftOut:
    """Columns and rows of the older version that go nowhere."""
    return LeftOut(
        tuple(part for part in columns_of(old) if (part.table, part.name) not in mapping.columns),
        tuple(part for part in rows_of(old) if (part.table, part.name) not in mapping.rows),
    )


def unfilled(mapping: CellMapping, new: Form) -> LeftOut:
    """Columns and rows of the newer version that nothing comes to."""
    columns, rows = set(mapping.columns.values()), set(mapping.rows.values())
    return LeftOut(
        tuple(part for part in columns_of(new) if (part.table, part.name) not in columns),
        tuple(part for part in rows_of(new) if (part.table, part.name) not in rows),
    )


def written(place: Place, *, row: bool) -> str:
    """A column or row as :func:`said_mapping` reads it."""
    table, name = place
    own = f"[{name}]" if row else f"c{name}"
    return f"{table}:{own}" if table else own
