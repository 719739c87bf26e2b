"""Random forms whose blank says everything a reader is to find in it (hypothesis strategies).

They are the forms of every shape, kept to what a person could read off the paper: a kind that follows from
words and unit, a total that is called one, groups with lines below them, one list that repeats among the rows
of a group, numbers in the stubs only where the columns bear some.
"""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st
from msgspec.structs import replace

from judapp.domain.catalogue import Column, Form, Row, Table
from judapp.domain.kinds import kind_of
from tests.domain.forms_of_every_shape import columns, forms, row_plans

_STUBS = (
    (Column(label="Đơn vị"),),
    (Column(label="", code="A"),),
    (Column(label="STT", code="A"), Column(label="Tên đơn vị", code="B")),
    (Column(label="TT"), Column(label="Chỉ tiêu"), Column(label="Đơn vị tính")),
)


_COLUMN_TRAPS = (
    "Từ 1 tuổi đến dưới 5 tuổi", "Số việc theo khoản 1 (trừ điểm c)", "Trong đó: nữ", "Chia theo giới tính",
    "Tổng số", "Nam", "Số vụ, việc; số tiền", "Kỳ 2024 chuyển sang", "Số đơn vị hành chính cấp xã",
    "Hợp đồng, giao dịch", "Số Sở, ngành có báo cáo", "Đạt chuẩn (theo Quyết định 25)", "Tổng cục quản lý",
)  # fmt: skip
"""Heads with signs of other things in them: numbers, brackets, totals, kinds of units, money."""
_ROW_TRAPS = (
    "A Lưới", "C.ty luật hợp danh", "Cộng đồng dân cư", "Sở Tư pháp", "Số huyện đạt chuẩn",
    "Hồ sơ loại (1)", "Văn bản số 12/2026", "Ghi chú hộ tịch", "Người lập di chúc", "Đơn vị sự nghiệp",
    "1.000 bản", "Kỳ trước - kỳ này", "Dưới 1 tuổi", "Giám đốc bị tố cáo",
)  # fmt: skip
"""Labels of rows with signs of other things: numbering, totals, placeholders, signers, notes."""


@st.composite
def forms_to_learn(draw: st.DrawFn) -> Form:
    """A form of one or two tables, without what no paper prints."""
    form = draw(forms())
    tables = tuple(draw(_tables(table)) for table in form.tables)
    levels = form.levels[:1]
    return replace(form, tables=tables, levels=levels, computed=(), relations=())


@st.composite
def _tables(draw: st.DrawFn, table: Table) -> Table:
    traps = st.sampled_from((None, None, *_COLUMN_TRAPS))
    tree = _legible(draw(columns(numbered=draw(st.integers(0, 4)) > 0)), lambda: draw(traps))
    if len(Table(columns=tree, rows=()).leaves) == 1:
        tree = (*tree, Column(label="Ghi chú", key="_ghi_chu", kind="text"))  # one framed cell is no table
    numbered = any(leaf.code for leaf in Table(columns=tree, rows=()).leaves)
    stub = draw(st.sampled_from(((), *_STUBS)))
    if not numbered:
        stub = tuple(replace(column, code=None) for column in stub)
    leaves = [leaf.name for leaf in Table(columns=tree, rows=()).leaves]
    row_traps = st.sampled_from((None, None, *_ROW_TRAPS))
    of_units = any("đơn vị" in column.label.casefold() for column in stub[:2])
    rows = _readable(draw(row_plans(leaves)), of_units, lambda: draw(row_traps)) if stub else (Row(key="1"),)
    return Table(
        columns=tree,
        rows=rows or (Row(label="Số việc", key="1"),),
        key=table.key,
        title=table.title,
        stub=stub,
    )


def _legible(
    nodes: tuple[Column, ...],
    trap: Callable[[], str | None],
    above: tuple[str, ...] = (),
    unit: str | None = None,
) -> tuple[Column, ...]:
    """The same tree with kinds that follow from labels and units, as nothing else on paper tells them."""
    found = []
    for node in nodes:
        # A word alone would be a line of units; unnumbered leaves keep their label, by which they are told.
        label = node.label if " " in node.label else f"Số {node.label}"
        label = label if node.key else trap() or label
        path, own = (*above, label), node.unit or unit
        below = _legible(node.children, trap, path, own)
        kind = None if below else kind_of(path, own).kind
        found.append(replace(node, label=label, kind=kind, scale=0, choices=(), children=below))
    return tuple(found)


def _readable(rows: tuple[Row, ...], of_units: bool, trap: Callable[[], str | None]) -> tuple[Row, ...]:
    """The same plan where every line says what it is; ``of_units``: the stub says that units stand below."""
    found: list[Row] = []
    repeated = False
    for row in rows:
        if row.kind in ("unit", "free"):
            if repeated:
                continue  # nobody sees where one list ends and the other begins
            repeated = True
            label = "Sở..." if row.kind == "free" else row.label or ("" if of_units else "Huyện …")
            found.append(replace(row, label=label))
            continue
        children = _readable(row.children, of_units, trap)
        if row.kind == "total":
            found.append(replace(row, children=children))
            continue
        label = (
            row.label
            if row.label.startswith("-")
            else trap() or (f"Số {row.label}" if row.label.casefold().startswith("tổng") else row.label)
        )
        listed = any(child.kind in ("unit", "free") for child in children)
        roman = row.code is not None and row.code.isupper()
        kind = "group" if listed or (children and (roman or row.kind == "group")) else "fixed"
        found.append(replace(row, label=label, kind=kind, children=children, level=0, only=(), scale=None))
    return tuple(found)
