"""A workbook as a commune sends it from Excel: everything that must survive being marked is in it."""

# ruff: noqa: E501 – parts stand as Excel writes them, in one line

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    RELS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument"
FORM, OTHER = "Biểu 17a nháp", "Phụ lục"
"""The names of its worksheets."""
THREAD = "{0B1F2A53-0000-4000-8000-000000000001}"


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = b"\0" + b"\xb3\x26\x1e" * 24
    head = struct.pack(">IIBBBBB", 24, 24, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(row * 24))
        + chunk(b"IEND", b"")
    )


def _related(*targets: tuple[str, str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="{own}" Type="{kind if ":" in kind else f"{RELS}/{kind}"}" Target="{target}"/>'
        for own, kind, target in targets
    )
    return (
        f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{inside}</Relationships>"
    )


_FORM = f"""{_HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{RELS}" \
xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac" \
xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac">\
<sheetPr codeName="Sheet1"><tabColor rgb="FF0B5CAD"/></sheetPr><dimension ref="A1:E8"/>\
<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"/></sheetViews>\
<sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="0.25"/>\
<cols><col min="1" max="1" width="9" customWidth="1"/><col min="2" max="2" width="40" customWidth="1"/>\
<col min="5" max="7" width="14" style="2" customWidth="1"/></cols><sheetData>\
<row r="1" spans="1:5" ht="48" customHeight="1" x14ac:dyDescent="0.25"><c r="B1" t="s"><v>0</v></c></row>\
<row r="4" spans="1:5" x14ac:dyDescent="0.25"><c r="A4" s="1" t="s"><v>1</v></c><c r="B4" s="1" t="s"><v>2</v></c>\
<c r="C4" s="1"><v>-1</v></c><c r="D4" s="1"><v>-2</v></c></row>\
<row r="5" spans="1:5" x14ac:dyDescent="0.25"><c r="A5" t="s"><v>3</v></c><c r="B5" s="1" t="s"><v>4</v></c>\
<c r="C5" s="2"><f>SUM(C6:C7)</f><v>413</v></c><c r="D5" s="2"><f>SUM(D6:D7)</f><v>120.25</v></c></row>\
<row r="6" spans="1:5" x14ac:dyDescent="0.25"><c r="A6"><v>1</v></c><c r="B6" t="s"><v>5</v></c>\
<c r="C6" s="2"><v>301</v></c><c r="D6" s="2"><v>98.25</v></c></row>\
<row r="7" spans="1:5" s="2" customFormat="1" x14ac:dyDescent="0.25"><c r="A7"><v>2</v></c>\
<c r="B7" t="s"><v>6</v></c><c r="C7" s="2" t="s"><v>7</v></c><c r="D7" s="2"><v>22</v></c></row>\
</sheetData><sheetProtection sheet="0"/><mergeCells count="1"><mergeCell ref="B1:D1"/></mergeCells>\
<conditionalFormatting sqref="C6:D7"><cfRule type="cellIs" dxfId="0" priority="1" operator="lessThan">\
<formula>0</formula></cfRule></conditionalFormatting>\
<dataValidations count="1"><dataValidation type="whole" allowBlank="1" sqref="C6:C7"><formula1>0</formula1>\
<formula2>9999</formula2></dataValidation></dataValidations>\
<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>\
<pageSetup paperSize="9" orientation="landscape" r:id="rId1"/><drawing r:id="rId2"/>{{legacy}}\
<extLst><ext uri="{{{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}}}" \
xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations count="0"/></ext>\
</extLst></worksheet>"""

_OTHER = f"""{_HEAD}<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c><x:f>'Biểu 17a nháp'!C6*2</x:f>\
<x:v>602</x:v></x:c><x:c t="inlineStr"><x:is><x:t>giữ nguyên</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>"""

_STYLES = f"""{_HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0.00"/>\
</numFmts><fonts count="2"><font><sz val="12"/><name val="Times New Roman"/></font><font><b/><sz val="12"/>\
<color rgb="FF7030A0"/><name val="Times New Roman"/></font></fonts><fills count="3"><fill>\
<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill>\
<patternFill patternType="solid"><fgColor rgb="FFE9F0F7"/><bgColor indexed="64"/></patternFill></fill></fills>\
<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"/>\
<right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
<xf numFmtId="0" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1"/>\
<xf numFmtId="164" fontId="1" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1">\
<alignment horizontal="right"/><protection locked="0"/></xf></cellXfs><cellStyles count="1">\
<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles><dxfs count="1"><dxf><font>\
<color rgb="FFFF0000"/></font></dxf></dxfs><tableStyles count="0"/></styleSheet>"""

_DRAWING = f"""{_HEAD}<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" \
xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:oneCellAnchor><xdr:from><xdr:col>0</xdr:col>\
<xdr:colOff>0</xdr:colOff><xdr:row>0</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>\
<xdr:ext cx="457200" cy="457200"/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="Logo"/><xdr:cNvPicPr/>\
</xdr:nvPicPr><xdr:blipFill><a:blip xmlns:r="{RELS}" r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch>\
</xdr:blipFill><xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="457200" cy="457200"/></a:xfrm>\
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor>\
<xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>8</xdr:row>\
<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>3</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>11</xdr:row>\
<xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="3" name="TextBox 2"/>\
<xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="500000"/></a:xfrm>\
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>\
</xdr:spPr><xdr:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:t>Người lập biểu: chị Lan</a:t></a:r></a:p></xdr:txBody>\
</xdr:sp><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"""

COMMENTS = f"""{_HEAD}<comments xmlns="{MAIN}"><authors><author>Lan</author><author>tc={THREAD}</author></authors>\
<commentList><comment ref="C6" authorId="0"><text><t>Số này lấy từ sổ 2</t></text></comment>\
<comment ref="D6" authorId="1"><text><t>[Threaded comment] Hỏi lại chị Hoa</t></text></comment></commentList></comments>"""

VML = (
    """<xml xmlns:v="urn:schemas-microsoft-com:vml"\r
 xmlns:o="urn:schemas-microsoft-com:office:office"\r
 xmlns:x="urn:schemas-microsoft-com:office:excel">\r
 <o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>\r
 <v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">\r
  <v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>\r
"""
    + "".join(
        f"""<v:shape id="_x0000_s{number}" type="#_x0000_t202" style='position:absolute;margin-left:200pt;\
margin-top:60pt;width:110pt;height:60pt;z-index:1;visibility:hidden' fillcolor="infoBackground [80]">\
<v:textbox><div style='text-align:left'></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/>\
<x:SizeWithCells/><x:Anchor>4, 15, 5, 2, 6, 15, 9, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>5</x:Row>\
<x:Column>{column}</x:Column></x:ClientData></v:shape>\r\n"""
        for number, column in ((1025, 2), (1026, 3))
    )
    + "</xml>"
)

_THREADED = f"""{_HEAD}<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">\
<threadedComment ref="D6" dT="2026-06-01T08:00:00.00" personId="{{1}}" id="{THREAD}"><text>Hỏi lại chị Hoa</text>\
</threadedComment></ThreadedComments>"""

_TEXTS = ("BÁO CÁO CHỨNG THỰC", "A", "B", "I", "Tổng số", "Bản sao", "Chữ ký", "12O")


def parts(*, comments: bool = True) -> dict[str, str | bytes]:
    """The parts of the workbook, in the order Excel writes them."""
    legacy = '<legacyDrawing r:id="rId3"/>' if comments else ""
    of_form = [
        ("rId1", "printerSettings", "../printerSettings/printerSettings1.bin"),
        ("rId2", "drawing", "../drawings/drawing1.xml"),
    ]
    noted = {}
    types = ""
    if comments:
        threaded = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
        of_form += [
            ("rId3", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
            ("rId4", "comments", "../comments1.xml"),
            ("rId5", threaded, "../threadedComments/threadedComment1.xml"),
        ]
        noted = {
            "xl/drawings/vmlDrawing1.vml": VML,
            "xl/comments1.xml": COMMENTS,
            "xl/threadedComments/threadedComment1.xml": _THREADED,
        }
        types = (
            f'<Default Extension="vml" ContentType="{_TYPE}.vmlDrawing"/>'
            f'<Override PartName="/xl/comments1.xml" ContentType="{_TYPE}.spreadsheetml.comments+xml"/>'
            '<Override PartName="/xl/threadedComments/threadedComment1.xml"'
            ' ContentType="application/vnd.ms-excel.threadedcomments+xml"/>'
        )
    shared = "".join(f"<si><t>{text}</t></si>" for text in _TEXTS)
    return {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.spreadsheetml.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.spreadsheetml.worksheet+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet2.xml" ContentType="{_TYPE}.spreadsheetml.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.spreadsheetml.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.spreadsheetml.sharedStrings+xml"/>'
        f'<Override PartName="/xl/calcChain.xml" ContentType="{_TYPE}.spreadsheetml.calcChain+xml"/>'
        f'<Override PartName="/xl/drawings/drawing1.xml" ContentType="{_TYPE}.drawing+xml"/>'
        f'<Override PartName="/docProps/app.xml" ContentType="{_TYPE}.extended-properties+xml"/>{types}</Types>',
        "_rels/.rels": _related(
            ("rId1", "officeDocument", "xl/workbook.xml"), ("rId2", "extended-properties", "docProps/app.xml")
        ),
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><workbookPr codeName="Book"/>'
        '<bookViews><workbookView xWindow="0" yWindow="0" windowWidth="20000" windowHeight="9000" activeTab="0"/>'
        f'</bookViews><sheets><sheet name="{FORM}" sheetId="7" r:id="rId1"/>'
        f'<sheet name="{OTHER}" sheetId="3" r:id="rId2"/></sheets><definedNames>'
        f'<definedName name="_xlnm.Print_Area" localSheetId="0">\'{FORM.replace(chr(39), chr(39) * 2)}\'!$A$1:$E$12'
        f'</definedName><definedName name="tong" localSheetId="1">\'{OTHER}\'!$A$1</definedName>'
        f"<definedName name=\"chung\">'{OTHER}'!$B$1</definedName></definedNames>"
        '<calcPr calcId="191029"/></workbook>',
        "xl/_rels/workbook.xml.rels": _related(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "worksheet", "worksheets/sheet2.xml"),
            ("rId3", "styles", "styles.xml"),
            ("rId4", "sharedStrings", "sharedStrings.xml"),
            ("rId5", "calcChain", "calcChain.xml"),
        ),
        "xl/worksheets/sheet1.xml": _FORM.format(legacy=legacy),
        "xl/worksheets/sheet2.xml": _OTHER,
        "xl/worksheets/_rels/sheet1.xml.rels": _related(*of_form),
        "xl/styles.xml": _STYLES,
        "xl/sharedStrings.xml": f'{_HEAD}<sst xmlns="{MAIN}" count="9" uniqueCount="8">{shared}</sst>',
        "xl/drawings/drawing1.xml": _DRAWING,
        "xl/drawings/_rels/drawing1.xml.rels": _related(("rId1", "image", "../media/image1.png")),
        "xl/media/image1.png": _png(),
        "xl/printerSettings/printerSettings1.bin": b"printer",
        **noted,
        "xl/calcChain.xml": f'{_HEAD}<calcChain xmlns="{MAIN}"><c r="C5" i="7"/><c r="D5" i="7"/><c r="A1" i="3"/>'
        "</calcChain>",
        "docProps/app.xml": f'{_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'extended-properties"><Application>Microsoft Excel</Application></Properties>',
    }


def strict(content: str | bytes) -> str | bytes:
    """The part as Excel writes it where a workbook is saved as strict Open XML."""
    if isinstance(content, bytes):
        return content
    for transitional, own in _STRICT.items():
        content = content.replace(transitional, own)
    return content


def sent(path: Path, written: Mapping[str, str | bytes] | None = None) -> Path:
    """The workbook at ``path``; pictures are stored, the rest is packed, all as of one winter day."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in (written or parts()).items():
            entry = zipfile.ZipInfo(name, (2026, 1, 15, 8, 30, 0))
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return path
