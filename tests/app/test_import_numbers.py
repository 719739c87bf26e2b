"""What numbers of a file leave open is asked once, and nothing of it is written meanwhile (issue 7.3)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from judapp import messages
from judapp.app.checking import findings
from judapp.app.checks_view import board
from judapp.app.entering import set_cells
from judapp.app.founding import put_register
from judapp.app.import_magnitude import beside_others
from judapp.app.import_numbers import answer_words, answered, answered_all, asks, factor_of, readings
from judapp.app.importing import READY, REJECTED, Candidate, apply_import, assign, preview
from judapp.app.seeds import Register, SeedState, SeedUnit
from judapp.app.workspace import Workspace
from judapp.domain import figure
from judapp.domain.finding import Finding
from judapp.domain.number import Ambiguous, parse_number
from judapp.domain.period import Period
from tests.conftest import Ran
from tests.import_letters import tcvn3, vni
from tests.import_pages import Page, Written, csv, ods, xlsb, xlsx
from tests.import_world import founded, page_of, uid

Y24, H26, H27 = Period(2024, "Y"), Period(2026, "H1"), Period(2027, "H1")
CERTIFIED = {("", "1", "_sao"): 1204, ("", "1", "_ky"): 356, ("", "1", "_hop_dong"): 78}
OFFICE = {"1": 6, "2": 521, "3": 350, "5": 171, "7": 460_000_000, "13": 12_500_000, "18": 47_250}


@pytest.fixture
def province(tmp_path: Path) -> Iterator[Workspace]:
    with founded(tmp_path / "a.sqlite") as workspace:
        yield workspace


def certified(workspace: Workspace) -> Page:
    """The yearly form of a commune: one row of three counts."""
    figures = {key: figure.number(value) for key, value in CERTIFIED.items()}
    return page_of(workspace, "17a/BTP/HTQTCT/CT", "X03", "2024-Y", figures)


def office(workspace: Workspace, period: str = "2027-H1") -> Page:
    """The half year of a notary office, with fees in đồng and one column in nghìn đồng."""
    row = workspace.plan(
        workspace.version_for("10a/TP/CC", H27).form, uid(workspace, "C02"), H27
    ).rows[""][0].key  # fmt: skip
    figures = {("", row, column): figure.number(value) for column, value in OFFICE.items()}
    return page_of(workspace, "10a/TP/CC", "C02", period, figures)


def read(workspace: Workspace, page: Page, path: Path) -> Candidate:
    path.write_bytes(xlsx(page))
    [found] = preview(workspace, [path])
    return found


def of(candidate: Candidate, code: str) -> Finding:
    return next(finding for finding in candidate.findings if finding.code == code)


def values(candidate: Candidate) -> dict[str, int | None]:
    return {key[2]: read.figure.value for key, read in candidate.figures.items()}


def words(finding: Finding, lang: str = "vi") -> str:
    return messages.text(finding.code, lang, **finding.params)


# every format says the same


@pytest.mark.parametrize("kind", ["xlsx", "xlsm", "xlsb", "ods", "csv", "tsv"])
def test_the_same_figures_come_out_of_every_format(province: Workspace, tmp_path: Path, kind: str) -> None:
    page = certified(province)
    made = {"xlsx": xlsx, "xlsm": xlsx, "xlsb": xlsb, "ods": ods}
    path = tmp_path / f"a.{kind}"
    path.write_bytes(made[kind](page) if kind in made else csv(page, "\t" if kind == "tsv" else ";"))
    [found] = preview(province, [path])
    assert found.status == READY
    assert {key: read.figure.value for key, read in found.figures.items()} == CERTIFIED


# letters


@pytest.mark.parametrize("letters", [tcvn3, vni])
def test_a_workbook_in_legacy_letters_is_read_like_one_in_unicode(
    province: Workspace, tmp_path: Path, letters: object
) -> None:
    page = certified(province)
    for at, text in list(page.texts()):
        written, font = letters(text)  # type: ignore[operator]
        page.put(at, written, font=font)
    found = read(province, page, tmp_path / "a.xlsx")
    assert found.status == READY
    assert {key: r.figure.value for key, r in found.figures.items()} == CERTIFIED
    told = of(found, "LET-001")
    assert (told.severity, told.params["names"]) == ("info", len({one.after for one in found.letters}))
    name = "TCVN3 (ABC)" if letters is tcvn3 else "VNI"
    assert words(told) == f"Chữ {name} đã chuyển sang Unicode; xem {told.params['names']} tên."
    assert any("Xã Nghi Lộc".lower() in one.after.lower() for one in found.letters)
    assert all(one.before != one.after for one in found.letters)


def test_letters_in_doubt_are_named(province: Workspace, tmp_path: Path) -> None:
    page = certified(province)
    row = max(at[0] for at in page.cells) + 2
    for line, text in enumerate(("bé", "héi", "xã hội")):
        page.put((row + line, 1), text, font=".VnTime")
    told = of(read(province, page, tmp_path / "a.xlsx"), "LET-002")
    assert (told.severity, told.params["text"], told.place.cell) == ("warning", "bé", f"A{row}")


# “1.234”


def test_an_ambiguous_text_is_asked_once_a_file_and_nothing_of_the_file_is_written(
    province: Workspace, tmp_path: Path
) -> None:
    page = certified(province)
    sao, ky = page.find("Chứng thực bản sao"), page.find("Chứng thực chữ ký")
    page.put((sao[0] + 1, sao[1]), "1.204")
    page.put((ky[0] + 1, ky[1]), "356,000")
    found = read(province, page, tmp_path / "a.xlsx")
    asked = of(found, "CEL-003")
    assert [finding.code for finding in found.findings].count("CEL-003") == 1
    assert (found.status, asks(found), asked.severity, asked.params["cells"]) == (REJECTED, True, "info", 2)
    assert words(asked) == "“1.204” là 1 nghìn 204 hay 1 phẩy 204? Chọn một lần cho cả tệp."
    assert values(found) == {"_sao": None, "_ky": None, "_hop_dong": 78}
    assert apply_import(province, [found]).empty
    [grouped] = assign(province, [found], [0], points="thousands")
    assert (grouped.status, values(grouped)) == (READY, {"_sao": 1204, "_ky": 356000, "_hop_dong": 78})
    [decimal] = assign(province, [found], [0], points="decimals")
    assert values(decimal) == {"_sao": None, "_ky": 356, "_hop_dong": 78}
    assert of(decimal, "CEL-002").params["text"] == "1.204"


def test_how_the_file_writes_other_numbers_is_told_and_does_not_decide(
    province: Workspace, tmp_path: Path
) -> None:
    page = office(province)
    for number, text in ((460_000_000, "460.000.000"), (12_500_000, "12.500.000"), (521, "1.521")):
        at = next(at for at, cell in page.cells.items() if cell.value == number)
        page.put(at, text)
    asked = of(read(province, page, tmp_path / "a.xlsx"), "CEL-003")
    assert asked.params["hint"].vi == "2 số khác trong tệp viết 460.000.000"


def test_readings_are_said_in_words() -> None:
    said = []
    for text in ("1.234", "-12,000", "1.005"):
        asked = parse_number(text)
        assert isinstance(asked, Ambiguous)
        said.append(tuple(one.vi for one in readings(asked)))
    assert said == [
        ("1 nghìn 234", "1 phẩy 234"),
        ("−12 nghìn", "−12 phẩy 000"),
        ("1 nghìn 005", "1 phẩy 005"),
    ]


# thousands


def report_last_year(workspace: Workspace) -> None:
    unit = workspace.units[uid(workspace, "C02")]
    values = [f"[1]c{column}={value}" for column, value in OFFICE.items()]
    set_cells(workspace, "10a/TP/CC", unit, H26, values)


def in_thousands(page: Page, factor: int = 1000) -> Page:
    """The fees of an office written in nghìn đồng."""
    for at, cell in page.cells.items():
        if isinstance(cell.value, int) and cell.value >= 1_000_000:
            page.cells[at] = Written(cell.value // factor)
    return page


def test_a_column_a_thousandth_of_the_same_period_asks_and_is_multiplied_exactly(
    province: Workspace, tmp_path: Path
) -> None:
    report_last_year(province)
    found = read(province, in_thousands(office(province)), tmp_path / "a.xlsx")
    asked = [finding for finding in found.findings if finding.code == "CMP-002"]
    assert [(f.params["name"], f.params["factor"], f.severity) for f in asked] == [
        ("7", 1000, "warning"),
        ("13", 1000, "warning"),
    ]
    assert found.status == REJECTED
    assert words(asked[0]) == (
        "Cột (7) Phí công chứng: bằng 1/1.000 cùng kỳ: tệp có thể ghi bằng nghìn đồng."
    )
    assert apply_import(province, [found]).empty
    [mended] = assign(province, [found], [0], factors=answered_all(found, keep=False))
    assert (mended.status, asks(mended)) == (READY, False)
    assert values(mended)["7"] == 460_000_000
    assert values(mended)["18"] == 47_250
    assert mended.figures.keys() == found.figures.keys()
    [kept] = assign(province, [found], [0], factors=answered_all(found, keep=True))
    assert (kept.status, values(kept)["7"]) == (READY, 460_000)
    first = answered(found, "", "7", 1000)
    [half] = assign(province, [found], [0], factors=first)
    assert half.status == REJECTED
    [both] = assign(province, [half], [0], factors=answered(half, "", "13", 1))
    assert (both.status, values(both)["7"], values(both)["13"]) == (READY, 460_000_000, 12_500)


def test_a_column_a_thousand_times_the_same_period_is_divided_only_exactly(
    province: Workspace, tmp_path: Path
) -> None:
    report_last_year(province)
    page = office(province)
    at = next(at for at, cell in page.cells.items() if cell.value == 47_250)
    page.put(at, 47_250_500)
    found = read(province, page, tmp_path / "a.xlsx")
    asked = of(found, "CMP-002")
    assert words(asked).endswith("gấp 1.000 lần cùng kỳ: tệp có thể ghi bằng đồng.")
    [mended] = assign(province, [found], [0], factors=answered_all(found, keep=False))
    assert values(mended)["18"] is None  # 47.250,5 nghìn đồng: nobody rounds
    assert of(mended, "CEL-001").params["text"] == "47250500"
    page.put(at, 47_250_000)
    [mended] = assign(
        province, [read(province, page, tmp_path / "b.xlsx")], [0], factors=(("", "18", -1000),)
    )
    assert values(mended)["18"] == 47_250


def test_another_unit_printed_in_the_head_asks_without_any_history(
    province: Workspace, tmp_path: Path
) -> None:
    page = in_thousands(office(province))
    page.put((page.find("Kỳ báo cáo")[0] + 3, 18), "Đơn vị tính: nghìn đồng")
    found = read(province, page, tmp_path / "a.xlsx")
    asked = [finding for finding in found.findings if finding.code == "CMP-005"]
    assert {(f.params["name"], f.params["factor"]) for f in asked} == {("7", 1000), ("13", 1000)}
    assert found.status == REJECTED
    assert words(asked[0]).endswith("tệp ghi đơn vị tính “nghìn đồng”, biểu dùng “Đồng”.")
    [mended] = assign(province, [found], [0], factors=answered_all(found, keep=False))
    assert (mended.status, values(mended)["7"]) == (READY, 460_000_000)


@pytest.mark.parametrize(
    ("pairs", "factor"),
    [
        ([], 0),
        ([(1000, 1)], -1000),
        ([(1, 1000)], 1000),
        ([(200, 1)], 0),
        ([(1200, 1), (900, 1), (3000, 1), (800, 1), (2, 1)], -1000),
        ([(1200, 1), (900, 1), (2, 1)], 0),
        ([(1, 1)], 0),
    ],
)
def test_a_thousand_times_is_said_of_nearly_all_figures(pairs: list[tuple[int, int]], factor: int) -> None:
    assert factor_of(pairs) == factor


def test_the_answers_are_named() -> None:
    assert [answer_words(one) for one in (1000, -1000, 1)] == ["Nhân 1.000", "Chia 1.000", "Giữ nguyên"]
    assert answer_words(1_000_000, "en") == "Multiply by 1,000,000"


# beside other units

COMMUNES = 12
NAMES = ["An", "Bang", "Cúc", "Dung", "Giang", "Hoa", "Khánh", "Lan", "Mai", "Nga", "Oanh", "Phúc"]


@pytest.fixture
def many(province: Workspace) -> Workspace:
    """A province with a dozen communes more."""
    units = tuple(
        SeedUnit(
            f"nhiều{at}",
            "commune",
            (SeedState("2008-08-01", None, f"N{at:02}", f"Xã Nhiều {at}", "bịa", "", province.owner.uid),),
        )
        for at in range(COMMUNES)
    )
    province.apply("new", "Xã", lambda writer: put_register(writer, Register(units, (), ())))
    return province


def of_commune(workspace: Workspace, at: int, counts: tuple[int, int, int], tmp_path: Path) -> Path:
    figures = {key: figure.number(value) for key, value in zip(CERTIFIED, counts, strict=True)}
    page = page_of(workspace, "17a/BTP/HTQTCT/CT", "X03", "2024-Y", figures)
    page.put(page.find("Xã Nghi Lộc"), f"Đơn vị báo cáo: UBND Xã Nhiều {at}")
    path = tmp_path / f"{at}.xlsx"
    path.write_bytes(xlsx(page))
    return path


def test_a_figure_far_from_those_of_similar_communes_is_told(many: Workspace, tmp_path: Path) -> None:
    """CMP-003: one wild figure hides neither itself nor others; small numbers are left alone."""
    usual = [(40 + 7 * at, at % 3, 50) for at in range(COMMUNES - 1)]
    paths = [of_commune(many, at, counts, tmp_path) for at, counts in enumerate(usual)]
    wild = of_commune(many, COMMUNES - 1, (1912, 9, 50), tmp_path)
    found = preview(many, [*paths, wild])
    assert [[f.code for f in one.findings] for one in found[:-1]] == [[]] * (COMMUNES - 1)
    told = of(found[-1], "CMP-003")
    assert (told.severity, found[-1].status) == ("warning", READY)
    assert words(told) == "Xã Nhiều 11 1.912 bản, các xã tương tự 47 – 110."
    assert [f.code for f in found[-1].findings] == ["CMP-003"]
    again = beside_others(many, found)
    assert [f.code for f in again[-1].findings] == ["CMP-003"]  # said anew, not twice


def test_what_is_in_the_file_is_held_against_its_like_in_the_checks(many: Workspace) -> None:
    """CMP-003 on the page Kiểm tra and in `check`, at its cell."""
    for at in range(COMMUNES):
        unit = many.units[f"nhiều{at}"]
        count = 1912 if at == 3 else 60 + at
        set_cells(many, "17a/BTP/HTQTCT/CT", unit, Y24, [f"[1]c_sao={count}", "[1]c_ky=1", "[1]c_hop_dong=1"])
    [told] = [finding for finding in findings(many, Y24) if finding.code == "CMP-003"]
    assert (told.place.unit, told.place.column, told.severity) == ("N03", "_sao", "warning")
    [line] = [line for line in board(many, Y24).lines if line.code == "CMP-003"]
    assert line.sentence.vi == "Xã Nhiều 3 1.912 bản, các xã tương tự 61 – 71."
    assert line.place.cell == ("", "1", "_sao")


def test_what_the_data_file_has_counts_as_well(many: Workspace, tmp_path: Path) -> None:
    for at in range(COMMUNES - 1):
        unit = many.units[f"nhiều{at}"]
        set_cells(many, "17a/BTP/HTQTCT/CT", unit, Y24, [f"[1]c_sao={60 + at}"])
    [found] = preview(many, [of_commune(many, COMMUNES - 1, (912, 1, 1), tmp_path)])
    assert of(found, "CMP-003").params["high"] == 70


def test_without_a_same_period_the_other_units_tell_what_counts_in_thousands(
    province: Workspace, tmp_path: Path
) -> None:
    """CMP-002 by the middle of the others; answered, it asks no more, and the others never asked."""
    state = (SeedState("2010-01-01", None, "V", "Văn phòng công chứng", "bịa", "", province.owner.uid),)
    units = tuple(
        SeedUnit(
            f"văn{at}", "notary", (replace(state[0], code=f"V{at}", name=f"{state[0].name} {NAMES[at]}"),)
        )
        for at in range(COMMUNES)
    )
    province.apply("new", "Văn phòng", lambda writer: put_register(writer, Register(units, (), ())))
    paths = []
    for at in range(COMMUNES):
        page = office(province)
        for where, cell in page.cells.items():
            if isinstance(cell.value, int) and cell.value > 1000:
                page.cells[where] = Written(cell.value + 1000 * at)
            elif "An Bình" in str(cell.value):
                page.put(where, f"Đơn vị báo cáo: Văn phòng công chứng {NAMES[at]}")
        paths.append(tmp_path / f"{at}.xlsx")
        paths[-1].write_bytes(xlsx(in_thousands(page) if at == 3 else page))
    found = preview(province, paths)
    assert [one.status for one in found] == [REJECTED if at == 3 else READY for at in range(COMMUNES)]
    asked = of(found[3], "CMP-002")
    assert words(asked) == (
        "Cột (7) Phí công chứng: bằng 1/1.000 mức giữa của các đơn vị khác: tệp có thể ghi bằng nghìn đồng."
    )
    again = beside_others(province, found)
    assert [f.code for f in again[3].findings] == [f.code for f in found[3].findings]
    mended = assign(province, found, [3], factors=answered_all(found[3], keep=False))
    assert [one.status for one in mended] == [READY] * COMMUNES
    assert values(mended[3])["7"] == 460_003_000


def test_a_blank_form_is_refused_with_its_reason(province: Workspace, tmp_path: Path) -> None:
    page = page_of(province, "17a/BTP/HTQTCT/CT", "X03", "2024-Y", {})
    found = read(province, page, tmp_path / "a.xlsx")
    assert (found.status, [f.code for f in found.findings]) == (REJECTED, ["CEL-020"])


def test_the_command_line_asks_and_takes_answers_from_its_map(
    province: Workspace, tmp_path: Path, judapp: Callable[..., Ran]
) -> None:
    page = certified(province)
    at = page.find("Chứng thực bản sao")
    page.put((at[0] + 1, at[1]), "1.204")
    (tmp_path / "a.xlsx").write_bytes(xlsx(page))
    data, said = tmp_path / "a.sqlite", tmp_path / "said.json"
    province.close()
    asked = judapp("import", data, tmp_path / "a.xlsx", "--json")
    [file] = asked.json["files"]
    assert (asked.code, file["status"], asked.json["applied"]) == (1, "rejected", 0)
    assert file["map"] == {"file": "a.xlsx", "sheet": "Sheet1", "points": None, "choices": {"factors": {}}}
    said.write_text(json.dumps({"file": "a.xlsx", "points": "thousands", "factors": {"(1)": 1}}), "utf-8")
    done = judapp("import", data, tmp_path / "a.xlsx", "--map", said, "--json")
    assert (done.code, done.json["files"][0]["status"]) == (0, "applied")
