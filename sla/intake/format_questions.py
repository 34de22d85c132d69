"""What a format asks of whoever has its file, and the files of a helpdesk that have no tickets."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sla.errors import Refused


@dataclass(frozen=True)
class Option:
    """An answer: its code, its text by language, columns that are then not read and constants that then hold."""

    code: str
    text: Mapping[str, str]
    without: tuple[str, ...]
    constants: Mapping[str, str]


@dataclass(frozen=True)
class FormatQuestion:
    """What nobody could confirm of a format and the person has to say, asked where one of `columns` is in their file.

    It must be answered before the file is read; who cannot say leaves those columns unread.
    """

    code: str
    columns: tuple[str, ...]
    text: Mapping[str, str]
    options: tuple[Option, ...]

    def option(self, code: str) -> Option | None:
        """The answer with this code."""
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True)
class Report:
    """A file of this helpdesk that has no tickets, told by its headers; `why` is a sentence in English."""

    headers: tuple[str, ...]
    why: str


def read_questions(
    file: str, raw: Any, columns: tuple[str, ...], constants: tuple[str, ...]
) -> tuple[FormatQuestion, ...]:
    """The `[[questions]]` of a format file; raises `Refused` where one cannot be right."""
    questions = []
    for number, entry in enumerate(_tables(file, "questions", raw), 1):
        where = f"{file}, questions {number}"
        _check_keys(where, entry, ("id", "columns", "text", "options"))
        asked = _list(f"{where}, columns", entry.get("columns"))
        _check_known(f"{where}, columns", asked, columns)
        options = tuple(
            _option(f"{where}, options {place}", option, asked, constants)
            for place, option in enumerate(_tables(file, "options", entry.get("options", [])), 1)
        )
        if len(options) < 2 or len({option.code for option in options}) < len(options):
            raise Refused(f"{where}: expected at least two different options.")
        questions.append(
            FormatQuestion(_code(where, entry), asked, _text_of(f"{where}, text", entry.get("text")), options)
        )
    return tuple(questions)


def read_reports(file: str, raw: Any) -> tuple[Report, ...]:
    """The `[[reports]]` of a format file; raises `Refused` where one cannot be right."""
    reports = []
    for number, entry in enumerate(_tables(file, "reports", raw), 1):
        where = f"{file}, reports {number}"
        _check_keys(where, entry, ("headers", "why"))
        headers, why = _list(f"{where}, headers", entry.get("headers")), entry.get("why")
        if not headers or not isinstance(why, str) or not why:
            raise Refused(f"{where}: expected headers and the sentence why.")
        reports.append(Report(headers, why))
    return tuple(reports)


def _option(where: str, raw: Mapping[str, Any], asked: tuple[str, ...], constants: tuple[str, ...]) -> Option:
    _check_keys(where, raw, ("id", "text", "without", "constants"))
    without = _list(f"{where}, without", raw.get("without", []))
    _check_known(f"{where}, without", without, asked)
    fixed = raw.get("constants", {})
    if not isinstance(fixed, dict):
        raise Refused(f"{where}, constants: expected a table.")
    _check_known(f"{where}, constants", tuple(fixed), constants)
    text = _text_of(f"{where}, text", raw.get("text"))
    return Option(_code(where, raw), text, without, {name: str(value) for name, value in fixed.items()})


def _tables(file: str, key: str, raw: Any) -> list[dict[str, Any]]:
    if not isinstance(raw, list) or not all(isinstance(entry, dict) for entry in raw):
        raise Refused(f"{file}, {key}: expected tables.")
    return raw


def _code(where: str, raw: Mapping[str, Any]) -> str:
    code = raw.get("id")
    if not isinstance(code, str) or not code.isidentifier():
        raise Refused(f"{where}: id = {code!r}; expected a word of letters, digits and _.")
    return code


def _list(where: str, raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, list) or not all(isinstance(text, str) for text in raw):
        raise Refused(f"{where}: expected a list of texts, found {raw!r}.")
    return tuple(raw)


def _text_of(where: str, raw: Any) -> Mapping[str, str]:
    if not isinstance(raw, dict) or "en" not in raw or not all(isinstance(text, str) for text in raw.values()):
        raise Refused(f"{where}: expected a text for each language, in English at least.")
    return dict(raw)


def _check_keys(where: str, raw: Mapping[str, Any], known: tuple[str, ...]) -> None:
    unknown = sorted(set(raw) - set(known))
    if unknown:
        raise Refused(f"{where}: unknown key {unknown[0]!r}; expected {', '.join(known)}.")


def _check_known(where: str, texts: tuple[str, ...], known: tuple[str, ...]) -> None:
    unknown = sorted(set(texts) - set(known))
    if unknown:
        raise Refused(f"{where}: {unknown[0]!r} is unknown; expected some of {', '.join(known)}.")
