"""Pasting into a sheet: what fits is written at once; else a dialog shows what lands where, and asks."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QLabel, QRadioButton, QWidget

from judapp.ui.dialogs import ActDialog
from judapp.ui.pages.entry_paste_grid import PreviewTable
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Elided, Label

if TYPE_CHECKING:
    from judapp.app.grid_view import SheetView, TableView
    from judapp.app.pasting import Landing, Options, Pasting
    from judapp.domain.entry import Numbers

Write = Callable[["Landing"], object]

_TWO_PARTS = re.compile(r"(\d+)[.,](\d{3})")


def receive(parent: QWidget, view: SheetView, table: TableView, pasting: Pasting, write: Write) -> None:
    """Write what was copied where it fits and can be read; else show first what goes where."""
    from judapp.app.pasting import Options, land

    options = Options(layer=pasting.layer)
    landing = land(table, pasting.block, pasting.onto, view.spots, view.period, options)
    if landing.fits and landing.texts:
        write(landing)
        return
    dialog = PasteDialog(parent, view, table, pasting, landing)
    dialog.accepted.connect(lambda: write(dialog.landing))
    dialog.open()


class PasteDialog(ActDialog):
    """What lands where, when not everything has a place, can be read, or has one meaning."""

    def __init__(
        self, parent: QWidget, view: SheetView, table: TableView, pasting: Pasting, landing: Landing
    ) -> None:
        super().__init__(parent, "", t("PST-do", n=0))
        self.setModal(True)
        self._view, self._table, self._pasting = view, table, pasting
        self.landing = landing
        self.counts = Label("", "strong", wrap=True)
        self.body.addWidget(self.counts)
        self.doubt = Label("", wrap=True)
        self.body.addWidget(self.doubt)
        self._ask_numbers()
        self.grid = PreviewTable()
        self.grid.setMinimumSize(560, 200)
        self.cell = Elided("", "caption")
        self.grid.looked_at.connect(self.cell.say)
        self.body.addWidget(self.grid, 1)
        self.body.addWidget(self.cell)
        self.body.addWidget(Label(t("PST-legend"), "caption", wrap=True))
        self._make_options()
        self.resize(min(parent.window().width() - 80, 980), min(parent.window().height() - 60, 600))
        self._show()
        self._begin()
        self.finished.connect(self.deleteLater)

    # --- what is asked

    def _ask_numbers(self) -> None:
        """The one question about "1.234"; nothing is chosen beforehand, and it is asked once a paste."""
        self.numbers = QWidget()
        row = QHBoxLayout(self.numbers)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.question = QLabel()
        self.grouped, self.decimal = QRadioButton(), QRadioButton()
        self._choice = QButtonGroup(self)
        for choice in (self.grouped, self.decimal):
            self._choice.addButton(choice)
        for widget in (self.question, self.grouped, self.decimal):
            row.addWidget(widget)
        row.addStretch(1)
        self.body.addWidget(self.numbers)
        asked = next((cell.text for cell in self.landing.placed if cell.ambiguous), "")
        parts = _TWO_PARTS.search(asked)
        self.numbers.setVisible(parts is not None)
        if parts is not None:
            self.question.setText(t("PST-ask", n=self.landing.ambiguous, text=parts[0]))
            self.grouped.setText(t("PST-grouped", thousands=parts[1], rest=parts[2]))
            self.decimal.setText(t("PST-decimal", thousands=parts[1], rest=parts[2]))
        self._choice.buttonToggled.connect(self._again)

    def _make_options(self) -> None:
        offers, block = self.landing.offers, self._pasting.block
        self.hidden = self._option(t("PST-hidden"), shown=block.hides)
        self.hidden.setChecked(True)
        code = "PST-total-first" if offers.total_first else "PST-total-last"
        self.total = self._option(t(code), shown=offers.total >= 0)
        labels = [
            t(code, n=number)
            for code, number in (("PST-head-rows", offers.heads), ("PST-label-columns", offers.stub))
            if number
        ]
        self.heads = self._option(t("PST-heads", labels=", ".join(labels)), shown=bool(labels))
        placed = offers.lines[offers.heads :]
        if offers.found:
            words = t("PST-by-labels", found=offers.found, of=len(placed))
        else:
            found = sum(column is not None for column in offers.columns)
            words = t("PST-by-numbers", found=found, of=len(offers.columns) - offers.stub)
        self.labels = self._option(words, shown=bool(offers.found or any(offers.columns)))
        self.rounded = self._option(t("PST-as-shown", n=self.landing.rounded), shown=self.landing.rounded > 0)
        several = len(block.rows) > 1 or len(block.rows[0]) > 1
        self.transpose = self._option(t("PST-transpose"), shown=several)
        for option in self._options():
            option.toggled.connect(self._again)

    def _option(self, words: str, *, shown: bool) -> QCheckBox:
        option = QCheckBox(words)
        option.setVisible(shown)
        if shown:
            self.body.addWidget(option)
        else:
            option.setParent(self)
            option.hide()
        return option

    def _options(self) -> tuple[QCheckBox, ...]:
        return self.hidden, self.total, self.heads, self.labels, self.rounded, self.transpose

    def options(self) -> Options:
        """What was chosen."""
        from judapp.app.pasting import Options

        numbers: Numbers = "ask"
        if self.grouped.isChecked():
            numbers = "grouped"
        elif self.decimal.isChecked():
            numbers = "decimal"
        return Options(
            hidden=not self.hidden.isChecked(),
            transposed=self.transpose.isChecked(),
            without_total=self.total.isChecked(),
            without_heads=self.heads.isChecked(),
            by_labels=self.labels.isChecked(),
            numbers=numbers,
            layer=self._pasting.layer,
            as_shown=self.rounded.isChecked(),
        )

    def _again(self) -> None:
        from judapp.app.pasting import land

        view, pasting = self._view, self._pasting
        self.landing = land(self._table, pasting.block, pasting.onto, view.spots, view.period, self.options())
        self._show()

    # --- what is shown

    def _show(self) -> None:
        found = self.landing
        self.setWindowTitle(self._title())
        refused = next((cell for cell in found.placed if cell.outcome == "refused"), None)
        parts = [t("PST-written", n=found.written)]
        for code, number in (
            ("PST-skipped", found.skipped),
            ("PST-outside", found.outside),
            ("PST-unreadable", found.unreadable),
        ):
            if number:
                parts.append(t(code, n=number))
        if refused is not None:
            why = t(refused.why, address=self._address(refused.row, refused.column), text=refused.text)
            parts.append(t("PST-refused", n=found.refused, why=why))
        self.counts.setText(t("PST-nothing") if not found.placed else " · ".join(parts))
        self.doubt.setText(t("PST-doubtful", n=found.doubtful))
        self.doubt.setVisible(bool(found.doubtful))
        self.verb.setText(t("PST-do", n=found.named))
        self.verb.setVisible(bool(found.texts) or bool(found.ambiguous))
        self.verb.setEnabled(not found.ambiguous)
        self.grid.setVisible(bool(found.placed))
        self.grid.show_landing(self._table, self._view.spots, found, self._pasting.layer)

    def _title(self) -> str:
        found, onto, form = self.landing, self._pasting.onto, self._view.form
        if len(onto) > 1:
            return t("PST-title-apart", areas=len(onto), form=form)
        cell = self._address(onto[0].top, onto[0].left)
        return t("PST-title", rows=found.rows, columns=found.columns, form=form, cell=cell)

    def _address(self, row: int, column: int) -> str:
        line, leaf = self._table.rows[row], self._table.columns[column]
        place = t("PST-column", column=leaf.code) if leaf.code else leaf.label
        return " ".join(filter(None, (line.path or line.label, place)))

    def _begin(self) -> None:
        """The keyboard begins at the question, else at the verb."""
        if not self.numbers.isHidden():
            self.grouped.setFocus()
        elif not self.verb.isHidden():
            self.verb.setFocus()
        else:
            self.grid.setFocus()
