"""Where a cell stands in another version: by what it means, never by its number alone."""

from __future__ import annotations

from judapp.app import seeds
from judapp.domain.counterparts import counterparts
from tests.domain.builders import column, form

CATALOGUE = {seed.form.number: seed.form for seed in seeds.forms()}
NEW, OLD = CATALOGUE["10b/TP/CC"], CATALOGUE["12b/BTP/BTTP/CC"]


def test_a_cell_is_where_the_same_quantity_is() -> None:
    there = counterparts(NEW, OLD)
    assert there.cell(("", "tong", "2")) == ("", "tong", "3")
    assert there.cell(("", "I.#a1", "18")) == ("", "I.#a1", "11")
    assert counterparts(NEW, OLD) is there


def test_a_cell_is_not_where_only_its_number_is() -> None:
    """12b (4), bản dịch, is nowhere in 10b, whose (4) is another thing."""
    assert counterparts(NEW, OLD).cell(("", "tong", "4")) is None
    assert counterparts(OLD, NEW).cell(("", "tong", "4")) is None
    assert counterparts(NEW, OLD).cell(("", "III", "2")) is None


def test_another_unit_of_measure_or_kind_is_another_quantity() -> None:
    thousand = form(columns=[column("1", "Phí", unit="nghìn đồng", kind="money")], provides=(("a", "[1]c1"),))
    dong = form(columns=[column("1", "Phí", unit="đồng", kind="money")], provides=(("a", "[1]c1"),))
    rate = form(columns=[column("1", "Phí", unit="đồng", kind="rate")])
    assert counterparts(dong, thousand).cell(("", "1", "1")) is None
    assert counterparts(dong, rate).cell(("", "1", "1")) is None


def test_what_is_declared_to_give_one_measure_may_call_its_unit_otherwise() -> None:
    """12b counts "bản sao", 10b "Bản"."""
    assert counterparts(NEW, OLD).cell(("", "tong", "11")) == ("", "tong", "7")
