"""The register of units: identities, their dated states, successions, members of clusters."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from judapp.domain.unit import Succession, Unit, Units, UnitState
from judapp.store.database import DataFile
from judapp.store.days import as_day, iso, known_day
from judapp.store.faults import decoding
from judapp.store.operations import Writer


def load(file: DataFile) -> Units:
    """The whole register; identities without a state (their making was undone) are left out."""
    states: dict[int, list[UnitState]] = defaultdict(list)
    with decoding(file.path):
        for unit, valid_from, valid_to, code, name, subkind, parent in file.rows(
            "select s.unit, s.valid_from, s.valid_to, s.code, s.name, coalesce(s.subkind, ''), p.uid"
            " from unit_state s left join unit p on p.id = s.parent order by s.unit, s.valid_from"
        ):
            day = known_day(valid_from)
            states[unit].append(UnitState(day, as_day(valid_to), code, name, subkind, parent))
        identities = file.rows("select id, uid, kind from unit order by id")
        units = [Unit(uid, kind, tuple(states[unit])) for unit, uid, kind in identities if unit in states]
        successions = [
            Succession(old, new, known_day(on))
            for old, new, on in file.rows(
                "select o.uid, n.uid, s.on_date from succession s"
                " join unit o on o.id = s.old join unit n on n.id = s.new order by s.on_date, s.old, s.new"
            )
        ]
    members = file.rows(
        "select g.grp, g.year, u.uid from grp g join unit u on u.id = g.unit order by g.grp, g.year, u.id"
    )
    return Units(units, successions, members)


def sources(file: DataFile, uid: str) -> dict[date, str]:
    """Where the states of a unit stand, by their first day."""
    rows = file.rows(
        "select s.valid_from, s.source from unit_state s join unit u on u.id = s.unit where u.uid = ?", (uid,)
    )
    with decoding(file.path):
        return {known_day(since): source or "" for since, source in rows}


def was_there(file: DataFile, uid: str) -> bool:
    """Whether this file ever had a unit with ``uid``; one without a state was taken out of the register."""
    return file.row("select 1 from unit where uid = ?", (uid,)) is not None


def unit_id(file: DataFile, uid: str) -> int:
    """The number of a unit inside this file; KeyError for a uid that is not in it."""
    found = file.row("select id from unit where uid = ?", (uid,))
    if found is None:
        raise KeyError(uid)
    return int(found[0])


def put_unit(writer: Writer, unit: Unit, source: str | None = None) -> int:
    """Add a unit or the states it has now; parents must be in the register already.

    States of the unit that are not among ``unit.states`` stay. ``source`` says where the states stand.
    """
    found = writer.file.row("select id from unit where uid = ?", (unit.uid,))
    own = writer.put("unit", {"id": found[0] if found else None, "uid": unit.uid, "kind": unit.kind})
    for state in unit.states:
        writer.put(
            "unit_state",
            {
                "unit": own,
                "valid_from": iso(state.valid_from),
                "valid_to": iso(state.valid_to) or None,
                "code": state.code,
                "name": state.name,
                "subkind": state.subkind or None,
                "parent": None if state.parent is None else unit_id(writer.file, state.parent),
                "source": source,
            },
        )
    return own


def put_succession(writer: Writer, succession: Succession, source: str | None = None) -> None:
    """Say that one unit went wholly or partly into another."""
    writer.put(
        "succession",
        {
            "old": unit_id(writer.file, succession.old),
            "new": unit_id(writer.file, succession.new),
            "on_date": iso(succession.on),
            "source": source,
        },
    )


def drop_state(writer: Writer, uid: str, valid_from: date) -> None:
    """Take back that a unit had a state from a day; the unit stays."""
    writer.delete("unit_state", (unit_id(writer.file, uid), iso(valid_from)))


def drop_succession(writer: Writer, succession: Succession) -> None:
    """Take back that one unit went into another."""
    old, new = unit_id(writer.file, succession.old), unit_id(writer.file, succession.new)
    writer.delete("succession", (old, new, iso(succession.on)))


def put_member(writer: Writer, group: str, year: int, unit: str, role: str | None = None) -> None:
    """Make ``unit`` a member of the cluster with uid ``group`` in ``year``."""
    writer.put("grp", {"grp": group, "unit": unit_id(writer.file, unit), "year": year, "role": role})
