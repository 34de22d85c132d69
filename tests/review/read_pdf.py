"""Reads a PDF back by its structure: the cells of its tables, as a screen reader would say them.

A text is what the file says that its signs stand for, in the order in which they are drawn: Arabic from the left. So
texts are compared as `letters_of`, numbers as `numbers`, neither of which knows an order.
"""

import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pypdf
from pypdf.generic import ContentStream, DictionaryObject, NullObject

Node = Any  # what pypdf gives of an object
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_INSIDE = frozenset({"/Document", "/THead", "/TBody", "/TR", "/TH", "/TD"})
_TURNING = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"))


def numbers(text: str) -> list[str]:
    """The numbers of a text, in an order that no direction of writing changes."""
    return sorted(_NUMBER.findall(text))


def letters_of(text: str) -> str:
    """The letters and digits of a text, in an order that no direction of writing changes."""
    return "".join(sorted(letter for letter in text if letter.isalnum()))


@dataclass(frozen=True)
class PdfFile:
    """A file as it reads."""

    data: bytes

    @cached_property
    def reader(self) -> pypdf.PdfReader:
        """The file itself."""
        return pypdf.PdfReader(io.BytesIO(self.data))

    @cached_property
    def root(self) -> Node:
        """Its catalogue."""
        return self.reader.trailer["/Root"]

    @cached_property
    def elements(self) -> list[Node]:
        """The elements of its structure, in the order of reading."""
        return list(_elements(self.root["/StructTreeRoot"]))

    @cached_property
    def pages(self) -> list[str]:
        """What each page says, its running head and foot included."""
        said: dict[int, list[str]] = defaultdict(list)
        for (page, _), text in self._told.items():
            said[page].append(text)
        return [" ".join(said[at]) for at in range(len(self.reader.pages))]

    @cached_property
    def text(self) -> str:
        """What all its elements say."""
        return " ".join(self.said(element) for element in self.root["/StructTreeRoot"]["/K"])

    def tables(self, title: str) -> list[list[str]]:
        """The rows of each table that has a title in its head, without that head; a space parts the lines of a cell."""
        found = []
        for table in (one for one in self.elements if one["/S"] == "/Table"):
            rows = [
                [self.said(cell) for cell in _elements(row) if cell["/S"] in ("/TH", "/TD")]
                for row in _elements(table)
                if row["/S"] == "/TR"
            ]
            if set(letters_of(title)) in (set(letters_of(cell)) for cell in rows[0]):
                found += rows[1:]
        return found

    def below(self, title: str) -> list[str]:
        """What stands under a heading, an element a text, up to the next heading; a table says all at once."""
        kids = [kid.get_object() for kid in _elements(self.root["/StructTreeRoot"]) if kid["/S"] not in _INSIDE]
        heads = [at for at, kid in enumerate(kids) if re.fullmatch(r"/H\d", str(kid["/S"]))]
        first = next(at for at in heads if set(letters_of(self.said(kids[at]))) == set(letters_of(title)))
        last = min([at for at in heads if at > first], default=len(kids))
        return [self.said(kid) for kid in kids[first + 1 : last]]

    def said(self, element: Node) -> str:
        """What an element and all in it say."""
        return " ".join(self._pieces(element.get_object(), None))

    def fonts(self) -> dict[str, bool]:
        """The names of all fonts of the file, and whether each is embedded and says what its signs stand for."""
        found = {}
        for font in self._of_type("/Font"):
            if "/DescendantFonts" in font:
                inner = font["/DescendantFonts"][0].get_object()
                files = inner["/FontDescriptor"].get_object().keys() & {"/FontFile", "/FontFile2", "/FontFile3"}
                found[str(font["/BaseFont"])] = bool(files) and "/ToUnicode" in font
            elif font["/Subtype"] not in ("/CIDFontType0", "/CIDFontType2"):  # a part of the ones above
                found[str(font["/BaseFont"])] = False
        return found

    def _of_type(self, kind: str) -> list[Node]:
        objects = (self.reader.get_object(number) for number in range(1, self.reader.trailer["/Size"]))
        return [one for one in objects if isinstance(one, DictionaryObject) and one.get("/Type") == kind]

    def unmarked(self) -> list[tuple[int, str]]:
        """What is drawn outside every marked piece, by its page from 1: neither content nor artifact."""
        return [(page + 1, op) for page, (_, _, loose) in enumerate(self._drawn) for op in loose]

    def marks(self) -> Counter[str]:
        """How many pieces of the pages are marked, by the name of their mark."""
        return sum((names for _, names, _ in self._drawn), Counter())

    def _pieces(self, node: Node, page: Node) -> Iterator[str]:
        page = node.get("/Pg", page)
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            of = kid.get_object() if not isinstance(kid, int) else kid
            if isinstance(of, DictionaryObject) and "/MCID" in of:
                yield self._told.get((self._number(of.get("/Pg", page)), of["/MCID"]), "")
            elif isinstance(of, DictionaryObject):
                yield from self._pieces(of, page)
            else:
                yield self._told.get((self._number(page), int(of)), "")

    def _number(self, page: Node) -> int:
        return self._numbers[page.get_object().indirect_reference.idnum]

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return {
            page.indirect_reference.idnum: at for at, page in enumerate(self.reader.pages) if page.indirect_reference
        }

    @cached_property
    def _told(self) -> dict[tuple[int, int], str]:
        """The text of each marked piece by its page from 0 and number."""
        return {(at, mark): text for at, (told, _, _) in enumerate(self._drawn) for mark, text in told.items()}

    @cached_property
    def _drawn(self) -> list[tuple[dict[int, str], Counter[str], list[str]]]:
        return [_drawn(page, self.reader) for page in self.reader.pages]


def _elements(node: Node) -> Iterator[Node]:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        of = None if isinstance(kid, int) else kid.get_object()
        if isinstance(of, DictionaryObject) and "/S" in of:
            yield of
            yield from _elements(of)


def _drawn(page: Node, reader: pypdf.PdfReader) -> tuple[dict[int, str], Counter[str], list[str]]:
    """The text of each marked piece of a page, the names of its marks, and what is drawn outside of them."""
    told: dict[int, str] = defaultdict(str)
    names: Counter[str] = Counter()
    loose: list[str] = []
    fonts = {name: _unicode(font.get_object()) for name, font in page["/Resources"].get("/Font", {}).items()}
    font: dict[int, str] = {}
    open_marks: list[tuple[int | None, str | None]] = []  # number and text that stands for what is drawn
    for operands, op in ContentStream(page.get_contents(), reader).operations:
        if op in (b"BDC", b"BMC"):
            named = operands[1] if len(operands) > 1 and isinstance(operands[1], DictionaryObject) else {}
            mark = named.get("/MCID", open_marks[-1][0] if open_marks else None)
            said = named.get("/ActualText", open_marks[-1][1] if open_marks else None)
            open_marks.append((mark, None if said is None else str(said)))
            names[str(operands[0])] += 1
            is_outer = len(open_marks) < 2 or open_marks[-2][1] is None
            if "/ActualText" in named and is_outer and mark is not None:
                told[mark] += str(said).translate(_TURNING)
        elif op == b"EMC":
            open_marks.pop()
        elif op == b"Tf":
            font = fonts[operands[0]]
        elif op in (b"Tj", b"TJ", b"f", b"S", b"B", b"Do", b"f*", b"B*"):
            if not open_marks:
                loose.append(op.decode())
            elif op in (b"Tj", b"TJ") and open_marks[-1][0] is not None and open_marks[-1][1] is None:
                pieces = operands[0] if op == b"TJ" else operands
                signs = b"".join(_bytes(piece) for piece in pieces if not isinstance(piece, (int, float)))
                codes = (int.from_bytes(signs[at : at + 2]) for at in range(0, len(signs), 2))
                told[open_marks[-1][0]] += "".join(font.get(code, "") for code in codes).translate(_TURNING)
    return dict(told), names, loose


def _bytes(piece: Node) -> bytes:
    return piece if isinstance(piece, bytes) else bytes(piece.original_bytes)


def _unicode(font: Node) -> dict[int, str]:
    """What the signs of a font stand for, by their codes."""
    stream = font.get("/ToUnicode", NullObject())
    text = stream.get_object().get_data().decode("latin-1")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, said in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = bytes.fromhex(said).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for first, last, said in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            for at, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                found[code] = chr(int(said, 16) + at)
    return found
