"""Texts of the window in the language it now speaks."""

from __future__ import annotations

from typing import Any

from judapp.messages import text

_language = "vi"


def language() -> str:
    """The language on screen: ``"vi"`` or ``"en"``."""
    return _language


def speak(lang: str) -> None:
    """Change the language; what is on screen must be made anew afterwards."""
    global _language  # noqa: PLW0603  # one window, one language
    _language = lang


def t(code: str, /, **params: Any) -> str:
    """The text of ``code`` in the language on screen."""
    return text(code, _language, **params)
