"""How the department reads a column where no source explains it: its own words, kept with the data file.

A reading belongs to the column of one version of a form, as an explanation of the ministry would; in a form
whose rows are the indicators, to the row. It is a setting of the file: undone and seen in the history as
every act, carried into no report.
"""

from __future__ import annotations

from judapp.app.grid_head import paths_of
from judapp.app.workspace import Workspace
from judapp.domain.counterparts import pattern_of
from judapp.domain.meaning import explanations_of
from judapp.domain.names import SheetNames
from judapp.domain.period import Period
from judapp.domain.resolve import Resolved
from judapp.domain.shape import CellKey, Plan
from judapp.domain.unit import Unit
from judapp.errors import JudappError
from judapp.messages import text
from judapp.store import measures
from judapp.store.operations import Applied, Writer
from judapp.text import clean

READING = "reading"
"""Kind of the operation, and the beginning of the setting's name."""


def printed_meaning(resolved: Resolved, key: CellKey) -> tuple[str, ...]:
    """What the form itself says of a cell, in its own words; nothing where no source is known."""
    form, spot = resolved.sheet.form, resolved.plan.spots[key]
    table = next(table for table in form.tables if table.key == key[0])
    at = [leaf.name for leaf in table.leaves].index(key[2])
    said = list(explanations_of(form, paths_of(table)[at], spot.column.code, spot.row))
    return tuple(dict.fromkeys([*said, *([spot.column.note] if spot.column.note else [])]))


def own_reading(workspace: Workspace, resolved: Resolved, key: CellKey) -> str:
    """How the department reads the column (or row) of a cell, "" where nobody wrote it down."""
    return measures.settings(workspace.file).get(_name(resolved.plan, key), "")


def keep_reading(
    workspace: Workspace, number: str, unit: Unit, period: Period, key: CellKey, words: str
) -> Applied:
    """Write down how the department reads the column (or row) of a cell; without words it is taken away.

    One operation. Raises FRM-001/002, ADR-002 (no such cell), DBF-… as every act.
    """
    version = workspace.version_for(number, period)
    resolved = workspace.resolved(version.id, unit.uid, period)
    plan = resolved.plan if resolved is not None else workspace.plan(version.form, unit.uid, period)
    if key not in plan.spots:
        raise JudappError("ADR-002", form=version.form.number, address=f"[{key[1]}]c{key[2]}")
    said, name = clean(words), _name(plan, key)

    def build(writer: Writer) -> None:
        if said:
            measures.put_setting(writer, name, said)
        else:
            writer.delete("setting", (name,))

    verb = "Ghi cách hiểu của Sở" if said else "Bỏ cách hiểu của Sở"
    return workspace.apply(READING, f"{verb}: {spoken_of(plan, key)}, biểu {version.form.number}", build)


def by_row(plan: Plan, key: CellKey) -> bool:
    """Whether the rows of the form are its indicators, so that a reading speaks of the row."""
    row = plan.spots[key].row
    return row.plan.unit is not None or row.plan.value_kind is not None


def spoken_of(plan: Plan, key: CellKey, lang: str = "vi") -> str:
    """What a reading of a cell speaks of: "cột (7) Phí công chứng", "dòng V.2 …"."""
    names = SheetNames(plan)
    if by_row(plan, key):
        row = " ".join(filter(None, names.row_name("", key[0], key[1])))
        return text("BSD-spoken-row", lang, name=row)
    code, label = names.column_name("", key[0], key[2])
    column = " ".join(filter(None, (f"({code})" if code else "", label)))
    return text("BSD-spoken-column", lang, name=column)


def _name(plan: Plan, key: CellKey) -> str:
    """The setting a reading is kept under: the version by number and first day, then column or row."""
    form = plan.form
    part = f"r:{pattern_of(key[1])[0]}" if by_row(plan, key) else f"c:{key[2]}"
    return "/".join((READING, form.number.replace("/", "_"), form.valid_from.isoformat(), key[0], part))
