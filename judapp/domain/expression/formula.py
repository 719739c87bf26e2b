"""Calculations as Excel formulas: what stays inside a sheet is live in the exported workbook (promise 8)."""

from __future__ import annotations

from collections.abc import Callable

from judapp.domain.cell_name import Position, address
from judapp.domain.expression.nodes import BinOp, Call, Cells, Compare, Neg, Node, Num, level, number_text

Locate = Callable[[str, str, str], Position | None]
"""Where on the sheet the cell in a table, row and column stands; None where it does not."""

LONGEST = 8192
"""Excel takes no longer formula, and no function more than 255 arguments."""
MOST_ARGUMENTS = 255

_FUNCTIONS = {"sum": "SUM", "avg": "AVERAGEA", "min": "MINA", "max": "MAXA", "count": "COUNTA"}
_COMPARISONS = {"!=": "<>"}
_QUOTIENT, _TIGHT = 2, 3
_NEIGHBOURS = ((0, 1), (1, 0))


class _Unwritable(Exception):
    """Something of the expression is not on the sheet or not in Excel's language."""


def excel_formula(node: Node, locate: Locate) -> str | None:
    """The bound calculation ``node`` for a cell of the sheet, without "=", as a workbook file stores it.

    Only functions of Excel 2007, with English names, dots and commas whatever language Excel speaks. A dash
    for "không phát sinh" is a text in the sheet; SUM, N and the functions ending in A take it as 0, as the
    table of missing values does. A cell out of remit must have no position: no function leaves it out.

    None where the sheet does not hold what is asked: another form, another round, an estimated part, a
    measure, a change of unit, a relation, a list of no cells, weights that do not lie beside their values, a
    cell without position; and where Excel would find the formula too long.
    """
    try:
        formula, _ = _formula(node, locate)
    except _Unwritable:
        return None
    return formula if len(formula) <= LONGEST else None


def _formula(node: Node, locate: Locate) -> tuple[str, int]:
    """The formula and how tightly it binds in Excel, counted as :func:`level` does."""
    match node:
        case Num(value):
            return number_text(value), _TIGHT
        case Cells():
            [cell] = _positions(node, locate)
            return f"N({address(cell)})", _TIGHT
        case Neg(operand):
            return f"-{_inside(operand, level(node), locate)}", level(node)
        case BinOp("+") if all(isinstance(term, Cells) for term in _terms(node)):
            return _function("SUM", _terms(node), locate), _TIGHT
        case BinOp(op, left, right):
            binds = level(node)
            return _inside(left, binds, locate) + op + _inside(right, binds + 1, locate), binds
        case Call("wavg", (Cells() as values, Cells() as weights)):
            return _weighted(values, weights, locate), _QUOTIENT
        case Call():
            return _call(node, locate), _TIGHT
    raise _Unwritable


def _call(node: Call, locate: Locate) -> str:
    match node:
        case Call("abs", (number,)):
            return f"ABS({_text(number, locate)})"
        case Call("round", (number, places)):
            return f"ROUND({_text(number, locate)},{_text(places, locate)})"
        case Call("if", (Compare() as condition, *branches)):
            chosen = ",".join(_text(branch, locate) for branch in branches)
            return f"IF({_condition(condition, locate)},{chosen})"
        case Call(name, args) if name in _FUNCTIONS:
            return _function(_FUNCTIONS[name], args, locate)
    raise _Unwritable


def _text(node: Node, locate: Locate) -> str:
    return _formula(node, locate)[0]


def _inside(node: Node, least: int, locate: Locate) -> str:
    text, binds = _formula(node, locate)
    return text if binds >= least else f"({text})"


def _terms(node: Node) -> tuple[Node, ...]:
    """The terms of a chain of plus signs."""
    if isinstance(node, BinOp) and node.op == "+":
        return _terms(node.left) + _terms(node.right)
    return (node,)


def _condition(node: Compare, locate: Locate) -> str:
    if node.tolerance:
        raise _Unwritable
    parts = [_text(part, locate) for part in node.operands]
    pairs = [f"{parts[at]}{_COMPARISONS.get(op, op)}{parts[at + 1]}" for at, op in enumerate(node.ops)]
    return pairs[0] if len(pairs) == 1 else f"AND({','.join(pairs)})"


def _function(name: str, args: tuple[Node, ...], locate: Locate) -> str:
    """A function over cells and calculations; neighbouring cells are written as one range."""
    cells = [cell for arg in args if isinstance(arg, Cells) for cell in _positions(arg, locate)]
    others = [_text(arg, locate) for arg in args if not isinstance(arg, Cells)]
    written = [_range(run) for run in _runs(cells)] + others
    if not 0 < len(written) <= MOST_ARGUMENTS:
        raise _Unwritable
    return f"{name}({','.join(written)})"


def _weighted(values: Cells, weights: Cells, locate: Locate) -> str:
    value_runs, weight_runs = (_runs(_positions(cells, locate)) for cells in (values, weights))
    if len(value_runs) != 1 or [_shape(run) for run in value_runs] != [_shape(run) for run in weight_runs]:
        raise _Unwritable
    weight_range = _range(weight_runs[0])
    return f"SUMPRODUCT({_range(value_runs[0])},{weight_range})/SUM({weight_range})"


def _positions(cells: Cells, locate: Locate) -> list[Position]:
    if cells.form or cells.when or cells.est:
        raise _Unwritable
    found = [locate(cells.table, row, col) for row in cells.rows for col in cells.cols]
    placed = [position for position in found if position is not None]
    if len(placed) < len(found):
        raise _Unwritable
    return placed


def _runs(cells: list[Position]) -> list[list[Position]]:
    """``cells`` cut into runs of neighbours downwards or to the right; every cell stays, in order."""
    runs: list[list[Position]] = []
    last = direction = None
    for position in cells:
        step = (position[0] - last[0], position[1] - last[1]) if last else None
        if step in _NEIGHBOURS and direction in (None, step):
            runs[-1].append(position)
            direction = step
        else:
            runs.append([position])
            direction = None
        last = position
    return runs


def _range(run: list[Position]) -> str:
    return address(run[0]) if len(run) == 1 else f"{address(run[0])}:{address(run[-1])}"


def _shape(run: list[Position]) -> Position:
    """How many rows and columns the last cell lies below and to the right of the first."""
    return run[-1][0] - run[0][0], run[-1][1] - run[0][1]
