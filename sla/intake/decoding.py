"""The characters of a file: which encoding it is in, and the same text as UTF-8, line for line."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from charset_normalizer import from_bytes

from sla.errors import Refused
from sla.intake.questions import Told

BLOCK = 2**20
SAMPLE = 2**16
LEGACY = ("windows-1252", "windows-1256")
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", *LEGACY)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMES = {"utf-8-sig": "utf-8", "cp1252": "windows-1252", "cp1256": "windows-1256"}
# A letter of UTF-8, or a byte that is part of none.
_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|([\x80-\xff])")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_HALF = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_WORD = re.compile(rb"[\x80-\xff]+")
_WITHIN = re.compile(rb"[A-Za-z][\x80-\xff]+|[\x80-\xff]+[A-Za-z]")
_WITHIN_LONG = re.compile(rb"[A-Za-z][\x80-\xff]{2,}|(?<![\x80-\xff])[\x80-\xff]{2,}[A-Za-z]")


@dataclass(frozen=True)
class Decoded:
    """A text in UTF-8 at `path`, its physical lines those of the file. `doubt` is a part of it in each of LEGACY.

    `notes`: what was read in another encoding than the rest, as a sentence.
    """

    path: Path
    encoding: Told
    doubt: tuple[str, ...]
    notes: tuple[str, ...] = ()


def decode(name: str, path: Path, out: Path, wanted: str | None, is_utf_8: bool | None = None) -> Decoded:
    """The text of a file in UTF-8: the file itself where it is UTF-8 already, else written to `out` in blocks.

    `wanted` is the encoding that a person named, None for what the file shows: a byte order mark, text that is UTF-8,
    the zeros of UTF-16; else one of LEGACY by its letters, in doubt windows-1252 with `doubt` filled. Single letters in
    one of LEGACY within UTF-8, as helpdesks write them that put mails together, are read as such where it is certain
    which. Raises `Refused` where `wanted` is no encoding, or not that of this file. `is_utf_8`: whether its bytes are,
    where that is known.
    """
    with path.open("rb") as file:
        start = file.read(SAMPLE)
    marked = next((encoding for mark, encoding in _MARKS if start.startswith(mark)), None)
    if wanted:
        encoding = encoding_named(wanted, name)
        if encoding == "utf-8":
            return Decoded(path, Told(encoding, "answered"), ())
        _write(name, path, out, encoding)
        return Decoded(out, Told(encoding, "answered"), ())
    found = marked or _zeros(start)
    if found and found != "utf-8":
        _write(name, path, out, found)
        return Decoded(out, Told(found, "seen"), ())
    if found or is_utf_8:
        return Decoded(path, Told("utf-8", "seen"), ())
    letters, broken, sample, strays = _letters(path)
    if not broken:
        return Decoded(path, Told("utf-8", "seen"), ())
    legacy, doubt = _legacy(sample)
    # Text in another encoding is hardly ever UTF-8 by accident, but for Arabic letters beside signs.
    if letters >= broken or (10 * letters >= broken and legacy == "windows-1252" and not doubt):
        return _mixed(name, path, out, strays)
    _write(name, path, out, legacy)
    return Decoded(out, Told(legacy, "assumed" if doubt else "seen"), doubt)


def encoding_named(wanted: str, where: str) -> str:
    """The name that this program has for an encoding; raises `Refused` for one that Python does not know."""
    try:
        known = codecs.lookup(wanted.strip())
        "".encode(known.name)
    except (LookupError, ValueError, TypeError) as error:
        raise Refused(
            f"{where}: the encoding {wanted!r} is unknown; expected one of {', '.join(ENCODINGS)}."
        ) from error
    return _NAMES.get(known.name, known.name)


def _zeros(start: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of its commonest letters is zero, and so is one beside each line end."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) < 2 or max(even, odd) <= len(start) // 50 or min(even, odd) * 20 >= max(even, odd):
        return None
    ends = [b"\0\n", b"\0\r"] if even > odd else [b"\n\0", b"\r\0"]
    if 2 * sum(map(start.count, ends)) < start.count(b"\n") + start.count(b"\r"):
        return None  # zeros that strayed into other text
    return "utf-16-be" if even > odd else "utf-16-le"


def _letters(path: Path) -> tuple[int, int, bytes, bytes]:
    """Letters beyond ASCII that are UTF-8, bytes that are not, the first lines with any of them, and with the latter.

    The lines with the latter are without their letters of UTF-8.
    """
    letters = broken = 0
    sample = strays = b""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            if block.isascii():
                decoder.reset()
                continue
            text = decoder.decode(block)
            halves = len(
                _HALF.findall(block)
            )  # of a letter of UTF-16, written as UTF-8: no text, but no other alphabet
            wrong = text.count("\ufffd") - block.count("\ufffd".encode()) - 3 * halves
            broken += max(0, wrong)
            letters += halves
            letters += sum(map(len, re.findall(r"[^\x00-\x7f\ufffd]+", text)))
            lines = [line for line in block.splitlines() if not line.isascii()] if len(sample) < SAMPLE or wrong else []
            if len(sample) < SAMPLE:
                sample = (sample + b"\n".join(lines))[:SAMPLE]
            if wrong and len(strays) < SAMPLE:
                alone = (_LETTER.sub(lambda letter: letter[1] or b"", line) for line in lines)
                strays = (strays + b"\n".join(line for line in alone if not line.isascii()))[:SAMPLE]
    return letters, broken, sample, strays


def _mixed(name: str, path: Path, out: Path, strays: bytes) -> Decoded:
    """Text in UTF-8 with letters of another encoding in it; where it is in doubt which, they stay as they are."""
    legacy, doubt = _legacy(strays)
    if doubt:
        return Decoded(path, Told("utf-8", "seen"), ())
    count = line = 0
    first: int | None = None
    with path.open("rb") as file, out.open("wb") as text:
        held = b""
        for block in _blocks(file):
            whole = held + block
            end = len(whole) if not block else len(whole) - min(3, len(whole))  # a letter may go on in the next block
            while 0 < end < len(whole) and (whole[end] & 0xC0 == 0x80 or whole[end : end + 1] == b"\n"):
                end -= 1
            whole, held = whole[:end], whole[end:]
            for letter in _LETTER.finditer(whole):
                if letter[1] and _as_utf_8(letter[1], legacy) != letter[1]:
                    first = line + len(_LINE_END.findall(whole, 0, letter.start())) + 1 if first is None else first
                    count += 1
            text.write(_LETTER.sub(lambda letter: _as_utf_8(letter[1], legacy) if letter[1] else letter[0], whole))
            line += len(_LINE_END.findall(whole))
    if first is None:
        return Decoded(path, Told("utf-8", "seen"), ())
    note = f"{name} is UTF-8 but for {count:,} letters, the first on line {first}; they were read as {legacy}."
    return Decoded(out, Told("utf-8", "seen"), (), (note,))


def _as_utf_8(byte: bytes, legacy: str) -> bytes:
    """A letter of LEGACY in UTF-8; the byte itself where it is none there."""
    try:
        return byte.decode(legacy).encode()
    except UnicodeDecodeError:
        return byte


def _legacy(sample: bytes) -> tuple[str, tuple[str, ...]]:
    """The likelier of LEGACY, and a piece of the text in both where it could be either.

    Arabic words have no letter of ASCII in them; in a word of a Latin script most letters are.
    """
    within = len(_WITHIN.findall(sample))
    alone = sum(len(run) > 1 for run in _WORD.findall(sample)) - len(_WITHIN_LONG.findall(sample))
    if not alone:
        return "windows-1252", ()
    if alone > 4 * within:
        return "windows-1256", ()
    best = from_bytes(sample, cp_isolation=["cp1252", "cp1256"]).best()
    encoding = _NAMES.get(best.encoding, "windows-1252") if best else "windows-1252"
    piece = next((line for line in sample.splitlines() if _WORD.search(line)), b"")[:80]
    return encoding, tuple(piece.decode(name, "replace") for name in LEGACY)


def _write(name: str, path: Path, out: Path, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)("strict" if encoding.startswith("utf") else "replace")
    with path.open("rb") as file, out.open("wb") as text:
        try:
            is_first = True
            for block in _blocks(file):
                decoded = decoder.decode(block, final=not block)
                text.write((decoded.removeprefix("\ufeff") if is_first else decoded).encode("utf-8", "replace"))
                is_first = False
        except (UnicodeError, NotImplementedError) as error:
            raise Refused(
                f"{name} is no text in {encoding}: save it as CSV in UTF-8, or say its encoding with --encoding."
            ) from error


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    """The blocks of a file, and an empty one at its end."""
    while block := file.read(BLOCK):
        yield block
    yield b""
