"""The texts above a worksheet's columns, through merged cells, beside the labels of a form's header tree."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from judapp.domain.catalogue import Column, Table
from judapp.domain.cell_name import Position
from judapp.excel.grid import MAX_COLUMN, GridSheet
from judapp.text import fold

_WIDEST = 512
DEPTH = 12
"""Rows a header may take, from its first label to its last."""
_UNIT = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*\Z")
_RULE = re.compile(r"\s*(?:=|<=|>=)[\s\d()+=–-]*\Z")


_WORD = re.compile(r"[a-z0-9]+")


def words(label: str) -> list[str]:
    """The words of a plain label."""
    return _WORD.findall(label)


_MATTERS = frozenset(words("khong chua chang ngoai tru con nam nu truoc sau tren duoi moi cu"))


def differ_gravely(one: str, other: str) -> bool:
    """Whether two plain labels differ in a word that turns one into another: "thành", "không thành"."""
    return bool((set(words(one)) ^ set(words(other))) & _MATTERS)


@lru_cache(16384)
def plain(label: str) -> str:
    """A label for comparing: folded, without the unit of measure or a rule "(2)=(3)+(4)" behind it.

    What is nothing but a remark in parentheses, as a unit on a line of its own, is "".
    """
    text = label.replace("\n", " ")
    while (shorter := _RULE.sub("", _UNIT.sub("", text))) != text:
        text = shorter
    return fold(text).strip(" .:;*-–+")


class Tree:
    """The labels of a table's header tree, folded: each leaf's path, and which words exist at all."""

    def __init__(self, table: Table) -> None:
        self.paths: dict[str, tuple[str, ...]] = {}
        """Labels from the topmost node to the leaf, by name of the leaf."""
        self.printed: dict[str, tuple[str, ...]] = {}
        """The same as the form prints them."""
        self._walk(table.columns, ())
        self.known = frozenset(label for path in self.paths.values() for label in path)
        leaves = [path[-1] for path in self.paths.values() if path]
        self.once = frozenset(label for label in leaves if leaves.count(label) == 1)
        """Leaf labels that stand once in the tree."""

    def _walk(self, nodes: tuple[Column, ...], above: tuple[str, ...]) -> None:
        for node in nodes:
            path = (*above, node.label)
            if node.children:
                self._walk(node.children, path)
            else:
                self.printed[node.name] = path
                self.paths[node.name] = tuple(filter(None, map(plain, path)))


_TREES: dict[int, tuple[Table, Tree]] = {}
_MOST_TREES = 512


def tree_of(table: Table) -> Tree:
    """The header tree of ``table``; the same for every file, so it is made once."""
    known = _TREES.get(id(table))
    if known is None or known[0] is not table:
        if len(_TREES) >= _MOST_TREES:
            _TREES.clear()
        known = _TREES[id(table)] = table, Tree(table)
    return known[1]


class Heads:
    """The texts of a worksheet by row and column, and the merged cells that carry a text over columns."""

    def __init__(self, sheet: GridSheet, start: int, most: int | None = None) -> None:
        """``start`` is the first row looked at; ``most``: no more rows from the first used one, nor columns
        beyond those any form has."""
        if most is not None:
            used = min((row for row, _ in sheet.cells if row >= start), default=start)
            most = used + most
        self.by_row: dict[int, dict[int, str | float | int]] = defaultdict(dict)
        for (row, column), cell in sheet.cells.items():
            if row < start or (most is not None and (row >= most or column > _WIDEST)):
                continue
            if cell.content is not None and cell.content != "":
                self.by_row[row][column] = cell.content
        self.rows = sorted(self.by_row)
        self._start = start
        self._merges: dict[int, list[tuple[int, int, Position]]] = defaultdict(list)
        self.merged = False
        for area in sheet.merges:
            anchor = (area.top, area.left)
            if area.top < start or anchor not in sheet.cells:
                continue
            self.merged = True
            for row in range(area.top, min(area.bottom, area.top + DEPTH) + 1):
                self._merges[row].append((area.left, area.right, anchor))
        for line in self._merges.values():
            line.sort()

    def text(self, row: int, column: int) -> str:
        """The text over a place: its own, or that of the merged cell that covers it."""
        own = self.by_row.get(row, {}).get(column)
        if own is None:
            line = self._merges.get(row, [])
            at = bisect_right(line, (column, MAX_COLUMN + 1, (0, 0))) - 1
            if at >= 0 and column <= line[at][1]:
                anchor = line[at][2]
                own = self.by_row.get(anchor[0], {}).get(anchor[1])
        return own if isinstance(own, str) else ""

    def chain(self, column: int, bottom: int) -> list[str]:
        """The plain texts over a column from the topmost down to row ``bottom``, each once in a run."""
        found: list[str] = []
        for row in range(max(self._start, bottom - DEPTH), bottom + 1):
            text = self.text(row, column)
            if text and (label := plain(text)) and (not found or found[-1] != label):
                found.append(label)
        return found

    def printed(self, column: int, bottom: int, label: str) -> str:
        """The text over a column that is ``label`` when folded, as it stands there."""
        texts = (self.text(row, column) for row in range(bottom, max(self._start, bottom - DEPTH) - 1, -1))
        return next((text.replace("\n", " ") for text in texts if plain(text) == label), label)

    def under(self, row: int, column: int, ancestors: tuple[str, ...]) -> bool:
        """Whether the labels ``ancestors`` (topmost first) stand over a place, in their order.

        On a sheet without merged cells (CSV) a text holds until the next one to its right.
        """
        wanted = list(ancestors)
        for above in range(row, max(self._start, row - DEPTH) - 1, -1):
            if not wanted:
                break
            if above == row:
                continue
            text = self.text(above, column)
            if not text and not self.merged:
                text = self._left_of(above, column)
            if text and plain(text) == wanted[-1]:
                wanted.pop()
        return not wanted

    def _left_of(self, row: int, column: int) -> str:
        line = self.by_row.get(row, {})
        left = max((at for at in line if at < column), default=None)
        found = line[left] if left is not None else ""
        return found if isinstance(found, str) else ""

    def places(self) -> Iterator[tuple[str, Position]]:
        """Every text as a plain label with where it stands, in reading order."""
        for row in self.rows:
            for column, content in sorted(self.by_row[row].items()):
                if isinstance(content, str) and (label := plain(content)):
                    yield label, (row, column)

    def figures_between(self, columns: Mapping[int, str], first: int, last: int) -> bool:
        """Whether numbers stand in these columns in rows ``first`` to ``last``, both included."""
        return any(
            not isinstance(content, str)
            for row in range(first, last + 1)
            for column, content in self.by_row.get(row, {}).items()
            if column in columns
        )
