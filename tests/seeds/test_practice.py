"""The practice province: made-up and marked so, the same bytes every time, right by every rule."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest

from judapp.app.entering import cell_key
from judapp.app.seeds import Register
from judapp.domain import value as values
from judapp.domain.catalogue import Form, Row
from judapp.domain.checking import check_sheet
from judapp.domain.entry import typed
from judapp.domain.expression.nodes import Cells
from judapp.domain.figure import State
from judapp.domain.period import Period, Span
from judapp.domain.resolve import Resolved, Sheet, resolve
from judapp.domain.rows import OwnRow, RepeatedUnit, expand
from judapp.domain.shape import plan_of
from judapp.domain.unit import Succession, Unit, Units, UnitState
from judapp.domain.value import Kind, Value

SEEDS = Path(__file__).parents[2] / "seeds"
PRACTICE = SEEDS / "practice"
CONTENT = json.loads((PRACTICE / "figures.json").read_text("utf-8"))
REGISTER = msgspec.json.decode((PRACTICE / "units.json").read_bytes(), type=Register)
FORMS = [msgspec.json.decode(path.read_bytes(), type=Form) for path in (SEEDS / "forms").glob("*.json")]
BY_NUMBER = {form.number: form for form in FORMS}

DELIBERATE = {
    # cells that say on purpose why there is no number; "không phát sinh" is a number, 0
    "12b/BTP/BTTP/CC": {State.OUT_OF_REMIT: 4},
    "10b/TP/CC": {State.PENDING: 1},
    "21b/TP/HTPLDN": {State.OUT_OF_REMIT: 2, State.PENDING: 1},
    "TH-13": {State.OUT_OF_REMIT: 1, State.PENDING: 1},
}
PENDING_TOTALS = {
    "10b/TP/CC": {("tong", "18"), ("II", "18")},
    "21b/TP/HTPLDN": {("tong", "13")},
    "TH-13": {("tong", "17")},
}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _units() -> Units:
    return Units(
        [
            Unit(
                u.uid,
                u.kind,
                tuple(
                    UnitState(
                        date.fromisoformat(s.valid_from),
                        _day(s.valid_to),
                        s.code,
                        s.name,
                        s.subkind,
                        s.parent,
                    )
                    for s in u.states
                ),
            )
            for u in REGISTER.units
        ],
        [Succession(s.old, s.new, date.fromisoformat(s.on)) for s in REGISTER.successions],
    )


UNITS = _units()
PROVINCE = REGISTER.units[0].uid


@dataclass
class Surroundings:
    """The register alone: no other sheet is looked at."""

    unit: str
    period: Period

    def units(self, plan: Row) -> Iterable[RepeatedUnit]:
        if plan.reports is not None:
            return  # nobody owes the department anything in the practice figures
        day = self.period.last_day
        for child in UNITS.children(self.unit, day, plan.unit_kind):
            state = UNITS.state(child.uid, day)
            if state is not None and plan.unit_subkind in (None, state.subkind):
                yield RepeatedUnit(child.uid, state.name)

    def outside(self, cells: Cells, row_unit: str | None, row: str) -> list[Value]:
        return [values.EMPTY]

    def unit_of_measure(self, form: str, table: str, row: str, col: str) -> str | None:
        return None

    def measure(self, name: str, when: str | None) -> Value:
        return values.EMPTY


def resolved(of: dict[str, Any]) -> Resolved:
    form, period = BY_NUMBER[of["form"]], Period.parse(of["period"])
    around = Surroundings(of["unit"], period)
    own: dict[str, list[OwnRow]] = {}
    for row in of["own_rows"]:
        own.setdefault(row["table"], []).append(
            OwnRow(row["key"], row["parent"], row["order"], row["unit"], row["label"])
        )
    plan = plan_of(
        form, {table.key: expand(table, around.units, own.get(table.key, ())) for table in form.tables}
    )
    figures = {}
    for address, text in of["cells"].items():
        key = cell_key(address, plan)
        assert key not in figures
        assert key not in plan.computed  # a total is the program's to add up
        figures[key] = typed(text, plan.spots[key], period)
    stored = {table: tuple(rows) for table, rows in own.items()}
    return resolve(Sheet(form, of["unit"], period, Span(None, None), figures, stored), around)


SHEETS = CONTENT["sheets"]
every_sheet = pytest.mark.parametrize("of", SHEETS, ids=lambda of: f"{of['form']}-{of['period']}")


def test_data_say_that_they_are_practice() -> None:
    assert CONTENT["practice"] is True
    assert {state.source for unit in REGISTER.units for state in unit.states} == {CONTENT["source"]}
    assert "thực hành" in CONTENT["source"]
    assert {
        "Thực Hành" in state.name for u in REGISTER.units if u.kind != "agency" for state in u.states
    } == {True}


def test_files_are_made_anew_to_the_byte() -> None:
    done = subprocess.run(
        [sys.executable, PRACTICE / "make_practice.py", "--check"],
        cwd=SEEDS.parent,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_province_has_130_communes_and_24_notary_offices() -> None:
    def below(day: date) -> Counter[tuple[str, str]]:
        found = UNITS.children(PROVINCE, day)
        states = [(unit.kind, UNITS.state(unit.uid, day)) for unit in found]
        return Counter((kind, state.subkind) for kind, state in states if state is not None)

    now, before = below(date(2026, 6, 30)), below(date(2025, 6, 30))
    assert now == {
        ("commune", "xã"): 109,
        ("commune", "phường"): 21,
        ("notary", "phòng"): 3,
        ("notary", "văn phòng"): 21,
        ("agency", "sở, ban, ngành"): 14,
    }
    assert before["commune", "xã"] + before["commune", "phường"] == 150
    assert before["notary", "văn phòng"] == 20
    assert before["agency", "cấp huyện"] == before["agency", "phòng tư pháp"] == 9


def test_uids_and_codes_name_one_unit_a_day() -> None:
    assert len({unit.uid for unit in REGISTER.units}) == len(REGISTER.units)
    for day in (date(2025, 6, 30), date(2025, 7, 1)):
        codes = [UNITS.state(u.uid, day) for u in UNITS]
        assert max(Counter(s.code for s in codes if s).values()) == 1
    of_the_nation = msgspec.json.decode((SEEDS / "units.json").read_bytes(), type=Register)
    assert not {s.code for u in of_the_nation.units for s in u.states} & {
        s.code for u in REGISTER.units for s in u.states
    }


def test_merged_communes_know_their_predecessors_even_under_their_own_code() -> None:
    """A code that is borne again names nobody alone (domain study, section 2)."""
    assert Counter(Counter(s.new for s in REGISTER.successions).values()) == {2: 20}
    old, new = (UNITS.by_code("TH001", day) for day in (date(2025, 6, 30), date(2025, 7, 1)))
    assert old.uid != new.uid
    assert old in UNITS.predecessors(new.uid, date(2025, 6, 30))
    assert UNITS.by_code("TH130", date(2025, 6, 30)) == UNITS.by_code("TH130", date(2025, 7, 1))


def test_every_layout_is_filled() -> None:
    assert Counter(of["form"] for of in SHEETS) == {
        "12b/BTP/BTTP/CC": 2,
        "10b/TP/CC": 1,
        "17c/BTP/HTQTCT/CT": 1,
        "21b/TP/HTPLDN": 1,
        "11c": 1,
        "13a/BTP/HTQTCT/HT": 3,
        "TH-13": 1,
    }


@every_sheet
def test_sheet_is_of_a_round_and_a_unit_its_form_serves(of: dict[str, Any]) -> None:
    form, period = BY_NUMBER[of["form"]], Period.parse(of["period"])
    assert form.serves(period, period.last_day)
    assert UNITS.state(of["unit"], period.last_day)
    assert {UNITS[of["unit"]].kind} == {kind for level in form.levels for kind in level.unit_kinds}
    assert set(of["notes"]) == {slot.key for note in form.notes for slot in note.slots}


def test_half_years_of_the_two_notary_forms_can_be_told_from_one_another() -> None:
    """12b (3) of 2025 against 10b (2) of 2026: the offices carry on, so nothing jumps by a fifth."""
    totals = [
        resolved(of)["", "tong", column].value.number
        for form, column in (("12b/BTP/BTTP/CC", "3"), ("10b/TP/CC", "2"))
        for of in SHEETS
        if of["form"] == form
    ]
    assert len(totals) == 3
    for earlier, later in pairwise(Fraction(total) for total in totals if total is not None):
        assert abs(later - earlier) * 5 < earlier


@every_sheet
def test_sheet_holds_and_is_whole(of: dict[str, Any]) -> None:
    sheet = resolved(of)
    assert [f for f in check_sheet(sheet, "TH") if f.severity == "error"] == []
    assert sheet.unanswered == ()
    assert not sheet.circular
    said = Counter(figure.state for figure in sheet.sheet.figures.values())
    reasons = {state: n for state, n in said.items() if state in (State.OUT_OF_REMIT, State.PENDING)}
    assert reasons == DELIBERATE.get(of["form"], {})
    assert not said[State.UNREADABLE]
    waiting = {
        key[1:]
        for key, cell in sheet.cells.items()
        if cell.origin == "computed" and cell.value.kind is not Kind.NUMBER
    }
    assert waiting == PENDING_TOTALS.get(of["form"], set())


def test_every_state_is_there() -> None:
    said = Counter(figure.state for of in SHEETS for figure in resolved(of).sheet.figures.values())
    assert set(said) == {State.NUMBER, State.NIL, State.PENDING, State.OUT_OF_REMIT, State.TEXT}


def test_weighted_age_is_that_of_all_couples() -> None:
    """Reckoned by hand from the typed texts: the commune without a first marriage has no say."""
    [of] = [sheet for sheet in SHEETS if sheet["form"] == "TH-13"]
    rows = {address.split("]")[0] + "]" for address in of["cells"]}
    pairs = [
        (int(of["cells"][f"{row}c19"]), Fraction(of["cells"][f"{row}c20"].replace(",", ".")))
        for row in rows
        if of["cells"][f"{row}c19"] != "-"
    ]
    assert (len(rows), len(pairs)) == (130, 129)
    expected = sum(weight * age for weight, age in pairs) / sum(weight for weight, _ in pairs)
    assert resolved(of)["", "tong", "20"].value.number == expected
    assert 20 < expected < 35
