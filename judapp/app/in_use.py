"""Which form versions are in use: sheets that hold something."""

from __future__ import annotations

from judapp.app.workspace import OPEN_STATES, Workspace
from judapp.store import remarks, sheets
from judapp.store.sheets import Sheet as StoredSheet


def sheets_on(workspace: Workspace, version: int) -> list[StoredSheet]:
    """The sheets that use a version: those that hold anything, or were handed in.

    Figures, rows of their own and reasons are something; a sheet that was only opened uses nothing.
    """
    return [
        sheet
        for sheet in sheets.find(workspace.file, form=version)
        if sheet.state not in OPEN_STATES
        or sheets.figures(workspace.file, sheet.id)
        or sheets.own_rows(workspace.file, sheet.id)
        or remarks.of_sheet(workspace.file, sheet.id)
    ]
