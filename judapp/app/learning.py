"""From a ministry's blank to a form of a data file, and a form as one file for other departments."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from judapp.app.in_use import sheets_on
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import (
    Column,
    Evidence,
    Fault,
    Form,
    Level,
    Note,
    Provides,
    Relation,
    Rollup,
    Row,
    Table,
)
from judapp.domain.layout_table import DOTS
from judapp.domain.learned import Learned, Problem
from judapp.domain.lint import decode, lint
from judapp.domain.report_words import circular_day
from judapp.errors import JudappError
from judapp.messages import text
from judapp.store import documents, forms
from judapp.store.forms import StoredForm
from judapp.store.operations import Applied, Writer
from judapp.text import Bilingual, fold

if TYPE_CHECKING:
    from judapp.domain.cell_name import Position
    from judapp.excel.blank import BlankSheet
    from judapp.excel.learn import Hints

_DAY = timedelta(days=1)
_MOST_LEGACY = 0.3
"""Part of the texts that may be in letters of an old font; of more, every label would be wrong."""
_MACRO_SUFFIX = re.compile(r"\.xl[st]m\Z", re.IGNORECASE)
MAX_FORM_FILE = 4 * 2**20
"""Bytes of a definition; the largest of the catalogue has some ten thousands."""


class FaultyForm(JudappError):
    """A definition that cannot be used; ``faults`` are all of them, each with its path."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        told = Bilingual(*("; ".join(_told(self.faults, lang)) for lang in ("vi", "en")))
        super().__init__("LRN-020", count=len(self.faults), faults=told)


def _told(faults: Iterable[Fault], lang: str) -> Iterator[str]:
    for fault in faults:
        yield f"{fault.path}: {text(fault.code, lang, **fault.params).rstrip('.')}"


# --- reading a blank


def learn_blank(path: Path, hints: Hints | None = None) -> Learned:
    """The form of the blank at ``path``, with what was guessed and what only a person can decide.

    Its evidence names the file and its SHA-256. What ``lint`` says of the definition stands among the
    problems. Raises FIL-… and LRN-… for a file that is no blank of a form, LRN-013 for a worksheet it does
    not have, LRN-014 where most of it is typed in TCVN3 or VNI letters.
    """
    from judapp.excel.blank import read_blank
    from judapp.excel.learn import Hints, learn

    found, hints = read_blank(path), hints or Hints()
    names = [sheet.grid.name for sheet in found]
    if hints.sheet and hints.sheet not in names:
        raise JudappError("LRN-013", sheet=hints.sheet, known=", ".join(f"“{name}”" for name in names))
    wanted = [sheet for sheet in found if hints.sheet in ("", sheet.grid.name)]
    legacy = _legacy_letters(path, wanted)
    learned = learn(found, hints)
    if fonts := legacy[learned.sheet]:
        params = {"fonts": ", ".join(sorted(set(fonts.values()))), "count": len(fonts)}
        told = Problem("$", "LRN-015", tuple(fonts), params)
        learned = replace(learned, problems=(told, *learned.problems))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    evidence = Evidence(level="learned", sources=(f"{path.name} (SHA-256 {digest})",))
    return with_faults(replace(learned, form=replace(learned.form, evidence=evidence)))


def _legacy_letters(path: Path, wanted: Sequence[BlankSheet]) -> dict[str, dict[Position, str]]:
    """By worksheet the cells in letters of an old font; raises LRN-014 where those are most of the blank."""
    from judapp.excel.blank import legacy_texts

    found = {sheet.grid.name: legacy_texts(sheet) for sheet in wanted}
    texts = sum(1 for sheet in wanted for _ in sheet.grid.texts())
    if sum(map(len, found.values())) > texts * _MOST_LEGACY:
        fonts = sorted({font for cells in found.values() for font in cells.values()})
        raise JudappError("LRN-014", name=path.name, fonts=", ".join(fonts))
    return found


def with_faults(learned: Learned) -> Learned:
    """The same with the faults of its definition among the problems, but for parts already asked about."""
    asked = {problem.path for problem in learned.problems}
    found = [fault for fault in lint(learned.form) if fault.path not in asked]
    added = [Problem(fault.path, fault.code, params=fault.params) for fault in found]
    return replace(learned, problems=(*learned.problems, *added))


def with_open_points(learned: Learned) -> Form:
    """The form as it may be kept: what nobody has decided yet stands in its evidence."""
    points = (text(problem.code, "vi", **problem.params) for problem in learned.problems)
    evidence = learned.form.evidence
    said = tuple(dict.fromkeys((*evidence.open, *points)))
    return replace(learned.form, evidence=replace(evidence, open=said))


# --- what a form prints


def printed_form(form: Form) -> dict[str, Any]:
    """What a form prints, as ``judapp learn --json`` says it: two forms that print alike give the same.

    Columns are the stubs (kind ``stub``) and leaves, each with the labels above it; of several tables they
    follow each other and name theirs. Deadlines, reporter and receiver are those of the first level.
    """
    level = form.levels[0] if form.levels else Level(level="", reporter="", receiver="")
    several = len(form.tables) > 1
    columns: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    for table in form.tables:
        at = {"table": table.key} if several else {}
        columns += [{**at, **column} for column in _columns(form, table)]
        rows += [{**at, **row} for row in _rows(table.rows, 0)]
    return {
        "number": form.number,
        "circular": form.circular,
        "title": form.title,
        "unit_of_measure": form.unit_of_measure,
        "period_line": form.period_line,
        "reporter": level.reporter,
        "receiver": level.receiver,
        "deadlines": dict(level.deadlines),
        "tables": [{"key": table.key, "title": table.title} for table in form.tables],
        "columns": columns,
        "rows": rows,
        "relations": list(_relations(form)),
        "notes": [_note(note) for note in form.notes],
        "estimate": form.estimate,
        "explanations": list(form.explanations),
        "signatures": [{"title": signer.title, "note": signer.note} for signer in form.signatures],
    }


def _columns(form: Form, table: Table) -> Iterator[dict[str, Any]]:
    for stub in table.stub:
        for path, leaf in _paths(stub, ()):
            yield {"code": leaf.code, "path": path, "unit": None, "kind": "stub"}
    paths = [path for column in table.columns for path, _ in _paths(column, ())]
    for path, leaf in zip(paths, table.leaves, strict=True):
        unit = leaf.unit or (None if leaf.kind == "text" else form.unit_of_measure)
        yield {"code": leaf.code, "path": path, "unit": unit, "kind": leaf.kind}


def _paths(column: Column, above: tuple[str, ...]) -> Iterator[tuple[list[str], Column]]:
    path = (*above, column.label)
    if not column.children:
        yield list(path), column
    for child in column.children:
        yield from _paths(child, path)


def _rows(plans: Iterable[Row], level: int) -> Iterator[dict[str, Any]]:
    for plan in plans:
        own = level + plan.level
        yield {"code": plan.code, "label": plan.label, "level": own, "kind": plan.kind}
        yield from _rows(plan.children, own + 1)


def _relations(form: Form) -> Iterator[dict[str, Any]]:
    """What the form says of its cells; a computed cell is a relation that holds by itself."""
    for rule in form.relations:
        yield {"rule": rule.rule, "status": rule.status, "computed": False}
    for computed in form.computed:
        yield {"rule": computed.rule, "status": computed.status, "computed": True}


def _note(note: Note) -> str:
    said = note.text
    for slot in note.slots:
        said = said.replace("{" + slot.key + "}", DOTS)
    return said


# --- a form as a file


def form_file(form: Form) -> bytes:
    """The definition as one file for other departments: JSON, readable, in the order of its parts."""
    return msgspec.json.format(msgspec.json.encode(form), indent=1) + b"\n"


def write_form_file(form: Form, path: Path, then: Callable[[], object] | None = None) -> None:
    """Write that file at ``path``, and carry out ``then`` before it is put in place: both or none.

    Raises EXP-002 where the folder or file cannot be written, and what ``then`` raises.
    """
    from judapp.excel.output import put_in_place

    put_in_place(path, form_file(form), lambda _: then and then())


def open_form_file(path: Path) -> Form:
    """The form of the file at ``path``. Raises FIL-004, FIL-006, LRN-020, LRN-021."""
    return read_form_file(_bytes_of(path))


def lint_form_file(path: Path) -> list[Fault]:
    """All faults of the file at ``path`` with their paths. Raises FIL-004, FIL-006, LRN-021."""
    return checked_form_file(_bytes_of(path))[1]


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_FORM_FILE + 1)  # one more than may be, so that a larger file is told
    except FileNotFoundError:
        raise JudappError("FIL-004", path=str(path)) from None
    except OSError as error:
        raise JudappError("FIL-006", path=str(path), reason=error.strerror or "") from None


def read_form_file(data: bytes) -> Form:
    """The form of such a file. Raises :class:`FaultyForm` (LRN-020) with all faults and their paths."""
    form, faults = checked_form_file(data)
    if form is None or faults:
        raise FaultyForm(faults)
    return form


def checked_form_file(data: bytes) -> tuple[Form | None, list[Fault]]:
    """The form, as far as its shape is right, and all faults with their paths. Raises LRN-021 (too large)."""
    if len(data) > MAX_FORM_FILE:
        raise JudappError("LRN-021", limit=MAX_FORM_FILE // 2**20)
    form, faults = decode(data)
    return form, faults if form is None else lint(form)


# --- adding it


def add_form(workspace: Workspace, form: Form, blank: bytes | None, name: str) -> Applied:
    """Put a form into the data file as one operation that can be undone; ``name`` is that of its file.

    ``blank`` stays in the file with it, without its macros (an .xls that has some is not kept). A form that
    bears the number of one in the catalogue is a version of that one: an earlier version ends the day before
    it begins, and it ends the day before a later one. Where the catalogue has that very form, its definition
    stays and only gets the blank; another definition of the same circular gives way if nobody has used it,
    and leaves what no paper says (:func:`_with_unprinted`). One that is used stays for its periods where the
    form says a later day of its own to begin. Raises LRN-020 (faults, all of them), LRN-022 (the version it
    would replace is used, and no such day is said).
    """
    faults = lint(form)
    if faults:
        raise FaultyForm(faults)
    others = [v for v in workspace.versions.values() if fold(v.form.number) == fold(form.number)]
    alike = [other for other in others if _prints_alike(other.form, form)]
    # A blank says less than a catalogue knows; a form file says as much.
    known = next((other for other in alike if blank is not None or _rules(other.form) == _rules(form)), None)
    if known is not None:
        return _keep_blank(workspace, known, *_to_keep(blank, name))
    same = [other for other in others if _same_version(other.form, form)]
    followed = [other for other in same if sheets_on(workspace, other.id)]
    for other in followed:
        if form.valid_from <= other.form.valid_from or form.valid_from == circular_day(form.circular):
            circular, since = other.form.circular, other.form.valid_from
            raise JudappError("LRN-022", number=form.number, circular=circular, since=since)
    replaced = [other for other in same if other not in followed]
    for other in same:
        form = _with_unprinted(form, other.form)
    around = [other for other in others if other not in replaced]
    form = _between(form, around, others)
    content, called = _to_keep(blank, name)

    def build(writer: Writer) -> None:
        kept = None if content is None else documents.keep(writer, content, called)
        for other in replaced:
            forms.drop(writer, other.id)
        for other in around:
            if _reaches(other, form):
                forms.close(writer, other.id, form.valid_from - _DAY)
        forms.add(writer, form_file(form), kept)

    return workspace.apply("forms", f"Thêm biểu {form.number}", build)


def _to_keep(blank: bytes | None, name: str) -> tuple[bytes | None, str]:
    """The blank as it is kept and the name that fits it; None for one that is not kept."""
    if blank is None:
        return None, name
    from judapp.excel.macros import without_macros

    content = without_macros(blank)
    return content, name if content == blank else _MACRO_SUFFIX.sub(".xlsx", name)


def _keep_blank(workspace: Workspace, known: StoredForm, blank: bytes | None, name: str) -> Applied:
    def build(writer: Writer) -> None:
        if blank is not None:
            forms.keep_blank(writer, known.id, documents.keep(writer, blank, name))

    return workspace.apply("forms", f"Giữ biểu trống {known.form.number}", build)


def _between(form: Form, around: Iterable[StoredForm], others: Sequence[StoredForm]) -> Form:
    """The form in the family of the others, in force until the next of them begins."""
    if others:
        form = replace(form, family=others[-1].form.family)
    later = [other.form.valid_from for other in around if other.form.valid_from > form.valid_from]
    if later and (form.valid_to is None or form.valid_to >= min(later)):
        form = replace(form, valid_to=min(later) - _DAY)
    return form


def _with_unprinted(form: Form, known: Form) -> Form:
    """The form with what another definition of it knows beyond print, as far as that fits its cells.

    Those are measures, rollups and rules of the ministry's software, and the day it came into force where
    ``form`` has only that of the circular.
    """
    if form.valid_from == circular_day(form.circular):
        form = replace(form, valid_from=known.valid_from, valid_to=form.valid_to or known.valid_to)
    software = tuple(rule for rule in known.relations if rule.status == "software")
    parts: list[tuple[str, Sequence[Relation | Rollup | Provides]]] = [
        ("relations", software),
        ("rollup", known.rollup),
        ("provides", known.provides),
    ]
    for name, candidates in parts:
        for part in candidates:
            present = getattr(form, name)
            more = replace(form, **{name: (*present, part)})
            if _said(part) not in map(_said, present) and not lint(more):
                form = more
    return form


def _said(part: Relation | Rollup | Provides) -> str:
    return part.measure if isinstance(part, Provides) else part.rule


def _prints_alike(one: Form, other: Form) -> bool:
    """Whether two definitions print the same; what follows from it is not compared, nor keys of tables."""
    first, second = (
        printed_form(replace(form, tables=tuple(replace(t, key=str(at)) for at, t in enumerate(form.tables))))
        for form in (one, other)
    )
    return {**first, "relations": None} == {**second, "relations": None}


def _rules(form: Form) -> tuple[object, ...]:
    return form.relations, form.computed, form.rollup, form.provides


def _same_version(one: Form, other: Form) -> bool:
    return fold(one.circular) == fold(other.circular) or one.valid_from == other.valid_from


def _reaches(other: StoredForm, form: Form) -> bool:
    """Whether an earlier version is in force when ``form`` begins."""
    ends = other.form.valid_to
    return other.form.valid_from < form.valid_from and (ends is None or ends >= form.valid_from)
