"""The objects of a JSON file as CSV: one a row, their parts as columns with dots, read in blocks."""

import csv
import json
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO, TypeAlias

from sla.errors import Refused
from sla.intake.converted import Converted, Rejected
from sla.intake.records import LONGEST_RECORD

_BLOCK = 2**18
_NO_SPACE = re.compile(r"[^\s\x1e]")
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)  # numbers as they are written
_START = re.compile(r"\s*(\[\s*[\[{\]]|\{\s*[\"}])")
_MOST_PARTS = 2_000


def is_json(start: str) -> bool:
    """Whether a text that begins so is a JSON object or a list of some."""
    return _START.match(start) is not None


def convert_json(name: str, path: Path, out: Path) -> Converted:
    """Every object of a list, of lines, or of the one list within an object, written to `out`.

    `lines` are those on which the objects begin. A part of a part is a column `part.part`; a list of texts is joined
    by `;`, one of `{id, value}` pairs becomes a column each, any other stays JSON. Raises `Refused` where the text is
    no JSON, an object is longer than 2,000,000 characters, or there are more than 2,000 different parts.
    """
    headers: dict[str, None] = {}
    for _, row in _rows(name, path):
        headers.update(dict.fromkeys(row if isinstance(row, dict) else ()))
        if len(headers) > _MOST_PARTS:
            raise Refused(f"{name} has more than {_MOST_PARTS:,} different parts: expected one table.")
    if not headers:
        raise Refused(f"{name} has no object with a value: expected a list of tickets, or one on each line.")
    lines = array("q", [1])
    broken = []
    with out.open("w", encoding="utf-8", errors="surrogatepass", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(headers)
        for line, row in _rows(name, path):
            if isinstance(row, _Broken):
                broken.append(
                    Rejected(line, "the line is no JSON object: expected one with all its brackets", row.text)
                )
            else:
                writer.writerow([row.get(header, "") for header in headers])
                lines.append(line)
    return Converted(out, lines, (), tuple(broken))


def flattened(value: dict[str, Any], prefix: str = "") -> dict[str, str]:
    """The parts of an object as texts, by their place in it with dots; what is null is left out."""
    found: dict[str, str] = {}
    for key, part in value.items():
        place = f"{prefix}{key}"
        match part:
            case None:
                continue
            case dict():
                found |= flattened(part, f"{place}.")
            case list() if part and all(_is_pair(entry) for entry in part):
                pairs = {str(entry.get("id", entry.get("name"))): entry["value"] for entry in part}
                found |= flattened(pairs, f"{place}.")
            case list() if not any(isinstance(entry, dict | list) for entry in part):
                found[place] = ";".join(_text(entry) for entry in part if entry is not None)
            case list():
                found[place] = json.dumps(part, ensure_ascii=False)
            case _:
                found[place] = _text(part)
    return found


def _is_pair(entry: Any) -> bool:
    return isinstance(entry, dict) and "value" in entry and isinstance(entry.get("id", entry.get("name")), str)


def _text(value: Any) -> str:
    return str(value) if not isinstance(value, bool) else "true" if value else "false"


@dataclass(frozen=True)
class _Broken:
    """A line that is no object, as it stands in the file."""

    text: str


_Row: TypeAlias = tuple[int, dict[str, str] | _Broken]


def _rows(name: str, path: Path) -> Iterator[_Row]:
    with _opened(path) as file:
        lines = (line for _, line in _lines(file))
        has_lines = _object_in(next(lines, "")) is not None and next(lines, None) is not None
    with _opened(path) as file:
        if has_lines:
            yield from _rows_of_lines(file)
        else:
            yield from _rows_of_one(name, file)


def _opened(path: Path) -> TextIO:
    return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="\n")


def _object_in(line: str) -> dict[str, str] | None:
    if len(line) > LONGEST_RECORD:
        return None
    try:
        value = _DECODER.decode(line.strip().lstrip("\x1e"))
        return flattened(value) if isinstance(value, dict) else None
    except (ValueError, RecursionError):
        return None


def _lines(file: TextIO) -> Iterator[tuple[int, str]]:
    """The lines that are not empty, with their numbers; of one that is too long its beginning."""
    number = 0
    while line := file.readline(LONGEST_RECORD + 1):
        number += 1
        if line.strip():
            yield number, line
        while line and not line.endswith("\n"):
            line = file.readline(LONGEST_RECORD)


def _rows_of_lines(file: TextIO) -> Iterator[_Row]:
    for number, line in _lines(file):
        found = _object_in(line)
        yield number, _Broken(line.strip("\r\n")) if found is None else found


def _rows_of_one(name: str, file: TextIO) -> Iterator[_Row]:
    if single := _single(file.read(LONGEST_RECORD)):
        yield 1, single
        return
    file.seek(0)
    reader = _Reader(name, file)
    try:
        if not reader.enters_a_list():
            raise Refused(f"{name} is JSON without a list of objects: expected a list of tickets, or one on each line.")
        for line, value in reader.entries():
            yield line, flattened(value)
    except RecursionError as error:
        raise Refused(f"{name} line {reader.line}: its parts go too deep: expected a list of tickets.") from error


def _single(text: str) -> dict[str, str] | None:
    """The parts of a text that is one object with an id of its own."""
    try:
        value = _DECODER.decode(text.strip())
        return flattened(value) if isinstance(value, dict) and "id" in value else None
    except (ValueError, RecursionError):
        return None


class _Reader:
    """Goes through a JSON text without ever holding the whole of it. `line`: the physical one it stands on."""

    def __init__(self, name: str, file: TextIO) -> None:
        self._name = name
        self._file = file
        self._text = ""
        self._place = 0
        self.line = 1

    def enters_a_list(self) -> bool:
        """Goes to the first list of objects, also in objects within objects; False where there is none."""
        if self._take("["):
            if self._peek() == "{":
                return True
            while self._peek() not in ("]", ""):
                self._value()
                self._take(",")
            self._take("]")
            return False
        if not self._take("{"):
            return False
        while self._peek() == '"':
            self._value()
            if not self._take(":"):
                raise self._wrong("a colon")
            if self._peek() not in ("{", "["):
                self._value()
            elif self.enters_a_list():
                return True
            self._take(",")
        if not self._take("}"):
            raise self._wrong("a name in quotation marks")
        return False

    def entries(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """The objects of the list that was entered, with the line on which each begins."""
        while self._peek() != "]":
            if self._peek() != "{":
                raise self._wrong("an object")
            line = self.line
            yield line, self._value()
            if not self._take(",") and self._peek() != "]":
                raise self._wrong("a comma or the end of the list")

    def _value(self) -> Any:
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._place)
            except ValueError:
                if len(self._text) - self._place > LONGEST_RECORD or not self._more():
                    raise self._wrong("a whole value") from None
            else:
                if end == len(self._text) and self._more():
                    continue  # a number may go on
                self._go_to(end)
                return value

    def _take(self, mark: str) -> bool:
        if self._peek() != mark:
            return False
        self._go_to(self._place + 1)
        return True

    def _peek(self) -> str:
        """The next character that is no white space, "" at the end."""
        while True:
            found = _NO_SPACE.search(self._text, self._place)
            self._go_to(found.start() if found else len(self._text))
            if found or not self._more():
                return self._text[self._place : self._place + 1]

    def _go_to(self, place: int) -> None:
        self.line += self._text.count("\n", self._place, place)
        self._place = place

    def _more(self) -> bool:
        block = self._file.read(max(_BLOCK, len(self._text) - self._place))
        self._text = self._text[self._place :] + block
        self._place = 0
        return bool(block)

    def _wrong(self, expected: str) -> Refused:
        return Refused(f"{self._name} line {self.line} is no JSON: expected {expected} there.")
