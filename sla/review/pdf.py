"""A pack as a PDF for reading: A4, tagged (PDF/UA), its fonts inside, nothing fetched from anywhere.

The same pack gives the same bytes: dates and the document's id are the pack's own.
"""

import json
from functools import cache
from pathlib import Path

import typst

from sla.errors import Refused
from sla.review.pack import Pack
from sla.review.print.document import document
from sla.review.print.letters import FONTS

_AGES = 11  # it remembers what its last ten runs used: some 50 MB of a pack with a hundred breaches
_LOOK = Path(__file__).resolve().parent / "print" / "pack.typ"


def pdf(pack: Pack) -> bytes:
    """The file of a pack. Raises Refused where it cannot be set: where the logo is no picture."""
    told = {"pack": json.dumps(document(pack))}
    try:
        made = typst.compile(_LOOK, format="pdf", font_paths=_fonts(), sys_inputs=told, pdf_standards=["ua-1"])
    except RuntimeError as error:  # of which Typst's own errors are some
        raise Refused(f"The PDF could not be set: {str(error).splitlines()[0]}.") from error
    finally:
        _forget()
    return made


def _forget() -> None:
    """Lets the setter forget a pack, by runs over nothing: a server makes many packs, and none of them again soon."""
    for _ in range(_AGES):
        typst.compile(b"", format="pdf", font_paths=_fonts())


@cache
def _fonts() -> typst.Fonts:
    """The packs' own fonts and no others, read once."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
