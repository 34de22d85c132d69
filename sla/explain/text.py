"""Tells a ticket's story as plain text in which every clock can be added up on paper."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sla.explain import ClockStory, Record, TicketStory

_REASONS = {
    "unknown_policy": "no policy is known for this ticket when the clock starts",
    "merged": "the ticket was merged into another",
    "excluded_status": "the ticket's status is one that the policy excludes",
    "duplicate": "the ticket is a duplicate",
    "times_out_of_order": "the export's own columns put the stop before the start",
    "opened_by_agent": "an agent opened the ticket and the customer has written nothing since",
    "already_breached": "an earlier cycle of this ticket was breached and counts once",
    "unknown_severity": "the policy has no such severity",
    "unknown_plan": "the policy has no such plan",
    "no_target": "the policy promises no time here",
    "stop_unknown": "the export does not say when this ended",
    "solved_without_reply": "the ticket was solved without a reply and in time",
}
_STOPS = {
    "reply": "reply by {who}",
    "notice": "notice that the request was registered",
    "solve": "solved, by {who}",
    "column": "the export's own column",
}
_KINDS = {
    "paused": "status '{value}'",
    "holiday": "holiday {value}{on}",
    "closure": "closure of {shift_on}",
    "own_hours": "own hours of {shift_on}",
    "closed": "closed",
}


def as_text(story: TicketStory) -> str:
    """The whole story as lines of text: the ticket, what happened, and each clock with its arithmetic."""
    return "\n".join([*_ticket(story), *(line for clock in story.clocks for line in ("", *_clock(clock)))]) + "\n"


def _ticket(story: TicketStory) -> Iterator[str]:
    ticket = story.ticket
    yield f"Ticket {ticket['ticket_id']}: {ticket['subject'] or '(no subject)'}"
    facts = {
        "policy": ticket["policy"],
        "account": ticket["account"],
        "status": ticket["status"],
        "opened with severity": ticket["severity"],
        "opened with plan": ticket["plan"],
        "opened by": ticket["opened_by"],
        "file": ticket["file"],
    }
    yield "  " + ", ".join(f"{name} {value}" for name, value in facts.items() if value)
    yield f"  As of {_utc(ticket['as_of'])}. Created {_utc(ticket['created_at'])}."
    if story.events:
        yield "  What happened (UTC):"
    for event in story.events:
        too_early = event["kind"] in ("message", "acknowledged") and event["at"] < ticket["created_at"]
        remark = "; before the creation, so it starts and stops nothing" if too_early else ""
        yield f"    {event['at']:%Y-%m-%d %H:%M:%S}  {_event(event)}{remark}"


def _event(event: Record) -> str:
    author = f" ({event['author']})" if event["author"] else ""
    if event["kind"] == "message":
        kind = "message" if event["public"] else "internal note"
        return f"{kind} by {event['by']}{author}"
    value = f": {event['value']}" if event["value"] else ""
    return f"{event['kind']}{value}{author}"


def _clock(story: ClockStory) -> Iterator[str]:
    clock = story.clock
    zone = clock["timezone"] or "UTC"
    yield f"{clock['metric']}, cycle {clock['cycle']}: {_verdict(clock)}"
    yield f"  Target    {_target(clock)}"
    yield from (f"  Clause    ({language}) {text}" for language, text in sorted((clock["clauses"] or {}).items()))
    if clock["valid_from_at"]:
        yield f"  Version   of the policy that holds from {_utc(clock['valid_from_at'])}"
    yield from (f"  In force  {_grade(grade, zone)}" for grade in story.grades)
    yield f"  Started   {_local(clock['started_at'], zone)}"
    yield f"  Stopped   {_stop(clock, zone)}"
    if clock["first_reply_at"] and clock["first_reply_at"] != clock["stopped_at"]:
        yield f"  Replied   {_local(clock['first_reply_at'], zone)}"
    yield f"  Due       {_local(clock['due_at'], zone) if clock['due_at'] else 'no due instant'}"
    yield from _arithmetic(story, zone)
    yield f"  Counts in the week of {clock['week_start']} ({clock['reporting_timezone']})"


def _verdict(clock: Record) -> str:
    if clock["outcome"] == "excluded":
        return f"excluded, {clock['reason']}: {_REASONS[clock['reason']]}"
    if clock["outcome"] == "breached":
        return f"breached by {_seconds(clock['late_s'])}{', still open' if clock['is_open'] else ''}"
    return str(clock["outcome"])


def _target(clock: Record) -> str:
    grade = ", ".join(f"{name} {clock[name]}" for name in ("severity", "plan") if clock[name])
    hours = f"calendar {clock['calendar']} ({clock['timezone']})"
    on = f"on {hours}" if clock["calendar"] else "around the clock"
    if clock["target_s"] is None:
        return f"none ({grade or 'no severity, no plan'}); measured {on}"
    return f"{clock['within']} = {_seconds(clock['target_s'])} on {hours}{' for ' + grade if grade else ''}"


def _grade(grade: Record, zone: str) -> str:
    """One of the targets that were in force one after the other, and since when."""
    since = f"from {_local(grade['from_at'], zone)}"
    named = ", ".join(f"{name} {grade[name]}" for name in ("severity", "plan") if grade[name]) or "no severity"
    if grade["target_s"] is None:
        return f"{since}: {named}, no target"
    return f"{since}: {named}, {grade['within']} = {_seconds(grade['target_s'])} on calendar {grade['calendar']}"


def _stop(clock: Record, zone: str) -> str:
    if clock["stopped_at"]:
        how = _STOPS[clock["stopped_by"] or "column"].format(who=clock["agent"] or "somebody")
        return f"{_local(clock['stopped_at'], zone)} ({how})"
    if clock["is_open"]:
        return f"not yet; measured up to {_local(clock['end_at'], zone)}"
    return f"unknown; measured up to {_local(clock['end_at'], zone)}"


def _arithmetic(story: ClockStory, zone: str) -> Iterator[str]:
    clock = story.clock
    total = clock["carried_s"]
    if total:
        yield f"  Carried   {_seconds(total)} from the cycle before"
    for span in story.spans:
        total += span["counted_s"]
        if span["kind"] == "counted":
            what = f"{span['counted_s']:>9,} s, together {total:>9,} s"
        else:
            what = f"not counted: {_not_counted(span)}"
        yield f"    {_local(span['from_at'], zone)} to {_local(span['until_at'], zone)}  {what}"
    paused = f"; {_seconds(clock['paused_s'])} paused" if clock["paused_s"] else ""
    yield f"  Elapsed   {_seconds(clock['elapsed_s'])}{paused}"


def _not_counted(span: Record) -> str:
    """Why a stretch does not count; a holiday always has its date, beside its name where it has one."""
    on = f" ({span['shift_on']})" if span["value"] else span["shift_on"]
    return _KINDS[span["kind"]].format(value=span["value"] or "", shift_on=span["shift_on"], on=on)


def _seconds(seconds: int) -> str:
    """Seconds beside their hours, minutes and seconds: '5,400 s (1:30:00)'."""
    return f"{seconds:,} s ({seconds // 3600}:{seconds % 3600 // 60:02}:{seconds % 60:02})"


def _utc(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M:%S} UTC"


def _local(instant: Any, zone: str) -> str:
    return f"{instant.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)):%a %Y-%m-%d %H:%M:%S %z}"
