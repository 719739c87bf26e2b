"""Rounds as deadline lines name them."""

from __future__ import annotations

import pytest

from judapp.domain.report_words import rounds_of_deadline


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("BC 6 tháng: ngày 20 tháng 6 hàng năm", (("H1",), True)),
        ("BC 6 tháng, năm: ngày 15 của tháng sau", (("H1", "Y1"), False)),
        ("BC năm chính thức: ngày 20/02 năm sau", (("Y",), True)),
        ("BC sơ bộ năm: ngày 20/11", (("Y1",), True)),
        ("BC quý: ngày 05", ((), False)),
    ],
)
def test_a_deadline_line_names_its_rounds(line: str, expected: tuple[tuple[str, ...], bool]) -> None:
    assert rounds_of_deadline(line) == expected
