"""Above and below the guided page: the way back, what is worked on, how far one is, and where it goes on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from judapp.ui import theme
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Elided, Label, button

READ, LOOK, TRY = range(3)


class LearnHead(QWidget):
    """Three steps of a blank; a form of the catalogue is not read, so it has two."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        self.back = button("", self.left.emit, "tool", icon="chevron_left", tip=t("LRP-back"))
        row.addWidget(self.back)
        self.name = Elided(t("LRP-label"), "strong")
        row.addWidget(self.name, 1)
        self.steps = [
            Label(t(code), "caption") for code in ("LRP-step-read", "LRP-step-look", "LRP-step-try")
        ]
        self.arrow = Label("▸", "hint")
        """From reading to looking."""
        for made in (self.steps[READ], self.arrow, self.steps[LOOK], Label("▸", "hint"), self.steps[TRY]):
            row.addWidget(made)

    def begin(self, words: str, *, known: bool) -> None:
        """Say what is worked on; ``known``: a form of the catalogue."""
        self.name.say(words)
        for made in (self.steps[READ], self.arrow):
            made.setVisible(not known)
        self.steps[LOOK].setText(t("LRP-step-edit" if known else "LRP-step-look"))
        self.steps[TRY].setText(t("LRP-step-edit-try" if known else "LRP-step-try"))

    def step(self, step: int) -> None:
        """Mark the step one is at."""
        for at, label in enumerate(self.steps):
            theme.role(label, "strong" if at == step else "caption")


class LearnFoot(QWidget):
    """Back, on to the trial, and save; while trying what the trial says."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        self.trial_state = Elided("", "sentence")
        row.addWidget(self.trial_state, 100)
        row.addStretch(1)
        self.go_back = button(t("LRP-go-back"))
        self.try_it = button(t("LRP-try"))
        self.save_it = button(t("LRP-save"), None, "primary")
        for made in (self.go_back, self.try_it, self.save_it):
            row.addWidget(made)

    def step(self, step: int) -> None:
        """Offer what can be done at a step."""
        for made in (self.go_back, self.save_it):
            made.setVisible(step != READ)
        self.try_it.setVisible(step == LOOK)
        self.trial_state.setVisible(step == TRY)
