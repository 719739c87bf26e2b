"""Any form drawn, filled and read back holds the same figures in the same cells (property)."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from judapp.domain import figure
from judapp.domain.figure import Figure
from judapp.domain.layout import Heading, layout
from judapp.domain.period import Period, Span
from judapp.domain.resolve import Resolved, Sheet
from judapp.domain.shape import plan_of
from judapp.excel.fill import filled
from judapp.excel.gate import prove
from judapp.excel.mapping import map_sheet
from judapp.excel.reader import read_workbook
from tests.domain.forms import Surroundings
from tests.domain.forms_of_every_shape import forms_with_rows

NUMBERS = st.integers(0, 10**9).map(figure.number)
FIGURES = st.one_of(NUMBERS, st.sampled_from([figure.NIL, figure.PENDING, figure.OUT_OF_REMIT, figure.EMPTY]))
WORDS = st.sampled_from(
    [figure.EMPTY, figure.words("ghi chú"), figure.words("=1+1"), figure.words("chưa rõ")]
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(made=forms_with_rows(), data=st.data())
def test_a_form_of_any_shape_drawn_and_filled_is_read_back_equal(made, data: st.DataObject) -> None:
    form, rows = made
    plan = plan_of(form, rows)
    answers: dict[tuple[str, str, str], Figure] = {}
    for key, spot in plan.spots.items():
        if key not in plan.computed:
            answers[key] = data.draw(WORDS if spot.kind == "text" else FIGURES)
    sheet = Sheet(form, "u", Period(2026, "H1"), Span(None, None), answers)
    resolved = Resolved(sheet, Surroundings(), plan)
    laid = layout(form, rows, Heading(reporter="Sở Tư pháp tỉnh Thử", period="6 tháng đầu năm 2026"))
    content, expected = filled(laid, resolved)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        path.write_bytes(content)
        assert prove(path, expected) == len(expected)
        [page] = read_workbook(path)
    mapped = map_sheet(page, plan, "a.xlsx")
    note(str([(f.code, f.place.cell, f.params) for f in mapped.findings]))
    read = {key: found.figure for key, found in mapped.figures.items() if key[0] != "@"}
    meant = {key: answer for key, answer in answers.items() if answer.answered}
    assert {key: found for key, found in read.items() if key not in plan.computed} == meant
