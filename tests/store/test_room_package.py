"""A package is read only as a whole: damage and made-up parts are told, whatever the digests say."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judapp.app import unpacking
from judapp.app.packing import pack, room_named
from judapp.app.workspace import Workspace
from judapp.errors import JudappError
from judapp.store.room_package import read_package
from tests.rooms import H1, clerk_file


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("package") / "a.judapp"
    with Workspace.open(clerk_file(path.with_name("clerk.sqlite")), read_only=True) as workspace:
        pack(workspace, room_named(workspace, "BTTP", H1.last_day), H1, path)
    return path.read_bytes()


@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
@settings(max_examples=60)
def test_damage_is_found_wherever_it_is(package: bytes, place: float, bit: int) -> None:
    raw = bytearray(package)
    raw[int(place * len(raw))] ^= 1 << bit
    with suppress(JudappError):  # told; any other exception fails the test
        assert read_package(bytes(raw)) == read_package(package)


def test_a_stranger_s_zip_is_no_package(tmp_path: Path) -> None:
    path = tmp_path / "a.judapp"
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("readme.txt", "x")
    with pytest.raises(JudappError) as told:
        unpacking.open_package(path)
    assert told.value.code == "RPK-001"
    with pytest.raises(JudappError) as told:
        unpacking.open_package(tmp_path / "none.judapp")
    assert told.value.code == "FIL-004"


def forged(raw: bytes, part: str, change: Callable[[Any], None]) -> bytes:
    """A package with one part changed and digests that fit."""
    with zipfile.ZipFile(io.BytesIO(raw)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    said = json.loads(parts[part])
    change(said)
    parts[part] = json.dumps(said).encode()
    manifest = json.loads(parts["manifest.json"])
    manifest["parts"] = {
        name: hashlib.sha256(data).hexdigest() for name, data in parts.items() if name != "manifest.json"
    }
    parts["manifest.json"] = json.dumps(manifest).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as written:
        for name, data in parts.items():
            written.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("sheets.json", lambda said: said[0].update(layer="claim")),
        ("sheets.json", lambda said: said[0].update(unit="nobody")),
        ("sheets.json", lambda said: said[0].update(period="2026-Q1")),
        ("sheets.json", lambda said: said[0].update(form="0")),
        ("sheets.json", lambda said: said[0]["content"]["rows"][0][1].update(unit="nobody")),
        ("sheets.json", lambda said: said[0]["content"]["figures"][0][1].update(state=1, value=10**30)),
        ("registers.json", lambda said: said["units"].clear()),
        ("registers.json", lambda said: said["units"][0].update(states=[])),
        ("manifest.json", lambda said: said.update(made_at="yesterday")),
        ("manifest.json", lambda said: said.update(period="")),
    ],
)
def test_a_made_up_package_is_told_as_damaged(
    package: bytes, part: str, change: Callable[[Any], None]
) -> None:
    with pytest.raises(JudappError) as told:
        read_package(forged(package, part, change))
    assert told.value.code == "RPK-002"
