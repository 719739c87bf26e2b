"""A workbook that is not read says why, where and by how much, in one sentence with what to do."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest

from judapp.errors import JudappError
from judapp.excel import package, read_xlsx, reader
from judapp.excel.reader import read_workbook
from judapp.messages import text

from .builders import workbook
from .test_reader import with_part

SHEET = "xl/worksheets/sheet1.xml"


def why(path: Path) -> str:
    with pytest.raises(JudappError, match="FIL-003") as caught:
        read_workbook(path)
    sentence = text("FIL-003", **caught.value.params)
    assert sentence.startswith("Không đọc được tệp Excel: ")
    assert sentence.endswith("; đề nghị gửi lại.")
    return sentence.removeprefix("Không đọc được tệp Excel: ").removesuffix("; đề nghị gửi lại.")


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    return workbook(tmp_path / "a.xlsx", [["a", 1], ["b", 2]])


def test_an_empty_file_and_one_cut_off(whole: Path, tmp_path: Path) -> None:
    (tmp_path / "b.xlsx").touch()
    assert why(tmp_path / "b.xlsx") == "tệp rỗng (0 byte)"
    whole.write_bytes(whole.read_bytes()[:900])
    assert why(whole) == "tệp bị cắt ngang, thiếu phần cuối"


@pytest.mark.parametrize("content", [b"<worksheet><sheetData>", b"<worksheet>\xff</worksheet>"])
def test_a_damaged_part_is_named(whole: Path, content: bytes) -> None:
    assert why(with_part(whole, SHEET, content)) == f"phần “{SHEET}” bên trong bị hỏng"


def test_bytes_that_do_not_fit_their_sum_are_named(whole: Path) -> None:
    with zipfile.ZipFile(whole) as archive:
        place = archive.getinfo(SHEET).header_offset + 30 + len(SHEET) + 40
    damaged = bytearray(whole.read_bytes())
    damaged[place] ^= 0xFF
    whole.write_bytes(damaged)
    assert why(whole) == f"phần “{SHEET}” bên trong bị hỏng"


def test_entities_are_named(whole: Path) -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "1">]><worksheet><sheetData/></worksheet>'
    assert why(with_part(whole, SHEET, laughs)).startswith("có khai báo thực thể XML")


def test_a_bomb_is_refused_before_it_is_unpacked(whole: Path, tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
        with target.open("xl/media/image1.bin", "w", force_zip64=True) as part:
            for _ in range(210):
                part.write(bytes(1 << 20))
    assert bomb.stat().st_size < 400_000
    start = time.monotonic()
    assert why(bomb) == "tệp nén bung ra 210 MB, tối đa 200 MB"
    assert time.monotonic() - start < 1


def test_limits_say_how_much_is_too_much(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(package, "_MAX_PARTS", 3)
        assert why(whole).endswith(" phần, tối đa 3")
    with monkeypatch.context() as patch:
        patch.setattr(reader, "MAX_UNPACKED", 100)
        assert why(whole) == "tệp quá lớn (0 MB, tối đa 0 MB)"
    monkeypatch.setattr(read_xlsx, "MAX_CELLS", 3)
    assert why(whole) == "có hơn 3 ô có nội dung (xóa dòng, cột thừa)"


def test_a_million_rows_and_the_last_column_are_told_at_once(whole: Path) -> None:
    rows = "".join(f'<row r="{at}"><c r="A{at}"><v>1</v></c></row>' for at in range(1, 60_000))
    cells = "".join(f'<c r="{name}1"><v>1</v></c>' for name in ("A", "XFE"))
    part = f"<worksheet><sheetData>{rows}</sheetData></worksheet>" + " " * 20
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read_xlsx, "MAX_CELLS", 50_000)
        start = time.monotonic()
        assert why(with_part(whole, SHEET, part.encode())).startswith("có hơn 50.000 ô")
        assert time.monotonic() - start < 2
    beyond = f'<worksheet><sheetData><row r="1">{cells}</row></sheetData></worksheet>'
    assert why(with_part(whole, SHEET, beyond.encode())) == (
        "có ô nằm ngoài 1.048.576 dòng × 16.384 cột của trang tính"
    )
