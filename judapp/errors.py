"""What can go wrong through a person or a file, as codes of the message catalogue."""

from __future__ import annotations

from typing import Any


class JudappError(Exception):
    """A fault of the input or the surroundings: nothing was changed, and a sentence says why.

    ``code`` names a text of ``resources/messages``; ``params`` fill it. Programming faults are never
    raised as this class, so that they stay visible as what they are.
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return f"{self.code} {self.params}" if self.params else self.code
