"""A blank while a person looks through what was read: the sheet, every part, what is to be decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from judapp.app import learn_change, learn_edit
from judapp.app.learn_decisions import Decision, faults_of, problems_of, relations_of
from judapp.app.learn_edit import MORE, is_structure, text_at
from judapp.app.learn_lines import Part, parts_of
from judapp.app.learn_picture import LETTERS, ROLE_NAMES, Picture, roles_of_rows
from judapp.app.learn_study import Step, Study, learned_from, picture_for, read
from judapp.domain.catalogue import Computed, Form, Relation, Signature
from judapp.domain.cell_name import Position
from judapp.domain.learned import Learned, Problem, SheetRole
from judapp.domain.lint import lint
from judapp.domain.period import ROUNDS
from judapp.errors import JudappError
from judapp.messages import bilingual, text
from judapp.text import clean

if TYPE_CHECKING:
    from judapp.app.workspace import Workspace
    from judapp.store.operations import Applied

__all__ = ["Decision", "LearnView", "Step", "Study", "picture_for", "read"]

Rule = TypeVar("Rule", Relation, Computed)

_FILLABLE = b"xl/workbook.xml"
"""Part of the only kind of workbook figures can be put into later; of others the form is drawn."""


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


def read_again(study: Study, sheet: str = "", rows: Mapping[int, SheetRole] | None = None) -> Study:
    """The blank read anew with what was said of its rows, or another worksheet of it.

    Edits are made again where the blank says what it said when they were made. Raises as :func:`read`.
    """
    other = bool(sheet) and sheet != study.learned.sheet
    said = dict(study.rows if rows is None else rows)
    refused: frozenset[str] = frozenset() if other else study.refused
    learned = learned_from(study.path, sheet or study.learned.sheet, said, refused)
    picture = picture_for(study.sheets, learned)
    again = replace(
        study, learned=learned, first=learned, picture=picture, rows=said, edits=(), refused=refused
    )
    for step in () if other else study.edits:
        again = _once_more(again, step)
    return again


def _once_more(study: Study, step: Step) -> Study:
    """The step done again, where what it was done to still says what it said."""
    if _said(study, step.path) != step.before:
        return study
    if step.act == "set":
        return edit(study, step.path, step.value)
    if step.act == "drop":
        return remove(study, step.path)
    try:
        return (insert if step.act == "insert" else edit)(study, step.path, step.value)
    except JudappError:
        return study  # the list it was added to is gone


def _said(study: Study, path: str) -> str:
    """What stands at a path, or what the column or row there is called."""
    form = study.learned.form
    return text_at(form, path) or text_at(form, f"{path}.label")


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
    before, known = study.learned, study.known is not None
    if path.endswith(MORE):
        learned, made = learn_change.add(before, path, value)
        return _done(study, learned, Step("add", path, "", value)) if made else study
    learned = learn_edit.edit(before, path, value, study.refused, anew=not known)
    if known and is_structure(path):
        learned = replace(learned, form=learn_change.renamed(before.form, learned.form))
    return _done(study, learned, Step("set", path, text_at(before.form, path), value))


def insert(study: Study, path: str, label: str) -> Study:
    """Another column or row called ``label`` after the one at ``path``."""
    learned, _ = learn_change.insert(study.learned, path, label)
    return _done(study, learned, Step("insert", path, _said(study, path), label))


def _done(study: Study, learned: Learned, step: Step) -> Study:
    """The study after a step, with what follows from it: other proposals, another drawing."""
    if study.known is not None:
        from judapp.app.learn_known import followed

        return followed(replace(study, edits=(*study.edits, step)), learned, step)
    if is_structure(step.path) and step.act != "set":
        learned = learn_edit.proposed_anew(learned, study.refused)
    return replace(study, learned=learned, edits=(*study.edits, step))


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
    for decision in relations_of(study.learned, "vi"):
        study = study if decision.doubtful else accept(study, decision.path)
    return study


def remove(study: Study, path: str) -> Study:
    """Without the part at ``path``; a relation is not proposed again."""
    refused = study.refused
    if path.startswith(("$.relations", "$.computed")):
        refused |= {text_at(study.learned.form, path)}
    step = Step("drop", path, _said(study, path))
    return _done(replace(study, refused=refused), learn_edit.remove(study.learned, path), step)


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
        (*faults_of(learned, lang), *problems_of(learned, lang), *relations_of(learned, lang)),
        key=lambda decision: (not decision.grave, decision.doubtful),
    )
    grave = sum(decision.grave for decision in decisions)
    own = study.known
    return LearnView(
        study.path.name,
        learned.form.number,
        tuple(s.grid.name for s in study.sheets),
        study.picture,
        tuple(decisions),
        parts_of(learned, lang, known=own is not None, dated=own is None or not own.sheets),
        _state(learned.form, len(decisions) - grave, grave, lang),
        own is None and _FILLABLE not in study.data,
        len(lint(learned.form)),
    )


def part_at(parts: tuple[Part, ...], cell: Position) -> Part | None:
    """The part that was read at a cell: the one with the fewest cells, of equals not one inside another."""
    found = [part for part in parts if cell in part.cells]
    return min(found, key=lambda part: (len(part.cells), bool(part.above)), default=None)


def finished(study: Study, lang: str = "vi") -> Form:
    """The form as it goes into the catalogue; what nobody decided is said in the evidence of a new one."""
    learned = study.learned
    if study.known is not None:
        return _without_doubted(learned)
    left = (*problems_of(learned, lang), *relations_of(learned, lang))
    said = tuple(decision.words for decision in left)
    known = study.first.form.evidence.open
    kept = tuple(words for words in learned.form.evidence.open if words not in known)
    evidence = replace(learned.form.evidence, level="learned", open=tuple(dict.fromkeys((*kept, *said))))
    return _without_doubted(replace(learned, form=replace(learned.form, evidence=evidence)))


def _without_doubted(learned: Learned) -> Form:
    doubted = {guess.path for guess in learned.guesses if guess.sure == "choose"}
    form = learned.form
    return replace(
        form,
        relations=_held(form.relations, "$.relations", doubted),
        computed=_held(form.computed, "$.computed", doubted),
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
