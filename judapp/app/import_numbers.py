"""Questions about the numbers of one worksheet: what “1.234” is, and whether a column counts in thousands.

While such a question is open nothing of the worksheet is written (CEL-003, CMP-002, CMP-005); a person
answers it once for the file, and the worksheet is read again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from judapp.app.import_candidates import Candidate, Decision
from judapp.app.import_reckoning import Alone
from judapp.app.same_period import SamePeriod
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Column
from judapp.domain.entry import Numbers
from judapp.domain.figure import Figure
from judapp.domain.finding import Finding, Place
from judapp.domain.number import Ambiguous, Rational, format_en, format_vi, unscaled
from judapp.domain.shape import CellKey, Plan
from judapp.excel.grid import GridSheet
from judapp.excel.mapped import Mapped, ReadFigure, Said
from judapp.excel.printed_units import other_units, power_of
from judapp.messages import bilingual, text
from judapp.text import Bilingual, clean

SCALES = ("CMP-002", "CMP-005")
"""Findings that ask whether a column is to be multiplied."""
QUESTIONS = ("CEL-003", *SCALES)

_READINGS: Mapping[str | None, Numbers] = {None: "ask", "thousands": "grouped", "decimals": "decimal"}
_GROUPED = re.compile(r"[-(+]?\d{1,3}(?:[.\u00a0 ]\d{3}){2,}|[-(+]?\d{1,3}(?:\.\d{3})+,\d")
_FRACTION = re.compile(r"[-(+]?\d+,\d{1,2}(?!\d)")
_NEARLY_ALL = Fraction(4, 5)
_THOUSAND = 1000
_ONE_ALONE = (Fraction(400), Fraction(2500))
_AMONG_OTHERS = (Fraction(200), Fraction(5000))
"""Between which sizes a figure is "a thousand times" another: nothing grows so in a year, or shrinks so."""
_MONEY_NAMES = {
    0: Bilingual("đồng", "đồng"),
    3: Bilingual("nghìn đồng", "thousands of đồng"),
    6: Bilingual("triệu đồng", "millions of đồng"),
    9: Bilingual("tỷ đồng", "billions of đồng"),
}


def said_of(decision: Decision) -> Said:
    """What a person said of the numbers of a worksheet, as reading it takes it."""
    factors = {(table, column): factor for table, column, factor in decision.factors}
    return Said(_READINGS[decision.points], factors)


def answered(candidate: Candidate, table: str, name: str, factor: int) -> tuple[tuple[str, str, int], ...]:
    """The factors of a decision with one more column answered; 1 leaves its figures as they are."""
    kept = [one for one in candidate.decision.factors if one[:2] != (table, name)]
    return (*kept, (table, name, factor))


def answered_all(candidate: Candidate, *, keep: bool) -> tuple[tuple[str, str, int], ...]:
    """The factors of a decision with every open column answered alike: as proposed, or left as it is."""
    factors = candidate.decision.factors
    for finding in candidate.findings:
        if finding.code in SCALES:
            column = finding.params["table"], finding.params["name"]
            factors = (*(one for one in factors if one[:2] != column),
                       (*column, 1 if keep else finding.params["factor"]))  # fmt: skip
    return factors


def asks(candidate: Candidate) -> bool:
    """Whether a question about its numbers is open."""
    return any(finding.code in QUESTIONS for finding in candidate.findings)


def ask(workspace: Workspace, candidate: Candidate, grid: GridSheet, mapped: Mapped, ours: Alone) -> None:
    """Add the questions a worksheet leaves open; ``ours`` are its figures reckoned through by themselves."""
    if mapped.asked:
        _ask_points(candidate, mapped)
    if not ours.money:
        return
    answers = {(table, column) for table, column, _ in candidate.decision.factors}
    for table in ours.plan.form.tables:
        header = mapped.headers.get(table.key)
        if header is None or not header.columns:
            continue
        for other in other_units(grid, ours.plan, table, header):
            column = (other.table, other.column)
            read = [r for key, r in mapped.figures.items() if (key[0], key[2]) == column and r.figure.value]
            if column not in answers and read:
                answers.add(column)
                _say(candidate, "CMP-005", other.cell, {
                    "table": other.table, "name": other.column, "factor": other.factor,
                    "column": column_name(other.label, other.column), "printed": other.printed,
                    "unit": other.unit, "cells": len(read),
                })  # fmt: skip
    _ask_scale(workspace, candidate, mapped, ours, answers)


def _say(candidate: Candidate, code: str, cell: str, params: dict[str, Any]) -> None:
    place = Place(path=str(candidate.path), sheet=candidate.sheet or None, cell=cell)
    candidate.findings.append(Finding(code, "info" if code == "CEL-003" else "warning", place, params))


def _ask_points(candidate: Candidate, mapped: Mapped) -> None:
    first = mapped.asked[0]
    grouped, decimal = readings(first.readings)
    _say(candidate, "CEL-003", first.cell, {
        "text": first.text, "grouped": grouped, "decimal": decimal, "cells": len(mapped.asked),
        "hint": _hint(mapped.typed),
    })  # fmt: skip


def readings(asked: Ambiguous) -> tuple[Bilingual, Bilingual]:
    """The two readings in words: “1 nghìn 234”, “1 phẩy 234”."""
    whole, _, decimals = format_vi(abs(asked.decimal)).partition(",")
    sign = "−" if asked.grouped < 0 else ""
    rest = f"{abs(int(asked.grouped)) % 1000:03}"
    grouped = bilingual("RDG-grouped", thousands=sign + whole, rest="" if rest == "000" else rest)
    decimal = bilingual("RDG-decimal", whole=sign + whole, rest=decimals or "000")
    return Bilingual(*map(str.rstrip, grouped)), decimal


def _hint(typed: Sequence[str]) -> Bilingual:
    """How the file's other texts write numbers: told, for they do not decide."""
    parts = []
    for habit in (_GROUPED, _FRACTION):
        same = [one for one in typed if habit.match(one)]
        if same:
            parts.append(bilingual("NUM-hint", cells=len(same), text=clean(same[0])))
    return Bilingual("; ".join(p.vi for p in parts), "; ".join(p.en for p in parts))


# thousands


def _ask_scale(
    workspace: Workspace,
    candidate: Candidate,
    mapped: Mapped,
    ours: Alone,
    answers: set[tuple[str, str]],
) -> None:
    """CMP-002 by the same period of the year before, where the file has it."""
    columns = money_columns(ours.plan, mapped.figures, answers)
    if not columns:
        return
    then = SamePeriod(workspace, ours.whole, candidate.unit.uid if candidate.unit else "").bases
    for (table, leaf), cells in columns.items():
        pairs = [(number_of(read.figure, key, ours.plan), then.get(key)) for key, read in cells]
        factor = factor_of([(now, base) for now, base in pairs if now and base])
        if factor:
            basis = bilingual("NUM-same-period")
            say_scale(candidate, ours.plan, table, leaf, cells, factor, basis)


def money_columns(
    plan: Plan, figures: Mapping[CellKey, ReadFigure], answers: set[tuple[str, str]]
) -> dict[tuple[str, str], list[tuple[CellKey, ReadFigure]]]:
    """The figures of the money columns nobody answered for, by table and leaf."""
    found: dict[tuple[str, str], list[tuple[CellKey, ReadFigure]]] = defaultdict(list)
    for key, read in figures.items():
        spot = plan.spots.get(key)
        column = (key[0], key[2])
        if spot is not None and spot.kind == "money" and read.figure.value and column not in answers:
            found[column].append((key, read))
    return found


def number_of(figure: Figure, key: CellKey, plan: Plan) -> Rational:
    """The number of a figure; 0 where it has none."""
    return unscaled(figure.value, plan.spots[key].scale) if figure.value is not None else 0


def factor_of(pairs: Sequence[tuple[Rational, Rational]]) -> int:
    """What would bring figures to the size they are held against: 1000, -1000 (divide), 0 for nothing."""
    low, high = _ONE_ALONE if len(pairs) < 2 else _AMONG_OTHERS
    sizes = [abs(Fraction(now) / Fraction(base)) for now, base in pairs]
    large = sum(low <= size <= high for size in sizes)
    small = sum(low <= 1 / size <= high for size in sizes)
    if not sizes or max(large, small) < _NEARLY_ALL * len(sizes):
        return 0
    return -_THOUSAND if large > small else _THOUSAND


def say_scale(
    candidate: Candidate,
    plan: Plan,
    table: str,
    leaf: str,
    cells: Sequence[tuple[CellKey, ReadFigure]],
    factor: int,
    basis: Bilingual,
) -> None:
    """Add CMP-002 for a column: which unit the file may be in, and what would mend it."""
    key, first = cells[0]
    column: Column = plan.spots[key].column
    power = power_of(plan.spots[key].unit or "")
    unit = _MONEY_NAMES.get((power or 0) + (3 if factor > 0 else -3), Bilingual("", ""))
    times = (
        Bilingual("bằng 1/1.000", "1/1,000 of") if factor > 0 else Bilingual("gấp 1.000 lần", "1,000 times")
    )
    code = "NUM-unit" if unit.vi and power is not None else "NUM-other-unit"
    _say(candidate, "CMP-002", first.cell, {
        "table": table, "name": leaf, "factor": factor, "column": column_name(clean(column.label), leaf),
        "times": times, "basis": basis, "unit": bilingual(code, unit=unit), "cells": len(cells),
    })  # fmt: skip


def column_name(label: str, leaf: str) -> Bilingual:
    """“Cột (18) Thù lao”: how findings name a column of the form."""
    number = "" if leaf.startswith("_") else f"({leaf}) "
    return bilingual("NUM-column", number=number, label=label)


def scale_findings(candidate: Candidate) -> Iterator[Finding]:
    """The open questions about whole columns."""
    return (finding for finding in candidate.findings if finding.code in SCALES)


def answer_words(factor: int, lang: str = "vi") -> str:
    """“Nhân 1.000”, “Chia 1.000”, “Giữ nguyên”: what a button says."""
    if factor == 1:
        return text("NUM-keep", lang)
    number = format_en(abs(factor)) if lang == "en" else format_vi(abs(factor))
    return text("NUM-multiply" if factor > 0 else "NUM-divide", lang, n=number)
