"""The workbook of a pack: its figures read back equal a direct count; no text of a ticket comes alive in it."""

import re
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import UTC
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from sla import store
from sla.review.pack import Pack
from sla.review.plain import plain
from sla.review.sheets import sheets
from sla.review.xlsx import xlsx
from sla.words import LANGUAGES, words
from tests.review.forms_desk import HOSTILE, QUARTER, hostile, noted_pack, pack_of
from tests.review.libreoffice import TABLE, opened, rows

Row = dict[str, Any]


@pytest.fixture(scope="module")
def sample(sample_snapshot: Path) -> store.Connection:
    return store.open_snapshot(sample_snapshot)


def read(data: bytes, pack: Pack) -> dict[str, list[Row]]:
    """The rows of each sheet by its key, each by the heads of its columns."""
    book = openpyxl.load_workbook(BytesIO(data))
    found = {}
    for sheet in sheets(pack):
        page = book[sheet.name]
        head, *rows = list(page.iter_rows(values_only=True))[page.max_row - len(sheet.rows) - 1 :]
        assert list(head[: len(sheet.columns)]) == [one.title for one in sheet.columns]
        found[sheet.key] = [dict(zip(head, row, strict=True)) for row in rows]
    return found


def direct(connection: store.Connection, account: str) -> list[Row]:
    """Every clock of the account that counts in the quarter, counted over the table of clocks."""
    with connection.cursor() as cursor:
        rows = cursor.execute(
            """
            select metric, outcome, ticket_id, cycle, target_s, elapsed_s, started_at, zone
            from clocks
            join (select policy, any_value(reporting_timezone) as zone from policy_versions group by policy)
                using (policy)
            where account = $account
                and (coalesce(due_at, started_at) at time zone 'UTC' at time zone zone)::date between $first and $last
            """,
            {"account": account, "first": QUARTER.first_on, "last": QUARTER.last_on},
        ).fetchall()
    names = ("metric", "outcome", "ticket_id", "cycle", "target_s", "elapsed_s", "started_at", "zone")
    return [dict(zip(names, row, strict=True)) for row in rows]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_clock_reads_back_as_it_stands_in_the_snapshot(sample: store.Connection, language: str) -> None:
    spoken, pack = words(language), noted_pack(sample, "V07", language)
    rows = read(xlsx(pack), pack)["clocks"]
    told = spoken.messages
    measure = {name: str(told[f"pack.measure.{name}"]) for name in ("target_s", "elapsed_s")}
    column = {key: str(told[f"workbook.column.{key}"]) for key in ("cycle", "outcome", "started")}

    def seconds(row: Row, name: str) -> int | None:
        title = measure[name][:1].upper() + measure[name][1:]
        value = row[title]
        if value is None:
            return None
        counted_s: int = round(value.total_seconds() if hasattr(value, "total_seconds") else value * 86_400)
        return counted_s

    read_back = {
        (row[spoken("column.ticket")], row[spoken("column.metric")], row[column["cycle"]]): (
            *(row[column["outcome"]], seconds(row, "target_s"), seconds(row, "elapsed_s"), row[column["started"]]),
        )
        for row in rows
    }
    counted = {
        (row["ticket_id"], spoken.named("metric", row["metric"]), row["cycle"]): (
            *(spoken.named("outcome", row["outcome"]), row["target_s"], row["elapsed_s"]),
            row["started_at"].replace(tzinfo=UTC).astimezone(ZoneInfo(row["zone"])).replace(tzinfo=None, microsecond=0),
        )
        for row in direct(sample, "V07")
    }
    assert len(rows) == len(counted) > 50
    assert read_back == counted


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_has_raw_counts_and_those_with_waivers_beside_them(sample: store.Connection, language: str) -> None:
    spoken, pack = words(language), noted_pack(sample, "V07", language)
    counted = Counter(row["outcome"] for row in direct(sample, "V07"))
    first = next(iter(read(xlsx(pack), pack)["summary"]))
    values = list(first.values())
    decided = counted["met"] + counted["breached"]
    assert values[1:5] == [spoken("pack.figure.lead"), counted["met"], counted["breached"], decided]
    assert values[-5:-1] == [1, counted["met"], counted["breached"] - 1, decided - 1]
    assert values[5] == pytest.approx(counted["met"] / decided)


def test_a_ticket_text_stays_text_whatever_it_begins_with(sample: store.Connection) -> None:
    pack = hostile(noted_pack(sample, "V07", "en"))
    data = xlsx(pack)
    book = openpyxl.load_workbook(BytesIO(data))
    subjects = {row["Subject"] for row in read(data, pack)["clocks"]}
    assert {plain(text) for text in HOSTILE} <= {subject.replace("_x005F_", "_") for subject in subjects}
    assert "abcdefg" in subjects
    assert {cell.data_type for page in book for row in page.iter_rows() for cell in row} <= {"s", "n", "d"}
    with zipfile.ZipFile(BytesIO(data)) as parts:
        inside = {name: parts.read(name).decode("utf-8") for name in parts.namelist()}
    pages = [text for name, text in inside.items() if name.startswith("xl/worksheets/sheet")]
    assert pages
    assert not any("<f>" in text or "<f " in text or "<hyperlink" in text for text in pages)
    assert not any("hyperlink" in text for name, text in inside.items() if name.endswith(".rels"))
    assert "<b>bold" not in "".join(inside.values())
    assert all("_x0041_ &amp;F &amp;P" not in text for text in pages)  # in the heads of pages it would be a command


def test_the_same_pack_gives_the_same_bytes_dated_by_its_instant(sample: store.Connection) -> None:
    pack = pack_of(sample, "V07", "ar")
    data = xlsx(pack)
    assert data == xlsx(pack)
    with zipfile.ZipFile(BytesIO(data)) as parts:
        assert {info.date_time[0] for info in parts.infolist()} == {1980}
        core = parts.read("docProps/core.xml").decode()
    assert set(re.findall(r">(\d{4}-[^<]*)</dcterms", core)) == {f"{pack.instant:%Y-%m-%dT%H:%M:%SZ}"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_print_on_a4_with_heads_that_stay(sample: store.Connection, language: str) -> None:
    pack = pack_of(sample, "V07", language)
    keys = {sheet.name: sheet.key for sheet in sheets(pack)}
    book = openpyxl.load_workbook(BytesIO(xlsx(pack)))
    for page in book:
        assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
        wide = {"promises": "$A:$C", "breaches": "$A:$B", "clocks": "$A:$B"}.get(keys[page.title])
        if keys[page.title] != "summary":  # how wide its heads are depends on the language
            assert (int(page.page_setup.fitToWidth or 1), page.print_title_cols) == ((2, wide) if wide else (1, None))
        assert int(page.page_setup.fitToHeight) == 0
        assert page.print_title_rows
        assert page.freeze_panes
        assert page.oddFooter.center.text == "&P / &N"
        assert len(page.title) <= 31
        assert bool(page.sheet_view.rightToLeft) == (language == "ar")
    assert len(set(book.sheetnames)) == len(book.sheetnames)


def test_few_clocks_have_counts_and_no_share(sample: store.Connection) -> None:
    pack = pack_of(sample, "V07", "en")
    few = replace(pack.content.parts[0].totals[0], is_too_few=True)
    part = replace(pack.content.parts[0], totals=(few,))
    rows = read(xlsx(told := replace(pack, content=replace(pack.content, parts=(part,)))), told)["summary"]
    assert (rows[1]["Share"], rows[1]["Interval from"], rows[1]["Note"]) == (None, None, "too few to judge")
    assert rows[1]["Met"] == few.met_count


def test_an_account_without_targets_has_waiting_times_and_no_verdict(sample: store.Connection) -> None:
    pack = pack_of(sample, "Z02", "en")
    part = pack.content.parts[0]
    bare = replace(part, totals=(), promises=(), trends=(), breaches=(), endings={})
    lead = replace(pack.lead, decided_count=0, running_count=0)
    told = replace(pack, content=replace(pack.content, parts=(bare,)), lead=lead)
    names = [sheet.key for sheet in sheets(told)]
    assert "promises" not in names
    assert {"waits", "volumes", "clocks"} <= set(names)
    assert read(xlsx(told), told)["summary"] == []


def test_an_account_that_was_not_measured_still_gives_a_file(sample: store.Connection) -> None:
    pack = pack_of(sample, "nobody", "pt-BR")
    assert openpyxl.load_workbook(BytesIO(xlsx(pack))).sheetnames[0] == "Resumo"


def test_libreoffice_opens_every_sheet_with_its_numbers_and_nothing_alive(
    sample: store.Connection, tmp_path: Path
) -> None:
    pack = hostile(noted_pack(sample, "V07", "pt-BR"))
    file = tmp_path / "workbook.xlsx"
    file.write_bytes(xlsx(pack))
    tables = {table.get(f"{TABLE}name"): table for table in opened(file, "ods")[""].iter(f"{TABLE}table")}
    assert list(tables) == [sheet.name for sheet in sheets(pack)]
    clocks = next(sheet for sheet in sheets(pack) if sheet.key == "clocks")
    cycle = [column.title for column in clocks.columns].index(words("pt-BR")("workbook.column.cycle"))
    read = [row for row in rows(tables[clocks.name]) if len(row) > cycle][1:]
    assert [row[cycle] for row in read] == [clock.cycle for clock in pack.clocks]
    assert not [
        element.tag
        for table in tables.values()
        for element in table.iter()
        if element.get(f"{TABLE}formula") or element.tag.endswith("}a")
    ]
