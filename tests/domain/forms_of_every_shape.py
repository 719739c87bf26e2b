"""Random forms, sound by lint: every pattern a printed form has, in every mixture (hypothesis strategies)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from string import ascii_lowercase

from hypothesis import strategies as st

from judapp.domain.catalogue import (
    Column,
    ColumnKind,
    Computed,
    Evidence,
    Form,
    Level,
    Note,
    Print,
    Row,
    RowKind,
    Signature,
    Slot,
    Table,
)
from judapp.domain.rows import OwnRow, RepeatedUnit, expand, row_key, unit_key
from judapp.domain.shape import Rows

MOST_LEVELS = 6
"""Rows a head may be high: the deepest ministry form has five, learning may meet one more."""

_SYLLABLES = ("Tổng", "số", "việc", "chứng", "thực", "Nam", "Nữ", "giao", "dịch", "người", "huyện", "quá",
              "hạn", "nghiệp", "Ủy", "đồng", "trong", "đó:", "hòa", "giải", "không", "thành")  # fmt: skip
KINDS: tuple[ColumnKind, ...] = ("count", "money", "decimal", "average", "rate", "text")
_UNITS = (None, "Người", "Việc", "Đồng", "nghìn đồng")
_ROMAN = ("I", "II", "III", "IV", "V")
_NAMES = ("Phòng công chứng số 1", "VPCC Nguyễn Thị Ánh Tuyết", "Xã Tân Kỳ", "Phường Thanh Miếu")


def words(most: int = 8) -> st.SearchStrategy[str]:
    """A label of Vietnamese words."""
    return st.lists(st.sampled_from(_SYLLABLES), min_size=1, max_size=most).map(" ".join)


@dataclass
class _Names:
    """Gives leaves numbers or keys, and rows keys, each once."""

    numbered: bool
    leaves: int = 0
    unnumbered: int = 0
    rows: int = 0
    chosen: list[str] = field(default_factory=list)

    def leaf(self, coded: bool) -> tuple[str | None, str | None]:
        if self.numbered and coded:
            self.leaves += 1
            return str(self.leaves), None
        self.unnumbered += 1
        return None, f"_c{self.unnumbered}"


@st.composite
def _nodes(draw: st.DrawFn, names: _Names, levels: int, most: int) -> tuple[Column, ...]:
    found = []
    for _ in range(draw(st.integers(1, most))):
        if levels > 1 and draw(st.integers(0, 2)) == 0:
            children = draw(_nodes(names, levels - 1, 3))
            found.append(Column(label=draw(words()), unit=draw(st.sampled_from(_UNITS)), children=children))
        else:
            found.append(draw(_leaf(names)))
    return tuple(found)


@st.composite
def _leaf(draw: st.DrawFn, names: _Names) -> Column:
    code, key = names.leaf(draw(st.integers(0, 5)) > 0)
    kind = draw(st.sampled_from(KINDS))
    scale = 0 if kind == "text" else draw(st.sampled_from((0, 0, 0, 1, 2)))
    choices = draw(st.sampled_from(((), ("", "trên", "khoảng")))) if kind == "text" else ()
    unit = draw(st.sampled_from(_UNITS))
    label = draw(words())
    if key:
        label += f" loại {key[2:]}"  # what bears no number is told by its label
    return Column(label=label, code=code, key=key, unit=unit, kind=kind, scale=scale, choices=choices)


@st.composite
def columns(draw: st.DrawFn, *, numbered: bool) -> tuple[Column, ...]:
    """A tree of columns up to :data:`MOST_LEVELS` rows high, at times one long branch of that height."""
    names = _Names(numbered)
    found = draw(_nodes(names, draw(st.integers(1, MOST_LEVELS)), 4))
    if draw(st.booleans()):
        branch: tuple[Column, ...] = (draw(_leaf(names)),)
        for _ in range(draw(st.integers(1, MOST_LEVELS - 1))):
            sides = draw(st.sampled_from(((), (), (draw(_leaf(names)),))))
            branch = (Column(label=draw(words()), children=(*branch, *sides)),)
        found = (*found, *branch)
    return found


@st.composite
def row_plans(draw: st.DrawFn, leaves: Sequence[str], depth: int = 0) -> tuple[Row, ...]:
    """Rows of a table: a total, groups, headings, rows of units with sub-rows, free rows."""
    found: list[Row] = []
    if depth == 0 and draw(st.booleans()):
        found.append(Row(label="Tổng số", kind="total", children=draw(_sub_rows())))
    for index in range(draw(st.integers(0 if found else 1, 3))):
        found.append(draw(_plain_row(leaves, index, depth)))
    if any(map(_repeats, found)):
        return tuple(found)  # who would know to which of two nested lists a line belongs
    if draw(st.booleans()):
        label = draw(st.sampled_from(("", "Huyện …")))
        found.append(Row(kind="unit", label=label, unit_kind="commune", children=draw(_sub_rows())))
    if draw(st.integers(0, 3)) == 0:
        found.append(Row(kind="free", label=draw(st.sampled_from(("", "Sở...")))))
    return tuple(found)


def _repeats(row: Row) -> bool:
    return row.kind in ("unit", "free") or any(map(_repeats, row.children))


@st.composite
def _sub_rows(draw: st.DrawFn) -> tuple[Row, ...]:
    level = draw(st.integers(0, 1))
    rows = (Row(label="- Nam", key="nam", level=level), Row(label="- Nữ", key="nu", level=level))
    return draw(st.sampled_from(((), rows)))


@st.composite
def _plain_row(draw: st.DrawFn, leaves: Sequence[str], index: int, depth: int) -> Row:
    kind: RowKind = draw(st.sampled_from(("fixed", "group")))
    coded = draw(st.booleans())
    code = (_ROMAN if depth == 0 else "12345" if depth == 1 else ascii_lowercase)[index] if coded else None
    children = draw(row_plans(leaves, depth + 1)) if depth < 2 and draw(st.integers(0, 2)) == 0 else ()
    heading = draw(st.integers(0, 4)) == 0
    only = () if heading or draw(st.integers(0, 3)) else (draw(st.sampled_from(leaves)),)
    return Row(
        label=draw(words(14)) + ("" if coded else f" nhóm {'abc'[depth]}{index}"),
        kind=kind,
        code=code,
        key=None if coded else f"r{depth}{index}",
        heading=heading,
        only=only,
        level=draw(st.sampled_from((0, 0, 1))),
        unit=draw(st.sampled_from(_UNITS)),
        scale=draw(st.sampled_from((None, None, 1))),
        children=children,
    )


_STUBS = (
    (),
    (Column(label="Đơn vị"),),
    (Column(label="", code="A"),),
    (Column(label="STT", code="A"), Column(label="Tên đơn vị", code="B")),
    (Column(label="TT"), Column(label="Chỉ tiêu"), Column(label="Đơn vị tính")),
)


@st.composite
def tables(draw: st.DrawFn, key: str = "") -> Table:
    """One table; without stub it has one row."""
    tree = draw(columns(numbered=draw(st.integers(0, 4)) > 0))
    stub = draw(st.sampled_from(_STUBS))
    made = Table(columns=tree, rows=(), key=key, stub=stub, title=f"{key}. BẢNG" if key else None)
    rows = draw(row_plans([leaf.name for leaf in made.leaves])) if stub else (Row(key="1"),)
    return Table(columns=tree, rows=rows, key=key, stub=stub, title=made.title)


_NOTES = (
    Note(text="* Ghi chú:"),
    Note(text="Tổng hợp từ báo cáo của {nhan}/{tong} đơn vị.", slots=(Slot(key="nhan"), Slot(key="tong"))),
    Note(text="Ghi chú: {ghi_chu}", slots=(Slot(key="ghi_chu", kind="text"),)),
    Note(text="Các đơn vị báo cáo tất cả các cột trong biểu này, cả khi không phát sinh; " * 6),
)
_SIGNATURES = (
    Signature(title="Người lập biểu", note="(Ký, ghi rõ họ, tên)"),
    Signature(title="Người kiểm tra"),
    Signature(title="GIÁM ĐỐC", note="(Ký tên, đóng dấu)", date_line="…, ngày … tháng … năm …"),
)
_LEVELS = (
    Level(level="so", reporter="Sở Tư pháp ...", receiver="Bộ Tư pháp", deadlines={"H1": "BC 6 tháng: 20/6"}),
    Level(level="co_so", reporter="", receiver=""),
)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """A sound form of one or two tables; repeated rows and simple columns are added up."""
    two = draw(st.integers(0, 3)) == 0
    found = (draw(tables("I")), draw(tables("II"))) if two else (draw(tables()),)
    return Form(
        family="thu",
        number=draw(st.sampled_from(("10b/TP/CC", "11c", "[TH]:13*"))),
        circular=draw(st.sampled_from(("Thông tư số 17/2025/TT-BTP", "Sở Tư pháp (biểu riêng)"))),
        area="thử",
        title=f"KẾT QUẢ {draw(words(20)).upper()}",
        valid_from=date(2025, 11, 1),
        regime="tk",
        rounds=("H1", "Y"),
        tables=found,
        evidence=Evidence(level="department", sources=("bài thử",)),
        unit_of_measure=draw(st.sampled_from((None, "Việc"))),
        period_line=draw(st.sampled_from((None, "(6 tháng, năm)"))),
        levels=draw(st.sampled_from(((), _LEVELS[:1], _LEVELS))),
        computed=tuple(Computed(rule=rule, status="inferred") for rule in _sums(found)),
        notes=draw(st.sampled_from(((), _NOTES[:1], _NOTES[:2], _NOTES))),
        estimate=draw(st.sampled_from((None, "Số liệu ước tính: 01 tháng;"))),
        explanations=draw(st.sampled_from(((), ("Cột (1): số việc.", "Cột (2) = cột (3) + cột (4).")))),
        signatures=draw(st.sampled_from((_SIGNATURES, _SIGNATURES[:2], _SIGNATURES[2:], ()))),
        print=Print(landscape=draw(st.booleans())),
    )


def _sums(found: Sequence[Table]) -> Iterator[str]:
    """Totals of what repeats at the top of a table."""
    for table in found:
        prefix = f"{table.key}:" if table.key else ""
        total = any(row.kind == "total" for row in table.rows)
        summable = any(leaf.kind in ("count", "money", "decimal") for leaf in table.leaves)
        if total and summable and any(row.kind == "unit" for row in table.rows):
            yield f"{prefix}[tong] = sum({prefix}[*])"


@st.composite
def forms_with_rows(draw: st.DrawFn) -> tuple[Form, Rows]:
    """A form and its rows: none, some or several for each plan that repeats."""
    form = draw(forms())
    count = draw(st.integers(0, 3))
    units = [RepeatedUnit(f"u{index}", name) for index, name in enumerate(_NAMES[:count])]
    free = draw(st.integers(0, 2))
    return form, {
        table.key: expand(table, lambda _: units, _free_rows(table.rows, units, free))
        for table in form.tables
    }


def _free_rows(
    plans: Sequence[Row], units: Sequence[RepeatedUnit], count: int, parent: str = ""
) -> Iterator[OwnRow]:
    for plan in plans:
        keys = [row_key(parent, plan)]
        if plan.kind == "free":
            keys = [unit_key(parent, f"f{index}") for index in range(count)]
            yield from (OwnRow(key, parent, index, None, f"Sở {index}") for index, key in enumerate(keys))
        elif plan.kind == "unit":
            keys = [unit_key(parent, unit.uid) for unit in units]
        for key in keys:
            yield from _free_rows(plan.children, units, count, key)
