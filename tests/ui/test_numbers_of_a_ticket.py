"""Every number on the page of a ticket, read off it and worked out anew: from `clocks`, events, and a policy's hours.

Which hours count is told by walking the dates of the policy's file (tests/reference_calendar), not by the product's
calendars; the pauses are those of the status events.
"""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest

from sla import store
from tests.reference_calendar import Calendar, Span, instant_of, second_of, without
from tests.reference_policy import Policies, Version, key
from tests.store.story_desk import POLICY, build_story_desk
from tests.ui.recount import EN, Recount
from tests.ui.test_weekly_page import lead_of, page_html, plain

Open = Callable[..., AppTest]
Rows = list[list[str]]
KINDS = {
    "breached": "outcome = 'breached' and calendar = 'office' and stopped_at > started_at + interval 3 day",
    "breached and still open": "outcome = 'breached' and is_open",
    "running": "outcome = 'running'",
    "met": "outcome = 'met' and calendar = 'office' and elapsed_s < target_s",
    "paused": "paused_s > 0",
    "carried": "carried_s > 0",
    "in an hour that happens twice": "started_at < '2026-10-25' and stopped_at > '2026-10-26' and policy = 'liveagent'",
    "regraded": """
        outcome = 'breached' and exists (
            from events
            where events.ticket_id = clocks.ticket_id and kind = 'severity' and "at" > started_at and "at" < stopped_at
        )
    """,
    "merged": "reason = 'merged'",
    "opened by an agent": "reason = 'opened_by_agent'",
    "duplicate": "reason = 'duplicate'",
    "unknown severity": "reason = 'unknown_severity'",
}


@dataclass(frozen=True)
class Shown:
    """A clock as the page shows it: its verdict, its facts by name, the lines of its sum, what stands below."""

    verdict: str
    facts: dict[str, str]
    lines: Rows
    elapsed: str
    note: str


@pytest.fixture(scope="session")
def story_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_story_desk(tmp_path_factory.mktemp("story"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_number_of_a_ticket_of_the_sample(opened: Open, sample: Path, kind: str) -> None:
    ((ticket,),) = (
        row.values() for row in Recount(sample, "").rows(f"select max(ticket_id) from clocks where {KINDS[kind]}")
    )
    files = (store.ROOT / "data" / "policies").glob("*.toml")
    check_ticket(opened, sample, Policies([tomllib.loads(file.read_text("utf-8")) for file in files]), ticket)


@pytest.mark.parametrize("ticket", ["S1", "R1", "M1"])
def test_every_number_of_a_ticket_with_targets_that_pause_and_change(
    opened: Open, story_desk: Path, ticket: str
) -> None:
    check_ticket(opened, story_desk, Policies([tomllib.loads(POLICY)]), ticket)


def check_ticket(opened: Open, folder: Path, policies: Policies, ticket: str) -> None:
    recount = Recount(folder, "")
    clocks = recount.rows(f"from clocks where ticket_id = '{ticket}'")
    events = recount.rows(f"""select * from events where ticket_id = '{ticket}' order by "at", seq nulls first""")
    (facts,) = recount.rows(f"select *, as_of from tickets cross join snapshot where ticket_id = '{ticket}'")
    app = opened(folder, ticket=ticket)
    app.query_params["ticket"] = ticket
    app.switch_page("pages/ticket.py").run()
    assert not app.exception, app.exception
    outcomes = Counter(clock["outcome"] for clock in clocks)
    said = {name: int(count) for count, name in re.findall(r"(\d+) clocks? (\w+)", lead_of(app))}
    assert said == {"left" if name == "excluded" else name: count for name, count in outcomes.items()}
    shown = clocks_of(page_html(app))
    assert set(shown) == {f"{clock['metric']} {clock['cycle']}" for clock in clocks}
    for clock in clocks:
        version = policies.in_force(clock["policy"], second_of(clock["started_at"]))
        assert version
        hours = Hours(version, clock, events, facts["as_of"])
        check_facts(shown[f"{clock['metric']} {clock['cycle']}"], clock, hours)
        check_sum(shown[f"{clock['metric']} {clock['cycle']}"], clock, hours)
    zone = policies.named(clocks[0]["policy"])[-1].zone
    assert f"<dt>Opened</dt><dd>{EN.instant(facts['created_at'], zone)}</dd>" in page_html(app)
    check_happenings(page_html(app), facts, events, zone)
    check_ratings(page_html(app), recount.rows(f"from ratings where ticket_id = '{ticket}'"), facts["as_of"], zone)
    check_line(app, clocks, facts["as_of"], zone)


class Hours:
    """When a clock counted and when it was paused, from its policy's file and the ticket's events."""

    def __init__(
        self, version: Version, clock: dict[str, Any], events: Iterable[dict[str, Any]], as_of: datetime
    ) -> None:
        """Walks the days from the clock's start to its end."""
        self.calendar = version.calendars.get(clock["calendar"]) or Calendar("", {"timezone": "UTC", "hours": "24x7"})
        self.reporting = version.zone
        self.start = second_of(clock["started_at"])
        self.end = max(self.start, second_of(clock["stopped_at"] or as_of))
        if clock["reason"] == "opened_by_agent":
            self.end = self.start
        statuses = [(second_of(one["at"]), key(one["value"])) for one in events if one["kind"] == "status"]
        untils = [*(at for at, _ in statuses[1:]), self.end]
        pauses = [
            (max(at, self.start), min(until, self.end))
            for (at, status), until in zip(statuses, untils, strict=False)
            if clock["metric"] in ("resolution", "periodic_update") and version.statuses.get(status) == "waiting"
        ]
        opened = self.calendar.open_spans(self.start, self.end)
        self.regraded = sorted(
            {
                at
                for one in events
                if one["kind"] in ("severity", "plan") and self.start < (at := second_of(one["at"])) < self.end
            }
        )
        self.counted = without(opened, pauses)
        self.paused = without(opened, self.counted)

    def full(self, at: datetime) -> str:
        """An instant as the facts of a clock have it."""
        local = in_zone(at, self.calendar.zone)
        return f"{local:%A}, {local.day} {local:%B} {local.year}, {local:%H:%M:%S}"

    def briefs(self, spans: Iterable[Span]) -> Rows:
        """Spans as the lines of a sum have them."""
        return [[brief(instant_of(at), self.calendar.zone) for at in span] for span in spans]


def check_facts(shown: Shown, clock: dict[str, Any], hours: Hours) -> None:
    elapsed, target = clock["elapsed_s"], clock["target_s"]
    assert shown.elapsed == hms(elapsed)
    assert shown.facts["Started"] == hours.full(clock["started_at"])
    assert shown.facts["Due"] == (hours.full(clock["due_at"]) if clock["due_at"] else "no due instant")
    if clock["stopped_at"]:
        assert shown.facts["Stopped"].startswith(hours.full(clock["stopped_at"]))
    else:
        assert shown.facts["Stopped"].endswith(f"measured up to {hours.full(instant_of(hours.end))}")
    counts_on = in_zone(clock["due_at"] or clock["started_at"], hours.reporting).date()
    assert shown.facts["Counts in"].startswith(EN.week(counts_on - timedelta(counts_on.weekday())))
    assert shown.facts["Target"].startswith(hms(target) if target else "none")
    said = {
        "breached": lambda: f"Breached by {plain(EN.duration(elapsed - target))}",
        "met": lambda: f"Met with {plain(EN.duration(target - elapsed))} to spare",
        "running": lambda: f"{plain(EN.duration(target - elapsed))} left",
        "excluded": lambda: f"Measured: {hms(elapsed)}.",
    }[clock["outcome"]]()
    assert said in shown.verdict
    if clock["outcome"] != "excluded":
        assert shown.verdict.endswith(f": {hms(elapsed)} of {hms(target)}.")
    told = re.findall(r"from (\w+ \d+ \w+ [\d:]+):", shown.facts.get("In force one after the other", ""))
    since = [hours.start, *hours.regraded] if hours.regraded else []
    assert told == [brief(instant_of(at), hours.calendar.zone) for at in since]


def check_sum(shown: Shown, clock: dict[str, Any], hours: Hours) -> None:
    """The lines begin and end where the clock does, count what was open and not paused, and add up to its time."""
    lines, total = shown.lines, clock["carried_s"]
    if total:
        assert lines.pop(0)[2:] == ["Carried over from the cycle before", hms(total), hms(total)]
    ends = [brief(instant_of(at), hours.calendar.zone) for at in (hours.start, hours.end)]
    if hours.start < hours.end:
        assert [lines[0][0], lines[-1][1]] == ends
    assert [line[0] for line in lines[1:]] == [line[1] for line in lines[:-1]]
    assert [line[:2] for line in lines if line[2] == "Open, counted"] == hours.briefs(hours.counted)
    assert [line[:2] for line in lines if line[2].startswith("Waiting on")] == hours.briefs(hours.paused)
    seconds = iter(until - since for since, until in hours.counted)
    for _, _, what, counted, together in lines:
        if what == "Open, counted":
            length = next(seconds)
            total += length
            assert counted == hms(length)
        else:
            assert counted == ""
        assert together == hms(total)
    assert total == clock["elapsed_s"]
    paused = sum(until - since for since, until in hours.paused)
    assert paused == clock["paused_s"]
    assert (f"{hms(paused)} of open time were paused" in shown.note) == (paused > 0)


def check_happenings(html: str, facts: dict[str, Any], events: list[dict[str, Any]], zone: str) -> None:
    """What happened has a line for the creation and one for each event up to the as-of instant, with its second."""
    table = re.search(r"<table class='list happened'>.*?<tbody>(.*?)</tbody>", html)
    assert table
    told = [unmarked(one) for one in re.findall(r"<th scope='row'>(.*?)</th>", table[1])]
    known = [facts["created_at"], *(event["at"] for event in events if event["at"] <= facts["as_of"])]
    assert told == [brief(at, zone) for at in sorted(known)]


def check_ratings(html: str, ratings: list[dict[str, Any]], as_of: datetime, zone: str) -> None:
    """Every answer that was given by the as-of instant stands there with its second, its score and its scale."""
    for one in ratings:
        if one["score"] is not None and one["rated_at"] <= as_of:
            at = in_zone(one["rated_at"], zone)
            day = f"{at:%A}, {at.day} {at:%B} {at.year}, {at:%H:%M:%S}"
            low, high, score = (EN.number(one[name]) for name in ("scale_min", "scale_max", "score"))
            assert f"{day}: {score} on a scale from {low} to {high}." in html


def check_line(app: AppTest, clocks: list[dict[str, Any]], as_of: datetime, zone: str) -> None:
    """The time line marks each clock's start, end and due instant, and its bars are as long as what was counted."""
    (chart,) = app.get("plotly_chart")
    said = [unmarked(text) for trace in json.loads(chart.proto.spec)["data"] for text in (trace.get("hovertext") or [])]
    for name, instants in {
        "Start": [clock["started_at"] for clock in clocks],
        "Stop": [clock["stopped_at"] or (as_of if clock["is_open"] else None) for clock in clocks],
    }.items():
        told = Counter(text.partition(": ")[2] for text in said if text.startswith(f"{name}: "))
        assert not Counter(brief(at, zone) for at in instants if at) - told
    dues = {brief(clock["due_at"], zone) for clock in clocks if clock["due_at"]}
    assert {text.partition(": ")[2] for text in said if text.startswith("Due: ")} <= dues
    lengths = [seconds(found[1]) for text in said if (found := re.search(r"<br>([\d:]+) counted", text))]
    assert sum(lengths) == sum(clock["elapsed_s"] - clock["carried_s"] for clock in clocks)
    told = Counter(re.findall(r"[:;.] [^:;]+: breached by ([^;.]+)", chart.proto.alt))
    assert told == Counter(
        EN.duration(one["elapsed_s"] - one["target_s"]) for one in clocks if one["outcome"] == "breached"
    )


def clocks_of(html: str) -> dict[str, Shown]:
    """The clocks of the page by metric and cycle."""
    found = {}
    for clock in re.findall(r"<section class='clock.*?</section>", html, flags=re.DOTALL):
        name, verdict, elapsed, note = (
            re.search(pattern, clock)
            for pattern in (
                r"data-clock='([^']+)'",
                r"<p class='verdict'>(.*?)</p>",
                r"<tfoot>.*<td class='total'>([^<]*)</td>",
                r"</table></div><p class='quiet'>(.*?)</p>",
            )
        )
        assert name
        assert verdict
        assert elapsed
        assert note
        facts = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", clock)
        body = re.search(r"<table class='list sum'>.*?<tbody>(.*?)</tbody>", clock)
        assert body
        lines = [
            [unmarked(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", line)]
            for line in re.findall(r"<tr class.*?</tr>", body[1])
        ]
        found[name[1]] = Shown(
            unmarked(verdict[1]), {unmarked(dt): unmarked(dd) for dt, dd in facts}, lines, elapsed[1], unmarked(note[1])
        )
    return found


def unmarked(html: str) -> str:
    """Its text; without the offsets that tell the two sides of a change of the clocks apart."""
    text = re.sub(r"<(?!br)[^>]+>", "", html)
    return re.sub(r" \(UTC[^)]*\)", "", unescape(text))


def in_zone(at: datetime, zone: str) -> datetime:
    return at.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(zone))


def brief(at: datetime, zone: str) -> str:
    local = in_zone(at, zone)
    return f"{EN.weekday_day(local)} {local:%H:%M:%S}"


def hms(length: int) -> str:
    return f"{length // 3600}:{length % 3600 // 60:02}:{length % 60:02}"


def seconds(text: str) -> int:
    hours, minutes, rest = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + int(rest)
