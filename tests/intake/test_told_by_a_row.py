"""What a helpdesk's export tells beside its tickets: ratings, messages and merges, compared in full."""

from datetime import datetime
from pathlib import Path

import pytest
from intake_runs import intake

from sla.errors import Refused

TICKETS = "ticket_id,created_at\n42,2026-03-02T09:00:00Z\n43,2026-03-02T09:00:00Z\n"


def test_zendesk_tells_of_scores_offers_and_merges(tmp_path: Path) -> None:
    text = (
        "Id,Requester,Submitter,Assignee,Tags,Status,Created at,Updated at,Solved at,Satisfaction Score\n"
        "1,One,One,Two,-,Solved,2026-03-02 09:00:00,2026-03-02 18:00:00,2026-03-02 16:40:00,Bad\n"
        "2,One,One,Two,a closed_by_merge,Closed,2026-03-02 09:00:00,2026-03-02 18:00:00,2026-03-02 10:00:00,Unoffered\n"
        "3,One,One,Two,-,Solved,2026-03-02 09:00:00,2026-03-02 18:00:00,2026-03-02 11:00:00,Offered\n"
        "4,One,One,Two,-,Solved,2026-03-02 09:00:00,2026-03-02 18:00:00,2026-03-02 11:00:00,Splendid\n"
    )
    result = intake(tmp_path, {"export.csv": text}, timezone="UTC")
    assert result.rows("ratings", "ticket_id", "rated_at", "score", "scale_min", "scale_max", "offered_at") == [
        ("1", datetime(2026, 3, 2, 16, 40), 0, 0, 1, None),
        ("3", None, None, None, None, datetime(2026, 3, 2, 11)),
    ]
    assert result.rows("events", "ticket_id", "at", "kind", "by") == [
        ("2", datetime(2026, 3, 2, 10), "merged", "system")
    ]
    assert (result.summary.rows_read, result.summary.rows_accepted, result.summary.rows_rejected) == (4, 4, 0)
    [note] = [note for note in result.summary.notes if "could not be read" in note]
    assert "1 ratings or messages within accepted rows" in note
    assert "on line 5: score is" in note
    assert "Splendid" in note


def test_intercom_tells_of_scores_and_of_every_message(tmp_path: Path) -> None:
    zone = "(America/New_York)"
    data_set = (
        f"Conversation ID,Conversation started at {zone},Conversation first closed at {zone},"
        "Current conversation state,Last teammate rating,Last teammate rating remark\n"
        "7,2026-03-02 09:00:00,2026-03-02 12:00:00,closed,5,Thanks\n"
    )
    messages = (
        "message_type,message_created_at,message_author_type,message_author_name,conversation_id\n"
        "comment,2026-03-02 14:00:00,user,One,7\n"
        "note,2026-03-02 14:05:00,admin,Two,7\n"
        "assignment,2026-03-02 14:06:00,admin,Two,7\n"
        "comment,2026-03-02 14:30:00,admin,Two,7\n"
        "close,2026-03-02 17:00:00,admin,Two,7\n"
        "dance,2026-03-02 17:00:00,admin,Two,7\n"
    )
    result = intake(tmp_path, {"conversations.csv": data_set, "messages.csv": messages})
    assert result.rows("ratings", "ticket_id", "rated_at", "score", "scale_max", "comment") == [
        ("7", datetime(2026, 3, 2, 17), 5, 5, "Thanks")
    ]
    assert result.rows("events", "at", "kind", "by", "author", "public", "value") == [
        (datetime(2026, 3, 2, 14), "message", "customer", "One", True, None),
        (datetime(2026, 3, 2, 14, 5), "message", "agent", "Two", False, None),
        (datetime(2026, 3, 2, 14, 30), "message", "agent", "Two", True, None),
        (datetime(2026, 3, 2, 17), "status", "agent", "Two", True, "closed"),
    ]
    assert (result.summary.rows_read, result.summary.rows_accepted, result.summary.rows_rejected) == (7, 6, 1)


def test_whmcs_replies_are_the_desks_where_an_admin_wrote_them(tmp_path: Path) -> None:
    tickets = (
        "id,tid,deptid,deptname,userid,email,subject,status,priority,flag,date,lastreply\n"
        "42,ABC-1,1,Desk,501,one@client.example,x,Open,High,7,2026-03-02 09:00:00,2026-03-02 12:00:00\n"
    )
    replies = (
        "id,tid,userid,date,message,admin\n"
        "1,42,501,2026-03-02 09:10:00,Still down,\n"
        "2,42,0,2026-03-02 09:40:00,We look,Two Example\n"
        "3,42,0,soon,We look,Two Example\n"
    )
    result = intake(tmp_path, {"tickets.csv": tickets, "replies.csv": replies}, timezone="UTC")
    assert result.rows("events", "ticket_id", "at", "kind", "by", "author") == [
        ("42", datetime(2026, 3, 2, 9, 10), "message", "customer", None),
        ("42", datetime(2026, 3, 2, 9, 40), "message", "agent", "Two Example"),
    ]
    assert (result.summary.rows_read, result.summary.rows_accepted, result.summary.rows_rejected) == (4, 3, 1)
    assert result.rows("tickets", "ticket_id", "untold") == [("42", None)]
    assert any("follow from other programs" in note for note in result.summary.notes)


@pytest.mark.parametrize(
    "headers",
    [
        "Nome do Agente,Classificação,Comentário de Feedback,Nome do contato,E-mail de contato,"
        "Link para a conversa,Data de gravação",
        "اسم الوكيل,التقييم,التعليق على الملاحظات,اسم جهة الاتصال,عنوان البريد,رابط إلى المحادثة,تاريخ التسجيل",
        "Agent name,Rating,Feedback comment,Contact name,Contact email,Link to the conversation,Recorded date",
    ],
)
def test_chatwoot_scores_find_their_ticket_by_the_link_to_the_conversation(tmp_path: Path, headers: str) -> None:
    link = "https://app.example/app/accounts/1/conversations/"
    text = (
        f"{headers}\n"
        f"Two (two@x.example),5,Ótimo,One,one@client.example,{link}42,2026-03-02 19:45:00 UTC\n"
        f"Two (two@x.example),9,,One,one@client.example,{link}43,2026-03-02 19:45:00 UTC\n"
        "Two (two@x.example),4,,One,one@client.example,elsewhere,2026-03-02 19:45:00 UTC\n"
        "Period from 2026-03-01 to 2026-03-31\n"
    )
    result = intake(tmp_path, {"csat.csv": text, "tickets.csv": TICKETS})
    assert result.rows("ratings", "ticket_id", "rated_at", "score", "scale_min", "scale_max") == [
        ("42", datetime(2026, 3, 2, 19, 45), 5, 1, 5)
    ]
    assert (result.summary.rows_read, result.summary.rows_accepted, result.summary.rows_rejected) == (5, 3, 2)


def test_averages_of_agents_are_refused_with_what_they_are(tmp_path: Path) -> None:
    text = (
        "Relatório de 01/03/2026 a 31/03/2026\n\n"
        "Nome do Agente,Conversas atribuídas,Tempo médio de primeira resposta,Tempo médio de resolução\n\n"
        "Two Example,42,37 minutes,7 hours 25 minutes\n"
    )
    with pytest.raises(Refused, match=r"agents\.csv is a report of Chatwoot with the averages of each agent"):
        intake(tmp_path, {"agents.csv": text, "tickets.csv": TICKETS})


def test_glpi_numbers_lose_the_space_between_thousands(tmp_path: Path) -> None:
    text = (
        "ID;Título;Status;Data de abertura;Requerente - Requerente\r\n"
        "12 345;x;Pendente;13-03-2026 09:14;UM\r\n12\u00a0346;x;Pendente;13-03-2026 09:14;UM\r\n"
    )
    result = intake(tmp_path, {"glpi.csv": text}, timezone="UTC")
    assert result.rows("tickets", "ticket_id") == [("12345",), ("12346",)]


def test_of_a_ticket_with_a_message_that_cannot_be_read_none_is_and_its_reply_is_unknown(tmp_path: Path) -> None:
    head = "ID;Título;Data de abertura;Requerente - Requerente;Acompanhamentos - Autor;Acompanhamentos - Data\r\n"
    rows = (
        "1;x;13-03-2026 09:14;UM;DESK<br>DESK;13-03-2026 10:00<br>soon\r\n"
        "2;x;13-03-2026 09:14;UM;DESK;13-03-2026 10:00<br>13-03-2026 11:00\r\n"
        "3;x;13-03-2026 09:14;UM;DESK;13-03-2026 10:00\r\n"
        "4;x;13-03-2026 09:14;UM;;\r\n"
    )
    got = intake(tmp_path, {"glpi.csv": head + rows}, timezone="UTC", said={"glpi_followups": "yes"})
    assert got.rows("tickets", "ticket_id", "untold") == [
        ("1", "first_reply"), ("2", "first_reply"), ("3", None), ("4", None),
    ]  # fmt: skip
    assert got.rows("events", "ticket_id", "at", "by") == [("3", datetime(2026, 3, 13, 10), "agent")]
    assert any("2 ratings or messages within accepted rows could not be read" in note for note in got.summary.notes)
