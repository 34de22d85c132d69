"""The pieces that a page is set from: lines, headings, tables and charts, as values that `pack.typ` draws.

A text is a value here and never markup; what others wrote stands in its own direction.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from sla.review.print.letters import showable

MOST_LETTERS_OF_A_SUBJECT = 900  # as on a slide
Piece = dict[str, Any]  # 'is' says what it is; the rest is what pack.typ draws of it
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ISOLATE, _POP = "\u2068", "\u2069"
_WIDE_MM = 176.0  # of a page between its margins
_LETTER_MM = 2.0  # a wide letter of a table: words that fit all the same are not measured, for that takes time


def text(told: str | None) -> str:
    """A text of the program as the fonts can show it."""
    return showable(told or "")


def plain(told: str | None) -> str:
    """A text without the marks that turn directions, for places that show no text, such as a title's."""
    return text("".join(letter for letter in told or "" if letter not in _TURNING))


def own(told: str | None) -> str:
    """A text that others wrote, kept from turning what stands around it."""
    clean = plain(told)
    return f"{_ISOLATE}{clean}{_POP}" if clean else ""


def direction(told: str | None) -> str:
    """The direction of a text's first letter that has one: 'rtl' or 'ltr'."""
    kinds = (unicodedata.bidirectional(letter) for letter in told or "")
    return "rtl" if next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L" else "ltr"


def line(kind: str, told: str | None) -> list[Piece]:
    """A line of the program, as `kind` looks; none where there is nothing to say."""
    return [_line(kind, text(told))] if told else []


def lines(kind: str, told: Iterable[str]) -> list[Piece]:
    """Lines of one kind."""
    return [piece for one in told for piece in line(kind, one)]


def owned(kind: str, told: str | None) -> list[Piece]:
    """A name or number that others gave, in the direction of the page."""
    return [_line(kind, own(told))] if told else []


def written(kind: str, told: str | None, language: str | None = None) -> list[Piece]:
    """A paragraph that others wrote, in its own direction and, where known, its language."""
    if not (told or "").strip():
        return []
    known = {"language": spoken(language)} if language and re.match("[A-Za-z]{2,3}(-|$)", language) else {}
    return [_line(kind, plain(told)) | {"direction": direction(told)} | known]


def subject(told: str | None) -> list[Piece]:
    """What a ticket is about, its first letters where it is longer than a subject is; the workbook has the whole."""
    is_long = told is not None and len(told) > MOST_LETTERS_OF_A_SUBJECT
    return written("small", f"{told[: MOST_LETTERS_OF_A_SUBJECT - 1]}…" if told and is_long else told)


def heading(told: str, level: int = 2, kind: str = "part") -> list[Piece]:
    """A heading; `kind` is how it looks, `level` where it stands in the outline."""
    return [{"is": "heading", "level": level, "kind": kind, "text": text(told)}]


def whole(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces that stay together on one page."""
    return [{"is": "whole", "pieces": list(pieces)}] if pieces else []


def cell(kind: str, *pieces: Piece) -> Piece:
    """A cell of a table: `kind` is how it looks."""
    return {"kind": kind, "lines": list(pieces)}


def table(head: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[Piece]]) -> list[Piece]:
    """A table, its columns as wide as `widths` are to each other; its head stands again on every page it goes on to."""
    most = [(_WIDE_MM * width / sum(widths) - 4) / _LETTER_MM for width in widths]
    for row in rows:
        for one, letters in zip(row, most, strict=True):
            one["lines"] = [_measured(line, letters) for line in one["lines"]]
    ends = [one["kind"].startswith("number") or one["kind"].startswith("total number") for one in rows[0]]
    titles = [{"text": text(title), "is_number": is_number} for title, is_number in zip(head, ends, strict=True)]
    return [{"is": "table", "head": titles, "widths": list(widths), "rows": [list(row) for row in rows]}]


def spoken(language: str) -> Piece:
    """A language as a page names it: its code, and its region where it has one."""
    code, _, region = language.partition("-")
    return {"code": code.lower()} | ({"region": region.upper()} if re.fullmatch("[A-Za-z]{2}", region) else {})


def _line(kind: str, told: str) -> Piece:
    return _measured({"is": "line", "kind": kind, "text": told}, 40)


def _measured(piece: Piece, most: float) -> Piece:
    """A line, marked where one of its words has more letters than surely stand side by side."""
    is_long = any(len(word) > most for word in piece["text"].split())
    return {key: value for key, value in piece.items() if key != "is_long"} | ({"is_long": True} if is_long else {})
