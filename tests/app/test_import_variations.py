"""Every form of the catalogue, varied as hands vary it, comes in with equal figures or a refusal."""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from judapp.app.importing import READY, Candidate, preview
from judapp.app.workspace import Workspace
from judapp.domain import figure
from judapp.domain.cell_name import address
from judapp.domain.figure import Figure
from judapp.domain.period import Period
from judapp.domain.rows import OwnRow
from judapp.domain.shape import CellKey, Plan
from judapp.domain.unit import PROVINCE
from judapp.errors import JudappError
from judapp.store.forms import StoredForm
from tests.import_pages import xlsx
from tests.import_variations import DOUBTFUL, HARMLESS, Filled, Step, filled
from tests.import_world import UNITS, founded, laid_out

SEEDS = sorted((Path(__file__).parents[2] / "seeds" / "forms").glob("*.json"))
GATE = os.environ.get("JUDAPP_HYPOTHESIS") == "gate"
EXAMPLES = settings(
    max_examples=4 if GATE else 40,
    deadline=None,
    phases=[Phase.explicit, Phase.generate] if GATE else list(Phase),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
FORMS = [path.stem for path in SEEDS]


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with founded(tmp_path_factory.mktemp("tỉnh") / "a.sqlite") as workspace:
        yield workspace


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("nhận")


def version(workspace: Workspace, stem: str) -> StoredForm:
    sha = hashlib.sha256(next(path for path in SEEDS if path.stem == stem).read_bytes()).hexdigest()
    return next(stored for stored in workspace.versions.values() if stored.sha256 == sha)


def unit_and_period(workspace: Workspace, stored: StoredForm) -> tuple[str, Period]:
    """A unit that reports the form, and a round it is reported on."""
    kinds = [kind for level in stored.form.levels for kind in level.unit_kinds]
    code = next((c for c in ("X04", "C02", "P01") if UNITS[c][0] in kinds), "")
    uid = f"bia{code}" if code and PROVINCE not in kinds else workspace.owner.uid
    for year in range(2026, 2010, -1):
        for name in stored.form.rounds:
            period = Period(year, name)
            try:
                if workspace.version_for(stored.form.number, period).id == stored.id:
                    return uid, period
            except JudappError:
                continue
    raise AssertionError(stored.form.number)


def own_rows(plan: Plan) -> dict[str, tuple[OwnRow, ...]]:
    """Two rows of its own wherever a form has room for them."""
    found: dict[str, tuple[OwnRow, ...]] = {}
    for table in plan.form.tables:
        parents = [""] if any(row.kind == "free" for row in table.rows) else []
        parents += [
            row.key
            for row in plan.rows[table.key]
            if row.kind != "free" and any(child.kind == "free" for child in row.plan.children)
        ]
        found[table.key] = tuple(
            OwnRow(f"{parent}.#r{at}{n}".lstrip("."), parent, n, None, f"Đơn vị bịa {at}.{n}")
            for at, parent in enumerate(parents)
            for n in (1, 2)
        )
    return found


def filled_form(workspace: Workspace, stored: StoredForm, seed: int) -> tuple[Filled, str, Period]:
    """A worksheet of the form with random figures."""
    draw = random.Random(seed)
    uid, period = unit_and_period(workspace, stored)
    own = own_rows(workspace.plan(stored.form, uid, period))
    _, empty = laid_out(workspace, stored.form.number, uid, period, {}, own)
    figures: dict[CellKey, Figure] = {}
    for key, spot in empty.plan.spots.items():
        if key in empty.plan.computed or draw.random() < 0.1:
            continue
        if spot.kind == "text":
            figures[key] = figure.words(f"chữ {draw.randint(1, 99)}")
        else:
            about = draw.choice((0, 1, 7, 48, 356, 1_204, 98_765, 2_400_000))
            figures[key] = figure.number(about + len(figures))
    laid, resolved = laid_out(workspace, stored.form.number, uid, period, figures, own)
    return filled(laid, resolved), uid, period


def steps(*of: Step) -> st.SearchStrategy[list[Step]]:
    return st.lists(st.sampled_from(of), max_size=4)


CHECKS = ("REL-", "CEL-006", "CEL-007")
"""What checks say of random figures: they are read all the same."""


@pytest.mark.parametrize("stem", FORMS)
@EXAMPLES
@given(made=steps(*HARMLESS), seed=st.integers(0, 2**20))
def test_what_changes_no_meaning_changes_no_figure(
    province: Workspace, inbox: Path, stem: str, made: list[Step], seed: int
) -> None:
    stored = version(province, stem)
    it, uid, period = filled_form(province, stored, seed)
    candidate = imported(province, inbox, it, made, seed)
    told = [
        (finding.code, finding.place.cell) for finding in candidate.findings if finding.severity == "error"
    ]
    assert [one for one in told if not one[0].startswith(CHECKS)] == []
    assert candidate.status == READY
    assert candidate.version is not None
    assert candidate.unit is not None
    assert (candidate.version.id, candidate.unit.uid, candidate.period) == (stored.id, uid, period)
    assert figures_of(candidate) == {by_label(key): found for key, found in it.figures.items()}
    hold(candidate, it)


@pytest.mark.parametrize("stem", FORMS)
@EXAMPLES
@given(made=steps(*HARMLESS, *DOUBTFUL), last=st.sampled_from(DOUBTFUL), seed=st.integers(0, 2**20))
def test_what_changes_meaning_is_refused_or_read_right(
    province: Workspace, inbox: Path, stem: str, made: list[Step], last: Step, seed: int
) -> None:
    it, _, _ = filled_form(province, version(province, stem), seed)
    candidate = imported(province, inbox, it, [*made, last], seed)
    if candidate.status != READY:
        assert candidate.findings
    else:
        hold(candidate, it)


def imported(workspace: Workspace, inbox: Path, it: Filled, made: list[Step], seed: int) -> Candidate:
    """The worksheet after some variations, previewed."""
    draw = random.Random(seed)
    for step in made:
        step(it, draw)
    path = inbox / "gửi.xlsx"
    before = [page for n, page in enumerate(it.beside) if n % 2]
    path.write_bytes(xlsx(*before, it.page, *[page for page in it.beside if page not in before]))
    found = [c for c in preview(workspace, [path]) if c.sheet == it.page.name or not c.sheet or c.figures]
    assert len(found) == 1
    return found[0]


def by_label(key: CellKey) -> CellKey:
    """The key of a cell, rows of the reporter's own by their parent and label: their keys are random."""
    table, row, column = key
    parent, _, last = row.rpartition(".")
    if last.startswith("#r"):
        row = f"{parent} Đơn vị bịa {last[2]}.{last[3]}"
    return table, row, column


def figures_of(candidate: Candidate) -> dict[CellKey, Figure]:
    """What an import would write, rows of the reporter's own by their label."""
    labels = {row.key: f"{row.parent} {row.label}" for _, row in candidate.own_rows}
    return {
        (table, labels.get(row, row), column): read.figure
        for (table, row, column), read in candidate.figures.items()
        if table != "@"
    }


def hold(candidate: Candidate, it: Filled) -> None:
    """No figure is wrong and none is lost.

    What was read is the figure that stands in its cell, and that cell is the one of the form it is taken for;
    every cell below the head that holds something was read, reckoned, or is refused with its place.
    """
    parts = len(candidate.changes) + candidate.unchanged + candidate.reckoned + candidate.refused
    assert candidate.read == parts
    owners = {id(cell): key for key, cell in it.cells.items()}
    places = {address(at): cell for at, cell in it.page.cells.items()}
    own = {(table, row.key) for table, row in candidate.own_rows}
    for (table, row, column), read in candidate.figures.items():
        if table == "@":
            continue
        cell = places[read.cell]
        key = owners.get(id(cell))
        if (table, row) in own:
            assert key is None or (key[0], key[2]) == (table, column), (row, column, read.cell)
        else:
            assert key == (table, row, column), read.cell
        if key is not None and key in it.figures and cell.value != "1.234":
            assert read.figure == it.figures[key], read.cell
        elif isinstance(cell.value, int):  # a total, or a row of a stranger; its column may hold decimals
            found = str(read.figure.value if read.figure.text is None else read.figure.text)
            assert found.rstrip("0") == str(cell.value).rstrip("0"), read.cell
    told = {f.place.cell for f in candidate.findings if f.severity == "error" and f.place.cell}
    refused = told | {cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for cell in told}
    came_from = {read.cell for read in candidate.figures.values()}
    for cell in (*it.body, *it.foreign):
        at = it.at(cell)
        if at is None or cell.value is None or (owners.get(id(cell)) in it.totals):
            continue
        assert refused & {address(at), str(at[0])} or address(at) in came_from, f"{address(at)} is lost"
    assert candidate.reckoned <= sum(it.cells[key].value is not None for key in it.totals)
