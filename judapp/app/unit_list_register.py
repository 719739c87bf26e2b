"""The register as it would be once a list is written: units with their states, changed in memory only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from judapp.app.commune_names import own_code, spelled
from judapp.app.workspace import Workspace
from judapp.domain.unit import CLUSTER, NATION, PROVINCE, Succession, Unit, UnitState
from judapp.store import units as stored
from judapp.store.operations import Writer, new_uid
from judapp.text import fold

DAY = timedelta(days=1)


class Draft(Struct):
    """A unit as it would be; ``former`` are the states it has in the file."""

    uid: str
    kind: str
    states: list[UnitState]
    former: tuple[UnitState, ...] = ()

    @property
    def new(self) -> bool:
        """Whether the file does not have it yet."""
        return not self.former

    def on(self, day: date) -> UnitState | None:
        """Its state on a day."""
        return next((state for state in self.states if state.holds_on(day)), None)

    @property
    def first(self) -> UnitState:
        """Its earliest state."""
        return min(self.states, key=lambda state: state.valid_from)

    @property
    def last(self) -> UnitState:
        """Its newest state."""
        return max(self.states, key=lambda state: state.valid_from)


class Book:
    """The units the list may speak of: those of the file's own province, and what is added."""

    def __init__(self, workspace: Workspace, day: date) -> None:
        """``day`` is the one the list holds from; provinces that went into the owner's belong as well."""
        register = workspace.units
        self.owner = workspace.owner.uid
        before = [unit.uid for unit in register.predecessors(self.owner, day - DAY)]
        self.provinces = {uid: register.name(uid, day - DAY) for uid in before}
        """The province or provinces of the day before, by uid."""
        self._register = register
        own = {self.owner, *before, None}
        self.drafts: dict[str, Draft] = {
            unit.uid: Draft(unit.uid, unit.kind, list(unit.states), unit.states)
            for unit in register
            if unit.kind not in (NATION, PROVINCE, CLUSTER) and any(s.parent in own for s in unit.states)
        }
        self._others = [unit for unit in register if unit.uid not in self.drafts]
        self.steps: set[Succession] = {
            step for step in register.successions if {step.old, step.new} <= set(self.drafts)
        }
        self._known_steps = frozenset(self.steps)

    # --- looking

    def holding(self, kind: str, day: date) -> Iterator[tuple[Draft, UnitState]]:
        """The units of a kind that exist on a day, with their states then."""
        for draft in self.drafts.values():
            if draft.kind == kind and (state := draft.on(day)) is not None:
                yield draft, state

    def by_code(self, kind: str, code: str, day: date) -> Draft | None:
        """The unit of a kind that bears a code on a day."""
        return next((draft for draft, state in self.holding(kind, day) if state.code == code), None)

    def by_name(self, kind: str, name: str, day: date) -> list[Draft]:
        """The units of a kind whose name on a day is this one, however it is spelled."""
        key = spelled(name)
        return [draft for draft, state in self.holding(kind, day) if spelled(state.name) == key]

    def alike(self, kind: str, name: str, day: date) -> list[Draft]:
        """Units whose names differ from this one in marks alone."""
        key = fold(name)
        return [draft for draft, state in self.holding(kind, day) if fold(state.name) == key]

    def later(self, kind: str, name: str, day: date) -> Draft | None:
        """A unit of this name that begins only after ``day``."""
        key = spelled(name)
        return next(
            (
                draft
                for draft in self.drafts.values()
                if draft.kind == kind
                and draft.on(day) is None
                and any(state.valid_from > day and spelled(state.name) == key for state in draft.states)
            ),
            None,
        )

    def bearer(self, code: str, day: date, apart: Draft | None = None) -> str:
        """The name of a unit that bears a code on a day, also one the list cannot mean; "" for none."""
        for draft in self.drafts.values():
            if draft is not apart and (state := draft.on(day)) is not None and state.code == code:
                return state.name
        for unit in self._others:
            for state in unit.states:
                if state.code == code and state.holds_on(day):
                    return state.name
        return ""

    def parent(self, day: date) -> str | None:
        """The province on a day; None where there were several, of which the list has to say one."""
        if self._register.state(self.owner, day) is not None:
            return self.owner
        return next(iter(self.provinces)) if len(self.provinces) == 1 else None

    def province(self, name: str) -> str | None:
        """The former province a list names, "Tỉnh Yên Bái" or "Yên Bái"."""
        wanted = _bare(name)
        return next((uid for uid, own in self.provinces.items() if _bare(own) == wanted), None)

    def beginning(self, parent: str | None) -> date:
        """Since when an old commune is taken to exist: since its province does."""
        uids = [parent] if parent is not None else [*self.provinces, self.owner]
        return min(state.valid_from for uid in uids for state in self._register[uid].states)

    # --- changing

    def add(self, kind: str, state: UnitState) -> Draft:
        """A unit the file does not have; without a code it gets one made from its name."""
        draft = Draft(new_uid(), kind, [self.coded(state)])
        self.drafts[draft.uid] = draft
        return draft

    def coded(self, state: UnitState, hint: str = "") -> UnitState:
        """The state with a code: its own, else one made from its name that nobody bears then."""
        if state.code:
            return state
        base = own_code(f"{state.name} {hint}")
        code, number = base, 2
        while self.bearer(code, state.valid_from):
            code, number = f"{base}-{number}", number + 1
        return replace(state, code=code)

    def put(self, draft: Draft, state: UnitState) -> None:
        """Give a unit one more state; states around it end before it and it ends before the next."""
        following = [other.valid_from for other in draft.states if other.valid_from > state.valid_from]
        if following and (state.valid_to is None or state.valid_to >= min(following)):
            state = replace(state, valid_to=min(following) - DAY)
        kept = []
        for other in draft.states:
            if other.valid_from == state.valid_from:
                continue
            reaches = other.valid_to is None or other.valid_to >= state.valid_from
            if other.valid_from < state.valid_from and reaches:
                other = replace(other, valid_to=state.valid_from - DAY)
            kept.append(other)
        draft.states = sorted([*kept, state], key=lambda own: own.valid_from)

    def change(self, draft: Draft, state: UnitState, to: UnitState) -> None:
        """Put a state in the place of another one: what was written wrongly."""
        draft.states = sorted(
            (to if own is state else own for own in draft.states), key=lambda own: own.valid_from
        )

    # --- writing

    def differing(self) -> list[Draft]:
        """The units that would be written."""
        return [draft for draft in self.drafts.values() if tuple(draft.states) != draft.former]

    @property
    def added(self) -> set[Succession]:
        """Successions the file does not have."""
        return self.steps - self._known_steps

    @property
    def dropped(self) -> set[Succession]:
        """Successions the list does not confirm."""
        return set(self._known_steps) - self.steps

    def write(self, writer: Writer, source: str) -> None:
        """Write what differs; units come before the successions between them."""
        for draft in self.differing():
            now = {state.valid_from for state in draft.states}
            for state in draft.former:
                if state.valid_from not in now:
                    stored.drop_state(writer, draft.uid, state.valid_from)
            states = tuple(state for state in draft.states if state not in draft.former)
            stored.put_unit(writer, Unit(draft.uid, draft.kind, states), source)
        for step in sorted(self.dropped, key=_order):
            stored.drop_succession(writer, step)
        for step in sorted(self.added, key=_order):
            stored.put_succession(writer, step, source)


def _order(step: Succession) -> tuple[str, str, date]:
    return step.old, step.new, step.on


def _bare(name: str) -> str:
    words = fold(name).replace("(cu)", "").strip()
    return words.removeprefix("tinh ").removeprefix("thanh pho ").removesuffix(" cu").strip()


def official(codes: Iterable[str]) -> bool:
    """Whether all codes are official ones (digits), not made from a name."""
    return all(code.isdigit() for code in codes)
