"""Workbooks as people send them come to what is written down for each: right figures, or a finding."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from judapp.app.import_units import unit_offers
from judapp.app.importing import Candidate, Wish, apply_import, preview
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from tests.import_faults import bomb
from tests.import_world import UNITS, founded

FILES = Path(__file__).parents[1] / "data" / "import"
OUTCOMES: dict[str, dict[str, Any]] = tomllib.loads((FILES / "outcomes.toml").read_text("utf-8"))
NAMES = sorted(name for name in OUTCOMES if not name.startswith("="))
ALONE = [name for name in NAMES if "/" not in name.removeprefix("../")]
TOGETHER = sorted({name.split("/")[0] for name in NAMES} - set(ALONE) - {".."})


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with founded(tmp_path_factory.mktemp("tỉnh") / "a.sqlite") as workspace:
        yield workspace


def outcome(name: str) -> dict[str, Any]:
    """What is written down for a file, with what it is said to be like."""
    return _with_likes(OUTCOMES[name])


def _with_likes(said: dict[str, Any]) -> dict[str, Any]:
    like = said.get("like")
    return {**(outcome(like) if like else {}), **said}


def test_every_file_has_its_outcome_and_every_outcome_its_file() -> None:
    there = {path.relative_to(FILES).as_posix() for path in FILES.rglob("*.*")}
    made = {name for name in there if not name.endswith((".py", ".toml", ".pyc"))}
    assert made == {name for name in NAMES if not name.startswith("../")}
    assert all((FILES / name).exists() for name in NAMES)
    assert sum((FILES / name).stat().st_size for name in made) < 600_000


@pytest.mark.parametrize("name", ALONE)
def test_a_file_comes_to_what_is_written_down(province: Workspace, name: str) -> None:
    said = outcome(name)
    if "before" in said:
        apply_import(province, preview(province, [FILES / said["before"]]))
    wish = Wish(period=Period.parse(said["wish"])) if "wish" in said else Wish()
    found = preview(province, [FILES / name], wish)
    expected = said.get("sheets", [said])
    assert len(found) == len(expected)
    for candidate, of_sheet in zip(found, expected, strict=True):
        hold(province, candidate, _with_likes(of_sheet))
    if "before" in said:
        province.undo()


@pytest.mark.parametrize("folder", TOGETHER)
def test_files_of_one_folder_come_to_what_is_written_down(province: Workspace, folder: str) -> None:
    found = preview(province, [FILES / folder])
    for candidate in found:
        hold(province, candidate, outcome(f"{folder}/{candidate.path.name}"))
    assert sum(c.status == "ready" and c.unit is not None and c.unit.uid == "biaX03" for c in found) <= 1


def hold(workspace: Workspace, candidate: Candidate, said: dict[str, Any]) -> None:
    """See that a worksheet came to what is ``said``."""
    # Relations speak of the figures, which are made up here; this is about how they are read.
    read = [f for f in candidate.findings if f.rule is None]
    errors = [f"{f.code} {f.place.cell or ''}" for f in read if f.severity == "error"]
    told = [f"{f.code} {f.place.cell or ''}" for f in candidate.findings]
    assert candidate.status in said["status"].split("|"), told
    if "form" in said:
        assert candidate.version is not None
        assert candidate.form.number == said["form"]
    if "unit" in said:
        assert candidate.unit is not None
        assert candidate.unit.uid == f"bia{said['unit']}"
    if "period" in said:
        assert candidate.period == Period.parse(said["period"])
    patterns = said.get("findings", [])
    for pattern in patterns:
        assert any(_matches(one, pattern) for one in told), (pattern, told)
    assert [one for one in errors if not any(_matches(one, pattern) for pattern in patterns)] == []
    if candidate.figures or candidate.status == "ready":
        for what in ("read", "reckoned", "refused"):
            if what in said:
                assert getattr(candidate, what) == said[what], what
        assert (
            candidate.read
            == len(candidate.changes) + candidate.unchanged + candidate.reckoned + candidate.refused
        )
        _hold_figures(candidate, said["figures"])
    if "offers" in said:
        offers = unit_offers(workspace, candidate, Period(2024, "Y"))
        likely = {offer.uid.removeprefix("bia") for offer in offers if offer.likely}
        assert set(said["offers"]) <= likely
        assert all(uid in UNITS for uid in said["offers"])


def _matches(told: str, pattern: str) -> bool:
    code, cell = told.split(" ")
    wanted, at = pattern.split(" ")
    return wanted in ("*", code) and at in ("*", cell)


def _hold_figures(candidate: Candidate, said: Any) -> None:
    numbers = {
        " ".join(part for part in key if part): read.figure.value
        for key, read in candidate.figures.items()
        if read.figure.value is not None
    }
    if said == "*":
        return
    wanted = OUTCOMES[f"={said}"] if isinstance(said, str) else {"figures": said}
    if "figures" in wanted:
        assert numbers == wanted["figures"]
    else:
        assert len(numbers) == wanted["count"]
        assert {key: numbers.get(key) for key in wanted["first"]} == wanted["first"]


def test_a_bomb_of_700_megabytes_is_one_finding(province: Workspace, tmp_path: Path) -> None:
    path = bomb(tmp_path / "bom.xlsx")
    assert path.stat().st_size < 800_000
    [candidate] = preview(province, [path])
    assert [finding.code for finding in candidate.findings] == ["FIL-003"]


def test_all_of_them_together_are_imported_where_they_are_ready(tmp_path: Path) -> None:
    """A folder of everything: what is ready is written, and nothing of what is not."""
    with founded(tmp_path / "a.sqlite") as workspace:
        found = preview(workspace, [FILES])
        slow = ("rows-full", "columns-full")
        assert all(any(c.path.name.startswith(name) for c in found) for name in slow)
        applied = apply_import(workspace, found)
        assert applied.figures == sum(len(c.changes) for c in found if c.status == "applied")
        assert not any(c.status == "ready" for c in found)
