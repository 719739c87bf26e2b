"""A new data file: made from the seeds, for one province."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from judapp.app import seeds
from judapp.app.targeting import SeedTarget, put_seed_target
from judapp.app.workspace import Workspace, today
from judapp.domain.unit import Succession, Unit, UnitState
from judapp.store import calendar as stored_calendar
from judapp.store import forms, measures, units
from judapp.store.database import DataFile
from judapp.store.filesystem import discard
from judapp.store.operations import Writer


def new_file(path: Path, unit_code: str, on: date | None = None, *, practice: bool = False) -> Workspace:
    """Make and open the data file of the province that bears ``unit_code`` on ``on`` (default: today).

    Raises UNT-001 and UNT-002 for a code nobody bears then, DBF-008 where the file exists, and what the disk
    causes; no file is left behind then.
    """
    workspace = Workspace(DataFile.create(path))
    try:
        workspace.apply("new", "Tạo tệp dữ liệu", lambda writer: _fill(writer, practice))
        owner = workspace.units.by_code(unit_code, on or today())
        workspace.apply(
            "new",
            f"Chọn đơn vị chủ tệp: {workspace.units.name(owner.uid, on or today())}",
            lambda writer: _own(writer, owner.uid),
        )
    except BaseException:
        workspace.close()
        discard(path)
        raise
    return workspace


def _own(writer: Writer, uid: str) -> None:
    writer.put("meta", {"key": "owner", "value": uid})


def _fill(writer: Writer, practice: bool) -> None:
    writer.put("meta", {"key": "practice", "value": "1" if practice else "0"})
    put_register(writer, seeds.register())
    for rule in seeds.windows():
        stored_calendar.put_rule(writer, rule)
    for seed in seeds.forms():
        forms.add(writer, seed.raw)
    shipped = seeds.measures()
    for measure in shipped.measures:
        measures.put_measure(writer, measure)
    for order, indicator in enumerate(shipped.indicators):
        measures.put_indicator(writer, indicator, order)
    for target in seeds.targets(SeedTarget):
        put_seed_target(writer, target)


def put_register(writer: Writer, register: seeds.Register) -> None:
    """Write units with their states, successions and clusters."""
    for seed in register.units:
        for state in seed.states:
            units.put_unit(
                writer,
                Unit(
                    seed.uid,
                    seed.kind,
                    (
                        UnitState(
                            date.fromisoformat(state.valid_from),
                            date.fromisoformat(state.valid_to) if state.valid_to else None,
                            state.code,
                            state.name,
                            state.subkind,
                            state.parent,
                        ),
                    ),
                ),
                state.source,
            )
    for step in register.successions:
        units.put_succession(writer, Succession(step.old, step.new, date.fromisoformat(step.on)), step.source)
    for group in register.groups:
        for member in group.members:
            units.put_member(writer, group.group, group.year, member)
