"""The demonstration data: every published figure accounted for, workbooks holding exactly their figures."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from openpyxl import load_workbook

from judapp.app.import_names import name_key, name_variants
from judapp.app.seeds import Measures, Register
from judapp.app.targeting import SeedDocument
from judapp.domain.catalogue import Form, Row
from judapp.domain.claim import Claim
from judapp.domain.measure import QUALIFIER_WORDS
from judapp.domain.period import Period
from judapp.domain.rows import expand
from judapp.domain.shape import plan_of
from judapp.domain.value import value_of
from judapp.excel.mapping import map_sheet
from judapp.excel.reader import read_workbook
from judapp.excel.recognise import read_header

SEEDS = Path(__file__).parents[2] / "seeds"
DEMO = SEEDS / "demo"
CLAIMS = msgspec.json.decode((DEMO / "claims.json").read_bytes(), type=tuple[Claim, ...])
DOCUMENTS = msgspec.json.decode((DEMO / "documents.json").read_bytes(), type=tuple[SeedDocument, ...])
REGISTER = msgspec.json.decode((SEEDS / "units.json").read_bytes(), type=Register)
MEASURES = msgspec.json.decode((SEEDS / "measures.json").read_bytes(), type=Measures)
FORMS = {
    path.stem: msgspec.json.decode(path.read_bytes(), type=Form) for path in (SEEDS / "forms").glob("*.json")
}
GOES_TO = {"cell", "claim", "indicator", "note"}

with (DEMO / "source_figures.csv").open(encoding="utf-8-sig", newline="") as _file:
    FIGURES = list(csv.DictReader(_file))

Address = tuple[str, str, str, str, str]
"""Form number, unit code, period, row, column."""


def cells(figure: dict[str, str]) -> dict[Address, int]:
    place = figure["form"], figure["unit_code"], figure["period"]
    parts = (figure[name].split() for name in ("row", "column", "taken"))
    return {(*place, row, column): int(figure[taken]) for row, column, taken in zip(*parts, strict=True)}


def name_of(code: str, period: str) -> str:
    day = Period.parse(period).last_day.isoformat()
    return next(
        state.name
        for unit in REGISTER.units
        for state in unit.states
        if state.code == code and state.valid_from <= day <= (state.valid_to or "9999")
    )


def unit_of(code: str, period: str) -> str:
    day = Period.parse(period).last_day.isoformat()
    return next(
        unit.uid
        for unit in REGISTER.units
        for state in unit.states
        if state.code == code and state.valid_from <= day <= (state.valid_to or "9999")
    )


@pytest.mark.parametrize("figure", FIGURES, ids=lambda f: f"{f['seed_file'][:3]}-{f['value'] or 'derived'}")
def test_every_published_figure_is_accounted_for(figure: dict[str, str]) -> None:
    goes = set(figure["goes_to"].split())
    assert goes
    assert goes <= GOES_TO
    assert ("cell" in goes) == bool(cells(figure))
    assert ("claim" in goes) == bool(figure["claim"])
    assert ("indicator" in goes) <= bool(figure["indicator"])
    assert figure["quote"] or figure["goes_to"] == "indicator"
    if "cell" not in goes:
        assert figure["why"]  # what is no cell says why
    assert figure["qualifier"] in QUALIFIER_WORDS
    if figure["unit_code"]:
        assert name_of(figure["unit_code"], figure["period"])
    assert figure["indicator"] in {"", *(i.id for i in MEASURES.indicators)}


def test_nothing_published_was_dropped_or_put_in_two_places() -> None:
    assert len(FIGURES) == 69
    filled = Counter(address for figure in FIGURES for address in cells(figure))
    assert max(filled.values()) == 1
    assert {c for f in FIGURES for c in f["claim"].split()} == {claim.uid for claim in CLAIMS}


def test_no_rate_is_a_cell() -> None:
    """A rate is recomputed from its pair, or a claim; never a stored value."""
    for figure in FIGURES:
        if figure["unit"] == "%":
            assert "value" not in figure["taken"].split()


def test_pairs_are_the_cells_they_claim_to_be() -> None:
    """The numerator and denominator beside a published rate are figures of the same text."""
    stored = {value for figure in FIGURES for value in cells(figure).values()}
    for claim in CLAIMS:
        for part in filter(None, (claim.numerator, claim.denominator)):
            assert int(part) in stored


def test_workbooks_hold_exactly_the_published_figures() -> None:
    """Read with openpyxl alone, by the printed numbers: the program's own reader is not asked."""
    expected = {address: value for figure in FIGURES for address, value in cells(figure).items()}
    found: dict[Address, object] = {}
    words: dict[Address, str] = {}
    for path in sorted((DEMO / "workbooks").glob("*.xlsx")):
        stem, code, period = path.stem.rsplit("_", 2)
        definition = FORMS[stem]
        page = load_workbook(path).worksheets[0]
        rows = [[cell.value for cell in row] for row in page.iter_rows()]
        start = next(i for i, row in enumerate(rows) if "(1)" in row)
        heads = {column: str(text) for column, text in enumerate(rows[start]) if text}
        assert {"A", "(1)"} <= set(heads.values())
        plan = _printed(definition.tables[0].rows)
        group = ""
        for row in rows[start + 1 :]:
            if row[0] is None or str(row[0]).startswith("Nguồn:"):
                continue
            numbered = len(definition.tables[0].stub) > 1
            number, label = (str(row[0]), str(row[1])) if numbered else ("", str(row[0]))
            if (number, label) in plan and "." not in plan[number, label]:
                group = number
            key = plan[f"{group}.{number}" if (f"{group}.{number}", label) in plan else number, label]
            for column, head in heads.items():
                if head.startswith("(") and row[column] is not None:
                    address = (definition.number, code, period, key, head.strip("()"))
                    value = row[column]
                    if isinstance(value, str):
                        words[address] = value
                    else:
                        found[address] = value
    assert found == expected
    assert all(type(value) is int for value in found.values())
    exactness = {
        (*address[:4], "2"): figure["qualifier"]
        for figure in FIGURES
        for address in cells(figure)
        if figure["qualifier"]
    }
    assert {address: text for address, text in words.items() if address[4] == "2"} == exactness
    assert set(exactness.values()) == {"trên", "khoảng"}


def _printed(rows: tuple[Row, ...], above: str = "") -> dict[tuple[str, str], str]:
    """Row keys by printed number (with that of its group) and label."""
    found: dict[tuple[str, str], str] = {}
    for row in rows:
        part = row.key or row.code or ""
        key = f"{above}.{part}" if above else part
        found[key if row.code else "", row.label] = key
        found.update(_printed(row.children, key))
    return found


@pytest.mark.parametrize("path", sorted((DEMO / "workbooks").glob("*.xlsx")), ids=lambda path: path.stem)
def test_workbook_says_what_it_is_and_is_read_without_a_fault(path: Path) -> None:
    stem, code, period = path.stem.rsplit("_", 2)
    definition = FORMS[stem]
    sheet = read_workbook(path)[0]
    header = read_header(sheet)
    assert header.number == definition.number
    assert header.period == Period.parse(period)
    assert name_key(name_of(code, period)) in name_variants(header.unit)
    assert header.span.stated == (definition.regime == "tha")
    if header.span.stated:
        assert (header.span.months, header.span.end) == (int(period[-2:]), header.period.last_day)
    plan = plan_of(definition, {table.key: expand(table, lambda _: ()) for table in definition.tables})
    mapped = map_sheet(sheet, plan, path.name)
    assert mapped.findings == []
    assert mapped.refused == 0
    expected = {
        a[3:]: v for f in FIGURES for a, v in cells(f).items() if a[:3] == (header.number, code, period)
    }
    assert {
        key[1:]: value_of(read.figure, 0).number
        for key, read in mapped.figures.items()
        if read.figure.value is not None
    } == expected


def test_sheets_of_published_figures_do_not_state_days_nobody_told() -> None:
    for path in (DEMO / "workbooks").glob("pl-stp_*.xlsx"):
        texts = [str(text) for _, text in read_workbook(path)[0].texts()]
        assert "(Từ ngày … đến ngày …: không nêu)" in texts


def test_workbooks_are_made_anew_to_the_byte() -> None:
    done = subprocess.run(
        [sys.executable, DEMO / "make_workbooks.py", "--check"],
        cwd=SEEDS.parent,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.uid)
def test_claim_is_as_printed_in_its_text(claim: Claim) -> None:
    """Numbers with the decimals the text shows: 96 and 98.2 are not of one precision."""
    figure = next(f for f in FIGURES if claim.uid in f["claim"].split())
    indicator = next(i for i in MEASURES.indicators if i.id == claim.indicator)
    quote, rate = figure["quote"], indicator.is_rate
    if claim.printed:
        shown = f"{claim.printed}%" if rate else f"{int(claim.printed):,}"
        assert shown in quote
        assert claim.printed == figure["value"]
    else:
        assert claim.numerator
        assert claim.denominator
    for change in filter(None, (claim.difference, claim.change.lstrip("-"))):
        assert f"{change}%" in quote
    assert claim.unit == unit_of(figure["unit_code"], claim.period)
    assert claim.document == DOCUMENTS[int(figure["seed_file"][:3])].uid
    assert all(str(Decimal(text)) == text for text in (claim.printed, claim.difference, claim.change) if text)


def test_every_published_rate_difference_and_change_is_a_claim() -> None:
    for figure in FIGURES:
        told = figure["unit"] == "%" and figure["value"]
        if told or figure["difference_to_target"] or figure["change_vs_same_period"]:
            claim = next(c for c in CLAIMS if c.uid in figure["claim"].split())
            assert bool(claim.difference) == bool(figure["difference_to_target"])
            assert bool(claim.change) == bool(figure["change_vs_same_period"])


def test_changes_whose_reading_is_not_told_stay_unknown() -> None:
    kinds = {claim.change: claim.change_kind for claim in CLAIMS if claim.change}
    assert kinds == {"11.08": "unknown", "-17.78": "percent", "30.57": "unknown"}


def test_nine_months_labelled_as_six_are_claims_of_the_label_and_a_cell_of_the_nine() -> None:
    for claim in CLAIMS:
        if claim.indicator.startswith("tha.viec") and claim.unit == "vn":
            assert (claim.period, claim.start, claim.end) == ("2024-H1", "2023-10-01", "2024-06-30")
            assert claim.window_source
    place = ("01/TK-THA", "VN", "2024-E09", "8", "1")
    assert [cells(f)[place] for f in FIGURES if place in cells(f)] == [403769]


def test_targets_of_the_demonstration_follow_from_printed_figures() -> None:
    """94.75 - 24.75 and 96.93 - 26.93 give 70; the implied 83.45 of Hà Nội is not stored."""
    page = load_workbook(DEMO / "targets.xlsx").worksheets[0]
    heads, *rows = page.iter_rows(values_only=True)
    table = [dict(zip(heads, row, strict=True)) for row in rows]
    assert [(r["Chỉ tiêu (mã)"], r["Đơn vị (mã)"], r["Năm"], r["So sánh"], r["Mức"]) for r in table] == [
        ("dvc.truc_tuyen", "40", 2024, "≥", 70),
        ("hotich.thiet_yeu_truc_tuyen", "40", 2024, "≥", 70),
    ]
    assert {r["Nguồn gốc mức"] for r in table} == {"suy ra"}
    assert all(r["Văn bản số"] is None for r in table)


def test_the_page_on_the_demonstration_tells_of_everything() -> None:
    page = (SEEDS.parent / "docs/demo.md").read_text(encoding="utf-8")
    for path in (DEMO / "workbooks").glob("*.xlsx"):
        assert f"`{path.name}`" in page
    for claim in CLAIMS:
        assert page.count(f"`{claim.uid}`") >= 2  # among the claims, and at its row
    for number, figure in enumerate(FIGURES, start=1):
        line = next(x for x in page.splitlines() if x.startswith(f"| {number} | {figure['seed_file'][:3]} |"))
        assert figure["why"] in line
        for form, unit, period, row, column in cells(figure):
            assert f"{form} · {unit} · {period} · [{row}]c{column} = " in line
