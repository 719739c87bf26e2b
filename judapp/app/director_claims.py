"""Published claims as the director's front page tells them: printed, recomputed, and what to say of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec import Struct

from judapp.app.director_rows import document_text
from judapp.app.progress import ClaimLine
from judapp.messages import bilingual
from judapp.report import overview_sentences as say
from judapp.store.documents import Document
from judapp.text import Bilingual


class Saying(Struct, frozen=True):
    """One thing to say about a claim."""

    verdict: str
    grave: bool
    sentence: Bilingual


class ClaimRow(Struct, frozen=True):
    """A published figure beside what can be reckoned."""

    uid: str
    indicator: str
    name: Bilingual
    printed: Bilingual
    """As published: the value, else the change, else the pair."""
    recomputed: Bilingual
    """At the decimals published; "…" where it cannot be reckoned."""
    pair: Bilingual
    grave: bool
    """Whether it does not hold."""
    brief: Bilingual
    """Why it does not hold, with its name and in one line; blank where it does."""
    sayings: tuple[Saying, ...]
    document: Bilingual
    url: str
    note: str


_CHANGES = {
    "percent": "PRG-change-percent",
    "points": "PRG-change-points",
    "unknown": "PRG-change-unknown",
}
_BRIEF = {
    "truncated": "PRG-brief-truncated",
    "differs": "PRG-brief-differs",
    "fewer_decimals": "PRG-brief-decimals",
    "other_target": "PRG-brief-target",
    "window_mislabelled": "PRG-brief-window",
    "scope": "PRG-brief-scope",
    "change_differs": "PRG-brief-change",
}
"""Why a claim does not hold, by verdict."""


def claims(lines: Iterable[ClaimLine], documents: Mapping[str, Document]) -> tuple[ClaimRow, ...]:
    """Every claim once, with all there is to say; those that do not hold first.

    ``documents`` are those of the file by uid.
    """
    grouped: dict[str, list[ClaimLine]] = {}
    for line in lines:
        grouped.setdefault(line.claim.uid, []).append(line)
    rows = [_row(own, documents) for own in grouped.values()]
    return tuple(sorted(rows, key=lambda row: not row.grave))


def _row(lines: list[ClaimLine], documents: Mapping[str, Document]) -> ClaimRow:
    claim, indicator = lines[0].claim, lines[0].indicator
    ordered = sorted(lines, key=lambda line: not line.judgement.grave)
    sayings = [Saying(line.judgement.verdict, line.judgement.grave, _without_name(line)) for line in ordered]
    document = documents.get(claim.document)
    return ClaimRow(
        uid=claim.uid,
        indicator=indicator.id,
        name=indicator.name,
        printed=_printed(lines[0]),
        recomputed=_recomputed(lines),
        pair=_pair(lines[0]),
        grave=any(saying.grave for saying in sayings),
        brief=_brief(ordered[0]),
        sayings=tuple(sayings),
        document=document_text(document),
        url=document.url or "" if document else "",
        note=claim.note,
    )


def _brief(gravest: ClaimLine) -> Bilingual:
    judgement = gravest.judgement
    if not judgement.grave:
        return say.BLANK
    params = judgement.params
    return bilingual(
        _BRIEF[judgement.verdict],
        name=gravest.indicator.name,
        printed=_printed(gravest),
        recomputed=say.with_unit(say.number(params.get("recomputed")), gravest.indicator),
        months=params.get("months"),
        labelled=params.get("labelled_months"),
    )


def _printed(line: ClaimLine) -> Bilingual:
    claim, indicator = line.claim, line.indicator
    if claim.printed:
        return say.with_unit(say.number(Decimal(claim.printed)), indicator)
    if claim.change:
        return bilingual(_CHANGES[claim.change_kind], change=Decimal(claim.change))
    return _pair(line)


def _pair(line: ClaimLine) -> Bilingual:
    found = [say.number(Decimal(part)) for part in (line.claim.numerator, line.claim.denominator) if part]
    return say.joined("/", found)


def _recomputed(lines: list[ClaimLine]) -> Bilingual:
    found = next((line for line in lines if "exact" in line.judgement.params), None)
    if found is None:
        return say.UNKNOWN
    again = say.number(found.judgement.params["recomputed"])
    if found.judgement.verdict in ("lower_bound", "about"):
        code = "PRG-at-least" if found.judgement.verdict == "lower_bound" else "PRG-about"
        again = bilingual(code, value=again)
    return say.with_unit(again, found.indicator)


def _without_name(line: ClaimLine) -> Bilingual:
    """What is said of a claim, where the indicator's name stands above it."""
    name = line.indicator.name
    return say.typeset(
        Bilingual(
            line.message("vi").removeprefix(f"{name.vi}: "), line.message("en").removeprefix(f"{name.en}: ")
        )
    )
