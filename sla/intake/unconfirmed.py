"""What a format leaves to the person: its questions, headers that nobody confirmed, and what the export cannot tell."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sla.errors import Refused
from sla.intake.format_questions import FormatQuestion
from sla.intake.formats import UNTOLD, header_key
from sla.intake.questions import UNKNOWN, Answer, Question
from sla.intake.recognition import Match


def settled(match: Match, answer: Answer) -> tuple[Match, tuple[Question, ...]]:
    """The match as far as a person's answer lets it be read, and what is still asked.

    Columns of a question that nobody can answer are not read, but those that the person named by hand. What the file
    then cannot tell stands in the constant `untold`.
    """
    places = dict(match.places)
    constants = dict(match.file_kind.constants)
    asked = []
    by_hand = {column for column, place in (answer.columns or {}).items() if place is not None}
    for question in match.format.questions:
        columns = [column for column in question.columns if column in places and column not in by_hand]
        if not columns:
            continue
        said = answer.said.get(question.code, "")
        option = question.option(said)
        if option is None and said != UNKNOWN:
            asked.append(Question("said", (question.code,), tuple(option.code for option in question.options)))
        constants |= option.constants if option else {}
        for column in columns if option is None else option.without:
            places.pop(column, None)
    if untold := [what for what in match.file_kind.untold if not any(column in places for column in UNTOLD[what])]:
        constants["untold"] = ",".join(untold)
    repeats = {column: further for column, further in match.repeats.items() if column in places}
    file_kind = replace(match.file_kind, constants=constants)
    return replace(match, file_kind=file_kind, places=places, repeats=repeats), tuple(asked)


def told_by_events(matches: Sequence[Match]) -> list[Match]:
    """The matches of files that are read together: where a helpdesk's messages are there too, they tell of replies."""
    with_events = {match.format.name for match in matches if match.file_kind.kind == "events"}
    return [_without_first_reply(match) if match.format.name in with_events else match for match in matches]


def _without_first_reply(match: Match) -> Match:
    constants = dict(match.file_kind.constants)
    untold = [what for what in constants.pop("untold", "").split(",") if what and what != "first_reply"]
    constants |= {"untold": ",".join(untold)} if untold else {}
    return replace(match, file_kind=replace(match.file_kind, constants=constants))


def is_sure(match: Match) -> bool:
    """Whether the headers without which the file cannot be read are certain to be this format's."""
    needed = {column for group in match.file_kind.needs for column in group}
    doubted = needed.intersection(match.file_kind.unverified).intersection(match.places)
    return match.file_kind.confirmed != "unverified" and not doubted


def require_said(name: str, match: Match, asked: Sequence[Question]) -> None:
    """Raises `Refused` with what the format of file `name` asks and nobody answered, and with the answers."""
    questions = {question.code: question for question in match.format.questions}
    told = [_with_answers(questions[question.what[0]]) for question in asked if question.kind == "said"]
    if told:
        raise Refused(f"{name} is read as an export of {match.format.title}, which leaves open: {' '.join(told)}")


def _with_answers(question: FormatQuestion) -> str:
    answers = [f"--say {question.code}={option.code} ({option.text['en']})" for option in question.options]
    left = f"--say {question.code}={UNKNOWN} (nobody knows: {', '.join(question.columns)} will not be read)"
    return f"{question.text['en']} Answer with {', '.join(answers)} or {left}."


def unconfirmed_notes(name: str, match: Match, headers: Sequence[str], said: Mapping[str, str]) -> list[str]:
    """What is not certain of how the file is read, in sentences; `said` are the answers to the format's questions."""
    notes = []
    doubted = [column for column in match.file_kind.unverified if column in match.places]
    if match.file_kind.confirmed != "seen" or doubted:
        how = "follow from other programs" if match.file_kind.confirmed == "inferred" else "could not be confirmed"
        unsure = doubted if match.file_kind.confirmed == "seen" else list(match.places)
        which = "some headers" if match.file_kind.confirmed == "seen" else "the headers"
        read = ", ".join(f"{headers[match.places[column]]!r} as {column}" for column in unsure)
        notes.append(f"{name}: {which} of {match.format.title} {how}; check them. Read: {read}.")
    keys = {header_key(header) for header in headers}
    for question in match.format.questions:
        left = [column for column in question.columns if column not in match.places and _stands(match, column, keys)]
        if left and said.get(question.code) == UNKNOWN:
            notes.append(f"{name}: {question.text['en']} Nobody could say, so {', '.join(left)} was not read.")
    return notes


def _stands(match: Match, column: str, keys: set[str]) -> bool:
    return any(header_key(spelling) in keys for spelling in match.file_kind.columns.get(column, ()))


def unknown_answers(said: Mapping[str, str], known: Sequence[Match]) -> list[str]:
    """Answers, as ID=ANSWER, that fit no question of these files' formats."""
    questions = [question for match in known for question in match.format.questions]
    return [
        f"{code}={option}"
        for code, option in said.items()
        if not any(question.code == code and (option == UNKNOWN or question.option(option)) for question in questions)
    ]
