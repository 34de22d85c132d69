"""What is known of a file before it is read, and what a person must say of it first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from sla.intake.formats import Format
from sla.intake.reading import read_header
from sla.intake.recognition import Match, matches
from sla.intake.records import records
from sla.intake.sources import Source, find_sources

FIRST_ROWS = 20
Certainty = Literal["seen", "format", "assumed", "answered", "unknown"]


@dataclass(frozen=True)
class Told:
    """One thing known of a file; `value` is None where it is not known.

    `certainty`: seen in the file itself, said by the format, assumed, answered by a person, or unknown. `evidence`:
    what was seen, as it stands in the file, such as "13/02/2026" or a header; "" where nothing was.
    """

    value: str | None
    certainty: Certainty
    evidence: str = ""


@dataclass(frozen=True)
class Question:
    """What a person must say before a file can be read, in codes and in what stands in the file; words are the page's.

    `kind` and what then stands in `what` and `options`:
    "format": () and "NAME/KIND" of every match, best first; none where no format fits (then any may be chosen).
    "columns": the standard columns that nobody found ("a|b": one of the two is enough) and ().
    "encoding": a text of the file as each option reads it, and the encodings.
    "dates": two values of the file, and the layouts in which they can be read.
    "timezone": one value without an offset, and (); may be left, UTC is assumed then.
    "said": (the id of the format's own question,), and its options.
    """

    kind: str
    what: tuple[str, ...]
    options: tuple[str, ...]

    @property
    def may_be_left(self) -> bool:
        """Whether the file can be read without an answer."""
        return self.kind == "timezone"


@dataclass(frozen=True)
class Answer:
    """What a person said of a file; what is None they left to the program.

    `columns`: standard column -> position of its header from 0, None where this file does not have it; columns that do
    not stand there are as they were recognised. `dates`: iso, dmy, mdy, or what a format may say there. `said`: the
    answers to the format's own questions by their id.
    """

    format: str | None = None
    kind: str | None = None
    columns: Mapping[str, int | None] | None = None
    dates: str | None = None
    timezone: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    said: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Inspection:
    """A file before it is read.

    `header_line`: the physical line of the header (in a workbook: the row), from 1. `first_rows`: up to 20 rows after
    it. `candidates`: what it can be, best first; `is_certain`: the first is clearly best. `kind`: what the file is
    going to be read as, None where nobody knows. `places`: standard column -> position of its header, of the best
    candidate or what a person said, or guessed from the headers' words where no format fits. `questions`: what must be
    answered before it can be read.
    """

    name: str
    sha256: str
    size: int
    encoding: Told
    delimiter: Told
    dates: Told
    timezone: Told
    header_line: int
    headers: tuple[str, ...]
    first_rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    candidates: tuple[Match, ...]
    is_certain: bool
    kind: str | None
    places: Mapping[str, int]
    questions: tuple[Question, ...]

    @property
    def must_be_asked(self) -> tuple[Question, ...]:
        """The questions without which the file cannot be read."""
        return tuple(question for question in self.questions if not question.may_be_left)


def inspect(
    paths: Sequence[Path],
    formats: Mapping[str, Format],
    workshop: Path,
    answers: Mapping[str, Answer] = MappingProxyType({}),
) -> list[Inspection]:
    """What is known of each file behind these paths, in the order of their names; `answers` are by SHA-256.

    `workshop` is a folder for what has to be unpacked. Raises `Refused` for what is no table at all.
    """
    sources, _ = find_sources(paths, workshop)
    return [_inspected(source, formats, answers.get(source.sha256, Answer())) for source in sources]


def _inspected(source: Source, formats: Mapping[str, Format], answer: Answer) -> Inspection:
    header = read_header(source)
    found = matches(header.names, formats, answer.format, answer.kind)
    is_certain = bool(found) and (len(found) == 1 or found[0].weight > found[1].weight)
    best = found[0] if found else None
    options = tuple(f"{match.format.name}/{match.file_kind.kind}" for match in found)
    return Inspection(
        name=source.name,
        sha256=source.sha256,
        size=source.size,
        encoding=Told("utf-8", "seen"),
        delimiter=Told(",", "seen"),
        dates=Told(answer.dates, "answered") if answer.dates else Told(best.format.dates if best else None, "format"),
        timezone=_timezone(best, answer),
        header_line=header.lines_before + 1,
        headers=tuple(header.names),
        first_rows=_first_rows(source),
        notes=(),
        candidates=tuple(found),
        is_certain=is_certain,
        kind=answer.kind or (best.file_kind.kind if best else None),
        places=best.places if best else {},
        questions=() if is_certain else (Question("format", (), options),),
    )


def _timezone(best: Match | None, answer: Answer) -> Told:
    if best and best.header_zone:
        return Told(best.header_zone, "seen", best.header_zone)
    if answer.timezone:
        return Told(answer.timezone, "answered")
    return Told(best.format.timezone, "format") if best and best.format.timezone else Told(None, "unknown")


def _first_rows(source: Source) -> tuple[tuple[str, ...], ...]:
    import csv

    found = (record.text for record in records(source.path))
    next(found, None)
    rows = (next(csv.reader((text,)), []) for text, _ in zip(found, range(FIRST_ROWS), strict=False))
    return tuple(tuple(row) for row in rows)
