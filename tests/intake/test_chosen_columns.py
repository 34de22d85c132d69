"""Exports whose columns somebody chose, renamed or left out: what is then read, left unknown, or refused."""

import hashlib
import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from intake_runs import ROOT, intake

from sla.errors import Refused
from sla.intake.formats import read_formats
from sla.intake.questions import Answer

JIRA = "Issue Type,Issue key,Created,Custom field (Severity),Priority,Custom field (Satisfaction),Satisfaction rating\n"


def test_a_column_under_which_nothing_stands_gives_way_to_the_next_that_means_the_same(tmp_path: Path) -> None:
    rows = "Bug,A-1,02/Mar/26 9:14 AM,,High,,5\nBug,A-2,02/Mar/26 9:14 AM,Sev 1,Low,,\n"
    got = intake(tmp_path, {"j.csv": JIRA + rows}, timezone="UTC")
    assert got.rows("tickets", "ticket_id", "severity") == [("A-1", None), ("A-2", "Sev 1")]  # two scales stay apart
    assert got.rows("ratings", "ticket_id", "score") == [("A-1", 5)]
    told = "'Satisfaction rating' (column 7) was read, not 'Custom field (Satisfaction)' (column 6)"
    assert f"export/j.csv has several columns for score: {told}." in got.summary.notes


def test_a_column_that_a_person_named_stays_also_where_nothing_stands_under_it(tmp_path: Path) -> None:
    text = JIRA + "Bug,A-1,02/Mar/26 9:14 AM,,High,,5\n"
    answers = {hashlib.sha256(text.encode()).hexdigest(): Answer(columns={"severity": 3})}
    got = intake(tmp_path, {"j.csv": text}, timezone="UTC", answers=answers)
    assert got.rows("tickets", "severity") == [(None,)]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Id,Requester,Submitter,Assignee,Created at", "1,One,One,Two,2026-03-02 09:00"),
        ("Ticket ID,Created time,Due by Time,First response status", "1,2026-03-02 09:00,,"),
        ("Ticket ID,Ticket status,Create date", "1,New,2026-03-02 09:00"),
        ("ID do tíquete,Equipe do HubSpot,Data de criação", "1,Desk,2026-03-02 09:00"),
        ("Conversation ID,Conversation started at (Asia/Dubai),Current conversation state", "1,2026-03-02 09:00,open"),
        ("#,Create Channel,First Response Escalation At,Created At", "1,web,,2026-03-02 09:00"),
        ("Ticket Number,Queue,CustomerID,Created", "1,Desk,c,2026-03-02 09:00"),
        ("id,requester_id,submitter_id,created_at", "1,1,1,2026-03-02T09:00:00Z"),
    ],
)
def test_columns_are_chosen_by_people_and_one_of_replies_may_be_missing(tmp_path: Path, head: str, row: str) -> None:
    got = intake(tmp_path, {"t.csv": f"{head}\n{row}\n"}, timezone="UTC")
    assert got.rows("tickets", "ticket_id", "untold") == [("1", "first_reply")]


def test_milliseconds_since_1970_need_no_zone(tmp_path: Path) -> None:
    text = "Ticket ID,Ticket status,Create date\n1,New,1772442000000\n"
    got = intake(tmp_path, {"t.csv": text}, dates="epoch_ms")
    assert got.rows("tickets", "created_at") == [(datetime(2026, 3, 2, 9),)]
    assert not any("No zone" in note for note in got.summary.notes)


def test_verdicts_of_zendesk_itself_are_refused_with_what_they_are(tmp_path: Path) -> None:
    text = "Ticket ID,SLA metric,SLA target status\n1,First reply time,Breached\n"
    with pytest.raises(Refused, match=r"explore\.csv is a report of Zendesk with verdicts as Zendesk counts them"):
        intake(tmp_path, {"explore.csv": text})


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (
            "ID,Subject,Requester,Assignee",
            r"Nearest is zendesk \(tickets\), which needs 'Created at', 'Submitter' too\.$",
        ),
        ("ID,Título,Requerente - Requerente", r"Nearest is glpi \(tickets\), which needs 'Data de abertura' too\.$"),
        ("Vorgang,Thema", r"Known are chatwoot, .* write a format file, or put it in on the upload page\.$"),
    ],
)
def test_an_unknown_export_is_refused_with_what_it_is_most_like(tmp_path: Path, head: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        intake(tmp_path, {"t.csv": f"{head}\n1,2\n"})


def test_a_table_whose_columns_a_person_named_and_none_of_replies_tells_of_none(tmp_path: Path) -> None:
    text = "Vorgang;Angelegt;Antwort\na;2026-01-05 09:00;2026-01-05 09:30\n"
    key = hashlib.sha256(text.encode()).hexdigest()
    columns = {"ticket_id": 0, "created_at": 1}
    for number, (named, untold) in enumerate([(columns, "first_reply"), ({**columns, "first_reply_at": 2}, None)]):
        answers = {key: Answer(format="standard", kind="tickets", columns=named)}
        got = intake(tmp_path / str(number), {"t.csv": text}, answers=answers)
        assert got.rows("tickets", "untold") == [(untold,)]


def test_a_table_whose_columns_a_person_named_reaches_to_its_replies_and_solves(tmp_path: Path) -> None:
    text = "Vorgang;Angelegt;Fertig;Stand\na;2026-01-05 09:00;2026-01-05 16:00;2026-01-05 12:00\n"
    key = hashlib.sha256(text.encode()).hexdigest()
    columns = {"ticket_id": 0, "created_at": 1, "solved_at": 2}
    for number, (named, as_of) in enumerate(
        [(columns, datetime(2026, 1, 5, 16)), ({**columns, "updated_at": 3}, datetime(2026, 1, 5, 12))]
    ):
        answers = {key: Answer(format="standard", kind="tickets", columns=named)}
        got = intake(tmp_path / str(number), {"t.csv": text}, answers=answers, timezone="UTC")
        assert got.summary.as_of == as_of


@pytest.mark.parametrize(
    ("head", "first", "solved", "read"),
    [
        ("Antwort;Fertig (min)", "0h 37m", "446", (datetime(2026, 1, 5, 9, 37), datetime(2026, 1, 5, 16, 26))),
        ("Antwort;Fertig", "1 hora e 5 minutos", "31:07:12",
         (datetime(2026, 1, 5, 10, 5), datetime(2026, 1, 6, 16, 7, 12))),
        ("Antwort;Fertig", "ساعتان و ٥ دقائق", "يوم وساعة", (datetime(2026, 1, 5, 11, 5), datetime(2026, 1, 6, 10))),
        ("Antwort;Fertig", "2026-01-05 09:30", "2 days 01:00", (datetime(2026, 1, 5, 9, 30), datetime(2026, 1, 7, 10))),
    ],
)  # fmt: skip
def test_a_column_of_durations_that_a_person_named_counts_from_the_creation(
    tmp_path: Path, head: str, first: str, solved: str, read: tuple[datetime, datetime]
) -> None:
    text = f"Vorgang;Angelegt;{head}\na;2026-01-05 09:00;{first};{solved}\nb;2026-01-05 09:00;;\n"
    answer = Answer(
        format="standard",
        kind="tickets",
        columns={"ticket_id": 0, "created_at": 1, "first_reply_at": 2, "solved_at": 3},
    )
    got = intake(tmp_path, {"t.csv": text}, answers={hashlib.sha256(text.encode()).hexdigest(): answer}, timezone="UTC")
    assert got.rows("tickets", "first_reply_at", "solved_at") == [read, (None, None)]
    assert any(f"such as '{solved}', and no date" in note for note in got.summary.notes)


@pytest.mark.parametrize("value", ["37", "soon", "2026-01-05 09:30"])
def test_what_names_no_unit_or_is_no_duration_is_no_time_since_the_creation(tmp_path: Path, value: str) -> None:
    text = f"Vorgang;Angelegt;Antwort\na;2026-01-05 09:00;0h 37m\nb;2026-01-05 09:00;{value}\nc;2026-01-05 09:00;\n"
    columns = {"ticket_id": 0, "created_at": 1, "first_reply_at": 2}
    answers = {hashlib.sha256(text.encode()).hexdigest(): Answer(format="standard", kind="tickets", columns=columns)}
    got = intake(tmp_path, {"t.csv": text}, answers=answers)
    assert not [note for note in got.summary.notes if "how long it took" in note]
    assert got.reasons()[0][1].startswith('first_reply_at is "0h 37m": expected an instant')


def test_the_readmes_format_file_reads_its_helpdesk_s_export_and_no_program_is_needed(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    [text] = re.findall(r"<!-- a whole format -->\n```toml\n(.+?)```", readme, flags=re.DOTALL)
    formats = shutil.copytree(ROOT / "data" / "formats", tmp_path / "formats")
    (formats / "desk.toml").write_text(text, "utf-8")
    rows = "Case no.,Opened on,Done on,Urgency,State\n7,02/03/2026 09:00,03/03/2026 10:00,High,Done\n8,soon,,Low,New\n"
    got = intake(tmp_path, {"t.csv": rows}, timezone="UTC", formats_dir=formats)
    assert got.rows("tickets", "ticket_id", "created_at", "solved_at", "severity", "format", "untold") == [
        ("7", datetime(2026, 3, 2, 9), datetime(2026, 3, 3, 10), "High", "desk", "first_reply")
    ]
    assert [line for line, _ in got.reasons()] == [3]


def test_the_readme_names_every_format() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    table = readme.split("### Known exports")[1].split("\n**")[0]
    titles = [format_.title.split()[0].rstrip(",") for format_ in read_formats(ROOT / "data" / "formats").values()]
    assert [title for title in titles if title.casefold() not in table.casefold()] == []
