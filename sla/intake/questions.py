"""What is known of a file, how sure that is, and what a person is asked and says of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

UNKNOWN = "unknown"  # the answer of somebody who cannot say

Certainty = Literal["seen", "format", "assumed", "answered", "unknown"]


@dataclass(frozen=True)
class Told:
    """One thing known of a file; `value` is None where it is not known.

    `certainty`: seen in the file itself, said by the format, assumed, answered by a person, or unknown. `evidence`:
    what was seen, as it stands in the file, such as "13/02/2026" or a header; "" where nothing was.
    """

    value: str | None
    certainty: Certainty
    evidence: str = ""


@dataclass(frozen=True)
class Question:
    """What a person must say before a file can be read, in codes and in what stands in the file; words are the page's.

    `kind` and what then stands in `what` and `options`:
    "format": () and "NAME/KIND" of every match, best first; none where no format fits (then any may be chosen).
    "columns": the standard columns that nobody found ("a|b": one of the two is enough) and ().
    "encoding": a text of the file as each option reads it, and the encodings.
    "dates": two values of the file, and the layouts in which they can be read.
    "timezone": one value without an offset, and (); may be left, UTC is assumed then.
    "said": (the id of the format's own question,), and its options; UNKNOWN is one more.
    """

    kind: str
    what: tuple[str, ...]
    options: tuple[str, ...]

    @property
    def may_be_left(self) -> bool:
        """Whether the file can be read without an answer."""
        return self.kind == "timezone"


@dataclass(frozen=True)
class Answer:
    """What a person said of a file; what is None they left to the program.

    `columns`: standard column -> position of its header from 0, None where this file does not have it; columns that do
    not stand there are as they were recognised. `dates`: iso, dmy, mdy, or what a format may say there. `said`: the
    answers to the format's own questions by their id; with UNKNOWN, what a question is about is not read.
    """

    format: str | None = None
    kind: str | None = None
    columns: Mapping[str, int | None] | None = None
    dates: str | None = None
    timezone: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    said: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
