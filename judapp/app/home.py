"""The first page: where every form of a round stands, what to do next, where typing stopped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct, field

from judapp.app.desk import day_text, period_name, unit_name
from judapp.app.home_forms import (
    CHECKED,
    NOT_OWN,
    RETURNED,
    FormLine,
    form_lines,
    other_forms,
    short,
)
from judapp.app.overview import DRAFT, MISSING, SUBMITTED, WITH_ERRORS
from judapp.app.standings import catch_up
from judapp.app.units_view import expected_communes, has_communes
from judapp.app.workspace import FOUNDING, OPEN_STATES, Workspace
from judapp.domain.names import SheetNames
from judapp.domain.period import Period
from judapp.domain.shape import CellKey
from judapp.domain.unit import PROVINCE
from judapp.messages import bilingual
from judapp.store import sheets
from judapp.store.people import left_off
from judapp.text import Bilingual

_NAMED = 3
"""So many forms are named in a sentence; the others are counted."""

_ROW_WORDS = 28

_COUNTED = {
    RETURNED: ("HOM-count-returned", "HOM-brief-returned"),
    WITH_ERRORS: ("HOM-count-errors", "HOM-brief-errors"),
    CHECKED: ("HOM-count-checked", "HOM-brief-checked"),
    DRAFT: ("HOM-count-draft", "HOM-brief-draft"),
    MISSING: ("HOM-count-missing", "HOM-brief-missing"),
}
"""How the forms of a state are counted; briefly where there are many states."""

_STATES_IN_FULL = 3


class Act(Struct, frozen=True):
    """What a button does: open ``page`` at ``place``; of another unit where ``unit`` names one."""

    words: Bilingual
    page: str
    place: Mapping[str, Any] = field(default_factory=dict)
    unit: str = ""


class Todo(Struct, frozen=True):
    """Something to do, in one sentence, and the button that does or opens it."""

    mark: str
    """Name of a mark: ``returned``, ``error``, ``late``, ``explain``, ``empty``, ``draft``, ``ok``."""
    sentence: Bilingual
    act: Act


class Resume(Struct, frozen=True):
    """The cell typed last."""

    form: str
    unit: str
    period: Period
    cell: CellKey | None
    """None where it was a note below the table."""


class Board(Struct, frozen=True):
    """The first page of one unit in one round."""

    name: Bilingual
    """The name of the round, which heads the page."""
    sentence: Bilingual
    todos: tuple[Todo, ...]
    """The gravest and nearest deadline first."""
    steps: tuple[Todo, ...]
    """What to begin with in a file that holds no figure yet; then ``todos`` has nothing to say."""
    forms: tuple[FormLine, ...]
    others: tuple[FormLine, ...]
    """Forms that serve the round and that nobody was asked for."""
    resume: Resume | None
    primary: Act | None


def board(workspace: Workspace, period: Period, unit: str, today: date, me: str = "") -> Board:
    """What the first page says to ``me`` (a name; the one the history gets where none is given)."""
    catch_up(workspace)
    reporter = workspace.units[unit]
    lines = form_lines(workspace, period, reporter, today, me or workspace.who)
    others = other_forms(workspace, period, reporter, today, lines)
    resume, row = _resume(workspace, period)
    new = not sheets.find(workspace.file, layer=sheets.OWN)
    return Board(
        period_name(period),
        _sentence(
            lines, others, today, "HOM-to-ministry" if reporter.kind == PROVINCE else "HOM-to-department"
        ),
        tuple(_todos(lines)),
        tuple(_first_steps(workspace, lines, others, today)) if new else (),
        tuple(lines),
        tuple(others),
        resume,
        _primary(workspace, lines, others, resume, row, unit, new=new),
    )


# --- the sentence


def _sentence(lines: Sequence[FormLine], others: Sequence[FormLine], today: date, receiver: str) -> Bilingual:
    own = [line for line in lines if line.state != NOT_OWN]
    if not own:
        return _sentence_without(lines, others)
    to = bilingual(receiver)
    due = min((line.due for line in own if line.due and not line.done), default=None)
    if all(line.done for line in own):
        last = max((line.due for line in own if line.due), default=None)
        if last is None:
            return bilingual("HOM-all-submitted", n=len(own))
        return bilingual("HOM-all-submitted-due", n=len(own), to=to, due=day_text(last))
    counted = bilingual("HOM-submitted", done=sum(line.state == SUBMITTED for line in own), total=len(own))
    parts = [counted]
    counts = {state: sum(line.state == state for line in own) for state in _COUNTED}
    brief = sum(n > 0 for n in counts.values()) > _STATES_IN_FULL
    parts += [bilingual(_COUNTED[state][brief], n=n) for state, n in counts.items() if n]
    return _joined(" ", [*_deadline(due, today, to), _ended(_joined(", ", parts))])


def _sentence_without(lines: Sequence[FormLine], others: Sequence[FormLine]) -> Bilingual:
    """The unit itself owes nothing in this round."""
    below = [line.base for line in lines if line.base]
    if below:
        received, expected = sum(base.received for base in below), sum(base.expected for base in below)
        return bilingual("HOM-only-base", received=received, expected=expected)
    return bilingual("HOM-nothing-owed", n=len(others)) if others else bilingual("HOM-no-forms")


def _deadline(due: date | None, today: date, to: Bilingual) -> list[Bilingual]:
    if due is None:
        return []
    days, day = (due - today).days, day_text(due)
    if days == 0:
        return [bilingual("HOM-due-today", to=to, due=day)]
    code = "HOM-due-in" if days > 0 else "HOM-due-past"
    return [bilingual(code, n=abs(days), to=to, due=day)]


def _joined(between: str, parts: Sequence[Bilingual]) -> Bilingual:
    return Bilingual(between.join(part.vi for part in parts), between.join(part.en for part in parts))


def _ended(sentence: Bilingual) -> Bilingual:
    return Bilingual(f"{sentence.vi}.", f"{sentence.en}.")


# --- what to do


def _todos(lines: Sequence[FormLine]) -> Iterator[Todo]:
    """Returned, wrong, late, unexplained, missing, unfinished, ready: in this order, then by deadline."""
    by_deadline = sorted(lines, key=lambda line: line.due or date.max)
    for line in by_deadline:
        if line.state == RETURNED:
            code = "HOM-todo-returned" if line.reason else "HOM-todo-returned-bare"
            sentence = bilingual(code, form=line.short, reason=line.reason)
            yield Todo("returned", sentence, _entry("HOM-verb-mend", line))
    for line in by_deadline:
        if line.state != RETURNED and line.errors:
            yield Todo("error", _counted(line), _checks(line, "error"))
        if line.base and line.base.errors:
            base = line.base
            sentence = bilingual(
                "HOM-todo-base-errors", form=short(base.number), n=base.errors, units=base.with_errors
            )
            yield Todo("error", sentence, _checks_of(base.number, "error"))
    missing = [line for line in by_deadline if line.state == MISSING]
    late = [line for line in missing if line.overdue_days]
    if late:
        yield Todo(
            "late",
            _named("HOM-todo-late", late, days=late[0].overdue_days),
            _entry("HOM-verb-enter", late[0]),
        )
    for line in by_deadline:
        if line.base and line.base.overdue_days:
            base = line.base
            n, days = len(base.missing), base.overdue_days
            sentence = bilingual("HOM-todo-base-late", form=short(base.number), n=n, days=days)
            place = {"tab": "board", "filter": "missing", "form": base.number}
            yield Todo("late", sentence, Act(bilingual("BOA-verb-remind"), "import", place))
    for line in by_deadline:
        if line.unexplained and not line.errors and line.state != RETURNED:
            yield Todo("explain", _counted(line), _checks(line, "explain"))
    ahead = [line for line in missing if not line.overdue_days]
    if ahead:
        yield Todo("empty", _named("HOM-todo-missing", ahead), _entry("HOM-verb-enter", ahead[0]))
    for line in by_deadline:
        if line.state == DRAFT and line.unanswered and not line.unexplained:
            sentence = bilingual("HOM-todo-unanswered", form=line.short, n=line.unanswered)
            yield Todo("draft", sentence, _entry("HOM-verb-continue", line))
    ready = [line for line in by_deadline if line.state == CHECKED]
    if ready:
        yield Todo("ok", _named("HOM-todo-ready", ready), _entry("HOM-verb-open", ready[0]))


def _counted(line: FormLine) -> Bilingual:
    """“10b: 1 lỗi, 5 cần thuyết minh”."""
    parts = []
    if line.errors:
        code = "HOM-one-error" if line.errors == 1 else "HOM-n-errors"
        parts.append(bilingual(code, n=line.errors))
    if line.unexplained:
        parts.append(bilingual("HOM-n-unexplained", n=line.unexplained))
    return bilingual("HOM-todo-findings", form=line.short, counts=_joined(", ", parts))


def _named(code: str, lines: Sequence[FormLine], **more: Any) -> Bilingual:
    """A sentence about some forms that names the first of them."""
    named = ", ".join(line.short for line in lines[:_NAMED])
    forms = Bilingual(named, named)
    if len(lines) > _NAMED:
        forms = bilingual("HOM-and-others", forms=named, n=len(lines) - _NAMED)
    return bilingual(code, forms=forms, **more)


def _entry(verb: str, line: FormLine) -> Act:
    return Act(bilingual(verb), "entry", {"form": line.number})


def _checks(line: FormLine, severity: str) -> Act:
    return _checks_of(line.number, severity)


def _checks_of(number: str, severity: str) -> Act:
    return Act(bilingual("HOM-verb-look"), "checks", {"form": number, "severity": severity})


def _first_steps(
    workspace: Workspace, lines: Sequence[FormLine], others: Sequence[FormLine], today: date
) -> Iterator[Todo]:
    """What to begin with: own units, the ministry's blanks, figures; what is done is left out."""
    if not has_communes(workspace, today):
        n = expected_communes(workspace, today)
        sentence = bilingual("UNS-step-units", n=n) if n else bilingual("UNS-step-units-any")
        yield Todo("import", sentence, Act(bilingual("UNS-verb-import"), "system", {"section": "units"}))
    if all(version.blank is None for version in workspace.versions.values()):
        act = Act(bilingual("UNS-verb-add"), "forms", {"add": True})
        yield Todo("forms", bilingual("UNS-step-forms"), act)
    first = next(iter([*(line for line in lines if line.state != NOT_OWN), *others]), None)
    act = _entry("HOM-verb-enter", first) if first else Act(bilingual("HOM-verb-choose-files"), "import")
    yield Todo("edit", bilingual("UNS-step-figures"), act)


# --- where to go on


def _resume(workspace: Workspace, period: Period) -> tuple[Resume | None, str]:
    """The cell this person typed last in the round, in a sheet still open, and what its row is called."""
    found = left_off(workspace.file, workspace.who, period, (*FOUNDING, "import"))
    if found is None:
        return None, ""
    stored = sheets.get(workspace.file, found.sheet)
    resolved = workspace.resolved(stored.form, stored.unit, period)
    if stored.state not in OPEN_STATES or resolved is None:
        return None, ""
    number = workspace.version(stored.form).form.number
    order = {key: place for place, key in enumerate(resolved.plan.spots)}
    cell = max((key for key in found.cells if key in order), key=lambda key: order[key], default=None)
    row = ""
    if cell is not None and len(resolved.rows[cell[0]]) > 1:
        printed, label = SheetNames(resolved.plan).row_name("", cell[0], cell[1])
        row = printed or (label if len(label) <= _ROW_WORDS else f"{label[: _ROW_WORDS - 1].rstrip()}…")
    return Resume(number, stored.unit, period, cell), row


def _primary(
    workspace: Workspace,
    lines: Sequence[FormLine],
    others: Sequence[FormLine],
    resume: Resume | None,
    row: str,
    unit: str,
    *,
    new: bool,
) -> Act | None:
    if resume is not None:
        place: dict[str, Any] = {"form": resume.form}
        if resume.cell is not None:
            place["cell"] = resume.cell
        form = short(resume.form)
        words = bilingual("HOM-resume-row", form=form, row=row) if row else bilingual("HOM-resume", form=form)
        if resume.unit != unit:
            name = unit_name(workspace, resume.unit, resume.period.last_day)
            words = bilingual("HOM-resume-unit", form=form, unit=name)
        return Act(words, "entry", place, "" if resume.unit == unit else resume.unit)
    own = [line for line in lines if line.state != NOT_OWN]
    if own and all(line.done for line in own):
        return Act(bilingual("HOM-export", n=len(own)), "export")
    order = (RETURNED, WITH_ERRORS, MISSING, DRAFT, CHECKED)
    waiting = sum(len(line.base.missing) for line in lines if line.base)
    if not own and waiting:
        return Act(bilingual("HOM-import", n=waiting), "import")
    wanted = sorted((line for line in own if not line.done), key=lambda line: order.index(line.state))
    first = next(iter([*wanted, *others]), None)
    if first is None:
        return None
    if new:
        return _entry("HOM-verb-enter-first", first)
    code = "HOM-enter" if first.state == MISSING else "HOM-open"
    return Act(bilingual(code, form=first.short), "entry", {"form": first.number})
