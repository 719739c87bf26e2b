"""What was read from a blank, part by part: what it is called, where it was read, how sure it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from judapp.app.learn_choices import COLUMN_KINDS, ROW_KINDS, STATUSES, Choice, choices_of, words_for
from judapp.app.learn_edit import BY_HAND, MORE, text_at, under
from judapp.domain.catalogue import Column, ColumnKind, Form, Row, Table
from judapp.domain.cell_name import Position, address
from judapp.domain.expression.explain import explain
from judapp.domain.expression.parser import ExpressionError, parse
from judapp.domain.learned import Guess, Learned, Problem, Sureness
from judapp.domain.lint import lint, sample_plan
from judapp.domain.names import SheetNames
from judapp.messages import text

Section = Literal["form", "columns", "rows", "below", "relations", "evidence"]
Editor = Literal["text", "choice", "none"]

SECTIONS: Mapping[Section, str] = {
    "form": "LRP-section-form",
    "columns": "LRP-section-columns",
    "rows": "LRP-section-rows",
    "below": "LRP-section-below",
    "relations": "LRP-section-relations",
    "evidence": "LRP-section-evidence",
}
_COLUMN_FIELDS = {
    "label": "LRP-field-label",
    "code": "LRP-field-code",
    "kind": "LRP-field-kind",
    "unit": "LRP-field-unit",
    "scale": "LRP-field-scale",
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
_KNOWN_HEAD = (
    ("valid_to", "LRP-valid-to"),
    ("scope", "LRP-scope"),
    ("estimate", "LRP-estimate"),
    ("print.paper", "LRP-paper"),
    ("print.landscape", "LRP-way"),
)
"""What only a form of the catalogue says, or may be given there."""
_PICKED = (
    "rounds",
    "kind",
    "unit_kind",
    "heading",
    "scale",
    "paper",
    "landscape",
    "level",
    "status",
    "severity",
)
"""Fields with one of a few values."""
_MORE: Mapping[str, tuple[Section, str, str]] = {
    "$.notes": ("below", "LRP-more-note", "LRP-more-note-as"),
    "$.explanations": ("below", "LRP-more-explanation", ""),
    "$.signatures": ("below", "LRP-more-signer", ""),
    "$.relations": ("relations", "LRP-more-relation", "LRP-more-relation-as"),
    "$.computed": ("relations", "LRP-more-computed", "LRP-more-computed-as"),
    "$.evidence.sources": ("evidence", "LRP-more-source", ""),
    "$.evidence.open": ("evidence", "LRP-more-open", ""),
}
"""Lists one can add to: the section they are shown in, what the line is called, what stands in it."""
_DEADLINES = {"H1": "LRP-deadline-H1", "Y1": "LRP-deadline-Y1", "Y": "LRP-deadline-Y"}
_IN_TREE = re.compile(r"\.(columns|rows|children)\[\d+\](\.\w+)?\Z")
_WORST: Sequence[Sureness] = ("choose", "likely", "sure")
_CELLS_SAID = 3


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
    sure: Sureness | Literal["", "changed"] = ""
    """ "" where it was neither read nor asked about; of a form of the catalogue whether it was changed."""
    asked: bool = False
    """Whether Enter confirms it: it was proposed, or is not sure."""

    @property
    def adds(self) -> bool:
        """Whether it is the line one adds another part of its list with."""
        return self.path.endswith(MORE)

    @property
    def has_siblings(self) -> bool:
        """Whether another one can be put in after it: a column or a row."""
        return _IN_TREE.search(self.path) is not None


def parts_of(learned: Learned, lang: str, *, known: bool = False, dated: bool = True) -> tuple[Part, ...]:
    """Every part of the definition, in the order it is printed.

    Of a form of the catalogue (``known``) also what no blank says; ``dated``: from when it is valid may be
    changed here.
    """
    return tuple(_Parts(learned, lang, known=known, dated=dated).all())


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
        bare = replace(form, relations=(), computed=(), rollup=(), provides=())  # another may be at fault
        return explain(node, SheetNames(sample_plan(bare)), lang)
    except (ExpressionError, KeyError):
        return rule


def cells_words(cells: Sequence[Position], lang: str) -> str:
    """Where something was read: "ô A4", "ô C5, D5 …"."""
    if not cells:
        return ""
    named = ", ".join(address(cell) for cell in cells[:_CELLS_SAID])
    return text("LRP-cell", lang, cell=named + (" …" if len(cells) > _CELLS_SAID else ""))


class _Parts:
    """Walks through one definition."""

    def __init__(self, learned: Learned, lang: str, *, known: bool = False, dated: bool = True) -> None:
        self.form, self.lang, self.known, self.dated = learned.form, lang, known, dated
        self.guesses = _by_owner(learned.guesses)
        self.asked = _by_owner(learned.problems)
        self.sound = not any(fault.path.startswith("$.tables") for fault in lint(learned.form))

    def all(self) -> Iterator[Part]:
        yield from self._head()
        for at, table in enumerate(self.form.tables):
            path = f"$.tables[{at}]"
            if len(self.form.tables) > 1:
                yield self._part(f"{path}.title", "columns", self._t("LRP-table-title", n=at + 1))
            yield from self._stubs(table, f"{path}.stub")
            yield from self._columns(table.columns, f"{path}.columns", iter(table.leaves))
            yield self._adding(f"{path}.columns", "columns", "LRP-more-column", "LRP-more-column-as")
        for at, table in enumerate(self.form.tables):
            yield from self._rows(table.rows, f"$.tables[{at}].rows", "")
            yield self._adding(f"$.tables[{at}].rows", "rows", "LRP-more-row", "LRP-more-row-as")
        yield from self._below()
        yield from self._relations()
        if self.known:
            yield from self._evidence()

    def _t(self, code: str, /, **params: object) -> str:
        return text(code, self.lang, **params)

    def _adding(self, items: str, section: Section, label: str, hint: str = "") -> Part:
        shown = self._t(hint) if hint else ""
        return Part(items + MORE, section, self._t(label), "", shown)

    def _more(self, items: str) -> Part:
        section, label, hint = _MORE[items]
        return self._adding(items, section, label, hint)

    def _head(self) -> Iterator[Part]:
        for name, code in (*_HEAD, *(_KNOWN_HEAD if self.known else ())):
            fixed = name == "valid_from" and not self.dated
            yield self._part(f"$.{name}", "form", self._t(code), editor="none" if fixed else None)
        for at, level in enumerate(self.form.levels):
            own = f"$.levels[{at}]"
            yield self._part(f"{own}.level", "form", self._t("LRP-level"))
            yield self._part(f"{own}.reporter", "form", self._t("LRP-reporter"))
            yield self._part(f"{own}.receiver", "form", self._t("LRP-receiver"))
            for round_ in dict.fromkeys((*self.form.rounds, *level.deadlines)):
                code = _DEADLINES.get(round_, "")
                label = self._t(code) if code else round_
                yield self._part(f"{own}.deadlines.{round_}", "form", label)

    def _stubs(self, table: Table, path: str) -> Iterator[Part]:
        """The columns of labels; what stands in them is the rows' affair."""
        for at, stub in enumerate(table.stub):
            if stub.children:
                continue
            own = f"{path}[{at}]"
            name = self._t("LRP-column", code=stub.code) if stub.code else stub.label or self._t("LRP-stub")
            summary = self._t("LRP-stub")
            shown = f"{stub.label} · {summary}" if stub.code and stub.label else summary
            yield self._part(own, "columns", name, shown=shown, editor="none", deep=True)
            for field in ("label", "code"):
                yield self._part(f"{own}.{field}", "columns", self._t(_COLUMN_FIELDS[field]), above=own)

    def _columns(self, nodes: Sequence[Column], path: str, leaves: Iterator[Column]) -> Iterator[Part]:
        for at, node in enumerate(nodes):
            own = f"{path}[{at}]"
            if node.children:
                yield self._part(f"{own}.label", "columns", self._t("LRP-column-group"), removable=True)
                if node.unit:
                    label = self._t("LRP-field-unit")
                    yield self._part(f"{own}.unit", "columns", label, above=f"{own}.label")
                yield from self._columns(node.children, f"{own}.children", leaves)
                continue
            leaf = next(leaves)  # with what it has from the heads above
            name = self._t("LRP-column", code=node.code) if node.code else node.label
            summary = ", ".join(filter(None, (self._kind(leaf.kind), leaf.unit)))
            shown = f"{node.label} · {summary}" if node.code else summary
            yield self._part(own, "columns", name, shown=shown, editor="none", deep=True, removable=True)
            for field, code in _COLUMN_FIELDS.items():
                if field == "scale" and leaf.kind == "text" and not leaf.scale:
                    continue
                held = leaf.unit if field == "unit" else self._kind(leaf.kind) if field == "kind" else None
                label = self._t(code)
                yield self._part(f"{own}.{field}", "columns", label, shown=held, above=own)

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
            yield self._part(own, "rows", name, shown=shown, editor="none", deep=True, removable=True)
            for field, code in _ROW_FIELDS.items():
                if _ROW_KIND_OF.get(field, row.kind) != row.kind:
                    continue
                yield self._part(f"{own}.{field}", "rows", self._t(code), above=own)
            yield from self._rows(row.children, f"{own}.children", full)

    def _below(self) -> Iterator[Part]:
        form = self.form
        if form.estimate and not self.known:
            yield self._part("$.estimate", "below", self._t("LRP-estimate"))
        for at in range(len(form.notes)):
            label = self._t("LRP-note", n=at + 1)
            yield self._part(f"$.notes[{at}].text", "below", label, removable=True)
        yield self._more("$.notes")
        for at in range(len(form.explanations)):
            label = self._t("LRP-explanation", n=at + 1)
            yield self._part(f"$.explanations[{at}]", "below", label, removable=True)
        yield self._more("$.explanations")
        for at in range(len(form.signatures)):
            label = self._t("LRP-signer", n=at + 1)
            yield self._part(f"$.signatures[{at}].title", "below", label, removable=True)
        yield self._more("$.signatures")

    def _relations(self) -> Iterator[Part]:
        for at, relation in enumerate(self.form.relations):
            own = f"$.relations[{at}]"
            yield self._rule(own, STATUSES[relation.status], relation.rule)
            for field, code in (("status", "LRP-field-status"), ("severity", "LRP-field-severity"),
                                ("wording", "LRP-field-wording")):  # fmt: skip
                yield self._part(f"{own}.{field}", "relations", self._t(code), above=f"{own}.rule")
        yield self._more("$.relations")
        for at, computed in enumerate(self.form.computed):
            own = f"$.computed[{at}]"
            yield self._rule(own, "LRP-computed", computed.rule)
            yield self._part(f"{own}.status", "relations", self._t("LRP-field-status"), above=f"{own}.rule")
        yield self._more("$.computed")
        for at in range(len(self.form.rollup)):
            path = f"$.rollup[{at}].rule"
            yield self._part(path, "relations", self._t("LRP-rollup"), removable=True)
        for at, given in enumerate(self.form.provides):
            path = f"$.provides[{at}].cells"
            shown = f"{given.measure}: {given.cells}"
            yield self._part(path, "relations", self._t("LRP-measure"), shown=shown, removable=True)

    def _rule(self, own: str, code: str, rule: str) -> Part:
        words = rule_words(self.form, rule, self.lang) if self.sound else rule
        return self._part(f"{own}.rule", "relations", self._t(code), shown=words, removable=True)

    def _evidence(self) -> Iterator[Part]:
        evidence = self.form.evidence
        yield self._part("$.evidence.level", "evidence", self._t("LRP-evidence"))
        for name, code, items in (
            ("open", "LRP-open", evidence.open),
            ("sources", "LRP-source", evidence.sources),
        ):
            for at in range(len(items)):
                path = f"$.evidence.{name}[{at}]"
                yield self._part(path, "evidence", self._t(code, n=at + 1), removable=True)
            yield self._more(f"$.evidence.{name}")

    def _part(
        self,
        path: str,
        section: Section,
        label: str,
        *,
        shown: str | None = None,
        editor: Editor | None = None,
        above: str = "",
        removable: bool = False,
        deep: bool = False,
    ) -> Part:
        """A part with what is known of it; ``deep``: of all that is shown under it as well.

        Without ``editor`` it is picked or typed, as its field asks for.
        """
        if editor is None:
            field = path.rsplit(".", 1)[-1]
            editor = "choice" if field in _PICKED or path == "$.evidence.level" else "text"
        guesses = [g for g in self.guesses.get(path, ()) if deep or g.path == path]
        asked = any(deep or p.path == path for p in self.asked.get(path, ()))
        found: Sureness | Literal[""] = next((s for s in _WORST if any(g.sure == s for g in guesses)), "")
        sure: Sureness | Literal["", "changed"] = "choose" if asked else found
        if self.known and sure == "sure":
            sure = "changed" if any(g.code == BY_HAND for g in guesses) else ""
        main = next((g for g in guesses if g.sure == found and g.path == path), next(iter(guesses), None))
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
            sure,
            asked or found in ("likely", "choose"),
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
