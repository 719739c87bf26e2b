"""Relations between columns that follow from the printed head: totals, breakdowns, "Trong đó"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from judapp.domain.catalogue import Column, Table
from judapp.domain.expression.binding import ADDED_UP
from judapp.domain.learned import Sureness
from judapp.text import fold

_TOTAL = re.compile(r"(?:-|\d+\W)? ?(?:tong so|tong cong|tong|cong)\b")
_PLAIN_TOTAL = re.compile(r"(?:tong so|tong cong|tong|cong)(?: chung)?\W*\Z")
_PARTS = re.compile(r"(?:chia|phan) (?:ra|theo|loai)\b|(?:bao )?gom\b|trong do chia\b")
_BY = re.compile(
    r"theo\b|(?:gioi tinh|dan toc|do tuoi|nhom tuoi|trinh do(?: chuyen mon)?|thoi diem dang ky|quoc tich)\Z"
)
_OF_WHICH = re.compile(r"\W*trong (?:do|so do)\b|\W*trong tong so\b")
_PAIRS = (
    {"nam", "nu"}, {"kinh", "khac"}, {"dan toc kinh", "dan toc khac"}, {"dung han", "qua han"},
    {"trong nuoc", "nuoc ngoai"}, {"truoc han va dung han", "qua han"},
)  # fmt: skip
"""Labels that share a whole between them, folded."""


class Sum(Struct, frozen=True):
    """``total`` is the sum of each of ``parts``; ``labels`` are the printed words that say so."""

    total: str
    parts: tuple[tuple[str, ...], ...]
    labels: tuple[str, ...]
    sure: Sureness
    code: str = "LRW-rule-parts"


class Share(Struct, frozen=True):
    """``part`` is some of ``whole``."""

    part: str
    whole: str
    label: str
    sure: Sureness


def is_total(label: str) -> bool:
    """Whether a label names a total ("Tổng số", "Tổng số kinh phí", "Cộng")."""
    return bool(_TOTAL.match(fold(label)))


def is_plain_total(label: str) -> bool:
    """Whether a label says "Tổng số", "Tổng cộng" or "Cộng" and nothing else."""
    return bool(_PLAIN_TOTAL.match(fold(label)))


def is_of_which(label: str) -> bool:
    """Whether a label begins with "Trong đó"."""
    return bool(_OF_WHICH.match(fold(label)))


def is_breakdown(label: str) -> bool:
    """Whether a label announces the parts of a whole: "Chia ra", "Chia theo giới tính", "Phân theo …"."""
    return bool(_PARTS.match(fold(label)))


def is_whole_of(labels: Sequence[str]) -> bool:
    """Whether labels share a whole between them by their own words ("Nam", "Nữ")."""
    return {fold(label).strip(" -+:.") for label in labels} in _PAIRS


def column_rules(table: Table) -> Iterator[Sum | Share]:
    """Every total and share the head of ``table`` names, left to right."""
    yield from _Head(table).rules(table.columns)


class _Head:
    def __init__(self, table: Table) -> None:
        self.leaves = table.leaf_by_name

    def rules(self, siblings: Sequence[Column], above: str = "") -> Iterator[Sum | Share]:
        """The rules among ``siblings`` and inside each of them."""
        yield from self._sums(siblings, above)
        yield from self._shares(siblings)
        for node in siblings:
            if node.children:
                yield from self.rules(node.children, node.label)

    def _sums(self, siblings: Sequence[Column], above: str) -> Iterator[Sum]:
        groups: dict[str, list[tuple[Column, Sureness]]] = {}
        for index, node in enumerate(siblings):
            if not node.children:
                continue
            sure: Sureness | None = "sure" if is_breakdown(node.label) else None
            if sure is None and _BY.match(fold(node.label)):
                sure = "likely"
            if sure is None:
                continue
            total = self._total_before(siblings, index)
            if total is not None:
                groups.setdefault(total.name, []).append((node, sure if is_total(total.label) else "likely"))
        for name, found in groups.items():
            parts, labels, sureness = [], [], []
            for node, sure in found:
                summed = self._parts(node.children)
                if summed and self._add_up((name, *summed)):
                    parts.append(summed)
                    labels.append(_words(node.label))
                    sureness.append(sure)
            if parts:
                total_label = _words(self.leaves[name].label)
                sure = "sure" if set(sureness) == {"sure"} else "likely"
                yield Sum(name, tuple(parts), (total_label, *labels), sure)
        yield from self._beside(siblings, above)

    def _beside(self, siblings: Sequence[Column], above: str) -> Iterator[Sum]:
        """ "Tổng số" and its parts side by side without a heading over the parts.

        Only likely where their words share a whole ("Nam", "Nữ") or end in a rest ("Tài liệu khác").
        """
        if len(siblings) < 3 or siblings[0].children or any(map(_divides, siblings)):
            return
        total, others = siblings[0], siblings[1:]
        if not is_plain_total(total.label) and fold(total.label) != f"tong so {fold(above)}":
            return
        names = self._parts(others)
        if len(names) < 2 or not self._add_up((total.name, *names)):
            return
        labels = [node.label for node in others]
        rest = fold(labels[-1]).startswith("khac") or fold(labels[-1]).endswith(" khac")
        sure: Sureness = "likely" if is_whole_of(labels) or rest else "choose"
        yield Sum(total.name, (names,), (_words(total.label), *map(_words, labels)), sure, "LRW-rule-beside")

    def _total_before(self, siblings: Sequence[Column], index: int) -> Column | None:
        """The leaf a breakdown divides: the nearest total before it, the leaf just before, a total behind."""
        before = siblings[:index]
        for node in reversed(before):
            if not node.children and is_total(node.label):
                return node
            if not node.children and not is_of_which(node.label):
                break
        wholes = [node for node in before if not node.children and not is_of_which(node.label)]
        if before and not before[-1].children and wholes and wholes[-1] is before[-1]:
            return before[-1] if is_breakdown(siblings[index].label) else None
        behind = [node for node in siblings[index + 1 :] if not node.children and is_plain_total(node.label)]
        return behind[0] if behind and not wholes else None

    def _parts(self, nodes: Sequence[Column]) -> tuple[str, ...]:
        """Leaves that together are the whole of ``nodes``, no figure twice; () where that cannot be told."""
        found: list[str] = []
        for index, node in enumerate(nodes):
            if is_of_which(node.label):
                continue
            if node.children and _divides(node) and self._total_before(nodes, index) is not None:
                continue  # divides a total that is a part itself
            if not node.children:
                found.append(node.name)
                continue
            whole = self._whole(node)
            if not whole:
                return ()
            found += whole
        return tuple(found)

    def _whole(self, node: Column) -> tuple[str, ...]:
        """The leaves that are the whole of a group: its own total, else all its parts."""
        totals = [child for child in node.children if not child.children and is_total(child.label)]
        if totals:
            return (totals[0].name,) if len(totals) == 1 else ()
        if any(child.children and _divides(child) for child in node.children):
            leaf = node.children[0]
            return (leaf.name,) if not leaf.children and not is_of_which(leaf.label) else ()
        return self._parts(node.children)

    def _shares(self, siblings: Sequence[Column]) -> Iterator[Share]:
        whole: str | None = None
        for node in siblings:
            if is_of_which(node.label):
                parts = [node.name] if not node.children else self._inside(node.children)
                for part in parts:
                    if whole and self._comparable(part, whole):
                        yield Share(part, whole, _words(node.label), "sure")
            elif not node.children:
                whole = node.name
            elif not _divides(node):
                of_group = self._whole(node)
                whole = of_group[0] if len(of_group) == 1 else None

    def _inside(self, nodes: Sequence[Column]) -> list[str]:
        """The figures of a "Trong đó" group that are each some of the whole."""
        found: list[str] = []
        for node in nodes:
            if not node.children:
                found.append(node.name)
            else:
                whole = self._whole(node)
                found += whole if len(whole) == 1 else self._inside(node.children)
        return found

    def _add_up(self, names: Sequence[str]) -> bool:
        """Whether figures may be added: of one kind that is added up and of one unit, each once."""
        leaves = [self.leaves[name] for name in names]
        kinds = {leaf.kind for leaf in leaves}
        units = {fold(leaf.unit) for leaf in leaves if leaf.unit}
        return len(kinds) == 1 and kinds <= ADDED_UP and len(units) <= 1 and len(set(names)) == len(names) > 1

    def _comparable(self, part: str, whole: str) -> bool:
        return part != whole and self._add_up((part, whole))


def _divides(node: Column) -> bool:
    return is_breakdown(node.label) or bool(_BY.match(fold(node.label)))


def _words(label: str) -> str:
    return " ".join(label.split())
