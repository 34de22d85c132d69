"""What the readers of files that are no CSV hand on: the same table as CSV, and where each row came from."""

from array import array
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Rejected:
    """A row that was not accepted. `line`: its first physical line, from 1; `text`: as it stands in the file."""

    line: int
    reason: str
    text: str


@dataclass(frozen=True)
class Converted:
    """A table as CSV in UTF-8, with commas.

    `lines`: for each record, the header too, its line (in a workbook: row) in the file, from 1. `notes`: sentences for
    people. `broken`: rows that are none.
    """

    path: Path
    lines: "array[int]"
    notes: tuple[str, ...]
    broken: tuple[Rejected, ...] = ()
