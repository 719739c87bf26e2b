"""Two versions of a form against one another, for ``judapp forms --compare``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from judapp.cli.answer import Answer
from judapp.errors import JudappError
from judapp.messages import text

_SIGNS = {
    "same": " ", "moved": "→", "renumbered": "→", "renamed": "≠", "changed": "≠", "added": "+",
    "removed": "−",
}  # fmt: skip


def compare(lang: str, file: Path | None, old: str, new: str) -> Answer:
    """What the version ``new`` has otherwise than ``old``, each named by its number, or number@first day."""
    import msgspec

    from judapp.domain.comparing_forms import compare_forms

    found = _forms(file)
    before, after = form_of(found, old), form_of(found, new)
    compared = compare_forms(before, after)
    data: dict[str, Any] = {
        "old": {"number": before.number, "circular": before.circular, "valid_from": before.valid_from},
        "new": {"number": after.number, "circular": after.circular, "valid_from": after.valid_from},
        **msgspec.to_builtins(compared),
    }
    lines = [f"≠ {d.field}: {d.old or '–'} → {d.new or '–'}" for d in compared.head]
    for name, parts in (("FVR-columns", compared.columns), ("FVR-rows", compared.rows)):
        lines += ["", text(name, lang)]
        lines += [
            f"  {_SIGNS[p.change]} {' → '.join(dict.fromkeys(_part(x) for x in (p.old, p.new) if x))}"
            for p in parts
        ]
    if compared.rules:
        lines += ["", text("FVR-rules", lang)]
        lines += [f"  {_SIGNS[r.change]} {r.what}: {r.new or r.old}" for r in compared.rules]
    if compared.lines:
        lines += ["", text("FVR-lines", lang)]
        lines += [f"  {_SIGNS[line.change]} {line.text}" for line in compared.lines]
    return Answer(data, [text("FVR-same", lang)] if compared.same else lines)


def _part(part: Any) -> str:
    return f"({part.code}) {' / '.join(part.path)}" if part.code else " / ".join(part.path)


def _forms(file: Path | None) -> list[Any]:
    if file is None:
        from judapp.app import seeds

        return [seed.form for seed in seeds.forms()]
    from judapp.app.workspace import Workspace

    with Workspace.open(file, read_only=True) as workspace:
        return [version.form for version in workspace.versions.values()]


def form_named(file: Path | None, name: str) -> Any:
    """The form of a data file, or of the program, that a number names (:func:`form_of`)."""
    return form_of(_forms(file), name)


def form_of(found: list[Any], name: str) -> Any:
    """The form of a number, the newest; or the one of it that begins on the day behind the ``@``.

    Raises FRM-001 where there is none.
    """
    from judapp.text import fold

    number, _, day = name.partition("@")
    fitting = [
        form
        for form in found
        if fold(form.number) == fold(number) and day in ("", form.valid_from.isoformat())
    ]
    if not fitting:
        raise JudappError("FRM-001", form=name)
    return max(fitting, key=lambda form: form.valid_from)
