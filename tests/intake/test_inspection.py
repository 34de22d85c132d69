"""What is told of a file before it is read, what is asked, and a mapping by hand that is kept as a format."""

from dataclasses import replace
from pathlib import Path

import pytest
from intake_runs import ROOT, run, write

from sla.errors import Refused
from sla.intake.formats import Format, read_format, read_formats
from sla.intake.formats_writing import format_name, format_text
from sla.intake.inspection import Answer, Inspection, Question, Told, inspect
from sla.intake.sources import LIMITS

FORMATS = read_formats(ROOT / "data" / "formats")
GERMAN = "Vorgang;Angelegt;Thema;Extra\na;03/02/2026 09:00;Vídeo;1\nb;04/05/2026 10:00;x;2\n"


def looked_at(
    tmp_path: Path, text: str | bytes, answer: Answer | None = None, formats: dict[str, Format] = FORMATS
) -> Inspection:
    path = write(tmp_path, {"t.csv": text}) / "t.csv"
    workshop = tmp_path / "workshop"
    workshop.mkdir(exist_ok=True)
    [found] = inspect([path], formats, workshop)
    if answer:
        [found] = inspect([path], formats, workshop, {found.sha256: answer})
    return found


def test_what_is_known_of_a_file_is_told_with_how_it_is_known(tmp_path: Path) -> None:
    text = "Report of March\n\nticket_id;created_at;Other\r\na;13/02/2026 09:00;x\nb;01/02/2026;y\n"
    found = looked_at(tmp_path, text)
    assert (found.encoding, found.delimiter) == (Told("utf-8", "seen"), Told(";", "seen"))
    assert found.header_line == 3
    assert (found.dates.value, found.dates.certainty, found.dates.evidence) == ("dmy", "seen", "13/02/2026 09:00")
    assert found.headers == ("ticket_id", "created_at", "Other")
    assert found.first_rows == (("a", "13/02/2026 09:00", "x"), ("b", "01/02/2026", "y"))
    assert (found.is_certain, found.kind, dict(found.places)) == (True, "tickets", {"ticket_id": 0, "created_at": 1})
    assert [question.kind for question in found.questions] == ["timezone"]
    assert found.must_be_asked == ()
    assert found.notes == ("t.csv has its headers on line 3; before them stands: Report of March",)


def test_only_what_must_be_known_is_asked(tmp_path: Path) -> None:
    found = looked_at(tmp_path, "ticket_id,created_at\na,03/02/2026 09:00+01:00\nb,05/04/2026 09:00+01:00\n")
    assert found.questions == (Question("dates", ("03/02/2026 09:00+01:00", "05/04/2026 09:00+01:00"), ("dmy", "mdy")),)
    assert looked_at(tmp_path, "ticket_id,created_at\na,2026-01-01T00:00:00Z\n").questions == ()


@pytest.mark.parametrize(
    ("headers", "guessed"),
    [
        (
            "Nr;Chamado;Data de abertura;Prioridade;Solução",
            {"ticket_id": 1, "created_at": 2, "severity": 3, "solved_at": 4},
        ),
        ("x;رقم التذكرة;تاريخ الإنشاء;الأولوية", {"ticket_id": 1, "created_at": 2, "severity": 3}),
        ("Case Number,Date/Time Opened,Case Owner", {"ticket_id": 0, "created_at": 1, "agent": 2}),
        (
            "Ticket Mask ID,Created On,First Staff Reply,Resolved On",
            {"ticket_id": 0, "created_at": 1, "first_reply_at": 2, "solved_at": 3},
        ),
        ("Nº;Data de abertura;1ª resposta", {"ticket_id": 0, "created_at": 1, "first_reply_at": 2}),
        (
            "ref,created,first_answer,done,prio",
            {"ticket_id": 0, "created_at": 1, "first_reply_at": 2, "solved_at": 3, "severity": 4},
        ),
        (
            "Ticket ID,Created At,Time to First Response,Time to Resolution",
            {"ticket_id": 0, "created_at": 1, "first_reply_at": 2, "solved_at": 3},
        ),
    ],
)
def test_columns_of_an_unknown_export_are_guessed_in_three_languages(
    tmp_path: Path, headers: str, guessed: dict[str, int]
) -> None:
    mark = ";" if ";" in headers else ","
    found = looked_at(tmp_path, headers + "\n" + mark.join("1" for _ in headers.split(mark)) + "\n")
    assert (found.candidates, found.match, dict(found.places)) == ((), None, guessed)
    assert [question.kind for question in found.questions] == ["format"]


def test_columns_that_are_needed_and_not_named_are_asked_for(tmp_path: Path) -> None:
    found = looked_at(tmp_path, GERMAN, Answer(format="standard", kind="tickets", columns={"ticket_id": 0}))
    assert found.questions == (Question("columns", ("created_at",), ()),)
    found = looked_at(
        tmp_path, GERMAN, Answer(format="standard", kind="tickets", columns={"ticket_id": 0, "created_at": 1})
    )
    assert [question.kind for question in found.questions] == ["dates", "timezone"]
    assert found.match


def test_a_mapping_by_hand_is_kept_as_a_format_that_reads_the_next_export_by_itself(tmp_path: Path) -> None:
    columns = {"ticket_id": 0, "created_at": 1, "subject": 2}
    answer = Answer(format="standard", kind="tickets", columns=columns, dates="dmy", timezone="America/Sao_Paulo")
    found = looked_at(tmp_path, GERMAN, answer)
    title = 'Desk of "Example" é'
    text = format_text(found, answer, title)
    own = read_format("desk_of_example_e.toml", text.encode())
    assert (own.name, own.title, own.dates, own.timezone) == (format_name(title), title, "dmy", "America/Sao_Paulo")
    again = looked_at(tmp_path, GERMAN.replace("a;", "c;"), formats={**FORMATS, own.name: own})
    assert (again.is_certain, again.candidates[0].format.name, again.questions) == (True, own.name, ())
    folder = write(tmp_path / "formats", {f"{own.name}.toml": text})
    got = run([tmp_path / "t.csv"], formats_dir=folder)
    assert [ticket_id for (ticket_id,) in got.rows("tickets", "ticket_id")] == ["b", "c"]


def test_a_mapping_that_is_not_whole_or_has_no_headers_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be saved as a format yet"):
        format_text(looked_at(tmp_path, GERMAN), Answer(), "x")
    answer = Answer(format="standard", kind="tickets", columns={"ticket_id": 0, "created_at": 1})
    text = GERMAN.replace("Angelegt", "Vorgang")
    with pytest.raises(Refused, match="the column for created_at has no header of its own: 'Vorgang'"):
        format_text(looked_at(tmp_path, text, replace(answer, dates="dmy")), answer, "x")


@pytest.mark.parametrize(
    ("title", "name"), [("Ações & Cia.", "acoes_cia"), ("../../etc", "etc"), ("دعم", "own"), ("", "own")]
)
def test_a_name_of_a_format_is_a_plain_one(title: str, name: str) -> None:
    assert format_name(title) == name


def test_durations_where_dates_were_looked_for_are_told_and_kept_as_a_format(tmp_path: Path) -> None:
    text = "Case;Opened;Time to First Response\na;2026-03-02 09:00;0h 37m\n"
    found = looked_at(tmp_path, text, Answer(format="standard", kind="tickets", columns={"ticket_id": 0}))
    assert found.places["first_reply_at"] == 2  # where the person looks for it
    assert "'Time to First Response' says how long it took, such as '0h 37m', and no date" in found.notes[0]
    assert 'first_reply_hours = ["Time to First Response"]' in format_text(found, Answer(), "desk")


def test_more_rows_than_are_allowed_are_told_before_anything_is_asked(tmp_path: Path) -> None:
    write(tmp_path, {"t.csv": "ticket_id,created_at\na,03/02/2026 09:00\nb,05/04/2026 09:00\n"})
    assert inspect([tmp_path / "t.csv"], FORMATS, tmp_path, limits=replace(LIMITS, rows=2))[0].questions
    with pytest.raises(Refused, match=r"t\.csv has more than 1 rows: expected at most that many; split it by date"):
        inspect([tmp_path / "t.csv"], FORMATS, tmp_path, limits=replace(LIMITS, rows=1))


@pytest.mark.parametrize(
    "written", ["02/mar/26 9:14 AM", "2 de março de 2026 às 09:14", "02-03-2026", "13/3/26 9:15 PM"]
)
def test_the_zone_is_asked_for_however_a_time_without_one_is_written(tmp_path: Path, written: str) -> None:
    found = looked_at(tmp_path, f"ticket_id;created_at\na;{written}\nb;13-03-2026\n")
    assert [question.kind for question in found.questions] == ["timezone"]


@pytest.mark.parametrize("written", ["13/03/2026 10:15 +02:00", "Mon, 2 Mar 2026 09:14:11 GMT", "2026-03-13T10:15:00Z"])
def test_no_zone_is_asked_for_where_each_time_has_one(tmp_path: Path, written: str) -> None:
    assert looked_at(tmp_path, f"ticket_id;created_at\na;{written}\n").questions == ()


def test_who_opened_a_ticket_and_its_sla_are_not_guessed_to_be_words_of_the_standard_export(tmp_path: Path) -> None:
    found = looked_at(tmp_path, "Chamado;Aberto em;Aberto por;SLA\na;2026-03-02T09:00:00Z;Um;Ouro\n")
    assert dict(found.places) == {"ticket_id": 0, "created_at": 1, "requester": 2}
