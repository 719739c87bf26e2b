"""The minutes of an import for people who keep them: sentences, a workbook, and a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from judapp.app.import_candidates import Candidate
from judapp.app.minutes import MinuteLine, Minutes, minutes
from judapp.app.workspace import Workspace
from judapp.errors import JudappError
from judapp.excel.output import put_in_place
from judapp.excel.plain import Content, PlainTable, write_workbook
from judapp.messages import text, write

PDF, WORKBOOK = ".pdf", ".xlsx"


def keep_minutes(workspace: Workspace, op: int, path: Path, lang: str = "vi") -> Path:
    """Write the minutes as the kind of file ``path`` names, ``.pdf`` or ``.xlsx``.

    Raises EXP-002 (cannot be written), MIN-001 (another kind).
    """
    if path.suffix.lower() == PDF:
        return write_pdf(workspace, op, path, lang)
    if path.suffix.lower() == WORKBOOK:
        return write_minutes(workspace, op, path, lang)
    raise JudappError("MIN-001", path=str(path))


def write_pdf(workspace: Workspace, op: int, path: Path, lang: str = "vi") -> Path:
    """Write the minutes as a PDF on A4, every page with its number. Raises EXP-002."""
    from judapp.printing.lists import Column, Entry, List, Paper, render

    found = minutes(workspace, op)
    heads = text("MIN-pdf-heads", lang).split("|")
    columns = [
        Column(head, share, numbers=at == 0 or 5 <= at <= 9)
        for at, (head, share) in enumerate(zip(heads, _SHARES, strict=True))
    ]

    def rows(lines: Sequence[MinuteLine]) -> list[list[Entry]]:
        return [
            [
                Entry(str(number)),
                Entry(_named(line), f"sha-256 {line.sha256}" if line.sha256 else ""),
                Entry(line.form),
                Entry(line.unit),
                Entry(line.period.in_language(lang)),
                *(
                    Entry(write(count, lang))
                    for count in (line.read, line.written, line.unchanged, line.reckoned, line.refused)
                ),
                Entry("\n".join(note.in_language(lang) for note in line.notes)),
            ]
            for number, line in enumerate(lines, start=1)
        ]

    lists = [List(text("MIN-written", lang, n=len(found.written)), columns, rows(found.written))]
    if found.left_out:
        lists.append(List(text("MIN-left-out", lang, n=len(found.left_out)), columns, rows(found.left_out)))
    paper = Paper(
        title=text("IMW-minutes-title", lang, number=str(found.head.number)).upper(),
        office=found.unit,
        facts=minutes_facts(found, lang),
        lists=lists,
        mark=text("XLS-practice", lang) if found.practice else "",
        foot=text("MIN-foot", lang, number=str(found.head.number), page="{page}", pages="{pages}"),
    )
    put_in_place(path, render(paper), lambda _: None)
    return path


_SHARES = (0.8, 5.2, 2.0, 3.2, 2.3, 1.1, 1.1, 1.2, 1.2, 1.2, 6.0)
"""How the columns of the PDF share the width of the page."""


def _named(line: MinuteLine) -> str:
    return " › ".join(filter(None, (line.called, line.sheet)))


def write_minutes(workspace: Workspace, op: int, path: Path, lang: str = "vi") -> Path:
    """Write the minutes as a workbook: a worksheet of what was written, one of the rest. Raises EXP-002."""
    found = minutes(workspace, op)
    above = _above(found, lang)
    tables = [_table(text("IMW-minutes-written", lang), found.written, above, lang)]
    if found.left_out:
        tables.append(_table(text("IMW-minutes-left-out", lang), found.left_out, above, lang))
    write_workbook(path, tables)
    return path


def _above(found: Minutes, lang: str) -> list[str]:
    head = found.head
    lines = [text("IMW-minutes-title", lang, number=str(head.number)).upper(), found.unit]
    if found.practice:
        lines.append(text("XLS-practice", lang))
    lines += [*minutes_facts(found, lang), ""]
    return lines


def minutes_facts(found: Minutes, lang: str) -> list[str]:
    """The sentences above the lists: when, by whom, how much, and whether it was taken back."""
    head = found.head
    when = f"{head.at:%H:%M %d/%m/%Y}"
    facts = [
        text("IMW-minutes-when", lang, when=when, who=head.who, machine=head.machine),
        text(
            "IMW-minutes-totals",
            lang,
            files=head.files,
            new=head.new,
            changed=head.cells - head.new,
            left=head.left_out,
        ),
        control_totals(
            read=sum(line.read for line in found.written),
            written=head.cells,
            unchanged=sum(line.unchanged for line in found.written),
            reckoned=sum(line.reckoned for line in found.written),
            refused=sum(line.refused for line in found.written),
            lang=lang,
        ),
    ]
    if head.undone:
        facts.append(text("IMW-minutes-undone", lang))
    return facts


def control_of(candidate: Candidate, lang: str = "vi") -> str:
    """The control totals of one worksheet as it would be written."""
    return control_totals(
        read=candidate.read,
        written=len(candidate.writing),
        unchanged=candidate.unchanged,
        reckoned=candidate.reckoned,
        refused=candidate.refused,
        left=len(candidate.changes) - len(candidate.writing),
        lang=lang,
    )


def control_totals(
    *, read: int, written: int, unchanged: int, reckoned: int, refused: int, left: int = 0, lang: str = "vi"
) -> str:
    """“Đọc 96 ô = ghi 7 + không đổi 88 + không nhận 1”; what is 0 is left out, but for the first two."""
    parts = [text("IMW-control-written", lang, n=written), text("IMW-control-unchanged", lang, n=unchanged)]
    if left:
        parts.append(text("IMD-control-left", lang, n=left))
    if reckoned:
        parts.append(text("IMW-control-reckoned", lang, n=reckoned))
    if refused:
        parts.append(text("IMW-control-refused", lang, n=refused))
    return text("IMW-control", lang, read=read, parts=" + ".join(parts))


def _table(title: str, lines: Sequence[MinuteLine], above: Sequence[str], lang: str) -> PlainTable:
    heads = text("IMW-minutes-heads", lang).split("|")
    rows: list[list[Content]] = []
    for number, line in enumerate(lines, start=1):
        notes = "\n".join(note.in_language(lang) for note in line.notes)
        rows.append(
            [
                number,
                _named(line),
                line.form or None,
                line.unit or None,
                line.period.in_language(lang) or None,
                line.read,
                line.written,
                line.unchanged,
                line.reckoned,
                line.refused,
                notes or None,
                line.sha256 or None,
            ]
        )
    widths = [6, 34, 14, 26, 18, 9, 9, 10, 9, 10, 44, 36]
    return PlainTable(title, [*above, title], [heads], rows, [""], widths)
