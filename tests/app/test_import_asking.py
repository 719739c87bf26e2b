"""What a file leaves open is asked with its reasons; nothing is chosen beforehand, an answer is read anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from judapp.app.import_asking import Question, form_choices, looked_at
from judapp.app.import_view import UNCLEAR, file_rows
from judapp.app.importing import READY, Wish, assign, preview
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from tests.app.test_importing import replaced
from tests.import_world import founded

SENT = Path(__file__).parents[1] / "data" / "import"
YEAR = Period(2024, "Y")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with founded(tmp_path / "tinh.sqlite") as opened:
        yield opened


def asked(workspace: Workspace, path: Path, period: Period = YEAR) -> tuple[Question, ...]:
    found = preview(workspace, [path], Wish(period=period))
    return looked_at(workspace, found, 0, period).questions


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_a_unit_is_suggested_with_its_reason_and_never_taken(workspace: Workspace, tmp_path: Path) -> None:
    path = replaced(SENT / "tidy-17a.xlsx", tmp_path / "a.xlsx", "Nghi Lộc", "NGHI LOK")
    [question] = asked(workspace, path)
    assert (question.kind, question.remembers) == ("unit", True)
    first, *_, other = question.answers
    assert first.words.startswith("Xã Nghi Lộc (")
    assert set(first.said) == {"unit"}
    assert other.opens == "unit"
    found = preview(workspace, [path], Wish(period=YEAR))
    assert [row.status for row in file_rows(workspace, found)] == [UNCLEAR]
    [taken] = assign(workspace, found, [0], Wish(period=YEAR), **first.said)
    assert taken.status == READY
    assert taken.unit is not None


def test_a_point_is_asked_once_for_the_file_with_both_readings(workspace: Workspace) -> None:
    path = SENT / "text-ambiguous.xlsx"
    [question] = asked(workspace, path)
    assert question.kind == "points"
    assert "Chọn một lần cho cả tệp" in question.words
    assert [answer.said for answer in question.answers] == [{"points": "thousands"}, {"points": "decimals"}]
    assert "A10" in question.examples[0]
    found = preview(workspace, [path], Wish(period=YEAR))
    [taken] = assign(workspace, found, [0], Wish(period=YEAR), **question.answers[0].said)
    assert taken.status == READY
    assert {read.figure.value for read in taken.figures.values()} >= {1204}


def test_columns_in_thousands_are_asked_together_and_one_by_one(workspace: Workspace) -> None:
    half = Period(2026, "H1")
    path = SENT / "thousands-said.xlsx"
    questions = asked(workspace, path, half)
    multiply, keep = questions[0].answers
    found = preview(workspace, [path], Wish(period=half))
    cells = {f.params["name"] for f in found[0].findings if f.code == "CMP-005"}
    assert {column for _, column, _ in multiply.said["factors"]} == cells
    assert {factor for *_, factor in keep.said["factors"]} == {1}
    [taken] = assign(workspace, found, [0], Wish(period=half), **multiply.said)
    assert taken.status == READY
    assert looked_at(workspace, [taken], 0, half).questions == ()


def test_legacy_letters_are_told_with_every_name_old_and_new(workspace: Workspace) -> None:
    letters = [q for q in asked(workspace, SENT / "tcvn3-17a.xlsx") if q.kind == "letters"]
    [question] = letters
    assert question.answers == ()
    assert "đã chuyển sang Unicode; xem " in question.more
    assert all(" → " in line for line in question.examples)


def test_a_worksheet_without_a_form_may_be_said_to_be_any_of_its_period(workspace: Workspace) -> None:
    found = preview(workspace, [SENT / "no-form.xlsx"], Wish(period=YEAR))
    [question] = looked_at(workspace, found, 0, YEAR).questions
    assert question.kind == "form"
    assert question.answers[-1].opens == "form"
    numbers = [choice.number for choice in form_choices(workspace, found[0], YEAR)]
    assert "17a/BTP/HTQTCT/CT" in numbers
    assert "13a/BTP/HTQTCT/HT" not in numbers  # of another time


def test_why_a_file_was_taken_as_what_it_is(workspace: Workspace) -> None:
    found = preview(workspace, [SENT / "tidy-17a.xlsx"], Wish(period=YEAR))
    looked = looked_at(workspace, found, 0, YEAR)
    assert looked.evidence == "biểu ở ô A1 · đơn vị ở ô C1 · kỳ ở ô B4"


def test_totals_of_the_file_stand_beside_what_its_figures_add_up_to(workspace: Workspace) -> None:
    year = Period(2012, "Y")
    for name, words in (
        ("tidy-11a.xlsx", "Dòng Khai sinh, cột (1): tệp 18, cộng lại 18; 9 tổng khác đều khớp."),
        ("total-wrong.xlsx", "tệp 1.002, cộng lại 18"),
    ):
        found = preview(workspace, [SENT / name], Wish(period=year))
        sheet = looked_at(workspace, found, 0, year).sheet
        assert sheet is not None
        assert words in sheet.totals


def test_a_total_off_behind_the_decimals_shown_is_told_as_off(workspace: Workspace, tmp_path: Path) -> None:
    with ZipFile(SENT / "tidy-11a.xlsx") as sent, ZipFile(tmp_path / "a.xlsx", "w") as made:
        for name in sent.namelist():
            made.writestr(name, sent.read(name).replace(b"</f><v>18</v>", b"</f><v>18.004</v>", 1))
    found = preview(workspace, [tmp_path / "a.xlsx"], Wish(period=Period(2012, "Y")))
    sheet = looked_at(workspace, found, 0, Period(2012, "Y")).sheet
    assert sheet is not None
    assert "tệp 18,004, cộng lại 18" in sheet.totals
    assert "REL-003" in {finding.code for finding in found[0].findings}
