"""What a unit list would change: entries held against the register, and what only a person can say.

Rules: a unit is found by its code on the day, else by its name; a name that differs only in where a tone
mark stands is the same, one that differs in anything else is asked about. The list holds from a day: what it
calls otherwise than the register is a new name from that day, or an old mistake mended; nobody but a person
knows which.
"""

from __future__ import annotations

import re
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from msgspec.structs import replace

from judapp.app.commune_names import kind_words, spelled
from judapp.app.unit_list_mergers import write_merger
from judapp.app.unit_list_olds import OldUnits
from judapp.app.unit_list_outcome import (
    ENDED,
    KEEP,
    MEND,
    MENDED,
    MERGED,
    NEW,
    OTHER,
    RENAME,
    RENAMED,
    SAME,
    UNCLEAR,
    Line,
    Made,
    Options,
    Question,
)
from judapp.app.unit_list_register import DAY, Book, Draft, official
from judapp.app.unit_list_said import ListSaid, Spot, UnitSaid
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Severity
from judapp.domain.finding import Finding, Place
from judapp.domain.unit import COMMUNE, UnitState
from judapp.text import fold

MERGER = date(2025, 7, 1)
"""Since when the communes of today exist (NQ 202/2025/QH15 and the resolutions of each province)."""

_ALIKE = 0.84
"""From here on two names may be one mistyped: "Nghi Lam", "Nghi Lâm A"; it is asked, never decided."""


class Planner:
    """One list on its way into one register."""

    def __init__(self, workspace: Workspace, said: ListSaid, options: Options) -> None:
        self.workspace, self.said, self.options = workspace, said, options
        self.day = options.on or said.since or MERGER
        self.book = Book(workspace, self.day)
        self.lines: list[Line] = []
        self.questions: list[Question] = []
        self.findings: list[Finding] = list(said.findings)
        self.meant: dict[tuple[str, str], Draft] = {}
        """Units by kind and spelled name, as the list calls them."""

    # --- what the parts share

    def say(self, code: str, severity: Severity, spot: Spot | None, /, **params: Any) -> None:
        """Add a finding at a cell of the list."""
        place = Place(
            path=self.said.path, sheet=spot.sheet if spot else None, cell=spot.cell if spot else None
        )
        self.findings.append(Finding(code, severity, place, params))

    def ask(self, code: str, spot: Spot, choices: tuple[str, ...], /, **params: Any) -> str:
        """The answer to a question; "" where it is still open, and then it is kept."""
        key = str(spot)
        answer = self.options.answer(key, choices)
        if not answer:
            self.questions.append(Question(key, spot, code, params, choices))
        return answer

    def tell(
        self,
        what: str,
        group: str,
        name: str,
        spot: Spot | None,
        before: tuple[Made, ...] = (),
        day: date | None = None,
    ) -> None:
        """Add a line of the preview."""
        self.lines.append(Line(what, group, name, before, day, spot))

    # --- units

    def units(self) -> None:
        """Hold every unit of the list against the register."""
        entries = self._joined()
        self._two_alike(entries)
        matched = [(said, self._match(said)) for said in entries]
        known = {draft.uid for _, draft in matched if draft is not None}
        olds = OldUnits(self, entries, {id(said): draft for said, draft in matched})
        by_entry = {id(said): found for said, found in matched}
        # In the order of time: what one entry ends, another one may have begun.
        later: list[tuple[UnitSaid, Draft]] = []
        for said, found in sorted(matched, key=lambda pair: self._day(pair[0])):
            after = self.book.later(said.kind, said.name, self._day(said)) if found is None else None
            if after is not None and said.since is None:
                later.append((said, after))
                draft, what = None, UNCLEAR
            else:
                olds.settle(said)
                draft, what = self._of_unit(said, found or after, known, olds)
            if draft is None:
                self.tell(UNCLEAR, said.kind, said.name, said.spot)
                continue
            known.add(draft.uid)
            self.meant[said.kind, spelled(said.name)] = draft
            merger = self.merged_on(said, by_entry[id(said)])
            before, merged = write_merger(self, said, draft, olds, merger) if said.told else ((), False)
            if merged and what in (NEW, SAME):
                what = MERGED
            self.tell(what, said.kind, said.name, said.spot, before, self._day(said))
        olds.finish()
        self._too_early(later)
        self._unlisted(entries, known, olds)

    def _day(self, said: UnitSaid) -> date:
        return said.since or self.day

    def merged_on(self, said: UnitSaid, found: Draft | None) -> date:
        """The day on which a unit was made of others.

        A list for a later day still tells what its units were made of: of one the register has before that
        day, this is when it began, unless something the list names went on until the list's own day.
        """
        day = self._day(said)
        if said.since is not None or found is None or found.on(day - DAY) is None:
            return day
        for old in said.olds:
            named = self.book.by_name(said.kind, old.name, day - DAY)
            if any(draft is not found for draft in named):
                return day
        steps = [step.on for step in self.book.steps if step.new == found.uid and step.on <= day]
        begins = sorted(state.valid_from for state in found.states)
        return max(steps) if steps else begins[min(1, len(begins) - 1)]

    def _joined(self) -> list[UnitSaid]:
        """Entries that several sheets name are one; contradictions are told."""
        found: dict[tuple[str, str], UnitSaid] = {}
        codes: dict[tuple[str, str], UnitSaid] = {}
        for said in self.said.units:
            key = said.kind, spelled(said.name)
            former = found.get(key)
            if former is None:
                found[key] = said
            elif former.code and said.code and former.code != said.code:
                self.say(
                    "UNL-two-codes", "error", said.spot, name=said.name, one=former.code, other=said.code
                )
            elif former.since and said.since and former.since != said.since:
                self.say(
                    "UNL-two-days", "error", said.spot, name=said.name, one=former.since, other=said.since
                )
            else:
                found[key] = replace(
                    former,
                    code=former.code or said.code,
                    subkind=former.subkind or said.subkind,
                    since=former.since or said.since,
                    until=former.until or said.until,
                    olds=tuple(dict.fromkeys((*former.olds, *said.olds))),
                    itself=former.itself or said.itself,
                )
        for said in found.values():
            other = codes.setdefault((said.kind, said.code), said) if said.code else said
            if other is not said:
                self.say(
                    "UNL-code-twice", "error", said.spot, code=said.code, one=other.name, other=said.name
                )
        return list(found.values())

    def _two_alike(self, entries: list[UnitSaid]) -> None:
        """Two names of the list that differ in marks alone: one may be mistyped in one of two sheets."""
        by_words: dict[tuple[str, str], UnitSaid] = {}
        for said in entries:
            former = by_words.setdefault((said.kind, fold(said.name)), said)
            if former is said or (former.code and said.code):
                continue
            self.ask("UNL-alike", said.spot, (OTHER,), one=former.name, other=said.name)

    def _match(self, said: UnitSaid) -> Draft | None:
        """The unit of the register that an entry is, by code or by name."""
        day = self._day(said)
        by_code = self.book.by_code(said.kind, said.code, day) if said.code else None
        named = self.book.by_name(said.kind, said.name, day)
        if by_code is not None:
            return by_code
        return named[0] if len(named) == 1 else None

    def _contradicted(self, said: UnitSaid, draft: Draft, day: date) -> Draft | None:
        """Another unit of the register that bears the name while ``draft`` bears the code."""
        named = self.book.by_name(said.kind, said.name, day)
        return named[0] if named and draft not in named else None

    def _of_unit(
        self, said: UnitSaid, draft: Draft | None, known: set[str], olds: OldUnits
    ) -> tuple[Draft | None, str]:
        """The unit of an entry, made or changed as far as it is clear; None where it is not."""
        day = self._day(said)
        if (
            draft is not None
            and draft.on(day)
            and (other := self._contradicted(said, draft, day)) is not None
        ):
            state, named = draft.on(day), other.on(day)
            assert state is not None  # both were found on that day
            assert named is not None
            self.say(
                "UNL-code-other",
                "error",
                said.spot,
                name=said.name,
                code=said.code,
                bearer=state.name,
                known=named.code,
            )
            return None, UNCLEAR
        if draft is not None and draft.on(day) is None:
            return self._starts(said, draft, draft.first)
        if draft is None and (was := olds.continued(said, day)) is not None:
            if was.on(day) is None:
                return self._continued(said, was, day)
            draft = was if was.uid not in known else None
        if draft is None:
            draft = self._perhaps(said, known)
            if draft is None:
                return self._added(said, day)
        state = draft.on(day)
        assert state is not None  # it was found by its state on that day
        return self._held(said, draft, state, day)

    def _perhaps(self, said: UnitSaid, known: set[str]) -> Draft | None:
        """The unit of the register an unknown name may be, mistyped here or there; asked further on."""
        day = self._day(said)
        best: tuple[float, Draft] | None = None
        for draft, state in self.book.holding(said.kind, day):
            if draft.new or draft.uid in known or (said.code and official((said.code, state.code))):
                continue
            likeness = _likeness(said.name, state.name)
            if likeness >= _ALIKE and (best is None or likeness > best[0]):
                best = likeness, draft
        return best[1] if best else None

    def _added(self, said: UnitSaid, day: date) -> tuple[Draft | None, str]:
        if said.code and (bearer := self.book.bearer(said.code, day)):
            self.say("UNL-code-taken", "error", said.spot, code=said.code, name=said.name, bearer=bearer)
            return None, UNCLEAR
        state = UnitState(day, said.until, said.code, said.name, said.subkind, self.book.parent(day))
        return self.book.add(said.kind, state), NEW

    def _continued(self, said: UnitSaid, old: Draft, day: date) -> tuple[Draft | None, str]:
        """A commune that went whole into this one, and nothing else did: the same unit goes on."""
        before = old.on(day - DAY)
        assert before is not None  # that is how it was found
        code = said.code or (before.code if spelled(before.name) == spelled(said.name) else "")
        state = UnitState(day, said.until, code, said.name, said.subkind, self.book.parent(day))
        self.book.put(old, self.book.coded(state))
        if old.new:
            return old, NEW
        return old, MENDED if spelled(before.name) == spelled(said.name) else RENAMED

    def _starts(self, said: UnitSaid, draft: Draft, state: UnitState) -> tuple[Draft | None, str]:
        """The list has it from another day on than the register.

        What it was made of ended the day before the list's: then the register's day cannot be kept.
        """
        day = self._day(said)
        choices = (MEND,) if said.told else (MEND, KEEP)
        answer = self.ask("UNL-start", said.spot, choices, name=said.name, day=day, known=state.valid_from)
        if answer == MEND:
            self.book.change(draft, state, replace(state, valid_from=day))
        return (draft, {MEND: MENDED, KEEP: SAME}[answer]) if answer else (None, UNCLEAR)

    def _held(self, said: UnitSaid, draft: Draft, state: UnitState, day: date) -> tuple[Draft | None, str]:
        """Hold an entry against the state its unit has on the day."""
        to, what = state, SAME
        if said.code and said.code != state.code and not official((state.code,)):
            to, what = replace(to, code=said.code), MENDED
        if said.until is not None and said.until != state.valid_to:
            to, what = replace(to, valid_to=said.until), ENDED
        if not state.subkind and said.subkind:
            to = replace(to, subkind=said.subkind)
        renamed = spelled(said.name) != spelled(state.name)
        recoded = bool(said.code) and to.code != said.code
        if to is not state:
            self.book.change(draft, state, to)
        if renamed or recoded:
            return self._differs(said, draft, to, day)
        if said.since is not None and said.since != state.valid_from:
            return self._starts(said, draft, to)
        return draft, what

    def _differs(self, said: UnitSaid, draft: Draft, state: UnitState, day: date) -> tuple[Draft | None, str]:
        """The register calls it otherwise on the day the list holds from."""
        choices = [MEND]
        if day > state.valid_from:
            choices.append(RENAME)
        # Two of one name cannot be on one day; a code of its own or a name that differs may be another's.
        if said.code != state.code and spelled(said.name) != spelled(state.name):
            choices.append(OTHER)
        answer = self.ask(
            "UNL-differs" if RENAME in choices else "UNL-differs-same-day",
            said.spot,
            tuple(choices),
            name=said.name,
            known=state.name,
            code=said.code or "–",
            known_code=state.code,
            day=day,
        )
        if answer == OTHER:
            return self._added(said, day)
        to = replace(
            state, name=said.name, code=said.code or state.code, subkind=said.subkind or state.subkind
        )
        if answer == MEND:
            self.book.change(draft, state, to)
            return draft, MENDED
        if answer == RENAME:
            self.book.put(draft, replace(to, valid_from=day))
            return draft, RENAMED
        return None, UNCLEAR

    # --- what cannot be so

    def _too_early(self, later: list[tuple[UnitSaid, Draft]]) -> None:
        """Units the register has from a later day only: the list was meant for that day, or says its own."""
        if later:
            said, draft = later[0]
            known = draft.first.valid_from
            self.say("UNL-later", "error", said.spot, n=len(later), name=said.name, day=self.day, known=known)

    def _unlisted(self, entries: list[UnitSaid], known: set[str], olds: OldUnits) -> None:
        """Communes of the register the list does not name stay as they are; that is said."""
        if not any(said.kind == COMMUNE for said in entries):
            return
        named = known | olds.uids
        left = [state.name for draft, state in self.book.holding(COMMUNE, self.day) if draft.uid not in named]
        if left:
            self.say("UNL-unlisted", "info", None, n=len(left), names=", ".join(left[:5]))


def _likeness(one: str, other: str) -> float:
    """How alike two names are, 1 where only the kind differs: "Xã Nghi Lộc", "Phường Nghi Lộc"."""
    bare = [fold(name).removeprefix(fold(kind_words(name))).strip() for name in (one, other)]
    if bare[0] == bare[1]:
        return 1.0
    if [re.findall(r"\d+", name) for name in bare].count(re.findall(r"\d+", bare[0])) < 2:
        return 0.0  # "Phường 1" is not "Phường 2", "Phòng công chứng số 1" not "số 2"
    return SequenceMatcher(None, bare[0], bare[1]).ratio()
