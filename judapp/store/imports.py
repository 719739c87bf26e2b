"""Where imported figures came from: file, sheet, minutes; and mappings remembered for a sender."""

from __future__ import annotations

from msgspec import Struct

from judapp.store.database import DataFile
from judapp.store.operations import Writer, new_uid
from judapp.store.units import unit_id
from judapp.text import keepable


class ImportedFile(Struct, frozen=True):
    """A file that was applied; ``op`` is the operation that did it, ``minutes`` JSON text of the use case."""

    id: int
    op: int
    sha256: str
    name: str
    sender: str | None
    minutes: str


def files(file: DataFile, sha256: str | None = None) -> list[ImportedFile]:
    """All files ever applied, or those with the same bytes, oldest first; ``history.in_effect`` of their
    operation tells which still stand."""
    where = "" if sha256 is None else " where b.sha256 = ?"
    rows = file.rows(
        "select i.id, i.op, b.sha256, i.name, u.uid, i.minutes from import_file i"
        f" join blob_store b on b.id = i.blob left join unit u on u.id = i.sender{where} order by i.id",
        () if sha256 is None else (sha256,),
    )
    return [ImportedFile(*row) for row in rows]


def add_file(writer: Writer, blob: int, name: str, minutes: str, sender: str | None = None) -> int:
    """Note a file that this operation applies, under the name it came with; returns its id."""
    return writer.put(
        "import_file",
        {
            "uid": new_uid(),
            "op": writer.op,
            "blob": blob,
            "name": keepable(name),
            "sender": None if sender is None else unit_id(writer.file, sender),
            "minutes": minutes,
        },
    )


def add_sheet(writer: Writer, file: int, name: str) -> int:
    """Note a sheet of such a file; its id goes with the figures (``set_figures``)."""
    return writer.put("import_sheet", {"file": file, "name": name})


def mapping(file: DataFile, sender: str, signature: str) -> str | None:
    """How files of this look were mapped for ``sender`` (uid, '' for anyone) before; None when never."""
    sql = "select mapping from mapping_memory where sender = ? and signature = ?"
    found = file.row(sql, (sender, signature))
    return None if found is None else str(found[0])


def remember_mapping(writer: Writer, sender: str, signature: str, mapped: str) -> None:
    """Remember how files of this look are mapped for ``sender``."""
    writer.put("mapping_memory", {"sender": sender, "signature": signature, "mapping": mapped})
