"""Rows that are written whole give the bytes that XlsxWriter gives cell by cell."""

import re
import zipfile
from datetime import date, datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format

from sla.review.columns import Kind, Value
from sla.review.xlsx_table import TableSheet

KINDS: tuple[Kind, ...] = ("text", "count", "seconds", "instant", "day", "share", "text")
ROWS: tuple[tuple[Value, ...], ...] = (
    ("a & <b>", 3, 5400, datetime(2026, 1, 2, 12), date(2026, 1, 2), 0.9, "twice"),
    (" _x0041_ ", None, 1, datetime(2026, 1, 2, 12, 0, 1), date(2026, 1, 3), 1 / 3, "twice"),
    ("نص", 0, None, None, None, None, None),
    ("🙂" * 20_000, -7, 86_400, datetime(1900, 3, 1), date(1900, 3, 1), 1.0, ""),
)


def parts(draw_rows: bool) -> dict[str, str]:
    """The files within a workbook of ROWS, written whole or cell by cell."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 1, 1)})
    forms = {kind: book.add_format({"num_format": f'0.0 "{kind}"'}) for kind in dict.fromkeys(KINDS)}
    turned = book.add_format({"reading_order": 2})
    for form in (*forms.values(), turned):
        form._get_xf_index()
    page = book.add_worksheet("Table", TableSheet)
    page.write_string(0, 0, "Head", forms["text"])
    page.set_row(2, 40)

    def told(text: str) -> tuple[str, Format]:
        return text, turned if text == "نص" else forms["text"]

    cells = [page.cells_of(at, kind, forms[kind], told) for at, kind in enumerate(KINDS)]
    for at, row in enumerate(ROWS, 1):
        if draw_rows:
            page.write_row_of(at, [cell(value, at + 1) for cell, value in zip(cells, row, strict=True)])
            continue
        for to, (value, kind) in enumerate(zip(row, KINDS, strict=True)):
            if isinstance(value, str) and value:
                page.write_string(at, to, *told(value))
            elif value is None or value == "":
                page.write_blank(at, to, None, forms[kind])
            elif isinstance(value, date):
                page.write_datetime(at, to, value, forms[kind])
            else:
                page.write_number(at, to, value / 86_400 if kind == "seconds" else value, forms[kind])
    book.close()
    with zipfile.ZipFile(file) as whole:
        return {name: whole.read(name).decode("utf-8") for name in whole.namelist()}


def test_whole_rows_give_the_bytes_of_single_cells() -> None:
    whole = parts(True)
    assert whole == parts(False)
    assert len(re.findall(r"<row ", whole["xl/worksheets/sheet1.xml"])) == 5
    assert (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="7" uniqueCount="6">'
        in (whole["xl/sharedStrings.xml"])
    )
