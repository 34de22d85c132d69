"""Asks the reports of a review and puts their rows together; whoever calls says how a report is asked."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sla.catalog import Value
from sla.review.content import (
    Breach,
    Comment,
    Days,
    LeftOut,
    OpenTicket,
    Part,
    Point,
    Promise,
    Provenance,
    ReviewContent,
    Satisfaction,
    Span,
    Total,
    Trend,
    Volume,
    Waits,
)
from sla.words import Words, words
from sla.words import review as sentences
from sla.words.reasons import reasons

Row = Mapping[str, Any]
Ask = Callable[..., Sequence[Row]]
Made = TypeVar("Made")

_GRAINS = {"month": "month", "quarter": "month"}  # of other periods the trend goes by weeks


@dataclass(frozen=True)
class Most:
    """How many breaches and comments a review tells; the latest of them, the others are counted."""

    breaches: int
    comments: int


ON_A_PAGE = Most(breaches=100, comments=20)


def review_content(ask: Ask, account: str, period: Span, language: str, most: Most = ON_A_PAGE) -> ReviewContent:
    """The review of an account in a period against the one before, in one of LANGUAGES.

    `ask(report, **parameters)` gives the rows of a report. An account without clocks gives a review without parts.
    Raises what `ask` raises.
    """
    spoken = words(language)
    known = next(iter(ask("review_accounts", account=account)), None)
    built = _made(Provenance, ask("review_provenance")[0])
    now, before = Days(period.kind, period.first_on, period.last_on), _days(period.before)
    days: dict[str, Value] = {"first_on": now.first_on, "last_on": now.last_on}
    compared = days | {"before_first_on": before.first_on, "before_last_on": before.last_on}
    rows = ask("review_parts", account=account, **compared, language=language)
    # A policy without clocks in either period says nothing, unless there is no other.
    measured = [row for row in rows if row["clocks_count"] or row["before_clocks_count"]] or rows[:1]
    parts = tuple(_part(ask, row, account, now, before, built, spoken, most) for row in measured)
    open_tickets = tuple(_made(OpenTicket, row) for row in ask("review_open", account=account, language=language))
    name = known["name"] if known else account
    zone = parts[0].timezone if parts else "UTC"
    return ReviewContent(
        account=account,
        name=name,
        plan=known["plan"] if known else None,
        manager=known["manager"] if known else None,
        language=language,
        period=now,
        before=before,
        title=sentences.title(name, now, spoken),
        summary=sentences.summary(parts, open_tickets, built, zone, spoken),
        parts=parts,
        open_tickets=open_tickets,
        definitions=sentences.definitions(parts, spoken),
        provenance=built,
    )


def _part(
    ask: Ask, row: Row, account: str, now: Days, before: Days, built: Provenance, spoken: Words, most: Most
) -> Part:
    whose = {"policy": row["policy"], "account": account}
    days: dict[str, Value] = {"first_on": now.first_on, "last_on": now.last_on}
    compared = days | {"before_first_on": before.first_on, "before_last_on": before.last_on}
    named = {"language": spoken.language}
    totals = tuple(_made(Total, one) for one in ask("attainment_of_period", **whose, **compared))
    promised = {total.metric for total in totals if total.has_target}
    waits = tuple(_made(Waits, one) for one in ask("review_waits", **whose, **compared))
    volumes = tuple(_made(Volume, one) for one in ask("review_volumes", **whose, **compared, **named))
    breaches = tuple(
        _breach(one, built, row["timezone"], spoken)
        for one in ask("review_breaches", **whose, **days, **named, most=most.breaches)
    )
    endings: Counter[str] = Counter()
    for one in ask("review_endings", **whose, **days):
        endings[ending_of(one)] += one["clocks_count"]
    satisfaction = _satisfaction(ask, whose, days, compared, spoken, most.comments)
    today = built.as_of.replace(tzinfo=UTC).astimezone(ZoneInfo(row["timezone"])).date()
    return Part(
        policy=row["policy"],
        name=row["name"],
        source=row["source"],
        timezone=row["timezone"],
        objective=row["objective"],
        valid_from_on=row["valid_from_on"],
        files=tuple(row["files"]),
        sha256s=tuple(row["sha256s"]),
        is_over=now.last_on < today,
        summary=sentences.part_summary(totals, waits, volumes, satisfaction, before, spoken),
        totals=totals,
        promises=tuple(_made(Promise, one) for one in ask("review_promises", **whose, **compared, **named)),
        waits=waits,
        trends=tuple(_trend(ask, total, whose, now, today, spoken) for total in totals if total.has_target),
        volumes=volumes,
        breaches=breaches,
        endings=endings,
        satisfaction=satisfaction,
        left_out=tuple(
            _made(LeftOut, one)
            for one in ask("review_exclusions", **whose, **days)
            if one["reason"] != "no_target" or one["metric"] in promised
        ),
        missing=sentences.missing(row, spoken),
    )


def _breach(row: Row, built: Provenance, zone: str, spoken: Words) -> Breach:
    ending = ending_of(row)
    return _made(Breach, row, ending=ending, reasons=reasons(row, ending, built.as_of, zone, spoken))


def ending_of(row: Row) -> str:
    """What ended a breached clock; nothing is guessed: without a stop it is open, or nobody knows."""
    metric, by = row["metric"], row["stopped_by"]
    if by is None:
        if not row["is_open"]:
            return "unknown"
        return "unsolved" if metric == "resolution" else "unanswered"
    if metric == "resolution":
        return "late_solve"
    if metric == "periodic_update":
        return "late_solve" if by == "solve" else "late_update"
    return {"solve": "solved_without_reply", "notice": "late_notice", "reply": "late_reply"}.get(by, "unknown")


def _trend(ask: Ask, total: Total, whose: Mapping[str, Value], now: Days, today: date, spoken: Words) -> Trend:
    """The weeks or months from the first with a decided clock to the last that has begun."""
    grain = _GRAINS.get(now.kind, "week")
    asked = {"metric": total.metric, "grain": grain, "last_on": now.last_on, "language": spoken.language}
    points = [
        _made(Point, row)
        for row in ask("attainment_over_time", **whose, **asked)
        if row["is_all_severities"] and row["first_on"] <= today
    ]
    first = next((at for at, point in enumerate(points) if point.decided_count), len(points))
    return Trend(total.metric, grain, tuple(points[first:]))


def _satisfaction(
    ask: Ask,
    whose: Mapping[str, Value],
    days: Mapping[str, Value],
    compared: Mapping[str, Value],
    spoken: Words,
    most: int,
) -> Satisfaction:
    rows = ask("satisfaction_answers", **whose, **days, most=most, language=spoken.language)
    comments = tuple(_made(Comment, row) for row in rows)
    counted = ask("satisfaction", **whose, **compared)[0]
    return _made(Satisfaction, counted, comments=comments, comments_count=rows[0]["all_count"] if rows else 0)


def _days(period: Span) -> Days:
    return Days(period.kind, period.first_on, period.last_on)


def _made(kind: type[Made], row: Row, **more: object) -> Made:
    """A dataclass from the columns of its fields' names, lists as tuples."""
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    values = {name: row[name] for name in names if name not in more} | more
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()})
