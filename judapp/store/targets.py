"""Targets and claims: what was assigned, and what was published."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from judapp.domain.claim import Claim
from judapp.domain.target import Target
from judapp.store.database import DataFile
from judapp.store.days import iso, known_day
from judapp.store.documents import document_id
from judapp.store.faults import decoding
from judapp.store.operations import Writer
from judapp.store.units import unit_id


def load(file: DataFile) -> list[Target]:
    """All targets, oldest first."""
    rows = file.rows(
        "select t.uid, t.indicator, u.uid, t.year, t.operator, t.level, t.yardstick, t.valid_from,"
        " t.document, t.evidence, coalesce(t.source, '') from target t join unit u on u.id = t.holder"
        " order by t.year, t.valid_from, t.indicator, t.uid"
    )
    with decoding(file.path):
        return [
            Target(uid, indicator, holder, year, operator, Decimal(level), yardstick, known_day(day), *rest)
            for uid, indicator, holder, year, operator, level, yardstick, day, *rest in rows
        ]


def put(writer: Writer, target: Target, replaces: str | None = None) -> None:
    """Assign a target; ``replaces`` is the uid of the one a new document takes the place of."""
    writer.put(
        "target",
        {
            "uid": target.uid,
            "indicator": target.indicator,
            "holder": unit_id(writer.file, target.holder),
            "year": target.year,
            "operator": target.operator,
            "level": str(target.level),
            "yardstick": target.yardstick,
            "valid_from": iso(target.valid_from),
            "document": target.document,
            "evidence": target.evidence,
            "source": target.source or None,
            "replaces": replaces,
        },
    )


_CLAIM = (
    "uid", "indicator", "unit", "period", "printed", "document", "start", "end", "window_source", "numerator",
    "denominator", "bound", "difference", "change", "change_kind", "note",
)  # fmt: skip


def load_claims(file: DataFile) -> list[Claim]:
    """All claims, in the order of rounds."""
    rows = file.rows(
        "select c.uid, c.indicator, u.uid, c.period, c.printed, d.uid, c.from_date, c.to_date,"
        " c.window_source, c.numerator, c.denominator, c.bound, c.difference, c.change, c.change_kind,"
        " c.note from claim c join unit u on u.id = c.unit join document d on d.id = c.document"
        " order by c.period, c.uid"
    )
    with decoding(file.path):
        return msgspec.convert([dict(zip(_CLAIM, row, strict=True)) for row in rows], list[Claim])


def put_claim(writer: Writer, claim: Claim) -> None:
    """Keep a published rate or difference, letter for letter."""
    row = {name: getattr(claim, name) for name in _CLAIM}
    row["unit"] = unit_id(writer.file, claim.unit)
    row["document"] = document_id(writer.file, claim.document)
    row["from_date"], row["to_date"] = row.pop("start"), row.pop("end")
    writer.put("claim", row)
