"""Text and tables as the XML of a slide: a paragraph knows its direction, a table is built in one go.

Sizes are points of text and inches of place. Every text is escaped and runs are plain: no link, no field from data.
"""

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree
from pptx.util import Emu, Inches

from sla.review.plain import plain
from sla.words import Words

_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_LANGUAGES = {"en": "en-GB", "pt-BR": "pt-BR", "ar": "ar-SA"}
_WIDE = 0.54  # of its size: a letter, on average and rather too wide
_LINE = 1.22  # of its size: a line
MOST_LETTERS = 900  # of a cell or sentence; the workbook has the whole


def lines_of(text: str, width_in: float, size: float) -> int:
    """How many lines a text takes at a size in a width; rather one too many."""
    room = max(int(width_in * 72 / (size * _WIDE)), 4)
    return sum(-(-max(len(line), 1) // room) for line in shown(text).split("\n"))


def height_of(text: str, width_in: float, size: float) -> float:
    """How high a text is, in inches."""
    return lines_of(text, width_in, size) * size * _LINE / 72


def shown(text: str) -> str:
    """A text as a slide holds it."""
    return plain(text, MOST_LETTERS)


def paragraphs(text: str, words: Words, size: float, colour: str = "262626", bold: bool = False) -> str:
    """The paragraphs of a text, one for each of its lines."""
    side = "r" if words.is_rtl else "l"
    made = f'<a:rPr lang="{_LANGUAGES[words.language]}" sz="{round(size * 100)}" b="{int(bold)}" dirty="0">'
    made += f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:rPr>'
    place = f'<a:pPr algn="{side}" rtl="{int(words.is_rtl)}"/>'
    return "".join(f"<a:p>{place}<a:r>{made}<a:t>{escape(line)}</a:t></a:r></a:p>" for line in shown(text).split("\n"))


def fill(shape: Any, texts: Sequence[str]) -> None:
    """Puts paragraphs, each a piece of XML, in place of a shape's text."""
    body = shape.text_frame._txBody
    for old in body.findall("{http://schemas.openxmlformats.org/drawingml/2006/main}p"):
        body.remove(old)
    for element in etree.fromstring(f"<a:x {_A}>{''.join(texts)}</a:x>"):
        body.append(element)


def table(frame: Any, rows: Sequence[Sequence[str]], widths: Sequence[float], words: Words, accent: str) -> None:
    """Fills a table's frame: the first row is its head; in Arabic its first column stands at the right.

    The columns themselves are turned round: not every program minds the mark of a table from right to left.
    """
    tall = [row_height(row, widths) for row in rows]
    if words.is_rtl:
        rows, widths = [row[::-1] for row in rows], widths[::-1]
    columns = "".join(f'<a:gridCol w="{Inches(width)}"/>' for width in widths)
    body = "".join(_row(row, tall[at], words, accent, at) for at, row in enumerate(rows))
    xml = f'<a:tbl {_A}><a:tblPr firstRow="1"/><a:tblGrid>{columns}</a:tblGrid>{body}</a:tbl>'
    old = frame._element.graphic.graphicData.tbl
    old.getparent().replace(old, etree.fromstring(xml))
    frame.height = Emu(sum(Inches(height) for height in tall))


SIZE = 11.0  # of the text of tables
_PAD = 0.06


def row_height(row: Sequence[str], widths: Sequence[float]) -> float:
    """How high a row of a table is, in inches, its margins included."""
    return max(height_of(text, width - 2 * _PAD, SIZE) for text, width in zip(row, widths, strict=True)) + 2 * _PAD


def _row(row: Sequence[str], height: float, words: Words, accent: str, at: int) -> str:
    return f'<a:tr h="{Inches(height)}">{"".join(_cell(text, words, accent, at) for text in row)}</a:tr>'


def _cell(text: str, words: Words, accent: str, at: int) -> str:
    is_head = at == 0
    told = paragraphs(text, words, SIZE, "FFFFFF" if is_head else "262626", is_head)
    pad = Inches(_PAD)
    none = "".join(f'<a:{side} w="0"><a:noFill/></a:{side}>' for side in ("lnL", "lnR", "lnT"))
    line = '<a:lnB w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:lnB>'
    under = f'<a:solidFill><a:srgbClr val="{accent}"/></a:solidFill>' if is_head else "<a:noFill/>"
    margins = f'marL="{pad}" marR="{pad}" marT="{pad}" marB="{pad}"'
    properties = f"<a:tcPr {margins}>{none}{line}{under}</a:tcPr>"
    return f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{told}</a:txBody>{properties}</a:tc>"
