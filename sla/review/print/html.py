"""Small pieces of HTML for paper. Every text is escaped, and what others wrote stands in its own direction."""

import unicodedata
from collections.abc import Iterable, Sequence
from html import escape

Cell = tuple[str, str]  # the class of a cell and its HTML
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ISOLATE, _POP = "\u2068", "\u2069"
_IN_FONTS = {"✕": "×", "\N{MINUS SIGN}": "–"}  # signs that the packs' fonts lack, by those that they have


def text(told: str | None) -> str:
    """A text of the program, escaped; characters that no page can carry become spaces."""
    return escape("".join(_IN_FONTS.get(letter, letter) if _is_printable(letter) else " " for letter in told or ""))


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


def written(kind: str, told: str | None, language: str | None = None) -> str:
    """A paragraph that others wrote, in its own direction and, where known, its language."""
    if not told:
        return ""
    named = f" lang='{escape(language)}'" if language else ""
    return f"<p class='{kind}' dir='{direction(told)}'{named}>{own(told)}</p>"


def p(kind: str, told: str) -> str:
    """A paragraph of the program."""
    return f"<p class='{kind}'>{text(told)}</p>" if told else ""


def lines(kind: str, told: Iterable[str]) -> str:
    """Paragraphs of one kind."""
    return "".join(p(kind, line) for line in told)


def bullets(kind: str, told: Iterable[str]) -> str:
    """A list of sentences."""
    items = "".join(f"<li>{text(line)}</li>" for line in told)
    return f"<ul class='{kind}'>{items}</ul>" if items else ""


def heading(told: str, level: int = 2) -> str:
    """A heading."""
    return f"<h{level}>{text(told)}</h{level}>"


def table(kind: str, head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """A table whose head stands again on every page that it goes on to."""
    titles = "".join(
        f"<th scope='col' class='{row[0]}'>{text(title)}</th>" for title, row in zip(head, rows[0], strict=True)
    )
    body = "".join(f"<tr>{''.join(_cell(at, cell) for at, cell in enumerate(row))}</tr>" for row in rows)
    return f"<table class='{kind}'><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>"


def _cell(at: int, cell: Cell) -> str:
    kind, html = cell
    if at == 0:
        return f"<th scope='row' class='{kind}'>{html}</th>"
    return f"<td class='{kind}'>{html}</td>"


def _is_printable(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cs", "Cn")
