"""A sheet, its rows and figures, read the ways grid, form over units, and cell over time need them."""

from __future__ import annotations

from datetime import date

import pytest

from judapp.domain.figure import NIL, number
from judapp.domain.period import Period, Span
from judapp.domain.rows import OwnRow
from judapp.errors import JudappError
from judapp.store import forms, sheets
from judapp.store.database import DataFile
from judapp.store.operations import Writer
from tests.store.helpers import H1, NGHE_AN, SPAN, VINH, A, B, definition, do, put_figure


def test_a_sheet_is_begun_once(file: DataFile, sheet: int) -> None:
    ids: list[int] = []
    before = file.meta("ops")
    do(file, lambda writer: ids.append(sheets.begin(writer, 1, VINH, H1, SPAN)))
    assert ids == [sheet]
    assert file.meta("ops") == before
    found = sheets.get(file, sheet)
    assert (found.form, found.unit, found.period, found.span) == (1, VINH, H1, SPAN)
    assert (found.layer, found.state, found.revision) == ("own", "draft", 0)
    with pytest.raises(KeyError):
        sheets.get(file, 99)


def test_days_that_are_not_stated_stay_unstated(file: DataFile, sheet: int) -> None:
    """ "không nêu" is no day (domain 2)."""
    ids: list[int] = []
    unstated = Span(None, None)
    do(file, lambda writer: ids.append(sheets.begin(writer, 1, VINH, H1, unstated, sheets.CLAIM)))
    assert sheets.get(file, ids[0]).span == unstated


def test_finding_sheets(file: DataFile, sheet: int) -> None:
    later = Period.parse("2026-Y")
    do(file, lambda writer: sheets.begin(writer, 1, VINH, later, SPAN))
    assert [s.id for s in sheets.find(file)] == [1, 2, 3]
    assert [s.id for s in sheets.find(file, unit=VINH)] == [2, 3]
    assert [s.id for s in sheets.find(file, form=1, unit=VINH, period=later, layer="own")] == [3]
    assert sheets.find(file, form=2) == []


def test_a_state_moves_and_counts(file: DataFile, sheet: int) -> None:
    do(file, lambda writer: sheets.set_state(writer, sheet, "submitted"))
    assert (sheets.get(file, sheet).state, sheets.get(file, sheet).revision) == ("submitted", 0)
    do(file, lambda writer: sheets.set_state(writer, sheet, "draft", 1))
    assert (sheets.get(file, sheet).state, sheets.get(file, sheet).revision) == ("draft", 1)
    with pytest.raises(KeyError):
        do(file, lambda writer: sheets.set_state(writer, 99, "draft"))


def test_one_form_over_all_units(file: DataFile, sheet: int) -> None:
    put_figure(file, 1, A, 1)
    put_figure(file, sheet, B, 2)
    other: list[int] = []

    def build(writer: Writer) -> None:
        form = forms.add(writer, definition("ht"))
        other.append(sheets.begin(writer, form, VINH, H1, SPAN))
        writer.set_figures(other[0], [(*A, NIL)])

    do(file, build)
    assert sheets.figures_of_form(file, 1, H1) == {1: {A: number(1)}, sheet: {B: number(2)}}
    assert sheets.figures_of_form(file, 1, H1, "adjust") == {}
    assert sheets.answered(file, H1) == {1: 1, sheet: 1, other[0]: 1}
    assert sheets.answered(file, Period.parse("2026-Y")) == {}


def test_one_cell_over_time_and_versions(file: DataFile, sheet: int) -> None:
    """Oldest first, over the versions of a form that hold the same cell."""

    def build(writer: Writer) -> None:
        new = forms.add(writer, definition(number="10b new"))
        for year, form in ((2025, 1), (2027, new), (2024, 1)):
            period = Period(year, "H1")
            own = sheets.begin(writer, form, VINH, period, Span(date(year, 1, 1), period.last_day))
            writer.set_figures(own, [(*A, number(year))])
        adjusted = sheets.begin(writer, 1, VINH, H1, SPAN, sheets.ADJUST)
        writer.set_figures(adjusted, [(*A, number(-1))])

    do(file, build)
    put_figure(file, sheet, A, 5)
    put_figure(file, 1, A, 77)
    found = sheets.cell_over_time(file, [1, 2], VINH, A)
    assert [(s.period.code, figure.value) for s, figure in found] == [
        ("2024-H1", 2024),
        ("2025-H1", 2025),
        ("2026-H1", 5),
        ("2027-H1", 2027),
    ]
    assert [s.period.year for s, _ in sheets.cell_over_time(file, [2], VINH, A)] == [2027]
    assert len(sheets.cell_over_time(file, [1], VINH, A, "adjust")) == 1
    assert sheets.cell_over_time(file, [], VINH, A) == []


def test_own_rows_in_their_order(file: DataFile, sheet: int) -> None:
    rows = [
        OwnRow("#a", "", 2, VINH, "A"),
        OwnRow("#b", "", 1, None, "B"),
        OwnRow("I.#c", "I", 1, NGHE_AN, "C"),
    ]

    def build(writer: Writer) -> None:
        for row in rows:
            sheets.put_row(writer, sheet, "", row)
        sheets.put_row(writer, sheet, "II", rows[0])

    assert do(file, build).tables == {"sheet_row"}
    assert sheets.own_rows(file, sheet) == {"": [rows[1], rows[2], rows[0]], "II": [rows[0]]}
    assert sheets.own_rows(file, 1) == {}


@pytest.mark.parametrize(
    "damage",
    [
        "update figure set state = 77",
        "update figure set value = null",
        "update figure set est = 5, state = 2, value = null",
    ],
)
def test_figures_that_cannot_be_are_damage(file: DataFile, sheet: int, damage: str) -> None:
    put_figure(file, sheet, A, 1)
    file.run(damage)
    for read in (
        lambda: sheets.figures(file, sheet),
        lambda: sheets.figures_of_form(file, 1, H1),
        lambda: sheets.cell_over_time(file, [1], VINH, A),
    ):
        with pytest.raises(JudappError, match="DBF-004"):
            read()


def test_days_that_cannot_be_are_damage(file: DataFile, sheet: int) -> None:
    file.run("update sheet set to_date = '2026-02-30'")
    with pytest.raises(JudappError, match="DBF-004"):
        sheets.get(file, sheet)
    with pytest.raises(JudappError, match="DBF-004"):
        sheets.find(file)
