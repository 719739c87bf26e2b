"""Measures and indicators of the file, and its settings."""

from __future__ import annotations

import msgspec

from judapp.domain.measure import Indicator, Measure
from judapp.store.database import DataFile
from judapp.store.faults import decoding
from judapp.store.operations import Writer


def load_measures(file: DataFile) -> list[Measure]:
    """All measures, by id."""
    rows = file.rows("select definition from measure order by id")
    with decoding(file.path):
        return [msgspec.json.decode(text, type=Measure) for (text,) in rows]


def load_indicators(file: DataFile) -> list[Indicator]:
    """All indicators, in their order."""
    rows = file.rows("select definition from indicator order by ord, id")
    with decoding(file.path):
        return [msgspec.json.decode(text, type=Indicator) for (text,) in rows]


def put_measure(writer: Writer, measure: Measure) -> None:
    """Add a measure or change it."""
    writer.put("measure", {"id": measure.id, "definition": msgspec.json.encode(measure).decode()})


def put_indicator(writer: Writer, indicator: Indicator, order: int) -> None:
    """Add an indicator or change it; ``order`` is its place in lists."""
    definition = msgspec.json.encode(indicator).decode()
    writer.put("indicator", {"id": indicator.id, "ord": order, "definition": definition})


def settings(file: DataFile) -> dict[str, str]:
    """What the department set, by name."""
    return dict(file.rows("select key, value from setting order by key"))


def put_setting(writer: Writer, name: str, value: str) -> None:
    """Set one setting."""
    writer.put("setting", {"key": name, "value": value})
