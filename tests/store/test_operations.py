"""Promise 5: a write is an operation: one transaction, before and after of everything, what it changed."""

from __future__ import annotations

from functools import partial
from hashlib import sha256

import pytest

from judapp.domain.figure import EMPTY, NIL, OUT_OF_REMIT, PENDING, number, unreadable, words
from judapp.store import remarks, sheets
from judapp.store.database import DataFile
from judapp.store.digest import canonical_row, header_hash, read_key, read_row
from judapp.store.operations import Applied, Writer, apply, new_uid
from judapp.store.tables import SqlValue
from judapp.store.verify import verify
from tests.store.helpers import A, B, do, holds, journal, operation, put_figure


def test_it_tells_what_changed(file: DataFile, sheet: int) -> None:
    """Screens redraw what ``Applied`` names, and no more."""

    def build(writer: Writer) -> None:
        writer.set_figures(sheet, [(*A, number(5)), (*B, NIL)])
        remarks.put(writer, "r", sheet, "Thiếu kinh phí", kind="explanation", cell=A)

    applied = do(file, build)
    assert (applied.op_id, applied.sheets, applied.figures) == (2, frozenset({sheet}), 2)
    assert applied.tables == {"remark"}
    assert not applied.empty
    assert applied.hash == file.meta("head")
    assert file.meta("ops") == "2"
    assert file.row("select uid, at, who, machine, kind, label from op where id = 2") == (
        applied.uid,
        "2026-06-20T08:00:00Z",
        "Lan",
        "STP-PC03",
        "set",
        "Đặt số",
    )


def test_every_state_of_a_figure_is_kept(file: DataFile, sheet: int) -> None:
    """Promise 7 and the states of domain 4: a number with its estimated part, reasons for none, raw text."""
    every = [
        number(2**63 - 1, 0),
        number(-5, -2),
        NIL,
        PENDING,
        OUT_OF_REMIT,
        unreadable("12O"),
        words("'=1"),
    ]
    cells = [("II", f"{i}", "1", figure) for i, figure in enumerate(every)]
    do(file, lambda writer: writer.set_figures(sheet, cells))
    assert sheets.figures(file, sheet) == {cell[:3]: cell[3] for cell in cells}


def test_before_and_after_of_every_cell_with_its_source(file: DataFile, sheet: int) -> None:
    put_figure(file, sheet, A, 5)
    do(file, lambda writer: writer.set_figures(sheet, [(*A, number(7, 1)), (*B, NIL)], cells={A: "C9"}))
    assert file.rows("select row, s0, v0, e0, s1, v1, e1, src_cell from figure_change where op = 3") == [
        ("I.1", 1, 5, None, 1, 7, 1, "C9"),
        ("I.2", None, None, None, 2, None, None, None),
    ]


def test_what_is_already_so_is_not_written(file: DataFile, sheet: int) -> None:
    """An operation without any change leaves no trace at all."""
    put_figure(file, sheet, A, 5)
    before = holds(file), journal(file)

    def build(writer: Writer) -> None:
        assert writer.set_figures(sheet, [(*A, number(5)), (*B, EMPTY)]) == 0
        row = writer.get("sheet", (sheet,))
        assert row is not None
        assert writer.put("sheet", row) == sheet
        writer.delete("remark", ("none",))

    assert do(file, build) == Applied()
    assert do(file, build).empty
    assert (holds(file), journal(file)) == before


def test_an_empty_cell_has_no_row(file: DataFile, sheet: int) -> None:
    """Empty is never 0, and is stored as nothing."""
    put_figure(file, sheet, A, 5)
    do(file, lambda writer: writer.set_figures(sheet, [(*A, EMPTY)]))
    assert file.rows("select * from figure") == []
    assert file.row("select s0, v0, s1, v1 from figure_change where op = 3") == (1, 5, None, None)


def test_a_cell_touched_twice_is_one_change(file: DataFile, sheet: int) -> None:
    """History tells what an operation made of a cell, not how it got there."""
    put_figure(file, sheet, B, 1)

    def build(writer: Writer) -> None:
        writer.set_figures(sheet, [(*A, number(1)), (*B, EMPTY), (*A, number(2))])
        writer.set_figures(sheet, [(*A, number(3)), (*B, number(1))])

    assert do(file, build).figures == 1
    assert file.row("select row, s0, v0, s1, v1 from figure_change where op = 3") == ("I.1", None, None, 1, 3)
    assert verify(file, deep=True) == []


def test_many_cells_are_compared_with_the_whole_sheet(file: DataFile, sheet: int) -> None:
    cells = [("", str(i), "1", number(i)) for i in range(100)]
    assert do(file, lambda writer: writer.set_figures(sheet, cells)).figures == 100
    cells[50] = ("", "50", "1", NIL)
    assert do(file, lambda writer: writer.set_figures(sheet, cells)).figures == 1
    assert verify(file, deep=True) == []


def test_a_fault_in_the_middle_leaves_nothing(file: DataFile, sheet: int) -> None:
    before = holds(file), journal(file)

    def build(writer: Writer) -> None:
        writer.set_figures(sheet, [(*A, number(5))])
        writer.put("setting", {"key": "x", "value": "y"})
        raise RuntimeError

    with pytest.raises(RuntimeError):
        do(file, build)
    assert (holds(file), journal(file)) == before
    assert not file.connection.in_transaction


def test_what_was_written_is_seen_inside(file: DataFile, sheet: int) -> None:
    def build(writer: Writer) -> None:
        writer.set_figures(sheet, [(*A, number(5))])
        assert sheets.figures(file, sheet) == {A: number(5)}

    do(file, build)


def test_identities_are_numbered_and_stay(file: DataFile, sheet: int) -> None:
    def build(writer: Writer) -> None:
        first = writer.put("document", {"uid": "a", "gone": 0})
        second = writer.put("document", {"uid": "b", "gone": 0})
        assert second == first + 1
        assert writer.put("document", {"id": first, "uid": "a", "title": "A", "gone": 0}) == first
        with pytest.raises(ValueError, match="identity"):
            writer.delete("document", (first,))

    do(file, build)
    assert file.rows("select uid, title from document order by id") == [("a", "A"), ("b", None)]


def test_bytes_are_never_replaced(file: DataFile) -> None:
    def build(writer: Writer) -> None:
        own = writer.put("blob_store", {"sha256": "x", "bytes": b"1"})
        with pytest.raises(ValueError, match="bytes"):
            writer.put("blob_store", {"id": own, "sha256": "x", "bytes": b"2"})

    do(file, build)


def test_what_the_store_keeps_itself_cannot_be_put(file: DataFile) -> None:
    """Facts of the file are recorded like everything; its bookkeeping is nobody else's."""
    do(file, lambda writer: writer.put("meta", {"key": "owner", "value": "nghe-an"}))
    assert file.row("select tbl, key, after from change") == (
        "meta",
        '["owner"]',
        '{"key":"owner","value":"nghe-an"}',
    )
    for key in ("head", "ops", "schema", "app"):
        with pytest.raises(ValueError, match="kept by the store"):
            do(file, partial(Writer.put, table="meta", row={"key": key, "value": "0"}))
        with pytest.raises(ValueError, match="kept by the store"):
            do(file, partial(Writer.delete, table="meta", key=(key,)))


def test_an_unknown_column_is_our_fault(file: DataFile) -> None:
    with pytest.raises(ValueError, match="setting has no colour"):
        do(file, lambda writer: writer.put("setting", {"key": "x", "value": "y", "colour": "z"}))


def test_history_tells_what_is_stored(file: DataFile) -> None:
    """STRICT makes '5' of 5 in a text column; before and after say so, and deep verification agrees."""
    do(file, lambda writer: writer.put("setting", {"key": "x", "value": 5}))
    assert file.row("select after from change") == ('{"key":"x","value":"5"}',)
    assert verify(file, deep=True) == []


def test_identities_are_random() -> None:
    assert len({new_uid() for _ in range(1000)}) == 1000


def test_the_canonical_form_never_changes() -> None:
    """Once released: these bytes are in files that must verify for ever."""
    row: dict[str, SqlValue] = {"b": 'Sở "TP"\n/', "a": 1, "none": None, "bytes": b"x"}
    text = canonical_row(row)
    assert text == (
        '{"a":1,"b":"Sở \\"TP\\"\\n/",'
        '"bytes":"sha256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}'
    )
    assert read_row(text)["b"] == row["b"]
    assert read_key('[1,"a",null]') == (1, "a", None)
    header = (1, "u", "2026", "Lan", "PC", "set", "Đặt", None, None, None)
    written = '[1,"u","2026","Lan","PC","set","Đặt",null,null,null]'.encode()
    assert header_hash(b"p" * 32, header, b"d" * 32) == sha256(b"p" * 32 + written + b"d" * 32).digest()


def test_the_digest_of_an_operation_never_changes(file: DataFile, sheet: int) -> None:
    def build(writer: Writer) -> None:
        figures = [(*B, NIL), (*A, number(5, 1)), ("@", "", "ghi", words("Vinh"))]
        writer.set_figures(sheet, figures)
        writer.put("setting", {"key": "x", "value": "y"})

    applied = apply(file, operation(), build)
    lines = [
        f'[{sheet},"","I.1","1",null,null,null,null,1,5,1,null,null,null]',
        f'[{sheet},"","I.2","1",null,null,null,null,2,null,null,null,null,null]',
        f'[{sheet},"@","","ghi",null,null,null,null,6,null,null,"Vinh",null,null]',
        '[1,"setting","[\\"x\\"]",null,"{\\"key\\":\\"x\\",\\"value\\":\\"y\\"}"]',
    ]
    expected = sha256("".join(f"{line}\n" for line in lines).encode()).digest()
    assert file.row("select digest from op where id = ?", (applied.op_id,)) == (expected,)
