"""The clipboard of a grid: the selected cells to a spreadsheet, and from one into the cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from judapp.errors import JudappError

if TYPE_CHECKING:
    from judapp.app.pasting_block import Block
    from judapp.ui.grid.view import GridView

_EXCEL_XML = "XML Spreadsheet"
"""Windows' name of the form that holds exact numbers; Qt puts words of its own around it."""


def copy(view: GridView, *, heads: bool = False) -> bool:
    """The selected cells as a spreadsheet takes them, with ``heads`` under their labels; whether it was done.

    Several rectangles apart from each other are refused, as in Excel: what stands between was not meant.
    """
    from judapp.app.copying import OWN_MIME, copied

    view.commit()
    areas, table = view.areas(), view.sheet.table
    if not areas or table is None:
        return False
    if len(areas) > 1:
        view.refused.emit(JudappError("PST-001"))
        return False
    made = copied(table, areas[0], heads=heads)
    data = QMimeData()
    data.setText(made.text)
    data.setHtml(made.html)
    if made.own:
        data.setData(OWN_MIME, made.own)
    QGuiApplication.clipboard().setMimeData(data)
    return True


def cut(view: GridView) -> None:
    """Copy the selected cells and empty those that may be emptied."""
    if copy(view):
        view.empty()


def paste(view: GridView) -> None:
    """Tell what was copied and the cells it is meant for; the page says where it lands.

    A block is refused for areas apart from each other, one cell is pasted into the cells of all of them.
    """
    from judapp.app.pasting import pasting

    view.commit()
    areas = view.areas()
    if not areas or view.sheet.table is None:
        return
    try:
        asked = pasting(block_in(QGuiApplication.clipboard().mimeData()), areas, view.layer)
    except JudappError as error:
        view.refused.emit(error)
    else:
        view.pasted.emit(asked)


def block_in(data: QMimeData | None) -> Block:
    """The cells on the clipboard.

    Raises ENY-005 (too much), ENY-006 (nothing), PST-002 (a picture), PST-003 (files).
    """
    from judapp.app.copying import OWN_MIME, own_block
    from judapp.app.pasting_block import copied_block

    if data is None:  # nothing was ever copied
        raise JudappError("ENY-006")
    own = own_block(bytes(data.data(OWN_MIME).data())) if data.hasFormat(OWN_MIME) else None
    if own is not None:
        return own
    html = data.html() if data.hasHtml() else ""
    urls = data.urls() if data.hasUrls() and not html else []
    if any(url.isLocalFile() for url in urls):
        raise JudappError("PST-003", n=len(urls))
    exact = next((form for form in data.formats() if _EXCEL_XML in form), "")
    xml = bytes(data.data(exact).data()) if exact else b""
    try:
        return copied_block(data.text() if data.hasFormat("text/plain") else "", html, xml)
    except JudappError as error:
        if error.code == "ENY-006" and data.hasImage():
            raise JudappError("PST-002") from None
        raise
