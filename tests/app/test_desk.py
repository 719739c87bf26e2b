"""What the window says of an open file: periods, units, steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest

from judapp.app import desk
from judapp.app.entering import set_cells
from judapp.app.founding import new_file
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.text import Bilingual
from tests.practice_sheets import practice_file

H1 = Period.parse("2026-H1")
JUNE = date(2026, 6, 12)


@pytest.fixture
def shown(demo: Path) -> Iterator[Workspace]:
    with Workspace.open(demo) as workspace:
        yield workspace


def by_group(units: tuple[desk.UnitChoice, ...]) -> list[tuple[Bilingual, list[desk.UnitChoice]]]:
    return [(label, list(of)) for label, of in groupby(units, key=lambda unit: unit.group)]


def codes(facts: desk.Facts) -> list[str]:
    return [choice.period.code for choice in facts.periods]


def test_a_new_file_offers_the_rounds_of_this_year_and_the_last(tmp_path: Path) -> None:
    with new_file(tmp_path / "a.sqlite", "40", date(2026, 1, 1)) as workspace:
        facts = desk.facts(workspace, JUNE)
    yearly = [choice.period.code for choice in facts.periods if choice.group == desk.STATISTICS_GROUP]
    assert yearly == ["2026-Y", "2026-Y1", "2026-H1", "2025-Y", "2025-Y1", "2025-H1"]
    assert facts.owner_name == "Sở Tư pháp tỉnh Nghệ An"
    assert not facts.practice
    assert not facts.read_only


def test_enforcement_stands_apart_and_is_offered_while_there_is_a_form_for_it(tmp_path: Path) -> None:
    with new_file(tmp_path / "a.sqlite", "40", date(2026, 1, 1)) as workspace:
        facts = desk.facts(workspace, JUNE)
        later = desk.facts(workspace, date(2026, 11, 26))
    apart = [choice for choice in facts.periods if choice.group == desk.ENFORCEMENT_GROUP]
    assert [choice.period.code for choice in apart] == ["2026-E08", "2025-E12"]
    assert facts.periods[-2:] == tuple(apart)
    assert apart[0].name.vi == "Lũy kế 8 tháng năm thi hành án 2026"
    assert apart[0].days.vi == "01/10/2025 – 31/5/2026"
    assert [c for c in later.periods if c.period.code == "2026-E12"] == []  # its forms ended on 30/6/2026


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2025, 12, 1), "2026-E02"),
        (date(2025, 11, 1), "2026-E01"),
        (date(2025, 10, 31), "2025-E12"),
        (date(2026, 2, 1), "2026-E04"),
    ],
)
def test_the_enforcement_year_runs_from_october(tmp_path: Path, today: date, expected: str) -> None:
    with new_file(tmp_path / "a.sqlite", "40", date(2026, 1, 1)) as workspace:
        assert expected in codes(desk.facts(workspace, today))


def test_periods_with_sheets_or_claims_are_offered_newest_first(shown: Workspace) -> None:
    facts = desk.facts(shown, JUNE)
    assert codes(facts) == [
        *("2026-Y", "2026-Y1", "2026-H1", "2025-Y", "2025-Y1", "2025-H1", "2024-Y", "2024-H1", "2023-Y"),
        *("2018-Y", "2012-Y", "2026-E08", "2025-E12", "2024-E12", "2024-E09"),
    ]
    begun = {choice.period.code: choice.sheets for choice in facts.periods}
    assert begun["2026-H1"] == 3
    assert begun["2026-Y"] == 0


def test_the_window_says_until_when_figures_are_actual(shown: Workspace) -> None:
    days = {choice.period.code: choice.days for choice in desk.facts(shown, JUNE).periods}
    assert days["2024-H1"].vi == "01/01 – 30/6/2024 · thực tế đến 31/5"
    assert days["2026-H1"].vi == "01/01 – 31/5/2026"
    assert days["2012-Y"].vi == "chưa rõ từ ngày – đến ngày"


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 6, 12), "2026-H1"),  # between its last actual day and its deadline
        (date(2026, 5, 15), "2026-H1"),  # the last weeks before
        (date(2026, 11, 5), "2026-Y1"),
        (date(2027, 1, 5), "2026-Y"),
        (date(2026, 8, 1), "2026-H1"),  # nothing is being reported: the newest with sheets
    ],
)
def test_the_window_opens_at_the_round_being_reported(shown: Workspace, today: date, expected: str) -> None:
    assert desk.start_period(desk.facts(shown, today), today).code == expected


def test_a_new_file_opens_at_the_nearest_deadline(tmp_path: Path) -> None:
    with new_file(tmp_path / "a.sqlite", "40", date(2026, 1, 1)) as workspace:
        assert desk.start_period(desk.facts(workspace, date(2026, 7, 1)), date(2026, 7, 1)).code == "2026-H1"


def test_a_practice_file_opens_where_there_is_something_to_see(shown: Workspace, tmp_path: Path) -> None:
    assert shown.unit_code(desk.start_unit(shown, H1), H1.last_day) == "TH"
    assert desk.start_unit(shown, Period.parse("2024-H1")) == shown.owner.uid
    assert desk.start_unit(shown, Period.parse("2021-Y")) == shown.owner.uid
    with new_file(tmp_path / "a.sqlite", "40", date(2026, 1, 1)) as real:
        assert desk.start_unit(real, H1) == real.owner.uid


def test_units_stand_by_group_with_the_owner_first(shown: Workspace) -> None:
    units = desk.units_for(shown, H1)
    assert units[0].name == "Sở Tư pháp tỉnh Nghệ An"
    groups = {label.vi: len(of) for label, of in by_group(units)}
    assert groups == {"Sở": 1, "Xã, phường": 130, "Tổ chức hành nghề": 24, "Sở, ngành": 14, "Tỉnh khác": 1}
    assert sum(unit.sheets for unit in units) == 3


def test_units_are_those_of_the_day(shown: Workspace) -> None:
    before = {label.vi: len(of) for label, of in by_group(desk.units_for(shown, Period.parse("2024-H1")))}
    assert before["Cấp huyện"] > 0  # that level ended on 30/6/2025
    assert "Sở, ngành" not in before
    elsewhere = desk.units_for(shown, Period.parse("2024-Y"))
    assert {"Toàn quốc", "Sở Tư pháp thành phố Hà Nội"} <= {
        unit.name for period in ("2024-Y", "2023-Y") for unit in desk.units_for(shown, Period.parse(period))
    }
    assert all(unit.name for unit in elsewhere)


def test_who_went_into_the_owner_stands_under_the_day_it_ended(tmp_path: Path) -> None:
    with new_file(tmp_path / "a.sqlite", "15", date(2026, 1, 1)) as workspace:  # Lào Cai with Yên Bái
        groups = dict(by_group(desk.units_for(workspace, H1)))
    former = next(of for label, of in groups.items() if label.vi == "Đến 30/6/2025")
    assert {unit.name for unit in former} == {"Sở Tư pháp tỉnh Lào Cai", "Sở Tư pháp tỉnh Yên Bái"}


def test_steps_are_what_undo_takes_back_one_after_another(tmp_path: Path) -> None:
    with practice_file(tmp_path / "a.sqlite", figures=False) as workspace:
        assert desk.undoable(workspace) == ()  # what founds a file stays
        unit = workspace.unit("TH", H1)
        for value in ("1", "2", "3"):
            set_cells(workspace, "10b/TP/CC", unit, H1, [f"[I]c1={value}"])
        steps = desk.undoable(workspace)
        assert len(steps) == 3
        assert [step.op_id for step in steps] == sorted((step.op_id for step in steps), reverse=True)
        assert desk.undoable(workspace, limit=1) == steps[:1]
        assert desk.redoable(workspace) is None
        workspace.undo()
        again = desk.redoable(workspace)
        assert again is not None
        assert again.label == steps[0].label
        assert desk.undoable(workspace) == steps[1:]
        workspace.redo()
        assert desk.undoable(workspace) == steps
        assert desk.redoable(workspace) is None


def test_many_undone_acts_do_not_hide_an_older_one_that_stands(tmp_path: Path) -> None:
    with practice_file(tmp_path / "a.sqlite", figures=False) as workspace:
        unit = workspace.unit("TH", H1)
        for value in range(6):
            set_cells(workspace, "10b/TP/CC", unit, H1, [f"[I]c1={value}"])
        for _ in range(5):
            workspace.undo()
        assert len(desk.undoable(workspace, limit=1)) == 1


def test_a_file_opened_to_read_offers_no_steps(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with practice_file(path, figures=False) as workspace:
        set_cells(workspace, "10b/TP/CC", workspace.unit("TH", H1), H1, ["[I]c1=1"])
    with Workspace.open(path, read_only=True) as workspace:
        assert desk.facts(workspace, JUNE).read_only
        assert desk.undoable(workspace) == ()
        assert desk.redoable(workspace) is None
