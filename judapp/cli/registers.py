"""Commands about what a file stands on: new, forms, units, periods, targets."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from judapp.cli import versions
from judapp.cli.answer import Answer, command, table
from judapp.cli.options import DAY, FILE, NEW_FILE, PATH, as_date
from judapp.messages import text


def register(root: click.Group) -> None:
    """Add these commands to ``root``."""

    @command(root, "new")
    @click.argument("file", type=NEW_FILE)
    @click.option("--unit", "unit", required=True, help="Mã tỉnh, thành phố. / Official province code.")
    @click.option("--on", type=DAY, help="Mã tính tại ngày này. / Day the code is read at.")
    def new(lang: str, file: Path, unit: str, on: Any) -> Answer:
        """Tạo tệp dữ liệu mới cho một tỉnh, thành phố.

        Make a new data file for a province.
        """
        from judapp.app.founding import new_file
        from judapp.app.workspace import today

        day = as_date(on) or today()
        with new_file(file, unit, day) as workspace:
            owner = workspace.owner
            name = workspace.units.name(owner.uid, day)
            forms = len(workspace.versions)
        data = {"file": str(file), "unit": unit, "name": name, "forms": forms}
        return Answer(data, [text("CLI-new", lang, file=str(file), name=name, forms=forms)])

    @command(root, "forms")
    @click.argument("file", type=FILE, required=False)
    @click.option(
        "--compare",
        nargs=2,
        metavar="A B",
        help="So hai bản: số biểu, hoặc số@ngày-đầu. / Compare two versions: number or number@first-day.",
    )
    @click.option("--use", metavar="A", help="Dùng bản này từ kỳ --from. / Use this version from --from on.")
    @click.option("--from", "since", help="Kỳ hoặc ngày: 2026-H1, 2026-07-01. / Round or day.")
    @click.option(
        "--add-shipped",
        is_flag=True,
        help="Thêm các biểu chương trình có mà tệp chưa có. / Add shipped forms the file does not have.",
    )
    @click.option("--export", "exported", metavar="A", help="Ghi biểu ra tệp --out. / Write a form to --out.")
    @click.option("--out", type=PATH, help="Tệp biểu .json. / Form file (.json).")
    @click.option("--dry-run", is_flag=True, help="Chỉ xem trước, không ghi. / Preview only.")
    def forms(
        lang: str,
        file: Path | None,
        compare: tuple[str, str] | None,
        use: str | None,
        since: str | None,
        add_shipped: bool,
        exported: str | None,
        out: Path | None,
        dry_run: bool,
    ) -> Answer:
        """Danh mục biểu mẫu (của chương trình, hoặc của một tệp dữ liệu), và các bản của biểu.

        The catalogue of forms (of the program, or of a data file), and their versions.
        """
        if sum((compare is not None, use is not None, exported is not None, add_shipped)) > 1:
            raise click.UsageError("--compare | --use | --export | --add-shipped")
        if compare is not None:
            from judapp.cli.comparing import compare as held_against

            return held_against(lang, file, *compare)
        if (exported is None) != (out is None):
            raise click.UsageError("--export A --out FORM.json")
        if exported is not None and out is not None:
            return versions.write_out(lang, file, exported, out)
        if (use is None) != (since is None):
            raise click.UsageError("--use A --from 2026-H1")
        if file is None and (use is not None or add_shipped):
            raise click.UsageError("FILE")
        if file is not None and use is not None and since is not None:
            return versions.use(lang, file, use, since, dry_run=dry_run)
        if file is not None and add_shipped:
            return versions.add_shipped(lang, file, dry_run=dry_run)
        from judapp.app import seeds
        from judapp.app.overview import sizes
        from judapp.app.workspace import Workspace

        if file is None:
            found = [seed.form for seed in seeds.forms()]
        else:
            with Workspace.open(file, read_only=True) as workspace:
                found = [version.form for version in workspace.versions.values()]
        entries: list[dict[str, Any]] = []
        for form in found:
            of_tables = sizes(form)
            single = len(of_tables) == 1
            entries.append(
                {
                    "number": form.number,
                    "circular": form.circular,
                    "title": form.title,
                    "scope": form.scope,
                    "area": form.area,
                    "regime": form.regime,
                    "valid_from": form.valid_from.isoformat(),
                    "valid_to": form.valid_to.isoformat() if form.valid_to else None,
                    "evidence": form.evidence.level,
                    "sources": list(form.evidence.sources),
                    "open": list(form.evidence.open),
                    "columns": of_tables[0].columns if single else [size.columns for size in of_tables],
                    "rows": of_tables[0].rows if single else [size.rows for size in of_tables],
                }
            )
        rows = [
            (
                e["number"],
                e["circular"],
                e["title"],
                _validity(e["valid_from"], e["valid_to"]),
                text(f"EVI-{e['evidence']}", lang),
                e["columns"],
                e["rows"],
            )
            for e in entries
        ]
        heads = text("CLI-forms-heads", lang).split("|")
        return Answer({"forms": entries}, table(heads, rows, right=(5, 6)))

    @command(root, "units")
    @click.argument("file", type=FILE)
    @click.option(
        "--on",
        type=DAY,
        help="Tại ngày này; với --import: danh sách áp dụng từ ngày này. / As of, or from, this day.",
    )
    @click.option(
        "--import", "source", type=PATH, help="Nhập danh sách đơn vị từ Excel. / Import the list of units."
    )
    @click.option("--dry-run", is_flag=True, help="Chỉ xem trước, không ghi. / Preview only.")
    @click.option(
        "--answer",
        "answers",
        multiple=True,
        metavar="[PLACE=]CHOICE",
        help="Trả lời chỗ chưa rõ, ví dụ 'Xã phường!C7=mend'. / Answer what is not clear.",
    )
    @click.option("--template", type=PATH, help="Ghi danh sách mẫu ra tệp này. / Write a list to fill in.")
    def units(
        lang: str,
        file: Path,
        on: Any,
        source: Path | None,
        dry_run: bool,
        answers: tuple[str, ...],
        template: Path | None,
    ) -> Answer:
        """Đơn vị tại một ngày, và đơn vị cũ đã nhập vào; nhập danh sách của Sở từ Excel bằng --import.

        Units on a day, with the ones merged into them; the department's own list with --import.
        """
        from judapp.cli import units as listed

        if source is not None and template is not None:
            raise click.UsageError("--import | --template")
        if source is not None:
            return listed.import_list(lang, file, source, as_date(on), answers, dry_run=dry_run)
        if template is not None:
            return listed.write_list(lang, file, as_date(on), template)
        return listed.show(lang, file, as_date(on))

    @command(root, "periods")
    @click.argument("file", type=FILE)
    @click.option("--year", type=int, help="Năm (mặc định năm nay). / Year.")
    def periods(lang: str, file: Path, year: int | None) -> Answer:
        """Các kỳ của một năm: từ ngày, đến ngày, hạn, nguồn.

        The rounds of a year: windows, deadlines, sources.
        """
        from judapp.app.workspace import Workspace, today

        year = year or today().year
        with Workspace.open(file, read_only=True) as workspace:
            windows = workspace.calendar.windows_of(year)
        entries = [
            {
                "regime": w.regime,
                "period": w.period.code,
                "level": w.level,
                "from": _iso(w.span.start),
                "to": _iso(w.span.end),
                "actual_to": _iso(w.actual_to),
                "due": _iso(w.due),
                "source": w.source,
                "evidence": w.evidence,
            }
            for w in windows
        ]
        rows = [
            (
                text(f"REG-{w.regime}", lang),
                w.period.code,
                text(f"LEV-{w.level}", lang),
                w.span.text.in_language(lang),
                _day(w.actual_to),
                _day(w.due) or "?",
                w.source,
            )
            for w in windows
        ]
        heads = text("CLI-periods-heads", lang).split("|")
        return Answer({"year": year, "periods": entries}, table(heads, rows))

    @command(root, "targets")
    @click.argument("file", type=FILE)
    @click.option("--import", "source", type=PATH, help="Nhập từ tệp Excel. / Import from a workbook.")
    def targets(lang: str, file: Path, source: Path | None) -> Answer:
        """Chỉ tiêu giao: mức, đơn vị, văn bản; nhập từ Excel bằng --import.

        Targets with their documents; imported from a workbook with --import.
        """
        from judapp.app.targeting import import_targets, listed
        from judapp.app.workspace import Workspace
        from judapp.domain.target import SIGNS

        lines = []
        with Workspace.open(file, read_only=source is None) as workspace:
            if source is not None:
                imported, _ = import_targets(workspace, source)
                lines += [text("CLI-targets-imported", lang, n=len(imported)), ""]
            found = listed(workspace)
        entries = [
            {
                "indicator": line.target.indicator,
                "label": line.label,
                "holder": line.holder_code,
                "holder_name": line.holder_name,
                "year": line.target.year,
                "operator": line.target.operator,
                "level": str(line.target.level),
                "yardstick": line.target.yardstick,
                "valid_from": line.target.valid_from.isoformat(),
                "document": _document(line.document),
                "evidence": line.target.evidence,
                "source": line.target.source,
            }
            for line in found
        ]
        rows = [
            (
                line.target.year,
                line.holder_name,
                line.label,
                f"{SIGNS[line.target.operator]} {text('SEN-places-2', lang, number=line.target.level)}",
                text(f"YRD-{line.target.yardstick}", lang),
                _document_words(line.document),
                text(f"TEV-{line.target.evidence}", lang),
            )
            for line in found
        ]
        heads = text("CLI-targets-heads", lang).split("|")
        return Answer({"targets": entries}, lines + table(heads, rows))


def _document(document: Any) -> dict[str, Any] | None:
    if document is None:
        return None
    return {
        "number": document.number,
        "date": _iso(document.date),
        "issuer": document.issuer,
        "title": document.title,
    }


def _document_words(document: Any) -> str:
    if document is None:
        return ""
    return ", ".join(filter(None, (document.number, _day(document.date), document.issuer)))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _validity(start: str, end: str | None) -> str:
    def shown(day: str) -> str:
        return f"{date.fromisoformat(day):%d/%m/%Y}"

    return f"{shown(start)} – {shown(end) if end else '…'}"
