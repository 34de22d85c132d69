"""The attainment page from dashboard.py: its numbers are those of `clocks`, and each leads to its tickets."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlparse

import pytest
from streamlit.testing.v1 import AppTest

from sla import store
from sla.ui import blocks
from sla.words import LANGUAGES, words
from tests.store.small_desk import build_small_desk
from tests.ui.test_weekly_page import lead_of, page_html, page_text, rows_of, tables_of

Open = Callable[..., AppTest]
Counts = tuple[int, int, int, int]
OCTOBER = {"policy": "vodlix", "period": "month", "month": "2026-10-01"}


@pytest.fixture
def attainment(opened: Open) -> Open:
    """Opens the page on a folder of snapshots, with the given query."""

    def _open(folder: Path, **query: str) -> AppTest:
        app = opened(folder, **query)
        for name, value in query.items():
            app.query_params[name] = value  # the first page took out what it does not offer
        app.switch_page("pages/attainment.py").run()
        assert not app.exception, app.exception
        return app

    return _open


def counted(folder: Path, where: str, metric: str = "first_response", policy: str = "vodlix") -> Counts:
    """Met, breached, running and excluded clocks, over `clocks` with nothing of the reports; `day` is rule 9's."""
    path = store.current(folder)
    assert path is not None
    with store.open_snapshot(path).cursor() as cursor:
        row = cursor.execute(
            f"""
            with dated as (
                select *, (coalesce(due_at, started_at) at time zone 'UTC' at time zone zone)::date as day
                from clocks
                cross join (select any_value(reporting_timezone) as zone from policy_versions where policy = $policy)
                where policy = $policy and metric = $metric
            )
            select
                count(*) filter (outcome = 'met'),
                count(*) filter (outcome = 'breached'),
                count(*) filter (outcome = 'running'),
                count(*) filter (outcome = 'excluded'),
            from dated
            where {where}
            """,
            {"policy": policy, "metric": metric},
        ).fetchone()
    assert row is not None
    return row


def in_month(month: int) -> str:
    return f"day between date '2026-{month:02}-01' and last_day(date '2026-{month:02}-01')"


def cells_of(app: AppTest) -> dict[tuple[str, str], str]:
    """Every cell of severity by plan, as its text with bars between its lines."""
    table = re.search(r"<table class='matrix'>(.*?)</table>", page_html(app))
    assert table
    found = {}
    for line in re.findall(r"<tr class=.*?</tr>", table[1]):
        severity = unescape(re.sub(r"<[^>]+>", "", re.findall(r"<th scope='row'>(.*?)</th>", line)[0]))
        for plan, inside in re.findall(r"<td class='[^']*' data-plan='(.*?)'>(.*?)</td>", line):
            found[severity, unescape(plan)] = unescape(re.sub(r"(<[^>]+>)+", "|", inside)).strip("|")
    return found


def link_of(app: AppTest, severity: int, plan: int) -> dict[str, str]:
    """The query of the link of a cell, by the number of its line and its column."""
    table = re.search(r"<table class='matrix'>(.*?)</table>", page_html(app))
    assert table
    line = re.findall(r"<tr class=.*?</tr>", table[1])[severity]
    href = re.findall(r"<td .*?</td>", line)[plan]
    address = re.search(r"href='(.*?)'", href)
    assert address
    return {name: values[0] for name, values in parse_qs(urlparse(unescape(address[1])).query).items()}


def test_the_answer_is_that_of_the_clocks_against_objective_and_period_before(attainment: Open, sample: Path) -> None:
    met, breached, _, excluded = counted(sample, in_month(10))
    before_met, before_breached, _, _ = counted(sample, in_month(9))
    app = attainment(sample, **OCTOBER)
    share, before = met / (met + breached), before_met / (before_met + before_breached)
    en = words("en")
    assert lead_of(app) == (
        f"October 2026: {en.percent(share)} of first responses in time ({met} of {met + breached}), "
        f"{en.points(0.95 - share)} points under the objective of 95%, "
        f"{en.points(before - share)} points down on the period before (September 2026)."
    )
    told = (
        f"September 2026: {en.percent(before)} ({before_met} of {before_met + before_breached}); {excluded} left out."
    )
    assert told in page_text(app)


def test_every_cell_has_the_counts_of_the_clocks_and_its_interval(attainment: Open, sample: Path) -> None:
    app = attainment(sample, **OCTOBER)
    for (severity, plan), text in cells_of(app).items():
        where = [in_month(10)]
        where += [] if severity == "All severities" else [f"severity = '{severity.lower()}'"]
        where += [] if plan == "All plans" else [f"plan = '{plan}'"]
        met, breached, _, _ = counted(sample, " and ".join(where))
        if severity in ("Critical", "High", "Medium", "Low", "All severities"):
            assert f"{met} of {met + breached}" in text
            assert ("95%: " in text) == (met + breached >= 10)


def test_a_cell_leads_to_its_tickets_and_back(attainment: Open, sample: Path) -> None:
    app = attainment(sample, **OCTOBER)
    query = link_of(app, severity=0, plan=1)  # critical, of the second plan
    assert (query["cell_severity"], query["cell_plan"], query["metric"]) == (
        "critical",
        "Enterprise T3",
        "first_response",
    )
    chosen = attainment(sample, **query)
    met, breached, running, excluded = counted(
        sample, f"{in_month(10)} and severity = 'critical' and plan = 'Enterprise T3'"
    )
    assert "Tickets of Critical, Enterprise T3" in page_text(chosen)
    assert f"{met + breached + running + excluded} clocks: {breached} breached" in page_text(chosen)
    listed = tables_of(chosen)[0]
    assert {(row["Severity"], row["Plan"]) for row in listed} == {("Critical", "Enterprise T3")}
    assert sum(row["Outcome"].startswith("Breached") for row in listed) == breached
    assert "cell_severity" not in page_html(chosen).rpartition("Show the whole period again")[0].rpartition("href='")[2]


def test_tickets_of_a_list_lead_to_their_page(attainment: Open, desk: Path) -> None:
    html = page_html(attainment(desk, policy="desk", week="2026-01-05"))
    assert re.search(r"<a href='ticket\?[^']*ticket=L2[^']*' target='_self'>", html)


def test_the_list_of_the_period_has_all_its_clocks(attainment: Open, desk: Path) -> None:
    app = attainment(desk, policy="desk", week="2026-01-05")
    assert "13 clocks: 3 breached, 9 in time and 1 left out." in page_text(app)
    rows = tables_of(app)[-1]
    assert [row["Outcome"] for row in rows[:3]] == [
        "Breached, late by 1 h",
        "Breached, late by 1 h",
        "Breached, late by 1 h",
    ]
    assert rows[-1]["Outcome"] == "Left out: merged"


def test_where_the_breaches_are_is_said_first(attainment: Open, desk: Path) -> None:
    text = page_text(attainment(desk, policy="desk", week="2026-01-05"))
    told = "Severity High, plan Plan A: 0 of 3 in time; 3 of the period’s 3 breaches are there"
    assert f"{told}, more than in any other cell." in text


def test_percentiles_stand_beside_their_targets(attainment: Open, sample: Path) -> None:
    app = attainment(sample, **OCTOBER)
    table = re.search(r"<table class='list percentiles'>(.*?)</table>", page_html(app))
    assert table
    rows = rows_of(re.sub(r"<tr class='total'>", "<tr>", table[1]))
    assert [row["Severity"] for row in rows] == ["Critical", "High", "Medium", "Low", "All severities"]
    assert [row["Target"] for row in rows] == ["1 h", "4 h", "8 h", "24 h", "1 h to 24 h"]
    met, breached, running, _ = counted(sample, in_month(10))
    _, _, _, unanswered = counted(sample, f"{in_month(10)} and reason = 'solved_without_reply'")
    assert unanswered == 3
    assert rows[-1]["Clocks"].split(",")[0] == str(met + breached + running + unanswered)


@pytest.mark.parametrize("place", [0, -1])
def test_a_line_of_percentiles_leads_to_its_clocks(attainment: Open, sample: Path, place: int) -> None:
    links = re.findall(
        r"<a href='([^']*cell_time_\w+=[^']*)' target='_self'>(\d+)", page_html(attainment(sample, **OCTOBER))
    )
    assert len(links) == 5
    address, count = links[place]
    chosen = attainment(sample, **dict(parse_qsl(urlparse(unescape(address)).query)))
    about = "Tickets whose time counts: " + ("Critical", "All severities")[place]
    severity = ("severity = 'critical'", "true")[place]
    timed = f"{in_month(10)} and {severity} and (outcome <> 'excluded' or reason = 'solved_without_reply')"
    met, breached, running, unanswered = counted(sample, timed)
    assert met + breached + running + unanswered == int(count)
    told = page_text(chosen).partition(f"{about}\n")[2]
    assert told.lstrip().startswith(f"{count} clocks: {breached} breached")
    assert len(tables_of_titles(chosen, about)) == min(int(count), 50)


def test_the_filters_of_the_frame_count(attainment: Open, sample: Path) -> None:
    met, breached, _, _ = counted(sample, f"{in_month(10)} and team = 'Manila'")
    assert f"({met} of {met + breached})" in lead_of(attainment(sample, **OCTOBER, team="Manila"))


def test_one_account_has_its_page(attainment: Open, desk: Path) -> None:
    app = attainment(desk, policy="desk", week="2026-01-05", account="X")
    assert lead_of(app) == ("Week 2: 0 of 3 first responses in time, fewer than ten are decided, too few to judge.")
    assert not re.search(r"\d%", lead_of(app) + " ".join(cells_of(app).values()))


def test_a_period_without_clocks_has_words_and_no_percentage(attainment: Open, desk: Path) -> None:
    app = attainment(desk, policy="desk", period="dates", **{"from": "2025-12-20", "to": "2025-12-24"})
    text = page_text(app)
    assert "no first responses fell due." in lead_of(app)
    for key in ("matrix.nothing", "over_time.none", "time_taken.none", "arrivals.none", "clock_list.none"):
        assert words("en")(key) in text
    assert not app.get("plotly_chart")
    assert "NaN" not in text


def test_a_policy_without_targets_shows_waits_and_no_percentage_met(attainment: Open, desk: Path) -> None:
    app = attainment(desk, policy="bare", week="2026-01-12")
    text = page_text(app)
    assert "this policy sets no target for first responses" in lead_of(app)
    assert "4 tickets began to wait, 2 have ended, half ended within 20 min." in lead_of(app)
    assert "in time" not in text.replace("none can be met", "")
    assert "too few to judge" in text  # four waits have no percentiles
    assert not cells_of_any(app)


def cells_of_any(app: AppTest) -> bool:
    return "<table class='matrix'>" in page_html(app)


def test_next_responses_without_messages_are_not_in_this_export(attainment: Open, tmp_path: Path) -> None:
    app = attainment(build_small_desk(tmp_path, with_events=False), policy="desk", metric="next_response")
    assert "next responses are not in this export" in lead_of(app)
    assert "%" not in page_text(app)


def test_the_rule_stands_where_the_numbers_are(attainment: Open, desk: Path) -> None:
    assert "A clock counts in the period in which it fell due" in page_text(attainment(desk, policy="desk"))
    assert "counts in the period in which it started" in page_text(attainment(desk, policy="bare", week="2026-01-12"))


def test_a_period_that_is_not_over_says_so(attainment: Open, desk: Path) -> None:
    assert "The period is not over" in page_text(attainment(desk, policy="desk", week="2026-01-12"))
    assert "The period is not over" not in page_text(attainment(desk, policy="desk", week="2026-01-05"))


@pytest.mark.parametrize(
    ("choice", "name", "where"),
    [
        ({"compare": "before"}, "September 2026", in_month(9)),
        ({"compare": "period", "with": "2026-08-01"}, "August 2026", in_month(8)),
        ({"compare": "team", "with": "Manila"}, "Manila", f"{in_month(10)} and team = 'Manila'"),
        ({"compare": "severity", "with": "low"}, "Low", f"{in_month(10)} and severity = 'low'"),
        ({"compare": "plan", "with": "Premium"}, "Premium", f"{in_month(10)} and plan = 'Premium'"),
    ],
)
def test_two_sides_have_the_counts_of_the_clocks(
    attainment: Open, sample: Path, choice: dict[str, str], name: str, where: str
) -> None:
    app = attainment(sample, **OCTOBER, **choice)
    sides = re.findall(r"<article class='figure.*?</article>", page_html(app))
    assert len(sides) == 2
    for side, condition in zip(sides, (in_month(10), where), strict=True):
        met, breached, _, _ = counted(sample, condition)
        assert f"<p class='counts'>{met} of {met + breached} in time</p>" in side
        assert "95% interval" in side
    assert f"<h2>{name}</h2>" in sides[1]
    alone = re.search(r"<a href='attainment\?([^']*)'", sides[1])  # the number leads to the page of its side alone
    assert alone
    assert f"({met} of {met + breached})" in lead_of(attainment(sample, **dict(parse_qsl(unescape(alone[1])))))
    told = page_text(app).rpartition("points")[2]  # what is a part of all says nothing of chance
    assert ("chance explains" if choice["compare"] in ("before", "period") else f"has {name} in it") in told


def test_two_weeks_side_by_side_are_named_with_their_days(attainment: Open, sample: Path) -> None:
    app = attainment(sample, policy="vodlix", week="2026-10-05", compare="period", **{"with": "2026-09-28"})
    said = "Week 41 · 5–11 Oct 2026: 43.4 points under Week 40 · 28 Sept – 4 Oct 2026"
    assert said in page_text(app).replace("\u2009", " ")
    # 47 of 89 against 51 of 53; Newcombe's interval of the difference by hand from Wilson's of both
    assert "95% interval of the difference 29.9 to 54.0, more than chance explains." in page_text(app)


def test_another_policy_can_stand_beside(attainment: Open, sample: Path) -> None:
    app = attainment(sample, **OCTOBER, compare="policy", **{"with": "zoom"})
    met, breached, _, _ = counted(sample, in_month(10), policy="zoom")
    assert f"<p class='counts'>{met} of {met + breached} in time</p>" in page_html(app)


def test_a_side_without_a_target_has_its_waits(attainment: Open, desk: Path) -> None:
    app = attainment(desk, policy="desk", week="2026-01-12", compare="policy", **{"with": "bare"})
    text = page_text(app)
    assert "half ended within 20 min" in text
    assert "One side has no target" in text


@pytest.mark.parametrize(
    ("mark", "chart", "told"),
    [
        (["2026-10-05", "critical"], "over ", "Tickets of Week 41"),
        ([100, 150, "breached"], "taken ", "Tickets with 100–150% of the target, late"),
        ([2, 9], "hour", "Tickets that came on Tuesday, 09:00 to 10:00"),
    ],
)
def test_a_mark_that_is_chosen_leads_to_its_tickets(
    attainment: Open, sample: Path, monkeypatch: pytest.MonkeyPatch, mark: list[Any], chart: str, told: str
) -> None:
    draw = blocks.chosen_mark
    monkeypatch.setattr(
        blocks,
        "chosen_mark",
        lambda drawing, key, place=None: draw(drawing, key, place) or (tuple(mark) if key.startswith(chart) else None),
    )
    app = attainment(sample, **OCTOBER, **({"cell_hour": "2-09"} if chart == "hour" else {}))
    assert told in page_text(app)
    began = "started_at at time zone 'UTC' at time zone zone"
    where = {
        "over ": "day between date '2026-10-05' and date '2026-10-11' and severity = 'critical'",
        "taken ": f"{in_month(10)} and outcome = 'breached' and stopped_at is not null "
        "and elapsed_s * 100 between target_s * 100 + 1 and target_s * 150",
        "hour": f"{in_month(10)} and outcome <> 'excluded' and hour({began}) = 9 and isodow({began}) = 2",
    }[chart]
    clocks = sum(counted(sample, where))
    assert clocks >= 10
    assert len(tables_of_titles(app, told)) == min(clocks, 50)


def tables_of_titles(app: AppTest, told: str) -> list[dict[str, str]]:
    """The rows of the list that follows a title."""
    after = page_html(app).partition(told)[2]
    table = re.search(r"<table class='list'>(.*?)</table>", after)
    assert table
    return rows_of(table[1])


@pytest.mark.parametrize("over", ["week", "month"])
def test_weeks_or_months_stand_in_the_link(attainment: Open, sample: Path, over: str) -> None:
    app = attainment(sample, **OCTOBER, over=over)
    assert app.query_params["over"] == over
    assert ("13 weeks" if over == "week" else "12 months") == app.selectbox(key="over").format_func(over)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_page(attainment: Open, sample: Path, language: str) -> None:
    app = attainment(sample, lang=language, **OCTOBER)
    html, spoken = page_html(app), words(language)
    for key in ("over_time", "time_taken", "arrivals", "compared", "period_clocks"):
        assert spoken(f"{key}.title") in unescape(html)
        others = {words(other)(f"{key}.title") for other in LANGUAGES if other != language}
        assert not {title for title in others if title in html}
    assert f"dir='{'rtl' if language == 'ar' else 'ltr'}' lang='{language}'" in html
    met, breached, _, _ = counted(sample, in_month(10))
    assert spoken.percent(met / (met + breached)) in html
    charts = app.get("plotly_chart")
    assert len(charts) == 2
    assert all(chart.proto.alt for chart in charts)


def test_text_of_tickets_is_shown_as_text(attainment: Open, desk: Path) -> None:
    app = attainment(desk, policy="desk", week="2026-01-12")
    assert "<img" not in page_html(app)
    assert not app.markdown
