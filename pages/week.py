"""One week of one policy: the answer, thirteen weeks, what stands out, what broke, what falls due next."""

from datetime import date

from sla.charts.standouts import standouts
from sla.charts.trend import trend
from sla.ui import Row, Rows, blocks, changes, choose_metric, clock_list, report, require_frame, scope, spoken, tables
from sla.ui import attainment as clocks
from sla.words import Words
from sla.words import week as sentences

require_frame()


def show(words: Words) -> None:
    """Asks which metric, and draws the week in which the chosen period ends."""
    policy, week = scope().policy, scope().period.week
    attainment = of_week("week_attainment")
    waits = {row["metric"]: row for row in of_week("week_waits")}
    promised = [row["metric"] for row in attainment if row["has_target"]]
    if scope().period.kind != "week":
        blocks.quiet(words("lead.last_week_of", week=words.week(week), days=words.week_span(week)), words)
    if not promised:
        show_waits(policy, week, waits, words)
        return
    metric = {row["metric"]: row for row in attainment}[choose_metric(promised, words)]
    blocks.lead(sentences.lead(metric, week, words), words)
    if week == policy["as_of_week"]:
        blocks.quiet(words("lead.so_far", as_of=words.instant(policy["as_of"], policy["timezone"])), words)
    show_figures(policy, week, attainment, waits, words)
    show_trend(metric, words)
    show_standouts(metric, words)
    show_tickets(policy, week, metric, words)


def of_week(name: str, **values: str) -> Rows:
    """The rows of one of the week's reports, of what the filters let through."""
    return report(name, week=scope().period.week, **scope().filters, **values)


def show_waits(policy: Row, week: date, waits: dict[str, Row], words: Words) -> None:
    """A policy that promises nothing: volumes and waiting times in words."""
    left_out = of_week("week_exclusions")
    blocks.lead(sentences.lead_of_waits(waits["first_response"], week, words), words)
    links = {name: clocks.tickets_of_week(row, row, words) for name, row in waits.items()}
    blocks.figures([sentences.wait(row, left_out, words) for row in waits.values()], words, links)
    blocks.quiet(words("waits.rule"), words)
    show_history(policy, words)


def show_figures(policy: Row, week: date, attainment: Rows, waits: dict[str, Row], words: Words) -> None:
    """Every metric's number with its counts, and the rule by which it is counted."""
    left_out = of_week("week_exclusions")
    figures = [
        sentences.figure(row, week, left_out, words)
        if row["has_target"] or not row["is_in_export"]
        else sentences.wait(waits[row["metric"]], left_out, words)
        for row in attainment
    ]
    blocks.figures(figures, words, {row["metric"]: clocks.tickets_of_week(row, row, words) for row in attainment})
    blocks.quiet(words("figure.rule", zone=words.zone(policy["timezone"])), words)
    show_history(policy, words)


def show_history(policy: Row, words: Words) -> None:
    """Which finished weeks the last export changed, what it does not tell, and what was taken instead."""
    changes.changed_line(words)
    for sentence in sentences.missing_history(policy, words):
        blocks.quiet(sentence, words)


def show_trend(metric: Row, words: Words) -> None:
    """The last thirteen weeks against the objective, in words where nothing was decided."""
    rows = of_week("attainment_by_week", metric=metric["metric"])
    blocks.heading(words("trend.title"), words)
    drawing, key = blocks.drawn(trend, rows, words), clocks.key_of("trend", metric["metric"])
    has_marks = any(row["decided_count"] for row in rows)
    if mark := blocks.mark_or_words(drawing, key, words("trend.note"), words, has_marks=has_marks):
        clock_list.of_week(metric["metric"], date.fromisoformat(mark[0]), words)


def show_standouts(metric: Row, words: Words) -> None:
    """Whose breaches the week had, where that is not as usual."""
    blocks.heading(words("standouts.title"), words)
    rows = of_week("week_standouts", metric=metric["metric"], language=words.language)
    found = Rows([row for row in rows if row["stands_out"]][:5], (rows.key, "those that stand out"))
    if not found:
        blocks.paragraph(sentences.no_standout(metric["breached_count"], words), words)
        return
    blocks.paragraph(sentences.standout(found[0], words), words)
    mark = blocks.chosen_mark(blocks.drawn(standouts, found, words), clocks.key_of("standouts", metric["metric"]))
    blocks.quiet(words("standouts.note"), words)
    if chosen := next((row for row in found if (row["dimension"], row["value"]) == mark), None):
        clock_list.of_standout(chosen, metric["metric"], scope().period.week, words)


def show_tickets(policy: Row, week: date, metric: Row, words: Words) -> None:
    """Severity by plan, what broke and what falls due next."""
    of_metric = {"metric": metric["metric"], "language": words.language}
    blocks.heading(words("matrix.title"), words)
    cells, address = of_week("week_severity_by_plan", **of_metric), scope().link("", words.language)
    blocks.matrix(cells, metric, words, lambda cell: clocks.tickets_of_week(metric, cell, words), address)
    blocks.heading(words("breaches.title"), words)
    tables.breaches(of_week("week_breaches", **of_metric), (policy["policy"], f"{week}", metric["metric"]), words)
    blocks.heading(words("due.title"), words)
    tables.due(report("due_next", **scope().filters, language=words.language), policy, words)


show(spoken())
