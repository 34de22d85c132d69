"""Publishes snapshots: a build becomes visible whole, by a rename, or not at all. Reading them is sla.store's."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sla.errors import Refused

POINTER = "CURRENT"
_WORK = ".building-"


@contextmanager
def workshop(out: Path) -> Iterator[Path]:
    """A folder inside `out` for one build, gone when it ends; nothing in it ends with .duckdb.

    Also clears what builds that died left behind. Raises Refused where `out` cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        _clear_leftovers(out)
        folder = out / f"{_WORK}{os.getpid()}-{secrets.token_hex(4)}"
        folder.mkdir()
    except OSError as error:
        raise Refused(f"Snapshots cannot be written to {out}: {error.strerror}.") from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def place(built: Path, out: Path, built_at: datetime) -> Path:
    """The path in `out` that the closed file `built` was renamed to; names sort in the order of building."""
    with built.open("rb") as file:
        os.fsync(file.fileno())
    path = out / f"sla-{built_at:%Y%m%dT%H%M%S}{built_at.microsecond // 1000:03d}Z-{secrets.token_hex(3)}.duckdb"
    built.rename(path)
    _sync(out)
    return path


def make_current(snapshot: Path) -> None:
    """Makes the snapshot the one that is served: readers see the old one or this one, never half of it."""
    pointer = snapshot.parent / POINTER
    draft = snapshot.parent / f"{_WORK}{os.getpid()}-{secrets.token_hex(4)}.pointer"
    draft.write_text(snapshot.name + "\n", encoding="utf-8")
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(pointer)
    _sync(snapshot.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _clear_leftovers(out: Path) -> None:
    for leftover in out.glob(f"{_WORK}*"):
        pid = leftover.name.removeprefix(_WORK).split("-")[0]
        if pid.isdigit() and not _is_alive(int(pid)):
            if leftover.is_dir():
                shutil.rmtree(leftover, ignore_errors=True)
            else:
                leftover.unlink(missing_ok=True)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def prune(out: Path, keep: int) -> list[Path]:
    """The snapshots that were removed: all but the `keep` newest and the current one. Open readers keep theirs."""
    files = sorted(out.glob("*.duckdb"))
    kept = {path.name for path in files[-keep:]} | {_current_name(out)}
    removed = [path for path in files if path.name not in kept]
    for path in removed:
        path.unlink()
    return removed


def _current_name(out: Path) -> str:
    try:
        return (out / POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""
