"""What an import says of legacy letters: how many names were made Unicode, and what was left in doubt."""

from __future__ import annotations

from collections.abc import Sequence

from judapp.app.import_candidates import Candidate
from judapp.domain.finding import Finding, Place
from judapp.excel.letters import InUnicode

_MOST = 1_000
"""Texts listed of one worksheet."""


def tell_letters(candidates: Sequence[Candidate], read: Sequence[InUnicode]) -> None:
    """Add to each candidate what was done with the letters of its worksheet (LET-001, LET-002)."""
    for candidate in candidates:
        sheet = next((one for one in read if one.sheet.name == candidate.sheet), None)
        if sheet is None:
            continue
        candidate.letters = sheet.letters[:_MOST]
        for charset in dict.fromkeys(one.charset for one in sheet.letters):
            names = {one.after for one in sheet.letters if one.charset == charset}
            candidate.say("LET-001", "info", charset=charset, names=len(names))
        if sheet.doubts:
            first = sheet.doubts[0]
            place = Place(path=str(candidate.path), sheet=candidate.sheet or None, cell=first.cell)
            params = {"charset": first.charset, "text": first.text, "cells": len(sheet.doubts)}
            candidate.findings.append(Finding("LET-002", "warning", place, params))
