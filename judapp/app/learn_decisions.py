"""What a person has to look at first in a definition: faults, open questions, proposed relations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from judapp.app.learn_choices import Choice, choices_of, words_for
from judapp.app.learn_edit import ACCEPTED, BY_HAND, text_at, under, value_at
from judapp.app.learn_lines import cells_words, parts_of, place_words, rule_words, why_of
from judapp.domain.catalogue import Fault, Form
from judapp.domain.cell_name import Position
from judapp.domain.learned import Learned, Problem
from judapp.domain.lint import lint
from judapp.messages import text


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


def faults_of(learned: Learned, lang: str) -> Iterator[Decision]:
    """What is wrong with the definition, but for parts that are asked about."""
    asked = {problem.path for problem in learned.problems}
    for fault in lint(learned.form):
        if fault.path in asked:
            continue  # what is asked about that part is what is wrong with it
        path = _blamed(learned.form, fault)
        cells = next((g.cells for g in learned.guesses if g.path == path), ())
        words = ": ".join(filter(None, (_place(learned.form, path, lang), _wrong(fault, lang))))
        yield Decision("fault", path, words, cells=cells, where=cells_words(cells, lang), grave=True)


def _place(form: Form, path: str, lang: str) -> str:
    """What is at fault; of a rule what it says, because it may say nothing one can read."""
    rule = text_at(form, path) if path.endswith((".rule", ".cells")) else ""
    return text("LRP-rule", lang, rule=rule) if rule else place_words(form, path, lang)


def _wrong(fault: Fault, lang: str) -> str:
    """What is wrong; a form with one table does not speak of tables."""
    if fault.params.get("table") == "":
        if fault.code == "DEF-123":
            return text("LRP-no-column", lang, column=fault.params["column"])
        if fault.code == "DEF-122":
            return text("LRP-no-row", lang, row=fault.params["row"])
    return text(fault.code, lang, **fault.params)


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


def problems_of(learned: Learned, lang: str) -> Iterator[Decision]:
    """What only a person can decide."""
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


def relations_of(learned: Learned, lang: str) -> Iterator[Decision]:
    """Relations that were proposed and nobody has taken or dropped yet."""
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
