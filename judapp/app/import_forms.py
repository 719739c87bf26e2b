"""The forms a worksheet may be of, with how far its columns fit; nothing is taken that does not fit whole."""

from __future__ import annotations

from msgspec import Struct

from judapp.messages import text


class FormOffer(Struct, frozen=True):
    """A form a worksheet may be of, and why it is offered: best first."""

    number: str
    title: str
    matched: int
    """Columns of the form that the worksheet has, by number and head."""
    columns: int
    """Columns of the form."""
    printed: bool = False
    """Whether the worksheet, its name or the file's bears the number."""

    @property
    def whole(self) -> bool:
        """Whether every column fits."""
        return self.matched == self.columns

    def reason(self, lang: str = "vi") -> str:
        """“khớp 19/19 cột”, “có số biểu; khớp 3/19 cột”."""
        code = "RCG-offer-printed" if self.printed else "RCG-offer-columns"
        return text(code, lang, matched=self.matched, columns=self.columns)
