"""Figures of base units add up on the form above them: by unit, exactly, and say on how many they stand."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

import msgspec
import pytest

from judapp.app.checking import findings_of
from judapp.app.entering import set_cells
from judapp.app.grid import reckoned
from judapp.app.grid_details import cell_details
from judapp.app.grid_trace import traced
from judapp.app.home import board
from judapp.app.importing import preview
from judapp.app.own_rows import add_row
from judapp.app.paper import write_form
from judapp.app.progress import progress
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Form
from judapp.domain.coverage import coverage
from judapp.domain.figure import number
from judapp.domain.period import Period, Span
from judapp.domain.resolve import Resolved
from judapp.domain.unit import Unit, UnitState
from judapp.domain.value import INCOMPARABLE, Kind, known
from judapp.store import forms, obligations, sheets, units
from judapp.store.obligations import Obligation
from judapp.store.operations import Writer
from tests.domain.builders import column, fixed, form, offices
from tests.practice_sheets import practice_file
from tests.sheet_views import sheet_view

H1 = Period(2026, "H1")
"""A period of 17/2025/TT-BTP."""
OLD_H1 = Period(2024, "H1")
"""A period of 03/2019/TT-BTP."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice units without a figure; nobody changes the file."""
    path = tmp_path_factory.mktemp("rollup") / "a.sqlite"
    with practice_file(path, figures=False):
        return path


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(Path(shutil.copy(made, tmp_path / "a.sqlite"))) as opened:
        yield opened


def province(workspace: Workspace) -> Unit:
    return workspace.unit("TH", H1)


def notaries(workspace: Workspace, period: Period = H1) -> list[Unit]:
    return workspace.units.children(province(workspace).uid, period.last_day, "notary")


def owe(workspace: Workspace, family: str, owing: Iterable[Unit]) -> None:
    since = date(2010, 1, 1)

    def build(writer: Writer) -> None:
        for unit in owing:
            obligations.put(writer, Obligation(family, unit.uid, since))

    workspace.apply("obligation", "Giao biểu", build)


def report(
    workspace: Workspace, number_: str, unit: Unit, period: Period, cells: Mapping[str, object]
) -> None:
    set_cells(workspace, number_, unit, period, [f"{at}={what}" for at, what in cells.items()])


def add_up(workspace: Workspace, number_: str, period: Period = H1) -> Resolved:
    version = workspace.version_for(number_, period)
    return reckoned(workspace, version, province(workspace).uid, period)


def row_of(resolved: Resolved, unit: Unit, table: str = "") -> str:
    return next(row.key for row in resolved.rows[table] if row.unit == unit.uid)


def all_columns(n: int, last: int = 18) -> dict[str, int]:
    """A figure for every column of one office, its parts adding up."""
    cells = {f"c{code}": n * 10 + code for code in range(1, last + 1)}
    return cells | {"c3": 40 * n, "c5": 2 * n, "c2": 42 * n, "c4": n, "c6": n, "c12": n}


# 10b <- 10a


def test_every_office_has_its_row_from_its_own_sheet(workspace: Workspace) -> None:
    offices_ = notaries(workspace)
    owe(workspace, "cc.cs", offices_)
    for n, office in enumerate(offices_[:-1], start=1):
        report(workspace, "10a/TP/CC", office, H1, all_columns(n))
    found = add_up(workspace, "10b/TP/CC")
    for n, office in enumerate(offices_[:-1], start=1):
        row = row_of(found, office)
        assert found["", row, "2"].value == known(42 * n)
        assert found["", row, "1"].value == known(n * 10 + 1)
        # 10a says column 18 in nghìn đồng, 10b in đồng
        assert found["", row, "18"].value == known((n * 10 + 18) * 1000)
        assert (found["", row, "2"].origin, found["", row, "2"].covered) == ("rollup", 1)
        assert found["", row, "19"].origin == "empty"  # nobody reports a remark
    late = row_of(found, offices_[-1])
    assert (found["", late, "2"].origin, found["", late, "2"].expected) == ("empty", 1)
    assert ("", late, "2") in found.unanswered


def test_a_total_says_on_how_many_offices_it_stands(workspace: Workspace) -> None:
    offices_ = notaries(workspace)
    owe(workspace, "cc.cs", offices_)
    for n, office in enumerate(offices_[:-1], start=1):
        report(workspace, "10a/TP/CC", office, H1, all_columns(n))
    found = add_up(workspace, "10b/TP/CC")
    so_far = sum(42 * n for n in range(1, len(offices_)))
    total = ("", "tong", "2")
    assert found[total].value == known(so_far)
    assert coverage(found, [total]) == (23, 24)
    report(workspace, "10a/TP/CC", offices_[-1], H1, all_columns(0))
    whole = add_up(workspace, "10b/TP/CC")
    assert whole[total].value == known(so_far)
    assert coverage(whole, [total]) == (24, 24)


def test_an_office_that_told_half_of_it_leaves_the_rest_open_and_nobody_at_all_tells_nothing(
    workspace: Workspace,
) -> None:
    offices_ = notaries(workspace)
    owe(workspace, "cc.cs", offices_)
    found = add_up(workspace, "10b/TP/CC")
    assert found["", "tong", "2"].value.kind is Kind.EMPTY
    assert coverage(found, [("", "tong", "2")]) == (0, 24)
    report(workspace, "10a/TP/CC", offices_[0], H1, {"c2": "..", "c3": 5})
    half = add_up(workspace, "10b/TP/CC")
    assert half["", "tong", "2"].value.kind is Kind.PENDING
    assert half["", "tong", "3"].value == known(5)
    typed = row_of(half, offices_[1])
    set_cells(workspace, "10b/TP/CC", province(workspace), H1, [f"[{typed}]c3=7"])
    assert add_up(workspace, "10b/TP/CC")["", "tong", "3"].value == known(12)


def test_grid_home_and_progress_tell_the_coverage(workspace: Workspace) -> None:
    offices_ = notaries(workspace)
    owe(workspace, "cc.cs", offices_)
    for n, office in enumerate(offices_[:-1], start=1):
        report(workspace, "10a/TP/CC", office, H1, all_columns(n))
    own = province(workspace)
    row = row_of(add_up(workspace, "10b/TP/CC"), offices_[0])
    set_cells(workspace, "10b/TP/CC", own, H1, [f"[{row}]c19=đã nhận"])
    details = cell_details(workspace, "10b/TP/CC", own.uid, H1, ("", "tong", "2"))
    assert details is not None
    assert details.source == "Cộng từ 23/24 đơn vị đã báo cáo"
    one = cell_details(workspace, "10b/TP/CC", own.uid, H1, ("", row, "18"))
    assert one is not None
    assert "10a/TP/CC" in one.rule
    assert one.source == "Cộng từ 1/1 đơn vị đã báo cáo"
    late = row_of(add_up(workspace, "10b/TP/CC"), offices_[-1])
    none = cell_details(workspace, "10b/TP/CC", own.uid, H1, ("", late, "2"))
    assert none is not None
    assert none.source == "Chờ số liệu của 1 đơn vị"
    view = sheet_view(workspace, "10b/TP/CC", own.uid, H1)
    assert view.tables[0].cells["", row, "2"].kind == "rollup"
    [line] = [x for x in progress(workspace, own, H1).indicators if x.standing.indicator.id == "cc.giao_dich"]
    assert line.standing.reading.coverage == (23, 24)
    assert "(tính trên 23/24 đơn vị đã báo cáo)" in line.sentence("vi")
    [home] = [x for x in board(workspace, H1, own.uid, date(2026, 6, 15)).forms if x.number == "10b/TP/CC"]
    assert home.base is not None
    assert (home.base.received, home.base.expected, home.base.overdue_days) == (23, 24, 5)


# what may not be reckoned together


def begin(workspace: Workspace, number_: str, unit: Unit, span: Span, of: Period = OLD_H1) -> int:
    """A sheet for 2026-H1 of the version that serves ``of``, over the days ``span``."""
    version = workspace.version_for(number_, of)
    workspace.apply("set", "Nhập", lambda writer: _begin(writer, version.id, unit, span))
    return version.id


def _begin(writer: Writer, version: int, unit: Unit, span: Span) -> None:
    own = sheets.begin(writer, version, unit.uid, H1, span)
    writer.set_figures(own, [("", "1", "2", number(9))])


@pytest.mark.parametrize(
    ("form_number", "of", "end", "code"),
    [
        ("10a/TP/CC", H1, date(2026, 6, 30), "RUP-001"),
        ("12a/BTP/BTTP/CC", OLD_H1, date(2026, 5, 31), "RUP-002"),
    ],
)
def test_other_days_and_another_version_give_a_finding_and_no_value(
    workspace: Workspace, form_number: str, of: Period, end: date, code: str
) -> None:
    office, own = notaries(workspace)[0], province(workspace)
    begin(workspace, form_number, office, Span(date(2026, 1, 1), end), of)
    row = row_of(add_up(workspace, "10b/TP/CC"), office)
    set_cells(workspace, "10b/TP/CC", own, H1, [f"[{row}]c19=x"])
    version = workspace.version_for("10b/TP/CC", H1)
    resolved = workspace.resolved(version.id, own.uid, H1)
    stored = workspace.stored(version.id, own.uid, H1)
    assert resolved is not None
    assert stored is not None
    assert resolved["", row, "2"].value == INCOMPARABLE
    assert resolved["", "tong", "2"].value == INCOMPARABLE
    [finding] = [f for f in findings_of(workspace, stored) if f.code.startswith("RUP-")]
    assert (finding.code, finding.severity) == (code, "error")
    assert finding.params["unit"] == workspace.units.name(office.uid, H1.last_day)


def test_a_figure_typed_over_what_the_office_reports_is_kept_and_told(workspace: Workspace) -> None:
    office, own = notaries(workspace)[0], province(workspace)
    owe(workspace, "cc.cs", [office])
    report(workspace, "10a/TP/CC", office, H1, all_columns(3))
    row = row_of(add_up(workspace, "10b/TP/CC"), office)
    set_cells(workspace, "10b/TP/CC", own, H1, [f"[{row}]c2=130", f"[{row}]c3=120"])
    version = workspace.version_for("10b/TP/CC", H1)
    stored = workspace.stored(version.id, own.uid, H1)
    assert stored is not None
    [told] = [f for f in findings_of(workspace, stored) if f.code == "RUP-003"]
    assert (told.place.row, told.place.column, told.actual, told.expected) == (row, "2", "130", "126")


# other forms


def test_the_form_before_is_added_up_from_the_one_before(workspace: Workspace) -> None:
    """12b <- 12a: the version that served the period, whatever serves today."""
    office = notaries(workspace, OLD_H1)[0]
    report(workspace, "12a/BTP/BTTP/CC", office, OLD_H1, {"c3": 70, "c4": 5, "c2": 75, "c11": 9})
    found = add_up(workspace, "12b/BTP/BTTP/CC", OLD_H1)
    row = row_of(found, office)
    assert [found["", row, c].value for c in ("2", "11")] == [known(75), known(9)]
    assert found["", row, "11"].value == known(9)  # đồng on both


def commune(workspace: Workspace, name: str, parent: str) -> Unit:
    unit = Unit(
        f"xa-{name}",
        "commune",
        (UnitState(date(2008, 8, 1), date(2025, 6, 30), name, f"Xã {name}", "xã", parent),),
    )
    workspace.apply("units", "Thêm xã", lambda writer: units.put_unit(writer, unit))
    return unit


def district(workspace: Workspace) -> Unit:
    return workspace.unit("TH-H01", OLD_H1)


def test_a_row_of_a_district_adds_up_its_communes(workspace: Workspace) -> None:
    """17c II <- 17a; a district files nothing itself."""
    communes = [commune(workspace, name, district(workspace).uid) for name in ("A1", "A2", "A3")]
    owe(workspace, "ct.xa", communes)
    for n, unit in enumerate(communes[:2], start=1):
        report(workspace, "17a/BTP/HTQTCT/CT", unit, OLD_H1, {"c_sao": 10 * n, "c_ky": n, "c_hop_dong": 0})
    found = add_up(workspace, "17c/BTP/HTQTCT/CT", OLD_H1)
    row = row_of(found, district(workspace), "II")
    cell = found["II", row, "_sao"]
    assert (cell.value, cell.covered, cell.expected) == (known(30), 2, 3)


def test_men_and_women_of_a_district_come_from_two_columns_of_its_communes(workspace: Workspace) -> None:
    """11c of 2012 <- 11a: rows there, columns here."""
    year = Period(2012, "Y")
    communes = [commune(workspace, name, district(workspace).uid) for name in ("B1", "B2")]
    for n, unit in enumerate(communes, start=1):
        report(workspace, "11a/BTP/HCTP/HT/KSKT", unit, year, {"[I]c2": 10 * n, "[I]c3": n})
    found = add_up(workspace, "11c", year)
    row = row_of(found, district(workspace))
    assert [found["", f"{row}.{part}", "1"].value for part in ("nam", "nu")] == [known(30), known(3)]
    assert found["", row, "1"].value == known(33)
    assert (found["", f"{row}.nam", "1"].covered, found["", f"{row}.nam", "1"].expected) == (2, 2)


def test_the_row_of_a_department_of_the_district_is_its_own_sheet(workspace: Workspace) -> None:
    """17c I <- 17b I, one row of one office."""
    office = workspace.unit("TH-PTP01", OLD_H1)
    cells = {f"I:[1]c{c}": n for n, c in enumerate(("_sao", "_ky", "_ky_dich", "_hop_dong"), start=1)}
    report(workspace, "17b/BTP/HTQTCT/CT", office, OLD_H1, cells)
    found = add_up(workspace, "17c/BTP/HTQTCT/CT", OLD_H1)
    assert found["I", row_of(found, office, "I"), "_ky_dich"].value == known(3)


def test_departments_that_report_have_a_row_and_others_are_added_by_hand(workspace: Workspace) -> None:
    """21b <- 21a."""
    own, [first, second, *_] = (
        province(workspace),
        workspace.units.children(province(workspace).uid, H1.last_day, "agency"),
    )
    owe(workspace, "htpldn.cs", [first, second])
    report(workspace, "21a/TP/HTPLDN", first, H1, {f"c{n}": n for n in range(1, 14)})
    key, _ = add_row(workspace, "21b/TP/HTPLDN", own, H1, "", "", "Sở Khác")
    set_cells(workspace, "21b/TP/HTPLDN", own, H1, [f"[{key}]c{n}=100" for n in range(1, 14)])
    found = add_up(workspace, "21b/TP/HTPLDN")
    assert [row.kind for row in found.rows[""]] == ["total", "free", "unit", "unit"]
    assert found["", row_of(found, first), "13"].value == known(13)
    assert found["", row_of(found, second), "13"].origin == "empty"
    assert found["", key, "1"].origin == "stored"
    assert found["", key, "14"].expected == 0  # nobody reports for a row added by hand
    assert found["", "tong", "13"].value == known(113)
    assert coverage(found, [("", "tong", "13")]) == (1, 2)


# a definition of one's own


BASE = form(
    fixed("1"),
    columns=[column("1"), column("2", kind="average", scale=1)],
    family="thu.xa",
    number="01a",
    relations=(),
)
ABOVE = form(
    fixed("1"),
    offices(fixed("nam"), fixed("nu")),
    columns=[column("1"), column("2", kind="average", scale=1), column("3", unit="đồng", kind="money")],
    family="thu.so",
    number="01b",
    rollup=("[1]c2 = wavg(thu.xa!c2, thu.xa!c1)", "[1]c1 = sum(thu.xa!c1)", "[#.nam]c1 = thu.xa![1]c1"),
)


def put_form(workspace: Workspace, *made: Form) -> None:
    workspace.apply(
        "catalogue", "Thêm biểu", lambda writer: [forms.add(writer, msgspec.json.encode(f)) for f in made]
    )


def test_averages_are_weighted_over_those_that_reported(workspace: Workspace) -> None:
    put_form(workspace, BASE, ABOVE)
    offices_ = notaries(workspace)[:3]
    owe(workspace, "thu.xa", offices_)
    report(workspace, "01a", offices_[0], H1, {"c1": 100, "c2": "24,5"})
    report(workspace, "01a", offices_[1], H1, {"c1": 300, "c2": 26})
    cell = add_up(workspace, "01b")["", "1", "2"]
    assert cell.value == known(Fraction(24_5 * 100 + 260 * 300, 10 * 400))
    assert (cell.covered, cell.expected) == (2, 3)
    report(workspace, "01a", offices_[2], H1, {"c1": 5})
    assert add_up(workspace, "01b")["", "1", "2"].value.number is None  # one has told half of it


def test_a_figure_of_the_units_asked_for_its_cells_says_whose_it_is(workspace: Workspace) -> None:
    """It was entered by nobody here (Ctrl+[ said so), until somebody types over it."""
    put_form(workspace, BASE, ABOVE)
    offices_ = notaries(workspace)[:2]
    owe(workspace, "thu.xa", offices_)
    own = province(workspace)

    def said() -> str:
        found = traced(workspace, "01b", own.uid, H1, ("", "1", "1"), onward=False)
        assert found.cells == ()
        return found.said

    assert said() == "FND-from-units"  # it waits for them
    report(workspace, "01a", offices_[0], H1, {"c1": 100})
    assert said() == "FND-from-units"
    report(workspace, "01b", own, H1, {"[1]c1": 7})
    assert said() == "FND-no-source"


def test_a_line_below_a_unit_is_of_that_unit(workspace: Workspace) -> None:
    put_form(workspace, BASE, ABOVE)
    first, second = notaries(workspace)[:2]
    for n, office in enumerate((first, second), start=1):
        report(workspace, "01a", office, H1, {"c1": n})
    found = add_up(workspace, "01b")
    assert found["", f"{row_of(found, second)}.nam", "1"].value == known(2)
    assert found.unit_of("", f"{row_of(found, first)}.nam") == first.uid
    assert coverage(found, [("", f"{row_of(found, first)}.nam", "1")]) == (1, 1)


def test_what_a_rule_leaves_open_is_taken_from_the_cell_that_asks(workspace: Workspace) -> None:
    """ "[row] or column alone means for each of the other": here the same row, and the same column."""
    rows = (fixed("I", "", fixed("1")), fixed("II", "", fixed("1")))
    base = form(*rows, family="thu.xa", number="01a")
    above = form(
        *rows, family="thu.so", number="01b", rollup=("c1 = sum(thu.xa!c1)", "[II] = sum(thu.xa![I.1])")
    )
    put_form(workspace, base, above)
    for n, office in enumerate(notaries(workspace)[:2], start=1):
        report(workspace, "01a", office, H1, {"[I.1]c1": n, "[II.1]c1": 10 * n, "[I.1]c3": 100 * n})
    found = add_up(workspace, "01b")
    assert [found["", row, "1"].value for row in ("I.1", "II.1")] == [known(3), known(30)]
    assert found["", "II", "3"].value == known(300)
    assert found["", "II", "1"].value.number is None  # the first rule that names a cell gives it


# over a change of the form


def test_another_period_is_asked_for_the_same_quantity_not_the_same_number(workspace: Workspace) -> None:
    """The columns of the older version stood otherwise; what has no counterpart is not comparable."""
    old = form(
        fixed("1"), columns=[column("1", "Nam"), column("2", "Nữ")], family="thu.nam", number="01",
        valid_from=date(2020, 1, 1), valid_to=date(2025, 10, 31),
    )  # fmt: skip
    new = form(
        fixed("1"), columns=[column("1", "Nữ"), column("2", "Khác"), column("3"), column("4")],
        family="thu.nam", number="02", computed=("c3 = c1{same}", "c4 = c2{same}"),
    )  # fmt: skip
    put_form(workspace, old, new)
    elsewhere = traced(
        workspace, "02", province(workspace).uid, Period(2026, "Y"), ("", "1", "3"), onward=False
    )
    assert (elsewhere.cells, elsewhere.said) == ((), "FND-from-elsewhere")
    own, now, before = province(workspace), Period(2026, "Y"), Period(2025, "Y")
    version = workspace.version_for("01", Period(2024, "Y"))
    span = Span(date(2025, 1, 1), date(2025, 12, 31))

    def build(writer: Writer) -> None:
        sheet = sheets.begin(writer, version.id, own.uid, before, span)
        writer.set_figures(sheet, [("", "1", "1", number(5)), ("", "1", "2", number(7))])

    workspace.apply("set", "Nhập", build)
    set_cells(workspace, "02", own, now, ["c1=8"])
    found = workspace.resolved(workspace.version_for("02", now).id, own.uid, now)
    assert found is not None
    assert found["", "1", "3"].value == known(7)
    assert found["", "1", "4"].value == INCOMPARABLE


def test_a_form_with_rows_of_both_kinds_comes_back_as_it_went_out(
    workspace: Workspace, tmp_path: Path
) -> None:
    """Rows of departments that report, and one added by hand, in one workbook."""
    own = province(workspace)
    agencies = workspace.units.children(own.uid, H1.last_day, "agency")[:2]
    owe(workspace, "htpldn.cs", agencies)
    report(workspace, "21a/TP/HTPLDN", agencies[0], H1, {f"c{n}": n for n in range(1, 14)})
    key, _ = add_row(workspace, "21b/TP/HTPLDN", own, H1, "", "", "Sở Khác")
    typed = row_of(add_up(workspace, "21b/TP/HTPLDN"), agencies[1])
    cells = [f"[{row}]c{n}={n}" for row in (key, typed) for n in range(1, 14)]
    set_cells(workspace, "21b/TP/HTPLDN", own, H1, cells)
    version = workspace.version_for("21b/TP/HTPLDN", H1)
    stored = workspace.stored(version.id, own.uid, H1)
    resolved = workspace.resolved(version.id, own.uid, H1)
    assert stored is not None
    assert resolved is not None
    write_form(workspace, stored, resolved, tmp_path / "a.xlsx")
    [candidate] = preview(workspace, [tmp_path / "a.xlsx"])
    assert candidate.changes == []  # what base units report goes on following them
    assert not candidate.refused
