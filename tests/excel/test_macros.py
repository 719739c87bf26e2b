"""Of a blank nothing is kept that could run (issue 5: macros never kept)."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from openpyxl import load_workbook

from judapp.excel.blank import read_blank
from judapp.excel.macros import without_macros

DATA = Path(__file__).parents[1] / "data"
MACRO_MAIN = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def with_macros(path: Path) -> bytes:
    """The workbook as Excel saves it with a project, its signature and their relations."""
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "[Content_Types].xml":
                plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
                assert plain in content
                content = content.replace(plain, MACRO_MAIN.encode())
                kind = b'ContentType="application/vnd.ms-office.vbaProject"/>'
                project = b'<Override PartName="/xl/vbaProject.bin" ' + kind
                content = content.replace(b"</Types>", project + b"</Types>")
            if name == "xl/_rels/workbook.xml.rels":
                kind = b"http://schemas.microsoft.com/office/2006/relationships/vbaProject"
                more = b'<Relationship Id="rId99" Type="' + kind + b'" Target="vbaProject.bin"/>'
                content = content.replace(b"</Relationships>", more + b"</Relationships>")
            new.writestr(name, content)
        new.writestr("xl/vbaProject.bin", b"Sub Auto_Open")
        new.writestr("xl/vbaProjectSignature.bin", b"x")
        new.writestr("xl/_rels/vbaProject.bin.rels", b"<x/>")
    return stream.getvalue()


def test_a_workbook_without_macros_stays_byte_for_byte() -> None:
    for name in ("looks.xlsx", "looks.xls", "looks.ods"):
        content = (DATA / name).read_bytes()
        assert without_macros(content) == content


def test_an_xlsm_loses_its_project_and_every_word_about_it(tmp_path: Path) -> None:
    made = without_macros(with_macros(DATA / "looks.xlsx"))
    assert made is not None
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        everything = b"".join(package.read(name) for name in package.namelist())
        assert not [name for name in package.namelist() if "vba" in name.lower()]
    assert b"vba" not in everything.lower()
    assert b"macroEnabled" not in everything
    path = tmp_path / "x.xlsx"
    path.write_bytes(made)
    assert read_blank(path) == read_blank(DATA / "looks.xlsx")
    assert load_workbook(path).sheetnames == ["Biểu 1", "Trống", "Ẩn"]


def test_an_ods_loses_its_basic_libraries(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(DATA / "looks.ods") as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "META-INF/manifest.xml":
                path = b'manifest:full-path="Basic/Standard/Module1.xml" manifest:media-type=""/>'
                entry = b"<manifest:file-entry " + path
                content = content.replace(b"</manifest:manifest>", entry + b"</manifest:manifest>")
            new.writestr(name, content)
        new.writestr("Basic/Standard/Module1.xml", b"<x/>")
    made = without_macros(stream.getvalue())
    assert made is not None
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert package.namelist()[0] == "mimetype"
        assert not [name for name in package.namelist() if name.startswith("Basic")]
        assert b"Basic" not in package.read("META-INF/manifest.xml")
    saved = tmp_path / "x.ods"
    saved.write_bytes(made)
    assert read_blank(saved) == read_blank(DATA / "looks.ods")


def test_what_macros_cannot_be_taken_out_of_is_not_kept() -> None:
    old = (DATA / "looks.xls").read_bytes() + "_VBA_PROJECT_CUR".encode("utf-16-le")
    assert without_macros(old) is None
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("xl/macrosheets/sheet1.xml", b"<x/>")
    assert without_macros(stream.getvalue()) is None
