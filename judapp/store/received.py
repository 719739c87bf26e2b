"""What came in for a round: which sheets hold figures, since when, from which file or by whose hand."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection

from msgspec import Struct

from judapp.domain.period import Period
from judapp.store.database import DataFile
from judapp.store.sheets import OWN

NOT_OWED, ON_PAPER = "not_owed", "paper"
"""Kinds of remarks about a whole sheet: nothing is owed this round · it came on paper."""


class Arrival(Struct, frozen=True):
    """One act that gave figures to a sheet and still stands: an imported worksheet, or typing by hand."""

    op: int
    at: str
    """ISO, UTC."""
    who: str
    cells: int
    file: int | None = None
    """Id of the imported file; None where somebody typed, or took figures over from elsewhere."""
    name: str = ""
    """The name the file came with."""
    worksheet: str = ""


class Received(Struct, frozen=True):
    """What a sheet holds and how that came in."""

    answered: int
    """Cells that are not empty."""
    arrivals: tuple[Arrival, ...]
    """The first and the newest act by hand, and every imported worksheet; the oldest first."""

    @property
    def imported(self) -> Arrival | None:
        """The file figures came from last."""
        return next((arrival for arrival in reversed(self.arrivals) if arrival.file is not None), None)


def of_period(file: DataFile, period: Period) -> dict[int, Received]:
    """What came in by sheet of a round, in four passes over it; sheets that hold nothing are left out.

    What came before a sheet was last empty is no arrival: a cell typed by mistake and cleared again.
    """
    counted = dict(
        file.rows(
            "select s.id, count(*) from sheet s join figure f on f.sheet = s.id"
            " where s.period = ? and s.layer = ? group by s.id",
            (period.code, OWN),
        )
    )
    aside = json.dumps(sorted(_taken_back(file)))
    emptied = _last_empty(file, period, aside)
    found: dict[int, list[Arrival]] = defaultdict(list)
    for sheet, *rest in file.rows(
        "select c.sheet, o.id, o.at, o.who, count(*), i.id, i.name, p.name"
        " from sheet s join figure_change c on c.sheet = s.id and c.src is not null join op o on o.id = c.op"
        " join import_sheet p on p.id = c.src join import_file i on i.id = p.file"
        " where s.period = ? and s.layer = ?"
        " and o.id not in (select value from json_each(?)) group by c.sheet, c.op, c.src",
        (period.code, OWN, aside),
    ):
        if rest[0] > emptied.get(sheet, 0):
            found[sheet].append(Arrival(*rest))
    by_hand = (
        "select c.sheet, min(c.op) first, max(c.op) newest, count(*) cells"
        " from sheet s join figure_change c on c.sheet = s.id and c.src is null and c.s1 is not null"
        " left join emptied e on e.sheet = s.id"
        " where s.period = ? and s.layer = ? and c.op not in (select value from json_each(?))"
        " and c.op > coalesce(e.op, 0) group by c.sheet"
    )
    for sheet, cells, first, newest, *rest in file.rows(
        "with emptied(sheet, op) as materialized (select cast(key as integer), value from json_each(?))"
        " select h.sheet, h.cells, a.id, z.id, a.at, a.who, z.at, z.who"
        f" from ({by_hand}) h join op a on a.id = h.first join op z on z.id = h.newest",
        (json.dumps(emptied), period.code, OWN, aside),
    ):
        found[sheet].append(Arrival(first, rest[0], rest[1], cells))
        if newest != first:
            found[sheet].append(Arrival(newest, rest[2], rest[3], cells))
    return {
        sheet: Received(answered, tuple(sorted(found[sheet], key=lambda arrival: arrival.op)))
        for sheet, answered in counted.items()
    }


def _last_empty(file: DataFile, period: Period, aside: str) -> dict[int, int]:
    """By sheet of a round that was cleared, the newest act after which it held nothing.

    ``aside`` are the acts that do not stand, as JSON.
    """
    cleared = (
        "select distinct c.sheet from sheet s join figure_change c on c.sheet = s.id and c.s1 is null"
        " where s.period = ? and s.layer = ? and c.op not in (select value from json_each(?))"
    )
    return dict(
        file.rows(
            "select sheet, max(op) from (select c.sheet, c.op, sum(sum((c.s1 is not null) -"
            " (c.s0 is not null))) over (partition by c.sheet order by c.op) held from figure_change c"
            f" where c.sheet in ({cleared}) and c.op not in (select value from json_each(?))"
            " group by c.sheet, c.op) where held <= 0 group by sheet",
            (period.code, OWN, aside, aside),
        )
    )


class Mark(Struct, frozen=True):
    """What was said of a sheet as a whole, by whom and when."""

    remark: str
    """Uid of the remark that says it."""
    form: int
    """Id of the form version."""
    unit: str
    kind: str
    """:data:`NOT_OWED` or :data:`ON_PAPER`."""
    text: str
    who: str
    at: str
    """ISO, UTC."""


def marks(file: DataFile, period: Period) -> list[Mark]:
    """What was said of whole sheets of a round, oldest first."""
    rows = file.rows(
        "select r.uid, s.form_version, u.uid, r.kind, r.text, o.who, o.at from sheet s"
        " join remark r on r.sheet = s.id and r.row is null and r.kind in (?, ?)"
        " join unit u on u.id = s.unit join op o on o.id = r.op where s.period = ? and s.layer = ?"
        " order by r.op",
        (NOT_OWED, ON_PAPER, period.code, OWN),
    )
    return [Mark(*row) for row in rows]


def not_owed(file: DataFile, period: Period) -> set[tuple[int, str]]:
    """The form versions and units (uid) nothing is owed of in a round, whatever the register says."""
    return {(mark.form, mark.unit) for mark in marks(file, period) if mark.kind == NOT_OWED}


def changed_since(file: DataFile, op: int, sheets: Collection[int]) -> dict[int, list[Arrival]]:
    """Of ``sheets``, those whose figures changed after operation ``op``: by whom, when, from which file.

    The newest first. An undo is an act like any other here: it moves figures too.
    """
    found: dict[int, list[Arrival]] = defaultdict(list)
    for sheet, *rest in file.rows(
        "select c.sheet, o.id, o.at, o.who, count(*), i.id, coalesce(i.name, ''), coalesce(p.name, '')"
        " from json_each(?) w join figure_change c on c.sheet = w.value and c.op > ? join op o on o.id = c.op"
        " left join import_sheet p on p.id = c.src left join import_file i on i.id = p.file"
        " group by c.sheet, c.op, c.src order by c.op desc",
        (json.dumps(sorted(sheets)), op),
    ):
        found[sheet].append(Arrival(*rest))
    return dict(found)


def bytes_of_file(file: DataFile, imported: int) -> tuple[str, bytes]:
    """Name and bytes of an imported file as it came; KeyError for an id that is not in the data file."""
    row = file.row(
        "select i.name, b.bytes from import_file i join blob_store b on b.id = i.blob where i.id = ?",
        (imported,),
    )
    if row is None:
        raise KeyError(imported)
    return str(row[0]), bytes(row[1])


def file_of_sheet(file: DataFile, worksheet: int) -> int | None:
    """The imported file a worksheet of it (``CellChange.imported``) belongs to; None for none such."""
    row = file.row("select file from import_sheet where id = ?", (worksheet,))
    return None if row is None else int(row[0])


def _taken_back(file: DataFile) -> set[int]:
    """Operations that no longer stand, and undos themselves: they give nothing of their own."""
    undoers: dict[int, list[int]] = defaultdict(list)
    for own, undone in file.rows("select id, undoes from op where undoes is not null"):
        undoers[undone].append(own)

    def stands(op: int) -> bool:
        return not any(stands(undoer) for undoer in undoers.get(op, ()))

    return {op for op in undoers if not stands(op)} | {own for owns in undoers.values() for own in owns}
