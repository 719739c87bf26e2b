"""Why something is not done, in the words several use cases share."""

from __future__ import annotations

from judapp.domain.period import Period
from judapp.errors import JudappError
from judapp.messages import bilingual
from judapp.store.forms import StoredForm
from judapp.text import Bilingual


def state_name(state: str) -> Bilingual:
    """A state in which nothing changes, as people call it."""
    return bilingual("ENY-state-submitted") if state == "submitted" else Bilingual(state, state)


def twice(versions: list[StoredForm], period: Period) -> JudappError:
    """The fault that several versions of one form are in force for one period."""
    forms = "; ".join(f"{v.form.number} ({v.form.circular})" for v in versions)
    return JudappError("FVR-001", forms=forms, period=period.code)
