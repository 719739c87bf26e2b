"""Versions by the command line: used from a period, edited, sheets moved, shipped forms, forms as files."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from judapp import paths
from judapp.app.entering import set_cells
from judapp.app.founding import new_file
from judapp.app.learning import form_file
from judapp.app.own_rows import add_row
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Form
from judapp.domain.period import Period
from judapp.store import forms
from tests.cli.test_contract import content
from tests.domain.builders import TOTAL, column, form

Run = Callable[..., Any]
NUMBER = "01/THU"
OLD, NEW = f"{NUMBER}@2025-11-01", f"{NUMBER}@2026-09-01"
H1 = Period(2026, "H1")


def first(**more: Any) -> Form:
    return form(
        TOTAL,
        columns=[column("1", "Nam"), column("2", "Nữ"), column("3", "Tiền", unit="nghìn đồng", kind="money")],
        **more,
    )


def second() -> Form:
    """Column 2 is new, Nữ is 3 now, money stands in đồng."""
    return form(
        TOTAL,
        columns=[column("1", "Nam"), column("2", "Khác"), column("3", "Nữ"),
                 column("4", "Tiền", unit="đồng", kind="money")],
        valid_from=date(2026, 9, 1),
        title="Biểu mới",
    )  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A form with a newer version from September; the half year has a sheet on the older one."""
    path = tmp_path / "a.sqlite"
    with new_file(path, "15", date(2026, 1, 1)) as workspace:
        older = first(valid_to=date(2026, 8, 31))
        workspace.apply(
            "forms", "Thêm", lambda w: [forms.add(w, msgspec.json.encode(f)) for f in (older, second())]
        )
        set_cells(workspace, NUMBER, workspace.owner, H1, ["[tong]c1=5", "[tong]c2=6", "[tong]c3=7"])
    return path


def versions(path: Path) -> list[tuple[date, date | None]]:
    with Workspace.open(path, read_only=True) as workspace:
        found = (v.form for v in workspace.versions.values() if v.form.number == NUMBER)
        return sorted((form.valid_from, form.valid_to) for form in found)


# --- used from a period on


def test_a_version_is_used_from_a_period_and_the_sheets_that_stay_are_listed(judapp: Run, file: Path) -> None:
    before = content(file)
    asked = ("forms", file, "--use", NEW, "--from", "2026-H1")
    dry = judapp(*asked, "--dry-run", "--json")
    assert (dry.code, content(file)) == (0, before)
    done = judapp(*asked, "--json")
    assert set(done.json) == {"used", "ended", "staying", "operation", "dry_run"}
    assert {**done.json, "operation": None, "dry_run": True} == dry.json
    assert (done.json["used"]["valid_from"], done.json["used"]["valid_to"]) == ("2026-06-20", None)
    [ended] = done.json["ended"]
    assert (ended["valid_from"], ended["valid_to"], ended["leaves"]) == ("2025-11-01", "2026-06-19", False)
    [staying] = done.json["staying"]
    assert (staying["unit"], staying["period"]) == ("15", "2026-H1")
    assert versions(file) == [(date(2025, 11, 1), date(2026, 6, 19)), (date(2026, 6, 20), None)]
    assert judapp("undo", file).code == 0
    assert versions(file) == [(date(2025, 11, 1), date(2026, 8, 31)), (date(2026, 9, 1), None)]


@pytest.mark.parametrize(("lang", "words"), [("vi", "vẫn ở bản cũ"), ("en", "stay on their version")])
def test_it_is_readable_and_takes_a_day_too(judapp: Run, file: Path, lang: str, words: str) -> None:
    ran = judapp("forms", file, "--use", NUMBER, "--from", "2026-06-01", "--lang", lang)
    assert ran.code == 0
    assert all(part in ran.out for part in ("01/06/2026", "31/05/2026", words, "2026-H1"))


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--use", NUMBER, "--from", "2026-13"), "PER-001"),
        (("--use", "99z", "--from", "2026-H1"), "FRM-001"),
        (("--use", NEW, "--from", "2025-11-01"), "FVR-004"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_changes_nothing(
    judapp: Run, file: Path, arguments: tuple[str, ...], code: str
) -> None:
    before = content(file)
    ran = judapp("forms", file, *arguments, "--json")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert code in ran.err
    assert content(file) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("--use", NUMBER),
        ("--export", NUMBER),
        ("--add-shipped", "--use", NUMBER, "--from", "2026-H1"),
    ],
)
def test_options_that_do_not_go_together_are_said(
    judapp: Run, file: Path, arguments: tuple[str, ...]
) -> None:
    assert judapp("forms", file, *arguments).code == 2
    assert judapp("forms", "--add-shipped").code == 2


# --- moving sheets


@pytest.fixture
def behind(judapp: Run, file: Path) -> Path:
    assert judapp("forms", file, "--use", NEW, "--from", "2026-H1").code == 0
    return file


MOVE = ("--form", OLD, "--to", f"{NUMBER}@2026-06-20")


def test_what_moving_leaves_out_is_listed_before_anything_changes(judapp: Run, behind: Path) -> None:
    before = content(behind)
    ran = judapp("move", behind, *MOVE, "--dry-run", "--json")
    assert (ran.code, content(behind)) == (1, before)  # figures without a place are for a person to look at
    assert set(ran.json) == {
        "old", "new", "mapping", "left_out", "unfilled", "sheets", "operation", "dry_run"
    }  # fmt: skip
    assert ran.json["mapping"]["columns"] == [{"old": "c1", "new": "c1"}, {"old": "c2", "new": "c3"}]
    assert [part["address"] for part in ran.json["left_out"]["columns"]] == ["c3"]
    assert [part["address"] for part in ran.json["unfilled"]["columns"]] == ["c2", "c4"]
    [sheet] = ran.json["sheets"]
    assert (sheet["unit"], sheet["period"], sheet["cells"]) == ("15", "2026-H1", 2)
    assert sheet["left"] == [{"address": "[tong]c3", "value": "7"}]
    assert (sheet["rows_left"], sheet["refused"]) == ([], None)
    told = judapp("move", behind, *MOVE, "--dry-run").out
    assert all(part in told for part in ("c3 Tiền", "[tong]c3 = 7", "chưa ghi gì"))


def test_a_mapping_carries_what_was_left_and_the_move_is_undone_in_one_step(
    judapp: Run, behind: Path
) -> None:
    ran = judapp("move", behind, *MOVE, "--map", "c3=c4", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.json["operation"]
    assert ran.json["left_out"] == {"columns": [], "rows": []}
    with Workspace.open(behind, read_only=True) as workspace:
        version = workspace.version_for(NUMBER, H1)
        resolved = workspace.resolved(version.id, workspace.owner.uid, H1)
        assert resolved is not None
        found = [resolved["", "tong", name].value.number for name in ("1", "3", "4")]
    assert found == [5, 6, 7000]  # nghìn đồng are đồng now
    assert judapp("undo", behind).code == 0
    assert judapp("move", behind, *MOVE, "--dry-run", "--json").json["sheets"][0]["cells"] == 2


def test_what_a_person_says_takes_the_place_of_what_was_proposed(judapp: Run, behind: Path) -> None:
    ran = judapp("move", behind, *MOVE, "--map", "c1=c3", "--map", "[tong]=[tong]", "--dry-run", "--json")
    assert ran.json["mapping"]["columns"] == [{"old": "c1", "new": "c3"}]
    assert [part["address"] for part in ran.json["left_out"]["columns"]] == ["c2", "c3"]
    left = judapp("move", behind, *MOVE, "--map", "c1=", "--json")
    assert (left.code, left.json["sheets"][0]["left"][0]) == (1, {"address": "[tong]c1", "value": "5"})


def test_repeated_rows_move_with_their_labels_and_are_told_where_they_have_no_place(
    judapp: Run, tmp_path: Path
) -> None:
    path = tmp_path / "b.sqlite"
    with new_file(path, "15", date(2026, 1, 1)) as workspace:
        rows = [TOTAL, {"kind": "free", "label": "Đơn vị"}]
        made = [form(*[msgspec.convert(msgspec.to_builtins(r), type(TOTAL)) for r in rows], columns=columns)
                for columns in ([column("1", "Nam")], [column("1", "Nam"), column("2", "Nữ")])]  # fmt: skip
        newer = msgspec.structs.replace(made[1], valid_from=date(2026, 9, 1))
        older = msgspec.structs.replace(made[0], valid_to=date(2026, 8, 31))
        workspace.apply(
            "forms", "Thêm", lambda w: [forms.add(w, msgspec.json.encode(f)) for f in (older, newer)]
        )
        key, _ = add_row(workspace, NUMBER, workspace.owner, H1, "", "", "Sở Tư pháp")
        set_cells(workspace, NUMBER, workspace.owner, H1, [f"[{key}]c1=5"])
    asked = ("move", path, "--form", OLD, "--to", NEW, "--period", "2026-H1", "--dry-run", "--json")
    assert judapp(*asked).code == 0
    left = judapp(*asked, "--map", "[#]=").json
    assert [row["label"] for row in left["sheets"][0]["rows_left"]] == ["Sở Tư pháp"]
    assert [part["address"] for part in left["left_out"]["rows"]] == ["[#]"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (("--map", "c3"), "FVR-015"),
        (("--map", "c3=[tong]"), "FVR-015"),
        (("--map", "c9=c1"), "FVR-011"),
        (("--map", "c3=c9"), "FVR-011"),
        (("--map", "c1=c3", "--map", "c2=c3"), "FVR-012"),
        (("--map", "c3=c1x"), "FVR-011"),
        (("--period", "2025-H1"), "FVR-007"),
    ],
)
def test_a_mapping_that_cannot_be_is_one_line_and_changes_nothing(
    judapp: Run, behind: Path, said: tuple[str, ...], code: str
) -> None:
    before = content(behind)
    ran = judapp("move", behind, *MOVE, *said, "--json")
    assert (ran.code, ran.out) == (2, "")
    assert code in ran.err
    assert content(behind) == before


def test_a_sheet_that_cannot_be_moved_is_told_and_stops_all(judapp: Run, behind: Path) -> None:
    with Workspace.open(behind) as workspace:
        set_cells(workspace, NUMBER, workspace.owner, H1, ["[tong]c1=9"])  # on the newer version
    dry = judapp("move", behind, *MOVE, "--dry-run", "--json")
    assert dry.code == 1
    assert "01/THU" in dry.json["sheets"][0]["refused"]
    ran = judapp("move", behind, *MOVE, "--map", "c3=c4")
    assert (ran.code, "FVR-005" in ran.err) == (2, True)


# --- a definition in the place of a version


def test_an_edited_definition_of_a_used_version_is_refused_saying_what_to_do(
    judapp: Run, file: Path, tmp_path: Path
) -> None:
    path = tmp_path / "form.json"
    path.write_bytes(form_file(first(title="Tên đúng", valid_to=date(2026, 8, 31))))
    ran = judapp("learn", path, "--add-to", file)
    assert (ran.code, "LRN-022" in ran.err, "--replace" in ran.err) == (2, True, True)


def test_it_becomes_a_version_from_the_next_period_on(judapp: Run, file: Path, tmp_path: Path) -> None:
    path = tmp_path / "form.json"
    path.write_bytes(form_file(first(title="Tên đúng")))
    ran = judapp("learn", path, "--add-to", file, "--replace", OLD, "--json")
    assert (ran.code, ran.err, ran.json["known"]) == (0, "", False)
    days = [(v["valid_from"], v["valid_to"], v["sheets"]) for v in ran.json["versions"]]
    assert days == [
        ("2025-11-01", "2026-06-20", 1),
        ("2026-06-21", "2026-08-31", 0),  # it ends where the later one begins
        ("2026-09-01", None, 0),
    ]
    again = judapp("learn", path, "--add-to", file, "--replace", f"{NUMBER}@2026-06-21")
    assert again.code == 0
    assert "21/06/2026 – 31/08/2026, 0 phiếu" in again.out
    assert judapp("learn", path, "--replace", OLD).code == 2


def test_one_that_nobody_uses_is_replaced_in_place(judapp: Run, file: Path, tmp_path: Path) -> None:
    path = tmp_path / "form.json"
    out = judapp("forms", file, "--export", NEW, "--out", path, "--json")
    assert (out.code, out.json["number"], out.json["out"]) == (0, NUMBER, str(path))
    changed = json.loads(path.read_bytes()) | {"title": "Tên khác"}
    path.write_text(json.dumps(changed), encoding="utf-8")
    ran = judapp("learn", path, "--add-to", file, "--replace", NEW, "--json")
    assert (ran.code, len(ran.json["versions"])) == (0, 2)
    listed = judapp("forms", file, "--json").json["forms"]
    assert [f["title"] for f in listed if f["number"] == NUMBER] == ["Biểu thử", "Tên khác"]


# --- what the program ships


def test_shipped_forms_are_added_to_a_file_that_lacks_them(
    judapp: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, few = paths.seeds(), tmp_path / "seeds"
    few.mkdir()
    for path in real.iterdir():
        if path.name != "forms":
            (few / path.name).symlink_to(path)
    (few / "forms").mkdir()
    (few / "forms" / "a.json").write_bytes(form_file(first()))
    file = tmp_path / "a.sqlite"
    with monkeypatch.context() as patch:
        patch.setattr(paths, "seeds", lambda: few)
        assert judapp("new", file, "--unit", "15").code == 0
    before, shipped = content(file), len(list((real / "forms").glob("*.json")))
    dry = judapp("forms", file, "--add-shipped", "--dry-run", "--json")
    assert (dry.code, content(file)) == (0, before)
    ran = judapp("forms", file, "--add-shipped", "--json")
    keys = {"added", "corrected", "kept", "measures", "indicators", "operation", "dry_run"}
    assert (set(ran.json), len(ran.json["added"]), ran.json["kept"]) == (keys, shipped, [])
    assert dry.json["added"] == ran.json["added"]
    assert len(judapp("forms", file, "--json").json["forms"]) == shipped + 1
    assert "biểu của chương trình" in judapp("history", file).out
    again = judapp("forms", file, "--add-shipped")
    assert (again.code, "đã có mọi biểu" in again.out) == (0, True)
    assert judapp("undo", file).code == 0
    assert len(judapp("forms", file, "--json").json["forms"]) == 1
