"""Headers that mean a column which another header of the file has already."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from sla.intake.dialects import fields_of
from sla.intake.formats import header_key
from sla.intake.preparation import Prepared
from sla.intake.recognition import Match

_MOST_TOLD = 10
_ROWS = 10_000  # in which a column has a value, or is taken for empty


def filled(match: Match, file: Prepared, named: Collection[str]) -> Match:
    """The match with each column at the first of its format's headers under which anything stands in the file.

    Helpdesks write every field that they have, also those that nobody uses: an empty one says nothing. The columns
    that a person `named` stay where they are.
    """
    keys = [header_key(header) for header in file.headers]
    choices = {
        column: (match.places[column], *(other for other in others if keys[other] != keys[match.places[column]]))
        for column, others in _others(match, file.headers).items()
        if column not in named
    }
    wanted = {place for places in choices.values() for place in places}
    seen: set[int] = set()
    missing = {"", *match.format.missing}
    for record in islice(file.rows() if choices else (), _ROWS):
        fields = fields_of(record.text, file.mark)
        seen |= {place for place in wanted - seen if place < len(fields) and fields[place].strip() not in missing}
        if all(places[0] in seen for places in choices.values()):
            return match
    better = {
        column: next((place for place in places if place in seen), places[0]) for column, places in choices.items()
    }
    return replace(match, places={**match.places, **better})


def overlooked_headers(file: str, headers: Sequence[str], match: Match) -> list[str]:
    """A sentence for each column that several headers of a file could be: which was read, and which were not."""
    notes = []
    for column, others in _others(match, headers).items():
        place = match.places[column]
        named = ", ".join(f"{headers[other].strip()!r} (column {other + 1})" for other in others)
        read = f"{headers[place].strip()!r} (column {place + 1})"
        notes.append(f"{file} has several columns for {column}: {read} was read, not {named}.")
    return notes[:_MOST_TOLD]


def _others(match: Match, headers: Sequence[str]) -> Mapping[str, Sequence[int]]:
    """The positions of further headers of a column, in the order in which the format names them."""
    used = {*match.places.values(), *(place for further in match.repeats.values() for place in further)}
    keys = [header_key(header) for header in headers]
    found = {}
    for column in match.places:
        spellings = list(map(header_key, match.file_kind.columns.get(column, ())))
        others = [place for place, key in enumerate(keys) if place not in used and key in spellings]
        if others:
            found[column] = sorted(others, key=lambda place: (spellings.index(keys[place]), place))
    return found
