"""Changing a definition that was read from a blank: one part at a time, by its path, nothing stored yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args

import msgspec
from msgspec.structs import replace

from judapp.domain.catalogue import Column, Computed, Form, Note, Relation, Row, Slot
from judapp.domain.learned import Guess, Learned, Problem, Sureness
from judapp.domain.lint import lint
from judapp.domain.rows import own_key
from judapp.errors import JudappError
from judapp.text import clean, fold

if TYPE_CHECKING:
    from pathlib import Path

    from judapp.excel.learn import Hints

BY_HAND = "LRP-by-hand"
"""Why a part stands as it does: a person wrote or confirmed it."""
ACCEPTED = "LRP-accepted"

MORE = "[+]"
"""Stands behind the path of a list for the part that may be added to it."""
LINES = " | "
"""Stands for the end of a line where a text of several is edited in one."""

Step = str | int
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\Z")
_STRUCTURE = re.compile(r"\$\.tables\[\d+\]\.(columns|rows)")
_NOTE = re.compile(r"\$\.notes\[\d+\]\.text\Z")
_RULE = re.compile(r"\$\.(?:relations|computed)\[\d+\]")
_SLOT = re.compile(r"\{(\w+)\}")


def steps_of(path: str) -> tuple[Step, ...]:
    """A path of a definition in its steps: ``$.tables[0].title`` is ("tables", 0, "title")."""
    return tuple(name or int(number) for name, number in _STEP.findall(path))


def value_at(form: Form, path: str) -> Any:
    """What stands at a path; None where nothing does."""
    found: Any = form
    for step in steps_of(path):
        if isinstance(found, dict):
            found = found.get(str(step))
        elif isinstance(step, int):
            found = found[step] if isinstance(found, tuple) and step < len(found) else None
        else:
            found = getattr(found, step, None)
    return found


def text_at(form: Form, path: str) -> str:
    """What stands at a path as a person types it, in one line.

    Lines are parted by "|", lists by commas; days are dd/mm/yyyy, nothing is "".
    """
    found = value_at(form, path)
    if isinstance(found, tuple) and all(isinstance(part, str) for part in found):
        return ",".join(found)
    if hasattr(found, "strftime"):
        return f"{found:%d/%m/%Y}"
    if isinstance(found, bool):
        return str(found).lower()
    if found is None or isinstance(found, (tuple, dict, msgspec.Struct)):
        return ""
    return str(found).replace("\n", LINES)


def edit(
    learned: Learned, path: str, value: str, refused: Iterable[str] = (), *, anew: bool = True
) -> Learned:
    """The definition with ``value`` at ``path``; what was asked about that part is answered thereby.

    Relations that were proposed from heads and rows are proposed anew where one of these changes, but for the
    rules ``refused``; those a person accepted stay while they can be read. Without ``anew`` all stay as they
    are. Raises LRP-value where no such value may stand there.
    """
    form = _put(learned.form, path, value)
    if steps_of(path)[-1:] == ("code",):
        form = _named(learned.form, form, path)
    if _NOTE.match(path):
        form = _slotted(form, path)
    made = settled(replace(learned, form=form), path, value)
    rule = _RULE.match(path)
    if rule is not None and path != (own := f"{rule[0]}.rule"):
        made = settled(made, own, text_at(form, own), ACCEPTED)  # who says how it stands has taken it
    return proposed_anew(made, refused) if anew and is_structure(path) else made


def accept(learned: Learned, path: str) -> Learned:
    """The part at ``path`` is right as it was read or proposed."""
    return settled(learned, path, text_at(learned.form, path), ACCEPTED)


def remove(learned: Learned, path: str) -> Learned:
    """The definition without a part of a list: a relation, a note, a signer, a column or row.

    What stood below a head or row takes its place.
    """
    steps = steps_of(path)
    at = next((n for n in range(len(steps) - 1, -1, -1) if isinstance(steps[n], int)), -1)
    if at < 0:
        return edit(learned, path, "")
    own, gone = path_of(steps[: at + 1]), steps[at]
    assert isinstance(gone, int)
    freed = _freed(value_at(learned.form, own))
    form = changed_at(learned.form, steps[:at], lambda items: (*items[:gone], *freed, *items[gone + 1 :]))
    return moved(replace(learned, form=form), _shifted(own, path_of(steps[:at]), gone, len(freed)))


def moved(learned: Learned, kept: Callable[[str], str]) -> Learned:
    """The same with all that is known of its parts at the paths ``kept`` gives; "" forgets it."""
    return replace(
        learned,
        guesses=tuple(replace(g, path=p) for g in learned.guesses if (p := kept(g.path))),
        problems=tuple(replace(q, path=p) for q in learned.problems if (p := kept(q.path))),
    )


def _freed(node: Any) -> tuple[Any, ...]:
    """What stands below a column or row, with what it has from there."""
    if isinstance(node, Column):
        return tuple(
            replace(
                child,
                unit=child.unit or node.unit,
                kind=child.kind or node.kind,
                filled_by=child.filled_by or node.filled_by,
            )
            for child in node.children
        )
    return node.children if isinstance(node, Row) else ()


def relearn(path: Path, hints: Hints) -> Learned:
    """The blank read again with what a person said of its rows; raises what reading it raises."""
    from judapp.app.learning import learn_blank

    return learn_blank(path, hints)


def offered(
    form: Form,
    known: set[str],
    relations: list[Relation],
    computed: list[Computed],
    sure: Sureness | None = None,
) -> list[Guess]:
    """The guesses of what ``form`` proposes beyond the ``known`` rules, each added to the rules of its kind.

    ``sure`` says how sure they all are, None as each proposal says itself.
    """
    from judapp.domain.proposing import propose

    guesses = []
    for proposal in propose(form):
        if proposal.rule in known:
            continue
        known.add(proposal.rule)
        if proposal.what == "computed":
            path = f"$.computed[{len(computed)}].rule"
            computed.append(Computed(rule=proposal.rule, status=proposal.status))
        else:
            path = f"$.relations[{len(relations)}].rule"
            wording = proposal.wording or None
            relations.append(Relation(rule=proposal.rule, status=proposal.status, wording=wording))
        guesses.append(Guess(path, proposal.rule, proposal.code, sure or proposal.sure, (), proposal.params))
    return guesses


def proposed_anew(learned: Learned, refused: Iterable[str] = ()) -> Learned:
    """The definition with the relations its heads, rows and notes suggest now, but for those ``refused``.

    Accepted and hand-made ones, and those printed among the column numbers, come first as long as they are
    free of faults.
    """
    form, refused = learned.form, frozenset(refused)
    bare = replace(form, relations=(), computed=())
    read = {f"{g.path.removesuffix('.rule')}.rule": g for g in learned.guesses if not is_proposed(g)}
    guesses: list[Guess] = []
    relations: list[Relation] = []
    for index, relation in enumerate(form.relations):
        guess = read.get(f"$.relations[{index}].rule")
        if guess is not None and relation.rule not in refused and _sound(bare, relation):
            guesses.append(replace(guess, path=f"$.relations[{len(relations)}].rule"))
            relations.append(relation)
    computed: list[Computed] = []
    for index, rule in enumerate(form.computed):
        guess = read.get(f"$.computed[{index}].rule")
        if guess is not None and rule.rule not in refused and _sound(bare, rule):
            guesses.append(replace(guess, path=f"$.computed[{len(computed)}].rule"))
            computed.append(rule)
    known = {*refused, *(relation.rule for relation in relations), *(rule.rule for rule in computed)}
    guesses += offered(bare, known, relations, computed)
    others = [g for g in learned.guesses if not (_of_rules(g) or is_proposed(g))]
    return replace(
        learned,
        form=replace(form, relations=tuple(relations), computed=tuple(computed)),
        guesses=(*others, *guesses),
    )


def _of_rules(guess: Guess) -> bool:
    return guess.path.startswith(("$.relations[", "$.computed["))


def is_proposed(guess: Guess) -> bool:
    """Whether it is a relation that was proposed from heads, rows or notes."""
    return guess.code.startswith("LRW-rule")


def is_structure(path: str) -> bool:
    """Whether a path leads to a column or row, from which relations follow."""
    return _STRUCTURE.match(path) is not None


def under(path: str, above: str) -> bool:
    """Whether ``path`` is ``above`` or a part of it."""
    return path == above or path.startswith((f"{above}.", f"{above}["))


# inside


def _put(form: Form, path: str, value: str) -> Form:
    steps = steps_of(path)
    try:
        changed: Form = changed_at(form, steps, None, value)
    except (msgspec.ValidationError, LookupError, AttributeError) as error:
        raise JudappError("LRP-value", value=value) from error
    return changed


def changed_at(
    node: Any, steps: Sequence[Step], made: Callable[[Any], Any] | None, value: str = "", kind: Any = None
) -> Any:
    """``node`` with another thing at ``steps``: what ``made`` makes of it, else ``value`` as its type is."""
    if not steps:
        if made is not None:
            return made(node)
        lines = not (isinstance(node, str) and LINES.strip() in node)  # which prints that sign itself
        return _typed(value, kind, lines=lines)
    step, rest = steps[0], steps[1:]
    if isinstance(step, int):
        changed = changed_at(node[step], rest, made, value, _inner(kind))
        return (*node[:step], changed, *node[step + 1 :])
    if isinstance(node, dict):
        if not rest and made is None and not value.strip():
            return {key: held for key, held in node.items() if key != step}
        return {**node, step: changed_at(node.get(step), rest, made, value, str)}
    types = {field.name: field.type for field in msgspec.structs.fields(node)}
    return replace(node, **{step: changed_at(getattr(node, step), rest, made, value, types[step])})


def _inner(kind: Any) -> Any:
    return next(iter(get_args(kind)), str)


def _typed(value: str, kind: Any, *, lines: bool) -> Any:
    parts = value.split(LINES.strip()) if lines else value.split("\n")
    value = "\n".join(line for part in parts if (line := clean(part)))
    if not value and NoneType in get_args(kind):
        return None
    day = _DAY.match(value)
    if day:
        value = f"{day[3]}-{day[2]:0>2}-{day[1]:0>2}"
    if str(kind).startswith("tuple"):
        return msgspec.convert([part for part in value.split(",") if part], kind, strict=False)
    return msgspec.convert(value, kind, strict=False)


def _named(before: Form, form: Form, path: str) -> Form:
    """A column or row has a name of its own where no number is printed, and none besides its first number."""
    steps = steps_of(path)[:-1]
    node = value_at(form, path_of(steps))
    key = node.key
    if isinstance(node, Column) and not node.children and "columns" in steps:
        if node.code and not text_at(before, path):
            key = None
        elif not node.code and node.key is None:
            key = free_column(form, node.label)
    elif isinstance(node, Row) and not node.code and node.key is None and node.kind in _NAMED_ROWS:
        key = free_row(siblings_of(form, steps), node.label)
    named: Form = changed_at(form, steps, lambda held: replace(held, key=key))
    return named if key != node.key else form


_NAMED_ROWS = ("fixed", "group")
"""Kinds of rows whose key is their number where they have no name; totals and repeated rows need none."""


def siblings_of(form: Form, steps: Sequence[Step]) -> tuple[Row, ...]:
    """The rows that stand in one list with the row at ``steps``."""
    found: tuple[Row, ...] = value_at(form, path_of(steps[:-1]))
    return found


def free_column(form: Form, label: str) -> str:
    """A name no column has yet."""
    return _free("_" + _slug(label, "cot"), {leaf.name for table in form.tables for leaf in table.leaves})


def free_row(rows: Iterable[Row], label: str) -> str:
    """A name none of these rows has yet."""
    return _free(_slug(label, "dong"), {own_key(row) for row in rows})


def _slug(label: str, otherwise: str) -> str:
    return re.sub(r"\W+", "_", fold(label)).strip("_")[:24] or otherwise


def _free(words: str, taken: set[str]) -> str:
    return next(
        key for n in range(1, len(taken) + 2) if (key := words + (f"_{n}" if n > 1 else "")) not in taken
    )


def _slotted(form: Form, path: str) -> Form:
    """A note with a slot for every place its words name, those it had as they were."""
    note: Note = value_at(form, path.removesuffix(".text"))
    known = {slot.key: slot for slot in note.slots}
    names = dict.fromkeys(_SLOT.findall(note.text))
    slots = tuple(known.get(name) or Slot(key=name, kind="text") for name in names)
    if {slot.key for slot in slots} == set(known):
        return form
    made: Form = changed_at(form, steps_of(path)[:-1], lambda held: replace(held, slots=slots))
    return made


def settled(learned: Learned, path: str, value: str, code: str = BY_HAND) -> Learned:
    """The same, but what was guessed and asked about a part is known now."""
    former = next((g for g in learned.guesses if g.path == path), None)
    guess = Guess(path, value, code, "sure", former.cells if former else ())
    return replace(
        learned,
        guesses=(*(g for g in learned.guesses if g.path != path), guess),
        problems=tuple(problem for problem in learned.problems if not _answers(path, problem)),
    )


def _answers(path: str, problem: Problem) -> bool:
    return problem.path == path or (not problem.choices and under(path, problem.path))


def _sound(bare: Form, rule: Relation | Computed) -> bool:
    """Whether a rule can still be read over the rows and columns there are now."""
    what = "relations" if isinstance(rule, Relation) else "computed"
    return not any(
        fault.path.startswith(("$.tables", f"$.{what}")) for fault in lint(replace(bare, **{what: (rule,)}))
    )


def path_of(steps: Sequence[Step]) -> str:
    """Steps as a path."""
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)


def _shifted(own: str, items: str, gone: int, freed: int) -> Callable[[str], str]:
    """How paths of a list change when the part ``own`` at ``gone`` leaves it to ``freed`` parts below it.

    "" for its own.
    """
    below = re.compile(re.escape(own) + r"\.children\[(\d+)\]")
    after = shifted(items, gone + 1, freed - 1)

    def place(path: str) -> str:
        child = below.match(path)
        if child is not None:
            return f"{items}[{gone + int(child[1])}]{path[child.end() :]}"
        return "" if under(path, own) else after(path)

    return place


def shifted(items: str, start: int, by: int) -> Callable[[str], str]:
    """How paths change when the parts of the list ``items`` from ``start`` on move by so many places."""
    numbered = re.compile(re.escape(items) + r"\[(\d+)\]")

    def place(path: str) -> str:
        found = numbered.match(path)
        if found is None or int(found[1]) < start:
            return path
        return f"{items}[{int(found[1]) + by}]{path[found.end() :]}"

    return place
