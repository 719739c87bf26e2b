"""The shipped forms, measures and indicators: sound, told apart by evidence, every measure known."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from judapp.app.seeds import Measures
from judapp.app.targeting import SeedTarget
from judapp.domain.catalogue import Form
from judapp.domain.expression.explain import explain
from judapp.domain.expression.nodes import MeasureRef, references
from judapp.domain.expression.parser import parse
from judapp.domain.lint import lint, lint_catalogue, sample_plan
from judapp.domain.names import SheetNames
from judapp.domain.period import Period
from judapp.domain.target import EVIDENCE, OPERATORS, YARDSTICKS

SEEDS = Path(__file__).parents[2] / "seeds"
FILES = sorted((SEEDS / "forms").glob("*.json"))


def form(name: str) -> Form:
    return msgspec.json.decode((SEEDS / "forms" / f"{name}.json").read_bytes(), type=Form)


def measures() -> Measures:
    return msgspec.json.decode((SEEDS / "measures.json").read_bytes(), type=Measures)


def keys(of: Form) -> list[str]:
    return [
        f"{table}:{row.key}" if table else row.key
        for table, rows in sample_plan(of).rows.items()
        for row in rows
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_definition_is_sound(path: Path) -> None:
    found = form(path.stem)
    assert lint(found) == []
    assert len(set(keys(found))) == len(keys(found))


def test_catalogue_is_sound() -> None:
    shipped = measures()
    assert lint_catalogue([form(p.stem) for p in FILES], shipped.measures, shipped.indicators) == []


def test_every_measure_meant_is_declared_and_once() -> None:
    shipped = measures()
    declared = [m.id for m in shipped.measures]
    assert len(set(declared)) == len(declared)
    provided = {p.measure for path in FILES for p in form(path.stem).provides}
    assert provided <= set(declared)
    meant = {
        ref.name
        for indicator in shipped.indicators
        for rule in filter(None, (indicator.numerator, indicator.denominator))
        for ref in references(parse(rule))
        if isinstance(ref, MeasureRef)
    }
    assert set(declared) <= provided
    assert meant <= set(declared)


def test_labels_are_whole_in_both_languages() -> None:
    shipped = measures()
    told = [(m.label, m.label_en, m.unit, m.unit_en) for m in shipped.measures]
    told += [(i.label, i.label_en, i.unit, i.unit_en) for i in shipped.indicators]
    assert all(all(words) for words in told)
    assert len({i.label for i in shipped.indicators}) == len(shipped.indicators)


def test_criminal_records_leave_the_remit_on_1_march_2025() -> None:
    for measure in measures().measures:
        gone = measure.out_of_remit_from
        assert gone == ("2025-03-01" if measure.id.startswith("lltp.") else None)
        assert bool(measure.out_of_remit_source) == (gone is not None)


def test_department_form_gives_every_row_as_a_measure_with_its_exactness() -> None:
    found = form("pl-stp")
    rows = [row.key for row in sample_plan(found).rows[""] if row.kind == "fixed"]
    single = [p for p in found.provides if p.qualifier]
    assert [p.cells for p in single] == [f"[{key}]c1" for key in rows]
    assert [p.qualifier for p in single] == [f"[{key}]c2" for key in rows]
    assert found.evidence.level == "department"
    assert {r.status for r in found.relations} == {"department"}


def test_enforcement_rows_are_flat_and_its_rate_is_never_added_up() -> None:
    for name in ("thads-01", "thads-01_tt06-2019"):
        found = form(name)
        assert keys(found) == [*(str(n) for n in range(1, 18)), "TL", "RIENG"]
        spots = sample_plan(found).spots
        assert spots["", "TL", "1"].kind == "rate"
        assert ("", "TL", "2") not in spots
        assert {r.status for r in found.relations} == {c.status for c in found.computed} == {"inferred"}
        assert found.evidence.level == "partial"


@pytest.mark.parametrize(
    ("period", "name"),
    [("2024-E09", "thads-01_tt06-2019"), ("2024-E10", "thads-01"), ("2024-E12", "thads-01")],
)
def test_enforcement_round_takes_the_form_of_its_day(period: str, name: str) -> None:
    """05/2024/TT-BTP is in force from 26/7/2024."""
    one = Period.parse(period)
    serving = [p.stem for p in FILES if form(p.stem).serves(one, one.last_day)]
    assert [n for n in serving if form(n).family == "tha.viec"] == [name]


def test_notary_form_is_laid_out_as_its_source_tells() -> None:
    found = form("10b-tp-cc")
    table = found.tables[0]
    assert [leaf.code for leaf in table.leaves] == [str(n) for n in range(1, 20)]
    assert [leaf.kind for leaf in table.leaves].count("money") == 8
    assert [stub.code for stub in table.stub] == [None]
    assert keys(found) == ["tong", "I", "I.#u1", "I.#u2", "II", "II.#u1", "II.#u2"]
    assert {r.rule: r.status for r in found.relations} == {
        "c2 = c3 + c5": "software",
        "0 <= c4 <= c3": "software",
        "0 <= c6 <= c5": "software",
        "c12 <= c11": "inferred",
    }
    assert found.evidence.open


def test_targets_are_written_in_the_words_of_the_field() -> None:
    targets = msgspec.json.decode((SEEDS / "targets.json").read_bytes(), type=tuple[SeedTarget, ...])
    known = {i.id for i in measures().indicators}
    for target in targets:
        assert target.indicator in known
        assert (
            target.operator in OPERATORS,
            target.yardstick in YARDSTICKS,
            target.evidence in EVIDENCE,
        ) == (
            True,
            True,
            True,
        )
        assert target.document.number is None  # not seen; never made up
    levels = {(t.indicator, t.year): t.level for t in targets}
    assert levels["tha.viec", 2024] == "83.25"
    assert levels["tha.tien", 2025] == "51.90"
    assert len(levels) == len(targets) == 8


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_relation_can_be_told_in_words(path: Path) -> None:
    found = form(path.stem)
    names = SheetNames(sample_plan(found))
    rules = [*(r.rule for r in found.relations), *(c.rule for c in found.computed)]
    for rule in rules:
        assert explain(parse(rule), names, "vi")
        assert explain(parse(rule), names, "en")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_form_says_where_it_is_from_and_what_is_open(path: Path) -> None:
    """Unknown is never shown as known (promise 9)."""
    found = form(path.stem)
    assert found.evidence.sources
    assert found.evidence.open or found.evidence.level == "department"
    unseen = [point for point in found.evidence.open if "người ký" in point.casefold()]
    assert found.signatures or unseen
    assert all(set(level.deadlines) <= set(found.rounds) for level in found.levels)
