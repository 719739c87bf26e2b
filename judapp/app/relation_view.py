"""A relation that does not hold, for the eye: its figures, the sum they make, what may be wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from judapp.app.checking import names_beyond
from judapp.app.workspace import OPEN_STATES, Workspace
from judapp.domain.checking import Broken
from judapp.domain.expression.evaluate import evaluate
from judapp.domain.expression.nodes import (
    BinOp,
    Call,
    Cells,
    Compare,
    Neg,
    Node,
    Num,
    level,
    references,
)
from judapp.domain.figure import Figure, State
from judapp.domain.names import SheetNames
from judapp.domain.number import Rational, format_vi, unscaled
from judapp.domain.period import Period
from judapp.domain.resolve import Resolved
from judapp.domain.shape import CellKey
from judapp.domain.value import Value
from judapp.messages import LANGUAGES, bilingual, text, write
from judapp.store.sheets import Sheet as StoredSheet
from judapp.text import Bilingual

NOTHING = Bilingual("", "")
_SHOWN = 12
"""Figures of a relation shown one by one; of a sum over more rows the first ones."""
_WRITTEN_OUT = 4
"""Rows a sum may have to be written out in figures."""
_SIGNS = {State.NIL: "–", State.PENDING: "…", State.OUT_OF_REMIT: "⊘"}
_TYPED = {State.NIL: "-", State.PENDING: "..", State.OUT_OF_REMIT: "⊘"}
_OPPOSITE = {"=": "≠", "!=": "=", "<": "≥", "<=": ">", ">": "≤", ">=": "<"}
_MISSED = {"=": "CHP-off", "<=": "CHP-over", "<": "CHP-over", ">=": "CHP-short", ">": "CHP-short"}
_KNOWN = {
    "printed": "CHP-from-print",
    "inferred": "CHP-from-inferred",
    "software": "CHP-from-software",
    "department": "CHP-from-department",
}


class Place(Struct, frozen=True):
    """A cell, or with ``cell`` None a whole sheet, to jump to."""

    form: str
    unit: str
    """Uid."""
    period: Period
    cell: CellKey | None


class Part(Struct, frozen=True):
    """One figure of a finding."""

    place: Place
    name: Bilingual
    """As short as it can be told from the others: "cột (3)" where all stand in one row."""
    full: Bilingual
    """With row and column."""
    shown: Bilingual
    text: str
    """What typing it again would be."""
    editable: bool
    """Whether it is typed, in this very sheet, and the sheet is open."""


class Total(Struct, frozen=True):
    """A total typed before its parts, and what the program makes of the parts."""

    part: Part
    reckoned: Bilingual


class Setting(Struct, frozen=True):
    """The sheet a finding is in, with what is needed to speak of it."""

    workspace: Workspace
    stored: StoredSheet
    resolved: Resolved
    names: SheetNames

    @classmethod
    def of(cls, workspace: Workspace, stored: StoredSheet, resolved: Resolved) -> Setting:
        """The setting of a stored sheet."""
        return cls(workspace, stored, resolved, SheetNames(resolved.plan, *names_beyond(workspace)))

    @property
    def form(self) -> str:
        """The form's number."""
        return self.resolved.sheet.form.number

    @property
    def open(self) -> bool:
        """Whether figures may change."""
        return self.stored.state in OPEN_STATES

    def place(self, key: CellKey | None) -> Place:
        """A cell of this sheet."""
        return Place(self.form, self.stored.unit, self.stored.period, key)


def typed_text(figure: Figure, scale: int) -> str:
    """What a person types to get ``figure``; grouped where that can be read in one way only."""
    if figure.value is None:
        return figure.text or _TYPED.get(figure.state, "")
    estimate = figure.estimate or 0
    numbers = [figure.value - estimate, estimate] if estimate else [figure.value]
    return "+".join(_typed_number(unscaled(number, scale)) for number in numbers)


def _typed_number(number: Rational) -> str:
    grouped = format_vi(number)
    return grouped if isinstance(number, int) else grouped.replace(".", "")


def parts_of_cells(setting: Setting, keys: Iterable[CellKey]) -> tuple[Part, ...]:
    """Cells of the sheet as parts, each by its column."""
    return tuple(_own_part(setting, key, column_name(setting.names, key)) for key in keys)


def parts_of(setting: Setting, broken: Broken) -> tuple[Part, ...]:
    """The figures a relation speaks of, in the order written, each once."""
    own = list(dict.fromkeys(broken.cells))[:_SHOWN]
    same_row = len({key[:2] for key in own}) == 1
    same_column = len({(key[0], key[2]) for key in own}) == 1
    parts = [_own_part(setting, key, _short(setting.names, key, same_row, same_column)) for key in own]
    return (*parts, *_parts_beyond(setting, broken.bound.node))


def _own_part(setting: Setting, key: CellKey, name: Bilingual) -> Part:
    cell, spot = setting.resolved[key], setting.resolved.plan.spots[key]
    figure = cell.figure
    typed = cell.origin in ("stored", "reported", "empty")
    shown = (
        bilingual("CHP-quoted", text=figure.text)
        if figure.text is not None
        else Bilingual(*(_SIGNS[figure.state],) * 2)
        if figure.state in _SIGNS
        else _shown(cell.value)
    )
    text_now = typed_text(figure, spot.scale)
    return Part(
        setting.place(key), name, setting.names.cell(key), shown, text_now, editable=typed and setting.open
    )


def _parts_beyond(setting: Setting, node: Node) -> Iterator[Part]:
    """What stands in other periods and other forms; it is mended there."""
    if isinstance(node, Call) and node.name == "nondecreasing" and isinstance(node.args[0], Cells):
        node = replace(node.args[0], when="prev")
    for ref in references(node):
        if not isinstance(ref, Cells) or (not ref.form and ref.when is None):
            continue
        period = setting.stored.period.related(ref.when) if ref.when else setting.stored.period
        if period is None:
            continue
        name = bilingual("CHP-of-form", form=setting.names.form_name(ref.form)) if ref.form else NOTHING
        key = None
        if not ref.form:
            key = ref.table, ref.rows[0], ref.cols[0]
            name = setting.names.cell(key)
        form = setting.names.form_name(ref.form) if ref.form else setting.form
        if ref.when:
            name = bilingual("CHP-of-period", cell=name, period=period.name)
        value = _shown(evaluate(ref, setting.resolved.outlook))
        yield Part(Place(form, setting.stored.unit, period, key), name, name, value, "", editable=False)


def _short(names: SheetNames, key: CellKey, same_row: bool, same_column: bool) -> Bilingual:
    if same_row:
        return column_name(names, key)
    return row_name(names, key) if same_column else names.cell(key)


def column_name(names: SheetNames, key: CellKey) -> Bilingual:
    """The column of a cell: "cột (2)"."""
    code, label = names.column_name("", key[0], key[2])
    return bilingual("CHP-column", name=f"({code})" if code else f"“{label}”")


def row_name(names: SheetNames, key: CellKey) -> Bilingual:
    """The row of a cell: "I.1 Phòng công chứng số 1"."""
    words = " ".join(filter(None, names.row_name("", key[0], key[1])))
    return Bilingual(words, words)


def _shown(value: Value) -> Bilingual:
    if value.number is None:
        return bilingual("CHP-no-figure")
    return Bilingual(write(value.number, "vi"), write(value.number, "en"))


def worked_out(broken: Broken, resolved: Resolved) -> Bilingual:
    """The relation in figures: "521 ≠ 350 + 162 = 512"; of a chain the pair that does not fit."""
    return Bilingual(*(_Figures(resolved, lang).relation(broken) for lang in LANGUAGES))


class _Figures:
    """An expression with figures in the place of cells."""

    def __init__(self, resolved: Resolved, lang: str) -> None:
        self.resolved = resolved
        self.lang = lang

    def relation(self, broken: Broken) -> str:
        verdict, node = broken.verdict, broken.bound.node
        sides = [self._number(verdict.left.number), self._number(verdict.right.number)]
        if isinstance(node, Compare) and verdict.failing is not None:
            pair = node.operands[verdict.failing : verdict.failing + 2]
            sides = [
                f"{self._of(part)} = {side}" if _composed(part) else side
                for part, side in zip(pair, sides, strict=True)
            ]
        return f" {_OPPOSITE.get(verdict.op, '·')} ".join(sides)

    def _of(self, node: Node) -> str:
        match node:
            case Num(value):
                return self._number(value)
            case BinOp(op, left, right):
                sign = {"-": "−", "*": "×"}.get(op, op)
                return f"{self._inside(left, level(node))} {sign} {self._inside(right, level(node) + 1)}"
            case Neg(operand):
                return f"−{self._inside(operand, 2)}"
            case Call(_, (Cells() as cells,)) if _composed(node):
                keys = [(cells.table, row, cells.cols[0]) for row in cells.rows]
                if len(keys) > _WRITTEN_OUT:
                    return text("CHP-sum-of-rows", self.lang, n=len(keys))
                return " + ".join(self._number(self.resolved[key].value.number) for key in keys)
        return self._number(evaluate(node, self.resolved.outlook).number)

    def _inside(self, node: Node, least: int) -> str:
        tight = level(node) >= least and not (isinstance(node, Call) and _composed(node) and least > 1)
        return self._of(node) if tight else f"({self._of(node)})"

    def _number(self, number: Rational | None) -> str:
        return "…" if number is None else write(number, self.lang)


def _composed(node: Node) -> bool:
    """Whether figures make up this one that are worth writing out."""
    if isinstance(node, Call):
        cells = node.args[0]
        return node.name == "sum" and isinstance(cells, Cells) and cells.many and not cells.form
    return isinstance(node, BinOp | Neg)


def missed(broken: Broken) -> Bilingual:
    """By how much the figures miss the relation, and how much is allowed."""
    verdict, node = broken.verdict, broken.bound.node
    code = _MISSED.get(verdict.op)
    if verdict.difference is None or code is None or not verdict.difference:
        return NOTHING
    tolerance = node.tolerance if isinstance(node, Compare) else 0
    return bilingual(code, difference=abs(verdict.difference), tolerance=tolerance)


def known_from(broken: Broken) -> Bilingual:
    """From where the relation is known; what is not printed on the form says so."""
    relation = broken.relation
    how = bilingual(_KNOWN[relation.status])
    if relation.source is None:
        return bilingual("CHP-known", how=how)
    return bilingual("CHP-known-from", how=how, source=relation.source)


def swapped_digits(setting: Setting, broken: Broken, parts: Iterable[Part]) -> Bilingual:
    """The one typed figure that two neighbouring digits swapped would mend, where there is exactly one."""
    node, difference = broken.bound.node, broken.verdict.difference
    if not isinstance(node, Compare) or node.ops != ("=",) or difference is None:
        return NOTHING
    names = {part.place.cell: part.name for part in parts if part.editable}
    left, right = node.operands
    found = []
    for key, share in (*_shares(left, 1), *_shares(right, -1)):
        now = setting.resolved[key].value.number
        if key in names and now is not None and _swapped(now, now - share * difference):
            wanted = now - share * difference
            found.append(bilingual("CHP-swapped", now=now, wanted=wanted, cell=names[key]))
    return found[0] if len(found) == 1 else NOTHING


def _shares(node: Node, sign: int) -> Iterator[tuple[CellKey, int]]:
    """The cells a sum is made of, each with how often it counts in it."""
    match node:
        case Cells(form="", when=None, est=False):
            yield from (((node.table, row, node.cols[0]), sign) for row in node.rows)
        case BinOp("+" | "-" as op, left, right):
            yield from _shares(left, sign)
            yield from _shares(right, sign if op == "+" else -sign)
        case Neg(operand):
            yield from _shares(operand, -sign)
        case Call("sum", args):
            for arg in args:
                yield from _shares(arg, sign)


def _swapped(now: Rational, wanted: Rational) -> bool:
    if Fraction(now).denominator != 1 or Fraction(wanted).denominator != 1 or wanted < 0:
        return False
    one, other = str(int(now)), str(int(wanted))
    differing = [at for at in range(len(one)) if len(one) == len(other) and one[at] != other[at]]
    if len(differing) != 2 or differing[1] != differing[0] + 1:
        return False
    at = differing[0]
    return one[at] == other[at + 1] and one[at + 1] == other[at]


def reported_total(setting: Setting, parts: Iterable[Part]) -> Total | None:
    """The total typed before its parts among ``parts``, where the program can reckon it by now."""
    for part in parts:
        key = part.place.cell
        if not part.editable or key is None or setting.resolved[key].origin != "reported":
            continue
        value = evaluate(setting.resolved.plan.computed[key], setting.resolved.outlook)
        if value.number is not None:
            return Total(part, _shown(value))
    return None


def drawn_along(resolved: Resolved, broken: Broken, others: Iterable[Broken]) -> int:
    """How many of ``others`` say the same between computed cells only and fail because ``broken`` does."""
    source = set(broken.cells)
    return sum(
        other.relation.rule == broken.relation.rule
        and all(resolved[key].origin == "computed" for key in other.cells)
        and any(_stems_from(resolved, key, source, set()) for key in other.cells)
        for other in others
    )


def _stems_from(resolved: Resolved, key: CellKey, source: Set[CellKey], seen: set[CellKey]) -> bool:
    if key in source:
        return True
    if key in seen or key not in resolved.plan.computed:
        return False
    seen.add(key)
    return any(
        _stems_from(resolved, (ref.table, row, ref.cols[0]), source, seen)
        for ref in references(resolved.plan.computed[key])
        if isinstance(ref, Cells) and not ref.form and ref.when is None
        for row in ref.rows
    )
