"""The line of every key of a TOML text, for messages; the standard parser keeps no positions.

A path is the keys from the top, with an index from 0 for each entry of an array: `("targets", 1, "within")`. The text
must be one that `tomllib` accepts, so that nothing here has to look for mistakes.
"""

import re
from collections.abc import Mapping

Path = tuple[str | int, ...]

_SPACE = re.compile(r"[ \t]*")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY_PART = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'|[A-Za-z0-9_-]+')
_STRING = re.compile(r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\])*"|\'[^\']*\'', re.DOTALL)
_BARE_VALUE = re.compile(r"[^,\]}\n#]*")
_ESCAPE = re.compile(r'\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|["\\btnfre])')
_ESCAPED = {'"': '"', "\\": "\\", "b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}


def line_index(text: str) -> Mapping[Path, int]:
    """Every path of a TOML text with the line, from 1, on which it first stands.

    Array entries have lines too; a table that is only implied has the line of its first key.
    """
    return _Scanner(text.replace("\r\n", "\n")).scan()


class _Scanner:
    """Walks through the text once, noting where paths stand."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {(): 1}
        self.array_lengths: dict[Path, int] = {}

    def scan(self) -> dict[Path, int]:
        table: Path = ()
        while self._skip(_BLANK) < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
        return self.lines

    def _header(self) -> Path:
        is_array = self.text.startswith("[[", self.at)
        start = self.at
        self.at += 2 if is_array else 1
        keys = self._keys()
        self.at += 2 if is_array else 1
        path = self._through_arrays(keys[:-1]) + keys[-1:]
        if is_array:
            position = self.array_lengths.get(path, 0)
            self.array_lengths[path] = position + 1
            path = (*path, position)
        self._note(path, start)
        return path

    def _through_arrays(self, keys: tuple[str, ...]) -> Path:
        """The path to a table, by way of the newest entry of each array of tables on it."""
        path: Path = ()
        for key in keys:
            path = (*path, key)
            if path in self.array_lengths:
                path = (*path, self.array_lengths[path] - 1)
        return path

    def _pair(self, table: Path) -> None:
        start = self.at
        path = table + self._keys()
        self.at += 1
        self._note(path, start)
        self._value(path)

    def _keys(self) -> tuple[str, ...]:
        keys: list[str] = []
        while True:
            self._skip(_SPACE)
            part = self._take(_KEY_PART)
            keys.append(_unquoted(part))
            self._skip(_SPACE)
            if self.text[self.at] != ".":
                return tuple(keys)
            self.at += 1

    def _value(self, path: Path) -> None:
        self._skip(_SPACE)
        character = self.text[self.at]
        if character in "\"'":
            self._take(_STRING)
        elif character == "[":
            self._array(path)
        elif character == "{":
            self._inline_table(path)
        else:
            self._take(_BARE_VALUE)

    def _array(self, path: Path) -> None:
        self.at += 1
        position = 0
        while self.text[self._skip(_BLANK)] != "]":
            self._note((*path, position), self.at)
            self._value((*path, position))
            position += 1
            self._skip_comma()
        self.at += 1

    def _inline_table(self, path: Path) -> None:
        self.at += 1
        while self.text[self._skip(_BLANK)] != "}":
            self._pair(path)
            self._skip_comma()
        self.at += 1

    def _skip_comma(self) -> None:
        if self.text[self._skip(_BLANK)] == ",":
            self.at += 1

    def _note(self, path: Path, start: int) -> None:
        line = self.text.count("\n", 0, start) + 1
        for length in range(1, len(path) + 1):
            self.lines.setdefault(path[:length], line)

    def _skip(self, pattern: re.Pattern[str]) -> int:
        self._take(pattern)
        return self.at

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        taken = found.group() if found else ""
        self.at += len(taken)
        return taken


def _unquoted(part: str) -> str:
    """The key that a quoted or bare key part names."""
    if part.startswith("'"):
        return part[1:-1]
    if part.startswith('"'):
        return _ESCAPE.sub(_unescaped, part[1:-1])
    return part


def _unescaped(escape: re.Match[str]) -> str:
    code = escape.group(1)
    return chr(int(code[1:], 16)) if code[0] in "uU" else _ESCAPED[code]
