"""A trend as columns: the marks as a picture in SVG, the words and numbers as text upon it, which shapes and selects.

Time goes from left to right in every language, as the note under the trend says.
"""

from sla.review.content import Point, Trend
from sla.review.print.html import plain, text
from sla.words import Words
from sla.words import review as sentences

UNDER = "#b23a06"
_WIDTH, _HEIGHT = 680.0, 170.0  # of the drawing, in its own units
_TOP, _FLOOR = 24.0, 126.0  # of the field of the columns
_AIM = 74.0  # kept free for the words of the objective
_MOST_WIDE = 46.0
_HATCH = (
    "<defs><pattern id='hatch' width='6' height='6' patternUnits='userSpaceOnUse'>"
    f"<rect width='6' height='6' fill='#fde8dc'/><path d='M0 6L6 0' stroke='{UNDER}' stroke-width='1.4'/>"
    "</pattern></defs>"
)


def trend_html(trend: Trend, address: str, words: Words) -> str:
    """The picture of a metric's weeks or months with its words; the picture itself has `address`."""
    step = _step(trend)
    told = "".join(_words(point, trend.grain, (at + 0.5) * step, step, words) for at, point in enumerate(trend.points))
    picture = f"<img src='{address}' alt='{plain(alt(trend, words))}'>"
    return f"<div class='columns' dir='ltr'>{picture}{told}{_aim(trend.points[-1].objective, words)}</div>"


def trend_svg(trend: Trend, accent: str) -> str:
    """The marks: a column for each point, hatched under the objective, open where too few are decided."""
    step = _step(trend)
    columns = "".join(_column(point, (at + 0.5) * step, step, accent) for at, point in enumerate(trend.points))
    end, objective = _WIDTH - _AIM, trend.points[-1].objective
    line = f"<line x1='0' y1='{_FLOOR}' x2='{end}' y2='{_FLOOR}' stroke='#9aa3af' stroke-width='1'/>"
    if objective is not None:
        y = f"{_height(objective):.1f}"
        line += f"<line x1='0' y1='{y}' x2='{end}' y2='{y}' stroke='#1b1f24' stroke-dasharray='2 3'/>"
    size = f"viewBox='0 0 {_WIDTH} {_HEIGHT}' width='{_WIDTH}' height='{_HEIGHT}'"
    return f"<svg {size} xmlns='http://www.w3.org/2000/svg'>{_HATCH}{columns}{line}</svg>"


def alt(trend: Trend, words: Words) -> str:
    """The drawing in words: every column with its share or that its counts are too few."""
    told = words.listed(_told(point, trend.grain, words) for point in trend.points)
    aimed = trend.points[-1].objective
    objective = words("review.promise.objective", objective=words.objective(aimed)) if aimed is not None else ""
    metric = words.named("metric", trend.metric)
    return words("print.alt.trend", metric=metric, points=told, objective=objective).strip()


def _told(point: Point, grain: str, words: Words) -> str:
    name = sentences.point_name(point, grain, words)
    if not point.decided_count:
        return words("print.alt.point_none", name=name)
    counts = {"met": point.met_count, "decided": point.decided_count}
    if point.is_too_few:
        return words("print.alt.point_few", name=name, **counts)
    return words("print.alt.point", name=name, share=words.percent(point.share), **counts)


def _step(trend: Trend) -> float:
    return (_WIDTH - _AIM) / max(len(trend.points), 6)


def _height(share: float) -> float:
    return _FLOOR - share * (_FLOOR - _TOP)


def _is_under(point: Point) -> bool:
    return point.objective is not None and not point.is_too_few and (point.share or 0.0) < point.objective


def _column(point: Point, middle: float, step: float, accent: str) -> str:
    if not point.decided_count:
        return ""
    top, width = _height(point.share or 0.0), min(step * 0.66, _MOST_WIDE)
    fill, edge = ("url(#hatch)", UNDER) if _is_under(point) else (accent, accent)
    if point.is_too_few:
        fill, edge = "#ffffff", "#8a8f98"
    return (
        f"<rect x='{middle - width / 2:.1f}' y='{top:.1f}' width='{width:.1f}' height='{_FLOOR - top:.1f}' "
        f"fill='{fill}' stroke='{edge}' stroke-width='1.2'/>"
    )


def _words(point: Point, grain: str, middle: float, step: float, words: Words) -> str:
    """The share above a column, its name and counts below."""
    drawn, size = "", "" if step > 44 else " dense"
    if point.decided_count and not point.is_too_few:
        is_under = _is_under(point)
        share = words.percent(point.share, 0)
        label = f"<span>{text('✕ ' if is_under else '')}{text(share)}</span>"
        kind = "share under" if is_under else "share"
        drawn = _placed(kind + size, middle, _height(point.share or 0.0) - 19, step, label, words)
    counts = words("matrix.counts", met=point.met_count, decided=point.decided_count)
    name = text(sentences.point_name(point, grain, words))
    drawn += _placed(f"name{size}", middle, _FLOOR + 4, step, name, words)
    below = text(counts if point.decided_count else words("none"))
    return drawn + _placed(f"counts{size}", middle, _FLOOR + 21, step, below, words)


def _aim(objective: float | None, words: Words) -> str:
    if objective is None:
        return ""
    told = text(words("review.promise.objective", objective=words.objective(objective)))
    return _placed("aim", _WIDTH - _AIM / 2 + 3, _height(objective) - 14, _AIM, told, words)


def _placed(kind: str, middle: float, y: float, width: float, html: str, words: Words) -> str:
    """A text around the middle of a column, in shares of the drawing."""
    left, top, wide = 100 * (middle - width / 2) / _WIDTH, 100 * y / _HEIGHT, 100 * width / _WIDTH
    place = f"left:{left:.2f}%;top:{top:.2f}%;width:{wide:.2f}%"
    return f"<p class='label {kind}' dir='{words.direction}' style='{place}'>{html}</p>"
