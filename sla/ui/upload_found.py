"""What is in a file in hand: what it was recognised as, how surely, its rows, and what only a person can say."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from sla.intake.formats import COLUMNS, FileKind, Format
from sla.intake.inspection import Answer, Inspection, Question
from sla.intake.questions import UNKNOWN
from sla.ui import blocks, documents, upload_rows
from sla.ui.filters import say_anew
from sla.ui.upload_look import Look
from sla.words import Words
from sla.words import upload as sentences

OWN = "standard"  # a table of nobody's format is read as the standard one, by the columns that the person names
_ANSWERS = "upload answers"
_OFFERED = "upload formats offered"
_ASKED = "upload questions asked"


def answers() -> Mapping[str, Answer]:
    """What the person said of each file so far, by the file's SHA-256."""
    said: Mapping[str, Answer] = st.session_state.get(_ANSWERS, {})
    return said


def forget_answers() -> None:
    """Lets go of all of it."""
    for key in (_ANSWERS, _OFFERED, _ASKED):
        st.session_state.pop(key, None)


def every(looks: Sequence[Look], formats: Mapping[str, Format], words: Words) -> None:
    """Draws a card for each file, packed ones too, with what is asked of it."""
    number = 0
    for look in looks:
        if look.refusal is not None:
            number += 1
            unreadable(look.file.name, look.refusal, number, words)
        if look.is_again:
            blocks.quiet(words("upload.warning.twice", file=sentences.short(look.file.name, 80)), words)
        for inspection in look.inspections:
            number += 1
            found(inspection, number, formats, words)


def found(inspection: Inspection, number: int, formats: Mapping[str, Format], words: Words) -> None:
    """Draws what is known of a file and asks for the rest; what is said stands in `answers` from the next run on."""
    with st.container(key=f"upload-file-{number}", border=True):
        blocks.subheading(sentences.short(inspection.name, 80), words)
        blocks.paragraph(sentences.recognised(inspection, answers().get(inspection.sha256), words), words)
        documents.facts(sentences.traits(inspection, words), words)
        upload_rows.first_rows(inspection.headers, inspection.first_rows, words)
        for note in inspection.notes:
            documents.paragraphs([documents.Quoted(note, "en")], words)
        _ask_what(inspection, formats, words)
        for question in _asked(inspection):
            _ask(inspection, question, words)
        _ask_of_format(inspection, words)
        _ask_columns(inspection, formats, words)


def unreadable(name: str, reason: str, number: int, words: Words) -> None:
    """Says of a file that it cannot be read, and why, as the reader of exports gives it."""
    with st.container(key=f"upload-file-{number}", border=True):
        blocks.subheading(sentences.short(name, 80), words)
        blocks.notice(words("upload.unreadable"), words)
        blocks.quiet(words("upload.reason"), words)
        documents.paragraphs([documents.Quoted(reason, "en")], words)


def _ask_what(inspection: Inspection, formats: Mapping[str, Format], words: Words) -> None:
    """What the file is: one of the formats that fit, or another table whose columns the person names."""
    offered: dict[str, tuple[str, ...]] = st.session_state.setdefault(_OFFERED, {})
    answer = answers().get(inspection.sha256, Answer())
    if answer.format is None or inspection.sha256 not in offered:
        offered[inspection.sha256] = tuple(
            f"{match.format.name}/{match.file_kind.kind}" for match in inspection.candidates
        )
    known = offered[inspection.sha256]
    own = [f"{OWN}/{kind}" for kind in upload_rows.ASKED_FIRST if f"{OWN}/{kind}" not in known]
    chosen = f"{answer.format}/{answer.kind}" if answer.format else (known[0] if inspection.is_certain else None)
    options = [*known, *own]
    widget = f"upload what {inspection.sha256}"

    def named(option: str) -> str:
        name, _, kind = option.partition("/")
        if option in own:
            return words("upload.ask.own", row=words.named("upload.row", kind))
        title = sentences.title(name, formats[name].title, words)
        return words("upload.ask.fits", format=title, kind=words.named("upload.kind", kind))

    say_anew(widget)
    st.selectbox(
        words("upload.ask.format"),
        options,
        index=options.index(chosen) if chosen in options else None,
        format_func=named,
        placeholder=words("upload.ask.unanswered"),
        key=widget,
        on_change=_say_what,
        args=(inspection.sha256, widget),
    )


def _asked(inspection: Inspection) -> Sequence[Question]:
    """What is asked of a file, and what was asked and answered before: an answer can be changed."""
    asked: dict[tuple[str, str], Question] = st.session_state.setdefault(_ASKED, {})
    for question in inspection.questions:
        asked[inspection.sha256, question.kind] = question
    answer = answers().get(inspection.sha256, Answer())
    is_answered = {"dates": answer.dates, "encoding": answer.encoding}
    open_now = {question.kind for question in inspection.questions}
    return [
        asked[inspection.sha256, kind]
        for kind, said in is_answered.items()
        if kind in open_now or (said and (inspection.sha256, kind) in asked)
    ]


def _ask(inspection: Inspection, question: Question, words: Words) -> None:
    """A question with a few answers, told by the file's own values; formats, columns and zones are asked elsewhere."""
    match question.kind:
        case "dates":
            asked = words("upload.ask.dates_plain", value=sentences.short(question.what[0]))
            shown = {order: sentences.reading(question.what[0], order, words) for order in question.options}
        case "encoding":
            asked = words("upload.ask.encoding")
            shown = {
                encoding: words("upload.ask.encoding_option", text=sentences.short(text, 80), encoding=encoding)
                for encoding, text in zip(question.options, question.what, strict=False)
            }
        case _:
            return
    widget = f"upload {question.kind} {inspection.sha256}"
    answer = answers().get(inspection.sha256, Answer())
    said = answer.dates if question.kind == "dates" else answer.encoding
    options = list(shown)
    say_anew(widget)
    st.radio(
        sentences.as_label(asked),
        options,
        index=options.index(said) if said in options else None,
        format_func=lambda option: sentences.as_label(shown[option]),
        key=widget,
        on_change=_say,
        args=(inspection.sha256, question.kind, widget),
    )


def _ask_of_format(inspection: Inspection, words: Words) -> None:
    """What the format could not know: asked of the person; who cannot say leaves unread what it is about."""
    if not inspection.candidates:
        return
    said = answers().get(inspection.sha256, Answer()).said
    asked_now = {question.what[0] for question in inspection.questions if question.kind == "said"}
    for question in inspection.candidates[0].format.questions:
        if question.code not in asked_now and question.code not in said:
            continue
        options = {option.code: option.text.get(words.language, option.text["en"]) for option in question.options}
        options |= {UNKNOWN: words("upload.ask.said_unknown")}
        widget = f"upload said {question.code} {inspection.sha256}"
        say_anew(widget)
        st.radio(
            sentences.as_label(question.text.get(words.language, question.text["en"])),
            list(options),
            index=list(options).index(said[question.code]) if said.get(question.code) in options else None,
            format_func=lambda option, options=options: sentences.as_label(options[option]),
            key=widget,
            on_change=_say_of_format,
            args=(inspection.sha256, question.code, widget),
        )
        if said.get(question.code) == UNKNOWN:
            names = words.listed(words.named("upload.column", column) for column in question.columns)
            blocks.quiet(words("upload.ask.said_left", columns=names), words)


def _ask_columns(inspection: Inspection, formats: Mapping[str, Format], words: Words) -> None:
    kind = inspection.kind
    if kind is None:
        return
    answer = answers().get(inspection.sha256, Answer())
    file_kind = _file_kind(inspection, answer, kind, formats)
    needed = frozenset(group[0] for group in file_kind.needs if len(group) == 1)
    sha256 = inspection.sha256
    upload_rows.ask_columns(
        f"{sha256[:16]} {answer.format} {kind}",
        kind,
        COLUMNS[kind],
        needed,
        inspection.places,
        inspection.headers,
        inspection.first_rows,
        words,
        lambda column, widget: _say_column(sha256, column, widget),
    )


def _file_kind(inspection: Inspection, answer: Answer, kind: str, formats: Mapping[str, Format]) -> FileKind:
    if inspection.candidates:
        return inspection.candidates[0].file_kind
    named = formats.get(answer.format or OWN, formats[OWN])
    return next(file_kind for file_kind in (*named.files, *formats[OWN].files) if file_kind.kind == kind)


def _change(sha256: str, answer: Answer) -> None:
    st.session_state[_ANSWERS] = {**answers(), sha256: answer}


def _say_what(sha256: str, widget: str) -> None:
    option: str | None = st.session_state[widget]
    if option is not None:
        name, _, kind = option.partition("/")
        before = answers().get(sha256, Answer())
        _change(sha256, Answer(format=name, kind=kind, encoding=before.encoding, delimiter=before.delimiter))


def _say(sha256: str, kind: str, widget: str) -> None:
    before, said = answers().get(sha256, Answer()), st.session_state[widget]
    _change(sha256, replace(before, dates=said) if kind == "dates" else replace(before, encoding=said))


def _say_of_format(sha256: str, code: str, widget: str) -> None:
    before = answers().get(sha256, Answer())
    _change(sha256, replace(before, said={**before.said, code: st.session_state[widget]}))


def _say_column(sha256: str, column: str, widget: str) -> None:
    place: int | None = st.session_state[widget]
    before = answers().get(sha256, Answer())
    columns = {**(before.columns or {}), column: None if place == upload_rows.ABSENT else place}
    _change(sha256, replace(before, columns=columns))
