"""The obligations as people look at them: who owes which form from when, who prepares it; adding, ending."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from judapp.app.home_forms import short
from judapp.app.obligation_lists import Owing
from judapp.app.people import names
from judapp.app.unit_list_outcome import MEND, Options
from judapp.app.unit_list_plan import Planner
from judapp.app.unit_list_said import ListSaid, OwedSaid, Spot
from judapp.app.unit_lists import ListPlan, apply_list, plan_list
from judapp.app.workspace import Workspace
from judapp.domain.unit import AGENCY, CLUSTER, COMMUNE, NATION, NOTARY, PROVINCE, ROOM
from judapp.messages import bilingual
from judapp.store import obligations
from judapp.store import people as stored_people
from judapp.store.obligations import Obligation
from judapp.store.operations import Applied, Writer
from judapp.text import Bilingual, fold

OwedKey = tuple[str, str, date]
"""Family, uid of the unit, first day: what an obligation is known by."""

_EVERY = {
    COMMUNE: "UNS-every-commune",
    NOTARY: "UNS-every-notary",
    AGENCY: "UNS-every-agency",
}


class OwedLine(Struct, frozen=True):
    """Obligations that differ in their units alone."""

    keys: tuple[OwedKey, ...]
    form: str
    title: str
    who: Bilingual
    """The unit, or how many of which kind."""
    units: tuple[str, ...]
    since: date
    until: date | None
    room: str
    person: str
    search: str


class OwedPage(Struct, frozen=True):
    """Every obligation, and what the fields of a new one offer."""

    lines: tuple[OwedLine, ...]
    owed: int
    units: int
    forms: tuple[tuple[str, str], ...]
    """Numbers and titles of the forms in force, what can be owed."""
    rooms: tuple[str, ...]
    people: tuple[str, ...]
    who: tuple[str, ...]
    """Names of units a line may mean, groups of them first."""


def owed_page(workspace: Workspace, today: date) -> OwedPage:
    """The obligations, by form; those of many units with the same days and people are one line."""
    register = workspace.units
    newest = {}
    for version in sorted(workspace.versions.values(), key=lambda v: v.form.valid_from):
        newest[version.form.family] = version.form
    known = names(workspace)
    groups: dict[tuple[str, str, date, date | None, str, str], list[Obligation]] = defaultdict(list)
    for owed in workspace.obligations:
        room = register.latest(owed.room).name if owed.room else ""
        person = known.get(owed.person, owed.person) if owed.person else ""
        kind = register[owed.unit].kind
        alone = kind if kind in _EVERY else owed.unit
        groups[owed.family, alone, owed.valid_from, owed.valid_to, room, person].append(owed)
    lines = []
    for (family, kind, since, until, room, person), held in groups.items():
        form = newest.get(family)
        number, title = (form.number, form.title) if form else (family, "")
        units = tuple(register.name(owed.unit, max(since, min(today, until or today))) for owed in held)
        who = Bilingual(units[0], units[0])
        if len(units) > 1 and kind in _EVERY:
            who = bilingual(_EVERY[kind], n=len(units))
        lines.append(
            OwedLine(
                tuple((owed.family, owed.unit, owed.valid_from) for owed in held),
                number,
                title,
                who,
                units,
                since,
                until,
                room,
                person,
                fold(f"{number} {title} {room} {person} {who.vi} {' '.join(units)}"),
            )
        )
    lines.sort(key=lambda line: (line.form, line.since, line.who.vi))
    forms = {
        form.number: form.title for form in newest.values() if form.valid_to is None or form.valid_to >= today
    }
    rooms = [s.name for u in register if u.kind == ROOM and (s := register.state(u.uid, today))]
    called = [
        s.name
        for u in register
        if u.kind not in (NATION, PROVINCE, CLUSTER, ROOM) and (s := register.state(u.uid, today))
    ]
    return OwedPage(
        tuple(lines),
        len(workspace.obligations),
        len({owed.unit for owed in workspace.obligations}),
        tuple(sorted(forms.items())),
        tuple(sorted(rooms)),
        tuple(sorted(known.values())),
        ("Sở Tư pháp", "Mỗi xã, phường", "Mỗi tổ chức hành nghề công chứng", "Các sở, ngành", *called),
    )


class NewOwed(Struct, frozen=True):
    """What a person says of forms to be owed, as a line of the list of obligations says it."""

    who: str
    forms: tuple[str, ...]
    since: date
    room: str = ""
    person: str = ""


def plan_owed(workspace: Workspace, new: NewOwed) -> ListPlan:
    """What owing would write; its findings say what is not clear."""
    said = ListSaid("")
    said.owed.append(OwedSaid(new.who, new.forms, Spot("", ""), new.since, None, new.room, new.person))
    return plan_list(workspace, said, Options(answers={"": MEND}))  # who says it here says it of today


def owe(workspace: Workspace, new: NewOwed) -> Applied:
    """Have units owe forms; raises what :func:`judapp.app.unit_lists.apply_list` raises."""
    forms = ", ".join(short(form) for form in new.forms)
    return apply_list(workspace, plan_owed(workspace, new), f"{new.who} phải nộp biểu {forms}")


def end_owed(workspace: Workspace, keys: Sequence[OwedKey], last: date) -> Applied:
    """Let obligations end on ``last``; one that would begin later was never owed and goes."""
    chosen = _chosen(workspace, keys)

    def build(writer: Writer) -> None:
        for owed in chosen:
            if last < owed.valid_from:
                obligations.drop(writer, owed)
            else:
                obligations.put(writer, replace(owed, valid_to=last))

    return workspace.apply("obligations", f"Thôi nộp {len(chosen)} biểu sau {last:%d/%m/%Y}", build)


def _chosen(workspace: Workspace, keys: Sequence[OwedKey]) -> list[Obligation]:
    wanted = set(keys)
    return [owed for owed in workspace.obligations if (owed.family, owed.unit, owed.valid_from) in wanted]


def prepared_by(
    workspace: Workspace, keys: Sequence[OwedKey], room: str | None, person: str | None
) -> Applied:
    """Have a room and a person prepare forms.

    "" is nobody, None leaves it as it is; a name nobody has yet becomes a room or a person.
    """
    chosen = _chosen(workspace, keys)
    planner = Planner(workspace, ListSaid(""), Options())
    owing = Owing(planner)
    own = owing.room(room, Spot("", "")).uid if room else None
    who = owing.person(person) if person else None

    def build(writer: Writer) -> None:
        planner.book.write(writer, "")
        for made in owing.people.values():
            stored_people.put(writer, made)
        for owed in chosen:
            kept = replace(
                owed,
                room=owed.room if room is None else own,
                person=owed.person if person is None else who,
            )
            obligations.put(writer, kept)

    return workspace.apply("obligations", f"Giao {len(chosen)} biểu cho {person or room or '–'}", build)
