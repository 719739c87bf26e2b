"""Tables of a blank: found on the worksheet and read into columns and rows of a definition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from judapp.domain.catalogue import Column, Table
from judapp.domain.cell_name import Position, address
from judapp.domain.learned import Guess, Problem, SheetRole
from judapp.errors import JudappError
from judapp.excel.blank import BlankSheet
from judapp.excel.grid import Area
from judapp.excel.learn_bands import Band, find_bands
from judapp.excel.learn_head import Head, read_head
from judapp.excel.learn_labels import caption_unit, captioned_unit, unit_alone
from judapp.excel.learn_plane import FILLER, Plane
from judapp.excel.learn_rows import RowPlan, read_rows

if TYPE_CHECKING:
    from judapp.excel.learn import Hints

MOST_COLUMNS = 500
"""Worksheet columns with words a blank may have; the widest printed form has some fifty."""
MOST_ROWS = 3_000
"""Worksheet rows with words a blank may have."""


class FoundTable(Struct, frozen=True):
    """One table of the form; all rows and columns are the worksheet's own."""

    table: Table
    top: int
    left: int
    bottom: int
    right: int
    number_row: int | None
    leaf_columns: Mapping[int, str]
    """By worksheet column the name of the leaf."""
    roles: Mapping[Position, SheetRole]
    guesses: tuple[Guess, ...]
    problems: tuple[Problem, ...]
    unit: str | None = None
    """Unit of measure of the whole table, where its corner prints one."""
    rules: tuple[tuple[str, Position], ...] = ()
    """Relations printed among the column numbers, and where."""

    @property
    def area(self) -> Area:
        """The block from the head to the last row of the body."""
        return Area(self.top, self.left, self.bottom, self.right)


def find_tables(sheet: BlankSheet, hints: Hints) -> list[FoundTable]:
    """The tables of one form on ``sheet``, top to bottom; none where nothing looks like a table.

    Raises LRN-002 where figures stand in a body, LRN-004 for a sheet no blank is as large as.
    """
    _check_size(sheet)
    plane = Plane(sheet)
    said = {index: role for row, role in hints.rows.items() if (index := plane.index_of_row(row)) is not None}
    bands = find_bands(plane, hints.rows)
    return [_read(plane, band, index, said) for index, band in enumerate(bands)]


def _check_size(sheet: BlankSheet) -> None:
    seen = [at for at in sheet.grid.cells if sheet.text(*at)]
    columns = max((column for _, column in seen), default=0)
    rows = max((row for row, _ in seen), default=0)
    if columns > MOST_COLUMNS or rows > MOST_ROWS:
        raise JudappError(
            "LRN-004",
            sheet=sheet.grid.name,
            columns=columns,
            rows=rows,
            most_columns=MOST_COLUMNS,
            most_rows=MOST_ROWS,
        )


def _read(plane: Plane, band: Band, index: int, said: Mapping[int, SheetRole]) -> FoundTable:
    head = read_head(plane, band, _unit_above(plane, band))
    _refuse_figures(plane, band, head)
    plan = read_rows(plane, band, head, said)
    _ask_about_words(plane, band, head, plan)
    table = Table(columns=head.columns, rows=plan.rows, stub=tuple(head.stub))
    leaf_columns = {
        plane.columns[column]: name
        for leaf, name in head.leaves
        for column in range(leaf.left, leaf.right + 1)
    }
    guesses = [*head.guesses, *plan.guesses]
    rows = band.rows
    prefix = f"$.tables[{index}]."
    return FoundTable(
        table=table,
        top=plane.rows[rows[0]],
        left=plane.columns[band.left],
        bottom=plane.rows[rows[-1]],
        right=plane.columns[min(band.right, len(plane.columns) - 1)],
        number_row=plane.rows[band.number.row] if band.number else None,
        leaf_columns=leaf_columns,
        roles=dict(_roles(plane, band, head, plan)),
        guesses=tuple(_placed(guess, prefix) for guess in guesses),
        problems=tuple(
            problem if problem.path.startswith("$") else _moved(problem, prefix)
            for problem in (*head.problems, *plan.problems)
        ),
        unit=head.unit,
        rules=tuple(head.rules),
    )


def _placed(guess: Guess, prefix: str) -> Guess:
    if guess.path.startswith("$"):
        return guess
    return Guess(prefix + guess.path, guess.value, guess.code, guess.sure, guess.cells, guess.params)


def _moved(problem: Problem, prefix: str) -> Problem:
    return Problem(prefix + problem.path, problem.code, problem.cells, problem.params, problem.choices)


def _unit_above(plane: Plane, band: Band) -> str | None:
    """The unit of "Đơn vị tính: …" between this table and what stands above it."""
    first = band.rows[0]
    for row in range(first - 1, max(first - 4, band.above - 1), -1):
        texts = [text.split("\n")[-1] for _, text in plane.texts_of(row)]
        pairs = (texts[index : index + 2] for index in range(len(texts) - 1))
        for captioned in (*([text] for text in texts), *pairs):
            if unit := captioned_unit(captioned):
                return unit
    return None


def _refuse_figures(plane: Plane, band: Band, head: Head) -> None:
    """Raises LRN-002 where the body holds figures: 0, signs and sums of empty cells are none."""
    figures = [
        (row, column)
        for row in band.body
        for leaf, _ in head.leaves
        for column in range(leaf.left, leaf.right + 1)
        if _is_figure(plane, row, column)
    ]
    if figures:
        first = figures[0]
        raise JudappError(
            "LRN-002",
            sheet=plane.sheet.grid.name,
            cell=address(plane.real(first)),
            value=plane.cell(*first).shown_text,
            count=len(figures),
        )


def _ask_about_words(plane: Plane, band: Band, head: Head, plan: RowPlan) -> None:
    """Words where figures go may be labels of columns that exist only from there: a person sees to them."""
    kinds = {leaf.name: leaf.kind for node in head.columns for leaf in _leaves_of(node)}
    found = {
        (row, column): text
        for row in band.body
        for leaf, name in head.leaves
        if kinds.get(name) != "text"
        for column in range(leaf.left, leaf.right + 1)
        if not plane.cell(row, column).error
        and len(_LETTERS.findall(text := plane.text(row, column))) > 1
        and unit_alone(text) is None
    }
    if found:
        words = ", ".join(f"“{text}”" for text in dict.fromkeys(found.values()))
        plan.problems.append(
            Problem("rows", "LRT-words-in-cells", plane.reals(found), {"words": words[:_MOST_TOLD]})
        )


def _leaves_of(node: Column) -> Iterator[Column]:
    if not node.children:
        yield node
    for child in node.children:
        yield from _leaves_of(child)


_LETTERS = re.compile(r"[^\W\d_]")
_MOST_TOLD = 200
"""Letters of words in cells that are told."""
_FIGURE = re.compile(r"[\s]*-?\d[\d., ]*%?\s*\Z")


def _is_figure(plane: Plane, row: int, column: int) -> bool:
    cell = plane.cell(row, column)
    if cell.content is None or cell.error or cell.formula:
        return False
    if isinstance(cell.content, str):
        return bool(_FIGURE.match(cell.content)) and not FILLER.match(cell.content)
    return cell.content != 0 and not cell.is_date


def _roles(plane: Plane, band: Band, head: Head, plan: RowPlan) -> Sequence[tuple[Position, SheetRole]]:
    found: list[tuple[Position, SheetRole]] = []
    last_stub = head.stubs[-1].right if head.stubs else band.left - 1

    def put(row: int, role: SheetRole, first: int = band.left, last: int = band.right) -> None:
        found.extend(
            (plane.real((row, column)), role)
            for column in range(first, min(last, len(plane.columns) - 1) + 1)
        )

    for row in band.head:
        put(row, "stub", band.left, last_stub)
        put(row, "head", last_stub + 1)
        for column, text in plane.texts_of(row):
            if caption_unit(text) is not None:
                put(row, "unit_of_measure", column, plane.box(row, column).right)
    for row in (*band.repeats, *((band.number.row,) if band.number else ())):
        put(row, "number" if row not in band.head else "head")
    for row in band.body:
        put(row, "row")
    for line, role in plan.lines:
        for row in range(line.row, line.last_row + 1):
            put(row, role)
    return found
