"""A blank form understood: its tables, the words around them, and what follows from both.

The inverse of :mod:`judapp.domain.layout`. What is read is a guess with its reason; what cannot be read is a
problem for a person. No number and no label is made up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from judapp.domain.areas import area_of
from judapp.domain.catalogue import Computed, Evidence, Form, Relation, Table
from judapp.domain.cell_name import Position, address
from judapp.domain.learned import Guess, Learned, Problem, SheetRole
from judapp.domain.lint import lint
from judapp.domain.proposing import propose
from judapp.domain.report_words import circular_day
from judapp.errors import JudappError
from judapp.excel.blank import BlankSheet
from judapp.excel.learn_names import slug
from judapp.excel.learn_table import FoundTable, find_tables
from judapp.excel.learn_words import Words, read_words
from judapp.text import fold

__all__ = ["Hints", "learn"]

_NUMBER = re.compile(r"(?:bieu|mau|bieu mau) so *[:.]?\s*(?P<number>[\w\[\]*:./-]*\d[\w\[\]*:./-]*)?")
_PART = re.compile(r"(?:(?:phần|bảng|mục|biểu)\s+)?(?P<part>[IVXLC]+|[A-H]|\d{1,2})\s*[.:)/-]", re.IGNORECASE)
_SIGNS = {"[": "(", "]": ")", "≤": "<=", "≥": ">=", "–": "-", ":": "/", "×": "*"}
_UNKNOWN_DAY = date(2000, 1, 1)
"""Stands where no day is printed, with a problem that asks for it."""


class Hints(Struct, frozen=True):
    """What a person said about a blank."""

    sheet: str = ""
    """The worksheet to read; "" finds it."""
    rows: Mapping[int, SheetRole] = field(default_factory=dict)
    """What worksheet rows are."""


_NO_HINTS = Hints()


def learn(sheets: Sequence[BlankSheet], hints: Hints = _NO_HINTS) -> Learned:
    """The form of a blank workbook.

    Raises LRN-001 (no table), LRN-002 (figures in it), LRN-003 (two forms on a sheet), LRN-004 (too large).
    """
    sheet, tables, rivals = _choose(sheets, hints)
    _refuse_two_forms(sheet, tables, hints)
    others = [other for other in sheets if other is not sheet]
    words = read_words(sheet, [table.area for table in tables], others, hints.rows)
    form = _form(words, tables)
    guesses = [*words.guesses, *(guess for table in tables for guess in table.guesses)]
    problems = [*words.problems, *(problem for table in tables for problem in table.problems)]
    more, asked = _about_form(form)
    guesses, problems = [*guesses, *more], [*problems, *asked]
    if rivals:
        choices = (sheet.grid.name, *(rival.grid.name for rival in rivals))
        params = {"sheet": sheet.grid.name, "others": ", ".join(choices[1:])}
        problems.append(Problem("$", "LRT-other-sheets", (), params, choices))
    form, more = _with_printed_rules(form, tables)
    guesses += more
    form, more = _with_proposals(form)
    guesses += more
    return Learned(form, sheet.grid.name, _roles(sheet, words, tables), tuple(guesses), tuple(problems))


# the worksheet


def _choose(
    sheets: Sequence[BlankSheet], hints: Hints
) -> tuple[BlankSheet, list[FoundTable], list[BlankSheet]]:
    """The worksheet the form stands on, its tables, and other worksheets that look like forms as well."""
    wanted = [sheet for sheet in sheets if sheet.grid.name == hints.sheet] if hints.sheet else list(sheets)
    found: list[tuple[float, BlankSheet, list[FoundTable]]] = []
    fault: JudappError | None = None
    for sheet in wanted or sheets:
        try:
            tables = find_tables(sheet, hints)
        except JudappError as error:
            fault = fault or error
            continue
        if tables:
            found.append((_worth(sheet, tables), sheet, tables))
    if not found:
        raise fault or JudappError("LRN-001", sheets=", ".join(f"“{s.grid.name}”" for s in sheets))
    worth, sheet, tables = max(found, key=lambda each: each[0])
    if fault is not None and worth < 1:
        raise fault  # what is left is no form, and what looked like one cannot be used
    rivals = [other for value, other, _ in found if other is not sheet and value >= 1]
    return sheet, tables, rivals


def _worth(sheet: BlankSheet, tables: Sequence[FoundTable]) -> float:
    """How much a worksheet looks like a form: 1 and more where it prints a number of a form."""
    leaves = sum(len(table.table.leaves) for table in tables)
    numbered = any(table.number_row is not None for table in tables)
    return bool(_form_numbers(sheet)) + numbered / 2 + min(leaves, 100) / 1000


def _form_numbers(sheet: BlankSheet) -> list[tuple[Position, str]]:
    """Every "Biểu số: …" of a worksheet with where it stands; the number may stand in the next cell."""
    found: list[tuple[Position, str]] = []
    for at, _ in sheet.grid.texts():
        text = sheet.text(*at)
        match = _NUMBER.match(fold(text.split("\n")[0]))
        if match is None:
            continue
        number = match["number"] or next(
            (fold(beside) for column in range(1, 4) if (beside := sheet.text(at[0], at[1] + column))), ""
        )
        if any(sign.isdigit() for sign in number):
            found.append((at, number.strip(" .:/")))
    return found


def _refuse_two_forms(sheet: BlankSheet, tables: Sequence[FoundTable], hints: Hints) -> None:
    """Raises LRN-003 where two numbers of forms stand on one worksheet, each with a table of its own."""
    first: tuple[Position, str] | None = None
    for at, number in _form_numbers(sheet):
        said = hints.rows.get(at[0], "block")
        if said != "block" or any(table.area.covers(at) for table in tables):
            continue
        if first is None:
            first = at, number
        elif (number != first[1] and _table_after(tables, at) is not _table_after(tables, first[0])) or (
            number != first[1] and at[0] == first[0][0] and _table_after(tables, at) is not None
        ):
            raise JudappError("LRN-003", sheet=sheet.grid.name, first=address(first[0]), second=address(at))


def _table_after(tables: Sequence[FoundTable], at: Position) -> FoundTable | None:
    return next((table for table in tables if table.top > at[0]), None)


# the form


def _form(words: Words, tables: Sequence[FoundTable]) -> Form:
    keys = _keys(words, len(tables))
    unit = words.unit_of_measure
    if unit is None and len({table.unit for table in tables}) == 1:
        unit = tables[0].unit
    made = [
        _named(found, key, words.table_titles.get(index), unit)
        for index, (found, key) in enumerate(zip(tables, keys, strict=True))
    ]
    named = area_of(words.number)
    return Form(
        family=f"learned.{slug(words.number) or 'bieu'}",
        number=words.number,
        circular=words.circular,
        area=named.area if named else "",
        title=words.title,
        valid_from=circular_day(words.circular) or _UNKNOWN_DAY,
        regime=words.regime,
        rounds=words.rounds,
        tables=tuple(made),
        evidence=Evidence(level="learned", sources=("tệp biểu trống",)),
        unit_of_measure=unit,
        period_line=words.period_line,
        levels=words.levels,
        notes=words.notes,
        estimate=words.estimate,
        explanations=words.explanations,
        signatures=words.signatures,
    )


def _keys(words: Words, count: int) -> list[str]:
    """Keys of the tables: "" of a single one, else the number its title prints, else its place."""
    if count == 1:
        return [""]
    found: list[str] = []
    for index in range(count):
        part = _PART.match(words.table_titles.get(index, ""))
        key = part["part"].upper() if part else ""
        found.append(key if key and key not in found else "")
    roman = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
    left = [key for key in (*roman, *map(str, range(11, count + 11))) if key not in found]
    return [key or left.pop(0) for key in found]


def _named(found: FoundTable, key: str, title: str | None, unit: str | None) -> Table:
    """A table with its key and title; a unit of its own goes to its columns."""
    table = replace(found.table, key=key, title=title)
    if found.unit is None or unit is None or fold(found.unit) == fold(unit):
        own = found.unit if unit is None else None
    else:
        own = found.unit
    if own is None:
        return table
    columns = tuple(replace(node, unit=node.unit or own) for node in table.columns)
    return replace(table, columns=columns)


def _about_form(form: Form) -> tuple[list[Guess], list[Problem]]:
    """What the blank tells of the form as a whole by other words, and what no part of it tells."""
    guesses, problems = [], []
    if not form.area:
        problems.append(Problem("$.area", "LRT-no-area", params={"number": form.number}))
    if form.valid_from == _UNKNOWN_DAY:
        problems.append(Problem("$.valid_from", "LRT-no-day"))
    else:
        day = f"{form.valid_from:%d/%m/%Y}"
        guesses.append(Guess("$.valid_from", day, "LRT-day-of-circular", "likely", (), {"day": day}))
    return guesses, problems


# relations printed among the numbers


def _with_printed_rules(form: Form, tables: Sequence[FoundTable]) -> tuple[Form, list[Guess]]:
    """The form with the relations its number rows print; one that names no columns of it is only told."""
    guesses: list[Guess] = []
    for table, found in zip(form.tables, tables, strict=True):
        prefix = f"{table.key}:" if table.key else ""
        for printed, at in found.rules:
            path = f"$.relations[{len(form.relations)}]"
            rule = _rule(printed, prefix, set(table.leaf_by_name))
            if rule is not None:
                relation = Relation(rule=rule, status="printed", source=printed)
                wider = replace(form, relations=(*form.relations, relation))
                if not any(fault.path.startswith(path) for fault in lint(wider)):
                    form = wider
                    guesses.append(Guess(path, rule, "LRT-rule-numbers", "sure", (at,), {"printed": printed}))
                    continue
            guesses.append(
                Guess("$.relations", printed, "LRT-rule-unread", "choose", (at,), {"printed": printed})
            )
    return form, guesses


def _with_proposals(form: Form) -> tuple[Form, list[Guess]]:
    """The form with the rules its words ask for; those a person must choose are only told."""
    guesses: list[Guess] = []
    relations, computed = list(form.relations), list(form.computed)
    for proposal in propose(form):
        rule, source = proposal.rule, proposal.wording
        path = "$.relations"
        if proposal.sure != "choose" and proposal.what == "relation":
            path = f"$.relations[{len(relations)}]"
            relations.append(Relation(rule=rule, status=proposal.status, source=source))
        elif proposal.sure != "choose":
            path = f"$.computed[{len(computed)}]"
            computed.append(Computed(rule=rule, status=proposal.status, source=source))
        guesses.append(Guess(path, rule, proposal.code, proposal.sure, (), proposal.params))
    return replace(form, relations=tuple(relations), computed=tuple(computed)), guesses


def _rule(printed: str, prefix: str, names: set[str]) -> str | None:
    """ "(3) = (4) + (5)" as an expression over the columns of a table; None where it names others."""
    text = printed.translate({ord(sign): plain for sign, plain in _SIGNS.items()})
    text = re.sub(r"(?<![<>])=", " = ", text).replace(";", " ").rstrip(". ")
    codes = re.findall(r"\d+[a-zđ]?", text)
    shares = "/" in text or "%" in text  # printed without saying how they are rounded, or times what
    if not codes or not set(codes) <= names or shares or re.search(r"[…]|\.\.", text):
        return None
    text = re.sub(r"\(\s*(\d+[a-zđ]?)\s*\)", r"\1", text)
    rule = re.sub(r"\d+[a-zđ]?", lambda found: f"{prefix}c{found[0]}", text)
    return re.sub(r"\s+", " ", re.sub(r"\s*([-+*/])\s*", r" \1 ", rule)).strip()


# roles


def _roles(sheet: BlankSheet, words: Words, tables: Sequence[FoundTable]) -> Mapping[Position, SheetRole]:
    """The role of every cell with words or of a table; what nobody needs is "unused"."""
    roles: dict[Position, SheetRole] = {at: "unused" for at in sheet.grid.cells if sheet.text(*at)}
    roles.update(words.roles)
    for table in tables:
        roles.update(table.roles)
    return roles
