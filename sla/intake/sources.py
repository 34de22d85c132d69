"""The export files behind the paths that somebody named: in folders, zips and gzips."""

import gzip
import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from sla.errors import Refused

MOST_MEMBERS = 1_000
MOST_UNPACKED_BYTES = 16 * 2**30
_READABLE = (".csv", ".csv.gz", ".zip")
_CHUNK = 2**20


@dataclass(frozen=True)
class Source:
    """An export file. `name` is for people and never a path; `path` holds the CSV text, unpacked where it was packed.

    `sha256` and `size` are those of the file as it was given (in a zip: of the member).
    """

    name: str
    path: Path
    sha256: str
    size: int


def find_sources(paths: Sequence[Path], workshop: Path) -> tuple[list[Source], list[str]]:
    """The files to read in the order of name and SHA-256, each content once, and a sentence for each that was left out.

    Packed files are unpacked into `workshop`. Raises `Refused` for a missing or empty file, a packed one that is
    damaged or too large, and where there is nothing at all.
    """
    unpacker = _Unpacker(workshop)
    found = [source for path in paths for name, file in _files(path) for source in unpacker.sources(name, file)]
    if not found:
        named = ", ".join(str(path) for path in paths) or "nothing"
        raise Refused(f"There is no export to read in {named}: expected .csv, .csv.gz or .zip files.")
    kept: dict[str, Source] = {}
    notes = []
    for source in sorted(found, key=lambda source: (source.name, source.sha256)):
        if source.sha256 in kept:
            notes.append(f"{source.name} has the same bytes as {kept[source.sha256].name} and was read once.")
        else:
            kept[source.sha256] = source
    return list(kept.values()), notes


def _files(path: Path) -> Iterator[tuple[str, Path]]:
    if path.is_dir():
        folder = path.resolve()
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.name.lower().endswith(_READABLE) and not file.name.startswith("."):
                yield f"{folder.name}/{file.relative_to(folder).as_posix()}", file
    elif path.is_file():
        yield path.name, path
    else:
        raise Refused(f"{path} does not exist: expected an export file, a folder or a zip.")


class _Unpacker:
    """Unpacks into a folder under numbers, up to a limit for everything together."""

    def __init__(self, workshop: Path) -> None:
        self._workshop = workshop
        self._count = 0
        self._bytes_left = MOST_UNPACKED_BYTES

    def sources(self, name: str, file: Path) -> Iterator[Source]:
        if file.stat().st_size == 0:
            raise Refused(f"{name} is empty: expected a header row and rows.")
        if name.lower().endswith(".zip"):
            yield from self._members(name, file)
        else:
            yield self._source(name, file)

    def _source(self, name: str, file: Path) -> Source:
        digest, size = _digest(file)
        if not name.lower().endswith(".gz"):
            return Source(name, file, digest, size)
        try:
            with gzip.open(file) as packed:
                unpacked = self._unpack(name, packed)
        except (OSError, EOFError) as error:
            raise Refused(f"{name} cannot be unpacked: expected a whole gzip file ({error}).") from error
        return Source(name, unpacked, digest, size)

    def _members(self, name: str, file: Path) -> Iterator[Source]:
        try:
            with zipfile.ZipFile(file) as archive:
                members = [member for member in archive.infolist() if _is_export(member)]
                self._check_size(name, archive.infolist())
                for member in members:
                    yield self._member(name, archive, member)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
            raise Refused(f"{name} cannot be unpacked: expected a whole zip without a password ({error}).") from error

    def _member(self, name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Source:
        inner = f"{name}/{member.filename}"
        with archive.open(member) as packed:
            unpacked = self._unpack(inner, packed)
        if unpacked.stat().st_size == 0:
            raise Refused(f"{inner} is empty: expected a header row and rows.")
        return self._source(inner, unpacked)

    def _check_size(self, name: str, members: list[zipfile.ZipInfo]) -> None:
        if len(members) > MOST_MEMBERS:
            raise Refused(f"{name} holds {len(members):,} files: expected at most {MOST_MEMBERS:,}.")
        size = sum(member.file_size for member in members)
        if size > self._bytes_left:
            raise Refused(f"{name} unpacks to {size:,} bytes: expected at most {MOST_UNPACKED_BYTES:,} in all.")

    def _unpack(self, name: str, packed: IO[bytes] | gzip.GzipFile) -> Path:
        self._count += 1
        path = self._workshop / f"unpacked_{self._count}"
        with path.open("wb") as out:
            while chunk := packed.read(_CHUNK):
                self._bytes_left -= len(chunk)
                if self._bytes_left < 0:
                    raise Refused(f"{name} unpacks to too much: expected at most {MOST_UNPACKED_BYTES:,} bytes in all.")
                out.write(chunk)
        return path


def _is_export(member: zipfile.ZipInfo) -> bool:
    place = PurePosixPath(member.filename)
    hidden = place.name.startswith(".") or "__MACOSX" in place.parts
    return not member.is_dir() and not hidden and place.name.lower().endswith((".csv", ".csv.gz"))


def _digest(file: Path) -> tuple[str, int]:
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return digest, file.stat().st_size
