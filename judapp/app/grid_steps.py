"""The way of a sheet from its first figure to the ministry: who did what and when, as far as it is known."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from judapp.app.grid import moment
from judapp.app.grid_view import CHECKED, DRAFT, ERRORS, MISSING, SheetView
from judapp.app.workspace import Workspace
from judapp.domain.period import DEPARTMENT
from judapp.messages import text
from judapp.store import history

Stage = Literal["done", "now", "ahead"]


class Step(Struct, frozen=True):
    """One step: its name, how far it is, and what is known of it."""

    name: str
    stage: Stage
    words: str


def steps_of(workspace: Workspace, view: SheetView, lang: str = "vi") -> tuple[Step, ...]:
    """The steps of the sheet ``view`` shows; those no program records are said to be so."""
    version = workspace.version_for(view.form, view.period)
    stored = workspace.stored(version.id, view.unit, view.period)
    level = workspace.level_of(version.form, workspace.units[view.unit])
    own = level is None or level.level == DEPARTMENT
    entered = history.operations(workspace.file, 1, stored.id) if stored is not None else []
    handed = history.latest(workspace.file, stored.id, "submit") if stored is not None else None
    open_now = view.state in (MISSING, DRAFT, ERRORS, CHECKED)
    if not entered or view.state == MISSING:
        first = text("SHT-step-not-begun", lang)
    else:
        first = text(
            "SHT-step-by", lang, act=entered[0].label, who=entered[0].who, when=moment(entered[0].at)
        )
    judged = text(
        "SHT-step-counts",
        lang,
        errors=view.count("error"),
        explain=view.count("explain"),
        empty=len(view.unanswered),
    )
    sent = text("SHT-step-not-yet", lang)
    if not open_now and handed is not None:
        sent = text("SHT-step-by", lang, act=handed.label, who=handed.who, when=moment(handed.at))
    checked = not open_now or view.state == CHECKED
    steps = [
        Step(text("SHT-step-enter" if own else "SHT-step-receive", lang), _stage(checked, begun=True), first),
        Step(
            text("SHT-step-check", lang),
            _stage(checked, begun=view.state != MISSING),
            text("SHT-step-clean", lang) if checked else judged,
        ),
        Step(
            text("SHT-step-submit" if own else "SHT-step-close", lang),
            _stage(not open_now, begun=view.state == CHECKED),
            sent,
        ),
    ]
    if own:
        beyond = text("SHT-step-beyond", lang)
        steps.append(Step(text("SHT-step-approve", lang), _stage(False, begun=not open_now), beyond))
        steps.append(Step(text("SHT-step-send", lang), "ahead", beyond))
    return tuple(steps)


def _stage(done: bool, *, begun: bool) -> Stage:
    return "done" if done else "now" if begun else "ahead"
