"""The window: pages and widgets over the use cases of app; it shows and asks, and decides nothing."""

# Before Qt: PySide6 reads the source of every module that is imported after it.
from judapp import messages as messages
