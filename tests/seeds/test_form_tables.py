"""The catalogue against a table made by hand from the study's layouts: no form lost, no label slipped.

The table is ``form_tables.toml``; every number and word in it was typed from the study.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from judapp.domain.catalogue import Column, Form, Row
from judapp.domain.expression.nodes import Cells, references
from judapp.domain.lint import sample_plan

SEEDS = Path(__file__).parents[2] / "seeds"
FORMS = [
    msgspec.json.decode(path.read_bytes(), type=Form) for path in sorted((SEEDS / "forms").glob("*.json"))
]

HAU_GIANG = "Quyết định số …/2012/QĐ-UBND của UBND tỉnh Hậu Giang (theo Thông tư số 08/2011/TT-BTP)"
TT08 = "Thông tư số 08/2011/TT-BTP ngày 05/4/2011"
TT05 = "Thông tư số 05/2024/TT-BTP ngày 10/6/2024"


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One form as the study tells it; the table says what each part is."""

    number: str
    circular: str
    columns: int | list[int]
    rows: int | list[int]
    evidence: str
    valid: tuple[str, str]
    first: tuple[str, ...]
    last: tuple[str, ...]
    deadlines: tuple[str, ...] = ()
    labels: tuple[str, str] | None = None
    numbered: bool = True


TABLE = {
    (known.number, known.circular): known
    for known in msgspec.convert(
        tomllib.loads(Path(__file__).with_name("form_tables.toml").read_text("utf-8"))["form"],
        tuple[Known, ...],
    )
}
KEYS = sorted(TABLE)


def form(key: tuple[str, str]) -> Form:
    [found] = [form for form in FORMS if (form.number, form.circular) == key]
    return found


def leaves(columns: tuple[Column, ...], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The printed number of every leaf ("" where none is printed) and its labels from the top."""
    for column in columns:
        here = (*above, column.label)
        if column.children:
            yield from leaves(column.children, here)
        else:
            yield column.code or "", *here


def lines(rows: tuple[Row, ...]) -> Iterator[Row]:
    for row in rows:
        yield row
        yield from lines(row.children)


def test_catalogue_is_the_table_made_by_hand() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "judapp", "forms", "--json"],
        capture_output=True,
        check=True,
        cwd=SEEDS.parent,
        encoding="utf-8",
    )
    listed = {
        (e["number"], e["circular"]): (e["columns"], e["rows"], e["evidence"], e["valid_from"], e["valid_to"])
        for e in json.loads(ran.stdout)["forms"]
    }
    assert listed == {
        key: (known.columns, known.rows, known.evidence, known.valid[0], known.valid[1] or None)
        for key, known in TABLE.items()
    }


@pytest.mark.parametrize("key", KEYS, ids="-".join)
def test_first_and_last_column_and_row_are_those_of_the_study(key: tuple[str, str]) -> None:
    known, tables = TABLE[key], form(key).tables
    assert next(leaves(tables[0].columns)) == known.first
    assert list(leaves(tables[-1].columns))[-1] == known.last
    labels = [row.label for table in tables for row in lines(table.rows) if row.label]
    assert (known.labels is None) == (not labels)
    if known.labels is not None:
        assert (labels[0], labels[-1]) == known.labels


@pytest.mark.parametrize("key", KEYS, ids="-".join)
def test_columns_are_numbered_on_where_numbers_are_printed_and_nowhere_else(key: tuple[str, str]) -> None:
    """A form without printed numbers shows none; its columns have names nobody sees."""
    for table in form(key).tables:
        codes = [leaf.code for leaf in table.leaves]
        if TABLE[key].numbered:
            assert codes == [str(number) for number in range(1, len(codes) + 1)]
        elif any(codes):
            assert (key[0], codes) == ("14a/BTP/HTQTCT/HT/HTK", ["1"])
        assert all(leaf.code or leaf.name.startswith("_") for leaf in table.leaves)


@pytest.mark.parametrize("key", KEYS, ids="-".join)
def test_deadlines_are_the_printed_lines(key: tuple[str, str]) -> None:
    printed = [
        line for level in form(key).levels for text in level.deadlines.values() for line in text.split("\n")
    ]
    assert tuple(printed) == TABLE[key].deadlines


def test_old_forms_serve_no_period_of_today() -> None:
    """What a circular replaced ends the day before; only enforcement has forms of before 01/11/2025 still."""
    for key, known in TABLE.items():
        if known.valid[1] and form(key).regime != "tha":
            assert known.valid[1] <= "2025-10-31"


def test_rollup_of_births_and_deaths_speaks_of_rows_and_columns_the_communes_form_has() -> None:
    """hg11c ← 11a: every cell a rule names stands in 11a."""
    upper, base = form(("11c", HAU_GIANG)), form(("11a/BTP/HCTP/HT/KSKT", TT08))
    spots = sample_plan(base).spots
    rules = sample_plan(upper).rollup
    named = [ref for rule in rules.values() for ref in references(rule)]
    assert len(rules) == 2 * (2 * 10 + 4)  # two sample districts: ten columns by sex, four for both
    for ref in named:
        assert isinstance(ref, Cells)
        assert ref.form == base.family
        assert ("", ref.rows[0], ref.cols[0]) in spots


def test_rollup_of_births_takes_men_from_men_and_lateness_from_both_sexes_together() -> None:
    upper = sample_plan(form(("11c", HAU_GIANG)))

    def source(row: str, column: str) -> tuple[str, str]:
        [ref] = references(upper.rollup["", row, column])
        assert isinstance(ref, Cells)
        return ref.rows[0], ref.cols[0]

    assert source("#u1.nam", "2") == ("I.1.trong_gia_thu", "2")
    assert source("#u1.nu", "12") == ("II.tu_16", "3")
    assert source("#u1", "8") == ("I", "5")
    assert source("#u1", "13") == ("II", "4")
    assert ("", "#u1.nam", "7") not in upper.rollup


@pytest.mark.parametrize("number", ["2", "4", "5"])
def test_enforcement_relations_are_all_inferred_and_rates_never_added_up(number: str) -> None:
    found = form((number, TT05))
    assert {r.status for r in found.relations} == {c.status for c in found.computed} == {"inferred"}
    plan = sample_plan(found)
    rates = [key for key, spot in plan.spots.items() if spot.kind == "rate"]
    assert rates
    for key in rates:
        refs = [ref for ref in references(plan.computed[key]) if isinstance(ref, Cells)]
        assert {len(ref.rows) * len(ref.cols) for ref in refs} == {1}  # one over another, of the same line


@pytest.mark.parametrize("number", ["4", "5"])
def test_grand_total_of_agencies_is_held_against_the_form_of_the_province(number: str) -> None:
    found = form((number, TT05))
    family = "tha.viec" if number == "4" else "tha.tien"
    [upper] = [form for form in FORMS if form.family == family and form.circular == TT05]
    spots = sample_plan(upper).spots
    compared = [rule.rule for rule in found.relations if f"{family}!" in rule.rule]
    assert len(compared) == (17 if number == "4" else 18)
    for rule in compared:
        row = rule.partition(f"{family}![")[2].partition("]")[0]
        assert ("", row, "1") in spots
