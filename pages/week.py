"""One week of one policy: the answer, thirteen weeks, what stands out, what broke, what falls due next."""

from datetime import date

from sla.charts.standouts import standouts
from sla.charts.trend import trend
from sla.ui import Row, Rows, blocks, choose_metric, report, require_frame, scope, spoken, tables
from sla.words import Words
from sla.words import week as sentences

require_frame()


def show(words: Words) -> None:
    """Asks which metric, and draws the week in which the chosen period ends."""
    policy, week = scope().policy, scope().period.week
    attainment = report("week_attainment", policy=policy["policy"], week=week)
    waits = {row["metric"]: row for row in report("week_waits", policy=policy["policy"], week=week)}
    promised = [row["metric"] for row in attainment if row["has_target"]]
    if scope().period.kind != "week":
        blocks.quiet(words("lead.last_week_of", week=words.week(week), days=words.week_span(week)), words)
    if not promised:
        show_waits(policy, week, waits, words)
        return
    chosen = choose_metric(promised, words)
    metric = next(row for row in attainment if row["metric"] == chosen)
    blocks.lead(sentences.lead(metric, week, words), words)
    if week == policy["as_of_week"]:
        blocks.quiet(words("lead.so_far", as_of=words.instant(policy["as_of"], policy["timezone"])), words)
    show_figures(policy, week, attainment, waits, words)
    show_trend(policy, week, metric, words)
    show_standouts(policy, week, metric, words)
    show_tickets(policy, week, metric, words)


def show_waits(policy: Row, week: date, waits: dict[str, Row], words: Words) -> None:
    """A policy that promises nothing: volumes and waiting times in words."""
    left_out = report("week_exclusions", policy=policy["policy"], week=week)
    blocks.lead(sentences.lead_of_waits(waits["first_response"], week, words), words)
    blocks.figures([sentences.wait(row, left_out, words) for row in waits.values()], words)
    blocks.quiet(words("waits.rule"), words)
    show_history(policy, words)


def show_figures(policy: Row, week: date, attainment: Rows, waits: dict[str, Row], words: Words) -> None:
    """Every metric's number with its counts, and the rule by which it is counted."""
    left_out = report("week_exclusions", policy=policy["policy"], week=week)
    figures = [
        sentences.figure(row, week, left_out, words)
        if row["has_target"] or not row["is_in_export"]
        else sentences.wait(waits[row["metric"]], left_out, words)
        for row in attainment
    ]
    blocks.figures(figures, words)
    blocks.quiet(words("figure.rule", zone=words.zone(policy["timezone"])), words)
    show_history(policy, words)


def show_history(policy: Row, words: Words) -> None:
    """What the export does not tell, and what was taken instead; nothing where it tells all."""
    for sentence in sentences.missing_history(policy, words):
        blocks.quiet(sentence, words)


def show_trend(policy: Row, week: date, metric: Row, words: Words) -> None:
    """The last thirteen weeks against the objective."""
    rows = report("attainment_by_week", policy=policy["policy"], week=week, metric=metric["metric"])
    blocks.heading(words("trend.title"), words)
    blocks.chart(blocks.drawn(trend, rows, words), "trend")
    blocks.quiet(words("trend.note"), words)


def show_standouts(policy: Row, week: date, metric: Row, words: Words) -> None:
    """Whose breaches the week had, where that is not as usual."""
    of_metric = {"policy": policy["policy"], "week": week, "metric": metric["metric"], "language": words.language}
    found = [row for row in report("week_standouts", **of_metric) if row["stands_out"]][:5]
    blocks.heading(words("standouts.title"), words)
    if not found:
        blocks.paragraph(sentences.no_standout(metric["breached_count"], words), words)
        return
    blocks.paragraph(sentences.standout(found[0], words), words)
    blocks.chart(standouts(found, words), "standouts")
    blocks.quiet(words("standouts.note"), words)


def show_tickets(policy: Row, week: date, metric: Row, words: Words) -> None:
    """Severity by plan, what broke and what falls due next."""
    of_metric = {"policy": policy["policy"], "week": week, "metric": metric["metric"], "language": words.language}
    blocks.heading(words("matrix.title"), words)
    blocks.matrix(report("week_severity_by_plan", **of_metric), metric, words)
    blocks.heading(words("breaches.title"), words)
    whose = (policy["policy"], week.isoformat(), metric["metric"])
    tables.breaches(report("week_breaches", **of_metric), whose, words)
    blocks.heading(words("due.title"), words)
    tables.due(report("due_next", policy=policy["policy"], language=words.language), policy, words)


show(spoken())
