"""Columns that say how long something took where a date was looked for, told by what stands in them."""

import re
from dataclasses import replace
from itertools import islice

from sla.intake.dialects import fields_of
from sla.intake.formats import header_key
from sla.intake.preparation import Prepared
from sla.intake.recognition import Match

_ROWS = 1_000
_STEMS = {"first_reply_at": "first_reply", "solved_at": "solved"}
# Arabic says one or two of a unit by the word alone.
_ALONE = r"(?:ساع|دقيق|ثاني)(?:ة|ت[اي]ن)|(?:يوم|[أا]سبوع)(?:[اي]ن)?"
_PART = rf"(?:\d+ ?[^\W\d_]+\.?|{_ALONE})"
_SPELLED = re.compile(
    rf"[+-]?{_PART}(?:,? +(?:e |y |and |و ?)?{_PART})*|[+-]?(?:\d+ \w+ )?\d+:\d\d(?::\d\d)?(?: ?hrs?)?"
)
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_UNITS = {
    "minutes": re.compile(r"\b(min|mins|minutes|minutos|دقيقة|دقائق)\b"),
    "hours": re.compile(r"\b(h|hrs?|hours|horas|ساعة|ساعات)\b"),
    "seconds": re.compile(r"\b(s|secs?|seconds|segundos|ثانية|ثوان)\b"),
}


def told_as_times_taken(match: Match, file: Prepared) -> tuple[Match, tuple[str, ...]]:
    """The match of a table whose columns a person named, and a sentence for each column that is read another way.

    A first reply or solve under which nothing but durations stands, in the first 1,000 rows, is a time since the
    creation. A plain number is one only where its header names the unit, for nobody else does.
    """
    places = dict(match.places)
    notes = []
    for column, stem in _STEMS.items():
        if column not in places or any(f"{stem}_{unit}" in places for unit in _UNITS):
            continue
        header = file.headers[places[column]]
        if found := _unit(file, places[column], header):
            unit, example = found
            places[f"{stem}_{unit}"] = places.pop(column)
            how = f"how long it took, such as {example!r}, and no date: it is read as a time since the creation"
            notes.append(f"{file.source.name}: {header.strip()!r} says {how}.")
    return replace(match, places=places), tuple(notes)


def _unit(file: Prepared, place: int, header: str) -> tuple[str, str] | None:
    """The unit of plain numbers in a column of durations, and one of them; None where anything else stands there."""
    named = next((unit for unit, word in _UNITS.items() if word.search(header_key(header))), None)
    example = ""
    for record in islice(file.rows(), _ROWS):
        fields = fields_of(record.text, file.mark)
        text = fields[place].strip() if place < len(fields) else ""
        if text and not _SPELLED.fullmatch(text) and not (named and _NUMBER.fullmatch(text)):
            return None
        example = example or text
    return (named or "hours", example) if example else None
