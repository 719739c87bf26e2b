"""The printed lines of a table's body, one by one: number, label, unit, level, kind by their own looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from judapp.domain.learned import SheetRole
from judapp.domain.stubs import is_code_label, is_number_label, is_unit_label
from judapp.excel.learn_bands import Band
from judapp.excel.learn_depth import Line, with_depths
from judapp.excel.learn_head import Head, LeafAt
from judapp.excel.learn_labels import is_unit
from judapp.excel.learn_plane import FILLER, Plane
from judapp.excel.learn_row_words import (
    DASHED,
    Numbered,
    example,
    is_dash,
    is_placeholder,
    is_total,
    numbered_label,
    row_number,
    stem,
)
from judapp.text import clean


class Places(Struct, frozen=True):
    """Which stub holds what."""

    label: LeafAt | None
    """The label column; of several, all from the first to the last."""
    number: LeafAt | None = None
    unit: LeafAt | None = None


def places_of(plane: Plane, band: Band, head: Head) -> Places:
    """Which of the stubs hold numbers, labels and units of rows, by their words, else by what they print."""
    rest = list(range(len(head.stubs)))
    if not rest:
        return Places(None)
    labels = [column.label for column in head.stub]

    def first(test: Sequence[bool]) -> int | None:
        return next((index for index in rest if test[index]), None)

    def take(tests: Sequence[bool]) -> int | None:
        """A column that is not the last one left for labels."""
        found = first(tests) if len(rest) > 1 else None
        if found is not None:
            rest.remove(found)
        return found

    unit = take([is_unit_label(label) for label in labels])
    if unit is None:
        unit = take([_prints_units(plane, band, leaf) for leaf in head.stubs])
    number = take([is_number_label(label) for label in labels])
    if number is None:
        number = take([_prints_numbers(plane, band, leaf) for leaf in head.stubs])
    code = take([is_code_label(label) for label in labels])
    number = code if number is None else number
    first_label, last_label = head.stubs[rest[0]], head.stubs[rest[-1]]
    return Places(
        replace(first_label, right=max(first_label.right, last_label.right)),
        None if number is None else head.stubs[number],
        None if unit is None else head.stubs[unit],
    )


def _prints_units(plane: Plane, band: Band, leaf: LeafAt) -> bool:
    texts = [plane.shown(row, leaf.left) for row in band.body if plane.shown(row, leaf.left)]
    return len(texts) > 1 and all(map(is_unit, texts))


def _prints_numbers(plane: Plane, band: Band, leaf: LeafAt) -> bool:
    texts = [_text(plane, row, leaf) for row in band.body]
    texts = [text for text in texts if text and not is_total(text) and not is_placeholder(text)]
    return bool(texts) and all(row_number(text) or is_dash(text) for text in texts)


def _text(plane: Plane, row: int, leaf: LeafAt | None) -> str:
    """The words that start in a column's cells of a row; whole numbers without ".0"."""
    if leaf is None:
        return ""
    found = [_cell_text(plane, row, c) for c in range(leaf.left, leaf.right + 1)]
    return " ".join(text for text in found if text)


def _cell_text(plane: Plane, row: int, column: int) -> str:
    content = plane.cell(row, column).content
    if isinstance(content, float) and content.is_integer():
        return str(int(content))
    if isinstance(content, (int, float)):
        return str(content)
    return clean(plane.text(row, column))


def read_lines(plane: Plane, band: Band, head: Head, said: Mapping[int, SheetRole]) -> list[Line]:
    """The lines of the body; ``said`` are roles a person gave to rows of the plane."""
    places = places_of(plane, band, head)
    lines: list[Line] = []
    for row in band.body:
        if not _own_row(plane, row, places):
            continue
        line = _line(plane, band, places, row, said.get(row))
        if lines and _goes_on(plane, band, lines[-1], line):
            before = lines[-1]
            label = clean(f"{before.label} {line.label}")
            lines[-1] = replace(before, label=label, last_row=row, cells=(*before.cells, *line.cells))
        else:
            lines.append(replace(line, only=_only(plane, head, row)))
    return with_depths(_with_examples(lines))


def _with_examples(lines: Sequence[Line]) -> list[Line]:
    """The lines, with "Xã 1", "Xã 2" before "…" or "Xã …" told to be made-up names.

    Such names that no open line follows may be real ones ("Phòng công chứng số 1").
    """
    found = list(lines)
    for index in range(len(found) - 2, -1, -1):
        line, after = found[index], found[index + 1]
        numbered = example(line.label)
        if numbered is None or not after.open or line.role is not None:
            continue
        if after.example or stem(after.label) in ("", numbered[0]):
            follows = example(after.label) if after.example else None
            if follows is None or follows == (numbered[0], numbered[1] + 1):
                found[index] = replace(line, example=True)
    return found


def _only(plane: Plane, head: Head, row: int) -> tuple[str, ...]:
    """The columns without "x" in a row, where others have one: the form has no figure there."""
    crossed = {name for leaf, name in head.leaves if plane.shown(row, leaf.left).strip() in ("x", "X", "×")}
    left = tuple(name for _, name in head.leaves if name not in crossed)
    return left if crossed and left else ()


def _own_row(plane: Plane, row: int, places: Places) -> bool:
    """Whether a line begins in this row: the lower rows of a merged label are none."""
    leaf = places.label
    if leaf is None:
        return True
    return any(plane.box(row, column).top == row for column in range(leaf.left, leaf.right + 1))


def _line(plane: Plane, band: Band, places: Places, row: int, role: SheetRole | None) -> Line:
    leaf = places.label
    if leaf is None:
        return Line(row, row, None, "", None, 0, 0, False, False, (), role=role)
    at = leaf.left
    label = _text(plane, row, leaf)
    number: Numbered | None = None
    dashed = False
    if places.number is not None:
        text = _text(plane, row, places.number)
        number = row_number(text)
        if number is None and is_dash(text):
            label, dashed = f"{text.strip()} {label}".strip(), True
        elif number is None and text and not label:  # merged over number and label
            label, at = text, places.number.left
        elif number is None and text and not FILLER.match(text):
            label = f"{text} {label}".strip()
    elif leaf.right > leaf.left:  # number and label under one label of the head
        parts = [_cell_text(plane, row, c) for c in range(leaf.left, leaf.right + 1)]
        printed = [(c, part) for c, part in enumerate(parts, start=leaf.left) if part]
        if len(printed) > 1 and (found := row_number(printed[0][1])) is not None:
            number, label = found, " ".join(part for _, part in printed[1:])
        at = printed[-1][0] if printed else at
    if number is None:
        number, label = numbered_label(label)
    if number is None and (alone := row_number(label)) is not None and alone.code[0].isdigit():
        number, label = alone, ""  # "1.", with the place for a name behind it
    mark = DASHED.match(label)
    dashed = dashed or mark is not None
    unit = clean(plane.shown(row, places.unit.left)) or None if places.unit is not None else None
    box = plane.box(row, at)
    cells = tuple(
        plane.real((row, column))
        for place in (places.number, leaf, places.unit)
        if place is not None
        for column in range(place.left, place.right + 1)
    )
    look = plane.look(row, at)
    stubs_end = max(place.right for place in (places.number, leaf, places.unit) if place is not None)
    return Line(
        row=row,
        last_row=max(row, box.bottom),
        number=number,
        label=label,
        unit=None if unit is None or FILLER.match(unit) else unit,
        indent=look.indent,
        lead=plane.lead(row, at),
        bold=look.bold and bool(label),
        dashed=dashed,
        cells=cells,
        whole=box.right > stubs_end and box.right >= band.right - 1,
        role=role,
    )


def _goes_on(plane: Plane, band: Band, before: Line, line: Line) -> bool:
    """Whether a line is the second row of the label above: no line between, words that go on."""
    if before.blank or line.number is not None or line.dashed or not line.label:
        return False
    if line.row != before.last_row + 1 or not line.label[0].islower():
        return False
    lined = any(plane.line_below(row, c) for row in band.body for c in range(band.left, band.right + 1))
    return lined and not any(
        plane.line_below(before.last_row, column) for column in range(band.left, band.right + 1)
    )
