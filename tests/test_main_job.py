"""The main job on published figures: what the source texts say, and what is wrong there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

Run = Callable[..., Any]


def indicator(data: dict[str, Any], own: str) -> dict[str, Any]:
    return next(i for i in data["indicators"] if i["id"] == own)


def claims(data: dict[str, Any], own: str, verdict: str) -> list[dict[str, Any]]:
    return [c for c in data["claims"] if c["indicator"] == own and c["verdict"] == verdict]


@pytest.fixture
def nghe_an(judapp: Run, demo: Path) -> dict[str, Any]:
    ran = judapp("progress", demo, "--period", "2024-H1", "--unit", "40", "--json")
    assert ran.code == 0
    found: dict[str, Any] = ran.json
    return found


def test_online_registration_is_held_exactly_against_its_target(nghe_an: dict[str, Any]) -> None:
    found = indicator(nghe_an, "dvc.truc_tuyen")
    assert (found["numerator"], found["denominator"]) == ("81452", "85961")
    assert found["value"] == "94.754598"
    assert found["target"]["level"] == "70"
    assert found["target"]["evidence"] == "derived"
    assert found["difference"] == "24.754598"
    assert found["met"] is True
    assert found["sentence"] == (
        "Đăng ký trực tuyến đạt 94,75 % (81.452/85.961 hồ sơ), "
        "vượt 24,75 điểm phần trăm so với chỉ tiêu 70 % UBND tỉnh giao."
    )


def test_the_truncated_rate_of_three_essential_services_is_found(nghe_an: dict[str, Any]) -> None:
    assert indicator(nghe_an, "hotich.thiet_yeu_truc_tuyen")["value"] == "96.936481"
    [claim] = claims(nghe_an, "hotich.thiet_yeu_truc_tuyen", "truncated")
    assert claim["printed"] == "96.93"
    assert "96,94 %" in claim["message"]
    assert "bị cắt, không làm tròn" in claim["message"]


def test_half_a_year_out_of_scope_with_the_whole_year_is_found(nghe_an: dict[str, Any]) -> None:
    [claim] = claims(nghe_an, "hotich.thiet_yeu_truc_tuyen", "scope")
    assert "14.232" in claim["message"]
    assert "132.274" in claim["message"]


def test_criminal_records_online_are_reckoned(nghe_an: dict[str, Any]) -> None:
    found = indicator(nghe_an, "lltp.truc_tuyen")
    assert found["value"] == "55.033038"
    assert found["target"] is None
    assert found["same_period"] is None


@pytest.mark.parametrize(
    ("own", "change", "words"),
    [
        ("lltp.tiep_nhan", "-17.78", ["37.734"]),
        ("dvc.truc_tuyen", "11.08", ["điểm phần trăm", "83,67 %", "% của số lượng", "73.327"]),
        ("lltp.truc_tuyen", "30.57", ["điểm phần trăm", "24,46 %", "% của số lượng", "13.077"]),
    ],
)
def test_a_change_without_its_base_implies_one_in_every_reading_and_stores_none(
    nghe_an: dict[str, Any], own: str, change: str, words: list[str]
) -> None:
    [claim] = claims(nghe_an, own, "implied_base")
    assert claim["change"] == change
    assert all(word in claim["message"] for word in words)
    assert indicator(nghe_an, own)["same_period"] is None


def test_the_nine_months_that_were_called_six_are_found(judapp: Run, demo: Path) -> None:
    nation = judapp("progress", demo, "--period", "2024-H1", "--unit", "VN", "--json").json
    messages = [c["message"] for c in nation["claims"] if c["verdict"] == "window_mislabelled"]
    assert any("403.769" in m and "9 tháng" in m for m in messages)
    [unproven] = claims(nation, "tha.viec", "not_recomputable")
    assert unproven["printed"] == "65.24"
    assert "618.898" in unproven["message"]


def test_a_lower_bound_is_told_as_one(judapp: Run, demo: Path) -> None:
    nation = judapp("progress", demo, "--period", "2024-H1", "--unit", "VN", "--json").json
    found = indicator(nation, "hotich.cap_nhat_csdl")
    assert found["qualifier"] == "lower"
    assert "ít nhất 83,33 %" in found["sentence"]
    assert "50.000.000/60.000.000" in found["sentence"]
    [claim] = claims(nation, "hotich.cap_nhat_csdl", "lower_bound")
    assert "50.000.000/60.000.000 là mức tối thiểu" in claim["message"]
    assert "ít nhất 83,33 %" in claim["message"]


def cities(judapp: Run, demo: Path, code: str) -> dict[str, Any]:
    found: dict[str, Any] = judapp("progress", demo, "--period", "2024-Y", "--unit", code, "--json").json
    return found


def test_a_rate_with_fewer_decimals_than_its_neighbours_is_found(judapp: Run, demo: Path) -> None:
    [claim] = claims(cities(judapp, demo, "01"), "tcpl.xa", "fewer_decimals")
    assert claim["printed"] == "96"
    assert "95,9" in claim["message"]
    assert claims(cities(judapp, demo, "31"), "tcpl.xa", "fewer_decimals") == []


def test_a_difference_against_another_target_is_found(judapp: Run, demo: Path) -> None:
    [claim] = claims(cities(judapp, demo, "01"), "tha.viec", "other_target")
    assert all(words in claim["message"] for words in ("83,64", "+0,19", "83,25", "+0,39", "83,45"))
    for code in ("48", "92"):
        assert claims(cities(judapp, demo, code), "tha.viec", "other_target") == []


def test_a_rate_without_its_pair_cannot_be_recomputed(judapp: Run, demo: Path) -> None:
    cluster = cities(judapp, demo, "CUM-TPTW")
    [claim] = claims(cluster, "tha.viec", "not_recomputable")
    assert claim["printed"] == "83.59"
    assert indicator(cluster, "tha.viec")["value"] is None


def test_a_cluster_is_the_sum_of_its_members_never_the_mean_of_their_rates(judapp: Run, demo: Path) -> None:
    found = indicator(cities(judapp, demo, "CUM-TPTW"), "tcpl.xa")
    assert (found["numerator"], found["denominator"]) == ("1204", "1247")
    assert found["value"] == "96.551724"
    assert "5 đơn vị" in found["basis"]


def test_the_civil_status_total_agrees_and_one_changed_part_makes_a_difference_of_one(
    judapp: Run, demo: Path
) -> None:
    clean = judapp("check", demo, "--period", "2023-Y", "--json")
    assert clean.code == 0
    assert clean.json["findings"] == []
    changed = judapp(
        "set", demo, "--form", "PL-STP", "--unit", "40", "--period", "2023-Y", "[V.2]c1=90.932", "--json"
    )
    assert changed.json["cells"] == [
        {
            "row": "V.2",
            "column": "1",
            "name": "dòng V.2 Đăng ký khai sinh · cột (1)",
            "before": "90.931",
            "after": "90.932",
        }
    ]
    checked = judapp("check", demo, "--period", "2023-Y", "--json")
    assert checked.code == 1
    [finding] = checked.json["findings"]
    assert (finding["code"], finding["severity"]) == ("REL-001", "error")
    assert (finding["form"], finding["unit"], finding["period"]) == ("PL-STP", "40", "2023-Y")
    assert (finding["row"], finding["column"]) == ("V.1", "1")
    assert (finding["actual"], finding["expected"], finding["difference"]) == ("174152", "174153", "1")
    assert "174.152 ≠ 174.153, lệch 1" in finding["message"]
    undone = judapp("undo", demo, "--json")
    assert (undone.json["cells"], undone.json["kept"]) == (1, 0)
    assert judapp("check", demo, "--period", "2023-Y", "--json").json["findings"] == []


def test_a_figure_knows_the_file_and_cell_it_came_from(judapp: Run, demo: Path) -> None:
    told = judapp(
        "history", demo, "--form", "PL-STP", "--unit", "40", "--period", "2024-H1", "[VI.1]c1", "--json"
    ).json
    [change] = told["changes"]
    assert (change["before"], change["after"]) == ("", "81.452")
    source = change["source"]
    workbook = next((Path(__file__).parents[1] / "seeds/demo/workbooks").glob(source["file"]))
    assert load_workbook(workbook)[source["sheet"]][source["cell"]].value == 81452


def test_importing_the_same_workbooks_again_changes_nothing(judapp: Run, demo: Path) -> None:
    again = judapp("import", demo, Path(__file__).parents[1] / "seeds/demo/workbooks", "--json")
    assert again.code == 0
    assert again.json["applied"] == 0
    assert {f["status"] for f in again.json["files"]} == {"unchanged"}


def test_the_demo_file_can_be_proved(judapp: Run, demo: Path) -> None:
    for options in ((), ("--deep",)):
        proved = judapp("verify", demo, *options, "--json")
        assert (proved.code, proved.json) == (0, {"ok": True, "problems": []})


def test_what_is_exported_is_what_the_file_holds(judapp: Run, demo: Path, tmp_path: Path) -> None:
    exported = judapp("export", demo, "--period", "2024-H1", "--out", tmp_path / "xuất", "--json")
    names = {Path(f["path"]).name for f in exported.json["files"]}
    assert {
        "Bieu_PL-STP_40_2024-H1.xlsx",
        "Bieu_12b-BTP-BTTP-CC_TH_2024-H1.xlsx",
        "Tien-do_2024-H1.xlsx",
    } <= names
    page = load_workbook(tmp_path / "xuất" / "Bieu_PL-STP_40_2024-H1.xlsx").worksheets[0]
    rows = {(r[0], r[1]): r[3] for r in page.iter_rows(values_only=True) if r[1]}
    assert rows["1", "Hồ sơ đăng ký trực tuyến"] == 81452
    assert rows["1", "Điểm cầu kết nối hội nghị trực tuyến"] is None
    texts = [str(c.value) for row in page.iter_rows() for c in row if c.value]
    assert any("SỐ LIỆU THỰC HÀNH" in t for t in texts)
    assert "Đơn vị báo cáo: Sở Tư pháp Tỉnh Nghệ An" in texts
    manifest = json.loads((tmp_path / "xuất" / "manifest.json").read_text(encoding="utf-8"))
    for file in manifest["files"]:
        content = (tmp_path / "xuất" / file["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == file["sha256"]


def test_the_merged_province_is_the_sum_of_its_predecessors(judapp: Run, demo: Path) -> None:
    for unit, figure in (("10", "12.627"), ("15", "1.000")):
        judapp("set", demo, "--form", "PL-STP", "--unit", unit, "--period", "2025-H1", f"[IV.1]c1={figure}")
    judapp("set", demo, "--form", "PL-STP", "--unit", "15", "--period", "2026-H1", "[IV.1]c1=14.000")
    told = judapp("progress", demo, "--period", "2026-H1", "--unit", "15", "--json").json
    same = indicator(told, "cc.viec")["same_period"]
    assert (same["numerator"], same["absolute"]) == ("13627", "373")
    assert same["percent"] == "2.737213"
    assert "Lào Cai" in same["basis"]
    assert "Yên Bái" in same["basis"]


def test_a_missing_predecessor_is_said_and_never_compared_silently(judapp: Run, demo: Path) -> None:
    judapp("set", demo, "--form", "PL-STP", "--unit", "10", "--period", "2025-H1", "[IV.1]c1=12.627")
    judapp("set", demo, "--form", "PL-STP", "--unit", "15", "--period", "2026-H1", "[IV.1]c1=14.000")
    told = judapp("progress", demo, "--period", "2026-H1", "--unit", "15", "--json").json
    found = indicator(told, "cc.viec")
    assert found["same_period"]["absolute"] is None
    assert found["same_period"]["why"] == "missing_predecessor"
    assert "Chưa so sánh được: thiếu số cùng kỳ của Tỉnh Yên Bái" in found["sentence"]
