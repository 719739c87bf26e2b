"""The board in sentences, its cells in signs: who has sent everything, what lacks, since when."""

from __future__ import annotations

from judapp.app.board import (
    COULD,
    DRAFT,
    EXCUSED,
    LACKING,
    MISSING,
    NOT_ASKED,
    PAPER,
    PARTLY,
    RECEIVED,
    TWICE,
    UNFINISHED,
    WITH_ERRORS,
    WRONG,
    Cell,
    Line,
    UnitBoard,
)
from judapp.app.desk import day_text
from judapp.domain.unit import COMMUNE
from judapp.messages import bilingual
from judapp.text import Bilingual

_SIGNS = {
    RECEIVED: "✓",
    PARTLY: "◐",
    DRAFT: "◐",
    WITH_ERRORS: "✕",
    MISSING: "○",
    PAPER: "▤",
    EXCUSED: "–",
    COULD: "·",
}


def headline(board: UnitBoard) -> Bilingual:
    """“105/130 xã đã nộp đủ 6 biểu; thiếu 25, đều quá hạn 2 ngày (hạn 10/6/2026).”"""
    if not board.forms:
        return bilingual("BOA-none")
    if not board.registered:
        units = sum(any(cell.came for cell in line.cells) for line in board.lines)
        return bilingual("BOA-unregistered", n=sum(form.came for form in board.forms), units=units)
    nothing = (COULD, EXCUSED, NOT_ASKED)
    owing = [line for line in board.lines if any(cell.state not in nothing for cell in line.cells)]
    lacking = [line for line in owing if line.fits(LACKING)]
    complete = sum(line.complete for line in owing)
    asked = {sum(cell.state != NOT_ASKED for cell in line.cells) for line in owing}
    code = "BOA-complete-some"
    if len(board.forms) == 1:
        code = "BOA-complete-one"
    elif asked == {len(board.forms)}:
        code = "BOA-complete"
    sentence = bilingual(
        code,
        done=complete,
        total=len(owing),
        units=bilingual("BOA-communes" if all(line.kind == COMMUNE for line in owing) else "BOA-units"),
        n=len(board.forms),
        form=board.forms[0].short,
    )
    parts = [sentence]
    if lacking:
        parts.append(_lacking(board, lacking))
    unfinished = sum(line.fits(UNFINISHED) for line in owing)
    if unfinished:
        parts.append(bilingual("BOA-unfinished", n=unfinished))
    twice = sum(line.fits(TWICE) for line in owing)
    if twice:
        parts.append(bilingual("BOA-twice", n=twice))
    wrong = board.count(WRONG)
    if wrong:
        parts.append(bilingual("BOA-wrong", n=wrong))
    return Bilingual("; ".join(p.vi for p in parts) + ".", "; ".join(p.en for p in parts) + ".")


def _lacking(board: UnitBoard, lacking: list[Line]) -> Bilingual:
    dues = {cell.due for line in lacking for cell in line.cells if cell.state == MISSING}
    n = len(lacking)
    known = [due for due in dues if due is not None]
    if not known:
        return bilingual("BOA-lacking", n=n)
    first, days = min(known), (board.on - min(known)).days
    if days > 0:
        every = len(dues) == 1
        code = "BOA-lacking-all-overdue" if every and n > 1 else "BOA-lacking-overdue"
        return bilingual(code, n=n, days=days, due=day_text(first))
    code = "BOA-lacking-until" if days else "BOA-lacking-today"
    return bilingual(code, n=n, days=-days, due=day_text(first))


def sign_of(cell: Cell) -> str:
    """A cell where there is only text: “✕2” two errors, “⧉” files nobody chose between."""
    return f"{_SIGNS.get(cell.state, '')}{cell.number or ''}{'⧉' if cell.waiting else ''}"
