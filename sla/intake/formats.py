"""Format files: how a helpdesk's export is mapped onto the standard one, without a line of Python."""

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import duckdb

from sla.errors import Refused
from sla.intake.format_questions import FormatQuestion, Report, read_questions, read_reports

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
# What else a helpdesk's own row of a ticket tells: its rating, and its messages with who wrote them.
TOLD_COLUMNS = (
    "score", "score_comment", "rated_at", "offered_at", "messages", "message_times", "message_authors", "requester_id",
)  # fmt: skip
COLUMNS: dict[str, tuple[str, ...]] = {
    "tickets": (*TICKET_COLUMNS, *DURATION_COLUMNS, *TOLD_COLUMNS),
    "events": ("ticket_id", "at", "kind", "by", "author", "public", "value", "seq"),
    "ratings": ("ticket_id", "rated_at", "score", "scale_min", "scale_max", "comment", "offered_at"),
    "accounts": ("account", "name", "plan", "policy", "manager", "language", "timezone", "valid_from"),
    "agents": ("agent", "name", "team", "timezone"),
    "log": (*TICKET_COLUMNS, "at", "author", "seq"),
}
STATUS_CLASSES = ("open", "waiting", "solved", "excluded", "duplicate")
DATES = ("iso", "dmy", "mdy", "serial", "epoch_s", "epoch_ms")
CONFIRMED = ("seen", "inferred", "unverified")
TRANSLATED = ("severity", "plan", "policy", "opened_by", "kind", "by", "public", "score")
CONSTANT = ("opened_by", "kind", "by", "public", "policy", "channel", "severity", "plan", "scale_min", "scale_max")
WAYS = ("joined", "tags_between", "ticket_id_pattern", "strip")  # how cells are taken apart; stand among the constants
ZONE_MARK = "{zone}"
# What an export may not tell of a ticket, and the columns of which one would tell it.
UNTOLD = {
    "first_reply": (
        "first_reply_at", "first_reply_minutes", "first_reply_hours", "first_reply_seconds", "messages",
        "message_times",
    ),
}  # fmt: skip
_FORMAT_KEYS = {
    "name", "title", "timezone", "footer_zone", "dates", "missing", "statuses", "tags", "words", "files", "questions",
    "reports", "timezone_in_workbooks",
}  # fmt: skip
_FILE_KEYS = {
    "kind", "headers", "needs", "columns", "constants", "initial_statuses", "untold", "confirmed", "repeated", "joined",
    "tags_between", "ticket_id_pattern", "strip", "unverified",
}  # fmt: skip


@dataclass(frozen=True)
class FileKind:
    """One kind of file of a format: its headers and what they become.

    `columns` maps a standard column to the spellings of its header, the first one found is taken. `needs` are groups of
    standard columns, one of each group must be there. `headers` are further headers that must be there. `untold` names
    what this export cannot tell of a ticket where none of UNTOLD's columns is there, so that its absence means nothing.
    `repeated` are the columns of which every header of that name is read. `confirmed`: how sure the headers are;
    `unverified`: columns whose headers nobody confirmed where the others are.
    """

    kind: str
    headers: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]
    columns: dict[str, tuple[str, ...]]
    constants: dict[str, str]
    initial_statuses: tuple[str, ...]
    untold: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    confirmed: str = "seen"
    unverified: tuple[str, ...] = ()

    @cached_property
    def header_keys(self) -> tuple[str, ...]:
        """`headers` as `header_key` writes them."""
        return tuple(map(header_key, self.headers))

    @cached_property
    def column_keys(self) -> dict[str, tuple[str, ...]]:
        """`columns` as `header_key` writes them."""
        return {column: tuple(map(header_key, spellings)) for column, spellings in self.columns.items()}


@dataclass(frozen=True)
class Format:
    """A helpdesk's export. `timezone` is the zone of instants without an offset (None: the caller's).

    `footer_zone` are the words with which a line under the rows names it. `questions` are asked of whoever has such a
    file, `reports` are files of this helpdesk that have no tickets. `timezone` holds in workbooks too, but where
    `timezone_in_workbooks` is False.
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
    questions: tuple[FormatQuestion, ...] = ()
    reports: tuple[Report, ...] = ()
    timezone_in_workbooks: bool = True


def header_key(header: str) -> str:
    """A header as it is compared: without case and outer or repeated white space."""
    return re.sub(r"\s+", " ", header).strip().casefold()


def word_key(word: str) -> str:
    """A word as it is compared: trimmed and in lower case."""
    return word.strip().lower()


def read_formats(folder: Path) -> dict[str, Format]:
    """The formats of a folder by name, in the order of their names; raises `Refused` for one that cannot be right."""
    files = tuple((path.name, path.read_bytes()) for path in sorted(folder.glob("*.toml")))
    if not files:
        raise Refused(f"{folder} has no format file: expected at least standard.toml there.")
    return dict(_formats_of(files))


@lru_cache(maxsize=1)  # the last folder alone: one with a person's own format is not kept for longer than it is used
def _formats_of(files: tuple[tuple[str, bytes], ...]) -> dict[str, Format]:
    return {Path(file).stem: read_format(file, text) for file, text in files}


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
        }
        | {"tags": _word_lists(path, "tags", raw.get("tags", {}), ("merged",))},
        files=tuple(_file_kind(path, number, entry) for number, entry in enumerate(files, 1)),
        footer_zone=_texts(path, "footer_zone", raw.get("footer_zone", [])),
        questions=read_questions(path.name, raw.get("questions", []), COLUMNS["tickets"], CONSTANT),
        reports=read_reports(path.name, raw.get("reports", [])),
        timezone_in_workbooks=_truth(path, "timezone_in_workbooks", raw.get("timezone_in_workbooks", True)),
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
    confirmed = raw.get("confirmed", "seen")
    if confirmed not in CONFIRMED:
        raise Refused(f"{path.name}, {where}: confirmed = {confirmed!r}; expected one of {', '.join(CONFIRMED)}.")
    return FileKind(
        kind=kind,
        headers=_texts(path, f"{where}, headers", raw.get("headers", [])),
        needs=needs,
        columns=columns,
        constants={column: str(value) for column, value in constants.items()} | _ways(path, where, raw),
        initial_statuses=_texts(path, f"{where}, initial_statuses", raw.get("initial_statuses", [])),
        untold=_untold(path, where, kind, raw),
        repeated=_some_of(path, f"{where}, repeated", raw.get("repeated", []), ("messages",)),
        confirmed=confirmed,
        unverified=_some_of(path, f"{where}, unverified", raw.get("unverified", []), tuple(columns)),
    )


def _untold(path: Path, where: str, kind: str, raw: dict[str, Any]) -> tuple[str, ...]:
    untold = _some_of(path, f"{where}, untold", raw.get("untold", []), tuple(UNTOLD))
    if untold and kind != "tickets":
        raise Refused(f"{path.name}, {where}: untold = {list(untold)}; expected {', '.join(UNTOLD)}, of tickets alone.")
    return untold


def _ways(path: Path, where: str, raw: dict[str, Any]) -> dict[str, str]:
    """How cells of several values, and tickets' numbers within other text, are taken apart; kept with the constants."""
    ways = {key: raw[key] for key in WAYS[:-1] if key in raw}
    for key, text in ways.items():
        if not isinstance(text, str) or not text:
            raise Refused(f"{path.name}, {where}: {key} = {text!r}; expected a text.")
    if "ticket_id_pattern" in ways:
        _check_pattern(path, where, ways["ticket_id_pattern"])
    if _some_of(path, f"{where}, strip", raw.get("strip", []), ("ticket_id",)):
        ways["strip"] = "ticket_id"
    return ways


def _check_pattern(path: Path, where: str, pattern: str) -> None:
    try:
        is_one_group = re.compile(pattern).groups == 1
        with duckdb.connect() as con:
            con.execute("select regexp_extract('', $1, 1)", [pattern])
    except (re.error, duckdb.Error):
        is_one_group = False
    if not is_one_group:
        expected = "a regular expression (RE2) with one group"
        raise Refused(f"{path.name}, {where}: ticket_id_pattern = {pattern!r}; expected {expected}.")


def _some_of(path: Path, where: str, raw: Any, known: tuple[str, ...]) -> tuple[str, ...]:
    texts = _texts(path, where, raw)
    if not set(texts) <= set(known):
        raise Refused(f"{path.name}, {where} = {list(texts)}: expected some of {', '.join(known)}.")
    return texts


def _truth(path: Path, where: str, raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise Refused(f"{path.name}, {where} = {raw!r}: expected true or false.")
    return raw


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
