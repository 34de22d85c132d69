"""The slides of a pack: figures read back equal a direct count, charts carry them, and no ticket's text comes alive."""

import zipfile
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pptx import Presentation

from sla import store
from sla.review.pack import Pack
from sla.review.pptx import pptx
from sla.review.style import Logo, Style
from sla.words import LANGUAGES, words
from tests.review.forms_desk import QUARTER, hostile, noted_pack, pack_of
from tests.review.libreoffice import DRAW, TABLE, opened, rows

PRESENTATION = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@pytest.fixture(scope="module")
def sample(sample_snapshot: Path) -> store.Connection:
    return store.open_snapshot(sample_snapshot)


def slides(data: bytes) -> list[Any]:
    return list(Presentation(BytesIO(data)).slides)


def charts(data: bytes) -> list[Any]:
    return [shape.chart for slide in slides(data) for shape in slide.shapes if shape.has_chart]


def tables(data: bytes) -> list[list[list[str]]]:
    found = [shape.table for slide in slides(data) for shape in slide.shapes if shape.has_table]
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in found]


def text(data: bytes) -> str:
    shapes = [shape for slide in slides(data) for shape in slide.shapes if shape.has_text_frame]
    return "\n".join(shape.text_frame.text for shape in shapes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_carry_the_months_as_they_are_counted_in_the_snapshot(sample: store.Connection, language: str) -> None:
    with sample.cursor() as cursor:
        rows = cursor.execute(
            """
            select month(due_at), count(*) filter (outcome = 'met'), count(*)
            from clocks
            where account = 'V07' and metric = 'first_response' and outcome in ('met', 'breached')
                and due_at between timestamp '2026-05-01' and timestamp '2026-09-30 23:59:59'
            group by all
            order by all
            """
        ).fetchall()
    chart = charts(pptx(pack_of(sample, "V07", language)))[0]
    drawn = list(chart.plots[0].series[0].values)
    assert drawn == pytest.approx([met / decided if decided >= 10 else None for _, met, decided in rows])
    counted = [words(language)("matrix.counts", met=met, decided=decided) for _, met, decided in rows]
    assert [name.split("\n")[1] for name in chart.plots[0].categories] == counted
    page = openpyxl.load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert [row[1] for row in page.iter_rows(min_row=2, values_only=True)] == drawn  # the sheet to edit it by


@pytest.mark.parametrize("language", LANGUAGES)
def test_clauses_and_volumes_read_back_equal_a_direct_count(sample: store.Connection, language: str) -> None:
    spoken = words(language)
    with sample.cursor() as cursor:
        met, breached = cursor.execute(
            """
            select count(*) filter (outcome = 'met'), count(*) filter (outcome = 'breached')
            from clocks
            where account = 'V07' and due_at >= $first and due_at < $last::date + 1
            """,
            {"first": QUARTER.first_on, "last": QUARTER.last_on},
        ).fetchall()[0]
    data = pptx(noted_pack(sample, "V07", language))
    told = text(data)
    for number in (met, met + breached, spoken.percent(met / (met + breached))):
        assert str(number) in slides(data)[0].shapes[2].text_frame.text + told
    found = tables(data)
    clauses = next(rows for rows in found if any(spoken("review.promise.clause") in cell for cell in rows[0]))
    kept = Counter[str]()
    at = clauses[0].index(spoken("review.promise.kept"))
    for promise in noted_pack(sample, "V07", language).content.parts[0].promises:
        kept[spoken("matrix.counts", met=promise.met_count, decided=promise.decided_count)] += 1
    assert all(any(count in row[at] for row in clauses[1:]) for count in kept)
    assert sum(promise.decided_count for promise in noted_pack(sample, "V07", language).content.parts[0].promises) == (
        met + breached
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slide_has_a_title_a_number_and_texts_in_its_direction(sample: store.Connection, language: str) -> None:
    data = pptx(noted_pack(sample, "V07", language))
    for number, slide in enumerate(slides(data), 1):
        assert slide.shapes.title.text_frame.text
        (field,) = slide._element.iter(f"{A}fld")
        assert (field.get("type"), field.find(f"{A}t").text) == ("slidenum", str(number))
        told = [paragraph for paragraph in slide._element.iter(f"{A}p") if paragraph.find(f"{A}r") is not None]
        assert {paragraph.find(f"{A}pPr").get("rtl") for paragraph in told} == {str(int(language == "ar"))}
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table:
                assert shape._element.nvGraphicFramePr.cNvPr.get("descr")
    heads = [rows[0] for rows in tables(data)]
    ticket = words(language)("column.ticket")
    assert all(
        head.index(ticket) in ((len(head) - 1,) if language == "ar" else (0,)) for head in heads if ticket in head
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_goes_over_the_end_of_a_slide(sample: store.Connection, language: str) -> None:
    pack = hostile(noted_pack(sample, "V07", language))
    part = pack.content.parts[0]
    many = replace(part, breaches=part.breaches * 20, endings={"late_reply": len(part.breaches) * 20})
    data = pptx(replace(pack, content=replace(pack.content, parts=(many,))))
    deck = Presentation(BytesIO(data))
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height
    drawn = [row for rows in tables(data) for row in rows[1:] if len(row) == 7]
    assert len(drawn) == len(many.breaches)


def test_a_ticket_text_stays_text_on_slides_and_behind_charts(sample: store.Connection) -> None:
    pack = hostile(noted_pack(sample, "V07", "en"))
    part = pack.content.parts[0]
    volumes = tuple(replace(one, name="=1+1" if one.name else None) for one in part.volumes)
    data = pptx(replace(pack, content=replace(pack.content, parts=(replace(part, volumes=volumes),))))
    with zipfile.ZipFile(BytesIO(data)) as parts:
        inside = {name: parts.read(name) for name in parts.namelist()}
    assert not any(b"hlinkClick" in text or b"/hyperlink" in text for text in inside.values())
    assert "abcdefg" in "".join(cell for rows in tables(data) for row in rows for cell in row)
    books = [text for name, text in inside.items() if name.endswith(".xlsx")]
    assert books
    for book in books:
        cells = [cell for row in openpyxl.load_workbook(BytesIO(book)).active.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert any("=1+1" in chart.plots[0].categories for chart in charts(data))


def test_the_same_pack_gives_the_same_bytes(sample: store.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = pack_of(sample, "V07", "ar")
    first = pptx(pack)
    monkeypatch.setattr("zipfile.time.localtime", lambda *_: (2030, 1, 2, 3, 4, 5, 0, 1, 0))
    assert pptx(pack) == first
    core = Presentation(BytesIO(first)).core_properties
    assert core.created == core.modified == pack.instant.replace(microsecond=0)


def test_the_accent_and_the_logo_come_from_the_settings(sample: store.Connection) -> None:
    picture = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
    )
    pack: Pack = replace(pack_of(sample, "V07", "en"), style=Style("#0b3d2e", Logo("png", picture), "Sample Desk"))
    data = pptx(pack)
    (logo,) = [shape for shape in slides(data)[0].shapes if shape.shape_type == 13]
    assert (logo.image.blob, logo._element.nvPicPr.cNvPr.get("descr")) == (picture, "Sample Desk")
    with zipfile.ZipFile(BytesIO(data)) as parts:
        assert b'<a:accent1><a:srgbClr val="0B3D2E"/>' in parts.read("ppt/theme/theme1.xml")
    assert "Sample Desk" in text(data)


def test_an_account_without_targets_has_waiting_times_and_no_verdict(sample: store.Connection) -> None:
    pack = pack_of(sample, "Z02", "en")
    bare = replace(pack.content.parts[0], totals=(), promises=(), trends=(), breaches=(), endings={})
    titles = [
        slide.shapes.title.text_frame.text
        for slide in slides(pptx(replace(pack, content=replace(pack.content, parts=(bare,)))))
    ]
    assert "Waiting times without a target" in titles
    assert not {"Promised and kept", "Every breach and its reason"} & set(titles)


def test_an_account_that_was_not_measured_still_gives_slides(sample: store.Connection) -> None:
    assert "nothing of this account was measured" in text(pptx(pack_of(sample, "nobody", "en")))


def test_libreoffice_opens_every_slide_and_every_chart_with_its_data(sample: store.Connection, tmp_path: Path) -> None:
    data = pptx(noted_pack(sample, "V07", "ar"))
    file = tmp_path / "slides.pptx"
    file.write_bytes(data)
    understood = opened(file, "odp")
    told = [
        {frame.get(f"{PRESENTATION}class") for frame in page.iter(f"{DRAW}frame")}
        for page in understood.pop("").iter(f"{DRAW}page")
    ]
    assert len(told) == len(slides(data))
    assert all("title" in kinds for kinds in told)
    written = [
        [
            [None, *(one.name for one in chart.plots[0].series)],
            *zip(chart.plots[0].categories, *(one.values for one in chart.plots[0].series), strict=True),
        ]
        for chart in charts(data)
    ]
    read = [rows(table) for _, chart in sorted(understood.items()) for table in chart.iter(f"{TABLE}table")]
    assert len(read) == len(written) == 3  # a trend, volumes by severity and by channel
    for found, wanted in zip(read, written, strict=True):
        for cells, values in zip(found, wanted, strict=True):
            assert cells == pytest.approx(list(values))
