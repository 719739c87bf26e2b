"""The words around the tables of a blank: who asks, under which circular, by when, who signs.

Everything is taken as printed; what is not printed is a problem for a person, never made up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from judapp.domain.catalogue import Level, Note, Signature
from judapp.domain.cell_name import Position
from judapp.domain.learned import Guess, Problem, SheetRole
from judapp.domain.report_words import circular_day, regime_of
from judapp.excel.blank import BlankSheet
from judapp.excel.grid import MAX_ROW, Area
from judapp.excel.learn_labels import caption_unit
from judapp.excel.words_foot import Foot, is_explanation, rows_of
from judapp.excel.words_head import UNIT, Head, Topic
from judapp.excel.words_levels import read_levels
from judapp.excel.words_lines import (
    PrintedCell,
    PrintedLine,
    Reading,
    after_label,
    cells_of,
    joined_labels,
    streams,
)
from judapp.excel.words_lines import places as cells_at
from judapp.text import fold

__all__ = ["Words", "circular_day", "read_words"]

_PART = re.compile(r"(?:(?:phan|bang|muc|bieu)\s+)?(?:[ivxlc]+|[a-h]|\d{1,2})\s*[.:)/-]\s*\w")
"""A title of one of several tables: "I. KẾT QUẢ …", "Bảng 2: …"."""
_NOTE = re.compile(r"[*+-]|\(\*\)|ghi chu|so lieu|trong do")


_NOTHING_SAID: Mapping[int, SheetRole] = {}
_WORDS: tuple[SheetRole, ...] = ("block", "unit_of_measure", "note", "signer", "unused")
"""Roles of rows outside tables."""


class Words(Struct, frozen=True):
    """What the words around the tables say; ``guesses`` and ``problems`` name where in the definition."""

    number: str
    circular: str
    title: str
    unit_of_measure: str | None
    period_line: str | None
    levels: tuple[Level, ...]
    """Who reports to whom with deadlines by round; several where the header prints deadlines of several."""
    rounds: tuple[str, ...]
    regime: str
    """Statistics, or enforcement where number or title say so."""
    notes: tuple[Note, ...]
    estimate: str | None
    explanations: tuple[str, ...]
    signatures: tuple[Signature, ...]
    table_titles: Mapping[int, str]
    """Title of a table by its index, where one is printed."""
    roles: Mapping[Position, SheetRole]
    guesses: tuple[Guess, ...]
    problems: tuple[Problem, ...]


def read_words(
    sheet: BlankSheet,
    areas: Sequence[Area],
    others: Sequence[BlankSheet],
    said: Mapping[int, SheetRole] = _NOTHING_SAID,
) -> Words:
    """The words of ``sheet`` around ``areas``, its tables top to bottom; ``others`` may hold explanations.

    ``said`` is what a person said of rows of the worksheet; it goes before what their words look like.
    """
    reading = Reading()
    titles: dict[int, str] = {}
    top = areas[0].top if areas else MAX_ROW + 1
    told = _told(sheet, said, reading)
    above = _in_order([*_unsaid(sheet, said, 1, top - 1), *told["block"]])
    if len(areas) > 1:
        above = _cut_table_title(above, titles, reading)
    head = Head(reading)
    head.read(streams(joined_labels(above)))
    _take_units(told["unit_of_measure"], head)
    foot = Foot(reading)
    below: list[PrintedCell] = [*told["note"], *told["signer"]]
    for index, area in enumerate(areas):
        until = areas[index + 1].top if index + 1 < len(areas) else MAX_ROW + 1
        found = _unsaid(sheet, said, area.bottom + 1, until - 1)
        below += found if until > MAX_ROW else _between(found, index + 1, titles, head, reading)
    foot.read(_in_order(below), said)
    for other in others:
        cells = cells_of(other, 1, MAX_ROW)
        if is_explanation(cells, other.grid.name):
            foot.read_explanations(cells, other.grid.name)
    levels, rounds = read_levels(head, reading)
    _tell_head(head, reading)
    for cell in above:
        reading.roles.setdefault(cell.position, "unused")
    return Words(
        number=head.number,
        circular=head.circular,
        title=head.title,
        unit_of_measure=head.unit,
        period_line=head.period_line,
        levels=levels,
        rounds=rounds,
        regime=regime_of(head.number, head.title),
        notes=tuple(foot.notes),
        estimate=foot.estimate,
        explanations=tuple(foot.explanations),
        signatures=tuple(foot.signatures),
        table_titles=titles,
        roles=reading.roles,
        guesses=tuple(reading.guesses),
        problems=tuple(reading.problems),
    )


def _unsaid(
    sheet: BlankSheet, said: Mapping[int, SheetRole], first_row: int, last_row: int
) -> list[PrintedCell]:
    """The cells of some rows that nobody said to be words of another kind."""
    return [cell for cell in cells_of(sheet, first_row, last_row) if said.get(cell.position[0]) not in _WORDS]


def _told(
    sheet: BlankSheet, said: Mapping[int, SheetRole], reading: Reading
) -> dict[SheetRole, list[PrintedCell]]:
    """By role the cells of rows a person gave one, wherever they stand; their roles are settled with it."""
    found: dict[SheetRole, list[PrintedCell]] = {role: [] for role in _WORDS}
    for row, role in sorted(said.items()):
        if role in _WORDS:
            found[role] += cells_of(sheet, row, row)
    for role, cells in found.items():
        reading.roles.update({cell.position: role for cell in cells})
    return found


def _in_order(cells: Sequence[PrintedCell]) -> list[PrintedCell]:
    return sorted(cells, key=lambda cell: cell.position)


def _take_units(cells: Sequence[PrintedCell], head: Head) -> None:
    """The unit of measure a row prints that is said to hold it, with or without "Đơn vị tính"."""
    for cell in joined_labels(cells):
        head.unit = _unit_of(cell) or cell.lines[0].strip("()")
        head.lines["unit"] = [PrintedLine(cell.lines[0], cell)]


def _cut_table_title(
    above: Sequence[PrintedCell], titles: dict[int, str], reading: Reading
) -> list[PrintedCell]:
    """``above`` without the title of the first of several tables, which stands in the lowest rows."""
    rows = rows_of(above)
    for index in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
        row = [cell for cell in rows[index] if not _is_unit(cell)]
        if len(row) == 1 and _PART.match(fold(row[0].lines[0])):
            cells = [cell for below in rows[index:] for cell in below if not _is_unit(cell)]
            _name_table(0, cells, titles, reading)
            return [cell for cell in above if cell not in cells]
    return list(above)


def _between(
    cells: Sequence[PrintedCell], index: int, titles: dict[int, str], head: Head, reading: Reading
) -> list[PrintedCell]:
    """What stands between two tables: the title and unit of the next one; notes are given back."""
    notes: list[PrintedCell] = []
    named: list[PrintedCell] = []
    for cell in cells:
        if _is_unit(cell):
            unit = _unit_of(cell) or ""
            if head.unit is None and unit:
                head.unit = unit.rstrip(")")
            reading.roles[cell.position] = "unit_of_measure"
        elif _NOTE.match(fold(cell.lines[0])) and not named:
            notes.append(cell)
        else:
            named.append(cell)
    if named:
        _name_table(index, named, titles, reading)
    return notes


def _is_unit(cell: PrintedCell) -> bool:
    return _unit_of(cell) is not None


def _unit_of(cell: PrintedCell) -> str | None:
    """The unit a line "Đơn vị tính: …" names, "" where it leaves it open; None for any other line."""
    unit = after_label(cell.lines[0], UNIT)
    return caption_unit(cell.lines[0]) if unit is None else unit


def _name_table(index: int, cells: Sequence[PrintedCell], titles: dict[int, str], reading: Reading) -> None:
    titles[index] = " ".join(line for cell in cells for line in cell.lines)
    at = tuple(cell.position for cell in cells)
    for position in at:
        reading.roles[position] = "block"
    reading.guesses.append(Guess(f"$.tables[{index}].title", titles[index], "LRW-table-title", "likely", at))


def _tell_head(head: Head, reading: Reading) -> None:
    """Guesses for what the header says, problems for what it does not."""
    parts: tuple[tuple[str, str | None, Topic, str, str], ...] = (
        ("number", head.number, "number", "LRW-number", "LRW-no-number"),
        ("circular", head.circular, "circular", "LRW-circular", "LRW-no-circular"),
        ("title", head.title, "title", "LRW-title", "LRW-no-title"),
        ("period_line", head.period_line, "period", "LRW-period-line", ""),
        ("unit_of_measure", head.unit, "unit", "LRW-unit", ""),
    )
    for name, value, topic, code, missing in parts:
        at = cells_at(head.lines.get(topic, []))
        if value:
            reading.guesses.append(Guess(f"$.{name}", value, code, "sure", at))
        elif missing:
            reading.problems.append(Problem(f"$.{name}", missing, at))
