"""What the columns of an export are that no format knows, guessed from the words of its headers in three languages."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

WORDS = Path(__file__).resolve().parents[2] / "data" / "header_words.toml"
_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NO_LETTER = re.compile(r"[^\w#]+")


def guessed_places(headers: Sequence[str], kind: str, taken: Mapping[str, int]) -> dict[str, int]:
    """The likeliest position of each standard column of this kind of file; each header once.

    `taken` is known already and stays. A header that is a word of the list goes before one that only contains it, and
    longer words before shorter ones.
    """
    keys = [_key(header) for header in headers]
    found: list[tuple[tuple[bool, int, int, int], str, int]] = []
    for column, words in _words().get(kind, {}).items():
        for rank, word in enumerate(words):
            for place, key in enumerate(keys):
                if key and f" {word} " in f" {key} ":
                    found.append(((key != word, -len(word), rank, place), column, place))
    places = dict(taken)
    for (is_part, _, _, _), column, place in sorted(found):
        is_number = is_part and column == "ticket_id"  # "parent id", "contact number": too many are not the ticket's
        if column not in places and place not in places.values() and not is_number:
            places[column] = place
    return places


def guessed_kind(headers: Sequence[str]) -> str:
    """The kind of file of which most columns are guessed, tickets in doubt."""
    kinds = {kind: len(guessed_places(headers, kind, {})) for kind in _words()}
    best = max(kinds, key=lambda kind: (kinds[kind], kind == "tickets"), default="tickets")
    return best if kinds[best] > kinds.get("tickets", 0) else "tickets"


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    with WORDS.open("rb") as file:
        raw = tomllib.load(file)
    return {kind: {column: list(map(_key, words)) for column, words in lists.items()} for kind, lists in raw.items()}


def _key(header: str) -> str:
    """A header without case, accents, brackets and punctuation."""
    plain = unicodedata.normalize("NFKD", _IN_BRACKETS.sub(" ", header[:200]).casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _NO_LETTER.sub(" ", letters).replace("_", " ").strip()
