"""Who reports to whom with which deadlines: the levels of a form from the words of its header."""

from __future__ import annotations

from collections.abc import Sequence

from judapp.domain.catalogue import Level
from judapp.domain.cell_name import Position
from judapp.domain.learned import Guess, Problem
from judapp.domain.period import BASE, DEPARTMENT, ENFORCEMENT, LEVELS, ROUNDS
from judapp.domain.report_words import (
    level_of,
    regime_of,
    rounds_of_deadline,
    rounds_of_period_line,
    unit_kinds_of,
)
from judapp.excel.words_head import Head
from judapp.excel.words_lines import Reading, places
from judapp.text import fold


def read_levels(head: Head, reading: Reading) -> tuple[tuple[Level, ...], tuple[str, ...]]:
    """Who reports to whom with which deadlines, and the rounds of the form."""
    groups = head.deadlines or [("", [])]
    levels: list[Level] = []
    at = places(head.lines.get("deadlines", []) + head.lines.get("deadline", []))
    for index, (receives, texts) in enumerate(groups):
        path = f"$.levels[{index}]"
        deadlines = _by_round(texts, path, reading, at)
        several = len(groups) > 1
        reporter = _own(head.reporters, "", index) if several else " ".join(head.reporters)
        receiver = _own(head.receivers, receives, index) if several else " ".join(head.receivers)
        said = fold(receives).removesuffix(" nhan bao cao").removesuffix(" nhan")
        level = level_of("" if several and said else reporter, said or receiver)
        _guess_level(level, reporter, receiver, path, head, reading)
        if level is None and not (reporter or receiver or deadlines):
            continue
        named = level or (DEPARTMENT if DEPARTMENT not in [one.level for one in levels] else BASE)
        kinds = unit_kinds_of(named, reporter) if level else ()
        levels.append(
            Level(level=named, reporter=reporter, receiver=receiver, deadlines=deadlines, unit_kinds=kinds)
        )
    if len({level.level for level in levels}) < len(levels):
        reading.problems.append(Problem("$.levels", "LRW-levels-alike", at, choices=LEVELS))
        levels = levels[:1]
    return tuple(levels), _rounds(head, levels, reading, at)


def _own(values: Sequence[str], receives: str, index: int) -> str:
    """Of several lines of reporters or receivers the one that belongs to a group: named, or at its place."""
    receiver = fold(receives).removesuffix(" nhan bao cao").removesuffix(" nhan").strip()
    named = [value for value in values if receiver and fold(value).startswith(receiver)]
    return next(iter(named), values[index] if index < len(values) else "")


def _by_round(texts: Sequence[str], path: str, reading: Reading, at: tuple[Position, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in texts:
        rounds, sure = rounds_of_deadline(text)
        if not rounds:
            reading.problems.append(
                Problem(f"{path}.deadlines", "LRW-deadline-unclear", at, {"text": text}, ROUNDS[:3])
            )
        for named in rounds:
            found[named] = f"{found[named]}\n{text}" if named in found else text
            reading.guesses.append(
                Guess(
                    f"{path}.deadlines.{named}",
                    found[named],
                    "LRW-deadline" if sure else "LRW-deadline-year",
                    "sure" if sure else "likely",
                    at,
                )
            )
    return {named: found[named] for named in ROUNDS if named in found}


def _guess_level(
    level: str | None, reporter: str, receiver: str, path: str, head: Head, reading: Reading
) -> None:
    by = places(head.lines.get("reporter", []) + head.lines.get("receiver", []))
    for name, value in (("reporter", reporter), ("receiver", receiver)):
        cells = places(head.lines.get("reporter" if name == "reporter" else "receiver", []))
        if value:
            code = "LRW-reporter" if name == "reporter" else "LRW-receiver"
            reading.guesses.append(Guess(f"{path}.{name}", value, code, "sure", cells))
    if level is None:
        reading.problems.append(Problem(f"{path}.level", "LRW-no-level", by, choices=LEVELS))
    else:
        reading.guesses.append(Guess(f"{path}.level", level, "LRW-level", "likely", by))


def _rounds(
    head: Head, levels: Sequence[Level], reading: Reading, at: tuple[Position, ...]
) -> tuple[str, ...]:
    named = {key for level in levels for key in level.deadlines}
    if named:
        rounds = tuple(key for key in ROUNDS if key in named)
        reading.guesses.append(Guess("$.rounds", ", ".join(rounds), "LRW-rounds-deadlines", "likely", at))
        return rounds
    rounds = rounds_of_period_line(head.period_line or "")
    if rounds:
        cells = places(head.lines.get("title", []) + head.lines.get("period", []))
        reading.guesses.append(Guess("$.rounds", ", ".join(rounds), "LRW-rounds-period", "likely", cells))
        return rounds
    if regime_of(head.number, head.title) == ENFORCEMENT:
        monthly = tuple(key for key in ROUNDS if key.startswith("E"))
        cells = places(head.lines.get("title", []))
        reading.guesses.append(
            Guess("$.rounds", ", ".join(monthly), "LRW-rounds-enforcement", "likely", cells)
        )
        return monthly
    reading.problems.append(Problem("$.rounds", "LRW-no-rounds", choices=ROUNDS[:3]))
    return ROUNDS[:3]
