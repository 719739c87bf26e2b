"""Rules printed as sentences: "Cột 1 = Cột (2+3)", "(1) = (2) + (3)", "Dòng 1 = dòng 2 + dòng 3"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from judapp.domain.catalogue import Column, Form, Row, Table
from judapp.domain.expression.nodes import BinOp, Compare, Node, unparse
from judapp.domain.expression.parser import ExpressionError, parse
from judapp.domain.learned import Sureness
from judapp.domain.rows import own_key
from judapp.text import clean

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")
_WORDS = (
    (
        re.compile(r"(?:nhỏ hơn hoặc bằng|bé hơn hoặc bằng|không lớn hơn|không vượt quá|không quá)", re.I),
        " ≤ ",
    ),
    (re.compile(r"(?:lớn hơn hoặc bằng|không nhỏ hơn)", re.I), " ≥ "),
    (re.compile(r"(?:phải )?(?:bằng|là) tổng(?: của)?(?: các)?(?= (?:cột|dòng|\())", re.I), " = "),
    (re.compile(r"(?<![\w])(?:phải )?bằng(?= (?:cột|dòng|tổng|\(|\d))", re.I), " = "),
    (re.compile(r"(?<![\w])cộng(?: với)?(?= (?:cột|dòng|\(|\d))", re.I), " + "),
    (re.compile(r"(?<![\w])trừ(?: đi)?(?= (?:cột|dòng|\(|\d))", re.I), " - "),
)
_TOKEN = re.compile(
    r"(?P<word>(?<!\w)(?:các cột|cột số|cột|dòng số|dòng|hàng|mục)(?!\w))"
    r"|(?P<number>(?<!\w)(?:\d{1,3}[a-zđ]?(?:\.\d{1,2})*|[IVX]{1,5}(?:\.\d{1,2})*)(?!\w))"
    r"|(?P<cmp><=|>=|≤|≥|=|<|>)"
    r"|(?P<op>[+–−-])"
    r"|(?P<more>…|\.{2,})"
    r"|(?P<open>[(\[])|(?P<close>[)\]])"
    r"|(?P<space>\s+)",
    re.IGNORECASE,
)
_CANONICAL = {"≤": "<=", "≥": ">=", "<": "<", ">": ">", "<=": "<=", ">=": ">=", "=": "="}


class Sentence(Struct, frozen=True):
    """A rule as it is printed, and as an expression over the form."""

    text: str
    rule: str
    sure: Sureness


class _Item(Struct, frozen=True):
    """One figure of a sentence: its sign, whether a row is meant, its printed number."""

    sign: str
    row: bool
    number: str


class _Saying(Struct, frozen=True):
    sides: tuple[tuple[_Item, ...], ...]
    signs: tuple[str, ...]
    text: str
    marked: bool
    """Whether words or brackets say that columns or rows are meant, not plain numbers."""


def sentences(form: Form) -> Iterator[Sentence]:
    """Every rule printed in the notes, explanations, heads and number rows of ``form``."""
    texts = [(text, False, form.tables) for text in (*(note.text for note in form.notes), *form.explanations)]
    for table in form.tables:
        texts += [(text, True, (table,)) for text in _column_texts(table.columns)]
        texts += [(text, True, (table,)) for text in _row_texts(table.rows)]
    for text, in_head, tables in texts:
        for saying in _sayings(text):
            if not (saying.marked or in_head):
                continue
            for table in tables:
                found = _rule(saying, table)
                if found is not None:
                    yield Sentence(saying.text, *found)


def _column_texts(columns: Sequence[Column]) -> Iterator[str]:
    for column in columns:
        yield from (text for text in (column.label, column.note) if text and "=" in text)
        yield from _column_texts(column.children)


def _row_texts(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        yield from (text for text in (row.label, row.note) if text and "=" in text)
        yield from _row_texts(row.children)


def _sayings(text: str) -> Iterator[_Saying]:
    """Every comparison in a text, wherever it stands between other words."""
    shortened = _QUOTED.sub(" ", text)
    for pattern, sign in _WORDS:
        shortened = pattern.sub(sign, shortened)
    run: list[tuple[str, str]] = []
    at = 0
    while at <= len(shortened):
        found = _TOKEN.match(shortened, at) if at < len(shortened) else None
        if found is None:
            yield from _read(run)
            run, at = [], at + 1
            continue
        kind = str(found.lastgroup)
        if kind != "space":
            run.append((kind, found[0]))
        at = found.end()


def _read(run: list[tuple[str, str]]) -> Iterator[_Saying]:
    """The longest comparison that begins somewhere in a run of tokens."""
    start = 0
    while start < len(run):
        reader = _Reader(run, start)
        saying = reader.saying()
        if saying is None:
            start += 1
        else:
            yield saying
            start = reader.at


class _Reader:
    """Reads "Cột 1 = Cột (2 + 3)" from tokens; the word said last holds until another comes."""

    def __init__(self, run: list[tuple[str, str]], at: int) -> None:
        self.run, self.start, self.at = run, at, at
        self.rows = self.marked = False

    def saying(self) -> _Saying | None:
        sides: list[tuple[_Item, ...]] = []
        signs: list[str] = []
        end = self.at
        while True:
            side = self._side()
            if not side:
                break
            sides.append(side)
            end = self.at
            if self._kind() != "cmp":
                break
            signs.append(_CANONICAL[self.run[self.at][1]])
            self.at += 1
        if len(sides) < 2:
            return None
        self.at = end
        text = _spelled(self.run[self.start : end])
        return _Saying(tuple(sides), tuple(signs[: len(sides) - 1]), text, self.marked)

    def _kind(self, ahead: int = 0) -> str:
        at = self.at + ahead
        return self.run[at][0] if at < len(self.run) else ""

    def _side(self) -> tuple[_Item, ...]:
        items: list[_Item] = []
        sign = "+"
        while True:
            found = self._item(sign)
            if not found:
                return tuple(items) if not items or self._kind(-1) != "op" else ()
            items += found
            if self._kind() != "op":
                return tuple(items)
            sign = "+" if self.run[self.at][1] == "+" else "-"
            self.at += 1

    def _item(self, sign: str) -> list[_Item]:
        before = self.at
        bracket = self._kind() == "open" and self._kind(1) == "word"
        if bracket:
            self.at += 1
        if self._kind() == "word":
            self.rows = not self.run[self.at][1].casefold().startswith(("cột", "các"))
            self.marked = True
            self.at += 1
        if self._kind() == "number":
            found = [_Item(sign, self.rows, self.run[self.at][1])]
            self.at += 1
        elif self._kind() == "open":
            found = self._bracketed(sign)
        else:
            found = []
        if bracket and self._kind() == "close":
            self.at += 1
        if not found:
            self.at = before
        return found

    def _bracketed(self, sign: str) -> list[_Item]:
        """ "(2)", "[2]", "(2+3)", "(4+5+…+18)"."""
        self.at += 1
        found: list[_Item] = []
        inner = "+"
        while self._kind() in ("number", "more", "op", "word"):
            kind, text = self.run[self.at]
            if kind == "number":
                found.append(_Item(inner if sign == "+" else "-" if inner == "+" else "+", self.rows, text))
            elif kind == "more":
                found.append(_Item("…", self.rows, ""))
            elif kind == "op":
                inner = "+" if text == "+" else "-"
            self.at += 1
        if self._kind() != "close" or not found:
            return []
        self.at += 1
        self.marked = True
        return found


def _spelled(run: Sequence[tuple[str, str]]) -> str:
    text = " ".join(piece for _, piece in run)
    return clean(re.sub(r"(?<=[(\[]) | (?=[)\]])|(?<=\d) (?=\+ ?…)", "", text))


def _rule(saying: _Saying, table: Table) -> tuple[str, Sureness] | None:
    """The expression of a saying over ``table``; None where it names what the table does not have."""
    prefix = f"{table.key}:" if table.key else ""
    sides: list[str] = []
    columns: list[Column] = []
    for side in saying.sides:
        text = ""
        for item in _spread(side, table):
            name = _place(item, table)
            if name is None:
                return None
            if not item.row:
                columns.append(table.leaf_by_name[item.number])
            text += f" {item.sign} {prefix}{name}" if text else f"{'-' * (item.sign == '-')}{prefix}{name}"
        sides.append(text)
    if any(leaf.kind == "text" for leaf in columns):
        return None
    one_sort = len({leaf.kind for leaf in columns}) <= 1 and (
        len({(leaf.unit or "").casefold() for leaf in columns} - {""}) <= 1
    )
    if not one_sort and "=" in saying.signs:
        return None
    rule = sides[0] + "".join(f" {sign} {side}" for sign, side in zip(saying.signs, sides[1:], strict=True))
    return rule, "sure" if saying.marked and one_sort else "likely"


def _spread(side: Sequence[_Item], table: Table) -> Iterator[_Item]:
    """``side`` with "4+5+…+18" written out over the columns between."""
    names = list(table.leaf_by_name)
    for index, item in enumerate(side):
        if item.sign != "…":
            yield item
            continue
        ends = (
            side[index - 1].number if index else "",
            side[index + 1].number if index + 1 < len(side) else "",
        )
        between = ["…"]  # which no table has
        if not item.row and ends[0] in names and ends[1] in names:
            between = names[names.index(ends[0]) + 1 : names.index(ends[1])]
        yield from (_Item("+", item.row, name) for name in between)


def _place(item: _Item, table: Table) -> str | None:
    if not item.row:
        return f"c{item.number}" if item.number in table.leaf_by_name else None
    keys = [key for number, key in _row_keys(table.rows, "") if number == item.number]
    return f"[{keys[0]}]" if len(keys) == 1 else None


def _row_keys(rows: Sequence[Row], above: str) -> Iterator[tuple[str, str]]:
    """Printed number and key of every row that is not repeated."""
    for row in rows:
        if row.kind in ("unit", "free"):
            continue
        key = f"{above}.{own_key(row)}" if above else own_key(row)
        if not row.heading and (row.code or row.key):
            yield row.code or row.key or "", key
            if above and row.code:
                yield key, key
        yield from _row_keys(row.children, key)


def said(rule: str) -> frozenset[tuple[str, ...]]:
    """What a rule says, so that two spellings compare: each pair of sides with the sign between.

    ``c1 = c3 + c2 = c4`` says ("=", "c1", "c2", "c3") and ("=", "c1", "c4").
    """
    try:
        node = parse(rule)
    except ExpressionError:
        return frozenset()
    if not isinstance(node, Compare):
        return frozenset({(unparse(node),)})
    pairs: list[tuple[str, ...]] = []
    first = node.operands[0]
    for index, sign in enumerate(node.ops):
        left, right = node.operands[index], node.operands[index + 1]
        if sign in (">=", ">"):
            left, right, sign = right, left, sign.replace(">", "<")
        if sign == "=":
            left = first
        if unparse(left) != "0":
            pairs.append((sign, unparse(left), *sorted(_terms(right))))
    return frozenset(pairs)


def _terms(node: Node) -> Counter[str]:
    if isinstance(node, BinOp) and node.op == "+":
        return _terms(node.left) + _terms(node.right)
    return Counter([unparse(node)])
