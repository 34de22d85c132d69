"""Which format a file is in, told by its headers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sla.errors import Refused
from sla.intake.formats import ZONE_MARK, FileKind, Format, header_key


@dataclass(frozen=True)
class Match:
    """A file read as a kind of a format: `places` maps a standard column to the position of its header, from 0.

    `header_zone` is the zone that a header names, where the format says that one does.
    """

    format: Format
    file_kind: FileKind
    places: dict[str, int]
    header_zone: str | None

    @property
    def weight(self) -> tuple[int, int]:
        """How specific: what had to be there, then how much was recognised."""
        return len(self.file_kind.needs) + len(self.file_kind.headers), len(self.places)


def recognise(file: str, headers: Sequence[str], formats: Mapping[str, Format], wanted: str | None) -> Match:
    """The most specific match of these headers.

    With `wanted`, that format alone, and the standard one for the kinds of file that it does not have.
    Raises `Refused` where nothing fits, or several fit equally well.
    """
    found = matches(headers, formats, wanted)
    if not found:
        raise Refused(
            f"{file} is no export that is known here: its headers are {_shown(headers)}; "
            f"expected one of {'; '.join(_expected(formats, wanted))}."
        )
    winners = [match for match in found if match.weight == found[0].weight]
    if len(winners) > 1:
        names = " and ".join(f"{match.format.name} ({match.file_kind.kind})" for match in winners)
        raise Refused(f"{file} fits {names} equally well; say which with --format.")
    return winners[0]


def matches(
    headers: Sequence[str], formats: Mapping[str, Format], wanted: str | None, kind: str | None = None
) -> list[Match]:
    """Every match of these headers, the most specific first; with `kind`, of that kind of file alone."""
    keys = [header_key(header) for header in headers]
    found = [
        match
        for format_ in _candidates(formats, wanted)
        for file_kind in format_.files
        if kind in (None, file_kind.kind)
        if (match := _match(format_, file_kind, keys)) is not None and _allowed(match, formats, wanted)
    ]
    return sorted(found, key=lambda match: match.weight, reverse=True)


def _candidates(formats: Mapping[str, Format], wanted: str | None) -> list[Format]:
    if wanted is None:
        return list(formats.values())
    if wanted not in formats:
        raise Refused(f"--format names {wanted!r}: expected one of {', '.join(formats)}.")
    return [formats[wanted]] + ([formats["standard"]] if "standard" in formats and wanted != "standard" else [])


def _allowed(match: Match, formats: Mapping[str, Format], wanted: str | None) -> bool:
    if wanted is None or match.format.name == wanted:
        return True
    own = {file_kind.kind for file_kind in formats[wanted].files}
    return match.file_kind.kind not in own | ({"tickets"} if "log" in own else set())


def _match(format_: Format, file_kind: FileKind, keys: list[str]) -> Match | None:
    if any(header_key(header) not in keys for header in file_kind.headers):
        return None
    places: dict[str, int] = {}
    zones: list[str] = []
    for column, spellings in file_kind.columns.items():
        found = _place(spellings, keys)
        if found is not None and found[0] not in places.values():
            places[column] = found[0]
            zones += [found[1]] if found[1] else []
    if any(not any(column in places for column in group) for group in file_kind.needs):
        return None
    return Match(format_, file_kind, places, zones[0] if zones else None)


def _place(spellings: Sequence[str], keys: list[str]) -> tuple[int, str | None] | None:
    for spelling in spellings:
        before, mark, after = header_key(spelling).partition(ZONE_MARK)
        pattern = re.escape(before) + (r"(\S+)" if mark else "()") + re.escape(after)
        for place, key in enumerate(keys):
            if found := re.fullmatch(pattern, key):
                return place, found.group(1) or None
    return None


def _shown(headers: Sequence[str]) -> str:
    shown = ", ".join(header.strip()[:60] for header in headers[:30])
    return shown + (f" and {len(headers) - 30} more" if len(headers) > 30 else "")


def _expected(formats: Mapping[str, Format], wanted: str | None) -> list[str]:
    return [
        f"{format_.name} {file_kind.kind} ({', '.join(_needed(file_kind))})"
        for format_ in _candidates(formats, wanted)
        for file_kind in format_.files
    ]


def _needed(file_kind: FileKind) -> list[str]:
    needed = [" or ".join(file_kind.columns[column][0] for column in group) for group in file_kind.needs]
    return needed + list(file_kind.headers)
