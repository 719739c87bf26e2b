"""Of which unit a worksheet is: header block first, then the names of file and sheet, then what was chosen.

Each step names exactly one unit or none; what fits several, or is only like a name, is asked and remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from msgspec import Struct, field

from judapp.app.desk import units_for
from judapp.app.import_candidates import Candidate
from judapp.app.import_evidence import Evidence
from judapp.app.import_names import Match, UnitNames, name_key, names_somebody
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Form
from judapp.domain.period import Period
from judapp.domain.unit import COMMUNE, NOTARY, Unit
from judapp.excel.recognise import Header
from judapp.messages import text
from judapp.text import clean

Remembered = Callable[[str], str | None]
"""The uid a person chose for exactly this printed name before."""


class UnitFinder:
    """Finds units for one preview; the names of a day are indexed once."""

    def __init__(self, workspace: Workspace, remembered: Remembered) -> None:
        """``remembered`` tells what was chosen for a printed name before."""
        self._workspace = workspace
        self._remembered = remembered
        self._names: dict[date, UnitNames] = {}

    def names(self, day: date) -> UnitNames:
        """The names of all units on ``day``."""
        if day not in self._names:
            self._names[day] = UnitNames(self._workspace.units, day)
        return self._names[day]

    def named(self, name: str, day: date, form: Form | None = None) -> tuple[Unit, ...]:
        """The units a printed name means on ``day``."""
        return self.names(day).match(name, _kinds(form)).units

    def find(self, candidate: Candidate, header: Header, day: date) -> Unit | None:
        """The unit of a worksheet, its evidence and findings on the candidate; None where it is asked."""
        kinds = _kinds(candidate.form)
        names = self.names(day)
        printed, cell = printed_unit(header, candidate.form, names)
        beside = self._by_names(candidate, names, kinds)
        if printed:
            match = names.match(printed, kinds)
            if match.sure is not None:
                candidate.evidence["unit"] = Evidence("cell", printed, cell)
                if kinds and match.sure.kind not in kinds:
                    unit_name = self._name(match.sure, day)
                    candidate.say("MAP-045", "warning", unit=unit_name, form=candidate.form.number)
                self._hold_against(candidate, match.sure, beside, printed, day)
                if match.renamed:
                    candidate.say("MAP-054", "info", name=printed, unit=self._name(match.sure, day))
                elif names.other_marks(match.sure, printed):
                    candidate.say("MAP-034", "warning", name=printed, unit=self._name(match.sure, day))
                return match.sure
            before = self._as_before(candidate, printed, beside, day)
            if before is None:
                self._ask(candidate, printed, match, day)
            return before
        if beside is not None:
            unit, evidence = beside
            candidate.evidence["unit"] = evidence
            candidate.say("MAP-031", "info", unit=self._name(unit, day), where=_where(evidence))
            return unit
        for said in header.places if set(kinds) == {COMMUNE} else ():
            place = names.match(said.text, kinds).sure
            if place is not None and place.kind == COMMUNE:
                candidate.evidence["unit"] = Evidence("cell", said.text, said.cell)
                return place
        candidate.say("MAP-046")
        return None

    def _by_names(
        self, candidate: Candidate, names: UnitNames, kinds: Collection[str]
    ) -> tuple[Unit, Evidence] | None:
        """The unit named by the file or the sheet; None where they name none, several, or two."""
        in_file = names.in_file_name(candidate.path.stem, kinds).sure
        in_sheet = names.in_file_name(candidate.sheet, kinds).sure
        if in_file is not None and in_sheet is not None and in_file.uid != in_sheet.uid:
            return None
        if in_file is not None:
            return in_file, Evidence("file", candidate.path.name)
        return (in_sheet, Evidence("sheet", candidate.sheet)) if in_sheet is not None else None

    def _hold_against(
        self,
        candidate: Candidate,
        unit: Unit,
        beside: tuple[Unit, Evidence] | None,
        printed: str,
        day: date,
    ) -> None:
        """Say where file or sheet are named after another unit of the kind: the header counts."""
        if beside is not None and beside[0].uid != unit.uid and beside[0].kind == unit.kind:
            params = {"name": printed, "other": self._name(beside[0], day), "where": _where(beside[1])}
            candidate.say("MAP-033", "warning", **params)

    def _as_before(
        self, candidate: Candidate, printed: str, beside: tuple[Unit, Evidence] | None, day: date
    ) -> Unit | None:
        """The unit chosen for this name before, unless file or sheet are named after another."""
        uid = self._remembered(printed)
        if beside is not None and beside[0].uid != uid:
            return None
        if uid is None or not any(unit.uid == uid for unit in self._workspace.units):
            return None
        if self._workspace.units.state(uid, day) is None:
            return None
        unit = self._workspace.units[uid]
        candidate.evidence["unit"] = Evidence("memory", printed)
        candidate.say("MAP-032", "info", name=printed, unit=self._name(unit, day))
        return unit

    def _ask(self, candidate: Candidate, printed: str, match: Match, day: date) -> None:
        if match.units:
            candidate.say("MAP-002", "info", name=printed, count=len(match.units))
        elif match.former:
            into = self._workspace.units.successors(match.former[0].uid, day)
            heirs = ", ".join(self._name(unit, day) for unit in into)
            candidate.say("MAP-035", name=printed, day=day, into=heirs or "…")
        else:
            candidate.say("MAP-006", name=printed, day=day)

    def _name(self, unit: Unit, day: date) -> str:
        return self._workspace.units.name(unit.uid, day)


def _kinds(form: Form | None) -> tuple[str, ...]:
    """The kinds of units that report a form, () where it does not say."""
    return tuple(kind for level in form.levels for kind in level.unit_kinds) if form else ()


def _where(evidence: Evidence) -> str:
    return evidence.text


def printed_unit(header: Header, form: Form | None, names: UnitNames) -> tuple[str, str]:
    """The unit a worksheet prints and its cell: behind a label, else in the letterhead; "" for blanks.

    A blank that was not filled in ("UBND xã/phường/thị trấn") names nobody.
    """
    blank = {name_key(level.reporter) for level in form.levels} if form else set()

    def names_nobody(words: str) -> bool:
        return name_key(words) in blank or "/" in words or not names_somebody(words)

    if header.unit and not names_nobody(header.unit):
        return header.unit, header.unit_cell
    kinds = _kinds(form)
    offices = [said for said in header.offices if not names_nobody(said.text)]
    known = [(said, unit) for said in offices if (unit := names.match(said.text, kinds).sure) is not None]
    of_kind = [(said, unit) for said, unit in known if not kinds or unit.kind in kinds]
    if len({unit.uid for _, unit in of_kind}) == 1:
        return of_kind[0][0].text, of_kind[0][0].cell
    own = [said for said in offices if _is_of(said.text, kinds)]
    return (own[-1].text, own[-1].cell) if own else ("", "")


def _is_of(office: str, kinds: Collection[str]) -> bool:
    """Whether a line of a letterhead names a unit of the kind that reports."""
    key = name_key(office)
    commune = COMMUNE in kinds and key.startswith(("xa ", "phuong ", "thi tran ", "dac khu "))
    return commune or (NOTARY in kinds and key.startswith(("van phong cong chung ", "phong cong chung ")))


# choosing by hand


class UnitOffer(Struct, frozen=True):
    """A unit a worksheet may be of; ``likely`` ones have a name like the one printed."""

    uid: str
    name: str
    group: str
    key: str
    likely: bool = field(default=False)
    reason: str = ""
    """Why it is likely, in the language asked for: “tên ở ô A3”, “xã cũ đã nhập vào”; "" where it is not."""


def unit_offers(
    workspace: Workspace, candidate: Candidate, period: Period, lang: str = "vi"
) -> tuple[UnitOffer, ...]:
    """The units a worksheet may be of, those with a name like the printed one first; nothing is chosen."""
    period = candidate.period or period
    likely = _likely(workspace, candidate, period.last_day, lang)
    order = {uid: place for place, uid in enumerate(likely)}
    offers = [
        UnitOffer(
            unit.uid,
            unit.name,
            unit.group.in_language(lang),
            unit.key,
            unit.uid in likely,
            likely.get(unit.uid, ""),
        )
        for unit in units_for(workspace, period)
    ]
    return tuple(sorted(offers, key=lambda offer: order.get(offer.uid, len(order))))


def _likely(workspace: Workspace, candidate: Candidate, day: date, lang: str) -> dict[str, str]:
    """Likely units with the reason of each, the likeliest first."""
    names = UnitNames(workspace.units, day)
    form = candidate.version.form if candidate.version else None
    kinds = _kinds(form)
    found: dict[str, str] = {}
    printed, cell = printed_unit(candidate.header, form, names) if candidate.header else ("", "")
    if printed:
        match = names.match(printed, kinds)
        for unit in match.units:
            found.setdefault(unit.uid, text("RCG-name-in-cell", lang, cell=cell))
        for old in match.former:
            for heir in workspace.units.successors(old.uid, day):
                former = workspace.units.latest(old.uid).name
                found.setdefault(heir.uid, text("RCG-heir", lang, name=former))
    for stem, code in ((candidate.path.stem, "RCG-in-file-name"), (candidate.sheet, "RCG-in-sheet-name")):
        for unit in names.in_file_name(stem, kinds).units:
            found.setdefault(unit.uid, text(code, lang))
    for said in candidate.header.places if candidate.header else ():
        for unit in names.match(said.text, kinds).units:
            found.setdefault(unit.uid, text("RCG-place-in-cell", lang, cell=said.cell))
    asked = clean(printed) or candidate.path.stem
    for unit in () if found else names.like(asked, kinds):
        found.setdefault(unit.uid, text("RCG-name-like", lang, name=asked))
    return found
