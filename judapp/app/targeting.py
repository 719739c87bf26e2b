"""Targets as decisions: listed with their documents, imported from a workbook, seeded where published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import msgspec
from msgspec import Struct

from judapp.app.workspace import Workspace
from judapp.domain.number import from_workbook, parse_number
from judapp.domain.period import FINAL_YEAR, Period
from judapp.domain.target import FULL, OPERATORS, PRO_RATA, Target
from judapp.errors import JudappError
from judapp.excel.grid import GridSheet
from judapp.excel.reader import read_workbook
from judapp.messages import bilingual
from judapp.store import documents, targets
from judapp.store.documents import Document
from judapp.store.operations import Applied, Writer, new_uid
from judapp.text import clean, fold


class SeedDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A document as far as it is known."""

    uid: str
    title: str
    issuer: str | None = None
    number: str | None = None
    date: str | None = None
    url: str | None = None


class SeedTarget(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A target everybody knows; ``holder`` is the uid of a unit."""

    indicator: str
    holder: str
    year: int
    operator: str
    level: str
    yardstick: str
    valid_from: str
    document: SeedDocument
    evidence: str
    source: str


def put_seed_target(writer: Writer, seed: SeedTarget) -> None:
    """Write a shipped target with its document; the same in every file, so that files can be compared."""
    document = put_seed_document(writer, seed.document)
    targets.put(
        writer,
        Target(
            f"{seed.indicator}-{seed.holder}-{seed.year}",
            seed.indicator,
            seed.holder,
            seed.year,
            seed.operator,
            Decimal(seed.level),
            seed.yardstick,
            date.fromisoformat(seed.valid_from),
            document,
            seed.evidence,
            seed.source,
        ),
    )


def put_seed_document(writer: Writer, seed: SeedDocument) -> int:
    """Write a shipped document."""
    return documents.put(
        writer,
        seed.uid,
        number=seed.number,
        day=date.fromisoformat(seed.date) if seed.date else None,
        issuer=seed.issuer,
        title=seed.title,
        url=seed.url,
    )


class TargetLine(Struct, frozen=True):
    """A target with the words and papers that belong to it."""

    target: Target
    label: str
    holder_code: str
    holder_name: str
    document: Document | None


def listed(workspace: Workspace) -> list[TargetLine]:
    """All targets, by year and indicator."""
    papers = documents.load(workspace.file)
    found = []
    for target in workspace.targets():
        day = Period(target.year, FINAL_YEAR).last_day
        indicator = workspace.indicators.get(target.indicator)
        found.append(
            TargetLine(
                target,
                indicator.label if indicator else target.indicator,
                workspace.unit_code(target.holder, day),
                workspace.units.name(target.holder, day),
                papers.get(target.document) if target.document is not None else None,
            )
        )
    return found


_HEADS = {
    "indicator": "chi tieu (ma)",
    "unit": "don vi (ma)",
    "year": "nam",
    "operator": "so sanh",
    "level": "muc",
    "yardstick": "cach do 6 thang",
    "number": "van ban so",
    "date": "ngay van ban",
    "issuer": "co quan ban hanh",
    "valid_from": "hieu luc tu",
    "evidence": "nguon goc muc",
    "source": "ghi chu nguon",
}
_NEEDED = ("indicator", "unit", "year", "operator", "level")
_OPERATORS = {"≥": ">=", "≤": "<=", "tren": ">", "duoi": "<"}
_YARDSTICKS = {
    "": FULL,
    "muc ca nam": FULL,
    "ca nam": FULL,
    "full": FULL,
    "theo tien do": PRO_RATA,
    "pro_rata": PRO_RATA,
}
_EVIDENCE = {"": "typed", "cong bo": "published", "suy ra": "derived"}


def import_targets(workspace: Workspace, path: Path) -> tuple[list[Target], Applied]:
    """Read targets from the first worksheet with the expected heads and write them as one operation.

    Raises FIL-… (no workbook), TGT-001 (what is wrong in which row; nothing is written then).
    """
    rows = [row for sheet in read_workbook(path) for row in _rows(sheet)]
    if not rows:
        raise JudappError("TGT-001", path=path.name, row=1, problem=bilingual("TGT-heads"))
    read = [(number, _target(workspace, path, number, row), row) for number, row in rows]
    known = {_identity(t): t.uid for t in workspace.targets()}
    found: list[Target] = []

    def build(writer: Writer) -> None:
        for _, target, row in read:
            uid = known.get(_identity(target), target.uid)
            paper = _document(writer, row)
            kept = Target(
                uid,
                target.indicator,
                target.holder,
                target.year,
                target.operator,
                target.level,
                target.yardstick,
                target.valid_from,
                paper,
                target.evidence,
                target.source,
            )
            targets.put(writer, kept)
            found.append(kept)

    applied = workspace.apply("targets", f"Nhập {len(read)} chỉ tiêu giao từ {path.name}", build)
    return found, applied


def _identity(target: Target) -> tuple[str, str, int, date]:
    return target.indicator, target.holder, target.year, target.valid_from


def _rows(sheet: GridSheet) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the heads, each cell as text under the name of its head."""
    for first in range(1, sheet.last_row + 1):
        heads = {
            name: column
            for (row, column), cell in sheet.cells.items()
            if row == first
            for name, head in _HEADS.items()
            if fold(str(cell.content or "")) == head
        }
        if all(name in heads for name in _NEEDED):
            break
    else:
        return
    for row in range(first + 1, sheet.last_row + 1):
        values = {name: _text(sheet.at(row, column).content) for name, column in heads.items()}
        if any(values.values()):
            yield row, values


def _text(content: str | float | int | None) -> str:
    if content is None:
        return ""
    return clean(content) if isinstance(content, str) else format(from_workbook(content), "f")


def _target(workspace: Workspace, path: Path, row: int, cells: dict[str, str]) -> Target:
    def wrong(code: str, value: str) -> JudappError:
        return JudappError("TGT-001", path=path.name, row=row, problem=bilingual(code, value=value))

    indicator = cells["indicator"]
    if indicator not in workspace.indicators:
        raise wrong("TGT-indicator", indicator)
    if not cells["year"].isdigit():
        raise wrong("TGT-year", cells["year"])
    year = int(cells["year"])
    operator = _OPERATORS.get(fold(cells["operator"]), cells["operator"])
    if operator not in OPERATORS:
        raise wrong("TGT-operator", cells["operator"])
    level = parse_number(cells["level"].replace("%", ""))
    if not isinstance(level, Decimal):
        raise wrong("TGT-level", cells["level"])
    yardstick = _YARDSTICKS.get(fold(cells.get("yardstick", "")))
    if yardstick is None:
        raise wrong("TGT-yardstick", cells["yardstick"])
    evidence = _EVIDENCE.get(fold(cells.get("evidence", "")))
    if evidence is None:
        raise wrong("TGT-evidence", cells["evidence"])
    since = _day(cells.get("valid_from", "")) if cells.get("valid_from") else date(year, 1, 1)
    if since is None:
        raise wrong("TGT-day", cells["valid_from"])
    if cells.get("date") and _day(cells["date"]) is None:
        raise wrong("TGT-day", cells["date"])
    holder = workspace.units.by_code(cells["unit"], Period(year, FINAL_YEAR).last_day)
    return Target(
        new_uid(),
        indicator,
        holder.uid,
        year,
        operator,
        level,
        yardstick,
        since,
        None,
        evidence,
        cells.get("source", ""),
    )


def _day(text_of_day: str) -> date | None:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text_of_day, form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None


def _document(writer: Writer, cells: dict[str, str]) -> int | None:
    """The document of a target; the same number and issuer are the same document."""
    number, issuer = cells.get("number") or None, cells.get("issuer") or None
    if not number and not issuer:
        return None
    day = _day(cells.get("date", ""))
    for known in documents.load(writer.file).values():
        if (known.number, known.issuer, known.date) == (number, issuer, day):
            return known.id
    return documents.put(writer, new_uid(), number=number, issuer=issuer, day=day)
