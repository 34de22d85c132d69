"""Satisfaction of a period: the score, thirteen weeks, beside the targets that were met, where, and in their words."""

from datetime import date

from sla.charts.satisfaction import beside_targets, scores, weeks
from sla.ui import Row, Rows, attainment, blocks, report, require_frame, satisfaction, scope, spoken
from sla.words import Words
from sla.words import satisfaction as sentences

require_frame()


def show(words: Words) -> None:
    """Draws what customers said in the chosen period, or says why nothing is known."""
    before = scope().period.before
    row = report("satisfaction", **scope().values, before_first_on=before.first_on, before_last_on=before.last_on)[0]
    if not row["is_in_policy"]:
        show_nothing(row, words)
        return
    given = report("satisfaction_scores", **scope().values)
    blocks.lead(sentences.lead(row, scope().period, before, words), words)
    if not attainment.is_over():
        blocks.quiet(words("satisfaction.so_far", as_of=words.instant(scope().as_of, scope().timezone)), words)
    blocks.figures(sentences.figures(row, given, before, words), words, satisfaction.links_of_period(row, words))
    satisfaction.answers_of_period(words)
    blocks.quiet(sentences.rule(given, scope().timezone, words), words)
    for note in sentences.notes(row, given, words):
        blocks.quiet(note, words)
    thirteen = report("satisfaction_by_week", week=satisfaction.last_week(), **scope().filters)
    blocks.heading(words("satisfaction.weeks.title"), words)
    show_weeks(thirteen, words)
    show_beside_targets(words)
    blocks.heading(words("satisfaction.by.title"), words)
    satisfaction.parts(thirteen, words)
    show_scores(given, words)
    blocks.heading(words("satisfaction.answers.title"), words)
    satisfaction.answers(words)
    blocks.quiet(words("satisfaction.answers.note"), words)


def show_weeks(rows: Rows, words: Words) -> None:
    """Score and surveys week by week, in words where none was offered."""
    drawing, note = blocks.drawn(weeks, rows, words), words("satisfaction.weeks.note")
    has_marks = any(row["offered_count"] for row in rows)
    if chosen := blocks.mark_or_words(drawing, f"weeks {rows.key}", note, words, has_marks=has_marks):
        satisfaction.answers_of_week(date.fromisoformat(chosen[0]), words)


def show_nothing(row: Row, words: Words) -> None:
    """No survey in the export, none of this policy, or all of them later than now: said in words, with the formula."""
    told = report("warnings")
    late = sum(warning["tickets_count"] for warning in told if warning["kind"] == "rating_after_as_of")
    if row["is_in_export"]:
        name = scope().policy["name"] or words("filter.no_policy")
        blocks.lead(words("satisfaction.not_in_policy", policy=name), words)
    elif late:
        blocks.lead(words("satisfaction.only_later", as_of=words.instant(scope().as_of, scope().timezone)), words)
    else:
        blocks.lead(words("satisfaction.not_in_export"), words)
        blocks.quiet(words("satisfaction.not_in_export_why"), words)
    if late:
        blocks.quiet(words("upload.warning.late_ratings", count=late), words)
    blocks.quiet(sentences.rule((), scope().timezone, words), words)


def show_beside_targets(words: Words) -> None:
    """The score of tickets that met their targets beside those that did not."""
    rows = report("satisfaction_beside_targets", **scope().values)
    blocks.heading(words("satisfaction.beside.title"), words)
    blocks.paragraph(sentences.compared(rows[0], words), words)
    if sentences.promises(rows):
        chosen = blocks.chosen_mark(blocks.drawn(beside_targets, rows, words), f"beside targets {rows.key}")
        blocks.quiet(words("satisfaction.beside.rule"), words)
        undecided = rows[0]["undecided_answered_count"]
        if undecided:
            blocks.quiet(words("satisfaction.beside.in_neither", count=undecided), words)
        if chosen:
            satisfaction.answers_beside_targets(rows, *chosen, words=words)


def show_scores(given: Rows, words: Words) -> None:
    """How often each score was given, a chart for each scale."""
    blocks.heading(words("satisfaction.scores.title"), words)
    scales = sentences.scales_of(given)
    if not scales:
        blocks.paragraph(words("satisfaction.scores.none"), words)
    for number, scale in enumerate(scales):
        if len(scales) > 1:
            blocks.paragraph(sentences.scale_name(scale, words), words)
        chosen = blocks.chosen_mark(blocks.drawn(scores, given, words, number), f"scores {number} {given.key}")
        if chosen:
            satisfaction.answers_of_score(given, chosen, words)
    if scales:
        blocks.quiet(words("satisfaction.scores.note"), words)


show(spoken())
