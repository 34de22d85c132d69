"""What is known of a file before it is read, and what a person must say of it first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from types import MappingProxyType

import duckdb

from sla.errors import Refused
from sla.intake.choice import Choice, choose
from sla.intake.dates import settle_dates, zone_question
from sla.intake.decoding import LEGACY
from sla.intake.dialects import fields_of
from sla.intake.formats import Format
from sla.intake.overlooked import overlooked_headers
from sla.intake.planning import settled, told_zone, trailing_notes
from sla.intake.preparation import Prepared, prepare
from sla.intake.questions import Answer, Question, Told
from sla.intake.reading import TooManyRows, load
from sla.intake.recognition import Match, how_well, report_of
from sla.intake.sources import LIMITS, Limits, Source, find_sources
from sla.intake.unconfirmed import unconfirmed_notes
from sla.models import run_statement

__all__ = ["Answer", "Inspection", "Question", "Told", "inspect"]

FIRST_ROWS = 20
MEMORY_MIB = 256  # for the instants of a file; what does not fit waits on disk
QUERIES = Path(__file__).resolve().parents[2] / "queries"


@dataclass(frozen=True)
class Inspection:
    """A file before it is read. `delimiter`: None where it is no CSV.

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
    delimiter: Told | None
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
    match: Match | None = field(default=None, repr=False)

    @property
    def must_be_asked(self) -> tuple[Question, ...]:
        """The questions without which the file cannot be read."""
        return tuple(question for question in self.questions if not question.may_be_left)


def inspect(
    paths: Sequence[Path],
    formats: Mapping[str, Format],
    workshop: Path,
    answers: Mapping[str, Answer] = MappingProxyType({}),
    *,
    limits: Limits = LIMITS,
    queries: Path = QUERIES,
) -> list[Inspection]:
    """What is known of each file behind these paths, in the order of their names; `answers` are by SHA-256.

    `workshop` is a folder for what has to be unpacked or written in UTF-8. Raises `Refused` for what is no table, or
    more than `limits` allow.
    """
    sources, notes = find_sources(paths, workshop, limits)
    first, *others = [
        _inspected(source, formats, workshop, number, answers.get(source.sha256, Answer()), limits, queries)
        for number, source in enumerate(sources)
    ]
    return [replace(first, notes=(*notes, *first.notes)), *others]


def _inspected(
    source: Source,
    formats: Mapping[str, Format],
    workshop: Path,
    number: int,
    answer: Answer,
    limits: Limits,
    queries: Path,
) -> Inspection:
    file = prepare(source, workshop, number, answer, limits, lambda headers: how_well(headers, formats))
    choice = choose(file.headers, formats, answer, None)
    if choice.match:
        match, file = settled(choice.match, file, choice, answer)
        # A column that a person named stays where they look for it, however it is read.
        choice = replace(choice, match=match, places=match.places if choice.candidates else choice.places)
    doubt = (Question("encoding", file.doubt, LEGACY),) if file.doubt else ()
    unsure = unconfirmed_notes(source.name, choice.match, file.headers, answer.said) if choice.match else ()
    why = None if choice.candidates or answer.format else report_of(file.headers, formats)
    known = Inspection(
        name=source.name,
        sha256=source.sha256,
        size=source.size,
        encoding=file.encoding,
        delimiter=file.delimiter if file.lines is None else None,
        dates=Told(answer.dates, "answered") if answer.dates else Told(None, "unknown"),
        timezone=told_zone(choice.match, answer, None, file.trailing, source.is_workbook),
        header_line=file.header_line,
        headers=file.headers,
        first_rows=_first_rows(file),
        notes=(
            *([f"{source.name} {why}"] if why else []),
            *file.notes,
            *unsure,
            *trailing_notes(source.name, file.trailing),
        ),
        candidates=choice.candidates,
        is_certain=choice.is_certain,
        kind=choice.kind,
        places=choice.places,
        questions=(*doubt, *choice.questions),
        match=choice.match,
    )
    return _with_dates(known, file, choice, answer, workshop, number, queries, limits.rows) if choice.match else known


def _with_dates(
    known: Inspection,
    file: Prepared,
    choice: Choice,
    answer: Answer,
    workshop: Path,
    number: int,
    queries: Path,
    most_rows: int | None,
) -> Inspection:
    """The same with what all instants of the file tell of their layout and zone; raises TooManyRows."""
    match = choice.match
    assert match is not None
    statements = {path.stem: path.read_text(encoding="utf-8") for path in sorted((queries / "intake").glob("*.sql"))}
    kind = match.file_kind.kind
    with duckdb.connect() as con:
        con.execute(f"set memory_limit = '{MEMORY_MIB}MiB'")
        con.execute("set temp_directory = ?", [str(workshop / "spill")])
        for name in statements:
            if name.startswith("raw_") or name == "as_plain_signs":
                run_statement(con, name, statements[name], {})
        room = workshop / f"looked_at_{number}"
        room.mkdir(exist_ok=True)
        try:
            loaded = load(con, statements[f"read_{kind}"], 0, file, match, room, most_rows)
        except TooManyRows:
            raise
        except Refused as refusal:
            return replace(known, notes=(*known.notes, str(refusal)))
        settled = settle_dates(con, statements["date_evidence"], 0, match.format, answer.dates)
    timezone = told_zone(match, answer, None, loaded.trailing, file.source.is_workbook)
    zone = zone_question(timezone, settled)
    return replace(
        known,
        dates=settled.told,
        timezone=timezone,
        notes=(*known.notes, *overlooked_headers(known.name, known.headers, match)),
        questions=(*known.questions, *settled.questions, *zone),
    )


def _first_rows(file: Prepared) -> tuple[tuple[str, ...], ...]:
    records = islice(file.rows(), FIRST_ROWS)
    return tuple(tuple(fields_of(record.text, file.mark) or (record.text,)) for record in records)
