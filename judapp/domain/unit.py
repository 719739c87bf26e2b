"""Reporting units through time: codes and names are dated states, mergers are successions.

Seven official codes were reused under another name on 01/7/2025 (15, 24, 44, 52, 80, 82, 91), so a unit is
never identified by its code or its name alone (domain study, section 2; NQ 202/2025/QH15).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from msgspec import Struct

from judapp.errors import JudappError
from judapp.text import fold

NATION = "nation"
PROVINCE = "province"
CLUSTER = "cluster"
COMMUNE = "commune"
NOTARY = "notary"
AGENCY = "agency"
ROOM = "room"
KINDS = (NATION, PROVINCE, CLUSTER, COMMUNE, NOTARY, AGENCY, "thads", ROOM)


class UnitState(Struct, frozen=True):
    """How a unit was called from ``valid_from`` to ``valid_to`` (both days included; None: still)."""

    valid_from: date
    valid_to: date | None
    code: str
    name: str
    subkind: str = ""
    parent: str | None = None

    def holds_on(self, day: date) -> bool:
        """Whether this state was in force on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Unit(Struct, frozen=True):
    """A unit: its ``uid`` is the same in every copy of every file; everything else is a dated state."""

    uid: str
    kind: str
    states: tuple[UnitState, ...]


class Succession(Struct, frozen=True):
    """``old`` went wholly or partly into ``new`` on ``on``."""

    old: str
    new: str
    on: date


class Units:
    """The register of units of one data file."""

    def __init__(
        self,
        units: Iterable[Unit],
        successions: Iterable[Succession] = (),
        members: Iterable[tuple[str, int, str]] = (),
    ) -> None:
        """``members`` are (uid of the group, year, uid of the member)."""
        self._units = {unit.uid: unit for unit in units}
        self._by_code: dict[str, list[tuple[UnitState, Unit]]] = defaultdict(list)
        self._children: dict[str, list[tuple[UnitState, Unit]]] = defaultdict(list)
        for unit in self._units.values():
            for state in unit.states:
                self._by_code[state.code].append((state, unit))
                if state.parent is not None:
                    self._children[state.parent].append((state, unit))
        self._left: dict[date, dict[str, list[Unit]]] = {}
        self._into: dict[str, list[Succession]] = defaultdict(list)
        self._out_of: dict[str, list[Succession]] = defaultdict(list)
        for step in successions:
            self._into[step.new].append(step)
            self._out_of[step.old].append(step)
        self._members: dict[tuple[str, int], list[str]] = defaultdict(list)
        for group, year, member in members:
            self._members[group, year].append(member)

    def __iter__(self) -> Iterator[Unit]:
        """All units, in register order."""
        return iter(self._units.values())

    def __getitem__(self, uid: str) -> Unit:
        """The unit with ``uid``; KeyError for a uid that is not in this file."""
        return self._units[uid]

    def state(self, uid: str, day: date) -> UnitState | None:
        """The state of a unit on ``day``; None when it did not exist then."""
        return next((s for s in self._units[uid].states if s.holds_on(day)), None)

    def latest(self, uid: str) -> UnitState:
        """The newest state of a unit, for naming it where no day is meant."""
        return max(self._units[uid].states, key=lambda s: s.valid_from)

    def name(self, uid: str, day: date) -> str:
        """The name on ``day``, else the newest one."""
        return (self.state(uid, day) or self.latest(uid)).name

    def by_code(self, code: str, day: date) -> Unit:
        """The unit that bore ``code`` on ``day``.

        Raises UNT-001 (no such code), UNT-002 (the code was borne at another time only; the text says when).
        """
        bearers = self._by_code.get(code, [])
        for state, unit in bearers:
            if state.holds_on(day):
                return unit
        if not bearers:
            raise JudappError("UNT-001", unit=code)
        others = "; ".join(
            f"{s.name} ({s.valid_from:%d/%m/%Y} – {s.valid_to.strftime('%d/%m/%Y') if s.valid_to else '…'})"
            for s, _ in bearers
        )
        raise JudappError("UNT-002", unit=code, day=f"{day:%d/%m/%Y}", others=others)

    def bears_code(self, code: str, day: date) -> bool:
        """Whether any unit bore ``code`` on ``day``."""
        return any(state.holds_on(day) for state, _ in self._by_code.get(code, []))

    def by_name(self, text: str, day: date, kinds: Iterable[str] = KINDS) -> list[Unit]:
        """Units whose name on ``day`` folds to the same words as ``text``; more than one means: ask."""
        wanted, allowed = fold(text), set(kinds)
        return [
            unit
            for unit in self._units.values()
            if unit.kind in allowed and (s := self.state(unit.uid, day)) and fold(s.name) == wanted
        ]

    def children(self, uid: str, day: date, kind: str | None = None) -> list[Unit]:
        """Units whose parent on ``day`` is ``uid``, ordered by code."""
        found = [(s, u) for s, u in self._children[uid] if s.holds_on(day) and kind in (None, u.kind)]
        return [u for s, u in sorted(found, key=lambda pair: (pair[0].code, pair[0].name))]

    def left(self, uid: str, day: date) -> list[Unit]:
        """Units that ended before ``day`` and reported to ``uid`` last, in register order.

        What one reported to may have ended too: then the one that carries it on is meant, if it is one alone
        and of its kind (the communes of a province merged away).
        """
        if day not in self._left:
            found = self._left[day] = defaultdict(list)
            for unit in self._units.values():
                past = [state for state in unit.states if state.valid_from <= day]
                parent = max(past, key=lambda s: s.valid_from).parent if past else None
                if parent in self._units and self.state(unit.uid, day) is None:
                    found[self._carried_on(parent, day)].append(unit)
        return self._left[day].get(uid, [])[:]

    def _carried_on(self, uid: str, day: date) -> str:
        heirs = self.successors(uid, day)
        return heirs[0].uid if len(heirs) == 1 and heirs[0].kind == self._units[uid].kind else uid

    def members(self, group: str, year: int) -> list[Unit]:
        """Members of a cluster in ``year``: membership changes by year (5 cities in 2024, 6 in 2025)."""
        return [self._units[uid] for uid in self._members.get((group, year), [])]

    def origins(self, uid: str) -> list[Unit]:
        """Units that went directly into ``uid``, in register order."""
        return [self._units[step.old] for step in self._into.get(uid, ())]

    @property
    def successions(self) -> list[Succession]:
        """Every merger and division that is known."""
        return [step for steps in self._into.values() for step in steps]

    def predecessors(self, uid: str, day: date) -> list[Unit]:
        """Who carried on ``day`` what ``uid`` is today: itself while it existed, else all that went into it.

        Follows chains of mergers. Empty when nobody is known.
        """
        return self._carriers(
            uid, day, lambda own: [step.old for step in self._into.get(own, ()) if step.on > day]
        )

    def successors(self, uid: str, day: date) -> list[Unit]:
        """Who carries on ``day`` what ``uid`` once was; several where a unit was divided."""
        return self._carriers(
            uid, day, lambda own: [step.new for step in self._out_of.get(own, ()) if step.on <= day]
        )

    def _carriers(self, uid: str, day: date, onward: Callable[[str], list[str]]) -> list[Unit]:
        """The units that existed on ``day`` among ``uid`` and all that ``onward`` leads to, each once."""
        found: list[Unit] = []
        seen: set[str] = set()  # a register that goes round in a circle must not go round for ever
        ahead = [uid]
        while ahead:
            own = ahead.pop(0)
            if own in seen:
                continue
            seen.add(own)
            if self.state(own, day) is not None:
                found.append(self._units[own])
            else:
                ahead += onward(own)
        return found
