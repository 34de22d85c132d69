"""Which letters a page can show: those of the fonts that the packs bring, in regular and bold alike."""

import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "fonts"
FAMILIES = {"Noto Sans": "NotoSans", "Noto Sans Arabic": "NotoSansArabic"}  # as a page asks for them: their files
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
# Of the characters that only steer, those that show nothing with any font: joiners, marks of direction, soft hyphens.
_STEERING = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
)
_ALIKE = {"✕": "×", "\N{MINUS SIGN}": "–"}  # signs of the program that the fonts lack, by those that they have


def showable(told: str) -> str:
    """The text with UNKNOWN for each letter that no font has, and without the marks that its letter's font lacks."""
    return told if told.isascii() and told.isprintable() else _shown(told)


def _shown(told: str) -> str:
    shown: list[str] = []
    base: frozenset[int] | None = None  # the letters of the font that the letter before stands in
    for letter in unicodedata.normalize("NFC", told.replace("\ufeff", "")):  # a mark of files that PDF/UA forbids
        kind = unicodedata.category(letter)
        if letter == "\n" or letter in _STEERING:
            shown.append(letter)
        elif kind in ("Cc", "Cn", "Cs", "Co", "Zl", "Zp"):
            shown.append(" ")
        elif kind in ("Mn", "Me", "Mc"):
            shown += [letter] if base is not None and ord(letter) in base else []
        else:
            letter = _ALIKE.get(letter, letter)
            base = next((font for font in _covered() if ord(letter) in font), None)
            shown.append(letter if base is not None else UNKNOWN)
    return "".join(shown)


@cache
def _covered() -> tuple[frozenset[int], ...]:
    """The letters of each family, in the order in which a page tries them; read once."""
    return tuple(_of_file(f"{name}-Regular") & _of_file(f"{name}-Bold") for name in FAMILIES.values())


def _of_file(name: str) -> frozenset[int]:
    with TTFont(FONTS / f"{name}.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap())
