"""Who owes which form since when, and which room and person prepare it."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from judapp.store.database import DataFile
from judapp.store.days import as_day, iso, known_day
from judapp.store.faults import decoding
from judapp.store.operations import Writer
from judapp.store.units import unit_id


class Obligation(Struct, frozen=True):
    """A unit owes the forms of a family from ``valid_from`` to ``valid_to`` (both included; None: still)."""

    family: str
    unit: str
    valid_from: date
    valid_to: date | None = None
    room: str | None = None
    """Uid of the room that prepares it."""
    person: str | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it was owed on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def load(file: DataFile) -> list[Obligation]:
    """All obligations, by family."""
    rows = file.rows(
        "select o.family, u.uid, o.valid_from, o.valid_to, r.uid, o.person from obligation o"
        " join unit u on u.id = o.unit left join unit r on r.id = o.room"
        " order by o.family, u.id, o.valid_from"
    )
    with decoding(file.path):
        return [
            Obligation(family, unit, known_day(since), as_day(until), room, person)
            for family, unit, since, until, room, person in rows
        ]


def put(writer: Writer, obligation: Obligation) -> None:
    """Add an obligation, or change its end, room or person."""
    writer.put(
        "obligation",
        {
            "family": obligation.family,
            "unit": unit_id(writer.file, obligation.unit),
            "valid_from": iso(obligation.valid_from),
            "valid_to": iso(obligation.valid_to) or None,
            "room": None if obligation.room is None else unit_id(writer.file, obligation.room),
            "person": obligation.person,
        },
    )


def drop(writer: Writer, obligation: Obligation) -> None:
    """Take back that a unit owes the forms of a family from a day."""
    unit = unit_id(writer.file, obligation.unit)
    writer.delete("obligation", (obligation.family, unit, iso(obligation.valid_from)))
