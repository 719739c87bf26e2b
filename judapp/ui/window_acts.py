"""What the window can do, as the command palette offers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from judapp.ui.pages.base import Page
from judapp.ui.palette import Act
from judapp.ui.texts import language, t

if TYPE_CHECKING:
    from judapp.ui.window import MainWindow


def acts_of(window: MainWindow) -> list[Act]:
    """Every act with its key; one that needs a data file says so while none is open."""
    session = window.session
    none = "" if session.facts is not None else t("WIN-no-file")
    return [
        Act("WIN-act-undo", session.undo, "Ctrl+Z", none),
        Act("WIN-act-redo", session.redo, "Ctrl+Y", none),
        Act("WIN-act-open", window.choose_file),
        Act("WIN-act-new", window.close_file),
        Act("WIN-act-import", lambda: session.show("import"), "", none),
        Act("WIN-act-export", lambda: session.show("export"), "", none),
        Act("WIN-act-add-form", lambda: session.show("forms", add=True), "", none),
        Act("WIN-act-light", lambda: window.show_theme("light")),
        Act("WIN-act-dark", lambda: window.show_theme("dark")),
        Act("WIN-act-contrast", lambda: window.show_theme("contrast")),
        Act("WIN-act-theme", lambda: window.show_theme("system")),
        Act("WIN-act-language", lambda: window.speak("en" if language() == "vi" else "vi")),
        Act("WIN-act-keys", window.show_keys, "F1"),
        *(page.acts() if isinstance(page := window.stack.currentWidget(), Page) else ()),
    ]
