"""The director's front page: the answer first, compared exactly, nothing assumed, every figure traceable."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from judapp.app.director import front
from judapp.app.entering import set_cells
from judapp.app.workspace import Workspace
from judapp.domain.target import Target
from judapp.store import targets
from judapp.store.operations import Writer
from tests.progress_case import DVC, ESSENTIAL, H1, row, seen, vi

# --- Nghệ An, the first half of 2024, as published


def test_the_first_sentence_answers_where_the_province_stands(demo_folder: Path) -> None:
    found = seen(demo_folder / "demo.sqlite")
    assert found.headline.vi == "2/2 chỉ tiêu giao đã đạt; 1 số giảm mạnh; 1 số công bố cần xem lại."
    assert found.headline.en == "Targets met: 2/2; sharp falls: 1; published figures to review: 1."
    assert found.practice
    assert (found.unit_code, found.unit_name, found.empty) == ("40", "Tỉnh Nghệ An", None)


def test_an_indicator_is_told_with_its_pair_its_target_and_the_difference(demo_folder: Path) -> None:
    online = row(seen(demo_folder / "demo.sqlite"), DVC)
    assert (vi(online.value), vi(online.unit), vi(online.pair)) == ("94,75", "%", "81.452/85.961 hồ sơ")
    assert (vi(online.target), vi(online.difference)) == ("≥ 70 %", "+24,75 điểm %")
    assert (online.met, online.verdict) == (True, "met")
    assert online.exact[0] == Fraction(81452 * 100, 85961)
    assert vi(online.sentence) == (
        "Đăng ký trực tuyến đạt 94,75 % (81.452/85.961 hồ sơ), "
        "vượt 24,75 điểm phần trăm so với chỉ tiêu 70 % UBND tỉnh giao."
    )
    assert vi(row(seen(demo_folder / "demo.sqlite"), ESSENTIAL).difference) == "+26,94 điểm %"


def test_no_figure_is_torn_from_its_percent_sign(demo_folder: Path) -> None:
    found = seen(demo_folder / "demo.sqlite")
    texts = [
        *(text for told in found.rows for text in (told.sentence, told.target, told.same_period)),
        *(item.sentence for item in found.attention),
        *(saying.sentence for claim in found.claims for saying in claim.sayings),
    ]
    assert not [text.vi for text in texts if any(f"{digit} %" in text.vi for digit in "0123456789")]


def test_it_is_said_where_a_target_without_document_comes_from(demo_folder: Path) -> None:
    online = row(seen(demo_folder / "demo.sqlite"), DVC)
    assert vi(online.evidence) == "Mức giao: suy ra từ số công bố"
    assert vi(online.document) == "Văn bản giao của UBND tỉnh, chưa rõ số, ngày"
    assert "94,75 − 24,75 = 70" in online.target_source.vi


def test_every_figure_leads_to_its_cells_and_the_workbook_they_came_with(demo_folder: Path) -> None:
    numerator, denominator = row(seen(demo_folder / "demo.sqlite"), DVC).sources
    assert (numerator.form, numerator.period.code, numerator.address) == ("PL-STP", "2024-H1", "[VI.1]c1")
    assert numerator.cell == ("", "VI.1", "1")
    assert vi(numerator.name) == "dòng VI.1 Hồ sơ đăng ký trực tuyến · cột (1)"
    assert (vi(numerator.value), vi(denominator.value)) == ("81.452", "85.961")
    assert vi(numerator.origin) == "Tệp pl-stp_40_2024-H1.xlsx · trang tính PL-STP · ô D52"
    assert denominator.cell == ("", "VI.2", "1")


def test_a_figure_typed_by_hand_says_who_and_when(demo: Path) -> None:
    with Workspace.open(demo) as workspace:
        workspace.who = "Lan"
        set_cells(workspace, "PL-STP", workspace.owner, H1, ["[VI.1]c1=81453"])
    cell = row(seen(demo), DVC).sources[0]
    assert vi(cell.value) == "81.453"
    assert vi(cell.origin).startswith("Lan nhập ngày ")


def test_what_needs_a_look_is_one_sentence_each_and_leads_somewhere(demo_folder: Path) -> None:
    fall, claim = seen(demo_folder / "demo.sqlite").attention
    assert (fall.kind, fall.leads, fall.about) == ("fall", "indicator", "lltp.tiep_nhan")
    assert vi(fall.sentence) == (
        "Hồ sơ lý lịch tư pháp tiếp nhận giảm 17,78 % so với cùng kỳ năm 2023 "
        "(31.025 hồ sơ; mức giảm theo công bố)."
    )
    assert (claim.kind, claim.leads, claim.about) == ("claim", "claim", "cb-40-2024-h1-thiet-yeu")
    assert vi(claim.sentence).endswith("công bố 96,93 %, tính lại 96,94 %: bị cắt, không làm tròn.")


def test_claims_that_do_not_hold_come_first_each_claim_once_with_all_there_is_to_say(
    demo_folder: Path,
) -> None:
    first, *others = seen(demo_folder / "demo.sqlite").claims
    assert first.grave
    assert not any(claim.grave for claim in others)
    assert [saying.verdict for saying in first.sayings] == ["truncated", "scope"]
    assert (vi(first.printed), vi(first.recomputed), vi(first.pair)) == (
        "96,93 %",
        "96,94 %",
        "13.796/14.232",
    )
    assert vi(first.sayings[0].sentence).startswith("Công bố 96,93 %")
    assert first.document.vi.endswith("ngày 10/07/2024")
    assert len({claim.uid for claim in (first, *others)}) == 4


def test_the_basis_is_told_beside_the_figures(demo_folder: Path) -> None:
    assert [vi(sentence) for sentence in seen(demo_folder / "demo.sqlite").basis] == [
        "Tính được 5/5 chỉ tiêu thống kê.",
        "Lấy từ biểu PL-STP (số nháp).",
        "Nguồn không nêu từ ngày – đến ngày.",
        "Thiếu số cùng kỳ năm 2023 của 5 chỉ tiêu thống kê nên không so sánh.",
        "2 mức giao suy ra từ số công bố, chưa rõ văn bản giao.",
        "Gọi là mạnh: từ 10 % của số lượng, từ 5 điểm phần trăm của tỷ lệ.",
    ]


def test_a_rate_without_target_says_so_beside_others_that_have_one(demo_folder: Path) -> None:
    alone = row(seen(demo_folder / "demo.sqlite"), "lltp.truc_tuyen")
    assert vi(alone.sentence).endswith("đạt 55,03 % (17.074/31.025 hồ sơ); chưa có mức giao.")
    assert (alone.met, alone.verdict, vi(alone.target), vi(alone.difference)) == (None, "none", "", "")


# --- what is not known


def test_unknown_is_never_shown_as_nought(demo_folder: Path) -> None:
    found = seen(demo_folder / "demo.sqlite", "VN")
    assert found.headline.vi == "2 chỉ tiêu giao chưa tính được; 2 số công bố cần xem lại."
    cases = row(found, "tha.viec")
    assert [vi(t) for t in (cases.value, cases.difference, cases.same_period, cases.change)] == ["…"] * 4
    assert (cases.met, cases.verdict, cases.mark) == (None, "untold", "untold")
    assert cases.bullet is not None
    assert (cases.bullet.value, cases.bullet.level, cases.bullet.operator) == (None, 83.25, ">")
    assert [item.kind for item in found.attention] == ["claim", "claim", "missing", "missing"]


def test_a_missing_part_leads_to_the_cell_that_would_give_it(demo_folder: Path) -> None:
    cases = row(seen(demo_folder / "demo.sqlite", "VN", "2024-E09"), "tha.viec")
    done, wanted = cases.sources
    assert vi(done.value) == "403.769"
    assert (wanted.form, wanted.cell, vi(wanted.value)) == ("01/TK-THA", ("", "7", "1"), "…")
    assert vi(wanted.origin) == "Chưa trả lời"


def test_a_bound_is_drawn_hollow_and_decides_only_what_it_can(demo: Path) -> None:
    digitised = row(seen(demo, "VN"), "hotich.cap_nhat_csdl")
    assert digitised.bullet is not None
    assert digitised.bullet.hollow
    assert vi(digitised.value) == "ít nhất 83,33"
    assert [_held(demo, *at) for at in ((">=", "80"), (">=", "85"), ("<=", "80"), ("<=", "85"))] == [
        "met",
        "untold",
        "missed",
        "untold",
    ]
    undecided = row(seen(demo, "VN"), "hotich.cap_nhat_csdl")
    assert "chưa kết luận được so với mức giao ≤ 85 %" in vi(undecided.sentence)
    assert vi(undecided.difference) == "…"


def _held(path: Path, operator: str, level: str) -> str:
    """The verdict on the nation's digitised records once a newer document set this target for them."""
    with Workspace.open(path) as workspace:
        nation = workspace.unit("VN", H1).uid
        day = date(2024, 1, 1 + sum(t.indicator == "hotich.cap_nhat_csdl" for t in workspace.targets()))

        def build(writer: Writer) -> None:
            targets.put(
                writer,
                Target(
                    f"t{operator}{level}", "hotich.cap_nhat_csdl", nation, 2024, operator, Decimal(level),
                    "full", day, None, "typed", "",
                ),
            )  # fmt: skip

        workspace.apply("targets", "Giao", build)
        return row(front(workspace, nation, H1), "hotich.cap_nhat_csdl").verdict


def test_what_left_the_remit_has_a_sign_and_no_bar(demo_folder: Path) -> None:
    found = seen(demo_folder / "demo.sqlite", "TH", "2026-H1")
    gone = row(found, "lltp.truc_tuyen")
    assert (vi(gone.value), gone.mark, gone.bullet) == ("⊘", "gone", None)
    assert "3 chỉ tiêu thống kê không còn thuộc thẩm quyền." in [vi(text) for text in found.basis]


def test_five_months_are_not_held_against_six(demo_folder: Path) -> None:
    notarised = row(seen(demo_folder / "demo.sqlite", "TH", "2026-H1"), "cc.giao_dich")
    assert (vi(notarised.value), vi(notarised.change), notarised.bullet) == ("70.365", "…", None)
    alike = row(seen(demo_folder / "demo.sqlite", "TH", "2025-H1"), "cc.giao_dich")
    assert (vi(alike.same_period), vi(alike.change)) == ("70.929 việc", "+1,52 %")
    assert alike.bullet is not None
    assert (alike.bullet.value, alike.bullet.same_period) == (72010.0, 70929.0)


@pytest.mark.parametrize(
    ("unit", "period", "sentence"),
    [
        ("TH", "2018-Y", "Chưa đủ số liệu: kỳ này chưa có phiếu nào của đơn vị."),
        ("40", "2025-H1", "Chưa đủ số liệu: 1/1 biểu chưa nhập."),
        (
            "TH001",
            "2018-Y",
            "Chưa đủ số liệu: 1 biểu đã nhập của kỳ này chưa tính ra chỉ tiêu thống kê nào.",
        ),
    ],
)
def test_an_empty_page_says_why_it_is_empty(demo_folder: Path, unit: str, period: str, sentence: str) -> None:
    found = seen(demo_folder / "demo.sqlite", unit, period)
    assert found.empty is not None
    assert found.empty.vi == sentence
    assert found.headline.vi == "Chưa chỉ tiêu thống kê nào tính được."


def test_figures_without_any_target_are_said_to_have_none(demo_folder: Path) -> None:
    found = seen(demo_folder / "demo.sqlite", "79", "2024-Y")
    assert found.headline.vi == "1 chỉ tiêu thống kê có số liệu, chưa có mức giao."
    assert vi(row(found, "tcpl.xa").value) == "98,40"
    published = seen(demo_folder / "demo.sqlite", "40", "2023-Y")
    assert [vi(told.value) for told in published.rows] == ["174.152", "3.876", "26.402"]
    assert [told.bullet for told in published.rows] == [None] * 3


def test_the_members_of_a_cluster_are_named_cell_by_cell(demo_folder: Path) -> None:
    standard = row(seen(demo_folder / "demo.sqlite", "CUM-TPTW", "2024-Y"), "tcpl.xa")
    assert vi(standard.pair) == "1.204/1.247 xã"
    numerator = standard.parts[0]
    assert [vi(cell.value) for cell in numerator.cells] == ["555", "208", "55", "307", "79"]
    assert len({cell.unit for cell in numerator.cells}) == 5
    assert numerator.note.vi.startswith("cộng số của 5 đơn vị trong cụm")


def test_both_languages_are_always_said(demo_folder: Path) -> None:
    found = seen(demo_folder / "demo.sqlite", "VN")
    assert found.headline.en == "Targets not computable yet: 2; published figures to review: 2."
    assert all(told.sentence.en and told.sentence.en != told.sentence.vi for told in found.rows)
    assert all(text.en and text.en != text.vi for text in found.basis)
