"""Publishes snapshots: a build becomes visible whole, by a rename, or not at all. Reading them is sla.store's."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sla.errors import Refused
from sla.review.notebook import Notebook

POINTER = "CURRENT"
PUBLISHED = "PUBLISHED"
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
    """Makes the snapshot the one that is served: readers see the old one or this one, never half of it.

    The list PUBLISHED beside the pointer then ends with it; it has every snapshot that was served, in that order.
    """
    before = _current_name(snapshot.parent)
    _write(snapshot.parent / POINTER, [snapshot.name])
    names = _published(snapshot.parent)
    if before and names[-1:] != [before]:  # the pointer was set by hand, or before there was a list
        names.append(before)
    if names[-1:] != [snapshot.name]:
        names.append(snapshot.name)
    _write(snapshot.parent / PUBLISHED, names)


def _published(out: Path) -> list[str]:
    try:
        return (out / PUBLISHED).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []


def _write(path: Path, names: list[str]) -> None:
    draft = path.parent / f"{_WORK}{os.getpid()}-{secrets.token_hex(4)}.pointer"
    draft.write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(path)
    _sync(path.parent)


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
    """The snapshots that were removed: all but the `keep` newest, the current one and those that issued packs name.

    Open readers keep theirs. Raises Refused, having removed nothing, where the issued packs cannot be read.
    """
    if not _removable(out, keep):
        return []
    with Notebook(out).writing():  # so that none is issued from a snapshot while that is removed, be it the first
        return _prune(out, keep, named_by_packs(out))


def named_by_packs(out: Path) -> set[str]:
    """The names of the snapshots that issued packs were made from, whether or not they are there. Raises Refused."""
    return {row["snapshot"] for row in Notebook(out).rows("issued_snapshots")}


def _removable(out: Path, keep: int) -> list[Path]:
    """All but the newest and the current one, whatever packs name."""
    files = sorted(out.glob("*.duckdb"))
    kept = {path.name for path in files[-keep:]} | {_current_name(out)}
    return [path for path in files if path.name not in kept]


def _prune(out: Path, keep: int, named: set[str]) -> list[Path]:
    removed = [path for path in _removable(out, keep) if path.name not in named]
    for path in removed:
        path.unlink()
    gone = {path.name for path in removed}
    published = _published(out)
    if gone & set(published):
        _write(out / PUBLISHED, [name for name in published if name not in gone])
    return removed


def _current_name(out: Path) -> str:
    try:
        return (out / POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""
