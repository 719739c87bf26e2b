"""The head of a table: which worksheet columns are one column of the form, its tree, stubs and units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from judapp.domain.catalogue import Column
from judapp.domain.cell_name import Position
from judapp.domain.kinds import Kind, kind_of
from judapp.domain.learned import Guess, Problem, Sureness
from judapp.excel.learn_bands import Band
from judapp.excel.learn_boxes import Piece, head_pieces, with_own_codes
from judapp.excel.learn_codes import Code
from judapp.excel.learn_labels import Label, caption_unit, split_label, units_in_row
from judapp.excel.learn_names import column_key, is_stub_label
from judapp.excel.learn_plane import FILLER, Plane
from judapp.text import fold

_LETTERS = re.compile(r"[^\W\d_]")
_LOOKED_AT = 40
"""Rows of the body whose lines are looked at."""
_DECIMALS = 2
"""Decimals a mean or a rate may have, as the catalogue has them."""


class LeafAt(Struct, frozen=True):
    """A column of the form on the plane."""

    left: int
    right: int
    code: Code | None = None
    path: tuple[Piece, ...] = ()
    unit: str | None = None
    """From a row of units of its own."""
    unit_cell: Position | None = None


class Head(Struct):
    """What a head says; paths of guesses and problems begin with ``columns`` or ``stub``."""

    stub: list[Column] = field(default_factory=list)
    stubs: list[LeafAt] = field(default_factory=list)
    columns: tuple[Column, ...] = ()
    leaves: list[tuple[LeafAt, str]] = field(default_factory=list)
    """Columns of figures and words with the names of their leaves."""
    unit: str | None = None
    """Unit of the whole table, printed in its corner."""
    rules: list[tuple[str, Position]] = field(default_factory=list)
    """Relations printed among the numbers: "(3) = (4) + (5)" and where."""
    guesses: list[Guess] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_head(plane: Plane, band: Band, unit: str | None = None) -> Head:
    """The head of the table in ``band``; ``unit`` is the whole table's, printed above it."""
    return _Reader(plane, band, unit).read()


class _Reader:
    def __init__(self, plane: Plane, band: Band, unit: str | None) -> None:
        self.plane, self.band = plane, band
        self.head = Head(unit=unit)
        self.pieces = head_pieces(plane, band.head, band.left, band.right)
        if band.number is None:
            self.pieces = with_own_codes(self.pieces)
        self.seen: set[str] = set()
        self.keys: set[str] = set()

    def read(self) -> Head:
        self._take_corner()
        units = self._take_unit_rows()
        spans = self._spans()
        leaves = [self._leaf(span, units) for span in spans]
        stubs = self._count_stubs(leaves)
        for index, leaf in enumerate(leaves[:stubs]):
            self._add_stub(index, leaf)
        self.head.columns = tuple(self._nodes(leaves[stubs:], 0, "columns", ()))
        return self.head

    # unit of the table, rows of units

    def _take_corner(self) -> None:
        """A cell "Đơn vị tính: Việc" within the head is no label."""
        rest = []
        for piece in self.pieces:
            unit = caption_unit(piece.text)
            if unit is None:
                rest.append(piece)
                continue
            self.head.unit = unit
            self.head.guesses.append(
                Guess("$.unit_of_measure", unit, "LRT-unit-corner", "sure", self.plane.reals(piece.cells))
            )
        self.pieces = rest

    def _take_unit_rows(self) -> list[Piece]:
        """Rows that hold only units of measure, each below the label it belongs to."""
        units: list[Piece] = []
        for row in sorted({piece.top for piece in self.pieces}, reverse=True):
            here = [piece for piece in self.pieces if piece.top == row]
            named = [p for p in here if fold(p.text).strip(" :()") in ("don vi tinh", "dvt")]
            others = [p for p in here if p not in named]
            named_units = units_in_row([piece.text for piece in others])
            if not others or named_units is None or not all(map(self._is_below_label, others)):
                break  # labels stand above their units
            units += [replace(p, text=u) for p, u in zip(others, named_units, strict=True)]
            self.pieces = [p for p in self.pieces if p not in here]
        return units

    def _is_below_label(self, piece: Piece) -> bool:
        """Whether a unit stands below the labels it is for."""
        above = [
            p for p in self.pieces if p.top < piece.top and p.left <= piece.right and p.right >= piece.left
        ]
        if not above:
            return False
        lowest = max(p.bottom for p in above)
        nearest = [p for p in above if p.bottom == lowest]
        inside = all(p.left >= piece.left and p.right <= piece.right for p in nearest)
        return inside or piece.text.strip().startswith("(")

    # columns

    def _spans(self) -> list[tuple[int, int]]:
        """Worksheet columns that make one column of the form each."""
        band = self.band
        rows = [max((row for row in band.head), default=0), *band.body[:_LOOKED_AT]]
        number = band.number.row if band.number else None
        if number is not None:
            rows.append(number)
        lined = any(self.plane.line_right(row, c) for row in rows for c in range(band.left, band.right))
        spans: list[tuple[int, int]] = []
        for column in range(band.left, band.right + 1):
            if spans and not self._parted(column - 1, rows, lined):
                spans[-1] = (spans[-1][0], column)
            else:
                spans.append((column, column))
        joined: list[tuple[int, int]] = []
        for span in spans:
            if joined and self._same_leaf(joined[-1], span):
                joined[-1] = (joined[-1][0], span[1])
            else:
                joined.append(span)
        return joined

    def _parted(self, column: int, rows: Sequence[int], lined: bool) -> bool:
        """Whether a column of the form ends with worksheet column ``column``."""
        plane = self.plane
        if lined:
            if any(plane.line_right(row, column) for row in rows):
                return True
            number = self.band.number
            return number is not None and column + 1 in number.codes
        return plane.box(rows[0], column) != plane.box(rows[0], column + 1)

    def _same_leaf(self, before: tuple[int, int], span: tuple[int, int]) -> bool:
        """Whether two pieces of the worksheet lie under one label and one number."""
        lowest = [self._lowest(before), self._lowest(span)]
        if lowest[0] is None or lowest[0] is not lowest[1]:
            return False
        number = self.band.number
        if number is None:
            return True
        return not any(span[0] <= column <= span[1] for column in number.codes)

    def _lowest(self, span: tuple[int, int]) -> Piece | None:
        own = [p for p in self.pieces if p.left <= span[0] and p.right >= span[1]]
        own += [p for p in self.pieces if span[0] <= p.left <= p.right <= span[1] and p not in own]
        return max(own, key=lambda p: (p.bottom, p.top), default=None)

    def _leaf(self, span: tuple[int, int], units: Sequence[Piece]) -> LeafAt:
        left, right = span
        path = [p for p in self.pieces if p.left <= right and p.right >= left]
        path.sort(key=lambda p: (p.top, p.left))
        number = self.band.number
        code = None
        if number is not None:
            boxes = {self.plane.box(number.row, column).left for column in range(left, right + 1)}
            code = next((number.codes[c] for c in sorted(boxes) if c in number.codes), None)
            if code is not None and code.rule:
                at = next(c for c in sorted(boxes) if number.codes.get(c) is code)
                rule = f"({code.code}) {code.rule}"
                self.head.rules.append((rule, self.plane.real((number.row, at))))
        own = next((p for p in units if p.left <= left and p.right >= right), None)
        return LeafAt(
            left,
            right,
            code,
            tuple(path),
            own.text if own else None,
            self.plane.real(own.cells[0]) if own else None,
        )

    # stubs

    def _count_stubs(self, leaves: Sequence[LeafAt]) -> int:
        count = 0
        for leaf in leaves[:-1]:
            if not self._is_stub(leaf, count, leaves):
                break
            count += 1
        return count

    def _is_stub(self, leaf: LeafAt, index: int, leaves: Sequence[LeafAt]) -> bool:
        """Whether a leading column holds labels: by its letter, its words, or words in its body."""
        label = split_label(leaf.path[-1].text).label if len(leaf.path) == 1 else ""
        own = len(leaf.path) <= 1 and not any(p.right > leaf.right for p in leaf.path)
        if not own:
            return False
        codes = [other.code for other in leaves if other.code is not None]
        lettered = any(code.number is None for code in codes)
        if leaf.code is not None and lettered and any(code.number is not None for code in codes):
            return leaf.code.number is None  # letters are the labels', where numbers are the figures'
        if is_stub_label(label):
            return True
        body = [self._body_text(leaf, row) for row in self.band.body]
        words = [text for text in body if _LETTERS.search(text) or (text and text[0] in ".…")]
        if leaf.code is not None:
            return len(words) * 2 > len(body) > 0
        if not label and index == 0 and any(other.path for other in leaves[1:]):
            return True
        return bool(words)

    def _body_text(self, leaf: LeafAt, row: int) -> str:
        """Words that start in a column's cell of the body; dots are words in a column of labels."""
        for column in range(leaf.left, leaf.right + 1):
            box = self.plane.box(row, column)
            text = self.plane.text(box.top, box.left)
            if text and box.left >= leaf.left and (not FILLER.match(text) or text[0] in ".…"):
                return text
        return ""

    def _add_stub(self, index: int, leaf: LeafAt) -> None:
        text = " ".join(piece.text for piece in leaf.path)
        label = split_label(text)
        cells = self.plane.reals(at for piece in leaf.path for at in piece.cells)
        column = Column(label=label.label, code=leaf.code.code if leaf.code else None, unit=label.unit)
        self.head.stub.append(column)
        self.head.stubs.append(leaf)
        self._guess(f"stub[{index}].label", column.label, "LRT-stub", "sure", cells)

    # tree

    def _nodes(
        self, leaves: Sequence[LeafAt], depth: int, path: str, labels: tuple[str, ...]
    ) -> list[Column]:
        nodes: list[Column] = []
        start = 0
        while start < len(leaves):
            own = _at(leaves[start], depth)
            end = start + 1
            while own is not None and end < len(leaves) and _at(leaves[end], depth) is own:
                end += 1
            nodes.append(self._node(leaves[start:end], depth, f"{path}[{len(nodes)}]", labels))
            start = end
        return nodes

    def _node(self, leaves: Sequence[LeafAt], depth: int, path: str, labels: tuple[str, ...]) -> Column:
        piece = _at(leaves[0], depth)
        label = split_label(piece.text) if piece else Label("")
        cells = self.plane.reals(piece.cells) if piece else ()
        if piece is not None and piece.supposed:
            self._guess(f"{path}.label", label.label, "LRT-label-cells", "likely", cells)
        else:
            self._guess(f"{path}.label", label.label, "LRT-label", "sure", cells)
        if label.unit is not None:
            self._guess(f"{path}.unit", label.unit, "LRT-unit-label", label.sure, cells)
        if len(leaves) == 1 and depth >= len(leaves[0].path) - 1:
            return self._figures(leaves[0], label, path, labels, cells)
        children = self._nodes(leaves, depth + 1, f"{path}.children", (*labels, label.label))
        return Column(label=label.label, unit=label.unit, children=tuple(children))

    def _figures(
        self,
        leaf: LeafAt,
        label: Label,
        path: str,
        labels: tuple[str, ...],
        cells: tuple[Position, ...],
    ) -> Column:
        unit = leaf.unit or label.unit
        if leaf.unit is not None and leaf.unit_cell is not None:
            self._guess(f"{path}.unit", leaf.unit, "LRT-unit-row", "sure", (leaf.unit_cell,))
        code = leaf.code or label.code
        name, key = code.code if code else None, None
        if name is not None and name in self.seen:
            self._problem(f"{path}.code", "LRT-code-twice", cells, code=name)
            name = None
        if name is None:
            key = column_key((*labels, label.label), self.keys)
        else:
            self.seen.add(name)
            number = self.band.number
            at = self.plane.real((number.row, leaf.left)) if number and leaf.code else None
            self._guess(f"{path}.code", name, "LRT-code", "sure", (at,) if at else cells)
        if not label.label and not labels:
            self._problem(f"{path}.label", "LRT-no-label", cells or (self._top(leaf),))
        words = (*labels, label.label)
        kind = kind_of(words, unit or self._unit_above(leaf))
        if kind.kind == "count" and kind.sure != "sure" and self.head.unit:
            kind = kind_of(words, self.head.unit)  # words like "Ghi chú" hold under the table's unit, too
        if kind.kind == "count" and kind.sure == "likely" and self._written_left(leaf):
            kind = Kind("text", "likely", "LRT-kind-left")
        self._guess(f"{path}.kind", kind.kind, kind.code, kind.sure, cells)
        self.head.leaves.append((leaf, name or key or ""))
        scale = _DECIMALS if kind.kind in ("average", "rate") else 0
        return Column(label=label.label, code=name, key=key, unit=unit, kind=kind.kind, scale=scale)

    def _written_left(self, leaf: LeafAt) -> bool:
        """Whether cells of a column are set from the left, for words, where others are set from the right."""

        rows = self.band.body[:_LOOKED_AT]

        def mostly(column: int, side: str) -> bool:
            return sum(self.plane.look(row, column).align == side for row in rows) > 0.6 * len(rows) > 0

        beside = range(leaf.right + 1, self.band.right + 1)
        before = range(self.band.left, leaf.left)
        return mostly(leaf.left, "left") and any(mostly(column, "right") for column in (*before, *beside))

    def _unit_above(self, leaf: LeafAt) -> str | None:
        found = [split_label(piece.text).unit for piece in leaf.path[:-1]]
        return next((unit for unit in reversed(found) if unit), None)

    def _top(self, leaf: LeafAt) -> Position:
        return self.plane.real((self.band.head[0], leaf.left))

    def _guess(
        self,
        path: str,
        value: str,
        code: str,
        sure: Sureness,
        cells: tuple[Position, ...] = (),
        **params: Any,
    ) -> None:
        if value:
            self.head.guesses.append(Guess(path, value, code, sure, cells, params))

    def _problem(self, path: str, why: str, cells: tuple[Position, ...], **params: Any) -> None:
        self.head.problems.append(Problem(path, why, cells, params))


def _at(leaf: LeafAt, depth: int) -> Piece | None:
    return leaf.path[depth] if depth < len(leaf.path) else None
