"""``import --map``: what files do not say is said in a strict JSON file, and nothing is guessed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

DEMO = Path(__file__).parents[2] / "seeds" / "demo" / "workbooks" / "pl-stp_40_2024-H1.xlsx"


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A department's annex whose number row and one head are gone, with another figure."""
    path = tmp_path / "gửi" / "phu luc.xlsx"
    path.parent.mkdir()
    shutil.copy(DEMO, path)
    book = load_workbook(path)
    for name in list(book.defined_names):
        del book.defined_names[name]
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.value in ("(1)", "(2)", "(3)") or cell.value == "Sở Tư pháp tỉnh Nghệ An":
                cell.value = None
            elif cell.value == "Số liệu trong kỳ":
                cell.value = "Kết quả"
            elif cell.value == 81452:
                cell.value = 81453
    book.save(path)
    return path


def said(folder: Path, entries: object) -> Path:
    path = folder / "m.json"
    path.write_text(json.dumps(entries), encoding="utf-8")
    return path


def one(ran: Any) -> dict[str, Any]:
    [file] = ran.json["files"]
    assert isinstance(file, dict)
    return file


def test_what_is_wanted_is_printed_and_can_be_said(
    judapp: Callable[..., Any], demo: Path, odd: Path, tmp_path: Path
) -> None:
    file = one(judapp("import", demo, odd, "--dry-run", "--json"))
    assert (file["status"], file["form"]) == ("needs_mapping", "PL-STP")
    assert file["evidence"]["form"] == {"source": "cell", "text": "PL-STP", "cell": "A1"}
    [table] = file["map"]["tables"]
    assert [own["column"] for own in table["open"]] == ["1"]
    assert "D" in [own["column"] for own in table["file_columns"] if own["heads"] == ["Kết quả"]]
    columns = {**table["columns"], "D": "(1)"}
    entry = {"file": "phu*.xlsx", "sheet": file["sheet"], "columns": columns, "remember": True}
    ran = judapp("import", demo, odd, "--map", said(tmp_path, entry), "--json")
    assert (one(ran)["status"], ran.json["applied"]) == ("applied", 1)
    again = load_workbook(odd)
    for row in again.worksheets[0].iter_rows():
        for cell in row:
            if cell.value == 81453:
                cell.value = 81455
    again.save(odd.with_name("b.xlsx"))
    file = one(judapp("import", demo, odd.with_name("b.xlsx"), "--dry-run", "--json"))
    assert (file["status"], file["changes"], file["map"]) == ("ready", 1, None)
    assert "MAP-036" in [finding["code"] for finding in file["findings"]]


def test_form_unit_and_period_can_be_said(
    judapp: Callable[..., Any], demo: Path, odd: Path, tmp_path: Path
) -> None:
    book = load_workbook(odd)
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith(("Biểu số", "Đơn vị báo", "Kỳ báo")):
                cell.value = None
    book.save(odd)
    file = one(judapp("import", demo, odd, "--dry-run", "--json"))
    assert (file["status"], file["map"]["form"]) == ("unrecognised", None)
    entry = {"form": "PL-STP", "period": "2024-H1", "unit": "40", "columns": {"D": "1", "E": "2", "F": "3"}}
    labels = {"labels": {"A": "A", "B": "Chỉ tiêu số liệu", "C": "2"}}
    ran = judapp("import", demo, odd, "--map", said(tmp_path, [entry | labels]), "--dry-run", "--json")
    file = one(ran)
    assert (file["status"], file["unit"], file["period"]) == ("ready", "40", "2024-H1")
    assert {what: own["source"] for what, own in file["evidence"].items()} == dict.fromkeys(
        ("form", "unit", "period"), "hand"
    )


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"columns": {"D": "1", "E": "1"}}, "MAP-027"),
        ({"columns": {"D": "1"}, "absent": ["2"]}, "MAP-028"),
        ({"columns": {"D": "9"}, "absent": ["2", "3"]}, "MAP-029"),
        ({"columns": {"D": "1"}, "absent": ["2", "3"], "table": "x"}, "MAP-029"),
        ({"columns": {"D": "1"}, "absent": ["2", "3"], "labels": {"A": "Z"}}, "MAP-029"),
        ({"columns": {"D": "1"}, "colums": {}}, "MAP-047"),
        ({"form": "99z", "columns": {"D": "1"}}, "MAP-048"),
        ({"unit": "khong-co"}, "UNT-001"),
        ({"period": "2024"}, "PER-001"),
    ],
)
def test_a_map_that_cannot_be_is_refused(
    judapp: Callable[..., Any], demo: Path, odd: Path, tmp_path: Path, entry: dict[str, Any], code: str
) -> None:
    ran = judapp("import", demo, odd, "--map", said(tmp_path, entry))
    assert ran.code == 2
    assert code in ran.err


def test_a_map_must_be_there_and_need_not_speak_of_every_file(
    judapp: Callable[..., Any], demo: Path, odd: Path, tmp_path: Path
) -> None:
    assert "FIL-004" in judapp("import", demo, odd, "--map", tmp_path / "không có.json").err
    assert "FIL-006" in judapp("import", demo, odd, "--map", tmp_path).err
    other = said(tmp_path, {"file": "khac.xlsx", "unit": "38"})
    assert (
        one(judapp("import", demo, odd, "--map", other, "--dry-run", "--json"))["status"] == "needs_mapping"
    )
    unit = said(tmp_path, {"unit": "40"})
    book = load_workbook(odd)
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("Kỳ báo"):
                cell.value = None
    book.save(odd)
    assert "MAP-007" in judapp("import", demo, odd, "--map", unit).err
