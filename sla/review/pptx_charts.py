"""Native charts of a slide: their numbers can be edited, in a workbook of our own that takes texts as texts."""

from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.util import Inches, Pt

from sla.review.plain import plain
from sla.review.slides import Chart

_Colour: Any = RGBColor  # its functions tell no types
_Data: Any = CategoryChartData
_GREY, _RED, _PALE = _Colour(0x8C, 0x8C, 0x8C), _Colour(0xB4, 0x23, 0x18), _Colour(0xE3, 0xE3, 0xE3)
Box = tuple[float, float, float, float]
_SHARE = "[>0.9994]0.0#%;[<0.0006]0.0#%;0.0%"


def add_chart(
    slide: Any, chart: Chart, box: tuple[float, float, float, float], accent: str, is_rtl: bool, at: datetime
) -> None:
    """Draws a chart into a box of inches: left, top, width, height. Time runs from left to right in every language."""
    data = _Data(number_format="0.0%" if chart.is_share else "#,##0")
    # Names stand behind a letter here, since this workbook would take some as formulas; ours takes its place below.
    data.categories = [f"\u200b{plain(name)}" for name in chart.categories]
    for name, values in chart.series:
        data.add_series(f"\u200b{plain(name)}", values)
    kind = XL_CHART_TYPE.LINE_MARKERS if chart.is_time else XL_CHART_TYPE.COLUMN_CLUSTERED
    frame = slide.shapes.add_chart(kind, *(Inches(side) for side in box), data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", plain(chart.alt, 1_500))
    drawn = frame.chart
    drawn.part.chart_workbook.update_from_xlsx_blob(_workbook(chart, at))
    for element in drawn._chartSpace.iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}v"):
        if element.text and element.text.startswith("\u200b"):
            element.text = element.text[1:]
    drawn.font.size, drawn.has_title = Pt(12), False
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _axes(drawn, chart, is_rtl)
    for number, series in enumerate(drawn.plots[0].series):
        _series(series, number, chart, _Colour.from_string(accent))


def _axes(drawn: Any, chart: Chart, is_rtl: bool) -> None:
    names, numbers = drawn.category_axis, drawn.value_axis
    numbers.has_major_gridlines, names.has_major_gridlines = True, False
    numbers.major_gridlines.format.line.color.rgb = _PALE
    numbers.format.line.fill.background()
    names.format.line.color.rgb = _GREY
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    numbers.tick_labels.number_format = "0%" if chart.is_share else "#,##0"
    numbers.tick_labels.number_format_is_linked = False
    numbers.minimum_scale = 0
    if chart.is_share:
        numbers.maximum_scale, numbers.major_unit = 1, 0.25
    if is_rtl and not chart.is_time:
        names.reverse_order = True
    if not chart.is_time:
        drawn.plots[0].gap_width, drawn.plots[0].overlap = 60, -5


def _series(series: Any, number: int, chart: Chart, accent: Any) -> None:
    colour = accent if number == 0 else _GREY
    if not chart.is_time:
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour
        _labels(series, chart, XL_LABEL_POSITION.OUTSIDE_END)
        return
    series.smooth = False
    series.format.line.color.rgb, series.format.line.width = colour, Pt(2 if number == 0 else 1.25)
    if number:
        series.format.line.dash_style = MSO_LINE.DASH
        series.marker.style = XL_MARKER_STYLE.NONE
        return
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 8
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour
    _labels(series, chart, XL_LABEL_POSITION.BELOW)
    for at in chart.under:
        marker = series.points[at].marker
        marker.style, marker.size = XL_MARKER_STYLE.X, 10
        marker.format.line.color.rgb = _RED


def _labels(series: Any, chart: Chart, position: Any) -> None:
    labels = series.data_labels
    labels.show_value, labels.position, labels.font.size = True, position, Pt(11)
    labels.number_format, labels.number_format_is_linked = _format(chart), False


def _format(chart: Chart) -> str:
    if not chart.is_share:
        return "#,##0"
    return _SHARE if chart.digits == 1 else f"0.{'0' * chart.digits}%"


def _workbook(chart: Chart, at: datetime) -> bytes:
    """The numbers as the chart's own sheet has them: names in the first column, a column for each series."""
    file = BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"created": at})
    page = book.add_worksheet("Sheet1")
    form = book.add_format({"num_format": _format(chart)})
    for row, name in enumerate(chart.categories, 1):
        page.write_string(row, 0, plain(name))
    for column, (name, values) in enumerate(chart.series, 1):
        page.write_string(0, column, plain(name))
        for row, value in enumerate(values, 1):
            if value is not None:
                page.write_number(row, column, value, form)
    book.close()
    return file.getvalue()
