"""The command line is a contract; faults of input are one line and change nothing."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from judapp.cli import opens_window
from judapp.cli.root import root

Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]
SHEET = ("--form", "PL-STP", "--unit", "40", "--period", "2023-Y")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def content(path: Path) -> str:
    """Everything a data file holds; opening one to write moves SQLite's counters, so bytes may differ."""
    with closing(sqlite3.connect(path)) as connection:
        return hashlib.sha256("\n".join(connection.iterdump()).encode()).hexdigest()


def test_every_command_is_documented_and_has_help_in_both_languages(judapp: Run) -> None:
    documented = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for name, command in root.commands.items():
        assert re.search(rf"`{name}[ `]", documented), name
        shown = judapp(name, "--help")
        assert shown.code == 0
        assert "--json" in shown.out
        assert "--lang" in shown.out
        assert command.help is not None
        assert len(command.help.split("\n\n")) == 2, f"{name}: Vietnamese, then English"


@pytest.mark.parametrize(
    ("arguments", "keys"),
    [
        (("forms",), {"forms"}),
        (("forms", "FILE"), {"forms"}),
        (("lint",), {"faults"}),
        (("units", "FILE"), {"on", "units"}),
        (("periods", "FILE"), {"year", "periods"}),
        (("targets", "FILE"), {"targets"}),
        (("status", "FILE", "--period", "2024-H1"), {"period", "sheets"}),
        (("check", "FILE", "--period", "2024-H1"), {"period", "findings"}),
        (
            ("progress", "FILE", "--period", "2024-H1"),
            {"unit", "unit_name", "period", "practice", "indicators", "claims"},
        ),
        (("history", "FILE"), {"operations"}),
        (("history", "FILE", *SHEET, "[V.1]c1"), {"cell", "changes"}),
        (("verify", "FILE"), {"ok", "problems"}),
        (("set", "FILE", *SHEET, "[V.1]c1=174152"), {"cells", "changed", "operation", "findings"}),
        (("explain", "FILE", *SHEET, "[V.1]c1", "vì sao"), {"address", "reason", "operation"}),
        (("adjust", "FILE", *SHEET, "[V.1]c1=-2", "vì sao"), {"address", "delta", "reason", "operation"}),
        (("undo", "FILE"), {"undone", "operation", "cells", "kept"}),
    ],
)  # fmt: skip
def test_json_is_one_object_with_the_keys_of_the_contract(
    judapp: Run, demo: Path, arguments: tuple[str, ...], keys: set[str]
) -> None:
    ran = judapp(*(demo if a == "FILE" else a for a in arguments), "--json")
    assert (ran.code, ran.err) == (0, "")
    assert set(ran.json) == keys


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("command", ["forms", "lint", "units", "periods", "targets", "history", "verify"])
def test_readable_output_is_given_in_both_languages(judapp: Run, demo: Path, command: str, lang: str) -> None:
    file = () if command == "lint" else (demo,)
    ran = judapp(command, *file, "--lang", lang)
    assert ran.code == 0
    assert len(ran.out.strip()) > 10
    other = judapp(command, *file, "--lang", "en" if lang == "vi" else "vi")
    assert ran.out != other.out


def test_the_catalogue_is_listed_with_evidence_and_sources(judapp: Run) -> None:
    forms = {form["number"]: form for form in judapp("forms", "--json").json["forms"]}
    assert forms["10b/TP/CC"]["evidence"] == "partial"
    assert (forms["10b/TP/CC"]["columns"], forms["10b/TP/CC"]["rows"]) == (19, 3)
    assert forms["PL-STP"]["evidence"] == "department"
    assert all(form["sources"] for form in forms.values())
    assert all(form["open"] for form in forms.values() if form["evidence"] == "partial")


def test_a_code_is_read_as_of_the_periods_last_day(judapp: Run, demo: Path) -> None:
    before = judapp("progress", demo, "--period", "2024-H1", "--unit", "10", "--json").json
    assert before["unit_name"] == "Tỉnh Lào Cai"
    after = judapp("progress", demo, "--period", "2026-H1", "--unit", "10")
    assert (after.code, after.out) == (2, "")
    assert "UNT-002" in after.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("progress", "FILE", "--period", "2024-13"), "PER-001"),
        (("progress", "FILE", "--period", "2024-H1", "--unit", "zz"), "UNT-001"),
        (("set", "FILE", "--form", "99z", "--unit", "40", "--period", "2023-Y", "[1]c1=1"), "FRM-001"),
        (("set", "FILE", *SHEET, "[V.1]c1"), "ADR-001"),
        (("set", "FILE", *SHEET, "[V.99]c1=1"), "ADR-002"),
        (("explain", "FILE", *SHEET, "[V.1]c1", " "), "ENT-002"),
        (("adjust", "FILE", *SHEET, "[V.1]c1=0", "vì sao"), "BSD-004"),
        (("adjust", "FILE", *SHEET, "[V.1]c1=5"), "ENT-002"),
        (("adjust", "FILE", *SHEET, "[V.1]c1", "vì sao"), "ADR-001"),
        (("undo", "FILE", "--op", "9999"), "UND-002"),
        (("import", "FILE", "nowhere.xlsx"), "FIL-004"),
        (("export", "FILE", "--period", "2019-H1", "--out", "x"), "EXP-003"),
        (("new", "FILE", "--unit", "40"), "DBF-008"),
        (("targets", "FILE", "--import", "nowhere.xlsx"), "FIL-004"),
        (("submit", "FILE", *SHEET), "STA-001"),
        (("restore", "nowhere.sqlite", "--to", "x.sqlite"), "DBF-007"),
    ],
)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_fault_is_one_line_exit_2_and_the_file_is_as_it_was(
    judapp: Run, demo: Path, arguments: tuple[str, ...], code: str, lang: str
) -> None:
    before = content(demo)
    ran = judapp(*(demo if a == "FILE" else a for a in arguments), "--lang", lang, "--json")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert ran.err.rstrip().endswith(f"({code})")
    assert content(demo) == before


READING = (
    ("check", "F", "--period", "2023-Y"),
    ("progress", "F", "--period", "2024-H1"),
    ("verify", "F"),
    ("backup", "F"),
)
WRITING = (("set", "F", *SHEET, "[V.1]c1=1"), ("undo", "F"))


def faulty(demo: Path, kind: str) -> Path:
    path = demo.with_name(f"{kind}.sqlite")
    data = demo.read_bytes()
    if kind == "newer":
        path.write_bytes(data)
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("update meta set value = '99' where key = 'schema'")
    elif kind == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif kind == "noise":
        path.write_bytes(data[:4096] + bytes(len(data) - 4096))
    elif kind == "picture":
        path.write_bytes(b"\xff\xd8\xff\xe0 JFIF")
    elif kind == "empty":
        path.write_bytes(b"")
    return path


@pytest.mark.parametrize("command", READING + WRITING, ids=lambda c: c[0])
@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("newer", "DBF-001"),
        ("cut", "DBF-004"),
        ("noise", "DBF-004"),
        ("picture", "DBF-006"),
        ("empty", "DBF-006"),
        ("missing", "DBF-007"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_named_and_left_alone(
    judapp: Run, demo: Path, command: tuple[str, ...], kind: str, code: str
) -> None:
    path = faulty(demo, kind)
    before = digest(path) if path.exists() else None
    ran = judapp(*(path if a == "F" else a for a in command))
    if command[0] == "verify" and ran.code == 1:
        assert "✕" in ran.out  # damage inside a readable file is a problem that verify lists
    else:
        assert ran.code == 2
        assert path.name in ran.err
        assert ran.err.rstrip().endswith(f"({code})")
    assert (digest(path) if path.exists() else None) == before


@pytest.mark.parametrize("command", WRITING, ids=lambda c: c[0])
def test_a_file_that_is_being_written_elsewhere_is_said_to_be_locked(
    judapp: Run, demo: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    from judapp.store import database

    monkeypatch.setattr(database.DataFile.open.__func__, "__kwdefaults__", {  # type: ignore[attr-defined]
        **database.DataFile.open.__func__.__kwdefaults__, "timeout": 0.05})  # type: ignore[attr-defined]  # fmt: skip
    with closing(sqlite3.connect(demo)) as other:
        other.execute("begin exclusive")
        ran = judapp(*(demo if a == "F" else a for a in command))
        other.rollback()
    assert ran.code == 2
    assert ran.err.rstrip().endswith("(DBF-002)")


def test_backup_and_restore_bring_the_same_figures_back(judapp: Run, demo: Path, tmp_path: Path) -> None:
    kept = judapp("backup", demo, "--to", tmp_path / "bản sao", "--json").json["backup"]
    judapp("set", demo, *SHEET, "[V.1]c1=1")
    restored = judapp("restore", kept, "--to", demo, "--json").json
    assert Path(restored["kept"]).exists()
    told = judapp("history", demo, *SHEET, "[V.1]c1", "--json").json
    assert told["changes"][0]["after"] == "174.152"
    assert judapp("verify", demo, "--deep", "--json").json["ok"]


def test_a_change_behind_the_programs_back_is_found(judapp: Run, demo: Path) -> None:
    with closing(sqlite3.connect(demo)) as connection, connection:
        connection.execute("update figure set value = 174153 where value = 174152")
    ran = judapp("verify", demo, "--deep", "--json")
    assert ran.code == 1
    assert not ran.json["ok"]


def test_targets_are_imported_from_a_workbook_and_faults_name_the_row(
    judapp: Run, demo: Path, tmp_path: Path
) -> None:
    from openpyxl import Workbook

    heads = (
        "Chỉ tiêu (mã)|Đơn vị (mã)|Năm|So sánh|Mức|Cách đo 6 tháng|Văn bản số|Ngày văn bản|Cơ quan ban hành"
    )
    good = [
        "dvc.truc_tuyen",
        "40",
        2025,
        "≥",
        "80,5",
        "theo tiến độ",
        "112/QĐ-UBND",
        "15/01/2025",
        "UBND tỉnh",
        None,
    ]

    def book(name: str, *rows: list[Any]) -> Path:
        made = Workbook()
        for row in ([], ["Chỉ tiêu giao năm 2025"], heads.split("|"), *rows):
            made.worksheets[0].append(row)
        made.save(tmp_path / name)
        return tmp_path / name

    ran = judapp("targets", demo, "--import", book("a.xlsx", good), "--json")
    [found] = [t for t in ran.json["targets"] if t["year"] == 2025 and t["holder"] == "40"]
    assert (found["operator"], found["level"], found["yardstick"]) == (">=", "80.5", "pro_rata")
    assert found["document"]["number"] == "112/QĐ-UBND"
    again = judapp("targets", demo, "--import", book("a.xlsx", good), "--json")
    assert len(again.json["targets"]) == len(ran.json["targets"])  # the same target is not added twice
    for column, wrong in (
        (0, "x.y"),
        (1, "zz"),
        (2, "hai"),
        (3, "~"),
        (4, "cao"),
        (5, "?"),
        (7, "32/13/2025"),
    ):
        row = [*good[:column], wrong, *good[column + 1 :]]
        refused = judapp("targets", demo, "--import", book("b.xlsx", good, row))
        assert refused.code == 2
        assert str(wrong) in refused.err
    empty = judapp("targets", demo, "--import", book("c.xlsx"))
    assert "TGT-001" in empty.err


def test_the_program_runs_as_a_module_and_writes_utf8_whatever_the_console() -> None:
    ran = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-m", "judapp", "forms", "--json"],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT), "PATH": ""},
    )
    assert len(json.loads(ran.stdout.decode("utf-8"))["forms"]) >= 4


def test_the_demo_makes_everything_again_and_keeps_the_former_file(judapp: Run, tmp_path: Path) -> None:
    first = judapp("demo", tmp_path / "Sở TP", "--no-window", "--json")
    assert first.code == 0
    assert not any(f["status"] != "applied" for f in first.json["imported"])
    second = judapp("demo", tmp_path / "Sở TP", "--no-window")
    assert second.code == 0
    assert "94,75 %" in second.out
    assert (tmp_path / "Sở TP" / "demo.truoc.sqlite").exists()


def test_the_demo_never_replaces_a_file_that_is_not_a_demo(judapp: Run, tmp_path: Path) -> None:
    judapp("new", tmp_path / "demo.sqlite", "--unit", "40")
    before = digest(tmp_path / "demo.sqlite")
    ran = judapp("demo", tmp_path)
    assert (ran.code, ran.err.rstrip()[-9:]) == (2, "(DBF-008)")
    assert digest(tmp_path / "demo.sqlite") == before


@pytest.mark.parametrize(
    ("args", "window"),
    [([], True), (["NgheAn.sqlite"], True), (["D:/Sở TP/a.SQLITE"], True), (["forms"], False),
     (["--help"], False), (["verify", "a.sqlite"], False), (["a.xlsx"], False)],
)  # fmt: skip
def test_without_a_command_the_window_opens(args: list[str], window: bool) -> None:
    assert opens_window(args) is window


def test_without_a_screen_a_file_is_one_line_and_nothing_else() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "judapp", "a.sqlite"],
        capture_output=True, check=False, cwd=ROOT, encoding="utf-8",
        env={"PYTHONPATH": str(ROOT), "PATH": "", "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "judapp --help" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
