"""The workbook a base unit fills in: what is open, what is checked, what reckons, what it says of itself."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from judapp.domain.catalogue import Column, Note, Signature, Slot, Table
from judapp.domain.layout import Heading, Layout, layout
from judapp.domain.rows import RepeatedUnit, expand
from judapp.domain.shape import plan_of
from judapp.excel.fill import template
from judapp.excel.identity import Identity, read_identity
from tests.domain import builders
from tests.domain.builders import TOTAL, column, keyed, offices

FORM = builders.form(
    tables=[
        Table(
            stub=(Column(label="Đơn vị", code="A"),),
            columns=(
                column("1", "Số việc"),
                column("2", "Số tiền", kind="money"),
                column("3", "Cộng"),
                column("4", "Tỷ lệ", kind="rate"),
                column("5", "Mức", kind="text", choices=("", "trên", "khoảng")),
                column("6", "Ghi chú", kind="text"),
            ),
            rows=(TOTAL, offices()),
        )
    ],
    computed=["[tong] = sum([*])", "c3 = c1 + c2"],
    notes=(Note(text="Từ {nhan} tổ chức", slots=(Slot(key="nhan"),)),),
    signatures=(Signature(title="GIÁM ĐỐC", date_line="…, ngày …"),),
)
UNITS = [RepeatedUnit("a", "VPCC A"), RepeatedUnit("b", "VPCC B")]
IDENTITY = Identity("f" * 64, "u1", "2026-H1", "abc")


def laid() -> Layout:
    [table] = FORM.tables
    return layout(FORM, {"": expand(table, lambda _: UNITS)}, Heading())


def made(of: Layout, identity: Identity = IDENTITY) -> bytes:
    return template(of, plan_of(of.form, of.rows), identity)


def opened(of: Layout) -> Worksheet:
    [sheet] = load_workbook(io.BytesIO(made(of))).worksheets
    return sheet


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def test_entry_cells_are_open_and_everything_else_is_protected_without_password() -> None:
    of = laid()
    sheet = opened(of)
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    for (_, row, name), position in of.cells.items():
        entered = (row != "tong" and name != "3") or (row == "tong" and name in ("4", "5", "6"))
        assert sheet.cell(*position).protection.locked == (not entered), (row, name)
    for item in of.items:
        by_hand = item.role == "place_and_date" or (item.box.row, item.box.column) in of.slots.values()
        assert sheet.cell(item.box.row, item.box.column).protection.locked == (not by_hand), item


def test_numbers_are_checked_and_signs_of_states_let_through_with_a_warning_only() -> None:
    of = laid()
    sheet = opened(of)
    rules = sheet.data_validations.dataValidation
    assert {rule.errorStyle for rule in rules} == {"warning"}
    checked = {
        (row, name): [rule for rule in rules if sheet.cell(*position).coordinate in rule.sqref]
        for (_, row, name), position in of.cells.items()
    }
    for (_, name), own in checked.items():
        assert len(own) <= 1, name
    assert "INT(" in checked["#a", "1"][0].formula1
    assert "INT(" in checked["#b", "2"][0].formula1
    assert "INT(" not in checked["#a", "4"][0].formula1
    assert all('="-"' in checked["#a", name][0].formula1 for name in ("1", "4"))
    assert all('="…"' in checked["#a", name][0].formula1 for name in ("1", "4"))
    assert checked["#a", "5"][0].type == "list"
    assert checked["#a", "5"][0].formula1 == '"trên,khoảng"'
    assert checked["#a", "6"] == checked["#a", "3"] == checked["tong", "1"] == []


def test_computed_cells_are_formulas_that_reckon_what_the_program_reckons() -> None:
    of = laid()
    sheet = opened(of)
    entered = {
        f"{row} c{name}": f"{tens}{name}" for tens, row in ((1, "#a"), (2, "#b")) for name in ("1", "2")
    }
    resolved = builders.sheet(FORM, entered, outside=builders.Outside(units_of_plan=UNITS))
    figures = {sheet.cell(*of.cells[key]).coordinate: int(text) for key, text in keyed(entered).items()}

    def by_excel(coordinate: str) -> int:
        if coordinate in figures:
            return figures[coordinate]
        formula = re.fullmatch(r"=SUM\(([A-Z]+\d+(?::[A-Z]+\d+)?)\)", str(sheet[coordinate].value))
        assert formula, sheet[coordinate].value
        bounds = range_boundaries(formula[1])
        cells = list(sheet.iter_rows(bounds[1], bounds[3], bounds[0], bounds[2]))
        return sum(by_excel(cell.coordinate) for row in cells for cell in row)

    reckoned = {
        (row, name): by_excel(sheet.cell(*position).coordinate)
        for (_, row, name), position in of.cells.items()
        if (row == "tong" and name in ("1", "2", "3")) or name == "3"
    }
    assert reckoned["tong", "3"] == 11 + 12 + 21 + 22
    assert reckoned == {(row, name): resolved["", row, name].value.number for row, name in reckoned}


def test_hidden_names_say_form_unit_period_and_checksum_and_are_read_again(tmp_path: Path) -> None:
    odd = Identity("f" * 64, 'u"1', "2026-H1", "c")
    path = tmp_path / "mẫu.xlsx"
    path.write_bytes(made(laid(), odd))
    names = load_workbook(path).defined_names
    assert {f"judapp_{name}" for name in ("form", "unit", "period", "checksum")} <= set(names)
    assert all(names[name].hidden for name in names if name.startswith("judapp_"))
    assert read_identity(path) == odd
    Workbook().save(tmp_path / "khác.xlsx")
    assert read_identity(tmp_path / "khác.xlsx") is None


def test_nothing_in_it_is_newer_than_excel_2007() -> None:
    found = parts(made(laid()))
    assert not [name for name in found if "vba" in name.casefold() or name.endswith(".bin")]
    sheet = found["xl/worksheets/sheet1.xml"]
    assert "extLst" not in sheet
    assert "_xlfn" not in sheet
    formulas = " ".join(re.findall(r"<(?:f|formula1)>(.*?)</", sheet))
    used = set(re.findall(r"([A-Z]{2,})\(", formulas))
    assert "SUM" in used
    assert used <= {"SUM", "IF", "ISNUMBER", "INT", "OR"}
