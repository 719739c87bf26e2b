"""What every command shares: --json, --lang, exit codes, tables, and faults as one line."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import click
import msgspec
from msgspec import Struct, field

from judapp.errors import JudappError
from judapp.messages import LANGUAGES, of_error, text
from judapp.text import keepable

DONE, WITH_FINDINGS, NOT_DONE = 0, 1, 2


class Answer(Struct):
    """The outcome of a command: an object for machines, lines for people, and whether errors were found."""

    data: dict[str, Any]
    lines: list[str] = field(default_factory=list)
    errors: bool = False
    window: Path | None = None
    """A data file to open the window on afterwards, where there is a screen and a person looks."""


def command(group: click.Group, name: str) -> Callable[[Callable[..., Answer]], click.Command]:
    """Register a function ``(lang, …) -> Answer`` as the command ``name`` of ``group``.

    Its docstring's first line is the Vietnamese help, its second paragraph the English one. Exit codes: 0
    done; 1 done, with findings of severity error; 2 not done, with one line of reason on standard error.
    """

    def register(function: Callable[..., Answer]) -> click.Command:
        @click.option(
            "--json", "as_json", is_flag=True, help="Một đối tượng JSON, không gì khác. / One JSON object."
        )
        @click.option(
            "--lang",
            type=click.Choice(LANGUAGES),
            default="vi",
            show_default=True,
            help="Ngôn ngữ. / Language.",
        )
        @wraps(function)
        def run(as_json: bool, lang: str, **params: Any) -> None:
            try:
                answer = function(lang=lang, **params)
            except JudappError as error:
                click.echo(of_error(error, lang), err=True)
                sys.exit(NOT_DONE)
            if as_json:
                click.echo(msgspec.json.format(_encoded(answer.data), indent=1).decode())
            else:
                click.echo("\n".join(answer.lines))
                if answer.window is not None:
                    _show(answer.window)
            sys.exit(WITH_FINDINGS if answer.errors else DONE)

        return group.command(name)(run)

    return register


def _encoded(data: dict[str, Any]) -> bytes:
    try:
        return msgspec.json.encode(data)
    except UnicodeEncodeError:  # the name of a file that is no UTF-8
        return msgspec.json.encode(_keepable(data))


def _keepable(data: Any) -> Any:
    if isinstance(data, str):
        return keepable(data)
    if isinstance(data, dict):
        return {name: _keepable(value) for name, value in data.items()}
    return list(map(_keepable, data)) if isinstance(data, list | tuple) else data


def _show(file: Path) -> None:
    from judapp.ui.app import run

    run(file)


def table(heads: Sequence[str], rows: Iterable[Sequence[object]], right: Iterable[int] = ()) -> list[str]:
    """Lines of a table with aligned columns; ``right`` are the columns of numbers."""
    body = [["" if cell is None else str(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(heads, *body, strict=True)]
    numbers = set(right)

    def line(cells: Sequence[str]) -> str:
        parts = [
            " " * (width - _width(cell)) + cell if index in numbers else cell + " " * (width - _width(cell))
            for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        return "  ".join(parts).rstrip()

    return [line(list(heads)), "  ".join("─" * width for width in widths), *map(line, body)]


def _width(cell: str) -> int:
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in cell
    )


def heading(code: str, lang: str, /, **params: Any) -> list[str]:
    """A headline and an empty line."""
    return [text(code, lang, **params), ""]
