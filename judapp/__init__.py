"""judapp: half-year figures of a provincial justice department (Sở Tư pháp), offline, in one file."""

__version__ = "0.1.0"
