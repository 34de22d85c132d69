"""Text as a file of XML can hold it: what it forbids, and what does not show, is dropped; nothing in it is markup."""

import re
from functools import lru_cache

_SHORT = 200  # letters: names that come again and again are remembered
MOST_LETTERS = 32_000  # of a cell; a workbook holds 32,767

# Control characters, halves of pairs and the two non-characters of XML 1.0; word joiners, which some programs draw.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2060\ud800-\udfff\ufffe\uffff]")


def plain(text: str, most: int = MOST_LETTERS) -> str:
    """The text without what cannot stand in a file, cut with '…' where it is longer than `most`."""
    return _kept(text, most) if len(text) <= _SHORT else _kept.__wrapped__(text, most)


@lru_cache(maxsize=20_000)
def _kept(text: str, most: int) -> str:
    kept = _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return kept if len(kept) <= most else kept[: most - 1] + "…"
