"""Lists corrected again and again: the register says what the newest list says, never two units for one."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from judapp.app.commune_names import spelled
from judapp.app.founding import new_file
from judapp.app.safekeeping import verify
from judapp.app.unit_list_outcome import Options
from judapp.app.unit_list_said import ListSaid, OldSaid, Spot, UnitSaid
from judapp.app.unit_lists import apply_list, plan_list
from judapp.app.workspace import Workspace
from judapp.domain.unit import COMMUNE

WORDS = ("An", "Bình", "Công", "Đông", "Hà", "Kỳ", "Lộc", "Lọc", "Minh")
ANSWERS = ("mend", "rename", "other", "split", "keep")


class Commune(Struct, frozen=True):
    name: str
    code: str = ""
    olds: tuple[tuple[str, bool], ...] = ()
    since: date | None = None


def province(dice: random.Random) -> list[Commune]:
    names = dice.sample([f"{a} {b}" for a in WORDS[:4] for b in WORDS], dice.randint(2, 6))
    olds = dice.sample([f"{a} {b} {c}" for a in WORDS[:3] for b in WORDS[:3] for c in WORDS], 3 * len(names))
    coded, made = dice.random() < 0.6, []
    for number, name in enumerate(names):
        full = f"{dice.choice(('Xã', 'Phường'))} {name}"
        parts = tuple((f"Xã {old}", True) for old in olds[3 * number : 3 * number + dice.randint(0, 3)])
        if dice.random() < 0.15:
            parts = ((full, True),)
        code = str(17000 + number) if coded and dice.random() < 0.9 else ""
        made.append(Commune(full, code, parts, date(2025, 7, 1) if dice.random() < 0.1 else None))
    if dice.random() < 0.5:
        divided = (f"Xã Chia {dice.choice(WORDS)}", False)
        for at in dice.sample(range(len(made)), 2):
            made[at] = replace(made[at], olds=(*made[at].olds, divided))
    return made


def corrected(dice: random.Random, former: list[Commune]) -> list[Commune]:
    made = list(former)
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(made))
        own = made[at]
        match dice.randrange(6):
            case 0:
                made[at] = replace(own, name=f"{own.name.rsplit(' ', 1)[0]} {dice.choice(WORDS)}")
            case 1 if own.olds:
                made[at] = replace(own, olds=((f"Xã Mới {dice.choice(WORDS)}", True), *own.olds[1:]))
            case 2 if own.olds:
                to = dice.randrange(len(made))
                made[at] = replace(own, olds=own.olds[:-1])
                made[to] = replace(made[to], olds=(*made[to].olds, own.olds[-1]))
            case 3:
                made[at] = replace(own, code="" if own.code else str(18000 + dice.randrange(9)))
            case 4 if len(made) > 2:
                made.pop(at)
            case 5:
                made.append(Commune(f"Xã Thêm {dice.choice(WORDS)}"))
    return made


def said(communes: list[Commune]) -> ListSaid:
    found = ListSaid("danh sach.xlsx")
    for row, own in enumerate(communes):
        olds = tuple(
            OldSaid(name, Spot("Xã", f"D{10 * row + number}"), whole)
            for number, (name, whole) in enumerate(own.olds)
        )
        spot = Spot("Xã", f"C{row}")
        kind = own.name.split()[0].lower()
        found.units.append(UnitSaid(COMMUNE, own.name, spot, kind, own.code, own.since, None, olds))
    return found


def faults(workspace: Workspace, communes: list[Commune], day: date) -> Iterator[str]:
    """Where the register is not as the list says, or no register at all."""
    units = workspace.units
    for unit in units:
        states = sorted(unit.states, key=lambda state: state.valid_from)
        if any(one.valid_to is None or one.valid_to >= two.valid_from for one, two in pairwise(states)):
            yield f"{states} overlap"
    for own in communes:
        on = own.since or day
        held = [(u, s) for u in units if u.kind == COMMUNE and (s := units.state(u.uid, on))]
        found = [(u, s) for u, s in held if spelled(s.name) == spelled(own.name)]
        if len(found) != 1:
            yield f"{own.name} stands {len(found)} times"
            continue
        [(unit, state)] = found
        if own.code and state.code != own.code:
            yield f"{own.name} has {state.code}, not {own.code}"
        if own.olds:
            begun = [step.on for step in units.successions if step.new == unit.uid] or [
                s.valid_from for s in unit.states if s.valid_from.year > 2020
            ]
            before = min(on, *begun) - timedelta(days=1)
            made_of = {spelled(units.name(old.uid, before)) for old in units.predecessors(unit.uid, before)}
            if made_of != {spelled(name) for name, _ in own.olds}:
                yield f"{own.name} was made of {made_of}"


def test_a_register_says_what_its_newest_list_says(
    place: Path, seed: int, thorough: bool, say: Callable[[str], None]
) -> None:
    dice = random.Random(seed)
    written = unclear = 0
    with new_file(place, "40", date(2026, 6, 1)) as workspace:
        for _ in range(600 if thorough else 12):
            communes, done = province(dice), []
            for _ in range(3):
                if len({spelled(own.name) for own in communes}) == len(communes):
                    on = None if dice.random() < 0.8 else date(2026, 1, 1)
                    options = Options(on, {"": dice.choice(ANSWERS)})
                    plan = plan_list(workspace, said(communes), options)
                    unclear += not plan.clear
                    if plan.clear and not plan.empty:
                        done.append(apply_list(workspace, plan).op_id)
                        written += 1
                        again = plan_list(workspace, said(communes), options)
                        told = [line for line in again.lines if line.what != "same"]
                        assert again.clear and again.empty, (seed, communes, told)  # noqa: PT018
                        assert not list(faults(workspace, communes, plan.day)), (seed, communes)
                communes = corrected(dice, communes)
            for operation in reversed(done):
                workspace.undo(operation)
            assert not [unit for unit in workspace.units if unit.kind == COMMUNE], seed
    assert verify(place, deep=True) == []
    say(f"seed {seed}: {written} lists written, {unclear} refused")
