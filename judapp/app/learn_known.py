"""A form of the catalogue on the guided page: changed part by part, saved as a version.

Nothing of a definition is lost: what the page does not show stays as it is, and rules stay until somebody
drops them. A definition that sheets use is never changed: the edited one is a version of its own.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from judapp.app import versions
from judapp.app.desk import period_name
from judapp.app.in_use import sheets_on
from judapp.app.learn_edit import is_proposed, is_structure, offered, text_at
from judapp.app.learn_picture import Picture
from judapp.app.learn_study import Known, Step, Study, picture_for
from judapp.app.learn_view import finished
from judapp.app.workspace import Workspace, today
from judapp.domain.catalogue import Computed, Form, Relation
from judapp.domain.cell_name import Position
from judapp.domain.layout import Heading, layout
from judapp.domain.learned import Guess, Learned, Problem, SheetRole
from judapp.domain.lint import lint
from judapp.domain.period import Period
from judapp.domain.proposing import propose
from judapp.domain.rows import expand
from judapp.domain.shape import plan_of
from judapp.errors import JudappError
from judapp.messages import bilingual
from judapp.store import documents
from judapp.store.operations import Applied
from judapp.text import Bilingual

AS_IS = "LRP-as-is"
"""Why a part stands as it does: the catalogue has it so."""
_DAY = timedelta(days=1)


class _Sheet(Struct, frozen=True):
    """A worksheet as it is looked at."""

    picture: Picture
    roles: Mapping[Position, SheetRole]
    cells: Mapping[str, tuple[Position, ...]]
    """Where parts of the definition stand, by their path."""
    name: str


def open_version(workspace: Workspace, version: int) -> Study:
    """A version of the catalogue to be edited, beside its kept blank, else as it is drawn."""
    stored = workspace.version(version)
    data = documents.read(workspace.file, stored.blank) if stored.blank is not None else b""
    used = len(sheets_on(workspace, version))
    return study_of(stored.form, version, used, data)


def study_of(form: Form, version: int, used: int, blank: bytes = b"") -> Study:
    """A definition as it is edited; without ``blank`` it is drawn."""
    sheet = _looked_at(form, blank) if blank else None
    drawn = sheet is None
    if sheet is None:
        sheet = _drawn(form) or _Sheet(Picture(""), {}, {}, "")
    guesses = tuple(Guess(path, "", AS_IS, "sure", cells) for path, cells in sheet.cells.items())
    problems = tuple(_open_questions(form))
    learned = Learned(form, sheet.name, sheet.roles, guesses, problems)
    known = Known(version, form, used, drawn)
    return Study(Path(form.number), b"", (), learned, learned, sheet.picture, known=known)


def _open_questions(form: Form) -> tuple[Problem, ...]:
    """A form that is not whole asks when it is; what is open stands in its evidence."""
    if form.evidence.level != "incomplete":
        return ()
    params = {"n": len(form.evidence.open)}
    choices = ("verbatim", "partial", "department")
    return (Problem("$.evidence.level", "LRP-incomplete", params=params, choices=choices),)


def _drawn(form: Form) -> _Sheet | None:
    """The form as it prints; None where its rows or columns do not let it be drawn."""
    if any(fault.path.startswith("$.tables") for fault in lint(form)):
        return None
    from judapp.excel.fill import blank

    form = _bare(form)  # rules do not print, and may be at fault
    rows = {table.key: expand(table, lambda _: ()) for table in form.tables}
    return _looked_at(form, blank(layout(form, rows, Heading()), plan_of(form, rows)))


def _looked_at(form: Form, data: bytes) -> _Sheet | None:
    """A workbook of the form and where its parts stand there; None where it cannot be read as one form."""
    from judapp.excel.blank import read_blank
    from judapp.excel.learn import learn

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        path.write_bytes(data)
        try:
            sheets = read_blank(path)
            read = learn(sheets)
        except JudappError:
            return None
    cells = {
        guess.path: guess.cells
        for guess in read.guesses
        if guess.cells and text_at(read.form, guess.path) == text_at(form, guess.path)
    }
    return _Sheet(picture_for(sheets, read), read.roles, cells, read.sheet)


# --- after a step


def followed(study: Study, learned: Learned, step: Step) -> Study:
    """The study with a changed definition: relations its new columns and rows suggest, and how it prints."""
    known = study.known
    assert known is not None  # only such are edited here
    if is_structure(step.path):
        learned = _suggested(learned, known.form, study.refused)
    if known.drawn and (sheet := _drawn(learned.form)) is not None:
        own = tuple(
            replace(guess, cells=sheet.cells.get(guess.path, ()))
            for guess in learned.guesses
            if guess.code != AS_IS
        )
        said = {guess.path for guess in own}
        as_is = tuple(
            Guess(path, "", AS_IS, "sure", cells) for path, cells in sheet.cells.items() if path not in said
        )
        learned = replace(learned, roles=sheet.roles, sheet=sheet.name, guesses=(*own, *as_is))
        study = replace(study, picture=sheet.picture)
    return replace(study, learned=learned)


def _suggested(learned: Learned, before: Form, refused: frozenset[str]) -> Learned:
    """With the relations that the columns and rows suggest only since they were changed; none holds yet."""
    form = learned.form
    waiting = {guess.path for guess in learned.guesses if is_proposed(guess) and guess.sure == "choose"}
    relations, guesses = list[Relation](), list[Guess]()
    for at, relation in enumerate(form.relations):
        path = f"$.relations[{at}].rule"
        if path not in waiting:
            guesses += _renumbered(learned, f"$.relations[{at}]", f"$.relations[{len(relations)}]")
            relations.append(relation)
    computed = list[Computed]()
    for at, rule in enumerate(form.computed):
        path = f"$.computed[{at}].rule"
        if path not in waiting:
            guesses += _renumbered(learned, f"$.computed[{at}]", f"$.computed[{len(computed)}]")
            computed.append(rule)
    known = {*refused, *(relation.rule for relation in relations), *(rule.rule for rule in computed)}
    known |= {proposal.rule for proposal in propose(_bare(before))}
    if not any(fault.path.startswith("$.tables") for fault in lint(form)):
        guesses += offered(_bare(form), known, relations, computed, "choose")
    others = (g for g in learned.guesses if not g.path.startswith(("$.relations[", "$.computed[")))
    form = replace(form, relations=tuple(relations), computed=tuple(computed))
    return replace(learned, form=form, guesses=(*others, *guesses))


def _renumbered(learned: Learned, own: str, now: str) -> list[Guess]:
    return [
        replace(guess, path=now + guess.path.removeprefix(own))
        for guess in learned.guesses
        if guess.path.startswith(f"{own}.")
    ]


def _bare(form: Form) -> Form:
    return replace(form, relations=(), computed=(), rollup=(), provides=())


# --- saving


class EditPlan(Struct, frozen=True):
    """What saving an edited definition would do, before it is done."""

    version: int
    changed: bool
    used: int
    """Sheets on the version as it is; 0: it is replaced, else a new version follows it."""
    rounds: tuple[str, ...]
    period: Period | None = None
    start: date | None = None
    """The first day of the new version; None where it cannot begin with that period."""
    staying: int = 0
    """Sheets of periods the new version serves, which stay on the old one until they are moved."""
    sentences: tuple[Bilingual, ...] = ()


def edit_plan(workspace: Workspace, study: Study, period: Period | None = None) -> EditPlan:
    """What :func:`save_edit` would do, the new version valid from ``period`` on."""
    known = study.known
    assert known is not None  # a version is edited
    stored = workspace.version(known.version)
    form, used = finished(study), sheets_on(workspace, known.version)
    plan = EditPlan(known.version, form != known.form, len(used), form.rounds, period)
    if period is None or not used:
        return plan
    start = workspace.reporting_day(stored.form, period)
    told = [bilingual("LRP-plan-used", n=len(used))]
    last = stored.form.valid_to
    if start <= stored.form.valid_from or (last is not None and start > last):
        day = stored.form.valid_from if start <= stored.form.valid_from else last
        code = "LRP-plan-early" if start <= stored.form.valid_from else "LRP-plan-late"
        return replace(plan, sentences=(*told, bilingual(code, period=period_name(period), day=day)))
    told.append(bilingual("LRP-plan-new", start=start, period=period_name(period), end=start - _DAY))
    staying = sum(start <= workspace.reporting_day(stored.form, sheet.period) for sheet in used)
    told.append(bilingual("LRP-plan-staying", n=staying) if staying else bilingual("LRP-plan-none-staying"))
    return replace(plan, start=start, staying=staying, sentences=tuple(told))


def save_edit(workspace: Workspace, study: Study, start: date | None = None) -> Applied:
    """Put the edited definition into the catalogue as one operation: see :func:`versions.edit_form`.

    ``start``: the first day of a new version. What was changed is told in the sources. Nothing is written
    where nothing was changed. Raises LRP-faults, LRP-changed-meanwhile, FVR-….
    """
    known = study.known
    assert known is not None  # a version is edited
    faults = len(lint(study.learned.form))
    if faults:
        raise JudappError("LRP-faults", n=faults)
    form = finished(study)
    if form == known.form:
        return Applied()
    stored = workspace.versions.get(known.version)
    if stored is None or stored.form != known.form:
        raise JudappError("LRP-changed-meanwhile", form=known.form.number)
    told = f"Sở sửa định nghĩa ngày {today():%d/%m/%Y}"
    sources = form.evidence.sources
    evidence = replace(form.evidence, sources=sources if told in sources else (*sources, told))
    form = replace(form, evidence=evidence, valid_from=start or form.valid_from)
    return versions.edit_form(workspace, known.version, form)


def is_changed(study: Study) -> bool:
    """Whether saving would write anything."""
    return study.known is not None and finished(study) != study.known.form
