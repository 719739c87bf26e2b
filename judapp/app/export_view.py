"""The sheets of a period as a package to hand on: what can go out, what stands in the way, who signs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from judapp.app.checking import findings_of
from judapp.app.desk import unit_name
from judapp.app.drafts import unconfirmed
from judapp.app.exporting import begun_sheets, form_file
from judapp.app.signing import PLACE_AND_DATE, SIGNERS, place_of_signing, signing_line
from judapp.app.workspace import OPEN_STATES, Workspace
from judapp.domain.catalogue import Form
from judapp.domain.figure import words
from judapp.domain.period import Period
from judapp.domain.resolve import NOTES_TABLE, Resolved
from judapp.domain.unit import PROVINCE
from judapp.messages import bilingual
from judapp.store import sheets as stored_sheets
from judapp.store.operations import Applied, Writer
from judapp.store.sheets import DRAFT, Sheet
from judapp.text import Bilingual, clean, fold

WITH_ERRORS, CHECKED = "errors", "checked"
PREPARER, CHECKER, HEAD = "preparer", "checker", "head"
ROLES = (PREPARER, CHECKER, HEAD)
"""Who signs: người lập biểu, người kiểm tra, and the head whose title differs from form to form."""

NOTHING = Bilingual("", "")
_TITLES = {"nguoi lap": PREPARER, "nguoi kiem tra": CHECKER, "kiem soat": CHECKER}


class SheetToExport(Struct, frozen=True):
    """One sheet that holds figures."""

    id: int
    form: str
    title: str
    unit: str
    """Uid."""
    unit_name: str
    state: str
    """``draft``, ``errors`` (a draft with errors), ``checked`` (a draft that lacks nothing), or its own."""
    errors: int
    unexplained: int
    unanswered: int
    blocks: Bilingual
    """What keeps it from being sent; "" where nothing does."""
    note: Bilingual
    """What the reader of the file will see besides: that it is a draft."""
    evidence: Bilingual
    own: bool
    """Whether the department sends it on; a base unit's sheet is only kept."""
    chosen: bool
    """Whether it belongs into a package unless somebody takes it out."""
    open: bool
    """Whether it may still be signed by others."""
    file: str
    """The name its workbook gets."""
    signed: Mapping[str, str]
    """Signers by role, as they stand in the sheet."""
    place_and_date: str
    """As it is typed: the day alone where the place is the unit's own."""


class Package(Struct, frozen=True):
    """Everything of a period that can be written."""

    period: Period
    sheets: tuple[SheetToExport, ...]
    place_and_date: str
    """What stands in the sheets of the package that may change, "" where they differ."""
    signers: Mapping[str, str]
    place: str
    """Where the first of the sheets is signed, "Nghệ An": what a day alone is completed with."""


def package(workspace: Workspace, period: Period) -> Package:
    """The begun sheets of ``period``: the owner's first, each with what stands in its way."""
    begun = begun_sheets(workspace, period)
    ours = {s.unit for s, _ in begun if s.unit == workspace.owner.uid}
    found = [_line(workspace, stored, resolved, ours) for stored, resolved in begun]
    found.sort(key=lambda sheet: not sheet.own)
    chosen = [sheet for sheet in found if sheet.chosen and sheet.open]
    return Package(
        period,
        tuple(found),
        _shared([sheet.place_and_date for sheet in chosen]),
        {role: _shared([s.signed[role] for s in chosen if role in s.signed]) for role in ROLES},
        place_of_signing(workspace, begun[0][0].unit if begun else workspace.owner.uid, period),
    )


def _line(workspace: Workspace, stored: Sheet, resolved: Resolved, ours: Collection[str]) -> SheetToExport:
    form = resolved.sheet.form
    findings = findings_of(workspace, stored)
    found, drafts = Counter(finding.severity for finding in findings), unconfirmed(findings)
    errors, unexplained, empty = found["error"], found["explain"], len(resolved.unanswered)
    notes = {
        row: f.text or "" for (table, row, _), f in resolved.sheet.figures.items() if table == NOTES_TABLE
    }
    # In a file that holds no sheet of its owner (a demonstration), those of any department are the package.
    own = stored.unit in ours if ours else workspace.units[stored.unit].kind == PROVINCE
    state = stored.state
    if state == DRAFT:
        state = WITH_ERRORS if errors else DRAFT if unexplained or empty or drafts else CHECKED
    return SheetToExport(
        id=stored.id,
        form=form.number,
        title=form.title,
        unit=stored.unit,
        unit_name=unit_name(workspace, stored.unit, stored.period.last_day),
        state=state,
        errors=errors,
        unexplained=unexplained,
        unanswered=empty,
        blocks=_blocks(form, errors, unexplained, empty, drafts) if stored.state == DRAFT else NOTHING,
        note=bilingual("EXW-as-draft") if stored.state == DRAFT else NOTHING,
        evidence=bilingual("EXW-drawn", level=bilingual(f"EVI-{form.evidence.level}")),
        own=own,
        chosen=own and not errors,
        open=stored.state in OPEN_STATES,
        file=form_file(workspace, stored, form.number),
        signed={role: notes.get(f"{SIGNERS}{number}", "") for number, role in _roles(form)},
        place_and_date=_as_typed(
            notes.get(PLACE_AND_DATE, ""), place_of_signing(workspace, stored.unit, stored.period)
        ),
    )


def _blocks(form: Form, errors: int, unexplained: int, empty: int, drafts: int) -> Bilingual:
    """What must be done before the sheet may be sent, in words and figures."""
    if not form.may_be_submitted:
        return bilingual("EXW-incomplete-form")
    told = [
        bilingual(code, n=n)
        for code, n in (
            ("EXW-errors", errors),
            ("EXW-unexplained", unexplained),
            ("EXW-empty", empty),
            ("DRA-count", drafts),
        )
        if n
    ]
    return Bilingual(", ".join(part.vi for part in told), ", ".join(part.en for part in told))


def _roles(form: Form) -> list[tuple[int, str]]:
    """The signers of a form by their number: whoever neither prepares nor checks is the head."""
    return [
        (number, next((role for words, role in _TITLES.items() if words in fold(signer.title)), HEAD))
        for number, signer in enumerate(form.signatures, start=1)
    ]


def _shared(values: Sequence[str]) -> str:
    """What all values are, "" where they differ."""
    return values[0] if values and len(set(values)) == 1 else ""


def replaced(folder: Path, names: Sequence[str]) -> int:
    """How many of the files stand in ``folder`` already and would be replaced."""
    return sum((folder / name).is_file() for name in names)


# --- signing


def sign(
    workspace: Workspace, sheets: Sequence[int], place_and_date: str | None, signers: Mapping[str, str]
) -> Applied:
    """Write who signs, where and when into all ``sheets`` as one act.

    ``place_and_date`` may be a day alone ("18/6/2026"): each sheet gets it with its own place. None, and
    roles that ``signers`` (by :data:`ROLES`) does not name, leave what stands. A submitted sheet keeps its
    signers.
    """
    open_sheets = [s for own in sheets if (s := stored_sheets.get(workspace.file, own)).state in OPEN_STATES]

    def build(writer: Writer) -> None:
        for stored in open_sheets:
            form = workspace.version(stored.form).form
            slots = {f"{SIGNERS}{n}": signers[role] for n, role in _roles(form) if role in signers}
            if place_and_date is not None:
                slots[PLACE_AND_DATE] = signing_line(
                    place_and_date, place_of_signing(workspace, stored.unit, stored.period)
                )
            writer.set_figures(
                stored.id, [(NOTES_TABLE, slot, "", words(clean(text))) for slot, text in slots.items()]
            )

    label = f"Ghi ngày ký, người ký vào {len(open_sheets)} biểu"
    return workspace.apply("set", label, build, touches=[stored.id for stored in open_sheets])


def _as_typed(line: str, place: str) -> str:
    """What :func:`signing_line` makes ``line`` of: the day alone, where the place is known."""
    figures = re.findall(r"\d+", line)[-3:]
    day = "/".join(figure.lstrip("0") for figure in figures)
    return day if signing_line(day, place) == line else line
