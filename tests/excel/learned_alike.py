"""What of a learned form is compared, and how: as printed, by whatever name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from judapp.app.learning import printed_form
from judapp.domain.catalogue import Form, Table
from judapp.domain.rows import SheetRow, expand

_DOTS = re.compile(r"\s*(?:[.…]\s?){2,}|…")
_ROW = re.compile(r"(?:(\w+):)?\[([^\]]*)\]")
_SUM = re.compile(r"sum\((\w+:\[[^\]]*\])\)")
_COLUMN = re.compile(r"(?:(\w+):)?\bc(\w+)\b")


def said(value: Any) -> Any:
    """A printed text without what no eye tells apart: line breaks as blanks, runs of dots as one."""
    if isinstance(value, str):
        return " ".join(_DOTS.sub("…", " ".join(value.split())).split())
    if isinstance(value, Mapping):
        return {key: said(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [said(part) for part in value]
    return value


def seen(form: Form) -> dict[str, Any]:
    """``printed_form`` with tables called 1, 2, … and relations between columns in one spelling."""
    found = printed_form(form)
    order = {table.key: str(index) for index, table in enumerate(form.tables, start=1)}
    for part in ("columns", "rows"):
        for one in found[part]:
            if "table" in one:
                one["table"] = order[one["table"]]
    found["tables"] = [{"key": order[table["key"]], "title": table["title"]} for table in found["tables"]]
    found["relations"] = sorted(
        (split, rule["status"])
        for rule in found["relations"]
        if "[" not in rule["rule"]
        for split in pairs(_by_place(rule["rule"], form, order))
    )
    return {key: said(value) if key != "relations" else value for key, value in found.items()}


def pairs(rule: str) -> Iterable[str]:
    """A chain of comparisons as single ones, bounds from below by 0 left out: "0 <= a <= b" is "a <= b"."""
    parts = re.split(r"\s*(<=|=)\s*", rule)
    last = parts[0]
    for sign, right in zip(parts[1::2], parts[2::2], strict=True):
        if last != "0":
            yield f"{last} {sign} {right}"
        last = last if sign == "=" else right


def row_rules(form: Form) -> dict[str, str]:
    """Rules between rows in one spelling, each with how it is written.

    Rows are called by their place in the plan ("r3"), a sum over rows of a group names these.
    """
    order = {table.key: str(index) for index, table in enumerate(form.tables, start=1)}
    places = {
        table.key: {row.key: f"r{index}" for index, row in enumerate(_plan(table), start=1)}
        for table in form.tables
    }
    parts: dict[str, list[str]] = {}
    for table in form.tables:
        for row in _plan(table):
            above = row.key.rpartition(".")[0]
            group = f"[{places[table.key][above]}.*]" if above else "[*]"
            parts.setdefault(f"{order[table.key]}:{group}", []).append(
                f"{order[table.key]}:[{places[table.key][row.key]}]"
            )
    found = {}
    for rule in (*(r.rule for r in form.relations), *(c.rule for c in form.computed)):
        if "[" not in rule:
            continue

        def name(cell: re.Match[str]) -> str:
            key = cell[1] or ""
            rows = places.get(key, {})
            row, dot, rest = (cell[2], "", "") if cell[2] in rows else cell[2].rpartition(".")
            return f"{order.get(key, key)}:[{rows.get(row, row)}{dot}{rest}]"

        for pair in pairs(_ROW.sub(name, rule)):
            found[_summed_up(pair, parts)] = rule
    return found


def _summed_up(rule: str, parts: Mapping[str, list[str]]) -> str:
    """A sum over a group as the sum of its rows, without the total itself."""
    total = rule.partition(" ")[0]

    def added(summed: re.Match[str]) -> str:
        return " + ".join(part for part in parts.get(summed[1], ()) if part != total) or summed[0]

    return _SUM.sub(added, rule)


def _plan(table: Table) -> tuple[SheetRow, ...]:
    return expand(table, lambda _: ())


def _by_place(rule: str, form: Form, order: Mapping[str, str]) -> str:
    """Columns without printed code by their place: "c@3"; tables by theirs."""

    def name(found: re.Match[str]) -> str:
        table = form.table(found[1] or "") or form.tables[0]
        leaves = {leaf.name: index for index, leaf in enumerate(table.leaves, start=1)}
        leaf = table.leaf_by_name.get(found[2])
        shown = found[2] if leaf is None or leaf.code else f"@{leaves[found[2]]}"
        return f"{order[found[1]]}:c{shown}" if found[1] else f"c{shown}"

    return _COLUMN.sub(name, rule)
