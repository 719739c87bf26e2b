"""Nghệ An in 2024 as nobody wishes it: targets not met, big falls, a tie only by rounding, a pace."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from judapp.app.director import Front, front
from judapp.app.director_rows import IndicatorRow
from judapp.app.entering import set_cells
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.domain.target import Target
from judapp.store import targets
from judapp.store.operations import Writer
from judapp.text import Bilingual

H1 = Period(2024, "H1")
BEFORE = Period(2023, "H1")
OWN = (
    ("lltp.truc_tuyen", ">=", "60", "full"),
    ("lltp.giai_quyet", ">", "97.06", "full"),
    ("pbgdpl.cuoc", ">=", "8000", "pro_rata"),
    ("tcpl.xa", "<=", "5", "full"),
)
"""Targets beside the two of the demonstration."""


def alarm(path: Path) -> None:
    """Change the demonstration's file at ``path``."""
    with Workspace.open(path) as workspace:
        unit = workspace.owner
        set_cells(
            workspace,
            "PL-STP",
            unit,
            H1,
            ["[III.1]c1=3000", "[III.7]c1=9", "[III.8]c1=200", "[IV.1]c1=12000", "[IV.2]c1=50"],
        )
        set_cells(
            workspace,
            "PL-STP",
            unit,
            BEFORE,
            [
                "[VI.1]c1=70000",
                "[VI.2]c1=83670",
                "[VII.1]c1=37734",
                "[VII.2]c1=9000",
                "[IV.1]c1=20000",
                "[IV.2]c1=-",
            ],
        )

        def build(writer: Writer) -> None:
            for indicator, operator, level, yardstick in OWN:
                targets.put(
                    writer,
                    Target(
                        uid=f"test-{indicator}",
                        indicator=indicator,
                        holder=unit.uid,
                        year=2024,
                        operator=operator,
                        level=Decimal(level),
                        yardstick=yardstick,
                        valid_from=date(2024, 1, 1),
                        document=None,
                        evidence="typed",
                        source="",
                    ),
                )

        workspace.apply("targets", "Giao chỉ tiêu", build)


DVC, ESSENTIAL = "dvc.truc_tuyen", "hotich.thiet_yeu_truc_tuyen"


def seen(path: Path, unit: str = "40", period: str = "2024-H1") -> Front:
    """The front page of a unit of the file at ``path``."""
    at = Period.parse(period)
    with Workspace.open(path) as workspace:
        return front(workspace, workspace.unit(unit, at).uid, at)


def row(found: Front, own: str) -> IndicatorRow:
    """The row of an indicator."""
    return next(row for row in found.rows if row.id == own)


def vi(text: Bilingual) -> str:
    """A text in Vietnamese, with plain spaces."""
    return text.vi.replace("\u00a0", " ")
