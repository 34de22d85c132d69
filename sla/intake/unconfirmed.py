"""What a format leaves to the person: its questions, headers that nobody confirmed, and what the export cannot tell."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sla.intake.formats import UNTOLD
from sla.intake.questions import Answer, Question
from sla.intake.recognition import Match


def settled(match: Match, answer: Answer) -> tuple[Match, tuple[Question, ...]]:
    """The match as far as a person's answer lets it be read, and what is still asked.

    Columns of a question without an answer are not read, but those that the person named by hand. What the file then
    cannot tell stands in the constant `untold`.
    """
    places = dict(match.places)
    constants = dict(match.file_kind.constants)
    asked = []
    by_hand = {column for column, place in (answer.columns or {}).items() if place is not None}
    for question in match.format.questions:
        columns = [column for column in question.columns if column in places and column not in by_hand]
        if not columns:
            continue
        option = question.option(answer.said.get(question.code, ""))
        if option is None:
            asked.append(Question("said", (question.code,), tuple(option.code for option in question.options)))
        else:
            constants |= option.constants
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


def unconfirmed_notes(name: str, match: Match, headers: Sequence[str], asked: Sequence[Question]) -> list[str]:
    """What is not certain of how the file is read, in sentences."""
    notes = []
    if match.file_kind.confirmed != "seen":
        how = "follow from other programs" if match.file_kind.confirmed == "inferred" else "could not be confirmed"
        read = ", ".join(f"{headers[place]!r} as {column}" for column, place in match.places.items())
        notes.append(f"{name}: the headers of {match.format.title} {how}; check them. Read: {read}.")
    questions = {question.code: question for question in match.format.questions}
    for question in asked:
        told = questions[question.what[0]]
        options = " or ".join(f"--say {told.code}={option.code} ({option.text['en']})" for option in told.options)
        notes.append(f"{name}: {told.text['en']} Nobody said, so {', '.join(told.columns)} was not read: {options}.")
    return notes


def unknown_answers(said: Mapping[str, str], known: Sequence[Match]) -> list[str]:
    """Answers, as ID=ANSWER, that fit no question of these files' formats."""
    questions = [question for match in known for question in match.format.questions]
    return [
        f"{code}={option}"
        for code, option in said.items()
        if not any(question.code == code and question.option(option) for question in questions)
    ]
