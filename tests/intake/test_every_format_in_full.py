"""A small invented file in the dialect of every format, in one build: its tickets, clocks and rejected rows in full.

The desk promises a first response within 1 h and a solve within 8 h, around the clock; now is 20 March 0:00 UTC.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pytest
from workbooks import Cell, Day, workbook

from sla import snapshot, store

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
SAID = {"glpi_followups": "yes", "help_scout_closed": "yes", "jira_comments": "yes"}
UNKNOWN = ("excluded", "stop_unknown", 0)
SINCE_9_00 = 17 * 86_400 + 15 * 3600  # from 2 March 9:00 to now


class Row(NamedTuple):
    """A ticket: its instants on 2 March, but where a day stands there, and the verdicts of both clocks."""

    ticket_id: str
    created: str
    first_reply: str | None
    solved: str | None
    status: str
    severity: str | None
    account: str | None
    agent: str | None
    response: tuple[str, str | None, int]
    resolution: tuple[str, str | None, int]


class Export(NamedTuple):
    """What a file holds and what has to come of it; `rejected`: lines with the beginning of the reason."""

    content: str | bytes
    tickets: list[Row]
    rejected: list[tuple[int, str]]


def zipped(name: str, text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, text)
    return out.getvalue()


def zammad() -> bytes:
    heads: list[Cell] = ["#", "Title", "State", "Priority", "Owner", "Organization", "Create Channel", "Created At"]
    heads += ["Updated At", "Closed At", "First Response At", "First Response Escalation At"]
    nine = 46_083 + 9 / 24  # 2 March 2026 9:00, as spreadsheets count days
    told: list[Cell] = ["ZM-1", "x", "closed", "2 normal", "Agent One", "Client A", "email", Day(nine), Day(nine + 0.5)]
    told += [Day(nine + 0.25), Day(nine + 1 / 24), None]
    bad: list[Cell] = ["ZM-2", "x", "open", "1 low", None, None, "email", "soon", None, None, None, None]
    return workbook([["Tickets of March"], [None], heads, told, bad, [None], ["Timezone: America/Sao_Paulo"]])


ZENDESK_CSV = """\
Summation column,Id,Requester,Submitter,Assignee,Group,Subject,Tags,Status,Priority,Via,Created at,Updated at,\
Organization,Solved at,First reply time in minutes,Motivo do Contato [list]
1,48213,Cliente Um,Cliente Um,Agente Um,Desk,a,-,Pending,Urgent,Mail,2026-03-02 09:00:00,2026-03-02 10:00:00,\
Cliente A,,61,-
1,48213,Cliente Um,Cliente Um,Agente Um,Desk,a,-,Solved,Urgent,Mail,2026-03-02 09:00:00,2026-03-02 18:00:00,\
Cliente A,2026-03-02 16:00:00,61,Dúvida
1,48214,Cliente Um,Cliente Um,Agente Um,Desk,b,x closed_by_merge,Closed,Low,Web,2026-03-02 09:00:00,\
2026-03-02 10:00:00,Cliente A,2026-03-02 10:00:00,30,-
1,,Cliente Um,Cliente Um,,Desk,c,-,Open,Low,Web,2026-03-02 09:00:00,2026-03-02 10:00:00,Cliente A,,,-
"""
ZENDESK_JSON = [
    {
        "id": 5001, "created_at": "2026-03-02T12:00:00Z", "updated_at": "2026-03-02T20:00:00Z", "status": "solved",
        "priority": "urgent", "via": {"channel": "email"}, "requester_id": 1, "submitter_id": 1, "assignee_id": 77,
        "organization_id": 501, "tags": ["a", "b"], "metric_set": {
            "solved_at": "2026-03-02T19:26:00Z",
            "reply_time_in_minutes": {"calendar": 37, "business": 20},
            "full_resolution_time_in_minutes": {"calendar": 446, "business": 300},
        },
    },
    {
        "id": 5002, "created_at": "2026-03-19T23:30:00Z", "status": "open", "priority": None, "requester_id": 1,
        "submitter_id": 1, "assignee_id": None, "metric_set": {"reply_time_in_minutes": {"calendar": None}},
    },
    {"id": 5003, "created_at": "soon", "status": "open", "requester_id": 1, "submitter_id": 1},
]  # fmt: skip
HELP_SCOUT_JSON = {
    "_embedded": {
        "conversations": [
            {
                "id": 123, "number": 12, "folderId": 11, "mailboxId": 13, "status": "closed", "type": "email",
                "assignee": {"id": 99, "email": "one@desk.example"}, "createdBy": {"id": 5, "type": "customer"},
                "createdAt": "2026-03-02T09:00:00Z", "closedAt": "2026-03-02T17:00:01Z",
                "userUpdatedAt": "2026-03-02T17:00:01Z", "tags": [{"id": 1, "color": "red", "tag": "vip"}],
            },
            {
                "id": 124, "number": 13, "folderId": 11, "mailboxId": 13, "status": "pending", "type": "chat",
                "createdBy": {"id": 5, "type": "customer"}, "createdAt": "2026-03-19T22:00:00Z",
            },
            {"id": 125, "number": 14, "folderId": 11, "mailboxId": 13, "status": "active"},
        ]
    },
    "page": {"size": 25},
}  # fmt: skip
WHMCS_JSON = {
    "result": "success",
    "tickets": {
        "ticket": [
            {
                "id": "9042", "tid": "ABC-1", "deptid": "1", "deptname": "Desk", "userid": "501", "status": "Open",
                "priority": "High", "flag": "7", "date": "2026-03-02 09:00:00", "lastreply": "2026-03-02 09:40:00",
            },
            {"id": "9043", "tid": "ABC-2", "deptid": "1", "status": "Open", "lastreply": "2026-03-02 09:40:00"},
        ]
    },
}  # fmt: skip

EXPORTS = {
    "jira_es.csv": Export(
        "Clave de incidencia,Resumen,Estado,Persona asignada,Creada,Resuelta,Campo personalizado (Organizations),"
        "Campo personalizado (Time to first response),Calificación de satisfacción\n"
        "HDI-1,No carga,Resuelto,Agente Uno,02/mar/26 12:47 PM,02/mar/26 5:47 PM,Cliente A,-0:30,4\n"
        "HDI-2,Va lento,Esperando al cliente,Agente Uno,02/mar/26 9:00 AM,,Cliente A,0:10,\n"
        "HDI-3,Mal,Abierto,,32/ene/26 12:47 PM,,Cliente A,,\n",
        [
            Row("HDI-1", "12:47", None, "17:47", "Resuelto", None, "Cliente A", "Agente Uno", UNKNOWN,
                ("met", None, 5 * 3600)),
            Row("HDI-2", "09:00", None, None, "Esperando al cliente", None, "Cliente A", "Agente Uno", UNKNOWN,
                ("breached", None, SINCE_9_00)),
        ],
        [(4, "created_at")],
    ),
    "jira_en.csv": Export(
        "Summary,Issue key,Issue Type,Status,Priority,Assignee,Reporter,Reporter Id,Created,Updated,Resolved,"
        "Custom field (Organizations),Custom field (Satisfaction),Custom field (Time to first response),"
        "Custom field ([CHART] Date of First Response),Comment,Comment\n"
        "No sound,JE-1,Incident,Done,High,Agent One,One,c1,02/Mar/26 9:14 AM,02/Mar/26 4:40 PM,02/Mar/26 4:40 PM,"
        "Client A,4,-0:30,2026-03-02 09:51:58.679,02/Mar/26 9:20 AM;c1;Still down,02/Mar/26 9:51 AM;a1;We look\n"
        "No sound,JE-2,Incident,Waiting for customer,Low,Agent One,One,c1,02/Mar/26 9:00 AM,,,Client A,,0:10,,,\n"
        "No sound,JE-3,Incident,Open,Low,,One,c1,31/Feb/26 9:00 AM,,,Client A,,,,,\n",
        [
            # The comment, of whole minutes, goes before the column.
            Row("JE-1", "09:14", "09:51:58", "16:40", "Done", "High", "Client A", "Agent One",
                ("met", None, 37 * 60), ("met", None, 446 * 60)),
            Row("JE-2", "09:00", None, None, "Waiting for customer", "Low", "Client A", "Agent One",
                ("breached", None, SINCE_9_00), ("breached", None, SINCE_9_00)),
        ],
        [(4, "created_at")],
    ),
    "jira_pt.csv": Export(
        (
            "Tipo de item;Chave da item;Resumo;Responsável;Relator;Prioridade;Status;Criado;Atualizado(a);Resolvido;"
            "Campo personalizado (Organizations);Campo personalizado (Time to first response)\r\n"
            "Incidente;JP-1;Não abre;Agente Um;Um;Alta;Concluído;02/mar/26 9:14 AM;02/mar/26 5:14 PM;"
            "02/mar/26 5:14 PM;Cliente A;-1:26\r\n"
            "Incidente;JP-2;Não fecha;Agente Um;Um;Altíssima;Aguardando cliente;02/mar/26 9:00 AM;;;Cliente A;3:23\r\n"
            "Incidente;JP-3;Não fecha;Agente Um;Um;Alta;Aberto;02/xyz/26 9:00 AM;;;Cliente A;\r\n"
        ).encode("cp1252"),
        [
            Row("JP-1", "09:14", None, "17:14", "Concluído", "Alta", "Cliente A", "Agente Um", UNKNOWN,
                ("met", None, 8 * 3600)),
            Row("JP-2", "09:00", None, None, "Aguardando cliente", "Altíssima", "Cliente A", "Agente Um", UNKNOWN,
                ("breached", None, SINCE_9_00)),
        ],
        [(4, "created_at")],
    ),
    "hubspot_en.csv": Export(
        "Ticket ID,Ticket name,Ticket status,Create date,Close date,Priority,Ticket owner,"
        "First agent email response date,Associated Company\n"
        "HE-1,No sound,Closed,2026-03-02 09:00,2026-03-02 17:01,High,Agent One,2026-03-02 10:00,Client A\n"
        "HE-2,No sound,New,,,Low,Agent One,,Client A\n",
        [
            Row("HE-1", "09:00", "10:00", None, "Closed", "High", "Client A", "Agent One",
                ("met", None, 3600), ("breached", None, 8 * 3600 + 60)),
        ],
        [(3, "created_at")],
    ),
    "freshdesk.csv": Export(
        "Ticket ID,Subject,Status,Priority,Source,Agent,Group,Created time,Due by Time,Resolved time,Closed time,"
        "Last update time,Initial response time,First response time (in hrs),Resolution time (in hrs),"
        "First response status,Company Name,Account tier\n"
        "FD-1,x,Closed,Urgent,Email,Agent One,Desk,2026-03-02 09:00:00,,,,2026-03-03 16:07:12,,01:00:01,31:07:12,"
        "SLA Violated,Client A,Premium\n"
        "FD-2,x,Open,High,Email,,Desk,2026-03-02 09:00:00,,,,2026-03-02 09:00:00,,soon,,,Client A,Premium\n",
        [
            Row("FD-1", "09:00", "10:00:01", "2026-03-03 16:07:12", "Closed", "Urgent", "Client A", "Agent One",
                ("breached", None, 3601), ("breached", None, 31 * 3600 + 432)),
        ],
        [(3, "the time to the first reply")],
    ),
    "whmcs.csv": Export(
        "id,tid,deptid,deptname,userid,name,email,subject,status,priority,admin,flag,date,lastreply\n"
        "9044,ABC-4,1,Desk,502,One,one@client.example,x,Open,Low,,7,2026-03-02 09:00:00,2026-03-02 09:00:00\n"
        ",ABC-5,1,Desk,502,One,one@client.example,x,Open,Low,,7,2026-03-02 09:00:00,2026-03-02 09:00:00\n",
        [
            # The replies lie beside it, and none of them is to this ticket.
            Row("9044", "09:00", None, None, "Open", "Low", "502", "7",
                ("breached", None, SINCE_9_00), ("breached", None, SINCE_9_00)),
        ],
        [(3, "ticket_id")],
    ),
    "intercom_messages.csv": Export(
        "message_type,message_created_at,message_author_type,message_author_name,conversation_id\n"
        "comment,2026-03-02 09:00:00,user,One,IC-1\n"
        "note,2026-03-02 09:05:00,admin,Agent One,IC-1\n"
        "comment,2026-03-02 10:00:00,admin,Agent One,IC-1\n"
        "dance,2026-03-02 10:00:00,admin,Agent One,IC-1\n",
        [],
        [(5, "kind")],
    ),
    "servicenow_log.csv": Export(
        "number,ident_state,reassignment_count,sys_mod_count,caller_id,opened_at,sys_updated_at,contact_type,priority,"
        "assignment_group,assigned_to,resolved_at,closed_at\n"
        "LOG1,New,0,0,One,2/3/2026 9:00,2/3/2026 9:00,Phone,3,24,?,2/3/2026 16:00,13/3/2026 12:00\n"
        "LOG1,Active,0,1,One,2/3/2026 9:00,2/3/2026 9:30,Phone,3,24,89,2/3/2026 16:00,13/3/2026 12:00\n"
        "LOG1,Resolved,0,2,One,2/3/2026 9:00,2/3/2026 16:00,Phone,3,24,89,2/3/2026 16:00,13/3/2026 12:00\n"
        "LOG2,New,0,0,One,2/3/2026 9:00,?,Phone,3,24,?,?,?\n",
        [
            Row("LOG1", "09:00", None, "16:00", "Resolved", "3", None, "89", UNKNOWN, ("met", None, 7 * 3600)),
        ],
        [(5, "the time of the change is missing")],
    ),
    "chatwoot_pt.csv": Export(
        "Nome do Agente,Classificação,Comentário de Feedback,Nome do contato,E-mail de contato,Telefone de contato,"
        "Link para a conversa,Data de gravação\n"
        "Dois (dois@x.example),2,Demorou,Um,um@x.example,,https://app.example/conversations/48213,"
        "2026-03-02 20:45:00 UTC\n"
        "Dois (dois@x.example),0,,Um,um@x.example,,https://app.example/conversations/48213,2026-03-02 20:45:00 UTC\n"
        "\n"
        "Relatório de 01/03/2026 a 31/03/2026\n",
        [],
        [(3, "score")],
    ),
    "chatwoot_ar.csv": Export(
        "اسم الوكيل,التقييم,التعليق على الملاحظات,اسم جهة الاتصال,عنوان البريد الإلكتروني الخاص بجهة الاتصال,"
        "رقم هاتف جهة الاتصال,رابط إلى المحادثة,تاريخ التسجيل\n"
        "اثنان,٤,شكرا,واحد,one@x.example,,https://app.example/conversations/5001,٢٠٢٦-٠٣-٠٢ ٢١:٤٥:٠٠ UTC\n"
        "اثنان,4,شكرا,واحد,one@x.example,,https://app.example/inbox,2026-03-02 21:45:00 UTC\n"
        "\n"
        "تقرير من 01/03/2026 إلى 31/03/2026\n",
        [],
        [(3, "ticket_id")],
    ),
    "hubspot_pt.csv": Export(
        "ID do tíquete,Nome do tíquete,Status do tíquete,Prioridade,Data de criação,Data de encerramento,"
        "Data de resposta do primeiro agente por e-mail,Equipe do HubSpot,Proprietário do tíquete\n"
        "H-1,Sem som,Fechado,Alta,2026-03-02 09:14,2026-03-02 16:40,2026-03-02 09:51,Suporte,Agente Um\n"
        "H-2,Sem imagem,Aguardando o contato,Baixa,2026-03-02 09:00,,,Suporte,Agente Um\n"
        ",Sem número,Novo,Baixa,2026-03-02 09:00,,,Suporte,Agente Um\n",
        [
            Row("H-1", "09:14", "09:51", None, "Fechado", "Alta", None, "Agente Um",
                ("met", None, 37 * 60), ("met", None, 446 * 60)),
            Row("H-2", "09:00", None, None, "Aguardando o contato", "Baixa", None, "Agente Um",
                ("breached", None, SINCE_9_00), ("breached", None, SINCE_9_00)),
        ],
        [(4, "ticket_id")],
    ),
    "export-2026.csv.zip": Export(
        zipped("export-2026.csv", ZENDESK_CSV),
        [
            Row("48213", "09:00", "10:01", "16:00", "Solved", "Urgent", "Cliente A", "Agente Um",
                ("breached", None, 61 * 60), ("met", None, 7 * 3600)),
            Row("48214", "09:00", "09:30", "10:00", "Closed", "Low", "Cliente A", "Agente Um",
                ("excluded", "merged", 1800), ("excluded", "merged", 3600)),
        ],
        [(5, "ticket_id")],
    ),
    "zendesk.json": Export(
        "\n".join(json.dumps(ticket) for ticket in ZENDESK_JSON),
        [
            Row("5001", "12:00", "12:37", "19:26", "solved", "urgent", "501", "77",
                ("met", None, 37 * 60), ("met", None, 446 * 60)),
            Row("5002", "2026-03-19 23:30", None, None, "open", None, None, None,
                ("running", None, 1800), ("running", None, 1800)),
        ],
        [(3, "created_at")],
    ),
    "freshservice.csv": Export(
        "Subject,Status,Priority,Agent,Company,Ticket Id,Created Time,Due by Time,Resolved Time,Closed Time,"
        "Last Updated Time,Initial Response Time,First Response Time (in Hrs),First Response Status\n"
        "x,4,4,Agent One,Client A,INC-77,2026-03-02 09:14:00,,2026-03-02 11:00:00,,2026-03-02 11:00:00,"
        "2026-03-02 09:30:00,00:16:00,Within SLA\n"
        "x,Open,Low,Agent One,Client A,INC-78,yesterday,,,,,,,\n",
        [
            Row("INC-77", "09:14", "09:30", "11:00", "4", "urgent", "Client A", "Agent One",
                ("met", None, 16 * 60), ("met", None, 106 * 60)),
        ],
        [(3, "created_at")],
    ),
    "glpi.csv": Export(
        b"\xef\xbb\xbf" + (
            "ID;Título;Status;Entidade;Data de abertura;Prioridade;Requerente - Requerente;Atribuído - Técnico;"
            "Data da solução;Estatísticas - Tempo de atribuição;Acompanhamentos - Autor;Acompanhamentos - Data\r\n"
            "12 345;a;Solucionado;Cliente A;02-03-2026 09:14;Alta;CLIENTE UM<br>CLIENTE DOIS;AGENTE UM;"
            "02-03-2026 16:40;37 minutos;CLIENTE DOIS<br>AGENTE UM;02-03-2026 09:20<br>02-03-2026 09:51\r\n"
            "12 346;b;Pendente;Cliente A;13-03-2026 09:00;Alta;CLIENTE UM;AGENTE UM;;;;\r\n"
            ";c;Novo;Cliente A;13-03-2026 09:00;Alta;CLIENTE UM;;;;;\r\n"
        ).encode(),
        [
            # The reply stands in an event, not in the ticket's own column.
            Row("12345", "09:14", None, "16:40", "Solucionado", "Alta", "Cliente A", "AGENTE UM",
                ("met", None, 37 * 60), ("met", None, 446 * 60)),
            Row("12346", "2026-03-13 09:00", None, None, "Pendente", "Alta", "Cliente A", "AGENTE UM",
                ("breached", None, SINCE_9_00 - 11 * 86_400), ("breached", None, SINCE_9_00 - 11 * 86_400)),
        ],
        [(4, "ticket_id")],
    ),
    "help_scout.json": Export(
        json.dumps(HELP_SCOUT_JSON, indent=1),
        [
            Row("12", "09:00", None, "17:00:01", "closed", None, None, "one@desk.example", UNKNOWN,
                ("breached", None, 8 * 3600 + 1)),
            Row("13", "2026-03-19 22:00", None, None, "pending", None, None, None, UNKNOWN, ("running", None, 7200)),
        ],
        [(43, "created_at")],
    ),
    "help_scout.csv": Export(
        "Conversation Number,Inbox,Status,Subject,Customer,Assignee,Created,Closed\n"
        "HS-1,Desk,closed,x,One,Agent One,2026-03-02 09:00:00,2026-03-02 10:00:00\n"
        "HS-2,Desk,closed,x,One,Agent One,,2026-03-02 10:00:00\n",
        [Row("HS-1", "09:00", None, None, "closed", None, None, "Agent One", UNKNOWN, ("met", None, 3600))],
        [(3, "created_at")],
    ),
    "whmcs.json": Export(
        json.dumps(WHMCS_JSON),
        [
            Row("9042", "09:00", None, None, "Open", "High", "501", "7",
                ("met", None, 2400), ("breached", None, SINCE_9_00)),
        ],
        [(1, "created_at")],
    ),
    "whmcs_replies.csv": Export(
        "id,tid,userid,name,email,date,message,admin\n"
        "1,9042,501,One,one@client.example,2026-03-02 09:10:00,Still down,\n"
        "2,9042,0,,,2026-03-02 09:40:00,We look,Agent One\n"
        "3,9042,0,,,soon,We look,Agent One\n",
        [],
        [(4, "at")],
    ),
    "osticket.csv": Export(
        "Ticket Number;Date Created;Subject;Priority;Help Topic;Current Status;Last Updated;Closed Date;"
        "Agent Assigned\n"
        "OS-48;02/03/2026 09:00:00;x;High;Report;Closed;13/03/2026 10:00:00;02/03/2026 17:00:01;Agent One\n"
        "OS-49;;x;High;Report;Open;13/03/2026 10:00:00;;\n",
        [
            Row("OS-48", "09:00", None, None, "Closed", "High", None, "Agent One", UNKNOWN,
                ("breached", None, 8 * 3600 + 1)),
        ],
        [(3, "created_at")],
    ),
    "liveagent.csv": Export(
        "id,code,subject,status,departmentid,agentid,owner_contactid,date_created,date_changed,date_resolved\n"
        "a1,KQX-1,x,R,d1,a7,c9,2026-03-02 09:00:00,2026-03-02 16:00:00,2026-03-02 16:00:00\n"
        "a2,KQX-2,x,N,d1,a7,c9,never,2026-03-02 16:00:00,\n",
        [Row("KQX-1", "09:00", None, "16:00", "R", None, None, "a7", UNKNOWN, ("met", None, 7 * 3600))],
        [(3, "created_at")],
    ),
    "zoho.csv": Export(
        "Ticket Id,Subject,Status,Priority,Ticket Owner,Created Time,Ticket Closed Time,"
        "First Response Time in Business Hours\n"
        'ZD-9,x,Closed,High,Agent One,"02 Mar, 2026 09:14 AM","02 Mar, 2026 04:40 PM",0 days 00:37 hrs\n'
        'ZD-10,x,Open,High,Agent One,"02 Foo, 2026 09:14 AM",,\n',
        [
            Row("ZD-9", "09:14", None, None, "Closed", "High", None, "Agent One", UNKNOWN, ("met", None, 446 * 60)),
        ],
        [(3, "created_at")],
    ),
    "servicenow.csv": Export(
        "number,opened_at,sys_created_on,sys_updated_on,state,priority,caller_id,company,assigned_to,resolved_at\n"
        "INC1,2026-03-02 09:00:00,2026-03-02 09:00:30,2026-03-02 18:00:00,Closed,2 - High,One,Client A,Agent One,"
        "2026-03-02 17:00:00\n"
        "INC2,?,2026-03-02 09:00:30,2026-03-02 18:00:00,New,3 - Moderate,One,Client A,?,?\n",
        [
            Row("INC1", "09:00", None, "17:00", "Closed", "2", "Client A", "Agent One", UNKNOWN,
                ("met", None, 8 * 3600)),
        ],
        [(3, "created_at")],
    ),
    "znuny.csv": Export(
        "Ticket Number;Created;Closed;FirstResponse;State;Priority;Queue;CustomerID;Owner;Subject\n"
        "20260302;2026-03-02 09:00:00;2026-03-02 12:00:00;2026-03-02 10:00:01;closed successful;4 high;Desk;client-a;"
        "agent1;x\n"
        "20260303;;;;open;4 high;Desk;client-a;agent1;x\n",
        [
            Row("20260302", "09:00", "10:00:01", None, "closed successful", "high", "client-a", "agent1",
                ("breached", None, 3601), ("met", None, 3 * 3600)),
        ],
        [(3, "created_at")],
    ),
    "intercom.csv": Export(
        "Conversation ID,Conversation started at (America/New_York),Conversation first replied at (America/New_York),"
        "Conversation first closed at (America/New_York),Current conversation state,Conversation priority,"
        "Company name,Teammate currently assigned,First response time (seconds)\n"
        "IC-1,2026-03-02 04:00:00,2026-03-02 05:00:00,2026-03-02 11:40:02,closed,Priority,Client A,Agent One,3600\n"
        "IC-2,2026-03-02 25:00:00,,,open,Not Priority,Client A,Agent One,\n",
        [
            Row("IC-1", "09:00", "10:00", "16:40:02", "closed", "Priority", "Client A", "Agent One",
                ("met", None, 3600), ("met", None, 7 * 3600 + 2402)),
        ],
        [(3, "created_at")],
    ),
    "zammad.xlsx": Export(
        zammad(),
        [
            # 9:00 in São Paulo is 12:00 in UTC.
            Row("ZM-1", "12:00", "13:00", None, "closed", "normal", "Client A", "Agent One",
                ("met", None, 3600), ("met", None, 6 * 3600)),
        ],
        [(5, "created_at")],
    ),
    "chatwoot.csv": Export(
        "Agent name,Rating,Feedback comment,Contact name,Contact email,Link to the conversation,Recorded date\n"
        "Two (two@x.example),5,Good,One,one@x.example,https://app.example/conversations/9042,2026-03-02 19:45:00 UTC\n"
        "Two (two@x.example),9,,One,one@x.example,https://app.example/conversations/9042,2026-03-02 19:45:00 UTC\n",
        [],
        [(3, "score")],
    ),
    "standard.csv": Export(
        "ticket_id,created_at,first_reply_at,solved_at,status,severity,account,agent\n"
        "S-1,2026-03-02T09:00:00Z,2026-03-02T09:10:00Z,2026-03-02T10:00:00Z,Solved,P1,client-a,agent1\n"
        "S-2,2026-03-02T09:00:00Z,2026-03-02T09:10:00Z,whenever,Solved,P1,client-a,agent1\n",
        [
            Row("S-1", "09:00", "09:10", "10:00", "Solved", "P1", "client-a", "agent1",
                ("met", None, 600), ("met", None, 3600)),
        ],
        [(3, "solved_at")],
    ),
}  # fmt: skip


class Built(NamedTuple):
    con: duckdb.DuckDBPyConnection
    summary: snapshot.Summary


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    folder = tmp_path_factory.mktemp("formats")
    export, policies = folder / "export", folder / "policies"
    for made in (export, policies):
        made.mkdir()
    for name, expected in EXPORTS.items():
        content = expected.content
        (export / name).write_bytes(content.encode() if isinstance(content, str) else content)
    (policies / "desk.toml").write_text(POLICY, "utf-8")
    summary = snapshot.build(
        [export], policies=policies, out=folder / "out", default_policy="desk", timezone="UTC", said=SAID,
        as_of=datetime(2026, 3, 20, tzinfo=UTC),
    )  # fmt: skip
    with store.open_snapshot(Path(summary.snapshot)).cursor() as cursor:
        yield Built(cursor, summary)


def test_every_row_of_every_file_is_accounted_for(built: Built) -> None:
    assert len(built.summary.files) == len(EXPORTS)
    for file in built.summary.files:
        assert file["rows_read"] == file["rows_accepted"] + file["rows_rejected"]


def test_no_other_ticket_came_of_them(built: Built) -> None:
    found = built.con.execute("select ticket_id from tickets order by ticket_id").fetchall()
    assert [row[0] for row in found] == sorted(
        row.ticket_id for expected in EXPORTS.values() for row in expected.tickets
    )


@pytest.mark.parametrize("name", EXPORTS)
def test_tickets_clocks_and_rejected_rows_are_those_worked_out_by_hand(built: Built, name: str) -> None:
    expected = EXPORTS[name]
    for row in expected.tickets:
        assert _ticket(built.con, row.ticket_id) == (
            _at(row.created), _at(row.first_reply), _at(row.solved), row.status, row.severity, row.account, row.agent,
        )  # fmt: skip
        assert _clocks(built.con, row.ticket_id) == [("first_response", *row.response), ("resolution", *row.resolution)]
    found = built.con.execute(
        "select line, reason from rejected_rows where contains(file, ?) order by line", [name.removesuffix(".zip")]
    ).fetchall()
    assert [
        (line, reason[: len(begins)]) for (line, reason), (_, begins) in zip(found, expected.rejected, strict=True)
    ] == (expected.rejected)


def test_ratings_of_surveys_and_within_tickets_are_those_of_the_files(built: Built) -> None:
    assert built.con.execute(
        "select ticket_id, rated_at, score, scale_min, scale_max, comment from ratings order by ticket_id"
    ).fetchall() == [
        ("48213", _at("20:45"), 2, 1, 5, "Demorou"),
        ("5001", _at("21:45"), 4, 1, 5, "شكرا"),
        ("9042", _at("19:45"), 5, 1, 5, "Good"),
        ("HDI-1", _at("17:47"), 4, 1, 5, None),  # solved then (D33)
        ("JE-1", _at("16:40"), 4, 1, 5, None),
    ]


def _ticket(con: duckdb.DuckDBPyConnection, ticket_id: str) -> tuple[Any, ...]:
    found = con.execute(
        "select created_at, first_reply_at, solved_at, status, severity, account, agent from tickets"
        " where ticket_id = ?", [ticket_id],
    ).fetchall()  # fmt: skip
    return found[0] if found else ()


def _clocks(con: duckdb.DuckDBPyConnection, ticket_id: str) -> list[tuple[Any, ...]]:
    return con.execute(
        "select metric, outcome, reason, elapsed_s from clocks where ticket_id = ?"
        " and metric in ('first_response', 'resolution') order by metric, cycle", [ticket_id],
    ).fetchall()  # fmt: skip


def _at(told: str | None) -> datetime | None:
    if told is None:
        return None
    return datetime.fromisoformat(told if "-" in told else f"2026-03-02 {told}")
