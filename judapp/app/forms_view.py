"""The catalogue of forms for the window: what there is, how well it is known, what uses it; and a search."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from judapp.app.desk import period_name
from judapp.app.form_picture import FormPicture, blank_picture
from judapp.app.overview import sizes
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import EvidenceLevel, Form
from judapp.domain.period import Period
from judapp.messages import bilingual, text
from judapp.store import sheets
from judapp.store.forms import StoredForm
from judapp.text import Bilingual, fold

_ISSUED = re.compile(r"(?P<kind>\w+(?: \w+)?) số (?P<number>(?:\d+|…)/\d{4})\b")
_DIGITS = re.compile(r"(\d+)")
_PROPER = ("UBND", "Ủy ban nhân dân", "Sở Tư pháp", "Bộ Tư pháp", "Phòng Tư pháp", "Việt Nam")
"""What keeps its capitals where a title printed in capitals is written as a sentence."""
_LEVELS = {
    "verbatim": "FMP-verbatim",
    "partial": "FMP-partial",
    "incomplete": "FMP-incomplete",
    "learned": "FMP-learned",
    "department": "FMP-department",
}
_MEANINGS = {
    "verbatim": "FMP-verbatim-means",
    "partial": "FMP-partial-means",
    "incomplete": "FMP-incomplete-means",
    "learned": "FMP-learned-means",
    "department": "FMP-department-means",
}


class FormLine(Struct, frozen=True):
    """One version of one form, as the catalogue lists it."""

    version: int
    """Its id in the data file."""
    family: str
    number: str
    title: str
    """In small letters; on paper it stands in capitals."""
    circular: str
    """As short as it can be told: “Thông tư 17/2025”."""
    issued: str
    """The circular in full, as the definition says it."""
    area: str
    valid: Bilingual
    since: date
    size: str
    """Columns × rows of each table, without stubs and placeholders."""
    cells: int
    """What :attr:`size` sorts by."""
    evidence: EvidenceLevel
    serves: bool
    """Whether the period shown is reported on it."""
    sheets: int
    """Sheets begun on it, over all periods and units."""
    key: str
    """What a search looks through, folded."""

    @property
    def evidence_name(self) -> Bilingual:
        """How well it is known, in a word or two: “nguyên văn”."""
        return evidence_name(self.evidence)

    @property
    def evidence_meaning(self) -> Bilingual:
        """What that means for who works with it."""
        return bilingual(_MEANINGS[self.evidence])

    @property
    def order(self) -> str:
        """What its number sorts by: 9 before 10b, words after numbers."""
        parts = _DIGITS.split(self.number.casefold())
        return "".join(part.zfill(6) if part.isdigit() else part for part in parts)


class Scope(Struct, frozen=True):
    """The part of the catalogue that is looked at; everything where nothing is said."""

    area: str = ""
    circular: str = ""
    this_period: bool = False

    def holds(self, line: FormLine) -> bool:
        """Whether a form belongs to it."""
        return (
            self.area in ("", line.area)
            and self.circular in ("", line.circular)
            and (line.serves or not self.this_period)
        )


class Branch(Struct, frozen=True):
    """An area of the tree with its circulars, the newest first, and how many forms each has."""

    area: str
    forms: int
    circulars: tuple[tuple[str, int], ...]


class Catalogue(Struct, frozen=True):
    """All forms of the data file as they stand for a period."""

    period: Bilingual
    lines: tuple[FormLine, ...]
    branches: tuple[Branch, ...]

    @property
    def sentence(self) -> Bilingual:
        """What there is, and what of it this period is reported on."""
        serving = sum(line.serves for line in self.lines)
        weak = sum(line.evidence == "incomplete" for line in self.lines)
        areas = len(self.branches)
        forms = len(self.lines)
        code = "FMP-sentence-weak" if weak else "FMP-sentence"
        return bilingual(code, forms=forms, areas=areas, serving=serving, period=self.period, weak=weak)

    def found(self, words: str, scope: Scope) -> tuple[FormLine, ...]:
        """The forms of a scope that hold every word; marks and case do not matter."""
        wanted = fold(words).split()
        return tuple(
            line for line in self.lines if scope.holds(line) and all(word in line.key for word in wanted)
        )

    def nothing(self, words: str, scope: Scope) -> Bilingual:
        """Why nothing is listed: what was sought, and where."""
        where = bilingual("FMP-nothing-anywhere")
        if scope.circular:
            where = bilingual("FMP-nothing-circular", circular=scope.circular)
        elif scope.area:
            where = bilingual("FMP-nothing-area", area=scope.area)
        elif scope.this_period:
            where = bilingual("FMP-nothing-period", period=self.period)
        sought = " ".join(words.split())
        return bilingual("FMP-nothing", words=sought, where=where) if sought else bilingual(
            "FMP-nothing-there", where=where
        )  # fmt: skip


class Use(Struct, frozen=True):
    """Sheets of one period on a form."""

    period: Bilingual
    sheets: int


class Reporting(Struct, frozen=True):
    """Who reports a form to whom, with the deadlines as printed."""

    reporter: str
    receiver: str
    deadlines: tuple[str, ...]


class FormDetails(Struct, frozen=True):
    """A form as it prints, and all that is known of it."""

    line: FormLine
    picture: FormPicture
    sources: tuple[str, ...]
    open: tuple[str, ...]
    uses: tuple[Use, ...]
    reporting: tuple[Reporting, ...]
    rules: tuple[Bilingual, ...]
    """How many rules the form prints, how many are inferred … and what of it follows from base units."""
    blank: bool
    """Whether the ministry's workbook it was learned from is kept."""
    versions: tuple[FormLine, ...]
    """All versions of the form, this one too, the newest first."""


def catalogue(workspace: Workspace, period: Period) -> Catalogue:
    """Every form of the file, by area and number, newer versions first."""
    used = Counter(sheet.form for sheet in sheets.find(workspace.file, layer=sheets.OWN))
    lines = [line_of(workspace, version, period, used) for version in workspace.versions.values()]
    lines.sort(key=lambda line: line.since, reverse=True)
    lines.sort(key=lambda line: (fold(line.area), line.order))
    return Catalogue(period_name(period), tuple(lines), tuple(_branches(lines)))


def line_of(workspace: Workspace, version: StoredForm, period: Period, used: Counter[int]) -> FormLine:
    """A form version as the catalogue lists it; ``used`` counts the sheets by version."""
    form = version.form
    of_tables = sizes(form)
    circular = short_circular(form.circular)
    return FormLine(
        version.id,
        form.family,
        form.number,
        as_sentence(form.title),
        circular,
        form.circular,
        form.area,
        _valid(form),
        form.valid_from,
        " + ".join(f"{size.columns} × {size.rows}" for size in of_tables),
        sum(size.columns * max(1, size.rows) for size in of_tables),
        form.evidence.level,
        workspace.serves(form, period),
        used[version.id],
        fold(f"{form.number} {form.title} {form.circular} {circular} {form.area}"),
    )


def details(workspace: Workspace, version: int, period: Period) -> FormDetails | None:
    """A form version with everything around it; None where it left the catalogue meanwhile."""
    stored = workspace.versions.get(version)
    if stored is None:
        return None
    begun = sheets.find(workspace.file, layer=sheets.OWN)
    used = Counter(sheet.form for sheet in begun)
    uses = Counter(sheet.period for sheet in begun if sheet.form == version)
    form = stored.form
    versions = [v for v in workspace.versions.values() if v.form.family == form.family]
    versions.sort(key=lambda v: (v.form.valid_from, v.id), reverse=True)
    return FormDetails(
        line_of(workspace, stored, period, used),
        blank_picture(form),
        form.evidence.sources,
        form.evidence.open,
        tuple(
            Use(period_name(at), uses[at])
            for at in sorted(uses, key=lambda p: (p.last_day, p.code), reverse=True)
        ),
        tuple(
            Reporting(level.reporter, level.receiver, tuple(level.deadlines.values()))
            for level in form.levels
        ),
        tuple(_rules(form)),
        stored.blank is not None,
        tuple(line_of(workspace, v, period, used) for v in versions),
    )


def version_named(lines: Sequence[FormLine], name: str) -> FormLine | None:
    """The form a number or family names: the version of the period shown, else the newest."""
    wanted = fold(name)
    named = [line for line in lines if wanted in (fold(line.number), fold(line.family))]
    return max(named, key=lambda line: (line.serves, line.since, line.version), default=None)


def evidence_name(level: str) -> Bilingual:
    """How well a form is known, in a word or two: “nguyên văn”."""
    return bilingual(_LEVELS[level])


def short_circular(issued: str) -> str:
    """“Thông tư 17/2025” of “Thông tư số 17/2025/TT-BTP ngày 24/10/2025”; what is not a circular stays."""
    found = _ISSUED.match(issued)
    return f"{found['kind']} {found['number']}" if found else issued


def as_sentence(title: str) -> str:
    """A title printed in capitals as a sentence; one that is not stays as it is."""
    if title != title.upper():
        return title
    words = title[:1] + title[1:].lower()
    for name in _PROPER:
        words = re.sub(rf"\b{name}\b", name, words, flags=re.IGNORECASE)
    return words


def _valid(form: Form) -> Bilingual:
    if form.valid_to is None:
        return bilingual("FMP-valid-from", start=form.valid_from)
    return bilingual("FMP-valid-between", start=form.valid_from, end=form.valid_to)


def _branches(lines: Iterable[FormLine]) -> Iterable[Branch]:
    by_area: dict[str, list[FormLine]] = {}
    for line in lines:
        by_area.setdefault(line.area, []).append(line)
    for area, own in by_area.items():
        newest = sorted(own, key=lambda line: line.since, reverse=True)
        counted = Counter(line.circular for line in newest)
        yield Branch(area, len(own), tuple(counted.items()))


def _rules(form: Form) -> Iterable[Bilingual]:
    by_status = Counter[str]([rule.status for rule in form.relations])
    by_status.update(rule.status for rule in form.computed)
    for status, code in (
        ("printed", "FMP-rules-printed"),
        ("inferred", "FMP-rules-inferred"),
        ("software", "FMP-rules-software"),
        ("department", "FMP-rules-department"),
    ):
        if by_status[status]:
            yield bilingual(code, n=by_status[status])
    if form.rollup:
        yield bilingual("FMP-rules-rollup", n=len(form.rollup))


def told(line: FormLine, lang: str) -> str:
    """Whether a form may be used, for which period and by what, in one sentence."""
    serves = text("FMP-serves" if line.serves else "FMP-serves-not", lang)
    used = text("FMP-used", lang, n=line.sheets) if line.sheets else text("FMP-unused", lang)
    return f"{serves} {used}"
