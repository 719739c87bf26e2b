"""What stands below the tables: estimate line, notes with places to fill, explanations, signers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Literal

from judapp.domain.catalogue import Note, Signature, Slot
from judapp.domain.learned import Guess, SheetRole
from judapp.domain.report_words import DOT_RUN
from judapp.excel.grid import MAX_ROW
from judapp.excel.words_lines import PrintedCell, PrintedLine, Reading
from judapp.excel.words_signers import first_signing_row, read_signers
from judapp.text import fold

_EXPLANATIONS = re.compile(
    r"[^a-z]*(?:phan )?giai thich(?: (?:bieu|mau|bieu mau|cach|noi dung|cac|cot|chi tieu|thuat ngu)\b.*)?\W*"
)
_ESTIMATE = re.compile(r"\buoc tinh\b")
_NOTE_BELOW = re.compile(r"(?:\(?\*\)?|\+) ?\w|[-*+ ]*(?:ghi chu|so lieu)\b")
"""How a note begins that stands below the signers."""
_PLAIN_HEADING = 6
"""Words of a heading that says no more than "Giải thích biểu mẫu số 10b"."""
_TEXT_SLOT = re.compile(
    r"(?:ghi chu|ly do|nguyen nhan|ten|tinh|thanh pho|huyen|quan|xa|phuong|don vi|so tu phap|noi dung|y kien)"
    r"(?: khac)?:?\Z"
)


def rows_of(cells: Iterable[PrintedCell]) -> list[list[PrintedCell]]:
    """``cells`` by rows."""
    return [list(row) for _, row in groupby(cells, key=lambda cell: cell.position[0])]


def _row_of(row: Sequence[PrintedCell]) -> int:
    return row[0].position[0]


class Foot:
    """Everything below the tables, read top to bottom."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.notes: list[Note] = []
        self.estimate: str | None = None
        self.explanations: list[str] = []
        self.signatures: list[Signature] = []
        self._texts: list[tuple[str, list[PrintedLine]]] = []
        self._explained: list[tuple[str, list[PrintedLine]]] = []
        self._explaining = False

    def read(self, cells: Sequence[PrintedCell], said: Mapping[int, SheetRole]) -> None:
        """Read the lines between and below the tables; ``said`` tells rows that are notes or signers."""
        rows = [row for row in rows_of(cells) if _row_of(row) not in said]
        first = first_signing_row(rows)
        start = _row_of(rows[first]) if first < len(rows) else MAX_ROW + 1
        signing = []
        for row in rows_of(cells):
            default: SheetRole = "signer" if _row_of(row) >= start else "note"
            if said.get(_row_of(row), default) == "signer":
                signing += row
            else:
                self._read_row(row)
        below = (i for i, cell in enumerate(signing) if cell.position[0] not in said and _goes_below(cell))
        after = next(below, len(signing))
        beyond = [cell for cell in signing[after:] if cell.position[0] in said]
        self.signatures = read_signers([*signing[:after], *beyond], self.reading)
        for row in rows_of(cell for cell in signing[after:] if cell not in beyond):
            self._read_row(row)
        self._settle_notes()

    def read_explanations(self, cells: Sequence[PrintedCell], sheet: str) -> None:
        """Read a worksheet of its own that explains the form."""
        for row in rows_of(cells):
            text = " ".join(line for cell in row for line in cell.lines if not _explains(line))
            if text:
                path = f"$.explanations[{len(self.explanations)}]"
                self.reading.guesses.append(
                    Guess(path, text, "LRW-explanation-sheet", "likely", (), {"sheet": sheet})
                )
                self.explanations.append(text)

    # notes and explanations

    def _read_row(self, row: Sequence[PrintedCell]) -> None:
        if len(row) == 1:
            parts = [(line, [PrintedLine(line, row[0])]) for line in row[0].lines]
        else:
            lines = [PrintedLine(" ".join(cell.lines), cell) for cell in row]
            parts = [(" ".join(line.text for line in lines), lines)]
        for text, lines in parts:
            self.reading.mark(lines, "note")
            if not self._explaining and _explains(text):
                self._explaining = True
                rest = text.partition(":")[2].strip()
                text = rest if rest else text if len(text.split()) > _PLAIN_HEADING else ""
            if not text:
                continue
            texts = self._explained if self._explaining else self._texts
            if texts and _wraps(texts[-1][0], text):
                before, at = texts[-1]
                texts[-1] = (f"{before} {text}", at + lines)
            else:
                texts.append((text, lines))

    def _settle_notes(self) -> None:
        keys = _keys()
        for text, lines in self._texts:
            at = tuple(line.position for line in lines)
            dotted = DOT_RUN.search(text)
            if self.estimate is None and _ESTIMATE.search(fold(text)) and not dotted:
                self.estimate = text
                self.reading.guesses.append(Guess("$.estimate", text, "LRW-estimate", "sure", at))
                continue
            note = note_of(text, keys)
            path = f"$.notes[{len(self.notes)}]"
            self.reading.guesses.append(Guess(f"{path}.text", note.text, "LRW-note", "sure", at))
            for index, slot in enumerate(note.slots):
                self.reading.guesses.append(
                    Guess(f"{path}.slots[{index}].kind", slot.kind, "LRW-slot", "likely", at,
                          {"label": slot.label})
                )  # fmt: skip
            self.notes.append(note)
        for text, lines in self._explained:
            path = f"$.explanations[{len(self.explanations)}]"
            at = tuple(line.position for line in lines)
            self.reading.guesses.append(Guess(path, text, "LRW-explanation", "sure", at))
            self.explanations.append(text)


def _explains(text: str) -> bool:
    return bool(_EXPLANATIONS.fullmatch(fold(text)))


def _goes_below(cell: PrintedCell) -> bool:
    """Whether notes or explanations begin below the signers."""
    return _explains(cell.lines[0]) or bool(_NOTE_BELOW.match(fold(cell.lines[0])))


def is_explanation(cells: Sequence[PrintedCell], sheet: str) -> bool:
    """Whether a worksheet of its own explains the form, by its name or its first lines."""
    firsts = [line for cell in cells[:5] for line in cell.lines]
    return fold(sheet).startswith("giai thich") or any(_explains(line) for line in firsts)


def _wraps(before: str, text: str) -> bool:
    """Whether ``text`` goes on with the sentence above: a wrapped line put into the next row by hand."""
    return text[:1].islower() and not re.search(r"[.:;…!?]\Z", before)


# places to fill


def _keys() -> Iterable[str]:
    return (f"{letter}{round_ or ''}" for round_ in range(100) for letter in "abcdefghijklmnopqrstuvwxyz")


def note_of(text: str, keys: Iterable[str]) -> Note:
    """A note with its dots as typed slots; ``keys`` gives each a name that no other has.

    "…/… tổ chức" asks for two counts, "Ghi chú: ……" for words, "ngày …/…/…" for a day.
    """
    names = iter(keys)
    text = re.sub(r"[{}]", "", text)
    runs = list(_runs(text))
    slots: list[Slot] = []
    printed, end = "", 0
    for index, (start, stop, dated) in enumerate(runs):
        before = re.split(r"[;,/]\s|[;…]", text[end:start])[-1].strip(" :")
        after = text[stop : runs[index + 1][0] if index + 1 < len(runs) else len(text)]
        label = before if text[:start].rstrip().endswith((":", ")")) else _words_after(after, text[stop:])
        key = next(names)
        kind: Literal["count", "text", "date"] = (
            "date" if dated else "text" if _TEXT_SLOT.search(fold(text[:start]).strip()) else "count"
        )
        slots.append(Slot(key=key, kind=kind, label=label or before))
        printed += f"{text[end:start]}{{{key}}}"
        end = stop
    return Note(text=printed + text[end:], slots=tuple(slots))


def _runs(text: str) -> Iterable[tuple[int, int, bool]]:
    """Where dots stand, three of a written day ("ngày …/…/…") as one place."""
    dots = DOT_RUN.pattern
    for found in re.finditer(
        rf"(?P<day>(?<=ngày )(?:{dots})\s?/\s?(?:{dots})\s?/\s?(?:{dots}))|{dots}", text
    ):
        yield found.start(), found.end(), found["day"] is not None


def _words_after(until_next: str, rest: str) -> str:
    """The words behind a slot that say what is counted; behind "…/… tổ chức" both count those."""
    words = until_next.strip(" /;:,.") or DOT_RUN.sub("", rest).strip(" /;:,.")
    return re.split(r"[;,.:]", words)[0].strip()
