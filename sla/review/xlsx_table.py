"""The table of a sheet, a row at a time as it stands in the file: that of every clock can have half a million cells."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from sla.review.columns import Kind, Value

_DAY_S = 86_400
_EPOCH = datetime(1899, 12, 30)
_TEXT = ' t="s">'
_MOST_UNITS = 32_767  # of UTF-16 in a cell; an emoji takes two

Cell = Callable[[Value, int], str]  # of a value and the number of its row, from 1


class TableSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter tells no types
    """A worksheet that also takes whole rows of cells.

    XlsxWriter makes some ten calls for each cell; this leaves them out and gives the same bytes, to which a test holds
    it. They lean on its inner names, so that its versions are bound closely.
    """

    def write_row_of(self, row: int, cells: Sequence[str]) -> None:
        """Puts the cells of a whole row, each as `cells_of` gives it, into a row from 0 that has none yet."""
        last, whole = len(cells) - 1, "".join(cells)
        self._check_dimensions(row, 0)
        self._check_dimensions(row, last)
        self.table[row][last] = ""  # so that the row is known to be so wide
        self.table[row][0] = whole
        self.str_table.count += whole.count(_TEXT)

    def cells_of(self, column: int, kind: Kind, form: Format, told: Callable[[str], tuple[str, Format]]) -> Cell:
        """What gives the cells of a column from 0; `told` says of a text how it is written and in what format.

        Durations are seconds; instants and days are taken as they are, in whatever zone.
        """
        letters = xl_col_to_name(column)
        known: dict[Value, str] = {}  # the same few texts, targets and days come again and again

        def cell(value: Value, row: int) -> str:
            if value not in known:
                known[value] = self._cell_of(value, kind, form, told)
            return f'<c r="{letters}{row}"{known[value]}'

        return cell

    def _cell_of(self, value: Value, kind: Kind, form: Format, told: Callable[[str], tuple[str, Format]]) -> str:
        """A cell without its place."""
        if value is None or value == "":
            return f' s="{form._get_xf_index()}"/>'
        if not isinstance(value, str):
            return f' s="{form._get_xf_index()}"><v>{_number(value, kind):.16G}</v></c>'
        text, form_of_text = told(value)
        number = self.str_table._get_shared_string_index(_cut(text))
        self.str_table.count -= 1  # every cell of it is counted with its row
        return f' s="{form_of_text._get_xf_index()}"{_TEXT}<v>{number}</v></c>'

    def _write_cell(self, row: int, col: int, cell: object) -> None:
        if isinstance(cell, str):
            self.fh.write(cell)
        else:
            super()._write_cell(row, col, cell)


def _number(value: int | float | date, kind: Kind) -> float:
    if isinstance(value, datetime):
        return (value - _EPOCH).total_seconds() / _DAY_S
    if isinstance(value, date):
        return (value - _EPOCH.date()).days
    return value / _DAY_S if kind == "seconds" else value


def _cut(text: str) -> str:
    """A text as long as a cell may be."""
    if len(text) <= _MOST_UNITS // 2:
        return text
    return text.encode("utf-16-le")[: 2 * _MOST_UNITS].decode("utf-16-le", "ignore")
