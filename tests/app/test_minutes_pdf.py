"""Minutes leave as a PDF with every word in it, on numbered A4 pages, from the window and from a command."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from judapp.app.importing import apply_import, leave_out, preview
from judapp.app.minutes import last_imports, minutes
from judapp.app.minutes_out import keep_minutes
from judapp.app.workspace import Workspace
from judapp.errors import JudappError
from judapp.printing.lists import Column, Entry, List, Paper, render
from tests.app.test_importing import SEEDS, changed


@pytest.fixture
def workspace(demo: Path) -> Iterator[Workspace]:
    with Workspace.open(demo) as opened:
        opened.who = "Nguyễn Thị Ẵm"
        yield opened


def words_of(document: bytes) -> list[str]:
    """The words of each page, by the tables that say which letter each glyph is, as a reader copies them."""
    objects = dict(re.findall(rb"(?ms)^(\d+) 0 obj\n(.*?)^endobj", document))
    fonts = {}
    for number, body in objects.items():
        if found := re.search(rb"/ToUnicode (\d+) 0 R", body):
            fonts[number] = _letters(_stream(objects, found[1]))
    pages = []
    for body in objects.values():
        if re.search(rb"/Type /Page\b", body) and (at := re.search(rb"/Contents (\d+) 0 R", body)):
            names = dict(re.findall(rb"/(F\d+) (\d+) 0 R", _resources(objects, body)))
            pages.append(_page(_stream(objects, at[1]), names, fonts))
    return pages


def _resources(objects: dict[bytes, bytes], page: bytes) -> bytes:
    found = re.search(rb"/Resources (\d+) 0 R", page)
    return page if found is None else objects[found[1]]


def _stream(objects: dict[bytes, bytes], number: bytes) -> bytes:
    body = objects[number]
    raw = body[body.index(b"stream\n") + 7 : body.rindex(b"\nendstream")]
    return zlib.decompress(raw) if b"FlateDecode" in body else raw


def _letters(table: bytes) -> dict[int, str]:
    """Glyph → letters, as the character map of a font says."""
    found: dict[int, str] = {}
    for block in re.findall(rb"(?s)beginbfrange\n(.*?)endbfrange", table):
        for first, last, to in re.findall(rb"<(\w+)> <(\w+)> (\[[^\]]*\]|<\w+>)", block):
            texts = re.findall(rb"<(\w+)>", to)
            for at, glyph in enumerate(range(int(first, 16), int(last, 16) + 1)):
                if len(texts) > 1 or at == 0:
                    found[glyph] = bytes.fromhex(texts[at].decode()).decode("utf-16-be")
                else:
                    found[glyph] = chr(ord(found[int(first, 16)]) + at)
    for block in re.findall(rb"(?s)beginbfchar\n(.*?)endbfchar", table):
        for glyph, to in re.findall(rb"<(\w+)> <(\w+)>", block):
            found[int(glyph, 16)] = bytes.fromhex(to.decode()).decode("utf-16-be")
    return found


def _page(content: bytes, names: dict[bytes, bytes], fonts: dict[bytes, dict[int, str]]) -> str:
    words, letters = "", {}
    for name, shown in re.findall(rb"/(F\d+) [\d.]+ Tf|<([0-9a-fA-F]+)> ?Tj", content):
        if name:
            letters = fonts[names[name]]
        else:
            codes = [int(shown[at : at + 4], 16) for at in range(0, len(shown), 4)]
            words += "".join(letters.get(code, "\ufffd") for code in codes)
    return words


def test_the_pdf_holds_every_word_of_the_minutes(workspace: Workspace, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "gửi"
    folder.mkdir()
    changed(SEEDS / "pl-stp_40_2024-H1.xlsx", folder / "xã Ễ ẵ Ữ.xlsx", "Hồ sơ đăng ký trực tuyến", 1)
    (folder / "ảnh.xlsx").write_bytes(b"\xff\xd8\xff\xe0")
    op = apply_import(workspace, preview(workspace, [folder])).op_id
    assert op is not None
    path = keep_minutes(workspace, op, tmp_path / "Biên bản.pdf")
    document = path.read_bytes()
    whole = "".join(words_of(document)).replace(" ", "")
    found = minutes(workspace, op)
    for words in (
        "BIÊN BẢN NHẬP TỆP SỐ 2",
        "xã Ễ ẵ Ữ.xlsx",
        "Nguyễn Thị Ẵm",
        "ảnh.xlsx",
        "trang 1/1",
        "Đọc 10 ô",
    ):
        assert words.replace(" ", "") in whole
    for line in (*found.written, *found.left_out):
        assert line.sha256 in whole
    assert len(re.findall(rb"/MediaBox \[0 0 842", document)) == 1  # A4 across


def test_a_cell_longer_than_a_page_goes_on_on_the_next(qtbot: QtBot) -> None:
    notes = "\n".join(f"chỗ {number}." for number in range(200))
    table = List(
        "Đã ghi", [Column("STT", 1, numbers=True), Column("Ghi chú", 9)], [[Entry("1"), Entry(notes)]]
    )
    pages = words_of(render(Paper("Biên bản", "Sở", ["a"], [table], foot="trang {page}/{pages}")))
    assert len(pages) > 3
    assert [page.rpartition("trang")[2].strip() for page in pages] == [
        f"{at}/{len(pages)}" for at in range(1, len(pages) + 1)
    ]
    assert all("Ghi" in page for page in pages)  # the heads come again
    whole = "".join(pages).replace(" ", "")
    assert all(f"chỗ{number}." in whole for number in range(200))


def test_a_word_without_a_space_is_broken_not_cut(qtbot: QtBot) -> None:
    table = List("Đã ghi", [Column("Mã", 1), Column("Ghi chú", 30)], [[Entry("ab" * 64), Entry("")]])
    [page] = words_of(render(Paper("Biên bản", "", [], [table])))
    assert "ab" * 64 in page


def test_minutes_tell_the_cells_a_person_took_out(workspace: Workspace, tmp_path: Path) -> None:
    path = changed(SEEDS / "pl-stp_40_2024-H1.xlsx", tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 1)
    changed(path, path, "Tổng số hồ sơ", 85962)
    found = preview(workspace, [path])
    first, second = found[0].changes
    found = leave_out(found, 0, [first.cell], out=True)
    assert found[0].writing == [second]
    op = apply_import(workspace, found).op_id
    assert op is not None
    [line] = minutes(workspace, op).written
    assert (line.written, line.read) == (1, 10)
    assert f"Người nhập để lại 1 ô: {first.cell}." in [note.vi for note in line.notes]
    stored = workspace.stored(*found[0].target)
    assert stored is not None
    sheet = workspace.load(stored)
    assert sheet.figures[first.key] == first.before
    assert sheet.figures[second.key] == second.after


def test_of_a_file_whose_cells_were_all_taken_out_nothing_is_written(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = changed(SEEDS / "pl-stp_40_2024-H1.xlsx", tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 1)
    found = preview(workspace, [path])
    out = leave_out(found, 0, [change.cell for change in found[0].changes], out=True)
    assert apply_import(workspace, out).empty
    again = leave_out(out, 0, [change.cell for change in found[0].changes], out=False)
    assert apply_import(workspace, again).figures == 1


def test_minutes_are_kept_as_a_workbook_or_a_pdf_and_nothing_else(
    workspace: Workspace, tmp_path: Path
) -> None:
    [newest, *_] = last_imports(workspace, 1)
    assert keep_minutes(workspace, newest.op, tmp_path / "b.xlsx").stat().st_size
    with pytest.raises(JudappError, match="MIN-001"):
        keep_minutes(workspace, newest.op, tmp_path / "b.docx")


def test_stopping_while_writing_leaves_nothing(workspace: Workspace, tmp_path: Path) -> None:
    changed(SEEDS / "pl-stp_40_2024-H1.xlsx", tmp_path / "a.xlsx", "Hồ sơ đăng ký trực tuyến", 1)
    changed(SEEDS / "pl-stp_10_2024-H1.xlsx", tmp_path / "b.xlsx", "Hồ sơ đăng ký trực tuyến", 1)
    found = preview(workspace, [tmp_path])
    told: list[tuple[int, int, str]] = []

    def stop(done: int, total: int, name: str) -> None:
        told.append((done, total, name))
        if done:
            raise JudappError("IMD-stopped")

    former = last_imports(workspace, 1)
    with pytest.raises(JudappError, match="IMD-stopped"):
        apply_import(workspace, found, step=stop)
    assert told == [(0, 2, "a.xlsx"), (1, 2, "b.xlsx")]
    assert last_imports(workspace, 1) == former
    assert all(replace(c).status == "ready" for c in found)
