"""Qt's own texts in Vietnamese (file dialog, context menus, standard buttons), from resources/qt_vi.json.

Qt is not delivered with Vietnamese. What is not listed stays as Qt has it: names of keys and of paper sizes.
"""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator

from judapp import paths


class QtTexts(QTranslator):
    """Give it to ``QCoreApplication.installTranslator`` while the window speaks Vietnamese."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        written = (paths.resources() / "qt_vi.json").read_bytes()
        self.texts = msgspec.json.decode(written, type=dict[str, dict[str, str]])

    def isEmpty(self) -> bool:
        return False  # else Qt does not ask

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        """The Vietnamese text; none (a null string to Qt, which an empty one is not) leaves Qt's own."""
        del disambiguation, n
        return self.texts.get(context, {}).get(source)  # type: ignore[return-value]  # None: Qt goes on


def speak(lang: str) -> None:
    """Have Qt's own dialogs speak ``lang``, and write numbers and days its way."""
    app = QCoreApplication.instance()
    assert app is not None  # a window needs one
    former = app.findChild(QtTexts)
    if former is not None:
        app.removeTranslator(former)
        former.deleteLater()
    if lang == "vi":
        app.installTranslator(QtTexts(app))
    QLocale.setDefault(QLocale("vi_VN" if lang == "vi" else "en_GB"))
