"""ux.md, section 2: the bundled font has every Vietnamese letter whole, digits of one width, two weights."""

from __future__ import annotations

import json
import sys
import unicodedata
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetrics, QRawFont
from PySide6.QtWidgets import QApplication

from judapp import paths
from judapp.ui import fonts

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES] + ["đ"]
VIETNAMESE = sorted({*LETTERS, *(letter.upper() for letter in LETTERS)})
SIGNS = "0123456789 .,:;–—−-+±×=≠<>≤≥≈%‰₫€$№§()[]{}/\\|“”‘’\"'…·•°²³½→←↑↓↔⇒∑Σ∅√✓✕△◆◇○●◔▷◷■⊘ⓘ☐☑\u00a0\u202f"
SIZES = (12, 13, 14, 15, 18, 24, 32)


def files() -> list[Path]:
    return [paths.resources() / "fonts" / f"NotoSans-{style}.ttf" for style in fonts.STYLES]


@pytest.fixture(params=files(), ids=lambda path: path.stem)
def raw(request: pytest.FixtureRequest, qapp: QApplication) -> QRawFont:
    made = QRawFont(str(request.param), 13)
    assert made.isValid()
    return made


def missing(raw: QRawFont, text: str) -> list[str]:
    return [sign for sign in sorted(set(text)) if not raw.supportsCharacter(ord(sign))]


def test_alphabet_of_this_test_is_whole() -> None:
    assert len(VIETNAMESE) == 2 * (12 * 6 + 1)
    assert all(len(letter) == 1 for letter in VIETNAMESE)


def test_every_vietnamese_letter_and_sign_is_in_every_style(raw: QRawFont) -> None:
    assert not missing(raw, "".join(VIETNAMESE))
    assert not missing(raw, "".join(TONES))  # marks typed apart, as some input methods do
    assert not missing(raw, SIGNS)


def test_no_text_of_ours_falls_back_to_another_font(raw: QRawFont) -> None:
    folder = paths.resources()
    for path in [*(folder / "messages").glob("*.json"), folder / "qt_vi.json"]:
        text = json.dumps(json.loads(path.read_text("utf-8")), ensure_ascii=False)
        assert not missing(raw, text), path.name


def test_digits_have_one_width(raw: QRawFont) -> None:
    """Figures stand under each other in a column."""
    widths = {
        round(point.x(), 3) for point in raw.advancesForGlyphIndexes(raw.glyphIndexesForString("0123456789"))
    }
    assert len(widths) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has Segoe UI")
class TestLoaded:
    @pytest.fixture(autouse=True)
    def loaded(self, qapp: QApplication) -> None:
        assert fonts.load() == fonts.BUNDLED

    @pytest.mark.parametrize("size", SIZES)
    @pytest.mark.parametrize("weight", [QFont.Weight.Normal, QFont.Weight.DemiBold])
    def test_weights_are_real_and_letters_stay_in_their_line(self, size: int, weight: QFont.Weight) -> None:
        font = QFont(fonts.BUNDLED)
        font.setPixelSize(size)
        font.setWeight(weight)
        told = QFontInfo(font)
        assert (told.family(), told.weight(), told.exactMatch()) == (fonts.BUNDLED, weight, True)
        metrics = QFontMetrics(font)
        for letter in VIETNAMESE:
            assert metrics.inFontUcs4(ord(letter))
            box = metrics.tightBoundingRect(letter)
            assert box.top() >= -metrics.ascent() - 1, letter
            assert box.bottom() <= metrics.descent() + 1, letter

    def test_italic_is_a_style_of_its_own(self) -> None:
        assert "Italic" in QFontDatabase.styles(fonts.BUNDLED)

    def test_loading_again_adds_nothing(self) -> None:
        before = QFontDatabase.families()
        assert fonts.load() == fonts.BUNDLED
        assert QFontDatabase.families() == before

    def test_small_marks_are_not_hinted_away(self) -> None:
        """With the system's hinting ã is drawn as ā at 13 pixels."""
        font = fonts.clear(QFont(fonts.BUNDLED))
        assert font.hintingPreference() is QFont.HintingPreference.PreferNoHinting
        other = fonts.clear(QFont("Segoe UI"))
        assert other.hintingPreference() is QFont.HintingPreference.PreferDefaultHinting
