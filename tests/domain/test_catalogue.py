"""A form definition is data: strict, immutable, dated; leaves inherit what stands above them."""

from __future__ import annotations

from typing import Any, get_args

import msgspec
import pytest

from judapp.domain.catalogue import Column, EvidenceLevel, Form, Table
from judapp.domain.period import Period
from tests.domain.builders import FINAL, H1, column, day, fixed, form


def test_a_definition_written_and_read_again_is_the_same() -> None:
    of = form(
        fixed("I", "Công chứng", fixed("1", scale=1, only=("1",)), heading=True),
        relations=("c1 = c2 + c3",),
        computed=("[I.1]c1 = c2",),
        provides=(("cc.viec", "[I.1]c1"),),
    )
    assert msgspec.json.decode(msgspec.json.encode(of), type=Form) == of


@pytest.mark.parametrize("raw", [b'{"label":"Nam","colour":"red"}', b'{"code":"1"}', b'{"label":1}'])
def test_an_unknown_missing_or_mistyped_key_is_refused(raw: bytes) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(raw, type=Column)


def test_a_definition_never_changes() -> None:
    with pytest.raises(AttributeError):
        form().number = "02/THU"  # type: ignore[misc]  # frozen, as shown here


def test_defaults_are_not_written() -> None:
    assert msgspec.json.encode(Column(label="Nam")) == b'{"label":"Nam"}'


def table(*columns: Column) -> Table:
    return Table(columns=columns, rows=())


def test_leaves_stand_from_left_to_right_with_what_is_inherited_from_above() -> None:
    fees = column(
        "A",
        "Phí",
        unit="đồng",
        kind="money",
        filled_by=("so",),
        children=(
            column("18"),
            column("19", unit="nghìn đồng"),
            column("20", kind="count", filled_by=("co_so",)),
        ),
    )
    leaves = table(column("1"), fees, column("21", kind="text")).leaves
    assert [(leaf.name, leaf.unit, leaf.kind, leaf.filled_by) for leaf in leaves] == [
        ("1", None, "count", ()),
        ("18", "đồng", "money", ("so",)),
        ("19", "nghìn đồng", "money", ("so",)),
        ("20", "đồng", "count", ("co_so",)),
        ("21", None, "text", ()),
    ]


def test_inheritance_reaches_through_every_level_of_the_header() -> None:
    deep = column("A", kind="rate", children=(Column(label="B", children=(column("1", scale=2),)),))
    assert [(leaf.name, leaf.kind, leaf.scale) for leaf in table(deep).leaves] == [("1", "rate", 2)]


def test_a_leaf_is_called_by_its_printed_number_or_by_its_key() -> None:
    """A key is never printed; a leaf with both is called by its key."""
    of = table(column("1"), Column(label="Ghi chú", key="_gc"), column("2", key="_hai"))
    assert list(of.leaf_by_name) == ["1", "_gc", "_hai"]
    assert of.leaf_by_name["_gc"].label == "Ghi chú"
    assert Column(label="?").name == ""


def test_a_form_finds_its_tables_by_key() -> None:
    first, second = table(), Table(columns=(), rows=(), key="II")
    of = form(tables=(first, second))
    assert (of.table(""), of.table("II"), of.table("III")) == (first, second, None)


@pytest.mark.parametrize(
    ("more", "period", "on", "serves"),
    [
        ({}, H1, "30/6/2026", True),
        ({}, H1, "1/11/2025", True),
        ({}, H1, "31/10/2025", False),
        ({"valid_to": day("31/12/2026")}, FINAL, "31/12/2026", True),
        ({"valid_to": day("31/12/2026")}, FINAL, "1/1/2027", False),
        ({"rounds": ("Y",)}, H1, "30/6/2026", False),
        ({}, Period(2026, "E06"), "31/3/2026", False),
    ],
)
def test_a_version_serves_its_rounds_within_its_days(
    more: dict[str, Any], period: Period, on: str, serves: bool
) -> None:
    """Old periods keep their old forms."""
    assert form(**more).serves(period, day(on)) is serves


@pytest.mark.parametrize("level", get_args(EvidenceLevel))
def test_only_an_incomplete_form_cannot_be_submitted(level: str) -> None:
    """Promise 9."""
    of = form(evidence={"level": level, "sources": ("Công báo",)})
    of = msgspec.convert(msgspec.to_builtins(of), Form)
    assert of.may_be_submitted is (level != "incomplete")
