"""Which format a file is in, told by its headers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sla.errors import Refused
from sla.intake.formats import ZONE_MARK, FileKind, Format, header_key


@dataclass(frozen=True)
class Match:
    """A file read as a kind of a format: `places` maps a standard column to the position of its header, from 0.

    `header_zone` is the zone that a header names, where the format says that one does. `repeats`: the further positions
    of a column whose header stands several times and is wanted each time.
    """

    format: Format
    file_kind: FileKind
    places: dict[str, int]
    header_zone: str | None
    repeats: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

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
    if not found and (why := report_of(headers, formats)):
        raise Refused(f"{file} {why}")
    if not found:
        raise Refused(
            f"{file} is no export that is known here: its headers are {shown(headers)}. "
            f"{_nearest(headers, formats, wanted)}"
        )
    winners = [match for match in found if match.weight == found[0].weight]
    if len(winners) > 1:
        names = " and ".join(f"{match.format.name} ({match.file_kind.kind})" for match in winners)
        raise Refused(f"{file} fits {names} equally well; say which with --format.")
    return winners[0]


def report_of(headers: Sequence[str], formats: Mapping[str, Format]) -> str | None:
    """Why a file with these headers has no tickets, as the end of a sentence, where it is known as such a report."""
    keys = {header_key(header) for header in headers}
    reports = [(format_.title, report) for format_ in formats.values() for report in format_.reports]
    fitting = [found for found in reports if all(header_key(header) in keys for header in found[1].headers)]
    title, report = max(fitting, key=lambda found: len(found[1].headers), default=("", None))
    return f"is a report of {title} {report.why}" if report else None


def how_well(headers: Sequence[str], formats: Mapping[str, Format]) -> float:
    """How well headers fit one of these formats, 0 where they fit none.

    A record that has one needed name among others, as a row of data may, fits none.
    """
    found = matches(headers, formats, None)
    filled = sum(1 for header in headers if header.strip())
    sure = [match for match in found if match.weight[0] > 1 or 2 * len(match.places) >= filled]
    best = max((100.0 * match.weight[0] + match.weight[1] for match in sure), default=0.0)
    return best or (100.0 if report_of(headers, formats) else 0.0)


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
    if any(header not in keys for header in file_kind.header_keys):
        return None
    match = match_of(format_, file_kind, keys)
    return None if missing_needs(file_kind, match.places) else match


def match_of(format_: Format, file_kind: FileKind, keys: list[str]) -> Match:
    """These headers, as `header_key` writes them, as this kind of file, whether or not all that it needs is there."""
    places: dict[str, int] = {}
    zones: list[str] = []
    repeats: dict[str, tuple[int, ...]] = {}
    for column, spelled in file_kind.column_keys.items():
        found = _place(spelled, keys)
        if found is not None and found[0] not in places.values():
            places[column] = found[0]
            zones += [found[1]] if found[1] else []
            if column in file_kind.repeated:
                further = (place for place, key in enumerate(keys) if key == keys[found[0]] and place != found[0])
                repeats[column] = tuple(further)
    return Match(format_, file_kind, places, zones[0] if zones else None, {c: p for c, p in repeats.items() if p})


def missing_needs(file_kind: FileKind, places: Mapping[str, int]) -> list[tuple[str, ...]]:
    """The groups of columns of which one is needed and none is there."""
    return [group for group in file_kind.needs if not any(column in places for column in group)]


def _place(spelled: Sequence[str], keys: list[str]) -> tuple[int, str | None] | None:
    for spelling in spelled:
        before, mark, after = spelling.partition(ZONE_MARK)
        if not mark:
            if before in keys:
                return keys.index(before), None
            continue
        pattern = re.escape(before) + r"(\S+)" + re.escape(after)
        for place, key in enumerate(keys):
            if found := re.fullmatch(pattern, key):
                return place, found.group(1)
    return None


def shown(headers: Sequence[str]) -> str:
    """Headers in a sentence."""
    shown = ", ".join(header.strip()[:60] for header in headers[:30])
    return shown + (f" and {len(headers) - 30} more" if len(headers) > 30 else "")


def _nearest(headers: Sequence[str], formats: Mapping[str, Format], wanted: str | None) -> str:
    """What these headers lack to be the known export that they are most like, and what else can be done."""
    keys = [header_key(header) for header in headers]
    lacking = [
        (format_, file_kind, _lacking(file_kind, match_of(format_, file_kind, keys), keys))
        for format_ in _candidates(formats, wanted)
        for file_kind in format_.files
    ]
    format_, file_kind, missing = min(lacking, key=lambda found: len(found[2]) / _asked(found[1]))
    known = f"Known are {', '.join(formats)}; for another export write a format file, or put it in on the upload page."
    needed = ", ".join(map(repr, dict.fromkeys(missing)))  # a header that tells the format may be a column's too
    like = f"Nearest is {format_.name} ({file_kind.kind}), which needs {needed} too."
    return like if wanted else f"{known} {like}" if 2 * len(missing) <= _asked(file_kind) else known


def _asked(file_kind: FileKind) -> int:
    return len(file_kind.needs) + len(file_kind.headers)


def _lacking(file_kind: FileKind, match: Match, keys: Sequence[str]) -> list[str]:
    """The headers without which a file is none of this kind, and which are not there."""
    needed = [
        " or ".join(file_kind.columns[column][0] for column in group)
        for group in missing_needs(file_kind, match.places)
    ]
    return needed + [header for header in file_kind.headers if header_key(header) not in keys]
