"""Figures of a file that break the form's relations are told with their cells, and kept all the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from judapp.app.checking import findings_of
from judapp.app.entering import set_cells
from judapp.app.importing import READY, Candidate, Wish, apply_import, preview
from judapp.app.workspace import Workspace
from judapp.domain import figure
from judapp.domain.finding import Finding
from judapp.domain.period import Period
from judapp.messages import text
from tests.app.test_importing import SEEDS, changed
from tests.import_pages import xlsx
from tests.import_world import founded, page_of

FORM, YEAR = "11a/BTP/HCTP/HT/KSKT", Period(2012, "Y")
ONLINE, ALL = "Hồ sơ đăng ký trực tuyến", "Tổng số hồ sơ"


@pytest.fixture
def workspace(demo: Path) -> Iterator[Workspace]:
    with Workspace.open(demo) as opened:
        yield opened


def told(workspace: Workspace, path: Path) -> tuple[Candidate, list[Finding]]:
    [candidate] = preview(workspace, [path])
    return candidate, [f for f in candidate.findings if f.rule or f.code.startswith("CEL")]


def test_a_broken_relation_is_told_at_its_cell_with_the_figures(workspace: Workspace, tmp_path: Path) -> None:
    source = SEEDS / "pl-stp_40_2024-H1.xlsx"
    path = changed(source, tmp_path / "a.xlsx", ONLINE, 85962)
    candidate, [finding] = told(workspace, path)
    assert (finding.code, finding.severity, finding.place.cell) == ("REL-002", "error", "D52")
    assert finding.place.sheet == candidate.sheet
    assert text(finding.code, **finding.params).endswith("85.962 > 85.961, thừa 1.")
    assert told(workspace, source)[1] == []


def test_a_wrong_figure_is_kept_and_written(workspace: Workspace, tmp_path: Path) -> None:
    """Typing and importing are never blocked: what is wrong is marked and listed (ux 1.1)."""
    candidate, _ = told(
        workspace, changed(SEEDS / "pl-stp_40_2024-H1.xlsx", tmp_path / "a.xlsx", ONLINE, 85962)
    )
    assert candidate.status == READY
    assert apply_import(workspace, [candidate]).figures == 1
    stored = workspace.resolved(*candidate.target)
    assert stored is not None
    assert stored["", "VI.1", "1"].figure == figure.number(85962)


def test_a_figure_no_cell_can_hold_is_told_at_its_cell(workspace: Workspace, tmp_path: Path) -> None:
    path = changed(SEEDS / "pl-stp_40_2024-H1.xlsx", tmp_path / "a.xlsx", ALL, -5)
    _, found = told(workspace, path)
    assert ("CEL-006", "D53") in [(finding.code, finding.place.cell) for finding in found]


def typed(tmp_path: Path, total: int) -> Candidate:
    """A form whose total somebody typed, with parts that add up to 12."""
    with founded(tmp_path / "a.sqlite") as workspace:
        number = workspace.version_for(FORM, YEAR)
        plan = workspace.plan(number.form, "biaX04", YEAR)
        key, parts = next((key, parts) for key, parts in plan.sums.items() if len(parts) > 1)
        figures = {part: figure.number(12 if at == 0 else 0) for at, part in enumerate(parts)}
        page = page_of(workspace, FORM, "X04", YEAR.code, {**figures, key: figure.number(total)})
        path = tmp_path / "a.xlsx"
        path.write_bytes(xlsx(page))
        [candidate] = preview(workspace, [path], Wish(YEAR))
        return candidate


def test_a_typed_total_is_held_against_its_parts(tmp_path: Path) -> None:
    found = [f for f in typed(tmp_path, 13).findings if f.code == "REL-001"]
    assert [(f.actual, f.expected, f.params["difference"]) for f in found] == [("13", "12", "1")]
    assert all(f.place.cell for f in found)


def test_a_typed_total_that_is_right_is_no_finding(tmp_path: Path) -> None:
    assert [f for f in typed(tmp_path, 12).findings if f.rule] == []


def test_what_other_rounds_say_is_told_only_once_the_figures_are_in(
    workspace: Workspace, tmp_path: Path
) -> None:
    """It is not the file that is wrong by itself; and the other round may be what is wrong."""
    unit, before = workspace.unit("40", Period(2023, "Y")), Period(2023, "Y")
    set_cells(workspace, "PL-STP", unit, before, ["[V.6]=100"])
    path = changed(SEEDS / "pl-stp_40_2024-H1.xlsx", tmp_path / "a.xlsx", "Sổ hộ tịch đã số hóa (lũy kế)", 50)
    candidate, found = told(workspace, path)
    assert found == []
    apply_import(workspace, [candidate])
    stored = workspace.stored(*candidate.target)
    assert stored is not None
    assert "REL-007" in [finding.code for finding in findings_of(workspace, stored)]
