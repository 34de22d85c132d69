"""What is going to be read, and how: each file with its format, its zone and what a person said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import available_timezones

from sla.errors import Refused
from sla.intake.choice import Choice, choose, require_match
from sla.intake.dates import Settled
from sla.intake.decoding import LEGACY
from sla.intake.formats import DATES, Format
from sla.intake.overlooked import filled, overlooked_headers
from sla.intake.preparation import Prepared, prepare
from sla.intake.questions import Answer, Question, Told
from sla.intake.reading import Loaded
from sla.intake.recognition import Match, how_well
from sla.intake.sources import Limits, Source
from sla.intake.times_taken import told_as_times_taken
from sla.intake.unconfirmed import unconfirmed_notes


@dataclass(frozen=True)
class Plan:
    """A file that is going to be read. `dates`: what a person said of their layout. `given`: the zone of every file.

    `asked`: what the format asks and nobody answered.
    """

    file: Prepared
    match: Match
    answer: Answer
    given: str | None
    asked: tuple[Question, ...] = ()

    @property
    def source(self) -> Source:
        """The file as it was given."""
        return self.file.source

    @property
    def dates(self) -> str | None:
        """The layout of dates that a person named."""
        return self.answer.dates

    def zone(self, trailing: Sequence[str]) -> Told:
        """The zone of instants without an offset; raises `Refused` where what names it names none."""
        told = told_zone(self.match, self.answer, self.given, trailing, self.source.is_workbook)
        if told.value is None or told.certainty == "answered":
            require_zone(told.value, "the answer" if self.answer.timezone else "--timezone")
            return told
        zone = _zone_named(told.value)
        require_zone(zone, self.source.name if told.certainty == "seen" else f"format {self.match.format.name}")
        return replace(told, value=zone)

    def notes(self, read: "Read") -> list[str]:
        """What is worth knowing of how the file was read, in sentences."""
        file = self.file
        encoding = file.encoding.value
        shown = [f"{file.source.name} was read as {encoding}."] if encoding not in ("utf-8", "xlsx") else []
        order = {"dmy": "day first", "mdy": "month first"}.get(read.dates)
        seen = f", as {read.settled.told.evidence} shows" if read.settled.told.evidence else ""
        how = {"seen": seen, "answered": ", as was said", "format": ", as its format says"}
        certainty = read.settled.told.certainty
        shown += [f"{file.source.name} has its dates {order}{how.get(certainty, '')}."] if order else []
        settled = [f"{file.source.name}: {note}" for note in read.settled.notes]
        unsure = unconfirmed_notes(file.source.name, self.match, file.headers, self.answer.said)
        overlooked = overlooked_headers(file.source.name, file.headers, self.match)
        return [
            *file.notes,
            *overlooked,
            *shown,
            *settled,
            *unsure,
            *trailing_notes(file.source.name, read.loaded.trailing),
        ]


@dataclass(frozen=True)
class Read:
    """A file that was read. `dates`: the layout of its instants."""

    loaded: Loaded
    settled: Settled
    dates: str
    zone: Told


def plan_file(
    source: Source,
    room: Path,
    number: int,
    formats: Mapping[str, Format],
    answer: Answer,
    for_all: Answer,
    limits: Limits,
) -> Plan:
    """The plan for one file: `answer` is what a person said of it, `for_all` what they said of every file.

    Raises `Refused` where something must be asked first.
    """
    own = replace(answer, dates=answer.dates or for_all.dates, encoding=answer.encoding or for_all.encoding)
    own = replace(own, said={**for_all.said, **answer.said})
    if own.dates not in (None, *DATES):
        raise Refused(f"{source.name}: the dates {own.dates!r} are unknown; expected one of {', '.join(DATES)}.")
    file = prepare(source, room, number, own, limits, lambda headers: how_well(headers, formats))
    if file.doubt:
        first, second = (
            f"{encoding} ({text.strip()[:60]!r})" for encoding, text in zip(LEGACY, file.doubt, strict=True)
        )
        raise Refused(f"{source.name} may be in {first} or in {second}: say which with --encoding.")
    choice = choose(file.headers, formats, own, for_all.format)
    match = require_match(source.name, file.headers, formats, for_all.format, choice)
    match, file = settled(match, file, choice, own)
    plan = Plan(file, match, own, for_all.timezone, tuple(asked for asked in choice.questions if asked.kind == "said"))
    plan.zone(file.trailing)
    return plan


def require_zone(zone: str | None, where: str) -> None:
    """Raises `Refused` for what is no zone; `where` says who named it."""
    if zone is not None and (zone not in available_timezones() or zone == "localtime"):
        raise Refused(f"{where} names the zone {zone!r}: expected an IANA name such as America/Sao_Paulo or UTC.")


def settled(match: Match, file: Prepared, choice: Choice, answer: Answer) -> tuple[Match, Prepared]:
    """The match with its columns as what stands under them asks for, and the file with what there is to say of that."""
    if choice.candidates:
        return filled(match, file, answer.columns or ()), file
    match, told = told_as_times_taken(match, file)
    return match, replace(file, notes=(*file.notes, *told))


def told_zone(
    match: Match | None, answer: Answer, given: str | None, trailing: Sequence[str], is_workbook: bool
) -> Told:
    """The zone of instants without an offset: named in the file, else said of it, else the format's, else `given`."""
    if match and match.header_zone:
        return Told(match.header_zone, "seen", match.header_zone)
    if match and (found := _zone_after(match.format, trailing)):
        return Told(found[0], "seen", found[1])
    if answer.timezone:
        return Told(answer.timezone, "answered")
    if match and match.format.timezone and (match.format.timezone_in_workbooks or not is_workbook):
        return Told(match.format.timezone, "format")
    return Told(given, "answered") if given else Told(None, "unknown")


def trailing_notes(name: str, trailing: Sequence[str]) -> tuple[str, ...]:
    """What stands after the rows, as a sentence."""
    if not trailing:
        return ()
    return (f"{name} has text after its rows, which is no row: {'; '.join(text[:120] for text in trailing)}",)


def _zone_after(format_: Format, trailing: Sequence[str]) -> tuple[str, str] | None:
    """The zone that a sentence after the rows names, and that sentence; the format says how such a sentence begins."""
    words = [word.casefold() for word in format_.footer_zone]
    for sentence in trailing:
        word, _, zone = sentence.partition(":")
        if word.strip().casefold() in words and _zone_named(zone.strip()) in available_timezones():
            return _zone_named(zone.strip()), sentence
    return None


def _zone_named(zone: str) -> str:
    """The zone as it is called, whatever its case."""
    return {name.casefold(): name for name in available_timezones()}.get(zone.casefold(), zone)
