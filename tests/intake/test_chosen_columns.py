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
