"""Whatever is done to a workbook that is still read: its marked copy reads the same, or it is refused."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from pathlib import Path

from judapp.domain.cell_name import address
from judapp.errors import JudappError
from judapp.excel.marked import Mark, write_marked
from judapp.excel.reader import read_workbook
from judapp.messages import of_error
from tests.excel.sent_workbooks import parts, sent
from tests.excel.test_marked import TITLE, TOLD
from tests.torture.conftest import Say
from tests.torture.mutants import mutants

FILES = Path(__file__).parents[1] / "data"
SOUND = (
    "table.xls", "looks.xls", "import/open.ods", "import/repeated.ods", "table_lo.xlsx", "looks.xlsx",
    "import/tidy-11a.xlsx",
)  # fmt: skip
LONGEST = 12.0
"""Seconds a copy may take."""


def test_spoilt_workbooks_are_marked_or_refused(tmp_path: Path, thorough: bool, seed: int, say: Say) -> None:
    """2,000 spoilt workbooks (in the usual run 60); each copy is proved against what was read."""
    # How large files are bounded, the fuzz of imports tries: only what was read there in time comes here.
    count, largest = 2_000 if thorough else 60, 100_000
    sound = tmp_path / "lành"
    sound.mkdir()
    for name in SOUND:
        shutil.copy(FILES / name, sound / Path(name).name)
    # Mutants are made of texts: pictures and settings of printers are left out.
    sent(sound / "sent.xlsx", {name: part for name, part in parts().items() if isinstance(part, str)})
    told, slow = Counter[str](), [(0.0, "")]
    target = tmp_path / "ra" / "x.xlsx"
    for mutant in mutants(seed, count, sound, largest):
        path = tmp_path / f"x.{mutant.name[-4:].strip('.')}"
        path.write_bytes(mutant.content)
        begun = time.monotonic()
        told[_marked(path, target, f"{mutant.name} ({mutant.how})")] += 1
        slow.append((time.monotonic() - begun, f"{mutant.name} ({mutant.how})"))
        path.unlink()
    say(f"seed {seed}: {count} workbooks: {dict(told)}; slowest {max(slow)[0]:.2f} s: {max(slow)[1]}")
    assert told["marked"] > count / 5
    assert [one for one in slow if one[0] > LONGEST] == []
    assert not list((tmp_path / "ra").glob(".*"))


def _marked(path: Path, target: Path, what: str) -> str:
    """What became of a workbook; anything but a copy or a sentence is a fault of ours."""
    try:
        grids = read_workbook(path)
        used = [(grid.name, at) for grid in grids for at in (*list(grid.cells)[:3], (7, 3), (900, 40))]
        marks = [Mark(sheet, address(at), "error", "sai", "", "sửa", "CEL-001") for sheet, at in used]
        write_marked(path, target, marks, TOLD, [TITLE])
    except JudappError as error:
        of_error(error)  # it has words
        return error.code
    except Exception as error:
        raise AssertionError(f"{what}: {error!r}") from error
    return "marked"
