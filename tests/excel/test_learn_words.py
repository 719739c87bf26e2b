"""The words around a table are read as printed, however they are laid out; what is missing is a problem."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from judapp import messages
from judapp.domain.catalogue import Form
from judapp.domain.layout import Heading, layout
from judapp.domain.lint import sample_plan
from judapp.domain.shape import plan_of
from judapp.excel.fill import blank
from judapp.excel.grid import Area
from judapp.excel.learn_words import Words, circular_day, read_words
from judapp.excel.words_foot import note_of
from tests.domain.forms_of_every_shape import forms
from tests.excel.blank_sheets import area, at, sheet

DEADLINES = {
    "H1": "BC 6 tháng: Ngày 25 tháng 6 hàng năm",
    "Y1": "BC năm: Ngày 28 tháng 11 hàng năm",
    "Y": "BC năm chính thức: Ngày 20 tháng 02 năm sau",
}
LEFT = ("Biểu số: 12b/BTP/BTTP/CC", "Ban hành theo Thông tư số 03/2019/TT-BTP ngày 20/3/2019",
        "Ngày nhận báo cáo (BC):", *DEADLINES.values())  # fmt: skip
CENTRE = ("TÌNH HÌNH TỔ CHỨC VÀ HOẠT ĐỘNG CÔNG CHỨNG", "TRÊN ĐỊA BÀN TỈNH", "(6 tháng, năm)",
          "Kỳ báo cáo:…………", "(Từ ngày ... tháng ... năm ... đến ngày ... tháng ... năm ...)")  # fmt: skip
RIGHT = ("Đơn vị báo cáo: Sở Tư pháp ....", "Đơn vị nhận báo cáo: Bộ Tư pháp",
         "(Cục Kế hoạch - Tài chính)")  # fmt: skip
TABLE = "A20:K30"


def words(cells: dict[str, str | float], merges: str = "", **more: object) -> Words:
    return read_words(sheet(cells, merges, **more), [area(TABLE)], [])  # type: ignore[arg-type]


def is_12b(found: Words) -> None:
    assert found.number == "12b/BTP/BTTP/CC"
    assert found.circular == "Thông tư số 03/2019/TT-BTP ngày 20/3/2019"
    assert found.title == "TÌNH HÌNH TỔ CHỨC VÀ HOẠT ĐỘNG CÔNG CHỨNG TRÊN ĐỊA BÀN TỈNH"
    assert found.period_line == "(6 tháng, năm)"
    (level,) = found.levels
    assert (level.level, level.unit_kinds) == ("so", ("province",))
    assert level.reporter == "Sở Tư pháp ...."
    assert level.receiver == "Bộ Tư pháp (Cục Kế hoạch - Tài chính)"
    assert level.deadlines == DEADLINES
    assert found.rounds == ("H1", "Y1", "Y")
    assert found.regime == "tk"
    assert found.problems == ()


def stacked(column: str, lines: tuple[str, ...], first: int = 1) -> dict[str, str | float]:
    return {f"{column}{first + index}": line for index, line in enumerate(lines)}


def test_three_blocks_each_one_cell_with_line_breaks() -> None:
    is_12b(words({"A1": "\n".join(LEFT), "E1": "\n".join(CENTRE), "I1": "\n".join(RIGHT)},
                 "A1:D6 E1:H6 I1:K6"))  # fmt: skip


def test_three_blocks_of_many_cells_without_merges() -> None:
    is_12b(words(stacked("A", LEFT) | stacked("E", CENTRE) | stacked("I", RIGHT)))


def test_blocks_below_one_another_in_one_column() -> None:
    is_12b(words(stacked("A", (*LEFT, *CENTRE, *RIGHT))))


def test_title_over_the_whole_width_below_the_others_and_below_national_title_lines() -> None:
    head: dict[str, str | float] = {
        "A1": "ỦY BAN NHÂN DÂN TỈNH ĐỒNG THÁP\nSỞ TƯ PHÁP",
        "G1": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n------------",
        "A2": "Số: …/BC-STP",
    }
    cells = head | stacked("A", LEFT, 4) | stacked("I", RIGHT, 4) | stacked("A", CENTRE, 12)
    merges = "A1:D1 G1:K1 " + " ".join(f"A{row}:K{row}" for row in range(12, 17))
    found = words(cells, merges)
    is_12b(found)
    assert found.roles[at("A1")] == found.roles[at("G1")] == "block"


def test_labels_and_values_in_cells_of_their_own() -> None:
    cells: dict[str, str | float] = {
        "A1": "Biểu số:", "B1": "12b/BTP/BTTP/CC", "A2": "Ban hành theo",
        "B2": "Thông tư số 03/2019/TT-BTP", "B3": "ngày 20/3/2019", "A4": "Ngày nhận báo cáo (BC):",
        "A5": "; ".join(DEADLINES.values()),
        "I1": "Đơn vị báo cáo:", "J1": "Sở Tư pháp ....", "I2": "Đơn vị nhận báo cáo:",
        "J2": "Bộ Tư pháp (Cục Kế hoạch - Tài chính)",
    }  # fmt: skip
    is_12b(words(cells | stacked("E", CENTRE)))


def test_values_on_the_next_line_and_a_circular_over_several_lines() -> None:
    left = ("BIỂU SỐ:", "12b/BTP/BTTP/CC", "(Ban hành kèm theo", "Thông tư số 03/2019/TT-BTP",
            "ngày 20/3/2019)", "Ngày nhận báo cáo:", *DEADLINES.values())  # fmt: skip
    right = ("Đơn vị gửi báo cáo:", "Sở Tư pháp ....", "Đơn vị nhận báo cáo:", "Bộ Tư pháp",
             "(Cục Kế hoạch - Tài chính)")  # fmt: skip
    is_12b(words(stacked("A", left) | stacked("E", CENTRE) | stacked("I", right)))


def test_number_and_circular_on_one_line() -> None:
    found = words({"A1": "Mẫu số 01 (Ban hành kèm theo Thông tư số 17/2025/TT-BTP ngày 24/10/2025)"})
    assert (found.number, found.circular) == ("01", "Thông tư số 17/2025/TT-BTP ngày 24/10/2025")


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Biểu số: 10b/TP/CC", "10b/TP/CC"),
        ("Biểu mẫu số 12", "12"),
        ("Mẫu số: 01", "01"),
        ("Biểu số : 01 / TK-THA", "01/TK-THA"),
        ("Biểu 10a/TP/CC", "10a/TP/CC"),
        ("21b/TP/HTPLDN", "21b/TP/HTPLDN"),
        ("Biểu số: PL-STP", "PL-STP"),
        ("Biểu số: ………", ""),
    ],
)
def test_numbers_of_forms(line: str, number: str) -> None:
    assert words({"A1": line, "E1": "KẾT QUẢ CHỨNG THỰC"}).number == number


def test_a_title_that_is_not_in_capitals_is_told_by_its_looks() -> None:
    found = words({"A1": "Biểu số: 3", "E1": "Kết quả chứng thực tại cấp xã"}, bold="A1 E1")
    assert found.title == "Kết quả chứng thực tại cấp xã"


def test_a_department_names_itself_where_a_circular_would_stand() -> None:
    found = words({"A1": "Biểu số: TH-13", "A2": "Sở Tư pháp (biểu riêng)", "E1": "TỔNG HỢP HỘ TỊCH"})
    assert found.circular == "Sở Tư pháp (biểu riêng)"


def test_what_is_not_printed_is_a_problem_and_never_made_up() -> None:
    found = words({})
    assert (found.number, found.circular, found.title, found.levels) == ("", "", "", ())
    assert {p.code for p in found.problems} == {
        "LRW-no-number", "LRW-no-circular", "LRW-no-title", "LRW-no-level", "LRW-no-rounds",
    }  # fmt: skip
    assert found.guesses == ()


def test_rows_nobody_sees_are_not_read() -> None:
    found = words({"A1": "Biểu số: 99", "A2": "Biểu số: 10b/TP/CC"}, hidden_rows=(1,))
    assert found.number == "10b/TP/CC"


def test_unit_of_measure_with_and_without_parentheses() -> None:
    assert words({"J19": "Đơn vị tính: Việc"}).unit_of_measure == "Việc"
    found = words({"J19": "(ĐVT: 1.000 đồng)"})
    assert found.unit_of_measure == "1.000 đồng"
    assert found.roles[at("J19")] == "unit_of_measure"


# deadlines, levels, rounds


@pytest.mark.parametrize(
    ("lines", "expected", "problems"),
    [
        (("BC sơ bộ 6 tháng: ngày 20 tháng 6 năm báo cáo", "BC sơ bộ năm: Ngày 20 tháng 11 năm báo cáo",
          "BC tròn năm: Ngày 20 tháng 01 năm sau"), "H1 Y1 Y", 0),
        (("Báo cáo năm lần 1: Ngày 20 tháng 11 hàng năm",
          "Báo cáo năm chính thức: Ngày 15 tháng 02 năm sau"), "Y1 Y", 0),
        (("BC năm: ngày 20 tháng 01 năm sau",), "Y", 0),
        (("BC 6 tháng đợt 1: ngày 17 tháng 4 hàng năm.",
          "BC 6 tháng chính thức: ngày 17 tháng 7 hàng năm."), "H1", 0),
        (("Báo cáo quý: ngày 10 tháng đầu quý sau",), "", 1),
        (("BC 6 tháng:", "ngày 25 tháng 6 hàng năm"), "H1", 0),
    ],
)  # fmt: skip
def test_deadlines_by_round(lines: tuple[str, ...], expected: str, problems: int) -> None:
    cells = stacked("A", ("Ngày nhận báo cáo (BC):", *lines)) | {"I1": "Đơn vị báo cáo: Sở Tư pháp"}
    found = words(cells)
    (level,) = found.levels
    assert " ".join(level.deadlines) == expected
    assert sum(p.code == "LRW-deadline-unclear" for p in found.problems) == problems
    if expected == "H1" and len(lines) == 2 and lines[1].startswith("BC"):
        assert level.deadlines["H1"] == "\n".join(lines)  # word for word, one below the other


def test_one_form_may_serve_two_levels_with_two_deadlines() -> None:
    cells = stacked("A", (
        "Biểu số: 25/BTP/TGPL", "Ngày nhận báo cáo (BC):", "Sở Tư pháp nhận",
        "BC 6 tháng: ngày 06 tháng 6 hàng năm", "Bộ Tư pháp (Cục Kế hoạch - Tài chính) nhận",
        "BC 6 tháng: ngày 25 tháng 6 hàng năm",
    )) | stacked("I", (
        "Đơn vị báo cáo:", "Trung tâm TGPL nhà nước", "Sở Tư pháp", "Đơn vị nhận báo cáo:", "Sở Tư pháp",
        "Bộ Tư pháp (Cục Kế hoạch - Tài chính)",
    ))  # fmt: skip
    base, department = words(cells).levels
    assert (base.level, base.reporter, base.receiver) == ("co_so", "Trung tâm TGPL nhà nước", "Sở Tư pháp")
    assert base.deadlines == {"H1": "BC 6 tháng: ngày 06 tháng 6 hàng năm"}
    assert (department.level, department.reporter) == ("so", "Sở Tư pháp")
    assert department.deadlines == {"H1": "BC 6 tháng: ngày 25 tháng 6 hàng năm"}


@pytest.mark.parametrize(
    ("reporter", "receiver", "level", "kinds"),
    [
        ("Sở Tư pháp tỉnh …", "Bộ Tư pháp", "so", ("province",)),
        ("UBND xã/phường/thị trấn", "UBND huyện (Phòng Tư pháp)", "co_so", ("commune",)),
        ("Phòng công chứng/Văn phòng công chứng", "Sở Tư pháp", "co_so", ("notary",)),
        ("UBND huyện/quận/thị xã (Phòng Tư pháp)", "Sở Tư pháp", "co_so", ("agency",)),
        ("Cơ quan chuyên môn thuộc UBND cấp tỉnh...", "Sở Tư pháp...", "co_so", ("agency",)),
        ("Bộ Ngoại giao", "Bộ Tư pháp (Cục Kế hoạch - Tài chính)", "so", ()),
    ],
)
def test_the_level_is_told_by_who_reports_to_whom(
    reporter: str, receiver: str, level: str, kinds: tuple[str, ...]
) -> None:
    (found,) = words({"I1": f"Đơn vị báo cáo: {reporter}", "I2": f"Đơn vị nhận báo cáo: {receiver}"}).levels
    assert (found.level, found.unit_kinds) == (level, kinds)


def test_rounds_of_enforcement_are_months() -> None:
    found = words({"A1": "Biểu số: 01/TK-THA", "E1": "KẾT QUẢ THI HÀNH ÁN DÂN SỰ TÍNH BẰNG VIỆC"})
    assert found.regime == "tha"
    assert found.rounds[0] == "E01"
    assert len(found.rounds) == 12


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Thông tư số 17/2025/TT-BTP ngày 24/10/2025", date(2025, 10, 24)),
        ("Thông tư số 04/2016/TT-BTP ngày 03/3/2016", date(2016, 3, 3)),
        ("Thông tư số 03/2019/TT-BTP ngày 20 tháng 3 năm 2019 của Bộ Tư pháp", date(2019, 3, 20)),
        ("Thông tư số 08/2011/TT-BTP ngày 5.4.2011", date(2011, 4, 5)),
        ("Thông tư số 17/2025/TT-BTP", None),
        ("Thông tư ngày 31/02/2025", None),
    ],
)
def test_the_day_of_a_circular(text: str, day: date | None) -> None:
    assert circular_day(text) == day


# below the table


def test_notes_estimate_and_signers_below_the_table() -> None:
    found = words({
        "A31": "Trong đó: số liệu ước tính 01 tháng đối với báo cáo 6 tháng",
        "A32": "* Ghi chú:",
        "A33": "+ Số liệu được tổng hợp từ báo cáo của …../…. tổ chức hành nghề công chứng đăng ký",
        "A34": "hoạt động tại Sở Tư pháp.",
        "H36": "…, ngày … tháng … năm …",
        "A37": "Người lập biểu\n(Ký, ghi rõ họ, tên)", "D37": "Người kiểm tra", "H37": "GIÁM ĐỐC",
        "D38": "(Ký, ghi rõ họ, tên, chức vụ)", "H38": "(Ký tên, đóng dấu)", "H44": "Nguyễn Văn A",
    }, "A37:C38 D37:G37 D38:G38 H36:K36 H37:K37 H38:K38")  # fmt: skip
    assert found.estimate == "Trong đó: số liệu ước tính 01 tháng đối với báo cáo 6 tháng"
    heading, counted = found.notes
    assert heading.text == "* Ghi chú:"
    assert counted.text == (
        "+ Số liệu được tổng hợp từ báo cáo của {a}/{b} tổ chức hành nghề công chứng đăng ký "
        "hoạt động tại Sở Tư pháp."
    )
    assert [slot.kind for slot in counted.slots] == ["count", "count"]
    maker, checker, director = found.signatures
    assert (maker.title, maker.note, maker.date_line) == ("Người lập biểu", "(Ký, ghi rõ họ, tên)", None)
    assert checker.note == "(Ký, ghi rõ họ, tên, chức vụ)"
    assert (director.title, director.date_line) == ("GIÁM ĐỐC", "…, ngày … tháng … năm …")
    assert found.roles[at("H36")] == "signer"
    assert found.roles[at("A33")] == "note"


def test_a_date_line_in_other_columns_stands_above_the_nearest_signer() -> None:
    found = words({"I33": "......., ngày .... tháng .... năm .....", "B34": "Người lập biểu",
                   "J34": "TM. ỦY BAN NHÂN DÂN", "J35": "CHỦ TỊCH", "J36": "(Ký, đóng dấu)"})  # fmt: skip
    first, second = found.signatures
    assert first.date_line is None
    assert second.title == "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"
    assert second.date_line == "......., ngày .... tháng .... năm ....."
    assert second.note == "(Ký, đóng dấu)"


def test_who_gets_a_copy_is_no_signer() -> None:
    found = words({"A33": "Nơi nhận:", "A34": "- Như trên;", "H33": "GIÁM ĐỐC", "H34": "(Ký tên)"})
    assert [s.title for s in found.signatures] == ["GIÁM ĐỐC"]


def test_explanations_below_the_signers_and_on_a_worksheet_of_their_own() -> None:
    cells: dict[str, str | float] = {
        "H33": "GIÁM ĐỐC", "H34": "(Ký tên)", "A40": "Giải thích biểu:", "A41": "Cột 1 = Cột (2+3)",
    }  # fmt: skip
    other = sheet({"A1": "GIẢI THÍCH BIỂU MẪU SỐ 10b", "A2": "1.", "B2": "Khái niệm, phương pháp tính"})
    found = read_words(sheet(cells), [area(TABLE)], [other, sheet({"A1": "Danh mục xã"}, name="DM")])
    assert found.explanations == ("Cột 1 = Cột (2+3)", "1. Khái niệm, phương pháp tính")
    assert found.notes == ()


@pytest.mark.parametrize(
    ("text", "expected", "kinds"),
    [
        ("Ghi chú: ……", "Ghi chú: {a}", "text"),
        ("Cột 2:.......; Cột 3:.......", "Cột 2:{a}; Cột 3:{b}", "count count"),
        (
            "Số công chứng viên là .... công chứng viên.",
            "Số công chứng viên là {a} công chứng viên.",
            "count",
        ),
        ("Tính đến ngày …/…/…", "Tính đến ngày {a}", "date"),
        ("Các đơn vị báo cáo đủ. Không bỏ trống.", "Các đơn vị báo cáo đủ. Không bỏ trống.", ""),
        ("Tổng hợp của ____ xã", "Tổng hợp của {a} xã", "count"),
    ],
)
def test_dots_in_notes_are_typed_slots(text: str, expected: str, kinds: str) -> None:
    note = note_of(text, iter("abc"))
    assert note.text == expected
    assert " ".join(slot.kind for slot in note.slots) == kinds


def test_a_slot_is_named_by_the_words_beside_it() -> None:
    note = note_of("Cột 2: ……; tổng hợp từ …/… tổ chức hành nghề.", iter("abc"))
    assert [slot.label for slot in note.slots] == ["Cột 2", "tổ chức hành nghề", "tổ chức hành nghề"]


def test_titles_units_and_notes_between_two_tables_of_one_form() -> None:
    cells: dict[str, str | float] = {
        "A1": "Biểu số: 17c", "A3": "KẾT QUẢ CHỨNG THỰC", "A4": "I. KẾT QUẢ TẠI PHÒNG TƯ PHÁP",
        "E4": "Đơn vị tính: Việc", "A12": "* Số liệu đến hết kỳ.", "A13": "II. KẾT QUẢ TẠI CẤP XÃ",
    }  # fmt: skip
    found = read_words(sheet(cells, "A3:E3 A13:E13"), [area("A5:E10"), area("A14:E20")], [])
    assert found.title == "KẾT QUẢ CHỨNG THỰC"
    assert found.table_titles == {0: "I. KẾT QUẢ TẠI PHÒNG TƯ PHÁP", 1: "II. KẾT QUẢ TẠI CẤP XÃ"}
    assert found.unit_of_measure == "Việc"
    assert [note.text for note in found.notes] == ["* Số liệu đến hết kỳ."]


def test_every_guess_and_problem_has_its_text() -> None:
    found = words(stacked("A", LEFT) | stacked("E", CENTRE) | {"A33": "Ghi chú: ……", "H35": "GIÁM ĐỐC"})
    told = [(guess.code, guess.params) for guess in found.guesses]
    told += [(problem.code, problem.params) for problem in (*found.problems, *words({}).problems)]
    for code, params in told:
        assert messages.text(code, "vi", **params)


# what the layout draws is read back


@settings(max_examples=25, deadline=None)
@given(forms())
def test_the_words_of_a_drawn_form_are_read_back(
    tmp_path_factory: pytest.TempPathFactory, form: Form
) -> None:
    from judapp.excel.blank import read_blank

    rows = sample_plan(form).rows
    drawn = layout(form, rows, Heading())
    path = tmp_path_factory.mktemp("blank") / "form.xlsx"
    path.write_bytes(blank(drawn, plan_of(form, rows)))
    (found,) = read_blank(path)[:1]
    areas = [Area(b.first_head_row, 1, b.last_row, drawn.last_column) for b in drawn.bands]
    said = read_words(found, areas, [])
    assert (said.number, said.circular, said.title) == (form.number, form.circular, form.title)
    assert (said.unit_of_measure, said.period_line) == (form.unit_of_measure, form.period_line)
    assert said.estimate == form.estimate
    assert said.explanations == form.explanations
    assert said.signatures == form.signatures
    assert len(said.notes) == len(form.notes)
    assert dict(said.table_titles) == {i: t.title for i, t in enumerate(form.tables) if t.title}
    if form.levels:
        assert said.levels[0].reporter == form.levels[0].reporter
        assert said.levels[0].deadlines == form.levels[0].deadlines


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Người lập biểu GIÁM ĐỐC\n(Ký, ghi rõ họ, tên) (Ký, đóng dấu)", ["Người lập biểu", "GIÁM ĐỐC"]),
        ("Người lập biểu TM. ỦY BAN NHÂN DÂN CHỦ TỊCH", ["Người lập biểu", "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH"]),
        ("TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH\n(Ký)", ["TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH"]),
        ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", ["KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC"]),
    ],
)
def test_signers_side_by_side_in_one_cell(text: str, titles: list[str]) -> None:
    found = words({"A33": text}, "A33:H33")
    assert [signer.title for signer in found.signatures] == titles


def test_a_place_to_sign_without_title_is_asked() -> None:
    found = words({"A33": "Người lập biểu", "D33": "Người kiểm tra", "H33": "…, ngày… tháng… năm….."})
    assert [signer.date_line for signer in found.signatures] == [None, None]
    assert "LRW-signer-no-title" in [problem.code for problem in found.problems]
