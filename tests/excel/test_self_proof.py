"""What we draw we learn back: every form of the catalogue and forms of any shape (issue 5, must show)."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from judapp.app.learning import learn_blank
from judapp.app.seeds import forms
from judapp.domain.catalogue import Form
from judapp.excel.identity import read_identity
from tests.domain.forms_to_learn import forms_to_learn
from tests.excel.drawn_blanks import drawn_blank, stripped
from tests.excel.learned_alike import row_rules, seen

CATALOGUE = {seed.path.stem: seed.form for seed in forms()}


def printed(form: Form) -> dict[str, Any]:
    """What two definitions of one blank have in common; relations are proposals, shown elsewhere."""
    return {part: value for part, value in seen(form).items() if part != "relations"}


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_drawn_blank_of_the_catalogue_is_learned_back_equal(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(stripped(drawn_blank(CATALOGUE[name])))
    assert read_identity(path) is None
    assert printed(learn_blank(path).form) == printed(CATALOGUE[name])


BEYOND = {
    # Dots stand for offices abroad that each have a line: the total of a list. The catalogue leaves it open.
    "17d-btp-htqtct-ct": {"[tong] = sum([*])"},
    # A group with lines below it; the source adds up nothing here, a person drops the proposal.
    "hg10b-chung-thuc_2012": {"[I] = sum([I.*])", "[I.2] = sum([I.2.*])", "[II] = sum([II.*])"},
    # On paper nobody sees that the lines "Chia theo …" are words without figures of their own.
    "11a-btp-hctp-ht-kskt_tt08-2011": {
        "[I.1] = sum([I.1.*])", "[I.2] = sum([I.2.*])", "[I] = [I.1]", "[I] = [I.2]",
    },
    # The source is cut: there is one group below the total, and two of its lines.
    "24-btp-tgpl": {"[I] = sum([I.*])", "[tong] = [I]"},
    # "Trong đó" is below; the catalogue has the stronger sum of both parts.
    "pl-stp": {"0 <= [I.8.9] <= [I.8]", "0 <= [I.8.10] <= [I.8]"},
}  # fmt: skip
"""Proposed rules between rows that are not in the catalogue, and why."""


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_proposed_relation_stands_in_the_catalogue_or_has_its_reason(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(stripped(drawn_blank(CATALOGUE[name])))
    learned = learn_blank(path).form
    between_columns = {rule for rule, _ in seen(learned)["relations"]}
    assert between_columns <= {rule for rule, _ in seen(CATALOGUE[name])["relations"]}
    known = row_rules(CATALOGUE[name])
    assert {rule for spelt, rule in row_rules(learned).items() if spelt not in known} == BEYOND.get(
        name, set()
    )


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(form=forms_to_learn())
def test_a_blank_of_any_shape_is_learned_back_equal(form: Form) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        path.write_bytes(stripped(drawn_blank(form)))
        learned = learn_blank(path)
    assert printed(learned.form) == printed(form)


@pytest.mark.oracle
@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_blanks_saved_by_libreoffice_are_learned_back_equal(suffix: str, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    assert office, "LibreOffice is not installed"
    for name, form in CATALOGUE.items():
        (tmp_path / f"{name}.xlsx").write_bytes(stripped(drawn_blank(form)))
    subprocess.run(
        [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", suffix, "--outdir", str(tmp_path / suffix),
         *map(str, sorted(tmp_path.glob("*.xlsx")))],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    unlike = {}
    for name, form in CATALOGUE.items():
        found = printed(learn_blank(tmp_path / suffix / f"{name}.{suffix}").form)
        meant = printed(form)
        if found != meant:
            unlike[name] = [part for part in meant if found[part] != meant[part]]
    assert unlike == {}
