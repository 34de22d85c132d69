"""A mapping made by hand as a format file, so that the next export of that helpdesk is recognised by itself."""

import json
import re
import unicodedata

from sla.errors import Refused
from sla.intake.formats import CONSTANT, DATES, WAYS, FileKind, header_key, read_format
from sla.intake.inspection import Inspection
from sla.intake.questions import Answer
from sla.intake.recognition import Match

_MOST_NAME = 40


def format_name(title: str) -> str:
    """A name for a format file of that title: letters a to z, digits and underlines."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")[:_MOST_NAME].strip("_") or "own"


def format_text(inspection: Inspection, answer: Answer, title: str) -> str:
    """The TOML of a format file that reads such a file without a question; it is called `format_name(title)`.

    What a person said of dates and zone stands in it, and the status and other words of the format that it was read in.
    Raises `Refused` where a column that is needed has no header of its own.
    """
    match = inspection.match
    if match is None:
        raise Refused(f"{inspection.name} cannot be saved as a format yet: a column that is needed is not known.")
    format_ = match.format
    columns = {column: inspection.headers[place] for column, place in match.places.items()}
    kind = _checked(inspection, match, columns)
    # TOML's texts in quotation marks are JSON's.
    dates = answer.dates or inspection.dates.value or format_.dates
    zone = answer.timezone or format_.timezone
    lines = [
        f"name = {_text(format_name(title))}",
        f"title = {_text(title)}",
        *([f"timezone = {_text(zone)}"] if zone else []),
        f"dates = {_text(dates if dates in DATES else 'iso')}",
        *([f"missing = {_texts(format_.missing)}"] if format_.missing else []),
        "",
        "[statuses]",
        *(f"{status} = {_texts(words)}" for status, words in format_.statuses.items()),
    ]
    for column, lists in format_.words.items():
        table = "tags" if column == "tags" else f"words.{column}"
        lines += ["", f"[{table}]", *(f"{_text(word)} = {_texts(words)}" for word, words in lists.items())]
    ways = {key: value for key, value in kind.constants.items() if key in WAYS}
    fixed = {column: value for column, value in kind.constants.items() if column in CONSTANT}
    lines += [
        "",
        "[[files]]",
        f"kind = {_text(kind.kind)}",
        f"headers = {_texts(_telling(inspection, kind, columns))}",
        f"needs = [{', '.join(_need(group, columns) for group in kind.needs)}]",
        *([f"untold = {_texts(kind.untold)}"] if kind.untold else []),
        *([f"repeated = {_texts(kind.repeated)}"] if kind.repeated else []),
        *(f"{key} = {_text(value) if key != 'strip' else _texts((value,))}" for key, value in ways.items()),
        "[files.columns]",
        *(f"{column} = {_texts((header,))}" for column, header in columns.items()),
    ]
    if fixed:
        lines += ["[files.constants]", *(f"{column} = {_text(value)}" for column, value in fixed.items())]
    text = "\n".join(lines) + "\n"
    read_format(f"{format_name(title)}.toml", text.encode())
    return text


def _checked(inspection: Inspection, match: Match, columns: dict[str, str]) -> FileKind:
    keys = [header_key(header) for header in inspection.headers]
    for column, header in columns.items():
        if not header.strip() or keys.index(header_key(header)) != match.places[column]:
            raise Refused(f"{inspection.name}: the column for {column} has no header of its own: {header!r}.")
    return match.file_kind


def _telling(inspection: Inspection, kind: FileKind, columns: dict[str, str]) -> tuple[str, ...]:
    """Up to three further headers, so that another export with the same few is not taken for this one.

    More than those of the format that the file was read in, so that this one is the more specific of the two.
    """
    used = {header_key(header) for header in columns.values()}
    named = dict.fromkeys(header for header in inspection.headers if header.strip())
    others = [header for header in named if header_key(header) not in used]
    enough = max(min(3, len(others)), len(kind.headers) + 1)
    return tuple(others + [header for header in named if header not in others])[:enough]


def _need(group: tuple[str, ...], columns: dict[str, str]) -> str:
    here = [column for column in group if column in columns]
    return _text(here[0]) if len(here) == 1 else _texts(here)


def _text(text: str) -> str:
    readable = text.encode("utf-8", "replace").decode()
    return json.dumps(readable, ensure_ascii=False).replace("\x7f", "\\u007f")


def _texts(texts: tuple[str, ...] | list[str]) -> str:
    return "[" + ", ".join(map(_text, texts)) + "]"
