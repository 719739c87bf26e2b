"""The command line: every job of the window, as readable tables or as JSON (a contract, docs/cli.md)."""

from __future__ import annotations

import sys

from judapp.cli.root import root


def main() -> None:
    """Run the command line; its exit codes are 0 done, 1 done with errors found, 2 not done."""
    for stream in (sys.stdout, sys.stderr):
        # Windows consoles and pipes may default to a legacy code page that has no Vietnamese letters.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    root()
