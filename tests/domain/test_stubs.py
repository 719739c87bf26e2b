"""Number, label and unit of a row stand where the form's own label columns are called so."""

from __future__ import annotations

import pytest

from judapp.domain.catalogue import Column
from judapp.domain.stubs import stub_places, stub_texts


def texts(*heads: str) -> tuple[str, ...]:
    return stub_texts(tuple(Column(label=head) for head in heads), "01", "Khai sinh", "việc")


@pytest.mark.parametrize(
    ("heads", "printed"),
    [
        ((), ()),
        (("Chỉ tiêu",), ("01. Khai sinh",)),
        (("TT", "Chỉ tiêu"), ("01", "Khai sinh")),
        (("", ""), ("01", "Khai sinh")),
        (("TT", "Chỉ tiêu số liệu", "Đơn vị tính"), ("01", "Khai sinh", "việc")),
        (("Chỉ tiêu", "Mã số"), ("Khai sinh", "01")),
        (("Chỉ tiêu", "Mã số", "ĐVT"), ("Khai sinh", "01", "việc")),
        (("Chỉ tiêu", "Đơn vị tính"), ("01. Khai sinh", "việc")),
        (("STT", "Mã số", "Chỉ tiêu"), ("01", "", "Khai sinh")),
        (("A", "B", "C", "D"), ("01", "Khai sinh", "việc", "")),
    ],
)
def test_label_columns_are_found_by_their_names_else_from_the_left(
    heads: tuple[str, ...], printed: tuple[str, ...]
) -> None:
    assert texts(*heads) == printed


def test_every_table_with_a_label_column_prints_its_labels() -> None:
    for heads in (("Mã số",), ("Mã số", "TT"), ("ĐVT", "TT", "Mã số"), ("ĐVT", "Đơn vị tính")):
        places = stub_places(tuple(Column(label=head) for head in heads))
        assert places.label is not None
        assert "Khai sinh" in " ".join(texts(*heads))
