"""Where the figure of a cell comes from, and everything that ever stood in it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from judapp.app.grid import moment
from judapp.app.grid_tables import number_text, places_of
from judapp.app.grid_text import figure_text
from judapp.app.grid_view import PENDING
from judapp.app.restoring import RESTORE
from judapp.app.workspace import Workspace
from judapp.domain.figure import Figure
from judapp.domain.number import Rational, unscaled
from judapp.domain.shape import CellKey, Spot
from judapp.messages import text
from judapp.store import history
from judapp.store.history import CellChange

_TYPED = ("Nhập ô ", "Xóa ô ")
"""How acts on one cell alone are named."""
_BRINGING_BACK = (history.UNDO, history.REDO, RESTORE)
"""Operations that put a figure back which somebody had given before."""


class ChangeLine(Struct, frozen=True):
    """One change of a cell: when, by whom, what it was before and after, and from which file if from one."""

    op: int
    when: str
    who: str
    act: str
    before: str
    after: str
    source: str
    typed: bool = False
    """Whether somebody simply typed it into the cell, so that the act says no more than who and when."""
    adjusting: bool = False
    """Whether it changed the department's adjustment and not the figure."""
    restorable: bool = False
    """Whether ``after`` is something the cell does not hold now."""


def told(figure: Figure, spot: Spot, lang: str) -> str:
    """A stored figure in words, with its estimated part."""
    shown = figure_text(figure, spot, lang)
    if figure.estimate is None:
        return shown
    part = number_text(unscaled(figure.estimate, spot.scale), places_of(spot))
    return text("BSD-with-estimate", lang, value=shown, estimate=part)


def source_of(changes: Sequence[CellChange], spot: Spot, lang: str) -> str:
    """Who gave the figure that stands in a cell: typed, from a file, brought back, moved from a version.

    ``changes`` newest first; "" where the cell is empty or was never touched.
    """
    if not changes or not changes[0].after.answered:
        return ""
    newest = changes[0]
    given = next((c for c in changes if c.after == newest.after and not _brings_back(c)), None)
    parts = [] if given is None else [_given(given, lang)]
    if _brings_back(newest):
        parts.append(text("BSD-back", lang, act=act_of(newest, lang), **_by(newest)))
    if newest.after.estimate is not None:
        estimate = number_text(unscaled(newest.after.estimate, spot.scale), places_of(spot))
        parts.append(text("BSD-source-estimate", lang, estimate=estimate))
    return ". ".join(parts)


def _brings_back(change: CellChange) -> bool:
    return change.operation.kind in _BRINGING_BACK


def _by(change: CellChange) -> dict[str, str]:
    return {"who": change.operation.who, "when": moment(change.operation.at)}


def _given(change: CellChange, lang: str) -> str:
    """Who gave a figure."""
    done = change.operation
    if change.source is not None:
        where = {"file": change.source.file, "sheet": change.source.sheet, "cell": change.source.cell or "?"}
        return text("ENY-source-file", lang, **_by(change), **where)
    if done.kind == "set" and (expression := _expression(done.label)):
        return text("BSD-source-reckoned", lang, expression=expression, **_by(change))
    if done.kind == "set":
        return text("ENY-source-typed", lang, **_by(change))
    return text("ENY-source-act", lang, act=done.label, **_by(change))


def _expression(label: str) -> str:
    """The expression an operation was named with: "12+30*2" of "Nhập ô I.2 cột (7) = 12+30*2, biểu …"."""
    _, equals, rest = label.partition(" = ")
    return rest.rpartition(", biểu ")[0] if equals else ""


def act_of(change: CellChange, lang: str) -> str:
    """The act behind a change, as people call it."""
    done = change.operation
    if done.kind in (history.UNDO, history.REDO):
        return text("ENY-undo" if done.kind == history.UNDO else "ENY-redo", lang, act=done.label)
    return done.label


def lines_of(
    workspace: Workspace, sheet: int | None, adjustments: int | None, key: CellKey, spot: Spot, lang: str
) -> tuple[list[CellChange], tuple[ChangeLine, ...]]:
    """Every change of a cell, newest first, of its figure and of the department's adjustment.

    ``sheet`` and ``adjustments`` are the sheets of the two layers, None where there is none. The first list
    holds the changes of the figure alone.
    """
    own = history.cell(workspace.file, sheet, key) if sheet is not None else []
    delta = history.cell(workspace.file, adjustments, key) if adjustments is not None else []
    now = own[0].after if own else None
    seen: list[Figure] = []
    lines = []
    for change in own:
        again = change.after == now or change.after in seen
        lines.append(_line(change, spot, lang, restorable=change.after.answered and not again))
        seen.append(change.after)
    lines += [_delta_line(change, spot, lang) for change in delta]
    return own, tuple(sorted(lines, key=lambda line: -line.op))


def _line(change: CellChange, spot: Spot, lang: str, *, restorable: bool) -> ChangeLine:
    done, source = change.operation, change.source
    return ChangeLine(
        done.id,
        moment(done.at),
        done.who,
        act_of(change, lang),
        told(change.before, spot, lang),
        told(change.after, spot, lang),
        f"{source.file} › {source.sheet} › {source.cell or '?'}" if source else "",
        typed=done.kind == "set" and done.label.startswith(_TYPED) and not _expression(done.label),
        restorable=restorable,
    )


def _delta_line(change: CellChange, spot: Spot, lang: str) -> ChangeLine:
    done = change.operation
    before, after = (delta_text(f.value or 0, spot) for f in (change.before, change.after))
    when, act, reason = moment(done.at), act_of(change, lang), done.reason or ""
    return ChangeLine(done.id, when, done.who, act, before, after, reason, adjusting=True)


def delta_text(delta: int, spot: Spot) -> str:
    """A scaled adjustment with its sign: "+5", "−3"; "" for none."""
    if not delta:
        return ""
    shown = number_text(unscaled(delta, spot.scale), places_of(spot))
    return shown if delta < 0 else f"+{shown}"


def base_text(base: Rational | None, spot: Spot) -> str:
    """The figure under an adjustment; "…" where it is not known."""
    return PENDING if base is None else number_text(base, places_of(spot))


def adjusted_text(base: Rational | None, delta: int, spot: Spot) -> str:
    """What a figure becomes with a scaled delta: "40 → 37"."""
    if base is None:
        return f"{PENDING} {delta_text(delta, spot)}"
    return f"{base_text(base, spot)} → {number_text(base + unscaled(delta, spot.scale), places_of(spot))}"
