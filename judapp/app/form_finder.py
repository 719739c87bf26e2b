"""Which form a worksheet is: its printed number first, else columns, rows and title that fit whole.

A number in a title, a sheet's or a file's name is weak: the columns must bear it out. Forms that fit equally
well are offered with how far each fits; none of them is taken.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from judapp.app.import_candidates import Candidate
from judapp.app.import_evidence import Evidence, Source
from judapp.app.import_forms import FormOffer
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.excel.fits import Fit, Fitting
from judapp.excel.grid import GridSheet
from judapp.excel.header import find_header
from judapp.excel.recognise import Header, Said, number_key
from judapp.store.forms import StoredForm
from judapp.text import Bilingual, fold

_IN_NAME = re.compile(r"(?<![a-z\d.])(\d{1,2} ?[a-z]?)(?![a-z\d])((?:[/_ -](?:btp|tp|tk)(?:[/_ -][a-z]+)*)?)")
_HEAD = re.compile(r"\d{1,3}\s?[a-zđ]?(?:\s*[/–—-]\s*[\w.]+)*", re.IGNORECASE)
_MOST_OFFERED = 4


class FormFinder:
    """Finds forms for one preview; the catalogue's numbers are indexed once."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._by_number: dict[str, list[StoredForm]] = defaultdict(list)
        self._by_start: dict[str, list[StoredForm]] = defaultdict(list)
        for version in workspace.versions.values():
            key = number_key(version.form.number)
            self._by_number[key].append(version)
            parts = key.split("/")
            for size in range(1, len(parts)):
                self._by_start["/".join(parts[:size])].append(version)

    def of_number(self, printed: str, period: Period | None = None) -> list[StoredForm]:
        """The versions a printed number may mean: the whole number or its beginning ("17a").

        Where some of them serve ``period`` the others are not meant.
        """
        found: list[StoredForm] = []
        for key in _keys(printed):
            found = [*self._by_number.get(key, ()), *self._by_start.get(key, ())]
            if found:
                break
        serving = [v for v in found if period is not None and self._workspace.serves(v.form, period)]
        return serving or found

    def find(
        self, candidate: Candidate, grid: GridSheet, header: Header, period: Period | None
    ) -> StoredForm | None:
        """The form of a worksheet, its evidence and findings on the candidate; None where a person is asked.

        Which of several versions it is, the period decides later: any of them stands for the number.
        """
        decision = candidate.decision.form
        if decision is not None:
            candidate.evidence["form"] = Evidence("hand", decision)
            return next(iter(self.of_number(decision, period)), None)
        if header.number:
            return self._by_print(candidate, grid, header, period)
        fits = _Fits(grid)
        return self._by_names(candidate, header, fits, period) or self._by_columns(candidate, fits, period)

    def _by_print(
        self, candidate: Candidate, grid: GridSheet, header: Header, period: Period | None
    ) -> StoredForm | None:
        versions = self.of_number(header.number, period)
        evidence = Evidence("cell", header.number, header.number_cell)
        if not versions:
            candidate.say("MAP-014", number=header.number)
            candidate.offers = _offers(_Fits(grid).of(self._workspace.versions.values()))
            return None
        if second := self._second(grid, header, versions):
            params = {"first": header.number, "second": second.text, "cell": second.cell}
            candidate.say("MAP-025", **params)
            return None
        if len({v.form.number for v in versions}) > 1:
            fits = _Fits(grid).of(versions)
            whole = _best(fits)
            if len({v.form.number for v, _ in whole}) != 1:
                candidate.offers = _offers(fits, printed=True)
                numbers = ", ".join(dict.fromkeys(v.form.number for v in versions))
                candidate.say("MAP-030", number=header.number, numbers=numbers)
                return None
            versions = [v for v, _ in whole]
        candidate.evidence["form"] = evidence
        return versions[0]

    def _second(self, grid: GridSheet, header: Header, versions: Sequence[StoredForm]) -> Said | None:
        """A second number on the sheet with a table of its own form below it."""
        own = {v.form.number for v in versions}
        for said in header.numbers[1:]:
            others = [v for v in self.of_number(said.text) if v.form.number not in own]
            for version in others:
                if find_header(grid, version.form.tables[0], said.row).certain:
                    return said
        return None

    def _by_names(
        self, candidate: Candidate, header: Header, fits: _Fits, period: Period | None
    ) -> StoredForm | None:
        """By a number in a title or a name, where the columns are those of that form."""
        for source, said in _weak_numbers(candidate, header):
            versions = self.of_number(said.text, period)
            whole = _best(fits.of(versions))
            if len({v.form.number for v, _ in whole}) == 1 and whole[0][1].matched >= self._most(fits):
                candidate.evidence["form"] = Evidence(source, said.text, said.cell)
                self._tell(candidate, *whole[0])
                return whole[0][0]
        return None

    def _most(self, fits: _Fits) -> int:
        """Columns of the largest form a worksheet has whole: a smaller one within it is not meant."""
        found = fits.of(self._workspace.versions.values())
        return max((fit.matched for _, fit in found if fit.whole), default=0)

    def _by_columns(self, candidate: Candidate, fits: _Fits, period: Period | None) -> StoredForm | None:
        found = fits.of(self._workspace.versions.values())
        best = _best(found)
        # Only a title that is printed tells a form from one whose columns are all there as well.
        whole = best if best and best[0][1].title else [pair for pair in found if pair[1].whole]
        serving = [pair for pair in whole if period and self._workspace.serves(pair[0].form, period)]
        best = serving or whole
        numbers = list(dict.fromkeys(v.form.number for v, _ in best))
        if len(numbers) == 1:
            candidate.evidence["form"] = Evidence("columns")
            self._tell(candidate, *best[0])
            return best[0][0]
        candidate.offers = _offers(found)
        if numbers:
            candidate.say("MAP-040", numbers=", ".join(numbers), columns=best[0][1].columns)
        else:
            candidate.say("MAP-001", seen=_seen(candidate.offers))
        return None

    @staticmethod
    def _tell(candidate: Candidate, version: StoredForm, fit: Fit) -> None:
        params = {"form": version.form.number, "matched": fit.matched, "columns": fit.columns}
        candidate.say("MAP-041", "info", **params)

    def other(self, grid: GridSheet, form: StoredForm) -> tuple[StoredForm, Fit] | None:
        """Another form whose columns a worksheet has whole, where it bears the number of ``form``."""
        best = _best(_Fits(grid).of(self._workspace.versions.values()))
        others = [pair for pair in best if pair[0].id != form.id]
        return others[0] if others and len(others) == len(best) else None

    def offers(self, grid: GridSheet) -> tuple[FormOffer, ...]:
        """The forms a worksheet may be of, best first."""
        return _offers(_Fits(grid).of(self._workspace.versions.values()))


class _Fits:
    """A worksheet held against forms, each once."""

    def __init__(self, grid: GridSheet) -> None:
        self._fitting = Fitting(grid)
        self._known: dict[int, Fit] = {}

    def of(self, versions: Iterable[StoredForm]) -> list[tuple[StoredForm, Fit]]:
        for version in (found := list(versions)):
            if version.id not in self._known:
                self._known[version.id] = self._fitting.fit(version.form)
        return [(version, self._known[version.id]) for version in found]


def _best(fits: Sequence[tuple[StoredForm, Fit]]) -> list[tuple[StoredForm, Fit]]:
    """The forms that fit whole and best: several only where they fit equally well."""
    whole = [pair for pair in fits if pair[1].whole]
    best = max((fit.rank for _, fit in whole), default=None)
    return [pair for pair in whole if pair[1].rank == best]


def _offers(fits: Sequence[tuple[StoredForm, Fit]], *, printed: bool = False) -> tuple[FormOffer, ...]:
    ranked = sorted((pair for pair in fits if pair[1].matched or printed), key=_rank, reverse=True)
    found: dict[str, FormOffer] = {}
    for version, fit in ranked:
        form = version.form
        offer = FormOffer(form.number, form.title, fit.matched, fit.columns, printed)
        found.setdefault(form.number, offer)
    return tuple(found.values())[:_MOST_OFFERED]


def _rank(pair: tuple[StoredForm, Fit]) -> tuple[bool, bool, int, float]:
    return pair[1].rank


def _seen(offers: Sequence[FormOffer]) -> Bilingual:
    """How much of the best form was seen, within the sentence of MAP-001."""
    if not offers:
        return Bilingual("không cột nào khớp", "no column matches")
    matched, columns = offers[0].matched, offers[0].columns
    return Bilingual(f"chỉ {matched}/{columns} cột khớp", f"{matched} of {columns} columns match")


def _keys(printed: str) -> Iterator[str]:
    """The keys a printed number may have: the whole line, its leading number, its first word."""
    yield number_key(printed)
    if found := _HEAD.match(printed.strip()):
        yield number_key(found[0])
    if words := printed.split():
        yield number_key(words[0])


def _weak_numbers(candidate: Candidate, header: Header) -> Iterator[tuple[Source, Said]]:
    for said in header.weak_numbers:
        yield "cell", said
    names: tuple[tuple[Source, str], ...] = (("sheet", candidate.sheet), ("file", candidate.path.stem))
    for source, name in names:
        folded = fold(name).replace("_", " ")
        for found in _IN_NAME.finditer(folded):
            if found[2]:
                yield source, Said(re.sub(r"[_ -]+", "/", found[0].strip()), "")
            if not found[1].strip().isdigit():
                yield source, Said(found[1].replace(" ", ""), "")
        yield source, Said(name, "")
