"""A definition read from a blank is looked through part by part, changed and tried out."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from judapp.app import learn_edit, learn_trial, learn_view
from judapp.app.learn_lines import parts_of, place_words
from judapp.app.learn_picture import picture_of
from judapp.domain.catalogue import Form, Level, Relation
from judapp.domain.learned import Guess, Learned, Problem
from judapp.errors import JudappError
from judapp.excel.blank import read_blank
from judapp.messages import text
from tests.domain.forms import NOTARY
from tests.learned_case import draw_blank

BLANKS = Path(__file__).parents[1] / "data" / "blanks"
COLUMN = "$.tables[0].columns[0].children[1].children[0]"


def notary() -> Form:
    return msgspec.json.decode(json.dumps(NOTARY), type=Form)


@pytest.fixture
def learned() -> Learned:
    """A form of six columns, one of whose kinds is in doubt and one of whose relations was proposed."""
    form = replace(
        notary(), computed=(), relations=(Relation(rule="c2 = c3 + c5", status="inferred"),), provides=()
    )
    return Learned(
        form,
        "Bieu",
        {(1, 1): "block", (5, 2): "number", (5, 3): "number", (6, 1): "total", (9, 1): "unused"},
        (
            Guess("$.number", "10b", "LRP-by-hand", "sure", ((1, 1),)),
            Guess(f"{COLUMN}.kind", "count", "LRP-accepted", "likely", ((5, 3), (4, 3))),
            Guess("$.relations[0].rule", "c2 = c3 + c5", "LRP-by-hand-not", "likely"),
        ),
        (Problem(f"{COLUMN}.kind", "LRP-field-kind", ((4, 3),), choices=("count", "money")),),
    )


@pytest.fixture
def quiet(learned: Learned) -> Learned:
    """The same with every reason in the catalogue."""
    guesses = tuple(replace(g, code="LRP-state-clean", params={"columns": 0, "relations": 0})
                    if g.code == "LRP-by-hand-not" else g for g in learned.guesses)  # fmt: skip
    return replace(learned, guesses=guesses)


# --- paths and edits


@pytest.mark.parametrize(
    ("path", "value", "typed"),
    [
        ("$.number", "10b", "10b"),
        ("$.valid_from", "2020-01-01", "01/01/2020"),
        ("$.rounds", "H1", "H1,Y"),
        (f"{COLUMN}.code", "3", "3"),
        (f"{COLUMN}.note", None, ""),
        ("$.tables[7].title", None, ""),
    ],
)
def test_a_path_leads_to_what_stands_there(path: str, value: str | None, typed: str) -> None:
    found = learn_edit.value_at(notary(), path)
    assert value is None or str(found).startswith(value) or value in found
    assert learn_edit.text_at(notary(), path) == typed


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("$.number", "11x/TP/CC"),
        ("$.valid_from", "05/12/2025"),
        ("$.rounds", "Y1,Y"),
        ("$.title", "TÊN MỚI"),
        ("$.unit_of_measure", "Việc"),
        ("$.unit_of_measure", ""),
    ],
)
def test_an_edit_changes_the_part_at_its_path_and_nothing_else(quiet: Learned, path: str, value: str) -> None:
    changed = learn_edit.edit(quiet, path, value)
    assert learn_edit.text_at(changed.form, path) == value
    field = path.removeprefix("$.")
    assert replace(changed.form, **{field: getattr(quiet.form, field)}) == quiet.form


@pytest.mark.parametrize(
    ("path", "value"),
    [("$.valid_from", "tháng 12"), (f"{COLUMN}.kind", "đếm"), ("$.nowhere", "1"), ("$.tables[9].title", "1")],
)
def test_a_value_that_cannot_stand_there_is_refused_in_words(quiet: Learned, path: str, value: str) -> None:
    with pytest.raises(JudappError) as refused:
        learn_edit.edit(quiet, path, value)
    assert refused.value.code == "LRP-value"


@pytest.mark.parametrize("name", ["criminal-records.xlsx", "13a-2013.ods"])
def test_what_is_shown_to_edit_can_be_put_back_as_it_is(name: str) -> None:
    """Every text and choice of a definition is read from what it is written as, lines as well."""
    learned = learn_view.read(BLANKS / name).learned
    for part in parts_of(learned, "vi"):
        if part.editor != "none" and part.section != "relations" and not part.adds:
            again = learn_edit.edit(learned, part.path, part.value)
            assert again.form == learned.form, part.path


def test_an_edit_answers_what_was_asked_about_that_part(quiet: Learned) -> None:
    changed = learn_edit.edit(quiet, f"{COLUMN}.kind", "money")
    assert changed.problems == ()
    guess = next(g for g in changed.guesses if g.path == f"{COLUMN}.kind")
    assert (guess.sure, guess.code, guess.value) == ("sure", learn_edit.BY_HAND, "money")
    assert guess.cells == ((5, 3), (4, 3))  # where it was read is still known


def test_accepting_keeps_the_value_and_answers_the_question(quiet: Learned) -> None:
    changed = learn_edit.accept(quiet, f"{COLUMN}.kind")
    assert changed.form == quiet.form
    assert changed.problems == ()


def test_a_column_without_a_printed_number_gets_a_name_of_its_own(quiet: Learned) -> None:
    path = "$.tables[0].columns[2]"
    changed = learn_edit.edit(quiet, f"{path}.code", "")
    column = changed.form.tables[0].leaves[-1]
    assert (column.code, column.key) == (None, "_ghi_chu")
    again = learn_edit.edit(changed, f"{path}.code", "8")
    assert (again.form.tables[0].leaves[-1].code, again.form.tables[0].leaves[-1].key) == ("8", None)


def test_a_part_that_leaves_a_list_takes_what_is_known_of_it_along(quiet: Learned) -> None:
    two = replace(
        quiet,
        form=replace(
            quiet.form, relations=(*quiet.form.relations, Relation(rule="c4 <= c3", status="printed"))
        ),
        guesses=(*quiet.guesses, Guess("$.relations[1].rule", "c4 <= c3", "LRP-accepted", "sure")),
    )
    left = learn_edit.remove(two, "$.relations[0].rule")
    assert [relation.rule for relation in left.form.relations] == ["c4 <= c3"]
    kept = [guess for guess in left.guesses if guess.path.startswith("$.relations")]
    assert [(guess.path, guess.value) for guess in kept] == [("$.relations[0].rule", "c4 <= c3")]


def test_relations_follow_the_heads_they_were_read_from(quiet: Learned) -> None:
    """A number that was misread made a relation of the wrong column; the accepted one stays as it can."""
    before = learn_edit.proposed_anew(quiet)
    assert "c2 = c3 + c5" in {relation.rule for relation in before.form.relations}
    changed = learn_edit.edit(before, "$.tables[0].columns[0].children[1].children[2].code", "9")
    rules = {relation.rule for relation in changed.form.relations}
    assert "c2 = c3 + c9" in rules
    assert "c2 = c3 + c5" not in rules


def test_a_refused_relation_is_not_proposed_again(quiet: Learned) -> None:
    changed = learn_edit.edit(quiet, f"{COLUMN}.label", "Nhà đất", refused=["c2 = c3 + c5"])
    assert "c2 = c3 + c5" not in {relation.rule for relation in changed.form.relations}


# --- lines


def test_every_part_says_what_it_is_where_it_was_read_and_how_sure(quiet: Learned) -> None:
    parts = {part.path: part for part in parts_of(quiet, "vi")}
    assert (parts["$.number"].label, parts["$.number"].where, parts["$.number"].sure) == (
        "Biểu số", "ô A1", "sure",
    )  # fmt: skip
    column = parts[COLUMN]
    assert (column.label, column.sure, column.where) == ("Cột (3)", "choose", "ô C5, C4")
    kind = parts[f"{COLUMN}.kind"]
    assert kind.above == COLUMN
    assert [choice.words for choice in kind.choices][:2] == ["số đếm", "tiền"]
    assert parts["$.relations[0].rule"].shown == "Cột (2) = Cột (3) + Cột (5)"


def test_places_are_said_as_they_are_printed() -> None:
    form = notary()
    assert place_words(form, f"{COLUMN}.kind", "vi") == "Cột (3)"
    assert place_words(form, "$.tables[0].rows[1].label", "vi") == "Dòng I"
    assert place_words(form, "$.levels", "vi") == ""


# --- the worksheet


def test_the_picture_has_the_cells_merges_and_letters_of_the_worksheet(tmp_path: Path) -> None:
    sheet = read_blank(draw_blank(tmp_path / "b.xlsx"))[0]
    roles = {(1, 1): "block", (6, 1): "head", (8, 2): "number", (9, 1): "total", (10, 1): "repeated"}
    picture = picture_of(sheet, Learned(notary(), sheet.grid.name, roles, (), ()))  # type: ignore[arg-type]  # words
    letters = dict(zip(picture.rows, picture.letters, strict=True))
    assert [letters[row] for row in (1, 6, 8, 9, 10, 4)] == ["B", "H", "N", "Σ", "R", ""]
    head = next(cell for cell in picture.cells if cell.text == "Chia ra")
    assert (head.rows, head.columns) == (1, 2)
    assert head.borders == "ltrb"
    assert 8 not in picture.columns  # a hidden helper column is not drawn


# --- what is to be decided


def study_of(learned: Learned, tmp_path: Path) -> learn_view.Study:
    path = draw_blank(tmp_path / "b.xlsx")
    sheets = tuple(read_blank(path))
    learned = replace(learned, sheet=sheets[0].grid.name)
    return learn_view.Study(path, b"", sheets, learned, learned, learn_view.picture_for(sheets, learned))


def test_faults_come_first_then_questions_then_proposals(quiet: Learned, tmp_path: Path) -> None:
    study = study_of(quiet, tmp_path)
    shown = learn_view.view(study)
    assert [decision.kind for decision in shown.decisions] == ["problem", "relation"]
    assert shown.state == "2 điều cần quyết định"
    study = learn_view.edit(study, "$.title", "")
    shown = learn_view.view(study)
    assert [decision.kind for decision in shown.decisions] == ["fault", "problem", "relation"]
    assert shown.decisions[0].words == "Tên biểu: Không được để trống."
    assert shown.state == "2 điều cần quyết định · 1 lỗi"


def test_of_two_columns_with_one_number_the_last_is_to_be_mended(quiet: Learned, tmp_path: Path) -> None:
    study = learn_view.edit(study_of(quiet, tmp_path), "$.tables[0].columns[1].code", "5")
    fault = learn_view.view(study).decisions[0]
    assert (fault.kind, fault.path) == ("fault", "$.tables[0].columns[1].code")


def test_accepting_all_relations_leaves_no_question_about_them(quiet: Learned, tmp_path: Path) -> None:
    study = learn_view.accept_relations(study_of(quiet, tmp_path))
    assert [decision.kind for decision in learn_view.view(study).decisions] == ["problem"]


def test_what_nobody_decided_stands_in_the_evidence(quiet: Learned, tmp_path: Path) -> None:
    form = learn_view.finished(study_of(quiet, tmp_path))
    assert form.evidence.level == "learned"
    assert len(form.evidence.open) == 2
    assert "Cột (2) = Cột (3) + Cột (5)" in form.evidence.open[1]


def test_a_relation_that_only_might_hold_does_not_hold_before_it_is_taken(
    quiet: Learned, tmp_path: Path
) -> None:
    doubtful = tuple(
        replace(g, sure="choose") if g.path.startswith("$.relations") else g for g in quiet.guesses
    )
    study = study_of(replace(quiet, guesses=doubtful), tmp_path)
    assert learn_view.finished(study).relations == ()
    taken = learn_view.accept(study, "$.relations[0].rule")
    assert [r.rule for r in learn_view.finished(taken).relations] == ["c2 = c3 + c5"]


@pytest.mark.parametrize(("name", "redrawn"), [("12b-2019.xlsx", False), ("17c-2019.xls", True),
                                               ("11c-2012.ods", True)])  # fmt: skip
def test_old_formats_say_that_the_form_will_be_drawn(name: str, redrawn: bool) -> None:
    study = learn_view.read(BLANKS / name)
    assert learn_view.view(study).redrawn is redrawn
    assert "lưu .xlsx" in text("LRP-redrawn", "vi")


def test_a_role_the_rows_around_do_not_allow_is_refused_in_words(tmp_path: Path) -> None:
    study = learn_view.read(draw_blank(tmp_path / "b.xlsx"))
    with pytest.raises(JudappError) as refused:
        learn_view.hint(study, 1, "total")
    assert refused.value.code == "LRP-role-kept"
    assert "Dòng 1 vẫn được đọc là đầu biểu" in text(refused.value.code, "vi", **refused.value.params)
    said = learn_view.hint(study, 9, "group")
    assert said.learned.form.tables[0].rows[0].kind == "group"
    assert learn_view.hint(said, 9, None).learned.form.tables[0].rows[0].kind == "total"


def test_a_signer_without_title_is_named_in_the_answer() -> None:
    study = learn_view.read(BLANKS / "09e-2019.ods")
    asked = next(d for d in learn_view.view(study).decisions if d.path == "$.signatures")
    assert asked.free
    before = study.learned.form.signatures
    study = learn_view.edit(study, "$.signatures", "GIÁM ĐỐC SỞ TƯ PHÁP")
    assert [s.title for s in study.learned.form.signatures[len(before) :]] == ["GIÁM ĐỐC SỞ TƯ PHÁP"]
    assert all(d.path != "$.signatures" for d in learn_view.view(study).decisions)


def test_the_rounds_are_chosen_together() -> None:
    """Which rounds a form has is one answer, not one of them."""
    study = learn_view.read(BLANKS / "09e-2019.ods")
    asked = next(d for d in learn_view.view(study).decisions if d.path == "$.rounds")
    assert "sơ bộ 6 tháng, sơ bộ năm, năm" in [choice.words for choice in asked.choices]
    study = learn_view.edit(study, "$.rounds", "Y1,Y")
    assert study.learned.form.rounds == ("Y1", "Y")


def test_an_unclear_deadline_is_given_to_the_round_a_person_names(quiet: Learned, tmp_path: Path) -> None:
    level = Level(level="so", reporter="Sở Tư pháp", receiver="Bộ Tư pháp")
    problem = Problem(
        "$.levels[0].deadlines", "LRW-deadline-unclear", params={"text": "ngày 20"}, choices=("Y",)
    )
    other = replace(problem, params={"text": "ngày 25"}, choices=("H1",))
    asked = replace(quiet, form=replace(quiet.form, levels=(level,)), problems=(problem, other))
    study = learn_view.edit(study_of(asked, tmp_path), "$.levels[0].deadlines", "Y1")
    assert study.learned.form.levels[0].deadlines == {"Y1": "ngày 20"}
    assert study.learned.form.rounds == ("H1", "Y1", "Y")
    assert study.learned.problems == (other,)


# --- trying it


def test_a_trial_reckons_and_finds_like_a_real_sheet(quiet: Learned) -> None:
    trial = learn_trial.begin(quiet.form, 2026)
    view = learn_trial.view(trial)
    assert [row.label for row in view.tables[0].rows] == [
        "TỔNG SỐ", "Văn phòng", "Đơn vị mẫu 1", "Đơn vị mẫu 2",
    ]  # fmt: skip
    row = view.tables[0].rows[2].key
    typed = {("", row, "2"): "12", ("", row, "3"): "7", ("", row, "5"): "3"}
    view = learn_trial.view(learn_trial.enter(trial, typed))
    assert [(f.code, f.severity, f.cell) for f in view.findings] == [("REL-001", "error", ("", row, "2"))]
    view = learn_trial.view(learn_trial.enter(learn_trial.enter(trial, typed), {("", row, "5"): "5"}))
    assert view.findings == ()


def test_a_trial_marks_what_cannot_be_read(quiet: Learned) -> None:
    trial = learn_trial.begin(quiet.form, 2026)
    key = ("", learn_trial.view(trial).tables[0].rows[2].key, "3")
    view = learn_trial.view(learn_trial.enter(trial, {key: "12O"}))
    assert [f.code for f in view.findings] == ["CEL-001"]
    assert view.tables[0].cells[key].text == "12O"


def test_free_rows_can_be_tried_too() -> None:
    raw = json.loads(json.dumps(NOTARY))
    raw["tables"][0]["rows"].append({"label": "Khác", "code": "II", "children": [{"kind": "free"}]})
    raw["relations"], raw["computed"], raw["provides"], raw["rollup"] = [], [], [], []
    form = msgspec.json.decode(json.dumps(raw), type=Form)
    labels = [row.label for row in learn_trial.view(learn_trial.begin(form, 2026, "en")).tables[0].rows]
    assert labels[-2:] == ["Sample row 1", "Sample row 2"]
