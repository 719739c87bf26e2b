"""Rooms' persons and obligations of a list: who owes which form from when, and who prepares it.

Without obligations nothing is called missing (domain study, section 7). A line may mean one unit or all of a
kind; what ended is owed no longer, what begins later is owed from its first day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from judapp.app import unit_list_words as words
from judapp.app.commune_names import full_name, spelled
from judapp.app.home_forms import short
from judapp.app.people import same_name
from judapp.app.unit_list_outcome import KEEP, MEND, MENDED, NEW, SAME, SKIP, UNCLEAR
from judapp.app.unit_list_register import DAY, Draft
from judapp.domain.catalogue import Form
from judapp.domain.unit import AGENCY, KINDS, PROVINCE, ROOM, UnitState
from judapp.store import people as stored_people
from judapp.store.obligations import Obligation
from judapp.store.operations import new_uid
from judapp.store.people import Person
from judapp.text import fold

if TYPE_CHECKING:
    from judapp.app.unit_list_plan import Planner
    from judapp.app.unit_list_said import OwedSaid, Spot

PERSON, OWED = "person", "owed"
"""Groups of the preview beside the kinds of units."""


class Owing:
    """The persons and obligations of one list."""

    def __init__(self, planner: Planner) -> None:
        self._planner = planner
        self._workspace = planner.workspace
        self._known = stored_people.load(planner.workspace.file)
        self._present = {(o.family, o.unit, o.valid_from): o for o in planner.workspace.obligations}
        self.people: dict[str, Person] = {}
        """Persons to be written, by uid."""
        self.obligations: dict[tuple[str, str, date], Obligation] = {}
        """Obligations to be written."""
        self.dropped: dict[tuple[str, str, date], Obligation] = {}
        """Obligations that are part of a longer one now."""

    def read(self) -> None:
        """Hold everything the list says of persons and obligations against the file."""
        for person in self._planner.said.persons:
            room = self.room(person.room, person.spot) if person.room else None
            _, what = self._person(person.name, room)
            self._planner.tell(what, PERSON, person.name, person.spot)
        for said in self._planner.said.owed:
            self._owed(said)

    # --- persons and rooms

    def _person(self, name: str, room: Draft | None = None, *, moves: bool = True) -> tuple[str, str]:
        """The uid of a person, and whether he is new, moved to another room or as before.

        Without ``moves``, as for who prepares a form of a room, only one not known yet gets the room.
        """
        everybody = [*self._known, *(p for p in self.people.values() if p not in self._known)]
        found = next((p for p in everybody if same_name(p.name, name)), None)
        if found is None:
            made = Person(new_uid(), name, room=room.uid if room else None)
            self.people[made.uid] = made
            return made.uid, NEW
        found = self.people.get(found.uid, found)
        wanted = replace(found, room=room.uid if room and moves else found.room, active=True)
        if wanted != found:
            self.people[found.uid] = wanted
            return found.uid, MENDED
        return found.uid, NEW if found.uid in self.people and found not in self._known else SAME

    def person(self, name: str) -> str:
        """The uid of a person; one the file does not have yet is made."""
        return self._person(name)[0]

    def room(self, name: str, spot: Spot) -> Draft:
        """The room of a name; one the file and the list do not have yet is made."""
        planner = self._planner
        key = ROOM, spelled(name)
        if key not in planner.meant:
            day = planner.day
            named = [d for d, s in planner.book.holding(ROOM, day) if spelled(s.name) == key[1]]
            if named:
                planner.meant[key] = named[0]
            else:
                state = UnitState(day, None, "", name, "phòng", planner.book.parent(day))
                planner.meant[key] = planner.book.add(ROOM, state)
                planner.tell(NEW, ROOM, name, spot, day=day)
        return planner.meant[key]

    # --- obligations

    def _owed(self, said: OwedSaid) -> None:
        planner = self._planner
        since = said.since or planner.day
        label = said.who or planner.workspace.units.name(planner.workspace.owner.uid, since)
        forms = self._forms(said, since)
        units = self._who(said, since)
        missing = len(forms) < len(said.forms)
        if units is None or (missing and not self._skipped(said)):
            planner.tell(UNCLEAR, OWED, f"{label}: {', '.join(said.forms)}", said.spot)
            return
        room = self.room(said.room, said.spot) if said.room else None
        person = self._person(said.person, room, moves=False)[0] if said.person else None
        outcome = {NEW: 0, MENDED: 0, SAME: 0}
        for form in forms:
            for draft in units:
                if not self._fits(form, draft, said):
                    continue
                outcome[self._put(form, draft, said, since, room, person)] += 1
        what = next((what for what in (NEW, MENDED) if outcome[what]), SAME)
        n = sum(outcome.values())
        name = f"{label}: {', '.join(short(form.number) for form in forms)} ({n})"
        planner.tell(what, OWED, name, said.spot, day=since)

    def _skipped(self, said: OwedSaid) -> bool:
        return self._planner.options.answer(str(said.spot), (SKIP,)) == SKIP

    def _forms(self, said: OwedSaid, since: date) -> list[Form]:
        """The forms a line names; asked where the catalogue has none of a number, or several."""
        found: list[Form] = []
        unknown: list[str] = []
        for number in said.forms:
            families = self._families(number, since)
            if len(families) == 1:
                found.append(families[0])
            elif families:
                numbers = ", ".join(form.number for form in families)
                self._planner.ask("UNL-form-several", said.spot, (SKIP,), form=number, numbers=numbers)
            else:
                unknown.append(number)
        if unknown:
            self._planner.ask("UNL-form-unknown", said.spot, (SKIP,), form=", ".join(unknown), day=since)
        return found

    def _families(self, number: str, since: date) -> list[Form]:
        """The newest form of every family that bears a number as people write it, on ``since`` or later."""
        key = fold(number).removeprefix("bieu ").strip()
        found: dict[str, Form] = {}
        for version in self._workspace.versions.values():
            form = version.form
            if form.valid_to is not None and form.valid_to < since:
                continue
            if key in (fold(form.number), fold(short(form.number)), fold(form.family)):
                found[form.family] = form
        return list(found.values())

    def _who(self, said: OwedSaid, since: date) -> list[Draft] | None:
        """The units a line means; None where that is not clear."""
        planner = self._planner
        book = planner.book
        if not said.who or words.is_own(said.who):
            return [Draft(book.owner, PROVINCE, list(self._workspace.owner.states))]
        if kind := words.every(said.who):
            found = [d for d in book.drafts.values() if d.kind == kind and _lives_after(d, since)]
            if kind == AGENCY:
                found = [d for d in found if d.last.subkind == words.DEPARTMENTS]
            if not found:
                planner.say("UNL-who-none", "error", said.spot, name=said.who)
                return None
            return found
        return self._one(said, since)

    def _one(self, said: OwedSaid, since: date) -> list[Draft] | None:
        """The unit a line names, by code or name."""
        planner, name = self._planner, said.who
        names = {spelled(name), spelled(full_name(name) or name)}
        day = max(since, planner.day)
        for kind in KINDS:
            for draft, state in planner.book.holding(kind, day):
                if state.code == name or spelled(state.name) in names:
                    return [draft]
        planner.say("UNL-who", "error", said.spot, name=name)
        return None

    def _fits(self, form: Form, draft: Draft, said: OwedSaid) -> bool:
        """Whether a unit of this kind reports the form at some level."""
        if any(draft.kind in level.unit_kinds for level in form.levels) or not form.levels:
            return True
        self._planner.say("UNL-level", "warning", said.spot, form=form.number, name=draft.last.name)
        return False

    def _put(
        self, form: Form, draft: Draft, said: OwedSaid, since: date, room: Draft | None, person: str | None
    ) -> str:
        """Owe a form, or change what is known of it; no two duties of a form and unit hold on one day."""
        first = max(since, draft.first.valid_from)
        until = min(filter(None, (said.until, draft.last.valid_to)), default=None)
        known = [
            own
            for own in self._spans(form, draft)
            if (until is None or own.valid_from <= until) and (own.valid_to is None or own.valid_to >= first)
        ]
        if not known:
            made = Obligation(form.family, draft.uid, first, until)
            self.obligations[_key(made)] = self._prepared(made, room, person)
            return NEW
        whole = [replace(known[0], valid_from=min(first, known[0].valid_from)), *known[1:]]
        ends = _first_end(known, until)
        if ends is not None and (said.until or (said.since and self._goes_on(form, said, ends))):
            whole = [replace(whole[0], valid_to=until, room=known[-1].room, person=known[-1].person)]
        elif said.until:
            whole[-1] = replace(whole[-1], valid_to=until)
        whole[0] = self._prepared(whole[0], room, person)
        if whole == known:
            return SAME
        for own in (former for former in known if former not in whole):
            self.obligations.pop(_key(own), None)
            if _key(own) in self._present:
                self.dropped[_key(own)] = own
        for own in (wanted for wanted in whole if wanted not in known):
            self.dropped.pop(_key(own), None)
            self.obligations[_key(own)] = own
        return MENDED

    def _goes_on(self, form: Form, said: OwedSaid, ends: date) -> bool:
        """Whether what ended is owed all the same, as the list has it: asked."""
        params = {"form": short(form.number), "day": ends}
        return self._planner.ask("UNL-owed-ended", said.spot, (MEND, KEEP), **params) == MEND

    def _spans(self, form: Form, draft: Draft) -> list[Obligation]:
        """When a unit owes a form, as far as the file and the list say, in the order of time."""
        every = {key: own for key, own in self._present.items() if key not in self.dropped} | self.obligations
        found = [own for own in every.values() if (own.family, own.unit) == (form.family, draft.uid)]
        return sorted(found, key=lambda own: own.valid_from)

    def _prepared(self, owed: Obligation, room: Draft | None, person: str | None) -> Obligation:
        return replace(owed, room=room.uid if room else owed.room, person=person or owed.person)


def _key(owed: Obligation) -> tuple[str, str, date]:
    return owed.family, owed.unit, owed.valid_from


def _first_end(spans: Sequence[Obligation], until: date | None) -> date | None:
    """The last day before one on which nothing is owed, up to ``until``; None where there is none.

    ``spans`` are in the order of time.
    """
    for own, after in zip(spans, [*spans[1:], None], strict=True):
        end = own.valid_to
        if end is None or (until is not None and end >= until):
            return None
        if after is None or after.valid_from > end + DAY:
            return end
    return None


def _lives_after(draft: Draft, day: date) -> bool:
    return draft.last.valid_to is None or draft.last.valid_to >= day
