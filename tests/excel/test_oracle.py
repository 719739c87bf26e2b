"""LibreOffice as the second opinion: its sums are ours, and forms survive its other formats."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from judapp.app.importing import APPLIED, apply_import, preview
from judapp.app.paper import sheet_layout, write_form
from judapp.app.workspace import Workspace
from judapp.domain.cell_name import Position
from judapp.domain.number import from_workbook
from judapp.domain.period import Period
from judapp.excel import fill
from judapp.excel.reader import read_workbook
from judapp.excel.sheet_part import Content
from judapp.store import sheets
from tests.practice_sheets import SHEETS, practice_file

pytestmark = pytest.mark.oracle


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with practice_file(tmp_path_factory.mktemp("practice") / "a.sqlite") as workspace:
        yield workspace


def converted(path: Path, suffix: str) -> Path:
    """``path`` opened and saved by LibreOffice, with a profile of its own."""
    office = shutil.which("soffice")
    assert office, "LibreOffice is not installed"
    target = path.parent / suffix
    subprocess.run(
        [office, f"-env:UserInstallation={(path.parent / 'profile').as_uri()}", "--headless",
         "--convert-to", suffix, "--outdir", str(target), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return target / f"{path.stem}.{suffix}"


@pytest.mark.parametrize(("number", "period"), SHEETS)
def test_sums_reckoned_by_libreoffice_are_the_stored_ones(
    practice: Workspace, tmp_path: Path, number: str, period: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = Period.parse(period)
    stored = sheets.find(practice.file, form=practice.version_for(number, at).id, period=at)[0]
    resolved = practice.resolved(stored.form, stored.unit, at)
    assert resolved is not None
    laid = sheet_layout(practice, stored, resolved)
    _, expected = fill.filled(laid, resolved)
    original = fill.contents

    def without(*args: Any) -> Iterator[tuple[Position, Content]]:
        return ((at, replace(cell, value=None) if cell.formula else cell) for at, cell in original(*args))

    monkeypatch.setattr(fill, "contents", without)
    bare, _ = fill.filled(laid, resolved)
    (tmp_path / "a.xlsx").write_bytes(bare)
    [found] = read_workbook(converted(tmp_path / "a.xlsx", "xlsx"))
    formulas = {position: content for position, content in expected.items() if content.formula}
    assert formulas or number == "13a/BTP/HTQTCT/HT"
    for position, content in formulas.items():
        reckoned = found.at(*position).content
        assert isinstance(reckoned, (int, float))
        assert isinstance(content.value, (int, float)) or content.value is not None
        assert round(from_workbook(reckoned), 9) == round(from_workbook(float(content.value)), 9), position


@pytest.mark.parametrize("suffix", ["xls", "ods"])
@pytest.mark.parametrize(("number", "period"), SHEETS)
def test_a_form_saved_in_another_format_is_imported_equal(
    practice: Workspace, tmp_path: Path, number: str, period: str, suffix: str
) -> None:
    at = Period.parse(period)
    stored = sheets.find(practice.file, form=practice.version_for(number, at).id, period=at)[0]
    resolved = practice.resolved(stored.form, stored.unit, at)
    assert resolved is not None
    write_form(practice, stored, resolved, tmp_path / "a.xlsx")
    path = converted(tmp_path / "a.xlsx", suffix)
    with practice_file(tmp_path / "b.sqlite", figures=False) as empty:
        [candidate] = preview(empty, [path])
        assert [(f.code, f.place.cell, dict(f.params)) for f in candidate.findings] == []
        apply_import(empty, [candidate])
        assert candidate.status == APPLIED
        form = empty.version_for(number, at).id
        [arrived] = sheets.find(empty.file, form=form, unit=stored.unit, period=at)
        got = sheets.figures(empty.file, arrived.id)
    computed = set(resolved.plan.computed)
    meant = {k: f for k, f in sheets.figures(practice.file, stored.id).items() if k not in computed}
    plain = {k: f for k, f in got.items() if k not in computed}
    if number != "21b/TP/HTPLDN":  # its rows have random keys
        assert {k: f for k, f in plain.items() if k[0] != "@"} == {
            k: f for k, f in meant.items() if k[0] != "@"
        }
    assert len(plain) == len(meant)
