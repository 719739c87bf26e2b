"""Words that name label columns, and names of what bears no printed number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from judapp.domain.stubs import is_code_label, is_number_label, is_unit_label
from judapp.text import fold

_LABEL = re.compile(
    r"(?:(?:ten )?(?:don vi|chi tieu|to chuc|co quan|dia phuong|dia ban|linh vuc|loai viec|noi dung)\b"
    r"|noi dung|danh muc|don vi|chi tieu|dien giai|su kien|loai (?:hinh|viec|vu|an|giao dich|to chuc)\b"
    r"|linh vuc|hinh thuc|(?:xa|huyen|so|phong|thon|tinh|quan)\b *[,/]|phan theo|tieu chi|hang muc|nhom\b"
    r"|dia ban|dia phuong|co quan|ho (?:va )?ten|ten\b)"
)
_MOST_WORDS = 4
_LONGEST = 32


def is_stub_label(label: str) -> bool:
    """Whether a column of labels is called so: "STT", "Tên đơn vị", "Chỉ tiêu", "Đơn vị tính"."""
    folded = fold(label).strip(" .:")
    if not folded:
        return False
    known = is_number_label(label) or is_unit_label(label) or is_code_label(label)
    return known or bool(_LABEL.match(folded))


def column_key(path: Sequence[str], taken: set[str]) -> str:
    """The name of a column without a printed number, made of its own words; adds it to ``taken``.

    It begins with "_", which no printed number does.
    """
    words = next((slug(label) for label in reversed(path) if slug(label)), "cot")
    return _fresh(f"_{words}", taken)


def row_name(label: str, taken: set[str]) -> str:
    """The own part of a row's key, made of its words; adds it to ``taken``."""
    return _fresh(slug(label) or "dong", taken)


def slug(text: str) -> str:
    """The first words of a label, folded, joined by "_"."""
    words = re.findall(r"[a-z0-9]+", fold(text))
    return "_".join(words[:_MOST_WORDS])[:_LONGEST].strip("_")


def _fresh(wanted: str, taken: set[str]) -> str:
    name, step = wanted, 2
    while name in taken:
        name, step = f"{wanted}_{step}", step + 1
    taken.add(name)
    return name
