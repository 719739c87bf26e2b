"""Workbooks that must be refused, or whose cells must, one fault each: makers of ``tests/data/import``."""

from __future__ import annotations

import base64
import zlib
from pathlib import Path

from judapp.app.workspace import Workspace
from tests.import_habits import CT, HT, _Makers, _named
from tests.import_pages import Page, Written, parts_of_xlsx, xlsx, zipped

SHEET = "xl/worksheets/sheet1.xml"
_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
)


def faults(workspace: Workspace) -> dict[str, bytes]:
    """Every fault's file by its name."""
    made = _Makers(workspace)
    return {**_files(made), **_cells(made), **_meanings(made)}


def _files(made: _Makers) -> dict[str, bytes]:
    """The file itself."""
    whole = xlsx(made.ct())
    laughs = parts_of_xlsx([made.ct()])
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    shared = str(laughs["xl/sharedStrings.xml"])
    laughs["xl/sharedStrings.xml"] = f'<!DOCTYPE sst [<!ENTITY l0 "ha">{entities}]>{shared}'.replace(
        "17a", "&l9;", 1
    )
    full = parts_of_xlsx([made.ct()])
    full[SHEET] = str(full[SHEET]).replace(
        "</sheetData>", "<row><c><v>1</v></c></row>" * (1_048_576 - 14) + "</sheetData>"
    )
    wide = parts_of_xlsx([made.ct()])
    row = f"<row>{'<c><v>1</v></c>' * 16_384}</row>"
    wide[SHEET] = str(wide[SHEET]).replace("</sheetData>", row * 62 + "</sheetData>")
    beyond = parts_of_xlsx([made.ct()])
    beyond[SHEET] = str(beyond[SHEET]).replace('r="A10"', 'r="XFE10"')
    lying = parts_of_xlsx([made.ct()])
    lying["xl/workbook.xml"] = str(lying["xl/workbook.xml"]).replace('r:id="rId1"', 'r:id="rId9"')
    outside = parts_of_xlsx([made.ct()])
    rels = "xl/_rels/workbook.xml.rels"
    outside[rels] = str(outside[rels]).replace("worksheets/sheet1.xml", "../../../../../../etc/passwd")
    return {
        "empty.xlsx": b"",
        "truncated.xlsx": whole[: len(whole) // 2],
        "picture.xlsx": _PNG,
        "billion-laughs.xlsx": zipped(laughs),
        "rows-full.xlsx": zipped(full),
        "columns-full.xlsx": zipped(wide),
        "column-beyond.xlsx": zipped(beyond),
        "sheet-part-missing.xlsx": zipped(lying),
        "part-outside.xlsx": zipped(outside),
    }


def _cells(made: _Makers) -> dict[str, bytes]:
    """Cells that hold no figures."""
    files = {}
    page = made.ct()
    page.merges = [(1, 1, 1_048_576, 16_384)]
    files["merged-everything.xlsx"] = xlsx(page)
    page = made.ct()
    page.cells[10, 1], page.cells[10, 2] = Written(0, "B10"), Written(0, "A10")
    files["circular.xlsx"] = xlsx(page)
    page = made.ct()
    page.cells[10, 1], page.cells[10, 2] = Written(None, "B10"), Written(None, "A10")
    files["circular-without-values.xlsx"] = xlsx(page)
    page = made.ct()
    page.cells[10, 1], page.cells[10, 2] = (
        Written("#REF!", "#REF!+1", error=True),
        Written("#DIV/0!", "1/0", error=True),
    )
    files["error-values.xlsx"] = xlsx(page)
    page = made.ct()
    page.cells[10, 2] = Written(45_449, looks="dd/mm/yyyy")
    files["date-for-number.xlsx"] = xlsx(page)
    page = made.kskt()
    page.cells[20, 2] = Written(6.5)
    page.cells[21, 2] = Written(-11)
    files["not-whole-negative.xlsx"] = xlsx(page)
    return files


def _meanings(made: _Makers) -> dict[str, bytes]:
    """What the file says of itself."""
    files = {}
    page = made.ct()
    other = made.ht()
    top = page.last[0] + 3
    for (row, column), cell in other.cells.items():
        page.cells[row + top, column] = cell
    page.merges += [(a[0] + top, a[1], a[2] + top, a[3]) for a in other.merges]
    files["two-forms-one-sheet.xlsx"] = xlsx(page)
    page = made.ht()
    codes = page.find("(1)")[0]
    for column in range(1, 4):
        page.put((codes + 2, column), f"({column})")
        page.put((codes + 3, column), 9)
    files["two-number-rows.xlsx"] = xlsx(page)
    files["wrong-period.xlsx"] = xlsx(made.ct(period="2024-H1"))
    page = made.ct()
    page.put(page.find("Kỳ báo cáo"), "Kỳ báo cáo: Sơ bộ 6 tháng năm 2026")
    page.put(page.find("Từ ngày"), "(Từ ngày 01/01/2026 đến ngày 31/5/2026)")
    files["wrong-version.xlsx"] = xlsx(page)
    page = made.ct()
    page.put(page.find("Biểu số"), "Biểu số: 99z/BTP/KHONG-CO")
    files["form-unknown.xlsx"] = xlsx(page)
    page = made.ct()
    page.put(page.find("Biểu số"), f"Biểu số: {HT}")
    page.put(page.find("Kỳ báo cáo"), "Kỳ báo cáo: năm 2018")
    page.put(page.find("Từ ngày"), "(Từ ngày 01/01/2018 đến ngày 31/12/2018)")
    files["number-of-another-form.xlsx"] = xlsx(page)
    files["nothing-in-it.xlsx"] = xlsx(Page())
    files["no-form.xlsx"] = xlsx(
        Page("Danh sách", {(1, 1): Written("Họ tên"), (2, 1): Written("Nguyễn Văn A"), (2, 2): Written(7)})
    )
    page = made.ct()
    page.put((9, 1), "Chứng thực hợp đồng, giao dịch\n(Việc)")
    page.put((9, 3), "Chứng thực bản sao\n(Bản)")
    files["columns-swapped.xlsx"] = xlsx(page)
    page = made.kskt()
    page.put((21, 1), "- Con ngoài giá thú và con nuôi")
    page.put((27, 1), "- Người không rõ tuổi")
    files["row-label-changed.xlsx"] = xlsx(page)
    page = made.kskt()
    page.put((21, 1), "- Con trong giá thú")
    files["row-twice.xlsx"] = xlsx(page)
    page = made.kskt()
    for column in range(2, 7):
        page.cells[18, column].value = 1000 + column
    files["total-wrong.xlsx"] = xlsx(page)
    page = made.ct()
    page.cells[10, 1] = Written(1300)
    files["duplicate/Nghi Loc cu.xlsx"] = xlsx(made.ct())
    files["duplicate/Nghi Loc (sua).xlsx"] = xlsx(page)
    files["same-bytes/a.xlsx"] = files["same-bytes/b.xlsx"] = xlsx(made.ct())
    page = _named(made, "UBND xã Tân Kỳ")
    files["duplicate/Tan Ky.xlsx"] = xlsx(page)
    return files


def bomb(path: Path, megabytes: int = 700) -> Path:
    """A workbook of some 700 kB whose only sheet unpacks to ``megabytes``; made anew, too large to keep."""
    block = b"0" * 2**20
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = first * megabytes + b"\x03\0"
    check = 0
    for _ in range(megabytes):
        check = zlib.crc32(block, check)
    parts = {name: part for name, part in parts_of_xlsx([Page()]).items() if name != SHEET}
    return _with_packed(path, parts, packed, check, megabytes * 2**20)


def _with_packed(path: Path, parts: dict[str, str | bytes], packed: bytes, check: int, size: int) -> Path:
    import struct

    plain = zipped(parts, store=True)
    end = plain.rindex(b"PK\x05\x06")
    count, length, start = struct.unpack("<HII", plain[end + 10 : end + 20])
    name = SHEET.encode()
    local = (
        struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0, check, len(packed), size, len(name), 0) + name
    )
    entry = struct.pack(
        "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 0, check, len(packed), size,
        len(name), 0, 0, 0, 0, 0, start,
    )  # fmt: skip
    directory = plain[start : start + length] + entry + name
    moved = start + len(local) + len(packed)
    tail = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count + 1, count + 1, len(directory), moved, 0)
    path.write_bytes(plain[:start] + local + packed + directory + tail)
    return path


__all__ = ["CT", "bomb", "faults"]
