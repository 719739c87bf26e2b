"""Relations and verdicts in words, in both languages (ux 7, REL texts)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from judapp.domain.expression.binding import RowShape, instances
from judapp.domain.expression.evaluate import judge
from judapp.domain.expression.explain import explain, explain_verdict
from judapp.domain.expression.nodes import Cells
from judapp.domain.expression.parser import parse
from judapp.domain.number import Rational
from judapp.domain.value import (
    EMPTY,
    INCOMPARABLE,
    OUT_OF_REMIT,
    PENDING,
    UNDEFINED,
    UNREADABLE,
    Value,
    known,
)
from tests.domain.expression.helpers import Figures, bound, columns, one_table, row_of


class FormNames:
    """Names of a form with an unnumbered column, rows with and without numbers, and two tables."""

    def column_name(self, form: str, table: str, col: str) -> tuple[str | None, str]:
        return (None, "Số bản sao") if col.startswith("_") else (col, f"label of {col}")

    def row_name(self, form: str, table: str, row: str) -> tuple[str | None, str]:
        labels = {"tong": "Tổng số", "nam": "Nam", "nu": "Nữ", "": ""}
        label = labels.get(row.rpartition(".")[2])
        return (row, "a label") if label is None else (None, label)

    def table_name(self, form: str, table: str) -> str:
        return f"bảng {table}" if table else ""

    def form_name(self, form: str) -> str:
        return {"cc.cs": "10a/TP/CC", "cc.so": "10b/TP/CC"}[form]

    def measure_name(self, name: str) -> str:
        return {"hotich.tong": "Số việc hộ tịch"}[name]


NAMES = FormNames()


@pytest.mark.parametrize(
    ("rule", "vi", "en"),
    [
        ("c2 = c3 + c5", "Cột (2) = Cột (3) + Cột (5)", "Column (2) = Column (3) + Column (5)"),
        ("0 <= c4 <= c3", "0 ≤ Cột (4) ≤ Cột (3)", "0 ≤ Column (4) ≤ Column (3)"),
        ("c1 >= 1000.5", "Cột (1) ≥ 1.000,5", "Column (1) ≥ 1,000.5"),
        ("c1 != c2", "Cột (1) ≠ Cột (2)", "Column (1) ≠ Column (2)"),
        (
            "c2 = c3 ± 2",
            "Cột (2) = Cột (3) (cho phép lệch 2)",
            "Column (2) = Column (3) (may differ by 2)",
        ),
        ("c_sao > 0", "Cột “Số bản sao” > 0", "Column “Số bản sao” > 0"),
        ("[I] = sum([I.*])", "Dòng I = tổng các dòng thuộc I", "Row I = sum of the rows under I"),
        (
            "[tong]c2 = sum([*]c2)",
            "Cột (2) dòng “Tổng số” = tổng Cột (2) các dòng chính",
            "Column (2) of row “Tổng số” = sum of Column (2) of the main rows",
        ),
        ("sum([*.*])", "tổng các dòng thuộc từng dòng", "sum of the rows under each row"),
        ("sum([*.nam])", "tổng các dòng “Nam”", "sum of the rows “Nam”"),
        ("sum([I.*.nu])", "tổng các dòng “Nữ” thuộc I", "sum of the rows “Nữ” under I"),
        (
            "[#] = [#.nam] + [#.nu]",
            "Mỗi dòng = Dòng “Nam” thuộc dòng đó + Dòng “Nữ” thuộc dòng đó",
            "Each row = Row “Nam” under that row + Row “Nữ” under that row",
        ),
        (
            "[I.#]c1 = sum([I.#.*]c1)",
            "Cột (1) mỗi dòng thuộc I = tổng Cột (1) các dòng thuộc dòng đó",
            "Column (1) of each row under I = sum of Column (1) of the rows under that row",
        ),
        ("[I.1]", "Dòng I.1", "Row I.1"),
        ("[I.#.nam]", "Dòng “Nam” thuộc dòng đó", "Row “Nam” under that row"),
        ("[I.nam]", "Dòng “Nam”", "Row “Nam”"),
        ("c1 - (c2 - c3)", "Cột (1) − (Cột (2) − Cột (3))", "Column (1) − (Column (2) − Column (3))"),
        ("[17] = [6] - [8]", "Dòng 17 = Dòng 6 − Dòng 8", "Row 17 = Row 6 − Row 8"),
        (
            "[2] = [17]{year-1} - [2]{final}",
            "Dòng 2 = Dòng 17 năm trước − Dòng 2 số chính thức",
            "Row 2 = Row 17 of last year − Row 2 in the final figures",
        ),
        (
            "c1 <= c1{same} + c1{prev}:est",
            "Cột (1) ≤ Cột (1) cùng kỳ năm trước + phần ước tính của Cột (1) kỳ trước",
            (
                "Column (1) ≤ Column (1) of the same period last year"
                " + the estimated part of Column (1) of the previous period"
            ),
        ),
        (
            "II:[tong] = sum(II:[*])",
            "Dòng “Tổng số” bảng II = tổng các dòng chính bảng II",
            "Row “Tổng số” of bảng II = sum of the main rows of bảng II",
        ),
        (
            '[tong]c18 = convert(sum(cc.cs!c18), "đồng")',
            "Cột (18) dòng “Tổng số” = tổng Cột (18) các phiếu 10a/TP/CC tính bằng đồng",
            "Column (18) of row “Tổng số” = sum of Column (18) of the 10a/TP/CC sheets in đồng",
        ),
        (
            "c2 = cc.so![tong]c2",
            "Cột (2) = Cột (2) dòng “Tổng số” biểu 10b/TP/CC",
            "Column (2) = Column (2) of row “Tổng số” of form 10b/TP/CC",
        ),
        (
            "c20 = 2 * wavg(cc.cs!c20, cc.cs!c19)",
            "Cột (20) = 2 × (bình quân Cột (20) các phiếu 10a/TP/CC theo Cột (19) các phiếu 10a/TP/CC)",
            (
                "Column (20) = 2 × (average of Column (20) of the 10a/TP/CC sheets weighted by"
                " Column (19) of the 10a/TP/CC sheets)"
            ),
        ),
        (
            "round(100 * c8 / (c7 - c6), 2)",
            "100 × Cột (8) / (Cột (7) − Cột (6)) làm tròn đến 2 chữ số thập phân",
            "100 × Column (8) / (Column (7) − Column (6)) rounded to 2 decimals",
        ),
        (
            "-abs(c1 - -c2)",
            "−|Cột (1) − −Cột (2)|",
            "−|Column (1) − −Column (2)|",
        ),
        (
            "if(c1 > 0, c2, 0)",
            "nếu Cột (1) > 0 thì Cột (2), không thì 0",
            "if Column (1) > 0 then Column (2), else 0",
        ),
        (
            "max(c1, c2) - min(c1) <= count(c1) + avg(c1)",
            (
                "số lớn nhất của (Cột (1); Cột (2)) − số nhỏ nhất của Cột (1)"
                " ≤ số ô có số liệu của Cột (1) + trung bình của Cột (1)"
            ),
            (
                "greatest of (Column (1); Column (2)) − least of Column (1)"
                " ≤ number of figures in Column (1) + average of Column (1)"
            ),
        ),
        (
            "100 * c1 / m:hotich.tong{same}",
            "100 × Cột (1) / “Số việc hộ tịch” cùng kỳ năm trước",
            "100 × Column (1) / “Số việc hộ tịch” of the same period last year",
        ),
        (
            "both(c7, c8)",
            "Cột (7) và Cột (8) cùng có hoặc cùng không",
            "Column (7) and Column (8): both or neither",
        ),
        ("exclusive(c7, c8)", "Cột (7) và Cột (8) không cùng có", "Column (7) and Column (8): not both"),
        (
            "nondecreasing([3])",
            "Dòng 3 không nhỏ hơn kỳ trước",
            "Row 3 not less than in the previous period",
        ),
    ],
)
def test_a_rule_in_words(rule: str, vi: str, en: str) -> None:
    """DHIS2's lesson: the instruction shown to the person is generated when none was written."""
    node = parse(rule)
    assert explain(node, NAMES) == vi
    assert explain(node, NAMES, "en") == en


def test_a_bound_rule_names_its_place() -> None:
    """One computed cell in words; lists are told by their length, the nameless row not at all."""
    shape = one_table(RowShape("I"), RowShape("I.1"), RowShape("I.2"), cols=columns("1"))
    [found] = instances(parse("[I]c1 = sum([I.*]c1)"), shape)
    assert explain(found.node, NAMES) == "Cột (1) dòng I = tổng Cột (1) 2 dòng"
    assert explain(found.node, NAMES, "en") == "Column (1) of row I = sum of Column (1) of 2 rows"
    assert explain(Cells("", "", ("",), ("1",), None, False, many=False), NAMES) == "Cột (1)"
    assert explain(Cells("cc.so", "", ("tong",), (), None, False, many=False), NAMES) == (
        "Dòng “Tổng số” biểu 10b/TP/CC"
    )


@pytest.mark.parametrize(
    ("rule", "left", "right", "vi", "en"),
    [
        ("c1 = c2", 120, 118, "120 ≠ 118, lệch 2", "120 ≠ 118, off by 2"),
        ("c1 = c2", 118, 120, "118 ≠ 120, lệch 2", "118 ≠ 120, off by 2"),
        ("c1 = c2", 5120, 5120, "5.120 = 5.120", "5,120 = 5,120"),
        ("c1 <= c2", 35, 30, "35 > 30, thừa 5", "35 > 30, over by 5"),
        ("c1 < c2", 30, 30, "30 ≥ 30", "30 ≥ 30"),
        ("c1 >= c2", 5, 7, "5 < 7, thiếu 2", "5 < 7, short by 2"),
        ("c1 > c2", 5, 7, "5 ≤ 7, thiếu 2", "5 ≤ 7, short by 2"),
        ("c1 != c2", 5, 5, "5 = 5", "5 = 5"),
        ("c1 <= c2", Fraction(1, 2), -1, "0,5 > −1, thừa 1,5", "0.5 > −1, over by 1.5"),
        ("both(c1, c2)", 5, 0, "5 và 0", "5 and 0"),
    ],
)
def test_a_verdict_in_figures(rule: str, left: Rational, right: Rational, vi: str, en: str) -> None:
    """Promise 7: a finding says by how much."""
    relation = bound(rule)
    verdict = judge(relation, row_of(c1=left, c2=right))
    assert explain_verdict(relation, verdict, NAMES) == vi
    assert explain_verdict(relation, verdict, NAMES, "en") == en


def test_of_a_chain_the_failing_pair_is_named() -> None:
    """``c1 = c2 + c3 + c4 = c5 + c6``: which of the two sums is meant must be clear."""
    relation = bound("c1 = c2 + c3 = c4")
    failed = judge(relation, row_of(c1=3, c2=1, c3=2, c4=5))
    assert explain_verdict(relation, failed, NAMES) == "Cột (2) + Cột (3) = Cột (4): 3 ≠ 5, lệch 2"
    assert explain_verdict(relation, failed, NAMES, "en") == (
        "Column (2) + Column (3) = Column (4): 3 ≠ 5, off by 2"
    )
    first = judge(relation, row_of(c1=4, c2=1, c3=2, c4=5))
    assert explain_verdict(relation, first, NAMES) == "Cột (1) = Cột (2) + Cột (3): 4 ≠ 3, lệch 1"
    held = judge(relation, row_of(c1=3, c2=1, c3=2, c4=3))
    assert explain_verdict(relation, held, NAMES) == "3 = 3"


def test_figures_that_fell() -> None:
    """A cumulative figure below that of the round before."""
    relation = bound("nondecreasing([1]c3)")
    figures = Figures({("1", "3"): known(7)}, {("prev", False, "1", "3"): known(9)})
    assert explain_verdict(relation, judge(relation, figures), NAMES) == "7 < 9, thiếu 2"


@pytest.mark.parametrize(
    ("missing", "vi", "en"),
    [
        (EMPTY, "còn ô chưa trả lời", "a cell is not answered"),
        (PENDING, "chưa có số liệu", "figures not yet known"),
        (OUT_OF_REMIT, "không thuộc thẩm quyền", "not in remit"),
        (UNREADABLE, "có ô không phải là số", "a cell is not a number"),
        (UNDEFINED, "mẫu số bằng 0", "the denominator is 0"),
        (INCOMPARABLE, "không so sánh được", "not comparable"),
    ],
)
def test_why_a_relation_was_not_checked(missing: Value, vi: str, en: str) -> None:
    """Every state leads to its reason."""
    relation = bound("c1 = c2")
    skipped = judge(relation, row_of(c1=1, c2=missing))
    assert explain_verdict(relation, skipped, NAMES) == f"chưa kiểm tra được: {vi}"
    assert explain_verdict(relation, skipped, NAMES, "en") == f"not checked: {en}"
