"""What a screen reader says of a cell of the grid: column, row, value, what is wrong (ux study, section 4).

"Cột 7, phí công chứng, đồng; dòng I.2, Phòng công chứng số 2; 352.400.000, trong đó ước tính 22.400.000; cần
thuyết minh: …": short, because it is heard at every move.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from judapp.messages import text

if TYPE_CHECKING:
    from judapp.app.grid_view import CellView, FindingView, LeafColumn, RowLine, TableView

_STATES = {
    "nil": "ENY-value-nil",
    "pending": "ENY-value-pending",
    "remit": "ENY-value-remit",
    "empty": "ENY-value-empty",
    "undefined": "ENY-value-undefined",
}
_KINDS = {
    "computed": "GRD-said-computed",
    "rollup": "GRD-said-rollup",
    "reported": "GRD-said-reported",
    "foreign": "GRD-said-foreign",
    "absent": "GRD-said-absent",
}
_GRAVITY = {
    "error": "GRD-said-error",
    "explain": "GRD-said-explain",
    "warning": "GRD-said-warning",
    "info": "GRD-said-info",
}


def spoken(
    table: TableView,
    row: int,
    column: int,
    cell: CellView,
    lang: str,
    *,
    waiting: str | None = None,
    finding: FindingView | None = None,
) -> str:
    """A cell in words; ``waiting`` is what was typed into it and is not stored yet."""
    parts = [
        _column_said(table, table.columns[column], lang),
        _row_said(table.rows[row], lang),
        _value_said(cell, lang) if waiting is None else waiting,
    ]
    if cell.kind in _KINDS:
        parts.append(text(_KINDS[cell.kind], lang))
    if cell.adjusted:
        parts.append(text("GRD-said-adjusted", lang))
    if finding is not None:
        parts.append(text(_GRAVITY[finding.severity], lang, finding=finding.text))
    elif cell.explained:
        parts.append(text("GRD-said-explained", lang))
    if cell.changed:
        parts.append(text("GRD-said-changed", lang))
    if cell.noted:
        parts.append(text("GRD-said-noted", lang))
    return "; ".join(filter(None, parts))


def _column_said(table: TableView, leaf: LeafColumn, lang: str) -> str:
    """ "Cột 7, phí công chứng, đồng": as many heads above it as tell it from other columns."""
    paths = [other.path for other in table.columns]
    tail = next(
        (
            leaf.path[-many:]
            for many in range(1, len(leaf.path))
            if sum(path[-many:] == leaf.path[-many:] for path in paths) == 1
        ),
        leaf.path,
    )
    words = [_low(label) for label in tail or (leaf.label,)]
    head = text("GRD-said-column", lang, number=leaf.code) if leaf.code else text("GRD-said-plain", lang)
    return ", ".join(filter(None, (head, *words, _low(leaf.unit))))


def _row_said(line: RowLine, lang: str) -> str:
    """ "dòng I.2, Phòng công chứng số 2"."""
    number = "" if line.label in line.path else line.path
    words = ", ".join(filter(None, (number, line.label)))
    return text("GRD-said-row", lang, row=words) if words else ""


def _value_said(cell: CellView, lang: str) -> str:
    if cell.state in _STATES:
        return text(_STATES[cell.state], lang)
    if cell.state == "partial":
        return text("GRD-said-partial", lang, value=cell.text.lstrip("… "))
    if cell.state == "unreadable":
        return text("GRD-said-unreadable", lang, value=cell.text)
    if cell.estimated and cell.estimate:
        return text("GRD-said-estimate", lang, value=cell.text, estimate=cell.estimate)
    return cell.text


def _low(words: str) -> str:
    """Words within a sentence: the first letter small, but for abbreviations."""
    words = " ".join(words.split())
    return words[:1].lower() + words[1:] if words[1:2].islower() or len(words) == 1 else words
