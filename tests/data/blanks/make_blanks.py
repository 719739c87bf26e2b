"""How the blanks of this folder were made: ``python -m tests.data.blanks.make_blanks`` (needs LibreOffice).

Every blank is a form as ministry or clerks drew it, see the modules beside; its ``.json`` was written by hand
from the drawing and says what ``judapp learn --json`` has to read. .xls and .ods were saved by LibreOffice.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from openpyxl import Workbook

from tests.data.blanks import clerks_forms, invented_forms, new_forms, old_forms

HERE = Path(__file__).parent

BLANKS: Mapping[str, Callable[[], Workbook]] = {
    "11c-2013.xlsx": old_forms.form_11c_2013,
    "13a-2016.xlsx": old_forms.form_13a_2016,
    "17c-2019.xls": new_forms.form_17c_2019,
    "30-2016.xlsx": old_forms.form_30_2016,
    "09e-2019.ods": new_forms.form_09e_2019,
    "thads-01.xlsx": new_forms.form_thads_01,
    "21b-2025.xls": new_forms.form_21b_2025,
    "13a-2013.ods": old_forms.form_13a_2013,
    "12b-2019.xlsx": new_forms.form_12b_2019,
    "10b-2025.xls": new_forms.form_10b_2025,
    "11c-2012.ods": old_forms.form_11c_2012,
    "criminal-records.xlsx": invented_forms.criminal_records,
    "auctions.xlsx": invented_forms.auctions,
    "legal-aid.xlsx": invented_forms.legal_aid,
    "violations.xlsm": invented_forms.violations,
    "state-compensation.ods": invented_forms.state_compensation,
    "department-annex.xls": invented_forms.department_annex,
    "mediation.xlsx": invented_forms.mediation,
    "staff.ods": invented_forms.staff,
    "asked-at-side.xlsx": clerks_forms.asked_at_side,
    "pasted-from-word.xlsx": clerks_forms.pasted_from_word,
    "last-year-left.xls": clerks_forms.last_year_left,
    "no-lines.xlsx": clerks_forms.no_lines,
}
"""Files and who draws them."""


def main() -> None:
    wanted = set(sys.argv[1:]) or set(BLANKS)
    with tempfile.TemporaryDirectory() as folder:
        for name, draw in BLANKS.items():
            if name in wanted:
                made = Path(folder, name).with_suffix(".xlsx")
                draw().save(made)
                if name.endswith(".xlsx"):
                    HERE.joinpath(name).write_bytes(made.read_bytes())
                elif name.endswith(".xlsm"):
                    HERE.joinpath(name).write_bytes(_with_macros(made, Path(folder) / name))
        for suffix in ("xls", "ods"):
            _convert(
                Path(folder),
                [name for name in BLANKS if name in wanted and name.endswith("." + suffix)],
                suffix,
            )


def _convert(folder: Path, names: list[str], suffix: str) -> None:
    files = [str(folder / Path(name).with_suffix(".xlsx")) for name in names]
    if files:
        subprocess.run(
            ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
             "--convert-to", suffix, "--outdir", str(HERE), *files],
            check=True, timeout=180,
        )  # fmt: skip


def _with_macros(book: Path, to: Path) -> bytes:
    """The workbook as one that carries macros; these do nothing."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "[Content_Types].xml":
                macro = (
                    b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Override'
                )
                content = content.replace(
                    kind.encode(), b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
                ).replace(b"<Override", macro, 1)
            new.writestr(name, content)
        new.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    return to.read_bytes()


if __name__ == "__main__":
    main()
