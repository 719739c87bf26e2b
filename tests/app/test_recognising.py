"""Form, unit and period of a worksheet: exact or asked, with where each was read, and remembered."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from judapp.app.import_candidates import NEEDS_MAPPING, READY, REJECTED, UNRECOGNISED, Candidate, Wish
from judapp.app.import_columns import column_study, pair_columns
from judapp.app.import_evidence import evidence_text
from judapp.app.import_units import unit_offers
from judapp.app.importing import apply_import, assign, preview
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.errors import JudappError
from judapp.messages import text
from tests.excel.drawn_blanks import drawn_blank
from tests.practice_sheets import practice_file

H1 = Period(2024, "H1")
COMMUNE = "Xã Thực Hành 021"
CERTIFIED = "17a/BTP/HTQTCT/CT"
"""A form of one row without column numbers that communes report."""
NOTARIES = "12a/BTP/BTTP/CC"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("thực hành") / "a.sqlite"
    practice_file(path, figures=False).close()
    return path


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(Path(shutil.copy(made, tmp_path / "a.sqlite"))) as opened:
        yield opened


class Sent:
    """A form as a commune sends it: a blank with figures, its header typed over."""

    def __init__(self, workspace: Workspace, folder: Path, form: str = CERTIFIED) -> None:
        version = next(v for v in workspace.versions.values() if v.form.number == form)
        self.path = folder / "bieu.xlsx"
        self.path.write_bytes(drawn_blank(version.form))
        self.book = load_workbook(self.path)
        for name in list(self.book.defined_names):
            del self.book.defined_names[name]
        self.sheet.title = "Sheet1"
        self.type("Từ ngày", "")
        self.type("(Từ ngày", "")
        self.type("Đơn vị báo cáo", f"Đơn vị báo cáo: UBND {COMMUNE}")
        self.type("Kỳ báo cáo", "Kỳ báo cáo: 6 tháng đầu năm 2024")

    @property
    def sheet(self) -> Worksheet:
        return self.book.worksheets[0]

    def type(self, beginning: str, words: str) -> str:
        """Type over the cell that begins so; its address."""
        for row in self.sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith(beginning):
                    cell.value = words
                    return str(cell.coordinate)
        return ""

    def fill(self, head: str, *values: int) -> None:
        """Figures below the heads, from the one that begins so on."""
        for row in self.sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith(head):
                    for column, value in enumerate(values):
                        self.sheet.cell(cell.row + 1, cell.column + column, value)
                    return

    def save(self, name: str = "bieu.xlsx") -> Path:
        path = self.path.with_name(name)
        self.book.save(path)
        return path


@pytest.fixture
def sent(workspace: Workspace, tmp_path: Path) -> Sent:
    own = Sent(workspace, tmp_path)
    own.fill("Chứng thực bản sao", 4, 5, 6)
    return own


def only(workspace: Workspace, path: Path, wish: Wish | None = None) -> Candidate:
    [candidate] = preview(workspace, [path], wish)
    return candidate


def codes(candidate: Candidate) -> list[str]:
    return [finding.code for finding in candidate.findings]


def name(workspace: Workspace, candidate: Candidate) -> str:
    return workspace.units.latest(candidate.unit.uid).name if candidate.unit else ""


# form


def test_everything_printed_is_taken_with_its_cells(workspace: Workspace, sent: Sent) -> None:
    found = only(workspace, sent.save())
    assert (found.status, codes(found), len(found.changes)) == (READY, [], 3)
    assert {what: evidence_text(own) for what, own in found.evidence.items()} == {
        "form": "ở ô A1",
        "unit": "ở ô C1",
        "period": "ở ô B4",
    }


@pytest.mark.parametrize(
    ("printed", "source", "told"),
    [
        ("Biểu 17a", "cell", ["MAP-041"]),
        ("Biểu số: 17 a / BTP – HTQTCT-CT", "cell", []),
        ("Mẫu số 17a", "cell", []),
        ("", "columns", ["MAP-041"]),
    ],
)  # fmt: skip
def test_a_number_in_any_habit_or_none_where_the_columns_fit(
    workspace: Workspace, sent: Sent, printed: str, source: str, told: list[str]
) -> None:
    sent.type("Biểu số", printed)
    found = only(workspace, sent.save())
    assert (found.status, found.form.number, codes(found)) == (READY, CERTIFIED, told)
    assert found.evidence["form"].source == source


def test_a_number_in_the_sheets_or_files_name_must_be_borne_out(workspace: Workspace, sent: Sent) -> None:
    sent.type("Biểu số", "")
    found = only(workspace, sent.save("17a xa.xlsx"))
    assert (found.form.number, found.evidence["form"].source) == (CERTIFIED, "file")
    sent.sheet.title = "Bieu 17a"
    found = only(workspace, sent.save())
    assert (found.form.number, found.evidence["form"].source) == (CERTIFIED, "sheet")
    sent.sheet.title = "17a_BTP_HTQTCT_CT"
    assert only(workspace, sent.save()).evidence["form"].text == "17a/btp/htqtct/ct"
    sent.type("Chứng thực bản sao", "Số bản")
    found = only(workspace, sent.save())
    assert (found.status, codes(found)) == (UNRECOGNISED, ["MAP-001"])
    assert "chỉ 2/3 cột khớp" in text("MAP-001", **found.findings[0].params)
    assert (found.offers[0].number, found.offers[0].reason()) == (CERTIFIED, "khớp 2/3 cột")


def test_a_chosen_form_is_taken(workspace: Workspace, sent: Sent) -> None:
    sent.type("Biểu số", "Biểu số: 99z/TP")
    found = preview(workspace, [sent.save()])
    assert (found[0].status, codes(found[0])) == (UNRECOGNISED, ["MAP-014"])
    assert found[0].offers[0].whole
    [chosen] = assign(workspace, found, [0], form=CERTIFIED)
    assert (chosen.status, chosen.evidence["form"].source) == (READY, "hand")


def test_forms_that_fit_equally_are_offered_and_none_taken(workspace: Workspace, tmp_path: Path) -> None:
    own = Sent(workspace, tmp_path, "1")
    own.type("Biểu số", "")
    own.type("KẾT QUẢ THI HÀNH", "")
    own.type("Kỳ báo cáo", "")
    found = only(workspace, own.save())
    assert (found.status, codes(found)) == (UNRECOGNISED, ["MAP-040"])
    assert {offer.number for offer in found.offers if offer.whole} == {"1", "01/TK-THA", "2"}


def test_a_short_number_of_two_forms_goes_by_columns_or_is_asked(
    workspace: Workspace, tmp_path: Path
) -> None:
    own = Sent(workspace, tmp_path, "10a/TP/CC")
    own.type("Biểu số", "Biểu số: 10a")
    own.type("Kỳ báo cáo", "")
    assert only(workspace, own.save()).form.number == "10a/TP/CC"
    for row in own.sheet.iter_rows(min_row=8):
        for cell in row:
            if cell.value in ("(1)", "(2)"):
                cell.value = None
    found = only(workspace, own.save())
    assert (found.status, codes(found)) == (UNRECOGNISED, ["MAP-030"])
    assert all(offer.printed for offer in found.offers)


def test_the_columns_of_another_form_are_a_refusal_that_says_so(workspace: Workspace, tmp_path: Path) -> None:
    own = Sent(workspace, tmp_path, NOTARIES)
    own.type("Biểu số", "Biểu số: 10a/TP/CC")
    own.type("Kỳ báo cáo", "Kỳ báo cáo: 6 tháng đầu năm 2026")
    own.type("Đơn vị báo cáo", "Đơn vị báo cáo: VPCC Thực Hành 06")
    own.fill("(1)", *range(1, 12))
    found = only(workspace, own.save())
    assert (found.status, codes(found), found.changes) == (REJECTED, ["MAP-043"], [])
    assert found.findings[0].params["other"] == NOTARIES


def test_a_former_version_is_told_with_the_one_in_force(workspace: Workspace, tmp_path: Path) -> None:
    own = Sent(workspace, tmp_path, NOTARIES)
    own.type("Kỳ báo cáo", "Kỳ báo cáo: 6 tháng đầu năm 2026")
    found = only(workspace, own.save())
    assert (found.status, codes(found)) == (REJECTED, ["MAP-044"])
    assert found.findings[0].params["now"] == "10a/TP/CC"


def test_two_forms_on_one_sheet_are_a_finding(workspace: Workspace, sent: Sent, tmp_path: Path) -> None:
    (tmp_path / "khác").mkdir()
    other = Sent(workspace, tmp_path / "khác", "11a/BTP/HCTP/HT/KSKT").sheet
    for row in other.iter_rows():
        for cell in row:
            if cell.value is not None:
                sent.sheet.cell(cell.row + 30, cell.column, cell.value)
    found = only(workspace, sent.save())
    assert (found.status, codes(found)) == (UNRECOGNISED, ["MAP-025"])


def test_several_forms_in_one_workbook_are_several_candidates(workspace: Workspace, sent: Sent) -> None:
    copy = sent.book.copy_worksheet(sent.sheet)
    copy.title = "Hai"
    half = sent.book.copy_worksheet(sent.sheet)
    half.title = "Nửa"
    guide = sent.book.create_sheet("Hướng dẫn")
    guide["A1"] = "Điền đủ các cột."
    for row in half.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith(("Biểu số", "Chứng thực bản sao")):
                cell.value = "Khác"
    found = preview(workspace, [sent.save()])
    assert [(c.sheet, c.version is not None) for c in found] == [
        ("Sheet1", True),
        ("Hai", True),
        ("Nửa", False),
    ]


# unit


@pytest.mark.parametrize(
    "printed", ["Đơn vị gửi: xa THUC HANH 021", "Tên đơn vị: Thực Hành 021", f"UBND {COMMUNE}"]
)
def test_the_unit_is_read_in_every_habit(workspace: Workspace, sent: Sent, printed: str) -> None:
    sent.type("Đơn vị báo cáo", printed)
    assert name(workspace, only(workspace, sent.save())) == COMMUNE


def test_a_blank_that_names_nobody_leaves_the_names_of_file_and_sheet(
    workspace: Workspace, sent: Sent
) -> None:
    sent.type("Đơn vị báo cáo", "Đơn vị báo cáo: Ủy ban nhân dân xã/phường/thị trấn")
    found = only(workspace, sent.save())
    assert (found.status, codes(found)) == (REJECTED, ["MAP-046"])
    found = only(workspace, sent.save("Thuc Hanh 021 (sua).xlsx"))
    assert (name(workspace, found), codes(found)) == (COMMUNE, ["MAP-031"])
    assert evidence_text(found.evidence["unit"]) == "theo tên tệp"
    sent.sheet.title = "xã Thực Hành 021"
    found = only(workspace, sent.save())
    assert (name(workspace, found), found.evidence["unit"].source) == (COMMUNE, "sheet")
    found = only(workspace, sent.save("Thuc Hanh 039.xlsx"))  # file and sheet say two
    assert (found.unit, codes(found)) == (None, ["MAP-046"])


def test_the_place_of_the_date_line_names_a_commune(workspace: Workspace, sent: Sent) -> None:
    sent.type("Đơn vị báo cáo", "")
    sent.type("....", "Thực Hành 021, ngày 06 tháng 6 năm 2024")
    found = only(workspace, sent.save())
    assert (name(workspace, found), found.evidence["unit"].text) == (COMMUNE, "Thực Hành 021")


def test_the_header_counts_against_the_files_name_and_both_are_named(
    workspace: Workspace, sent: Sent
) -> None:
    found = only(workspace, sent.save("xa Thuc Hanh 039.xlsx"))
    assert (name(workspace, found), codes(found)) == (COMMUNE, ["MAP-033"])
    assert found.findings[0].params["other"] == "Xã Thực Hành 039"


def test_an_unknown_office_in_the_letterhead_is_asked_not_passed_over(
    workspace: Workspace, sent: Sent
) -> None:
    sent.type("Đơn vị báo cáo", "UBND XÃ KHÔNG CÓ")
    found = only(workspace, sent.save("Thuc Hanh 021.xlsx"))
    assert (found.unit, codes(found)) == (None, ["MAP-006"])
    offers = unit_offers(workspace, found, H1)
    assert [(own.name, own.reason) for own in offers if own.likely] == [(COMMUNE, "theo tên tệp")]
    found = only(workspace, sent.save())
    assert not any(own.likely for own in unit_offers(workspace, found, H1))


def test_a_former_unit_is_itself_before_the_merger_and_a_suggestion_after(
    workspace: Workspace, tmp_path: Path
) -> None:
    own = Sent(workspace, tmp_path)
    own.type("Đơn vị báo cáo", "Đơn vị báo cáo: UBND xã Thực Hành 004 A")
    assert name(workspace, only(workspace, own.save())) == "Xã Thực Hành 004 A"
    later = Sent(workspace, tmp_path, "PL-STP")
    later.type("Đơn vị báo cáo", "Đơn vị báo cáo: UBND xã Thực Hành 004 A")
    later.type("Kỳ báo cáo", "Kỳ báo cáo: 6 tháng đầu năm 2026")
    found = only(workspace, later.save())
    assert (found.unit, codes(found)) == (None, ["MAP-035"])
    likely = [own for own in unit_offers(workspace, found, Period(2026, "H1")) if own.likely]
    assert [(own.name, own.reason) for own in likely] == [
        (found.findings[0].params["into"], "Xã Thực Hành 004 A đã nhập vào")
    ]


def test_a_name_that_fits_two_units_is_asked_with_both(workspace: Workspace, sent: Sent) -> None:
    sent.type("Đơn vị báo cáo", "Đơn vị báo cáo: thuc HANH 01")
    found = only(workspace, sent.save())
    assert (found.status, found.unit, codes(found)) == (REJECTED, None, ["MAP-002"])
    assert "gần giống 2 đơn vị" in text("MAP-002", **found.findings[0].params)
    likely = {own.name: own.reason for own in unit_offers(workspace, found, H1) if own.likely}
    assert likely == {
        "Huyện Thực Hành 01": "tên ở ô C1",
        "Văn phòng công chứng Thực Hành 01": "tên ở ô C1",
    }


@pytest.mark.parametrize("printed", ["UBND xã", "Ủy ban nhân dân xã", "Xã", "UBND", "1"])
def test_a_name_that_names_nobody_is_none_and_is_not_remembered(
    workspace: Workspace, sent: Sent, printed: str
) -> None:
    sent.type("Đơn vị báo cáo", f"Đơn vị báo cáo: {printed}")
    found = preview(workspace, [sent.save()])
    assert codes(found[0]) == ["MAP-046"]
    uid = next(own.uid for own in workspace.units if workspace.units.latest(own.uid).name == COMMUNE)
    [chosen] = assign(workspace, found, [0], unit=uid, remember=True)
    assert (chosen.status, chosen.memory) == (READY, ())


def test_a_remembered_unit_against_the_files_name_is_asked(workspace: Workspace, sent: Sent) -> None:
    sent.type("Đơn vị báo cáo", "Đơn vị báo cáo: UBND xã T. Hành")
    uid = next(own.uid for own in workspace.units if workspace.units.latest(own.uid).name == COMMUNE)
    found = preview(workspace, [sent.save()])
    apply_import(workspace, assign(workspace, found, [0], unit=uid, remember=True))
    assert codes(only(workspace, sent.save("b.xlsx"))) == ["MAP-032"]
    assert codes(only(workspace, sent.save("xa Thuc Hanh 039.xlsx"))) == ["MAP-006"]


def test_a_files_name_names_only_units_that_report_the_form(workspace: Workspace, sent: Sent) -> None:
    sent.type("Đơn vị báo cáo", "")
    assert codes(only(workspace, sent.save("VPCC Thuc Hanh 06.xlsx"))) == ["MAP-046"]


def test_without_a_number_everything_must_fit(workspace: Workspace, sent: Sent) -> None:
    sent.type("Biểu số", "")
    sent.sheet["D9"], sent.sheet["D10"] = "Cột riêng", 7
    found = preview(workspace, [sent.save()])
    assert (found[0].status, codes(found[0])) == (UNRECOGNISED, ["MAP-023", "MAP-052"])
    [chosen] = assign(workspace, found, [0], form=CERTIFIED)
    assert (chosen.status, codes(chosen)) == (READY, ["MAP-023"])
    sent.sheet["D9"] = sent.sheet["D10"] = None
    sent.type("Đơn vị báo cáo", "Đơn vị báo cáo: VPCC Thực Hành 06")
    assert only(workspace, sent.save()).status == UNRECOGNISED


def test_a_form_within_another_is_not_taken_by_columns(workspace: Workspace, tmp_path: Path) -> None:
    own = Sent(workspace, tmp_path, "17b/BTP/HTQTCT/CT")
    own.type("Biểu số", "")
    own.type("KẾT QUẢ CHỨNG THỰC CỦA", "")
    found = only(workspace, own.save())
    assert (found.status, codes(found)) == (UNRECOGNISED, ["MAP-040"])
    own.sheet.title = "17a"
    assert only(workspace, own.save()).status == UNRECOGNISED


def test_a_unit_of_a_kind_that_does_not_report_the_form_is_told(workspace: Workspace, sent: Sent) -> None:
    sent.type("Đơn vị báo cáo", "Đơn vị báo cáo: Sở Tư pháp tỉnh Thực Hành")
    found = only(workspace, sent.save())
    assert (name(workspace, found), codes(found)) == ("Tỉnh Thực Hành", ["MAP-045"])


def test_other_marks_are_told(workspace: Workspace, sent: Sent) -> None:
    sent.type("Đơn vị báo cáo", "Đơn vị báo cáo: UBND xã Thúc Hành 021")
    found = only(workspace, sent.save())
    assert (name(workspace, found), codes(found)) == (COMMUNE, ["MAP-034"])


def test_a_unit_said_of_all_files_must_be_the_one_printed(workspace: Workspace, sent: Sent) -> None:
    assert codes(only(workspace, sent.save(), Wish(unit="TH039"))) == ["MAP-012"]
    found = only(workspace, sent.save(), Wish(unit="TH021"))
    assert (found.status, found.evidence["unit"].source) == (READY, "wish")


# period


@pytest.mark.parametrize(
    ("period", "days", "code"),
    [
        ("Kỳ báo cáo: Quý I/2024", "", "MAP-037"),
        ("Kỳ báo cáo: 6 tháng đầu năm 2024", "(Từ ngày 01/01/2024 đến ngày 31/12/2024)", "MAP-038"),
        ("Kỳ báo cáo: 6 tháng đầu năm 2024", "(Từ ngày 01/02/2023 đến ngày 30/6/2023)", "MAP-038"),
        ("Kỳ báo cáo: 6 tháng đầu năm 2024", "(Từ ngày 01/9/2023 đến ngày 02/6/2024)", "MAP-038"),
        ("Kỳ báo cáo: 6 tháng đầu năm 2024", "(Từ ngày 01/6/2024 đến ngày 02/5/2024)", "MAP-038"),
        ("Kỳ báo cáo: năm 2024", "(Từ ngày 01/6/2024 đến ngày 02/7/2024)", "MAP-038"),
        ("", "(Từ ngày 01/01/2024 đến ngày 31/12/2024)", "MAP-042"),
        ("", "(Từ ngày 05/01/2024 đến ngày 31/12/2024)", "MAP-007"),
    ],
)
def test_what_is_no_clear_period_is_asked(
    workspace: Workspace, sent: Sent, period: str, days: str, code: str
) -> None:
    sent.type("Kỳ báo cáo", f"{period}\n{days}")
    found = preview(workspace, [sent.save()])
    assert (found[0].status, codes(found[0]), found[0].changes) == (REJECTED, [code], [])
    [said] = assign(workspace, found, [0], period=H1)
    assert (said.status, said.period, said.evidence["period"].source) == (READY, H1, "hand")


def test_days_alone_say_the_period_where_one_round_has_them(workspace: Workspace, sent: Sent) -> None:
    sent.type("Kỳ báo cáo", "(Từ ngày 01 tháng 01 năm 2024 đến ngày 30 tháng 6 năm 2024)")
    found = only(workspace, sent.save())
    assert (found.period, codes(found), found.evidence["period"].source) == (H1, ["MAP-039"], "days")
    assert codes(only(workspace, sent.save(), Wish(Period(2023, "H1"))))[-1] == "MAP-003"


def test_the_period_of_all_files_decides_between_two_and_fills_in_none(
    workspace: Workspace, sent: Sent
) -> None:
    sent.type("Kỳ báo cáo", "(Từ ngày 01/01/2024 đến ngày 31/12/2024)")
    found = only(workspace, sent.save(), Wish(Period(2024, "Y")))
    assert (found.status, found.period) == (READY, Period(2024, "Y"))
    sent.type("(Từ ngày", "")
    found = only(workspace, sent.save(), Wish(H1))
    assert (found.period, found.evidence["period"].source) == (H1, "wish")


def test_enforcement_days_must_lie_in_their_year(workspace: Workspace, tmp_path: Path) -> None:
    own = Sent(workspace, tmp_path, "1")
    own.type(
        "Kỳ báo cáo", "Kỳ báo cáo: 6 tháng năm thi hành án 2026\n(Từ ngày 01/10/2024 đến ngày 31/3/2025)"
    )
    assert codes(only(workspace, own.save())) == ["MAP-038"]


# memory


def test_a_chosen_unit_is_remembered_for_exactly_that_name(workspace: Workspace, sent: Sent) -> None:
    sent.type("Đơn vị báo cáo", "Đơn vị báo cáo: UBND xã T. Hành 021")
    found = preview(workspace, [sent.save()])
    assert codes(found[0]) == ["MAP-006"]
    uid = next(own.uid for own in workspace.units if workspace.units.latest(own.uid).name == COMMUNE)
    once = assign(workspace, found, [0], unit=uid)
    assert once[0].memory == ()
    apply_import(workspace, assign(workspace, found, [0], unit=uid, remember=True))
    sent.fill("Chứng thực bản sao", 7, 8, 9)
    again = only(workspace, sent.save("b.xlsx"))
    assert (name(workspace, again), codes(again)) == (COMMUNE, ["MAP-032"])
    assert again.evidence["unit"].source == "memory"
    sent.type("Đơn vị báo cáo", "Đơn vị báo cáo: UBND xã T Hành 021")
    assert codes(only(workspace, sent.save("b.xlsx"))) == ["MAP-006"]
    workspace.undo()
    sent.type("Đơn vị báo cáo", "Đơn vị báo cáo: UBND xã T. Hành 021")
    assert codes(only(workspace, sent.save("b.xlsx"))) == ["MAP-006"]


def paired(workspace: Workspace, candidate: Candidate, **pairs: int) -> object:
    study = column_study(workspace, candidate, CERTIFIED)
    [table] = study.tables
    absent = [leaf.name for leaf in table.leaves if leaf.name not in pairs]
    return pair_columns(table, table.row, {column: leaf for leaf, column in pairs.items()}, {}, absent)


def test_paired_columns_are_remembered_for_the_look(workspace: Workspace, sent: Sent) -> None:
    sent.type("Chứng thực bản sao", "Số bản sao")
    sent.fill("Số bản sao", 4, 5, 6)
    found = preview(workspace, [sent.save()])
    assert (found[0].status, codes(found[0]), found[0].changes) == (NEEDS_MAPPING, ["MAP-005"], [])
    columns = (paired(workspace, found[0], _sao=1, _ky=2),)
    chosen = assign(workspace, found, [0], columns=columns, remember=True)
    assert (chosen[0].status, [c.key[2] for c in chosen[0].changes]) == (READY, ["_sao", "_ky"])
    assert codes(chosen[0]) == ["MAP-023"]  # the figure of the third column is told
    apply_import(workspace, chosen)
    sent.type("Đơn vị báo cáo", "Đơn vị báo cáo: UBND xã Thực Hành 039")
    sent.sheet.insert_rows(8)
    other = only(workspace, sent.save("b.xlsx"))
    assert (other.status, codes(other)) == (READY, ["MAP-023", "MAP-036"])
    other_way = (paired(workspace, found[0], _sao=2, _ky=1),)
    said = assign(workspace, [other], [0], columns=other_way, remember=True)
    apply_import(workspace, said)
    sent.type("Đơn vị báo cáo", "Đơn vị báo cáo: UBND xã Thực Hành 057")
    assert only(workspace, sent.save("c.xlsx")).status == NEEDS_MAPPING  # two senders mean two things
    sent.type("Đơn vị báo cáo", "Đơn vị báo cáo: UBND xã Thực Hành 039")
    assert only(workspace, sent.save("c.xlsx")).columns[0].columns == ((1, "_ky"), (2, "_sao"))
    sent.type("Số bản sao", "Số bản đã sao")
    assert only(workspace, sent.save("c.xlsx")).status == NEEDS_MAPPING  # another head


# columns by hand


def test_a_pairing_is_one_to_one_and_leaves_nothing_open(workspace: Workspace, sent: Sent) -> None:
    found = only(workspace, sent.save())
    [table] = column_study(workspace, found, CERTIFIED).tables
    assert [(offer.column, offer.name, offer.sure, offer.reason) for offer in table.offers] == [
        (1, "_sao", True, "cùng đầu cột"),
        (2, "_ky", True, "cùng đầu cột"),
        (3, "_hop_dong", True, "cùng đầu cột"),
    ]
    assert table.leaves[0].path == ("Chứng thực bản sao",)
    for pairs, absent, code in [
        ({1: "_sao", 2: "_sao"}, ["_ky", "_hop_dong"], "MAP-027"),
        ({1: "_sao", 2: "_ky"}, ["_ky", "_hop_dong"], "MAP-027"),
        ({1: "_sao"}, ["_ky"], "MAP-028"),
        ({77: "_sao"}, ["_ky", "_hop_dong"], "MAP-029"),
        ({1: "lạ"}, ["_sao", "_ky", "_hop_dong"], "MAP-029"),
    ]:  # fmt: skip
        with pytest.raises(JudappError, match=code):
            pair_columns(table, table.row, pairs, {}, absent)
    with pytest.raises(JudappError, match="MAP-029"):
        pair_columns(table, 0, {1: "_sao"}, {}, ["_ky", "_hop_dong"])
    with pytest.raises(JudappError, match="MAP-029"):
        pair_columns(table, table.row, {1: "_sao"}, {2: 0}, ["_ky", "_hop_dong"])


def test_a_study_needs_a_form_and_a_sheet_that_are_there(workspace: Workspace, sent: Sent) -> None:
    found = only(workspace, sent.save())
    with pytest.raises(JudappError, match="FRM-001"):
        column_study(workspace, found, "99z")
    found.period = None
    assert column_study(workspace, found, CERTIFIED).form == CERTIFIED
    with pytest.raises(JudappError, match="FRM-001"):
        column_study(workspace, found, "99z")
    found.sheet = "Khác"
    with pytest.raises(JudappError, match="FIL-007"):
        column_study(workspace, found, CERTIFIED)


def test_a_workbook_without_anything_is_not_recognised(workspace: Workspace, tmp_path: Path) -> None:
    Workbook().save(tmp_path / "a.xlsx")
    found = only(workspace, tmp_path / "a.xlsx")
    assert (found.status, codes(found)) == (UNRECOGNISED, ["MAP-001"])
    assert "không cột nào khớp" in text("MAP-001", **found.findings[0].params)
