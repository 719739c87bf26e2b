"""How the workbooks of this folder were made: ``python tests/data/import/make_files.py``.

One file per habit and fault, as small as it can be; ``outcomes.toml`` says what each must come to and is
written by hand. The .xls are saved by LibreOffice (needed only for them); everything else is the same bytes
each time.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[2]))

from tests.import_faults import faults  # noqa: E402  the project's folder is known only now
from tests.import_habits import habits  # noqa: E402
from tests.import_world import founded  # noqa: E402


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        with founded(path / "a.sqlite") as workspace:
            made = {**habits(workspace), **faults(workspace)}
        for name, content in made.items():
            target = HERE / name
            target.parent.mkdir(exist_ok=True)
            if Path(name).name.startswith("excel97"):
                content = saved_as_xls(content, path)
            if not target.exists() or target.read_bytes() != content:
                target.write_bytes(content)
        for old in HERE.rglob("*.*"):
            if str(old.relative_to(HERE)) not in made and old.suffix not in (".py", ".toml", ".pyc"):
                old.unlink()


def saved_as_xls(content: bytes, folder: Path) -> bytes:
    """What LibreOffice makes of an .xlsx as .xls (Excel 97)."""
    (folder / "a.xlsx").write_bytes(content)
    order = [
        "soffice",
        f"-env:UserInstallation={(folder / 'lo').as_uri()}",
        "--headless",
        "--convert-to",
        "xls",
    ]
    subprocess.run([*order, "--outdir", str(folder), str(folder / "a.xlsx")], check=True, capture_output=True)
    return (folder / "a.xls").read_bytes()


if __name__ == "__main__":
    main()
