"""Scenes of Hệ thống: units with their mergers, a list before it is written, forms owed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from tests import unit_list_case

if TYPE_CHECKING:
    from .scenes import Scene, Stage


def _section(stage: Stage, file: str, section: str, period: str = "2026-H1", unit: str = "40") -> Any:
    stage.open(getattr(stage, file), period, unit)
    stage.page("system", section=section)
    page: Any = stage.window.pages["system"]
    return page.sections[section]


def _units_empty(stage: Stage) -> QWidget:
    _section(stage, "empty", "units")
    return stage.window


def _units(stage: Stage) -> QWidget:
    section = _section(stage, "demo", "units", unit="TH")
    section.search.setText("thuc hanh 004")
    stage.settle()
    return stage.window


def _list(stage: Stage) -> QWidget:
    section = _section(stage, "empty", "units")
    section.open_list(unit_list_case.everything(stage.sent.parent / "Danh sách đơn vị Nghệ An.xlsx"))
    stage.settle()
    return stage.window


def _list_unclear(stage: Stage) -> QWidget:
    from judapp.app.unit_lists import apply_list, read_and_plan

    whole = unit_list_case.everything(stage.sent.parent / "Danh sách đơn vị.xlsx")
    section = _section(stage, "demo", "units")
    stage.window.session.act(lambda w: apply_list(w, read_and_plan(w, whole)))
    stage.settle()
    section.open_list(unit_list_case.unclear(stage.sent.parent / "Danh sách đơn vị (sửa).xlsx"))
    stage.settle()
    return stage.window


def _unit_dialog(stage: Stage) -> QWidget:
    from judapp.ui.pages.system_unit_dialog import UnitDialog

    section = _section(stage, "demo", "units", unit="TH")
    section.preview.back_asked.emit()
    section.search.setText("thuc hanh 004")
    stage.settle()
    dialog = UnitDialog(stage.window, section.table.current())
    dialog.show()
    return dialog


def _owed_empty(stage: Stage) -> QWidget:
    _section(stage, "empty", "owed")
    return stage.window


def _owed(stage: Stage) -> QWidget:
    section = _section(stage, "demo", "owed", unit="TH")
    section.table.selectRow(0)
    stage.settle()
    return stage.window


def _owed_dialog(stage: Stage) -> QWidget:
    from judapp.ui.pages.system_owed_dialogs import OweDialog

    section = _section(stage, "demo", "owed", unit="TH")
    section.ask_add()
    dialog: OweDialog = section.findChildren(OweDialog)[-1]
    dialog.who.setCurrentText("Sở Tư pháp")
    dialog.forms.setText("10b, 17a")
    stage.settle()
    return dialog


SCENES_SYSTEM: dict[str, Scene] = {
    "system-units-empty": _units_empty,
    "system-units": _units,
    "system-unit-dialog": _unit_dialog,
    "system-owed-empty": _owed_empty,
    "system-owed": _owed,
    "system-owed-dialog": _owed_dialog,
    "system-list": _list,
    "system-list-unclear": _list_unclear,
}
