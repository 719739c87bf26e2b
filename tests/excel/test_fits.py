"""A form without its number is known by columns, rows and title together, and only where all of them fit."""

from __future__ import annotations

from msgspec.structs import replace

from judapp.excel.fits import Fitting

from .sheet_variations import changed, filled
from .test_header import CATALOGUE, MEDIATION, mediation


def test_every_form_of_the_catalogue_fits_its_own_print_best() -> None:
    for form in CATALOGUE.values():
        fitting = Fitting(filled(form))
        fits = [(fitting.fit(other), other) for other in CATALOGUE.values()]
        best = max(fit.rank for fit, _ in fits)
        own = fitting.fit(form)
        assert own.whole, form.number
        assert own.rank == best
        equal = {other.family for fit, other in fits if fit.rank == best}
        assert equal == {form.family}


def test_one_head_of_another_form_is_not_whole() -> None:
    fit = Fitting(mediation({"B": "Vụ đã nhận"})).fit(MEDIATION)
    assert (fit.matched, fit.columns, fit.whole) == (3, 4, False)


def test_a_number_row_that_says_more_is_not_whole() -> None:
    assert Fitting(mediation()).fit(MEDIATION).whole
    assert not Fitting(changed(mediation(), {(2, 6): "(5)"})).fit(MEDIATION).whole
    assert not Fitting(changed(mediation(), {(2, 6): "(B)"})).fit(MEDIATION).whole


def test_label_columns_and_rows_are_the_forms() -> None:
    table = MEDIATION.tables[0]
    without_labels = replace(MEDIATION, tables=(replace(table, stub=()),))
    assert not Fitting(mediation()).fit(without_labels).whole
    others = changed(mediation(), {(3, 1): "Vụ việc", (4, 1): "Thôn hai"})
    assert not Fitting(others).fit(MEDIATION).whole


def test_the_title_is_part_of_the_rank() -> None:
    titled = changed(mediation(), {(9, 1): "Hòa giải"})
    assert Fitting(titled).fit(MEDIATION).title
    assert Fitting(titled).fit(MEDIATION).rank > Fitting(mediation()).fit(MEDIATION).rank
