"""What a file is read as: by its headers, by what a person said, or not yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sla.errors import Refused
from sla.intake.formats import COLUMNS, UNTOLD, FileKind, Format, header_key
from sla.intake.guessing import guessed_kind, guessed_places
from sla.intake.questions import Answer, Question
from sla.intake.recognition import Match, match_of, matches, missing_needs, recognise, shown
from sla.intake.unconfirmed import is_sure, settled

STANDARD = "standard"
NAMED_BY_HAND = "named_by_hand"  # among the constants of a table that is the standard export by a person's word alone


@dataclass(frozen=True)
class Choice:
    """What a file can be, best first, and what it is going to be read as; None where that must be asked.

    `places`: those of `match`, or as far as they are known or guessed. `kind`: None where nobody knows.
    """

    candidates: tuple[Match, ...]
    is_certain: bool
    match: Match | None
    kind: str | None
    places: Mapping[str, int]
    questions: tuple[Question, ...]


def choose(headers: Sequence[str], formats: Mapping[str, Format], answer: Answer, wanted: str | None) -> Choice:
    """What a file with these headers is; `wanted` is a format for every file, `answer` is of this one alone."""
    found = matches(headers, formats, answer.format or wanted, answer.kind)
    is_certain = len(found) == 1 or (len(found) > 1 and found[0].weight > found[1].weight)
    if is_certain or (found and answer.format):
        return _chosen(tuple(found), _answered(found[0], answer, headers), answer)
    if found:
        options = tuple(f"{match.format.name}/{match.file_kind.kind}" for match in found)
        question = Question("format", (), options)
        return Choice(tuple(found), False, None, found[0].file_kind.kind, found[0].places, (question,))
    if answer.format or answer.kind or answer.columns:
        return _chosen((), _answered(_by_hand(headers, formats, answer), answer, headers), answer)
    kind = guessed_kind(headers)
    return Choice((), False, None, None, guessed_places(headers, kind, {}), (Question("format", (), ()),))


def require_match(
    file: str, headers: Sequence[str], formats: Mapping[str, Format], wanted: str | None, choice: Choice
) -> Match:
    """What the file is read as; raises `Refused` where a person would have to say it first."""
    if choice.match is not None:
        return choice.match
    for question in choice.questions:
        if question.kind == "columns":
            raise Refused(f"{file} has no column for {', '.join(question.what)}: its headers are {shown(headers)}.")
    return recognise(file, headers, formats, wanted)


def _chosen(candidates: tuple[Match, ...], match: Match, answer: Answer) -> Choice:
    match, asked = settled(match, answer)
    is_named = is_sure(match) or answer.format is not None
    unsure = () if is_named else (Question("format", (), (f"{match.format.name}/{match.file_kind.kind}",)),)
    missing = tuple("|".join(group) for group in missing_needs(match.file_kind, match.places))
    questions = (*unsure, *((Question("columns", missing, ()),) if missing else ()), *asked)
    kind = match.file_kind.kind
    is_certain = bool(candidates) and is_named
    return Choice(candidates, is_certain, None if missing else match, kind, match.places, questions)


def _by_hand(headers: Sequence[str], formats: Mapping[str, Format], answer: Answer) -> Match:
    """These headers as a kind of file that they are not all of; what is not known of the standard export is guessed."""
    name = answer.format or STANDARD
    if name not in formats:
        raise Refused(f"There is no format {name!r}: expected one of {', '.join(formats)}.")
    kind = answer.kind or guessed_kind(headers)
    own = next((file_kind for file_kind in formats[name].files if file_kind.kind == kind), None)
    format_ = formats[name]
    if own is None:
        format_ = formats.get(STANDARD, format_)
        own = next((file_kind for file_kind in format_.files if file_kind.kind == kind), None)
    if own is None:
        raise Refused(f"The format {name} has no {kind}: expected one of {', '.join(COLUMNS)}.")
    is_standard = format_.name == STANDARD
    # Some helpdesk's own: without a column of replies it tells of none (D31, D32).
    if is_standard and kind == "tickets":
        own = replace(own, untold=tuple(UNTOLD), constants={**own.constants, NAMED_BY_HAND: "yes"})
    match = match_of(format_, own, [header_key(header) for header in headers])
    guessed = guessed_places(headers, kind, match.places) if is_standard else match.places
    return replace(match, places={column: guessed[column] for column in COLUMNS[kind] if column in guessed})


def _answered(match: Match, answer: Answer, headers: Sequence[str]) -> Match:
    """The match with the columns that a person named in place of those that were recognised."""
    if not answer.columns:
        return match
    kind: FileKind = match.file_kind
    said = {column: place for column, place in answer.columns.items() if column in COLUMNS[kind.kind]}
    for column, place in said.items():
        if place is not None and not 0 <= place < len(headers):
            raise Refused(f"{column} is to be column {place + 1}: expected one of the file's {len(headers)}.")
    named = {place for place in said.values() if place is not None}
    kept = {column: place for column, place in match.places.items() if column not in said and place not in named}
    places = kept | {column: place for column, place in said.items() if place is not None}
    repeats = {column: further for column, further in match.repeats.items() if column in kept}
    return replace(match, places=places, repeats=repeats)
