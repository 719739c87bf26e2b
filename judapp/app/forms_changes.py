"""Two versions of a form side by side, in words: added (+), removed (−), moved (→), changed (≠)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from judapp.app.forms_use import movable
from judapp.app.forms_view import FormLine, catalogue, evidence_name
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Form
from judapp.domain.comparing_forms import compare_forms
from judapp.domain.expression.explain import explain
from judapp.domain.expression.parser import parse
from judapp.domain.form_comparison import Difference, FormComparison, LineChange, Part, PartChange, RuleChange
from judapp.domain.layout_table import DOTS
from judapp.domain.names import SheetNames
from judapp.domain.period import Period
from judapp.domain.rows import expand
from judapp.domain.shape import plan_of
from judapp.messages import bilingual
from judapp.text import Bilingual

Sign = Literal["", "+", "−", "→", "≠"]

_NOTHING = Bilingual("", "")
_SIGNS: dict[str, Sign] = {
    "same": "", "moved": "→", "renumbered": "→", "renamed": "≠", "changed": "≠", "added": "+", "removed": "−",
}  # fmt: skip
_WHAT = {
    "same": "FMP-same", "moved": "FMP-moved", "renumbered": "FMP-renumbered", "renamed": "FMP-renamed",
    "changed": "FMP-changed", "added": "FMP-added", "removed": "FMP-removed",
}  # fmt: skip
_WHY = {"measure": "FMP-why-measure", "labels": "FMP-why-labels", "number": "FMP-why-number"}
_SECTIONS = {
    "head": "FMP-section-head",
    "columns": "FMP-section-columns",
    "rows": "FMP-section-rows",
    "rules": "FMP-section-rules",
    "lines": "FMP-section-lines",
}
_FIELDS = {
    "place": "FMP-field-place", "code": "FMP-field-code", "label": "FMP-field-label",
    "above": "FMP-field-above", "unit": "FMP-field-unit", "kind": "FMP-field-kind",
    "scale": "FMP-field-scale", "number": "FMP-field-number", "circular": "FMP-field-circular",
    "area": "FMP-field-area", "title": "FMP-field-title", "scope": "FMP-field-scope",
    "regime": "FMP-field-regime", "rounds": "FMP-field-rounds", "period_line": "FMP-field-period-line",
    "unit_of_measure": "FMP-field-unit-of-measure", "valid_from": "FMP-field-valid-from",
    "valid_to": "FMP-field-valid-to", "estimate": "FMP-field-estimate", "evidence": "FMP-field-evidence",
    "reporter": "FMP-field-reporter", "receiver": "FMP-field-receiver", "status": "FMP-field-status",
    "severity": "FMP-field-severity", "wording": "FMP-field-wording", "cells": "FMP-field-cells",
    "qualifier": "FMP-field-qualifier", "note": "FMP-field-note", "comparable": "FMP-field-comparable",
}  # fmt: skip
_KINDS = {
    "count": "FMP-kind-count", "money": "FMP-kind-money", "decimal": "FMP-kind-decimal",
    "average": "FMP-kind-average", "rate": "FMP-kind-rate", "text": "FMP-kind-text",
    "fixed": "FMP-kind-fixed", "total": "FMP-kind-total", "group": "FMP-kind-group",
    "unit": "FMP-kind-unit", "free": "FMP-kind-free",
}  # fmt: skip
_ROUNDS = {"H1": "FMP-round-H1", "Y1": "FMP-round-Y1", "Y": "FMP-round-Y"}
_REGIMES = {"tk": "REG-tk", "bc": "REG-bc", "tha": "REG-tha"}
_RULES = {
    "relations": "FMP-rule-relation",
    "computed": "FMP-rule-computed",
    "rollup": "FMP-rule-rollup",
    "provides": "FMP-rule-measure",
}
_PRINTED = {"notes": "FMP-line-note", "explanations": "FMP-line-explanation", "signatures": "FMP-line-signer"}

_LINES_OF_HEAD = ("estimate", "period_line", "unit_of_measure")
"""Fields that are printed lines: one that is missing was added or removed, not changed."""
_SLOT = re.compile(r"\{\w+\}")


class ChangeLine(Struct, frozen=True):
    """One part of a form in both versions; ``old`` or ``new`` is "" where a version has it not."""

    section: Bilingual
    sign: Sign
    what: Bilingual
    """The sign in a word or two: “thêm”, “đổi số”."""
    old: Bilingual
    new: Bilingual
    above_old: str = ""
    """Labels above it, outermost first."""
    above_new: str = ""
    note: Bilingual = _NOTHING
    """What differs field by field, why two are taken for one, what the definitions say about comparing."""


class VersionsCompared(Struct, frozen=True):
    """An older and a newer version of a form with every part of both."""

    old: FormLine
    new: FormLine
    lines: tuple[ChangeLine, ...]
    summary: Bilingual
    movable: int
    """Sheets on the older version in periods the newer one serves."""

    def shown(self, *, changes_only: bool) -> tuple[ChangeLine, ...]:
        """The lines, or those alone where something changed."""
        return tuple(line for line in self.lines if line.sign or not changes_only)


def compared(workspace: Workspace, old: int, new: int, period: Period) -> VersionsCompared | None:
    """Two form versions of the file held against one another; None where one left the catalogue meanwhile."""
    listed = {line.version: line for line in catalogue(workspace, period).lines}
    if not {old, new} <= set(listed):
        return None
    before, after = workspace.versions[old].form, workspace.versions[new].form
    measures = {name: measure.label for name, measure in workspace.measures.items()}
    found = compare_forms(before, after)
    return VersionsCompared(
        listed[old],
        listed[new],
        tuple(_lines(found, _names(before, measures), _names(after, measures))),
        _summary(found),
        movable(workspace, old, new),
    )


def _names(form: Form, measures: dict[str, str]) -> SheetNames:
    rows = {table.key: expand(table, lambda _: ()) for table in form.tables}
    return SheetNames(plan_of(form, rows), measures=measures)


def _lines(found: FormComparison, before: SheetNames, after: SheetNames) -> Iterator[ChangeLine]:
    for difference in found.head:
        yield _head_line(difference)
    for section, parts in (("columns", found.columns), ("rows", found.rows)):
        for part in parts:
            yield _part_line(section, part)
    for rule in found.rules:
        yield _rule_line(rule, before, after)
    for line in found.lines:
        yield _printed_line(line)


def _line(section: str, change: str, old: Bilingual, new: Bilingual, note: Bilingual) -> ChangeLine:
    return ChangeLine(
        bilingual(_SECTIONS[section]), _SIGNS[change], bilingual(_WHAT[change]), old, new, note=note
    )


# --- head


def _head_line(difference: Difference) -> ChangeLine:
    name = _field(difference.field)
    old, new = (_head_value(difference.field, value) for value in (difference.old, difference.new))
    if difference.field in _LINES_OF_HEAD and not (difference.old and difference.new):
        change = "removed" if difference.old else "added"
        return _line("head", change, _said(name, old), _said(name, new), _NOTHING)
    none = bilingual("FMP-none")
    old, new = (value if value.vi else none for value in (old, new))
    return _line("head", "changed", _said(name, old), _said(name, new), _NOTHING)


def _field(field: str) -> Bilingual:
    """The name of a field: “Tên biểu”, “Hạn 6 tháng”."""
    if ".deadlines." in field:
        return bilingual("FMP-field-deadline", round=_round(field.rsplit(".", 1)[1]))
    return bilingual(_FIELDS[field.rsplit(".", 1)[-1]])


def _head_value(field: str, value: str) -> Bilingual:
    if not value:
        return _NOTHING
    if field in ("valid_from", "valid_to"):
        day = f"{date.fromisoformat(value):%d/%m/%Y}"
        return _same_words(day)
    if field == "evidence":
        return evidence_name(value)
    if field == "regime" and value in _REGIMES:
        return bilingual(_REGIMES[value])
    if field == "rounds":
        return _joined([_round(code) for code in value.split(", ")], ", ")
    return _same_words(value)


def _round(code: str) -> Bilingual:
    if code in _ROUNDS:
        return bilingual(_ROUNDS[code])
    return bilingual("FMP-round-E", months=int(code[1:]))


def _said(name: Bilingual, value: Bilingual) -> Bilingual:
    return bilingual("FMP-said", name=name, value=value) if value.vi else _NOTHING


# --- columns and rows


def _part_line(section: str, part: PartChange) -> ChangeLine:
    notes: list[Bilingual] = []
    # What the two texts show by themselves needs no words.
    told = [d for d in part.differences if d.field in ("place", "kind", "scale")]
    notes += [
        bilingual("FMP-from-to", name=_field(d.field), old=_part_value(d.field, d.old),
                  new=_part_value(d.field, d.new))
        for d in told
    ]  # fmt: skip
    if part.change != "same" and part.why in _WHY:
        notes.append(bilingual(_WHY[part.why]))
    notes += [_same_words(note) for note in dict.fromkeys(part.notes)]
    return ChangeLine(
        bilingual(_SECTIONS[section]),
        _SIGNS[part.change],
        bilingual(_WHAT[part.change]),
        _part_text(part.old),
        _part_text(part.new),
        _above(part.old),
        _above(part.new),
        _joined(notes, " · "),
    )


def _part_value(field: str, value: str) -> Bilingual:
    if field == "kind" and value in _KINDS:
        return bilingual(_KINDS[value])
    return _same_words(value or "0")


def _part_text(part: Part | None) -> Bilingual:
    """“(4) Tổng số · Việc”: number, words, unit of measure; a row of units is called so."""
    if part is None:
        return _NOTHING
    label = _same_words(part.label)
    if not part.label:
        label = bilingual(_KINDS[part.kind])
    code = f"({part.code}) " if part.code else ""
    unit = f" · {part.unit}" if part.unit else ""
    return Bilingual(f"{code}{label.vi}{unit}", f"{code}{label.en}{unit}")


def _above(part: Part | None) -> str:
    return " › ".join(label for label in part.path[:-1] if label) if part else ""


# --- rules and printed lines


def _rule_line(rule: RuleChange, before: SheetNames, after: SheetNames) -> ChangeLine:
    kind = bilingual(_RULES[rule.what])
    old, new = (_rule_text(rule, words, names) for words, names in ((rule.old, before), (rule.new, after)))
    notes = [
        bilingual("FMP-from-to", name=_field(d.field), old=_same_words(d.old or "–"),
                  new=_same_words(d.new or "–"))
        for d in rule.differences
        if d.field != "note"  # said where the columns stand
    ]  # fmt: skip
    return _line("rules", rule.change, _said(kind, old), _said(kind, new), _joined(notes, " · "))


def _rule_text(rule: RuleChange, words: str | None, names: SheetNames) -> Bilingual:
    if words is None:
        return _NOTHING
    if rule.what == "provides":
        label = names.measure_name(words)
        return _same_words(label)
    node = parse(words)
    return Bilingual(explain(node, names, "vi"), explain(node, names, "en"))


def _printed_line(line: LineChange) -> ChangeLine:
    said = _said(bilingual(_PRINTED[line.what]), _same_words(_SLOT.sub(DOTS, line.text)))
    added = line.change == "added"
    return _line("lines", line.change, _NOTHING if added else said, said if added else _NOTHING, _NOTHING)


# --- in one sentence


def _summary(found: FormComparison) -> Bilingual:
    if found.same:
        return bilingual("FMP-summary-same")
    told = [
        *_counted(found.columns, "FMP-summary-columns", "FMP-summary-columns-same"),
        *_counted(found.rows, "FMP-summary-rows", "FMP-summary-rows-same"),
    ]
    if found.deadlines:
        told.append(bilingual("FMP-summary-deadlines", n=len(found.deadlines)))
    if found.rules:
        told.append(bilingual("FMP-summary-rules", n=len(found.rules)))
    joined = _joined(told, "; ")
    return Bilingual(f"{joined.vi}.", f"{joined.en}.")


def _counted(parts: Sequence[PartChange], code: str, same: str) -> Iterator[Bilingual]:
    counts = Counter(part.change for part in parts)
    added, removed, kept = counts["added"], counts["removed"], counts["same"]
    changed = len(parts) - added - removed - kept
    if added or removed or changed:
        yield bilingual(code, added=added, removed=removed, changed=changed, kept=kept)
    else:
        yield bilingual(same, kept=kept)


def _joined(texts: Iterable[Bilingual], by: str) -> Bilingual:
    known = [words for words in texts if words.vi]
    return Bilingual(by.join(words.vi for words in known), by.join(words.en for words in known))


def _same_words(words: str) -> Bilingual:
    """Words of a form: they stand in Vietnamese in both languages."""
    return Bilingual(words, words)
