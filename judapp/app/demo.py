"""The main job on published figures, from workbooks to workbooks, by one command."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from msgspec import Struct, field

from judapp import paths
from judapp.app.checking import findings
from judapp.app.exporting import ExportedFile, export
from judapp.app.founding import new_file
from judapp.app.importing import Candidate, apply_import, preview
from judapp.app.paper import file_name, write_form
from judapp.app.practice import load_practice
from judapp.app.progress import Progress, progress
from judapp.app.targeting import SeedDocument, import_targets, put_seed_document
from judapp.app.workspace import Workspace
from judapp.domain.claim import Claim
from judapp.domain.finding import Finding
from judapp.domain.period import Period
from judapp.errors import JudappError
from judapp.store import obligations, sheets, targets
from judapp.store.obligations import Obligation
from judapp.store.operations import Writer

OWNER, OWNER_ON = "40", date(2024, 6, 30)
"""Nghệ An, whose half year of 2024 is the best documented one of the source texts."""

PRACTICE = "thuc-hanh"
"""Folder of the workbooks the practice province sends."""

_OWED = ("stp.phu_luc", date(2023, 1, 1))


class Outcome(Struct):
    """What the demonstration did."""

    file: Path
    imported: list[Candidate] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    progress: list[Progress] = field(default_factory=list)
    exported: list[ExportedFile] = field(default_factory=list)


def run(folder: Path) -> Outcome:
    """Make ``folder/demo.sqlite`` from ``seeds/demo``, import, check, reckon progress, export.

    A demonstration file that is there already is kept as ``demo.truoc.sqlite``; any other file of that name
    raises DBF-008. The file is marked as practice, so that nobody sends it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "demo.sqlite"
    _make_room(path)
    seeds = paths.seeds() / "demo"
    outcome = Outcome(path)
    with new_file(path, OWNER, OWNER_ON, practice=True) as workspace:
        workspace.apply(
            "claims", "Nạp số công bố của các văn bản nguồn", lambda writer: _put_claims(writer, seeds)
        )
        workspace.apply(
            "obligations", "Biểu phải nộp của Sở", lambda writer: _put_obligation(writer, workspace)
        )
        import_targets(workspace, seeds / "targets.xlsx")
        load_practice(workspace, figures=False)
        _write_practice(folder)
        outcome.imported = preview(workspace, [seeds / "workbooks", folder / PRACTICE])
        apply_import(workspace, outcome.imported)
        periods = {sheet.period for sheet in sheets.find(workspace.file, layer=sheets.OWN)}
        for period in sorted(periods, key=lambda period: period.code):
            outcome.findings += findings(workspace, period)
            outcome.exported += export(workspace, period, folder / "xuat" / period.code)
        for unit, period in _told(workspace):
            outcome.progress.append(progress(workspace, workspace.units[unit], period))
    return outcome


def _write_practice(folder: Path) -> None:
    """The workbooks of the practice province, as its offices would send them."""
    with (
        TemporaryDirectory() as aside,
        new_file(Path(aside) / "a.sqlite", OWNER, OWNER_ON, practice=True) as source,
    ):
        load_practice(source)
        for stored in sheets.find(source.file):
            resolved = source.resolved(stored.form, stored.unit, stored.period)
            assert resolved is not None  # it was just found
            number = file_name(resolved.sheet.form.number)
            code = file_name(source.unit_code(stored.unit, stored.period.last_day))
            name = f"{number}_{code}_{stored.period.code}.xlsx"
            write_form(source, stored, resolved, folder / PRACTICE / name)


def _told(workspace: Workspace) -> list[tuple[str, Period]]:
    """Units and periods something can be said about: those with figures, and those only claims speak of."""
    figures = [(sheet.unit, sheet.period) for sheet in sheets.find(workspace.file, layer=sheets.OWN)]
    claims = [(claim.unit, Period.parse(claim.period)) for claim in workspace.claims()]
    own = workspace.owner.uid
    return sorted(dict.fromkeys(figures + claims), key=lambda pair: (pair[1].code, pair[0] != own))


def _make_room(path: Path) -> None:
    if not path.exists():
        return
    with Workspace.open(path, read_only=True) as former:
        practice = former.practice
    if not practice:
        raise JudappError("DBF-008", path=str(path))
    path.replace(path.with_name("demo.truoc.sqlite"))


def _put_claims(writer: Writer, seeds: Path) -> None:
    for document in msgspec.json.decode(
        (seeds / "documents.json").read_bytes(), type=tuple[SeedDocument, ...]
    ):
        put_seed_document(writer, document)
    for claim in msgspec.json.decode((seeds / "claims.json").read_bytes(), type=tuple[Claim, ...]):
        targets.put_claim(writer, claim)


def _put_obligation(writer: Writer, workspace: Workspace) -> None:
    family, since = _OWED
    obligations.put(writer, Obligation(family, workspace.owner.uid, since))
