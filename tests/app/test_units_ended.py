"""A unit that ended or got another name within a round: its figures count once, and the risk is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from judapp.app.after_sending import would_move
from judapp.app.base_findings import findings_of_base
from judapp.app.board import NOT_ASKED, RECEIVED, UnitBoard, unit_board
from judapp.app.board_words import headline
from judapp.app.entering import set_cells
from judapp.app.grid import reckoned
from judapp.app.home_forms import form_lines
from judapp.app.import_candidates import READY
from judapp.app.importing import apply_import, preview
from judapp.app.workspace import Workspace
from judapp.domain.coverage import coverage
from judapp.domain.finding import Finding
from judapp.domain.resolve import Resolved
from judapp.domain.unit import Succession, Unit, UnitState
from judapp.domain.value import known
from judapp.errors import JudappError
from judapp.store import obligations, units
from judapp.store.operations import Writer
from tests import board_world as world
from tests.board_world import ABOVE, BASE, H1, ON

LAST, SINCE = date(2026, 3, 31), date(2026, 4, 1)
TOTAL = ("", "tong", "1")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with world.province(tmp_path / "a.sqlite") as opened:
        yield opened


def board(workspace: Workspace) -> UnitBoard:
    return unit_board(workspace, H1, world.head(workspace).uid, ON)


def above(workspace: Workspace) -> Resolved:
    return reckoned(workspace, workspace.version_for(ABOVE, H1), world.head(workspace).uid, H1)


def merge(workspace: Workspace, old: Unit, new: Unit) -> None:
    """``old`` ended within the round, ``new`` carries it on."""

    def build(writer: Writer) -> None:
        ended = replace(old.states[-1], valid_to=LAST)
        units.put_unit(writer, replace(old, states=(*old.states[:-1], ended)), "x")
        units.put_succession(writer, Succession(old.uid, new.uid, SINCE), "x")

    workspace.apply("units", "Sáp nhập", build)


def told(workspace: Workspace) -> list[Finding]:
    return [f for f in findings_of_base(workspace, above(workspace), "TH") if f.code == "RUP-005"]


def test_a_merger_within_the_round_takes_nothing_out_of_the_sum(workspace: Workspace) -> None:
    old, new = world.offices(workspace)[0], world.offices(workspace)[1]
    before, said = above(workspace), headline(board(workspace)).vi
    rows = [row.unit for row in before.rows[""]]
    merge(workspace, old, new)
    after = above(workspace)
    assert after[TOTAL].value == before[TOTAL].value
    assert [row.unit for row in after.rows[""]] == rows  # at its place, once
    assert coverage(after, [TOTAL]) == (6, 24)
    line = next(line for line in board(workspace).lines if line.unit == old.uid)
    assert line.name.endswith("(đến 31/3/2026)")
    assert line.cells[0].state == RECEIVED
    assert headline(board(workspace)).vi == said


def test_that_both_reported_is_told_where_they_are_added_up(workspace: Workspace) -> None:
    every = world.offices(workspace)
    merge(workspace, every[0], every[7])
    assert not told(workspace)
    world.typed(workspace, every[7], world.figures(8))
    [finding] = told(workspace)
    assert finding.severity == "warning"
    assert finding.params["heirs"] == every[7].states[-1].name


def test_a_unit_that_ended_without_a_figure_is_not_waited_for(workspace: Workspace) -> None:
    every = world.offices(workspace)
    merge(workspace, every[8], every[0])
    assert every[8].uid not in {line.unit for line in board(workspace).lines}
    assert every[8].uid not in {row.unit for row in above(workspace).rows[""]}
    assert coverage(above(workspace), [TOTAL]) == (6, 23)


def test_a_unit_that_ended_owes_no_other_form_of_the_round(workspace: Workspace) -> None:
    every = world.offices(workspace)
    other = workspace.version_for("21a/TP/HTPLDN", H1).form.family
    world.owe(workspace, other, every[:2])
    merge(workspace, every[0], every[1])
    line = next(line for line in board(workspace).lines if line.unit == every[0].uid)
    assert sorted(cell.state for cell in line.cells) == [NOT_ASKED, RECEIVED]


def test_the_first_page_counts_what_an_ended_unit_sent(workspace: Workspace) -> None:
    every = world.offices(workspace)
    board(workspace)
    lines = form_lines(workspace, H1, world.head(workspace), ON, "")
    merge(workspace, every[0], every[1])
    board(workspace)
    after = form_lines(workspace, H1, world.head(workspace), ON, "")
    assert [(x.base.received, x.base.expected) for x in after if x.base] == [
        (x.base.received, x.base.expected) for x in lines if x.base
    ]


def test_figures_of_an_office_whose_duty_ended_within_the_round_count(workspace: Workspace) -> None:
    office, family = world.offices(workspace)[0], workspace.version_for(BASE, H1).form.family
    total = above(workspace)[TOTAL].value
    duty = next(o for o in workspace.obligations if (o.family, o.unit) == (family, office.uid))
    workspace.apply("x", "Thôi nộp", lambda w: obligations.put(w, replace(duty, valid_to=LAST)))
    assert above(workspace)[TOTAL].value == total


def test_a_figure_typed_for_the_unit_that_ended_still_moves_the_sum(workspace: Workspace) -> None:
    every = world.offices(workspace)
    merge(workspace, every[0], every[1])
    number = above(workspace)[TOTAL].value.number
    assert number is not None
    set_cells(workspace, BASE, every[0], H1, ["c1=21"])  # it was 11
    assert above(workspace)[TOTAL].value == known(number + 10)
    workspace.undo()
    assert above(workspace)[TOTAL].value == known(number)


def test_it_counts_also_under_a_unit_that_ended_with_it(workspace: Workspace) -> None:
    office, head = world.offices(workspace)[0], world.head(workspace)
    total = above(workspace)[TOTAL].value
    district = Unit("huyen", "agency", (UnitState(date(2010, 1, 1), LAST, "H1", "Huyện A", parent=head.uid),))

    def build(writer: Writer) -> None:
        units.put_unit(writer, district, "x")
        ended = replace(office.states[-1], valid_to=LAST, parent=district.uid)
        units.put_unit(writer, replace(office, states=(*office.states[:-1], ended)), "x")

    workspace.apply("units", "Bỏ cấp huyện", build)
    assert above(workspace)[TOTAL].value == total
    lines = [line.unit for line in board(workspace).lines]
    assert (lines.count(office.uid), lines.count(district.uid)) == (1, 0)


def test_an_import_foretells_what_it_moves_in_the_row_of_an_ended_unit(
    workspace: Workspace, tmp_path: Path
) -> None:
    every = world.offices(workspace)
    merge(workspace, every[0], every[1])
    world.hand_in(workspace)
    file = world.sent(workspace, every[1], world.figures(9), tmp_path / "a.xlsx")
    [sheet] = would_move(workspace, preview(workspace, [file]))
    assert not [cell for cell in sheet.cells if every[0].uid in cell.key[1]]


def test_a_file_under_the_name_a_unit_bore_before_is_its_own(workspace: Workspace, tmp_path: Path) -> None:
    office = world.offices(workspace)[6]
    state = office.states[-1]
    new = replace(state, valid_from=SINCE, name="Văn phòng công chứng Tên Mới")
    states = (*office.states[:-1], replace(state, valid_to=LAST), new)
    workspace.apply("units", "Đổi tên", lambda w: units.put_unit(w, replace(office, states=states), "x"))
    file = world.sent(workspace, office, world.figures(7), tmp_path / "a.xlsx")
    [found] = preview(workspace, [file])
    assert (found.status, found.unit and found.unit.uid) == (READY, office.uid)
    assert "MAP-054" in {finding.code for finding in found.findings}


def test_a_unit_that_ends_after_the_preview_gets_nothing_nobody_saw(
    workspace: Workspace, tmp_path: Path
) -> None:
    office = world.offices(workspace)[6]
    file = tmp_path / "a.xlsx"
    read = preview(workspace, [world.sent(workspace, office, world.figures(7), file)])
    merge(workspace, office, world.offices(workspace)[0])
    with pytest.raises(JudappError, match="MAP-017"):
        apply_import(workspace, read)
