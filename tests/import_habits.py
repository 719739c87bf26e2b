"""Workbooks as people send them, one habit each: the makers of ``tests/data/import``."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from judapp.app.workspace import Workspace
from judapp.domain import figure
from judapp.domain.figure import Figure
from judapp.domain.period import Period
from judapp.domain.shape import CellKey
from tests.import_letters import cp1258, tcvn3, vni
from tests.import_pages import Page, Written, csv, ods, xlsb, xlsx
from tests.import_world import page_of, uid

CT, HT, HT13, KSKT = (
    "17a/BTP/HTQTCT/CT",
    "13a/BTP/HTQTCT/HT",
    "13a/BTP/HCTP/HT/KSKTKH",
    "11a/BTP/HCTP/HT/KSKT",
)
CC, PTP = "10a/TP/CC", "17b/BTP/HTQTCT/CT"
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def numbers(*values: int, row: str = "1", table: str = "") -> dict[CellKey, Figure]:
    """Values of the columns (1), (2), … of one row."""
    return {(table, row, str(n)): figure.number(value) for n, value in enumerate(values, start=1)}


CT_FIGURES: Mapping[CellKey, Figure] = {
    ("", "1", "_sao"): figure.number(1204),
    ("", "1", "_ky"): figure.number(356),
    ("", "1", "_hop_dong"): figure.number(78),
}
HT_FIGURES = numbers(*range(101, 123))
CC_FIGURES = numbers(
    5, 120, 80, 8, 40, 4, 352_400_000, 1_500_000, 26_000_000, 0,
    900, 30, 4_500_000, 210, 12, 2_100_000, 25_000_000, 1_250_000,
)  # fmt: skip
HT13_FIGURES = {
    **numbers(64, 33, 31, 60, 3, 1, row="I", table="sinh_tu"),
    **numbers(1, 1, 0, 1, 0, 0, row="II.duoi_1", table="sinh_tu"),
    **numbers(2, 1, 1, 2, 0, 0, row="II.tu_1_den_duoi_5", table="sinh_tu"),
    **numbers(17, 9, 8, 17, 0, 0, row="II.tu_5", table="sinh_tu"),
    **numbers(25, 22, 3, 20, 4, 1, table="ket_hon"),
}
PTP_FIGURES = {
    ("I", "1", column): figure.number(value)
    for column, value in (("_sao", 11), ("_ky", 12), ("_ky_dich", 13), ("_hop_dong", 14))
} | {
    ("II", "#biaX09", column): figure.number(value)
    for column, value in (("_sao", 210), ("_ky", 32), ("_hop_dong", 43))
}  # fmt: skip


def _kskt(workspace: Workspace) -> dict[CellKey, Figure]:
    plan = workspace.plan(
        workspace.version_for(KSKT, Period(2012, "Y")).form, uid(workspace, "X04"), Period(2012, "Y")
    )
    keys = [key for key in plan.spots if key not in plan.computed]
    return {key: figure.number(at) for at, key in enumerate(keys, start=1)}


class _Makers:
    """Tidy pages of the forms habits are shown on."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def ct(self, code: str = "X03", period: str = "2024-Y", name: str = "Sheet1") -> Page:
        return page_of(self._workspace, CT, code, period, CT_FIGURES, name=name)

    def ht(self, code: str = "X03", name: str = "Sheet1") -> Page:
        return page_of(self._workspace, HT, code, "2018-Y", HT_FIGURES, name=name)

    def cc(self, period: str = "2026-H1") -> Page:
        return page_of(self._workspace, CC, "C02", period, CC_FIGURES)

    def kskt(self) -> Page:
        return page_of(self._workspace, KSKT, "X04", "2012-Y", _kskt(self._workspace))

    def ht13(self) -> Page:
        return page_of(self._workspace, HT13, "X01", "2015-Y", HT13_FIGURES)

    def ptp(self) -> Page:
        return page_of(self._workspace, PTP, "P01", "2024-Y", PTP_FIGURES)


def habits(workspace: Workspace) -> dict[str, bytes]:
    """Every habit's file by its name."""
    made = _Makers(workspace)
    return {
        **_places(made), **_numbers(made), **_letters(made), **_names(made), **_periods(made), **_books(made),
        **_formats(made),
    }  # fmt: skip


def _places(made: _Makers) -> dict[str, bytes]:
    """Where things stand."""
    files = {
        "tidy-17a.xlsx": xlsx(made.ct()),
        "tidy-13a.xlsx": xlsx(made.ht()),
        "tidy-11a.xlsx": xlsx(made.kskt()),
    }
    page = made.ht()
    for at, text in page.texts():
        if text.startswith("(") and text[1:-1].isdigit():
            page.put(at, -int(text[1:-1]))
    files["codes-minus.xlsx"] = xlsx(page)
    page = made.ct()
    page.insert_rows(1, 6)
    page.insert_columns(1, 3)
    files["moved.xlsx"] = xlsx(page)
    page = made.kskt()
    page.insert_rows(21)
    page.insert_rows(27, 2)
    page.put((21, 1), "(số liệu do bà Hoa nhập)")
    files["rows-inserted.xlsx"] = xlsx(page)
    page = made.kskt()
    page.swap_rows(20, 22)
    page.swap_rows(24, 25)
    files["rows-sorted.xlsx"] = xlsx(page)
    page = made.kskt()
    page.hidden_rows = {21, 29}
    files["rows-hidden.xlsx"] = xlsx(page)
    page = made.ht()
    page.hidden_columns = {4, 5}
    files["columns-hidden.xlsx"] = xlsx(page)
    page = made.kskt()
    page.insert_columns(4, 2)
    page.put((16, 4), "Tỷ lệ nam (%)")
    page.put((16, 5), "Ghi chú")
    for row in range(20, 23):
        page.put((row, 4), 50.5)
        page.put((row, 5), "xem sổ")
    page.put((20, 9), "kiểm tra lại")
    files["columns-extra.xlsx"] = xlsx(page)
    files["sheet-renamed.xlsx"] = xlsx(made.ct(name="Tổng hợp tháng 12 (bản cuối)"))
    page = made.kskt()
    page.merges += [(20, 2, 20, 3), (24, 5, 25, 5)]
    del page.cells[20, 3], page.cells[25, 5]
    files["merged-body.xlsx"] = xlsx(page)
    page = made.ct()
    page.cells[11, 1] = Written("Ghi chú: số liệu lấy từ sổ chứng thực, 12 việc đang chờ")
    page.cells[20, 2] = Written("Số điện thoại: 0912345678")
    files["notes-below.xlsx"] = xlsx(page)
    files["formatted-to-the-end.xlsx"] = _formatted_to_the_end(made.ct())
    return files


def _formatted_to_the_end(page: Page) -> bytes:
    """A clerk drew borders down to the last row: a million empty rows."""
    from tests.import_pages import parts_of_xlsx, zipped

    parts = parts_of_xlsx([page])
    name = "xl/worksheets/sheet1.xml"
    parts[name] = str(parts[name]).replace("</sheetData>", '<row s="1"/>' * (1_048_576 - 14) + "</sheetData>")
    return zipped(parts)


def _numbers(made: _Makers) -> dict[str, bytes]:
    """How figures are written."""
    files = {}
    page = made.ct()
    page.cells[10, 1] = Written("1\u00a0204")
    page.cells[10, 2] = Written(" 356 ")
    page.cells[10, 3] = Written("78\u202f")
    files["text-nbsp.xlsx"] = xlsx(page)
    page = made.ct()
    page.cells[10, 1] = Written("1.204")
    files["text-ambiguous.xlsx"] = xlsx(page)
    page = made.cc()
    page.cells[page.find("352400000")] = Written("352.400.000")
    page.cells[page.find("1500000")] = Written("1,500,000")
    files["text-separators.xlsx"] = xlsx(page)
    page = made.ct()
    page.cells[10, 1] = Written("1204".translate(FULL_WIDTH))
    files["digits-full-width.xlsx"] = xlsx(page)
    page = made.kskt()
    for cell in page.cells.values():
        if cell.formula:
            cell.value = None
    files["totals-without-values.xlsx"] = xlsx(page)
    page = made.kskt()
    for cell in page.cells.values():
        cell.formula = None
    files["totals-typed.xlsx"] = xlsx(page)
    page = made.ct()
    page.cells[10, 1] = Written(1204, "1000+204")
    page.cells[10, 2] = Written(356, "'[Sổ theo dõi.xlsx]T12'!B4")
    files["figures-as-formulas.xlsx"] = xlsx(page)
    page = made.ct()
    page.cells[10, 1] = Written(None, "1000+204")
    files["figure-formula-without-value.xlsx"] = xlsx(page)
    page = _in_thousands(made.cc())
    page.cells[page.find("Kỳ báo cáo")[0] + 3, 18] = Written("Đơn vị tính: nghìn đồng")
    files["thousands-said.xlsx"] = xlsx(page)
    files["thousands-not-said.xlsx"] = xlsx(_in_thousands(made.cc("2027-H1")))
    page = made.ct()
    page.cells[10, 1] = Written("-")
    page.cells[10, 2] = Written("…")
    files["states.xlsx"] = xlsx(page)
    page = made.ct()
    page.cells[10, 1] = Written("12O4")
    files["letter-for-digit.xlsx"] = xlsx(page)
    page = made.ct()
    page.cells[10, 1] = Written("1204 bản")
    files["unit-behind.xlsx"] = xlsx(page)
    return files


def _in_thousands(page: Page) -> Page:
    for at, cell in page.cells.items():
        if isinstance(cell.value, int) and cell.value >= 1_000_000:
            page.cells[at] = Written(cell.value // 1000)
    return page


def _letters(made: _Makers) -> dict[str, bytes]:
    """How letters are written."""
    files = {}
    for name, spelt in (("tcvn3", tcvn3), ("vni", vni)):
        for form, page in (("17a", made.ct()), ("11a", made.kskt())):
            for at, text in page.texts():
                page.cells[at] = Written(*_two(spelt(text)))
            files[f"{name}-{form}.xlsx"] = xlsx(page)
    page = made.kskt()
    for at, text in page.texts():
        page.put(at, unicodedata.normalize("NFD", text))
    files["nfd.xlsx"] = xlsx(page)
    page = made.kskt()
    for at, text in page.texts():
        page.put(at, text.replace(" ", "\u00a0").replace("Quá", "Qua\u0301").upper())
    files["capitals-nbsp.xlsx"] = xlsx(page)
    return files


def _two(spelt: tuple[str, str]) -> tuple[str, None, str]:
    return spelt[0], None, spelt[1]


def _named(made: _Makers, unit: str) -> Page:
    page = made.ct()
    page.put(page.find("Đơn vị báo cáo"), f"Đơn vị báo cáo: {unit}")
    return page


def _names(made: _Makers) -> dict[str, bytes]:
    """How units are called."""
    files = {
        f"unit-{name}.xlsx": xlsx(_named(made, unit))
        for name, unit in {
            "ubnd": "UBND xã Nghi Lộc",
            "plain": "xa NGHI LOC",
            "short": "Nghi Lộc",
            "dotted": "UBND X. Nghi Lộc",
            "long": "Ủy ban nhân dân xã Nghi Lộc, tỉnh Nghệ An",
            "alike": "Hòa Bình",
            "kind": "UBND phường Hoà Bình",
            "former": "UBND xã Nghi Trung",
            "near": "UBND xã Nghi Lọc",
            "unknown": "UBND xã Thanh Chương",
            "missing": "………",
        }.items()
    }
    files["unit-number.xlsx"] = xlsx(made.ct("X10"))
    files["Bao cao Nghi Loc nam 2024.xlsx"] = xlsx(_named(made, ""))
    files["sheet-name-unit.xlsx"] = xlsx(_renamed(_named(made, ""), "xa Nghi Loc"))
    files["Xa Tan Ky.xlsx"] = xlsx(_named(made, "UBND xã Nghi Lộc"))
    return files


def _renamed(page: Page, name: str) -> Page:
    page.name = name
    return page


def _periods(made: _Makers) -> dict[str, bytes]:
    """How periods are told, and the number of the form left away."""
    files = {}
    page = made.ct(period="2024-H1")
    del page.cells[page.find("Kỳ báo cáo")]
    files["period-dates-half.xlsx"] = xlsx(page)
    page = made.ct()
    del page.cells[page.find("Kỳ báo cáo")]
    files["period-dates-year.xlsx"] = xlsx(page)
    page = made.ct(period="2024-H1")
    page.put(page.find("Kỳ báo cáo"), "Kỳ báo cáo: 6 tháng đầu năm 2025")
    files["period-against-dates.xlsx"] = xlsx(page)
    page = made.ct()
    del page.cells[page.find("Kỳ báo cáo")]
    del page.cells[page.find("Từ ngày")]
    files["period-missing.xlsx"] = xlsx(page)
    for form, page in (("17a", made.ct()), ("13a", made.ht())):
        del page.cells[page.find("Biểu số")]
        files[f"number-missing-{form}.xlsx"] = xlsx(page)
    page = made.ht()
    del page.cells[page.find("(1)")]
    files["one-code-missing.xlsx"] = xlsx(page)
    page = made.ht()
    row = page.find("(2)")[0]
    page.cells = {at: cell for at, cell in page.cells.items() if at[0] != row}
    files["codes-missing.xlsx"] = xlsx(page)
    return files


def _books(made: _Makers) -> dict[str, bytes]:
    """Several worksheets, several tables."""
    page = made.ht13()
    note = next(at for at, text in page.texts() if text.startswith("I. Khai sinh"))
    page.put(note, "I. Khai sinh: Cột 1: 60; Cột 6: 2")
    return {
        "several-forms.xlsx": xlsx(made.ct(name="17a"), made.ht(name="13a")),
        "several-units.xlsx": xlsx(*(made.ct(code, name=code) for code in ("X03", "X04", "X05"))),
        "hidden-sheet-beside.xlsx": xlsx(
            made.ct(), Page("Tính", {(1, 1): Written("nháp"), (2, 2): Written(5)})
        ),
        "two-tables-13a.xlsx": xlsx(page),
        "two-tables-17b.xlsx": xlsx(made.ptp()),
    }


def _formats(made: _Makers) -> dict[str, bytes]:
    """The same in every format."""
    page = made.kskt()
    plain = page.copy()
    for cell in plain.cells.values():
        cell.formula = None
    for at, text in plain.texts():
        plain.put(at, cp1258(text))
    ready = made.kskt()
    for cell in ready.cells.values():
        cell.formula = None
    repeated = made.kskt()
    for row in (20, 21, 22, 24, 25, 27, 28, 29):
        for column in range(2, 7):
            repeated.put((row, column), 7)
    for row, total in ((18, 21), (26, 21)):
        for column in range(2, 7):
            repeated.put((row, column), total)
    return {
        "excel97.xls": xlsx(made.ct()),
        "excel97-11a.xls": xlsx(ready),
        "macros.xlsm": _with_macros(made.ct()),
        "binary.xlsb": xlsb(ready),
        "open.ods": ods(page),
        "repeated.ods": ods(repeated),
        "utf8-semicolon.csv": csv(ready, ";"),
        "utf8-bom-comma.csv": csv(ready, ",", "utf-8-sig"),
        "utf16-tab.csv": csv(ready, "\t", "utf-16"),
        "utf8-tab.tsv": csv(ready, "\t"),
        "cp1258-semicolon.csv": csv(plain, ";", "cp1258"),
        "wrong-ending.xls": xlsx(made.ct()),
    }


def _with_macros(page: Page) -> bytes:
    """Saved with macros: their part is there and nobody opens it."""
    from tests.import_pages import parts_of_xlsx, zipped

    return zipped(
        {**parts_of_xlsx([page]), "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504}
    )
