"""A blank while a person looks through what was read: the sheet, every part, what is to be decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from judapp.app import learn_edit
from judapp.app.learn_edit import ACCEPTED, BY_HAND, text_at, under, value_at
from judapp.app.learn_lines import (
    Choice,
    Part,
    cells_words,
    choices_of,
    parts_of,
    place_words,
    rule_words,
    why_of,
    words_for,
)
from judapp.app.learn_picture import LETTERS, ROLE_NAMES, Picture, picture_of, roles_of_rows
from judapp.domain.catalogue import Computed, Fault, Form, Relation, Signature
from judapp.domain.cell_name import Position
from judapp.domain.learned import Learned, Problem, SheetRole
from judapp.domain.lint import lint
from judapp.domain.period import ROUNDS
from judapp.errors import JudappError
from judapp.messages import bilingual, text
from judapp.text import clean

if TYPE_CHECKING:
    from judapp.app.workspace import Workspace
    from judapp.excel.blank import BlankSheet
    from judapp.store.operations import Applied

Rule = TypeVar("Rule", Relation, Computed)

_FILLABLE = b"xl/workbook.xml"
"""Part of the only kind of workbook figures can be put into later; of others the form is drawn."""


class Study(Struct, frozen=True):
    """A blank and all a person said about it so far; every act makes another one."""

    path: Path
    data: bytes
    """The workbook as it is kept with the form."""
    sheets: tuple[BlankSheet, ...]
    learned: Learned
    first: Learned
    """As it was read, before anybody changed anything."""
    picture: Picture
    """The worksheet as it was read."""
    rows: Mapping[int, SheetRole] = field(default_factory=dict)
    """What a person said of rows of the worksheet."""
    edits: tuple[tuple[str, str, str], ...] = ()
    """Path, value before and value after of every edit, so that they outlast reading the blank anew."""
    refused: frozenset[str] = frozenset()
    """Relations a person does not want."""


class Decision(Struct, frozen=True):
    """Something to look at first. ``value`` is what stands there until it is decided."""

    kind: Literal["fault", "problem", "relation"]
    path: str
    words: str
    value: str = ""
    why: str = ""
    choices: tuple[Choice, ...] = ()
    free: bool = False
    """Whether any text may be the answer."""
    grave: bool = False
    """Whether the form cannot be kept before."""
    doubtful: bool = False
    """A relation that does not hold before somebody takes it; the others hold until somebody drops them."""
    cells: tuple[Position, ...] = ()
    where: str = ""
    """The part of the definition and the cells it was read from."""


class LearnView(Struct, frozen=True):
    """All the guided page shows."""

    name: str
    number: str
    sheets: tuple[str, ...]
    picture: Picture
    decisions: tuple[Decision, ...]
    parts: tuple[Part, ...]
    state: str
    """The sentence of state: what is to be decided, how many faults."""
    redrawn: bool
    """Whether the form cannot be filled into this very workbook when it is exported."""
    faults: int


def read(path: Path) -> Study:
    """Read a blank; raises what reading and learning it raise (FIL-…, LRN-…)."""
    from judapp.excel.blank import read_blank

    learned = _learned(path, "", {}, ())
    sheets = tuple(read_blank(path))
    return Study(path, path.read_bytes(), sheets, learned, learned, picture_for(sheets, learned))


def picture_for(sheets: Sequence[BlankSheet], learned: Learned) -> Picture:
    """The worksheet that was read, as it is drawn."""
    sheet = next((sheet for sheet in sheets if sheet.grid.name == learned.sheet), sheets[0])
    return picture_of(sheet, learned)


def read_again(study: Study, sheet: str = "", rows: Mapping[int, SheetRole] | None = None) -> Study:
    """The blank read anew with what was said of its rows, or another worksheet of it.

    Edits are made again where the blank says what it said when they were made. Raises as :func:`read`.
    """
    other = bool(sheet) and sheet != study.learned.sheet
    said = dict(study.rows if rows is None else rows)
    refused: frozenset[str] = frozenset() if other else study.refused
    learned = _learned(study.path, sheet or study.learned.sheet, said, refused)
    picture = picture_for(study.sheets, learned)
    again = replace(
        study, learned=learned, first=learned, picture=picture, rows=said, edits=(), refused=refused
    )
    for path, before, after in () if other else study.edits:
        if text_at(again.learned.form, path) == before:
            again = edit(again, path, after)
    return again


def _learned(path: Path, sheet: str, rows: Mapping[int, SheetRole], refused: Iterable[str]) -> Learned:
    """What a blank says, with the relations it suggests; faults are not among the problems, because they are
    told anew after every change.
    """
    from judapp.excel.learn import Hints

    learned = learn_edit.relearn(path, Hints(sheet=sheet, rows=rows))
    faults = {(fault.path, fault.code) for fault in lint(learned.form)}
    problems = tuple(p for p in learned.problems if (p.path, p.code) not in faults)
    return learn_edit.proposed_anew(replace(learned, problems=problems), refused)


def edit(study: Study, path: str, value: str) -> Study:
    """Another value at a path of the definition; raises LRP-value where it cannot stand there.

    A deadline line nobody could assign is given to the round ``value``; which of two levels a form has is an
    answer about the first; a signer without a title gets one.
    """
    asked = next((p for p in study.learned.problems if p.path == path), None)
    if asked is not None and path.endswith(".deadlines"):
        return _with_deadline(study, asked, value)
    if path == "$.signatures":
        signers = (*study.learned.form.signatures, Signature(title=clean(value)))
        form = replace(study.learned.form, signatures=signers)
        return accept(replace(study, learned=replace(study.learned, form=form)), path)
    if path == "$.levels":
        study = accept(study, path)
        path = "$.levels[0].level"
    before = text_at(study.learned.form, path)
    learned = learn_edit.edit(study.learned, path, value, study.refused)
    return replace(study, learned=learned, edits=(*study.edits, (path, before, value)))


def _with_deadline(study: Study, asked: Problem, round_: str) -> Study:
    left = list(study.learned.problems)
    left.remove(asked)
    rounds = set(study.learned.form.rounds) | {round_}
    study = replace(study, learned=replace(study.learned, problems=tuple(left)))
    study = edit(study, "$.rounds", ",".join(known for known in ROUNDS if known in rounds))
    return edit(study, f"{asked.path}.{round_}", str(asked.params.get("text", "")))


def accept(study: Study, path: str) -> Study:
    """The part at ``path`` is right as it stands."""
    return replace(study, learned=learn_edit.accept(study.learned, path))


def accept_relations(study: Study) -> Study:
    """All proposed relations are right, but for the doubtful ones, which are looked at one by one."""
    for decision in _relations(study.learned, "vi"):
        study = study if decision.doubtful else accept(study, decision.path)
    return study


def remove(study: Study, path: str) -> Study:
    """Without the part at ``path``; a relation is not proposed again."""
    refused = study.refused
    if path.startswith(("$.relations", "$.computed")):
        refused |= {text_at(study.learned.form, path)}
    return replace(study, learned=learn_edit.remove(study.learned, path), refused=refused)


def hint(study: Study, row: int, role: SheetRole | None) -> Study:
    """The blank read again with ``role`` for a row of the worksheet, None leaves it to the program.

    Raises LRP-role-kept where the rows around it do not let it be that, and as :func:`read`.
    """
    rows = {at: held for at, held in study.rows.items() if at != row}
    again = read_again(study, rows=rows if role is None else {**rows, row: role})
    now = roles_of_rows(again.learned).get(row, "unused")
    if role is not None and LETTERS[now] != LETTERS[role]:
        raise JudappError("LRP-role-kept", row=row, role=bilingual(ROLE_NAMES[now]))
    return again


def view(study: Study, lang: str = "vi") -> LearnView:
    """All there is to show of a blank."""
    learned = study.learned
    decisions = sorted(
        (*_faults(learned, lang), *_problems(learned, lang), *_relations(learned, lang)),
        key=lambda decision: (not decision.grave, decision.doubtful),
    )
    grave = sum(decision.grave for decision in decisions)
    return LearnView(
        study.path.name,
        learned.form.number,
        tuple(s.grid.name for s in study.sheets),
        study.picture,
        tuple(decisions),
        parts_of(learned, lang),
        _state(learned.form, len(decisions) - grave, grave, lang),
        _FILLABLE not in study.data,
        len(lint(learned.form)),
    )


def part_at(parts: tuple[Part, ...], cell: Position) -> Part | None:
    """The part that was read at a cell: the one with the fewest cells, of equals not one inside another."""
    found = [part for part in parts if cell in part.cells]
    return min(found, key=lambda part: (len(part.cells), bool(part.above)), default=None)


def finished(study: Study, lang: str = "vi") -> Form:
    """The form as it goes into the catalogue; what nobody decided is said in its evidence."""
    learned = study.learned
    left = (*_problems(learned, lang), *_relations(learned, lang))
    said = tuple(decision.words for decision in left)
    known = study.first.form.evidence.open
    kept = tuple(words for words in learned.form.evidence.open if words not in known)
    evidence = replace(learned.form.evidence, level="learned", open=tuple(dict.fromkeys((*kept, *said))))
    doubted = {guess.path for guess in learned.guesses if guess.sure == "choose"}
    return replace(
        learned.form,
        evidence=evidence,
        relations=_held(learned.form.relations, "$.relations", doubted),
        computed=_held(learned.form.computed, "$.computed", doubted),
    )


def _held(rules: tuple[Rule, ...], path: str, doubted: set[str]) -> tuple[Rule, ...]:
    """Without what only might hold: it does once a person took it."""
    return tuple(rule for at, rule in enumerate(rules) if f"{path}[{at}].rule" not in doubted)


def save(workspace: Workspace, study: Study, lang: str = "vi") -> Applied:
    """Put the form into the catalogue of the data file, its blank with it; raises LRP-faults, DBF-…."""
    from judapp.app.learning import add_form

    faults = len(lint(study.learned.form))
    if faults:
        raise JudappError("LRP-faults", n=faults)
    return add_form(workspace, finished(study, lang), study.data, study.path.name)


def _state(form: Form, left: int, faults: int, lang: str) -> str:
    if not left and not faults:
        columns = sum(len(table.leaves) for table in form.tables)
        rules = len(form.relations) + len(form.computed)
        return text("LRP-state-clean", lang, columns=columns, relations=rules)
    said = [text("LRP-state-left", lang, n=left)] if left else []
    return " · ".join([*said, *([text("LRP-state-faults", lang, n=faults)] if faults else [])])


def _faults(learned: Learned, lang: str) -> Iterator[Decision]:
    asked = {problem.path for problem in learned.problems}
    for fault in lint(learned.form):
        if fault.path in asked:
            continue  # what is asked about that part is what is wrong with it
        path = _blamed(learned.form, fault)
        cells = next((g.cells for g in learned.guesses if g.path == path), ())
        place = place_words(learned.form, path, lang)
        words = ": ".join(filter(None, (place, text(fault.code, lang, **fault.params))))
        yield Decision("fault", path, words, cells=cells, where=cells_words(cells, lang), grave=True)


def _blamed(form: Form, fault: Fault) -> str:
    """The part to mend: of equal column numbers the last one, of a column without a number its own."""
    wanted = fault.params.get("what") or fault.params.get("label")
    if not fault.path.endswith(".columns") or wanted is None:
        return fault.path
    by_name = fault.code == "DEF-008"
    found = [
        part.path
        for part in parts_of(Learned(form, "", {}, (), ()), "vi")
        if part.path.endswith(".label" if not by_name else ".code")
        and under(part.path, fault.path)
        and part.value == wanted
    ]
    if not found:
        return fault.path
    return found[-1] if by_name else found[-1].removesuffix(".label") + ".code"


def _problems(learned: Learned, lang: str) -> Iterator[Decision]:
    faulty = {fault.path for fault in lint(learned.form)}
    for problem in learned.problems:
        value = text_at(learned.form, problem.path)
        choices = tuple(Choice(c, words_for(problem.path, c, lang)) for c in problem.choices)
        if problem.path == "$.rounds":
            choices = choices_of(problem.path, lang)
        yield Decision(
            "problem",
            problem.path,
            why_of(problem, lang),
            value,
            choices=choices,
            free=not choices and _is_plain(learned.form, problem),
            cells=problem.cells,
            where=" · ".join(
                filter(
                    None, (place_words(learned.form, problem.path, lang), cells_words(problem.cells, lang))
                )
            ),
            grave=problem.path in faulty,
        )

    for guess in learned.guesses:
        if guess.path in ("$.relations", "$.computed") and guess.sure == "choose":
            yield Decision(
                "problem",
                guess.path,
                why_of(guess, lang),
                cells=guess.cells,
                where=cells_words(guess.cells, lang),
            )


def _is_plain(form: Form, problem: Problem) -> bool:
    """Whether what stands at a problem is one text, and so can be typed."""
    found = value_at(form, problem.path)
    return (
        problem.path == "$.signatures"
        or found is None
        or isinstance(found, str)
        or hasattr(found, "strftime")
    )


def _relations(learned: Learned, lang: str) -> Iterator[Decision]:
    for guess in learned.guesses:
        path = guess.path
        if not path.startswith(("$.relations", "$.computed")) or guess.code in (BY_HAND, ACCEPTED):
            continue
        rule = text_at(learned.form, f"{path.split(']')[0]}].rule")
        if guess.sure == "sure" or not rule:
            continue
        words = text("LRP-relation-asked", lang, relation=rule_words(learned.form, rule, lang))
        yield Decision(
            "relation",
            path,
            words,
            rule,
            why_of(guess, lang),
            cells=guess.cells,
            where=cells_words(guess.cells, lang),
            doubtful=guess.sure == "choose",
        )
