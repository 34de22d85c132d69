"""The records of a CSV file with their place in it, told apart without being understood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LONGEST_RECORD = 2_000_000
_OPENING = re.compile(r'(?:^|,) *"')
_NEXT_OPENING = re.compile(r', *"')
_CLOSING = re.compile(r'(?:[^"]|"")*+"(?!")')
_BOM = "\xef\xbb\xbf"


@dataclass(frozen=True)
class Record:
    """A record: its first physical line (from 1) and its bytes as latin-1 text, without the line end.

    `is_broken`: a quotation mark is opened and not closed within 2,000,000 characters; then it is one line alone.
    """

    line: int
    raw: str
    is_broken: bool

    @property
    def text(self) -> str:
        """What stands in the file; bytes that are no UTF-8 become replacement marks."""
        return self.raw.encode("latin-1").decode("utf-8", "replace")


def records(path: Path) -> Iterator[Record]:
    """Every record of a file, the header first; empty lines are none. Line ends are LF, CRLF or CR, also mixed."""
    with path.open(encoding="latin-1", newline="") as lines:
        numbered = _Lines(lines)
        for line in numbered:
            if record := _record(line, numbered):
                yield record


class _Lines:
    """Physical lines that can be put back; `number` is that of the line given out last."""

    def __init__(self, source: Iterator[str]) -> None:
        self._source = source
        self._returned: list[str] = []
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._returned.pop() if self._returned else next(self._source)
        self.number += 1
        return line.removeprefix(_BOM) if self.number == 1 else line

    def put_back(self, lines: list[str]) -> None:
        self._returned.extend(reversed(lines))
        self.number -= len(lines)


def _record(first: str, lines: _Lines) -> Record | None:
    number = lines.number
    if first in ("\n", "\r\n", "\r", ""):
        return None
    if '"' not in first or not _is_open_after(first, is_open=False):
        return Record(number, _without_end(first), False)
    rest: list[str] = []
    length = len(first)
    for line in lines:
        rest.append(line)
        length += len(line)
        if length > LONGEST_RECORD:
            break
        if '"' in line and not _is_open_after(line, is_open=True):
            return Record(number, _without_end(first + "".join(rest)), False)
    lines.put_back(rest)
    return Record(number, _without_end(first), True)


def _is_open_after(line: str, *, is_open: bool) -> bool:
    """Whether a quotation mark stands open at the end of a line at whose start one did or did not."""
    place = 0
    if not is_open:
        first = _OPENING.search(line)
        if first is None:
            return False
        place = first.end()
    while closing := _CLOSING.match(line, place):
        opening = _NEXT_OPENING.search(line, closing.end())
        if opening is None:
            return False
        place = opening.end()
    return True


def _without_end(text: str) -> str:
    return text.removesuffix("\n").removesuffix("\r")
