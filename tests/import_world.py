"""A made-up province that workbooks come to: communes before and after a merger, offices, other Sở."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from judapp.app.context import SheetContext
from judapp.app.founding import new_file, put_register
from judapp.app.paper import reporter
from judapp.app.practice import OWNER, OWNER_ON
from judapp.app.seeds import Register, SeedState, SeedSuccession, SeedUnit
from judapp.app.workspace import Workspace
from judapp.domain.figure import Figure
from judapp.domain.layout import Heading, Layout, layout
from judapp.domain.period import Period
from judapp.domain.resolve import Resolved, Sheet, resolve
from judapp.domain.rows import OwnRow
from judapp.domain.shape import CellKey, plan_of
from judapp.store import obligations
from judapp.store.obligations import Obligation
from tests.import_pages import Page, drawn

MERGED_ON = "2017-01-01"
SOURCE = "Tỉnh bịa để thử nhập tệp"

UNITS: Mapping[str, tuple[str, str, str, str | None]] = {
    "X01": ("commune", "Xã Nghi Trung", "2008-08-01", "2016-12-31"),
    "X02": ("commune", "Xã Nghi Diên", "2008-08-01", "2016-12-31"),
    "X03": ("commune", "Xã Nghi Lộc", MERGED_ON, None),
    "X04": ("commune", "Xã Tân Kỳ", "2008-08-01", None),
    "X05": ("commune", "Xã Hòa Bình", "2008-08-01", None),
    "X06": ("commune", "Phường Hòa Bình", "2008-08-01", None),
    "X07": ("commune", "Phường Vinh Phú", "2008-08-01", None),
    "X08": ("commune", "Thị trấn Kim Liên", "2008-08-01", None),
    "X10": ("commune", "Phường 5", "2008-08-01", None),
    "S01": ("agency", "Sở Tài chính", "2008-08-01", None),
    "S02": ("agency", "Sở Nội vụ", "2008-08-01", None),
    "P01": ("agency", "Phòng Tư pháp thành phố Vinh", "2008-08-01", None),
    "X09": ("commune", "Xã Hưng Lộc", "2008-08-01", None),
    "H01": ("agency", "Thành phố Vinh", "2008-08-01", None),
    "C01": ("notary", "Phòng công chứng số 1 tỉnh Nghệ An", "2008-08-01", None),
    "C02": ("notary", "Văn phòng công chứng An Bình", "2010-01-01", None),
    "C03": ("notary", "Văn phòng công chứng Tân Kỳ", "2010-01-01", None),
}
"""Code: kind, name, since, until."""
_SUBKINDS = {
    "C01": "phòng",
    "C02": "văn phòng",
    "C03": "văn phòng",
    "P01": "phòng tư pháp",
    "H01": "cấp huyện",
}
_PARENTS = {"X09": "biaP01"}
_WORDS = ("An", "Bắc", "Cẩm", "Diễn", "Giang", "Hưng", "Khánh", "Lam", "Mường", "Nam", "Quỳnh", "Thọ", "Yên")
MERGERS = (("X01", "X03"), ("X02", "X03"))


def founded(path: Path, communes: int = 0) -> Workspace:
    """The province's data file at ``path``, without figures, opened; besides with communes Y001, Y002 …"""
    workspace = new_file(path, OWNER, OWNER_ON)
    province = workspace.owner.uid
    more = {f"Y{n:03}": ("commune", _name(n), "2008-08-01", None) for n in range(1, communes + 1)}
    units = tuple(
        SeedUnit(
            f"bia{code}",
            kind,
            (
                SeedState(
                    since, until, code, name, SOURCE, _SUBKINDS.get(code, ""), _PARENTS.get(code, province)
                ),
            ),
        )
        for code, (kind, name, since, until) in {**UNITS, **more}.items()
    )
    mergers = tuple(SeedSuccession(f"bia{old}", f"bia{new}", MERGED_ON, SOURCE) for old, new in MERGERS)
    register = Register(units, mergers, ())

    def put(writer) -> None:
        put_register(writer, register)
        for version in workspace.versions.values():
            for code, (kind, _, since, _) in UNITS.items():
                if any(kind in level.unit_kinds for level in version.form.levels) and kind != "agency":
                    start = max(since, version.form.valid_from.isoformat())
                    obligations.put(
                        writer, Obligation(version.form.family, f"bia{code}", date.fromisoformat(start))
                    )

    workspace.apply("new", "Đơn vị để thử", put)
    return workspace


def _name(number: int) -> str:
    first, second = divmod(number, len(_WORDS))
    return f"Xã {_WORDS[first]} {_WORDS[second]}"


def uid(workspace: Workspace, code: str) -> str:
    """The unit ``code`` of :data:`UNITS`; "40" is the province itself."""
    return workspace.owner.uid if code == OWNER else f"bia{code}"


def laid_out(
    workspace: Workspace,
    number: str,
    unit: str,
    period: Period,
    figures: Mapping[CellKey, Figure],
    own: Mapping[str, tuple[OwnRow, ...]] | None = None,
) -> tuple[Layout, Resolved]:
    """The form of a unit as it prints with ``figures``."""
    version = workspace.version_for(number, period)
    span = workspace.span(version.form, period)
    sheet = Sheet(version.form, unit, period, span, figures, own or {})
    resolved = resolve(sheet, SheetContext(workspace, sheet))
    days = f"Từ ngày {span.start:%d/%m/%Y} đến ngày {span.end:%d/%m/%Y}" if span.start and span.end else ""
    heading = Heading(
        reporter=reporter(workspace, workspace.units[unit], period.last_day),
        period=period.name.vi,
        days=days,
    )
    return layout(version.form, resolved.rows, heading), resolved


def page_of(
    workspace: Workspace,
    number: str,
    code: str,
    period: str,
    figures: Mapping[CellKey, Figure],
    own: Mapping[str, tuple[OwnRow, ...]] | None = None,
    name: str = "Sheet1",
) -> Page:
    """A worksheet as a tidy clerk sends it."""
    laid, resolved = laid_out(workspace, number, uid(workspace, code), Period.parse(period), figures, own)
    return drawn(laid, resolved, name)


def content(workspace: Workspace) -> str:
    """A digest of everything that stands in the data file."""
    file, told = workspace.file, hashlib.sha256()
    names = [row[0] for row in file.rows("select name from sqlite_master where type = 'table' order by name")]
    for name in names:
        told.update(name.encode())
        for line in sorted(map(repr, file.rows(f"select * from {name}"))):
            told.update(line.encode())
    return told.hexdigest()


__all__ = ["MERGERS", "UNITS", "content", "founded", "laid_out", "page_of", "plan_of", "uid"]
