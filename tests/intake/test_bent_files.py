"""Valid exports, bent in every way: each is read with every row accounted for, or refused in a sentence.

Some seconds in the suite; for longer say SLA_FUZZ_SECONDS=600. Then some of them are also measured as an upload is.
"""

import gzip
import io
import json
import os
import re
import tempfile
import time
import zipfile
from pathlib import Path

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_runs import ROOT, Result, run
from workbooks import workbook

from sla.errors import Refused
from sla.intake.formats import read_formats
from sla.intake.inspection import inspect
from sla.policies.reader import read_policies
from sla.upload import OwnFile, measure_upload

SECONDS = float(os.environ.get("SLA_FUZZ_SECONDS", "5"))
LONG = 60  # seconds
FORMATS = read_formats(ROOT / "data" / "formats")
POLICIES = read_policies(ROOT / "data" / "policies")
SURE = "ticket_id,created_at\nsure,2026-01-01\n"
ROWS = [
    ("ticket_id", "created_at", "severity", "status", "subject", "solved_at"),
    ("A-1", "2026-01-05T09:00:00Z", "P1", "Solved", "Vídeo não reproduz", "2026-01-05T10:00:00Z"),
    ("A-2", "06/01/2026 09:30", "P2", "Aberto", 'She said "no", twice', ""),
    ("A-3", "2026-01-07 10:00:00+03:00", "", "", "سارة\nعلي", "2026-01-08"),
    ("A-4", "25/Feb/26 10:17 PM", "P3", "Pending", "=HYPERLINK(1)", "13/01/2026"),
]
EVENTS = [
    ("ticket_id", "at", "kind", "by", "value", "seq"),
    ("A-1", "2026-01-05T09:10:00Z", "message", "agent", "", "1"),
    ("A-2", "2026-01-06T09:10:00Z", "status", "", "Solved", ""),
]
KNOWN = json.loads((ROOT / "tests" / "intake" / "known_headers.json").read_text("utf-8"))
CELLS = st.sampled_from(
    ["", "-", "1", "7", "4.5", "true", "Open", "Fechado", "مفتوح", "High", "Good", "37", "1,5", "-1:26", "31:07:12",
     "4 days 00:01 hrs", "7 horas 25 minutos", "2026-02-05 09:00:00", "2026-02-05T09:00:00Z", "05/02/2026 10:00",
     "02/26/2026", "25/Feb/26 10:17 PM", "26 de jun. de 2026, 10:28", "1772442000000", "46023.5", "agent", "a;b<br>c",
     "https://desk.example/app/accounts/1/conversations/7", "Agent One <agent@desk.example>", '=HYPERLINK("x")']
)  # fmt: skip
WORDS = st.sampled_from(
    ["", '"', '""', ",", ";", "\t", "\n", "\r", "\r\n", "\x00", "\ufeff", "31/12/2025", "12/31/2025", "9999-12-31",
     "1e308", "-1", "9" * 400, "\ud800", "ticket_id", "Title of a report", "=1+1", "<br>", "A-1", "{", "[", "\u202e",
     "46023.5"]
)  # fmt: skip
ENCODINGS = st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "cp1256"])


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    """A table as text: cells replaced, rows repeated, dropped or cut, lines around it, in some encoding."""
    rows = [list(row) for row in draw(st.one_of(st.sampled_from([ROWS, EVENTS]), helpdesk_rows()))]
    for _ in range(draw(st.integers(0, 4))):
        row = draw(st.sampled_from(rows))
        if row:
            row[draw(st.integers(0, len(row) - 1))] = draw(WORDS)
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(rows) - 1))
        rows.insert(draw(st.integers(0, len(rows))), list(rows[place])[: draw(st.integers(0, 7))])
    mark = draw(st.sampled_from([",", ",", ";", "\t", "|"]))
    end = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    quoting = draw(st.sampled_from(["all", "some", "none"]))
    lines = [mark.join(_cell(cell, mark, quoting) for cell in row) for row in rows]
    before = draw(st.sampled_from(["", "", f"A title{end}", f"Title{mark}{mark}{end}{end}"]))
    after = draw(st.sampled_from(["", end, f"{end}{end}Timezone: Europe/Lisbon{end}", f"{end}cut off"]))
    return (before + end.join(lines) + after).encode(draw(ENCODINGS), "replace")


@st.composite
def helpdesk_rows(draw: st.DrawFn) -> list[list[str]]:
    """The headers of an export of one of the formats, and rows under them."""
    headers = draw(st.sampled_from(KNOWN))["headers"]
    row = st.lists(CELLS, min_size=len(headers), max_size=len(headers))
    return [list(headers), *draw(st.lists(row, min_size=1, max_size=3))]


def _cell(cell: str, mark: str, quoting: str) -> str:
    if quoting == "all" or (quoting == "some" and re.search(f'["\n\r{re.escape(mark)}]', cell)):
        return '"' + cell.replace('"', '""') + '"'
    return cell


@st.composite
def objects(draw: st.DrawFn) -> bytes:
    """The same table as JSON: a list, lines, or a list within an object."""
    table = draw(st.one_of(st.just(ROWS), helpdesk_rows()))
    rows: list[dict[str, object]] = [dict(zip(table[0], row, strict=True)) for row in table[1:]]
    rows[draw(st.integers(0, len(rows) - 1))][draw(st.sampled_from(table[0]))] = draw(
        st.sampled_from(
            [None, True, 1, -0.5, [], ["a", 1], {"a": {"b": 2}}, [{"id": "x", "value": 3}], "\ud800", 10**400]
        )
    )
    shape = draw(st.sampled_from(["list", "lines", "object"]))
    if shape == "lines":
        return "\n".join(json.dumps(row) for row in rows).encode()
    return json.dumps(
        rows if shape == "list" else {"count": 4, "tickets": rows}, indent=draw(st.sampled_from([None, 1]))
    ).encode()


@st.composite
def packed(draw: st.DrawFn) -> bytes:
    """A table or objects, as they are, in a zip, in a gzip or as a workbook."""
    content = draw(st.one_of(tables(), tables(), objects()))
    shape = draw(st.sampled_from(["plain"] * 8 + ["zip", "gzip", "workbook"]))
    if shape == "plain":
        return content
    if shape == "gzip":
        return gzip.compress(content, mtime=0)
    if shape == "workbook":
        return workbook(draw(st.one_of(st.just(ROWS), helpdesk_rows())))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(draw(st.sampled_from(["t.csv", "../t.csv", "deep/er/t.json"])), content)
    return out.getvalue()


@st.composite
def bent(draw: st.DrawFn) -> bytes:
    """A file with bytes flipped, put in, taken out, or cut off at its end."""
    content = bytearray(draw(packed()))
    for _ in range(draw(st.sampled_from([0, 0, 1, 1, 2, 5]))):
        if not content:
            break
        place = draw(st.integers(0, len(content) - 1))
        match draw(st.sampled_from(["flip", "put", "take", "cut"])):
            case "flip":
                content[place] ^= draw(st.integers(1, 255))
            case "put":
                content[place:place] = draw(
                    st.one_of(st.binary(max_size=6), WORDS.map(lambda text: text.encode("utf-8", "replace")))
                )
            case "take":
                del content[place : place + draw(st.integers(1, 40))]
            case _:
                del content[max(place, len(content) - 60) :]
    return bytes(content)


def check(name: str, content: bytes, dates: str | None) -> None:
    """Reads one file beside a sure one, and looks at it; both end in an answer or in a sentence."""
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / name
        given.write_bytes(content)
        sure = Path(folder) / "sure.csv"
        sure.write_text(SURE)
        workshop = Path(folder) / "workshop"
        workshop.mkdir()
        try:
            for found in inspect([given], FORMATS, workshop):
                assert all(0 <= place < len(found.headers) for place in found.places.values())
        except Refused:
            pass
        try:
            with duckdb.connect() as con:
                got = _read([given, sure], con, dates)
                summary, rejected = got.summary, len(got.rows("rejected_rows"))
                ids = [ticket_id for (ticket_id,) in got.rows("tickets", "ticket_id")]
        except Refused:
            return
    for file in summary.files:
        assert file.rows_read == file.rows_accepted + file.rows_rejected
    assert summary.rows_read == summary.rows_accepted + summary.rows_rejected
    assert summary.rows_rejected == rejected
    if not content.startswith((b"PK", b"\x1f\x8b")):
        for ticket_id in ids:
            stands = any(
                ticket_id.encode(encoding, "replace") in content.replace(b'""', b'"')
                for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp1252", "cp1256")
            )
            assert stands or ticket_id == "sure" or content.lstrip()[:1] in (b"{", b"[")


def _read(paths: list[Path], con: duckdb.DuckDBPyConnection, dates: str | None) -> Result:
    """Reads them, and answers what a format asks by its first answer."""
    try:
        return run(paths, con, dates=dates)
    except Refused as refusal:
        if not (asked := re.findall(r"Answer with --say (\w+)=(\w+)", str(refusal))):
            raise
    return run(paths, con, dates=dates, said=dict(asked))


def check_measured(name: str, content: bytes) -> None:
    """Measures one file beside a sure one, as the upload page does."""
    files = [OwnFile(name, content), OwnFile("sure.csv", SURE.encode())]
    try:
        made = measure_upload(files, policies=POLICIES, default_policy=POLICIES[0].id, timezone="UTC")
    except Refused:
        return
    made.close()
    assert made.summary.rows_read == made.summary.rows_accepted + made.summary.rows_rejected


def test_a_bent_file_is_read_with_every_row_or_refused_in_a_sentence() -> None:
    names = st.sampled_from(["t.csv", "t.csv", "t.xlsx", "t.json", "t.zip", "t.csv.gz", "t"])
    ends_at = time.monotonic() + SECONDS

    @settings(
        max_examples=20,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(names, bent(), st.sampled_from([None, "dmy", "mdy"]), st.integers(0, 9))
    def bend(name: str, content: bytes, dates: str | None, turn: int) -> None:
        if time.monotonic() < ends_at:
            check(name, content, dates)
            if turn == 0 and SECONDS >= LONG:
                check_measured(name, content)

    bend()
    while time.monotonic() < ends_at:  # so that no example is made for nothing when the time is over
        bend()
