"""Filling writes the sheet's own part and nothing else; signs and formulas stand as meant (promise 8)."""

from __future__ import annotations

import io
import zipfile
from fractions import Fraction

import pytest
from openpyxl import load_workbook

from judapp.domain.figure import NIL, OUT_OF_REMIT, PENDING, Figure, number, unreadable, words
from judapp.domain.layout import Heading, layout
from judapp.excel.fill import blank, contents, filled, workbook_number
from judapp.excel.sheet_part import Content
from judapp.excel.skeleton import SHEET
from tests.domain.forms import reckon

FIGURES = {
    "I.#a/2": number(120), "I.#a/3": number(100), "I.#a/4": NIL, "I.#a/5": PENDING, "I.#a/6": number(305),
    "I.#a/7": words("=1+1"), "I.#b/2": number(5), "I.#b/3": unreadable("12O"), "I.#b/4": OUT_OF_REMIT,
}  # fmt: skip


def made(figures: dict[str, Figure]):
    resolved = reckon(figures)
    return layout(resolved.sheet.form, resolved.rows, Heading()), resolved


def parts(workbook: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_only_the_sheet_part_differs_from_the_blank_and_the_same_form_is_the_same_bytes() -> None:
    laid, resolved = made(FIGURES)
    empty, full = parts(blank(laid, resolved.plan)), parts(filled(laid, resolved)[0])
    assert {name for name in full if full[name] != empty.get(name)} == {SHEET}
    assert empty.keys() == full.keys()
    assert filled(laid, resolved)[0] == filled(laid, resolved)[0]


def test_every_state_is_printed_by_its_sign_and_an_unanswered_cell_stays_empty() -> None:
    laid, resolved = made(FIGURES)
    found = dict(contents(laid, resolved))
    shown = {key[1:]: found.get(at) for key, at in laid.cells.items()}
    assert shown["I.#a", "2"] == Content(120)
    assert shown["I.#a", "4"] == Content("-")
    assert shown["I.#a", "5"] == Content("…")
    assert shown["I.#b", "3"] == Content("12O")
    assert shown["I.#b", "4"] == Content("⊘")
    assert shown["I.#b", "5"] is None
    assert shown["I.#a", "7"] == Content("=1+1")


def test_a_computed_cell_carries_its_formula_and_its_stored_value() -> None:
    laid, resolved = made(FIGURES)
    _, expected = filled(laid, resolved)
    total = expected[laid.cells["", "I", "2"]]
    assert total.value == 125
    assert total.formula is not None
    assert total.formula.startswith("SUM(")
    workbook = filled(laid, resolved)[0]
    formulas = load_workbook(io.BytesIO(workbook)).worksheets[0]
    values = load_workbook(io.BytesIO(workbook), data_only=True).worksheets[0]
    assert formulas.cell(*laid.cells["", "I", "2"]).value == f"={total.formula}"
    assert values.cell(*laid.cells["", "I", "2"]).value == 125


def test_a_reported_total_is_a_number_without_formula() -> None:
    laid, resolved = made({"tong/2": number(120)})
    assert dict(contents(laid, resolved))[laid.cells["", "tong", "2"]] == Content(120)


@pytest.mark.parametrize(
    ("exact", "shown"),
    [(7, "7"), (Fraction(7), "7"), (Fraction(305, 10), "30.5"), (Fraction(100, 3), "33.3333333333333")],
)
def test_a_number_keeps_the_digits_a_workbook_can_hold(exact: int | Fraction, shown: str) -> None:
    _, resolved = made({})
    spot = resolved.plan.spots["", "I.#a", "6"]
    assert str(workbook_number(exact, spot)) == shown
