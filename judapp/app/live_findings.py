"""Every finding of a sheet, as ``findings_of`` gives them, kept up while somebody types into it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct

from judapp.app.adjusting import base_moved, bases_of
from judapp.app.base_findings import ended, typed_over, unlike
from judapp.app.checking import cell_of, names_beyond, reasons_of
from judapp.app.drafts import draft_at, marks_of
from judapp.app.entering import seen_of
from judapp.app.same_period import SamePeriod
from judapp.app.workspace import Workspace
from judapp.domain.checking import Broken
from judapp.domain.figure import Figure
from judapp.domain.finding import Finding
from judapp.domain.live import Beyond, Reckoning, Remembered, look_beyond
from judapp.domain.names import SheetNames
from judapp.domain.resolve import Resolved
from judapp.domain.shape import CellKey
from judapp.store.sheets import Sheet as StoredSheet

Told = tuple[Finding, Broken | None]
"""A finding and the relation behind it, if it is one's."""


class Given(Struct, frozen=True):
    """What other sheets say of one, which does not change while it is typed into."""

    beyond: Beyond
    unlike: tuple[Finding, ...]
    """Sheets of base units that are not reckoned with, and those of units that ended."""
    before: SamePeriod


def given_of(workspace: Workspace, resolved: Resolved) -> Given:
    """Look at the other sheets; ``resolved`` is of ``workspace``."""
    assert isinstance(resolved.context, Remembered)  # the workspace resolves with nothing else
    code = workspace.unit_code(resolved.sheet.unit, resolved.sheet.period.last_day)
    return Given(
        look_beyond(resolved, resolved.context),
        (*unlike(workspace, resolved, code), *ended(workspace, resolved, code)),
        SamePeriod(workspace, resolved, code),
    )


class LiveFindings:
    """What is wrong with a sheet; made where the file is, kept up without it."""

    def __init__(self, workspace: Workspace, stored: StoredSheet | None, resolved: Resolved) -> None:
        """Begin with ``resolved`` and what it says by itself; :meth:`learn` tells what other sheets say.

        ``stored`` is None where nothing was entered yet.
        """
        sheet = resolved.sheet
        code = workspace.unit_code(sheet.unit, sheet.period.last_day)
        names = SheetNames(resolved.plan, *names_beyond(workspace))
        assert isinstance(resolved.context, Remembered)  # the workspace resolves with nothing else
        self.reckoning = Reckoning(resolved, resolved.context, code, names)
        self.given: Given | None = None
        self._code = code
        self._reasons: dict[CellKey, list[str | None]] = {}
        for key, seen in reasons_of(workspace, stored) if stored is not None else ():
            self._reasons.setdefault(key, []).append(seen)
        self._marks = marks_of(workspace.file, stored.id) if stored is not None else {}
        self.explained: set[CellKey] = set()
        self._places = {key: at for at, key in enumerate(resolved.plan.rollup)}
        self._over: dict[int, Finding] = {}
        self._bases = bases_of(workspace, stored) if stored is not None else {}
        self._adjusted = {key: at for at, key in enumerate(self._bases)}
        self._moved: dict[int, Finding] = {}
        self._jumps: dict[int, Finding] = {}
        self._drafts: dict[int, Finding] = {}
        self._look_at({*self._reasons, *self._marks})

    def learn(self, given: Given) -> None:
        """Judge the sheet against others, too."""
        self.reckoning.learn(given.beyond)
        self.given = given
        self._look_at({*self._reasons, *self._places, *self._bases, *given.before.bases, *self._marks})

    @property
    def resolved(self) -> Resolved:
        """The sheet as it is now."""
        return self.reckoning.resolved

    def put(self, figures: Mapping[CellKey, Figure]) -> Collection[CellKey]:
        """Take other figures; the cells they may have changed. Raises what ``Reckoning.put`` does."""
        touched = self.reckoning.put(figures)
        for key in figures:
            self._marks.pop(key, None)
        self._look_at(touched)
        return touched

    def tell(self) -> tuple[list[Told], list[Broken]]:
        """The findings in the order of ``findings_of``, and the broken relations nobody is told of."""
        told: list[Told] = []
        for finding, broken in self.reckoning.findings:
            if finding.severity != "explain" or cell_of(finding) not in self.explained:
                told.append((finding, broken))
        rules = {finding.rule for finding, _ in told}
        behind = {id(broken) for _, broken in told}
        broken_too = (broken for broken in self.reckoning.broken if broken.relation.rule in rules)
        given = self.given
        others: Iterable[Finding] = (
            *(given.unlike if given is not None else ()),
            *_in_order(self._over),
            *_in_order(self._moved),
            *([given.before.unlike] if given is not None and given.before.unlike is not None else []),
            *_in_order(self._jumps),
            *_in_order(self._drafts),
        )
        drawn = [broken for broken in broken_too if id(broken) not in behind]
        return [*told, *((finding, None) for finding in others)], drawn

    def _look_at(self, cells: Iterable[CellKey]) -> None:
        """Judge cells anew against base units, the same period and their marks."""
        now, given = self.resolved, self.given
        for key in cells:
            if key not in now.plan.spots:
                continue
            if key in self._reasons:
                seen = seen_of(now, key)
                if seen in self._reasons[key]:
                    self.explained.add(key)
                else:
                    self.explained.discard(key)
            at = self.reckoning.place(key)
            _put(self._drafts, at, draft_at(now, key, self._marks, self._code))
            if given is None:
                continue
            if key in self._places:
                _put(self._over, self._places[key], typed_over(now, key, self._code))
            if key in self._bases:
                _put(self._moved, self._adjusted[key], base_moved(now, key, self._bases[key], self._code))
            if key in given.before.bases:
                _put(self._jumps, at, given.before.at(now, key, self.explained))


def _in_order(found: dict[int, Finding]) -> Iterator[Finding]:
    return (found[at] for at in sorted(found))


def _put(found: dict[int, Finding], at: int, finding: Finding | None) -> None:
    if finding is None:
        found.pop(at, None)
    else:
        found[at] = finding
