"""The columns of a worksheet beside those of a form: heads, samples, which may be which and why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct

from judapp.domain.catalogue import Column, Table
from judapp.domain.cell_name import column_letters
from judapp.excel.grid import GridSheet
from judapp.excel.header import Header, TableColumns, find_header, printed_code
from judapp.excel.heads import DEPTH, Heads, differ_gravely, plain, tree_of, words

_MOST_ROWS, _MOST_COLUMNS = 1000, 256
_SAMPLES = 3
_BODY = 200
"""Rows below the head that are looked at for samples."""
_HARMLESS = frozenset(words("so cac ve cua viec vu luot nguoi duoc la va tai trong theo tong"))
"""Words that say nothing of their own."""


class FileColumn(Struct, frozen=True):
    """One column of the worksheet that holds anything in or below the head."""

    column: int
    """From 1."""
    letter: str
    heads: tuple[str, ...]
    """Texts of its head from the topmost down; a merged one stands in each of its columns."""
    code: str | None
    """The column number printed in the head, without brackets."""
    samples: tuple[str, ...]
    """The first few things below the head, as the sheet shows them."""
    figures: int
    """Cells below the head that hold a number."""
    hidden: bool = False


class Pair(Struct, frozen=True):
    """A column of the worksheet that is probably one of the form's."""

    column: int
    name: str
    by_code: bool
    by_head: bool

    @property
    def sure(self) -> bool:
        """Whether nothing speaks against it: the whole head says it."""
        return self.by_head


class TableLook(Struct, frozen=True):
    """How one table of a form looks on a worksheet, wherever on the sheet it stands."""

    table: str
    row: int
    """The last row of the head, 0 where none was found."""
    columns: tuple[FileColumn, ...]
    header: Header

    @property
    def first(self) -> int:
        """The leftmost column."""
        return min((column.column for column in self.columns), default=1)

    @property
    def signature(self) -> str:
        """The same for every sheet with these heads in this order, however far it was moved."""
        look = [
            (column.column - self.first, [plain(text) for text in column.heads], column.code)
            for column in self.columns
            if column.heads or column.code
        ]
        return hashlib.sha256(msgspec.json.encode([self.table, look])).hexdigest()


def looks(sheet: GridSheet, tables: Sequence[Table], paired: Sequence[TableColumns] = ()) -> list[TableLook]:
    """How each of a form's tables looks on ``sheet``, top to bottom."""
    found: list[TableLook] = []
    start = 1
    for table in tables:
        said = next((own for own in paired if own.table == table.key), None)
        header = find_header(sheet, table, start, said)
        heads = Heads(sheet, start, _MOST_ROWS)
        row = header.row if header.columns else _last_head_row(heads, table)
        found.append(TableLook(table.key, row, tuple(_columns(sheet, heads, row)) if row else (), header))
        start = max(start, row + 1)
    return found


def _last_head_row(heads: Heads, table: Table) -> int:
    """The last row of a head nothing else tells: of codes, of known labels, or the one above figures."""
    known = tree_of(table).known
    best = (0, 0)
    for row in heads.rows:
        texts = [text for text in heads.by_row[row].values() if isinstance(text, str)]
        hits = sum(plain(text) in known or bool(text[:1] in "([" and printed_code(text)) for text in texts)
        if hits and hits >= best[0]:
            best = (hits, row)
    if best[0] > 1:
        return best[1]
    for row in heads.rows:
        numbers = sum(not isinstance(value, str) for value in heads.by_row[row].values())
        if numbers >= 2 and row > heads.rows[0]:
            return max(at for at in heads.rows if at < row)
    return best[1]


def _columns(sheet: GridSheet, heads: Heads, row: int) -> Iterator[FileColumn]:
    body = [at for at in heads.rows if row < at <= row + _BODY]
    used = {column for at in (*_head_rows(heads, row), *body) for column in heads.by_row[at]}
    for column in sorted(used)[:_MOST_COLUMNS]:
        texts: list[str] = []
        code = None
        for at in _head_rows(heads, row):
            text = heads.text(at, column)
            content = heads.by_row.get(at, {}).get(column)
            if printed_code(content) is not None and at >= row - 1:
                code = printed_code(content)
            elif text and (not texts or texts[-1] != text):
                texts.append(text)
        below = [sheet.at(at, column) for at in body if column in heads.by_row[at]]
        yield FileColumn(
            column=column,
            letter=column_letters(column),
            heads=tuple(text.replace("\n", " ") for text in texts),
            code=code,
            samples=tuple(cell.shown_text for cell in below[:_SAMPLES]),
            figures=sum(not isinstance(cell.content, str) for cell in below),
            hidden=column in sheet.hidden_columns,
        )


def _head_rows(heads: Heads, row: int) -> list[int]:
    """The rows of the head above its last one: up to a line with but one text, which is a title."""
    found: list[int] = []
    for at in reversed([at for at in heads.rows if row - DEPTH < at <= row]):
        if found and len(heads.by_row[at]) < 2:
            break
        found.append(at)
    return found[::-1]


def pairs(look: TableLook, table: Table) -> list[Pair]:
    """Which column may be which leaf, by number and head: each side once; of equal ones none is offered."""
    tree = tree_of(table)
    ranked: list[tuple[int, Pair]] = []
    for column in look.columns:
        for leaf in table.leaves:
            found = _pair(column, leaf, tree.paths[leaf.name], tree.once)
            if found is not None:
                ranked.append(found)
    return _one_to_one(ranked)


def stub_pairs(look: TableLook, table: Table, taken: Sequence[Pair]) -> list[Pair]:
    """Which column may be which label column, named by its index."""
    used = {pair.column for pair in taken}
    ranked = []
    for column in look.columns:
        for index, stub in enumerate(table.stub):
            label = plain(stub.label)
            by_head = bool(label) and label in map(plain, column.heads)
            by_code = stub.code is not None and column.code == stub.code
            if column.column not in used and (by_head or by_code):
                ranked.append((by_head * 2 + by_code, Pair(column.column, str(index), by_code, by_head)))
    found = _one_to_one(ranked)
    if not found and len(table.stub) == 1 and used:
        left = [c.column for c in look.columns if c.column < min(used) and c.samples and not c.figures]
        found = [Pair(left[-1], "0", by_code=False, by_head=False)] if left else []
    return found


def _pair(
    column: FileColumn, leaf: Column, path: tuple[str, ...], once: frozenset[str]
) -> tuple[int, Pair] | None:
    texts = [label for text in column.heads if (label := plain(text))]
    head = texts[-1] if texts else ""
    by_code = leaf.code is not None and column.code == leaf.code
    whole = bool(path) and _within(path, texts)
    by_head = whole or (bool(path) and head == path[-1] and path[-1] in once)
    if by_head:
        return 8 * whole + 4 + 2 * by_code, Pair(column.column, leaf.name, by_code, by_head=True)
    if by_code and (not head or not differ_gravely(head, path[-1] if path else "")):
        return 2, Pair(column.column, leaf.name, by_code=True, by_head=False)
    if head and path and _alike(head, path[-1]) and path[-1] in once:
        return 1, Pair(column.column, leaf.name, by_code=False, by_head=False)
    return None


def _within(path: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether the labels of ``path`` stand in ``texts`` in their order, the last one lowest."""
    rest = iter(texts)
    return bool(texts) and texts[-1] == path[-1] and all(label in rest for label in path)


def _alike(one: str, other: str) -> bool:
    """Whether two labels differ in words without weight only."""
    ours, theirs = set(words(one)), set(words(other))
    return bool(ours & theirs - _HARMLESS) and ours ^ theirs <= _HARMLESS


def _one_to_one(ranked: Sequence[tuple[int, Pair]]) -> list[Pair]:
    """The strongest pairs, each side once; two equally strong ones for one side are none."""
    found: list[Pair] = []
    columns: set[int] = set()
    names: set[str] = set()
    for strength in sorted({strength for strength, _ in ranked}, reverse=True):
        level = [
            pair
            for own, pair in ranked
            if own == strength and pair.column not in columns and pair.name not in names
        ]
        for pair in level:
            rivals = [other for other in level if pair.column == other.column or pair.name == other.name]
            if len(rivals) == 1:
                found.append(pair)
        columns |= {pair.column for pair in level}
        names |= {pair.name for pair in level}
    return sorted(found, key=lambda pair: pair.column)
