"""Whatever is marked on whatever form: figures read back equal, every other part is the same bytes."""

from __future__ import annotations

import io
import os
import zipfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from judapp.app.seeds import forms
from judapp.domain.cell_name import address
from judapp.excel.marked import Mark, marked_workbook
from judapp.excel.reader import read_workbook
from tests.excel.drawn_blanks import drawn_blank
from tests.excel.sent_workbooks import FORM, parts, sent
from tests.excel.test_marked import TITLE, TOLD, held

GATE = os.environ.get("JUDAPP_HYPOTHESIS") == "gate"
"""The gate tries the same examples every time: a few of them do."""
CATALOGUE = {seed.path.stem: seed.form for seed in forms()}
_MAY_CHANGE = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "[Content_Types].xml")
_NEVER = (
    "xl/theme/",
    "docProps/",
    "xl/sharedStrings.xml",
    "xl/calcChain.xml",
    "xl/media/",
    "xl/drawings/drawing",
)


@cache
def drawn(name: str) -> bytes:
    return drawn_blank(CATALOGUE[name])


places = st.tuples(st.integers(1, 60), st.integers(1, 30)) | st.tuples(
    st.integers(1, 1_048_576), st.integers(1, 16_384)
)
texts = st.text(max_size=40)
marks = st.lists(st.tuples(places, st.booleans(), texts, texts), min_size=0, max_size=12)


def held_as_before(before: Path, content: bytes, sheet: str, cells: set[str]) -> None:
    after = before.with_name("after.xlsx")
    after.write_bytes(content)
    assert held(before, sheet) == held(after, sheet)
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(io.BytesIO(content)) as new:
        for name in old.namelist():
            if old.read(name) == new.read(name):
                continue
            assert name in _MAY_CHANGE or name.startswith(
                ("xl/worksheets/sheet1", "xl/worksheets/_rels/sheet1", "xl/comments", "xl/drawings/vml")
            ), name
            assert not name.startswith(_NEVER)
        assert unmarked(old.read("xl/worksheets/sheet1.xml"), cells) == unmarked(
            new.read("xl/worksheets/sheet1.xml"), cells
        )


def unmarked(part: bytes, cells: set[str]) -> str:
    """The worksheet without what marking may touch: marked cells' looks, cells and rows that hold nothing."""
    root = etree.fromstring(part)
    for element in list(root.iter("{*}c", "{*}row")):
        own, above = element.attrib, element.getparent()
        assert above is not None
        for name in ("s",) if own.get("r") in cells else ("spans",):
            if name in own:
                del own[name]
        if not len(element) and not set(own) - {"r"}:
            above.remove(element)
    for element in list(root.iter("{*}row")):
        above = element.getparent()
        assert above is not None
        if not len(element) and not set(element.attrib) - {"r"}:
            above.remove(element)
    for element in (*root.iter("{*}legacyDrawing"), *root.iter("{*}sheetView")):
        element.attrib.clear()
    for element in list(root.iter("{*}legacyDrawing")):
        root.remove(element)
    return str(etree.canonicalize(etree.tostring(root).decode()))


def put(given_marks: list[tuple[tuple[int, int], bool, str, str]], sheet: str) -> list[Mark]:
    return [
        Mark(sheet, address(at), "error" if wrong else "warning", what, "", remedy, "CEL-001")
        for at, wrong, what, remedy in given_marks
    ]


@given(st.sampled_from(sorted(CATALOGUE)), marks)
@settings(max_examples=15 if GATE else 40, suppress_health_check=[HealthCheck.too_slow])
def test_any_marks_on_any_form_of_the_catalogue(
    name: str, chosen: list[tuple[tuple[int, int], bool, str, str]]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.xlsx")
        path.write_bytes(drawn(name))
        sheet = read_workbook(path)[0].name
        made = put(chosen, sheet)
        content = marked_workbook(path, made, TOLD, [TITLE]).content
        held_as_before(path, content, sheet, _touched(path, sheet, made))
        assert read_workbook(path.with_name("after.xlsx"))[0].at(1, 1).content == TITLE


@given(marks, st.booleans())
@settings(max_examples=10 if GATE else 25, suppress_health_check=[HealthCheck.too_slow])
def test_any_marks_on_a_workbook_full_of_other_things(
    chosen: list[tuple[tuple[int, int], bool, str, str]], comments: bool
) -> None:
    with TemporaryDirectory() as folder:
        path = sent(Path(folder, "a.xlsx"), parts(comments=comments))
        made = put(chosen, FORM)
        content = marked_workbook(path, made, TOLD, [TITLE]).content
        held_as_before(path, content, FORM, _touched(path, FORM, made))


def _touched(path: Path, sheet: str, made: list[Mark]) -> set[str]:
    """The cells that may change: marked ones, and those at which a marked one under a merge is seen."""
    merges = next(grid for grid in read_workbook(path) if grid.name == sheet).merges
    return {mark.cell for mark in made} | {address((area.top, area.left)) for area in merges}
