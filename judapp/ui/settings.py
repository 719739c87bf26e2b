"""What the window remembers between two starts: files, sizes, language, theme; never a figure."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths

RECENT = 8
"""Data files remembered."""


def settings() -> QSettings:
    """The settings as a file of their own, so that nothing of the program stays in the registry."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return QSettings(f"{folder}/judapp/window.ini", QSettings.Format.IniFormat)


def recent_files() -> list[Path]:
    """Data files opened last, newest first; those that are gone are left out."""
    found = settings().value("recent", [], list)
    assert isinstance(found, list)
    return [path for name in found if (path := Path(str(name))).is_file()]


def remember_file(path: Path) -> None:
    """Put ``path`` at the top of the files opened last."""
    names = [str(path), *(str(other) for other in recent_files() if other != path)]
    settings().setValue("recent", names[:RECENT])
