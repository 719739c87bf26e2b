"""The shipped register of units: 63 provinces become 34 on 01/7/2025 and a code alone names nobody."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import msgspec
import pytest

from judapp.app.seeds import Register
from judapp.domain.unit import Succession, Unit, Units, UnitState

SEEDS = Path(__file__).parents[2] / "seeds"
LAST_OF_OLD, FIRST_OF_NEW = date(2025, 6, 30), date(2025, 7, 1)
CITY = "thành phố trực thuộc trung ương"


@pytest.fixture(scope="module")
def register() -> Register:
    return msgspec.json.decode((SEEDS / "units.json").read_bytes(), type=Register)


@pytest.fixture(scope="module")
def units(register: Register) -> Units:
    def day(text: str | None) -> date | None:
        return date.fromisoformat(text) if text else None

    return Units(
        (
            Unit(
                u.uid,
                u.kind,
                tuple(
                    UnitState(
                        date.fromisoformat(s.valid_from),
                        day(s.valid_to),
                        s.code,
                        s.name,
                        s.subkind,
                        s.parent,
                    )
                    for s in u.states
                ),
            )
            for u in register.units
        ),
        (Succession(s.old, s.new, date.fromisoformat(s.on)) for s in register.successions),
        ((g.group, g.year, member) for g in register.groups for member in g.members),
    )


def provinces_34() -> list[dict[str, str]]:
    with (SEEDS / "provinces_34.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_63_provinces_become_34(units: Units) -> None:
    old, new = (units.children("vn", day, "province") for day in (LAST_OF_OLD, FIRST_OF_NEW))
    assert (len(old), len(new)) == (63, 34)
    assert len({u.uid for u in old} & {u.uid for u in new}) == 11  # what NQ 202/2025/QH15 left alone
    assert len(units.children("vn", date(2008, 8, 1), "province")) == 63


def test_every_old_province_has_one_successor_and_every_new_one_a_predecessor(units: Units) -> None:
    old, new = (units.children("vn", day, "province") for day in (LAST_OF_OLD, FIRST_OF_NEW))
    heirs = [units.successors(u.uid, FIRST_OF_NEW) for u in old]
    assert [len(h) for h in heirs] == [1] * 63
    assert {h[0].uid for h in heirs} == {u.uid for u in new}
    assert sorted(p.uid for u in new for p in units.predecessors(u.uid, LAST_OF_OLD)) == sorted(
        u.uid for u in old
    )


def test_a_merged_province_is_a_new_unit_even_when_it_keeps_name_and_code(units: Units) -> None:
    for code in ("31", "48", "79", "92", "08"):
        old, new = units.by_code(code, LAST_OF_OLD), units.by_code(code, FIRST_OF_NEW)
        assert old.uid != new.uid
        assert units.latest(old.uid).name == units.latest(new.uid).name


@pytest.mark.parametrize("code", ["15", "24", "44", "52", "80", "82", "91"])
def test_reused_codes_name_other_units(units: Units, code: str) -> None:
    """Domain study, section 2: seven codes were reused under another name."""
    old, new = units.by_code(code, LAST_OF_OLD), units.by_code(code, FIRST_OF_NEW)
    assert old.uid != new.uid
    assert units.name(old.uid, LAST_OF_OLD) != units.name(new.uid, FIRST_OF_NEW)


def test_register_agrees_with_the_list_of_34(units: Units) -> None:
    rows = provinces_34()
    assert len(rows) == 34
    assert sum(int(row["communes"]) for row in rows) == 3321
    parts = {r["code"]: sum(int(r[kind]) for kind in ("xa", "phuong", "dac_khu")) for r in rows}
    # Lạng Sơn: 65 communes, parts 60 + 4; copied as found and told in docs/sources.md.
    assert [r["code"] for r in rows if int(r["communes"]) != parts[r["code"]]] == ["20"]
    for row in rows:
        unit = units.by_code(row["code"], FIRST_OF_NEW)
        state = units.state(unit.uid, FIRST_OF_NEW)
        assert state is not None
        assert (state.name, state.subkind) == (row["name"], row["type"])
        before = units.predecessors(unit.uid, LAST_OF_OLD)
        assert [units.latest(u.uid).code for u in before] == [
            part.split()[0] for part in row["merged_from"].split("; ")
        ]


def test_hue_is_one_unit_with_two_states(units: Units) -> None:
    before, after = date(2024, 12, 31), date(2025, 1, 1)
    hue = units.by_code("46", before)
    assert hue is units.by_code("46", after) is units.by_code("46", date(2026, 6, 30))
    assert [units.name(hue.uid, day) for day in (before, after)] == ["Tỉnh Thừa Thiên Huế", "Thành phố Huế"]


def test_cluster_of_the_centrally_run_cities_changes_by_year(units: Units) -> None:
    cluster = units.by_code("CUM-TPTW", date(2024, 12, 31))
    for year, codes in ((2024, "01 31 48 79 92"), (2025, "01 31 46 48 79 92")):
        end = date(year, 12, 31)
        states = [units.state(member.uid, end) for member in units.members(cluster.uid, year)]
        assert [(s.code, s.subkind) for s in states if s] == [(code, CITY) for code in codes.split()]


def test_states_are_told_with_a_source_and_never_overlap(register: Register) -> None:
    assert len({u.uid for u in register.units}) == len(register.units)
    for unit in register.units:
        assert all(state.source for state in unit.states)
        for earlier, later in zip(unit.states, unit.states[1:], strict=False):
            assert earlier.valid_to is not None
            assert (date.fromisoformat(later.valid_from) - date.fromisoformat(earlier.valid_to)).days == 1
