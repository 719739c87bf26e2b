"""A fault of the input is a code with what fills its text; a programming fault is something else."""

from __future__ import annotations

from judapp.errors import JudappError


def test_a_fault_carries_its_code_and_what_fills_the_text() -> None:
    fault = JudappError("UNT-001", unit="99")
    assert (fault.code, fault.params) == ("UNT-001", {"unit": "99"})


def test_a_fault_in_a_log_shows_code_and_params() -> None:
    assert str(JudappError("ENT-002")) == "ENT-002"
    assert str(JudappError("UNT-001", unit="99")) == "UNT-001 {'unit': '99'}"
