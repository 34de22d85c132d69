"""Parts of a page that are read like a document: terms, facts, tables, texts that fold. Whatever comes in is text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import zip_longest

from sla.ui.blocks import write
from sla.words import Words


@dataclass(frozen=True)
class Quoted:
    """A text in a language of its own, such as a clause of a document; it keeps that language's direction."""

    text: str
    language: str


@dataclass(frozen=True)
class Link:
    """A text that leads to an address of this dashboard."""

    text: str
    address: str


@dataclass(frozen=True)
class Digest:
    """Letters and digits that stand for a file; they may be broken anywhere."""

    text: str


Cell = str | Quoted | Link | Digest
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


def linked(text: str, link: Link, words: Words) -> None:
    """Small print that ends with where to read on."""
    write(f"<p class='quiet'>{escape(text)} {_cell(link)}</p>", words)


def subheading(text: str, words: Words) -> None:
    """The title of a section within a part."""
    write(f"<h3 class='section'>{escape(text)}</h3>", words)


def terms(of: Mapping[str, str], words: Words) -> None:
    """Words and what they mean, one under the other."""
    write(f"<dl class='glossary'>{''.join(_term(name, text) for name, text in of.items())}</dl>", words)


def facts(of: Mapping[str, Cell], words: Words) -> None:
    """Short facts, each beside its name."""
    write(f"<dl class='glossary'>{''.join(_term(name, text) for name, text in of.items())}</dl>", words)


def paragraphs(texts: Sequence[Cell], words: Words) -> None:
    """Text to read, a paragraph each."""
    write("".join(f"<p class='text'>{_cell(text)}</p>" for text in texts), words)


def points(texts: Sequence[Cell], words: Words) -> None:
    """Short texts of one rank, each with its mark."""
    write(f"<ul class='points'>{''.join(f'<li>{_cell(text)}</li>' for text in texts)}</ul>", words)


def way_on(link: Link, words: Words) -> None:
    """Where to go next, not to be missed."""
    write(f"<p class='way-on'>{_cell(link)}</p>", words)


def way_back(link: Link, words: Words) -> None:
    """The way back to the page as it was before something on it was chosen; whoever takes it stays where they are."""
    write(f"<p class='way-back'>{_cell(link)}</p>", words)


def leading(text: str, link: Link, words: Words) -> None:
    """Text to read in which the words of a link stand: there, at their first place, they lead to its address."""
    before, found, after = text.partition(link.text)
    named = _cell(link) if found else ""
    write(f"<p class='text'>{escape(before)}{named}{escape(after)}</p>", words)


def folded(of: Sequence[tuple[Cell, Sequence[Cell]]], words: Words) -> None:
    """Texts, each with its title, of which only the titles show until somebody opens them."""
    write("".join(_folded(title, texts) for title, texts in of), words)


def table(title: str, head: Sequence[str], lines: Sequence[Sequence[Cell]], words: Words) -> None:
    """A table that scrolls in its own box where it is too wide or too long; the first cell of a line names it.

    On a phone a line's cells stand one after the other, each with the name of its column.
    """
    drawn = "".join(f"<tr>{''.join(_cells(line, head))}</tr>" for line in lines)
    columns = "".join(f"<th scope='col'>{escape(name)}</th>" for name in head)
    write(
        f"<div class='scroll cards' role='region' tabindex='0' aria-label='{escape(title)}'>"
        f"<table class='list document'><thead><tr>{columns}</tr></thead><tbody>{drawn}</tbody></table></div>",
        words,
    )


def _folded(title: Cell, texts: Sequence[Cell]) -> str:
    inside = "".join(f"<p>{_cell(text)}</p>" for text in texts)
    return f"<details class='folded'><summary>{_cell(title)}</summary>{inside}</details>"


def _term(name: str, text: Cell) -> str:
    return f"<div><dt>{escape(name)}</dt><dd>{_cell(text)}</dd></div>"


def _cells(line: Sequence[Cell], head: Sequence[str]) -> list[str]:
    first, *rest = (f"<bdi>{_cell(cell)}</bdi>" for cell in line)
    named = zip_longest(head[1 : len(line)], rest, fillvalue="")  # a row of an upload may be longer than its head
    return [
        f"<th scope='row'>{first}</th>",
        *(f"<td data-title='{escape(name)}'>{cell}</td>" for name, cell in named),
    ]


def _cell(cell: Cell) -> str:
    match cell:
        case Link(text, address):
            return f"<a href='{escape(address)}' target='_self'>{escape(text)}</a>"
        case Digest(text):
            return f"<span class='digest' dir='ltr'>{escape(text)}</span>"
        case Quoted(text, language):
            direction = "rtl" if language.split("-")[0] in _RIGHT_TO_LEFT else "ltr"
            return f"<span class='quoted' lang='{escape(language)}' dir='{direction}'>{escape(text)}</span>"
    return escape(cell)
