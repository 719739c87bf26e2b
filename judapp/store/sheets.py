"""Sheets: one form of one unit for one round, their repeated rows and their figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct

from judapp.domain.figure import Figure, State
from judapp.domain.period import Period, Span
from judapp.domain.rows import OwnRow
from judapp.store.database import DataFile
from judapp.store.days import as_day, iso
from judapp.store.faults import decoding
from judapp.store.operations import CellKey, Writer, new_uid
from judapp.store.units import unit_id

OWN = "own"
ADJUST = "adjust"
CLAIM = "claim"
DRAFT = "draft"
_ASIDE = "aside"
"""No day of any sheet."""

AROUND = "@"
"""The table name of what stands around the tables of a form: slots of notes, signers, place and date."""

_SHEET = (
    "select s.id, s.uid, s.form_version, u.uid, s.period, s.from_date, s.to_date, s.layer, s.state,"
    " s.revision from sheet s join unit u on u.id = s.unit"
)
_FIGURE = "f.tbl, f.row, f.col, f.state, f.value, f.est, f.text"
_FEW = 32
"""Up to so many cells are looked up one by one; for more, the whole sheet is read at once."""


class Sheet(Struct, frozen=True):
    """A sheet; ``form`` is the id of its form version, ``unit`` the uid of its unit."""

    id: int
    uid: str
    form: int
    unit: str
    period: Period
    span: Span
    layer: str
    state: str
    revision: int


def get(file: DataFile, sheet: int) -> Sheet:
    """The sheet with an id; KeyError for one that is not in the file."""
    row = file.row(f"{_SHEET} where s.id = ?", (sheet,))
    if row is None:
        raise KeyError(sheet)
    with decoding(file.path):
        return _sheet(row)


def find(
    file: DataFile,
    *,
    form: int | None = None,
    unit: str | None = None,
    period: Period | None = None,
    layer: str | None = None,
) -> list[Sheet]:
    """The sheets that fit all that is given, in the order they were begun."""
    wanted = {
        "s.form_version": form,
        "u.uid": unit,
        "s.period": period and period.code,
        "s.layer": layer,
    }
    given = {column: value for column, value in wanted.items() if value is not None}
    where = " where " + " and ".join(f"{column} = ?" for column in given) if given else ""
    rows = file.rows(f"{_SHEET}{where} order by s.id", tuple(given.values()))
    with decoding(file.path):
        return [_sheet(row) for row in rows]


def begin(writer: Writer, form: int, unit: str, period: Period, span: Span, layer: str = OWN) -> int:
    """The id of the sheet for these, made as a draft where there is none."""
    owner = unit_id(writer.file, unit)
    key = (form, owner, period.code, iso(span.start), layer)
    found = writer.file.row(
        "select id from sheet"
        " where form_version = ? and unit = ? and period = ? and from_date = ? and layer = ?",
        key,
    )
    if found is not None:
        return int(found[0])
    return writer.put(
        "sheet",
        {
            "uid": new_uid(),
            "form_version": form,
            "unit": owner,
            "period": period.code,
            "from_date": iso(span.start),
            "to_date": iso(span.end),
            "layer": layer,
            "state": DRAFT,
            "revision": 0,
        },
    )


def set_state(writer: Writer, sheet: int, state: str, revision: int | None = None) -> None:
    """Move a sheet to ``state``, and to ``revision`` where that is given."""
    row = writer.get("sheet", (sheet,))
    if row is None:
        raise KeyError(sheet)
    counted = row["revision"] if revision is None else revision
    writer.put("sheet", {**row, "state": state, "revision": counted})


def put_on_version(writer: Writer, sheet: int, form: int, instead_of: int | None = None) -> None:
    """Let a sheet be on another form version; it stays the sheet it was.

    ``instead_of`` is an empty sheet of the same unit and period that stands there: it takes the place that
    becomes free, since a sheet is never deleted.
    """
    row = writer.get("sheet", (sheet,))
    if row is None:
        raise KeyError(sheet)
    empty = None if instead_of is None else writer.get("sheet", (instead_of,))
    if empty is not None:  # aside for a moment: no two sheets of a unit, version and period may be
        writer.put("sheet", {**empty, "from_date": _ASIDE})
    writer.put("sheet", {**row, "form_version": form})
    if empty is not None:
        writer.put("sheet", {**empty, "form_version": row["form_version"]})


def figures(file: DataFile, sheet: int) -> dict[CellKey, Figure]:
    """All cells of a sheet that are not empty."""
    rows = file.rows(f"select {_FIGURE} from figure f where f.sheet = ?", (sheet,))
    with decoding(file.path):
        return {(tbl, row, col): as_figure(*cell) for tbl, row, col, *cell in rows}


def figures_at(file: DataFile, sheet: int, keys: Sequence[CellKey]) -> dict[CellKey, Figure]:
    """Those of the cells ``keys`` of a sheet that are not empty."""
    if len(keys) > _FEW:
        found, wanted = figures(file, sheet), set(keys)
        return {key: figure for key, figure in found.items() if key in wanted}
    where = "f.sheet = ? and f.tbl = ? and f.row = ? and f.col = ?"
    rows = [(key, file.row(f"select {_FIGURE} from figure f where {where}", (sheet, *key))) for key in keys]
    with decoding(file.path):
        return {key: as_figure(*row[3:]) for key, row in rows if row is not None}


def figures_of_form(
    file: DataFile, form: int, period: Period, layer: str = OWN
) -> dict[int, dict[CellKey, Figure]]:
    """All figures of one form over all units in a round, by sheet."""
    found: dict[int, dict[CellKey, Figure]] = defaultdict(dict)
    rows = file.rows(
        f"select s.id, {_FIGURE} from sheet s join figure f on f.sheet = s.id"
        " where s.period = ? and s.form_version = ? and s.layer = ?",
        (period.code, form, layer),
    )
    with decoding(file.path):
        for sheet, tbl, row, col, *cell in rows:
            found[sheet][tbl, row, col] = as_figure(*cell)
    return dict(found)


def cell_over_time(
    file: DataFile, forms: Iterable[int], unit: str, key: CellKey, layer: str = OWN
) -> list[tuple[Sheet, Figure]]:
    """One cell of a unit in every round it was answered, in the given versions of a form, oldest first."""
    chosen = list(forms)
    rows = file.rows(
        f"{_SHEET.replace(' from ', ', f.state, f.value, f.est, f.text from ', 1)}"
        " join figure f on f.sheet = s.id and f.tbl = ? and f.row = ? and f.col = ?"
        f" where u.uid = ? and s.layer = ? and s.form_version in ({', '.join('?' * len(chosen))})"
        " order by s.period, s.from_date",
        (*key, unit, layer, *chosen),
    )
    with decoding(file.path):
        return [(_sheet(row[:10]), as_figure(*row[10:])) for row in rows]


def answered(file: DataFile, period: Period) -> dict[int, int]:
    """How many cells are not empty, by sheet of a round; a sheet that is missing here is not begun."""
    return dict(
        file.rows(
            "select s.id, count(*) from sheet s join figure f on f.sheet = s.id where s.period = ?"
            " group by s.id",
            (period.code,),
        )
    )


def answering(file: DataFile, period: Period, layer: str = OWN) -> list[tuple[int, str]]:
    """The form versions and units (uid) with a sheet of a round in which anything stands."""
    return file.rows(
        "select s.form_version, u.uid from sheet s join unit u on u.id = s.unit"
        " where s.period = ? and s.layer = ? and exists (select 1 from figure f where f.sheet = s.id)",
        (period.code, layer),
    )


def around(file: DataFile, unit: str) -> list[tuple[int, str, str]]:
    """What stands around the tables of a unit's sheets: form version, slot and words, the newest first."""
    return file.rows(
        "select s.form_version, f.row, f.text from sheet s join unit u on u.id = s.unit"
        " join figure f on f.sheet = s.id and f.tbl = ?"
        " where u.uid = ? and s.layer = ? and f.text is not null order by f.op desc, s.id desc",
        (AROUND, unit, OWN),
    )


def own_rows(file: DataFile, sheet: int) -> dict[str, list[OwnRow]]:
    """The repeated rows of a sheet by table, in their order."""
    found: dict[str, list[OwnRow]] = defaultdict(list)
    rows = file.rows(
        "select r.tbl, r.row, r.parent, r.ord, u.uid, r.label"
        " from sheet_row r left join unit u on u.id = r.unit where r.sheet = ? order by r.tbl, r.ord, r.row",
        (sheet,),
    )
    for tbl, *rest in rows:
        found[tbl].append(OwnRow(*rest))
    return dict(found)


def put_row(writer: Writer, sheet: int, tbl: str, row: OwnRow) -> None:
    """Add a repeated row to a table of a sheet, or change its label or place."""
    writer.put(
        "sheet_row",
        {
            "sheet": sheet,
            "tbl": tbl,
            "row": row.key,
            "parent": row.parent,
            "ord": row.order,
            "unit": None if row.unit is None else unit_id(writer.file, row.unit),
            "label": row.label,
        },
    )


@lru_cache(maxsize=20_000)  # figures are immutable, and most are small numbers seen before
def as_figure(state: int | None, value: int | None, estimate: int | None, text: str | None) -> Figure:
    """A stored cell as a figure; ValueError for one that cannot be (a state this program does not know)."""
    return Figure(State(state or 0), value, estimate, text)


def _sheet(row: Sequence[Any]) -> Sheet:
    form, unit, period, start, end = row[2:7]
    span = Span(as_day(start), as_day(end))
    return Sheet(row[0], row[1], form, unit, Period.parse(period), span, *row[7:10])
