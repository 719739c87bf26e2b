"""The command about units: who there is on a day, and the department's own list from Excel."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from judapp.cli.answer import Answer, table
from judapp.cli.findings import finding_data, finding_line
from judapp.messages import text

if TYPE_CHECKING:
    from judapp.app.unit_lists import ListPlan
    from judapp.app.workspace import Workspace


def show(lang: str, file: Path, on: date | None) -> Answer:
    """The units on a day."""
    from judapp.app.workspace import Workspace, today

    day = on or today()
    with Workspace.open(file, read_only=True) as workspace:
        entries = _entries(workspace, day)
    return Answer({"on": day.isoformat(), "units": entries}, _listed(entries, lang))


def write_list(lang: str, file: Path, on: date | None, out: Path) -> Answer:
    """The register as a workbook to fill in or correct."""
    from judapp.app.unit_list_template import write_template
    from judapp.app.workspace import Workspace, today

    day = on or today()
    with Workspace.open(file, read_only=True) as workspace:
        write_template(workspace, out, day)
        entries = _entries(workspace, day)
    data = {"on": day.isoformat(), "units": entries, "template": str(out)}
    return Answer(data, [text("UNL-cli-template", lang, path=str(out))])


def import_list(
    lang: str, file: Path, source: Path, on: date | None, answers: tuple[str, ...], *, dry_run: bool
) -> Answer:
    """Preview a list, and write it where nothing in it is unclear."""
    from judapp.app.unit_lists import Options, apply_list, read_and_plan
    from judapp.app.workspace import Workspace, today

    said = {place: choice for place, _, choice in (answer.rpartition("=") for answer in answers)}
    applied = None
    with Workspace.open(file, read_only=dry_run) as workspace:
        plan = read_and_plan(workspace, source, Options(on, said))
        if plan.clear and not plan.empty and not dry_run:
            applied = apply_list(workspace, plan)
        entries = _entries(workspace, max(plan.day, today()))
    data = {
        "on": plan.day.isoformat(),
        "units": entries,
        "sheets": [{"sheet": s.name, "kind": s.kind, "entries": s.entries} for s in plan.sheets],
        "lines": [_line(line) for line in plan.lines],
        "counts": {f"{group}.{what}": n for (group, what), n in sorted(plan.counts().items())},
        "questions": [
            {
                "place": q.key,
                "code": q.code,
                "message": text(q.code, lang, **q.params),
                "choices": list(q.choices),
            }
            for q in plan.questions
        ],
        "findings": [finding_data(f, lang) for f in plan.findings],
        "operation": applied.op_id if applied else None,
        "dry_run": dry_run,
    }
    return Answer(data, _told(plan, lang, applied=applied is not None), not plan.clear)


def _told(plan: ListPlan, lang: str, *, applied: bool) -> list[str]:
    from judapp.app.unit_list_view import counted, group_name, what_name

    lines = [text("UNL-cli-head", lang, path=plan.path, day=plan.day), ""]
    changing = [line for line in plan.lines if line.what != "same"]
    if changing:
        heads = text("UNL-cli-heads", lang).split("|")
        rows = [
            (
                what_name(line.what, lang),
                group_name(line.group, lang),
                line.name,
                "; ".join(text("UNL-part", lang, name=b.name) if b.part else b.name for b in line.before),
                str(line.spot or ""),
            )
            for line in changing
        ]
        lines += [*table(heads, rows), ""]
    for question in plan.questions:
        choices = ", ".join(question.choices)
        lines.append(f"? {question.key}: {text(question.code, lang, **question.params)} ({question.code})")
        lines.append("  " + text("UNL-cli-answer", lang, place=question.key, choices=choices))
    lines += [finding_line(f, lang) for f in plan.findings]
    lines += ["", *counted(plan, lang)]
    if not plan.clear:
        lines.append(text("UNL-unclear", lang, n=plan.errors + len(plan.questions)))
    elif plan.empty:
        lines.append(text("UNL-cli-nothing", lang))
    else:
        lines.append(text("UNL-cli-applied" if applied else "UNL-cli-dry", lang))
    return lines


def _line(line: Any) -> dict[str, Any]:
    return {
        "state": line.what,
        "kind": line.group,
        "name": line.name,
        "before": [{"name": made.name, "part": made.part} for made in line.before],
        "day": line.day.isoformat() if line.day else None,
        "sheet": line.spot.sheet if line.spot else None,
        "cell": line.spot.cell if line.spot else None,
    }


def _entries(workspace: Workspace, day: date) -> list[dict[str, Any]]:
    return [_unit(workspace, unit, day) for unit in workspace.units if workspace.units.state(unit.uid, day)]


def _listed(entries: list[dict[str, Any]], lang: str) -> list[str]:
    rows = [
        (
            e["code"],
            e["name"],
            e["kind"],
            _validity(e["valid_from"], e["valid_to"]),
            "; ".join(f"{p['code']} {p['name']}" for p in e["predecessors"]),
        )
        for e in entries
    ]
    return table(text("CLI-units-heads", lang).split("|"), rows)


def _unit(workspace: Workspace, unit: Any, day: date) -> dict[str, Any]:
    state = workspace.units.state(unit.uid, day)
    assert state is not None  # it exists on that day
    return {
        "code": state.code,
        "name": state.name,
        "kind": unit.kind,
        "subkind": state.subkind,
        "parent": workspace.unit_code(state.parent, day) if state.parent else None,
        "valid_from": state.valid_from.isoformat(),
        "valid_to": state.valid_to.isoformat() if state.valid_to else None,
        "predecessors": [
            {"code": workspace.units.latest(u.uid).code, "name": workspace.units.latest(u.uid).name}
            for u in workspace.units.origins(unit.uid)
        ],
    }


def _validity(start: str, end: str | None) -> str:
    def shown(day: str) -> str:
        return f"{date.fromisoformat(day):%d/%m/%Y}"

    return f"{shown(start)} – {shown(end) if end else '…'}"
