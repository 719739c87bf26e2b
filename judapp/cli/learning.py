"""Commands about definitions of forms: learn, lint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from judapp.cli import versions
from judapp.cli.answer import Answer, command, table
from judapp.cli.options import FILE, PATH
from judapp.messages import text

if TYPE_CHECKING:
    from judapp.domain.catalogue import Form
    from judapp.domain.cell_name import Position
    from judapp.domain.learned import Learned

_FORM_FILE = ".json"


def register(root: click.Group) -> None:
    """Add these commands to ``root``."""

    @command(root, "learn")
    @click.argument("blank", type=FILE)
    @click.option("--sheet", default="", help="Tên trang tính chứa biểu. / Worksheet of the form.")
    @click.option("--out", type=PATH, help="Ghi biểu ra tệp .json. / Write the form to a file.")
    @click.option("--add-to", "file", type=PATH, help="Thêm vào tệp dữ liệu này. / Add it to this data file.")
    @click.option(
        "--replace",
        "replaced",
        metavar="A",
        help="Đặt tệp biểu vào chỗ bản này: số biểu, số@ngày-đầu. / Put a form file in this version's place.",
    )
    def learn(
        lang: str, blank: Path, sheet: str, out: Path | None, file: Path | None, replaced: str | None
    ) -> Answer:
        """Đọc biểu trống của Bộ (.xlsx, .xls, .ods) thành biểu dùng được; hoặc nhận tệp biểu .json.

        Read a ministry's blank into a form definition; or take a form file (.json) of another department.
        """
        from judapp.app import learning
        from judapp.domain.learned import Learned

        if replaced is not None and (file is None or blank.suffix.casefold() != _FORM_FILE):
            raise click.UsageError("FORM.json --add-to FILE --replace A")
        if blank.suffix.casefold() == _FORM_FILE:
            learned = Learned(learning.open_form_file(blank), "", {}, (), ())
            data = None
        else:
            from judapp.excel.learn import Hints

            learned = learning.learn_blank(blank, Hints(sheet=sheet))
            data = blank.read_bytes()
        form = learning.with_open_points(learned)
        added: list[tuple[int | None, bool]] = []

        def add() -> None:
            if file is not None and replaced is not None:
                added.append(versions.edit(file, replaced, form))
            elif file is not None:
                added.append(_add(file, form, data, blank.name))

        if out is None:
            add()
        else:
            learning.write_form_file(form, out, add)
        operation, known = added[0] if added else (None, False)
        answer = {
            **learning.printed_form(form),
            **_beside(form),
            "sheet": learned.sheet,
            "problems": list(_problems(learned, lang)),
            "guesses": list(_guesses(learned, lang)),
            "out": None if out is None else str(out),
            "added_to": None if file is None else str(file),
            "operation": operation,
            "known": known,
            "versions": [] if file is None else versions.in_force(file, form.number),
        }
        return Answer(answer, list(_lines(answer, lang)), errors=bool(learned.problems))

    @command(root, "lint")
    @click.argument("form", type=FILE, required=False)
    def lint(lang: str, form: Path | None) -> Answer:
        """Mọi lỗi trong danh mục của chương trình, hoặc trong một tệp biểu .json.

        All faults of the shipped catalogue, or of one form file.
        """
        from judapp.app.learning import lint_form_file
        from judapp.app.seeds import lint_seeds

        found = lint_seeds() if form is None else [(form.name, fault) for fault in lint_form_file(form)]
        faults = [
            {"where": where, "path": f.path, "code": f.code, "message": text(f.code, lang, **f.params)}
            for where, f in found
        ]
        lines = [f"{f['where']} {f['path']}: {f['message']} ({f['code']})" for f in faults]
        clean = text("CLI-lint-clean", lang) if form is None else text("LRN-lint-clean", lang, name=form.name)
        return Answer({"faults": faults}, lines or [clean], errors=bool(faults))


def _add(file: Path, form: Form, blank: bytes | None, name: str) -> tuple[int | None, bool]:
    """The number of the operation, None where nothing changed; and whether the file had the form already."""
    from judapp.app.learning import add_form
    from judapp.app.workspace import Workspace

    with Workspace.open(file) as workspace:
        before = set(workspace.versions)
        operation = add_form(workspace, form, blank, name).op_id
        return operation, not set(workspace.versions) - before


def _beside(form: Form) -> dict[str, Any]:
    """What a definition says and no paper prints as such."""
    return {
        "family": form.family,
        "area": form.area,
        "regime": form.regime,
        "rounds": list(form.rounds),
        "valid_from": form.valid_from.isoformat(),
        "evidence": form.evidence.level,
        "sources": list(form.evidence.sources),
        "open": list(form.evidence.open),
    }


def _problems(learned: Learned, lang: str) -> Iterator[dict[str, Any]]:
    for problem in learned.problems:
        yield {
            "path": problem.path,
            "code": problem.code,
            "message": text(problem.code, lang, **problem.params),
            "cells": _cells(problem.cells),
            "choices": list(problem.choices),
        }


def _guesses(learned: Learned, lang: str) -> Iterator[dict[str, Any]]:
    for guess in learned.guesses:
        yield {
            "path": guess.path,
            "value": guess.value,
            "sure": guess.sure,
            "code": guess.code,
            "message": text(guess.code, lang, **guess.params),
            "cells": _cells(guess.cells),
        }


def _cells(positions: Iterable[Position]) -> list[str]:
    from judapp.domain.cell_name import address

    return [address(position) for position in positions]


def _lines(answer: dict[str, Any], lang: str) -> Iterator[str]:
    """The form as a person looks it through: head, columns, rows, relations, what is left to decide."""
    for line in (f"{answer['number']} · {answer['circular']}", answer["title"], answer["period_line"]):
        if line:
            yield line
    if answer["unit_of_measure"]:
        yield text("LRN-unit", lang, unit=answer["unit_of_measure"])
    if answer["reporter"] or answer["receiver"]:
        yield text("LRN-levels", lang, reporter=answer["reporter"], receiver=answer["receiver"])
    yield from answer["deadlines"].values()
    yield ""
    columns = [
        (c["code"] or "", " › ".join(c["path"]), c["unit"] or "", _kind(c["kind"], lang))
        for c in answer["columns"]
    ]
    yield from table(text("LRN-columns-heads", lang).split("|"), columns)
    yield ""
    rows = [
        (r["code"] or "", "  " * r["level"] + (r["label"] or "……"), text(f"LRP-row-{r['kind']}", lang))
        for r in answer["rows"]
    ]
    yield from table(text("LRN-rows-heads", lang).split("|"), rows)
    yield from _below(answer, lang)


def _kind(kind: str | None, lang: str) -> str:
    if kind == "stub":
        return text("LRN-stub", lang)
    return text(f"LRP-kind-{kind or 'count'}", lang)


def _below(answer: dict[str, Any], lang: str) -> Iterator[str]:
    if answer["relations"]:
        yield ""
        rules = [(r["rule"], text(f"LRP-status-{r['status']}", lang)) for r in answer["relations"]]
        yield from table(text("LRN-relations-heads", lang).split("|"), rules)
    yield ""
    for problem in answer["problems"]:
        where = f" [{', '.join(problem['cells'])}]" if problem["cells"] else ""
        yield f"? {problem['path']}{where}: {problem['message']} ({problem['code']})"
    if answer["problems"]:
        yield text("LRN-problems", lang, count=len(answer["problems"]))
    else:
        yield text("LRN-no-problems", lang)
    if answer["out"]:
        yield text("LRN-written", lang, path=answer["out"])
    if answer["added_to"]:
        code = "LRN-known" if answer["known"] else "LRN-added"
        yield text(code, lang, number=answer["number"], file=answer["added_to"])
        for version in answer["versions"]:
            until = f"{version['valid_to']:%d/%m/%Y}" if version["valid_to"] else "…"
            days = f"{version['valid_from']:%d/%m/%Y} – {until}"
            named = f"{version['number']} ({version['circular']})"
            yield text("CLV-version", lang, form=named, days=days, sheets=version["sheets"])
