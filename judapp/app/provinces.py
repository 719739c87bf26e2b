"""The provinces a new data file can be made for: those since 01/7/2025 (NQ 202/2025/QH15)."""

from __future__ import annotations

import csv

from judapp import paths


def provinces() -> list[tuple[str, str]]:
    """Names and codes of today's 34 provinces and cities, in the order of their codes."""
    with (paths.seeds() / "provinces_34.csv").open(encoding="utf-8", newline="") as file:
        return [(row["name"], row["code"]) for row in csv.DictReader(file)]


def communes_of(code: str) -> int:
    """How many communes the province with ``code`` has since 01/7/2025, 0 for an unknown code."""
    with (paths.seeds() / "provinces_34.csv").open(encoding="utf-8", newline="") as file:
        return next((int(row["communes"]) for row in csv.DictReader(file) if row["code"] == code), 0)
