"""What a reading process and the program say to each other: frames of msgpack, values of known types.

Nothing of what a child sends is code; a reply that is not what is declared here is a fault of the child.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from judapp.app.import_candidates import Candidate, Change, Decision, Wish
from judapp.domain.figure import EMPTY, Figure, number
from judapp.domain.finding import Finding, Place
from judapp.domain.shape import CellKey
from judapp.excel.mapped import ReadFigure
from judapp.text import Bilingual

HEAD = 4
"""Bytes of a frame that say how long the rest is, most significant first."""
MAX_FRAME = 256 << 20
"""Bytes of a frame; a million cells with their sources take less."""


TOO_LARGE, FAULT = "memory", "fault"
"""Failures of a job that are no ``JudappError``."""


class Begin(Struct, frozen=True, tag=True):
    """The first frame of a reading: which data file, what is said of all files, and the limits."""

    file: bytes
    wish: Wish
    memory: int
    seconds: float


class Job(Struct, frozen=True, tag=True):
    """One file to read; ``decisions`` are those about its worksheets."""

    path: bytes
    decisions: tuple[tuple[str, Decision], ...] = ()


class End(Struct, frozen=True, tag=True):
    """The reading is over: the data file is let go, the process waits for another one."""


class Ready(Struct, frozen=True, tag=True):
    """The data file is open; jobs are being read."""


class Sent(Struct, frozen=True):
    """One candidate; form version and unit are named, not sent."""

    candidate: Candidate
    version: int | None
    unit: str | None
    layout: int = -1
    """Where its figures stand in form and worksheet, by number: :class:`Layouts`."""
    places: list[tuple[CellKey, str]] = field(default_factory=list)
    """The same in full, the first time that number is used."""
    figures: list[int | Figure] = field(default_factory=list)
    """Its figures in that order; one that is nothing but a number is sent as that."""
    fresh: bool = False
    """Whether its changes are all its figures, with nothing there before."""
    before: list[tuple[int, Figure | None]] = field(default_factory=list)
    """Its changes, where they are some of its figures: which one, and what stands there (None: nothing)."""


class Found(Struct, frozen=True, tag=True):
    """The candidates of the job that waited longest."""

    sent: list[Sent] = field(default_factory=list)


class Failed(Struct, frozen=True, tag=True):
    """What ended a job: a ``JudappError`` by its code, too little memory, or a fault of ours."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)
    trace: str = ""


Order = Begin | Job | End
Reply = Ready | Found | Failed


# values of any kind, as sentences name them

_DECIMAL, _FRACTION, _DATE, _BILINGUAL, _RAW = range(1, 6)


def packed(params: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a sentence so that they come out as what they were."""
    return {name: _packed(value) for name, value in params.items()}


def _packed(value: Any) -> Any:
    if isinstance(value, Bilingual):
        return msgspec.msgpack.Ext(_BILINGUAL, msgspec.msgpack.encode(tuple(value)))
    if isinstance(value, str):
        return (
            value if _keepable(value) else msgspec.msgpack.Ext(_RAW, value.encode("utf-8", "surrogatepass"))
        )
    if isinstance(value, (Decimal, Fraction)):
        return msgspec.msgpack.Ext(_DECIMAL if isinstance(value, Decimal) else _FRACTION, str(value).encode())
    if isinstance(value, date):
        return msgspec.msgpack.Ext(_DATE, value.isoformat().encode())
    if isinstance(value, (list, tuple)):
        return [_packed(part) for part in value]
    return value


def _keepable(words: str) -> bool:
    try:
        words.encode()
    except UnicodeEncodeError:  # a name from a disk with other letters than it says
        return False
    return True


_UNPACKED: Mapping[int, Callable[[bytes], Any]] = {
    _DECIMAL: lambda data: Decimal(data.decode()),
    _FRACTION: lambda data: Fraction(data.decode()),
    _DATE: lambda data: date.fromisoformat(data.decode()),
    _BILINGUAL: lambda data: Bilingual(*msgspec.msgpack.decode(data, type=tuple[str, str])),
    _RAW: lambda data: data.decode("utf-8", "surrogatepass"),
}


def _unpacked(code: int, data: memoryview) -> Any:
    return _UNPACKED[code](bytes(data))


# candidates

_NOWHERE = Path()
_MOST_LAYOUTS = 256

_Places = list[tuple[CellKey, str]]


class Layouts:
    """Places of figures that went from one process to the other, by number; both sides forget alike."""

    def __init__(self) -> None:
        self._numbers: dict[object, int] = {}
        self._places: dict[int, _Places] = {}
        self._next = 0

    def number(self, candidate: Candidate) -> tuple[int, _Places]:
        """The number of where a candidate's figures stand, and those places if they were not sent yet."""
        figures = candidate.figures
        key = tuple(figures), tuple([read.cell for read in figures.values()])
        known = self._numbers.get(key)
        if known is not None:
            return known, []
        number = self._numbers[key] = self._next
        self._next += 1
        if len(self._numbers) > _MOST_LAYOUTS:
            del self._numbers[next(iter(self._numbers))]
        return number, list(zip(*key, strict=True))

    def places(self, arrived: Sent) -> _Places:
        """Where the figures of a candidate stand that came. Raises KeyError for a number never told."""
        if arrived.places:
            self._places[arrived.layout] = arrived.places
            if len(self._places) > _MOST_LAYOUTS:
                del self._places[next(iter(self._places))]
        return self._places[arrived.layout] if arrived.figures else []


def sent(candidate: Candidate, layouts: Layouts) -> Sent:
    """A candidate as it travels: what the program knows itself stays behind."""
    version, unit = candidate.version, candidate.unit
    fresh = _all_new(candidate)
    before = [] if fresh else _before(candidate)
    plain = replace(
        candidate,
        path=_NOWHERE,
        version=None,
        unit=None,
        figures={},
        changes=candidate.changes if before is None else [],
        findings=[_without_path(finding) for finding in candidate.findings],
    )
    layout, places = layouts.number(candidate) if candidate.figures else (-1, [])
    figures = [_bare(read.figure) for read in candidate.figures.values()]
    names = version.id if version else None, unit.uid if unit else None
    return Sent(plain, *names, layout, places, figures, fresh, before or [])


def _all_new(candidate: Candidate) -> bool:
    """Whether every figure is a change of an empty cell, as in a sheet that nobody began."""
    changes, figures = candidate.changes, candidate.figures
    return (
        0 < len(changes) == len(figures)
        and [change.key for change in changes] == list(figures)
        and [change.cell for change in changes] == [read.cell for read in figures.values()]
        and [change.after for change in changes] == [read.figure for read in figures.values()]
        and not any(change.before is not EMPTY for change in changes)
    )


def _bare(figure: Figure) -> int | Figure:
    return figure if figure.value is None or figure.estimate is not None else figure.value


def _before(candidate: Candidate) -> list[tuple[int, Figure | None]] | None:
    """The changes as places among the figures; None where they are others."""
    places = {key: at for at, key in enumerate(candidate.figures)}
    found: list[tuple[int, Figure | None]] = []
    for change in candidate.changes:
        read = candidate.figures.get(change.key)
        if read is None or read.figure is not change.after or read.cell != change.cell:
            return None
        found.append((places[change.key], None if change.before == EMPTY else change.before))
    return found


def _without_path(finding: Finding) -> Finding:
    return replace(finding, place=replace(finding.place, path=None), params=packed(finding.params))


def received(arrived: Sent, path: Path, layouts: Layouts) -> Candidate:
    """The candidate of the file at ``path``, still without form version and unit."""
    made = arrived.candidate
    made.path = path
    where = str(path)
    made.findings = [replace(f, place=_placed(f.place, where)) for f in made.findings]
    places = layouts.places(arrived)
    figures = [number(said) if isinstance(said, int) else said for said in arrived.figures]
    made.figures = {
        key: ReadFigure(figure, cell) for (key, cell), figure in zip(places, figures, strict=True)
    }
    if arrived.fresh:
        made.changes = [
            Change(key, EMPTY, figure, cell) for (key, cell), figure in zip(places, figures, strict=True)
        ]
    elif arrived.before:
        read = list(made.figures.items())
        made.changes = [_change(read[at], before) for at, before in arrived.before]
    return made


def _change(read: tuple[CellKey, ReadFigure], before: Figure | None) -> Change:
    key, after = read
    return Change(key, EMPTY if before is None else before, after.figure, after.cell)


def _placed(place: Place, path: str) -> Place:
    return replace(place, path=path)


def job(path: Path, decisions: Sequence[tuple[str, Decision]]) -> Job:
    """The order to read a file."""
    return Job(os.fsencode(path), tuple(decisions))


# bytes


def _path_as_words(value: Any) -> Any:
    if isinstance(value, Path):
        return str(value)
    raise NotImplementedError(type(value))  # what msgspec asks for, of a value nobody meant to send


def _words_as_path(wanted: type, value: Any) -> Any:
    return wanted(value)


_encoder = msgspec.msgpack.Encoder(enc_hook=_path_as_words)
_orders: msgspec.msgpack.Decoder[Order] = msgspec.msgpack.Decoder(Order)
_replies: msgspec.msgpack.Decoder[Reply] = msgspec.msgpack.Decoder(
    Reply, dec_hook=_words_as_path, ext_hook=_unpacked
)


def framed(message: Order | Reply) -> bytes:
    """A message with its length before it."""
    content = _encoder.encode(message)
    return len(content).to_bytes(HEAD, "big") + content


def order(content: bytes) -> Order:
    """An order as the child gets it."""
    return _orders.decode(content)


def reply(content: bytes) -> Reply:
    """A reply of the child; raises ``msgspec.MsgspecError`` or ``ValueError`` for anything else."""
    return _replies.decode(content)
