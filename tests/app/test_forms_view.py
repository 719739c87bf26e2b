"""The catalogue for the window: every form with its evidence, found by words, held against other versions."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from judapp.app.entering import set_cells
from judapp.app.form_picture import blank_picture, box_at
from judapp.app.forms_changes import VersionsCompared, compared
from judapp.app.forms_files import add_form_file, proposed_name, write_form_file
from judapp.app.forms_moving import move_outlook
from judapp.app.forms_use import movable, use_plan
from judapp.app.forms_view import (
    Catalogue,
    FormLine,
    Scope,
    as_sentence,
    catalogue,
    details,
    short_circular,
    told,
    version_named,
)
from judapp.app.seeds import forms as seeds
from judapp.app.versions import use_from
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Form
from judapp.domain.period import Period
from judapp.errors import JudappError
from judapp.messages import text
from judapp.text import Bilingual

NOW, BEFORE = Period(2026, "H1"), Period(2025, "H1")
FORM, OLD_FORM = "10b/TP/CC", "12b/BTP/BTTP/CC"


def line(found: Catalogue, number: str) -> FormLine:
    return next(line for line in found.lines if line.number == number)


def numbers(lines: tuple[FormLine, ...]) -> list[str]:
    return [line.number for line in lines]


def both(workspace: Workspace) -> VersionsCompared:
    found = catalogue(workspace, NOW)
    result = compared(workspace, line(found, OLD_FORM).version, line(found, FORM).version, NOW)
    assert result is not None
    return result


# --- the list


def test_every_form_of_the_file_is_listed_in_words(practice: Workspace) -> None:
    found = catalogue(practice, NOW)
    assert len(found.lines) == len(practice.versions)
    own = line(found, FORM)
    assert own.title == "Số tổ chức và kết quả hoạt động công chứng trên địa bàn tỉnh/thành phố"
    assert (own.circular, own.valid.vi, own.size) == ("Thông tư 17/2025", "từ 01/11/2025", "19 × 3")
    assert line(found, OLD_FORM).valid.vi == "15/05/2019 – 31/10/2025"
    assert line(found, "17c/BTP/HTQTCT/CT").size.count("×") == 2  # two tables
    assert own.evidence_name.vi == "một phần"
    assert all(line.evidence_meaning.vi.startswith(line.evidence_name.vi) for line in found.lines)


def test_an_incomplete_form_says_what_may_be_done_with_it() -> None:
    assert text("FMP-incomplete-means", "vi") == (
        "chưa đủ (chỉ xem, bổ sung bằng biểu trống; không nhập, không gửi)."
    )


def test_a_form_serves_the_periods_of_its_circular_and_counts_its_sheets(practice: Workspace) -> None:
    now, before = catalogue(practice, NOW), catalogue(practice, BEFORE)
    assert [line(now, n).serves for n in (FORM, OLD_FORM)] == [True, False]
    assert [line(before, n).serves for n in (FORM, OLD_FORM)] == [False, True]
    assert line(now, OLD_FORM).sheets == 2
    assert told(line(now, OLD_FORM), "vi") == "Không dùng cho kỳ đang xem. Đã có 2 phiếu."
    assert told(line(now, FORM), "en") == "Serves the period shown. 1 sheets are on it."


def test_areas_hold_their_circulars_newest_first(practice: Workspace) -> None:
    branches = {branch.area: branch for branch in catalogue(practice, NOW).branches}
    notaries = branches["công chứng"]
    assert [name for name, _ in notaries.circulars][:2] == ["Thông tư 17/2025", "Thông tư 03/2019"]
    assert notaries.forms == sum(forms for _, forms in notaries.circulars)


@pytest.mark.parametrize("words", ["hoat dong cong chung", "10B", "thông tư 17/2025 cc", "CÔNG CHỨNG"])
def test_a_search_ignores_marks_and_case(practice: Workspace, words: str) -> None:
    found = catalogue(practice, NOW).found(words, Scope(area="công chứng"))
    assert FORM in numbers(found)


def test_a_search_stays_within_the_part_that_is_looked_at(practice: Workspace) -> None:
    found = catalogue(practice, NOW)
    assert FORM in numbers(found.found("", Scope("công chứng", "Thông tư 17/2025")))
    assert OLD_FORM not in numbers(found.found("", Scope("công chứng", "Thông tư 17/2025")))
    assert all(line.serves for line in found.found("", Scope(this_period=True)))


def test_nothing_found_says_what_was_sought_and_where(practice: Workspace) -> None:
    found = catalogue(practice, NOW)
    scope = Scope("công chứng", "Thông tư 17/2025")
    assert found.nothing(" 12d ", scope).vi == "Không có biểu nào khớp “12d” trong Thông tư 17/2025."
    assert found.nothing("", Scope("hộ tịch")).vi == "Không có biểu nào trong lĩnh vực hộ tịch."
    assert found.nothing("x", Scope()).en == "No form matches “x” in the catalogue."
    assert "dùng cho Sơ bộ 6 tháng 2026" in found.nothing("", Scope(this_period=True)).vi


def test_numbers_sort_as_people_count() -> None:
    def order(number: str) -> str:
        return FormLine(0, "", number, "", "", "", "", valid, since, "", 0, "verbatim", False, 0, "").order

    form = seeds()[0].form
    valid, since = Bilingual("", ""), form.valid_from
    shuffled = ["PL-STP", "21b", "9a", "10b/TP/CC", "10a/TP/CC"]
    assert sorted(shuffled, key=order) == ["9a", "10a/TP/CC", "10b/TP/CC", "21b", "PL-STP"]


def test_a_number_means_the_version_of_the_period_shown(practice: Workspace) -> None:
    now, before = catalogue(practice, NOW).lines, catalogue(practice, BEFORE).lines
    by_family = [version_named(lines, "cc.so") for lines in (now, before)]
    assert [found and found.number for found in by_family] == [FORM, OLD_FORM]
    assert version_named(now, "12d") is None


@pytest.mark.parametrize(
    ("issued", "short"),
    [
        ("Thông tư số 17/2025/TT-BTP ngày 24/10/2025", "Thông tư 17/2025"),
        ("Quyết định số …/2012/QĐ-UBND của UBND tỉnh Hậu Giang", "Quyết định …/2012"),
        ("Sở Tư pháp (biểu riêng)", "Sở Tư pháp (biểu riêng)"),
    ],
)
def test_a_circular_is_told_shortly(issued: str, short: str) -> None:
    assert short_circular(issued) == short


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("KẾT QUẢ CỦA PHÒNG TƯ PHÁP, UBND CẤP XÃ", "Kết quả của Phòng Tư pháp, UBND cấp xã"),
        ("Kết quả của CƠ QUAN", "Kết quả của CƠ QUAN"),
        ("Ở VIỆT NAM", "Ở Việt Nam"),
    ],
)
def test_a_title_in_capitals_is_listed_as_a_sentence(title: str, sentence: str) -> None:
    assert as_sentence(title) == sentence


# --- one form


def test_a_form_comes_with_all_that_is_known_of_it(practice: Workspace) -> None:
    version = line(catalogue(practice, NOW), FORM).version
    found = details(practice, version, NOW)
    assert found is not None
    form = practice.versions[version].form
    assert (found.sources, found.open) == (form.evidence.sources, form.evidence.open)
    assert [(use.period.vi, use.sheets) for use in found.uses] == [("Sơ bộ 6 tháng 2026", 1)]
    assert [line.number for line in found.versions] == [FORM, OLD_FORM]
    assert "3 quan hệ theo phần mềm" in [rule.vi for rule in found.rules]
    assert found.reporting[0].receiver == "Bộ Tư pháp (Cục Kế hoạch - Tài chính)"
    assert not found.blank
    assert details(practice, 10_000, NOW) is None


@pytest.mark.parametrize("form", [seed.form for seed in seeds()], ids=lambda form: form.family)
def test_the_picture_prints_every_label_once_and_no_box_leaves_the_sheet(form: Form) -> None:
    picture = blank_picture(form)
    printed = [box.text for box in picture.boxes]
    assert form.title in printed
    for table in form.tables:
        for leaf in table.leaves:
            assert any(leaf.label in words for words in printed)
    for box in picture.boxes:
        assert 0 <= box.left < box.left + box.width <= picture.width + 0.01
        assert 0 <= box.top < box.top + box.height <= picture.height + 0.01


@pytest.mark.parametrize("form", [seed.form for seed in seeds()][::6], ids=lambda form: form.family)
def test_no_box_of_the_picture_lies_over_another(form: Form) -> None:
    picture = blank_picture(form)
    for box in picture.boxes:
        assert box_at(picture, box.left + box.width / 2, box.top + box.height / 2) == box
    assert box_at(picture, -1, 5) is None


# --- two versions


def test_versions_are_told_part_by_part(practice: Workspace) -> None:
    found = both(practice)
    lines = {(line.old.vi, line.new.vi): line for line in found.lines}
    assert lines["(5) Tổng số thù lao công chứng · đồng", ""].sign == "−"
    added = next(line for line in found.lines if line.new.vi.startswith("(10) Chi phí khác"))
    assert (added.sign, added.old.vi, added.what.vi) == ("+", "", "thêm")
    assert added.above_new == "Công chứng › Số tiền thu được"
    moved = next(line for line in found.lines if line.old.vi.startswith("(11) Tổng số tiền nộp"))
    assert (moved.sign, moved.what.vi) == ("→", "đổi số")
    assert "ghép vì " in moved.note.vi
    assert "12b cột (11) ↔ 10b cột (18)" in moved.note.vi


def test_deadlines_and_validity_stand_in_days_and_words(practice: Workspace) -> None:
    said = [(line.old.vi, line.new.vi) for line in both(practice).lines]
    assert ("Hiệu lực từ: 15/05/2019", "Hiệu lực từ: 01/11/2025") in said
    assert ("Hiệu lực đến: 31/10/2025", "Hiệu lực đến: chưa có") in said
    assert any(old.startswith("Hạn 6 tháng: BC 6 tháng: Ngày 25") for old, _ in said)


def test_rules_are_sentences_and_slots_are_dots(practice: Workspace) -> None:
    lines = both(practice).lines
    assert any(line.new.vi == "Quan hệ: Cột (2) = Cột (3) + Cột (5)" for line in lines)
    assert not any("{" in words for line in lines for words in (line.old.vi, line.new.vi))


def test_changes_alone_leave_out_what_stayed(practice: Workspace) -> None:
    found = both(practice)
    shown = found.shown(changes_only=True)
    assert {line.sign for line in shown} <= {"+", "−", "→", "≠"}
    assert len(shown) < len(found.shown(changes_only=False)) == len(found.lines)
    assert found.summary.vi.startswith("Cột: thêm ")


def test_a_version_against_itself_has_no_change(practice: Workspace) -> None:
    version = line(catalogue(practice, NOW), FORM).version
    found = compared(practice, version, version, NOW)
    assert found is not None
    assert found.shown(changes_only=True) == ()
    assert found.summary.vi == "Hai bản giống nhau hoàn toàn."
    assert compared(practice, version, 10_000, NOW) is None


def test_every_pair_of_versions_of_the_catalogue_can_be_told(practice: Workspace) -> None:
    lines = catalogue(practice, NOW).lines
    pairs = [(a, b) for a in lines for b in lines if a.family == b.family and a.since < b.since]
    assert pairs
    for old, new in pairs:
        found = compared(practice, old.version, new.version, NOW)
        assert found is not None
        assert all(line.what.en and line.section.en for line in found.lines)


# --- a form as one file


def test_a_form_written_to_a_file_comes_back_as_it_was(practice: Workspace, tmp_path: Path) -> None:
    version = line(catalogue(practice, NOW), FORM).version
    assert proposed_name(practice, version) == "10b-TP-CC_17-2025.json"
    path = write_form_file(practice, version, tmp_path / "biểu")
    assert path == tmp_path / "biểu.json"
    assert [p.name for p in tmp_path.glob("*biểu*")] == ["biểu.json"]
    added = add_form_file(practice, path)
    assert (added.known, added.version, added.number) == (True, version, FORM)


def test_a_new_form_from_a_file_is_one_act_that_can_be_undone(practice: Workspace, tmp_path: Path) -> None:
    version = line(catalogue(practice, NOW), FORM).version
    form = practice.versions[version].form
    other = msgspec.structs.replace(form, number="99x/TP/CC", family="cc.moi")
    path = tmp_path / "moi.json"
    path.write_bytes(msgspec.json.encode(other))
    added = add_form_file(practice, path)
    assert not added.known
    assert practice.versions[added.version].form.number == "99x/TP/CC"
    practice.undo()
    assert added.version not in practice.versions


def test_what_cannot_be_read_or_written_is_said(practice: Workspace, tmp_path: Path) -> None:
    version = line(catalogue(practice, NOW), FORM).version
    with pytest.raises(JudappError, match="FMP-001"):
        add_form_file(practice, tmp_path / "khong co.json")
    (tmp_path / "to.json").write_bytes(b" " * (4 * 2**20 + 1))
    with pytest.raises(JudappError, match="LRN-021"):
        add_form_file(practice, tmp_path / "to.json")
    with pytest.raises(JudappError, match="EXP-002"):
        write_form_file(practice, version, tmp_path / "khong co" / "a.json")


# --- from which period on, and sheets that stayed


def test_what_using_a_form_earlier_would_do_is_said_before(practice: Workspace) -> None:
    found = catalogue(practice, NOW)
    new, old = line(found, FORM).version, line(found, OLD_FORM).version
    plan = use_plan(practice, new, BEFORE)
    said = [sentence.vi for sentence in plan.sentences]
    assert plan.start == practice.reporting_day(practice.versions[new].form, BEFORE)
    assert any("12b/BTP/BTTP/CC · Thông tư 03/2019 hết hiệu lực" in words for words in said)
    assert any("phiếu đã lập từ ngày đó" in words for words in said)
    assert movable(practice, old, new) == 0
    use_from(practice, new, BEFORE)
    assert practice.versions[old].form.valid_to == plan.start - timedelta(days=1)
    outlook = move_outlook(practice, old, new)
    assert outlook.sheets == movable(practice, old, new) == 1
    assert outlook.refused == ()


def test_a_later_version_keeps_its_day(practice: Workspace) -> None:
    found = catalogue(practice, NOW)
    plan = use_plan(practice, line(found, OLD_FORM).version, Period(2024, "H1"))
    assert any("vẫn bắt đầu ngày 01/11/2025" in words.vi for words in plan.sentences)


def test_sheets_never_move_between_two_forms(practice: Workspace) -> None:
    found = catalogue(practice, NOW)
    assert movable(practice, line(found, FORM).version, line(found, "PL-STP").version) == 0


def test_sheets_that_cannot_move_say_why(practice: Workspace) -> None:
    found = catalogue(practice, NOW)
    new, old = line(found, FORM).version, line(found, OLD_FORM).version
    use_from(practice, new, BEFORE)
    set_cells(practice, FORM, practice.unit("TH", BEFORE), BEFORE, ["[I]c7=5"])
    refused = move_outlook(practice, old, new).refused
    assert len(refused) == 1
    assert "đã có phiếu kỳ 2025-H1" in refused[0].vi
