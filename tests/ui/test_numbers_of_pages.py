"""Every number that a page shows, read off the page and counted anew over the tables; see recount."""

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sla import store
from sla.periods import period_of
from tests.review.direct_counts import LEFT_OUT
from tests.review.direct_counts import counted as direct_counts
from tests.ui import findings
from tests.ui.recount import EN, Counts, Recount, counted, interval, percentile, week
from tests.ui.test_attainment_page import cells_of as texts_of_cells
from tests.ui.test_weekly_page import lead_of, page_html, page_text, plain, rows_of, tables_of

Open = Callable[..., AppTest]
Shown = Callable[..., AppTest]
NAMES = {"critical": "Critical", "high": "High", "medium": "Medium", "low": "Low"}
MONDAY, OCTOBER = date(2026, 10, 5), (date(2026, 10, 1), date(2026, 10, 31))
OBJECTIVE = 0.95


@pytest.fixture
def shown(opened: Open, sample: Path) -> Shown:
    """Opens a page on the sample with the given query."""

    def _shown(page: str, **query: str) -> AppTest:
        app = opened(sample, **query)
        for name, value in query.items():
            app.query_params[name] = value  # the first page took out what it does not offer
        if page != "week":
            app.switch_page(f"pages/{page}.py").run()
        assert not app.exception, app.exception
        return app

    return _shown


@pytest.fixture(scope="module")
def vodlix(sample: Path) -> Recount:
    return Recount(sample, "vodlix")


def marks_of(app: AppTest, chart: int) -> dict[Any, str]:
    """What every mark of a chart says, by its code, else by its place."""
    found: dict[Any, str] = {}
    for trace in json.loads(app.get("plotly_chart")[chart].proto.spec)["data"]:
        said = trace.get("hovertext") or []
        said = [said] * len(trace["x"]) if isinstance(said, str) else said
        codes = trace.get("customdata") or [(len(found) + place,) for place in range(len(said))]
        for code, text in zip(codes, said, strict=True):
            found[tuple(code) if isinstance(code, list) else code] = text
    return found


def alts_of(app: AppTest) -> list[str]:
    """What every chart says to those who cannot see it."""
    return [chart.proto.alt for chart in app.get("plotly_chart")]


def hours_of(app: AppTest) -> dict[tuple[int, int], str]:
    """What every hour of the week says that leads to tickets, by weekday and hour."""
    found = re.findall(r"title='([^']*)'><a href='[^']*cell_hour=(\d)-(\d\d)", page_html(app))
    return {(int(weekday), int(hour)): unescape(said).split(" · ", 1)[1] for said, weekday, hour in found}


def cells_of(app: AppTest) -> dict[tuple[str, str], list[str]]:
    """What every cell of severity by plan says, line by line, without its target."""
    return {
        key: [line for line in text.split("|") if not line.startswith("target")]
        for key, text in texts_of_cells(app).items()
    }


def cell_of(counts: Counts, *, has_interval: bool) -> list[str]:
    """What a cell must say of these clocks."""
    rest = [f"{counts.running} running"] if counts.running else []
    rest += [f"{counts.excluded} left out"] if counts.excluded else []
    if not counts.decided:
        return ["none due", *rest]
    of = f"{counts.met} of {counts.decided}"
    if counts.decided < 10:
        return [of, "too few to judge", *rest]
    sign = "✕ " if counts.met / counts.decided < OBJECTIVE else ""
    ends = [f"95%: {counts.interval[0]} to {counts.interval[1]}"] if has_interval else []
    share = EN.percent(counts.met / counts.decided, beside=OBJECTIVE)
    return [f"{sign}{share}", of, *ends, *rest]


def check_cells(app: AppTest, recount: Recount, days: tuple[date, date], *, has_interval: bool) -> None:
    cells = cells_of(app)
    assert len(cells) >= 20
    for (severity, plan), said in cells.items():
        where = {} if plan == "All plans" else {"plan": plan}
        if severity != "All severities":
            where["severity"] = next((code for code, name in NAMES.items() if name == severity), severity)
        assert said == cell_of(recount.counts(*days, **where), has_interval=has_interval), (severity, plan)


def test_every_number_of_the_weekly_page(shown: Shown, vodlix: Recount) -> None:
    app = shown("week", policy="vodlix", week=f"{MONDAY}", metric="first_response")
    now, before = vodlix.counts(*week(MONDAY)), vodlix.counts(*week(MONDAY - timedelta(7)))
    gap, down = (EN.points(other - now.met / now.decided) for other in (OBJECTIVE, before.met / before.decided))
    assert lead_of(app) == (
        f"Week 41: {now.share} of first responses in time ({now.met} of {now.decided}), {gap} points under the "
        f"objective of 95%, {down} points down on week 40."
    )
    first, following = (
        re.sub(r"(<[^>]+>)+", "|", one) for one in re.findall(r"<article class='figure.*?</article>", page_html(app))
    )
    reasons = Counter(one["reason"] for one in vodlix.chosen(*week(MONDAY)) if one["outcome"] == "excluded")
    left_out = {EN.named("reason", reason): f"{count}" for reason, count in reasons.items()}
    assert f"|{now.share}|{now.met} of {now.decided} in time|✕ under the objective of 95% by {gap} points" in first
    assert f"|▼ {down} points on week 40: {before.share} ({before.met} of {before.decided})|" in first
    assert f"|95% interval: {now.interval[0]} to {now.interval[1]}|" in first
    assert dict(re.findall(r"(\w[\w ]*) \((\d+)\)", first.partition("left out: ")[2])) == left_out
    waits = vodlix.chosen(*week(MONDAY), "next_response", reason="no_target")
    half, most = percentile(waits, 0.5), percentile(waits, 0.9)
    assert half is not None
    assert most is not None
    ended = sum(one["is_answered"] for one in waits)
    assert (
        f"half ended within {plain(EN.duration(half))}|{len(waits)} waits for next responses began, {ended} have"
        in following
    )
    assert f"nine in ten within {plain(EN.duration(most))}|" in following
    trend = marks_of(app, 0)
    assert len(trend) == 13
    for monday, said in trend.items():
        assert said.partition("<br>")[2] == vodlix.counts(*week(date.fromisoformat(monday[0]))).mark
    for said in marks_of(app, 1).values():  # what stands out: its part of the week's breaches, and its usual one
        check_standout(said, vodlix)
    breaches = len(vodlix.chosen(*week(MONDAY), outcome="breached"))
    assert alts_of(app) == [
        findings.trend(vodlix, MONDAY, OBJECTIVE),
        findings.standouts(marks_of(app, 1).values(), breaches),
    ]
    check_cells(app, vodlix, week(MONDAY), has_interval=False)
    late, due = tables_of(app)
    breached = vodlix.chosen(*week(MONDAY), outcome="breached")
    running = [clock for clock in vodlix.clocks if clock["outcome"] == "running"]
    assert f"{len(breached)} clocks were breached." in page_text(app)
    assert f"{len(running)} clocks are running as of" in page_text(app)
    check_late(late, breached)
    assert {row["Ticket"]: row["Target"] for row in due} == {
        one["ticket_id"]: plain(EN.duration(one["target_s"])) for one in running
    }


def check_standout(said: str, recount: Recount) -> None:
    name, part, usual = said.split("<br>")
    dimension, _, value = name.partition(" ")

    def is_of_it(clock: dict[str, Any]) -> bool:
        if dimension == "Due":
            return bool(EN.weekday(clock["day"].isoweekday()) == value.removeprefix("on "))
        if dimension == "Account":
            (known,) = recount.rows(
                f"select any_value(name) as name from accounts where account = '{clock['account']}'"
            )
            return bool(known["name"] == value)
        return bool(clock[dimension.lower()] == (value.lower() if dimension == "Severity" else value))

    now = recount.chosen(*week(MONDAY), outcome="breached")
    before = recount.chosen(MONDAY - timedelta(84), MONDAY - timedelta(1), outcome="breached")
    hits, usually = (sum(map(is_of_it, clocks)) for clocks in (now, before))
    assert part == f"{hits} of {len(now)} breaches: {EN.percent(hits / len(now), 0)}"
    assert usual == f"usually {EN.percent(usually / len(before), 0)}"


def check_late(rows: list[dict[str, str]], breached: list[dict[str, Any]]) -> None:
    """A list of breached clocks, as many as it shows, has each with its lateness."""
    late = {one["ticket_id"]: plain(EN.duration(one["elapsed_s"] - one["target_s"])) for one in breached}
    assert len(rows) == min(len(breached), 50)
    assert all(late[row["Ticket"]] == row["Late by"] for row in rows)


def test_every_number_of_the_attainment_page(shown: Shown, vodlix: Recount) -> None:
    app = shown("attainment", policy="vodlix", period="month", month="2026-10-01", metric="first_response")
    clocks = vodlix.chosen(*OCTOBER)
    now, before = counted(clocks), vodlix.counts(date(2026, 9, 1), date(2026, 9, 30))
    gap, down = (EN.points(other - now.met / now.decided) for other in (OBJECTIVE, before.met / before.decided))
    assert lead_of(app) == (
        f"October 2026: {now.share} of first responses in time ({now.met} of {now.decided}), {gap} points under the "
        f"objective of 95%, {down} points down on the period before (September 2026)."
    )
    text = page_text(app)
    assert f"95% interval {now.interval[0]} to {now.interval[1]}; the distance to the objective" in text
    assert f"September 2026: {before.share} ({before.met} of {before.decided}); {now.excluded} left out." in text
    check_cells(app, vodlix, OCTOBER, has_interval=True)
    points = marks_of(app, 0)
    assert len(points) > 40
    for (monday, severity), said in points.items():
        where = {"severity": severity} if severity else {}
        assert said.split("<br>", 2)[2] == vodlix.counts(*week(date.fromisoformat(monday)), **where).mark
    measured = [clock for clock in clocks if clock["outcome"] != "excluded"]
    bars = {mark: int(re.findall(r"(\d+) clock", said)[0]) for mark, said in marks_of(app, 1).items()}
    assert bars == {mark: sum(is_in_bar(clock, *mark) for clock in measured) for mark in bars}
    assert sum(bars.values()) == len(measured)
    last_week = OCTOBER[1] - timedelta(OCTOBER[1].weekday())
    assert alts_of(app) == [findings.over_time(vodlix, last_week, NAMES), findings.time_taken(measured)]
    hours = hours_of(app)
    assert set(hours) == {(clock["began"].isoweekday(), clock["began"].hour) for clock in measured}
    for (weekday, hour), said in hours.items():
        there = [one for one in measured if (one["began"].isoweekday(), one["began"].hour) == (weekday, hour)]
        one = counted(there)
        share = "too few to judge" if one.decided < 10 else one.share
        assert said.startswith(f"{len(there)} clock")
        assert f"{one.met} of {one.decided} in time" in said
        assert share in said
    table = re.search(r"<table class='list percentiles'>(.*?)</table>", page_html(app))
    assert table
    waited = [*measured, *(one for one in clocks if one["reason"] == "solved_without_reply")]  # D35
    for row in rows_of(re.sub(r"<tr class='total'>", "<tr>", table[1])):
        of = [one for one in waited if NAMES[one["severity"]] == row["Severity"] or row["Severity"] == "All severities"]
        unended = sum(not one["is_answered"] for one in of)
        assert row["Clocks"] == (f"{len(of)}, {unended} unfinished" if unended else f"{len(of)}")
        for percent in (50, 75, 90, 95):
            took = percentile(of, percent / 100)
            assert took is not None
            assert row[f"{percent}% within"].removeprefix("✕ ") == plain(EN.duration(took))
    parts = f"{now.breached} breached, {now.met} in time and {now.excluded} left out."
    assert f"{len(clocks)} clocks: {parts}" in text
    assert f"Shown: the first 50 of {len(clocks)}." in text


def is_in_bar(clock: dict[str, Any], over: int | None, to: int | None, kind: str) -> bool:
    """Whether a clock belongs to a bar of the time taken: hundredths of its target, and how it stands."""
    part = clock["elapsed_s"] * 100
    standing = clock["outcome"] if clock["outcome"] != "breached" or clock["is_answered"] else "unanswered"
    is_over = over is None or part > clock["target_s"] * over
    return standing == kind and is_over and (to is None or part <= clock["target_s"] * to)


@pytest.mark.parametrize(("metric", "team"), [("next_response", "Vienna"), ("first_response", None)])
def test_every_number_of_a_filtered_quarter_in_another_zone(
    shown: Shown, sample: Path, metric: str, team: str | None
) -> None:
    recount, quarter = Recount(sample, "liveagent"), (date(2026, 7, 1), date(2026, 9, 30))
    filters = {"team": team} if team else {}
    app = shown("attainment", policy="liveagent", period="quarter", quarter="2026-07-01", metric=metric, **filters)
    now = recount.counts(*quarter, metric, **filters)
    assert f"{now.share} of {EN.named('many', metric)} in time ({now.met} of {now.decided})" in lead_of(app)
    for severity, said in ((said[0][0], said[1]) for said in cells_of(app).items() if said[0][1] != "All plans"):
        named = {"Critical": "1", "High": "2", "Standard": "3", "Bug fix": "4", "Request": "5"}.get(severity)
        said = ["none due" if one == "no target" else one for one in said]
        if named or severity == "All severities":
            where = filters | ({"severity": named} if named else {})
            assert said == cell_of(recount.counts(*quarter, metric, **where), has_interval=True), severity


def test_every_number_of_the_page_of_breaches(shown: Shown, vodlix: Recount) -> None:
    app = shown("breaches", policy="vodlix", period="month", month="2026-10-01")
    of_month = vodlix.chosen(*OCTOBER, None)
    counts, late = counted(of_month), [clock for clock in of_month if clock["outcome"] == "breached"]
    still = sum(clock["is_open"] for clock in late)
    running = [clock for clock in vodlix.clocks if clock["outcome"] == "running"]
    used = [clock["elapsed_s"] / clock["target_s"] for clock in running]
    due_at = min(clock["due_at"] for clock in running if clock["due_at"])
    said = lead_of(app)
    assert f"October 2026: {counts.breached} of {counts.decided} decided" in said
    assert f"{still} of them are still open. {len(running)} clocks are running" in said
    assert f"{sum(part > 0.9 for part in used)} of them are over 90% of their target" in said
    assert f"the next falls due {EN.instant(due_at, 'UTC')}." in said
    assert f"{counts.breached} breached clocks found, {still} still open." in page_text(app)
    listed, at_risk = tables_of(app)
    check_late(listed, late)
    assert {row["Ticket"]: row["Target used"].partition(" ")[2] for row in at_risk} == {
        one["ticket_id"]: EN.percent(int(one["elapsed_s"] * 100 / one["target_s"]) / 100, 0) for one in running
    }
    bands = {"over_90": (0.9, 9e9), "over_75": (0.75, 0.9), "over_50": (0.5, 0.75), "upto_50": (-1, 0.5)}
    for (band,), text in marks_of(app, 0).items():
        low, high = bands[band]
        assert re.findall(r": (\d+) clock", text) == [f"{sum(low < part <= high for part in used)}"]
    assert alts_of(app) == [findings.at_risk(used)]
    names = {row["account"]: row["name"] for row in vodlix.rows("select account, name from accounts")}
    for dimension in ("account", "team", "severity"):
        section = re.search(f"<h3>{EN(f'clusters.{dimension}')}</h3><ul>(.*?)</ul>", page_html(app))
        assert section
        for name, breached, decided in re.findall(r"<bdi>(.*?)</bdi>.*?>([\d,]+) of ([\d,]+)<", section[1]):
            there = (
                [
                    one
                    for one in of_month
                    if {"account": names.get(one["account"]), "team": one["team"], "severity": NAMES[one["severity"]]}[
                        dimension
                    ]
                    == unescape(name)
                ]
                if not re.fullmatch(r"\d+ others", name)
                else None
            )
            if there is not None:
                assert (int(breached), int(decided)) == (counted(there).breached, counted(there).decided)


def test_every_number_of_the_page_of_satisfaction(shown: Shown, vodlix: Recount) -> None:
    app = shown("satisfaction", policy="vodlix", period="month", month="2026-10-01", written="all")

    def rated(first_on: date, last_on: date) -> tuple[int, int, int]:
        there = [one for one in vodlix.surveys if first_on <= one["day"] <= last_on]
        return sum(one["is_positive"] for one in there), sum(one["is_answered"] for one in there), len(there)

    (positive, answers, offered), was = rated(*OCTOBER), rated(date(2026, 9, 1), date(2026, 9, 30))
    score, response, score_was, response_was = (
        EN.percent(hits / of) for hits, of in ((positive, answers), (answers, offered), was[:2], was[1:])
    )
    text = page_text(app).replace("\n", "|")
    down = EN.points(positive / answers - was[0] / was[1])
    assert f"{score} of answers were positive ({positive} of {answers}), {down} points down on September" in lead_of(
        app
    )
    assert f"{response} of surveys were answered ({answers} of {offered})." in lead_of(app)
    for part, all_of in ((positive, answers), (answers, offered)):
        assert f"95% interval {' to '.join(interval(part, all_of))}" in text
    assert f"September 2026: {score_was} ({was[0]} of {was[1]})" in text
    assert f"September 2026: {response_was} ({was[1]} of {was[2]})" in text
    given = [one for one in vodlix.surveys if one["is_answered"] and OCTOBER[0] <= one["day"] <= OCTOBER[1]]
    assert EN.number(round(sum(one["score"] for one in given) / len(given), 2)) in text
    for (monday,), said in marks_of(app, 0).items():
        up, answered, asked = rated(*week(date.fromisoformat(monday)))
        assert f"{answered} of {asked} surveys answered" in said
        assert (
            "positive" not in said or f"{up} of {answered} positive" in said or f"positive: {up} of {answered}" in said
        )
    for (promise, side), said in marks_of(app, 1).items():
        of = [one for one in given if stands(vodlix, one["ticket_id"], promise) == side]
        assert f"({sum(one['is_positive'] for one in of)} of {len(of)})" in said
    scores = Counter(one["score"] for one in given)
    assert [said.partition(" (")[0] for said in marks_of(app, 2).values()] == [
        f"{score}: {scores[score]} of {len(given)}" for score in range(1, 6)
    ]
    sides = [
        [one for one in given if stands(vodlix, one["ticket_id"], "targets") == side] for side in ("met", "breached")
    ]
    assert alts_of(app) == [
        findings.satisfaction(rated, OCTOBER[1] - timedelta(OCTOBER[1].weekday())),
        findings.beside_targets(*sides),
        findings.scores(scores),
    ]
    table = re.search(r"<table class='list shares'>.*?<tbody>(.*?)</tbody>", page_html(app))
    assert table
    severity_of = {
        one["ticket_id"]: NAMES.get(one["severity"]) for one in sorted(vodlix.cases, key=lambda one: one["cycle"])
    }
    for line in re.findall(r"<tr>(.*?)</tr>", table[1]):
        name, *cells = (
            unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line)
        )
        there = [
            one
            for one in vodlix.surveys
            if OCTOBER[0] <= one["day"] <= OCTOBER[1] and severity_of[one["ticket_id"]] == name
        ]
        up, answered = sum(one["is_positive"] for one in there), sum(one["is_answered"] for one in there)
        assert f"{up} of {answered}" in cells[0]
        assert f"{answered} of {len(there)}" in cells[-1]
    assert f"{len(given)} answers" in text
    assert f"Shown: the first 30 of {len(given)}." in text


def stands(recount: Recount, ticket: str, promise: str) -> str | None:
    """Whether a ticket met its targets, of one metric or of all (D22)."""
    outcomes = {
        clock["outcome"]
        for clock in recount.clocks
        if clock["ticket_id"] == ticket and promise in ("targets", clock["metric"])
    }
    return "breached" if "breached" in outcomes else "met" if "met" in outcomes else None


def test_every_number_of_the_page_of_workload(shown: Shown, vodlix: Recount) -> None:
    app = shown("workload", policy="vodlix", week=f"{MONDAY}")

    done = Counter(
        [(kind_of(one), monday_of(one["began"]), one["team"], one["agent"]) for one in vodlix.cases]
        + [("solve", monday_of(one["ended"]), one["team"], one["agent"]) for one in vodlix.cases if one["ended"]]
        + [("reply", monday_of(one["written"]), one["team"], one["agent"]) for one in vodlix.replies]
    )

    def work(kind: str, monday: date, **whose: str | None) -> int:
        """How much was done in a week, by all or by an agent or team."""
        asked = (kind, monday, whose.get("team"), whose.get("agent"))
        if "agent" in whose:
            return done[asked]
        return sum(
            count for of, count in done.items() if of[:2] == asked[:2] and ("team" not in whose or of[2] == asked[2])
        )

    waiting = {
        one["ticket_id"]: one["began"]
        for one in vodlix.clocks
        if one["is_open"] and one["metric"] in ("first_response", "next_response")
    }
    held = [one for one in vodlix.cases if one["is_open"]]
    on_us = [one for one in held if one["ticket_id"] in waiting]
    (as_of,) = vodlix.rows("select as_of from snapshot")
    oldest = as_of["as_of"] - min(waiting[one["ticket_id"]] for one in on_us)
    arrived, replies, solved = (work(kind, MONDAY) for kind in ("arrival", "reply", "solve"))
    assert lead_of(app) == (
        f"Week 41: {arrived} tickets arrived, {replies} replies were written, {solved} tickets were solved. "
        f"{len(held)} tickets are open now, {len(on_us)} wait on us, "
        f"the oldest for {plain(EN.span(int(oldest.total_seconds())))}."
    )
    spared = [one for one in vodlix.clocks if one["metric"] == "resolution" and one["cycle"] == 1]
    spared = [
        one for one in spared if one["reason"] in LEFT_OUT and week(MONDAY)[0] <= one["began"].date() <= week(MONDAY)[1]
    ]
    assert f"{len(spared)} more tickets arrived that are merged, spam or duplicates" in page_text(app)

    def left(monday: date) -> int:
        end = monday + timedelta(7)
        return sum(one["began"].date() < end and (one["is_open"] or ended_after(one, end)) for one in vodlix.cases)

    for mark, said in marks_of(app, 0).items():
        numbers = [int(number) for number in re.findall(r": (\d+)", said)]
        monday = date.fromisoformat(mark[1]) if len(mark) == 2 else MONDAY - timedelta(84 - 7 * (mark[0] - 26))
        came, wrote, went, again = (work(kind, monday) for kind in ("arrival", "reply", "solve", "reopening"))
        assert numbers == {"arrival": [came, again], "solve": [went, wrote]}.get(mark[0], [left(monday)])
    mondays = [MONDAY - timedelta(84 - 7 * number) for number in range(13)]
    lines = re.findall(r"<tr class='(team|agent)'>(.*?)</tr>", page_html(app))
    names = {row["name"]: row["agent"] for row in vodlix.rows("select agent, name from agents")}
    team: str | None = None
    for kind, line in lines:
        name, *cells = (
            unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line)
        )
        if kind == "team":
            team = None if name == "Without a team" else name
        whose = {"team": team} if kind == "team" else {"team": team, "agent": names.get(name)}
        of = [one for one in held if all(one[key] == value for key, value in whose.items())]
        told = [int(cells[number]) for number in (0, 1, 3, 4, 5)]
        assert told == [
            *(work(one, MONDAY, **whose) for one in ("arrival", "reply", "solve")),
            len(of),
            sum(one in on_us for one in of),
        ], name
        series = re.search(r"Replies week by week: ([\d, ]+)", line)
        if series:
            assert [int(number) for number in series[1].split(", ")] == [work("reply", one, **whose) for one in mondays]
    assert len(lines) > 15
    parts = Counter(one["agent"] for one in vodlix.replies if MONDAY <= one["written"].date() <= week(MONDAY)[1])
    solved_by = Counter(
        one["agent"] for one in vodlix.cases if one["ended"] and monday_of(one["ended"]) == MONDAY and one["agent"]
    )
    held_by = Counter(one["agent"] for one in held if one["agent"])
    assert alts_of(app) == [findings.flow(work, left, MONDAY), findings.spread(parts, solved_by, held_by)]
    said = [text.partition(" (")[0] for text in list(marks_of(app, 1).values())[: len(parts)]]
    assert said == [f"{count} of {replies}" for _, count in parts.most_common()]
    came = Counter(
        (one["began"].isoweekday(), one["began"].hour)
        for one in vodlix.cases
        if is_recent(one["began"]) and one["cycle"] == 1
    )
    hours = {at: int(re.findall(r"\((\d+) in", said)[0]) for at, said in hours_of(app).items()}
    assert hours == {mark: came[mark] for mark in hours}
    assert sum(hours.values()) == sum(came.values())
    wait = tables_of(app)[0]
    assert len(wait) == len(on_us)
    assert f"{len(on_us)} customers wait for an answer" in page_text(app)
    assert {row["Ticket"] for row in wait} == {one["ticket_id"] for one in on_us}


def kind_of(cycle: dict[str, Any]) -> str:
    return "arrival" if cycle["cycle"] == 1 else "reopening"


def monday_of(instant: Any) -> date:
    day: date = instant.date()
    return day - timedelta(day.weekday())


def ended_after(cycle: dict[str, Any], end: date) -> bool:
    return cycle["ended"] is not None and cycle["ended"].date() >= end


def is_recent(instant: Any) -> bool:
    return bool(MONDAY - timedelta(84) <= instant.date() <= MONDAY + timedelta(6))


def test_every_number_of_what_the_data_are(shown: Shown, vodlix: Recount) -> None:
    text = page_text(shown("definitions", part="data")).replace("\n", "|")
    files = vodlix.rows("select unnest(source_files, recursive := true) from snapshot")
    read, accepted, rejected = (
        EN.number(sum(file[f"rows_{kind}"] for file in files)) for kind in ("read", "accepted", "rejected")
    )
    assert EN("definitions.data.rows_add_up", read=read, accepted=accepted, rejected=rejected) in text
    for table in ("tickets", "events", "clocks"):
        (count,) = vodlix.rows(f"select count(*) as rows from {table}")
        assert EN.number(count["rows"]) in text
    for file in files:
        assert file["sha256"][:8] in text
        assert f"|{EN.number(file['rows_read'])}|" in text
    html = page_html(shown("definitions", policy="vodlix", part="left_out"))
    excluded = [clock for clock in vodlix.clocks if clock["outcome"] == "excluded"]
    listed = re.findall(r"reason=(\w+)&amp;clock=(\w+)[^>]*>(?:<bdi>)?([\d,]+)<", html)
    assert {(reason, metric): int(count.replace(",", "")) for reason, metric, count in listed} == Counter(
        (clock["reason"], clock["metric"]) for clock in excluded
    )


def test_every_number_of_a_client_review(shown: Shown, sample: Path, vodlix: Recount) -> None:
    query = {"policy": "vodlix", "account": "V07", "period": "quarter", "quarter": "2026-07-01", "review_lang": "en"}
    app = shown("review", **query)
    path = store.current(sample)
    assert path is not None
    quarter = period_of("quarter", date(2026, 7, 1))
    direct, days = direct_counts(path, "V07", quarter), (quarter.first_on, quarter.last_on)
    was, whose = (quarter.before.first_on, quarter.before.last_on), {"account": "V07"}
    now, before = vodlix.counts(*days, **whose), vodlix.counts(*was, **whose)
    said = unescape(re.sub(r"(<[^>]+>|\n)+", "|", page_html(app)))
    gap, down = (EN.points(other - now.met / now.decided) for other in (OBJECTIVE, before.met / before.decided))
    assert (
        f"|{now.share} of first responses in time ({now.met} of {now.decided}); {gap} points under the objective of "
        f"95%; {down} points down on Quarter 2, 2026.|"
    ) in said
    for severity in NAMES:  # each is a clause of its own
        clause = vodlix.counts(*days, severity=severity, **whose)
        counts, (low, high) = f"{clause.met} of {clause.decided}", clause.interval
        judged = f"{clause.share}|{counts} in time|95% interval: {low} to {high}|"
        assert (f"{counts}|too few to judge|" if clause.decided < 10 else judged) in said
    for month in range(5, 10):
        period = period_of("month", date(2026, month, 1))
        kept = vodlix.counts(period.first_on, period.last_on, **whose)
        share = EN.percent(kept.met / kept.decided, 0) if kept.decided >= 10 else ""
        assert re.search(rf"\|{share}\|?{EN.month(period.first_on)}\|{kept.met} of {kept.decided}\|", said)
    for metric in ("next_response", "resolution"):
        waits = vodlix.chosen(*days, metric, reason="no_target", **whose)
        half, most = percentile(waits, 0.5), percentile(waits, 0.9)
        assert half is not None
        assert most is not None
        ended = sum(one["is_answered"] for one in waits)
        row = [EN.named("metric", metric), len(waits), ended, plain(EN.duration(half)), plain(EN.duration(most))]
        assert f"|{'|'.join(map(str, row))}|" in said
    for (dimension, code), volume in direct.volumes.items():
        name = "All" if dimension == "all" else NAMES.get(code, code)
        assert f"|{name}|{'|'.join(map(str, volume))}|" in said
    assert f"{len(direct.breaches)} clocks were breached" in said
    for (ticket, _, _), late_s in direct.breaches.items():
        assert re.search(rf"\|{ticket}\|[^|]*\|First response\|.*?\|{plain(EN.duration(late_s))}\|", said)
    offered, answered, positive = direct.satisfaction
    score = EN.percent(positive / answered)
    assert f"{score} of survey answers positive ({positive} of {answered})" in said
    assert f"{answered} of {offered} surveys answered" in said
    for metric in ("first_response", "resolution"):
        left_out = [one for one in vodlix.chosen(*days, metric, **whose) if one["outcome"] == "excluded"]
        count = sum(one["reason"] != "no_target" for one in left_out)
        assert f"{EN.named('metric', metric)}: {count} clock" in said
    assert f"{len(direct.open_tickets)} tickets are open as of" in said
    assert set(re.findall(r"\|(T\d+)\|", said.rpartition("|What is open|")[2])) == direct.open_tickets
