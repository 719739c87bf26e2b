"""What was read from a blank, part by part: what it is called, where it was read, how sure it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeVar

from msgspec import Struct

from judapp.app.learn_edit import text_at, under
from judapp.domain.catalogue import Column, ColumnKind, Form, RelationStatus, Row, RowKind
from judapp.domain.cell_name import Position, address
from judapp.domain.expression.explain import explain
from judapp.domain.expression.parser import ExpressionError, parse
from judapp.domain.learned import Guess, Learned, Problem, Sureness
from judapp.domain.lint import lint, sample_plan
from judapp.domain.names import SheetNames
from judapp.domain.period import BASE, DEPARTMENT
from judapp.messages import text

Section = Literal["form", "columns", "rows", "below", "relations"]
Editor = Literal["text", "choice", "none"]

SECTIONS: Mapping[Section, str] = {
    "form": "LRP-section-form",
    "columns": "LRP-section-columns",
    "rows": "LRP-section-rows",
    "below": "LRP-section-below",
    "relations": "LRP-section-relations",
}
COLUMN_KINDS: Mapping[ColumnKind, str] = {
    "count": "LRP-kind-count",
    "money": "LRP-kind-money",
    "decimal": "LRP-kind-decimal",
    "average": "LRP-kind-average",
    "rate": "LRP-kind-rate",
    "text": "LRP-kind-text",
}
ROW_KINDS: Mapping[RowKind, str] = {
    "fixed": "LRP-row-fixed",
    "total": "LRP-row-total",
    "group": "LRP-row-group",
    "unit": "LRP-row-unit",
    "free": "LRP-row-free",
}
UNIT_KINDS: Mapping[str, str] = {
    "nation": "LRP-unit-nation",
    "province": "LRP-unit-province",
    "cluster": "LRP-unit-cluster",
    "commune": "LRP-unit-commune",
    "notary": "LRP-unit-notary",
    "agency": "LRP-unit-agency",
    "thads": "LRP-unit-thads",
    "room": "LRP-unit-room",
}
STATUSES: Mapping[RelationStatus, str] = {
    "printed": "LRP-status-printed",
    "inferred": "LRP-status-inferred",
    "software": "LRP-status-software",
    "department": "LRP-status-department",
}
_COLUMN_FIELDS = {
    "label": "LRP-field-label",
    "code": "LRP-field-code",
    "kind": "LRP-field-kind",
    "unit": "LRP-field-unit",
}
_ROW_FIELDS = {
    "label": "LRP-row-field-label",
    "code": "LRP-row-field-code",
    "kind": "LRP-row-field-kind",
    "unit_kind": "LRP-row-field-unit-kind",
    "heading": "LRP-row-field-heading",
    "unit": "LRP-field-unit",
}
_ROW_KIND_OF = {"unit_kind": "unit", "heading": "group"}
"""Fields that only rows of one kind have."""
_HEADINGS = {"true": "LRP-heading-yes", "false": "LRP-heading-no"}
_ROUNDS = ("H1,Y1,Y", "Y1,Y", "H1,Y", "Y")
_HEAD = (
    ("number", "LRP-number"),
    ("circular", "LRP-circular"),
    ("title", "LRP-title"),
    ("area", "LRP-area"),
    ("valid_from", "LRP-valid-from"),
    ("rounds", "LRP-rounds"),
    ("unit_of_measure", "LRP-unit-of-measure"),
    ("period_line", "LRP-period-line"),
)
_DEADLINES = {"H1": "LRP-deadline-H1", "Y1": "LRP-deadline-Y1", "Y": "LRP-deadline-Y"}
_ROUND_NAMES = {"H1": "LRP-round-H1", "Y1": "LRP-round-Y1", "Y": "LRP-round-Y"}
_LEVELS = {BASE: "LRP-level-base", DEPARTMENT: "LRP-level-department"}
_WORST: Sequence[Sureness] = ("choose", "likely", "sure")
_CELLS_SAID = 3


class Choice(Struct, frozen=True):
    """A value that may stand somewhere, and what it is called."""

    value: str
    words: str


class Part(Struct, frozen=True):
    """One part of the definition. ``above`` is the path of the part it is shown under, "" for none."""

    path: str
    section: Section
    label: str
    value: str
    """As it is edited."""
    shown: str
    editor: Editor = "text"
    choices: tuple[Choice, ...] = ()
    above: str = ""
    removable: bool = False
    where: str = ""
    cells: tuple[Position, ...] = ()
    why: str = ""
    sure: Sureness | Literal[""] = ""
    """ "" where it was neither read nor asked about."""
    asked: bool = False
    """Whether Enter confirms it: it was proposed, or is not sure."""


def parts_of(learned: Learned, lang: str) -> tuple[Part, ...]:
    """Every part of the definition, in the order it is printed."""
    return tuple(_Parts(learned, lang).all())


def choices_of(path: str, lang: str) -> tuple[Choice, ...]:
    """The values a part may have by its place; empty where any text may stand."""
    field = path.rsplit(".", 1)[-1]
    if field == "kind":
        kinds: Mapping[str, str] = COLUMN_KINDS if ".columns[" in path else ROW_KINDS  # type: ignore[assignment]  # of words
        return tuple(Choice(kind, text(code, lang)) for kind, code in kinds.items())
    if field == "unit_kind":
        return tuple(Choice(kind, text(code, lang)) for kind, code in UNIT_KINDS.items())
    if field == "heading":
        return tuple(Choice(value, text(code, lang)) for value, code in _HEADINGS.items())
    if field in ("level", "levels"):
        return tuple(Choice(value, text(code, lang)) for value, code in _LEVELS.items())
    if field == "deadlines":
        return tuple(Choice(value, text(code, lang)) for value, code in _ROUND_NAMES.items())
    if field == "rounds":
        return tuple(Choice(value, _rounds(value, lang)) for value in _ROUNDS)
    return ()


def words_for(path: str, value: str, lang: str) -> str:
    """What a value is called where it stands."""
    known = {choice.value: choice.words for choice in choices_of(path, lang)}
    return known.get(value) or (_rounds(value, lang) if path == "$.rounds" else value)


def why_of(guess: Guess | Problem, lang: str) -> str:
    """Why something was read so, or is asked, in words."""
    return text(guess.code, lang, **guess.params)


def place_words(form: Form, path: str, lang: str) -> str:
    """What a path of the definition is to people: "Cột (2)", "Dòng I", "Biểu số"."""
    for part in _Parts(Learned(form, "", {}, (), ()), lang).all():
        if part.path == path or (part.above == "" and under(path, part.path)):
            return part.label
    return ""


def rule_words(form: Form, rule: str, lang: str) -> str:
    """A relation as a sentence; as it stands where it cannot be read."""
    try:
        node = parse(rule)
        return explain(node, SheetNames(sample_plan(form)), lang)
    except (ExpressionError, KeyError):
        return rule


def cells_words(cells: Sequence[Position], lang: str) -> str:
    """Where something was read: "ô A4", "ô C5, D5 …"."""
    if not cells:
        return ""
    named = ", ".join(address(cell) for cell in cells[:_CELLS_SAID])
    return text("LRP-cell", lang, cell=named + (" …" if len(cells) > _CELLS_SAID else ""))


def _rounds(value: str, lang: str) -> str:
    return (
        ", ".join(text(_ROUND_NAMES[part], lang) for part in value.split(",") if part in _ROUND_NAMES)
        or value
    )


class _Parts:
    """Walks through one definition."""

    def __init__(self, learned: Learned, lang: str) -> None:
        self.form, self.lang = learned.form, lang
        self.guesses = _by_owner(learned.guesses)
        self.asked = _by_owner(learned.problems)
        self.sound = not any(fault.path.startswith("$.tables") for fault in lint(learned.form))

    def all(self) -> Iterator[Part]:
        yield from self._head()
        for at, table in enumerate(self.form.tables):
            path = f"$.tables[{at}]"
            if len(self.form.tables) > 1:
                yield self._part(f"{path}.title", "columns", self._t("LRP-table-title", n=at + 1))
            yield from self._columns(table.columns, f"{path}.columns", iter(table.leaves))
        for at, table in enumerate(self.form.tables):
            yield from self._rows(table.rows, f"$.tables[{at}].rows", "")
        yield from self._below()
        yield from self._relations()

    def _t(self, code: str, /, **params: object) -> str:
        return text(code, self.lang, **params)

    def _head(self) -> Iterator[Part]:
        for name, code in _HEAD:
            editor: Editor = "choice" if name == "rounds" else "text"
            yield self._part(f"$.{name}", "form", self._t(code), editor=editor)
        for at in range(len(self.form.levels)):
            own = f"$.levels[{at}]"
            yield self._part(f"{own}.level", "form", self._t("LRP-level"), editor="choice")
            yield self._part(f"{own}.reporter", "form", self._t("LRP-reporter"))
            yield self._part(f"{own}.receiver", "form", self._t("LRP-receiver"))
            for round_ in self.form.rounds:
                code = _DEADLINES.get(round_, "")
                label = self._t(code) if code else round_
                yield self._part(f"{own}.deadlines.{round_}", "form", label)

    def _columns(self, nodes: Sequence[Column], path: str, leaves: Iterator[Column]) -> Iterator[Part]:
        for at, node in enumerate(nodes):
            own = f"{path}[{at}]"
            if node.children:
                yield self._part(f"{own}.label", "columns", self._t("LRP-column-group"))
                if node.unit:
                    label = self._t("LRP-field-unit")
                    yield self._part(f"{own}.unit", "columns", label, above=f"{own}.label")
                yield from self._columns(node.children, f"{own}.children", leaves)
                continue
            leaf = next(leaves)  # with what it has from the heads above
            name = self._t("LRP-column", code=node.code) if node.code else node.label
            summary = ", ".join(filter(None, (self._kind(leaf.kind), leaf.unit)))
            shown = f"{node.label} · {summary}" if node.code else summary
            yield self._part(own, "columns", name, shown=shown, editor="none", deep=True)
            for field, code in _COLUMN_FIELDS.items():
                editor: Editor = "choice" if field == "kind" else "text"
                held = leaf.unit if field == "unit" else self._kind(leaf.kind) if field == "kind" else None
                label = self._t(code)
                yield self._part(f"{own}.{field}", "columns", label, shown=held, editor=editor, above=own)

    def _kind(self, kind: ColumnKind | None) -> str:
        return self._t(COLUMN_KINDS[kind or "count"])

    def _rows(self, rows: Sequence[Row], path: str, number: str) -> Iterator[Part]:
        for at, row in enumerate(rows):
            own = f"{path}[{at}]"
            full = ".".join(filter(None, (number, row.code)))
            name = self._t("LRP-row", row=full) if row.code else row.label or self._t(ROW_KINDS[row.kind])
            summary = self._t(ROW_KINDS[row.kind])
            if row.kind == "unit" and row.unit_kind:
                summary = f"{summary} {words_for(f'{own}.unit_kind', row.unit_kind, self.lang)}"
            shown = " · ".join(filter(None, (row.label if row.code else "", summary)))
            yield self._part(own, "rows", name, shown=shown, editor="none", deep=True)
            for field, code in _ROW_FIELDS.items():
                if _ROW_KIND_OF.get(field, row.kind) != row.kind:
                    continue
                editor: Editor = "choice" if field == "heading" or field.endswith("kind") else "text"
                yield self._part(f"{own}.{field}", "rows", self._t(code), editor=editor, above=own)
            yield from self._rows(row.children, f"{own}.children", full)

    def _below(self) -> Iterator[Part]:
        form = self.form
        if form.estimate:
            yield self._part("$.estimate", "below", self._t("LRP-estimate"))
        for at in range(len(form.notes)):
            label = self._t("LRP-note", n=at + 1)
            yield self._part(f"$.notes[{at}].text", "below", label, removable=True)
        for at in range(len(form.explanations)):
            label = self._t("LRP-explanation", n=at + 1)
            yield self._part(f"$.explanations[{at}]", "below", label, removable=True)
        for at in range(len(form.signatures)):
            label = self._t("LRP-signer", n=at + 1)
            yield self._part(f"$.signatures[{at}].title", "below", label, removable=True)

    def _relations(self) -> Iterator[Part]:
        known = [
            (f"$.relations[{at}].rule", STATUSES[relation.status], relation.rule)
            for at, relation in enumerate(self.form.relations)
        ]
        known += [
            (f"$.computed[{at}].rule", "LRP-computed", computed.rule)
            for at, computed in enumerate(self.form.computed)
        ]
        for path, code, rule in known:
            words = rule_words(self.form, rule, self.lang) if self.sound else rule
            yield self._part(path, "relations", self._t(code), shown=words, removable=True)

    def _part(
        self,
        path: str,
        section: Section,
        label: str,
        *,
        shown: str | None = None,
        editor: Editor = "text",
        above: str = "",
        removable: bool = False,
        deep: bool = False,
    ) -> Part:
        """A part with what is known of it; ``deep``: of all that is shown under it as well."""
        guesses = [g for g in self.guesses.get(path, ()) if deep or g.path == path]
        asked = any(deep or p.path == path for p in self.asked.get(path, ()))
        sure: Sureness | Literal[""] = next((s for s in _WORST if any(g.sure == s for g in guesses)), "")
        main = next((g for g in guesses if g.sure == sure and g.path == path), next(iter(guesses), None))
        cells = tuple(dict.fromkeys(cell for guess in guesses for cell in guess.cells))
        value = text_at(self.form, path) if not deep else ""
        choices = choices_of(path, self.lang) if editor == "choice" else ()
        return Part(
            path,
            section,
            label,
            value,
            words_for(path, value, self.lang) if shown is None else shown,
            editor,
            choices,
            above,
            removable,
            cells_words(cells, self.lang),
            cells,
            why_of(main, self.lang) if main else "",
            "choose" if asked else sure,
            asked or sure in ("likely", "choose"),
        )


Said = TypeVar("Said", Guess, Problem)


def _by_owner(said: Iterable[Said]) -> dict[str, list[Said]]:
    """What is known by the path it is about, and by that of the column, row or other part it belongs to."""
    found: dict[str, list[Said]] = defaultdict(list)
    for each in said:
        found[each.path].append(each)
        owner, dot, field = each.path.rpartition(".")
        if dot and not field.endswith("]"):
            found[owner].append(each)
    return found
