"""Errors are one catalogue: every code used has a text, in both languages, with the same places."""

from __future__ import annotations

import re
import string
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from judapp import messages
from judapp.errors import JudappError
from judapp.text import Bilingual

PACKAGE = Path(messages.__file__).parent
CODE = re.compile(r'"((?:CEL|REL|CMP|FIL|MAP|STA|EXP|DBF|UND|VER|UNT|PER|FRM|ADR|ENT|TGT|DEF)-[\w-]+)"')


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", sorted(messages.catalogue()))
def test_both_languages_of_a_text_name_the_same_places(code: str) -> None:
    entry = messages.catalogue()[code]
    assert entry.vi.strip()
    assert entry.en.strip()
    assert places(entry.vi) == places(entry.en)


def test_every_code_the_program_can_raise_has_a_text() -> None:
    used = {code for path in PACKAGE.rglob("*.py") for code in CODE.findall(path.read_text(encoding="utf-8"))}
    assert len(used) > 60
    assert used - set(messages.catalogue()) == set()


def test_no_code_stands_in_the_catalogue_that_nobody_uses() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    made_up = ("SEN-", "CLM-", "EVI-", "REG-", "LEV-", "YRD-", "TEV-", "STT-", "IMP-", "OPK-",
               "BOA-state-", "RPS-", "WIN-group-", "WIN-act-", "SHT-act-", "KEY-")  # f"…-{word}"  # fmt: skip
    unused = [c for c in messages.catalogue() if c not in source and not c.startswith(made_up)]
    assert unused == []


@pytest.mark.parametrize(
    ("value", "spec", "vi", "en"),
    [
        (1234567, "", "1.234.567", "1,234,567"),
        (Fraction(2, 3), "2", "0,67", "0.67"),
        (Decimal("-17.78"), "+2", "−17,78", "−17.78"),
        (Decimal("11.08"), "+2", "+11,08", "+11.08"),
        (date(2024, 6, 5), "", "05/06/2024", "05/06/2024"),
        (Bilingual("giảm", "down"), "", "giảm", "down"),
        (None, "", "", ""),
        ("40", "", "40", "40"),
    ],
)
def test_values_are_written_as_each_language_writes_them(value: object, spec: str, vi: str, en: str) -> None:
    assert messages.write(value, "vi", spec) == vi
    assert messages.write(value, "en", spec) == en


def test_a_fault_is_one_line_with_its_code() -> None:
    line = messages.of_error(JudappError("PER-001", period="2026-13"))
    assert "2026-13" in line
    assert line.endswith("(PER-001)")
    assert "\n" not in line


def test_a_missing_place_is_our_fault_and_stays_visible() -> None:
    with pytest.raises(KeyError):
        messages.text("PER-001")
