"""Facts of the panel beside the grid, in two columns: names, which may lead somewhere, and figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from judapp.ui import theme


class Fact(Struct, frozen=True):
    """A name and what it is; a ``link`` makes the name lead somewhere, ``under`` is said below it."""

    name: str
    value: str
    link: Callable[[], object] | None = None
    strong: bool = False
    inset: bool = False
    """Whether it is a part of the one above."""
    under: str = ""


class Facts(QLabel):
    """Facts one below the other, names left, figures right; long names wrap, links are reached with Tab.

    One label and not many: a panel is made anew whenever the active cell rests.
    """

    def __init__(self, facts: Iterable[Fact], name: str = "") -> None:
        super().__init__()
        theme.role(self, "facts")
        self.facts = tuple(facts)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        flags = Qt.TextInteractionFlag.TextSelectableByMouse
        if any(fact.link for fact in self.facts):
            flags |= (
                Qt.TextInteractionFlag.LinksAccessibleByMouse
                | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
            )
        self.setTextInteractionFlags(flags)
        self.linkActivated.connect(self.follow)
        self.setText(_table(self.facts))
        said = "; ".join(f"{fact.name}: {fact.value}" for fact in self.facts)
        self.setAccessibleName(f"{name}. {said}" if name else said)

    def follow(self, link: str) -> None:
        """Go where the fact number ``link`` leads."""
        act = self.facts[int(link)].link
        if act is not None:
            act()


def _table(facts: tuple[Fact, ...]) -> str:
    """The facts as Qt's rich text: a table is the one way to wrap names beside figures that stand right."""
    own = theme.tokens()
    rows = []
    for at, fact in enumerate(facts):
        name = escape(fact.name)
        if fact.link is not None:
            name = f'<a href="{at}" style="color:{own.accent.name()}">{name}</a>'
        indent = "&nbsp;&nbsp;" if fact.inset else ""
        value = escape(fact.value).replace(" ", "&nbsp;") if len(fact.value) < _SHORT else escape(fact.value)
        shown = f'<span style="color:{own.text.name()}">{value}</span>'
        if fact.strong:
            shown = f"<b>{shown}</b>"
        rows.append(
            f'<tr><td style="padding-right:8px">{indent}{name}</td><td align="right">{shown}</td></tr>'
        )
        if fact.under:
            rows.append(f'<tr><td colspan="2" align="right">{escape(fact.under)}</td></tr>')
    return f'<table width="100%" cellspacing="0" cellpadding="1">{"".join(rows)}</table>'


_SHORT = 24
"""Letters a figure or state may have that is not broken over lines."""
