"""Pairing the columns of a worksheet with those of a form by hand: what there is, and what is offered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from msgspec import Struct

from judapp.app.import_candidates import Candidate
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Table
from judapp.errors import JudappError
from judapp.excel.columns import FileColumn, Pair, TableLook, looks, pairs, stub_pairs
from judapp.excel.header import TableColumns
from judapp.excel.heads import tree_of
from judapp.excel.letters import in_unicode
from judapp.excel.reader import read_workbook
from judapp.messages import text

__all__ = [
    "ColumnStudy", "FileColumn", "FormColumn", "PairOffer", "TableStudy", "column_study", "pair_columns",
]  # fmt: skip


class FormColumn(Struct, frozen=True):
    """One leaf of the form's head, or one of its label columns."""

    name: str
    """Name of the leaf; of a label column its index from 0, as text."""
    code: str | None
    path: tuple[str, ...]
    unit: str | None = None


class PairOffer(Struct, frozen=True):
    """A column of the worksheet that is probably one of the form's; nothing is taken by itself."""

    column: int
    name: str
    reason: str
    """In the language asked for: “cùng số cột (3)”, “cùng đầu cột”."""
    sure: bool
    """Whether number and head both say it, so that it may be preselected."""


class TableStudy(Struct, frozen=True):
    """One table of the form beside the columns of the worksheet."""

    table: str
    title: str
    row: int
    """The last row of the worksheet's head as found, 0 where none was."""
    columns: tuple[FileColumn, ...]
    leaves: tuple[FormColumn, ...]
    stubs: tuple[FormColumn, ...]
    offers: tuple[PairOffer, ...]
    stub_offers: tuple[PairOffer, ...]


class ColumnStudy(Struct, frozen=True):
    """The columns of a worksheet beside those of a form."""

    form: str
    title: str
    sheet: str
    tables: tuple[TableStudy, ...]


def column_study(
    workspace: Workspace, candidate: Candidate, form_number: str, lang: str = "vi"
) -> ColumnStudy:
    """The columns of ``candidate``'s worksheet beside those of form ``form_number``; reads the file again.

    Raises FRM-001/002 (no such form for its period), FIL-… (the file cannot be read any more).
    """
    period = candidate.period
    if period is not None:
        form = workspace.version_for(form_number, period).form
    else:
        named = [v.form for v in workspace.versions.values() if v.form.number == form_number]
        if not named:
            raise JudappError("FRM-001", form=form_number)
        form = max(named, key=lambda own: own.valid_from)
    sheets = [read.sheet for read in in_unicode(read_workbook(candidate.path))]
    sheet = next((grid for grid in sheets if grid.name == candidate.sheet), None)
    if sheet is None:
        raise JudappError("FIL-007", path=candidate.path.name)
    found = looks(sheet, form.tables, candidate.columns)
    tables = [_study(table, look, lang) for table, look in zip(form.tables, found, strict=True)]
    return ColumnStudy(form.number, form.title, candidate.sheet, tuple(tables))


def _study(table: Table, look: TableLook, lang: str) -> TableStudy:
    paired = pairs(look, table)
    tree = tree_of(table)
    return TableStudy(
        table=table.key,
        title=table.title or "",
        row=look.row,
        columns=look.columns,
        leaves=tuple(
            FormColumn(leaf.name, leaf.code, tree.printed[leaf.name], leaf.unit) for leaf in table.leaves
        ),
        stubs=tuple(
            FormColumn(str(index), stub.code, (stub.label,)) for index, stub in enumerate(table.stub)
        ),
        offers=tuple(_offer(pair, look, lang) for pair in paired),
        stub_offers=tuple(_offer(pair, look, lang) for pair in stub_pairs(look, table, paired)),
    )


def _offer(pair: Pair, look: TableLook, lang: str) -> PairOffer:
    code = next((column.code for column in look.columns if column.column == pair.column), None)
    if pair.by_code and pair.by_head:
        reason = "RCG-same-code-and-head"
    elif pair.by_code:
        reason = "RCG-same-code"
    else:
        reason = "RCG-same-head" if pair.by_head else "RCG-like-head"
    return PairOffer(pair.column, pair.name, text(reason, lang, code=code or ""), pair.sure)


def pair_columns(
    study: TableStudy,
    row: int,
    pairs: Mapping[int, str],
    stubs: Mapping[int, int],
    absent: Collection[str] = (),
) -> TableColumns:
    """The pairing to put into ``Decision.columns``: worksheet column → leaf, → index of the label column.

    ``row`` is the last row of the head. Every leaf must be paired once or named in ``absent`` ("không có
    trong tệp": it stays untouched). Raises MAP-027 for a leaf that stands twice or is both, MAP-028 for one
    that is neither, MAP-029 for a column or leaf that is not there.
    """
    names = {leaf.name: leaf for leaf in study.leaves}
    columns = {column.column for column in study.columns}
    labels = {int(stub.name) for stub in study.stubs}
    strange = [*(set(pairs) - columns), *(set(pairs.values()) - set(names)), *(set(absent) - set(names))]
    strange += [row] if pairs and row < 1 else []
    strange += [*(set(stubs) - columns), *(set(stubs.values()) - labels), *(set(stubs) & set(pairs))]
    if strange:
        raise JudappError("MAP-029", what=", ".join(map(str, strange)))
    said = Counter([*pairs.values(), *set(absent)])
    twice = [name for name, times in said.items() if times > 1]
    twice += [str(index) for index, times in Counter(stubs.values()).items() if times > 1]
    if twice:
        raise JudappError("MAP-027", columns=", ".join(_called(names.get(name), name) for name in twice))
    left = [leaf for leaf in study.leaves if leaf.name not in said]
    if left:
        raise JudappError("MAP-028", columns=", ".join(_called(leaf, leaf.name) for leaf in left))
    return TableColumns(
        study.table,
        row,
        tuple(sorted(pairs.items())),
        tuple(sorted(stubs.items())),
        tuple(sorted(set(absent))),
    )


def _called(leaf: FormColumn | None, name: str) -> str:
    """A leaf as people call it: its number, else its label."""
    if leaf is None:
        return name
    return f"({leaf.code})" if leaf.code else leaf.path[-1].replace("\n", " ")
