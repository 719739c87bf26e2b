"""One rule proposed for a form, with why it is thought to hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct, field

from judapp.domain.learned import Sureness


class Proposal(Struct, frozen=True):
    """A relation or a computed cell a form's own words ask for.

    ``code`` names a text of the catalogue that says why, with ``params``; ``wording`` is the printed sentence
    where ``status`` is "printed". What is only to "choose" may be shown, and holds once a person took it.
    """

    what: Literal["relation", "computed"]
    rule: str
    status: Literal["printed", "inferred"]
    wording: str | None
    code: str
    sure: Sureness
    params: Mapping[str, Any] = field(default_factory=dict)
