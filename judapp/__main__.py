"""``python -m judapp``."""

from judapp.cli import main

if __name__ == "__main__":
    main()
