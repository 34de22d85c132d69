"""What the reports on satisfaction say, in sentences: functions that take rows of a report and give text."""

from collections.abc import Iterable, Sequence

from sla.words import Words
from sla.words.attainment import Days, name_inside, name_of
from sla.words.week import Figure, Row


def lead(row: Row, period: Days, before: Days, words: Words) -> str:
    """The answer, from the row of satisfaction: the score against the period before, then the response rate."""
    name = name_of(period, words)
    if not row["offered_count"]:
        return words.clauses([words("satisfaction.lead_none", period=name)])
    responded = words.clauses([_responded(row, words)])
    if not row["answered_count"]:
        return f"{words.clauses([words('satisfaction.lead_unanswered', period=name)])} {responded}"
    counts = {"period": name, "positive": row["positive_count"], "answers": row["answered_count"]}
    if row["is_too_few"]:
        parts = [words("satisfaction.lead_too_few", **counts), words("satisfaction.too_few_why")]
    else:
        share = words("satisfaction.lead", share=words.percent(row["share"]), **counts)
        parts = [share, *_change(row, before, words)]
    return f"{words.clauses(parts)} {responded}"


def figures(row: Row, scores: Sequence[Row], before: Days, words: Words) -> list[Figure]:
    """Score, response rate and mean as blocks, from the rows of satisfaction and of satisfaction_scores.

    No mean under ten answers, nor of a scale of two scores, which the share tells whole.
    """
    return [_score(row, before, words), _response(row, before, words), *_mean(row, scores, words)]


def rule(scores: Sequence[Row], zone: str, words: Words) -> str:
    """Formula and scales, from rows of satisfaction_scores; where there are none, the scale of 1 to 5 as an example."""
    scales = [_scale(row, words) for row in scales_of(scores)]
    example = words("satisfaction.scale", positive=4, low=1, high=5)
    return words("satisfaction.rule", scales=words.listed(scales or [example]), zone=words.zone(zone))


def notes(row: Row, scores: Sequence[Row], words: Words) -> list[str]:
    """What a reader must know beside the numbers: several scales, answers left out."""
    scales = len(scales_of(scores))
    several = [words("satisfaction.several_scales", count=scales)] if scales > 1 else []
    left_out = row["left_out_count"]
    return several + ([words("satisfaction.left_out", count=left_out)] if left_out else [])


def compared(row: Row, words: Words) -> str:
    """What the first row of satisfaction_beside_targets says: both shares, their difference, whether it is chance."""
    if not row["met_answered_count"] and not row["breached_answered_count"]:
        return words("satisfaction.beside.undecided")
    if row["difference"] is None:
        return words("satisfaction.beside.too_few")
    low, high, more = row["difference_low"], row["difference_high"], row["difference"]
    side = "same" if more == 0 else "higher" if more > 0 else "lower"
    if side == "lower":  # the sentence begins with the tickets that met theirs, and says a size without a sign
        low, high = -high, -low
    return words.clauses(
        [
            words(
                "satisfaction.beside.compared",
                met=words.percent(row["met_share"]),
                breached=words.percent(row["breached_share"]),
            ),
            words(
                f"satisfaction.beside.{side}",
                points=words.points(more),
                low=words.signed_points(low),
                high=words.signed_points(high),
            ),
            words("satisfaction.by_chance" if low <= 0 <= high else "satisfaction.not_by_chance"),
        ]
    )


def beside(row: Row, side: str, words: Words) -> str:
    """One side ('met' or 'breached') of a row of satisfaction_beside_targets: share and counts, or why none."""
    counts = {"positive": row[f"{side}_positive_count"], "answers": row[f"{side}_answered_count"]}
    if not counts["answers"]:
        return words(f"satisfaction.beside.{side}_none")
    if row[f"is_{side}_too_few"]:
        return words(f"satisfaction.beside.{side}_few", **counts)
    return words(f"satisfaction.beside.{side}", share=words.percent(row[f"{side}_share"]), **counts)


def promise_of(row: Row, words: Words) -> str:
    """Whose targets a row of satisfaction_beside_targets is about: all of the ticket, or one metric's."""
    promise = row["promise"]
    return words("satisfaction.beside.every") if promise == "targets" else words.named("metric", promise)


def promises(rows: Iterable[Row]) -> list[Row]:
    """The rows of satisfaction_beside_targets that tell something of their own: with decided clocks, no one twice."""
    told = [row for row in rows if row["met_answered_count"] or row["breached_answered_count"]]
    # Where one metric alone is promised, it says what all targets say.
    return told[:1] if len(told) == 2 else told


def given(row: Row, words: Words) -> str:
    """The score of a row of satisfaction_answers, on its scale, with a sign and the word for what it counts as."""
    if not row["is_answered"]:
        return words("satisfaction.answers.no_score")
    key = "given" if row["is_positive"] else "given_negative"
    return words(f"satisfaction.answers.{key}", score=row["score"], low=row["scale_min"], high=row["scale_max"])


def scales_of(scores: Iterable[Row]) -> list[Row]:
    """The first row of each scale among rows of satisfaction_scores."""
    firsts: dict[tuple[float, float], Row] = {}
    for row in scores:
        firsts.setdefault((row["scale_min"], row["scale_max"]), row)
    return list(firsts.values())


def scale_name(row: Row, words: Words) -> str:
    """The scale of a row of satisfaction_scores, and how many answers are on it."""
    scale = words("satisfaction.scores.scale", low=row["scale_min"], high=row["scale_max"])
    return words("satisfaction.scores.on_scale", scale=scale, count=row["scale_answers_count"])


def _responded(row: Row, words: Words) -> str:
    counts = {"answers": row["answered_count"], "offered": row["offered_count"]}
    if row["is_response_too_few"]:
        return words("satisfaction.responded_few", **counts)
    return words("satisfaction.responded", response=words.percent(row["response"]), **counts)


def _change(row: Row, before: Days, words: Words) -> list[str]:
    change = row["change"]
    if change is None:
        return []
    side = "level" if change == 0 else "down" if change < 0 else "up"
    name = name_inside(before, words)
    is_chance = row["change_low"] <= 0 <= row["change_high"]
    why = [words("satisfaction.by_chance" if is_chance else "satisfaction.not_by_chance")]
    return [words(f"satisfaction.{side}", points=words.points(change), before=name), *(why if change else [])]


def _score(row: Row, before: Days, words: Words) -> Figure:
    name = words("satisfaction.score")
    counts = words("satisfaction.positive_of", positive=row["positive_count"], answers=row["answered_count"])
    was = _before_share(row, before, words)
    if not row["answered_count"]:
        return Figure("score", name, "none", words("satisfaction.no_answers"), "", (was,))
    if row["is_too_few"]:
        return Figure("score", name, "few", counts, words("satisfaction.too_few"), (was,))
    interval = words(
        "satisfaction.interval", low=words.percent(row["share_low"]), high=words.percent(row["share_high"])
    )
    return Figure("score", name, "plain", words.percent(row["share"]), counts, (interval, was), is_share=True)


def _before_share(row: Row, before: Days, words: Words) -> str:
    name = name_of(before, words)
    counts = {"before": name, "positive": row["before_positive_count"], "answers": row["before_answered_count"]}
    if not counts["answers"]:
        return words("satisfaction.before_none", before=name)
    if row["before_answered_count"] < 10:
        return words("satisfaction.before_few", **counts)
    return words("satisfaction.before_share", share=words.percent(row["before_share"]), **counts)


def _response(row: Row, before: Days, words: Words) -> Figure:
    name = words("satisfaction.response")
    counts = words("satisfaction.answered_of", answers=row["answered_count"], offered=row["offered_count"])
    told = {"before": name_of(before, words), "answers": row["before_answered_count"]}
    told["offered"] = row["before_offered_count"]
    was = words("satisfaction.before_response_few", **told)
    if row["before_offered_count"] >= 10:
        was = words("satisfaction.before_response", response=words.percent(row["before_response"]), **told)
    if not row["offered_count"]:
        return Figure("response", name, "none", words("satisfaction.no_offers"), "", (was,))
    if row["is_response_too_few"]:
        return Figure("response", name, "few", counts, words("satisfaction.too_few"), (was,))
    interval = words(
        "satisfaction.interval", low=words.percent(row["response_low"]), high=words.percent(row["response_high"])
    )
    return Figure("response", name, "plain", words.percent(row["response"]), counts, (interval, was), is_share=True)


def _mean(row: Row, scores: Sequence[Row], words: Words) -> list[Figure]:
    scales, name = scales_of(scores), words("satisfaction.mean")
    if len(scales) > 1:
        why = (words("satisfaction.no_mean_why"),)
        return [Figure("mean", name, "none", words("satisfaction.no_mean"), "", why)]
    if not scales or row["is_too_few"] or row["mean_score"] is None or len(scores) == 2:
        return []
    on_scale = words("satisfaction.on_scale", low=scales[0]["scale_min"], high=scales[0]["scale_max"])
    return [Figure("mean", name, "plain", words.number(round(row["mean_score"], 2)), on_scale, (), is_share=True)]


def _scale(row: Row, words: Words) -> str:
    return words("satisfaction.scale", positive=row["positive_from"], low=row["scale_min"], high=row["scale_max"])
