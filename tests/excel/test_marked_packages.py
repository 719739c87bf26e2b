"""Workbooks of every kind of package are marked in their way: strict, without looks, signed, with macros."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from judapp.excel.reader import read_workbook
from tests.excel.packages import relations
from tests.excel.sent_workbooks import FORM, parts, sent, strict
from tests.excel.test_marked import ERROR, TOLD, held, made, mark


def test_strict_workbooks_stay_strict(tmp_path: Path) -> None:
    path = sent(tmp_path / "a.xlsx", {name: strict(part) for name, part in parts(comments=False).items()})
    after = made(path, mark("C7"))
    assert held(path, FORM) == held(tmp_path / "marked.xlsx", FORM)
    for name in (
        "xl/workbook.xml",
        "xl/worksheets/sheet3.xml",
        "xl/comments1.xml",
        "xl/_rels/workbook.xml.rels",
    ):
        assert b"schemas.openxmlformats.org/spreadsheetml" not in after[name]
        assert b"schemas.openxmlformats.org/officeDocument" not in after[name]


@pytest.mark.parametrize(
    "styles", [None, "<styleSheet xmlns='{}'/>", "<s:styleSheet xmlns:s='{}'><s:fonts/></s:styleSheet>"]
)
def test_a_workbook_without_looks_gets_some(tmp_path: Path, styles: str | None) -> None:
    written = parts(comments=False)
    related = str(written["xl/_rels/workbook.xml.rels"])
    if styles is None:
        del written["xl/styles.xml"]
        written["xl/_rels/workbook.xml.rels"] = re.sub(r"<Relationship [^>]*styles.xml\"/>", "", related)
    else:
        written["xl/styles.xml"] = styles.format("http://schemas.openxmlformats.org/spreadsheetml/2006/main")
    after = made(sent(tmp_path / "a.xlsx", written), mark("C7"))
    root = etree.fromstring(after["xl/styles.xml" if styles else "xl/styles1.xml"])
    order = [etree.QName(e).localname for e in root]
    assert order == ["fonts", "fills", "borders", "cellStyleXfs", "cellXfs"]
    for group in root:
        assert group.get("count") in (None, str(len(group)))
    xfs, fills = (root.find(f"{{*}}{name}") for name in ("cellXfs", "fills"))
    assert xfs is not None
    assert fills is not None
    look = int(re.search(rb'<c s="(\d+)" r="C7"|r="C7" s="(\d+)"', after["xl/worksheets/sheet1.xml"])[2])  # type: ignore[index]
    assert ERROR.encode() in etree.tostring(fills[int(xfs[look].get("fillId", ""))])


def test_macros_are_left_out_and_that_is_said(tmp_path: Path) -> None:
    """A department sends no program on that somebody sent it."""
    written = parts()
    types = str(written["[Content_Types].xml"]).replace(
        "openxmlformats-officedocument.spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main"
    )
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    related = str(written["xl/_rels/workbook.xml.rels"]).replace(
        "</Relationships>", f'<Relationship Id="rId9" Type="{kind}" Target="vbaProject.bin"/></Relationships>'
    )
    path = sent(
        tmp_path / "a.xlsm",
        {
            **written,
            "[Content_Types].xml": types,
            "xl/_rels/workbook.xml.rels": related,
            "xl/vbaProject.bin": b"x",
        },
    )
    after = made(path, mark("C7"))
    assert "xl/vbaProject.bin" not in after
    assert b"macroEnabled" not in after["[Content_Types].xml"]
    assert TOLD.macros in str([text for _, text in read_workbook(tmp_path / "marked.xlsx")[0].texts()])
    assert held(path, FORM) == held(tmp_path / "marked.xlsx", FORM)


@pytest.mark.parametrize("kind", ["sheet.macroEnabled", "template.macroEnabled"])
def test_an_xlsm_without_macros_becomes_an_xlsx_in_its_own_words(tmp_path: Path, kind: str) -> None:
    """Excel opens no .xlsx whose workbook says that it is something else."""
    written = parts()
    types = str(written["[Content_Types].xml"]).replace(
        "openxmlformats-officedocument.spreadsheetml.sheet.main", f"ms-excel.{kind}.main"
    )
    after = made(sent(tmp_path / "a.xlsm", {**written, "[Content_Types].xml": types}), mark("C7"))
    assert b"spreadsheetml.sheet.main+xml" in after["[Content_Types].xml"]
    assert b"macroEnabled" not in after["[Content_Types].xml"]
    assert TOLD.macros not in str([text for _, text in read_workbook(tmp_path / "marked.xlsx")[0].texts()])


def test_a_signature_and_the_log_of_a_shared_workbook_are_left_out_and_said(tmp_path: Path) -> None:
    written = parts()
    origin = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
    root = str(written["_rels/.rels"]).replace(
        "</Relationships>",
        f'<Relationship Id="rId7" Type="{origin}" Target="_xmlsignatures/origin.sigs"/></Relationships>',
    )
    types = str(written["[Content_Types].xml"]).replace(
        "</Types>", '<Override PartName="/_xmlsignatures/sig1.xml" ContentType="a/b"/></Types>'
    )
    log = relations(("rId8", "revisionHeaders", "revisions/revisionHeaders.xml"))
    shared = log[log.index("<Relationship ") :]
    book = str(written["xl/_rels/workbook.xml.rels"]).replace("</Relationships>", shared)
    path = sent(
        tmp_path / "a.xlsx",
        {
            **written, "_rels/.rels": root, "[Content_Types].xml": types, "xl/_rels/workbook.xml.rels": book,
            "_xmlsignatures/origin.sigs": b"", "_xmlsignatures/sig1.xml": b"<a/>",
            "xl/revisions/revisionHeaders.xml": b"<a/>",
        },
    )  # fmt: skip
    after = made(path, mark("C7"))
    assert not [name for name in after if "signatures" in name or "revisions" in name]
    for name in ("_rels/.rels", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        assert not re.search(b"signature|revision", after[name])
    said = str([text for _, text in read_workbook(tmp_path / "marked.xlsx")[0].texts()])
    assert TOLD.signature in said
    assert TOLD.shared in said


def test_the_sheet_s_own_drawing_relation_stands_where_it_belongs(tmp_path: Path) -> None:
    """Controls, tables and extensions come behind it (18.3.1.99), also where an alternative wraps them."""
    written = parts(comments=False)
    wrapped = (
        '<mc:AlternateContent><mc:Choice Requires="x14"><controls/></mc:Choice></mc:AlternateContent>'
        '<tableParts count="0"/><extLst>'
    )
    written["xl/worksheets/sheet1.xml"] = str(written["xl/worksheets/sheet1.xml"]).replace(
        "<extLst>", wrapped
    )
    after = made(sent(tmp_path / "a.xlsx", written), mark("C7"))["xl/worksheets/sheet1.xml"]
    order = [etree.QName(e).localname for e in etree.fromstring(after)]
    at = order.index("legacyDrawing")
    assert (order[at - 1], order[at + 1]) == ("drawing", "AlternateContent")
