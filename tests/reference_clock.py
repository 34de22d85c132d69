"""A slow and obvious second opinion on every clock, to be read next to the rules whose numbers it cites.

The product measures clocks in SQL; this says the same in plain Python, ticket by ticket and span by span, and shares
no line with it. `Dn` are the project's DECISIONS.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tests.reference_calendar import Calendar, Span, instant_of, overlap_seconds, without
from tests.reference_policy import Policies, Target, Version, key
from tests.reference_ticket import Happening, Row, Story, stories

ALWAYS = Calendar("", {"timezone": "UTC", "hours": "24x7"})
STAND_STILL_WHILE_WAITING = ("resolution", "periodic_update")  # rules 16 to 18


@dataclass(frozen=True)
class Run:
    """A clock before it is measured: when it starts, when and by whom it is stopped."""

    metric: str
    start: int
    stop: int | None
    stopped_by: str | None = None  # reply, notice, solve
    author: str | None = None
    has_wait: bool = True  # False: an agent opened the ticket and the customer never wrote (rule 13)
    column_stop: int | None = None  # the column that puts the stop before the creation (rule 19, D4)
    cycle: int = 1

    @property
    def is_measured(self) -> bool:
        """False where the clock is taken as stopped when it started."""
        return self.has_wait and self.column_stop is None


@dataclass(frozen=True)
class Stretch:
    """A part of a clock under one severity and plan, with the target in force then."""

    since: int
    until: int
    severity: str | None
    plan: str | None
    is_severity_known: bool
    is_plan_known: bool
    target: Target | None


def reference_clocks(
    tickets: list[Row],
    events: list[Row],
    accounts: list[Row],
    agents: list[Row],
    policies: list[dict[str, Any]],
    as_of: datetime,
    default_policy: str | None = None,
    format_statuses: dict[str, str] | None = None,
) -> list[Row]:
    """One dict per clock, with the columns of the contract's `clocks`; instants naive UTC, durations in seconds."""
    resolved = Policies(policies)
    teams = {agent["agent"].strip(): (agent.get("team") or "").strip() or None for agent in agents}
    told = stories(tickets, events, accounts, resolved, as_of, default_policy, format_statuses or {})
    return [row for story in told for row in clocks_of(story, resolved, teams)]


def clocks_of(story: Story, policies: Policies, teams: dict[str, str | None]) -> list[Row]:
    """The clocks of one ticket. Resolution cycles come in order: each carries what the one before it measured."""
    rows: list[Row] = []
    updates = 0
    carried, was_breached = 0, False
    for run in [*waits(story), *updates_of(story), *resolutions(story)]:
        version = policies.in_force(story.policy, run.start)  # rule 11
        if run.metric == "periodic_update":
            if version is None or not version.promises_updates():  # D11, D9
                continue
            updates += 1
            run = replace(run, cycle=updates)
        clock = Clock(story, out_of_order(run, story, version), version)
        if run.metric == "resolution":
            clock.carried, clock.has_breached_cycle = carried, was_breached
        row = clock.row(teams)
        if run.metric == "resolution":  # rule 17
            carried, was_breached = row["elapsed_s"], was_breached or row["outcome"] == "breached"
        rows.append(row)
    return rows


# -- which clocks there are: rules 12 to 17


def waits(story: Story) -> Iterator[Run]:
    """The waits of a ticket: the first is its first response, every later one a next response (rules 12 to 14)."""
    ended = list(_waits(story))
    if not ended:
        yield Run("first_response", story.created, None, has_wait=False)
        return
    for number, (start, end) in enumerate(ended):
        run = Run("first_response" if number == 0 else "next_response", start.at, None, cycle=max(number, 1))
        version = story.policies.in_force(story.policy, start.at)
        if number == 0 and version is not None and version.stops_on_notice:  # rule 13
            notices = [h for h in story.happenings if h.kind == "notice" and h.place > start.place]
            end = min([*notices[:1], *([end] if end else [])], key=lambda h: h.place, default=None)
        yield run if end is None else _stopped(run, end)


def _waits(story: Story) -> Iterator[tuple[Happening, Happening | None]]:
    """From the creation or the oldest unanswered public customer message to the reply or solve that ends it."""
    waiting = None if story.ticket["opened_by"] == "agent" else story.creation()
    asked: Happening | None = None  # the last unanswered message on a solved ticket
    solved = False
    for happening in story.happenings:
        if happening.kind == "customer":
            if solved:
                asked = happening
            elif waiting is None:
                waiting = happening
        elif happening.kind in ("reply", "solve"):
            if waiting is not None:
                yield waiting, happening
            waiting, asked, solved = None, None, solved or happening.kind == "solve"
        elif happening.kind == "reopening":
            solved = False
            if asked is not None:
                waiting = asked if happening.at - asked.at <= 60 else happening
            asked = None
    if waiting is not None:
        yield waiting, None


def updates_of(story: Story) -> Iterator[Run]:
    """From one public agent message to the next or to the solve, none while the ticket is solved (rule 16).

    A reply known from the ticket's column alone starts none: nobody knows what came after it (D4).
    """
    if story.column_reply is not None:
        return
    since: Happening | None = None
    solved = False
    for happening in story.happenings:
        if happening.kind == "reopening":
            solved = False
        if happening.kind not in ("reply", "solve"):
            continue
        if since is not None and happening.at > since.at:  # a span of no length makes no row
            yield _stopped(Run("periodic_update", since.at, None), happening)
        solved = solved or happening.kind == "solve"
        since = None if solved else happening
    if since is not None:
        yield Run("periodic_update", since.at, None)


def resolutions(story: Story) -> Iterator[Run]:
    """From the creation to the first solve, then from each reopening to the next solve (rule 17)."""
    start: int | None = story.created
    cycle = 1
    for happening in story.happenings:
        if happening.kind == "solve" and start is not None:
            yield _stopped(Run("resolution", start, None, cycle=cycle), happening)
            start, cycle = None, cycle + 1
        elif happening.kind == "reopening":
            start = happening.at
    if start is not None:
        yield Run("resolution", start, None, cycle=cycle)


def _stopped(run: Run, end: Happening) -> Run:
    return replace(run, stop=end.at, stopped_by=end.kind, author=end.author)


def out_of_order(run: Run, story: Story, version: Version | None) -> Run:
    """The same clock, marked where the ticket's own columns put its stop before the creation (rule 19, D4)."""
    columns: list[int | None] = []
    if run.metric == "first_response":
        columns.append(story.column_reply)
        if version is not None and version.stops_on_notice:
            columns.append(story.column_notice)
    early = [column for column in columns if column is not None and column < story.created]
    if not early and run.stop is None and story.column_solve is not None and story.column_solve < story.created:
        early = [story.column_solve]
    if not early:
        return run
    return replace(run, stop=run.start, stopped_by=None, author=None, column_stop=min(early))


class Clock:
    """One clock being measured."""

    def __init__(self, story: Story, run: Run, version: Version | None) -> None:
        """Find where the clock ends and under which targets it ran; resolution sets what earlier cycles left."""
        self.story, self.run, self.version = story, run, version
        self.carried = 0
        self.has_breached_cycle = False
        self.end = self._end()
        self.stretches = self._stretches()

    def _end(self) -> int:
        """The stop, else the as-of instant, else the last sign that the ticket was unsolved (D5, D8)."""
        if not self.run.is_measured:
            return self.run.start
        if self.run.stop is not None:
            return self.run.stop
        if self.story.is_solved_unknown_when():
            return max(self.run.start, self.story.last_sign_unsolved() or self.run.start)
        return self.story.as_of

    # -- rule 7: the target in force

    def _stretches(self) -> list[Stretch]:
        """The clock cut where severity or plan were set; a regrading in the last second still counts (D6)."""
        cuts = [second for second in self.story.regradings() if self.run.start < second <= self.end]
        bounds = [self.run.start, *cuts]
        return [self._stretch(since, until) for since, until in zip(bounds, [*cuts, self.end], strict=True)]

    def _stretch(self, since: int, until: int) -> Stretch:
        ticket, version = self.story.ticket, self.version
        severity = self.story.in_force("severity", ticket["severity"], since)
        plan = self.story.in_force("plan", ticket["plan"] or self.story.account.get("plan"), since)
        if version is None:  # D9: as the ticket says
            return Stretch(since, until, severity, plan, False, False, None)
        if plan is None:
            plan = version.default_plan
        severity_code, plan_code = version.severity_code(severity), version.plan_code(plan)
        is_severity_known = version.knows_all_severities or severity_code is not None
        is_plan_known = version.knows_all_plans or plan_code is not None
        target = None
        if is_severity_known and is_plan_known:
            target = version.target_for(self.run.metric, severity_code, plan_code)
        return Stretch(
            since, until, severity_code or severity, plan_code or plan, is_severity_known, is_plan_known, target
        )

    # -- rules 3, 17 and 18: elapsed, paused, due

    def calendar_under(self, target: Target | None) -> Calendar:
        """The target's calendar; without a target the version's default (D10); without a policy every second (D9)."""
        if target is not None:
            return target.calendar
        return self.version.default_calendar if self.version else ALWAYS

    def stands_still_in(self, word: str | None, target: Target | None) -> bool:
        """Whether a status pauses the clock: `pause_on` stands alone, else the waiting statuses (rule 18, D10)."""
        if word is None or self.version is None:
            return False
        if target is not None and target.pause_on is not None:
            return key(word) in target.pause_on
        return self.run.metric in STAND_STILL_WHILE_WAITING and self.story.kind_of(word, self.version) == "waiting"

    def pauses_under(self, target: Target | None, end: int) -> list[Span]:
        """When the clock stood still, between its start and `end`."""
        statuses = self.story.statuses
        untils = [status.at for status in statuses[1:]] + [end]
        return [
            (max(status.at, self.run.start), min(until, end))
            for status, until in zip(statuses, untils, strict=False)
            if self.stands_still_in(status.word, target) and min(until, end) > max(status.at, self.run.start)
        ]

    def elapsed_under(self, target: Target | None, second: int) -> int:
        """Open seconds from the start to `second`, pauses taken out, earlier cycles included."""
        opened = self.calendar_under(target).open_spans(self.run.start, second)
        running = without(opened, self.pauses_under(target, second))
        return self.carried + sum(last - first for first, last in running)

    def paused_under(self, target: Target | None) -> int:
        """Open seconds taken out of this cycle."""
        opened = self.calendar_under(target).open_spans(self.run.start, self.end)
        return sum(overlap_seconds(opened, first, last) for first, last in self.pauses_under(target, self.end))

    def is_standing_still(self, target: Target | None) -> bool:
        """Whether a clock that has not stopped is in a pause at its end."""
        if self.run.stop is not None:
            return False
        held = [status for status in self.story.statuses if status.at <= self.end]
        return bool(held) and self.stands_still_in(held[-1].word, target)

    def due_under(self, stretch: Stretch, is_breached: bool) -> int | None:
        """The earliest instant at which the elapsed time reaches the target, running on after the end (rule 3, D7)."""
        target = stretch.target
        if target is None or not self.run.has_wait or (self.is_standing_still(target) and not is_breached):
            return None
        missing = target.seconds - self.carried
        due = self.run.start
        if missing > 0:
            pauses = self.pauses_under(target, self.end)
            for open_span in target.calendar.open_from(self.run.start):
                for first, last in without([open_span], pauses):
                    if last - first >= missing:
                        return max(first + missing, self.took_effect(stretch))
                    missing -= last - first
            raise AssertionError("the target is never reached")
        return max(due, self.took_effect(stretch))

    def took_effect(self, stretch: Stretch) -> int:
        """Since when the target of a stretch was in force without a break (rule 7)."""
        since = stretch.since
        for earlier in reversed([other for other in self.stretches if other.since < stretch.since]):
            if earlier.target is not stretch.target:
                break
            since = earlier.since
        return since

    # -- rules 6, 15 and 19: verdict

    def broken(self) -> Stretch | None:
        """The first stretch in which the elapsed time exceeded the target in force (rules 6 and 7, D6)."""
        for stretch in self.stretches:
            if (
                stretch.target is not None
                and self.elapsed_under(stretch.target, stretch.until) > stretch.target.seconds
            ):
                return stretch
        return None

    def excluded_whatever_happened(self) -> str | None:
        """The reasons that come before a breach (rule 19)."""
        story, run = self.story, self.run
        reasons = {
            "unknown_policy": self.version is None,
            "merged": story.is_merged(),
            "excluded_status": story.is_excluded(),
            "duplicate": story.is_duplicate(),
            "times_out_of_order": run.column_stop is not None,
            "opened_by_agent": not run.has_wait,
            "already_breached": self.has_breached_cycle,
        }
        return next((reason for reason, applies in reasons.items() if applies), None)

    def excluded_unless_breached(self) -> str | None:
        """The reasons that come after a breach (rules 15 and 19)."""
        last, run = self.stretches[-1], self.run
        is_response = run.metric in ("first_response", "next_response")
        reasons = {
            "unknown_severity": not last.is_severity_known,
            "unknown_plan": not last.is_plan_known,
            "no_target": last.target is None,
            "stop_unknown": run.stop is None and self.story.is_solved_unknown_when(),
            "solved_without_reply": is_response and run.stopped_by == "solve",
        }
        return next((reason for reason, applies in reasons.items() if applies), None)

    def row(self, teams: dict[str, str | None]) -> Row:
        """The clock as the contract's `clocks` has it."""
        run, ticket = self.run, self.story.ticket
        reason = self.excluded_whatever_happened()
        broken = None if reason else self.broken()
        if reason is None and broken is None:
            reason = self.excluded_unless_breached()
        outcome = "excluded" if reason else "breached" if broken else "running" if run.stop is None else "met"
        shown = broken or self.stretches[-1]  # D8
        due = self.due_under(shown, is_breached=broken is not None)
        stopped = run.column_stop if run.column_stop is not None else run.stop
        agent = self.agent()
        return {
            "ticket_id": ticket["ticket_id"],
            "metric": run.metric,
            "cycle": run.cycle,
            "policy": self.story.policy,
            "plan": shown.plan,
            "severity": shown.severity,
            "account": ticket["account"],
            "agent": agent,
            "team": teams.get(agent or "") or ticket["team"],
            "channel": ticket["channel"],
            "calendar": self.calendar_under(shown.target).name or None,
            "target_s": shown.target.seconds if shown.target else None,
            "started_at": instant_of(run.start),
            "stopped_at": None if stopped is None else instant_of(stopped),
            "due_at": None if due is None else instant_of(due),
            "elapsed_s": self.elapsed_under(shown.target, self.end),
            "carried_s": self.carried,
            "paused_s": self.paused_under(shown.target),
            "first_reply_at": self.first_reply_at(),
            "outcome": outcome,
            "reason": reason,
            "is_open": self.is_open(),
        }

    # -- the columns beside the verdict: D13 to D15

    def agent(self) -> str | None:
        """Who stopped the clock; else who had the ticket at its end; else the ticket's agent (D13)."""
        return self.run.author or self.story.in_force("assigned", None, self.end) or self.story.ticket["agent"]

    def first_reply_at(self) -> datetime | None:
        """The first public message by an agent at or after the start of a first response (D15)."""
        if self.run.metric != "first_response":
            return None
        replies = [h.at for h in self.story.happenings if h.kind == "reply" and h.at >= self.run.start]
        return instant_of(replies[0]) if replies else None

    def is_open(self) -> bool:
        """Whether somebody still has to do something (D14)."""
        story = self.story
        is_over = story.is_solved_now() or story.is_merged() or story.is_excluded() or story.is_duplicate()
        return self.run.is_measured and self.run.stop is None and not is_over
