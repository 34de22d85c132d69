"""How a text is a table: what separates its columns, which line has the headers, what stands around the rows."""

import csv
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sla.intake.questions import Certainty, Told
from sla.intake.records import Record, records

DELIMITERS = (",", ";", "\t", "|")
LOOKED_AT = 20  # records among which the headers stand
TAIL = 2**13

Judge = Callable[[Sequence[str]], float]


@dataclass(frozen=True)
class Dialect:
    """`records_before`: records before the headers, such as a title; `header` is the record of the headers."""

    delimiter: Told
    records_before: int
    header: Record
    names: tuple[str, ...]


def find_dialect(path: Path, wanted: str | None, judge: Judge) -> Dialect | None:
    """How a UTF-8 text is a table; None where it has no line that could be read.

    `wanted` is the delimiter that a person named. `judge` says how well headers fit a known export, 0 where not at all.
    The headers are the record that fits best; where none does, the first that is as wide as most. The delimiter is the
    one whose headers fit best, then the one that gives most records one width.
    """
    best: tuple[tuple[float, int, int], Dialect] | None = None
    for delimiter in (wanted,) if wanted else DELIMITERS:
        read = [(record, fields_of(record.text, delimiter)) for record in islice(records(path, delimiter), LOOKED_AT)]
        rows = [(record, fields) for record, fields in read if fields]
        if not rows:
            continue
        width, alike = Counter(len(fields) for _, fields in rows).most_common(1)[0]
        wide = width if width > 1 else max(len(fields) for _, fields in rows)
        fits = [judge(fields) for _, fields in rows]
        place = _header(rows, fits, wide)
        record, fields = rows[place]
        certainty: Certainty = "answered" if wanted else "seen" if len(fields) > 1 else "assumed"
        before = read.index(rows[place])
        found = Dialect(Told(delimiter, certainty), before, record, tuple(fields))
        weight = (fits[place], alike * (wide - 1), wide)
        if best is None or weight > best[0]:
            best = weight, found
    return best[1] if best else None


def _header(rows: Sequence[tuple[Record, list[str]]], fits: Sequence[float], width: int) -> int:
    if max(fits) > 0:
        return fits.index(max(fits))
    return next((place for place, (_, fields) in enumerate(rows) if _is_as_wide(fields, width)), 0)


def _is_as_wide(fields: Sequence[str], width: int) -> bool:
    """Whether a record has a name for (nearly) every column: a title line alone fills one."""
    return len(fields) >= width and sum(1 for field in fields if field.strip()) * 2 > width


def fields_of(text: str, delimiter: str) -> list[str]:
    """The fields of a record; none where a quotation mark stands wrong."""
    try:
        return next(csv.reader((text,), delimiter=delimiter, strict=True, skipinitialspace=delimiter != "\t"), [])
    except csv.Error:
        return []


def trailing_lines(path: Path, delimiter: str, width: int) -> tuple[str, ...]:
    """The sentences after the rows of a table of so many columns, such as a period or a time zone; mostly none.

    A sentence has several words before the first delimiter, and at most half of the columns or nothing in all but the
    first. A row that breaks off is none: it begins with a number or a name.
    """
    if width < 3:
        return ()
    with path.open("rb") as file:
        file.seek(0, 2)
        file.seek(max(0, file.tell() - TAIL))
        tail = file.read()
    lines = [line.strip() for line in tail.decode("utf-8", "replace").splitlines()]
    found: list[str] = []
    for line in reversed([line for line in lines[1:] if line.strip(delimiter + ' "')]):
        fields = fields_of(line, delimiter)
        if not fields or line.count('"') % 2 or not _is_sentence(fields, width):
            break
        found.append(" ".join(field for field in fields if field))
    return tuple(reversed(found))


def _is_sentence(fields: Sequence[str], width: int) -> bool:
    filled = sum(1 for field in fields if field.strip())
    return len(fields[0].split()) > 1 and (filled == 1 or len(fields) <= width // 2)


def is_header_again(fields: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a row repeats the headers, as in files put one under the other by hand."""
    return len(names) > 1 and [field.strip() for field in fields] == [name.strip() for name in names]
