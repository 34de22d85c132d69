"""What a week's reports say, in sentences: each function takes rows of a report and gives text, nothing else.

A row is a mapping of the report's columns; `week` is the Monday of the ISO week the page shows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from sla.words import Words

Row = Mapping[str, Any]
Standing = Literal["over", "under", "plain", "few", "none"]


@dataclass(frozen=True)
class Figure:
    """One metric of a week as a block of text: the number to read first, then what stands behind it."""

    metric: str
    name: str
    standing: Standing
    value: str
    counts: str
    lines: tuple[str, ...]
    is_share: bool = False


def lead_of_waits(wait: Row, week: date, words: Words) -> str:
    """The answer where nothing is promised, from the first row of week_waits."""
    none = words("lead.no_target", week=words.week(week), many=words.named("many", wait["metric"]))
    if not wait["clocks_count"]:
        nobody = words.clauses([words("lead.no_waits")])
        return f"{words.clauses([none])} {nobody[0].upper()}{nobody[1:]}"
    return f"{words.clauses([none])} {words.clauses([_volume(wait, words), waited(wait, words)])}"


def lead(row: Row, week: date, words: Words) -> str:
    """The answer in one sentence, from a row of week_attainment of a metric that the policy promises."""
    many = words.named("many", row["metric"])
    name = words.week(week)
    match _state(row):
        case "not_in_export":
            return words.clauses([words("lead.not_in_export", week=name)])
        case "none":
            return words.clauses([words("lead.none", week=name, many=many), *_running(row, words)])
        case "too_few":
            counts = words("lead.too_few", week=name, met=row["met_count"], decided=row["decided_count"], many=many)
            return words.clauses([counts, words("lead.too_few_why"), *_running(row, words)])
    share = words(
        "lead.share",
        week=name,
        share=words.percent(row["share"], beside=row["objective"]),
        many=many,
        met=row["met_count"],
        decided=row["decided_count"],
    )
    return words.clauses([share, _to_objective("lead", row, words), *_change(row, week, words), *_running(row, words)])


def figure(row: Row, week: date, exclusions: Iterable[Row], words: Words) -> Figure:
    """The block of one metric, from a row of week_attainment and the rows of week_exclusions."""
    left_out = _left_out(row, exclusions, words)
    name = words.named("metric", row["metric"])
    match _state(row):
        case "not_in_export":
            why = words("figure.not_in_export_why")
            return Figure(row["metric"], name, "none", words("figure.not_in_export"), "", (why,))
        case "none":
            return Figure(row["metric"], name, "none", words("figure.none"), "", (*_running(row, words), *left_out))
    counts = words("figure.of", met=row["met_count"], decided=row["decided_count"])
    if row["is_too_few"]:
        lines = (*_before(row, week, words), *_running(row, words), *left_out)
        return Figure(row["metric"], name, "few", counts, words("figure.too_few"), lines)
    return Figure(
        row["metric"],
        name,
        _standing(row),
        words.percent(row["share"], beside=row["objective"]),
        counts,
        (
            _objective_line(row, words),
            *_before(row, week, words),
            words("figure.interval", low=words.percent(row["share_low"]), high=words.percent(row["share_high"])),
            *_band(row, words),
            *left_out,
        ),
        is_share=True,
    )


def wait(row: Row, exclusions: Iterable[Row], words: Words) -> Figure:
    """The block of one metric without a target, from a row of week_waits and the rows of week_exclusions."""
    name = words.named("metric", row["metric"])
    if not row["is_in_export"]:
        lines = (words("figure.not_in_export_why"),)
        return Figure(row["metric"], name, "none", words("figure.not_in_export"), "", lines)
    others = [one for one in exclusions if one["reason"] != "no_target"]
    ending = (words("figure.no_target_why"), *_left_out(row, others, words))
    if not row["clocks_count"]:
        return Figure(row["metric"], name, "none", words("waits.none"), "", ending)
    if not (row["answered_count"] or row["open_count"] or row["longest_s"]):  # nobody can say how long anything took
        ending = (words("waits.unmeasured"), *ending)
        return Figure(row["metric"], name, "none", words("figure.not_in_export"), "", ending)
    return Figure(row["metric"], name, "plain", waited(row, words), _volume(row, words), (_tail(row, words), *ending))


def waited(row: Row, words: Words) -> str:
    """How long half of the waits of a row of week_waits took, or took at least."""
    if row["median_s"] is None:
        return words("waits.median_more", duration=words.duration(row["longest_s"]))
    return words("waits.median", duration=words.duration(row["median_s"]))


def standout(row: Row, words: Words) -> str:
    """What one row of week_standouts says of the week, in up to three sentences."""
    name = standout_name(row, words)
    values = {"name": name, "breached": row["breached_count"], "count": row["all_breached_count"]}
    part = words.percent(row["part"], 0)
    if row["usual_breached_count"]:
        first = words("standouts.lead", **values, part=part, usual=words.percent(row["usual_part"], 0))
    else:
        first = words("standouts.lead_new", **values, part=part)
    rates = words(
        "standouts.rates",
        breached=row["breached_count"],
        decided=row["decided_count"],
        share=words.percent(row["late_share"], 0),
        usual=words.percent(row["usual_late_share"], 0),
    )
    if row["rest_decided_count"] < 10:
        return f"{first} {rates}"
    rest = words(
        "standouts.rest",
        share=words.percent(row["rest_share"]),
        met=row["rest_met_count"],
        decided=row["rest_decided_count"],
    )
    return f"{first} {rates} {rest}"


def standout_name(row: Row, words: Words) -> str:
    """The team, account, severity, plan, channel or weekday of a row of week_standouts, with what it is."""
    name = words.weekday(int(row["value"])) if row["dimension"] == "weekday" else row["name"]
    return words(f"dimension.{row['dimension']}", name=name)


def no_standout(breached_count: int, words: Words) -> str:
    """Why nothing stands out in a week with that many breaches."""
    if not breached_count:
        return words("standouts.none")
    return words("standouts.too_few" if breached_count < 3 else "standouts.nothing")


def missing_history(policy: Row, words: Words) -> list[str]:
    """What the export does not tell of the tickets of a row of policies, a sentence for each kind of history."""
    kinds = ("messages", "statuses", "regradings")
    return [words(f"history.no_{kind}") for kind in kinds if not policy[f"tickets_with_{kind}_count"]]


def _state(row: Row) -> str:
    if not row["is_in_export"]:
        return "not_in_export"
    if not row["decided_count"]:
        return "none"
    return "too_few" if row["is_too_few"] else "judged"


def _standing(row: Row) -> Standing:
    if row["gap"] is None:
        return "plain"
    return "under" if row["gap"] < 0 else "over"


def _to_objective(section: str, row: Row, words: Words) -> str:
    gap = row["gap"]
    if gap is None:
        return words(f"{section}.no_objective")
    side = "on" if gap == 0 else "under" if gap < 0 else "over"
    return words(f"{section}.{side}", objective=words.objective(row["objective"]), points=words.points(gap))


def _objective_line(row: Row, words: Words) -> str:
    line = _to_objective("figure", row, words)
    if row["gap"] is None:
        return line
    is_sure = row["is_surely_above"] or row["is_surely_below"]
    return words("comma").join([line, words("figure.not_by_chance" if is_sure else "figure.by_chance")])


def _change(row: Row, week: date, words: Words) -> list[str]:
    change = row["change"]
    if change is None:
        return []
    before = words.week_inside(week - timedelta(days=7))
    side = "level" if change == 0 else "down" if change < 0 else "up"
    return [words(f"lead.{side}", points=words.points(change), week=before)]


def _before(row: Row, week: date, words: Words) -> list[str]:
    monday = week - timedelta(days=7)
    counts = {"met": row["before_met_count"], "decided": row["before_decided_count"]}
    if not counts["decided"]:
        return [words("figure.before_none", week=words.week(monday))]
    if row["change"] is None:
        return [words("figure.before_too_few", week=words.week(monday), **counts)]
    side = "level" if row["change"] == 0 else "down" if row["change"] < 0 else "up"
    before = words.week_inside(monday)
    share = words.percent(row["before_share"], beside=row["objective"])
    return [words(f"figure.change_{side}", points=words.points(row["change"]), week=before, share=share, **counts)]


def _running(row: Row, words: Words) -> list[str]:
    return [words("lead.running", count=row["running_count"])] if row["running_count"] else []


def _band(row: Row, words: Words) -> list[str]:
    if not row["running_count"]:
        return []
    low, high = words.percent(row["band_low"]), words.percent(row["band_high"])
    return [words("figure.band", count=row["running_count"], low=low, high=high)]


def _left_out(row: Row, exclusions: Iterable[Row], words: Words) -> list[str]:
    left = [one for one in exclusions if one["metric"] == row["metric"]]
    if not left:
        return []
    reasons = [words.named("reason", one["reason"]) for one in left]
    if len(left) > 1:
        counts = [one["clocks_count"] for one in left]
        reasons = [
            words("figure.reason", reason=reason, count=count) for reason, count in zip(reasons, counts, strict=True)
        ]
    count = sum(one["clocks_count"] for one in left)
    return [words("figure.excluded", count=count, reasons=words("comma").join(reasons))]


def _volume(row: Row, words: Words) -> str:
    key = "waits.volume" if row["metric"] == "first_response" else f"waits.volume_{row['metric']}"
    return words("comma").join(
        [words(key, count=row["clocks_count"]), words("waits.answered", count=row["answered_count"])]
    )


def _tail(row: Row, words: Words) -> str:
    if row["p90_s"] is None:
        return words("waits.p90_more", duration=words.duration(row["longest_s"]))
    return words("waits.p90", duration=words.duration(row["p90_s"]))
