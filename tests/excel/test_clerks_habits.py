"""Whatever clerks do to a blank of the catalogue, the form learned from it is the same (issue 5, Build 2)."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from judapp.app.learning import learn_blank
from judapp.app.seeds import forms
from judapp.domain.catalogue import Form
from tests.excel.clerks import HABITS, no_lines
from tests.excel.drawn_blanks import drawn_blank, stripped
from tests.excel.learned_alike import seen

CATALOGUE = {seed.path.stem: seed.form for seed in forms()}
EACH = 2
"""Habits every form is tried with; together the forms see all of them many times."""
TRIED = [
    (name, habit)
    for index, name in enumerate(CATALOGUE)
    for habit in [list(HABITS)[(index * EACH + step) % len(HABITS)] for step in range(EACH)]
]
NUMBERED = [
    name
    for name, form in CATALOGUE.items()
    if len(form.tables) == 1 and all(leaf.code for leaf in form.tables[0].leaves) and not form.notes
]


def learned_after(form: Form, habit: Callable[[Worksheet], None], path: Path) -> dict[str, object]:
    book = load_workbook(io.BytesIO(stripped(drawn_blank(form))))
    habit(book.worksheets[0])
    book.save(path)
    found = seen(learn_blank(path).form)
    return {part: value for part, value in found.items() if part != "relations"}


@pytest.mark.parametrize(("name", "habit"), TRIED)
def test_a_clerks_habit_does_not_change_the_form(name: str, habit: str, tmp_path: Path) -> None:
    meant = {part: value for part, value in seen(CATALOGUE[name]).items() if part != "relations"}
    assert learned_after(CATALOGUE[name], HABITS[habit], tmp_path / "a.xlsx") == meant


@pytest.mark.parametrize("name", NUMBERED)
def test_a_table_without_lines_is_told_by_its_numbers(name: str, tmp_path: Path) -> None:
    meant = {part: value for part, value in seen(CATALOGUE[name]).items() if part != "relations"}
    assert learned_after(CATALOGUE[name], no_lines, tmp_path / "a.xlsx") == meant
