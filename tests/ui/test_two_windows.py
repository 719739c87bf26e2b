"""Two windows with one file: what the other one did is shown before Ctrl+Z takes it back."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from judapp.app.entering import enter
from judapp.app.workspace import Workspace
from tests.ui.conftest import settle
from tests.ui.entry_page import Entry, at, entry, text, type_in

__all__ = ["entry"]


def test_ctrl_z_shows_an_act_of_another_window_before_it_takes_it_back(qtbot: QtBot, entry: Entry) -> None:
    page = entry()
    view, session = page.view, page.session
    assert view is not None
    mine, theirs = at(page, "I.1", "3"), at(page, "I.2", "3")
    page.area.grid.go(mine)
    type_in(qtbot, page, "5")
    assert session.facts is not None
    before = text(page, theirs)
    with Workspace.open(session.facts.path) as other:
        enter(other, view.form, other.units[view.unit], view.period, {theirs: "777"})
    with qtbot.waitSignal(session.failed) as told:
        session.undo()
    settle(qtbot, session)
    assert told.args is not None
    assert told.args[0].code == "UND-003"
    assert (text(page, mine), text(page, theirs)) == ("5", "777")
    session.undo()
    settle(qtbot, session)
    assert (text(page, mine), text(page, theirs)) == ("5", before)
