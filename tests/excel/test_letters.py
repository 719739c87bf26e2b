"""Legacy letters become Unicode where that is certain; what is Vietnamese already stays as it is."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judapp.excel.grid import GridCell, GridSheet, cell_style, cell_text
from judapp.excel.letters import InUnicode, in_unicode, legacy_charset, to_unicode
from judapp.excel.letters_tables import (
    LETTERS,
    TCVN3,
    TCVN3_TO_UNICODE,
    VNI,
    VNI_TO_UNICODE,
    Charset,
)
from judapp.excel.read_csv import read_csv
from judapp.excel.syllables import is_syllable
from judapp.paths import seeds
from judapp.text import clean

FONTS: dict[Charset, str] = {TCVN3: ".VnTime", VNI: "VNI-Times"}
_WORDS = """
Cộng hòa xã hội chủ nghĩa Việt Nam Độc lập Tự do Hạnh phúc Biểu số Đơn vị báo cáo Ủy ban nhân dân phường
Nghi Lộc Hưng Nguyên Quỳnh Lưu Tân Kỳ Quế Phong Đường Lâm kỳ tháng đầu năm tổng giải thành không chứng
thực bản sao chữ ký khai sinh tử kết hôn người biểu trưởng phòng thuế lệ phí đồng việc trường hợp nuôi
con quyển giếng gìn giữ huỷ khuỷu ngoẵng thuở nghiêng ưu tiên ước tính được yêu cầu ỷ lại quý xuất trình
đĩa ngõ bẩy kẽ
"""
WORDS = _WORDS.split()


def legacy(text: str, charset: Charset) -> str:
    """``text`` as somebody typed it with a font of ``charset``: toned capitals of TCVN3 need another font."""
    table = TCVN3_TO_UNICODE if charset == TCVN3 else VNI_TO_UNICODE
    codes: dict[str, str] = {}
    for code, letter in table.items():
        codes.setdefault(letter, code)
    if charset == TCVN3:
        codes |= {letter.upper(): codes[letter] for letter in LETTERS if letter.upper() not in codes
                  and letter in codes}  # fmt: skip
    return "".join(codes.get(letter, letter) for letter in text)


def sheet(*cells: tuple[str, str]) -> GridSheet:
    """A column of texts, each with its font."""
    return GridSheet(
        "1",
        {
            (row, 1): GridCell(cell_text(text, cell_style("General", font=font)),
                               style=cell_style("General", font=font))
            for row, (text, font) in enumerate(cells, start=1)
        },
    )  # fmt: skip


def read(*cells: tuple[str, str]) -> tuple[list[object], InUnicode]:
    [found] = in_unicode([sheet(*cells)])
    return [found.sheet.at(row, 1).content for row in range(1, len(cells) + 1)], found


@pytest.mark.parametrize(
    ("text", "charset", "meant"),
    [
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", TCVN3, "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("§éc lËp - Tù do - H¹nh phóc", TCVN3, "Độc lập - Tự do - Hạnh phúc"),
        ("Bé tr\u00adëng Bé T\u00ad ph¸p", TCVN3, "Bộ trưởng Bộ Tư pháp"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", VNI, "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("Ñoäc laäp - Töï do - Haïnh phuùc", VNI, "Độc lập - Tự do - Hạnh phúc"),
        ("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", VNI, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Ñöôøng Nguyeãn Huøng Vöông, kyõ, kyø, Myõ, lyù, thuûy, Kî", VNI,
         "Đường Nguyễn Hùng Vương, kỹ, kỳ, Mỹ, lý, thủy, Kỵ"),
    ],
)  # fmt: skip
def test_well_known_words_are_read_as_everybody_saw_them(text: str, charset: Charset, meant: str) -> None:
    assert to_unicode(text, charset) == meant


@pytest.mark.parametrize("charset", [TCVN3, VNI])
def test_every_vietnamese_letter_has_its_code(charset: Charset) -> None:
    table = TCVN3_TO_UNICODE if charset == TCVN3 else VNI_TO_UNICODE
    plain = set("aeiouy") | ({"ý"} if charset == TCVN3 else set())
    assert {letter for letter in LETTERS if letter not in plain} <= set(table.values()) | {"ý"}
    capitals = set("ĂÂÊÔƠƯĐ") if charset == TCVN3 else {c.upper() for c in LETTERS} - set("AEIOUY")
    assert capitals <= set(table.values())


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), st.sampled_from([TCVN3, VNI]))
def test_words_typed_in_a_legacy_font_come_back(words: list[str], charset: Charset) -> None:
    text = " ".join(words)
    if charset == TCVN3:
        text = text.lower()
    assert to_unicode(legacy(text, charset), charset) == text


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), st.sampled_from([TCVN3, VNI]))
def test_vietnamese_in_unicode_is_never_touched_whatever_its_font(words: list[str], charset: Charset) -> None:
    """The mixed file: somebody typed one cell with a Unicode keyboard and left the font as it was."""
    text = " ".join(words)
    contents, found = read((text, FONTS[charset]), (legacy("hội chứng thực đường", charset), FONTS[charset]))
    if contents[0] != text:  # every word of it could be either: the font may decide, the workbook agreeing
        assert all(is_syllable(w) and is_syllable(to_unicode(w, charset)) for w in words if not w.isascii())
    assert contents[1] == "hội chứng thực đường" or found.doubts


@pytest.mark.parametrize("word", [word for word in WORDS if not word.isascii()])
def test_every_vietnamese_word_is_spelled_as_one(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(word.upper())
    assert is_syllable(unicodedata.normalize("NFD", word))


@pytest.mark.parametrize(
    "word", ["héi", "Céng", "ViÖt", "chñ", "nghÜa", "Coäng", "soẩng", "tãc", "kóâ", "đkkh"]
)
def test_what_no_vietnamese_word_is_spelled_like(word: str) -> None:
    assert not is_syllable(word)


def test_a_cell_in_a_legacy_font_is_converted_and_listed() -> None:
    contents, found = read(("x· Nghi Léc", ".VnTime"), ("Tæng sè", ".VnArial"), ("12", ".VnTime"))
    assert contents == ["xã Nghi Lộc", "Tổng số", "12"]
    assert [(one.charset, one.cell, one.before, one.after) for one in found.letters] == [
        ("TCVN3 (ABC)", "A1", "x· Nghi Léc", "xã Nghi Lộc"),
        ("TCVN3 (ABC)", "A2", "Tæng sè", "Tổng số"),
    ]


def test_a_font_of_capitals_shows_capitals() -> None:
    contents, _ = read(("céng hoµ x· héi", ".VnTimeH"), ("bé t\u00ad ph¸p", ".VnArialH"))
    assert contents == ["CỘNG HOÀ XÃ HỘI", "BỘ TƯ PHÁP"]


def test_a_cell_in_unicode_among_legacy_ones_stays() -> None:
    many = [("x· Nghi Léc", ".VnTime")] * 40
    contents, found = read(("Hà Tĩnh", ".VnTime"), ("Bình", ".VnTime"), ("KÝ", ".VnTime"), *many)
    assert contents[:4] == ["Hà Tĩnh", "Bình", "KÝ", "xã Nghi Lộc"]
    assert len(found.letters) == 40


def test_what_may_be_either_is_left_and_told_where_the_workbook_has_both() -> None:
    """“bé” is “bộ” in TCVN3 and a word in Unicode: the font decides only where nothing contradicts it."""
    alone, _ = read(("bé", ".VnTime"), ("héi", ".VnTime"))
    assert alone == ["bộ", "hội"]
    unicode, found = read(("bé", ".VnTime"), ("xã hội", ".VnTime"))
    assert unicode == ["bé", "xã hội"]
    assert not found.letters
    both, found = read(("bé", ".VnTime"), ("héi", ".VnTime"), ("xã hội", ".VnTime"))
    assert both == ["bé", "hội", "xã hội"]
    assert [(doubt.cell, doubt.text) for doubt in found.doubts] == [("A1", "bé")]


def test_a_lost_font_is_believed_only_where_the_whole_workbook_says_so() -> None:
    many = "Biểu số, đơn vị báo cáo, kỳ báo cáo, tổng số, hòa giải thành, chứng thực".lower()
    for charset in (TCVN3, VNI):
        contents, found = read((legacy(many, charset), ""), (legacy("xã hưng nguyên", charset), "Arial"))
        assert contents == [many, "xã hưng nguyên"]
        assert {one.charset for one in found.letters} == {charset}
    contents, found = read(("héi", ""), ("12 × 3 m²", "Arial"), ("± 5 µ", "Arial"))
    assert contents == ["héi", "12 × 3 m²", "± 5 µ"]
    assert (found.letters, found.doubts) == ((), ())


def test_one_cell_in_unicode_among_many_legacy_ones_leaves_no_doubt_about_the_others() -> None:
    contents, found = read(*[("héi", ".VnTime")] * 20, ("xã hội", ".VnTime"), ("Ghi chó", ".VnTime"))
    assert contents[-2:] == ["xã hội", "Ghi chú"]
    assert found.doubts == ()


def texts_of_forms() -> list[list[str]]:
    """Every text with Vietnamese letters of every form that comes with the program, form by form."""
    found = []
    for path in sorted(seeds().glob("forms/*.json")):
        strings = re.findall(r'"((?:[^"\\]|\\.)*)"', path.read_text("utf-8"))
        texts = dict.fromkeys(clean(json.loads(f'"{text}"')).replace("·", "-") for text in strings)
        found.append([text for text in texts if not text.isascii()])
    return found


def test_all_texts_of_all_forms_survive_every_font() -> None:
    """Unicode stays in whatever font; what is typed in legacy letters comes back, font kept or lost."""
    for texts in texts_of_forms():
        for font in ("", ".VnTime", "VNI-Times"):
            contents, found = read(*[(text, font) for text in texts])
            assert (contents, found.letters, found.doubts) == (texts, (), ())
        for charset in (TCVN3, VNI):
            small = [text.lower() for text in texts]
            for font in (FONTS[charset], ""):
                contents, found = read(*[(legacy(text, charset), font) for text in small])
                assert (contents, found.doubts) == (small, ())


def test_a_workbook_without_legacy_letters_is_the_same_object() -> None:
    plain = sheet(("Hòa giải ở cơ sở", "Times New Roman"), ("Société générale", "Arial"))
    assert in_unicode([plain])[0].sheet is plain


def test_full_width_signs_are_made_plain_without_a_word() -> None:
    contents, found = read(("Ｂiểu số：（１）", "Arial"))
    assert contents == ["Biểu số:(1)"]
    assert found.letters == ()


@pytest.mark.parametrize("charset", [TCVN3, VNI])
def test_a_text_file_in_legacy_letters_keeps_them_until_they_are_converted(charset: Charset) -> None:
    lines = ["biểu số;đơn vị báo cáo", "phường hưng bình;12", "tổng số;tư pháp", "kỳ báo cáo;sáu tháng"]
    content = "\r\n".join(legacy(line, charset) for line in lines).encode("cp1252")
    [found] = in_unicode(read_csv(content, Path("a.csv")))
    texts = [[found.sheet.at(row, column).content for column in (1, 2)] for row in range(1, 5)]
    assert texts == [line.split(";") for line in lines]


def test_a_text_file_of_windows_in_vietnamese_is_no_legacy_one() -> None:
    text = "xã;số việc\nhòa giải thành;12\nkhông thành;5\nđơn vị báo cáo;phường Hưng Bình\nkỳ báo cáo;năm"
    marks = "\u0300\u0301\u0303\u0309\u0323"
    typed = "".join(
        unicodedata.normalize("NFC", "".join(s for s in unicodedata.normalize("NFD", c) if s not in marks))
        + "".join(s for s in unicodedata.normalize("NFD", c) if s in marks)
        for c in text
    )  # code page 1258 has vowels and tones apart
    [grid] = read_csv(typed.encode("cp1258"), Path("a.csv"))
    assert grid.at(4, 2).content == "phường Hưng Bình"
    assert legacy_charset(text.split("\n")) is None


@given(
    st.lists(
        st.tuples(st.text(max_size=12), st.sampled_from(["", ".VnTime", ".VnTimeH", "VNI-Times"])), max_size=6
    )
)
def test_whatever_stands_in_a_workbook_only_letters_change(cells: list[tuple[str, str]]) -> None:
    """Digits and signs of figures come through untouched, and whatever is listed did change."""
    contents, found = read(*cells)
    for (text, font), content in zip(cells, contents, strict=True):
        kept = cell_text(text, cell_style("General", font=font))
        if kept.isascii():
            assert content == kept
    assert all(one.before != one.after for one in found.letters)
