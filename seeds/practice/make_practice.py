"""Build the practice province: made-up units and figures for every layout, the same bytes every time.

    python seeds/practice/make_practice.py            writes units.json and figures.json
    python seeds/practice/make_practice.py --check    says which of them differ (exit 1), writes nothing

Nothing here is true, and a file made from it must be marked as practice. ``units.json`` has the shape of
``seeds/units.json``; ``figures.json`` holds, sheet by sheet, what a clerk would type: addresses and texts as
``judapp set`` takes them, the free rows a sheet has of its own, the words in the slots of its notes. A cell a
form computes is not there. Figures come from a digest of where they stand, so one more unit moves no other's.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from judapp.domain.rows import unit_key

HERE = Path(__file__).resolve().parent

SOURCE = "Số liệu thực hành, không có thật"
NIL, PENDING, OUT_OF_REMIT = "-", "…", "⊘"
REFORM, BEFORE_REFORM = "2025-07-01", "2025-06-30"
REGISTER_BEGINS = "2008-08-01"
COMMUNES, MERGED, SAME_CODE = 130, 20, 3
"""Communes of today; the first ``MERGED`` were two each, the first ``SAME_CODE`` keep the code of one."""
DISTRICTS = (
    "Thành phố Thực Hành",
    "Thị xã Thực Hành Bắc",
    *(f"Huyện Thực Hành {number:02d}" for number in range(1, 8)),
)
DEPARTMENTS = (
    "Sở Tư pháp",
    "Sở Tài chính",
    "Sở Công Thương",
    "Sở Nội vụ",
    "Sở Xây dựng",
    "Sở Nông nghiệp và Môi trường",
    "Sở Khoa học và Công nghệ",
    "Sở Giáo dục và Đào tạo",
    "Sở Y tế",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Sở Ngoại vụ",
    "Sở Dân tộc và Tôn giáo",
    "Thanh tra tỉnh",
    "Ban Quản lý các khu công nghiệp",
)


# --- units


@dataclass(frozen=True, slots=True)
class Made:
    """A unit of the practice province, with one state from ``start`` to ``end``."""

    kind: str
    code: str
    name: str
    subkind: str
    start: str = REGISTER_BEGINS
    end: str | None = None

    @property
    def uid(self) -> str:
        """The same in every copy: a digest of what the unit was first."""
        return "th" + sha256(f"{self.kind}|{self.code}|{self.start}".encode()).hexdigest()[:8]

    def exists(self, day: str) -> bool:
        """Whether the unit exists on ``day`` (ISO)."""
        return self.start <= day and (self.end is None or day <= self.end)


PROVINCE = Made("province", "TH", "Tỉnh Thực Hành", "tỉnh")


def communes() -> Iterator[tuple[Made, tuple[Made, ...]]]:
    """Every commune of today, with those that went into it on 01/7/2025."""
    for number in range(1, COMMUNES + 1):
        subkind = "phường" if number % 6 == 0 else "xã"
        word, code = subkind.capitalize(), f"TH{number:03d}"
        name = f"{word} Thực Hành {number:03d}"
        if number > MERGED:
            yield Made("commune", code, name, subkind), ()
            continue
        before = tuple(
            Made("commune", old_code, old_name, subkind, REGISTER_BEGINS, BEFORE_REFORM)
            for old_code, old_name in (
                (code, name) if number <= SAME_CODE else (f"{code}A", f"{name} A"),
                (f"{code}B", f"{name} B"),
            )
        )
        yield Made("commune", code, name, subkind, REFORM), before


def public_offices() -> list[Made]:
    """Phòng công chứng."""
    return [
        Made("notary", f"TH-PCC{n}", f"Phòng công chứng số {n} tỉnh Thực Hành", "phòng") for n in (1, 2, 3)
    ]


def private_offices() -> list[Made]:
    """Văn phòng công chứng; the last one opened between the two half years that are compared."""
    return [
        Made(
            "notary",
            f"TH-VP{n:02d}",
            f"Văn phòng công chứng Thực Hành {n:02d}",
            "văn phòng",
            "2025-09-01" if n == 21 else "2010-01-01",
        )
        for n in range(1, 22)
    ]


def districts() -> list[Made]:
    """Cấp huyện, to 30/6/2025."""
    return [
        Made("agency", f"TH-H{n:02d}", name, "cấp huyện", end=BEFORE_REFORM)
        for n, name in enumerate(DISTRICTS, start=1)
    ]


def justice_offices() -> list[Made]:
    """Phòng Tư pháp of each district."""
    return [
        Made(
            "agency",
            f"TH-PTP{n:02d}",
            f"Phòng Tư pháp {name[0].lower()}{name[1:]}",
            "phòng tư pháp",
            end=BEFORE_REFORM,
        )
        for n, name in enumerate(DISTRICTS, start=1)
    ]


def departments() -> list[Made]:
    """Sở, ban, ngành."""
    return [
        Made("agency", f"TH-S{n:02d}", name, "sở, ban, ngành", REFORM)
        for n, name in enumerate(DEPARTMENTS, start=1)
    ]


def register() -> dict[str, Any]:
    """``units.json``, in the shape of ``seeds/units.json``."""
    of_today = list(communes())
    below = [
        *public_offices(),
        *private_offices(),
        *districts(),
        *justice_offices(),
        *departments(),
        *(old for _, before in of_today for old in before),
        *(new for new, _ in of_today),
    ]
    return {
        "units": [_unit(PROVINCE, "vn"), *(_unit(made, PROVINCE.uid) for made in below)],
        "successions": [
            {"old": old.uid, "new": new.uid, "on": REFORM, "source": SOURCE}
            for new, before in of_today
            for old in before
        ],
        "groups": [],
    }


def _unit(made: Made, parent: str) -> dict[str, Any]:
    state = {
        "valid_from": made.start,
        "valid_to": made.end,
        "code": made.code,
        "name": made.name,
        "subkind": made.subkind,
        "parent": parent,
        "source": SOURCE,
    }
    return {"uid": made.uid, "kind": made.kind, "states": [state]}


# --- figures


@dataclass(slots=True)
class Sheet:
    """What one unit answered on one form in one round."""

    form: str
    period: str
    unit: str = PROVINCE.uid
    cells: dict[str, str] = field(default_factory=dict)
    own_rows: list[dict[str, Any]] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)

    def answer(self, row: str, figures: Mapping[str, int | str], table: str = "") -> None:
        """Put the figures of one row, by column."""
        for column, figure in figures.items():
            self.cells[f"{table}{':' if table else ''}[{row}]c{column}"] = str(figure)

    def pick(self, what: str, low: int, high: int) -> int:
        """A number from ``low`` to ``high``: always the same for the same place of the same sheet."""
        return _number(f"{self.form}|{self.period}|{self.unit}|{what}", low, high)

    def steady(self, what: str, low: int, high: int) -> int:
        """A number that other rounds and forms take up too, but for a few percent more or less."""
        return _number(what, low, high) * self.pick(what, 92, 112) // 100

    def part(self, what: str, whole: int, low: int, high: int) -> int:
        """From ``low`` to ``high`` percent of ``whole``, rounded down."""
        return whole * self.pick(what, low, high) // 100


def _number(place: str, low: int, high: int) -> int:
    return low + int(sha256(place.encode()).hexdigest()[:12], 16) % (high - low + 1)


def _groups(on: str) -> Iterator[tuple[str, Made]]:
    """Notary offices of a day with the group they stand in on the form."""
    for group, offices in (("I", public_offices()), ("II", private_offices())):
        for office in offices:
            if office.exists(on):
                yield group, office


def notaries_2019(period: str, on: str) -> Sheet:
    """12b of 03/2019."""
    sheet = Sheet("12b/BTP/BTTP/CC", period)
    offices = list(_groups(on))
    registered = 0
    for group, office in offices:
        at = office.code
        contracts, fee, copies, signatures, own = _business(sheet, at)
        other = sheet.part(f"{at} 4", contracts, 2, 9)
        registered += own
        row: dict[str, int | str] = {
            "1": own,
            "2": contracts + other,
            "3": contracts,
            "4": other,
            "5": contracts * 1000 * sheet.pick(f"{at} 5", 40, 90),
            "6": fee,
            "7": copies,
            "8": copies * 2000,
            "9": signatures,
            "10": signatures * 10000,
            "11": fee // 10,
        }
        if at == "TH-VP07":  # no translations
            row |= {"2": contracts, "4": NIL}
        if at == "TH-VP13":
            row |= dict.fromkeys(("7", "8", "9", "10"), OUT_OF_REMIT)
        sheet.answer(unit_key(group, office.uid), row)
    sheet.notes = {"nhan": str(len(offices)), "tong": str(len(offices)), "ccv": str(registered)}
    return sheet


def _business(sheet: Sheet, at: str) -> tuple[int, int, int, int, int]:
    """Contracts, fees, copies, signatures and notaries of an office, which both circulars count."""
    contracts = sheet.steady(f"{at} contracts", 700, 5200)
    return (
        contracts,
        contracts * 1000 * _number(f"{at} fee", 180, 320),
        sheet.steady(f"{at} copies", 900, 9000),
        sheet.steady(f"{at} signatures", 40, 600),
        _number(f"{at} notaries", 2, 6),
    )


def notaries_2025(period: str, on: str) -> Sheet:
    """10b of 17/2025."""
    sheet = Sheet("10b/TP/CC", period)
    for group, office in _groups(on):
        at = office.code
        contracts, fee, copies, signatures, own = _business(sheet, at)
        land, translators = sheet.part(f"{at} 3", contracts, 68, 86), sheet.pick(f"{at} 16", 0, 30)
        other = contracts - land
        row: dict[str, int | str] = {
            "1": own,
            "2": contracts,
            "3": land,
            "4": sheet.part(f"{at} 4", land, 1, 12),
            "5": other,
            "6": sheet.part(f"{at} 6", other, 0, 15),
            "7": fee,
            "8": sheet.pick(f"{at} 8", 0, 40) * 50000,
            "9": contracts * 1000 * sheet.pick(f"{at} 9", 30, 80),
            "10": sheet.pick(f"{at} 10", 0, 90) * 100000,
            "11": copies,
            "12": sheet.part(f"{at} 12", copies, 0, 8),
            "13": copies * 2000,
            "14": signatures,
            "15": signatures * 10000,
            "16": translators or NIL,
            "17": translators * 10000 or NIL,
            "18": fee // 10,
            "19": "",
        }
        if at == "TH-VP21":
            row["19"] = "Hoạt động từ 01/9/2025"
        if at == "TH-VP05":
            row |= {"18": PENDING, "19": "Chưa quyết toán thuế"}
        sheet.answer(unit_key(group, office.uid), {c: text for c, text in row.items() if text != ""})
    return sheet


def authentications(period: str) -> Sheet:
    """17c of 03/2019: two tables, columns without numbers."""
    sheet = Sheet("17c/BTP/HTQTCT/CT", period)
    for office in justice_offices():
        at = office.code
        row: dict[str, int | str] = {
            "_sao": sheet.pick(f"{at} sao", 800, 12000),
            "_ky": sheet.pick(f"{at} ky", 60, 900),
            "_ky_dich": sheet.pick(f"{at} dich", 5, 200),
            "_hop_dong": sheet.pick(f"{at} hd", 1, 60),
        }
        if at == "TH-PTP09":
            row["_ky_dich"] = NIL
        sheet.answer(unit_key("", office.uid), row, "I")
    for district in districts():
        at = district.code
        row = {
            "_sao": sheet.pick(f"{at} sao", 15000, 160000),
            "_ky": sheet.pick(f"{at} ky", 900, 14000),
            "_hop_dong": sheet.pick(f"{at} hd", 300, 5200),
        }
        sheet.answer(unit_key("", district.uid), row, "II")
    return sheet


def support_of_enterprises(period: str) -> Sheet:
    """21b of 17/2025: a free row for every sở, ban, ngành."""
    sheet = Sheet("21b/TP/HTPLDN", period)
    for order, department in enumerate(departments(), start=1):
        at = department.code
        key = unit_key("", _letters(f"21b|{period}|{at}"))
        sheet.own_rows.append(
            {
                "table": "",
                "key": key,
                "parent": "",
                "order": order,
                "unit": None,
                "label": department.name,
            }
        )
        medium, small, micro = (sheet.pick(f"{at} {c}", 0, most) for c, most in ((8, 2), (9, 5), (10, 9)))
        settled = medium + small + micro
        row: dict[str, int | str] = {
            "1": sheet.pick(f"{at} 1", 0, 12) or NIL,
            "2": sheet.pick(f"{at} 2", 1, 6),
            "3": sheet.pick(f"{at} 3", 0, 3) or NIL,
            "4": sheet.pick(f"{at} 4", 0, 14) or NIL,
            "5": sheet.pick(f"{at} 5", 0, 6) or NIL,
            "6": settled + sheet.pick(f"{at} 6", 0, 4) or NIL,
            "7": settled or NIL,
            "8": medium or NIL,
            "9": small or NIL,
            "10": micro or NIL,
            "11": settled * 3_000_000 or NIL,
            "12": sheet.pick(f"{at} 12", 0, 30) * 1_500_000 or NIL,
            "13": sheet.pick(f"{at} 13", 0, 8) * 5_000_000 or NIL,
        }
        if department.name == "Thanh tra tỉnh":
            row |= dict.fromkeys(("1", "5"), OUT_OF_REMIT) | {"14": "Không có mạng lưới tư vấn viên"}
        if department.name == "Sở Y tế":
            row |= {"13": PENDING, "14": "Nguồn tài trợ đang đối chiếu"}
        sheet.answer(key, row)
    sheet.notes = {"ghi_chu": "số liệu thực hành."}
    return sheet


def civil_status_2012(period: str) -> Sheet:
    """11c of 08/2011: Nam, Nữ under each district."""
    sheet = Sheet("11c", period)
    for district in districts():
        for sex in ("nam", "nu"):
            at = f"{district.code} {sex}"
            births, deaths = sheet.pick(f"{at} 1", 500, 2400), sheet.pick(f"{at} 9", 120, 800)
            single, found = sheet.part(f"{at} 3", births, 1, 6), sheet.pick(f"{at} 4", 0, 3)
            abroad, late = sheet.pick(f"{at} 6", 0, 5), sheet.part(f"{at} 8", births, 3, 20)
            infants, children = sheet.part(f"{at} 10", deaths, 1, 5), sheet.part(f"{at} 11", deaths, 1, 3)
            late_deaths = sheet.part(f"{at} 14", deaths, 5, 30)
            row: dict[str, int | str] = {
                "1": births,
                "2": births - single - found,
                "3": single,
                "4": found or NIL,
                "5": births - abroad,
                "6": abroad or NIL,
                "7": births - late,
                "8": late,
                "9": deaths,
                "10": infants,
                "11": children,
                "12": deaths - infants - children,
                "13": deaths - late_deaths,
                "14": late_deaths,
            }
            sheet.answer(f"{unit_key('', district.uid)}.{sex}", row)
    return sheet


def civil_status_of_commune(period: str, commune: Made) -> Sheet:
    """13a of 04/2016: one row."""
    sheet = Sheet("13a/BTP/HTQTCT/HT", period, commune.uid)
    sheet.answer("1", _registrations(sheet, commune.code))
    return sheet


def civil_status_of_province(period: str) -> Sheet:
    """TH-13: a row for every commune; ages are weighted in the total."""
    sheet = Sheet("TH-13", period)
    for commune, _ in communes():
        row = _registrations(sheet, commune.code)
        if commune.code == "TH077":  # no first marriage: nothing to weigh
            row |= dict.fromkeys(("18", "19", "20", "21"), NIL)
        if commune.code == "TH100":
            row["17"] = PENDING
        if commune.code == "TH126":
            row["22"] = OUT_OF_REMIT
        sheet.answer(unit_key("", commune.uid), row)
    sheet.notes = {"nhan": str(COMMUNES), "tong": str(COMMUNES)}
    return sheet


def _registrations(sheet: Sheet, at: str) -> dict[str, int | str]:
    births, deaths = sheet.pick(f"{at} 1", 20, 260), sheet.pick(f"{at} 11", 8, 120)
    couples = sheet.pick(f"{at} 18", 6, 110)
    minority, girls = sheet.part(f"{at} 3", births, 0, 40), sheet.part(f"{at} 5", births, 42, 54)
    late = sheet.part(f"{at} 7", births, 0, 18)
    infants, children = sheet.part(f"{at} 12", deaths, 0, 4), sheet.part(f"{at} 13", deaths, 0, 3)
    late_deaths = sheet.part(f"{at} 16", deaths, 0, 25)
    first = couples - sheet.part(f"{at} 19", couples, 3, 25)
    return {
        "1": births,
        "2": births - minority,
        "3": minority or NIL,
        "4": births - girls,
        "5": girls,
        "6": births - late,
        "7": late or NIL,
        "8": sheet.part(f"{at} 8", late, 20, 70) or NIL,
        "9": sheet.part(f"{at} 9", late, 10, 90) or NIL,
        "10": sheet.pick(f"{at} 10", 0, 12) or NIL,
        "11": deaths,
        "12": infants or NIL,
        "13": children or NIL,
        "14": deaths - infants - children,
        "15": deaths - late_deaths,
        "16": late_deaths or NIL,
        "17": sheet.pick(f"{at} 17", 0, 4) or NIL,
        "18": couples,
        "19": first,
        "20": _age(sheet.pick(f"{at} 20", 2380, 2990)),
        "21": _age(sheet.pick(f"{at} 21", 2090, 2640)),
        "22": sheet.pick(f"{at} 22", 0, 3) or NIL,
    }


def _age(hundredths: int) -> str:
    return f"{hundredths // 100},{hundredths % 100:02d}"


def _letters(what: str) -> str:
    """Eight letters, as free rows have, but always the same ones."""
    alphabet = "abcdefghijkmnpqrstuvwxyz23456789"
    return "".join(alphabet[byte % len(alphabet)] for byte in sha256(what.encode()).digest()[:8])


def sheets() -> Iterable[Sheet]:
    """Every sheet of the practice province."""
    yield civil_status_2012("2012-Y")
    before = [old for _, olds in communes() for old in olds][:3]
    yield from (civil_status_of_commune("2018-Y", commune) for commune in before)
    yield notaries_2019("2024-H1", "2024-06-30")
    yield authentications("2024-Y")
    yield notaries_2019("2025-H1", "2025-06-30")
    yield notaries_2025("2026-H1", "2026-06-30")
    yield support_of_enterprises("2026-H1")
    yield civil_status_of_province("2026-H1")


# --- files


def built() -> dict[Path, bytes]:
    """Every file this script is answerable for, with the bytes it should hold."""
    filled = [
        {
            "form": sheet.form,
            "unit": sheet.unit,
            "period": sheet.period,
            "cells": sheet.cells,
            "own_rows": sheet.own_rows,
            "notes": sheet.notes,
        }
        for sheet in sheets()
    ]
    return {
        HERE / "units.json": _lines(register()),
        HERE / "figures.json": _lines({"practice": True, "source": SOURCE, "sheets": filled}),
    }


def _lines(content: Mapping[str, Any]) -> bytes:
    """JSON with one unit, succession or sheet a line."""
    parts = []
    for key, value in content.items():
        if isinstance(value, list) and value:
            items = ",\n  ".join(_json(item) for item in value)
            parts.append(f"{_json(key)}:[\n  {items}\n ]")
        else:
            parts.append(f"{_json(key)}:{_json(value)}")
    return ("{\n " + ",\n ".join(parts) + "\n}\n").encode()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def main(arguments: list[str]) -> int:
    """Write or check both files; 1 where ``--check`` finds one that differs or is missing."""
    files = built()
    if arguments == ["--check"]:
        wrong = [path for path, data in files.items() if not path.exists() or path.read_bytes() != data]
        for path in wrong:
            sys.stdout.write(f"{path.name}\n")
        return 1 if wrong else 0
    if arguments:
        sys.stderr.write(__doc__ or "")
        return 2
    for path, data in files.items():
        path.write_bytes(data)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
