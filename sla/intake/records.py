"""The records of a CSV file with their place in it, told apart without being understood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

LONGEST_RECORD = 2_000_000
_CLOSING = re.compile(r'(?:[^"]|"")*+"(?!")')
_BOM = "\xef\xbb\xbf"


@dataclass(frozen=True)
class Record:
    """A record: its first physical line (from 1) and its bytes as latin-1 text, without the line end.

    `is_broken`: a quotation mark is opened and not closed within 2,000,000 characters, or only by one in the midst of a
    later row; then it is one line alone. Of a line of more than 2,000,000 bytes 2,000,001 are here.
    """

    line: int
    raw: str
    is_broken: bool

    @property
    def text(self) -> str:
        """What stands in the file; bytes that are no UTF-8 become replacement marks."""
        return self.raw.encode("latin-1").decode("utf-8", "replace")


def records(path: Path, delimiter: str = ",") -> Iterator[Record]:
    """Every record of a file, the header first; empty lines are none. Line ends are LF, CRLF or CR, also mixed."""
    quotes = _Quotes(delimiter)
    with path.open(encoding="latin-1", newline="") as lines:
        numbered = _Lines(lines)
        for line in numbered:
            if record := _record(line, numbered, quotes):
                yield record


class _Quotes:
    """Where quotation marks open and close a field between two of these delimiters."""

    def __init__(self, delimiter: str) -> None:
        self._delimiter = delimiter
        between = re.escape(delimiter)
        self._opening = re.compile(rf'(?:^|{between}) *"')
        self._next_opening = re.compile(rf'{between} *"')

    def is_open_after(self, line: str, *, is_open: bool) -> bool:
        """Whether a quotation mark stands open at the end of a line at whose start one did or did not."""
        place = 0
        if not is_open:
            first = self._opening.search(line)
            if first is None:
                return False
            place = first.end()
        while closing := _CLOSING.match(line, place):
            opening = self._next_opening.search(line, closing.end())
            if opening is None:
                return False
            place = opening.end()
        return True

    def close_well(self, text: str) -> bool:
        """Whether each field within quotation marks ends with its mark: text after one was opened elsewhere."""
        place = 0
        opening = self._opening.search(text)
        while opening is not None and (closing := _CLOSING.match(text, opening.end())):
            place = closing.end()
            if not text.startswith((self._delimiter, "\n", "\r"), place) and place < len(text):
                return False
            opening = self._next_opening.search(text, place)
        return True


class _Lines:
    """Physical lines that can be put back; `number` is that of the line given out last."""

    def __init__(self, source: TextIO) -> None:
        self._source = source
        self._returned: list[str] = []
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._returned.pop() if self._returned else self._read()
        self.number += 1
        return line.removeprefix(_BOM) if self.number == 1 else line

    def _read(self) -> str:
        """The next line; of one that is too long the beginning, with an end, so that it takes no memory."""
        line = self._source.readline(LONGEST_RECORD + 1)
        if not line:
            raise StopIteration
        rest = line
        while len(rest) > LONGEST_RECORD and not rest.endswith(("\n", "\r")):
            rest = self._source.readline(LONGEST_RECORD + 1)
        return line

    def put_back(self, lines: list[str]) -> None:
        self._returned.extend(reversed(lines))
        self.number -= len(lines)


def _record(first: str, lines: _Lines, quotes: _Quotes) -> Record | None:
    number = lines.number
    if first in ("\n", "\r\n", "\r", ""):
        return None
    if '"' not in first or not quotes.is_open_after(first, is_open=False):
        return Record(number, _without_end(first), False)
    rest: list[str] = []
    length = len(first)
    for line in lines:
        rest.append(line)
        length += len(line)
        if length > LONGEST_RECORD:
            break
        if '"' in line and not quotes.is_open_after(line, is_open=True):
            whole = first + "".join(rest)
            if not quotes.close_well(whole):
                break  # the mark that seemed to close it opens a field of a later row
            return Record(number, _without_end(whole), False)
    lines.put_back(rest)
    return Record(number, _without_end(first), True)


def _without_end(text: str) -> str:
    return text.removesuffix("\n").removesuffix("\r")
