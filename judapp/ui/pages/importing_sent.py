"""What an import would move of sheets that were handed in, said before it is applied; copies never move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from judapp.ui.pages.importing_reading import Reading
from judapp.ui.session import Session
from judapp.ui.texts import language
from judapp.ui.widgets.basic import Bar

if TYPE_CHECKING:
    from judapp.app.workspace import Workspace


class SentBar(Bar):
    """“3 ô biểu tỉnh sẽ khác bản đã gửi”; hidden where nothing that was sent would move."""

    def __init__(self, session: Session) -> None:
        super().__init__("warning")
        self._session = session
        self._turn = 0

    def look(self, reading: Reading, *, done: bool) -> None:
        """Say it of what was read; nothing once it is applied (``done``)."""
        self.hide()
        self._turn += 1
        if done or not any(row.writes for row in reading.rows):
            return
        found, lang, turn = reading.found, language(), self._turn

        def work(workspace: Workspace) -> str:
            from judapp.app.after_sending import moved_sentence, would_move

            return moved_sentence(would_move(workspace, found), ahead=True).in_language(lang)

        def told(words: str) -> None:
            if turn == self._turn and words:
                self.tell(words)

        self._session.ask(self, work, told, topic="sent")
