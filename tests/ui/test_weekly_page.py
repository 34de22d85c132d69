"""The weekly page from dashboard.py: its numbers are those of `clocks`, and what is missing is said in words."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sla import store
from sla.charts import Drawing
from sla.ui import blocks
from sla.words import LANGUAGES, OWN_NAMES, words
from tests.store.small_desk import HOSTILE

Open = Callable[..., AppTest]


def page_html(app: AppTest) -> str:
    """All blocks of the page, but for its styles, scripts and the marks that keep Arabic in order; blanks are plain."""
    shown = [block.value for block in app.html if "<style>" not in block.value and "<script>" not in block.value]
    return plain(re.sub("[\u2060\u2066-\u2069]", "", "".join(shown)))


def plain(text: str) -> str:
    """A text with plain blanks, where a number keeps its unit on its line otherwise."""
    return text.replace("\u00a0", " ")


def page_text(app: AppTest) -> str:
    return unescape(re.sub(r"<[^>]+>", "\n", page_html(app)))


def lead_of(app: AppTest) -> str:
    found = re.search(r"<h1 class='lead'>(.*?)</h1>", page_html(app))
    assert found
    return unescape(found[1])


def tables_of(app: AppTest) -> list[list[dict[str, str]]]:
    """The rows of every list of tickets on the page, by the titles of their columns, as a reader sees them."""
    return [rows_of(table) for table in re.findall(r"<table class='list'>(.*?)</table>", page_html(app))]


def rows_of(table: str) -> list[dict[str, str]]:
    lines = [
        [unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line)]
        for line in re.findall(r"<tr>(.*?)</tr>", table)
    ]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def frame_is_there(app: AppTest) -> bool:
    """Whether the frame ran: only it draws the choice of languages."""
    return any(box.key == "lang" for box in app.selectbox)


def counted(folder: Path, policy: str, monday: str, metric: str = "first_response") -> tuple[int, int]:
    """Met and decided clocks that fell due in a week, counted over `clocks` with nothing of the reports."""
    path = store.current(folder)
    assert path is not None
    with store.open_snapshot(path).cursor() as cursor:
        row = cursor.execute(
            """
            select count(*) filter (c.outcome = 'met'), count(*) filter (c.outcome in ('met', 'breached'))
            from clocks c
            cross join (select any_value(reporting_timezone) as zone from policy_versions where policy = $policy)
            where c.policy = $policy and c.metric = $metric
                and $monday::date = date_trunc(
                    'week', coalesce(c.due_at, c.started_at) at time zone 'UTC' at time zone zone
                )
            """,
            {"policy": policy, "metric": metric, "monday": monday},
        ).fetchone()
    assert row is not None
    return row


@pytest.mark.parametrize(
    ("policy", "week"),
    [("vodlix", "2026-10-05"), ("vodlix", "2026-10-26"), ("liveagent", "2026-10-12"), ("zoom", "2026-11-16")],
)
def test_numbers_on_the_page_are_those_of_the_clocks(opened: Open, sample: Path, policy: str, week: str) -> None:
    met, decided = counted(sample, policy, week)
    assert decided >= 10
    app = opened(sample, policy=policy, week=week, metric="first_response")
    share = words("en").percent(met / decided)
    assert f"{share} of first responses in time ({met} of {decided})" in lead_of(app)
    html = re.sub(r"</?a\b[^>]*>", "", page_html(app))
    assert f"<p class='number'>{share}</p><p class='counts'>{met} of {decided} in time</p>" in html
    # the total of the matrix says the same, and the table of breaches holds the difference
    assert html.rpartition("<b>")[2].startswith((share, f"✕ {share}"))
    assert len(tables_of(app)[0]) == decided - met


def test_the_table_of_breaches_has_the_latest_first_and_names_whose_it_was(opened: Open, desk: Path) -> None:
    table = tables_of(opened(desk, policy="desk", week="2026-01-05"))[0]
    # late by 3602, 3601 and 3600 s
    assert [(row["Ticket"], row["Late by"]) for row in table] == [("L2", "1 h"), ("L1", "1 h"), ("L0", "1 h")]
    assert {tuple(row[title] for title in ("Account", "Agent", "Team", "Severity", "Plan")) for row in table} == {
        ("X", "bob", "Blue", "High", "Plan A")
    }


def test_what_falls_due_next_has_the_time_left(opened: Open, desk: Path) -> None:
    table = tables_of(opened(desk, policy="desk", week="2026-01-05"))[1]
    assert [(row["Ticket"], row["Time left"]) for row in table] == [("R0", "40 min"), ("R1", "50 min")]


def test_the_first_week_shown_is_the_last_whole_one_and_stands_in_the_link(opened: Open, desk: Path) -> None:
    app = opened(desk)
    assert "Week 2: 75.0% of first responses in time (9 of 12)" in lead_of(app)
    assert app.query_params == {
        "lang": "en",
        "policy": "desk",
        "period": "week",
        "week": "2026-01-05",
        "default_metric": "first_response",
    }


def test_the_week_is_that_of_what_the_filters_let_through(opened: Open, desk: Path) -> None:
    # three late ones of team Blue, nine met ones of team Red; of the running ones one is of account Y
    app = opened(desk, policy="desk", week="2026-01-05", team="Blue")
    assert "0 of 3 first responses in time" in lead_of(app)
    assert [row["Ticket"] for row in tables_of(app)[0]] == ["L2", "L1", "L0"]
    app = opened(desk, policy="desk", week="2026-01-05", account="Y")
    assert "9 of 9 first responses in time" in lead_of(app)
    assert "Nothing broke in this week." in page_text(app)
    assert [row["Ticket"] for row in tables_of(app)[0]] == ["R1"]


def test_a_number_leads_to_the_breached_clocks_behind_it(opened: Open, desk: Path) -> None:
    html = page_html(opened(desk, policy="desk", period="month", month="2026-01-01", team="Blue"))
    assert "breaches?" not in html  # the month ends in the week of 26 January, in which nothing broke
    html = page_html(opened(desk, policy="desk", week="2026-01-05", team="Blue"))
    of_week = "breaches?lang=en&amp;period=week&amp;week=2026-01-05&amp;policy=desk"
    of_metric = "&amp;team=Blue&amp;metric=first_response&amp;show=breached"
    assert f"class='number words'><a href='{of_week}{of_metric}' target='_self'>0 of 3 in time</a>" in html
    assert f"<a href='{of_week}{of_metric}&amp;severity=1&amp;plan=A' target='_self'>0 of 3</a>" in html


def test_numbers_without_a_breach_lead_to_all_their_clocks(opened: Open, desk: Path) -> None:
    html = page_html(opened(desk, policy="desk", week="2026-01-05"))
    page = "attainment?lang=en&amp;period=week&amp;week=2026-01-05&amp;policy=desk&amp;metric="
    assert f"{page}first_response&amp;cell_severity=2&amp;cell_plan=B' target='_self'>9 of 9</a>" in html
    bare = page_html(opened(desk, policy="bare", week="2026-01-12"))
    assert "policy=bare&amp;metric=first_response' target='_self'>half ended within 20 min</a>" in bare
    empty = page_html(opened(desk, policy="desk", period="dates", **{"from": "2025-01-01", "to": "2025-01-02"}))
    assert "attainment?" not in empty


@pytest.mark.parametrize(
    ("chart", "mark", "told", "where"),
    [
        ("trend", ["2026-09-28"], "Tickets of Week 40", "day between '2026-09-28' and '2026-10-04'"),
        ("standouts", ["account", "V07"], "Breached clocks: Account ", "account = 'V07'"),
        ("standouts", ["plan", "Enterprise T3"], "Breached clocks: Plan Enterprise T3", "plan = 'Enterprise T3'"),
        ("standouts", ["weekday", "2"], "Breached clocks: Due on Tuesday", "isodow(day) = 2"),
        ("standouts", ["team", "Lisbon"], "Breached clocks: Team Lisbon", "team = 'Lisbon'"),
        ("standouts", ["severity", "critical"], "Breached clocks: Severity Critical", "severity = 'critical'"),
    ],
)
def test_a_mark_that_is_chosen_leads_to_its_clocks(
    opened: Open, sample: Path, monkeypatch: pytest.MonkeyPatch, chart: str, mark: list[str], told: str, where: str
) -> None:
    draw, drawn = blocks.chosen_mark, list[list[str]]()

    def chosen(drawing: Drawing, key: str, place: str | None = None) -> object:
        if not key.startswith(chart):
            return draw(drawing, key, place)
        drawn.extend(list(one) for trace in drawing.figure.data for one in (trace.customdata or ()))
        return tuple(mark)

    monkeypatch.setattr(blocks, "chosen_mark", chosen)
    app = opened(sample, policy="vodlix", week="2026-10-05", metric="first_response")
    assert mark in drawn
    path = store.current(sample)
    assert path is not None
    week = "" if chart == "trend" else "and outcome = 'breached' and day between '2026-10-05' and '2026-10-11'"
    with store.open_snapshot(path).cursor() as cursor:
        row = cursor.execute(
            f"""
            with counted as (
                select *, timezone(zone, timezone('UTC', coalesce(due_at, started_at)))::date as day
                from clocks
                cross join (select any_value(reporting_timezone) as zone from policy_versions where policy = 'vodlix')
                where policy = 'vodlix' and metric = 'first_response'
            )
            select count(*) from counted where {where} {week}
            """
        ).fetchone()
    assert row is not None
    assert row[0] > 10
    listed = page_html(app).partition(f"<h3 class='under'>{told}")[2]
    assert re.match(rf"[^<]*</h3>.*?>{row[0]} (clocks|breached)", listed), listed[:300]


def test_a_link_that_names_nothing_known_shows_the_default(opened: Open, desk: Path) -> None:
    app = opened(desk, policy="nobody", week="2026-01-06", metric="speed", lang="tlh")
    assert "Week 2" in lead_of(app)
    assert app.query_params["week"] == "2026-01-05"


def test_another_week_can_be_chosen(opened: Open, desk: Path) -> None:
    app = opened(desk)
    app.selectbox(key="week").select("2025-12-29").run()
    assert "Week 1: 100.0% of first responses in time (10 of 10)" in lead_of(app)
    assert frame_is_there(app)


def test_a_choice_survives_a_change_of_language(opened: Open, desk: Path) -> None:
    app = opened(desk, week="2025-12-29")
    app.selectbox(key="lang").select("pt-BR").run()
    assert "Semana 1: 100,0% das primeiras respostas no prazo (10 de 10)" in lead_of(app)
    app.selectbox(key="policy").select("bare").run()
    app.selectbox(key="policy").select("desk").run()
    assert frame_is_there(app)


def test_fewer_than_ten_are_not_judged(opened: Open, desk: Path) -> None:
    app = opened(desk, policy="desk", week="2026-01-12")
    assert "1 of 1 first responses in time, fewer than ten are decided, too few to judge" in lead_of(app)
    assert "2 clocks are still running" in lead_of(app)
    assert "The week is not over" in page_text(app)
    assert not re.search(r"class='number'>[\d.]+%", page_html(app))


def test_a_week_without_clocks_says_so(opened: Open, sample: Path) -> None:
    # the other policy's clocks reach further back than this one's next responses
    app = opened(sample, policy="liveagent", week="2026-05-18", metric="next_response")
    met, decided = counted(sample, "liveagent", "2026-05-18", "next_response")
    expected = "no next responses fell due" if decided == 0 else f"{met} of {decided}"
    assert expected in lead_of(app)


def test_an_empty_week_has_words_and_no_percentage(opened: Open, tmp_path: Path) -> None:
    from tests.store import small_desk

    folder = small_desk.build_small_desk(tmp_path, also=small_desk.AN_EARLY_TICKET)
    app = opened(folder, policy="desk", week="2025-12-22")
    text = page_text(app)
    assert "Week 52: no first responses fell due." in text
    assert "Nothing broke in this week." in text
    assert words("en")("matrix.nothing") in text
    assert "NaN" not in text
    assert "0.0%" not in text


def test_thirteen_weeks_without_a_verdict_are_told_in_words(opened: Open, sample: Path) -> None:
    app = opened(sample, policy="vodlix", period="dates", **{"from": "2026-01-05", "to": "2026-01-06"})
    assert "First response: no clock was decided in the 13 weeks to week 2." in page_text(app)
    assert not app.get("plotly_chart")


def test_a_policy_without_targets_shows_waits_and_no_percentage(opened: Open, desk: Path) -> None:
    app = opened(desk, policy="bare", week="2026-01-12")
    text = page_text(app)
    assert "this policy sets no target for first responses" in text
    # 600 s and 1200 s answered, 900 s and 1800 s not: the median is 1200 s, the ninetieth percentile not reached
    assert "4 tickets began to wait, 2 have ended" in text
    assert "half ended within 20 min" in text
    assert "one in ten more than 30 min" in text
    assert "%" not in text
    assert not tables_of(app)


def test_next_responses_without_messages_are_not_in_this_export(opened: Open, tmp_path: Path) -> None:
    from tests.store import small_desk

    folder = small_desk.build_small_desk(tmp_path, with_events=False)
    assert "not in this export" in page_text(opened(folder, policy="desk"))


@pytest.mark.parametrize("policy", ["desk", "bare"])
def test_the_page_says_which_history_the_export_lacks(opened: Open, tmp_path: Path, desk: Path, policy: str) -> None:
    from tests.store import small_desk

    said = ("no messages for", "no status changes for", "no changes of severity or plan for")
    with_messages = page_text(opened(desk, policy=policy))
    assert [text in with_messages for text in said] == [False, True, True]
    without = page_text(opened(small_desk.build_small_desk(tmp_path, with_events=False), policy=policy))
    assert [text in without for text in said] == [True, True, True]


def test_the_page_of_an_export_with_its_whole_history_says_nothing_of_it(opened: Open, sample: Path) -> None:
    assert "The export has no" not in page_text(opened(sample, policy="vodlix", week="2026-10-05"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_page(opened: Open, sample: Path, language: str) -> None:
    app = opened(sample, lang=language, policy="vodlix", week="2026-10-05")
    spoken = words(language)
    html = page_html(app)
    for key in ("trend.title", "standouts.title", "matrix.title", "breaches.title", "due.title"):
        assert spoken(key) in html
    assert f"dir='{'rtl' if language == 'ar' else 'ltr'}' lang='{language}'" in html
    assert [box.key for box in app.selectbox] == ["lang", "policy", "period", "week", "metric"]
    assert app.selectbox(key="lang").options == list(OWN_NAMES.values())
    met, decided = counted(sample, "vodlix", "2026-10-05")
    assert spoken.percent(met / decided) in html
    assert len(app.get("plotly_chart")) == 2
    others = {
        key
        for key in ("trend.title", "matrix.title")
        for other in LANGUAGES
        if other != language and words(other)(key) in html
    }
    assert others == set()


def test_arabic_tables_begin_at_the_right(opened: Open, desk: Path) -> None:
    app = opened(desk, policy="desk", lang="ar")
    holding = [block.value for block in app.html if "<table class='list'>" in block.value]
    assert [block.startswith("<div class='sla' dir='rtl' lang='ar'>") for block in holding] == [True, True]
    assert next(iter(tables_of(app)[0][0])) == words("ar")("column.ticket")  # the first is the one at the right


def test_charts_say_their_finding(opened: Open, sample: Path) -> None:
    charts = opened(sample, policy="vodlix", week="2026-10-05").get("plotly_chart")
    assert "in week 41" in charts[0].proto.alt
    assert "breaches" in charts[1].proto.alt


def test_plans_left_out_of_the_matrix_are_said_to_be(opened: Open, desk: Path) -> None:
    # in the week of 29 December every ticket is of plan A, in the next one some are of plan B
    one, both = (page_text(opened(desk, policy="desk", week=week)) for week in ("2025-12-29", "2026-01-05"))
    assert ("Plans without clocks in this week are left out." in one, "Plan B" in one) == (True, False)
    assert ("Plans without clocks in this week are left out." in both, "Plan B" in both) == (False, True)


def test_text_of_tickets_is_shown_as_text(opened: Open, desk: Path) -> None:
    app = opened(desk, policy="desk", week="2026-01-12")
    assert HOSTILE in [row["Account"] for row in tables_of(app)[0]]
    assert "<img" not in page_html(app)
    assert not app.markdown
