"""Attainment in a period: by severity and plan, over time, against the target, by hour of arrival, side by side."""

from sla.charts.over_time import over_time, strip_name
from sla.charts.time_taken import time_taken
from sla.ui import Row, Rows, blocks, choose_metric, clock_list, report, require_frame, scope, spoken
from sla.ui import attainment as cells
from sla.ui.comparison import side_by_side
from sla.ui.matrix import has_clocks, plans_without_clocks
from sla.ui.percentiles import percentiles
from sla.words import Words
from sla.words import attainment as sentences

require_frame()


def show(words: Words) -> None:
    """Asks which metric, and draws the answer, the reasons and the tickets."""
    rows = {row["metric"]: row for row in report("attainment_of_period", **cells.values_with_before())}
    metric = choose_metric(list(rows), words)
    waits = report("time_percentiles", **scope().values, metric=metric, language=words.language)
    show_answer(rows[metric], waits, words)
    if not rows[metric]["is_in_export"]:
        return
    if rows[metric]["has_target"]:
        show_cells(rows[metric], words)
        show_over_time(rows[metric], words)
        show_time_taken(rows[metric], words)
    else:
        blocks.quiet(sentences.rule(rows[metric], scope().timezone, words), words)
    percentiles(waits, metric, words)
    show_arrivals(rows[metric], words)
    side_by_side(metric, words)
    blocks.heading(words("period_clocks.title"), words)
    clock_list.of_period(metric, words)


def show_answer(row: Row, waits: Rows, words: Words) -> None:
    """Attainment against the objective and the period before; where nothing is promised, how long clocks took."""
    period, before = scope().period, scope().period.before
    if row["has_target"] or not row["is_in_export"]:
        blocks.lead(sentences.lead(row, period, before, words), words)
    else:
        blocks.lead(sentences.lead_of_waits(waits, row["metric"], period, words), words)
    if row["has_target"] or not row["is_in_export"]:
        blocks.paragraph(sentences.details(row, before, words), words)
    if not cells.is_over():
        blocks.quiet(words("attainment.so_far", as_of=words.instant(scope().as_of, scope().timezone)), words)


def show_cells(row: Row, words: Words) -> None:
    """Severity by plan, where the breaches are, and the tickets of the cell that was chosen."""
    rows = report("attainment_matrix", **scope().values, metric=row["metric"], language=words.language)
    blocks.heading(words("matrix.title"), words)
    if where := sentences.where(rows, words):
        blocks.paragraph(where, words)
    if has_clocks(rows):
        cells.matrix(rows, row, words)
        blocks.quiet(sentences.matrix_note(row, bool(plans_without_clocks(rows)), words), words)
    else:
        blocks.paragraph(words("matrix.nothing"), words)
    blocks.quiet(sentences.rule(row, scope().timezone, words), words)
    if cell := cells.chosen_cell(rows):
        clock_list.of_cell(cell, row["metric"], words)
        cells.way_back(row["metric"], words)


def show_over_time(row: Row, words: Words) -> None:
    """Thirteen weeks or twelve months, and the tickets of the mark that was chosen."""
    blocks.heading(words("over_time.title"), words)
    grain = cells.choose_grain(words)
    values = {**scope().filters, "last_on": cells.last_day(), "metric": row["metric"], "grain": grain}
    rows = report("attainment_over_time", **values, language=words.language)
    if not any(one["decided_count"] for one in rows):
        blocks.paragraph(words("over_time.none"), words)
        return
    mark = blocks.chosen_mark(blocks.drawn(over_time, rows, words), cells.key_of("over", row["metric"], grain))
    blocks.quiet(words("over_time.note"), words)
    if chosen := next((one for one in rows if (one["first_on"].isoformat(), one["severity"]) == mark), None):
        clock_list.of_point(chosen, strip_name(chosen, words), words)


def show_time_taken(row: Row, words: Words) -> None:
    """The time taken against the target, and the tickets of the bar that was chosen."""
    rows = report("time_taken", **scope().values, metric=row["metric"])
    blocks.heading(words("time_taken.title"), words)
    if not any(one["clocks_count"] for one in rows):
        blocks.paragraph(words("time_taken.none"), words)
        return
    figure = blocks.drawn(time_taken, rows, words, row["metric"])
    mark = blocks.chosen_mark(figure, cells.key_of("taken", row["metric"]))
    blocks.quiet(words("time_taken.note"), words)
    if mark:
        clock_list.of_band(row["metric"], words, *mark)


def show_arrivals(row: Row, words: Words) -> None:
    """The hours and weekdays at which clocks began, and the tickets of the hour that was chosen."""
    rows = report("attainment_by_hour", **scope().values, metric=row["metric"])
    blocks.heading(words("arrivals.title"), words)
    if not rows:
        blocks.paragraph(words("arrivals.none"), words)
        return
    cells.arrivals(rows, row, words)
    blocks.quiet(sentences.arrivals_note(row, scope().timezone, words), words)
    if hour := cells.chosen_hour():
        clock_list.of_hour(row["metric"], words, *hour)
        cells.way_back(row["metric"], words)


show(spoken())
