"""What a sheet of a pack's workbook is: sentences above one table of typed columns."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sla.review.pack import Pack
from sla.words import Words

Kind = Literal["text", "count", "share", "objective", "seconds", "instant", "day", "score"]
Value = str | int | float | date | datetime | None


@dataclass(frozen=True)
class Column:
    """A column: its head and what its values are."""

    title: str
    kind: Kind = "text"


@dataclass(frozen=True)
class Sheet:
    """A sheet: sentences above one table, whose rows are as long as its columns are many.

    The first columns, as many as `naming`, say what a row is about. Shares stand beside their row's objective, where
    one column has it.
    """

    key: str
    name: str
    notes: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    naming: int = 2


def times(pack: Pack, words: Words) -> str:
    """Of which zones the instants of a sheet are."""
    zones: Iterable[str] = dict.fromkeys(words.zone(part.timezone) for part in pack.content.parts)
    return words("workbook.times", zone=words.listed(zones) or "UTC")


def text(key: str, words: Words) -> Column:
    """A column of texts."""
    return Column(words(f"workbook.column.{key}"))


def column(key: str, kind: Kind, words: Words) -> Column:
    """A column of any kind."""
    return Column(words(f"workbook.column.{key}"), kind)


def measure(name: str, words: Words) -> Column:
    """A column of a figure's measure, with the words that differences have for it."""
    title = words.named("pack.measure", name)
    return Column(title[:1].upper() + title[1:], _kind(name))


def _kind(measure: str) -> Kind:
    if measure == "objective":
        return "objective"
    if measure == "response" or "share" in measure:
        return "share"
    return "seconds" if measure.endswith("_s") else "count"
