"""What can be done with a chart: copy it, save it as a picture or drawing, copy its figures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from judapp.errors import JudappError
from judapp.ui.charts import picture as pictures
from judapp.ui.charts.picture import Picture
from judapp.ui.texts import t


def chart_menu(
    parent: QWidget,
    picture: Callable[[], Picture | None],
    figures: Callable[[], str],
    failed: Callable[[JudappError], object],
) -> QMenu:
    """The menu of a chart; without a picture only its figures can be copied.

    ``figures`` gives them as tab-separated lines with heads; ``failed`` is told why a file was not written.
    """
    menu = QMenu(parent)
    drawn = picture() is not None

    def copy() -> None:
        if (made := picture()) is not None:
            pictures.copy(made)

    def save(suffix: str, write: Callable[[Picture, Path], None]) -> None:
        made = picture()
        if made is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            parent, t("PRG-save-picture"), f"{_plain(made.title)}.{suffix}", f"*.{suffix}"
        )
        if not name:
            return
        path = Path(name)
        try:
            write(made, path if path.suffix else path.with_suffix(f".{suffix}"))
        except JudappError as error:
            failed(error)

    for code, act in (
        ("PRG-copy-picture", copy),
        ("PRG-save-png", lambda: save("png", pictures.save_png)),
        ("PRG-save-svg", lambda: save("svg", pictures.save_svg)),
    ):
        action = menu.addAction(t(code), act)
        action.setEnabled(drawn)
    menu.addAction(t("PRG-copy-figures"), lambda: QGuiApplication.clipboard().setText(figures()))
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def _plain(title: str) -> str:
    """A title as a file name."""
    return "".join(sign if sign.isalnum() or sign in " -" else "" for sign in title).strip()
