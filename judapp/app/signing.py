"""Who signs a sheet, where and when: cells of the table "@", and how place and day are written."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Form
from judapp.domain.period import Period
from judapp.domain.unit import COMMUNE, PROVINCE
from judapp.text import clean

PLACE_AND_DATE = "place_and_date"
SIGNERS = "signer"
"""Cells of the table "@" that hold the place with the date, and signers by their number: ``signer1``."""

_DAY = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*\Z")
_KINDS_OF_PLACE = re.compile(r"(?:Tỉnh|Thành phố|Xã|Phường|Thị trấn|Đặc khu)\s+", re.IGNORECASE)


def signing_label(form: Form, slot: str) -> str:
    """What a place for a signer, or for place and day, is called; "" for any other."""
    titles = {f"{SIGNERS}{at}": signer.title for at, signer in enumerate(form.signatures, start=1)}
    return {PLACE_AND_DATE: "Nơi, ngày ký", **titles}.get(slot, "").replace("\n", " ")


def signing_line(typed: str, place: str) -> str:
    """Place and date as printed above the head's name: a day gets the place, other words stay as typed."""
    day = day_of(typed)
    if day is None:
        return clean(typed)
    # Days below 10 and the months 1 and 2 have a 0 before them (Nghị định 30/2020/NĐ-CP, Phụ lục I).
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{place}, ngày {day.day:02d} tháng {month} năm {day.year}"


def day_of(typed: str) -> date | None:
    """The day a text names ("18/6/2026"), None for any other words."""
    found = _DAY.match(typed)
    if found:
        with suppress(ValueError):
            return date(int(found[3]), int(found[2]), int(found[1]))
    return None


def place_of_signing(workspace: Workspace, unit: str, period: Period) -> str:
    """The place a unit signs in: its territory, for others that of the owner."""
    at = workspace.units[unit]
    at = at if at.kind in (PROVINCE, COMMUNE) else workspace.owner
    name = workspace.units.name(at.uid, period.last_day)
    return _KINDS_OF_PLACE.sub("", name, count=1)
