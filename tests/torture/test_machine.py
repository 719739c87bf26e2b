"""Random work on one sheet against a model that is a dict: file, model and live view agree at every rest."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from judapp.app import entering, noting, own_rows
from judapp.app.live import LiveSheet
from judapp.app.workspace import Workspace
from judapp.domain.entry import Layer
from judapp.domain.shape import CellKey
from judapp.errors import JudappError
from judapp.store.filesystem import companions
from judapp.store.operations import Applied
from judapp.store.verify import verify
from tests.sheet_views import live_sheet, sheet_view
from tests.torture import oracle
from tests.torture.oracle import Cell, differences
from tests.torture.paper import NUMBER, OWNER, PERIOD, new_file

_LABELS = st.sampled_from(["Tổ A", "Tổ B", "Văn phòng Đường", "1", "=1+1", "x" * 60])
_AT = st.integers(min_value=0, max_value=10_000)
_SAMPLE = st.integers(min_value=0, max_value=100)


class Model:
    """What the file should hold."""

    def __init__(self) -> None:
        self.cells: dict[CellKey, Cell] = {}
        self.rows: list[tuple[str, str]] = []
        self.reasons: dict[tuple[str, CellKey], str] = {}

    def copy(self) -> Model:
        made = Model()
        made.cells, made.rows, made.reasons = dict(self.cells), list(self.rows), dict(self.reasons)
        return made

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Model) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]  # it changes


class Clerk(RuleBasedStateMachine):
    """Acts in any order through the functions the window uses, each at once in the live sheet too."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.path = Path(self._folder.name) / "g.sqlite"
        self.workspace = new_file(self.path)
        self.model, self.taken_back, self.done = Model(), list[Model](), list[Model]()
        self.live = self.anew()
        self.begun = False

    # --- helpers

    def anew(self) -> LiveSheet:
        return live_sheet(self.workspace, NUMBER, OWNER, PERIOD)

    @property
    def place(self) -> tuple[Workspace, str, Any, Any]:
        return self.workspace, NUMBER, self.workspace.units[OWNER], PERIOD

    def key(self, at: int) -> CellKey:
        keys = list(self.live.view.spots)  # as printed; the keys of one's own rows are random
        return keys[at % len(keys)]

    def text(self, key: CellKey, sample: int) -> str:
        texts = list(oracle.texts_for(key))
        return texts[sample % len(texts)]

    def kept(self, applied: Applied, before: Model) -> None:
        """An act that wrote something is one step of undo; one that changed nothing wrote nothing."""
        assert applied.empty == (self.model == before)
        if not applied.empty:
            self.done.append(before)
            self.taken_back.clear()

    def enter(self, texts: dict[CellKey, str], layer: Layer = "printed") -> None:
        before = self.model.copy()
        self.model.cells = oracle.after(self.model.cells, texts)
        patch = self.live.enter(texts, layer=layer)
        self.kept(entering.enter(*self.place, texts, layer=layer), before)
        if patch is None:
            self.live = self.anew()

    # --- acts

    @initialize(at=_AT)
    def begin(self, at: int) -> None:
        """A sheet that was not begun is begun by the first act, whatever it changes."""
        self.enter({("", "I.1", "1"): "5"})

    @rule(at=_AT, sample=_SAMPLE)
    def type_in(self, at: int, sample: int) -> None:
        key = self.key(at)
        self.enter({key: self.text(key, sample)})

    @rule(at=_AT, samples=st.lists(_SAMPLE, min_size=2, max_size=12))
    def paste(self, at: int, samples: list[int]) -> None:
        keys = [self.key(at + by) for by in range(len(samples))]
        texts = {key: self.text(key, sample) for key, sample in zip(keys, samples, strict=True)}
        before = self.model.copy()
        self.model.cells = oracle.after(self.model.cells, texts)
        patch = self.live.enter(texts)
        self.kept(entering.paste(*self.place, texts), before)
        if patch is None:
            self.live = self.anew()

    @rule(at=_AT, count=st.integers(min_value=1, max_value=30))
    def empty(self, at: int, count: int) -> None:
        self.enter({self.key(at + by): "" for by in range(count)})

    @rule(at=_AT, part=st.sampled_from(["4", "0", "", "x"]))
    def estimate(self, at: int, part: str) -> None:
        """The layer "Trong đó ước tính" changes that part alone, or refuses and changes nothing."""
        key = self.key(at)
        former = self.model.cells.get(key)
        if key[2] in ("8", "9"):
            return
        number = former is not None and former.state == oracle.NUMBER
        if not number and part != "":
            patch = self.live.enter({key: part}, layer="estimated")
            assert patch is None
            with pytest.raises(JudappError, match="ENT-003"):
                entering.enter(*self.place, {key: part}, layer="estimated")
            return
        if part == "x":
            return
        before = self.model.copy()
        if number and former is not None:
            self.model.cells[key] = former._replace(estimate=int(part) if part else None)
        patch = self.live.enter({key: part}, layer="estimated")
        self.kept(entering.enter(*self.place, {key: part}, layer="estimated"), before)
        if patch is None:
            self.live = self.anew()

    @rule(label=_LABELS)
    def add_row(self, label: str) -> None:
        before = self.model.copy()
        key, applied = own_rows.add_row(*self.place, "", "IV", label)
        self.model.rows.append((key, label))
        self.kept(applied, before)
        self.live = self.anew()

    @precondition(lambda self: self.model.rows)
    @rule(at=_AT, label=_LABELS)
    def rename_row(self, at: int, label: str) -> None:
        before = self.model.copy()
        at %= len(self.model.rows)
        key = self.model.rows[at][0]
        self.model.rows[at] = key, label
        self.kept(own_rows.rename_row(*self.place, "", key, label), before)
        self.live = self.anew()

    @precondition(lambda self: len(self.model.rows) > 1)
    @rule(at=_AT, by=st.sampled_from([-1, 1]))
    def move_row(self, at: int, by: int) -> None:
        before, rows = self.model.copy(), self.model.rows
        at %= len(rows)
        key = rows[at][0]
        if 0 <= at + by < len(rows):
            rows[at], rows[at + by] = rows[at + by], rows[at]
        self.kept(own_rows.move_row(*self.place, "", key, by), before)
        self.live = self.anew()

    @precondition(lambda self: self.model.rows)
    @rule(at=_AT)
    def remove_row(self, at: int) -> None:
        """With figures in it a row goes only where that was meant, and all of it goes."""
        before = self.model.copy()
        key, _ = self.model.rows.pop(at % len(self.model.rows))
        inside = [cell for cell in self.model.cells if cell[1] == key]
        if inside:
            with pytest.raises(JudappError, match="ENY-003"):
                own_rows.remove_row(*self.place, "", key)
        for cell in inside:
            del self.model.cells[cell]
        for kind, cell in [said for said in self.model.reasons if said[1][1] == key]:
            del self.model.reasons[kind, cell]
        self.kept(own_rows.remove_row(*self.place, "", key, with_figures=True), before)
        self.live = self.anew()

    @rule(at=_AT, words=st.sampled_from(["Do tăng việc", "Do sáp nhập xã"]), note=st.booleans())
    def explain(self, at: int, words: str, note: bool) -> None:
        before, key = self.model.copy(), self.key(at)
        self.model.reasons[noting.NOTE if note else entering.EXPLANATION, key] = words
        act = noting.note_cell if note else entering.explain_cell
        applied = act(*self.place, key, words)
        if applied.empty or self.model != before:
            self.kept(applied, before)
        else:  # the same reason about another figure: what it was seen at changes
            self.done.append(before)
            self.taken_back.clear()
        self.live = self.anew()

    # --- undo

    @precondition(lambda self: self.done)
    @rule(times=st.integers(min_value=1, max_value=4))
    def undo(self, times: int) -> None:
        for _ in range(min(times, len(self.done))):
            self.workspace.undo()
            self.taken_back.append(self.model)
            self.model = self.done.pop()
        self.live = self.anew()

    @precondition(lambda self: self.taken_back)
    @rule()
    def redo(self) -> None:
        self.workspace.redo()
        self.done.append(self.model)
        self.model = self.taken_back.pop()
        self.live = self.anew()

    @rule()
    def close_and_open(self) -> None:
        """Undo and redo live on; a closed file is one file."""
        self.workspace.close()
        assert [part for part in companions(self.path) if part.exists()] == []
        self.workspace = Workspace.open(self.path)
        self.live = self.anew()

    # --- at every rest

    @invariant()
    def the_file_holds_what_the_model_holds(self) -> None:
        file = self.workspace.file
        rows = file.rows("select tbl, row, col, state, value, est, text from figure")
        assert {(t, r, c): Cell(*cell) for t, r, c, *cell in rows} == self.model.cells
        own = file.rows("select row, label from sheet_row where unit is null order by ord")
        assert own == self.model.rows
        said = file.rows("select kind, tbl, row, col, text from remark")
        assert {(kind, (t, r, c)): text for kind, t, r, c, text in said} == self.model.reasons

    @invariant()
    def the_live_sheet_shows_what_the_file_would(self) -> None:
        shown, stored = self.live.view, sheet_view(self.workspace, NUMBER, OWNER, PERIOD)
        assert differences(shown, stored) == []
        assert shown == stored

    def teardown(self) -> None:
        found = verify(self.workspace.file, deep=True)
        self.workspace.close()
        self._folder.cleanup()
        assert found == []


def test_random_work_agrees_with_a_model(thorough: bool) -> None:
    """Typing, pasting, emptying, estimating, rows, reasons, undo and redo over restarts, in any order."""
    if thorough or os.environ.get("JUDAPP_HYPOTHESIS") == "deep":
        how = settings(max_examples=300, stateful_step_count=60)
    else:
        how = settings(max_examples=8, stateful_step_count=25)
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(Clerk, settings=settings(how, suppress_health_check=checks))
