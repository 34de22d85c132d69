"""Headers that mean a column which another header of the file has already."""

from collections.abc import Sequence

from sla.intake.formats import header_key
from sla.intake.recognition import Match

_MOST_TOLD = 10


def overlooked_headers(file: str, headers: Sequence[str], match: Match) -> list[str]:
    """A sentence for each column that several headers of a file could be: which was read, and which were not."""
    used = {*match.places.values(), *(place for further in match.repeats.values() for place in further)}
    keys = [header_key(header) for header in headers]
    notes = []
    for column, place in match.places.items():
        spellings = {header_key(spelling) for spelling in match.file_kind.columns.get(column, ())}
        others = [number for number, key in enumerate(keys) if number not in used and key in spellings]
        if others:
            named = ", ".join(f"{headers[other].strip()!r} (column {other + 1})" for other in others)
            read = f"{headers[place].strip()!r} (column {place + 1})"
            notes.append(f"{file} has several columns for {column}: {read} was read, not {named}.")
    return notes[:_MOST_TOLD]
