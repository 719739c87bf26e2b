"""Writing what units were made of, so that nobody's figures are looked for in the wrong place.

A unit that exists over a day carries its own figures over it: whoever asks what a commune was the year before
is given that commune alone. So one that others went into must not be the one it was before.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from judapp.app.unit_list_outcome import MEND, OTHER, Made
from judapp.app.unit_list_register import DAY, Draft
from judapp.domain.unit import Succession
from judapp.store import sheets

if TYPE_CHECKING:
    from judapp.app.unit_list_olds import Old, OldUnits
    from judapp.app.unit_list_plan import Planner
    from judapp.app.unit_list_said import Spot, UnitSaid


def detach(planner: Planner, draft: Draft, last: date, spot: Spot, name: str) -> Draft | None:
    """The time of a unit up to ``last`` as a unit of its own.

    None, and told, where figures of that time stand under it already: they would change hands.
    """
    reported = sheets.find(planner.workspace.file, unit=draft.uid)
    if any(sheet.period.last_day <= last for sheet in reported):
        planner.say("UNL-same-unit", "error", spot, name=name)
        return None
    after = last + DAY
    before = [state for state in draft.states if state.valid_from < after]
    rest = [state for state in draft.states if state.valid_from >= after]
    cut = []
    for state in before:
        if state.valid_to is None or state.valid_to > last:
            rest.append(replace(state, valid_from=after))
            state = replace(state, valid_to=last)
        cut.append(state)
    made = planner.book.add(draft.kind, cut[0])
    made.states, draft.states = cut, sorted(rest, key=lambda state: state.valid_from)
    steps = planner.book.steps
    own = {step for step in steps if step.new == draft.uid and step.on <= last}
    planner.book.steps = (steps - own) | {Succession(step.old, made.uid, step.on) for step in own}
    return made


def write_merger(
    planner: Planner, said: UnitSaid, draft: Draft, olds: OldUnits, day: date
) -> tuple[tuple[Made, ...], bool]:
    """Write what went into a unit; the names of it, and whether anything of that is new."""
    found, known = olds.of(said), list(draft.states)
    names = tuple(Made(old.name, not old.whole_into(said)) for old in found)
    if olds.unclear(said):
        return names, False
    if (later := _goes_on_elsewhere(planner, found, day)) is not None:
        planner.say("UNL-later", "error", said.spot, n=1, name=said.name, known=later, day=day)
        return names, False
    others = [old for old in found if old.draft is not None and old.draft is not draft]
    if others and draft.on(day - DAY) is not None and not _settled(planner, said, draft, found, day):
        return names, False
    book = planner.book
    wanted = {
        Succession(old.draft.uid, draft.uid, day)
        for old in found
        if old.draft is not None and old.draft is not draft
    }
    present = {step for step in book.steps if step.new == draft.uid and step.on == day}
    book.steps = (book.steps - present) | wanted
    return names, wanted != present or draft.states != known


def _goes_on_elsewhere(planner: Planner, found: list[Old], day: date) -> date | None:
    """The day on which what ended before ``day`` goes into a unit by the register, None for none."""
    ended = {old.draft.uid for old in found if old.draft is not None and old.draft.on(day) is None}
    return min((step.on for step in planner.book.steps if step.old in ended and step.on > day), default=None)


def _settled(planner: Planner, said: UnitSaid, draft: Draft, found: list[Old], day: date) -> bool:
    """Whether a person said what the unit was before: the one old unit, mistyped, or another one."""
    last, old = day - DAY, found[0]
    was = draft.on(last)
    assert was is not None  # that is how it came here
    assert old.draft is not None
    alone = len(found) == 1 and old.whole_into(said) and old.draft.new
    choices = (MEND, OTHER) if alone else (OTHER,)
    spot = old.first.spot
    answer = planner.ask("UNL-old-was", spot, choices, name=said.name, known=was.name, old=old.name, day=last)
    if answer == MEND:
        del planner.book.drafts[old.draft.uid]
        planner.book.change(draft, was, replace(was, name=old.name))
        old.draft = draft
    elif answer == OTHER:
        return detach(planner, draft, last, spot, was.name) is not None
    return bool(answer)
