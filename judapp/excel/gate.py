"""The read-back gate: a workbook is done only when two readers find in it what was meant (promise 8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import cast

from judapp.domain.cell_name import Position, address
from judapp.domain.number import from_workbook
from judapp.errors import JudappError
from judapp.excel.reader import read_workbook
from judapp.excel.sheet_part import Content
from judapp.text import clean


def prove(path: Path, meant: Mapping[Position, Content]) -> int:
    """Read the first sheet of ``path`` again, by our reader and by calamine, and compare every cell.

    Returns how many cells were compared. Raises EXP-001 with the first difference: the place, what was meant
    and what was found; the workbook must then not be handed out.
    """
    [sheet, *_] = read_workbook(path)
    others = _by_calamine(path)
    for position, content in meant.items():
        cell = sheet.at(*position)
        if cell.formula != (None if content.formula is None else f"={content.formula}"):
            _differ(path, sheet.name, position, content.formula, cell.formula)
        for found in (cell.content, _at(others, position)):
            if found != content.value and _comparable(found) != _comparable(content.value):
                _differ(path, sheet.name, position, content.value, found)
    for position, cell in sheet.cells.items():
        if position not in meant and cell.content is not None:
            _differ(path, sheet.name, position, None, cell.content)
    return len(meant)


def _comparable(value: object) -> object:
    """Numbers as the decimals a workbook keeps, texts without what only spacing differs in."""
    if isinstance(value, str):
        return "\n".join(clean(line) for line in value.split("\n"))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return from_workbook(value)
    if isinstance(value, Decimal):
        return from_workbook(float(value))
    return value


def _differ(path: Path, sheet: str, position: Position, meant: object, found: object) -> None:
    raise JudappError(
        "EXP-001", path=path.name, sheet=sheet, cell=address(position), meant=str(meant), found=str(found)
    )


def _by_calamine(path: Path) -> list[list[object]]:
    """The values of the first sheet row by row, "" where nothing stands."""
    from python_calamine import CalamineWorkbook

    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    return cast("list[list[object]]", sheet.to_python(skip_empty_area=False))


def _at(rows: Sequence[Sequence[object]], position: Position) -> object:
    row, column = position
    value = rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else ""
    return None if value == "" else value
