"""What the files of packs are called."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from sla.periods import Period
from sla.review.gathering import Row

_MOST_LETTERS = 60  # of an account's name in the name of a file


def stems(rows: Sequence[Row], period: Period, languages: Sequence[str]) -> list[str]:
    """What the files of each account are called: letters, digits and hyphens, no two alike whatever their case."""
    plain = [_plain(row["account"]) for row in rows]
    often = Counter(name.casefold() for name in plain)
    named = []
    for row, name, language in zip(rows, plain, languages, strict=True):
        told = name
        if name != row["account"] or often[name.casefold()] > 1:
            told = f"{name}-{hashlib.sha256(row['account'].encode()).hexdigest()[:8]}".lstrip("-")
        named.append(f"review-{told}-{period.name.replace('..', '-to-')}-{language}")
    return named


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", letters).strip("-")[:_MOST_LETTERS]
