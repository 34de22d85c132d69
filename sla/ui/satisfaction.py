"""Blocks of the page on satisfaction: the table of shares, comments in their own words, the search."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from html import escape

import streamlit as st

from sla.catalog import Value
from sla.charts.satisfaction import SCORE, score_counts
from sla.ui import blocks
from sla.ui.filters import ALL, ask_text, choose, scope
from sla.ui.scope import period_of
from sla.ui.snapshot import Row, in_use, report
from sla.ui.tables import MOST_ROWS, file_of
from sla.words import Words
from sla.words.satisfaction import beside, given, promise_of

MOST_ANSWERS = 30
DIMENSIONS = ("severity", "plan", "team", "account", "week")
ORDERS = ("name", "answers")
CHOICES = (  # key in the link, parameter of the report, its values
    ("rated", "verdict", (ALL, "positive", "negative")),
    ("kept", "targets", (ALL, "met", "breached")),
    ("written", "are_all", (ALL, "all")),
)

CELL = "cell_answers"  # in the link: the number whose answers are listed in its place
WHOLE = "*"
KEPT = ("rated_by", "rated_order", "search", *(key for key, _, _ in CHOICES))


def last_week() -> date:
    """The Monday of the week in which the chosen period ends, or has got to so far."""
    as_of_week: date = scope().policy["as_of_week"]
    return min(scope().period.week, as_of_week)


def parts(weeks: Sequence[Row], words: Words) -> None:
    """Asks by what, and draws the score of each part; `weeks` are rows of satisfaction_by_week."""
    for_dimension, for_order, _ = st.columns([3, 3, 4])
    with for_dimension:
        label = words("satisfaction.by.dimension")
        dimension = choose("rated_by", label, DIMENSIONS, DIMENSIONS[0], lambda code: dimension_name(code, words))
    if dimension == "week":
        rows = [row for row in reversed(weeks) if row["offered_count"]]
    else:
        with for_order:
            label = words("satisfaction.by.order")
            order = choose("rated_order", label, ORDERS, ORDERS[0], lambda code: words(f"satisfaction.by.{code}"))
        asked = {"dimension": dimension, "order": order, "language": words.language}
        rows = list(report("satisfaction_by", **asked, **scope().values))
    if not rows:
        blocks.paragraph(words("satisfaction.by.empty"), words)
        return
    if len(rows) > MOST_ROWS:
        blocks.paragraph(words("list.first", shown=MOST_ROWS, all=len(rows)), words)
    shares(rows[:MOST_ROWS], dimension_name(dimension, words), words)
    _answers_of_part(rows, words)
    if dimension != "week":
        blocks.quiet(words("satisfaction.by.note"), words)
    _download("satisfaction-by", lambda: rows, words)


def dimension_name(dimension: str, words: Words) -> str:
    """The word for one of DIMENSIONS."""
    return words("period.week") if dimension == "week" else words.named("filter", dimension)


def shares(rows: Sequence[Row], title: str, words: Words) -> None:
    """Draws rows of satisfaction_by or satisfaction_by_week as a table.

    A name leads to its own page, a share to its answers. The interval is drawn beside the share, on a line from
    nothing to all.
    """
    heads = [title, *(words(f"satisfaction.by.{key}") for key in ("score", "spread", "response"))]
    head = "".join(f"<th scope='col'>{escape(text)}</th>" for text in heads)
    body = "".join(_line(row, words) for row in rows)
    table = (
        f"<div class='scroll' role='region' tabindex='0' aria-label='{escape(title)}'><table class='list shares'>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
    blocks.scrolling(table, words)


def answers(words: Words) -> None:
    """Asks which answers, and draws them one under the other, the newest first, with all of them as a file."""
    boxes = st.columns([4, 2, 2, 2], vertical_alignment="bottom")
    with boxes[0]:
        label, example = words("satisfaction.answers.search"), words("satisfaction.answers.example")
        wanted = ask_text("search", label, example, of="comments")
    chosen = {}
    for box, (key, name, options) in zip(boxes[1:], CHOICES, strict=True):
        with box:
            label = words(f"satisfaction.answers.{name}")
            chosen[name] = choose(key, label, options, options[0], partial(_choice, name, words=words)) or None
    values = scope().values | chosen | {"search": wanted, "language": words.language}
    rows = report("satisfaction_answers", most=MOST_ANSWERS, **values)
    kind = "" if chosen["are_all"] and not wanted else "_written"
    if not rows:
        blocks.paragraph(words(f"satisfaction.answers.none{kind}"), words)
        return
    counted = words(f"satisfaction.answers.count{kind}", count=rows[0]["all_count"])
    if len(rows) < rows[0]["all_count"]:
        counted = f"{counted} {words('list.first', shown=len(rows), all=rows[0]['all_count'])}"
    blocks.paragraph(counted, words)
    quotes = "".join(_answer(row, words) for row in rows)
    blocks.scrolling(f"<ol class='answers'>{quotes}</ol>", words)
    told = in_use()  # whoever presses the button is no run of the page
    _download("satisfaction", lambda: told.ask("satisfaction_answers", values), words)


def links_of_period(row: Row, words: Words) -> dict[str, str | None]:
    """Where the score and the rate of answers lead: to the answers of the period; `row` is that of satisfaction."""
    link = _answers_link(WHOLE, words) if row["answered_count"] else None
    return {"score": link, "response": link, "mean": link}


def answers_of_period(words: Words) -> None:
    """Draws the answers of the whole period, where the link asks for them."""
    if st.query_params.get(CELL) == WHOLE:
        period = scope().period
        _answers_of(words.period(period.kind, period.first_on, period.last_on), {}, words)
        _way_back(words)


def answers_of_week(monday: date, words: Words) -> None:
    """Draws the answers of one week, each leading to its ticket."""
    week = period_of("week", monday)
    days = {"first_on": week.first_on, "last_on": week.last_on}
    _answers_of(words.period("week", week.first_on, week.last_on), days, words)


def answers_beside_targets(rows: Sequence[Row], promise: str, side: str, *, words: Words) -> None:
    """Draws the answers of one bar of satisfaction_beside_targets: the promise, and the side 'met' or 'breached'."""
    row = next((row for row in rows if row["promise"] == promise), None)
    if row is not None:
        title = f"{promise_of(row, words)} · {beside(row, side, words)}"
        _answers_of(title, {"promise": promise, "targets": side}, words)


def answers_of_score(rows: Sequence[Row], ends: tuple[float, ...], words: Words) -> None:
    """Draws the answers of the row of satisfaction_scores with these ends of its scale and its scores."""
    row = next((row for row in rows if tuple(row[end] for end in SCORE) == tuple(ends)), None)
    if row is not None:
        _answers_of(score_counts(row, words), dict(zip(SCORE, ends, strict=True)), words)


def _answers_of(title: str, choice: Mapping[str, Value], words: Words) -> None:
    """Draws the answers that the parameters `choice` of satisfaction_answers let through, with or without a comment.

    The choice goes before the scope where both speak.
    """
    values = {**scope().values, "are_all": "all", "language": words.language, **choice}
    rows = report("satisfaction_answers", **values, most=MOST_ANSWERS)
    blocks.subheading(title, words)
    if not rows:
        blocks.paragraph(words("satisfaction.answers.none"), words)
        return
    counted = words("satisfaction.answers.count", count=rows[0]["all_count"])
    if len(rows) < rows[0]["all_count"]:
        counted = f"{counted} {words('list.first', shown=len(rows), all=rows[0]['all_count'])}"
    blocks.paragraph(counted, words)
    quotes = "".join(_answer(row, words) for row in rows)
    blocks.scrolling(
        f"<div class='scroll' role='region' tabindex='0' aria-label='{escape(title)}'>"
        f"<ol class='answers'>{quotes}</ol></div>",
        words,
    )


def _answers_of_part(rows: Sequence[Row], words: Words) -> None:
    """Draws the answers of the row that the link names, of those of a table of shares."""
    asked = st.query_params.get(CELL)
    row = next((row for row in rows if _code(row) == asked), None)
    if row is None:
        return
    if "week_start" in row:
        answers_of_week(row["week_start"], words)
    elif row["value"] is None:
        _answers_of(_heading(row, words)[0], {"unnamed": row["dimension"]}, words)
    else:
        _answers_of(row["name"], {row["dimension"]: row["value"]}, words)
    _way_back(words)


def _code(row: Row) -> str:
    """What stands for a row of a table of shares in a link."""
    return row["week_start"].isoformat() if "week_start" in row else f"{row['dimension']}:{row['value'] or ''}"


def _answers_link(code: str | None, words: Words) -> str:
    """The address of this page with a list of answers in the place of the number that they stand behind, or without."""
    kept = {name: st.query_params.get(name) for name in KEPT}
    return scope().link("satisfaction", words.language, **kept, **{CELL: code})


def _way_back(words: Words) -> None:
    text = escape(words("clock_list.close"))
    address = escape(_answers_link(None, words))
    blocks.scrolling(f"<p class='way-back'><a href='{address}' target='_self'>{text}</a></p>", words)


def _choice(name: str, code: str, words: Words) -> str:
    return words(f"satisfaction.answers.{code or ('written' if name == 'are_all' else 'any')}")


def _download(name: str, every: Callable[[], Sequence[Row]], words: Words) -> None:
    st.download_button(
        words("list.download"),
        lambda: file_of(every()),  # made only for whoever asks
        file_name=f"{name}.csv",
        mime="text/csv",
        key=f"{name} file",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def _heading(row: Row, words: Words) -> tuple[str, str | None]:
    """The name of a part and the address of its own page."""
    if "week_start" in row:
        week = period_of("week", row["week_start"])
        link = replace(scope(), period=week).link("satisfaction", words.language, rated_by="week")
        return words.period("week", week.first_on, week.last_on), link
    if row["value"] is None:
        return words("satisfaction.by.unnamed"), None
    codes = {row["dimension"]: row["value"], "rated_by": row["dimension"]}
    return row["name"], scope().link("satisfaction", words.language, **codes)


def _line(row: Row, words: Words) -> str:
    name, address = _heading(row, words)
    heading = f"<bdi>{escape(name)}</bdi>"
    if address:
        heading = f"<a href='{escape(address)}' target='_self'>{heading}</a>"
    counts = {"positive": row["positive_count"], "answers": row["answered_count"]}
    shown, spread = words("satisfaction.by.none"), ""
    if counts["answers"] and row["is_too_few"]:
        shown = words("satisfaction.by.few", **counts)
    elif counts["answers"]:
        shown = words("satisfaction.by.share", share=words.percent(row["share"]), **counts)
        spread = _spread(row, words)
    told = f"<bdi>{escape(shown)}</bdi>"
    if counts["answers"]:
        told = f"<a href='{escape(_answers_link(_code(row), words))}' target='_self'>{told}</a>"
    return (
        f"<tr><th scope='row'>{heading}</th><td>{told}</td><td class='spread'>{spread}</td>"
        f"<td data-title='{escape(words('satisfaction.by.response'))}'>"
        f"<bdi>{escape(_responded(row, words))}</bdi></td></tr>"
    )


def _spread(row: Row, words: Words) -> str:
    """The interval as a stroke and the share as a dot, in hundredths of the line; its numbers for those who hover."""
    low, high = words.percent(row["share_low"]), words.percent(row["share_high"])
    told = words("satisfaction.interval", low=low, high=high)
    places = {"low": row["share_low"], "width": row["share_high"] - row["share_low"], "share": row["share"]}
    style = ";".join(f"--{name}:{place * 100:.1f}%" for name, place in places.items())
    return f"<span class='strip' role='img' style='{style}' title='{escape(told)}' aria-label='{escape(told)}'></span>"


def _responded(row: Row, words: Words) -> str:
    counts = {"answers": row["answered_count"], "offered": row["offered_count"]}
    if row["offered_count"] < 10:
        return words("satisfaction.by.answered_few", **counts)
    return words("satisfaction.by.answered_of", response=words.percent(row["response"]), **counts)


def _answer(row: Row, words: Words) -> str:
    """One answer: what was written in its own direction and language, which nobody told, then what is known of it."""
    text = row["comment"]
    quote = f"<p class='silent'>{escape(words('satisfaction.answers.no_comment'))}</p>"
    if text is not None:
        quote = f"<blockquote dir='auto' lang=''>{escape(text)}</blockquote>"
    address = scope().link("ticket", words.language, ticket=row["ticket_id"])
    known = [
        words.weekday_time(row["given_local"]),
        *(row[name] for name in ("account", "severity", "plan", "team") if row[name]),
        *([words(f"satisfaction.answers.targets_{row['targets']}")] if row["targets"] else []),
    ]
    ticket = f"<a href='{escape(address)}' target='_self'><bdi>{escape(row['ticket_id'])}</bdi></a>"
    rest = "\u00a0· ".join([ticket, *(f"<bdi>{escape(one)}</bdi>" for one in known)])  # no line begins with the dot
    kind = "unscored" if not row["is_answered"] else "positive" if row["is_positive"] else "negative"
    return f"<li class='{kind}'>{quote}<p><b>{escape(given(row, words))}</b>\u00a0· {rest}</p></li>"
