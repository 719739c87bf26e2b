"""Sheets as the entry page shows them once they are whole: opened, and held against others."""

from __future__ import annotations

from judapp.app.grid import look_around, open_sheet
from judapp.app.grid_view import SheetView
from judapp.app.live import LiveSheet
from judapp.app.workspace import Workspace
from judapp.domain.period import Period


def sheet_view(workspace: Workspace, number: str, unit: str, period: Period, lang: str = "vi") -> SheetView:
    return live_sheet(workspace, number, unit, period, lang).view


def live_sheet(workspace: Workspace, number: str, unit: str, period: Period, lang: str = "vi") -> LiveSheet:
    opening = open_sheet(workspace, number, unit, period, lang)
    opening.live.learn(look_around(workspace, opening))
    return opening.live
