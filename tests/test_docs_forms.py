"""docs/forms.md tells the truth: its examples stand in the catalogue, what it names exists."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

from judapp import paths
from judapp.domain import catalogue
from judapp.domain.expression.parser import ARITY

PAGE = (Path(__file__).parents[1] / "docs" / "forms.md").read_text(encoding="utf-8")
EXAMPLES = [json.loads(found) for found in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]
TAKEN_FROM = json.loads((paths.seeds() / "forms" / "12b-btp-bttp-cc.json").read_text(encoding="utf-8"))


def holds(part: Any, whole: Any) -> bool:
    """Whether everything in ``part`` stands so in ``whole``; lists may leave entries out."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(key in whole and holds(part[key], whole[key]) for key in part)
    if isinstance(part, list):
        return isinstance(whole, list) and all(any(holds(one, other) for other in whole) for one in part)
    return bool(part == whole)


def test_every_example_is_a_part_of_the_form_it_shows() -> None:
    [table] = TAKEN_FROM["tables"]
    assert len(EXAMPLES) == 8
    assert [part for part in EXAMPLES if not holds(part, TAKEN_FROM) and not holds(part, table)] == []


def test_the_examples_show_every_part_a_definition_is_made_of() -> None:
    shown = {key for part in EXAMPLES for key in part} | set(re.findall(r"`(\w+)`", PAGE))
    assert set(catalogue.Form.__struct_fields__) - shown == {"scope", "print"}
    for kinds in (catalogue.ColumnKind, catalogue.RowKind, catalogue.EvidenceLevel, catalogue.RelationStatus):
        assert set(get_args(kinds)) <= shown
    assert set(catalogue.Row.__struct_fields__) | set(catalogue.Column.__struct_fields__) <= shown | {
        "note", "label", "unit_kind", "unit_subkind", "children", "key", "code", "kind",
    }  # fmt: skip


def test_every_function_of_the_language_is_named() -> None:
    [named] = re.findall(r"the functions `([a-z ]+)`", PAGE)
    assert set(named.split()) == set(ARITY)
