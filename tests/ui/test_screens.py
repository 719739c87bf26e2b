"""No scene of the window cuts a text or lays widgets over one another, at any size it is made for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QScrollArea, QWidget

from judapp.ui import texts
from judapp.ui.widgets.basic import Elided

from .scenes import SCENES, stage

SIZES = {
    "1366x768": (1366, 697),
    "1920x1080": (1920, 1009),
    "1920x1080 at 150 %": (1280, 673),
    "1366x768 at 150 %": (911, 465),
}
"""Logical pixels of the window on each screen, without caption and taskbar."""


def shown(root: QWidget) -> Iterator[QWidget]:
    yield root
    for child in root.children():
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow():
            yield from shown(child)


def seen(widget: QWidget, root: QWidget) -> bool:
    """Whether any of it can be seen, or scrolled to."""
    return not widget.visibleRegion().isEmpty()


def cut(widget: QWidget) -> str:
    """What of the widget's text has no room, in words; "" where all of it has."""
    if isinstance(widget, QLabel) and not isinstance(widget, Elided) and widget.text():
        room = widget.contentsRect()
        if widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            if needed > widget.height() + 1:
                return f"“{widget.text()}” needs {needed} high, has {widget.height()}"
            longest = max(
                widget.fontMetrics().horizontalAdvance(word) for word in widget.text().split() or [""]
            )
            if longest > room.width() + 1:
                return f"a word of “{widget.text()}” needs {longest} wide, has {room.width()}"
        else:
            needed = max(widget.fontMetrics().horizontalAdvance(line) for line in widget.text().split("\n"))
            if needed > room.width() + 1:
                return f"“{widget.text()}” needs {needed} wide, has {room.width()}"
            if widget.fontMetrics().height() > widget.height() + 1:
                return f"“{widget.text()}” needs {widget.fontMetrics().height()} high, has {widget.height()}"
    if isinstance(widget, QAbstractButton) and widget.text():
        needed = widget.minimumSizeHint().width()
        if needed > widget.width() + 1 and not widget.toolTip():
            return f"the button “{widget.text()}” needs {needed} wide, has {widget.width()}"
    if isinstance(widget, QLineEdit) and widget.height() < widget.fontMetrics().height():
        return f"the field “{widget.text()}” is {widget.height()} high"
    return ""


def overlaps(parent: QWidget) -> Iterator[str]:
    """Widgets a layout placed over one another."""
    if parent.layout() is None or isinstance(parent, QScrollArea):
        return
    children = [
        child for child in parent.children()
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow() and child.width() > 1
    ]  # fmt: skip
    for at, one in enumerate(children):
        for other in children[at + 1 :]:
            common: QRect = one.geometry().intersected(other.geometry())
            if common.width() > 1 and common.height() > 1:
                yield f"{name_of(one)} lies over {name_of(other)}"


def name_of(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else ""
    return f"{type(widget).__name__} {words}".strip()


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_no_text_is_cut_and_nothing_overlaps(
    looks: QApplication, demo_folder: Path, tmp_path: Path, size: str, lang: str
) -> None:
    texts.speak(lang)
    found = {}
    try:
        with stage(tmp_path, demo_folder / "demo.sqlite", SIZES[size]) as here:
            for name, scene in SCENES.items():
                root = scene(here)
                faults = [fault for w in shown(root) if seen(w, root) and (fault := cut(w))]
                faults += [fault for w in shown(root) for fault in overlaps(w)]
                if root.isWindow() and root.width() > SIZES[size][0]:
                    faults.append(f"it is {root.width()} wide")
                if faults:
                    found[name] = faults
                if root is not here.window:
                    root.close()
    finally:
        texts.speak("vi")
    assert found == {}
