"""Whether there is a screen; asked before Qt is loaded."""

from __future__ import annotations

import os
import sys


def has_display() -> bool:
    """Whether there is a screen somebody looks at; Qt's platforms without one count as none."""
    if platform := os.environ.get("QT_QPA_PLATFORM", ""):
        return platform.partition(":")[0] not in ("offscreen", "minimal")
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
