"""Pairing of one table's columns, without widgets: what is paired, what is only offered, what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from judapp.app.import_columns import FormColumn, PairOffer, TableStudy

LEAF, STUB = "leaf", "stub"
Target = tuple[str, str]
"""A column of the form: ``leaf`` and its name, or ``stub`` and its index."""


class Pairs:
    """Which column of the worksheet is which of the form; what is certain is paired from the beginning."""

    def __init__(self, study: TableStudy) -> None:
        self.study = study
        self.row = study.row
        self.of: dict[int, Target] = {}
        """By column of the worksheet."""
        self.absent: set[str] = set()
        """Leaves that a person said are not in the file."""
        self.columns: dict[Target, FormColumn] = {
            **{(STUB, stub.name): stub for stub in study.stubs},
            **{(LEAF, leaf.name): leaf for leaf in study.leaves},
        }
        self.offers: dict[int, tuple[Target, PairOffer]] = {}
        for kind, offers in ((STUB, study.stub_offers), (LEAF, study.offers)):
            for offer in offers:
                target = kind, offer.name
                if offer.sure and offer.column not in self.of and target not in self.of.values():
                    self.of[offer.column] = target
                else:
                    self.offers.setdefault(offer.column, (target, offer))
        self._codes = {
            column.code.casefold(): target for target, column in self.columns.items() if column.code
        }
        self._keys: dict[Target, str] = {}
        """What is typed for leaves without a printed number: their place from the left."""
        for place, leaf in enumerate(study.leaves, start=1):
            if not leaf.code and str(place) not in self._codes:
                self._keys[LEAF, leaf.name] = str(place)
        self._codes |= {key: target for target, key in self._keys.items()}

    def name(self, target: Target) -> str:
        """A column as it is typed: “(3) Tổng số” by its printed number, “3. Tổng số” by its place."""
        column = self.columns[target]
        label = column.path[-1] if column.path else column.name
        if column.code:
            return f"({column.code}) {label}"
        return f"{self._keys[target]}. {label}" if target in self._keys else label

    def column_of(self, target: Target) -> int | None:
        """The worksheet's column of a column of the form, None where none is paired."""
        return next((column for column, own in self.of.items() if own == target), None)

    def pair(self, column: int, target: Target) -> None:
        """Pair two columns; whatever either was paired with before is free again."""
        former = self.column_of(target)
        if former is not None:
            del self.of[former]
        self.of[column] = target
        self.absent.discard(target[1])

    def free(self, column: int) -> None:
        """A column of the worksheet is none of the form."""
        self.of.pop(column, None)

    def offered(self, column: int) -> tuple[Target, PairOffer] | None:
        """What is offered for a column that is not paired, as long as nothing else took it."""
        found = self.offers.get(column)
        if column in self.of or found is None or found[0] in self.of.values():
            return None
        return found

    def take_offer(self, column: int) -> bool:
        """Take what is offered for a column; False where nothing is."""
        found = self.offered(column)
        if found is None:
            return False
        self.pair(column, found[0])
        return True

    def toggle_absent(self, target: Target) -> None:
        """A leaf is not in the file, or is after all."""
        kind, name = target
        if kind != LEAF:
            return
        if name in self.absent:
            self.absent.discard(name)
            return
        column = self.column_of(target)
        if column is not None:
            self.free(column)
        self.absent.add(name)

    def typed(self, letters: str) -> Target | None:
        """The column of the form whose number is ``letters``."""
        return self._codes.get(letters.casefold())

    def begins(self, letters: str) -> bool:
        """Whether a number of the form begins so."""
        return any(code.startswith(letters.casefold()) for code in self._codes)

    @property
    def missing(self) -> list[FormColumn]:
        """Leaves that are neither paired nor said to be absent."""
        taken = {name for kind, name in self.of.values() if kind == LEAF}
        return [leaf for leaf in self.study.leaves if leaf.name not in taken and leaf.name not in self.absent]

    @property
    def paired(self) -> int:
        """Leaves that are paired."""
        return sum(kind == LEAF for kind, _ in self.of.values())
