"""What a sender is told of a fault: in words of whoever fills in the form, with what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from judapp.domain.finding import Finding
from judapp.excel.grid import GridSheet
from judapp.excel.marked_list import is_list
from judapp.messages import LANGUAGES, text, write

_WHAT: Mapping[str, str] = {
    "CEL-001": "MRK-what-number",
    "CEL-002": "MRK-what-decimals",
    "CEL-003": "MRK-what-two-ways",
    "CEL-008": "MRK-what-error",
    "CEL-009": "MRK-what-formula",
    "CEL-010": "MRK-what-digits",
    "CEL-016": "MRK-what-formula",
    "REL-003": "MRK-what-total",
    "MAP-001": "MRK-what-form",
    "MAP-005": "MRK-what-codes",
    "MAP-006": "MRK-what-unit",
    "MAP-007": "MRK-what-period",
    "MAP-008": "MRK-what-row",
    "MAP-010": "MRK-what-twice",
    "MAP-011": "MRK-what-label",
}
"""Findings whose own words speak to whoever imports the file: of what the program does, or its commands."""

_DO: Mapping[str, str] = {
    "CEL-001": "MRK-do-number",
    "CEL-002": "MRK-do-whole",
    "CEL-003": "MRK-do-clear",
    "CEL-005": "MRK-do-estimate",
    "CEL-006": "MRK-do-negative",
    "CEL-007": "MRK-do-choice",
    "CEL-008": "MRK-do-formula",
    "CEL-009": "MRK-do-formula",
    "CEL-010": "MRK-do-number",
    "CEL-014": "MRK-do-date",
    "CEL-015": "MRK-do-number",
    "CEL-016": "MRK-do-formula",
    "CEL-018": "MRK-do-unmerge",
    "CEL-019": "MRK-do-unmerge",
    "CMP-002": "MRK-do-money",
    "CMP-005": "MRK-do-money",
    "REL-001": "MRK-do-sum",
    "REL-002": "MRK-do-sum",
    "REL-003": "MRK-do-total",
    "REL-006": "MRK-do-sum",
    "REL-007": "MRK-do-sum",
    "MAP-001": "MRK-do-form",
    "MAP-005": "MRK-do-codes",
    "MAP-006": "MRK-do-unit",
    "MAP-007": "MRK-do-period",
    "MAP-008": "MRK-do-row",
    "MAP-009": "MRK-do-template",
    "MAP-010": "MRK-do-twice",
    "MAP-011": "MRK-do-row",
    "MAP-015": "MRK-do-period",
    "MAP-016": "MRK-do-template",
    "MAP-021": "MRK-do-codes",
    "MAP-022": "MRK-do-codes",
    "MAP-037": "MRK-do-period",
    "MAP-038": "MRK-do-period",
    "MAP-043": "MRK-do-template",
    "MAP-044": "MRK-do-template",
    "MAP-046": "MRK-do-unit",
}

_OURS = ("FIL-", "STA-", "LET-")
_OURS_TOO = frozenset(
    {"MAP-003", "MAP-004", "MAP-012", "MAP-014", "MAP-017", "MAP-018", "MAP-023", "MAP-024", "MAP-027",
     "MAP-028", "MAP-029", "MAP-030", "MAP-033", "MAP-034", "MAP-035", "MAP-036", "MAP-040"}
)  # fmt: skip
"""Not for the sender to mend: what the importing office decides, has already, or lacks itself."""
_ASKED = frozenset({"CEL-003"})
"""What an importing person is asked, because the file does not say it: the sender can."""
_TOLD = ("error", "explain", "warning")


def list_titles() -> list[str]:
    """The titles a list of faults may bear, in every language."""
    return [text("MRK-title", lang) for lang in LANGUAGES]


def without_lists(grids: Sequence[GridSheet]) -> list[GridSheet]:
    """The worksheets of a marked copy that came back mended, but for our list of what was wrong."""
    titles = list_titles()
    return [grid for grid in grids if not is_list(grid, titles)]


def for_sender(finding: Finding) -> bool:
    """Whether a finding is something the sender of the file can mend."""
    if finding.code.startswith(_OURS) or finding.code in _OURS_TOO:
        return False
    return finding.severity in _TOLD or finding.code in _ASKED


def to_mend(findings: Iterable[Finding]) -> list[Finding]:
    """What the sender can mend on a worksheet; a file that is no workbook has none."""
    return [f for f in findings if for_sender(f) and (f.place.sheet or f.place.cell)]


def what(finding: Finding, lang: str) -> str:
    """What is wrong, in one sentence."""
    code = _WHAT.get(finding.code)
    if code is not None:
        try:
            return " ".join(text(code, lang, **finding.params).split())
        except KeyError:
            pass  # the same code is told with other places where another part of the program says it
    return text(finding.code, lang, **finding.params)


def off(finding: Finding, lang: str) -> str:
    """By how much a figure misses what it should be, "" where that cannot be said."""
    difference = finding.params.get("difference")
    if not difference:
        return ""
    if isinstance(difference, str):
        try:
            difference = Decimal(difference)
        except InvalidOperation:
            return ""
    return text("MRK-off", lang, difference=write(difference, lang))


def remedy(finding: Finding, lang: str) -> str:
    """What to do about it."""
    if finding.severity == "explain":
        return text("MRK-do-explain", lang)
    return text(_DO.get(finding.code, "MRK-do"), lang)
