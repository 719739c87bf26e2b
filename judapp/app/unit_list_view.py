"""A plan of a unit list in words: what people read of it on screen and on the command line."""

from __future__ import annotations

from collections import Counter

from judapp.app.unit_list_outcome import (
    ENDED,
    MENDED,
    MERGED,
    NEW,
    ORDER,
    RENAMED,
    SAME,
    UNCLEAR,
)
from judapp.app.unit_lists import OWED, PERSON, ListPlan
from judapp.domain.unit import AGENCY, COMMUNE, NOTARY, ROOM
from judapp.messages import text

_WHAT = {
    NEW: "UNL-what-new",
    RENAMED: "UNL-what-renamed",
    MENDED: "UNL-what-mended",
    MERGED: "UNL-what-merged",
    ENDED: "UNL-what-ended",
    SAME: "UNL-what-same",
    UNCLEAR: "UNL-what-unclear",
}
_GROUPS = {
    COMMUNE: "UNL-group-commune",
    NOTARY: "UNL-group-notary",
    AGENCY: "UNL-group-agency",
    ROOM: "UNL-group-room",
    PERSON: "UNL-group-person",
    OWED: "UNL-group-owed",
}
_ANSWERS = {
    "mend": "UNL-answer-mend",
    "rename": "UNL-answer-rename",
    "other": "UNL-answer-other",
    "split": "UNL-answer-split",
    "keep": "UNL-answer-keep",
    "skip": "UNL-answer-skip",
}


def what_name(what: str, lang: str) -> str:
    """What would become of an entry, in one word."""
    return text(_WHAT[what], lang)


def group_name(group: str, lang: str) -> str:
    """What kind of entry it is."""
    return text(_GROUPS[group], lang)


def answer_name(answer: str, lang: str) -> str:
    """An answer as a button says it."""
    return text(_ANSWERS[answer], lang)


def counted(plan: ListPlan, lang: str) -> list[str]:
    """A line a group: "Xã, phường: 130 mới, 412 đơn vị cũ"."""
    by_group: dict[str, Counter[str]] = {}
    for line in plan.lines:
        by_group.setdefault(line.group, Counter())[line.what] += 1
    lines = []
    for group in _GROUPS:
        if group in by_group:
            parts = [
                f"{by_group[group][what]} {what_name(what, lang)[:1].lower()}{what_name(what, lang)[1:]}"
                for what in ORDER
                if by_group[group][what]
            ]
            lines.append(f"{group_name(group, lang)}: {', '.join(parts)}")
    return lines
