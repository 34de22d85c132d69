"""The export files behind the paths that somebody named: in folders, zips and gzips. Content tells them, not names."""

import codecs
import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from sla.errors import Refused

_READABLE = (".csv", ".csv.gz", ".tsv", ".xlsx", ".json", ".jsonl", ".ndjson", ".zip")
_MOST_NAMED = 5
_CHUNK = 2**20
_LOOKED_AT = 2**16  # bytes that stay in the processor's cache for the second look
_ZIP = b"PK\x03\x04"
_GZIP = b"\x1f\x8b"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_LOCKED = 1  # a bit of a zip's member
_WORKBOOK = "xl/workbook.xml"
_OTHER_OFFICE = ("xl/workbook.bin", "content.xml", "word/document.xml", "ppt/presentation.xml")


@dataclass(frozen=True)
class Limits:
    """What one reading may take at most: `unpacked_bytes` and `members` of packed files, all together.

    `workbook_bytes`: of a workbook, unpacked, and of the texts in its cells. `rows`: of a file, None for any number.
    """

    unpacked_bytes: int = 16 * 2**30
    members: int = 1_000
    workbook_bytes: int = 512 * 2**20
    rows: int | None = None


LIMITS = Limits()


@dataclass(frozen=True)
class Source:
    """An export file. `name` is for people and never a path; `path` holds its bytes, unpacked where it was packed.

    `sha256` and `size` are those of the file as it was given (in a zip: of the member). `is_workbook`: an XLSX.
    `is_utf_8`: its bytes are text in UTF-8; None where nobody looked.
    """

    name: str
    path: Path
    sha256: str
    size: int
    is_workbook: bool = False
    is_utf_8: bool | None = None


def find_sources(paths: Sequence[Path], workshop: Path, limits: Limits = LIMITS) -> tuple[list[Source], list[str]]:
    """The files to read in the order of name and SHA-256, each content once, and a sentence for each that was left out.

    Packed files are unpacked into `workshop`. Raises `Refused` for a missing or empty file, a packed one that is
    damaged or too large, and where there is nothing at all.
    """
    left_out: list[str] = []
    unpacker = _Unpacker(workshop, limits, left_out)
    files = (found for path in paths for found in _files(path, left_out))
    found = [source for name, file in files for source in unpacker.sources(name, file)]
    if not found:
        named = ", ".join(str(path) if path.is_dir() else _shown(path.name) for path in paths) or "nothing"
        raise Refused(f"There is no export to read in {named}: expected CSV, XLSX or JSON files, or a zip of them.")
    kept: dict[str, Source] = {}
    notes = []
    for source in sorted(found, key=lambda source: (source.name, source.sha256)):
        if source.sha256 in kept:
            notes.append(f"{source.name} has the same bytes as {kept[source.sha256].name} and was read once.")
        else:
            kept[source.sha256] = source
    return list(kept.values()), [*notes, *_left_out_note(left_out)]


def _left_out_note(names: Sequence[str]) -> list[str]:
    if not names:
        return []
    more = f" and {len(names) - _MOST_NAMED:,} more" if len(names) > _MOST_NAMED else ""
    told = ", ".join(_shown(name) for name in names[:_MOST_NAMED])
    return [f"Not read, for by name it is no CSV, XLSX or JSON: {told}{more}."]


def _files(path: Path, left_out: list[str]) -> Iterator[tuple[str, Path]]:
    """The files behind a path with their names; what has no name of an export is added to `left_out`."""
    if path.is_dir():
        folder = path.resolve()
        for file in sorted(folder.rglob("*")):
            name = _shown(f"{folder.name}/{file.relative_to(folder).as_posix()}")
            if not file.is_file() or file.name.startswith("."):
                continue
            if file.name.lower().endswith(_READABLE):
                yield name, file
            elif not _is_about(file.name):
                left_out.append(name)
    elif path.is_file():
        yield _shown(path.name), path
    else:
        raise Refused(f"{path} does not exist: expected an export file, a folder or a zip.")


def _shown(name: str) -> str:
    """A name as text; bytes of it that are none become marks."""
    return name.encode("utf-8", "replace").decode("utf-8")


class _Unpacker:
    """Unpacks into a folder under numbers, up to a limit for everything together; names what it does not unpack."""

    def __init__(self, workshop: Path, limits: Limits, left_out: list[str]) -> None:
        self._left_out = left_out
        self._workshop = workshop
        self._limits = limits
        self._count = 0
        self._bytes_left = limits.unpacked_bytes

    def sources(self, name: str, file: Path) -> Iterator[Source]:
        if file.stat().st_size == 0:
            raise Refused(f"{name} is empty: expected a header row and rows.")
        if name.lower().endswith(".zip") or (_begins(file, _ZIP) and not self._is_workbook(name, file)):
            yield from self._members(name, file)
        else:
            yield self._source(name, file)

    def _source(self, name: str, file: Path) -> Source:
        digest, size, is_utf_8 = _digest(file)
        if _begins(file, _OLD_OFFICE):
            raise Refused(f"{name} is a workbook of the old kind, or has a password: save it as .xlsx or as CSV.")
        if _begins(file, _ZIP):
            if not self._is_workbook(name, file):
                raise Refused(f"{name} is a zip within a zip: expected CSV, XLSX or JSON files there.")
            return Source(name, file, digest, size, is_workbook=True)
        if not name.lower().endswith(".gz") and not _begins(file, _GZIP):
            return Source(name, file, digest, size, is_utf_8=is_utf_8)
        try:
            with gzip.open(file) as packed:
                unpacked = self._unpack(name, packed)
        except (OSError, EOFError, zlib.error) as error:
            raise Refused(f"{name} cannot be unpacked: expected a whole gzip file ({error}).") from error
        if unpacked.stat().st_size == 0:
            raise Refused(f"{name} is empty: expected a header row and rows.")
        return Source(name, unpacked, digest, size)

    def _is_workbook(self, name: str, file: Path) -> bool:
        with _opened(name, file) as archive:
            names = set(archive.namelist())
            if other := names.intersection(_OTHER_OFFICE):
                raise Refused(f"{name} is an office file with {min(other)}: save it as .xlsx or as CSV.")
            if _WORKBOOK not in names:
                return False
            self._check_size(name, archive.infolist(), self._limits.workbook_bytes)
            return True

    def _members(self, name: str, file: Path) -> Iterator[Source]:
        with _opened(name, file) as archive:
            self._check_size(name, archive.infolist(), self._limits.unpacked_bytes)
            for member in archive.infolist():
                if _is_export(member):
                    yield self._member(name, archive, member)
                elif not _is_hidden(member) and not _is_about(PurePosixPath(member.filename).name):
                    self._left_out.append(f"{name}/{member.filename}")

    def _member(self, name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Source:
        inner = f"{name}/{member.filename}"
        if member.flag_bits & _LOCKED:
            raise Refused(f"{inner} has a password: take it out of the zip, or pack it without one.")
        with archive.open(member) as packed:
            unpacked = self._unpack(inner, packed)
        if unpacked.stat().st_size == 0:
            raise Refused(f"{inner} is empty: expected a header row and rows.")
        return self._source(inner, unpacked)

    def _check_size(self, name: str, members: list[zipfile.ZipInfo], most: int) -> None:
        if len(members) > self._limits.members:
            raise Refused(f"{name} holds {len(members):,} files: expected at most {self._limits.members:,}.")
        size = sum(member.file_size for member in members)
        if size > min(most, self._bytes_left):
            raise Refused(f"{name} unpacks to {size:,} bytes: expected at most {most:,} in all.")

    def _unpack(self, name: str, packed: IO[bytes] | gzip.GzipFile) -> Path:
        self._count += 1
        path = self._workshop / f"unpacked_{self._count}"
        with path.open("wb") as out:
            while chunk := packed.read(_CHUNK):
                self._bytes_left -= len(chunk)
                if self._bytes_left < 0:
                    most = self._limits.unpacked_bytes
                    raise Refused(f"{name} unpacks to too much: expected at most {most:,} bytes in all.")
                out.write(chunk)
        return path


@contextmanager
def _opened(name: str, file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        raise Refused(f"{name} cannot be unpacked: expected a whole zip without a password ({error}).") from error


def _begins(file: Path, mark: bytes) -> bool:
    with file.open("rb") as content:
        return content.read(len(mark)) == mark


def _is_hidden(member: zipfile.ZipInfo) -> bool:
    """Whether it is a folder, or what a system leaves beside files."""
    place = PurePosixPath(member.filename)
    return member.is_dir() or place.name.startswith(".") or "__MACOSX" in place.parts


def _is_about(name: str) -> bool:
    """Whether a file tells of the others and nobody takes it for an export."""
    return PurePosixPath(name).stem.casefold() in ("readme", "license")


def _is_export(member: zipfile.ZipInfo) -> bool:
    return not _is_hidden(member) and member.filename.lower().endswith(_READABLE)


def _digest(file: Path) -> tuple[str, int, bool]:
    """The SHA-256 and the size of a file, and whether it is text in UTF-8; all in one reading."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf_8 = True
    is_within = False  # a letter
    with file.open("rb", buffering=0) as content:
        while block := content.read(_LOOKED_AT):
            digest.update(block)
            if is_utf_8 and (is_within or not block.isascii()):
                try:
                    decoder.decode(block)
                except UnicodeDecodeError:
                    is_utf_8 = False
                is_within = bool(decoder.getstate()[0])
    return digest.hexdigest(), file.stat().st_size, is_utf_8 and not is_within
