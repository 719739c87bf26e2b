"""Keys that come before the cells they are meant for are there: held back in order, then given to them.

Between the wish for another sheet and its coming the old one stands on the screen, and whoever knows the keys
types on. What is typed then is never the old sheet's, and its first key is not lost either.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from msgspec import Struct
from PySide6.QtCore import QEvent, QKeyCombination, QObject
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QShortcut, QShortcutEvent
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from judapp.ui.grid.view import GridView

_TYPE = QEvent.Type
_TYPED = (_TYPE.KeyPress, _TYPE.InputMethod)
_POINTED = (_TYPE.MouseButtonPress, _TYPE.MouseButtonDblClick, _TYPE.ContextMenu)
_HEARD = frozenset((*_TYPED, *_POINTED, _TYPE.Shortcut))


class _Held(Struct):
    """Something that waits for its turn; ``stays``: it is done also where what waits before it is dropped."""

    do: Callable[[], object]
    stays: bool = False


class HeldKeys(QObject):
    """Holds keys, input methods' text and shortcuts back while :attr:`waiting`; clicks do nothing then."""

    def __init__(self, grid: GridView) -> None:
        """``grid`` gets what was held; until :meth:`over` says more, only its own keys are."""
        super().__init__(grid)
        self._grid = grid
        self._scope: QWidget = grid
        self._free: QWidget = grid
        self._held: deque[_Held] = deque()
        self._now: QWidget = grid
        self._composing = False
        self.waiting = False
        """Whether what is typed now is held back."""
        self.barred = False
        """Whether nothing is given even if it is there: another data file is on its way."""

    def over(self, scope: QWidget, free: QWidget) -> None:
        """Hold back what is typed anywhere in ``scope``; in the part ``free`` of it the mouse goes on."""
        self._scope, self._free = scope, free

    @property
    def any(self) -> bool:
        """Whether anything waits."""
        return bool(self._held)

    def begin(self) -> None:
        """Hold back what is typed from now on."""
        if not self.waiting:
            self.waiting = True
            _application().installEventFilter(self)

    def after(self, act: Callable[[], object]) -> bool:
        """Do ``act`` once what is held was given, or was dropped; whether anything is dropped for it.

        Where such an act waits already, what was typed behind it was meant for what is not shown any more.
        """
        kept = next((at for at, held in enumerate(self._held) if held.stays), len(self._held))
        dropped = len(self._held) - kept > 1
        while len(self._held) > kept:
            self._held.pop()
        self._held.append(_Held(act, stays=True))
        return dropped

    def give(self) -> None:
        """What was waited for is shown: type what was held, as far as nothing of it makes it wait again."""
        if self.barred:
            return
        self._end()
        if not self._held:
            return
        self._grid.setFocus()
        before = _over()
        while self._held and not self.waiting:
            self._now = self._target(before)
            self._held.popleft().do()
        if not self._scope.isVisible():
            self._grid.commit()  # as whatever is being typed when its page is left

    def drop(self) -> None:
        """What was waited for does not come: forget what was typed for it, go on with what waits after."""
        if self._composing:
            QGuiApplication.inputMethod().reset()  # else its end would come as a text of its own
        while self._held and not self._held[0].stays:
            self._held.popleft()
        self.give()

    def forget(self) -> None:
        """Forget everything."""
        self.barred = False
        self._held.clear()
        self._end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in _HEARD or not self._scope.isVisible():
            return False
        if isinstance(watched, QShortcut):
            return isinstance(event, QShortcutEvent) and self._hold_shortcut(watched, event)
        if not isinstance(watched, QWidget) or not _within(self._scope, watched):
            return False
        if kind in _POINTED:
            return not _within(self._free, watched)
        event.accept()
        if isinstance(event, QKeyEvent):
            self._hold(_copied_key(event))
        elif isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
            self._hold(_copied_text(event))
        return True

    def _end(self) -> None:
        self.waiting = self._composing = False
        _application().removeEventFilter(self)

    def _hold(self, event: QEvent) -> None:
        self._held.append(_Held(lambda: QApplication.sendEvent(self._now, event)))

    def _hold_shortcut(self, shortcut: QShortcut, event: QShortcutEvent) -> bool:
        """Hold a shortcut of the page, and behind keys that wait also one of the window."""
        owner = shortcut.parent()
        if not isinstance(owner, QWidget) or not _within(owner, self._grid):
            return False
        if not self._held and not _within(self._scope, owner):
            return False
        pressed: QKeyCombination = cast("Any", event.key())[0]  # PySide's types know no index

        def do() -> None:
            # As Qt does it: whoever has the keys by then may take this one for itself, as a field does undo.
            asked = QKeyEvent(_TYPE.ShortcutOverride, pressed.key(), pressed.keyboardModifiers())
            asked.ignore()
            QApplication.sendEvent(self._now, asked)
            if asked.isAccepted():
                key = QKeyEvent(_TYPE.KeyPress, pressed.key(), pressed.keyboardModifiers())
                QApplication.sendEvent(self._now, key)
            else:
                shortcut.activated.emit()

        self._held.append(_Held(do))
        return True

    def _target(self, before: QWidget | None) -> QWidget:
        """Who takes the next key: what the keys given so far opened, else who has the focus on the page."""
        opened = _over()
        if opened is not None and opened is not before:
            return _focused(opened) or opened
        focused = _focused(self._grid.window())
        if focused is not None and self._scope.isVisible() and _within(self._scope, focused):
            return focused
        return self._grid.cells.editor or self._grid


def _over() -> QWidget | None:
    """The menu or dialog that takes the keys of the whole program."""
    return QApplication.activePopupWidget() or QApplication.activeModalWidget()


def _focused(window: QWidget) -> QWidget | None:
    return window.focusWidget()


def _within(whole: QWidget, part: QWidget) -> bool:
    return whole is part or whole.isAncestorOf(part)


def _application() -> QApplication:
    found = QApplication.instance()
    assert isinstance(found, QApplication)  # there are widgets
    return found


def _copied_key(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )


def _copied_text(event: QInputMethodEvent) -> QInputMethodEvent:
    copied = QInputMethodEvent(event.preeditString(), event.attributes())
    copied.setCommitString(event.commitString(), event.replacementStart(), event.replacementLength())
    return copied
