"""Areas of work of justice: what the last part of a form's number stands for."""

from __future__ import annotations

from typing import NamedTuple

_NUMBERS = "Mã biểu của các Thông tư 08/2011, 20/2013, 04/2016, 03/2019 và 17/2025/TT-BTP"
_LAWS = "Chữ viết tắt thường dùng của ngành; biểu mang mã này chưa thấy"

AREAS: dict[str, tuple[str, str]] = {
    "CC": ("công chứng", _NUMBERS),
    "CT": ("chứng thực", _NUMBERS),
    "HT": ("hộ tịch", _NUMBERS),
    "HTK": ("hộ tịch", _NUMBERS),
    "KSKT": ("hộ tịch", _NUMBERS),
    "KSKTKH": ("hộ tịch", _NUMBERS),
    "HTPLDN": ("hỗ trợ pháp lý doanh nghiệp nhỏ và vừa", _NUMBERS),
    "PBGDPL": ("phổ biến, giáo dục pháp luật", _NUMBERS),
    "HGCS": ("hòa giải ở cơ sở", _NUMBERS),
    "TGPL": ("trợ giúp pháp lý", _NUMBERS),
    "LSTN": ("luật sư", _NUMBERS),
    "THA": ("thi hành án dân sự", "Thông tư số 06/2019/TT-BTP"),
    "LS": ("luật sư", _LAWS),
    "LLTP": ("lý lịch tư pháp", _LAWS),
    "NCN": ("nuôi con nuôi", _LAWS),
    "GĐTP": ("giám định tư pháp", _LAWS),
    "ĐGTS": ("đấu giá tài sản", _LAWS),
    "TTTM": ("trọng tài thương mại", _LAWS),
    "HGTM": ("hòa giải thương mại", _LAWS),
    "TPL": ("thừa phát lại", _LAWS),
    "QTV": ("quản tài viên", _LAWS),
    "TVPL": ("tư vấn pháp luật", _LAWS),
    "BTNN": ("bồi thường nhà nước", _LAWS),
    "XLVPHC": ("quản lý xử lý vi phạm hành chính", _LAWS),
}
"""Area and source by the code at the end of a form's number ("10b/TP/CC" -> CC)."""


class AreaOf(NamedTuple):
    """An area of work with the code it was told by and where that code comes from."""

    area: str
    code: str
    source: str


def area_of(number: str) -> AreaOf | None:
    """The area a form's number names with its last known part; None where it names none ("11c").

    "14a/BTP/HTQTCT/HT/HTK" ends in two codes of one area; "11c/BTP/PBGDPL/HGCS" is about the last.
    """
    parts = number.replace("-", "/").upper().split("/")
    for part in reversed(parts):
        code = part.strip(" .()")
        if code in AREAS:
            area, source = AREAS[code]
            return AreaOf(area, code, source)
    return None
