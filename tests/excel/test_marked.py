"""A marked workbook is the sender's own: what is marked changes, every other part stays byte for byte."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from judapp.errors import JudappError
from judapp.excel import marked
from judapp.excel.marked import Mark, Told, marked_workbook, write_marked
from judapp.excel.reader import read_workbook
from tests.excel.sent_workbooks import FORM, OTHER, THREAD, parts, sent

TITLE = "LỖI CẦN SỬA"
TOLD = Told(
    name="Lỗi cần sửa",
    title=TITLE,
    lines=("Tệp “Nghi Loc.xlsx”", "Sở Tư pháp <đề nghị> sửa & gửi lại"),
    heads=("STT", "Trang tính", "Ô", "Mức", "Sai gì", "Lệch", "Cần làm gì", "Mã"),
    error="✕ lỗi",
    warning="△ xem lại",
    do="Cần làm",
    author="Sở Tư pháp",
    macros="không kèm macro",
    signature="không còn chữ ký",
    shared="không kèm nhật ký dùng chung",
    turned="đã chuyển thành .xlsx",
    damaged="có chỗ hỏng",
)
ERROR, WARNING = "FFFCE4E1", "FFFFF0CC"
_CHANGED = {
    "[Content_Types].xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/worksheets/sheet1.xml",
    "xl/styles.xml",
    "xl/comments1.xml",
    "xl/drawings/vmlDrawing1.vml",
}


def mark(cell: str, tint: str = "error", what: str = "“12O” không phải là số", sheet: str = FORM) -> Mark:
    return Mark(sheet, cell, "error" if tint == "error" else "warning", what, "lệch 2", "Gõ lại", "CEL-001")


def made(path: Path, *marks: Mark, told: Told = TOLD) -> dict[str, bytes]:
    """The parts of the marked workbook, which is put beside ``path`` as "marked.xlsx"."""
    content = marked_workbook(path, marks, told, [TITLE]).content
    path.with_name("marked.xlsx").write_bytes(content)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def canonical(part: bytes) -> str:
    return str(etree.canonicalize(part.decode()))


def held(path: Path, name: str) -> Mapping[object, object]:
    sheet = next(sheet for sheet in read_workbook(path) if sheet.name == name)
    return {
        at: (c.content, c.formula, c.number_format, c.bold, c.hidden, c.merged)
        for at, c in sheet.cells.items()
        if c.content is not None or c.formula
    }


def test_only_the_parts_named_are_changed(tmp_path: Path) -> None:
    path = sent(tmp_path / "a.xlsx")
    after = made(path, mark("C7"), mark("C6", "warning"))
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(path.with_name("marked.xlsx")) as new:
        before = {name: old.read(name) for name in old.namelist()}
        changed = {name for name in after if after[name] != before.get(name)}
        assert changed == {*_CHANGED, "xl/worksheets/sheet3.xml"}
        assert [*before, "xl/worksheets/sheet3.xml"] == new.namelist()
        for entry in old.infolist():
            kept = new.getinfo(entry.filename)
            assert (kept.date_time, kept.compress_type) == (entry.date_time, entry.compress_type)


def test_of_the_marked_sheet_nothing_but_the_looks_of_marked_cells_changes(tmp_path: Path) -> None:
    path = sent(tmp_path / "a.xlsx")
    after = made(path, mark("C7"), mark("A6"))["xl/worksheets/sheet1.xml"].decode()
    assert canonical(after.encode()) != canonical(_part("xl/worksheets/sheet1.xml"))
    back = after.replace('r="C7" s="4"', 'r="C7" s="2"').replace('<c s="3" r="A6"', '<c r="A6"')
    back = back.replace("<sheetView showGridLines", '<sheetView tabSelected="1" showGridLines')
    assert canonical(back.encode()) == canonical(_part("xl/worksheets/sheet1.xml"))


def _part(name: str) -> bytes:
    content = parts()[name]
    return content.encode() if isinstance(content, str) else content


def test_a_marked_cell_keeps_everything_but_its_fill(tmp_path: Path) -> None:
    path = sent(tmp_path / "a.xlsx", parts(comments=False))
    made(path, mark("C7"), mark("C6", "warning"), mark("C6", "warning", "hai"))
    with pytest.warns(UserWarning, match="extension"):
        before, after = (load_workbook(p)[FORM] for p in (path, tmp_path / "marked.xlsx"))
    for name, tint in (("C7", ERROR), ("C6", WARNING)):
        old, new = before[name], after[name]
        assert (new.fill.fill_type, new.fill.fgColor.rgb) == ("solid", tint)
        for what in ("number_format", "font", "border", "alignment", "protection", "value"):
            assert repr(getattr(new, what)) == repr(getattr(old, what)), what
    assert after["C7"].comment.text == "✕ “12O” không phải là số\nCần làm: Gõ lại (CEL-001)"
    assert after["C6"].comment.text.count("△") == 2
    assert repr(after["D7"].fill) == repr(before["D7"].fill)


def test_cells_that_are_not_there_are_put_in_order_with_the_look_of_row_or_column(tmp_path: Path) -> None:
    path = sent(tmp_path / "a.xlsx", parts(comments=False))
    names = ("A2", "B2", "A5", "E1", "E6", "F7", "G20", "A30")
    after = made(path, *map(mark, names))["xl/worksheets/sheet1.xml"]
    root = etree.fromstring(after)
    rows = [int(row.get("r", "0")) for row in root.iter("{*}row")]
    assert rows == sorted(rows)
    assert rows == [1, 2, 4, 5, 6, 7, 20, 30]
    for row in root.iter("{*}row"):
        cells = [cell.get("r", "") for cell in row]
        assert cells == sorted(cells, key=lambda name: (len(name), name))
    with pytest.warns(UserWarning, match="extension"):
        sheet = load_workbook(tmp_path / "marked.xlsx")[FORM]
    assert all(sheet[name].fill.fgColor.rgb == ERROR for name in names)
    # Of its row (7), of its column (E), and of neither.
    assert [sheet[name].number_format for name in ("F7", "E6", "G20", "A2")] == ["#,##0.00"] * 3 + ["General"]
    assert held(path, FORM) == held(tmp_path / "marked.xlsx", FORM)


def test_figures_and_formulas_read_the_same_by_two_readers(tmp_path: Path) -> None:
    path = sent(tmp_path / "a.xlsx")
    made(path, mark("C7"), mark("C5"), mark("A2"))
    after = tmp_path / "marked.xlsx"
    assert [sheet.name for sheet in read_workbook(after)] == ["Lỗi cần sửa", FORM, OTHER]
    for name in (FORM, OTHER):
        assert held(path, name) == held(after, name)
        old, new = (CalamineWorkbook.from_path(str(p)).get_sheet_by_name(name) for p in (path, after))
        assert old.to_python() == new.to_python()
    assert held(after, FORM)[5, 3] == (413, "=SUM(C6:C7)", "#,##0.00", True, False, None)


def test_what_counts_sheets_counts_one_further(tmp_path: Path) -> None:
    path = sent(tmp_path / "a.xlsx")
    made(path, mark("C7"))
    with pytest.warns(UserWarning, match="extension"):
        book = load_workbook(tmp_path / "marked.xlsx")
    assert book.sheetnames == ["Lỗi cần sửa", FORM, OTHER]
    assert book[FORM].print_area == f"'{FORM}'!$A$1:$E$12"
    assert list(book[OTHER].defined_names) == ["tong"]
    assert list(book.defined_names) == ["chung"]
    ids = [e.get("sheetId") for e in etree.fromstring(_of("xl/workbook.xml", tmp_path)).iter("{*}sheet")]
    assert ids == ["8", "7", "3"]  # whose sheet a link of the chain of formulas is, its id says
    assert book.active is book["Lỗi cần sửa"]
    assert not book[FORM].sheet_view.tabSelected


def _of(name: str, folder: Path) -> bytes:
    with zipfile.ZipFile(folder / "marked.xlsx") as package:
        return package.read(name)


def test_two_tabs_are_never_chosen_at_once(tmp_path: Path) -> None:
    """The list is what the workbook opens with only if no untouched sheet says that its tab is chosen."""
    written = parts()
    sheet = str(written["xl/worksheets/sheet1.xml"]).replace(' tabSelected="1"', "")
    other = str(written["xl/worksheets/sheet2.xml"]).replace(
        "<x:sheetData>",
        '<x:sheetViews><x:sheetView tabSelected="1" workbookViewId="0"/></x:sheetViews><x:sheetData>',
    )
    book = str(written["xl/workbook.xml"]).replace('activeTab="0"', 'firstSheet="1" activeTab="1"')
    path = sent(
        tmp_path / "a.xlsx",
        {
            **written,
            "xl/worksheets/sheet1.xml": sheet,
            "xl/worksheets/sheet2.xml": other,
            "xl/workbook.xml": book,
        },
    )
    after = made(path, mark("C7"))
    assert after["xl/worksheets/sheet2.xml"] == other.encode()
    assert b'activeTab="2"' in after["xl/workbook.xml"]
    assert b"firstSheet" not in after["xl/workbook.xml"]
    after = made(path, mark("C7"), mark("A1", sheet=OTHER))
    assert b'activeTab="0"' in after["xl/workbook.xml"]
    assert b"tabSelected" not in after["xl/worksheets/sheet2.xml"]
    assert b"<x:c " in after["xl/worksheets/sheet2.xml"]  # in the prefix of its own
    unsaid = re.sub(r"<bookViews>.*</bookViews>", "", book)
    after = made(
        sent(path, {**written, "xl/workbook.xml": unsaid, "xl/worksheets/sheet2.xml": other}), mark("C7")
    )
    assert b'<bookViews><workbookView activeTab="1"/></bookViews><sheets>' in after["xl/workbook.xml"]


def test_comments_of_others_stay_and_ours_stands_below(tmp_path: Path) -> None:
    path = sent(tmp_path / "a.xlsx")
    after = made(path, mark("C6"), mark("D6"), mark("D7"))
    threaded = "xl/threadedComments/threadedComment1.xml"
    assert after[threaded] == _part(threaded)
    root = etree.fromstring(after["xl/comments1.xml"])
    texts = {c.get("ref"): "".join(map(str, c.itertext())) for c in root.iter("{*}comment")}
    assert texts["C6"] == "Số này lấy từ sổ 2\n✕ “12O” không phải là số\nCần làm: Gõ lại (CEL-001)"
    assert texts["D6"] == "[Threaded comment] Hỏi lại chị Hoa"  # a conversation shows nothing else
    assert texts["D7"].startswith("✕")
    assert [a.text for a in root.iter("{*}author")] == ["Lan", f"tc={THREAD}", "Sở Tư pháp"]
    drawing = after["xl/drawings/vmlDrawing1.vml"].decode()
    assert drawing.startswith(str(parts()["xl/drawings/vmlDrawing1.vml"])[:-6])
    assert re.findall(r'id="_x0000_s(\d+)"', drawing) == ["1025", "1026", "1027"]
    etree.fromstring(drawing)
    assert "<x:Row>6</x:Row><x:Column>3</x:Column>" in drawing


def test_a_file_marked_again_gets_a_new_list_and_no_second_one(tmp_path: Path) -> None:
    path = sent(tmp_path / "a.xlsx")
    made(path, mark("C7"), mark("C6"))
    again = Path(shutil.copy(tmp_path / "marked.xlsx", tmp_path / "b.xlsx"))
    made(again, mark("C7", what="vẫn sai"))
    sheets = read_workbook(tmp_path / "marked.xlsx")
    assert [sheet.name for sheet in sheets] == ["Lỗi cần sửa", FORM, OTHER]
    assert sum(text == "CEL-001" for _, text in sheets[0].texts()) == 1
    assert (sheets[1].at(7, 3).comment or "").startswith("✕ vẫn sai")
    assert held(path, FORM) == held(tmp_path / "marked.xlsx", FORM)


def test_a_comment_says_the_first_faults_of_a_cell_and_lies_within_the_sheet(tmp_path: Path) -> None:
    path = sent(tmp_path / "a.xlsx", parts(comments=False))
    after = made(path, *(mark("XFD1048576", what=f"_x000D_ {n}") for n in range(9)))
    comment = read_workbook(tmp_path / "marked.xlsx")[1].at(1_048_576, 16_384).comment or ""
    assert comment.startswith("✕ _x000D_ 0\nCần làm: Gõ lại (CEL-001)\n✕ _x000D_ 1")
    assert comment.endswith("(CEL-001)\n…")
    assert comment.count("✕") == 8
    anchor = re.search(rb"<x:Anchor>(.*?)</x:Anchor>", after["xl/drawings/vmlDrawing1.vml"])
    assert anchor is not None
    left, _, top, _, right, _, bottom, _ = map(int, anchor[1].split(b","))
    assert 0 < left < right < 16_384
    assert 0 < top < bottom < 1_048_576


def test_what_lies_under_a_merge_is_marked_where_it_is_seen(tmp_path: Path) -> None:
    made(sent(tmp_path / "a.xlsx", parts(comments=False)), mark("C1"), mark("B1", "warning"))
    sheets = read_workbook(tmp_path / "marked.xlsx")
    assert {at: c.comment for at, c in sheets[1].cells.items() if c.comment}.keys() == {(1, 2)}
    assert [sheets[0].at(row, 3).content for row in (6, 7)] == ["C1", "B1"]


def test_the_list_says_where_what_and_what_to_do(tmp_path: Path) -> None:
    path = sent(tmp_path / "a.xlsx")
    marks = (
        mark("C7", what="=1+1 <b>"),
        Mark(FORM, "", "warning", "cả trang _x000D_", "", "xem", "MAP-001"),
    )
    after = made(path, *marks)["xl/worksheets/sheet3.xml"]
    sheet = read_workbook(tmp_path / "marked.xlsx")[0]
    assert sheet.at(1, 1).content == TITLE
    told = [[sheet.at(row, column).content for column in range(1, 9)] for row in (5, 6, 7)]
    assert told[0] == list(TOLD.heads)
    assert told[1] == [1, FORM, "C7", "✕ lỗi", "=1+1 <b>", "lệch 2", "Gõ lại", "CEL-001"]
    assert told[2] == [2, FORM, None, "△ xem lại", "cả trang _x000D_", None, "xem", "MAP-001"]
    links = {e.get("ref"): e.get("location") for e in etree.fromstring(after).iter("{*}hyperlink")}
    assert links == {"C6": f"'{FORM}'!C7", "B7": f"'{FORM}'!A1"}


def test_names_with_apostrophes_and_a_sheet_of_the_same_name(tmp_path: Path) -> None:
    written = {
        name: part.replace(FORM, "Bi'ểu").replace(OTHER, "lỗi CẦN sửa") if isinstance(part, str) else part
        for name, part in parts().items()
    }
    after = made(sent(tmp_path / "a.xlsx", written), mark("C7", sheet="Bi'ểu"))
    names = [e.get("name") for e in etree.fromstring(after["xl/workbook.xml"]).iter("{*}sheet")]
    assert names == ["Lỗi cần sửa (2)", "Bi'ểu", "lỗi CẦN sửa"]
    assert "'Bi''ểu'!C7".encode() in after["xl/worksheets/sheet3.xml"]


def test_a_copy_that_reads_otherwise_is_not_handed_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a workbook cannot be marked as it is, the copy holds its values and says so; or there is none."""
    path, folder = sent(tmp_path / "a.xlsx"), tmp_path / "out"
    honest, spoilt = marked_workbook, [True]

    def wrong(*given: Any, whole: bool) -> marked.MarkedBytes:
        made = honest(*given, whole=whole)
        if not whole and spoilt[0]:
            return made
        stream = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(made.content)) as old, zipfile.ZipFile(stream, "w") as new:
            for name in old.namelist():
                new.writestr(name, old.read(name).replace(b"<v>301</v>", b"<v>0</v>"))
        return made._replace(content=stream.getvalue())

    monkeypatch.setattr(marked, "marked_workbook", wrong)
    write_marked(path, folder / "b.xlsx", [mark("C7")], TOLD, [TITLE])
    told, form, _ = read_workbook(folder / "b.xlsx")
    assert TOLD.damaged in str([text for _, text in told.texts()])
    assert (form.at(6, 3).content, form.at(5, 3).content, form.at(5, 3).formula) == (301, 413, None)
    spoilt[0] = False
    with pytest.raises(JudappError, match="EXP-001"):
        write_marked(path, folder / "c.xlsx", [mark("C7")], TOLD, [TITLE])
    assert [p.name for p in folder.iterdir()] == ["b.xlsx"]


_DATA = Path(__file__).parents[1] / "data"


@pytest.mark.parametrize(
    "name", ["table.xlsx", "table_lo.xlsx", "looks.xlsx", "blanks/12b-2019.xlsx", "blanks/auctions.xlsx"]
)
def test_workbooks_of_other_programs_read_the_same(name: str, tmp_path: Path) -> None:
    """openpyxl writes no calculation chain, LibreOffice every column, and each its own prefixes."""
    path = Path(shutil.copy(_DATA / name, tmp_path / "a.xlsx"))
    before = read_workbook(path)
    made(path, *(mark(cell, sheet=sheet.name) for sheet in before for cell in ("A1", "C4", "AB300")))
    _, *after = read_workbook(tmp_path / "marked.xlsx")
    for sheet in before:
        assert held(path, sheet.name) == held(tmp_path / "marked.xlsx", sheet.name)
        assert "✕" in (next(s for s in after if s.name == sheet.name).at(300, 28).comment or "")


def test_a_workbook_under_password_is_told(tmp_path: Path) -> None:
    data = Path(__file__).parents[1] / "data"
    with pytest.raises(JudappError, match="FIL-001"):
        marked_workbook(data / "encrypted.xlsx", [], TOLD)


@pytest.mark.oracle
def test_libreoffice_reads_the_same_and_shows_the_comments(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    assert office, "LibreOffice is not installed"
    path = sent(tmp_path / "a.xlsx")
    made(path, mark("C7"), mark("C6", "warning"), mark("A2"))

    def saved(name: str, kind: str) -> Path:
        subprocess.run(
            [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to",
             kind, "--outdir", str(tmp_path / kind), str(tmp_path / name)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return tmp_path / kind / f"{Path(name).stem}.{kind}"

    saved("a.xlsx", "ods")  # the first run only makes the profile
    for kind in ("ods", "xlsx"):
        ours, theirs = (read_workbook(p) for p in (tmp_path / "marked.xlsx", saved("marked.xlsx", kind)))
        assert [sheet.name for sheet in theirs] == [sheet.name for sheet in ours]
        for one, other in zip(ours, theirs, strict=True):
            for at, cell in one.cells.items():
                assert (other.at(*at).content, other.at(*at).comment) == (cell.content, cell.comment), at
    # What LibreOffice saved is marked in its turn.
    again = Path(shutil.copy(tmp_path / "xlsx" / "marked.xlsx", tmp_path / "lo.xlsx"))
    after = made(again, mark("D7"))
    assert "xl/worksheets/sheet4.xml" not in after
    assert held(again, FORM) == held(tmp_path / "marked.xlsx", FORM)
