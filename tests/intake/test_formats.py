from datetime import datetime
from pathlib import Path

import pytest
from intake_runs import ROOT, intake, write

from sla.errors import Refused
from sla.intake.formats import COLUMNS, read_formats
from sla.models import run_statement

STANDARD = (ROOT / "data" / "formats" / "standard.toml").read_text(encoding="utf-8")
DESK = """
name = "desk"
dates = "mdy"
missing = ["-", "n/a"]
[statuses]
waiting = ["Parked"]
[words.severity]
1 = ["Top", "P-1"]
[words.opened_by]
agent = ["Staff"]
[[files]]
kind = "tickets"
needs = ["ticket_id", "created_at"]
columns.ticket_id = ["Id", "Ticket Number"]
columns.created_at = ["Created at ({zone})", "Created at"]
columns.severity = ["Urgency"]
columns.opened_by = ["Source"]
columns.subject = ["Subject"]
constants.channel = "mail"
"""


def formats(tmp_path: Path, **texts: str) -> Path:
    return write(tmp_path / "formats", {f"{name}.toml": text for name, text in texts.items()})


def test_a_format_file_alone_teaches_another_helpdesk_s_export(tmp_path: Path) -> None:
    text = (
        "TICKET  number,Created at (america/new_york),Urgency,Source,Subject,Subject\n"
        "1,1/2/2026 9:05,top,STAFF,-,second\n2,12/31/2025,P-2,customer,n/a,second\n"
    )
    got = intake(tmp_path, {"t.csv": text}, formats_dir=formats(tmp_path, desk=DESK, standard=STANDARD))
    # New York is five hours behind UTC in winter.
    assert got.rows("tickets", "created_at", "severity", "opened_by", "subject") == [
        (datetime(2026, 1, 2, 14, 5), "1", "agent", None),
        (datetime(2025, 12, 31, 5), "P-2", "customer", None),
    ]
    assert got.rows("tickets", "channel", "format") == [("mail", "desk"), ("mail", "desk")]
    assert got.rows("format_statuses") == [("desk", "parked", "waiting")]
    assert not got.summary.timezone_was_assumed


def test_a_zone_in_a_header_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="names the zone 'mars'"):
        intake(tmp_path, {"t.csv": "Id,Created at (Mars)\n"}, formats_dir=formats(tmp_path, desk=DESK))


def test_the_most_specific_format_wins(tmp_path: Path) -> None:
    narrow = DESK.replace('"desk"', '"narrow"').replace(
        'needs = ["ticket_id",', 'headers = ["Extra"]\nneeds = ["ticket_id",'
    )
    folder = formats(tmp_path, desk=DESK, narrow=narrow)
    got = intake(tmp_path, {"t.csv": "Id,Created at,Extra\n1,2026-01-01,x\n"}, formats_dir=folder)
    assert got.rows("source_files", "format") == [("narrow",)]


def test_two_formats_that_fit_equally_well_are_refused_by_name_and_settled_by_the_option(tmp_path: Path) -> None:
    folder = formats(tmp_path, desk=DESK, twin=DESK.replace('"desk"', '"twin"'))
    files = {"t.csv": "Id,Created at\n1,2026-01-01\n"}
    with pytest.raises(Refused, match=r"fits desk \(tickets\) and twin \(tickets\) equally well; .*--format"):
        intake(tmp_path, files, formats_dir=folder)
    got = intake(tmp_path, files, formats_dir=folder, format_name="twin")
    assert got.rows("source_files", "format") == [("twin",)]


def test_an_unknown_format_name_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"--format names 'nodesk': expected one of .*servicenow_log, standard"):
        intake(tmp_path, {"t.csv": "ticket_id,created_at\nx,2026-01-01\n"}, format_name="nodesk")


def test_files_of_kinds_that_the_named_format_lacks_are_read_as_standard(tmp_path: Path) -> None:
    files = {"t.csv": "Id,Created at\n1,2026-01-01\n", "a.csv": "account,plan\nA,Gold\n"}
    got = intake(tmp_path, files, format_name="desk", formats_dir=formats(tmp_path, desk=DESK, standard=STANDARD))
    assert got.rows("source_files", "format", "kind") == [("standard", "accounts"), ("desk", "tickets")]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (('name = "desk"', 'name = "other"'), r"desk\.toml has name = 'other'"),
        (('dates = "mdy"', 'dates = "ymd"'), r"dates = 'ymd'; expected one of iso, dmy, mdy"),
        (("[statuses]", "[states]"), r"unknown key 'states'"),
        (("waiting =", "sleeping ="), r"statuses: unknown key 'sleeping'"),
        (('kind = "tickets"', 'kind = "ticket"'), r"files 1: kind = 'ticket'"),
        (("columns.subject", "columns.title"), r"files 1, columns: unknown key 'title'"),
        (('"created_at"]', '"agent"]'), r"files 1: needs = \['agent'\]"),
        (('["Parked"]', '"Parked"'), r"statuses\.waiting: expected a list of texts"),
        (('["Parked"]', '["Parked"]\nsolved = [" parked"]'), r"'parked' stands under 'waiting' and 'solved'"),
        (('name = "desk"', "name = "), r"desk\.toml is not readable as TOML"),
        (('dates = "mdy"', 'timezone = "Nowhere"'), r"format desk names the zone 'Nowhere'"),
    ],
)
def test_a_format_file_that_cannot_be_right_is_refused_with_its_key(
    tmp_path: Path, change: tuple[str, str], sentence: str
) -> None:
    assert change[0] in DESK
    folder = formats(tmp_path, desk=DESK.replace(*change))
    with pytest.raises(Refused, match=sentence):
        intake(tmp_path, {"t.csv": "Id,Created at\n1,2026-01-01\n"}, formats_dir=folder)


def test_the_shipped_formats_can_be_read() -> None:
    assert {"standard", "servicenow_log"} <= read_formats(ROOT / "data" / "formats").keys()


@pytest.mark.parametrize("kind", COLUMNS)
def test_the_raw_table_of_a_kind_has_the_columns_that_formats_may_fill(kind: str) -> None:
    import duckdb

    con = duckdb.connect()
    run_statement(con, kind, (ROOT / "queries" / "intake" / f"raw_{kind}.sql").read_text(encoding="utf-8"), {})
    assert con.table(f"raw_{kind}").columns == ["file_no", *COLUMNS[kind]]
