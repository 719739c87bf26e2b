"""All faults of a definition at once, each with its path: people write forms, files teach them."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from judapp.domain.catalogue import (
    Column,
    Fault,
    Form,
    Level,
    Note,
    Provides,
    Relation,
    Row,
    Slot,
    Table,
)
from judapp.domain.lint import decode, lint, lint_catalogue, sample_plan
from judapp.messages import LANGUAGES, text
from tests.domain.builders import TOTAL, column, day, fixed, form, indicator, measure, offices


def in_words(found: list[Fault]) -> list[tuple[str, str]]:
    """Paths and codes of faults that can all be told in both languages."""
    for fault in found:
        for lang in LANGUAGES:
            assert text(fault.code, lang, **fault.params)
    return [(fault.path, fault.code) for fault in found]


def faults(of: Form) -> list[tuple[str, str]]:
    return in_words(lint(of))


def raw(**changes: Any) -> bytes:
    known = msgspec.to_builtins(form())
    return msgspec.json.encode(
        {key: value for key, value in {**known, **changes}.items() if value is not ...}
    )


# the shape of the file


def test_a_sound_definition_is_decoded_without_faults() -> None:
    assert decode(raw()) == (form(), [])


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b'{"a":"\xff"}', b"[" * 100_000, b'{"x":' * 100_000])
def test_what_is_no_json_is_one_fault(content: bytes) -> None:
    found, given = decode(content)
    assert (found, in_words(given)) == (None, [("$", "DEF-001")])


@pytest.mark.parametrize("content", [b"[]", b"5", b"null", b'"Bi\xe1\xbb\x83u"'])
def test_what_is_no_form_at_all_is_mistyped(content: bytes) -> None:
    found, given = decode(content)
    assert (found, in_words(given)) == (None, [("$", "DEF-004")])


def test_every_fault_of_shape_is_found_with_its_path() -> None:
    table = {
        "columns": [
            {"label": "Nam", "code": 1},
            {"label": "Nữ", "colour": "red", "children": [{"kind": "number"}]},
        ],
        "rows": "?",
    }
    found, given = decode(
        raw(
            title=...,
            number={},
            circular=["TT"],
            colour="red",
            tables=[table],
            valid_from="hôm nay",
            levels=[{}],
        )
    )
    assert found is None
    assert sorted(in_words(given)) == [
        ("$.circular", "DEF-004"),
        ("$.colour", "DEF-002"),
        ("$.levels[0].level", "DEF-003"),
        ("$.levels[0].receiver", "DEF-003"),
        ("$.levels[0].reporter", "DEF-003"),
        ("$.number", "DEF-004"),
        ("$.tables[0].columns[0].code", "DEF-004"),
        ("$.tables[0].columns[1].children[0].kind", "DEF-004"),
        ("$.tables[0].columns[1].children[0].label", "DEF-003"),
        ("$.tables[0].columns[1].colour", "DEF-002"),
        ("$.tables[0].rows", "DEF-004"),
        ("$.title", "DEF-003"),
        ("$.valid_from", "DEF-004"),
    ]


def test_an_unknown_key_is_told_with_the_known_ones() -> None:
    [fault] = decode(raw(evidence={"level": "partial", "sources": [], "opened": []}))[1]
    assert fault.path == "$.evidence.opened"
    assert fault.params == {"known": "level, open, sources"}


def test_a_fault_behind_a_key_that_stands_twice_is_not_swallowed() -> None:
    twice = raw().replace(b'{"family"', b'{"title":5,"family"', 1)
    assert b'{"title":5' in twice
    found, given = decode(twice)
    assert (found, in_words(given)) == (None, [("$", "DEF-004")])


# the head


def test_the_sample_form_of_these_tests_is_sound() -> None:
    assert lint(form()) == []


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"regime": "hq"}, ("$.regime", "DEF-005")),
        ({"rounds": ("H1", "H2")}, ("$.rounds", "DEF-005")),
        ({"rounds": ()}, ("$.rounds", "DEF-006")),
        ({"family": ""}, ("$.family", "DEF-006")),
        ({"number": " "}, ("$.number", "DEF-006")),
        ({"circular": ""}, ("$.circular", "DEF-006")),
        ({"title": ""}, ("$.title", "DEF-006")),
        ({"area": ""}, ("$.area", "DEF-006")),
        ({"valid_to": day("31/10/2025")}, ("$.valid_to", "DEF-007")),
        ({"evidence": {"level": "partial", "sources": []}}, ("$.evidence.sources", "DEF-006")),
    ],
)
def test_a_fault_of_the_head(wrong: dict[str, Any], fault: tuple[str, str]) -> None:
    of, shape = decode(raw(**{k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in wrong.items()}))
    assert (of is not None, shape) == (True, [])
    assert of is not None
    assert faults(of) == [fault]


def test_a_form_may_be_in_force_for_one_day() -> None:
    assert lint(form(valid_to=day("1/11/2025"))) == []


def test_a_level_its_units_and_its_deadlines_are_of_the_field() -> None:
    level = Level(
        level="huyen", reporter="a", receiver="b", deadlines={"E06": "6/4"}, unit_kinds=("district",)
    )
    found = lint(form(levels=(level,)))
    assert [(f.path, f.params["value"]) for f in found] == [
        ("$.levels", "huyen"),
        ("$.levels.unit_kinds", "district"),
        ("$.levels.deadlines", "E06"),
    ]


# tables, columns, rows


def test_a_form_has_tables_with_columns() -> None:
    assert faults(msgspec.structs.replace(form(), tables=())) == [("$.tables", "DEF-006")]
    bare = Table(columns=(), rows=(fixed("1"),))
    assert faults(form(tables=[bare])) == [("$.tables[0].columns", "DEF-006")]


def keyed_table(key: str) -> Table:
    return Table(columns=(column("1"),), rows=(fixed("1"),), key=key)


@pytest.mark.parametrize(
    ("keys", "what"),
    [(["II", "II"], "II"), (["", ""], "“”"), (["", "@"], "@")],
    ids=["twice", "nameless", "reserved"],
)
def test_tables_have_keys_of_their_own(keys: list[str], what: str) -> None:
    """ "@" is where notes and signers are stored."""
    [fault] = lint(form(tables=map(keyed_table, keys)))
    assert (fault.path, fault.code, fault.params) == ("$.tables", "DEF-008", {"what": what})


def test_two_tables_are_sound() -> None:
    assert lint(form(tables=[keyed_table(""), keyed_table("II")])) == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (Column(label="Nam"), "DEF-009"),
        (Column(label="Nam", key="nam"), "DEF-009"),
        (Column(label="Nam", code="1"), "DEF-008"),
        (column("2", scale=-1), "DEF-010"),
        (column("2", kind="text", scale=1), "DEF-010"),
    ],
)
def test_a_fault_of_a_column(wrong: Column, code: str) -> None:
    assert faults(form(columns=[column("1"), wrong])) == [("$.tables[0].columns", code)]


def test_columns_of_words_without_printed_number_or_with_decimals_are_sound() -> None:
    columns = [Column(label="Nam", key="_nam"), column("1", scale=1), column("2", kind="text")]
    assert lint(form(columns=columns)) == []


def test_columns_without_name_are_not_called_one_column() -> None:
    assert faults(form(columns=[Column(label="Nam"), Column(label="Nữ")])) == [
        ("$.tables[0].columns", "DEF-009"),
        ("$.tables[0].columns", "DEF-009"),
    ]


@pytest.mark.parametrize(
    ("rows", "path", "code"),
    [
        ((fixed("1"), fixed("1")), "rows", "DEF-008"),
        ((fixed("1"), fixed("2", key="1")), "rows", "DEF-008"),
        ((TOTAL, TOTAL), "rows", "DEF-008"),
        ((Row(label="?"),), "rows", "DEF-011"),
        ((fixed("I.1"),), "rows", "DEF-011"),
        ((fixed("#1"),), "rows", "DEF-011"),
        ((offices(), offices()), "rows", "DEF-012"),
        ((Row(kind="free"), Row(kind="free")), "rows", "DEF-012"),
        ((Row(kind="unit", unit_kind="school"),), "rows[0].unit_kind", "DEF-005"),
        ((Row(kind="unit"),), "rows[0].unit_kind", "DEF-005"),
        ((fixed("1"), fixed("2", only=("1", "9"))), "rows[1].only", "DEF-013"),
        ((fixed("1", scale=-1),), "rows[0].scale", "DEF-010"),
        ((fixed("I", "", fixed("1"), fixed("1")),), "rows[0].children", "DEF-008"),
        ((fixed("I", "", fixed("1", only=("9",))),), "rows[0].children[0].only", "DEF-013"),
    ],
)
def test_a_fault_of_a_row(rows: tuple[Row, ...], path: str, code: str) -> None:
    assert faults(form(*rows)) == [(f"$.tables[0].{path}", code)]


def test_numbering_may_restart_and_rows_repeat_under_different_heads() -> None:
    of = form(
        TOTAL,
        fixed("I", "", fixed("1"), offices(fixed("nam")), Row(kind="free")),
        fixed("II", "", fixed("1"), offices()),
        Row(label="Trong đó", key="_td"),
        fixed("1", scale=0),
    )
    assert lint(of) == []


# notes


def test_the_slots_of_a_note_are_those_its_text_names() -> None:
    words = "Tổng hợp từ báo cáo của {da_nop}/{tat_ca} tổ chức"
    assert lint(form(notes=(Note(text=words, slots=(Slot(key="da_nop"), Slot(key="tat_ca"))),))) == []
    [fault, other] = lint(
        form(notes=(Note(text="-"), Note(text=words, slots=(Slot(key="da_nop"), Slot(key="x")))))
    )
    assert (fault.path, fault.code, fault.params) == ("$.notes[1]", "DEF-014", {"slot": "tat_ca"})
    assert other.params == {"slot": "x"}


def test_a_slot_is_one_cell_of_the_form() -> None:
    note = Note(text="{n}", slots=(Slot(key="n"),))
    assert [(f.path, f.code, f.params) for f in lint(form(notes=(note, note)))] == [
        ("$.notes", "DEF-008", {"what": "n"})
    ]


# expressions


@pytest.mark.parametrize(
    ("wrong", "path", "code"),
    [
        ({"relations": ("c1 = ",)}, "$.relations[0].rule", "DEF-104"),
        ({"relations": ("c1 = c2", "c1 = tong(c2)")}, "$.relations[1].rule", "DEF-102"),
        ({"relations": ("c1 = c9",)}, "$.relations[0].rule", "DEF-123"),
        ({"relations": ("[9] = [1]",)}, "$.relations[0].rule", "DEF-122"),
        ({"relations": ("II:c1 = c2",)}, "$.relations[0].rule", "DEF-121"),
        ({"relations": ("c1 + c2",)}, "$.relations[0].rule", "DEF-016"),
        ({"computed": ("c1 <= c2",)}, "$.computed[0].rule", "DEF-015"),
        ({"computed": ("c1 + c2 = c3",)}, "$.computed[0].rule", "DEF-015"),
        ({"computed": ("c1",)}, "$.computed[0].rule", "DEF-015"),
        ({"rollup": ("sum(x!c1) = c2",)}, "$.rollup[0].rule", "DEF-015"),
        ({"rollup": ("c1 = c2 = c3",)}, "$.rollup[0].rule", "DEF-015"),
    ],
)
def test_a_fault_of_a_rule(wrong: dict[str, Any], path: str, code: str) -> None:
    assert faults(form(**wrong)) == [(path, code)]


@pytest.mark.parametrize("rule", ["both(c1, c2)", "exclusive(c1, c2)", "nondecreasing(c1)", "0 <= c2 <= c1"])
def test_what_compares_is_a_relation(rule: str) -> None:
    assert lint(form(relations=(rule,))) == []


@pytest.mark.parametrize(("cells", "count"), [("c1", "2"), ("[*]c1 + 0", None), ("[1]c1", None)])
def test_a_measure_is_exactly_one_value(cells: str, count: str | None) -> None:
    found = lint(form(fixed("1"), fixed("2"), provides=(("cc.viec", cells.replace("[*]c1", "sum([*]c1)")),)))
    assert [(f.path, f.code, f.params) for f in found] == (
        [("$.provides[0].cells", "DEF-017", {"count": count})] if count else []
    )


def test_a_qualifier_is_exactly_one_cell_too() -> None:
    provides = Provides(measure="cc.viec", cells="[1]c1", qualifier="c2")
    found = faults(form(fixed("1"), fixed("2"), provides=(provides,)))
    assert found == [("$.provides[0].qualifier", "DEF-017")]


def test_rules_over_repeated_rows_are_judged_though_no_row_is_there_yet() -> None:
    of = form(
        TOTAL,
        offices(Row(kind="free")),
        fixed("I", "", Row(kind="free", children=(fixed("a"), fixed("b")))),
        fixed("II", "", offices(fixed("nam"), fixed("nu"))),
        relations=(
            "[#]c1 >= sum([#.*]c1)",
            "[I.#]c1 = [I.#.a]c1 + [I.#.b]c1",
            "[II.#]c1 = [II.#.nam]c1 + [II.#.nu]c1",
        ),
        computed=("[tong] = sum([*])",),
    )
    assert lint(of) == []


def test_sample_rows_stand_for_all_that_repeat() -> None:
    of = form(offices(), Row(kind="free"))
    rows = sample_plan(of).rows[""]
    assert [row.kind for row in rows] == ["unit", "unit", "free", "free"]
    assert len({row.key for row in rows}) == 4


def test_cells_that_define_one_another_in_a_circle_are_told() -> None:
    of = form(
        fixed("1"),
        fixed("2"),
        computed=("[1]c1 = [1]c2", "[1]c2 = [1]c3 + 1", "[1]c3 = [1]c1", "[2]c1 = [1]c1"),
    )
    [fault] = lint(of)
    assert (fault.path, fault.code) == ("$.computed", "DEF-018")
    assert fault.params == {"cells": "[1]c1 → [1]c2 → [1]c3 → [1]c1"}


def test_every_circle_is_told_once() -> None:
    of = form(fixed("1"), fixed("2"), computed=("c1 = c2", "c2 = c1", "c3 = c1 + c2"))
    assert [f.params["cells"] for f in lint(of)] == ["[1]c1 → [1]c2 → [1]c1", "[2]c1 → [2]c2 → [2]c1"]


@pytest.mark.parametrize(
    "rule", ["[1]c1 = [1]c1{year-1}", "[1]c1 = sum(thu!c1)", "[1]c1 = thu![1]c1", "[1]c1 = m:a"]
)
def test_what_lies_outside_the_sheet_closes_no_circle(rule: str) -> None:
    assert lint(form(computed=(rule,))) == []


def test_totals_of_totals_are_no_circle() -> None:
    of = form(
        TOTAL, fixed("I", "", fixed("1")), computed=("[tong] = [I]", "[I] = sum([I.*])", "c1 = c2 + c3")
    )
    assert lint(of) == []


# all at once


def test_all_faults_are_told_at_once() -> None:
    """Head, notes and rules; nothing hides behind the first fault."""
    of = form(
        title="",
        notes=(Note(text="{n}"),),
        relations=("c1 = c9", "c1 = (", "c1 + c2"),
        computed=("c1 <= c2",),
        provides=(("cc.viec", "[9]c1"),),
    )
    assert faults(of) == [
        ("$.title", "DEF-006"),
        ("$.notes[0]", "DEF-014"),
        ("$.relations[0].rule", "DEF-123"),
        ("$.relations[1].rule", "DEF-104"),
        ("$.relations[2].rule", "DEF-016"),
        ("$.computed[0].rule", "DEF-015"),
        ("$.provides[0].cells", "DEF-122"),
        ("$.provides[0].cells", "DEF-017"),
    ]


def test_over_wrong_tables_rules_are_judged_by_their_wording_alone() -> None:
    """What a rule names cannot be told while two rows have one key."""
    of = form(fixed("1"), fixed("1"), relations=("c1 = c9", "c1 = (", "c1 + c2"), computed=("c1 <= c2",))
    assert faults(of) == [
        ("$.tables[0].rows", "DEF-008"),
        ("$.relations[1].rule", "DEF-104"),
        ("$.relations[2].rule", "DEF-016"),
    ]


def test_a_fault_of_wording_tells_the_rule_and_the_place() -> None:
    [fault] = lint(form(relations=("c1 = tong(c2)",)))
    assert fault.params["rule"] == "c1 = tong(c2)"
    assert fault.params["place"] == "6"
    assert all(isinstance(value, str) for value in fault.params.values())


# the catalogue as a whole


def catalogue_faults(**parts: Any) -> list[tuple[str, str, str]]:
    forms, measures, indicators = (parts.get(name, ()) for name in ("forms", "measures", "indicators"))
    found = lint_catalogue(forms, measures, indicators)
    return [(about, *told) for (about, _), told in zip(found, in_words([f for _, f in found]), strict=True)]


OLD = form(number="12b", circular="03/2019/TT-BTP", valid_from=day("15/5/2019"), valid_to=day("31/10/2025"))
NEW = form(number="10b")


def test_versions_of_one_form_follow_each_other() -> None:
    assert catalogue_faults(forms=[NEW, OLD]) == []
    assert catalogue_faults(forms=[NEW, form(family="khac", number="12b", valid_from=day("1/1/2025"))]) == []


@pytest.mark.parametrize("until", [None, day("1/11/2025")])
def test_versions_that_overlap_are_told_with_the_older_one(until: Any) -> None:
    older = msgspec.structs.replace(OLD, valid_to=until)
    [(about, fault)] = lint_catalogue([NEW, older], [], [])
    assert (about, fault) == ("10b", Fault("$.valid_from", "DEF-019", {"other": "12b (03/2019/TT-BTP)"}))


def test_what_a_form_provides_is_declared() -> None:
    providing = form(provides=(("cc.viec", "[1]c1"), ("cc.phi", "[1]c2")))
    assert catalogue_faults(forms=[providing], measures=[measure("cc.viec")]) == [
        ("01/THU", "$.provides[1].measure", "DEF-020")
    ]


def test_what_a_measure_is_a_part_of_is_provided_by_some_form() -> None:
    whole = form(provides=(("ht.nam", "[1]c1"),))
    measures = [measure("ht.nam"), measure("ht.thiet_yeu", part_of="ht.nam")]
    assert catalogue_faults(forms=[whole], measures=measures) == []
    assert catalogue_faults(measures=measures) == [("ht.thiet_yeu", "$.part_of", "DEF-020")]


@pytest.mark.parametrize(
    ("wrong", "path", "code"),
    [
        ({"numerator": "m:b"}, "$.numerator", "DEF-020"),
        ({"denominator": "m:a + m:b"}, "$.denominator", "DEF-020"),
        ({"numerator": "[1]c1"}, "$.numerator", "DEF-021"),
        ({"denominator": "m:a +"}, "$.denominator", "DEF-104"),
        ({"regime": "hq"}, "$.regime", "DEF-005"),
    ],
)
def test_a_fault_of_an_indicator(wrong: dict[str, str], path: str, code: str) -> None:
    of = indicator(**{"numerator": "m:a", "denominator": "m:a", **wrong})
    assert catalogue_faults(measures=[measure("a")], indicators=[of]) == [("thu", path, code)]


def test_a_count_and_a_rate_over_declared_measures_are_sound() -> None:
    of = [indicator("m:a", id="dem"), indicator("m:a", "m:b", id="ty_le")]
    assert catalogue_faults(measures=[measure("a"), measure("b")], indicators=of) == []


def test_measures_and_indicators_have_ids_of_their_own() -> None:
    found = catalogue_faults(measures=[measure("a")] * 2, indicators=[indicator("m:a")] * 3)
    assert found == [("a", "$.measures", "DEF-008"), ("thu", "$.indicators", "DEF-008")]


def test_a_relation_of_a_definition_may_be_a_warning() -> None:
    rule = Relation(rule="c1 = c2", status="department", severity="warning")
    assert lint(form(relations=(rule,))) == []
