"""What a worksheet leaves open, as questions with their answers; nothing is chosen beforehand.

An answer is what goes into a :class:`~judapp.app.import_candidates.Decision`, by the names of its fields, or
names what the window opens for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct, field

from judapp.app.import_candidates import NEEDS_MAPPING, UNRECOGNISED, Candidate
from judapp.app.import_evidence import ASKS_PERIOD, ASKS_UNIT, evidence_text
from judapp.app.import_numbers import answer_words, answered, answered_all, scale_findings
from judapp.app.import_preview import SheetPreview, sheet_preview
from judapp.app.import_units import unit_offers
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Form
from judapp.domain.period import Period
from judapp.messages import text, write

Opens = Literal["", "unit", "form", "columns", "period"]
"""What the window opens for an answer that needs more: a list of units, of forms, of periods, the pairing."""

_MOST = 3
"""Suggestions offered as buttons; the list holds the others."""


class Answer(Struct, frozen=True):
    """One way to answer: its words, what is said by it, or what is opened."""

    words: str
    said: Mapping[str, Any] = field(default_factory=dict)
    opens: Opens = ""
    form: str = ""
    """The form the pairing of columns begins with."""
    tip: str = ""


class Question(Struct, frozen=True):
    """A question about one worksheet, with examples of its own cells."""

    kind: str
    words: str
    answers: tuple[Answer, ...] = ()
    examples: tuple[str, ...] = ()
    """Lines that show what is meant, seen when asked for."""
    more: str = ""
    """The words of the button that shows the examples, "" where they are shown at once."""
    remembers: bool = False
    """Whether an answer can hold for the next files of this sender."""


class Looked(Struct, frozen=True):
    """Everything the window shows of one worksheet."""

    position: int
    questions: tuple[Question, ...]
    sheet: SheetPreview | None
    evidence: str
    """Why it was taken as what it is: “Biểu ở ô B2 · đơn vị theo tên tệp · kỳ ở ô A4”."""


def looked_at(
    workspace: Workspace, candidates: Sequence[Candidate], position: int, period: Period, lang: str = "vi"
) -> Looked:
    """The worksheet at ``position`` with what it leaves open; ``period`` is the one imported for."""
    candidate = candidates[position]
    return Looked(
        position,
        tuple(_questions(workspace, candidate, period, lang)),
        sheet_preview(workspace, candidates, position, lang),
        _evidence(candidate, lang),
    )


class FormChoice(Struct, frozen=True):
    """A form a worksheet may be said to be."""

    number: str
    title: str
    reason: str
    """Why it is offered, "" where it is only one of the catalogue."""


def form_choices(
    workspace: Workspace, candidate: Candidate, period: Period, lang: str = "vi"
) -> tuple[FormChoice, ...]:
    """The forms in use in the period of the file, those that fit it first."""
    at = candidate.period or period
    offered = {offer.number: offer.reason(lang) for offer in candidate.offers}
    serving = {
        version.form.number: version.form
        for version in workspace.versions.values()
        if workspace.serves(version.form, at)
    }
    order = {number: place for place, number in enumerate(offered)}
    ranked = sorted(serving, key=lambda number: (order.get(number, len(order)), number))
    return tuple(FormChoice(number, _title(serving[number]), offered.get(number, "")) for number in ranked)


def _title(form: Form) -> str:
    return " ".join(form.title.split())


# inside


def _questions(workspace: Workspace, candidate: Candidate, period: Period, lang: str) -> Iterator[Question]:
    if candidate.status in (UNRECOGNISED, NEEDS_MAPPING):
        yield _form(candidate, lang)
    elif _has(candidate, *ASKS_UNIT):
        yield _unit(workspace, candidate, period, lang)
    elif _has(candidate, *ASKS_PERIOD):
        words = text("IMD-which-period", lang)
        yield Question("period", words, (Answer(text("IMW-choose-period", lang), opens="period"),))
    yield from _points(candidate, lang)
    yield from _scales(candidate, lang)
    yield from _letters(candidate, lang)


def _has(candidate: Candidate, *codes: str) -> bool:
    return any(finding.code in codes for finding in candidate.findings)


def _form(candidate: Candidate, lang: str) -> Question:
    """Which form it is, and which column is which: a form whose columns all fit is taken at once."""
    answers = []
    for offer in candidate.offers[:_MOST]:
        words = text("IMD-offer", lang, name=offer.number, reason=offer.reason(lang))
        if offer.whole and candidate.status == UNRECOGNISED:
            answers.append(Answer(words, {"form": offer.number}, tip=offer.title))
        else:
            answers.append(Answer(words, opens="columns", form=offer.number, tip=offer.title))
    known = candidate.version.form.number if candidate.version else ""
    if candidate.status == NEEDS_MAPPING:
        code, best = "IMD-which-columns", known
    else:
        code, best = "IMD-which-form", candidate.offers[0].number if candidate.offers else ""
    if known and not any(answer.form == known for answer in answers):
        answers.insert(0, Answer(text("IMD-pair-with", lang, form=known), opens="columns", form=known))
    elif best and not answers:
        answers.append(Answer(text("IMD-pair", lang), opens="columns", form=best))
    answers.append(Answer(text("IMD-other-form", lang), opens="form"))
    return Question("form", text(code, lang, form=known), tuple(answers), remembers=True)


def _unit(workspace: Workspace, candidate: Candidate, period: Period, lang: str) -> Question:
    likely = [offer for offer in unit_offers(workspace, candidate, period, lang) if offer.likely]
    answers = [
        Answer(
            text("IMD-offer", lang, name=offer.name, reason=offer.reason) if offer.reason else offer.name,
            {"unit": offer.uid},
        )
        for offer in likely[:_MOST]
    ]
    answers.append(Answer(text("IMD-other-unit" if answers else "IMW-choose-unit", lang), opens="unit"))
    code = ("IMD-which-unit", "IMD-like-unit")[len(likely)] if len(likely) < 2 else "IMD-like-units"
    return Question("unit", text(code, lang, n=len(likely)), tuple(answers), remembers=True)


def _points(candidate: Candidate, lang: str) -> Iterator[Question]:
    """CEL-003: what a point is, once for the file."""
    for finding in candidate.findings:
        if finding.code == "CEL-003":
            params = finding.params
            answers = (
                Answer(write(params["grouped"], lang), {"points": "thousands"}),
                Answer(write(params["decimal"], lang), {"points": "decimals"}),
            )
            cells = text("IMD-points-cells", lang, n=params["cells"], cell=finding.place.cell or "")
            lines = tuple(filter(None, (cells, write(params["hint"], lang))))
            yield Question("points", text("CEL-003", lang, **params), answers, lines)


def _scales(candidate: Candidate, lang: str) -> Iterator[Question]:
    """CMP-002, CMP-005: whether columns are multiplied; several may be answered at once."""
    found = list(scale_findings(candidate))
    if len(found) > 1:
        answers = tuple(
            Answer(text(code, lang, n=len(found)), {"factors": answered_all(candidate, keep=keep)})
            for code, keep in (("IMD-scale-all", False), ("IMD-keep-all", True))
        )
        lines = tuple(text(finding.code, lang, **finding.params) for finding in found)
        more = text("IMD-see-columns", lang, n=len(found))
        yield Question("factors", text("IMD-scales", lang, n=len(found)), answers, lines, more)
    for finding in found if len(found) <= _MOST else ():
        params = finding.params
        table, name = params["table"], params["name"]
        answers = tuple(
            Answer(answer_words(factor, lang), {"factors": answered(candidate, table, name, factor)})
            for factor in (params["factor"], 1)
        )
        cells = text("IMD-scale-cells", lang, n=params["cells"], cell=finding.place.cell or "")
        yield Question("factors", text(finding.code, lang, **params), answers, (cells,))


def _letters(candidate: Candidate, lang: str) -> Iterator[Question]:
    """What was made Unicode: nothing is asked, everything can be looked at."""
    for finding in candidate.findings:
        if finding.code == "LET-001":
            changed = {
                (one.before, one.after): one.cell
                for one in candidate.letters
                if one.charset == finding.params["charset"]
            }
            lines = tuple(f"{cell}: {before} → {after}" for (before, after), cell in changed.items())
            more = text("LET-001", lang, **finding.params)
            yield Question("letters", "", (), lines, more)


def _evidence(candidate: Candidate, lang: str) -> str:
    parts = [
        text(code, lang, where=evidence_text(found, lang))
        for what, code in (
            ("form", "IMD-evidence-form"),
            ("unit", "IMD-evidence-unit"),
            ("period", "IMD-evidence-period"),
        )
        if (found := candidate.evidence.get(what)) is not None
    ]
    return " · ".join(parts)
