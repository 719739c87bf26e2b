"""A file of JSON that says of workbooks what they do not say themselves: the command line's way to choose.

One object or a list of them; strict: an unknown key, a column twice or a leaf left open is refused (MAP-047,
MAP-027 … MAP-029), nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from judapp.app.import_candidates import NEEDS_MAPPING, UNRECOGNISED, Candidate, Points, Wish
from judapp.app.import_columns import ColumnStudy, TableStudy, column_study, pair_columns
from judapp.app.import_numbers import asks, scale_findings
from judapp.app.importing import assign
from judapp.app.reading_files import Readers
from judapp.app.workspace import Workspace
from judapp.domain.cell_name import column_letters, column_number
from judapp.domain.period import Period
from judapp.errors import JudappError
from judapp.excel.header import TableColumns


class Said(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is said of the worksheets an entry means; of several tables each has an entry of its own."""

    file: str = "*"
    """The file's name, or a pattern ("*.xlsx", "thang 6/*")."""
    sheet: str | None = None
    form: str | None = None
    unit: str | None = None
    """The unit's code."""
    period: str | None = None
    table: str = ""
    row: int | None = None
    """The last row of the head; None for the one the program finds."""
    columns: dict[str, str] = {}
    """Column letter → number or name of the form's column."""
    labels: dict[str, str] = {}
    """Column letter → label column: its printed letter or its label; needed only where heads do not tell."""
    absent: tuple[str, ...] = ()
    """Columns of the form the file does not have."""
    points: Points | None = None
    """What a point in a text like “1.234” is, where the file leaves it open."""
    factors: dict[str, int] = {}
    """Column of the form → what its figures are multiplied by; -1000 divides, 1 leaves them."""
    remember: bool = False

    def means(self, candidate: Candidate) -> bool:
        """Whether the entry speaks of this worksheet."""
        names = (candidate.path.name, str(candidate.path), candidate.path.as_posix())
        of_file = any(fnmatch(name, self.file) or name.endswith(f"/{self.file}") for name in names)
        return of_file and self.sheet in (None, candidate.sheet)


def read_map(path: Path) -> tuple[Said, ...]:
    """The entries of the file at ``path``; raises FIL-004, FIL-006, MAP-047."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise JudappError("FIL-004", path=str(path)) from None
    except OSError as error:
        raise JudappError("FIL-006", path=str(path), reason=error.strerror or "") from error
    try:
        found = msgspec.json.decode(data, type=Said | tuple[Said, ...])
    except msgspec.MsgspecError as error:
        raise JudappError("MAP-047", path=path.name, reason=str(error)) from error
    return found if isinstance(found, tuple) else (found,)


def apply_map(
    workspace: Workspace,
    candidates: Sequence[Candidate],
    entries: Sequence[Said],
    wish: Wish,
    readers: Readers | None = None,
) -> list[Candidate]:
    """Say what the entries say; form, unit and period first, then columns, which need to know the form.

    Raises UNT-…, PER-001, FRM-… and MAP-027 … MAP-029 for what cannot be.
    """
    again = list(candidates)
    for position, candidate in enumerate(candidates):
        meant = [entry for entry in entries if entry.means(candidate)]
        said = _plain(workspace, candidate, meant, wish)
        if said:
            again = assign(workspace, again, [position], wish, readers, **said)
        if any(entry.columns or entry.absent for entry in meant):
            columns = _columns(workspace, again[position], meant)
            remember = any(entry.remember for entry in meant)
            again = assign(workspace, again, [position], wish, readers, columns=columns, remember=remember)
    return again


def _plain(workspace: Workspace, candidate: Candidate, meant: Sequence[Said], wish: Wish) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for entry in meant:
        if entry.form is not None:
            said["form"] = entry.form
        if entry.period is not None:
            said["period"] = Period.parse(entry.period)
        if entry.points is not None:
            said["points"] = entry.points
        if entry.factors:
            factors = ((entry.table, name.strip("()[] "), by) for name, by in entry.factors.items())
            said["factors"] = (*said.get("factors", ()), *factors)
        said |= {"remember": True} if entry.remember else {}
    for entry in meant:
        if entry.unit is not None:
            period = said.get("period") or candidate.period or wish.period
            if period is None:
                raise JudappError("MAP-007")
            said["unit"] = workspace.unit(entry.unit, period).uid
    return said


def _columns(workspace: Workspace, candidate: Candidate, meant: Sequence[Said]) -> tuple[TableColumns, ...]:
    number = candidate.version.form.number if candidate.version else None
    if number is None:
        raise JudappError("MAP-048", path=candidate.path.name)
    study = column_study(workspace, candidate, number)
    found = []
    for entry in meant:
        if not entry.columns and not entry.absent:
            continue
        table = next((table for table in study.tables if table.table == entry.table), None)
        if table is None:
            raise JudappError("MAP-029", what=entry.table)
        names = {column_number(letter.upper()): _leaf(table, name) for letter, name in entry.columns.items()}
        labels = {column_number(letter.upper()): _label(table, name) for letter, name in entry.labels.items()}
        if not labels:
            offered = {offer.column: int(offer.name) for offer in table.stub_offers}
            labels = {column: index for column, index in offered.items() if column not in names}
        row = entry.row if entry.row is not None else table.row
        found.append(pair_columns(table, row, names, labels, [_leaf(table, name) for name in entry.absent]))
    return tuple(found)


def _leaf(table: TableStudy, name: str) -> str:
    """The leaf meant by its number ("3", "(3)") or its name."""
    plain = name.strip("()[] ")
    return next((leaf.name for leaf in table.leaves if plain in (leaf.code, leaf.name)), name)


def _label(table: TableStudy, name: str) -> int:
    """The index of a label column meant by its letter, its label or the index itself."""
    for stub in table.stubs:
        if name in (stub.code, stub.name, *stub.path):
            return int(stub.name)
    raise JudappError("MAP-029", what=name)


def wanted(workspace: Workspace, candidate: Candidate, lang: str) -> dict[str, Any] | None:
    """What would have to be said of a worksheet, as an entry to be finished; None where nothing has to."""
    form = candidate.version.form.number if candidate.version else None
    if candidate.status == UNRECOGNISED:
        choices = [{"form": offer.number, "why": offer.reason(lang)} for offer in candidate.offers]
        return {"file": candidate.path.name, "sheet": candidate.sheet, "form": None, "choices": choices}
    if asks(candidate):
        factors = {f.params["name"]: f.params["factor"] for f in scale_findings(candidate)}
        points = any(f.code == "CEL-003" for f in candidate.findings)
        return {"file": candidate.path.name, "sheet": candidate.sheet,
                **({"points": None} if points else {}), "choices": {"factors": factors}}  # fmt: skip
    if candidate.status != NEEDS_MAPPING or form is None:
        return None
    study = column_study(workspace, candidate, form, lang)
    return {
        "file": candidate.path.name,
        "sheet": candidate.sheet,
        "form": form,
        "choices": [{"form": offer.number, "why": offer.reason(lang)} for offer in candidate.offers],
        "tables": _tables(study),
    }


def _tables(study: ColumnStudy) -> list[dict[str, Any]]:
    return [
        {
            "table": table.table,
            "row": table.row,
            "columns": {column_letters(offer.column): offer.name for offer in table.offers if offer.sure},
            "maybe": {
                column_letters(offer.column): {"column": offer.name, "why": offer.reason}
                for offer in table.offers
                if not offer.sure
            },
            "open": [
                {"column": leaf.name, "label": " › ".join(leaf.path).replace("\n", " ")}
                for leaf in table.leaves
                if leaf.name not in {offer.name for offer in table.offers if offer.sure}
            ],
            "file_columns": [
                {"column": column.letter, "heads": list(column.heads), "samples": list(column.samples)}
                for column in table.columns
            ],
        }
        for table in study.tables
    ]
