"""A share that just misses its objective reads so in every form of a review: 377 of 397 are 94.96 %, not 95.0 %."""

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation

from sla import store
from sla.review.content import Part, ReviewContent
from sla.review.pack import Pack
from sla.review.pptx import pptx
from sla.review.print.document import document
from sla.review.sheets import sheets
from sla.review.slides import slides
from sla.review.xlsx import xlsx
from sla.ui.review import Links, review_html
from sla.words import words
from sla.words.review import kept_in_all
from tests.review.forms_desk import pack_of

MISSED = {"met_count": 377, "breached_count": 20, "decided_count": 397, "share": 377 / 397, "is_too_few": False}
BEFORE = {"before_met_count": 377, "before_decided_count": 397, "before_share": 377 / 397}
COUNTS = {name: value for name, value in MISSED.items() if name != "breached_count"}
LINKS = Links(lambda ticket: ticket, lambda policy: policy, lambda *of: "", lambda *of: None)


@pytest.fixture(scope="module")
def missed(sample_snapshot: Path) -> Pack:
    pack = pack_of(store.open_snapshot(sample_snapshot), "V07", "en")
    parts = tuple(_missed(part, pack.content) for part in pack.content.parts)
    return replace(pack, content=replace(pack.content, parts=parts))


def _missed(part: Part, content: ReviewContent) -> Part:
    totals = tuple(replace(one, **MISSED, **BEFORE, objective=0.95, gap=377 / 397 - 0.95) for one in part.totals)
    trends = tuple(
        replace(one, points=tuple(replace(point, **COUNTS, objective=0.95) for point in one.points))
        for one in part.trends
    )
    return replace(
        part,
        objective=0.95,
        totals=totals,
        promises=tuple(replace(one, **MISSED, **BEFORE) for one in part.promises),
        trends=trends,
        summary=tuple(kept_in_all(one, content.before, words("en")) for one in totals),
    )


def test_the_page_says_the_digits_that_part_it_from_the_objective(missed: Pack) -> None:
    told = review_html(missed.content, words("en"), LINKS, missed)
    assert "<b>✕ <bdi>94.96%</bdi></b>" in told
    assert "95.0%" not in told.replace("95.0% to", "")


def test_the_pdf_says_them_in_figures_clauses_columns_and_alt_texts(missed: Pack) -> None:
    told = json.dumps(document(missed), ensure_ascii=False)
    assert "95.0%" not in told.replace("95.0% to", "")
    assert told.count("94.96%") > len(missed.content.parts[0].trends[0].points)


def test_the_slides_say_them_in_tables_and_on_the_marks_of_charts(missed: Pack) -> None:
    made = slides(missed)
    charts = [slide.chart for slide in made if slide.chart and slide.chart.is_time]
    assert {chart.digits for chart in charts} == {2}
    assert all("94.96%" in chart.alt for chart in charts)
    assert any("✕ 94.96%" in cell for slide in made if slide.table for row in slide.table.rows for cell in row)
    drawn = [
        shape.chart for one in Presentation(BytesIO(pptx(missed))).slides for shape in one.shapes if shape.has_chart
    ]
    labels = [next(iter(chart.plots[0].series)).data_labels for chart in drawn]
    assert "0.00%" in {one.number_format for one in labels}


def test_the_cells_of_the_workbook_say_them_and_an_objective_has_all_its_digits(missed: Pack) -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx(missed)))
    head = {key: str(words("en")(f"pack.measure.{key}")).capitalize() for key in ("share", "objective")}
    for sheet in sheets(missed):
        if sheet.key not in ("summary", "promises", "trend"):
            continue
        titles = [one.title for one in sheet.columns]
        share, aim = (titles.index(head[key]) + 1 for key in ("share", "objective"))
        page = book[sheet.name]
        cells = [(page.cell(at, share), page.cell(at, aim)) for at in range(1, page.max_row + 1)]
        formats = {(one.number_format, beside.number_format) for one, beside in cells if one.value == 377 / 397}
        assert formats == {("0.00%", "0.0###%")}, sheet.key
