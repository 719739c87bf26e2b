"""Expressions and verdicts in words: what a relation says, and by how much a figure misses it (ux 7)."""

from __future__ import annotations

from typing import Protocol

from judapp.domain.expression.binding import Bound
from judapp.domain.expression.evaluate import Verdict
from judapp.domain.expression.nodes import (
    AGGREGATES,
    BinOp,
    Call,
    Cells,
    Compare,
    MeasureRef,
    Neg,
    Node,
    Num,
    Ref,
    Text,
    level,
)
from judapp.domain.number import format_en, format_vi
from judapp.domain.value import Kind
from judapp.text import Bilingual


class Names(Protocol):
    """How forms call their parts; ``form`` is "" for the form a rule belongs to, else a family."""

    def column_name(self, form: str, table: str, col: str) -> tuple[str | None, str]:
        """The printed number (None where none is printed) and the label of a column."""

    def row_name(self, form: str, table: str, row: str) -> tuple[str | None, str]:
        """The printed number and the label of a row.

        ``row`` may hold ``*`` and ``#`` (``"#.nam"``): what the rows it matches have in common is meant.
        """

    def table_name(self, form: str, table: str) -> str:
        """The name of a table where the form has several ("bảng II"), else ""."""

    def form_name(self, form: str) -> str:
        """The number of the form of a family ("10a/TP/CC")."""

    def measure_name(self, name: str) -> str:
        """The name of a measure."""


_SIGNS = {"!=": "≠", "<=": "≤", ">=": "≥", "-": "−", "*": "×"}
_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_MISSED = {
    "=": Bilingual("lệch", "off by"),
    "<=": Bilingual("thừa", "over by"),
    "<": Bilingual("thừa", "over by"),
    ">=": Bilingual("thiếu", "short by"),
    ">": Bilingual("thiếu", "short by"),
}
_WHENS = {
    "prev": Bilingual("kỳ trước", "of the previous period"),
    "same": Bilingual("cùng kỳ năm trước", "of the same period last year"),
    "year-1": Bilingual("năm trước", "of last year"),
    "final": Bilingual("số chính thức", "in the final figures"),
}
_COLUMN = Bilingual("Cột", "Column")
_ROW = Bilingual("dòng {}", "row {}")
_EACH = Bilingual("mỗi dòng", "each row")
_MAIN = Bilingual("các dòng chính", "the main rows")
_ALL = Bilingual("các dòng", "the rows")
_LIKE = Bilingual("các dòng {}", "the rows {}")
_ROWS = Bilingual("{} dòng", "{} rows")
_UNDER = Bilingual(" thuộc {}", " under {}")
_EVERY = Bilingual("từng dòng", "each row")
_THAT = Bilingual("dòng đó", "that row")
_OF = Bilingual("{}", "of {}")
_FORM = Bilingual("biểu {}", "of form {}")
_SHEETS = Bilingual("các phiếu {}", "of the {} sheets")
_ESTIMATE = Bilingual("phần ước tính của ", "the estimated part of ")
_TOLERANCE = Bilingual(" (cho phép lệch {})", " (may differ by {})")
_AND = Bilingual(" và ", " and ")
_FUNCTIONS = {
    "sum": Bilingual("tổng {}", "sum of {}"),
    "avg": Bilingual("trung bình của {}", "average of {}"),
    "wavg": Bilingual("bình quân {} theo {}", "average of {} weighted by {}"),
    "min": Bilingual("số nhỏ nhất của {}", "least of {}"),
    "max": Bilingual("số lớn nhất của {}", "greatest of {}"),
    "count": Bilingual("số ô có số liệu của {}", "number of figures in {}"),
    "abs": Bilingual("|{}|", "|{}|"),
    "round": Bilingual("{} làm tròn đến {} chữ số thập phân", "{} rounded to {} decimals"),
    "if": Bilingual("nếu {} thì {}, không thì {}", "if {} then {}, else {}"),
    "convert": Bilingual("{} tính bằng {}", "{} in {}"),
    "both": Bilingual("{} và {} cùng có hoặc cùng không", "{} and {}: both or neither"),
    "exclusive": Bilingual("{} và {} không cùng có", "{} and {}: not both"),
    "nondecreasing": Bilingual("{} không nhỏ hơn kỳ trước", "{} not less than in the previous period"),
}
_WORDY = frozenset({"wavg", "round", "if", "convert"})
"""Functions whose words need brackets inside a calculation."""
_WHY = {
    Kind.OUT_OF_REMIT: Bilingual("không thuộc thẩm quyền", "not in remit"),
    Kind.UNDEFINED: Bilingual("mẫu số bằng 0", "the denominator is 0"),
    Kind.EMPTY: Bilingual("còn ô chưa trả lời", "a cell is not answered"),
    Kind.PENDING: Bilingual("chưa có số liệu", "figures not yet known"),
    Kind.INCOMPARABLE: Bilingual("không so sánh được", "not comparable"),
    Kind.UNREADABLE: Bilingual("có ô không phải là số", "a cell is not a number"),
}
_SKIPPED = Bilingual("chưa kiểm tra được: {}", "not checked: {}")


def explain(node: Node, names: Names, lang: str = "vi") -> str:
    """``node`` as a sentence without a full stop: "Cột (2) = Cột (3) + Cột (5)".

    A column or row without printed number is called by its label, never by a number made up. For a finding
    explain the ``rule`` of its ``Bound``, not the ``node``: the place is told beside it.
    """
    return _Words(names, lang).of(node)


def explain_verdict(bound: Bound, verdict: Verdict, names: Names, lang: str = "vi") -> str:
    """The figures of a verdict: "120 ≠ 118, lệch 2"; "35 > 30, thừa 5"; or why there is none.

    Of a chain the pair spoken of is named: "Cột (2) + Cột (3) = Cột (5) + Cột (6): 120 ≠ 118, lệch 2".
    """
    words = _Words(names, lang)
    rule, at = bound.rule, verdict.failing
    if not isinstance(rule, Compare) or len(rule.ops) == 1 or at is None:
        return words.figures(verdict)
    return f"{words.of(Compare(rule.operands[at : at + 2], (verdict.op,)))}: {words.figures(verdict)}"


class _Words:
    """The words of one language for one set of names."""

    def __init__(self, names: Names, lang: str) -> None:
        self.names = names
        self.lang = lang
        self.number = format_en if lang == "en" else format_vi

    def of(self, node: Node, in_list: bool = False) -> str:
        match node:
            case Num(value):
                return self.number(value)
            case Text(text):
                return text
            case Ref() | Cells():
                return self.reference(node, in_list)
            case MeasureRef(name, when):
                return f"“{self.names.measure_name(name)}”{self.when(when)}"
            case Neg(operand):
                return f"−{self.inside(operand, level(node))}"
            case BinOp(op, left, right):
                return self.inside(left, level(node)) + self.sign(op) + self.inside(right, level(node) + 1)
            case Call():
                return self.call(node)
            case _:
                pairs = zip(node.ops, node.operands[1:], strict=True)
                rest = "".join(self.sign(op) + self.of(part) for op, part in pairs)
                within = self.say(_TOLERANCE).format(self.number(node.tolerance)) if node.tolerance else ""
                return self.of(node.operands[0]) + rest + within

    def figures(self, verdict: Verdict) -> str:
        if verdict.why is not None:
            return self.say(_SKIPPED).format(self.say(_WHY[verdict.why]))
        left, right = (self.number(side.number or 0) for side in (verdict.left, verdict.right))
        difference = verdict.difference
        if difference is None:
            return left + self.say(_AND) + right
        if verdict.holds:
            return left + self.sign(verdict.op) + right
        told = left + self.sign(_OPPOSITE[verdict.op]) + right
        if not difference:
            return told
        return f"{told}, {self.say(_MISSED[verdict.op])} {self.number(max(difference, -difference))}"

    def say(self, text: Bilingual) -> str:
        return text.in_language(self.lang)

    def sign(self, op: str) -> str:
        return f" {_SIGNS.get(op, op)} "

    def when(self, when: str | None) -> str:
        return f" {self.say(_WHENS[when])}" if when else ""

    def inside(self, node: Node, least: int) -> str:
        wordy = isinstance(node, Call) and node.name in _WORDY
        return f"({self.of(node)})" if wordy or level(node) < least else self.of(node)

    def call(self, node: Call) -> str:
        parts = [self.of(arg, node.name in AGGREGATES) for arg in node.args]
        if node.name in AGGREGATES and node.name != "wavg":
            parts = [parts[0] if len(parts) == 1 else f"({'; '.join(parts)})"]
        return self.say(_FUNCTIONS[node.name]).format(*parts)

    def reference(self, ref: Ref | Cells, in_list: bool) -> str:
        if isinstance(ref, Ref):
            rows, col = ([] if ref.row is None else [ref.row]), ref.col
        else:
            rows, col = [tuple(row.split(".")) for row in ref.rows], next(iter(ref.cols), None)
        place = []
        if col is not None:
            number, label = self.names.column_name(ref.form, ref.table, col)
            place.append(f"{self.say(_COLUMN)} ({number})" if number else f"{self.say(_COLUMN)} “{label}”")
        row = self.row(ref, rows[0]) if len(rows) == 1 else self.say(_ROWS).format(len(rows)) if rows else ""
        if row and col is not None:
            place.append(self.say(_OF).format(row))
        elif row:
            place.append(row if in_list else row[0].upper() + row[1:])
        if table := self.names.table_name(ref.form, ref.table):
            place.append(self.say(_OF).format(table))
        if ref.form:
            place.append(self.say(_SHEETS if in_list else _FORM).format(self.names.form_name(ref.form)))
        return (self.say(_ESTIMATE) if ref.est else "") + " ".join(place) + self.when(ref.when)

    def row(self, ref: Ref | Cells, row: tuple[str, ...]) -> str:
        """A row or row pattern in words; "" for the nameless row of a form without stub."""
        *above, last = row
        if last == "#":
            text = self.say(_EACH)
        elif last == "*":
            text = self.say(_ALL if above else _MAIN)
        else:
            name = self.name(ref, row)
            text = self.say(_LIKE if "*" in row else _ROW).format(name) if name else ""
            if "*" in row:
                above = above[: row.index("*")]
            elif above[-1:] != ["#"]:
                above = []
        return text + self.say(_UNDER).format(self.name(ref, tuple(above))) if above else text

    def name(self, ref: Ref | Cells, row: tuple[str, ...]) -> str:
        if row[-1] in ("*", "#"):
            return self.say(_EVERY if row[-1] == "*" else _THAT)
        number, label = self.names.row_name(ref.form, ref.table, ".".join(row))
        return number or (f"“{label}”" if label else "")
