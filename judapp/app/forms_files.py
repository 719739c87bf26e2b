"""A form as one file: written for other departments, and taken into the catalogue from one of them."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from msgspec import Struct

from judapp.app import learning
from judapp.app.learning import add_form, read_form_file
from judapp.app.paper import file_name
from judapp.app.workspace import Workspace
from judapp.errors import JudappError
from judapp.store.operations import Applied
from judapp.text import fold

SUFFIX = ".json"
LARGEST = 4 * 2**20
"""Bytes that are read of a file; what is larger is no form, and is refused by its size."""


class AddedForm(Struct, frozen=True):
    """What became of a form file."""

    number: str
    version: int
    """The form version in the file now."""
    known: bool
    """Whether the catalogue had that very form already, so that nothing was added."""
    applied: Applied


def proposed_name(workspace: Workspace, version: int) -> str:
    """The name a form's file is offered: "10b-TP-CC_17-2025.json"."""
    from judapp.app.forms_view import short_circular

    form = workspace.version(version).form
    issued = short_circular(form.circular)
    ending = issued.rsplit(" ", 1)[-1] if issued != form.circular else f"{form.valid_from.year}"
    return f"{file_name(form.number)}_{file_name(ending)}{SUFFIX}"


def write_form_file(workspace: Workspace, version: int, path: Path) -> Path:
    """Write a form as one file; the path it stands at, with its suffix.

    Raises EXP-002 where the folder or file cannot be written; what stood there before stays then.
    """
    if path.suffix.lower() != SUFFIX:
        path = path.with_name(path.name + SUFFIX)
    if not path.parent.is_dir():  # a folder somebody named by mistake is not made
        raise JudappError("EXP-002", path=str(path), reason=os.strerror(errno.ENOENT))
    learning.write_form_file(workspace.version(version).form, path)
    return path


def add_form_file(workspace: Workspace, path: Path) -> AddedForm:
    """Take the form of a file into the catalogue, as one operation.

    Raises FMP-001 (cannot be read), LRN-020 (faults, all with their paths), LRN-021 (too large), LRN-022 (the
    version it would replace is used).
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise JudappError("FMP-001", path=str(path), reason=error.strerror or str(error)) from error
    form = read_form_file(data)
    before = set(workspace.versions)
    applied = add_form(workspace, form, None, path.name)
    new = [own for own in workspace.versions if own not in before]
    if new:
        return AddedForm(form.number, new[-1], known=False, applied=applied)
    named = [v for v in workspace.versions.values() if fold(v.form.number) == fold(form.number)]
    same = [v for v in named if fold(v.form.circular) == fold(form.circular)]
    return AddedForm(form.number, (same or named)[-1].id, known=True, applied=applied)
