"""The command line: every job of the window, as readable tables or as JSON (a contract, docs/cli.md).

Without a command it opens the window; what the commands need is not even imported then.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path


def main() -> None:
    """Run the command line or open the window.

    Exit codes are 0 done, 1 done with errors found, 2 not done.
    """
    if sys.argv[1:] == ["reading-process"]:
        from judapp.app.reading_process import run

        run()  # as long as the program wants files read (app.reading_files)
        return
    if opens_window(sys.argv[1:]):
        _window(sys.argv[1:])
    _commands()


def opens_window(args: list[str]) -> bool:
    """Whether ``args`` are no command: nothing, or a data file by its name."""
    return not args or (len(args) == 1 and Path(args[0]).suffix.lower() == ".sqlite")


def _window(args: list[str]) -> None:
    from judapp.ui.display import has_display

    if has_display():
        gc.disable()  # ui.garbage does it in the window's thread; while modules load there is none
        from judapp.ui.app import run

        sys.exit(run(Path(args[0]) if args else None))
    if not args:
        return  # without a screen the help says what there is
    from judapp.messages import text

    sys.stderr.write(text("CLI-no-display") + "\n")
    sys.exit(2)


def _commands() -> None:
    from judapp.cli.root import root

    for stream in (sys.stdout, sys.stderr):
        # Windows consoles and pipes may default to a legacy code page that has no Vietnamese letters.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    root()
