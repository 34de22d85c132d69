"""A pack as slides to present: native charts and tables that can be edited, in its language and direction.

The same pack gives the same bytes: every date in the file is the pack's instant or fixed.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Inches

from sla.review.pack import Pack
from sla.review.plain import plain
from sla.review.pptx_charts import add_chart
from sla.review.pptx_marks import fill, height_of, paragraphs, row_height, table
from sla.review.slides import Slide, Table, cover, slides

_Colour: Any = RGBColor  # its functions tell no types
_WIDTH, _HEIGHT = 13.333, 7.5
_LEFT, _ROOM = 0.6, 12.13
_TOP, _BOTTOM = 1.4, 6.85
_TEXT = (16.0, 14.0, 12.0)  # of sentences: the largest with which they need one slide, else the middle one
_GAP = 0.1
_TITLE_ONLY = 5  # the layout of python-pptx's own template


def pptx(pack: Pack) -> bytes:
    """The slides of a pack."""
    return _Deck(pack).saved()


class _Deck:
    def __init__(self, pack: Pack) -> None:
        self.pack, self.words = pack, pack.words
        self.accent = pack.style.accent.lstrip("#").upper()
        self.deck = Presentation()
        self.deck.slide_width, self.deck.slide_height = Inches(_WIDTH), Inches(_HEIGHT)
        self._theme()
        self._properties()

    def saved(self) -> bytes:
        self._cover()
        for slide in slides(self.pack):
            self._told(slide)
        file = BytesIO()
        self.deck.save(file)
        return _dated(file)

    def _theme(self) -> None:
        """The accent colour and fonts that have Arabic letters too, so that what is added by hand looks alike."""
        master = self.deck.slide_masters[0]
        theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
        text = theme.blob.decode("utf-8")
        text = re.sub(r'<a:latin typeface="[^"]*"/>', '<a:latin typeface="Arial"/>', text)
        text = re.sub(r'<a:cs typeface=""/>', '<a:cs typeface="Arial"/>', text)
        accent = f'<a:accent1><a:srgbClr val="{self.accent}"/></a:accent1>'
        theme._blob = re.sub(r"<a:accent1>.*?</a:accent1>", accent, text, flags=re.DOTALL).encode("utf-8")
        scale = _WIDTH / 10
        for page in (master, *self.deck.slide_layouts):
            for shape in page.shapes:
                shape.left, shape.width = int(shape.left * scale), int(shape.width * scale)

    def _properties(self) -> None:
        core, at = self.deck.core_properties, self.pack.instant.replace(tzinfo=None, microsecond=0)
        core.title, core.language = plain(self.pack.content.title, 200), self.words.language
        core.author = core.last_modified_by = plain(self.pack.style.sender or "", 200)
        core.created = core.modified = at
        core.revision = 1

    def _slide(self, title: str, size: float = 26, height: float = 0.85, top: float = 0.35) -> Any:
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[_TITLE_ONLY])
        shape = slide.shapes.title
        shape.left, shape.top, shape.width, shape.height = (Inches(side) for side in (_LEFT, top, _ROOM, height))
        shape.text_frame.word_wrap = True
        shape.text_frame.margin_left = shape.text_frame.margin_right = 0  # it begins where the text below does
        text = plain(title, 140).replace("\n", " ")
        size = next((one for one in (size, size - 4, size - 8) if height_of(text, _ROOM, one) <= height), size - 10)
        fill(shape, [paragraphs(text, self.words, size, self.accent, bold=True)])
        self._foot(slide)
        return slide

    def _foot(self, slide: Any) -> None:
        """Whose review it is, and the number of the slide, which follows where slides are moved."""
        number = len(self.deck.slides)
        of = " · ".join(text for text in (self.pack.style.sender, self.pack.content.title) if text)
        self._text(slide, [plain(of, 150).replace("\n", " ")], (_LEFT, 7.02, _ROOM - 1, 0.3), 10, "6B6B6B")
        side = "l" if self.words.is_rtl else "r"
        shape = slide.shapes.add_textbox(Inches(_LEFT + _ROOM - 0.9), Inches(7.02), Inches(0.9), Inches(0.3))
        if self.words.is_rtl:
            shape.left = Inches(_LEFT)
        field = '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
        text = f'<a:p><a:pPr algn="{side}"/>{field}<a:rPr lang="en-GB" sz="1000"/><a:t>{number}</a:t></a:fld></a:p>'
        fill(shape, [text])

    def _text(
        self,
        slide: Any,
        lines: Sequence[str],
        box: tuple[float, float, float, float],
        size: float = _TEXT[0],
        colour: str = "262626",
    ) -> None:
        left = _LEFT + _WIDTH - 2 * _LEFT - box[2] if self.words.is_rtl and box[2] < _ROOM else box[0]
        shape = slide.shapes.add_textbox(*(Inches(side) for side in (left, *box[1:])))
        frame = shape.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        spaced = [paragraphs(line, self.words, size, colour) for line in lines]
        after = '><a:spcAft><a:spcPts val="600"/></a:spcAft></a:pPr>'
        fill(shape, [text.replace('"/><a:r>', f'"{after}<a:r>') for text in spaced])

    def _cover(self) -> None:
        pack = self.pack
        slide = self._slide(pack.content.title, 36, 1.3, 1.1)
        bar = slide.shapes.add_shape(1, 0, 0, Inches(_WIDTH), Inches(0.18))
        bar.fill.solid()
        bar.fill.fore_color.rgb = _Colour.from_string(self.accent)
        bar.line.fill.background()
        bar._element.nvSpPr.cNvPr.set("descr", "")
        self._text(slide, pack.lead.sentences, (_LEFT, 2.7, _ROOM, 2.2), 22)
        self._text(slide, cover(pack, self.words), (_LEFT, 5.2, _ROOM, 1.5), 13, "595959")
        if pack.style.logo:
            picture = slide.shapes.add_picture(BytesIO(pack.style.logo.data), 0, Inches(0.35), height=Inches(0.65))
            if picture.width > Inches(3):
                picture.height, picture.width = int(picture.height * Inches(3) / picture.width), Inches(3)
            picture.left = Inches(_LEFT) if self.words.is_rtl else Inches(_LEFT + _ROOM) - picture.width
            picture._element.nvPicPr.cNvPr.set("descr", plain(pack.style.sender or self.words("workbook.logo"), 200))

    def _told(self, told: Slide) -> None:
        size = _size(told)
        pages = list(_pages(told, size))
        for at, (lines, rows) in enumerate(pages, 1):
            more = self.words("workbook.page", title=told.title, number=at, count=len(pages))
            slide = self._slide(more if len(pages) > 1 else told.title)
            top = _TOP
            if lines:
                high = _high(lines, size)
                self._text(slide, lines, (_LEFT, top, _ROOM, high), size)
                top += high + _GAP
            chart = told.chart if at == 1 else None
            wide = _ROOM if not (chart and told.table) else 6.2
            if chart:
                left = _LEFT + _ROOM - wide if self.words.is_rtl and told.table else _LEFT
                box = (left, top, wide - 0.2, _BOTTOM - top)
                add_chart(slide, chart, box, self.accent, self.words.is_rtl, self.pack.instant)
            if told.table and rows:
                self._table(slide, told, rows, top, beside=bool(told.chart))

    def _table(self, slide: Any, told: Slide, rows: Sequence[Sequence[str]], top: float, beside: bool) -> None:
        assert told.table is not None
        widths = _widths(told.table, beside)
        left = _LEFT + _ROOM - sum(widths) if beside and not self.words.is_rtl else _LEFT
        frame = slide.shapes.add_table(1, len(widths), Inches(left), Inches(top), Inches(sum(widths)), Inches(1))
        frame._element.nvGraphicFramePr.cNvPr.set("descr", plain(told.title, 300))
        table(frame, [told.table.head, *rows], widths, self.words, self.accent)


def _widths(told: Table, beside: bool) -> list[float]:
    room = _ROOM - 6.2 if beside else _ROOM
    return [room * width / sum(told.widths) for width in told.widths]


def _size(told: Slide) -> float:
    return next((size for size in _TEXT if _TOP + _high(told.lines, size) <= _BOTTOM), _TEXT[1])


def _high(lines: Sequence[str], size: float) -> float:
    return sum(height_of(line, _ROOM, size) + 6 / 72 for line in lines)


def _pages(told: Slide, size: float) -> Iterator[tuple[list[str], list[Sequence[str]]]]:
    """The lines and rows of each slide that this one needs, so that nothing goes over its end."""
    lines: list[str] = []
    for line in told.lines:
        if lines and _TOP + _high([*lines, line], size) > _BOTTOM:
            yield lines, []
            lines = []
        lines.append(line)
    if told.table is None:
        yield lines, []
        return
    widths = _widths(told.table, bool(told.chart))
    least = row_height(told.table.head, widths)
    top = _TOP + (_high(lines, size) + _GAP if lines else 0)
    rows: list[Sequence[str]] = []
    high = least
    for row in told.table.rows:
        tall = row_height(row, widths)
        if top + high + tall > _BOTTOM and (rows or lines):
            yield lines, rows
            lines, rows, top, high = [], [], _TOP, least
        rows.append(row)
        high += tall
    yield lines, rows


def _dated(file: BytesIO) -> bytes:
    """The same file without the time at which it was packed."""
    out = BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return out.getvalue()
