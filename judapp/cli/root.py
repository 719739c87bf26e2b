"""The command tree."""

from __future__ import annotations

from typing import Any

import click

from judapp import __version__
from judapp.cli import (
    board,
    exchange,
    figures,
    keeping,
    learning,
    minutes,
    registers,
    results,
    rolling,
    versions,
)
from judapp.errors import JudappError
from judapp.messages import of_error


class _Root(click.Group):
    """Says faults of usage in the person's language and with exit code 2, as click does already."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().main(*args, **kwargs)
        except JudappError as error:
            click.echo(of_error(error), err=True)
            raise SystemExit(2) from None


@click.group(cls=_Root, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="judapp")
def root() -> None:
    """Số liệu 6 tháng và năm của Sở Tư pháp: nhập, kiểm tra, tiến độ, xuất Excel.

    Half-year figures of a justice department: entry, checks, progress, Excel export.

    \b
    Mã thoát / exit codes: 0 xong / done; 1 xong, có lỗi số liệu / done, errors found;
    2 không làm được / could not be done (một dòng lý do / one line of reason).
    """


for module in (registers, learning, versions, figures, results, keeping, minutes, exchange, board, rolling):
    module.register(root)
