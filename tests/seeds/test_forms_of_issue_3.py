"""One form for each way a form is laid out, as the study of the field tells it (promise 9)."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import pytest

from judapp.domain.catalogue import Column, Form, Signature
from judapp.domain.expression.binding import instances
from judapp.domain.expression.nodes import Cells, references
from judapp.domain.expression.parser import parse
from judapp.domain.lint import sample_plan
from judapp.domain.period import Period
from judapp.domain.rows import RepeatedUnit
from judapp.domain.shape import target_of
from tests.domain.builders import Outside, sheet, worth

SEEDS = Path(__file__).parents[2] / "seeds"

BY_HAND: dict[str, dict[str, Any]] = {
    # number: columns that are no stub, printed rows without placeholders; counted in the study's layouts
    "12b/BTP/BTTP/CC": {"columns": 11, "rows": 3, "evidence": "verbatim", "valid_to": "2025-10-31"},
    "17c/BTP/HTQTCT/CT": {
        "columns": [4, 3],
        "rows": [1, 1],
        "evidence": "partial",
        "valid_to": "2025-10-31",
    },
    "21b/TP/HTPLDN": {"columns": 14, "rows": 1, "evidence": "verbatim", "valid_to": None},
    "11c": {"columns": 14, "rows": 3, "evidence": "verbatim", "valid_to": "2013-12-31"},
    "13a/BTP/HTQTCT/HT": {"columns": 22, "rows": 1, "evidence": "verbatim", "valid_to": "2019-05-14"},
    "TH-13": {"columns": 22, "rows": 1, "evidence": "department", "valid_to": None},
}
STEMS = (
    "12b-btp-bttp-cc",
    "17c-btp-htqtct-ct",
    "21b-tp-htpldn",
    "hg11c-kskt_2012",
    "13a-btp-htqtct-ht_tt04-2016",
    "th-13",
)
CIVIL = {
    "c1 = c2 + c3",
    "c1 = c4 + c5",
    "c1 = c6 + c7",
    "c8 <= c7",
    "c9 <= c7",
    "c11 = c12 + c13 + c14",
    "c11 = c15 + c16",
    "c19 <= c18",
}
INFERRED = {
    "12b-btp-bttp-cc": {"c2 = c3 + c4"},
    "17c-btp-htqtct-ct": set(),
    "21b-tp-htpldn": {"c7 = c8 + c9 + c10"},
    "hg11c-kskt_2012": {
        "c1 = c2 + c3 + c4 = c5 + c6 = c7 + c8",
        "c9 = c10 + c11 + c12 = c13 + c14",
        "[tong] = [tong.nam] + [tong.nu]",
    },
    "13a-btp-htqtct-ht_tt04-2016": CIVIL,
    "th-13": CIVIL,
}


def form(stem: str) -> Form:
    return msgspec.json.decode((SEEDS / "forms" / f"{stem}.json").read_bytes(), type=Form)


def keys(of: Form, table: str = "") -> list[str]:
    return [row.key for row in sample_plan(of).rows[table]]


def paths(columns: tuple[Column, ...], above: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
    """The labels above every leaf and its own, by the leaf's name."""
    found: dict[str, tuple[str, ...]] = {}
    for column in columns:
        here = (*above, column.label)
        found |= paths(column.children, here) if column.children else {column.name: here}
    return found


def test_catalogue_lists_the_forms_with_the_sizes_counted_by_hand() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "judapp", "forms", "--json"],
        capture_output=True,
        check=True,
        cwd=SEEDS.parent,
        encoding="utf-8",
    )
    listed = {entry["number"]: entry for entry in json.loads(ran.stdout)["forms"]}
    assert {n: {key: listed[n][key] for key in told} for n, told in BY_HAND.items()} == BY_HAND
    for number in BY_HAND:
        assert listed[number]["sources"]
        assert listed[number]["open"]


@pytest.mark.parametrize("stem", STEMS)
def test_no_relation_is_called_printed_that_no_source_prints(stem: str) -> None:
    found = form(stem)
    assert {r.rule for r in found.relations} == INFERRED[stem]
    assert {r.status for r in found.relations} <= {"inferred"}
    assert {c.status for c in found.computed} <= {"department" if stem == "th-13" else "inferred"}
    assert {r.status for r in found.rollup} <= {"department"}  # how base units are added up is the Sở's own
    assert found.estimate is None  # none of the sources prints one


@pytest.mark.parametrize(
    ("stem", "codes"),
    [
        ("12b-btp-bttp-cc", 11),
        ("21b-tp-htpldn", 14),
        ("hg11c-kskt_2012", 14),
        ("13a-btp-htqtct-ht_tt04-2016", 22),
        ("th-13", 22),
    ],
)
def test_columns_are_numbered_from_1_as_printed(stem: str, codes: int) -> None:
    [table] = form(stem).tables
    assert [leaf.code for leaf in table.leaves] == [str(n) for n in range(1, codes + 1)]
    assert all(leaf.key is None for leaf in table.leaves)


@pytest.mark.parametrize(
    ("stem", "table", "rows", "stubs"),
    [
        ("12b-btp-bttp-cc", "", ["tong", "I", "I.#u1", "I.#u2", "II", "II.#u1", "II.#u2"], ["A"]),
        ("17c-btp-htqtct-ct", "I", ["tong", "#u1", "#u2"], [None]),
        ("17c-btp-htqtct-ct", "II", ["tong", "#u1", "#u2"], [None]),
        ("21b-tp-htpldn", "", ["tong", "#f1", "#f2"], ["A", "B"]),
        (
            "hg11c-kskt_2012",
            "",
            ["tong", "tong.nam", "tong.nu", "#u1", "#u1.nam", "#u1.nu", "#u2", "#u2.nam", "#u2.nu"],
            ["A"],
        ),
        ("13a-btp-htqtct-ht_tt04-2016", "", ["1"], []),
        ("th-13", "", ["tong", "#u1", "#u2"], ["A", "B"]),
    ],
)
def test_rows_repeat_where_the_form_repeats_them(
    stem: str, table: str, rows: list[str], stubs: list[str | None]
) -> None:
    found = form(stem)
    assert keys(found, table) == rows
    laid = found.table(table)
    assert laid is not None
    assert [stub.code for stub in laid.stub] == stubs


@pytest.mark.parametrize(
    ("stem", "column", "path", "unit", "kind"),
    [
        (
            "12b-btp-bttp-cc",
            "3",
            ("Công chứng", "Số việc công chứng", "Chia ra", "Công chứng hợp đồng, giao dịch"),
            "việc",
            "count",
        ),
        ("12b-btp-bttp-cc", "11", ("Tổng số tiền nộp vào ngân sách/thuế",), "đồng", "money"),
        (
            "21b-tp-htpldn",
            "10",
            (
                "Hoạt động hỗ trợ pháp lý cho doanh nghiệp",
                "Số hồ sơ đề nghị hỗ trợ chi phí tư vấn pháp luật",
                "Số hồ sơ được giải quyết",
                "Chia theo loại hình doanh nghiệp",
                "Doanh nghiệp siêu nhỏ",
            ),
            "Hồ sơ",
            "count",
        ),
        ("21b-tp-htpldn", "14", ("Ghi chú",), None, "text"),
        ("hg11c-kskt_2012", "14", ("Khai tử", "Chia theo thời điểm đăng ký", "Quá hạn"), None, "count"),
        (
            "13a-btp-htqtct-ht_tt04-2016",
            "9",
            (
                "ĐĂNG KÝ KHAI SINH",
                "Đăng ký mới",
                "Chia theo thời điểm đăng ký",
                "Quá hạn",
                "Trong đó",
                "Dưới 5 tuổi",
            ),
            "Trường hợp",
            "count",
        ),
        (
            "13a-btp-htqtct-ht_tt04-2016",
            "21",
            ("ĐĂNG KÝ KẾT HÔN", "Đăng ký mới", "Tuổi kết hôn trung bình lần đầu", "Nữ"),
            "Tuổi",
            "average",
        ),
    ],
)
def test_header_is_the_tree_of_the_source(
    stem: str, column: str, path: tuple[str, ...], unit: str | None, kind: str
) -> None:
    [table] = form(stem).tables
    leaf = table.leaf_by_name[column]
    assert paths(table.columns)[column] == path
    assert (leaf.unit, leaf.kind) == (unit, kind)


def test_columns_without_a_number_have_keys_that_are_never_printed() -> None:
    """17c prints no number row."""
    first, second = form("17c-btp-htqtct-ct").tables
    assert [leaf.name for leaf in first.leaves] == ["_sao", "_ky", "_ky_dich", "_hop_dong"]
    assert [leaf.name for leaf in second.leaves] == ["_sao", "_ky", "_hop_dong"]
    assert not any(leaf.code for leaf in (*first.leaves, *second.leaves))
    assert (first.title or "").startswith("I. ")
    assert (second.title or "").startswith("II. ")


def test_offices_are_told_apart_by_their_kind() -> None:
    _, public, private = form("12b-btp-bttp-cc").tables[0].rows
    assert [row.unit_subkind for row in (*public.children, *private.children)] == ["phòng", "văn phòng"]


def test_notes_ask_for_what_the_form_leaves_blank() -> None:
    slots = {
        stem: [(s.key, s.kind) for note in form(stem).notes for s in note.slots]
        for stem in ("12b-btp-bttp-cc", "21b-tp-htpldn")
    }
    assert slots == {
        "12b-btp-bttp-cc": [("nhan", "count"), ("tong", "count"), ("ccv", "count")],
        "21b-tp-htpldn": [("ghi_chu", "text")],
    }
    assert "{nhan}/{tong} tổ chức hành nghề công chứng" in form("12b-btp-bttp-cc").notes[0].text


def test_signers_and_deadlines_are_those_printed() -> None:
    signers = {stem: [s.title for s in form(stem).signatures] for stem in STEMS}
    for stem in ("12b-btp-bttp-cc", "17c-btp-htqtct-ct", "21b-tp-htpldn"):
        assert signers[stem] == ["Người lập biểu", "Người kiểm tra", "GIÁM ĐỐC"]
    assert signers["hg11c-kskt_2012"] == ["Người lập biểu", "GIÁM ĐỐC"]
    assert form("13a-btp-htqtct-ht_tt04-2016").signatures[1] == Signature(
        title="TM. ỦY BAN NHÂN DÂN",
        note="(Ký, đóng dấu, ghi rõ họ, tên)",
        date_line="…, ngày ... tháng ... năm ...",
    )
    assert all(form(stem).signatures[-1].date_line for stem in STEMS)
    [level] = form("hg11c-kskt_2012").levels
    assert level.deadlines["H1"].splitlines() == [
        "BC 6 tháng đợt 1: ngày 17 tháng 4 hàng năm.",
        "BC 6 tháng chính thức: ngày 17 tháng 7 hàng năm.",
    ]
    assert level.deadlines["Y"] == "BC năm chính thức: ngày 17 tháng 01 năm sau."
    assert form("12b-btp-bttp-cc").levels[0].deadlines["Y1"] == "BC năm: Ngày 28 tháng 11 hàng năm"


def test_versions_of_the_notary_form_do_not_overlap() -> None:
    """H1 2025 (due 25/6/2025) is on 12b, the year of 2025 (due 20/11/2025) on 10b."""
    old, new = form("12b-btp-bttp-cc"), form("10b-tp-cc")
    assert old.family == new.family
    assert old.valid_to is not None
    assert (new.valid_from - old.valid_to).days == 1
    half = Period(2025, "H1")
    assert (old.serves(half, half.last_day), new.serves(half, half.last_day)) == (True, False)


def test_what_12b_and_10b_count_alike_is_one_measure_and_the_rest_is_not_compared() -> None:
    """12b (3) ↔ 10b (2); 12b (4) has no successor (design 4.5)."""
    old, new = ({p.measure: p for p in form(stem).provides} for stem in ("12b-btp-bttp-cc", "10b-tp-cc"))
    assert (old["cc.giao_dich"].cells, new["cc.giao_dich"].cells) == ("[tong]c3", "[tong]c2")
    assert old["cc.giao_dich"].comparable
    assert old["cc.ban_dich_khac"].cells == "[tong]c4"
    assert not old["cc.ban_dich_khac"].comparable
    assert "cc.ban_dich_khac" not in new
    assert all(p.note for p in old.values())


def test_total_of_sexes_and_of_districts_are_two_rules() -> None:
    """The sum of districts takes district rows only, the sum of men only those of men."""
    shape = sample_plan(form("hg11c-kskt_2012")).shape
    summed = {}
    for rule in form("hg11c-kskt_2012").computed:
        for bound in instances(parse(rule.rule), shape):
            target = target_of(bound.node)
            if target is not None and target[2] == "1":
                parts = [ref for ref in references(bound.node) if isinstance(ref, Cells)][1:]
                summed[target[1]] = [row for ref in parts for row in ref.rows]
    assert summed == {
        "tong": ["#u1", "#u2"],
        "tong.nam": ["#u1.nam", "#u2.nam"],
        "tong.nu": ["#u1.nu", "#u2.nu"],
        "#u1": ["#u1.nam", "#u1.nu"],
        "#u2": ["#u2.nam", "#u2.nu"],
    }


def test_average_ages_are_weighted_in_the_total_never_added_up() -> None:
    communes = [RepeatedUnit(uid, f"Xã {uid}") for uid in ("a", "b", "c")]
    resolved = sheet(
        form("th-13"),
        {
            "#a c19": "30",
            "#a c20": "26,5",
            "#a c21": "24",
            "#b c19": "10",
            "#b c20": "25,25",
            "#b c21": "22",
            "#c c19": "-",
            "#c c20": "-",
            "#c c21": "-",
        },
        outside=Outside(units_of_plan=communes),
    )
    assert worth(resolved, "tong c19").number == 40
    assert worth(resolved, "tong c20").number == Fraction("26.1875")
    assert worth(resolved, "tong c21").number == Fraction("23.5")
