"""Who prepares which form: persons, and the obligations they are put down for."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.errors import JudappError
from judapp.store import obligations
from judapp.store import people as stored_people
from judapp.store.obligations import Obligation
from judapp.store.operations import Applied, Writer, new_uid
from judapp.store.people import Person
from judapp.text import clean


def people(workspace: Workspace) -> list[Person]:
    """The persons who can be put down for a form, by name."""
    return [person for person in stored_people.load(workspace.file) if person.active]


def names(workspace: Workspace) -> dict[str, str]:
    """Names by uid, also of who left."""
    return {person.uid: person.name for person in stored_people.load(workspace.file)}


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same person's: capitals do not count, marks do (Lan is not Lân)."""
    return clean(one).casefold() == clean(other).casefold()


def owed(workspace: Workspace, family: str, unit: str, day: date) -> Obligation | None:
    """The obligation of a unit that holds on ``day``, the newest where several do."""
    found = [o for o in workspace.obligations if (o.family, o.unit) == (family, unit) and o.holds_on(day)]
    return max(found, key=lambda o: o.valid_from, default=None)


def put_down(workspace: Workspace, family: str, unit: str, period: Period, person_name: str) -> Applied:
    """Put a person down for a form of a unit (“Người làm”), from ``period`` on.

    A name nobody has yet becomes a person; a form nobody owed is owed from the first day of that year.
    Raises HOM-001 for an empty name.
    """
    name = clean(person_name)
    if not name:
        raise JudappError("HOM-001")
    day = period.last_day
    known = next((p for p in people(workspace) if same_name(p.name, name)), None)
    person = known or Person(new_uid(), name)
    present = owed(workspace, family, unit, day) or Obligation(family, unit, date(day.year, 1, 1))

    def build(writer: Writer) -> None:
        if known is None:
            stored_people.put(writer, person)
        obligations.put(writer, replace(present, person=person.uid))

    label = f"Giao biểu {number_of(workspace, family, period)} cho {person.name}"
    return workspace.apply("obligations", label, build)


def release(workspace: Workspace, family: str, unit: str, period: Period) -> Applied:
    """Take the person off a form; it stays owed. Nothing is written where nobody was put down."""
    present = owed(workspace, family, unit, period.last_day)

    def build(writer: Writer) -> None:
        if present is not None:
            obligations.put(writer, replace(present, person=None))

    label = f"Bỏ người làm biểu {number_of(workspace, family, period)}"
    return workspace.apply("obligations", label, build)


def number_of(workspace: Workspace, family: str, period: Period) -> str:
    """The number a family of forms bears in a period, else the newest one it had."""
    versions = [v.form for v in workspace.versions.values() if v.form.family == family]
    serving = [form for form in versions if workspace.serves(form, period)]
    return (serving or versions)[-1].number
