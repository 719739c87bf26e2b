"""What hands do to a filled form without changing what it says, and what they do that must be refused."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Mapping

from msgspec import Struct

from judapp.domain.cell_name import Position
from judapp.domain.figure import Figure
from judapp.domain.layout import Layout
from judapp.domain.resolve import Resolved
from judapp.domain.shape import CellKey
from tests.import_letters import tcvn3, vni
from tests.import_pages import Page, Written, drawn

Random = random.Random


class Filled(Struct):
    """A filled worksheet; its cells are the same objects wherever they are moved."""

    page: Page
    cells: Mapping[CellKey, Written]
    """The cell of each figure, totals too."""
    figures: Mapping[CellKey, Figure]
    """What was typed: what an import must come to."""
    roles: Mapping[str, list[Written]]
    """Printed cells by what they are: head, number, label …"""
    groups: list[list[list[Written]]]
    """Rows that may change places, by group: the printed and filled cells of each."""
    foreign: list[Written]
    """Cells put below the head under columns of the form that no figure belongs to."""
    beside: list[Page]

    def at(self, cell: Written) -> Position | None:
        """Where a cell stands now; None where it was taken away."""
        return next((at for at, other in self.page.cells.items() if other is cell), None)

    @property
    def totals(self) -> set[CellKey]:
        """Cells that the form reckons."""
        return self.cells.keys() - self.figures.keys()

    @property
    def body(self) -> list[Written]:
        """Figures and totals that hold something."""
        return [cell for cell in self.cells.values() if cell.value is not None]

    def row(self, cell: Written) -> int:
        """The row a cell stands in."""
        found = self.at(cell)
        assert found is not None
        return found[0]


def filled(laid: Layout, resolved: Resolved) -> Filled:
    """The worksheet of a form that a tidy clerk sends."""
    page = drawn(laid, resolved)
    cells = {key: page.cells[at] for key, at in laid.cells.items() if at in page.cells}
    roles: dict[str, list[Written]] = {}
    for item in laid.items:
        if item.text:
            roles.setdefault(item.role, []).append(page.cells[item.box.row, item.box.column])
    typed = {key: f for key, f in resolved.sheet.figures.items() if key in cells}
    return Filled(page, cells, typed, roles, _groups(laid, resolved, page), [], [])


def _groups(laid: Layout, resolved: Resolved, page: Page) -> list[list[list[Written]]]:
    """Rows next to each other, of one parent, none with rows below it; labels of a group differ."""
    groups: list[list[list[Written]]] = []
    spanned = {row for area in page.merges if area[2] > area[0] for row in range(area[0], area[2] + 1)}
    for table, rows in resolved.rows.items():
        former: tuple[str, int, str] | None = None
        for row, after in zip(rows, [*rows[1:], None], strict=True):
            places = [at for key, at in laid.cells.items() if key[:2] == (table, row.key)]
            leaf = after is None or after.level <= row.level
            if not places or not leaf or row.kind not in ("row", "unit") or places[0][0] in spanned:
                former = None
                continue
            kind = row.key.rpartition(".")[0], row.level, row.kind
            if former != kind:
                groups.append([])
            former = kind
            groups[-1].append([cell for at, cell in page.cells.items() if at[0] == places[0][0]])
    return [group for group in groups if len(group) > 1]


Step = Callable[[Filled, Random], None]


def shifted(it: Filled, draw: Random) -> None:
    """The whole block moved down and to the right."""
    it.page.insert_rows(1, draw.randint(1, 40))
    it.page.insert_columns(1, draw.randint(0, 5))


def row_inserted(it: Filled, draw: Random) -> None:
    """An empty row in the body."""
    it.page.insert_rows(it.row(draw.choice(it.body)), draw.randint(1, 3))


def column_inserted(it: Filled, draw: Random) -> None:
    """A column between two of figures, empty or with a remark."""
    columns = sorted({at[1] for cell in it.body if (at := it.at(cell))})
    if len(columns) > 1:
        _insert_column(it, draw, draw.choice(columns[1:]))


def column_inserted_beside_labels(it: Filled, draw: Random) -> None:
    """A column left of all figures."""
    _insert_column(it, draw, min(at[1] for cell in it.body if (at := it.at(cell))))


def _insert_column(it: Filled, draw: Random, column: int) -> None:
    it.page.insert_columns(column)
    if draw.random() < 0.5:
        rows = sorted({it.row(cell) for cell in it.body})
        it.page.cells[draw.choice(rows), column] = Written("đã đối chiếu sổ")


def rows_hidden(it: Filled, draw: Random) -> None:
    it.page.hidden_rows |= {it.row(draw.choice(it.body)) for _ in range(2)}


def columns_hidden(it: Filled, draw: Random) -> None:
    found = it.at(draw.choice(it.body))
    assert found is not None
    it.page.hidden_columns.add(found[1])


def rows_sorted(it: Filled, draw: Random) -> None:
    """Rows of one group in another order."""
    if it.groups:
        group = draw.choice(it.groups)
        one, other = (next(cell for cell in row if it.at(cell)) for row in draw.sample(group, 2))
        it.page.swap_rows(it.row(one), it.row(other))


def as_text(it: Filled, draw: Random) -> None:
    """Figures typed as text, with blanks of several kinds between thousands."""
    for cell in it.body:
        if isinstance(cell.value, int) and cell.formula is None and draw.random() < 0.4:
            blank = draw.choice(("", " ", "\u00a0", "\u202f"))
            text = f"{cell.value:,}".replace(",", blank)
            text += draw.choice(("", " ", "\u00a0"))
            cell.value = text.translate(_WIDE) if draw.random() < 0.3 else text


_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def as_formulas(it: Filled, draw: Random) -> None:
    for cell in it.body:
        if isinstance(cell.value, int) and cell.formula is None and draw.random() < 0.3:
            cell.formula = f"{cell.value}+0"


def totals_typed(it: Filled, draw: Random) -> None:
    """Totals typed over the formulas, with the value they had."""
    for cell in it.body:
        cell.formula = None


def totals_not_reckoned(it: Filled, draw: Random) -> None:
    """Written by a program that leaves reckoning to Excel."""
    for cell in it.body:
        if cell.formula is not None and not cell.formula.endswith("+0"):
            cell.value = None


def codes_negative(it: Filled, draw: Random) -> None:
    """(1) typed into Excel is -1."""
    for cell in it.roles.get("number", ()):
        number = str(cell.value).strip("()")
        if number.isdigit():
            cell.value = -int(number)


def codes_plain(it: Filled, draw: Random) -> None:
    for cell in it.roles.get("number", ()):
        number = str(cell.value).strip("()-")
        if number.isdigit():
            cell.value = int(number)


def _respelt(spell: Callable[[str], tuple[str, str]]) -> Step:
    def respell(it: Filled, draw: Random) -> None:
        figures = set(map(id, it.cells.values()))
        if any(cell.font for cell in it.page.cells.values()):
            return
        for cell in it.page.cells.values():
            if isinstance(cell.value, str) and id(cell) not in figures and cell.value.isprintable():
                cell.value, cell.font = spell(cell.value)

    return respell


def decomposed(it: Filled, draw: Random) -> None:
    for cell in it.page.cells.values():
        if isinstance(cell.value, str) and not cell.font:
            cell.value = unicodedata.normalize("NFD", cell.value).replace(" ", "\u00a0", 1)


def sheet_renamed(it: Filled, draw: Random) -> None:
    it.page.name = draw.choice(("Sheet1 (2)", "Báo cáo 6 tháng", "a", "17b"))


def sheet_added(it: Filled, draw: Random) -> None:
    """A sheet of reckonings, before or behind."""
    it.beside.append(Page("Nháp", {(1, 1): Written("cộng tay"), (2, 2): Written(55), (3, 2): Written(0.5)}))


def columns_moved(it: Filled, draw: Random) -> None:
    """Two columns change places with their head and number; they stand under one head or under none."""
    numbers = [cell for cell in it.roles.get("number", ()) if cell.value is not None]
    if len(numbers) < 2:
        return
    here, there = (it.at(cell) for cell in draw.sample(numbers, 2))
    if here is None or there is None or here[0] != there[0]:
        return
    head, beside = _above(it.page, here), _above(it.page, there)
    if head is None or beside is None or head[0] != beside[0]:
        return
    if (head[1], beside[1]) != (here[1], there[1]) or _above(it.page, head) != _above(it.page, beside):
        return
    top, last = head[0], max(it.row(cell) for cell in it.body)
    turned = {here[1]: there[1], there[1]: here[1]}
    moving = {at: cell for at, cell in it.page.cells.items() if at[1] in turned and top <= at[0] <= last}
    for at in moving:
        del it.page.cells[at]
    for at, cell in moving.items():
        it.page.cells[at[0], turned[at[1]]] = cell


def _above(page: Page, at: Position) -> Position | None:
    """The printed cell above one, by its first cell where it is merged; None where none is its own."""
    row, column = at[0] - 1, at[1]
    over = (area[:2] for area in page.merges if area[0] <= row <= area[2] and area[1] <= column <= area[3])
    first = next(over, (row, column))
    return first if first in page.cells else None


HARMLESS: tuple[Step, ...] = (
    shifted, row_inserted, column_inserted, rows_hidden, columns_hidden, rows_sorted, as_text, as_formulas,
    totals_typed, totals_not_reckoned, codes_negative, codes_plain, decomposed, sheet_renamed, sheet_added,
)  # fmt: skip
"""After these the same figures must come in."""


def codes_dropped(it: Filled, draw: Random) -> None:
    for cell in it.roles.get("number", ()):
        cell.value = None


def number_dropped(it: Filled, draw: Random) -> None:
    for cell in it.page.cells.values():
        if isinstance(cell.value, str) and unicodedata.normalize("NFC", cell.value).startswith("Biểu"):
            cell.value = None


def one_code_dropped(it: Filled, draw: Random) -> None:
    if it.roles.get("number"):
        draw.choice(it.roles["number"]).value = None


def labels_merged(it: Filled, draw: Random) -> None:
    """The label of a row over the next one, whose label is gone."""
    labels = [cell for cell in it.roles.get("label", ()) if it.at(cell) is not None]
    if len(labels) > 1:
        at = draw.randrange(len(labels) - 1)
        here, below = it.at(labels[at]), it.at(labels[at + 1])
        if here and below and here[1] == below[1] and below[0] > here[0]:
            del it.page.cells[below]
            it.page.merges.append((*here, *below))


def label_changed(it: Filled, draw: Random) -> None:
    """A row that is called otherwise is another row."""
    if it.roles.get("label"):
        cell = draw.choice(it.roles["label"])
        cell.value = f"{cell.value} không thành"


def foreign_row(it: Filled, draw: Random) -> None:
    """A row of figures that the form does not have."""
    row = it.row(draw.choice(it.body))
    columns = sorted({at[1] for cell in it.body if (at := it.at(cell))})
    it.page.insert_rows(row + 1)
    left = min(at[1] for at in it.page.cells)
    labelled = [at for cell in it.roles.get("label", ()) if (at := it.at(cell))]
    if labelled:
        it.page.cells[row + 1, labelled[0][1] if labelled else left] = Written("Dòng xã thêm")
    for column in draw.sample(columns, min(3, len(columns))):
        cell = Written(draw.randint(1, 999_999))
        it.page.cells[row + 1, column] = cell
        it.foreign.append(cell)


def head_renamed(it: Filled, draw: Random) -> None:
    """A column that is called otherwise."""
    if it.roles.get("head"):
        cell = draw.choice(it.roles["head"])
        cell.value = f"Không {cell.value}"


def head_lost(it: Filled, draw: Random) -> None:
    for role in ("head", "number"):
        for cell in it.roles.get(role, ()):
            cell.value = None


def thousands(it: Filled, draw: Random) -> None:
    """One text with a point: two readings."""
    cell = draw.choice(it.body)
    if cell.formula is None:
        cell.value = "1.234"


DOUBTFUL: tuple[Step, ...] = (
    column_inserted_beside_labels, columns_moved, codes_dropped, number_dropped, one_code_dropped,
    labels_merged, label_changed, foreign_row, head_renamed, head_lost, thousands, _respelt(tcvn3),
    _respelt(vni),
)  # fmt: skip
"""After these the same figures come in, or what is missing is refused with its place."""
