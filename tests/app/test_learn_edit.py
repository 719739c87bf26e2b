"""A form of the catalogue is edited part by part: nothing else is lost, and it is saved as a version."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from judapp.app import learn_change, learn_edit, learn_known, learn_trial, learn_view
from judapp.app.founding import new_file
from judapp.app.learn_lines import parts_of
from judapp.app.seeds import forms as seeds
from judapp.app.versions import versions_of
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Column, Evidence, Form, Note, Provides, Relation, Slot, Table
from judapp.domain.learned import Guess, Learned
from judapp.domain.lint import lint
from judapp.domain.period import Period
from judapp.errors import JudappError
from judapp.store import documents
from judapp.store import forms as stored_forms
from judapp.text import fold
from tests.app.test_versions import NUMBER, enter, first, put
from tests.domain.forms import NOTARY
from tests.learned_case import draw_blank

SEEDS = [seed.form for seed in seeds()]
H1, Y = Period(2026, "H1"), Period(2026, "Y")
BRANCH = "$.tables[0].columns[0].children[1]"


def notary() -> Form:
    return msgspec.json.decode(json.dumps(NOTARY), type=Form)


def study(form: Form) -> learn_view.Study:
    return learn_known.study_of(form, 1, 0)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with new_file(tmp_path / "a.sqlite", "15", date(2026, 1, 1)) as made:
        yield made


# --- nothing is lost


@pytest.mark.parametrize("form", SEEDS, ids=lambda form: form.number)
def test_a_form_opened_to_be_edited_is_the_very_same_form(form: Form) -> None:
    opened = study(form)
    assert learn_view.finished(opened) == form
    assert not learn_known.is_changed(opened)
    shown = learn_view.view(opened)
    assert shown.faults == 0
    assert opened.picture.cells
    assert sum(bool(part.cells) for part in shown.parts) > len(shown.parts) / 6  # found on its sheet


@pytest.mark.parametrize("form", SEEDS, ids=lambda form: form.number)
def test_a_form_of_the_catalogue_can_be_tried(form: Form) -> None:
    """Also one whose figures are rolled up from other forms, which nobody has sent here."""
    view = learn_trial.view(learn_trial.begin(form, 2026))
    assert view.tables[0].rows


@pytest.mark.parametrize("form", SEEDS[:: max(1, len(SEEDS) // 6)], ids=lambda form: form.number)
def test_every_part_put_back_as_it_stands_changes_nothing(form: Form) -> None:
    """Texts with line ends, choices, rules, evidence: what is shown to edit is read as it was."""
    opened = study(form)
    for part in parts_of(opened.learned, "vi", known=True):
        if part.editor != "none" and not part.adds:
            again = learn_edit.edit(opened.learned, part.path, part.value, anew=False)
            assert again.form == form, part.path


def test_an_edit_leaves_measures_rollups_software_rules_and_keys_as_they_are() -> None:
    form = next(form for form in SEEDS if form.provides and form.rollup)
    changed = learn_view.finished(learn_view.edit(study(form), "$.title", "TÊN KHÁC"))
    assert replace(changed, title=form.title) == form


def test_a_structural_edit_drops_no_rule() -> None:
    form = next(form for form in SEEDS if len(form.relations) > 3)
    opened = learn_view.edit(study(form), "$.tables[0].columns[+]", "Cột thêm")
    opened = learn_view.edit(opened, "$.tables[0].rows[+]", "Dòng thêm")
    changed = learn_view.finished(opened)
    assert changed.relations == form.relations
    assert (changed.computed, changed.rollup, changed.provides) == (form.computed, form.rollup, form.provides)


def test_a_sign_the_form_prints_is_no_end_of_a_line() -> None:
    form = replace(notary(), period_line="(6 tháng | năm)")
    changed = learn_view.edit(study(form), "$.period_line", "(6 tháng | năm 2026)")
    assert changed.learned.form.period_line == "(6 tháng | năm 2026)"


# --- adding and dropping


def test_a_column_is_added_at_the_end_after_another_and_dropped() -> None:
    opened = study(notary())
    added = learn_view.edit(opened, "$.tables[0].columns[+]", "Chi phí khác")
    last = added.learned.form.tables[0].columns[-1]
    assert (last.label, last.code, last.key) == ("Chi phí khác", None, "_chi_phi_khac")  # no number made up
    between = learn_view.insert(opened, f"{BRANCH}.children[0]", "Nhà ở")
    labels = [child.label for child in between.learned.form.tables[0].columns[0].children[1].children]
    assert labels[1] == "Nhà ở"
    assert learn_view.view(between).faults == 0
    back = learn_view.remove(between, f"{BRANCH}.children[1]")
    assert learn_view.finished(back) == notary()


def test_what_is_known_of_later_parts_moves_along() -> None:
    opened = learn_view.edit(study(notary()), "$.tables[0].columns[1].label", "Tên khác")
    added = learn_view.insert(opened, "$.tables[0].columns[0]", "Giữa")
    parts = {part.path: part for part in learn_view.view(added).parts}
    assert parts["$.tables[0].columns[1].label"].value == "Giữa"
    assert (parts["$.tables[0].columns[2].label"].value, parts["$.tables[0].columns[2].label"].sure) == (
        "Tên khác",
        "changed",
    )


def test_columns_below_a_head_that_is_dropped_keep_its_unit() -> None:
    head = Column(label="Số tiền", unit="đồng", kind="money", children=(Column(label="Phí", code="1"),))
    table = replace(notary().tables[0], columns=(head,))
    form = replace(notary(), tables=(table,), relations=(), computed=(), provides=(), rollup=())
    changed = learn_view.remove(study(form), "$.tables[0].columns[0].label")
    [leaf] = changed.learned.form.tables[0].columns
    assert (leaf.label, leaf.unit, leaf.kind) == ("Phí", "đồng", "money")


def test_rows_get_keys_of_their_own_and_give_theirs_up() -> None:
    form = first()
    opened = learn_view.edit(study(form), "$.tables[0].rows[+]", "Đơn vị khác")
    again = learn_view.edit(opened, "$.tables[0].rows[+]", "Đơn vị khác")
    assert [row.key for row in again.learned.form.tables[0].rows[2:]] == ["don_vi_khac", "don_vi_khac_2"]
    assert learn_view.view(again).faults == 0


def test_notes_signers_relations_and_open_points_are_added() -> None:
    opened = study(notary())
    for path, value in (
        ("$.notes[+]", "Trong đó: {so_viec} việc."),
        ("$.explanations[+]", "Cột 2 tính cả việc từ chối."),
        ("$.signatures[+]", "GIÁM ĐỐC"),
        ("$.relations[+]", "c2 >= c3"),
        ("$.evidence.open[+]", "Chưa thấy tờ gốc."),
    ):
        opened = learn_view.edit(opened, path, value)
    form = opened.learned.form
    assert form.notes[-1].slots == (Slot(key="so_viec", kind="text"),)
    assert form.explanations[-1] == "Cột 2 tính cả việc từ chối."
    assert form.signatures[-1].title == "GIÁM ĐỐC"
    assert (form.relations[-1].rule, form.relations[-1].status) == ("c2 >= c3", "department")
    assert form.evidence.open[-1] == "Chưa thấy tờ gốc."
    assert lint(form) == []
    assert learn_view.edit(opened, "$.notes[+]", " ") is opened


def test_a_relation_that_cannot_be_read_is_a_fault_that_says_what_it_says() -> None:
    opened = learn_view.edit(study(notary()), "$.relations[+]", "c2 <= c99")
    fault = learn_view.view(opened).decisions[0]
    assert (fault.kind, fault.words) == ("fault", "Quan hệ “c2 <= c99”: biểu không có cột (99).")
    mended = learn_view.edit(opened, fault.path, "c3 <= c2")
    assert learn_view.view(mended).faults == 0


def test_the_slots_of_a_note_follow_its_words() -> None:
    note = Note(text="Có {a} việc.", slots=(Slot(key="a", kind="count", label="số việc"),))
    opened = learn_view.edit(
        study(replace(notary(), notes=(note,))), "$.notes[0].text", "Có {a} việc, {b} hồ sơ."
    )
    assert opened.learned.form.notes[0].slots == (*note.slots, Slot(key="b", kind="text"))
    gone = learn_view.edit(opened, "$.notes[0].text", "Có {b} hồ sơ.")
    assert [slot.key for slot in gone.learned.form.notes[0].slots] == ["b"]


def test_relations_that_follow_from_a_change_alone_are_offered_and_hold_once_taken() -> None:
    form = replace(notary(), relations=(), computed=(), provides=(), rollup=())
    opened = study(form)
    assert learn_view.view(opened).decisions == ()  # what the catalogue was seen with is not asked again
    changed = learn_view.edit(opened, f"{BRANCH}.children[2].code", "9")
    asked = [d for d in learn_view.view(changed).decisions if d.kind == "relation"]
    assert [d.value for d in asked] == ["c2 = c3 + c9"]
    assert learn_view.finished(changed).relations == ()
    taken = learn_view.accept(changed, asked[0].path)
    assert [r.rule for r in learn_view.finished(taken).relations] == ["c2 = c3 + c9"]
    refused = learn_view.remove(changed, asked[0].path)
    again = learn_view.edit(refused, f"{BRANCH}.label", "Chia ra theo loại")
    assert learn_view.finished(again).relations == ()


# --- a column that is called otherwise


def test_rules_follow_a_column_that_gets_another_number() -> None:
    form = replace(
        notary(),
        relations=tuple(Relation(rule=rule, status="printed") for rule in ("c2 = c3 + c5", "c5 <= 2*c2")),
        computed=(),
        rollup=(),
        provides=(Provides(measure="x", cells="[tong]c5"),),
    )
    changed = learn_view.edit(study(form), f"{BRANCH}.children[2].code", "9").learned.form
    assert [r.rule for r in changed.relations[:2]] == ["c2 = c3 + c9", "c9 <= 2 * c2"]
    assert changed.provides[0].cells == "[tong]c9"


def test_a_number_that_another_column_bears_changes_no_rule() -> None:
    """Which of the two a rule means cannot be told; lint says that the number stands twice."""
    form = replace(notary(), relations=(Relation(rule="c2 = c3 + c5", status="printed"),), computed=())
    twice = learn_change.renamed(form, learn_edit.edit(
        Learned(form, "", {}, (), ()), f"{BRANCH}.children[2].code", "3", anew=False).form)  # fmt: skip
    assert twice.relations == form.relations


def test_rules_of_another_table_stay() -> None:
    tables = tuple(
        Table(key=key, columns=(Column(label="A", code="1"),), rows=first().tables[0].rows)
        for key in ("", "b")
    )
    rules = tuple(Relation(rule=rule, status="printed") for rule in ("[tong]c1 = 1", "b:[tong]c1 = 1"))
    form = replace(first(), tables=tables, relations=rules)
    changed = learn_view.edit(study(form), "$.tables[1].columns[0].code", "7").learned.form
    assert [r.rule for r in changed.relations] == ["[tong]c1 = 1", "b:[tong]c7 = 1"]


# --- how well it is known


def test_an_incomplete_form_asks_how_well_it_is_known_once_it_is_whole() -> None:
    evidence = Evidence(level="incomplete", sources=("ảnh chụp",), open=("bị cắt",))
    opened = study(replace(notary(), evidence=evidence))
    asked = learn_view.view(opened).decisions
    assert [(d.path, len(d.choices)) for d in asked] == [("$.evidence.level", 3)]
    assert "1 điểm chưa rõ" in asked[0].words
    opened = learn_view.edit(opened, "$.evidence.level", "partial")
    opened = learn_view.remove(opened, "$.evidence.open[0]")
    assert learn_view.view(opened).decisions == ()
    assert learn_view.finished(opened).evidence == Evidence(level="partial", sources=("ảnh chụp",))


# --- saving


def test_saving_what_was_not_changed_writes_nothing(workspace: Workspace) -> None:
    [version] = put(workspace, first())
    before = workspace.versions[version]
    applied = learn_known.save_edit(workspace, learn_known.open_version(workspace, version))
    assert applied.op_id is None
    assert workspace.versions[version] == before


def test_a_version_nobody_uses_takes_the_changes_and_tells_it_in_its_sources(workspace: Workspace) -> None:
    [version] = put(workspace, first())
    opened = learn_view.edit(learn_known.open_version(workspace, version), "$.title", "TÊN MỚI")
    plan = learn_known.edit_plan(workspace, opened)
    assert (plan.changed, plan.used) == (True, 0)
    learn_known.save_edit(workspace, opened)
    form = workspace.versions[version].form
    assert form.title == "TÊN MỚI"
    assert form.evidence.sources[-1].startswith("Sở sửa định nghĩa ngày ")
    assert len(versions_of(workspace, form.family)) == 1


def test_a_used_version_stays_and_another_follows_from_the_period_chosen(workspace: Workspace) -> None:
    [version] = put(workspace, first())
    enter(workspace, H1, "[tong]c1=3")
    opened = learn_view.edit(learn_known.open_version(workspace, version), "$.title", "TÊN MỚI")
    plan = learn_known.edit_plan(workspace, opened, H1)
    assert (plan.used, plan.staying) == (1, 1)
    assert "1 phiếu của các kỳ từ đó vẫn ở bản cũ" in plan.sentences[-1].vi
    later = learn_known.edit_plan(workspace, opened, Y)
    assert later.staying == 0
    learn_known.save_edit(workspace, opened, plan.start)
    old, new = versions_of(workspace, first().family)
    assert (old.form.title, new.form.title) == (first().title, "TÊN MỚI")
    assert new.form.valid_from == plan.start
    assert workspace.version_for(NUMBER, H1).id == new.id


def test_a_period_before_the_form_or_after_its_end_is_refused_in_words(workspace: Workspace) -> None:
    [version] = put(workspace, first(valid_from=date(2026, 3, 1), valid_to=date(2026, 12, 31)))
    enter(workspace, H1, "[tong]c1=3")
    opened = learn_view.edit(learn_known.open_version(workspace, version), "$.title", "TÊN MỚI")
    early = learn_known.edit_plan(workspace, opened, Period(2025, "H1"))
    assert early.start is None
    assert "chọn kỳ sau" in early.sentences[-1].vi
    late = learn_known.edit_plan(workspace, opened, Period(2027, "H1"))
    assert late.start is None
    assert "chọn kỳ trước" in late.sentences[-1].vi


def test_a_definition_that_changed_meanwhile_is_not_overwritten(workspace: Workspace) -> None:
    [version] = put(workspace, first())
    opened = learn_view.edit(learn_known.open_version(workspace, version), "$.title", "TÊN MỚI")
    other = learn_view.edit(learn_known.open_version(workspace, version), "$.title", "TÊN KHÁC")
    learn_known.save_edit(workspace, other)
    with pytest.raises(JudappError) as refused:
        learn_known.save_edit(workspace, opened)
    assert refused.value.code == "LRP-changed-meanwhile"


def test_faults_keep_an_edit_out(workspace: Workspace) -> None:
    [version] = put(workspace, first())
    opened = learn_view.edit(learn_known.open_version(workspace, version), "$.relations[+]", "c2 <=")
    with pytest.raises(JudappError) as refused:
        learn_known.save_edit(workspace, opened)
    assert refused.value.code == "LRP-faults"


def test_a_kept_blank_is_shown_as_it_came(workspace: Workspace, tmp_path: Path) -> None:
    blank = draw_blank(tmp_path / "b.xlsx")
    learned = learn_view.read(blank)
    form = learn_view.finished(learned)

    workspace.apply(
        "forms",
        "Thêm",
        lambda w: stored_forms.add(w, msgspec.json.encode(form), documents.keep(w, blank.read_bytes(), "b")),
    )
    version = next(v.id for v in workspace.versions.values() if fold(v.form.number) == fold(form.number))
    opened = learn_known.open_version(workspace, version)
    assert opened.known is not None
    assert not opened.known.drawn
    assert opened.picture.sheet == "Bieu 99b"
    changed = learn_view.edit(opened, "$.title", "TÊN MỚI")
    assert changed.picture is opened.picture


# --- a blank that is read anew


def test_added_and_dropped_parts_outlast_reading_the_blank_anew(tmp_path: Path) -> None:
    opened = learn_view.read(draw_blank(tmp_path / "b.xlsx"))
    leaves = len(opened.learned.form.tables[0].leaves)
    changed = learn_view.edit(opened, "$.tables[0].columns[+]", "Cột thêm")
    changed = learn_view.insert(changed, "$.tables[0].columns[0]", "Cột giữa")
    changed = learn_view.remove(changed, "$.tables[0].columns[0]")
    before = changed.learned.form.tables[0].columns
    again = learn_view.hint(changed, 9, "group")
    assert again.learned.form.tables[0].columns == before
    assert len(again.learned.form.tables[0].leaves) == leaves + 1
    assert again.learned.form.tables[0].rows[0].kind == "group"


def test_a_proposed_relation_keeps_the_standing_a_person_gave_it() -> None:
    form = replace(notary(), computed=(), provides=(), rollup=(),
                   relations=(Relation(rule="c2 = c3 + c5", status="inferred"),))  # fmt: skip
    learned = Learned(
        form, "", {}, (Guess("$.relations[0].rule", "c2 = c3 + c5", "LRW-rule-split", "likely"),), ()
    )
    changed = learn_edit.edit(learned, "$.relations[0].status", "printed")
    changed = learn_edit.edit(changed, "$.tables[0].columns[1].label", "Tên khác")
    assert [(r.rule, r.status) for r in changed.form.relations if r.rule == "c2 = c3 + c5"] == [
        ("c2 = c3 + c5", "printed")
    ]
