"""Reads a PDF back by its structure: the cells of its tables and the descriptions of its pictures."""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pdfplumber
import pypdf

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def tables(data: bytes) -> list[list[list[str]]]:
    """Every table as rows of cells; the letters of a cell stand as they are drawn, its lines apart by a space."""
    with pdfplumber.open(io.BytesIO(data)) as file:
        told, tree = _told(file), file.structure_tree
    return [
        [[_text(cell, told) for cell in _kind(row, "TH", "TD")] for row in _kind(table, "TR")]
        for root in tree
        for table in _kind(root, "Table")
    ]


def letters(data: bytes) -> list[str]:
    """The text of each page, its lines apart by a space."""
    with pdfplumber.open(io.BytesIO(data)) as file:
        told = _told(file)
        return [" ".join(told[key] for key in told if key[0] == page.page_number) for page in file.pages]


def numbers(cell: str) -> list[str]:
    """The numbers of a cell, in an order that no direction of writing changes."""
    return sorted(_NUMBER.findall(cell))


def structure(data: bytes) -> list[pypdf.generic.DictionaryObject]:
    """The elements of the structure tree."""
    root = pypdf.PdfReader(io.BytesIO(data)).trailer["/Root"]["/StructTreeRoot"]
    return list(_elements(root))


def fonts(data: bytes) -> dict[str, bool]:
    """The names of the fonts, and whether each is embedded."""
    found = {}
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            of = font.get_object()
            inner = of["/DescendantFonts"][0].get_object() if "/DescendantFonts" in of else of
            described = inner["/FontDescriptor"]
            found[str(of["/BaseFont"])] = any(f"/FontFile{kind}" in described for kind in ("", "2", "3"))
    return found


def _elements(node: Any) -> Iterator[pypdf.generic.DictionaryObject]:
    for kid in node.get("/K", []):
        of = kid.get_object()
        if isinstance(of, pypdf.generic.DictionaryObject) and "/S" in of:
            yield of
            yield from _elements(of)


def _told(file: pdfplumber.PDF) -> dict[tuple[int, int], str]:
    """The letters of each tagged piece by its page and number."""
    told: dict[tuple[int, int], str] = defaultdict(str)
    for page in file.pages:
        for char in page.chars:
            if char["mcid"] is not None:
                told[page.page_number, char["mcid"]] += char["text"]
    return told


def _kind(node: dict[str, Any], *kinds: str) -> Iterator[dict[str, Any]]:
    if node.get("type") in kinds:
        yield node
        return
    for child in node.get("children", []):
        yield from _kind(child, *kinds)


def _text(node: dict[str, Any], told: dict[tuple[int, int], str]) -> str:
    page = node["page_number"]
    parts = [told[page, mcid] for mcid in node.get("mcids", [])]
    parts += [_text({"page_number": page, **child}, told) for child in node.get("children", [])]
    return " ".join(parts)
