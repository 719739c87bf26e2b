"""Where a table's columns are on a worksheet: by printed codes and the labels above them, never by position.

Codes alone do not decide: where heads are printed they must bear the codes out, for one form's number row
often fits into another's. What does not fit whole is doubtful, and a doubtful table is asked, not read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct

from judapp.domain.catalogue import Table
from judapp.domain.cell_name import Position
from judapp.domain.stubs import stub_places
from judapp.excel.grid import Content, GridSheet
from judapp.excel.heads import DEPTH, Heads, Tree, differ_gravely, plain, tree_of
from judapp.excel.learn_codes import read_code

_MOST_ROWS = 2000
"""Rows in which a table's head is looked for, from the first that is used."""
_BODY = 40
"""Rows below a head that tell which column holds the rows' labels."""


class OtherHead(Struct, frozen=True):
    """A column whose head is not the one its code says."""

    column: int
    leaf: str
    head: str
    """Its text as printed."""


class Header(Struct, frozen=True):
    """The columns of one table: by worksheet column, the leaf or the index of the stub."""

    row: int
    """The last row of the header: the body begins below."""
    columns: Mapping[int, str]
    stubs: Mapping[int, int]
    missing: int
    """Leaves that were not found."""
    agreed: int = 0
    """Leaves whose head is the form's."""
    differing: tuple[OtherHead, ...] = ()
    """Columns with a head of other words than the form's."""
    contradicted: tuple[OtherHead, ...] = ()
    """Columns whose head is that of another place in the form: code and words say two things."""
    foreign: Mapping[int, str] = {}
    """Codes in the number row that the form does not have, by worksheet column."""
    twice: tuple[OtherHead, ...] = ()
    """Columns with a code that another column has before them: which of the two is meant nobody knows."""
    codes: Mapping[int, str] = {}
    """The codes of the number row by worksheet column, empty where a table has none or they are too few."""
    letters: int = 0
    """Letters in the number row that are no label column of the form."""
    by_hand: bool = False
    """Whether a person paired the columns: nothing of it is doubted."""

    @property
    def certain(self) -> bool:
        """Whether the table may be read: every leaf found, and no head that speaks against it."""
        return not self.missing and (self.by_hand or self.doubt is None)

    @property
    def doubt(self) -> str | None:
        """What speaks against it: MAP-021 (code and head say two things), MAP-051 (a code twice), MAP-022
        (other heads)."""
        if self.contradicted:
            return "MAP-021"
        if self.twice:
            return "MAP-051"
        if self.agreed < len(self.differing):
            return "MAP-022"
        # Codes beyond the form's are another form's number row, unless every head is this form's.
        if self.foreign and self.agreed < len(self.columns):
            return "MAP-022"
        return None

    def repeated(self, sheet: GridSheet, row: int) -> bool:
        """Whether the number row stands in ``row`` again, as at the top of a further page."""
        return bool(self.codes) and all(
            printed_code(sheet.at(row, column).content) == code for column, code in self.codes.items()
        )


class TableColumns(Struct, frozen=True):
    """The columns of one table as a person paired them: worksheet columns from 1, leaves by name."""

    table: str
    row: int
    """The last row of the head: the body begins below."""
    columns: tuple[tuple[int, str], ...]
    stubs: tuple[tuple[int, int], ...] = ()
    """Worksheet column and index of the stub."""
    absent: tuple[str, ...] = ()
    """Leaves that the person said the file does not have: they stay untouched."""


def printed_code(content: Content) -> str | None:
    """The column code a cell prints: "(1)", "[1]", 1, and -1, which Excel makes of a typed "(1)"."""
    found = read_code(content) if content != "" else None
    return found.code if found else None


def find_header(sheet: GridSheet, table: Table, start: int, paired: TableColumns | None = None) -> Header:
    """The header of ``table`` at or below row ``start``; what is missing is counted, nothing is guessed.

    ``paired`` is what a person said of this table: it is taken as said.
    """
    if paired is not None:
        left_out = len(table.leaves) - len(paired.columns) - len(paired.absent)
        columns, stubs = dict(paired.columns), dict(paired.stubs)
        return Header(paired.row, columns, stubs, left_out, by_hand=True)
    return locate(Heads(sheet, start, _MOST_ROWS), table)


def locate(heads: Heads, table: Table) -> Header:
    """The header of ``table`` among the texts of ``heads``: by its number row, else by its labels."""
    coded = {leaf.code: leaf.name for leaf in table.leaves if leaf.code}
    found = _by_codes(heads, table, coded) if coded else None
    # Half a number row is not mended by labels: one of the two is wrong, and a person says which.
    return found or _by_labels(heads, table)


class _NumberRow(Struct, frozen=True):
    row: int
    columns: dict[int, str]
    stubs: dict[int, int]
    foreign: dict[int, str]
    codes: dict[int, str]
    """Those of the form, label columns included."""


def is_of_words(contents: Iterable[Content]) -> bool:
    """Whether a row holds a word and no number in brackets: told before every figure of it is looked at."""
    codes = [read_code(content) for content in contents if isinstance(content, str)]
    return None in codes and not any(code is not None and code.bracketed for code in codes)


def _number_row(heads: Heads, table: Table, coded: Mapping[str, str]) -> _NumberRow | None:
    """The row with most codes of the form; a row of the body is none, whatever figures stand in it."""
    stubs = {stub.code: index for index, stub in enumerate(table.stub) if stub.code}
    best: _NumberRow | None = None
    for row in heads.rows:
        if is_of_words(heads.by_row[row].values()):
            continue
        columns: dict[int, str] = {}
        found_stubs: dict[int, int] = {}
        foreign: dict[int, str] = {}
        words, bracketed = 0, False
        for column, content in sorted(heads.by_row[row].items()):
            code = read_code(content)
            if code is None:
                words += 1
            elif coded.get(code.code, "") and coded[code.code] not in columns.values():
                columns[column] = coded[code.code]
                bracketed |= code.bracketed and isinstance(content, str)
            elif code.code in stubs:
                found_stubs[column] = stubs[code.code]
            else:
                foreign[column] = code.code
        if not columns or (words and not bracketed):
            continue
        if len(columns) + len(found_stubs) < 2 and not bracketed:
            continue
        if best is None or len(columns) > len(best.columns):
            codes = {
                at: read.code for at in (*columns, *found_stubs) if (read := read_code(heads.by_row[row][at]))
            }
            best = _NumberRow(row, columns, found_stubs, foreign, codes)
    return best


def _by_codes(heads: Heads, table: Table, coded: Mapping[str, str]) -> Header | None:
    """By the number row; leaves and stubs without a code are then looked for by label above it."""
    numbers = _number_row(heads, table, coded)
    if numbers is None:
        return None
    columns, row = numbers.columns, numbers.row
    if len(columns) == len(coded) < len(table.leaves):
        labelled = _by_labels(heads, table, row - DEPTH, row)
        uncoded = {at: leaf for at, leaf in labelled.columns.items() if leaf not in coded.values()}
        columns = {**uncoded, **columns}
    tree = tree_of(table)
    agreed = 0
    differing: list[OtherHead] = []
    contradicted: list[OtherHead] = []
    for column, leaf in columns.items():
        chain = heads.chain(column, row - 1)
        path = tree.paths[leaf]
        if not chain or not path:
            continue
        strange = [text for text in chain if text in tree.known and text not in path]
        if strange and not heads.under(row, column, path):
            contradicted.append(OtherHead(column, leaf, heads.printed(column, row - 1, strange[-1])))
        elif path[-1] in chain:
            agreed += 1
        else:
            grave = differ_gravely(chain[-1], path[-1])
            other = OtherHead(column, leaf, heads.printed(column, row - 1, chain[-1]))
            (contradicted if grave else differing).append(other)
    return Header(
        row=_below_units(heads, row, columns),
        columns=columns,
        stubs=_stubs(heads, table, columns, row, numbers.stubs),
        missing=len(table.leaves) - len(set(columns.values())),
        agreed=agreed,
        differing=tuple(differing),
        contradicted=tuple(contradicted),
        twice=tuple(OtherHead(at, coded[c], f"({c})") for at, c in numbers.foreign.items() if c in coded),
        codes=numbers.codes if len(numbers.codes) > 1 else {},
        foreign={at: c for at, c in numbers.foreign.items() if c[:1].isdigit() and c not in coded},
        letters=sum(not code[:1].isdigit() for code in numbers.foreign.values()),
    )


def _by_labels(heads: Heads, table: Table, first: int = 0, last: int | None = None) -> Header:
    """Leaves by their labels and those above them, in any order; a label that stands twice needs its path."""
    tree = tree_of(table)
    places: dict[str, list[Position]] = defaultdict(list)
    wanted = {path[-1] for path in tree.paths.values() if path}
    for label, at in heads.places():
        if label in wanted and first <= at[0] <= (at[0] if last is None else last):
            places[label].append(at)
    fitting = {name: _fitting(heads, path, places, tree) for name, path in tree.paths.items()}
    best = Header(0, {}, {}, len(table.leaves))
    for top in sorted({at[0] for found in fitting.values() for at in found}):
        header = _in_window(heads, table, fitting, top)
        if header.missing < best.missing:
            best = header
        if not best.missing:
            break
    return best


def _fitting(
    heads: Heads, path: tuple[str, ...], places: Mapping[str, list[Position]], tree: Tree
) -> list[Position]:
    """Where a leaf's label stands under its own path; one that stands once may stand alone.

    Never under a label of another place in the form: that is another column.
    """
    if not path:
        return []
    label = path[-1]
    found = [
        (row, column)
        for row, column in places.get(label, ())
        if all(text in path for text in heads.chain(column, row) if text in tree.known)
    ]
    under = [at for at in found if heads.under(*at, path[:-1])]
    return under or (found if label in tree.once else [])


def _in_window(heads: Heads, table: Table, fitting: Mapping[str, list[Position]], top: int) -> Header:
    """The leaves whose labels stand in the rows of one head from ``top`` on, each in a column of its own."""
    columns: dict[int, str] = {}
    rows: list[int] = []
    for leaf in table.leaves:
        near = [at for at in fitting.get(leaf.name, ()) if top <= at[0] < top + DEPTH]
        first = [at for at in near if at[0] == near[0][0]]
        if len(first) == 1 and first[0][1] not in columns:
            columns[first[0][1]] = leaf.name
            rows.append(first[0][0])
    if not columns or heads.figures_between(columns, min(rows), max(rows)):
        return Header(0, {}, {}, len(table.leaves))
    row = max(rows)
    stubs = _stubs(heads, table, columns, row, {})
    row = _below_units(heads, row, columns)
    return Header(row, columns, stubs, len(table.leaves) - len(columns), agreed=len(columns))


def _stubs(
    heads: Heads, table: Table, columns: Mapping[int, str], row: int, known: Mapping[int, int]
) -> dict[int, int]:
    """The label columns: by code, by label; the one of the rows' labels else by the words it holds."""
    found = {**_stubs_by_label(heads, table, columns, row, known), **known}
    place = stub_places(table.stub).label
    missing = set(range(len(table.stub))) - set(found.values())
    if place is not None and place == max(missing, default=None) and columns:
        left = {column for column in range(1, min(columns)) if column not in found}
        below = (at for at in heads.rows if row < at <= row + _BODY)
        worded = {
            column
            for at in below
            for column, content in heads.by_row[at].items()
            if column in left and isinstance(content, str) and any(sign.isalpha() for sign in content)
        }
        if worded:
            found[max(worded)] = place
    return found


def _stubs_by_label(
    heads: Heads, table: Table, columns: Mapping[int, str], row: int, known: Mapping[int, int]
) -> dict[int, int]:
    """Label columns that print their label in the rows of the head, where no code says which they are."""
    wanted = {
        label: index
        for index, stub in enumerate(table.stub)
        if index not in known.values() and (label := plain(stub.label))
    }
    found: dict[int, int] = {}
    for at in range(max(1, row - DEPTH), row + 1) if wanted else ():
        for column, content in heads.by_row.get(at, {}).items():
            index = wanted.get(plain(content)) if isinstance(content, str) else None
            if index is not None and column not in columns and column not in known:
                found[column] = index
    single = {index for index in found.values() if list(found.values()).count(index) == 1}
    return {column: index for column, index in found.items() if index in single}


def _below_units(heads: Heads, row: int, columns: Mapping[int, str]) -> int:
    """The last row of the head where units "(Việc)" or numbers "(1)" stand in a row of their own below it."""
    while line := heads.by_row.get(row + 1):
        if not all(isinstance(text, str) and text.startswith(("(", "[")) for text in line.values()):
            break
        if not any(column in columns for column in line) or not all(
            isinstance(text, str) and (not plain(text) or read_code(text)) for text in line.values()
        ):
            break
        row += 1
    return row
