"""One ticket's story in sentences: what it is, how each clock ended and why, what happened. Text in, text out.

Clocks, spans and grades are those of `sla.explain`; facts and ratings are rows of the reports ticket_facts and
ticket_ratings. Instants come in UTC without a zone and are told in a named zone.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sla.words import Words

Row = Mapping[str, Any]
Pairs = tuple[tuple[str, str], ...]

OUTCOMES = ("breached", "running", "met", "excluded")
_BUSINESS_DAYS = re.compile(r"(\d+) business days?")


@dataclass(frozen=True)
class Clock:
    """The wall clock of a zone; it names its offset where the instants that it is to tell have more than one."""

    zone: str
    words: Words
    has_offsets: bool = False

    def local(self, at: datetime) -> datetime:
        """A UTC instant as this zone's clock shows it."""
        return at.replace(tzinfo=UTC).astimezone(ZoneInfo(self.zone))

    def full(self, at: datetime) -> str:
        """Weekday, date with its year, time to the second."""
        local = self.local(at)
        return f"{self.words.full_day(local.date())}{self.words('comma')}{local:%H:%M:%S}{self._offset(local)}"

    def brief(self, at: datetime) -> str:
        """Weekday, day and month, time to the second."""
        local = self.local(at)
        return f"{self.words.weekday_day(local)} {local:%H:%M:%S}{self._offset(local)}"

    def minute(self, at: datetime) -> str:
        """Weekday, day and month, time to the minute."""
        return self.words.weekday_time(self.local(at))

    def _offset(self, local: datetime) -> str:
        if not self.has_offsets:
            return ""
        offset = f"{local:%z}"
        minutes = "" if offset.endswith("00") else f":{offset[3:]}"
        return " " + self.words.isolated(f"(UTC{offset[0]}{int(offset[1:3])}{minutes})")


@dataclass(frozen=True)
class Happening:
    """A line of what happened to a ticket."""

    when: str
    what: str
    who: str


def clock_of(zone: str | None, instants: Iterable[datetime], words: Words) -> Clock:
    """The wall clock that tells these instants; of UTC where no zone is known."""
    clock = Clock(zone or "UTC", words)
    return Clock(clock.zone, words, len({clock.local(at).utcoffset() for at in instants}) > 1)


def hms(seconds: int) -> str:
    """Seconds as hours, minutes and seconds: 5400 is '1:30:00'."""
    return f"{seconds // 3600}:{seconds % 3600 // 60:02}:{seconds % 60:02}"


def in_language(names: Mapping[str, str] | None, code: str | None, words: Words) -> str | None:
    """A name in the words' language: else in English, else in whatever there is, else the code."""
    names = names or {}
    return names.get(words.language) or names.get("en") or next(iter(names.values()), None) or code


def lead(ticket_id: str, clocks: Sequence[Row], words: Words) -> str:
    """How many of a ticket's clocks ended in which way."""
    return words.clauses([words("ticket.lead", ticket=ticket_id, counts=counted(clocks, words))])


def counted(clocks: Sequence[Row], words: Words) -> str:
    """How many clocks ended in which way, within a sentence."""
    outcomes = [clock["outcome"] for clock in clocks]
    counts = [words(f"ticket.count.{name}", count=outcomes.count(name)) for name in OUTCOMES if name in outcomes]
    return words("comma").join(counts)


def line_told(ticket_id: str, clocks: Sequence[Row], first: str, last: str, words: Words) -> str:
    """A time line in words, for those who cannot see it: how its clocks ended, then each of them."""
    told = [
        words("ticket.line.name", clock=clock_name(one, clocks, words), verdict=short_verdict(one, words))
        for one in clocks
    ]
    ends = {"from": first, "until": last}
    return words("ticket.line.alt", ticket=ticket_id, counts=counted(clocks, words), clocks=words.series(told), **ends)


def facts(row: Row, words: Words) -> Pairs:
    """What a ticket is, from its row of ticket_facts; what nobody knows is left out."""
    policy = row["policy_name"]
    if row["valid_from_on"]:
        policy = words("ticket.fact.version", policy=policy, date=words.day(row["valid_from_on"]))
    source = row["file"]
    if source and row["row_no"]:
        source = words("ticket.fact.row", file=source, row=row["row_no"])
    told = {
        "opened": words.instant(row["created_at"], row["timezone"]),
        "by": words(f"ticket.who.{row['opened_by']}"),
        "account": row["account_name"],
        "policy": policy,
        "severity": _now_and_then(row, "severity", words),
        "plan": _now_and_then(row, "plan", words),
        "status": row["status"],
        "channel": row["channel"],
        "team": row["team"],
        "agent": row["agent"],
        "merged": row["merged_into"],
        "source": source,
    }
    own = {"account", "status", "channel", "team", "agent", "merged"}  # the export's own words
    values = {name: words.isolated(value) if name in own else value for name, value in told.items() if value}
    return tuple((words(f"ticket.fact.{name}"), value) for name, value in values.items())


def clock_name(clock: Row, clocks: Iterable[Row], words: Words) -> str:
    """What a clock is called: its metric, with its number where the ticket has several of them."""
    name = words.named("metric", clock["metric"])
    if sum(other["metric"] == clock["metric"] for other in clocks) == 1:
        return name
    return words("ticket.cycle", metric=name, number=clock["cycle"])


def verdict(clock: Row, words: Words) -> str:
    """How a clock stands and by how much, with its elapsed time beside its target."""
    elapsed = hms(clock["elapsed_s"])
    if clock["outcome"] == "excluded":
        left_out = words("ticket.verdict.excluded", reason=words(f"ticket.why.{clock['reason']}"))
        return words("ticket.verdict.measured", verdict=left_out, elapsed=elapsed)
    return words("ticket.verdict.used", verdict=_verdict(clock, words), elapsed=elapsed, target=hms(clock["target_s"]))


def short_verdict(clock: Row, words: Words) -> str:
    """How a clock stands, in few words."""
    if clock["outcome"] == "excluded":
        return words.named("reason", clock["reason"])
    late = words.duration(clock["late_s"]) if clock["outcome"] == "breached" else ""
    return words(f"ticket.line.{clock['outcome']}", **({"late": late} if late else {}))


def clauses(clock: Row, words: Words) -> Pairs:
    """Language and words of the document: in the reader's language where the document has it, else as it has them."""
    texts: Mapping[str, str] = clock["clauses"] or {}
    if words.language in texts:
        return ((words.language, texts[words.language]),)
    return tuple(sorted(texts.items()))


def clock_facts(
    clock: Row, grades: Sequence[Row], at: Clock, words: Words, calendars: Mapping[str, str] | None = None
) -> Pairs:
    """What a clock was measured by, and when it started, fell due and stopped; `calendars` are told in words."""
    monday = clock["week_start"]
    week = words(
        "ticket.clock.counts_week",
        week=words.week(monday),
        days=words.week_span(monday),
        zone=words.zone(clock["reporting_timezone"]),
    )
    told = {
        "target": target(clock, words),
        "calendar": _calendar(clock, calendars or {}, words),
        "started": at.full(clock["started_at"]),
        "due": at.full(clock["due_at"]) if clock["due_at"] else words("ticket.clock.no_due"),
        "stopped": _stop(clock, at, words),
        "replied": at.full(clock["first_reply_at"]) if _has_other_reply(clock) else None,
        "in_force": words.series(
            words("ticket.clock.grade", at=at.brief(grade["from_at"]), target=target(grade, words)) for grade in grades
        ),
        "version": words("ticket.clock.version_from", at=at.full(clock["valid_from_at"]))
        if clock["valid_from_at"]
        else None,
        "counts_in": week,
    }
    return tuple((words(f"ticket.clock.{name}"), value) for name, value in told.items() if value)


def happenings(ticket: Row, events: Sequence[Row], at: Clock, words: Words) -> list[Happening]:
    """All that is known to have happened, in order, the opening of the ticket among it."""
    opened = Happening(at.brief(ticket["created_at"]), words("ticket.event.created"), _role(ticket["opened_by"], words))
    early = [event for event in events if event["at"] < ticket["created_at"]]
    later = [event for event in events if event["at"] >= ticket["created_at"]]
    told = [
        Happening(at.brief(event["at"]), what_happened(event, ticket, words), who(event, words))
        for event in (*early, *later)
    ]
    return [*told[: len(early)], opened, *told[len(early) :]]


def what_happened(event: Row, ticket: Row, words: Words) -> str:
    """An event in words, with a remark where it came too early to count."""
    kind = "note" if event["kind"] == "message" and not event["public"] else event["kind"]
    value = event["assignee_name"] or event["value"] or words("none")
    what = words(f"ticket.event.{kind}", **({"value": value} if kind in _VALUED else {}))
    if event["at"] < ticket["created_at"] and event["kind"] in ("message", "acknowledged"):
        return words("ticket.event.remark", what=what, remark=words("ticket.event.too_early"))
    return what


_VALUED = frozenset({"status", "severity", "plan", "assigned", "merged"})


def who(event: Row, words: Words) -> str:
    """Who did it: customer, agent or system, and by name where it is known."""
    role = _role(event["by"], words)
    return words("ticket.event.named", role=role, name=event["author_name"]) if event["author_name"] else role


def ratings(rows: Sequence[Row], at: Clock, words: Words) -> list[str]:
    """What the customer answered to each survey, in sentences; nothing where none was offered."""
    told = [sentence for row in rows for sentence in _rating(row, at, words)]
    return [*told, words("ticket.rating.last")] if sum(row["score"] is not None for row in rows) > 1 else told


def _now_and_then(row: Row, name: str, words: Words) -> str | None:
    now, then = row[f"{name}_now"], row[f"{name}_then"]
    if now == then or not then:
        return words.isolated(now) if now else None
    return words("ticket.now_then", now=now, then=then)


def _verdict(clock: Row, words: Words) -> str:
    match clock["outcome"]:
        case "met":
            spare = clock["target_s"] - clock["elapsed_s"]
            return words("ticket.verdict.met", spare=words.duration(spare)) if spare else _exactly(words)
        case "breached":
            key = "breached_open" if clock["is_open"] else "breached"
            return words(f"ticket.verdict.{key}", late=words.duration(clock["late_s"]))
    left = words.duration(clock["target_s"] - clock["elapsed_s"])
    return words(f"ticket.verdict.{'running' if clock['due_at'] else 'standing'}", left=left)


def _exactly(words: Words) -> str:
    return words("ticket.verdict.met_exactly")


def target(row: Row, words: Words) -> str:
    """The target of a clock or a grade: its open time, as the document counts it, and for what."""
    named = {name: in_language(row[f"{name}_names"], row[name], words) for name in ("severity", "plan")}
    of = words("comma").join(words(f"ticket.clock.{name}", name=value) for name, value in named.items() if value)
    if row["target_s"] is None:
        return words("ticket.clock.no_target_for", grades=of) if of else words("ticket.clock.no_target")
    days = _BUSINESS_DAYS.fullmatch(row["within"])
    told = words("ticket.clock.target_of", target=hms(row["target_s"]))
    if days:
        within = words("ticket.clock.business_days", count=int(days[1]))
        told = words("ticket.clock.within", target=hms(row["target_s"]), within=within)
    return words("ticket.clock.for", target=told, grades=of) if of else told


def _calendar(clock: Row, calendars: Mapping[str, str], words: Words) -> str:
    if not clock["calendar"]:
        return words("calendar.always")
    if clock["calendar"] in calendars:
        return calendars[clock["calendar"]]
    return words("calendar.of_zone", hours=clock["calendar"], zone=words.zone(clock["timezone"]))


def _stop(clock: Row, at: Clock, words: Words) -> str:
    if clock["stopped_at"]:
        who_stopped = clock["agent_name"] or words("ticket.who.somebody")
        how = clock["stopped_by"] or "column"
        who_did = {"who": who_stopped} if how in ("reply", "solve") else {}
        return words(f"ticket.stop.{how}", at=at.full(clock["stopped_at"]), **who_did)
    return words(f"ticket.clock.{'not_yet' if clock['is_open'] else 'not_known'}", at=at.full(clock["end_at"]))


def _has_other_reply(clock: Row) -> bool:
    return bool(clock["first_reply_at"]) and clock["first_reply_at"] != clock["stopped_at"]


def _role(by: str | None, words: Words) -> str:
    return words(f"ticket.event.{by}") if by in ("customer", "agent", "system") else words("none")


def _rating(row: Row, at: Clock, words: Words) -> Iterable[str]:
    if row["score"] is None:
        if row["offered_at"]:
            yield words("ticket.rating.offered", at=at.full(row["offered_at"]))
        else:
            yield words("ticket.rating.offered_undated")
    else:
        when = at.full(row["rated_at"]) if row["rated_at"] else words("ticket.rating.undated")
        score = words.number(row["score"])
        if row["scale_min"] is None or row["scale_max"] is None:
            yield words("ticket.rating.scored_plain", at=when, score=score)
        else:
            low, high = words.number(row["scale_min"]), words.number(row["scale_max"])
            yield words("ticket.rating.scored", at=when, score=score, low=low, high=high)
    if row["comment"]:
        yield words("ticket.rating.comment", comment=row["comment"])
