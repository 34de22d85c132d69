"""The rows of an XLSX workbook as CSV: shown values of formulas, dates as ISO text, each record with its row number."""

import copy
import csv
import math
import re
import zipfile
import zlib
from array import array
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from sla.errors import Refused
from sla.intake.converted import Converted
from sla.intake.sources import Limits, Source

_BLOCK = 2**20
_CELL_BYTES = 64  # of memory for a cell, before its text
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_SHARED = re.compile(rb'<(?:\w+:)?c\b[^>]*?\bt="s"[^>]*>\s*<(?:\w+:)?v>(\d{1,9})<')
_STRING_END = re.compile(rb"</(?:\w+:)?si>|<(?:\w+:)?si\s*/>")
_SHEETS = "xl/worksheets/"
_STRINGS = "xl/sharedStrings.xml"


def convert_workbook(source: Source, out: Path, limits: Limits) -> Converted:
    """The first sheet that has a table, written to `out`; rows without a value are left out, as empty lines are.

    Raises `Refused` where there is none, where the workbook is damaged, and where it would take more memory than
    `limits` allows.
    """
    try:
        with zipfile.ZipFile(source.path) as archive:
            _check_size(source.name, archive, limits.workbook_bytes)
        workbook = CalamineWorkbook.from_path(str(source.path))
        sheet, notes = _sheet(source.name, workbook)
        return _written(sheet, out, notes)
    except (CalamineError, zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError) as error:
        raise Refused(f"{source.name} cannot be read as a workbook: expected a whole .xlsx file ({error}).") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what calamine raises where it did not expect the file
            raise
        raise Refused(f"{source.name} cannot be read as a workbook: save it again, or as CSV.") from error


def cell_text(value: Any) -> str:
    """A cell as text: whole numbers without a point, instants in ISO 8601, durations as hours, minutes and seconds."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return _number(value)
        case datetime():
            rounded = value + timedelta(microseconds=500)  # a day's fraction in a float is seldom exact
            rounded = rounded.replace(microsecond=rounded.microsecond // 1000 * 1000)
            return rounded.isoformat(" ", "milliseconds" if rounded.microsecond else "seconds")
        case date() | time():
            return value.isoformat()
        case timedelta():
            seconds = round(abs(value).total_seconds())
            sign = "-" if value < timedelta() else ""
            return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        case _:
            return str(value)


def _number(value: float) -> str:
    if math.isnan(value):  # a formula that nobody computed
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _sheet(name: str, workbook: CalamineWorkbook) -> tuple[CalamineSheet, list[str]]:
    seen = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    names = [*seen, *(other for other in workbook.sheet_names if other not in seen)]
    sheets = {sheet_name: workbook.get_sheet_by_name(sheet_name) for sheet_name in names}
    filled = [sheet_name for sheet_name, sheet in sheets.items() if sheet.height and sheet.width]
    if not filled:
        raise Refused(f"{name} has no sheet with a value: expected a header row and rows.")
    first = next((found for found in filled if sheets[found].height > 1 and sheets[found].width > 1), filled[0])
    others = [found for found in filled if found != first]
    notes = [f"Of {name} the sheet {first!r} was read; not read: {', '.join(map(repr, others))}."] if others else []
    return sheets[first], notes


def _written(sheet: CalamineSheet, out: Path, notes: list[str]) -> Converted:
    lines = array("q")
    with out.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for line, cells in _rows(sheet):
            texts = [cell_text(cell) for cell in cells]
            if any(texts):
                writer.writerow(texts)
                lines.append(line)
    return Converted(out, lines, tuple(notes))


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[Any]]]:
    return enumerate(sheet.iter_rows(), 1)


def _check_size(name: str, archive: zipfile.ZipFile, most: int) -> None:
    """Refuses a workbook that would take more than `most` bytes of memory, whatever its parts say of their size."""
    left = most
    cells = area = referred = 0
    lengths = array("q")
    for member in archive.infolist():
        last_row = last_column = 0
        rest = 0
        for block in _blocks(archive, member):
            left -= len(block)
            if left < 0:
                raise Refused(f"{name} unpacks to too much: expected at most {most:,} bytes in all.")
            if member.filename == _STRINGS:
                ends = [found.end() for found in _STRING_END.finditer(block)]
                lengths.extend(end - start for start, end in pairwise([-rest, *ends]))
                rest = len(block) - ends[-1] if ends else rest + len(block)
            elif member.filename.startswith(_SHEETS):
                found = _CELL.findall(block)
                cells += len(found)
                last_row = max([last_row, *(int(row) for _, row in found)])
                last_column = max([last_column, *map(_column, {column for column, _ in found})])
                referred += block.count(b't="s"')
        area += last_row * last_column
    if max(cells, area) * _CELL_BYTES > most:
        size = f"{max(cells, area):,} cells: expected at most {most // _CELL_BYTES:,}"
        raise Refused(f"{name} spreads over {size}; save the table as CSV.")
    if max(lengths, default=0) * referred > most and _text_bytes(archive, lengths) > most:
        raise Refused(f"{name} repeats a long text in too many cells: expected at most {most:,} bytes of text.")


def _text_bytes(archive: zipfile.ZipFile, lengths: "array[int]") -> int:
    """What the cells that refer to a shared text take together."""
    sheets = [member for member in archive.infolist() if member.filename.startswith(_SHEETS)]
    places = (int(place) for sheet in sheets for block in _blocks(archive, sheet) for place in _SHARED.findall(block))
    return sum(lengths[place] for place in places if place < len(lengths))


def _blocks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a member, each block up to the start of a cell or text; also beyond the size that it claims."""
    whole = copy.copy(member)
    whole.file_size = 2**62
    rest = b""
    with archive.open(whole) as content:
        while block := content.read(_BLOCK):
            block = rest + block
            cut = max(block.rfind(b"<c"), block.rfind(b"<si"), block.rfind(b"<x:"))
            cut = cut if cut > len(block) - _BLOCK // 2 and cut > 0 else len(block)
            rest = block[cut:]
            yield block[:cut]
    yield rest


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number
