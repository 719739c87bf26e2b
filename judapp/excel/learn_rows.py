"""The row plan of a table: what is total, group, repeated, and what stands under what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from judapp.domain.catalogue import Row, RowKind
from judapp.domain.cell_name import Position
from judapp.domain.kinds import kind_of
from judapp.domain.learned import Guess, Problem, SheetRole, Sureness
from judapp.domain.stubs import stub_places
from judapp.domain.unit import KINDS
from judapp.excel.learn_bands import Band
from judapp.excel.learn_depth import Line
from judapp.excel.learn_head import Head
from judapp.excel.learn_lines import places_of, read_lines
from judapp.excel.learn_names import row_name
from judapp.excel.learn_plane import Plane
from judapp.excel.learn_row_words import Repeats, is_plain_total, stem, unit_of
from judapp.text import fold

_KEY = re.compile(r"[^\W_][\w-]*\Z")


class RowPlan(Struct):
    """The rows of a table; paths of guesses and problems begin with ``rows``."""

    rows: tuple[Row, ...] = ()
    lines: list[tuple[Line, SheetRole]] = field(default_factory=list)
    """Every line that became a row, with its role."""
    guesses: list[Guess] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class _Node:
    """A row while the plan is built."""

    def __init__(self, line: Line) -> None:
        self.lines = [line]
        self.line = line
        self.children: list[_Node] = []
        self.extra = 0
        """Steps its level is deeper than its nesting."""
        self.kind: RowKind = "fixed"
        self.code = "LRT-row-fixed"
        self.sure: Sureness = "sure"

    def all_lines(self) -> list[Line]:
        return [*self.lines, *(line for child in self.children for line in child.all_lines())]


def read_rows(plane: Plane, band: Band, head: Head, said: Mapping[int, SheetRole]) -> RowPlan:
    """The row plan of the table in ``band``."""
    return _Planner(plane, band, head, said).plan()


class _Planner:
    def __init__(self, plane: Plane, band: Band, head: Head, said: Mapping[int, SheetRole]) -> None:
        self.plane, self.band, self.head, self.said = plane, band, head, said
        self.found = RowPlan()

    def plan(self) -> RowPlan:
        if not self.head.stubs:
            self._single_row()
            return self.found
        lines = self._known(read_lines(self.plane, self.band, self.head, self.said))
        bold = {line.bold for line in lines if line.label}
        top = self._nested(lines)
        self._tell_kinds(top, telling_bold=len(bold) > 1)
        top = self._once(top)
        self._ask_about_labels()
        stub = " ".join(column.label for column in self.head.stub)
        self.found.rows = tuple(self._rows(top, "rows", (stub,)))
        return self.found

    def _ask_about_labels(self) -> None:
        """Of several label columns the definition keeps one label: a person sees whether it reads well."""
        places = places_of(self.plane, self.band, self.head)
        used = [leaf for leaf in (places.number, places.unit) if leaf is not None]
        labels = [i for i, leaf in enumerate(self.head.stubs) if leaf not in used]
        read = [leaf and leaf.left for leaf in (places.number, places.label, places.unit)]
        printed = stub_places(self.head.stub)
        drawn = [
            None if index is None else self.head.stubs[index].left
            for index in (printed.number, printed.label, printed.unit)
        ]
        told = [index for index in (0, 2) if read[index] is not None] + [1]
        if len(labels) == 1 and any(read[index] != drawn[index] for index in told):
            names = ", ".join(f"“{column.label}”" for column in self.head.stub)
            self._problem("stub", "LRT-stub-order", (), labels=names)
        if len(labels) > 1:
            names = ", ".join(f"“{self.head.stub[index].label}”" for index in labels)
            cells = tuple(self.plane.real((self.band.head[0], self.head.stubs[i].left)) for i in labels)
            self._problem("rows", "LRT-two-labels", cells, labels=names)

    def _single_row(self) -> None:
        """A form without label column has one row."""
        self.found.rows = (Row(key="1"),)
        lines = read_lines(self.plane, self.band, self.head, self.said)[:1]
        cells = tuple(self.plane.real((line.row, self.band.left)) for line in lines)
        self.found.lines += [(line, "row") for line in lines]
        self._guess("rows[0]", "1", "LRT-row-single", "sure", cells)

    def _known(self, lines: list[Line]) -> list[Line]:
        """Lines that say something; empty ones count only where no others tell what is repeated there."""
        printed = [line for line in lines if not line.blank]
        empty = [line for line in lines if line.blank]
        if not empty:
            return printed
        if any(line.open for line in printed):
            return printed
        if all(line.total for line in printed):
            return [line for line in lines if not line.blank or line is empty[0]]
        kept: list[Line] = []
        for line, after in zip(lines, [*lines[1:], None], strict=True):
            under_group = line.blank and kept and not kept[-1].blank and kept[-1].number is not None
            between = after is None or after.blank or after.number is not None
            if not line.blank or (under_group and between and kept[-1].bold and line is not lines[-1]):
                kept.append(line)
        return kept

    # nesting

    def _nested(self, lines: Sequence[Line]) -> list[_Node]:
        top: list[_Node] = []
        stack: list[tuple[int, _Node]] = []
        for line in lines:
            while stack and stack[-1][0] >= line.level:
                stack.pop()
            while stack and stack[-1][1].line.total and not line.dashed and self._beside_total(line):
                stack.pop()
            node = _Node(line)
            node.extra = line.level - (stack[-1][0] + 1 if stack else 0)
            (stack[-1][1].children if stack else top).append(node)
            stack.append((line.level, node))
        return top

    def _beside_total(self, line: Line) -> bool:
        """Rows of units and groups stand beside their total, however they are pushed in."""
        return line.open or line.number is not None

    # kinds

    def _tell_kinds(self, nodes: Sequence[_Node], *, telling_bold: bool) -> None:
        for index, node in enumerate(nodes):
            self._tell_kinds(node.children, telling_bold=telling_bold)
            line = node.line
            last = index == len(nodes) - 1
            said: Mapping[SheetRole | None, RowKind] = {"total": "total", "group": "group", "row": "fixed"}
            if line.role in said:
                node.kind, node.code = said[line.role], "LRT-row-said"
            elif line.open:
                node.kind, node.code, node.sure = "unit", "LRT-row-open", "likely"
            elif line.total and self._is_total(line, first=index == 0, last=last, telling=telling_bold):
                node.kind, node.code = "total", "LRT-row-total"
            elif line.whole:
                node.kind, node.code = "group", "LRT-row-heading"
            elif line.bold and telling_bold and not line.dashed:
                grouped = node.children or not self._bold_alone(nodes)
                node.kind, node.code = ("group", "LRT-row-group") if grouped else ("fixed", "LRT-row-fixed")
                node.sure = "sure" if node.children else "likely"
            elif self._holds_rows(node):
                node.kind, node.code, node.sure = "group", "LRT-row-group", "likely"

    def _holds_rows(self, node: _Node) -> bool:
        """Whether a line that is not bold is a group: numbered I or A with rows below, or with open rows."""
        numbered = node.line.number is not None and node.line.number.style in ("I", "A")
        return bool(node.children) and (numbered or any(child.line.open for child in node.children))

    def _is_total(self, line: Line, *, first: bool, last: bool, telling: bool) -> bool:
        plain = is_plain_total(line.label)
        if line.number is not None and not plain:
            return False
        if telling and not line.bold:  # others are bold, a total is not: only where it is nothing else
            return plain and line.number is None and (first or last)
        return first or last or line.bold or plain

    def _bold_alone(self, nodes: Sequence[_Node]) -> bool:
        """Whether bold only stresses a line: others beside it are numbered and have rows."""
        numbered = [node for node in nodes if node.line.number is not None]
        return bool(numbered) and any(node.children for node in nodes)

    # repeated rows

    def _once(self, nodes: Sequence[_Node]) -> list[_Node]:
        """Rows printed several times for the same repetition, once."""
        found: list[_Node] = []
        for node in nodes:
            node.children = self._once(node.children)
            before = found[-1] if found else None
            if before is not None and node.kind == before.kind == "unit" and self._again(before, node):
                before.lines += node.all_lines()
                before.children = before.children or node.children
                continue
            found.append(node)
        return found

    def _again(self, before: _Node, node: _Node) -> bool:
        own, other = stem(node.line.label), stem(before.line.label)
        if own and other and own != other and not self._same_unit(own, other):
            return False
        if own and not other:
            return False
        shape = [child.line.label for child in node.children]
        return not shape or shape == [child.line.label for child in before.children]

    def _same_unit(self, own: str, other: str) -> bool:
        """ "Xã" and "Phường" beside each other are the same kind of unit."""
        one, two = unit_of(own), unit_of(other)
        return one.kind is not None and one == two

    # rows of the plan

    def _rows(self, nodes: Sequence[_Node], path: str, context: tuple[str, ...]) -> list[Row]:
        taken = {
            line.number.code
            for node in nodes
            if (line := node.line).number is not None and node.kind != "unit" and _KEY.match(line.number.code)
        }
        used: set[str] = set()
        rows: list[Row] = []
        repeated: set[str] = set()
        for node in nodes:
            here = f"{path}[{len(rows)}]"
            if node.kind == "unit":
                row = self._repeated(node, here, context, repeated)
                repeated.add(row.kind)
            else:
                row = self._fixed(node, here, taken, used)
            label = node.line.label
            inner = self._rows(node.children, f"{here}.children", (*context, label))
            rows.append(replace(row, children=tuple(inner)))
        return rows

    def _fixed(self, node: _Node, here: str, taken: set[str], used: set[str]) -> Row:
        line = node.line
        code = line.number.code if line.number else None
        key: str | None = None
        plain_total = node.kind == "total" and code is None and "tong" not in used
        if plain_total:
            used.add("tong")
        elif code is not None and _KEY.match(code) and code not in used:
            used.add(code)
        else:
            everything = taken | used | {"tong"}
            key = row_name(line.label if code is None else code.replace(".", " "), everything)
            used.add(key)
        role: SheetRole = "total" if node.kind == "total" else "group" if node.kind == "group" else "row"
        self._said(node, role)
        self._guess(f"{here}.label", line.label, "LRT-row-label", "sure", line.cells)
        if code is not None:
            self._guess(f"{here}.code", code, "LRT-row-number", "sure", line.cells)
        self._guess(f"{here}.kind", node.kind, node.code, node.sure, line.cells)
        if line.only:
            self._guess(f"{here}.only", ", ".join(line.only), "LRT-row-only", "likely", line.cells)
        kind = kind_of((line.label,), line.unit) if line.unit else None
        unitless = _names_only(node)
        if unitless:
            self._guess(f"{here}.heading", "true", "LRT-row-unitless", "likely", line.cells)
        return Row(
            label=line.label,
            kind=node.kind,
            code=code,
            key=key,
            level=node.extra,
            unit=line.unit,
            value_kind=kind.kind if kind is not None and kind.kind in ("money", "rate", "average") else None,
            scale=2 if kind is not None and kind.kind in ("rate", "average") else None,
            only=line.only,
            heading=line.whole or unitless,
        )

    def _repeated(self, node: _Node, here: str, context: tuple[str, ...], before: set[str]) -> Row:
        line = node.line
        label = line.label if stem(line.label) else ""
        for_whom = self._for_whom(label, context)
        kind: RowKind = "unit" if for_whom.kind is not None else "free"
        if kind in before:
            kind = "free" if kind == "unit" else "unit"
        self._said(node, "repeated")
        cells = tuple(cell for own in node.lines for cell in own.cells)
        self._guess(f"{here}.label", label, "LRT-row-label", "sure", cells)
        self._guess(f"{here}.kind", kind, node.code, for_whom.sure, cells, count=len(node.lines))
        unit_kind = None
        if kind == "unit":
            unit_kind = for_whom.kind or "agency"
            self._guess(f"{here}.unit_kind", unit_kind, "LRT-row-units", for_whom.sure, cells)
            if for_whom.sure == "choose":
                self._problem(f"{here}.unit_kind", "LRT-which-units", cells, KINDS, label=line.label)
        elif for_whom.sure == "choose":
            self._problem(f"{here}.kind", "LRT-unit-or-free", cells, ("unit", "free"), label=line.label)
        return Row(
            label=label,
            kind=kind,
            level=node.extra,
            unit_kind=unit_kind,
            unit_subkind=for_whom.subkind if kind == "unit" else None,
        )

    def _for_whom(self, label: str, context: tuple[str, ...]) -> Repeats:
        """By the row's own words; where it prints only dots by those of its group or of the label column."""
        if label:
            return unit_of(label)
        for words in reversed(context):
            if words and (found := unit_of(words)).sure != "choose":
                return found
        return Repeats("agency", None, "choose") if "don vi" in fold(context[0]) else unit_of("")

    def _said(self, node: _Node, role: SheetRole) -> None:
        self.found.lines += [(line, role) for line in node.lines]

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
            self.found.guesses.append(Guess(path, value, code, sure, cells, params))

    def _problem(
        self, path: str, code: str, cells: tuple[Position, ...], choices: tuple[str, ...] = (), **params: Any
    ) -> None:
        self.found.problems.append(Problem(path, code, cells, params, choices))


def _names_only(node: _Node) -> bool:
    """Whether a group has no unit of measure where every row below it prints one: it is a name, no sum."""
    below = [*node.children]
    for child in below:
        below += child.children
    counted = [child for child in below if child.kind != "group"]
    return (
        node.kind == "group"
        and not node.line.whole
        and not node.line.unit
        and bool(counted)
        and all(child.line.unit for child in counted)
    )
