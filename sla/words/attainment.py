"""What the reports of a period say, in sentences: each function takes rows of a report and gives text, nothing else."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from sla.words import Words
from sla.words.week import Figure, Row, Standing

LATE_FROM = 100  # hundredths of the target: from here on a band is late
NEAR_FROM = 90


class Days(Protocol):
    """A period: its kind (week, month, quarter, dates), its first and its last day."""

    @property
    def kind(self) -> str:
        """How it was chosen."""

    @property
    def first_on(self) -> date:
        """Its first day."""

    @property
    def last_on(self) -> date:
        """Its last day."""


def lead(row: Row, period: Days, before: Days, words: Words) -> str:
    """The answer in one sentence, from a row of attainment_of_period of a metric that the policy promises."""
    name, many = name_of(period, words), words.named("many", row["metric"])
    if not row["is_in_export"]:
        return words.clauses([words("lead.not_in_export", week=name)])
    if not row["decided_count"]:
        return words.clauses([words("lead.none", week=name, many=many), *_running(row, words)])
    counts = {"week": name, "met": row["met_count"], "decided": row["decided_count"], "many": many}
    if row["is_too_few"]:
        return words.clauses([words("lead.too_few", **counts), words("lead.too_few_why"), *_running(row, words)])
    share = words("lead.share", share=words.percent(row["share"], beside=row["objective"]), **counts)
    return words.clauses([share, _to_objective(row, words), *_change(row, before, words), *_running(row, words)])


def lead_of_waits(waits: Sequence[Row], metric: str, period: Days, words: Words) -> str:
    """The answer where nothing is promised, from the rows of time_percentiles, of which the last is for all of them."""
    none = words("lead.no_target", week=name_of(period, words), many=words.named("many", metric))
    told = words.clauses(_waited(waits[-1], metric, words) if waits else [words("lead.no_waits")])
    return f"{words.clauses([none])} {_capital(told)}"


def details(row: Row, before: Days, words: Words) -> str:
    """What stands behind the share: its interval, the period before, the band it can still end in, what is left out."""
    if not row["is_in_export"]:
        return words("figure.not_in_export_why")
    parts = []
    if not row["is_too_few"]:
        parts.append(_interval(row, words))
        if row["gap"] is not None:
            is_sure = row["is_surely_above"] or row["is_surely_below"]
            parts.append(words("attainment.not_by_chance" if is_sure else "attainment.by_chance"))
    parts.append(_before(row, before, words))
    if row["running_count"]:
        low, high = words.percent(row["band_low"]), words.percent(row["band_high"])
        if row["is_too_few"]:
            parts.append(words("lead.running", count=row["running_count"]))
        else:
            parts.append(words("figure.band", count=row["running_count"], low=low, high=high))
    if row["excluded_count"]:
        parts.append(words("clock_list.excluded", count=row["excluded_count"]))
    return f"{_capital(words.series(parts))}."


def where(rows: Sequence[Row], words: Words) -> str | None:
    """Which cell of the rows of attainment_matrix has more breaches than any other; None where none has."""
    cells = [row for row in rows if not row["is_all_severities"] and not row["is_all_plans"] and row["decided_count"]]
    cells.sort(key=lambda row: -row["breached_count"])
    if len(cells) < 2 or cells[0]["breached_count"] == cells[1]["breached_count"]:
        return None
    return words(
        "attainment.where",
        name=_capital(cell_name(cells[0], words)),
        met=cells[0]["met_count"],
        decided=cells[0]["decided_count"],
        breached=cells[0]["breached_count"],
        count=sum(row["breached_count"] for row in cells),
    )


def cell_name(row: Row, words: Words) -> str:
    """The severity and the plan of a cell of attainment_matrix."""
    severity, plan = cell_parts(row, words)
    return words("attainment.cell", severity=severity, plan=plan)


def cell_parts(row: Row, words: Words) -> tuple[str, str]:
    """The words for the severity and for the plan of a row of attainment_matrix, totals included."""
    plan = row["plan_name"] or words("matrix.no_plan")
    return severity_of(row, words), words("matrix.all_plans") if row["is_all_plans"] else plan


def severity_of(row: Row, words: Words) -> str:
    """The words for the severity of a row of attainment_matrix or time_percentiles, of a total that it has them all."""
    if row["is_all_severities"]:
        return words("matrix.all_severities")
    return str(row["severity_name"] or words("matrix.no_severity"))


def matrix_note(row: Row, has_empty_plans: bool, words: Words) -> str:
    """How to read severity by plan, from the metric's row of attainment_of_period."""
    parts = [words("attainment.matrix_note", metric=words.named("metric", row["metric"]))]
    if row["objective"] is not None:
        parts.append(words("attainment.matrix_objective", objective=words.objective(row["objective"])))
    if has_empty_plans:
        parts.append(words("attainment.matrix_left_out"))
    return " ".join(parts)


def arrivals_note(row: Row, zone: str, words: Words) -> str:
    """How to read the hours of arrival, from the metric's row of attainment_of_period."""
    if not row["has_target"]:
        return words("arrivals.note_plain", zone=words.zone(zone))
    return words("arrivals.note_no_objective" if row["objective"] is None else "arrivals.note", zone=words.zone(zone))


def arrivals_told(row: Row, objective: float | None, words: Words) -> str:
    """What a row of attainment_by_hour says of its hour; its share may stand beside an objective."""
    values = {
        "weekday": words.weekday(row["weekday"]),
        "from": hour_name(row["hour"]),
        "to": hour_name(row["hour"] + 1),
        "count": row["clocks_count"],
    }
    if not row["decided_count"]:
        return words("arrivals.hover_plain", **values)
    counts = {"met": row["met_count"], "decided": row["decided_count"]}
    if row["is_too_few"]:
        return words("arrivals.hover_too_few", **values, **counts)
    return words("arrivals.hover", **values, **counts, share=words.percent(row["share"], beside=objective))


def arrivals_finding(rows: Sequence[Row], metric: str, words: Words) -> str:
    """The hour of most clocks and the one of the lowest share, from rows of attainment_by_hour."""
    most = max(rows, key=lambda row: row["clocks_count"])
    values = {
        "metric": words.named("metric", metric),
        "weekday": words.weekday(most["weekday"]),
        "hour": hour_name(most["hour"]),
        "count": most["clocks_count"],
    }
    judged = [row for row in rows if not row["is_too_few"]]
    if not judged:
        return words("arrivals.alt_counts", **values)
    lowest = min(judged, key=lambda row: row["share"])
    return words(
        "arrivals.alt",
        **values,
        low=words.percent(lowest["share"]),
        low_weekday=words.weekday(lowest["weekday"]),
        low_hour=hour_name(lowest["hour"]),
        met=lowest["met_count"],
        decided=lowest["decided_count"],
    )


def counted(row: Row, words: Words) -> str:
    """How many clocks a list of clocks_in_scope has, by outcome, from any of its rows."""
    outcomes = ("breached", "running", "met", "excluded")
    parts = [words(f"clock_list.{name}", count=row[f"{name}_count"]) for name in outcomes if row[f"{name}_count"]]
    total = words("clock_list.total", count=row["clocks_count"], parts=words.listed(parts))
    return f"{total} {words('clock_list.order' if row['breached_count'] else 'clock_list.order_plain')}"


def outcome(row: Row, words: Words) -> str:
    """How a clock of clocks_in_scope stands: late by how much, how much is left, why it is left out."""
    name = words.named("outcome", row["outcome"])
    if row["late_s"] is not None:
        return words("clock_list.late", outcome=name, duration=words.duration(row["late_s"]))
    if row["left_s"] is not None:
        return words("clock_list.left", outcome=name, duration=words.duration(row["left_s"]))
    if row["reason"]:
        return words("clock_list.why", outcome=name, reason=words.named("reason", row["reason"]))
    return name


def side(row: Row, waits: Row | None, name: str, words: Words) -> Figure:
    """One side of a comparison, from a metric's row of attainment_of_period and of time_percentiles for all of them."""
    metric = row["metric"]
    if not row["is_in_export"]:
        return Figure(metric, name, "none", words("figure.not_in_export"), "", (words("figure.not_in_export_why"),))
    if not row["decided_count"] and waits and not waits["has_target"]:
        value, *lines = _waited(waits, metric, words)[::-1]
        return Figure(metric, name, "plain", value, "", (*lines[::-1], words("figure.no_target_why")))
    if not row["decided_count"]:
        return Figure(metric, name, "none", words("figure.none"), "", tuple(_running(row, words)))
    counts = words("figure.of", met=row["met_count"], decided=row["decided_count"])
    rest = [words("clock_list.excluded", count=row["excluded_count"])] if row["excluded_count"] else []
    if row["is_too_few"]:
        return Figure(metric, name, "few", counts, words("figure.too_few"), (*_running(row, words), *rest))
    standing: Standing = "plain" if row["gap"] is None else "under" if row["gap"] < 0 else "over"
    lines_of_share = (_interval(row, words), _to_objective(row, words), *_running(row, words), *rest)
    return Figure(
        metric,
        name,
        standing,
        words.percent(row["share"], beside=row["objective"]),
        counts,
        lines_of_share,
        is_share=True,
    )


def difference(left: Row, right: Row, names: tuple[str, str], apart: Row | None, words: Words) -> str:
    """How far two rows of attainment_of_period lie apart, and whether that is chance.

    `apart` is the row of difference_of_shares for them; None where the left side has the right one in it: what is
    shared says nothing of chance.
    """
    sides = (left, right)
    unpromised = [not row["decided_count"] and row["unpromised_count"] > 0 for row in sides]
    if any(unpromised):
        return words("compared.no_shares" if all(unpromised) else "compared.no_share")
    if any(row["is_too_few"] for row in sides):
        return words("compared.too_few")
    points = left["share"] - right["share"]
    key = "level" if points == 0 else "under" if points < 0 else "over"
    told = words(f"compared.{key}", left=names[0], right=names[1], points=words.points(points))
    if apart is None:
        return words.clauses([told, words("compared.holds", left=names[0], right=names[1])])
    low, high = apart["difference_low"], apart["difference_high"]
    if points < 0:  # the sentence says a size without a sign
        low, high = -high, -low
    interval = words("compared.interval", low=words.signed_points(low), high=words.signed_points(high))
    by_chance = words("compared.by_chance" if low <= 0 <= high else "compared.not_by_chance")
    return words.clauses([told, interval, by_chance])


def name_of(period: Days, words: Words) -> str:
    """The name of a period at the beginning of a sentence, as short as it can be."""
    return words.week(period.first_on) if period.kind == "week" else _capital(_long(period, words))


def name_inside(period: Days, words: Words) -> str:
    """The name of a period within a sentence."""
    return words.week_inside(period.first_on) if period.kind == "week" else _long(period, words)


def span_name(grain: str, first_on: date, words: Words) -> str:
    """The name of a week with its days, or of a month."""
    return words.period(grain, first_on, first_on)


def hour_name(hour: int) -> str:
    """An hour of the day as clocks show it; 24 is the end of the day."""
    return f"{hour:02}:00"


def band_name(over: int | None, to: int | None, words: Words) -> str:
    """A band of time_taken: up to, between, or over so many hundredths of the target."""
    if over is None:
        return words("time_taken.upto", to=str(to))
    if to is None:
        return words("time_taken.beyond", over=str(over))
    return words("time_taken.between", over=str(over), to=str(to))


def rule(row: Row, zone: str, words: Words) -> str:
    """By which day a clock counts, and what is counted, from the metric's row of attainment_of_period."""
    return words("attainment.rule" if row["has_target"] else "attainment.rule_plain", zone=words.zone(zone))


def _capital(text: str) -> str:
    """A text that begins a sentence."""
    return text[:1].upper() + text[1:]


def _long(period: Days, words: Words) -> str:
    return words.period(period.kind, period.first_on, period.last_on)


def _to_objective(row: Row, words: Words) -> str:
    gap = row["gap"]
    if gap is None:
        return words("lead.no_objective")
    key = "on" if gap == 0 else "under" if gap < 0 else "over"
    return words(f"lead.{key}", objective=words.objective(row["objective"]), points=words.points(gap))


def _change(row: Row, before: Days, words: Words) -> list[str]:
    change = row["change"]
    if change is None:
        return []
    key = "level" if change == 0 else "down" if change < 0 else "up"
    return [words(f"attainment.{key}", points=words.points(change), period=name_inside(before, words))]


def _before(row: Row, before: Days, words: Words) -> str:
    name = name_inside(before, words)
    counts = {"period": name, "met": row["before_met_count"], "decided": row["before_decided_count"]}
    if not row["before_decided_count"]:
        return words("attainment.before_none", period=name)
    if row["before_decided_count"] < 10:
        return words("attainment.before_few", **counts)
    return words("attainment.before", share=words.percent(row["before_share"], beside=row["objective"]), **counts)


def _interval(row: Row, words: Words) -> str:
    return words("attainment.interval", low=words.percent(row["share_low"]), high=words.percent(row["share_high"]))


def _running(row: Row, words: Words) -> list[str]:
    return [words("lead.running", count=row["running_count"])] if row["running_count"] else []


def _waited(row: Row, metric: str, words: Words) -> list[str]:
    """How many waited, how many of them were answered, and how long half of them took or took at least."""
    key = "waits.volume" if metric == "first_response" else f"waits.volume_{metric}"
    volume = [words(key, count=row["clocks_count"]), words("waits.answered", count=row["answered_count"])]
    if row["p50_s"] is None and not row["longest_s"]:  # nobody can say how long anything took
        return [*volume, words("waits.median_unmeasured")]
    if row["p50_s"] is None:
        return [*volume, words("waits.median_more", duration=words.duration(row["longest_s"]))]
    return [*volume, words("waits.median", duration=words.duration(row["p50_s"]))]
