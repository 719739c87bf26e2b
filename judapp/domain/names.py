"""How rows, columns and cells are called to people: by what is printed, never by keys or invented numbers."""

from __future__ import annotations

from collections.abc import Mapping

from judapp.domain.catalogue import Column
from judapp.domain.rows import SheetRow
from judapp.domain.shape import CellKey, Plan
from judapp.text import Bilingual


class SheetNames:
    """Names of the rows and columns of one sheet, as the words of expressions ask for them."""

    def __init__(
        self, plan: Plan, forms: Mapping[str, str] | None = None, measures: Mapping[str, str] | None = None
    ) -> None:
        """``forms`` are numbers of other forms by family, ``measures`` labels by id; else the key is said."""
        self._plan = plan
        self._forms = forms or {}
        self._measures = measures or {}
        self._rows: dict[tuple[str, str], SheetRow] = {
            (table, row.key): row for table, rows in plan.rows.items() for row in rows
        }
        self._columns: dict[tuple[str, str], Column] = {
            (table.key, leaf.name): leaf for table in plan.form.tables for leaf in table.leaves
        }

    # the words of expressions (``explain.Names``)

    def column_name(self, form: str, table: str, col: str) -> tuple[str | None, str]:
        """The printed number, None where none is printed, and the label of a column."""
        leaf = None if form else self._columns.get((table, col))
        return (leaf.code, leaf.label) if leaf else (col, col)

    def row_name(self, form: str, table: str, row: str) -> tuple[str | None, str]:
        """The printed number and the label of a row; of a pattern, what its rows have in common."""
        if form:
            return row, row
        found = self._rows.get((table, row))
        if found is not None:
            return self._number(table, row) or None, found.label
        last = row.rsplit(".", 1)[-1]
        labels = {r.label for (t, key), r in self._rows.items() if t == table and key.endswith(f".{last}")}
        return None, labels.pop() if len(labels) == 1 else row

    def table_name(self, form: str, table: str) -> str:
        """The name of a table where the form has several."""
        return f"bảng {table}" if table and (form or len(self._plan.form.tables) > 1) else ""

    def form_name(self, form: str) -> str:
        """The number of the form of a family."""
        return self._forms.get(form, form)

    def measure_name(self, name: str) -> str:
        """The label of a measure."""
        return self._measures.get(name, name)

    # places

    def cell(self, key: CellKey) -> Bilingual:
        """A cell in one line: "dòng I.3 VPCC An Bình · cột (2)"; a form of one row needs no row."""
        table, row, column = key
        code, label = self.column_name("", table, column)
        col = Bilingual(
            f"cột ({code})" if code else f"cột “{label}”", f"column ({code})" if code else f"column “{label}”"
        )
        if len(self._plan.rows[table]) == 1:
            return col
        number, words = self.row_name("", table, row)
        at = " ".join(filter(None, (number, words)))
        return Bilingual(f"dòng {at} · {col.vi}", f"row {at} · {col.en}")

    def _number(self, table: str, key: str) -> str:
        """The printed number with those of the groups it stands in, "I.3"."""
        parts = key.split(".")
        rows = (self._rows.get((table, ".".join(parts[:length]))) for length in range(1, len(parts) + 1))
        return ".".join(row.number for row in rows if row is not None and row.number)
