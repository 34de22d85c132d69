"""Lists of the clocks behind a number, each leading to its ticket."""

from collections.abc import Mapping
from datetime import date, timedelta

from sla.catalog import Value
from sla.ui import blocks
from sla.ui.filters import scope
from sla.ui.snapshot import Row, in_use, report
from sla.ui.tables import MOST_ROWS, ticket_list
from sla.words import Words
from sla.words import attainment as sentences
from sla.words.week import standout_name

MOST_IN_FILE = 100_000


def clock_list(section: str, title: str, choice: Mapping[str, Value], words: Words) -> None:
    """Draws the clocks of the scope that the parameters `choice` of clocks_in_scope let through, under their title.

    The choice goes before the scope where both speak. `section` has a `title` among the words.
    """
    of = (str(choice.get("metric") or ""), *(str(scope().values[name]) for name in ("policy", "first_on", "last_on")))
    values = {**scope().values, **choice, "language": words.language}
    rows = report("clocks_in_scope", **values, most=MOST_ROWS)
    if title:
        blocks.subheading(title, words)
    if not rows:
        blocks.paragraph(words("clock_list.none"), words)
        return
    counted = sentences.counted(rows[0], words)
    if rows[0]["clocks_count"] > MOST_IN_FILE:
        counted = f"{counted} {words('clock_list.file_first', most=MOST_IN_FILE)}"
    answers = in_use()  # the file is made outside this run, which alone knows what is in use
    ticket_list(
        rows,
        counted,
        {
            "column.ticket": lambda row: row["ticket_id"],
            "clock_list.outcome": lambda row: sentences.outcome(row, words),
            "clock_list.elapsed": lambda row: words.duration(row["elapsed_s"]),
            "column.target": lambda row: words.duration(row["target_s"]) if row["target_s"] else None,
            "clock_list.due": lambda row: words.weekday_time(row["due_local"]) if row["due_local"] else None,
            "column.severity": lambda row: row["severity"],
            "column.plan": lambda row: row["plan"],
            "column.account": lambda row: row["account"],
            "column.agent": lambda row: row["agent"],
            "column.team": lambda row: row["team"],
        },
        words,
        (section, *of),
        every=lambda: answers.ask("clocks_in_scope", values | {"most": MOST_IN_FILE}),
        kept_by=(),
    )


def of_period(metric: str, words: Words) -> None:
    """All clocks of a metric in the scope."""
    clock_list("period_clocks", "", {"metric": metric}, words)


def of_cell(row: Row, metric: str, words: Words) -> None:
    """The clocks of a cell of attainment_matrix; a total has those of all its severities or plans."""
    severity, plan = sentences.cell_parts(row, words)
    choice = {"metric": metric, "of_severity": row["severity"], "of_plan": row["plan"]}  # null in a total
    title = words("cell_clocks.about", severity=severity, plan=plan)
    clock_list("cell_clocks", title, choice, words)


def of_point(row: Row, name: str, words: Words) -> None:
    """The clocks of a mark of attainment_over_time, whatever the period of the scope."""
    choice: dict[str, Value] = {
        "metric": row["metric"],
        "first_on": _day(row["first_on"]),
        "last_on": _day(row["last_on"]),
        "of_severity": None if row["is_all_severities"] else row["severity"],
    }
    span = sentences.span_name(row["grain"], row["first_on"], words)
    clock_list("point_clocks", words("point_clocks.about", span=span, name=name), choice, words)


def of_week(metric: str, monday: date, words: Words) -> None:
    """The clocks of a metric in an ISO week, whatever the period of the scope."""
    choice: dict[str, Value] = {"metric": metric, "first_on": monday, "last_on": monday + timedelta(days=6)}
    title = words(
        "point_clocks.about", span=sentences.span_name("week", monday, words), name=words.named("metric", metric)
    )
    clock_list("point_clocks", title, choice, words)


def of_standout(row: Row, metric: str, monday: date, words: Words) -> None:
    """The breached clocks that a row of week_standouts counts."""
    choice: dict[str, Value] = {"metric": metric, "first_on": monday, "last_on": monday + timedelta(days=6)}
    whose: dict[str, Value] = {row["dimension"]: row["value"]}
    if row["dimension"] == "weekday":
        whose = {"counted_weekday": int(row["value"])}
    title = words("standout_clocks.about", name=standout_name(row, words))
    clock_list("standout_clocks", title, choice | whose | {"outcome": "breached"}, words)


def of_band(metric: str, words: Words, over: int | None, to: int | None, kind: str) -> None:
    """The clocks of a part of a bar of time_taken: its band's ends, and what kind of clocks it holds."""
    outcome = "breached" if kind == "unanswered" else kind
    choice: dict[str, Value] = {"metric": metric, "outcome": outcome, "share_low": over, "share_high": to}
    if outcome == "breached":
        choice["answered"] = "no" if kind == "unanswered" else "yes"
    band = sentences.band_name(over, to, words)
    title = words("band_clocks.about", band=band, kind=words(f"time_taken.{kind}"))
    clock_list("band_clocks", title, choice, words)


def of_percentiles(row: Row, metric: str, words: Words) -> None:
    """The clocks whose time a row of time_percentiles tells."""
    choice: dict[str, Value] = {"metric": metric, "of_severity": None if row["is_all_severities"] else row["severity"]}
    about = [sentences.severity_of(row, words)]
    if row["has_target"]:
        choice["outcome"] = "timed"
    else:
        choice["reason"] = "no_target"
        about.append(words("time_taken.no_target"))
    title = words("percentile_clocks.about", line=words("comma").join(about))
    clock_list("percentile_clocks", title, choice, words)


def of_hour(metric: str, words: Words, weekday: int, hour: int) -> None:
    """The clocks that began on a weekday (1 is Monday) within an hour of the reporting time zone."""
    choice: dict[str, Value] = {"metric": metric, "outcome": "measured", "weekday": weekday, "hour": hour}
    title = words(
        "hour_clocks.about",
        weekday=words.weekday(weekday),
        **{"from": sentences.hour_name(hour), "to": sentences.hour_name(hour + 1)},
    )
    clock_list("hour_clocks", title, choice, words)


def _day(value: Value) -> date:
    assert isinstance(value, date)
    return value
