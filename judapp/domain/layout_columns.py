"""How wide the columns of a printed form are, and how tables of different columns share one worksheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from judapp.domain.catalogue import Column, Form, Table
from judapp.domain.layout_table import Line, head_text
from judapp.domain.printed import BOLD_ROLES, FONT_SIZES, INDENT, Role, Span
from judapp.domain.rows import SheetRow, cell_kind, cell_scale, cell_unit
from judapp.domain.stubs import stub_places
from judapp.domain.text_width import PADDING, line_count, longest_word, text_width

MARGINS = 57.6
"""Points of paper left and right that stay white (0.4 inch each)."""
_PAPER = {"A4": (595.3, 841.9), "A3": (841.9, 1190.6)}
_MARGINS_HIGH = 79.2
_CAUTION = 0.98
"""Printers and programs round heights differently; a page is reckoned a little lower."""
_SMALLEST = 0.6
"""A page shrunk below this cannot be read on A4."""
_USUAL = 0.8
"""A page is shrunk to this before columns are made as narrow as their words."""
_HEAD_LINES = 5
_WIDEST_HEAD = 1.7
_LABEL = (145.0, 235.0)
_ROOM = 1.05
_WORDS = (56.0, 110.0)

Paper = Literal["A4", "A3"]


class Need(Struct, frozen=True):
    """Points a column takes at least, and what would become it."""

    least: float
    good: float


def page_width(paper: Paper, *, landscape: bool) -> float:
    """Points of a page's width between its margins."""
    return _PAPER[paper][landscape] - MARGINS


def page_height(paper: Paper, *, landscape: bool) -> float:
    """Points of a page's height between its margins (0.5 and 0.6 inch)."""
    return (_PAPER[paper][not landscape] - _MARGINS_HIGH) * _CAUTION


def needs_of(form: Form, table: Table, lines: Sequence[Line]) -> list[Need]:
    """What each stub and leaf of ``table`` needs for its words and for usual figures."""
    found = [_stub_need(table, index, lines) for index in range(len(table.stub))]
    # What a figure looks like is said by the plan of its row: of the rows of one plan, one is enough.
    rows = list({id(line.plan): line.row for line in lines if line.row is not None}.values())
    found += [_leaf_need(form, leaf, rows) for leaf in table.leaves]
    _widen_groups(form, table.columns, found, len(table.stub))
    return found


def _word(role: Role, text: str, *, bold: bool = False) -> float:
    return longest_word(text, FONT_SIZES[role], bold=bold or role in BOLD_ROLES) + PADDING


def _line_width(role: Role, text: str, *, bold: bool = False) -> float:
    lines = text.split("\n")
    return max(text_width(line, FONT_SIZES[role], bold=bold) for line in lines) + PADDING


def _stub_need(table: Table, index: int, lines: Sequence[Line]) -> Need:
    head = _word("head", table.stub[index].label)
    places = stub_places(table.stub)
    if index == places.label:
        words = [_word("label", line.label, bold=True) + line.level * INDENT for line in lines]
        whole = [
            _line_width("label", f"{line.number}. {line.label}", bold=True) + line.level * INDENT
            for line in lines
        ]
        least = max(head, *words, min(_LABEL[0], max(whole) * _ROOM))
        return Need(least, max(least, min(_LABEL[1], max(whole) * _ROOM)))
    texts = [line.number if index == places.number else line.plan.unit or "" for line in lines]
    return _same(max(head, 26.0, *(_line_width("row_number", text, bold=True) for text in texts)))


def _same(width: float) -> Need:
    return Need(width, width)


def _leaf_need(form: Form, leaf: Column, rows: Sequence[SheetRow]) -> Need:
    head = head_text(leaf, form.unit_of_measure)
    least = max(_word("head", head), _line_width("number", f"({leaf.code})"))
    good = least
    if leaf.kind == "text":
        least = max(least, _WORDS[0], *(_word("cell", choice) for choice in leaf.choices))
        good = max(least, *((_line_width("cell", c) for c in leaf.choices) if leaf.choices else (_WORDS[1],)))
    else:
        samples = {_sample(leaf.kind or "count", leaf.scale, leaf.unit or form.unit_of_measure)} | {
            _sample(cell_kind(leaf, row), cell_scale(leaf, row), cell_unit(leaf, row, form.unit_of_measure))
            for row in rows
            if row.has(leaf.name)
        }
        least = good = max(least, *(_line_width("cell", sample, bold=True) for sample in samples))
    while good < least * _WIDEST_HEAD and _head_lines(head, good) > _HEAD_LINES:
        good += 4.0
    return Need(least, good)


def _head_lines(head: str, width: float) -> int:
    return line_count(head, width - PADDING, FONT_SIZES["head"], bold=True)


def _sample(kind: str, scale: int, unit: str | None) -> str:
    """A figure as large as they usually come; an office takes milliards of đồng, a province sums them up."""
    if kind in ("rate", "average"):
        return "100," + "0" * max(2, scale)
    whole = "999.999"
    if kind == "money":
        whole = "99.999.999.999" if (unit or "").casefold() == "đồng" else "999.999.999"
    return f"{whole},{'0' * scale}" if scale else whole


def _widen_groups(form: Form, nodes: Sequence[Column], needs: list[Need], at: int) -> int:
    """Let the longest word over several columns fit too; the index behind the last leaf of ``nodes``."""
    for node in nodes:
        if not node.children:
            at += 1
            continue
        after = _widen_groups(form, node.children, needs, at)
        word = _word("head", head_text(node, form.unit_of_measure))
        least = sum(need.least for need in needs[at:after])
        if word > least:
            factor = word / least
            for index in range(at, after):
                need = needs[index]
                needs[index] = Need(need.least * factor, max(need.good, need.least * factor))
        at = after
    return at


def choose_paper(form: Form, tables: Sequence[Sequence[Need]]) -> Paper:
    """The form's own paper; A3 where a page of A4 would shrink until nobody reads it."""
    least = max(sum(need.least for need in needs) for needs in tables)
    fits = page_width("A4", landscape=form.print.landscape) >= least * _SMALLEST
    return form.print.paper if fits else "A3"


def column_widths(needs: Sequence[Need], stubs: int, page: float, parts: int) -> list[float]:
    """Points of the worksheet's columns: those of the table with most of them, at least ``parts``.

    Only columns of figures are cut to come to that many, so that a label is always in a cell of its own.
    """
    widths = _filled(needs, page)
    while len(widths) < parts:
        widest = widths.index(max(widths[stubs:]), stubs)
        widths[widest : widest + 1] = [widths[widest] / 2] * 2
    return widths


def _filled(needs: Sequence[Need], page: float) -> list[float]:
    """Widths that fill a page, or as much more as must be, each between what it needs and what becomes it."""
    least = sum(need.least for need in needs)
    good = sum(need.good for need in needs)
    if good <= page:
        room = page - good
        return [need.good + room * need.good / good for need in needs]
    total = max(least, min(good, page / _USUAL))
    share = (total - least) / (good - least) if good > least else 0.0
    return [need.least + share * (need.good - need.least) for need in needs]


def spans_of(needs: Sequence[Need], widths: Sequence[float]) -> list[Span]:
    """The worksheet columns each column of a table takes: all of them, cut where its needs fit best."""
    columns = len(widths)
    if len(needs) == columns:
        return [(at, at) for at in range(1, columns + 1)]
    factor = sum(widths) / sum(need.good for need in needs)
    edges = [0.0]
    for width in widths:
        edges.append(edges[-1] + width)
    worst = float("inf")
    # best[end]: the least misfit of the columns so far when the last of them ends there; origin: its start
    best = [0.0] + [worst] * columns
    began: list[list[int]] = []
    for need in needs:
        following, origin = [worst] * (columns + 1), [0] * (columns + 1)
        for end in range(1, columns + 1):
            for start in range(end):
                misfit = best[start] + _misfit(need, factor, edges[end] - edges[start])
                if misfit < following[end]:
                    following[end], origin[end] = misfit, start
        best = following
        began.append(origin)
    spans: list[Span] = []
    end = columns
    for origin in reversed(began):
        spans.append((origin[end] + 1, end))
        end = origin[end]
    return spans[::-1]


def widened(widths: Sequence[float], placed: Sequence[tuple[Need, Span]]) -> list[float]:
    """``widths``, larger where a column of a table would be narrower than its words."""
    found = list(widths)
    for need, (first, last) in placed:
        own = sum(found[first - 1 : last])
        if own < need.least:
            found[first - 1 : last] = [width * need.least / own for width in found[first - 1 : last]]
    return found


def _misfit(need: Need, factor: float, width: float) -> float:
    short = max(0.0, need.least - width)
    return (width - need.good * factor) ** 2 + 100 * short**2


def cuts(widths: Sequence[float], shares: Sequence[float]) -> list[Span]:
    """All columns cut into neighbouring parts, as near to ``shares`` of the width as their edges allow."""
    total = sum(widths)
    return spans_of([Need(0.0, share * total) for share in shares], widths)
