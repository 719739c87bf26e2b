"""How each kind of printed text stands in its box: framed, centred, italic, from the top."""

from __future__ import annotations

from judapp.domain.printed import Role

FRAMED: frozenset[Role] = frozenset({"head", "number", "row_number", "label", "row_unit", "cell"})
"""Roles whose boxes have lines around them."""

CENTRED: frozenset[Role] = frozenset(
    {"block_centre", "title", "table_title", "head", "number", "row_number", "row_unit", "place_and_date",
     "signer", "signer_note"}
)  # fmt: skip
"""Roles whose words stand in the middle of their width."""

FROM_THE_RIGHT: frozenset[Role] = frozenset({"unit_of_measure"})
"""Roles whose words end at the right rim."""

FROM_THE_TOP: frozenset[Role] = frozenset(
    {"block_left", "block_centre", "block_right", "title", "signer", "signer_note"}
)
"""Roles whose words begin at the top of their box, all others stand in the middle of its height."""

ITALIC: frozenset[Role] = frozenset({"number", "place_and_date", "signer_note", "unit_of_measure"})
"""Roles printed in italics."""
