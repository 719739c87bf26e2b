"""Parts of a definition that have one of a few values: which, and what each is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from msgspec import Struct

from judapp.app.forms_view import evidence_name
from judapp.domain.catalogue import ColumnKind, EvidenceLevel, RelationStatus, RowKind, Severity
from judapp.domain.period import BASE, DEPARTMENT
from judapp.messages import text

COLUMN_KINDS: Mapping[ColumnKind, str] = {
    "count": "LRP-kind-count",
    "money": "LRP-kind-money",
    "decimal": "LRP-kind-decimal",
    "average": "LRP-kind-average",
    "rate": "LRP-kind-rate",
    "text": "LRP-kind-text",
}
ROW_KINDS: Mapping[RowKind, str] = {
    "fixed": "LRP-row-fixed",
    "total": "LRP-row-total",
    "group": "LRP-row-group",
    "unit": "LRP-row-unit",
    "free": "LRP-row-free",
}
UNIT_KINDS: Mapping[str, str] = {
    "nation": "LRP-unit-nation",
    "province": "LRP-unit-province",
    "cluster": "LRP-unit-cluster",
    "commune": "LRP-unit-commune",
    "notary": "LRP-unit-notary",
    "agency": "LRP-unit-agency",
    "thads": "LRP-unit-thads",
    "room": "LRP-unit-room",
}
STATUSES: Mapping[RelationStatus, str] = {
    "printed": "LRP-status-printed",
    "inferred": "LRP-status-inferred",
    "software": "LRP-status-software",
    "department": "LRP-status-department",
}
SEVERITIES: Mapping[Severity, str] = {
    "error": "LRP-severity-error",
    "warning": "LRP-severity-warning",
    "explain": "LRP-severity-explain",
    "info": "LRP-severity-info",
}
_HEADINGS = {"true": "LRP-heading-yes", "false": "LRP-heading-no"}
_WAYS = {"true": "FMP-landscape", "false": "FMP-portrait"}
_ROUNDS = ("H1,Y1,Y", "Y1,Y", "H1,Y", "Y")
_ROUND_NAMES = {"H1": "LRP-round-H1", "Y1": "LRP-round-Y1", "Y": "LRP-round-Y"}
_LEVELS = {BASE: "LRP-level-base", DEPARTMENT: "LRP-level-department"}
_MOST_DECIMALS = 4


class Choice(Struct, frozen=True):
    """A value that may stand somewhere, and what it is called."""

    value: str
    words: str


def choices_of(path: str, lang: str) -> tuple[Choice, ...]:
    """The values a part may have by its place; empty where any text may stand."""
    if path == "$.evidence.level":
        levels = get_args(EvidenceLevel)
        return tuple(Choice(level, evidence_name(level).in_language(lang)) for level in levels)
    field = path.rsplit(".", 1)[-1]
    if field == "rounds":
        return tuple(Choice(value, rounds_words(value, lang)) for value in _ROUNDS)
    if field == "scale":
        return tuple(Choice(f"{n}", text("LRP-decimals", lang, n=n)) for n in range(_MOST_DECIMALS + 1))
    if field == "paper":
        return Choice("A4", "A4"), Choice("A3", "A3")
    named: Mapping[str, str] = {}
    if field == "kind":
        named = COLUMN_KINDS if ".columns[" in path else ROW_KINDS  # type: ignore[assignment]  # of words
    elif field in _NAMED:
        named = _NAMED[field]
    return tuple(Choice(value, text(code, lang)) for value, code in named.items())


_NAMED: Mapping[str, Mapping[str, str]] = {
    "unit_kind": UNIT_KINDS,
    "heading": _HEADINGS,
    "landscape": _WAYS,
    "level": _LEVELS,
    "levels": _LEVELS,
    "deadlines": _ROUND_NAMES,
    "status": STATUSES,  # type: ignore[dict-item]  # of words
    "severity": SEVERITIES,  # type: ignore[dict-item]  # of words
}


def words_for(path: str, value: str, lang: str) -> str:
    """What a value is called where it stands."""
    known = {choice.value: choice.words for choice in choices_of(path, lang)}
    return known.get(value) or (rounds_words(value, lang) if path == "$.rounds" else value)


def rounds_words(value: str, lang: str) -> str:
    """Rounds, parted by commas, by their names; as they stand where they have none."""
    named = [text(_ROUND_NAMES[part], lang) for part in value.split(",") if part in _ROUND_NAMES]
    return ", ".join(named) or value
