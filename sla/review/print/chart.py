"""A trend as columns with their words, for `pack.typ` to draw.

Time goes from left to right in every language, as the note under the trend says.
"""

from sla.review.content import Point, Trend
from sla.review.print.pieces import Piece, plain, text
from sla.words import Words
from sla.words import review as sentences


def chart(trend: Trend, words: Words) -> list[Piece]:
    """The columns of a metric's weeks or months: share, name and counts of each, and the objective."""
    aimed = trend.points[-1].objective
    aim = {} if aimed is None else {"aim": {"share": aimed, "text": text(_objective(aimed, words))}}
    columns = [_column(point, trend.grain, words) for point in trend.points]
    return [{"is": "chart", "alt": plain(alt(trend, words)), "columns": columns} | aim]


def alt(trend: Trend, words: Words) -> str:
    """The drawing in words: every column with its share or that its counts are too few."""
    told = words.listed(_told(point, trend.grain, words) for point in trend.points)
    aimed = trend.points[-1].objective
    objective = _objective(aimed, words) if aimed is not None else ""
    metric = words.named("metric", trend.metric)
    return words("print.alt.trend", metric=metric, points=told, objective=objective).strip()


def _objective(aimed: float, words: Words) -> str:
    return words("review.promise.objective", objective=words.objective(aimed))


def _told(point: Point, grain: str, words: Words) -> str:
    name = sentences.point_name(point, grain, words)
    if not point.decided_count:
        return words("print.alt.point_none", name=name)
    counts = {"met": point.met_count, "decided": point.decided_count}
    if point.is_too_few:
        return words("print.alt.point_few", name=name, **counts)
    return words("print.alt.point", name=name, share=words.percent(point.share, beside=point.objective), **counts)


def _column(point: Point, grain: str, words: Words) -> Piece:
    """Under the objective it is hatched; where too few are decided, open and without its share."""
    counts = words("matrix.counts", met=point.met_count, decided=point.decided_count)
    named = {
        "name": text(sentences.point_name(point, grain, words)),
        "counts": text(counts if point.decided_count else words("none")),
    }
    if not point.decided_count:
        return named
    drawn = named | {"share": point.share or 0.0}
    if point.is_too_few:
        return drawn | {"kind": "few"}
    is_under = point.objective is not None and (point.share or 0.0) < point.objective
    label = ("✕ " if is_under else "") + words.percent(point.share, 0, point.objective)
    return drawn | {"kind": "under" if is_under else "kept", "label": text(label)}
