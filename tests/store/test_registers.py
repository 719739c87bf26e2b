"""The registers: what goes in comes out, changed entries replace, damage is a sentence."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from msgspec.structs import replace

from judapp.domain.measure import Indicator, Measure
from judapp.domain.period import Period, Span, Window, WindowRule
from judapp.domain.unit import Succession, Unit, UnitState
from judapp.errors import JudappError
from judapp.store import (
    calendar,
    documents,
    forms,
    imports,
    measures,
    obligations,
    remarks,
    snapshots,
    targets,
    units,
)
from judapp.store.database import DataFile
from judapp.store.operations import Writer
from tests.store.helpers import AT, CLUSTER, H1, NGHE_AN, VINH, A, a_claim, a_target, definition, do

# --- units


def test_units_through_time(file: DataFile) -> None:
    """Codes and names are dated states; the same code under two names is no conflict (domain 2)."""
    lao_cai = Unit("a", "province", (UnitState(date(2008, 8, 1), date(2025, 6, 30), "10", "Lào Cai"),))
    yen_bai = Unit("b", "province", (UnitState(date(2008, 8, 1), date(2025, 6, 30), "15", "Yên Bái"),))
    new = Unit("c", "province", (UnitState(date(2025, 7, 1), None, "15", "Lào Cai", "tỉnh", None),))
    commune = Unit("d", "commune", (UnitState(date(2025, 7, 1), None, "1", "Xã X", "xã", "c"),))

    def build(writer: Writer) -> None:
        for unit in (lao_cai, yen_bai, new, commune):
            units.put_unit(writer, unit, "NQ 202/2025/QH15")
        for old in ("a", "b"):
            units.put_succession(writer, Succession(old, "c", date(2025, 7, 1)))
        units.put_member(writer, "c", 2026, "d")

    do(file, build)
    found = units.load(file)
    assert list(found) == [lao_cai, yen_bai, new, commune]
    assert [u.uid for u in found.predecessors("c", date(2024, 6, 30))] == ["a", "b"]
    assert [u.uid for u in found.members("c", 2026)] == ["d"]
    assert file.row("select distinct source from unit_state") == ("NQ 202/2025/QH15",)
    assert units.unit_id(file, "c") == 3
    with pytest.raises(KeyError):
        units.unit_id(file, "none")


def test_a_state_is_added_to_a_unit_that_is_there(file: DataFile, sheet: int) -> None:
    renamed = UnitState(date(2027, 1, 1), None, "16681", "Phường Vinh", "", NGHE_AN)
    do(file, lambda writer: units.put_unit(writer, Unit(VINH, "commune", (renamed,))))
    found = units.load(file)
    assert [s.name for s in found[VINH].states] == ["Phường Trường Vinh", "Phường Vinh"]


def test_a_day_that_cannot_be_is_damage(file: DataFile, sheet: int) -> None:
    file.run("update unit_state set valid_from = 'x' where unit = 1")
    with pytest.raises(JudappError, match="DBF-004"):
        units.load(file)


# --- forms


def test_a_definition_is_kept_byte_for_byte(file: DataFile) -> None:
    raw = definition() + b"\n"
    made: list[int] = []

    def build(writer: Writer) -> None:
        blank = documents.keep(writer, b"blank", "10b.xlsx")
        made.extend(forms.add(writer, raw, blank) for _ in range(2))

    do(file, build)
    assert made[0] == made[1]
    [stored] = forms.load(file)
    assert stored == forms.get(file, made[0])
    assert (stored.form.number, stored.form.valid_to) == ("10b/TP/CC", None)
    assert file.row("select sha256, bytes from blob_store where sha256 = ?", (stored.sha256,))[1] == raw
    assert documents.read(file, stored.blank or 0) == b"blank"
    with pytest.raises(KeyError):
        forms.get(file, 99)


def test_the_file_closes_a_version_that_its_definition_left_open(file: DataFile) -> None:
    """Definitions are immutable; when a circular is replaced only the file's own day changes."""
    do(file, lambda writer: forms.add(writer, definition()))
    do(
        file,
        lambda writer: writer.put(
            "form_version", {**(writer.get("form_version", (1,)) or {}), "valid_to": "2027-12-31"}
        ),
    )
    do(file, lambda writer: forms.add(writer, definition()))  # seeding again does not open it
    assert forms.get(file, 1).form.valid_to == date(2027, 12, 31)


def test_a_faulty_definition_is_refused_or_damage(file: DataFile) -> None:
    with pytest.raises(msgspec.ValidationError):
        do(file, lambda writer: forms.add(writer, b'{"family": "x"}'))
    assert file.meta("ops") == "0"
    do(file, lambda writer: forms.add(writer, definition()))
    file.run("update blob_store set bytes = x'7b7d'")
    with pytest.raises(JudappError, match="DBF-004"):
        forms.load(file)


# --- windows


def test_rules_and_letters(file: DataFile) -> None:
    rule = WindowRule(
        "tk", "H1", "so", 2019, None, "0:01-01", "0:06-30", "TT 03/2019", "verbatim", "0:05-31", "0:06-25"
    )
    letter = Window("tk", H1, "so", Span(None, None), None, date(2026, 7, 1), "CV 1", "published")
    later = Period.parse("2027-H1")

    def build(writer: Writer) -> None:
        calendar.put_rule(writer, rule)
        calendar.put_letter(writer, letter, documents.put(writer, "cv-1"))

    do(file, build)
    found = calendar.load(file)
    assert found.window("tk", H1) == letter
    assert found.window("tk", later) == rule.window(2027)
    file.run("update window_letter set due = 'x'")
    with pytest.raises(JudappError, match="DBF-004"):
        calendar.load(file)


# --- documents and bytes


def test_documents(file: DataFile) -> None:
    ids: list[int] = []

    def build(writer: Writer) -> None:
        scan = documents.keep(writer, b"scan", "qd.pdf")
        facts = {"number": "01/QĐ", "issuer": "UBND", "title": "Giao chỉ tiêu", "url": "báo"}
        ids.append(documents.put(writer, "qd", day=date(2026, 1, 5), blob=scan, **facts))
        ids.append(documents.put(writer, "qd", title="Giao chỉ tiêu"))
        assert documents.keep(writer, b"scan", "khac.pdf") == scan
        assert documents.read(file, scan) == b"scan"

    do(file, build)
    assert ids[0] == ids[1] == documents.document_id(file, "qd")
    found = documents.load(file)[ids[0]]
    assert (found.uid, found.title, found.number, found.date, found.blob) == (
        "qd",
        "Giao chỉ tiêu",
        None,
        None,
        None,
    )
    assert file.rows("select name from blob_store") == [("qd.pdf",)]
    with pytest.raises(KeyError):
        documents.read(file, 99)
    with pytest.raises(KeyError):
        documents.document_id(file, "none")


# --- measures, settings


def test_measures_indicators_settings(file: DataFile) -> None:
    measure = Measure(id="m", label="Giao dịch", label_en="T", unit="việc", unit_en="cases")
    first = Indicator(id="z", label="Z", label_en="Z", numerator="m:m", unit="việc", unit_en="c", regime="tk")
    second = msgspec.structs.replace(first, id="a", denominator="m:m")

    def build(writer: Writer) -> None:
        measures.put_measure(writer, measure)
        measures.put_indicator(writer, second, 2)
        measures.put_indicator(writer, first, 1)
        measures.put_setting(writer, "threshold", "20")
        measures.put_setting(writer, "threshold", "25")

    do(file, build)
    assert measures.load_measures(file) == [measure]
    assert measures.load_indicators(file) == [first, second]
    assert measures.settings(file) == {"threshold": "25"}
    for table, load in (("measure", measures.load_measures), ("indicator", measures.load_indicators)):
        file.run(f"update {table} set definition = '{{}}'")
        with pytest.raises(JudappError, match="DBF-004"):
            load(file)


# --- targets and claims


def test_targets_keep_their_level_exactly(file: DataFile, sheet: int) -> None:
    """Promise 3: 83.25 is the decimal 83.25, and where it comes from is kept."""
    later = replace(a_target(), uid="t2", level=a_target().level.scaleb(-20), valid_from=date(2026, 7, 1))

    def build(writer: Writer) -> None:
        targets.put(writer, later, replaces="t")
        targets.put(writer, replace(a_target(documents.put(writer, "qd")), source="báo chí"))

    do(file, build)
    first, second = targets.load(file)
    assert second == later
    assert (str(first.level), first.document, first.source, first.evidence) == (
        "83.25",
        1,
        "báo chí",
        "typed",
    )
    assert file.row("select replaces from target where uid = 't2'") == ("t",)
    file.run("update target set level = 'x'")
    with pytest.raises(JudappError, match="DBF-004"):
        targets.load(file)


def test_claims_are_kept_letter_for_letter(file: DataFile, sheet: int) -> None:
    full = msgspec.structs.replace(
        a_claim(),
        uid="d",
        start="2023-10-01",
        end="2024-06-30",
        window_source="Tổng cục THADS",
        numerator="13796",
        denominator="14232",
        bound="lower",
        difference="0.19",
        change="-17.78",
        change_kind="percent",
        note="“trên”",
    )

    def build(writer: Writer) -> None:
        documents.put(writer, "qd-1")
        for claim in (full, a_claim()):
            targets.put_claim(writer, claim)

    do(file, build)
    assert targets.load_claims(file) == [a_claim(), full]
    file.run("update claim set bound = 'x'")
    with pytest.raises(JudappError, match="DBF-004"):
        targets.load_claims(file)


# --- what belongs to sheets and senders


def test_obligations(file: DataFile, sheet: int) -> None:
    room = Unit("room", "room", (UnitState(date(2026, 1, 1), None, "P1", "Phòng HCTP", "", NGHE_AN),))
    first = obligations.Obligation("cc.so", VINH, date(2020, 1, 1), date(2025, 6, 30))
    second = obligations.Obligation("cc.so", VINH, date(2025, 7, 1), None, "room", "lan")

    def build(writer: Writer) -> None:
        units.put_unit(writer, room)
        for obligation in (second, first):
            obligations.put(writer, obligation)

    do(file, build)
    assert obligations.load(file) == [first, second]
    assert first.holds_on(date(2025, 6, 30))
    assert not first.holds_on(date(2025, 7, 1))
    assert second.holds_on(date(2030, 1, 1))
    assert not second.holds_on(date(2025, 6, 30))


def test_remarks(file: DataFile, sheet: int) -> None:
    def build(writer: Writer) -> None:
        remarks.put(
            writer, "b", sheet, "Thiếu kinh phí", kind="explanation", cell=A, rule="CMP-001", seen="5"
        )
        remarks.put(writer, "a", sheet, "Cả phiếu", kind="return")

    applied = do(file, build)
    assert applied.sheets == {sheet}
    assert remarks.of_sheet(file, sheet) == [
        remarks.Remark("a", sheet, None, None, "return", None, "Cả phiếu", 2),
        remarks.Remark("b", sheet, A, "CMP-001", "explanation", "5", "Thiếu kinh phí", 2),
    ]
    do(file, lambda writer: remarks.remove(writer, "a"))
    assert [remark.uid for remark in remarks.of_sheet(file, sheet)] == ["b"]


def test_imported_files_are_known_again(file: DataFile, sheet: int) -> None:
    """Promise 6: file, sha-256, sender; the same bytes under another name are told (status duplicate)."""

    def build(writer: Writer) -> None:
        blob = documents.keep(writer, b"workbook")
        imports.add_file(writer, blob, "vinh.xlsx", "{}", VINH)
        imports.add_file(writer, blob, "vinh (1).xlsx", "{}")
        imports.add_file(writer, documents.keep(writer, b"other"), "khac.xlsx", "{}")

    applied = do(file, build, "import")
    digest = file.row("select sha256 from blob_store where bytes = ?", (b"workbook",))[0]
    assert [(f.name, f.sender, f.op) for f in imports.files(file, digest)] == [
        ("vinh.xlsx", VINH, applied.op_id),
        ("vinh (1).xlsx", None, applied.op_id),
    ]
    assert len(imports.files(file)) == 3


def test_a_mapping_is_remembered_for_its_sender(file: DataFile) -> None:
    do(file, lambda writer: imports.remember_mapping(writer, VINH, "sig", "{}"))
    do(file, lambda writer: imports.remember_mapping(writer, VINH, "sig", '{"a":1}'))
    assert imports.mapping(file, VINH, "sig") == '{"a":1}'
    assert imports.mapping(file, "", "sig") is None


def test_snapshots_of_every_state(file: DataFile, sheet: int) -> None:
    made: list[snapshots.Snapshot] = []

    def build(writer: Writer) -> None:
        payload = documents.keep(writer, b"payload")
        letter = documents.put(writer, "cv", number="12/STP")
        made.append(snapshots.Snapshot(sheet, 0, "submitted", AT, None, payload, None))
        made.append(snapshots.Snapshot(sheet, 0, "sent", AT, letter, payload, payload))
        for snapshot in made:
            snapshots.put(writer, snapshot)

    assert do(file, build).sheets == {sheet}
    assert sorted(snapshots.of_sheet(file, sheet), key=repr) == sorted(made, key=repr)
    assert snapshots.of_sheet(file, 1) == []


def test_clusters_are_units(file: DataFile, sheet: int) -> None:
    """The cities were 5 in 2024 and 6 in 2025."""
    do(file, lambda writer: units.put_member(writer, CLUSTER, 2026, NGHE_AN, "trưởng cụm"))
    assert [u.uid for u in units.load(file).members(CLUSTER, 2026)] == [NGHE_AN]
    assert units.load(file).members(CLUSTER, 2025) == []
