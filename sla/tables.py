"""Writes records as text: a table to read, CSV or JSON. Text from exports stays text: no cell becomes a formula."""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

FORMS = ("table", "csv", "json")
# White space before such a mark does not keep each spreadsheet from seeing a formula there, nor do wide letters.
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
# A spreadsheet of a country that writes 1,5 takes semicolons for the marks between cells, also those within a text.
_WITHIN = re.compile(r"(?<=[;\t\r\n])(?=\s*(?:[=@\uff1d\uff20]|[+\-\uff0b\uff0d](?![\d.,:]*\s*(?:[;\t\r\n]|$))))")


def as_form(columns: Sequence[str], records: Sequence[Mapping[str, Any]], form: str) -> str:
    """The records as text of one of FORMS; instants are ISO 8601 (UTC with Z, `_local` without), null is empty.

    In JSON null is null, and every record has its keys in the order of `columns`.
    """
    match form:
        case "csv":
            return as_csv(columns, records)
        case "json":
            rows = [{column: _plain(column, record[column]) for column in columns} for record in records]
            return json.dumps(rows, ensure_ascii=False, indent=2, default=str) + "\n"
        case _:
            return as_table(columns, records)


def as_csv(columns: Sequence[str], records: Sequence[Mapping[str, Any]]) -> str:
    """The records as CSV with a header; a text that a spreadsheet would take for a formula gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_tame(column) for column in columns])
    writer.writerows([_tame(_plain(column, record[column])) for column in columns] for record in records)
    return out.getvalue()


def as_table(columns: Sequence[str], records: Sequence[Mapping[str, Any]]) -> str:
    """The records in columns, numbers to the right; says so in words where there are none."""
    if not records:
        return "No rows.\n"
    cells = [[_text(_plain(column, record[column])) for column in columns] for record in records]
    widths = [max(len(row[place]) for row in [list(columns), *cells]) for place in range(len(columns))]
    to_right = [
        isinstance(records[0][column], int | float) and not isinstance(records[0][column], bool) for column in columns
    ]
    lines = [list(columns), ["-" * width for width in widths], *cells]
    return "".join(
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, to_right, strict=True)
        ).rstrip()
        + "\n"
        for line in lines
    )


def _plain(column: str, value: object) -> object:
    """The value, instants and dates as ISO 8601: UTC, but in a `_local` column what a wall clock shows."""
    if isinstance(value, datetime):
        return value.isoformat() if column.endswith("_local") else f"{value.isoformat()}Z"
    return value.isoformat() if isinstance(value, date) else value


def _text(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.4f}" if isinstance(value, float) else str(value).replace("\n", " ")


def _tame(value: object) -> object:
    if isinstance(value, str):
        tamed = _WITHIN.sub("'", value.replace("\r\n", "\n").replace("\r", "\n"))  # which are not quoted otherwise
        return f"'{tamed}" if _FORMULA.match(value) else tamed
    return "" if value is None else value if isinstance(value, int | float) else str(value)
