"""A worksheet of a look that is known is read and mapped exactly as if it were the first of its kind."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace

from judapp.app.import_candidates import Candidate, Wish
from judapp.app.import_matching import Recogniser
from judapp.app.workspace import Workspace
from judapp.excel import imprint, read_xlsx
from judapp.excel.imprint_mapping import Lesson
from judapp.excel.mapped import Mapped
from judapp.excel.zip_parts import listed, unpacked

WORKBOOKS = Path(__file__).parents[2] / "seeds" / "demo" / "workbooks"
SHEET = "xl/worksheets/sheet1.xml"
WORDS = (
    "UBND xã Nghi Lộc", "(1)", "1", "A", "B", "STT", "Tổng số", "Chia ra", "", "  ", "...", "12", "x",
    "Biểu số: 17a/BTP/HTQTCT", "Đơn vị báo cáo:", "Kỳ báo cáo: Năm", "Ngày 30 tháng 6 năm 2026", "tæng sè",
    "Đơn vị tính: nghìn đồng", "Người lập biểu", "a &amp; b", "_x0041_", "một\nhai", "1.234",
    'a"/&gt;b', "１２",
)  # fmt: skip
NUMBERS = ("0", "1", "2", "7", "123", "999999999999999", "1234567890123456", "-5", "1.5", "1E3", "")


@pytest.fixture
def workspace(demo: Path) -> Iterator[Workspace]:
    with Workspace.open(demo, read_only=True) as opened:
        yield opened


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_xlsx, "_LOOKS", imprint.Imprints())


def with_sheet(content: bytes, change: Callable[[str], str]) -> bytes:
    """The workbook with its first worksheet's XML changed."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, change(part.decode()).encode() if name == SHEET else part)
    return made.getvalue()


def changed(text: str, chance: random.Random) -> str:
    """The XML of a worksheet with one thing of it another."""
    act = chance.randrange(11)
    if act < 3:
        return one_of(r"<v>[^<]*</v>", text, chance, lambda _: f"<v>{chance.choice(NUMBERS)}</v>")
    if act < 6:
        others = [*WORDS, *re.findall(r"<t[^>]*>([^<]*)</t>", text)]
        return one_of(r"(?<=>)[^<]+(?=</t>)", text, chance, lambda _: chance.choice(others))
    if act == 6:
        return one_of(r"><v>[^<]*</v></c>", text, chance, lambda _: "/>")
    if act == 7:
        return one_of(r'<row r="\d+"', text, chance, lambda found: f'{found[0]} hidden="1"')
    if act == 8:
        row, column = chance.randrange(1, 30), chance.choice("ABCDEFG")
        return text.replace(
            "</mergeCells>", f'<mergeCell ref="{column}{row}:{column}{row + 1}"/></mergeCells>'
        )
    if act == 9:
        return one_of(r"<f>[^<]*</f>", text, chance, lambda _: "<f>1+1</f>")
    return one_of(r'<c r="\w+"( s="\d+")?/>', text, chance, lambda found: f"{found[0][:-2]}><v>3</v></c>")


def one_of(pattern: str, text: str, chance: random.Random, made: Callable[[re.Match[str]], str]) -> str:
    places = list(re.finditer(pattern, text))
    if not places:
        return text
    place = chance.choice(places)
    return text[: place.start()] + made(place) + text[place.end() :]


def seen(candidates: list[Candidate]) -> list[object]:
    return [
        (replace(c, modified=0.0), list(c.figures), list(c.totals), c.header, c.findings) for c in candidates
    ]


def read(workspace: Workspace, path: Path) -> list[Candidate]:
    return Recogniser(workspace, Wish(), {}).candidates(path)


@pytest.mark.parametrize("name", ["pl-stp_40_2024-H1", "pl-stp_01_2024-Y", "thads-01_CUM-TPTW_2024-E12"])
def test_whatever_differs_from_what_is_known_comes_out_as_if_nothing_was_known(
    name: str, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = (WORKBOOKS / f"{name}.xlsx").read_bytes()
    path = tmp_path / "Xã gửi.xlsx"
    path.write_bytes(original)
    for _ in range(3):
        read(workspace, path)
    chance = random.Random(name)
    for _ in range(40):
        content = original
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            content = with_sheet(content, lambda text: changed(text, chance))
        path.write_bytes(content)
        quick = seen(read(workspace, path))
        with monkeypatch.context() as patch:
            patch.setattr(imprint, "cut", lambda _: None)
            assert quick == seen(read(workspace, path))


def test_the_second_of_a_look_is_learned_and_the_third_taken_by_it(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sorted(WORKBOOKS.glob("*.xlsx"))[0]
    found: list[object] = []
    taken = Lesson.mapped

    def noted(lesson: Lesson, printed: imprint.Printed) -> Mapped | None:
        found.append(taken(lesson, printed))
        return taken(lesson, printed)

    monkeypatch.setattr(Lesson, "mapped", noted)
    first, second, third = (seen(read(workspace, path)) for _ in range(3))
    assert first == second == third
    assert found
    assert found[-1] is not None


def test_cells_made_late_are_the_cells(tmp_path: Path) -> None:
    from judapp.excel.reader import read_workbook

    path = sorted(WORKBOOKS.glob("*.xlsx"))[0]
    [first] = read_workbook(path)
    looks: list[Callable[[imprint.LateCells], object]] = [
        len, list, sorted, bool, dict,
        lambda c: c[next(iter(first.cells))],
        lambda c: dict(c.items()),
        lambda c: list(c.values()),
        lambda c: list(c.keys()),
        lambda c: c.get((0, 0)),
        lambda c: (0, 0) in c,
        lambda c: {**c},
        lambda c: c == first.cells,
    ]  # fmt: skip
    read_workbook(path)
    for look in looks:
        late = read_workbook(path)[0].cells
        assert isinstance(late, imprint.LateCells)
        assert look(late) == look(first.cells)  # type: ignore[arg-type]
        assert late == first.cells
    assert read_workbook(path) == read_workbook(path)


def test_looks_that_are_not_met_again_are_forgotten() -> None:
    looks = imprint.Imprints()
    assert not looks.comes_again("first", looks)
    for other in range(5000):
        assert not looks.comes_again(f"look {other}", looks)
    assert not looks.comes_again("first", looks)
    assert looks.comes_again("first", looks)
    for other in range(500):
        looks.keep(other, looks, None)
    assert len(looks._known) < 100
    assert len(looks._met) < 5000


@pytest.mark.parametrize("at", range(0, 300, 7))
def test_an_archive_with_anything_unusual_is_left_to_zipfile(at: int) -> None:
    original = sorted(WORKBOOKS.glob("*.xlsx"))[0].read_bytes()
    whole = {name: unpacked(original, part) for name, part in (listed(original) or {}).items()}
    with zipfile.ZipFile(BytesIO(original)) as archive:
        assert whole == {name: archive.read(name) for name in archive.namelist()}
    hurt = bytearray(original)
    hurt[-at - 1] ^= 0x55
    content = bytes(hurt)
    for name, part in (listed(content) or {}).items():
        taken = unpacked(content, part)
        if taken is not None:
            with zipfile.ZipFile(BytesIO(content)) as archive:
                assert archive.read(name) == taken
