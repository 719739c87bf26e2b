"""The window: pages and widgets over the use cases of app; it shows and asks, and decides nothing."""

import builtins
import importlib

# PySide6 puts a hook over Python's import that reads the source of every module imported after it, to find
# "from __feature__ import …". We use none, and it is 25 ms of the start: the plain import is put back.
_plain_import = builtins.__import__
importlib.import_module("PySide6.QtCore")
builtins.__import__ = _plain_import
