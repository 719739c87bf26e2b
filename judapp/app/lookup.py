"""What a person may look for by name: the forms of a period."""

from __future__ import annotations

from dataclasses import dataclass

from judapp.app.workspace import Workspace
from judapp.domain.period import Period


@dataclass(frozen=True, slots=True)
class FormChoice:
    """A form that serves a period."""

    number: str
    title: str
    area: str


def forms_for(workspace: Workspace, period: Period) -> tuple[FormChoice, ...]:
    """The forms a sheet of ``period`` may be on, by area and number."""
    found = {
        version.form.number: FormChoice(version.form.number, version.form.title, version.form.area)
        for version in workspace.versions.values()
        if workspace.serves(version.form, period)
    }
    return tuple(sorted(found.values(), key=lambda form: (form.area, form.number)))
