"""What a unit list says, as plain records: nothing of it has been held against the register yet."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import Struct, field

from judapp.domain.catalogue import Severity
from judapp.domain.finding import Finding, Place


class Spot(Struct, frozen=True):
    """A cell of the workbook."""

    sheet: str
    cell: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}"


class OldSaid(Struct, frozen=True):
    """A unit that went wholly or partly into another."""

    name: str
    spot: Spot
    whole: bool = True
    district: str = ""
    code: str = ""
    province: str = ""


class UnitSaid(Struct, frozen=True):
    """A unit a list names. ``told`` says whether the list says anything of where it came from."""

    kind: str
    name: str
    spot: Spot
    subkind: str = ""
    code: str = ""
    since: date | None = None
    until: date | None = None
    olds: tuple[OldSaid, ...] = ()
    itself: bool = False
    """Whether it stayed what it was: "giữ nguyên"."""

    @property
    def told(self) -> bool:
        """Whether the list says what it was made of."""
        return self.itself or bool(self.olds)


class PersonSaid(Struct, frozen=True):
    """A person and the room he works in."""

    name: str
    spot: Spot
    room: str = ""


class OwedSaid(Struct, frozen=True):
    """One line of the obligations: who owes which forms from when, and who prepares them."""

    who: str
    forms: tuple[str, ...]
    spot: Spot
    since: date | None = None
    until: date | None = None
    room: str = ""
    person: str = ""


class SheetSaid(Struct, frozen=True):
    """One worksheet: what it lists and how many entries."""

    name: str
    kind: str
    entries: int


class ListSaid(Struct):
    """Everything a workbook says, with what could not be understood."""

    path: str
    sheets: list[SheetSaid] = field(default_factory=list)
    units: list[UnitSaid] = field(default_factory=list)
    persons: list[PersonSaid] = field(default_factory=list)
    owed: list[OwedSaid] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    since: date | None = None
    """The day the title says the list holds from."""

    def say(self, code: str, severity: Severity, spot: Spot | None, /, **params: Any) -> None:
        """Add a finding about a cell, or about the whole workbook."""
        place = Place(path=self.path, sheet=spot.sheet if spot else None, cell=spot.cell if spot else None)
        self.findings.append(Finding(code, severity, place, params))
