"""Pictures of every scene: ``python -m tests.ui.screens DIR DEMO [--lang] [--theme] [--scale] [--size]``."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import traceback
from pathlib import Path

CAPTION_AND_TASKBAR = 71
"""Pixels of the screen that are not the window's (at 100 %)."""


def main() -> int:
    """Draw the scenes into a folder; the exit code says whether any could not be drawn."""
    parser = argparse.ArgumentParser(prog="dev.py screens")
    parser.add_argument("folder", type=Path)
    parser.add_argument("demo", type=Path)
    parser.add_argument("--lang", choices=("vi", "en"), default="vi")
    parser.add_argument("--theme", choices=("light", "dark", "contrast"), default="light")
    parser.add_argument("--scale", type=float, default=1.0, help="1, 1.5 or 2")
    parser.add_argument("--size", default="1366x768", help="of the screen")
    parser.add_argument("--only", help="scenes whose names begin so")
    args = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = str(args.scale)
    width, height = map(int, args.size.split("x"))
    size = round(width / args.scale), round((height - CAPTION_AND_TASKBAR) / args.scale)
    args.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_DOCUMENTS_DIR"] = name
        return draw(Path(name), args, size)


def draw(own: Path, args: argparse.Namespace, size: tuple[int, int]) -> int:
    """Draw the scenes asked for."""
    from judapp.ui import texts, theme
    from judapp.ui.app import make_application

    from .scenes import SCENES, stage

    app = make_application()
    texts.speak(args.lang)
    theme.theme().apply(app, args.theme)
    faults = 0
    with stage(own, args.demo, size) as here:
        here.window.speak_qt()
        here.window.session.broken.connect(traceback.print_exception)
        for name, scene in SCENES.items():
            if args.only and not name.startswith(args.only):
                continue
            try:
                widget = scene(here)
                widget.grab().save(str(args.folder / f"{name}.png"))
                if widget is not here.window:
                    widget.close()
            except Exception:  # noqa: BLE001  # one scene that fails must not hide the others
                faults += 1
                print(f"{name}:", file=sys.stderr)
                traceback.print_exc()
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
