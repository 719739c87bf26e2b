"""Where the program's own files are: in the source tree, in a wheel, or in the built program."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


@cache
def _data(folder: str) -> Path:
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    # A wheel carries them inside the package; a foreign folder beside it must not win over that.
    places = [Path(frozen) / folder] if frozen else [package / "_data" / folder, package.parent / folder]
    return next((place for place in places if place.is_dir()), places[-1])


def seeds() -> Path:
    """The folder of what a new data file starts from."""
    return _data("seeds")


def resources() -> Path:
    """The folder of what the program shows and prints with."""
    return _data("resources")
