"""How far a worksheet's columns, rows and title are those of a form, whatever number it prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from judapp.domain.catalogue import Form, Row, Table
from judapp.excel.grid import GridSheet
from judapp.excel.header import Header, locate
from judapp.excel.heads import Heads, plain

_ROWS = 500
"""Rows of a worksheet that tell which form it is: a list of ten thousand lines is none."""
_PLACEHOLDER = "…."


class Fit(Struct, frozen=True):
    """How one form fits a worksheet."""

    matched: int
    """Columns of the form whose heads the worksheet has, under the codes the form gives them."""
    columns: int
    whole: bool
    """Whether every column, label column and most rows are the form's and no number row says more."""
    title: bool
    """Whether the form's title is printed."""

    @property
    def rank(self) -> tuple[bool, bool, int, float]:
        """For ordering: better fits are greater; of whole ones, the one that explains more columns."""
        share = self.matched / max(1, self.columns)
        return self.whole, self.title, self.matched if self.whole else 0, share


class Fitting:
    """One worksheet held against many forms."""

    def __init__(self, sheet: GridSheet) -> None:
        self._sheet = sheet
        self._heads = Heads(sheet, 1, _ROWS)
        self._texts = frozenset(
            label
            for line in self._heads.by_row.values()
            for text in line.values()
            if isinstance(text, str)
            for label in _labels(text)
        )

    def fit(self, form: Form) -> Fit:
        """How ``form`` fits."""
        heads, matched, whole = self._heads, 0, True
        for table in form.tables:
            header = locate(heads, table)
            matched += header.agreed
            whole = whole and _whole(header, table) and self._has_rows(table)
            if header.row and len(form.tables) > 1:
                heads = Heads(self._sheet, header.row + 1, _ROWS)
        columns = sum(len(table.leaves) for table in form.tables)
        return Fit(matched, columns, whole, plain(form.title) in self._texts)

    def _has_rows(self, table: Table) -> bool:
        """Whether at least half of the labelled rows are there: rows may be left out, not all of them."""
        labels = {label for row in _rows(table.rows) if (label := plain(row.label))}
        return not labels or not table.stub or 2 * len(labels & self._texts) >= len(labels)


def _whole(header: Header, table: Table) -> bool:
    return (
        header.certain
        and header.agreed == len(table.leaves)
        and not header.foreign
        and not header.letters
        and len(header.stubs) >= sum(bool(stub.code or plain(stub.label)) for stub in table.stub)
    )


def _rows(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows whose label the form itself prints."""
    for row in rows:
        if row.kind not in ("unit", "free") and not any(sign in row.label for sign in _PLACEHOLDER):
            yield row
        yield from _rows(row.children)


def _labels(text: str) -> Iterator[str]:
    """A cell's text as a label, also without the number before it ("I. Thừa phát lại")."""
    label = plain(text)
    yield label
    before, _, rest = label.partition(" ")
    if rest and len(before) < 6:
        yield rest.strip(" .-)")
