"""Several worksheets for one sheet: which say the same, where they differ, and which of them counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from judapp.app.import_candidates import DUPLICATE, READY, Candidate
from judapp.domain.figure import EMPTY, Figure
from judapp.domain.period import Period
from judapp.domain.shape import CellKey
from judapp.text import fold

RIVAL, LEFT_OUT, SAME_BYTES, SAME_FIGURES = "MAP-004", "MAP-018", "MAP-019", "MAP-020"
"""What is said of worksheets for one sheet: while nobody chose, of those another was preferred to, and of
those another says the same as."""
SAMES = (SAME_BYTES, SAME_FIGURES)
ABOUT_RIVALS = (RIVAL, LEFT_OUT, SAME_BYTES, SAME_FIGURES)


class Difference(Struct, frozen=True):
    """A cell of the form in which two worksheets say different things, with the cells they say it in."""

    key: CellKey
    """Its name in the first of the two; of the second where only that has it."""
    first: Figure
    second: Figure
    first_cell: str
    second_cell: str
    own: str
    """The label of a row the reporter added, "" for a row of the form."""
    name: CellKey
    """What both call the cell (:func:`_named_cells`)."""


def settled(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with those for one sheet held against each other.

    Of those that say the same the newest file counts and the others say so: nobody has to choose between
    equals. Where they differ, the one a person chose counts, or none (MAP-004).
    """
    again = [_open(candidate) if _may_count(candidate) else candidate for candidate in candidates]
    by_target: Mapping[tuple[int, str, Period], list[Candidate]] = defaultdict(list)
    for candidate in again:
        if candidate.status == READY:
            by_target[candidate.target].append(candidate)
    for rivals in by_target.values():
        if len(rivals) > 1:
            _choose(rivals)
    return again


def keep_one(candidates: Sequence[Candidate], chosen: int, *, keep: bool = True) -> list[Candidate]:
    """Choose between worksheets for one sheet: the one at ``chosen`` counts; with ``keep=False`` none does.

    The result is all candidates in their order, the given ones left as they are.
    """
    wanted = candidates[chosen].target
    again = []
    for position, candidate in enumerate(candidates):
        if _may_count(candidate) and candidate.target == wanted:
            decision = replace(candidate.decision, counts=keep and position == chosen)
            candidate = replace(candidate, decision=decision)
        again.append(candidate)
    return settled(again)


def says_the_same(first: Candidate, second: Candidate) -> bool:
    """Whether two worksheets for one sheet would make the same of it, whatever their files look like."""
    equal = (first.span, first.refused) == (second.span, second.refused)
    return equal and not differences(first, second)


def differences(first: Candidate, second: Candidate) -> list[Difference]:
    """Every cell in which they differ, in the order of the first; a cell one leaves out is EMPTY there."""
    ours, theirs = _named_cells(first), _named_cells(second)
    labels = {**_labels(second), **_labels(first)}
    found = []
    for name in {**ours, **theirs}:
        own, other = ours.get(name), theirs.get(name)
        mine = first.figures[own] if own else None
        his = second.figures[other] if other else None
        figures = (mine.figure if mine else EMPTY, his.figure if his else EMPTY)
        if figures[0] != figures[1]:
            key = own or other or name
            cells = (mine.cell if mine else "", his.cell if his else "")
            found.append(Difference(key, *figures, *cells, own=labels.get(name[:2], ""), name=name))
    return found


def _named_cells(candidate: Candidate) -> dict[CellKey, CellKey]:
    """The figures by names two files share: a row of the reporter's own goes by its label, for its key is
    made anew at every reading."""
    names = _names(candidate)
    return {(table, names.get((table, row), row), col): (table, row, col)
            for table, row, col in candidate.figures}  # fmt: skip


def _names(candidate: Candidate) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    times: dict[tuple[str, str, str], int] = defaultdict(int)
    for table, row in candidate.own_rows:
        name = (table, row.parent, fold(row.label))
        found[table, row.key] = f"{row.parent}.#{name[2]}#{times[name]}"
        times[name] += 1
    return found


def _labels(candidate: Candidate) -> dict[tuple[str, str], str]:
    names = _names(candidate)
    return {(table, names[table, row.key]): row.label for table, row in candidate.own_rows}


def differing(rivals: Sequence[Candidate]) -> int:
    """How many cells any two of them say differently."""
    return len({one.name for other in rivals[1:] for one in differences(rivals[0], other)})


def called(candidate: Candidate, among: Iterable[Candidate]) -> str:
    """What to call one of several worksheets: its file, with folder or worksheet where others share that."""
    path = candidate.path
    name = path.name
    others = [other for other in among if other is not candidate and other.path.name == name]
    if any(other.path != path for other in others):
        name = f"{path.parent.name}/{name}"
    if any(other.path == path for other in others):
        name = f"{name} › {candidate.sheet}"
    return name


def newest_first(candidates: Sequence[Candidate], positions: Collection[int]) -> list[int]:
    """``positions`` by when their files were last saved, the newest first; equals in their order."""
    return sorted(positions, key=lambda at: candidates[at].modified, reverse=True)


def saved_at(candidate: Candidate) -> datetime:
    """When its file was last saved, local time."""
    return datetime.fromtimestamp(candidate.modified).astimezone()


# inside


def _may_count(candidate: Candidate) -> bool:
    return candidate.status in (READY, DUPLICATE)


def _open(candidate: Candidate) -> Candidate:
    """A copy that nothing is said of yet beside what stands in its own file."""
    own = [finding for finding in candidate.findings if finding.code not in ABOUT_RIVALS]
    return replace(candidate, status=READY, findings=own)


def _choose(rivals: list[Candidate]) -> None:
    chosen = next((rival for rival in rivals if rival.decision.counts), None)
    leaders = _leaders(rivals)
    for leader, followers in leaders:
        for candidate in followers:
            candidate.status = DUPLICATE
            bytes_too = bool(leader.sha256) and candidate.sha256 == leader.sha256
            candidate.say(SAME_BYTES if bytes_too else SAME_FIGURES, "info", other=called(leader, rivals))
    if len(leaders) == 1 and leaders[0][0].decision.counts is not False:
        return
    heads = [leader for leader, _ in leaders]
    for candidate in heads:
        if candidate is chosen:
            continue
        candidate.status = DUPLICATE
        if chosen is not None:
            candidate.say(LEFT_OUT, "info", other=called(chosen, rivals))
        elif candidate.decision.counts is None:
            newest = max(heads, key=lambda rival: rival.modified)
            candidate.say(
                RIVAL,
                files=len(heads),
                cells=differing(heads),
                newer=called(newest, rivals),
                when=f"{saved_at(newest):%d/%m/%Y %H:%M}",
                form=candidate.form.number,
            )


def _leaders(rivals: list[Candidate]) -> list[tuple[Candidate, list[Candidate]]]:
    """Of each kind of content the one that speaks for it: the chosen one, else of the newest file."""
    ranked = sorted(rivals, key=lambda rival: (rival.decision.counts is not True, -rival.modified))
    found: list[tuple[Candidate, list[Candidate]]] = []
    for candidate in ranked:
        kind = next((own for leader, own in found if says_the_same(leader, candidate)), None)
        if kind is None:
            found.append((candidate, []))
        else:
            kind.append(candidate)
    return found
