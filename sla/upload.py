"""Measures a person's own files into a database in memory; on disk they are for that long alone, where nobody looks."""

import gc
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import duckdb

from sla.errors import Refused
from sla.intake.inspection import Answer
from sla.intake.sources import Limits as ReadingLimits
from sla.policies.model import Policy
from sla.policies.reader import in_order, version_mistakes
from sla.progress import Progress, part, silent
from sla.snapshot import FORMATS, QUERIES, Summary, build_file, require_policy
from sla.store import Connection, seal

MIB = 2**20
LONGEST_NAME = 120
_PRIVATE = "sla-upload-"
_UNFIT = re.compile(r"[/\\\x00-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True)
class OwnFile:
    """A file as a person gave it. `name` is any text at all and never a path."""

    name: str
    content: bytes


# A page's files share memory and disk with everybody's: less than a build on the command line may take.
READING = ReadingLimits(unpacked_bytes=1024 * MIB, members=100, workbook_bytes=256 * MIB, rows=2_000_000)


@dataclass(frozen=True)
class Limits:
    """What one measuring may take: bytes that DuckDB works in, tickets measured at once, bytes a question may have.

    `reading`: what the files themselves may take.
    """

    working_memory: int = 384 * MIB
    tickets_a_shard: int = 100_000
    question_memory: int = 256 * MIB
    reading: ReadingLimits = READING


LIMITS = Limits()


@dataclass(frozen=True)
class Uploaded:
    """A person's files, measured, in a database of their own that reads no file and knows no other.

    `name` tells it from every other; `bytes` is the memory that it holds. Whoever has it closes it.
    """

    name: str
    connection: Connection = field(repr=False)
    summary: Summary
    policies: tuple[Policy, ...] = field(repr=False)
    files: tuple[str, ...]
    bytes: int

    def close(self) -> None:
        """Lets go of everything; twice does no harm. Questions asked afterwards are refused."""
        self.connection.close()


def measure_upload(
    files: Sequence[OwnFile],
    *,
    policies: Sequence[Policy],
    default_policy: str | None,
    timezone: str | None = None,
    answers: Mapping[str, Answer] = MappingProxyType({}),
    formats: Mapping[str, bytes] = MappingProxyType({}),
    limits: Limits = LIMITS,
    progress: Progress = silent,
) -> Uploaded:
    """These files measured by these policies, `default_policy` for tickets that name none.

    `answers` is what the person said of a file, by its SHA-256; `formats` are formats of their own as `NAME.toml` and
    text, which win over ours of the same name; `timezone` as in read_exports. Raises Refused where nothing can be
    measured. Whatever happens, and also where `progress` raises, no file of it is left.
    """
    require_policy(default_policy, list(policies))
    if wrong := version_mistakes(list(policies)):
        raise Refused("\n".join(wrong))
    with private_folder() as folder:
        paths = [_written(folder / "files" / str(number), file) for number, file in enumerate(files)]
        built = folder / "snapshot.building"
        summary = build_file(
            built,
            paths,
            in_order(list(policies)),
            workshop=folder,
            memory=limits.working_memory,
            machine_now=datetime.now(UTC).replace(tzinfo=None),
            formats=_all_formats(folder / "formats", formats),
            timezone=timezone,
            default_policy=default_policy,
            tickets_a_shard=limits.tickets_a_shard,
            answers=answers,
            limits=limits.reading,
            progress=part(progress, 0, 0.92),
        )
        con, size = _held(built, limits, part(progress, 0.92, 1))
    gc.collect()  # what the reading left in circles is worth more than the moment this takes
    name = f"upload-{secrets.token_hex(8)}"
    progress("done", 1)
    return Uploaded(name, con, replace(summary, snapshot=name), tuple(policies), tuple(f.name for f in files), size)


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder that this user alone can read, gone when the block ends; also clears what a dead server left."""
    _clear_leftovers()
    folder = Path(tempfile.mkdtemp(prefix=f"{_PRIVATE}{os.getpid()}-"))  # 0700
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def safe_name(name: str) -> str:
    """A file's name as one that a folder can have: no path, no signs that steer, no longer than it may be."""
    plain = _UNFIT.sub("_", name).strip(" .")
    if len(plain.encode()) > LONGEST_NAME:
        stem, dot, ending = plain.rpartition(".")
        kept = stem.encode()[: LONGEST_NAME - 12].decode("utf-8", "ignore")
        plain = f"{kept}{dot}{ending[:10]}" if len(ending.encode()) <= 10 else f"{kept}{dot}"
    return plain or "file"


def _written(folder: Path, file: OwnFile) -> Path:
    folder.mkdir(parents=True)
    path = folder / safe_name(file.name)
    path.write_bytes(file.content)
    return path


def _all_formats(folder: Path, own: Mapping[str, bytes]) -> Path:
    if not own:
        return FORMATS
    folder.mkdir()
    for file in FORMATS.glob("*.toml"):
        shutil.copy(file, folder)
    for name, text in own.items():
        (folder / safe_name(name)).write_bytes(text)
    return folder


def _held(built: Path, limits: Limits, progress: Progress) -> tuple[Connection, int]:
    """A sealed database in memory with the tables of a file, and the bytes that they take.

    A database in memory is packed as one on disk is only when it is told to, and only one that was attached; views in
    the first one, which every cursor begins in, show its tables. One table after the other: a table takes up to eight
    times as much before it is packed.
    """
    show_table = _query("show_table")
    con = duckdb.connect(":memory:")
    try:
        con.execute(f"set memory_limit = '{2 * limits.working_memory // MIB}MiB'")
        con.execute(f"set temp_directory = '{str(built.parent / 'spill').replace(chr(39), chr(39) * 2)}'")
        con.execute("attach ':memory:' as held (compress)")
        con.execute(f"attach '{str(built).replace(chr(39), chr(39) * 2)}' as built (read_only)")
        names = sorted(name for (name,) in con.execute(_query("tables")).fetchall())
        views = [sql for (sql,) in con.execute(_query("views")).fetchall()]
        for place, name in enumerate(names):
            progress("taking it into memory", place / len(names))
            con.table(f"built.main.{name}").create(f"held.main.{name}")
            con.execute("checkpoint held")
            con.execute(show_table.replace("the_table", name))
        for sql in views:
            con.execute(sql)
        con.execute("detach built")
        size = sum(row[1] for row in con.table_function("duckdb_memory").fetchall())
        seal(con, memory=size + limits.question_memory)
    except BaseException:
        con.close()
        raise
    return con, size


def _query(name: str) -> str:
    return (QUERIES / "upload" / f"{name}.sql").read_text(encoding="utf-8")


def _clear_leftovers() -> None:
    for leftover in Path(tempfile.gettempdir()).glob(f"{_PRIVATE}*"):
        pid = leftover.name.removeprefix(_PRIVATE).split("-")[0]
        if pid.isdigit() and not _is_alive(int(pid)) and leftover.stat().st_uid == os.getuid():
            shutil.rmtree(leftover, ignore_errors=True)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
