"""A file made ready to be read: as CSV in UTF-8, with its headers found and everything around its rows set apart."""

import json
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from pathlib import Path

from sla.errors import Refused
from sla.intake.converted import Converted, Rejected
from sla.intake.decoding import decode
from sla.intake.dialects import DELIMITERS, Dialect, fields_of, find_dialect, trailing_lines
from sla.intake.json_rows import convert_json, is_json
from sla.intake.questions import Answer, Told
from sla.intake.records import LONGEST_RECORD, Record, records
from sla.intake.sources import Limits, Source
from sla.intake.workbooks import convert_workbook

MOST_HEADERS = 2_000
_START = 4_096
_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_LINES_TOLD = 5

Judge = Callable[[Sequence[str]], float]


@dataclass(frozen=True)
class Prepared:
    """A source as CSV in UTF-8 at `path`.

    `doubt`: a text of the file in each encoding that it may be in. `header_line`: in the file, from 1.
    `records_before`: records before the headers. `lines`: the line of each record in a file that was no CSV, None where
    the CSV's own lines are the file's. `trailing`: sentences after the rows. `broken`: rows that are none. `is_plain`:
    the headers come first and nothing follows the rows, as far as is known.
    """

    source: Source
    path: Path
    encoding: Told
    doubt: tuple[str, ...]
    delimiter: Told
    headers: tuple[str, ...]
    header_line: int
    records_before: int
    lines: "array[int] | None"
    trailing: tuple[str, ...]
    notes: tuple[str, ...]
    broken: tuple[Rejected, ...]
    is_plain: bool
    is_json: bool = False

    @cached_property
    def raw_headers(self) -> list[str]:
        """The headers as `Record.raw` would have them, trimmed."""
        return [header.encode().decode("latin-1").strip() for header in self.headers]

    @property
    def mark(self) -> str:
        """What stands between two columns."""
        return self.delimiter.value or ","

    @property
    def marks(self) -> str:
        """The delimiters in words."""
        return _NAMES[self.mark]

    def as_written(self, record: Record) -> str:
        """A row as people know it from the file; of JSON its parts that say something, with their names."""
        fields = fields_of(record.text, self.mark) if self.is_json else []
        if not fields:
            return record.text
        parts = {header: field for header, field in zip(self.headers, fields, strict=False) if field}
        return json.dumps(parts, ensure_ascii=False)

    def rows(self) -> Iterator[Record]:
        """The records after the headers, with the lines of the file."""
        after = self.records_before + 1
        for number, record in enumerate(islice(records(self.path, self.mark), after, None), after):
            yield record if self.lines is None else Record(self.lines[number], record.raw, record.is_broken)


def prepare(source: Source, room: Path, number: int, answer: Answer, limits: Limits, judge: Judge) -> Prepared:
    """The file ready to be read; what has to be written stands in `room` under `number`.

    `judge` says how well headers fit a known export. Raises `Refused` where it is no table, or has too many columns.
    """
    out = room / f"prepared_{number}.csv"
    if source.is_workbook:
        converted = convert_workbook(source, out, limits)
        return _converted(source, converted, Told("xlsx", "seen"), (), judge)
    decoded = decode(source.name, source.path, room / f"decoded_{number}.txt", answer.encoding, source.is_utf_8)
    with decoded.path.open(encoding="utf-8-sig", errors="replace") as text:
        start = text.read(_START)
    if is_json(start):
        converted = convert_json(source.name, decoded.path, out)
        file = _converted(source, converted, decoded.encoding, decoded.doubt, judge)
        return replace(file, notes=(*decoded.notes, *file.notes), is_json=True)
    if answer.delimiter not in (None, *DELIMITERS):
        raise Refused(f"{source.name}: the delimiter {answer.delimiter!r} is unknown; expected one of , ; | or a tab.")
    first = next(records(decoded.path), None)
    dialect = find_dialect(decoded.path, answer.delimiter, judge)
    if first is None:
        raise Refused(f"{source.name} has empty lines alone: expected a header row and rows.")
    if dialect is None or (first.is_broken and dialect.records_before):
        _check_header(source.name, first)
        raise Refused(f"{source.name} has a header with an open quotation mark: expected names separated by commas.")
    _check_header(source.name, dialect.header)
    _check_count(source.name, dialect.names)
    trailing = trailing_lines(decoded.path, dialect.delimiter.value or ",", len(dialect.names))
    return Prepared(
        source=source,
        path=decoded.path,
        encoding=decoded.encoding,
        doubt=decoded.doubt,
        delimiter=dialect.delimiter,
        headers=dialect.names,
        header_line=dialect.header.line,
        records_before=dialect.records_before,
        lines=None,
        trailing=trailing,
        notes=(*decoded.notes, *_title_notes(source.name, decoded.path, dialect, None)),
        broken=(),
        is_plain=dialect.header.line == 1 and not trailing,
    )


def _converted(source: Source, converted: Converted, encoding: Told, doubt: tuple[str, ...], judge: Judge) -> Prepared:
    dialect = find_dialect(converted.path, ",", judge)
    if dialect is None:
        raise Refused(f"{source.name} has no header row that can be read: expected names of columns, and rows.")
    _check_header(source.name, dialect.header)
    _check_count(source.name, dialect.names)
    return Prepared(
        source=source,
        path=converted.path,
        encoding=encoding,
        doubt=doubt,
        delimiter=Told(",", "seen"),
        headers=dialect.names,
        header_line=converted.lines[dialect.records_before],
        records_before=dialect.records_before,
        lines=converted.lines,
        trailing=trailing_lines(converted.path, ",", len(dialect.names)),
        notes=(*converted.notes, *_title_notes(source.name, converted.path, dialect, converted.lines)),
        broken=converted.broken,
        is_plain=False,
    )


def _check_header(name: str, header: Record) -> None:
    if len(header.raw) > LONGEST_RECORD:
        raise Refused(f"{name} has a header of more than {LONGEST_RECORD:,} bytes: expected names of columns.")
    if "\x00" in header.raw:
        raise Refused(f"{name} has a header with zero bytes, as no text has: save it as CSV in UTF-8.")
    try:
        header.raw.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(f"{name} is no UTF-8 text (its header has other bytes): save it as CSV in UTF-8.") from error


def _check_count(name: str, headers: Sequence[str]) -> None:
    if len(headers) > MOST_HEADERS:
        raise Refused(f"{name} has {len(headers):,} headers: expected at most {MOST_HEADERS:,}.")


def _title_notes(name: str, path: Path, dialect: Dialect, lines: "array[int] | None") -> tuple[str, ...]:
    """What stands before the headers, as a sentence."""
    mark = dialect.delimiter.value or ","
    titles = [record.text.strip(f'{mark} "') for record in islice(records(path, mark), dialect.records_before)]
    line = dialect.header.line if lines is None else lines[dialect.records_before]
    told = "; ".join(title[:120] for title in titles[:_LINES_TOLD] if title)
    return (f"{name} has its headers on line {line}; before them stands: {told}",) if told else ()
