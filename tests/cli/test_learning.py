"""``learn`` and ``lint FORM.json`` keep the contract of the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from judapp.app.learning import form_file, learn_blank
from judapp.messages import text
from tests.learned_case import NUMBER, draw_blank

Run = Callable[..., Any]
DATA = Path(__file__).parents[1] / "data"
KEYS = {
    "number", "circular", "title", "unit_of_measure", "period_line", "reporter", "receiver", "deadlines",
    "tables", "columns", "rows", "relations", "notes", "estimate", "explanations", "signatures",
    "family", "area", "regime", "rounds", "valid_from", "evidence", "sources", "open",
    "sheet", "problems", "guesses", "out", "added_to", "operation", "known",
    "versions",
}  # fmt: skip


@pytest.fixture
def drawn(tmp_path: Path) -> Path:
    return draw_blank(tmp_path / "bieu.xlsx")


def test_learn_says_the_form_as_one_object(judapp: Run, drawn: Path) -> None:
    ran = judapp("learn", drawn, "--json")
    assert ran.err == ""
    assert set(ran.json) == KEYS
    assert ran.json["number"] == NUMBER
    assert ran.json["sheet"] == "Bieu 99b"
    assert ran.code == (1 if ran.json["problems"] else 0)
    for guess in ran.json["guesses"]:
        assert set(guess) == {"path", "value", "sure", "code", "message", "cells"}
        assert guess["message"]
        assert guess["sure"] in ("sure", "likely", "choose")
    for problem in ran.json["problems"]:
        assert set(problem) == {"path", "code", "message", "cells", "choices"}


def test_what_is_left_to_decide_is_exit_code_1(judapp: Run, tmp_path: Path) -> None:
    ran = judapp("learn", draw_blank(tmp_path / "x.xlsx", twice=True), "--json")
    assert ran.code == 1
    assert any(problem["path"].startswith("$.tables[0].columns") for problem in ran.json["problems"])


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_learn_is_readable_in_both_languages(judapp: Run, drawn: Path, lang: str) -> None:
    ran = judapp("learn", drawn, "--lang", lang)
    assert NUMBER in ran.out
    assert "Số việc công chứng › Chia ra › Bất động sản" in ran.out
    assert text("LRN-stub", lang) in ran.out
    assert text("LRP-status-printed", lang) in ran.out


def test_a_learned_form_is_written_added_and_listed(
    judapp: Run, drawn: Path, demo: Path, tmp_path: Path
) -> None:
    out = tmp_path / "mới" / "form.json"
    ran = judapp("learn", drawn, "--out", out, "--add-to", demo, "--json")
    assert ran.err == ""
    assert (ran.json["out"], ran.json["added_to"], ran.json["known"]) == (str(out), str(demo), False)
    assert ran.json["operation"]
    assert judapp("lint", out).code == 0
    [listed] = [f for f in judapp("forms", demo, "--json").json["forms"] if f["number"] == NUMBER]
    assert (listed["columns"], listed["evidence"]) == (6, "learned")
    sheet = ("--form", NUMBER, "--unit", "15", "--period", "2026-H1")
    assert judapp("set", demo, *sheet, "[tong]c1=5", "[tong]c2=9").code == 0
    assert judapp("undo", demo).code == 0


def test_a_form_file_of_another_department_is_taken(
    judapp: Run, drawn: Path, demo: Path, tmp_path: Path
) -> None:
    path = tmp_path / "form.json"
    path.write_bytes(form_file(learn_blank(drawn).form))
    ran = judapp("learn", path, "--add-to", demo, "--json")
    assert (ran.code, ran.err, ran.json["known"]) == (0, "", False)
    again = judapp("learn", path, "--add-to", demo, "--json")
    assert (again.code, again.json["known"], again.json["operation"]) == (0, True, None)


def test_all_faults_of_a_form_file_are_told_with_their_path(judapp: Run, drawn: Path, demo: Path) -> None:
    path = drawn.with_suffix(".json")
    form = learn_blank(drawn).form
    path.write_bytes(form_file(replace(form, title="", rounds=("Q3",), circular="")))
    ran = judapp("lint", path, "--json")
    assert ran.code == 1
    assert {fault["path"] for fault in ran.json["faults"]} >= {"$.title", "$.rounds", "$.circular"}
    assert {fault["where"] for fault in ran.json["faults"]} == {path.name}
    refused = judapp("learn", path, "--add-to", demo)
    assert (refused.code, refused.out) == (2, "")
    assert all(part in refused.err for part in ("LRN-020", "$.title", "$.rounds", "$.circular"))
    assert len(refused.err.splitlines()) == 1
    assert NUMBER not in [f["number"] for f in judapp("forms", demo, "--json").json["forms"]]


def test_lint_of_a_file_that_is_no_form_is_told(judapp: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text("{", encoding="utf-8")
    assert [f["code"] for f in judapp("lint", path, "--json").json["faults"]] == ["DEF-001"]
    path.write_text(json.dumps({"number": 7, "la": 1}), encoding="utf-8")
    codes = {f["path"]: f["code"] for f in judapp("lint", path, "--json").json["faults"]}
    assert (codes["$.number"], codes["$.la"], codes["$.title"]) == ("DEF-004", "DEF-002", "DEF-003")
    missing = judapp("lint", tmp_path / "khong co.json")
    assert (missing.code, "FIL-004" in missing.err) == (2, True)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("encrypted.xlsx", "FIL-001"),
        ("encrypted.xls", "FIL-001"),
        ("table.csv", "LRN-011"),
        ("khong co.xlsx", "FIL-004"),
    ],
)
def test_what_is_no_blank_is_one_line_exit_code_2_and_no_form(
    judapp: Run, demo: Path, tmp_path: Path, name: str, code: str
) -> None:
    before = demo.read_bytes()
    out = tmp_path / "x.json"
    ran = judapp("learn", DATA / name, "--out", out, "--add-to", demo)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
    assert code in ran.err
    assert not out.exists()
    assert demo.read_bytes() == before


def test_a_filled_form_is_one_line_that_says_where(judapp: Run, tmp_path: Path) -> None:
    ran = judapp("learn", draw_blank(tmp_path / "x.xlsx", filled=True))
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)
    assert "Bieu 99b" in ran.err
    assert "LRN-002" in ran.err


def test_a_form_that_cannot_be_added_is_not_written_either(judapp: Run, drawn: Path, tmp_path: Path) -> None:
    out = tmp_path / "form.json"
    ran = judapp("learn", drawn, "--out", out, "--add-to", tmp_path / "khong co.sqlite")
    assert (ran.code, ran.out, out.exists()) == (2, "", False)
    (tmp_path / "a").write_text("", encoding="utf-8")
    ran = judapp("learn", drawn, "--out", tmp_path / "a" / "form.json")
    assert (ran.code, "EXP-002" in ran.err) == (2, True)


def test_a_worksheet_that_is_not_there_is_told_with_those_that_are(judapp: Run, drawn: Path) -> None:
    assert judapp("learn", drawn, "--sheet", "Bieu 99b").code == 0
    ran = judapp("learn", drawn, "--sheet", "Khác")
    assert ran.code == 2
    assert all(part in ran.err for part in ("LRN-013", "Khác", "Bieu 99b"))
