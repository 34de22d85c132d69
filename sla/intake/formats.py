"""Format files: how a helpdesk's export is mapped onto the standard one, without a line of Python."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sla.errors import Refused

TICKET_COLUMNS = (
    "ticket_id", "created_at", "severity", "plan", "status", "policy", "account", "agent", "team", "channel", "subject",
    "requester", "opened_by", "acknowledged_at", "first_reply_at", "solved_at", "closed_at", "updated_at",
    "merged_into", "tags",
)  # fmt: skip
# What only helpdesks' own exports have: how long after the creation something happened, by the unit of plain numbers.
DURATION_COLUMNS = (
    "first_reply_minutes", "first_reply_hours", "first_reply_seconds", "solved_minutes", "solved_hours",
    "solved_seconds",
)  # fmt: skip
COLUMNS: dict[str, tuple[str, ...]] = {
    "tickets": (*TICKET_COLUMNS, *DURATION_COLUMNS),
    "events": ("ticket_id", "at", "kind", "by", "author", "public", "value", "seq"),
    "ratings": ("ticket_id", "rated_at", "score", "scale_min", "scale_max", "comment", "offered_at"),
    "accounts": ("account", "name", "plan", "policy", "manager", "language", "timezone", "valid_from"),
    "agents": ("agent", "name", "team", "timezone"),
    "log": (*TICKET_COLUMNS, "at", "author", "seq"),
}
STATUS_CLASSES = ("open", "waiting", "solved", "excluded", "duplicate")
DATES = ("iso", "dmy", "mdy")
TRANSLATED = ("severity", "plan", "policy", "opened_by", "kind", "by", "public")
CONSTANT = ("opened_by", "kind", "by", "public", "policy", "channel", "severity", "plan", "scale_min", "scale_max")
ZONE_MARK = "{zone}"
_FORMAT_KEYS = {"name", "title", "timezone", "footer_zone", "dates", "missing", "statuses", "words", "files"}
UNTOLD = ("first_reply",)
_FILE_KEYS = {"kind", "headers", "needs", "columns", "constants", "initial_statuses", "untold"}


@dataclass(frozen=True)
class FileKind:
    """One kind of file of a format: its headers and what they become.

    `columns` maps a standard column to the spellings of its header, the first one found is taken. `needs` are groups of
    standard columns, one of each group must be there. `headers` are further headers that must be there. The constant
    `untold` names what this export cannot tell of a ticket, so that its absence means nothing.
    """

    kind: str
    headers: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]
    columns: dict[str, tuple[str, ...]]
    constants: dict[str, str]
    initial_statuses: tuple[str, ...]


@dataclass(frozen=True)
class Format:
    """A helpdesk's export. `timezone` is the zone of instants without an offset (None: the caller's).

    `footer_zone` are the words with which a line under the rows names it.
    """

    name: str
    title: str
    timezone: str | None
    dates: str
    missing: tuple[str, ...]
    statuses: dict[str, tuple[str, ...]]
    words: dict[str, dict[str, tuple[str, ...]]]
    files: tuple[FileKind, ...]
    footer_zone: tuple[str, ...] = ()


def header_key(header: str) -> str:
    """A header as it is compared: without case and outer or repeated white space."""
    return re.sub(r"\s+", " ", header).strip().casefold()


def word_key(word: str) -> str:
    """A word as it is compared: trimmed and in lower case."""
    return word.strip().lower()


def read_formats(folder: Path) -> dict[str, Format]:
    """The formats of a folder by name, in the order of their names; raises `Refused` for one that cannot be right."""
    formats = {path.stem: read_format(path.name, path.read_bytes()) for path in sorted(folder.glob("*.toml"))}
    if not formats:
        raise Refused(f"{folder} has no format file: expected at least standard.toml there.")
    return formats


def read_format(file: str, text: bytes) -> Format:
    """The format of one file called `file`, from its bytes; raises `Refused` where it cannot be right."""
    path = Path(file)
    try:
        raw = tomllib.loads(text.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(f"{path.name} is not readable as TOML: {error}.") from error
    _known_keys(path, "", raw, _FORMAT_KEYS)
    if raw.get("name") != path.stem:
        raise Refused(f"{path.name} has name = {raw.get('name')!r}; expected the file's own name, {path.stem!r}.")
    dates = raw.get("dates", "iso")
    if dates not in DATES:
        raise Refused(f"{path.name} has dates = {dates!r}; expected one of {', '.join(DATES)}.")
    files = raw.get("files", [])
    if not isinstance(files, list) or not files:
        raise Refused(f"{path.name} has no [[files]]; expected one for each kind of file of the export.")
    return Format(
        name=path.stem,
        title=str(raw.get("title") or path.stem),
        timezone=raw.get("timezone"),
        dates=dates,
        missing=_texts(path, "missing", raw.get("missing", [])),
        statuses=_word_lists(path, "statuses", raw.get("statuses", {}), STATUS_CLASSES),
        words={
            column: _word_lists(path, f"words.{column}", lists, None)
            for column, lists in _checked(path, "words", raw.get("words", {}), TRANSLATED).items()
        },
        files=tuple(_file_kind(path, number, entry) for number, entry in enumerate(files, 1)),
        footer_zone=_texts(path, "footer_zone", raw.get("footer_zone", [])),
    )


def _file_kind(path: Path, number: int, raw: Any) -> FileKind:
    where = f"files {number}"
    _known_keys(path, where, raw, _FILE_KEYS)
    kind = raw.get("kind")
    if kind not in COLUMNS:
        raise Refused(f"{path.name}, {where}: kind = {kind!r}; expected one of {', '.join(COLUMNS)}.")
    columns = {
        column: _texts(path, f"{where}, columns.{column}", spellings)
        for column, spellings in _checked(path, f"{where}, columns", raw.get("columns", {}), COLUMNS[kind]).items()
    }
    needs = tuple((need,) if isinstance(need, str) else tuple(need) for need in raw.get("needs", []))
    unknown = sorted({column for group in needs for column in group} - columns.keys())
    if not needs or unknown:
        raise Refused(f"{path.name}, {where}: needs = {unknown}; expected at least one column that columns maps.")
    constants = _checked(path, f"{where}, constants", raw.get("constants", {}), CONSTANT)
    return FileKind(
        kind=kind,
        headers=_texts(path, f"{where}, headers", raw.get("headers", [])),
        needs=needs,
        columns=columns,
        constants={column: str(value) for column, value in constants.items()} | _untold(path, where, kind, raw),
        initial_statuses=_texts(path, f"{where}, initial_statuses", raw.get("initial_statuses", [])),
    )


def _untold(path: Path, where: str, kind: str, raw: dict[str, Any]) -> dict[str, str]:
    untold = _texts(path, f"{where}, untold", raw.get("untold", []))
    unknown = sorted(set(untold) - set(UNTOLD))
    if unknown or (untold and kind != "tickets"):
        raise Refused(f"{path.name}, {where}: untold = {list(untold)}; expected {', '.join(UNTOLD)}, of tickets alone.")
    return {"untold": ",".join(untold)} if untold else {}


def _known_keys(path: Path, where: str, raw: Any, known: set[str]) -> None:
    if not isinstance(raw, dict):
        raise Refused(f"{path.name}, {where}: expected a table, found {raw!r}.")
    unknown = sorted(raw.keys() - known)
    if unknown:
        place = f"{where}: " if where else ""
        raise Refused(f"{path.name}, {place}unknown key {unknown[0]!r}; expected {', '.join(sorted(known))}.")


def _checked(path: Path, where: str, raw: Any, known: tuple[str, ...]) -> dict[str, Any]:
    _known_keys(path, where, raw, set(known))
    return dict(raw)


def _texts(path: Path, where: str, raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, list) or not all(isinstance(text, str) for text in raw):
        raise Refused(f"{path.name}, {where}: expected a list of texts, found {raw!r}.")
    return tuple(raw)


def _word_lists(path: Path, where: str, raw: Any, known: tuple[str, ...] | None) -> dict[str, tuple[str, ...]]:
    table = _checked(path, where, raw, known) if known else dict(raw)
    lists = {word: _texts(path, f"{where}.{word}", spellings) for word, spellings in table.items()}
    owner: dict[str, str] = {}
    for word, spellings in lists.items():
        for key in map(word_key, spellings):
            if owner.setdefault(key, word) != word:
                raise Refused(f"{path.name}, {where}: {key!r} stands under {owner[key]!r} and {word!r}; expected one.")
    return lists
