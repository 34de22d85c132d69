"""The PDF of a pack: its figures are a direct count, its fonts are inside, its text stays text, nothing is fetched."""

import io
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest
from weasyprint.urls import FatalURLFetchingError

from sla import store
from sla.periods import period_of
from sla.review import forms
from sla.review.notes import NO_NOTES, BreachNote, ClockKey, Note, Notes, PeriodComment, Signed, Waiver, holding
from sla.review.pack import Pack, read_pack
from sla.review.pdf import _Own, pdf
from sla.review.print.document import document
from sla.review.style import Logo, Style
from sla.words import LANGUAGES, words
from tests.review.read_pdf import fonts, letters, numbers, structure, tables

QUARTER = period_of("quarter", date(2026, 8, 1))
BY = Signed(1, "Ann Example", True, datetime(2026, 10, 3, 12))
HOSTILE = "<script>alert(1)</script><img src='http://example.invalid/x.png'><a href='http://example.invalid'>x</a>\x00"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def sample(sample_snapshot: Path) -> store.Connection:
    return store.open_snapshot(sample_snapshot)


def pack_of(connection: store.Connection, language: str, account: str = "V07", notes: Notes = NO_NOTES) -> Pack:
    def ask(report: str, **values: Any) -> list[dict[str, Any]]:
        return store.records(store.run(connection, report, values))

    return read_pack(ask, account, QUARTER, language, notes)


def table_with(title: str, data: bytes) -> list[list[str]]:
    """The rows of every table with a title in its head, drawn from left to right or from right to left."""
    found = [rows for rows in tables(data) if {title, title[::-1]} & {cell.strip() for cell in rows[0]}]
    return [row for rows in found for row in rows[1:]]


def counted(connection: store.Connection, account: str) -> list[tuple[Any, ...]]:
    """Metric, target, outcome, ticket and cycle of every clock of the quarter, counted by hand."""
    with connection.cursor() as cursor:
        return cursor.execute(
            """
            select metric, target_no, outcome, ticket_id, cycle
            from clock_facts as clocks
            join (select policy, any_value(reporting_timezone) as zone from policy_versions group by policy)
                using (policy)
            where account = $account
                and (coalesce(due_at, started_at) at time zone 'UTC' at time zone zone)::date between $first and $last
            """,
            {"account": account, "first": QUARTER.first_on, "last": QUARTER.last_on},
        ).fetchall()


@pytest.mark.parametrize("account", ["V07", "L05"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_read_back_are_a_direct_count(sample: store.Connection, language: str, account: str) -> None:
    pack, spoken, rows = pack_of(sample, language, account), words(language), counted(sample, account)
    data = pdf(pack)
    decided = [row for row in rows if row[2] in ("met", "breached")]
    by_metric = Counter((row[0], row[2]) for row in decided)
    by_clause = Counter((row[0], row[1], row[2]) for row in decided)
    promised = {total.metric for total in pack.content.parts[0].totals if total.has_target and total.is_in_export}
    expected = [(by_metric[metric, "met"], by_metric[metric, "breached"]) for metric in promised]
    expected += [
        (by_clause[one.metric, one.target_no, "met"], by_clause[one.metric, one.target_no, "breached"])
        for one in pack.content.parts[0].promises
    ]
    cells = [row[2] for row in table_with(spoken("review.promise.clause"), data)]
    assert len(cells) == len(expected)
    shown = [set(numbers(cell)) for cell in cells]
    for met, breached in expected:
        many = met + breached
        wanted = {spoken.number(met), spoken.number(many)} if many else set()
        if many >= 10:
            wanted |= set(numbers(spoken.percent(met / many)))
        assert any(wanted <= found for found in shown), (met, many)
    breached_tickets = Counter(row[3] for row in rows if row[2] == "breached")
    assert Counter(row[0].split()[0] for row in table_with(spoken("print.done"), data)) == breached_tickets


@pytest.mark.parametrize("language", LANGUAGES)
def test_fonts_are_inside_and_the_structure_is_tagged(sample: store.Connection, language: str) -> None:
    pack = pack_of(sample, language)
    data = pdf(replace(pack, style=Style(logo=Logo("png", PIXEL), sender="Example Ltd")))
    root = pypdf.PdfReader(io.BytesIO(data)).trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    found = fonts(data)
    assert found
    assert all(found.values())
    assert all("Review" in name for name in found), found
    elements = structure(data)
    kinds = Counter(str(element["/S"]) for element in elements)
    assert kinds["/H1"] == 1
    assert kinds["/Table"] >= 4
    figures = [element for element in elements if element["/S"] == "/Figure"]
    assert len(figures) == 1 + sum(bool(trend.points) for part in pack.content.parts for trend in part.trends)
    assert all(element["/Alt"] for element in figures)


def test_the_same_pack_gives_the_same_bytes_in_every_process(sample: store.Connection) -> None:
    pack = pack_of(sample, "ar")
    assert pdf(pack) == pdf(pack_of(sample, "ar"))
    read = pypdf.PdfReader(io.BytesIO(pdf(pack)))
    assert read.metadata is not None
    assert read.metadata.creation_date is not None
    assert read.metadata.creation_date.replace(tzinfo=None) == pack.content.provenance.as_of.replace(microsecond=0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_of_tickets_stays_text(sample: store.Connection, language: str) -> None:
    pack = pack_of(sample, language)
    part = pack.content.parts[0]
    breach = replace(part.breaches[0], subject=HOSTILE + "w" * 400, ticket_id="</td><b>T</b>", severity="<i>")
    key = ClockKey(breach.ticket_id, breach.metric, breach.cycle)
    notes: list[Note] = [BreachNote(key, QUARTER.first_on, "other", HOSTILE, BY)]
    comment = replace(part.satisfaction.comments[0], comment=HOSTILE)
    part = replace(part, breaches=(breach,), satisfaction=replace(part.satisfaction, comments=(comment,)))
    hostile = replace(
        pack, content=replace(pack.content, parts=(part,), name=HOSTILE, manager=HOSTILE), notes=holding(notes, 1)
    )
    html = document(hostile)
    assert "<script" not in html
    assert "href" not in html.replace("href=&#x27;", "")
    data = pdf(hostile)
    assert not any("/Annots" in page for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    told = " ".join(letters(data))
    assert told.count("alert(1)") + told.count("alert)1(") >= 4


def test_raw_and_waived_figures_stand_side_by_side(sample: store.Connection) -> None:
    pack = pack_of(sample, "en")
    clock = next(clock for clock in pack.clocks if clock.outcome == "breached")
    notes: list[Note] = [
        Waiver(clock.key, clock.counted_on, True, "Bob Sample", "Agreed by phone.", BY),
        BreachNote(clock.key, clock.counted_on, "staffing", "Two more people on duty.", BY),
    ]
    pack = pack_of(sample, "en", notes=holding(notes, 2))
    total = next(total for total in pack.content.parts[0].totals if total.metric == clock.metric)
    rows = table_with("Promise", pdf(pack))
    assert f"{total.met_count} of {total.decided_count}" in rows[0][2]
    assert f"{total.met_count} of {total.decided_count - 1}" in rows[0][3]
    text = " ".join(letters(pdf(pack)))
    assert "Two more people on duty." in text
    assert "Waived, agreed with Bob Sample." in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_account_without_targets_gets_waiting_times_and_no_verdict(sample: store.Connection, language: str) -> None:
    with sample.cursor() as cursor:
        row = cursor.execute(
            "select account from clocks group by account having bool_and(policy = 'hosting') order by account limit 1"
        ).fetchone()
    assert row is not None
    pack, spoken = pack_of(sample, language, row[0]), words(language)
    data = pdf(pack)
    assert not table_with(spoken("review.promise.clause"), data)
    assert len([rows for rows in tables(data) if len(rows[0]) == 5]) >= 1
    assert not [element for element in structure(data) if element["/S"] == "/Figure"]


def test_nothing_but_the_programs_own_is_fetched() -> None:
    for address in ("http://example.invalid/", "file:///etc/passwd", "data:text/plain,x", "pack:../style.py"):
        with pytest.raises(FatalURLFetchingError):
            _Own().fetch(address)


def test_without_pango_only_this_form_refuses_and_says_what_to_install() -> None:
    program = """
import cffi, sys
def missing(*names, **more):
    raise OSError("cannot load library")
cffi.FFI.dlopen = missing
from sla.errors import Refused
from sla.review import forms
try:
    forms.form("pdf")
except Refused as error:
    print(error)
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert told.count("\n") == 1
    assert "libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0" in told


def test_the_form_is_offered() -> None:
    assert "pdf" in forms.offered()


def test_a_comment_on_the_period_is_on_the_first_page(sample: store.Connection) -> None:
    said = PeriodComment(QUARTER.first_on, QUARTER.last_on, "A quiet quarter.", BY)
    data = pdf(pack_of(sample, "en", notes=holding([said], 1)))
    assert "A quiet quarter." in letters(data)[0]
