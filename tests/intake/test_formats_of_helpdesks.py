"""The formats of data/formats: each recognises its helpdesk's headers, and its clocks are those worked out by hand."""

import json
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from sla import snapshot, store
from sla.intake.formats import read_formats
from sla.intake.recognition import matches
from sla.snapshot import FORMATS

KNOWN = json.loads((Path(__file__).parent / "known_headers.json").read_text("utf-8"))


@pytest.mark.parametrize("known", KNOWN, ids=[known["export"] for known in KNOWN])
def test_headers_of_an_export_are_recognised_as_its_format(known: dict[str, object]) -> None:
    found = matches(list(known["headers"]), read_formats(FORMATS), None)  # type: ignore[call-overload]
    best = [match for match in found if match.weight == found[0].weight]
    assert [(match.format.name, match.file_kind.kind) for match in best] == [(known["format"], known["kind"])]


POLICY = """
id = "desk"
name = { en = "The desk" }
source = "invented"
[calendars.always]
timezone = "UTC"
hours = "24x7"
[[targets]]
metric = "first_response"
within = "1h"
calendar = "always"
[[targets]]
metric = "resolution"
within = "8h"
calendar = "always"
"""
Clock = tuple[str, str, str, str | None, int]


def clocks(folder: Path, files: dict[str, bytes], **options: Any) -> tuple[list[Clock], snapshot.Summary]:
    """Ticket, metric, outcome, reason and elapsed seconds of the promised clocks, judged by one hour and eight."""
    export, policies = folder / "export", folder / "policies"
    for made in (export, policies):
        made.mkdir()
    for name, content in files.items():
        (export / name).write_bytes(content)
    (policies / "desk.toml").write_text(POLICY, "utf-8")
    summary = snapshot.build([export], policies=policies, out=folder / "out", default_policy="desk", **options)
    with store.open_snapshot(Path(summary.snapshot)).cursor() as cursor:
        rows = cursor.execute(
            "select ticket_id, metric, outcome, reason, elapsed_s from clocks"
            " where metric in ('first_response', 'resolution') order by ticket_id, metric, cycle"
        ).fetchall()
    assert summary.rows_read == summary.rows_accepted + summary.rows_rejected
    return rows, summary


def test_zendesk_in_minutes_with_a_ticket_twice_and_a_row_without_an_id(tmp_path: Path) -> None:
    text = (
        "Summation column,Id,Requester,Submitter,Assignee,Group,Subject,Tags,Status,Priority,Via,Created at,Updated at,"
        "Solved at,First reply time in minutes,First reply time in minutes within business hours\n"
        "1,7,Customer One,Customer One,Agent One,Desk,Vídeo,-,Open,Urgent,Mail,2026-03-02 09:00:00,"
        "2026-03-02 10:00:00,,37,9\n"
        "1,7,Customer One,Customer One,Agent One,Desk,Vídeo,-,Solved,Urgent,Mail,2026-03-02 09:00:00,"
        "2026-03-02 18:00:00,"
        "2026-03-02 18:00:00,37,9\n"
        "1,8,Customer Two,Customer Two,,Desk,Sem resposta,a b,Open,Low,Web,2026-03-02 17:30:00,2026-03-02 17:30:00,,,\n"
        "1,,Customer Two,Customer Two,,Desk,Sem número,-,Open,Low,Web,2026-03-02 17:30:00,2026-03-02 17:30:00,,,\n"
    )
    rows, summary = clocks(tmp_path, {"export.csv": text.encode()}, timezone="UTC")
    assert rows == [
        ("7", "first_response", "met", None, 37 * 60),
        ("7", "resolution", "breached", None, 9 * 3600),
        ("8", "first_response", "running", None, 1800),
        ("8", "resolution", "running", None, 1800),
    ]
    assert (summary.rows_read, summary.rows_rejected, summary.files[0]["rows_superseded"]) == (4, 1, 1)


def test_freshdesk_times_win_over_durations_and_durations_fill_where_they_are_missing(tmp_path: Path) -> None:
    text = (
        "Ticket ID,Subject,Status,Priority,Source,Agent,Group,Created time,Due by Time,Resolved time,Closed time,"
        "Last update time,Initial response time,First response time (in hrs),Resolution time (in hrs),"
        "First response status\n"
        "1,a,Closed,High,Email,Agent One,Desk,2026-03-02 09:00:00,,2026-03-02 12:00:00,2026-03-02 12:00:00,"
        "2026-03-02 12:00:00,2026-03-02 09:30:00,00:40:00,03:00:00,Within SLA\n"
        "2,b,Resolved,High,Email,Agent One,Desk,2026-03-02 09:00:00,,,,2026-03-04 00:00:00,,01:00:01,31:07:12,"
        "SLA Violated\n"
        "3,c,Open,High,Email,,Desk,2026-03-02 09:00:00,,,,2026-03-02 09:00:00,,soon,,\n"
    )
    rows, summary = clocks(tmp_path, {"tickets.csv": text.encode()}, timezone="UTC")
    assert rows == [
        ("1", "first_response", "met", None, 1800),
        ("1", "resolution", "met", None, 3 * 3600),
        ("2", "first_response", "breached", None, 3601),
        ("2", "resolution", "breached", None, 31 * 3600 + 7 * 60 + 12),
    ]
    assert summary.rows_rejected == 1


def test_jira_in_portuguese_saved_again_by_a_spreadsheet_tells_no_first_response(tmp_path: Path) -> None:
    text = (
        "Tipo de item;Chave da item;Resumo;Responsável;Relator;Prioridade;Status;Criado;Atualizado(a);Resolvido;"
        "Campo personalizado (Time to first response)\r\n"
        "Incidente;SUP-1;Não abre;Agente Um;Cliente Um;Alta;Concluído;02/fev/26 9:14 AM;02/fev/26 4:40 PM;"
        "02/fev/26 4:40 PM;-1:26\r\n"
        "Incidente;SUP-2;Não fecha;Agente Um;Cliente Um;Alta;Em andamento;02/fev/26 10:00 PM;"
        "02/fev/26 11:00 PM;;3:23\r\n"
    )
    rows, summary = clocks(tmp_path, {"jira.csv": text.encode("cp1252")}, timezone="America/Sao_Paulo")
    assert rows == [
        ("SUP-1", "first_response", "excluded", "stop_unknown", 0),
        ("SUP-1", "resolution", "met", None, 7 * 3600 + 26 * 60),
        ("SUP-2", "first_response", "excluded", "stop_unknown", 0),
        ("SUP-2", "resolution", "running", None, 3600),
    ]
    assert summary.files[0]["encoding"] == "windows-1252"


def test_glpi_with_day_first_dates_that_the_file_itself_settles(tmp_path: Path) -> None:
    text = (
        "ID;Título;Status;Entidade;Última atualização;Data de abertura;Prioridade;Requerente - Requerente;"
        "Atribuído - Técnico;Data da solução\r\n"
        "1;Vídeo;Solucionado;Cliente A;02-03-2026 16:40;02-03-2026 09:14;Alta;UM CLIENTE;UM AGENTE;02-03-2026 16:40\r\n"
        "2;Áudio;Pendente;Cliente A;13-03-2026 10:00;13-03-2026 09:00;Alta;UM CLIENTE;UM AGENTE;\r\n"
    )
    rows, _ = clocks(tmp_path, {"glpi.csv": b"\xef\xbb\xbf" + text.encode()}, timezone="UTC")
    assert rows == [
        ("1", "first_response", "excluded", "stop_unknown", 0),
        ("1", "resolution", "met", None, 7 * 3600 + 26 * 60),
        ("2", "first_response", "excluded", "stop_unknown", 0),
        ("2", "resolution", "running", None, 3600),
    ]


def test_zammad_workbook_has_its_zone_under_the_rows(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    heads = [
        "#",
        "Title",
        "State",
        "Priority",
        "Group",
        "Owner",
        "Customer",
        "Create Channel",
        "Created At",
        "Updated At",
    ]
    heads += ["Closed At", "First Response At", "First Response Escalation At"]
    for row in (["Tickets of March"], [], heads):
        sheet.append(row)
    at = datetime(2026, 3, 2, 9, 14, 11)
    first = ["10042", "Vídeo", "closed", "2 normal", "Desk", "Agent One", "Customer One", "email", at]
    sheet.append(
        [*first, at + timedelta(hours=8, seconds=1), at + timedelta(hours=8, seconds=1), at + timedelta(hours=1), None]
    )
    sheet.append([])
    sheet.append(["Timezone: America/Sao_Paulo"])
    stream = BytesIO()
    book.save(stream)
    rows, summary = clocks(tmp_path, {"report.xlsx": stream.getvalue()})
    assert rows == [
        ("10042", "first_response", "met", None, 3600),
        ("10042", "resolution", "breached", None, 8 * 3600 + 1),
    ]
    assert (summary.files[0]["timezone"], summary.rows_read) == ("America/Sao_Paulo", 1)


def test_intercom_has_its_zone_in_the_headers(tmp_path: Path) -> None:
    zone = "(America/New_York)"
    text = (
        f"Conversation ID,Conversation started at {zone},Conversation first replied at {zone},"
        f"Conversation first closed at {zone},Current conversation state,First response time (seconds)\n"
        "1,2026-03-02 09:14:11,2026-03-02 10:14:12,2026-03-02 16:40:02,closed,3601\n"
        "2,2026-03-02 09:14:11,,,open,60\n"
    )
    rows, summary = clocks(tmp_path, {"conversations.csv": text.encode()})
    assert rows == [
        ("1", "first_response", "breached", None, 3601),
        ("1", "resolution", "met", None, 7 * 3600 + 25 * 60 + 51),
        ("2", "first_response", "met", None, 60),
        ("2", "resolution", "running", None, 7 * 3600 + 25 * 60 + 51),
    ]
    assert summary.files[0]["timezone"] == "America/New_York"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "osticket.csv",
            "Ticket Number;Date Created;Subject;Priority;Help Topic;Current Status;Last Updated;Closed Date\n"
            "48;02/03/2026 09:00:00;a;High;Report;Closed;13/03/2026 10:00:00;02/03/2026 17:00:01\n",
            ("48", "breached", 8 * 3600 + 1),
        ),
        (
            "liveagent.csv",
            "id,code,subject,status,departmentid,agentid,owner_contactid,date_created,date_changed,date_resolved\n"
            "a1,KQX-1,x,R,d1,a7,c9,2026-03-02 09:00:00,2026-03-02 16:00:00,2026-03-02 16:00:00\n",
            ("KQX-1", "met", 7 * 3600),
        ),
        (
            "zoho.csv",
            "Ticket Id,Subject,Status,Priority,Ticket Owner,Created Time,Ticket Closed Time\n"
            '9,x,Closed,High,Agent One,"02 Mar, 2026 09:14 AM","02 Mar, 2026 04:40 PM"\n',
            ("9", "met", 7 * 3600 + 26 * 60),
        ),
        (
            "servicenow.csv",
            "number,opened_at,sys_created_on,sys_updated_on,state,priority,caller_id,assigned_to,resolved_at,"
            "closed_at\n"
            "INC1,2026-03-02 09:00:00,2026-03-02 09:00:30,2026-03-02 18:00:00,Closed,2 - High,Customer One,Agent One,"
            "2026-03-02 17:00:00,2026-03-09 09:00:00\n",
            ("INC1", "met", 8 * 3600),
        ),
        (
            "whmcs.csv",
            "id,tid,deptid,deptname,userid,name,email,subject,status,priority,admin,flag,date,lastreply\n"
            "42,ABC-1,1,Desk,501,Customer One,one@client.example,x,Open,High,,7,2026-03-02 09:00:00,"
            "2026-03-02 12:00:00\n",
            ("42", "running", 3 * 3600),
        ),
    ],
)
def test_an_export_that_cannot_tell_of_first_replies_has_none_judged(
    tmp_path: Path, name: str, text: str, expected: tuple[str, str, int]
) -> None:
    rows, _ = clocks(tmp_path, {name: text.encode()}, timezone="UTC")
    ticket, outcome, elapsed_s = expected
    assert rows == [
        (ticket, "first_response", "excluded", "stop_unknown", 0),
        (ticket, "resolution", outcome, None, elapsed_s),
    ]


def test_hubspot_and_znuny_tell_of_first_replies(tmp_path: Path) -> None:
    hubspot = (
        "Ticket ID,Ticket name,Ticket status,Create date,Close date,First agent email response date\n"
        "88,x,Closed,2026-03-02 09:00,2026-03-02 16:00,2026-03-02 09:51\n"
    )
    znuny = (
        "Ticket Number;Created;Closed;FirstResponse;State;Priority;Queue;CustomerID;Subject\n"
        "20260302;2026-03-02 09:00:00;;2026-03-02 10:00:01;open;4 high;Desk;client-a;x\n"
    )
    rows, _ = clocks(tmp_path, {"h.csv": hubspot.encode(), "z.csv": znuny.encode()}, timezone="UTC")
    assert [row[:3] for row in rows] == [
        ("20260302", "first_response", "breached"),
        ("20260302", "resolution", "running"),
        ("88", "first_response", "met"),
        ("88", "resolution", "met"),
    ]
