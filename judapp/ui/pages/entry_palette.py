"""What the entry page offers in the command palette: every act of its rows of tools, with its key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from judapp.ui.palette import Act
from judapp.ui.texts import t

if TYPE_CHECKING:
    from judapp.ui.pages.entry import EntryPage


def acts_of_sheet(page: EntryPage) -> list[Act]:
    """The acts on the sheet shown; one that cannot be done now says why."""
    area, head, view = page.area, page.sheet_head, page.view
    none = "" if view is not None else t("SHT-no-sheet")
    locked = none or (t(view.locked, since=view.since) if view is not None and view.locked else "")
    full = locked or ("" if view is not None and view.unanswered else t("SHT-no-open-cell"))
    settled = locked or ("" if area.fills.drafts() else t("SHT-no-draft"))
    printed = locked or ("" if area.rows.own() else t("SHT-row-not-own"))
    final = none or ("" if view is not None and view.estimates else t("SHT-no-estimates"))
    return [
        Act("SHT-act-nil", area.fill_nil, "", full),
        Act("SHT-act-pending", area.fills.pending, "", full),
        Act("SHT-act-draft", area.fills.draft, "", full),
        Act("SHT-act-confirm", area.fills.confirm_all, "", settled),
        Act("SHT-act-add-row", area.rows.add, "F5", locked),
        Act("SHT-act-rename-row", area.rows.rename, "", printed),
        Act("SHT-act-row-up", partial(area.rows.move, -1), "Alt+Shift+↑", printed),
        Act("SHT-act-row-down", partial(area.rows.move, 1), "Alt+Shift+↓", printed),
        Act("SHT-act-remove-row", area.rows.remove, "Ctrl+−", printed),
        Act("SHT-act-printed", partial(area.reading.show_layer, "printed"), "", final),
        Act("SHT-act-estimated", partial(area.reading.show_layer, "estimated"), "", final),
        Act("SHT-act-head", area.room.toggle_head, "Ctrl+Shift+H", none),
        Act("SHT-act-panel", area.room.toggle_panel, "Ctrl+I", none),
        Act("SHT-act-foot", area.notes.reach, "F6", none),
        Act("SHT-act-steps", page.heading.show_steps, "", none),
        Act("SHT-act-form", head.pick, "", none),
        Act("SHT-act-unit", head.pick_unit, "", none),
        Act("SHT-act-submit", page.submit, "", locked),
    ]
