"""The decisions of the project, read from DECISIONS.md for whoever wants to see them beside the numbers."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "DECISIONS.md"

_EMPHASIS = re.compile(r"(?<!\w)\*(\S[^*]*)\*(?!\w)")


@dataclass(frozen=True)
class Decision:
    """One heading of the file and its paragraphs, in English, as plain text; `group` is the heading above it."""

    group: str
    title: str
    paragraphs: tuple[str, ...]


@cache
def decisions(file: Path = FILE) -> tuple[Decision, ...]:
    """Every decision in the order of the file; none where there is no file. Marks of code and emphasis are left out."""
    try:
        parts = re.split(r"^(##+) ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    except FileNotFoundError:
        return ()
    found: list[Decision] = []
    group = ""
    for level, part in zip(parts[1::2], parts[2::2], strict=True):
        title, _, body = part.partition("\n")
        if level == "##":
            group = _plain(title)
        else:
            found.append(Decision(group, _plain(title), _paragraphs(body)))
    return tuple(found)


def _paragraphs(body: str) -> tuple[str, ...]:
    """Blocks between empty lines; a worked ticket begins one of its own."""
    blocks = re.split(r"\n\s*\n|\n(?=\*Ticket)", body.strip())
    return tuple(_plain(" ".join(block.split())) for block in blocks if block.strip())


def _plain(text: str) -> str:
    return _EMPHASIS.sub(r"\1", text.strip().replace("`", ""))
