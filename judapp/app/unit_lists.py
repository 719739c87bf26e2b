"""A department's own register from Excel: previewed against the data file, then written as one operation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct, field

from judapp.app.obligation_lists import OWED, PERSON, Owing
from judapp.app.unit_list_outcome import ORDER, Line, Options, Question
from judapp.app.unit_list_plan import Planner
from judapp.app.unit_list_reading import read_list
from judapp.app.unit_list_register import Draft
from judapp.app.unit_list_said import ListSaid, SheetSaid
from judapp.app.workspace import Workspace
from judapp.domain.finding import Finding
from judapp.domain.unit import Succession
from judapp.errors import JudappError
from judapp.store import obligations, people
from judapp.store.operations import Applied, Writer

__all__ = ["OWED", "PERSON", "ListPlan", "Options", "apply_list", "plan_list", "read_list"]


class ListPlan(Struct, frozen=True):
    """What a list would change; nothing is written as long as something is unclear."""

    path: str
    day: date
    """The day the list holds from."""
    sheets: tuple[SheetSaid, ...]
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    units: int
    """Units that would be written."""
    merged: int
    """Successions that would be added."""
    dropped: tuple[Succession, ...]
    persons: int
    owed: int
    """Obligations that would be written."""
    seen: str
    """The newest operation of the file the plan was made over."""
    said: ListSaid
    options: Options = field(default_factory=Options)

    @property
    def errors(self) -> int:
        """Findings that keep the list from being written."""
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def clear(self) -> bool:
        """Whether everything in the list is understood and answered."""
        return not self.errors and not self.questions

    @property
    def empty(self) -> bool:
        """Whether the file is already as the list says."""
        return not (self.units or self.merged or self.dropped or self.persons or self.owed)

    def counts(self) -> Mapping[tuple[str, str], int]:
        """How many lines by group and outcome."""
        return Counter((line.group, line.what) for line in self.lines)


def plan_list(workspace: Workspace, said: ListSaid, options: Options | None = None) -> ListPlan:
    """What ``said`` would change in the file; nothing is written."""
    return _planned(workspace, said, options or Options())[0]


def apply_list(workspace: Workspace, plan: ListPlan, label: str = "") -> Applied:
    """Write what a plan shows, as one operation called ``label``.

    Raises UNL-unclear where something is not understood or answered yet, UNL-moved where the file changed
    since the plan was made: what is written is what a person has seen.
    """
    if not plan.clear:
        raise JudappError("UNL-unclear", n=plan.errors + len(plan.questions))
    if workspace.file.meta("ops") != plan.seen:
        raise JudappError("UNL-moved")
    _, planner, owing = _planned(workspace, plan.said, plan.options)

    def build(writer: Writer) -> None:
        planner.book.write(writer, plan.path)
        for person in owing.people.values():
            people.put(writer, person)
        for owed in owing.dropped.values():
            obligations.drop(writer, owed)
        for owed in owing.obligations.values():
            obligations.put(writer, owed)

    return workspace.apply("units", label or f"Nhập danh sách đơn vị từ {plan.path}", build)


def _planned(workspace: Workspace, said: ListSaid, options: Options) -> tuple[ListPlan, Planner, Owing]:
    planner = Planner(workspace, said, options)
    planner.units()
    owing = Owing(planner)
    owing.read()
    book = planner.book
    written: list[Draft] = book.differing()
    plan = ListPlan(
        said.path,
        planner.day,
        tuple(said.sheets),
        tuple(sorted(planner.lines, key=lambda line: ORDER.index(line.what))),
        tuple(planner.findings),
        tuple({question.key + question.code: question for question in planner.questions}.values()),
        len(written),
        len(book.added),
        tuple(book.dropped),
        len(owing.people),
        len(owing.obligations),
        workspace.file.meta("ops") or "",
        said,
        options,
    )
    return plan, planner, owing


def read_and_plan(workspace: Workspace, path: Path, options: Options | None = None) -> ListPlan:
    """Read a workbook and plan it; raises FIL-… where it cannot be read."""
    return plan_list(workspace, read_list(path), options)
