"""Blanks as ministry and clerks draw them are learned with no edit (issue 5, must show)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from judapp.app.learning import learn_blank
from judapp.domain.lint import lint
from tests.data.blanks.make_blanks import BLANKS
from tests.excel.learned_alike import said, seen

FOLDER = Path(__file__).parents[1] / "data" / "blanks"

ASKED = {
    "09e-2019.ods": {
        "$.rounds",
        "$.signatures",
    },  # no deadline is printed; the third place has a day, no title
    "11c-2012.ods": {"$.area"},  # "11c" says nothing of its area
    "auctions.xlsx": {"$.tables[0].rows[0].unit_kind"},  # the register has no auction houses
    "mediation.xlsx": {"$.tables[0].rows[1].unit_kind"},  # nor hamlets
    "thads-01.xlsx": {"$.area", "$.valid_from"},  # "Biểu số: 1", and a circular without its day
    "violations.xlsm": {"$.tables[0].rows[1].children[2].kind"},  # "3/ ……": of units, or added by hand
}
"""What a blank leaves a person to decide; nothing for all others."""


@pytest.mark.parametrize("name", sorted(BLANKS))
def test_only_what_a_blank_does_not_say_is_asked(name: str) -> None:
    assert {problem.path for problem in learn_blank(FOLDER / name).problems} == ASKED.get(name, set())


@pytest.mark.parametrize("name", sorted(BLANKS))
def test_a_blank_is_learned_as_a_person_reads_it(name: str) -> None:
    path = FOLDER / name
    meant = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    learned = learn_blank(path)
    found = seen(learned.form)
    meant["relations"] = sorted((rule["rule"], rule["status"]) for rule in meant["relations"])
    for part, expected in meant.items():
        given = expected if part == "relations" else said(expected)
        assert found[part] == given, part


@pytest.mark.parametrize("name", sorted(BLANKS))
def test_a_learned_form_lints_clean_but_for_what_it_asks(name: str) -> None:
    learned = learn_blank(FOLDER / name)
    asked = {problem.path for problem in learned.problems}
    assert [fault for fault in lint(learned.form) if fault.path not in asked] == []


def test_every_blank_has_its_expectation_and_its_drawing() -> None:
    files = {path.name for path in FOLDER.iterdir() if path.suffix in (".xlsx", ".xlsm", ".xls", ".ods")}
    assert files == set(BLANKS)
    assert {path.stem for path in FOLDER.glob("*.json")} == {Path(name).stem for name in BLANKS}
    assert all((FOLDER / name).stat().st_size < 40_000 for name in BLANKS)
