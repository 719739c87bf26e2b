"""Arguments that several commands take."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

FILE = click.Path(path_type=Path)
NEW_FILE = click.Path(path_type=Path)
PATH = click.Path(path_type=Path)
DAY = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"])


def as_date(value: datetime | None) -> date | None:
    """The day click read, None where none was given."""
    return value.date() if value else None


def period_option(required: bool = True) -> Callable[[Any], Any]:
    """``--period CODE``."""
    return click.option(
        "--period",
        "period",
        required=required,
        help="Kỳ: 2026-H1, 2026-Y1, 2026-Y, 2026-E06. / Round.",
    )


def sheet_options(function: Any) -> Any:
    """``--form NO --unit CODE --period CODE``: which sheet is meant."""
    for option in (
        period_option(),
        click.option("--unit", "unit", required=True, help="Mã đơn vị. / Unit code."),
        click.option("--form", "form", required=True, help="Số biểu, ví dụ PL-STP. / Form number."),
    ):
        function = option(function)
    return function
