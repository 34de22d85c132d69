"""A pack as a workbook to check it with: real numbers, durations and dates, and every clock.

Nothing in it is a formula or a link, whatever a ticket's text begins with. The same pack gives the same bytes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sla.review.columns import Column, Kind, Sheet, Value
from sla.review.pack import Pack
from sla.review.plain import plain
from sla.review.sheets import sheets
from sla.review.xlsx_table import TableSheet
from sla.words import digits_beside

MOST_LETTERS_OF_A_NAME = 31  # of a sheet
_A4 = 9
_ARABIC = re.compile("[\u0600-\u08ff]")
# A share that rounding would take to all or nothing shows more digits instead.
_NUMBERS: Mapping[Kind, str] = {
    "text": "@",
    "count": "#,##0",
    "share": "[>0.9994]0.0###%;[<0.0006]0.0###%;0.0%",
    "objective": "0.0###%",
    "seconds": "[h]:mm:ss",
    "instant": "yyyy-mm-dd hh:mm",
    "day": "yyyy-mm-dd",
    "score": "General",
}
# Digits after the point that part a share from the objective beside it, where one does not.
_FINER = {digits: f"0.{'0' * digits}%" for digits in (2, 3, 4)}
_WIDTHS: Mapping[Kind, int] = {
    **{"count": 11, "share": 10, "objective": 10, "seconds": 11},
    **{"instant": 16, "day": 11, "score": 8},
}
_WIDEST = 60
_OF_LINES = 110  # the one column of a sheet of sentences
_LOOKED_AT = 300  # rows, for the width of a column
_OF_A_PAGE = 190  # letters side by side that can be read on a sheet of paper; longer texts wrap to make room
_MOST_PAGES = 2  # side by side, for a table too wide for one whatever wraps
_NARROW, _SENTENCE = 15, 32  # what a wrapped text keeps at least: a few words, or a sentence
_LONG = 2_000  # rows
_LINE = 13.5  # points
_PRINTED = {"margin": 0.3, "scale_with_doc": False}  # heads and feet, which stay as large on a wide sheet
# Arabic letters within Arabic need no marks around them, over which one program stumbles.
_NEEDLESS = re.compile("\u2068([\u0600-\u08ff][^\u2066-\u2069]*)\u2069")
_HIGHEST = 409  # a row can be


@dataclass(frozen=True)
class _Looks:
    title: Format
    note: Format
    head: Mapping[Kind, Format]
    cells: Mapping[Kind, Format]
    finer: Mapping[int, Format]  # of shares, by their digits after the point
    turned: Format | None  # of texts with Arabic letters among Arabic, whatever letter they begin with


def xlsx(pack: Pack) -> bytes:
    """The workbook of a pack."""
    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    title = plain(pack.content.title, 200)
    author = {"author": plain(pack.style.sender, 200)} if pack.style.sender else {}
    book.set_properties({"title": title, "created": pack.instant, **author})
    looks = _looks(book, pack)
    for sheet in sheets(pack):
        page = book.add_worksheet(sheet.name[:MOST_LETTERS_OF_A_NAME], TableSheet)
        _draw(page, sheet, title, pack, looks)
    book.close()
    return file.getvalue()


def _looks(book: xlsxwriter.Workbook, pack: Pack) -> _Looks:
    is_rtl = pack.words.is_rtl
    order = {"reading_order": 2 if is_rtl else 1}
    base = {"font_name": "Arial", "font_size": 10, "valign": "top"}
    thin = {"bottom": 1, "bottom_color": "#d9d9d9"}
    start = {"align": "right" if is_rtl else "left"}
    of_text = start | {"text_wrap": True, "indent": 1}
    dark = {"bold": True, "font_color": "#ffffff", "bg_color": pack.style.accent, "text_wrap": True}
    return _Looks(
        title=book.add_format(base | order | {"bold": True, "font_size": 14, "font_color": pack.style.accent}),
        note=book.add_format(base | order | start | {"text_wrap": True}),
        head={
            kind: book.add_format(base | order | dark | (of_text if kind == "text" else {"align": "right"}))
            for kind in _NUMBERS
        },
        cells={
            kind: book.add_format(base | thin | (of_text if kind == "text" else {}) | {"num_format": number})
            for kind, number in _NUMBERS.items()
        },
        finer={digits: book.add_format(base | thin | {"num_format": number}) for digits, number in _FINER.items()},
        turned=book.add_format(base | thin | of_text | order | {"num_format": "@"}) if is_rtl else None,
    )


def _draw(page: TableSheet, sheet: Sheet, title: str, pack: Pack, looks: _Looks) -> None:
    if pack.words.is_rtl:
        page.right_to_left()
    page.hide_gridlines(2)
    page.set_default_row(_LINE + 1)
    widths, pages = _widths(sheet)
    for at, width in enumerate(widths):
        page.set_column(at, at, width)
    named = sheet.naming if pages > 1 else 0  # columns that stand on each of the pages, and at the side of a screen
    page.write_string(0, named, title, looks.title)
    page.set_row(0, 22)
    notes = [note for note in sheet.notes if note]
    for at, note in enumerate(notes, 1):
        _note(page, (at, named), _told(note), widths, looks.note)
    head = len(notes) + 2 if notes else 2
    page.set_row(head, _LINE * max(_lines(one.title, width) for one, width in zip(sheet.columns, widths, strict=True)))
    for at, column in enumerate(sheet.columns):
        page.write_string(head, at, column.title, looks.head[column.kind])
    _rows(page, head + 1, sheet, widths, looks)
    last = head + max(len(sheet.rows), 1)
    page.freeze_panes(head + 1, named)
    if sheet.rows:
        page.autofilter(head, 0, last, len(sheet.columns) - 1)
        page.ignore_errors({"number_stored_as_text": f"A{head + 2}:XFD{last + 1}"})
    _print(page, head, title, sheet.name)
    page.fit_to_pages(pages, 0)
    if named:
        page.repeat_columns(0, named - 1)
        page.print_across()


def _note(page: Worksheet, place: tuple[int, int], text: str, widths: list[int], looks: Format) -> None:
    """A sentence from a row and column on, over as many columns as make a line that can be read, as high as it needs.

    It begins behind the columns that every page of a wide table has, for there it would stand again, and cut.
    """
    row, first = place
    last, room = first, widths[first]
    while last + 1 < len(widths) and room < _OF_LINES:
        last += 1
        room += widths[last]
    if last > first:
        page.merge_range(row, first, row, last, "", looks)
    page.write_string(row, first, text, looks)
    page.set_row(row, min(_HIGHEST, _LINE * _lines(text, room) + 2))


def _told(text: str) -> str:
    kept = plain(text)
    return _NEEDLESS.sub(r"\1", kept) if "\u2068" in kept else kept


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column that is so many letters wide; rather one too many than cut."""
    room = max(int(width * 0.9), 6)
    if len(text) <= room and "\n" not in text:
        return 1
    return sum(-(-max(len(line), 1) // room) for line in text[: room * 60].split("\n"))


def _rows(page: TableSheet, first: int, sheet: Sheet, widths: Sequence[int], looks: _Looks) -> None:
    def told(text: str) -> tuple[str, Format]:
        return _told(text), looks.turned if looks.turned and _ARABIC.search(text) else looks.cells["text"]

    kinds = [one.kind for one in sheet.columns]
    cells = [page.cells_of(at, kind, looks.cells[kind], told) for at, kind in enumerate(kinds)]
    finer = {
        (at, digits): page.cells_of(at, kind, form, told)
        for digits, form in looks.finer.items()
        for at, kind in enumerate(kinds)
        if kind == "share"
    }
    is_long = len(sheet.rows) > _LONG  # the lines under empty cells are left out: they take time, and room in the file
    wrapped = _wrapped(sheet, widths)
    for at, row in enumerate(sheet.rows, first):
        if (tall := max((lines.get(row[to], 1) for to, lines in wrapped), default=1)) > 1:
            page.set_row(at, min(_HIGHEST, _LINE * tall + 1))
        digits = _digits(kinds, row)
        makers = [finer[to, digits[to]] if to in digits else cell for to, cell in enumerate(cells)] if digits else cells
        values = zip(makers, row, strict=True)
        page.write_row_of(at, ["" if is_long and value is None else cell(value, at + 1) for cell, value in values])


def _digits(kinds: Sequence[Kind], row: Sequence[Value]) -> Mapping[int, int]:
    """The digits that shares need so as not to read as the objective of their row, by place, where one is too few."""
    objective = row[kinds.index("objective")] if "objective" in kinds else None
    if not isinstance(objective, float):
        return {}
    shares = {at: row[at] for at, kind in enumerate(kinds) if kind == "share"}
    needed = {at: digits_beside(share, objective, 1) for at, share in shares.items() if isinstance(share, float)}
    return {at: digits for at, digits in needed.items() if digits > 1}


def _wrapped(sheet: Sheet, widths: Sequence[int]) -> list[tuple[int, Mapping[Value, int]]]:
    """The columns in which some text needs more than one line, with the lines of each such text."""
    found: list[tuple[int, Mapping[Value, int]]] = []
    for at, column in enumerate(sheet.columns):
        texts = {row[at] for row in sheet.rows} if column.kind == "text" else set()
        lines: dict[Value, int] = {text: _lines(str(text), widths[at]) for text in texts if text}
        if more := {text: count for text, count in lines.items() if count > 1}:
            found.append((at, more))
    return found


def _widths(sheet: Sheet) -> tuple[list[int], int]:
    """The widths of the columns, and how many pages they print on side by side.

    They are as wide as their values, and narrower where that is too wide for so many pages: the widest texts make room
    first.
    """
    widths = [_width(at, column, sheet) for at, column in enumerate(sheet.columns)]
    least = [min(width, _least(column, width)) for column, width in zip(sheet.columns, widths, strict=True)]
    pages = 1 if sum(least) <= _OF_A_PAGE else _MOST_PAGES
    room = _OF_A_PAGE * pages - sum(least[: sheet.naming]) * (pages - 1)
    while sum(widths) > room and (able := [at for at, width in enumerate(widths) if width > least[at]]):
        widths[max(able, key=widths.__getitem__)] -= 1
    return widths, pages


def _width(at: int, column: Column, sheet: Sheet) -> int:
    """As wide as its values, between what its head needs and what a page can give; a longer text wraps."""
    if len(sheet.columns) == 1:
        return _OF_LINES
    if column.kind != "text":
        return max(_word(column), _WIDTHS.get(column.kind, 9))
    longest = max((len(str(row[at] or "")) for row in sheet.rows[:_LOOKED_AT]), default=0)
    return max(_word(column), 9, min(round(longest * 1.12) + 3, _WIDEST if longest > 80 else 40))


def _word(column: Column) -> int:
    """The longest word of a head."""
    return min(max((len(part) for part in column.title.split()), default=0) + 4, 24)


def _least(column: Column, width: int) -> int:
    if column.kind != "text":
        return width
    return max(_word(column), _SENTENCE if width > 40 else _NARROW)


def _print(page: Worksheet, head: int, title: str, name: str) -> None:
    page.set_paper(_A4)
    page.set_landscape()
    page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    page.repeat_rows(head)
    # In heads and feet an ampersand begins a command: from data it is an ampersand.
    page.set_header(f"&L&9{_quoted(title[:100])}&R&9{_quoted(name)}", _PRINTED)
    page.set_footer("&C&9&P / &N", _PRINTED)


def _quoted(text: str) -> str:
    """A text for a head or foot; a digit at its start would be read as part of the size before it."""
    return " " + text.replace("&", "&&").replace("\n", " ")
