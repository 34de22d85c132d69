"""A table of a policy file with its place in the text: typed reading that notes every mistake and goes on."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sla.policies.lines import Path
from sla.policies.model import UNDETERMINED, Texts, word_key

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]+")


@dataclass
class Problems:
    """The mistakes of one file, each `file:line: key: sentence`, gathered so that all can be mended at once."""

    file: str
    lines: Mapping[Path, int]
    found: list[tuple[int, str]] = field(default_factory=list)

    def add(self, path: Path, sentence: str) -> None:
        line = self.line(path)
        where = f"{self.file}:{line}: " + (f"{dotted(path)}: " if path else "")
        self.found.append((line, where + sentence))

    def line(self, path: Path) -> int:
        """The line of a path; of the nearest table around it where the path itself is missing."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]

    def sentences(self) -> list[str]:
        """Every mistake once, in the order of the file's lines."""
        return list(dict.fromkeys(sentence for _, sentence in sorted(self.found, key=lambda problem: problem[0])))


def dotted(path: Path) -> str:
    """A path as a reader of the file would say it, entries of a list counted from 1: `targets[2].within`."""
    said = ""
    for step in path:
        if isinstance(step, int):
            said += f"[{step + 1}]"
        else:
            said += ("." if said else "") + (step if _PLAIN_KEY.fullmatch(step) else f'"{step}"')
    return said


def shown(value: object) -> str:
    """A value as it came, short enough for a message."""
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a table" if value else "an empty table"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    return str(value)


class Entry:
    """A table of the file. Every reader gives None for a key that is missing or, once noted, wrong."""

    def __init__(self, table: Mapping[str, Any], path: Path, problems: Problems) -> None:
        self.table = table
        self.path = path
        self.problems = problems

    def refuse(self, key: str | None, sentence: str) -> None:
        """Notes a mistake at a key, or at the table itself."""
        self.problems.add(self.path if key is None else (*self.path, key), sentence)

    def allow(self, *keys: str) -> None:
        """Notes every key that is none of these."""
        for key in self.table:
            if key not in keys:
                near = difflib.get_close_matches(key, keys, n=1)
                hint = f' (did you mean "{near[0]}"?)' if near else ""
                self.refuse(key, f"expected one of {', '.join(keys)}, but found an unknown key{hint}.")

    def need(self, *keys: str) -> None:
        """Notes every one of these keys that is missing."""
        for key in keys:
            if key not in self.table:
                self.refuse(key, "expected this key, but it is missing; add it.")

    def text(self, key: str) -> str | None:
        """A text that is not empty, without outer spaces."""
        value = self.table.get(key)
        if key not in self.table:
            return None
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.refuse(key, f"expected a text in quotes that is not empty, but found {shown(value)}.")
        return None

    def choice(self, key: str, choices: tuple[str, ...]) -> str | None:
        """One of the words given."""
        value = self.text(key)
        if value is None or value in choices:
            return value
        self.refuse(key, f"expected one of {', '.join(choices)}, but found {shown(value)}.")
        return None

    def flag(self, key: str) -> bool:
        """True or false; false where the key is missing."""
        value = self.table.get(key, False)
        if isinstance(value, bool):
            return value
        self.refuse(key, f"expected true or false without quotes, but found {shown(value)}.")
        return False

    def texts(self, key: str) -> Texts | None:
        """Texts by language; a single text stands for a language nobody named."""
        value = self.table.get(key)
        if key not in self.table:
            return None
        if isinstance(value, str):
            single = self.text(key)
            return None if single is None else {UNDETERMINED: single}
        if not isinstance(value, dict) or not value:
            self.refuse(key, f'expected a text, or texts by language such as {{ en = "…" }}, but found {shown(value)}.')
            return None
        inner = Entry(value, (*self.path, key), self.problems)
        for language in value:
            if not _LANGUAGE.fullmatch(language):
                inner.refuse(language, 'expected a language code such as "en", "pt-BR" or "ar".')
        read = {language: inner.text(language) for language in value}
        return {language: text for language, text in read.items() if text is not None}

    def words(self, key: str) -> tuple[str, ...] | None:
        """A list of words, each once (whatever its case); possibly empty."""
        value = self.table.get(key)
        if key not in self.table:
            return None
        if not isinstance(value, list):
            self.refuse(key, f'expected a list of words such as ["…", "…"], but found {shown(value)}.')
            return None
        words: dict[str, str] = {}
        for position, word in enumerate(value):
            if isinstance(word, str) and word.strip():
                words.setdefault(word_key(word), word.strip())
            else:
                self.problems.add(
                    (*self.path, key, position),
                    f"expected a word in quotes that is not empty, but found {shown(word)}.",
                )
        return tuple(words.values())

    def day(self, key: str) -> date | None:
        """A date, in quotes or without."""
        if key not in self.table:
            return None
        day = as_day(self.table[key])
        if day is None:
            self.refuse(key, f"expected a date such as 2026-12-25, but found {shown(self.table[key])}.")
        return day

    def inner(self, key: str) -> "Entry":
        """The table under a key; an empty one where it is missing or no table."""
        value = self.table.get(key, {})
        if not isinstance(value, dict):
            self.refuse(key, f"expected a table, but found {shown(value)}.")
            value = {}
        return Entry(value, (*self.path, key), self.problems)

    def entries(self, key: str) -> list["Entry"]:
        """The tables of the list under a key; none where it is missing."""
        value = self.table.get(key, [])
        if not isinstance(value, list):
            self.refuse(key, f"expected a list of tables (written [[{key}]]), but found {shown(value)}.")
            return []
        entries = []
        for position, table in enumerate(value):
            path = (*self.path, key, position)
            if isinstance(table, dict):
                entries.append(Entry(table, path, self.problems))
            else:
                self.problems.add(path, f"expected a table, but found {shown(table)}.")
        return entries


def as_day(value: object) -> date | None:
    """The date that a TOML date, or a text such as 2026-12-25, stands for; None for anything else."""
    if isinstance(value, datetime):
        return None
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return None
