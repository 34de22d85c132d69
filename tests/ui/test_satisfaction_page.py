"""The page on satisfaction: its numbers are those of the ratings, comments stand as written, gaps are said in words."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from sla import snapshot, store
from sla.ui import blocks
from sla.words import LANGUAGES, words
from tests.store.rated_desk import build_rated_desk
from tests.store.small_desk import AS_OF, HOSTILE, POLICIES

Open = Callable[..., AppTest]
CHOSEN = {"policy": "desk", "period": "week", "week": "2026-01-05"}
LAST = CHOSEN | {"week": "2026-01-12"}


@pytest.fixture(scope="module")
def rated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_rated_desk(tmp_path_factory.mktemp("rated"))


@pytest.fixture
def shown(opened: Open) -> Iterator[Open]:
    """Opens the page on satisfaction with the given query."""

    def _open(folder: Path, **query: str) -> AppTest:
        app = opened(folder, **query)
        app.switch_page("pages/satisfaction.py").run()
        assert not app.exception, app.exception
        return app

    yield _open
    st.cache_data.clear()


def page_html(app: AppTest) -> str:
    """All blocks of the page, but for its style and the marks that keep Arabic in order; blanks are plain."""
    shown = "".join(block.value for block in app.html if "<style>" not in block.value)
    return re.sub("[\u2066-\u2069]", "", shown).replace("\u00a0", " ")


def page_text(app: AppTest) -> str:
    return unescape(re.sub(r"<[^>]+>", "\n", page_html(app)))


def lead_of(app: AppTest) -> str:
    found = re.search(r"<h1 class='lead'>(.*?)</h1>", page_html(app))
    assert found
    return unescape(found[1])


def quotes_of(app: AppTest) -> list[str]:
    return [unescape(quote) for quote in re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", page_html(app))]


def parts_of(app: AppTest) -> dict[str, list[str]]:
    """The cells of the table of shares by the name of their row."""
    table = re.search(r"<table class='list shares'>.*?<tbody>(.*?)</tbody>", page_html(app))
    assert table
    lines = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line) for line in re.findall(r"<tr>(.*?)</tr>", table[1])]
    plain = [[unescape(re.sub(r"<[^>]+>", "", cell)) for cell in line] for line in lines]
    return {line[0]: line[1:] for line in plain}


def counted(folder: Path, policy: str, first_on: date, last_on: date) -> tuple[int, int, int]:
    """Positive answers, answers and surveys, counted over the ratings one by one, with nothing of the reports."""
    path = store.current(folder)
    assert path is not None
    with store.open_snapshot(path).cursor() as cursor:
        ratings = cursor.execute("select ticket_no, rated_at, score, scale_min, scale_max, offered_at from ratings")
        rows = ratings.fetchall()
        left_out = cursor.execute(
            "select ticket_no from clock_facts where reason in ('merged', 'excluded_status', 'duplicate')"
        ).fetchall()
        tickets = cursor.execute("select ticket_no from clock_facts where policy = $policy", {"policy": policy})
        kept = {number for (number,) in tickets.fetchall()} - {number for (number,) in left_out}
        zones = "select reporting_timezone from policy_versions where policy = $policy"
        zone: Any = cursor.execute(zones, {"policy": policy}).fetchall()[0][0]
    last: dict[int, tuple[Any, ...]] = {}
    for row in sorted(rows, key=lambda row: (row[2] is not None, row[1] or row[5])):
        last[row[0]] = row
    positive = answers = surveys = 0
    for number, rated_at, score, low, high, offered_at in last.values():
        at = (rated_at if score is not None else offered_at).replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
        if number in kept and first_on <= at.date() <= last_on:
            surveys += 1
            answers += score is not None
            positive += score is not None and score >= low + 0.75 * (high - low)
    return positive, answers, surveys


@pytest.mark.parametrize(
    ("policy", "query", "first_on", "last_on"),
    [
        ("vodlix", {"period": "month", "month": "2026-10-01"}, date(2026, 10, 1), date(2026, 10, 31)),
        ("zoom", {"period": "quarter", "quarter": "2026-07-01"}, date(2026, 7, 1), date(2026, 9, 30)),
        ("liveagent", {"period": "month", "month": "2026-09-01"}, date(2026, 9, 1), date(2026, 9, 30)),
        ("hosting", {"period": "month", "month": "2026-08-01"}, date(2026, 8, 1), date(2026, 8, 31)),
    ],
)
def test_numbers_on_the_page_are_those_of_the_ratings(
    shown: Open, sample: Path, policy: str, query: dict[str, str], first_on: date, last_on: date
) -> None:
    positive, answers, surveys = counted(sample, policy, first_on, last_on)
    assert answers >= 10
    app = shown(sample, policy=policy, **query)
    share, response = (words("en").percent(part / of) for part, of in ((positive, answers), (answers, surveys)))
    assert f"{share} of answers were positive ({positive} of {answers})" in lead_of(app)
    assert f"{response} of surveys were answered ({answers} of {surveys})." in lead_of(app)
    # the parts, here by severity, add up to the whole
    offered = [int(cells[-1].rpartition(" of ")[2].strip(")")) for cells in parts_of(app).values()]
    assert sum(offered) == surveys


def test_the_answer_compares_with_the_week_before_and_says_whether_that_is_chance(shown: Open, rated: Path) -> None:
    app = shown(rated, **CHOSEN)
    assert lead_of(app) == (
        "Week 2: 72.7% of answers were positive (16 of 22), 27.3 points down on week 1, no more than chance explains. "
        "81.5% of surveys were answered (22 of 27)."
    )


def test_formula_and_scale_are_in_sight(shown: Open, rated: Path) -> None:
    text = page_text(shown(rated, **CHOSEN))
    assert "Score = positive answers ÷ answers." in text
    assert "three quarters of its scale: from 4 on 1 to 5." in text
    assert "Response rate = answers ÷ surveys offered" in text
    assert "1 answer is left out" in text  # of the merged ticket


def test_several_scales_are_named_and_have_no_mean(shown: Open, rated: Path) -> None:
    text = page_text(shown(rated, **LAST))
    assert "from 8 on 0 to 10 and from 1 on 0 to 1" in text
    assert "These answers are on 2 scales." in text
    assert "Answers on several scales have no mean." in text
    assert "Week 3: 2 of 3 answers positive, fewer than ten, too few to judge." in text


def test_one_scale_has_its_mean(shown: Open, rated: Path) -> None:
    assert ">4</a></p><p class='counts'>on a scale of 1 to 5</p>" in page_html(shown(rated, **CHOSEN))


def test_tickets_that_met_their_targets_stand_beside_those_that_did_not(shown: Open, rated: Path) -> None:
    app = shown(rated, **CHOSEN)
    assert "100.0% of answers are positive where the ticket met its targets, 40.0% where it did not" in page_text(app)
    assert "60.0 points more" in page_text(app)
    assert "more than chance explains" in page_text(app)


@pytest.mark.parametrize(
    ("dimension", "first", "second"),
    [("severity", "High", "Low"), ("plan", "Plan A", "Plan B"), ("team", "Blue", "Red"), ("account", "X", "Y")],
)
def test_each_part_has_its_score_and_response_rate(
    shown: Open, rated: Path, dimension: str, first: str, second: str
) -> None:
    parts = parts_of(shown(rated, **CHOSEN, rated_by=dimension))
    assert parts == {
        first: ["100.0% (12 of 12)", "", "100.0% (12 of 12)"],
        second: ["40.0% (4 of 10)", "", "66.7% (10 of 15)"],
    }


def test_weeks_are_a_part_too_the_newest_first(shown: Open, rated: Path) -> None:
    parts = parts_of(shown(rated, **LAST, rated_by="week"))
    assert [name.split(" · ")[0] for name in parts] == ["Week 3", "Week 2", "Week 1"]
    assert next(iter(parts.values())) == ["2 of 3 positive, too few to judge", "", "3 of 3"]


def test_a_part_leads_to_its_own_page(shown: Open, rated: Path) -> None:
    app = shown(rated, **CHOSEN, rated_by="account")
    assert "satisfaction?lang=en&amp;period=week&amp;week=2026-01-05&amp;policy=desk&amp;account=Y" in page_html(app)
    assert "Week 2: 40.0% of answers were positive (4 of 10)" in lead_of(shown(rated, **CHOSEN, account="Y"))


def test_comments_stand_as_written_each_in_its_own_direction(shown: Open, rated: Path) -> None:
    app = shown(rated, **CHOSEN)
    assert set(quotes_of(app)) == {
        "Rápido e claro",
        "شُكْرًا جزيلا",
        HOSTILE,
        "Tive de explicar três vezes",
        "In the end it worked, after three days",
    }
    assert "<img" not in page_html(app)
    assert set(re.findall(r"<blockquote ([^>]*)>", page_html(app))) == {"dir='auto' lang=''"}
    assert "ticket?lang=en&amp;period=week&amp;week=2026-01-05&amp;policy=desk&amp;ticket=P1" in page_html(app)


def test_comments_can_be_searched_and_the_search_stands_in_the_link(shown: Open, rated: Path) -> None:
    app = shown(rated, **CHOSEN)
    app.text_input(key="search of comments").set_value("TRES vezes").run()
    assert quotes_of(app) == ["Tive de explicar três vezes"]
    assert app.query_params["search"] == "TRES vezes"
    app.text_input(key="search of comments").set_value("nothing like it").run()
    assert "No comment of this period is like that." in page_text(app)
    app.text_input(key="search of comments").set_value("").run()
    assert len(quotes_of(app)) == 5
    assert "search" not in app.query_params


def test_answers_are_picked_by_what_they_say_and_by_targets(shown: Open, rated: Path) -> None:
    app = shown(rated, **CHOSEN)
    app.selectbox(key="rated").select("negative").run()
    assert len(quotes_of(app)) == 2
    app.selectbox(key="rated").select("positive").run()
    app.selectbox(key="kept").select("breached").run()
    assert quotes_of(app) == ["In the end it worked, after three days"]
    app.selectbox(key="written").select("all").run()
    assert page_html(app).count("No comment") == 3
    assert (app.query_params["rated"], app.query_params["kept"]) == ("positive", "breached")


def test_a_period_without_surveys_says_so(shown: Open, rated: Path) -> None:
    app = shown(rated, **CHOSEN | {"week": "2025-12-22"})
    assert "Week 52: no survey was offered or answered." in lead_of(app)
    text = page_text(app)
    assert "no answers" in text
    assert "No survey was offered in this period." in text
    assert "Nobody gave a score in this period." in text
    assert "No survey was offered in the 13 weeks to week 52." in text
    assert not app.get("plotly_chart")
    assert "nan" not in text.lower().split()


def test_a_policy_without_ratings_and_an_export_without_any_say_so(shown: Open, rated: Path, desk: Path) -> None:
    assert lead_of(shown(rated, policy="bare")) == "No ticket of No promise was offered a survey or rated."
    app = shown(desk, policy="desk")
    assert lead_of(app) == "This export has no ratings, so satisfaction cannot be told."
    assert "Score = positive answers ÷ answers." in page_text(app)


def test_ratings_that_are_all_later_than_now_are_told_of(shown: Open, tmp_path: Path) -> None:
    (tmp_path / "desk.toml").write_text(POLICIES["desk"], "utf-8")
    (tmp_path / "tickets.csv").write_text("ticket_id,created_at,policy\nA,2026-01-12T09:00:00Z,desk\n", "utf-8")
    later = "ticket_id,rated_at,score,scale_min,scale_max\nA,2026-01-15T09:00:00Z,5,1,5\n"
    (tmp_path / "ratings.csv").write_text(later, "utf-8")
    files = [tmp_path / "tickets.csv", tmp_path / "ratings.csv"]
    snapshot.build(files, policies=tmp_path, out=tmp_path / "out", as_of=AS_OF)
    app = shown(tmp_path / "out", policy="desk")
    assert lead_of(app).startswith("Every rating in this export was given after 14 Jan 2026, 12:00 (UTC)")
    assert "1 ticket has a rating that was given after “now”" in page_text(app)


def test_where_nothing_is_promised_scores_stand_without_a_comparison(shown: Open, sample: Path) -> None:
    text = page_text(shown(sample, policy="hosting", period="month", month="2026-08-01"))
    assert "No answer of this period belongs to a ticket with a target that was met or missed." in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("query", [CHOSEN, LAST, CHOSEN | {"rated_by": "week", "written": "all"}])
def test_the_page_speaks_every_language(shown: Open, rated: Path, language: str, query: dict[str, str]) -> None:
    app = shown(rated, lang=language, **query)
    assert words(language)("satisfaction.answers.title") in page_text(app)
    assert words(language)("satisfaction.score") in page_text(app)


def test_a_week_of_the_chart_leads_to_its_answers(shown: Open, rated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        blocks, "chosen_mark", lambda drawing, key, *_: (CHOSEN["week"],) if key.startswith("weeks") else None
    )
    _, answers, _ = counted(rated, "desk", date(2026, 1, 5), date(2026, 1, 11))
    part = page_html(shown(rated, **LAST)).partition("<h3 class='under'>Week 2")[2].partition("<h2")[0]
    assert len(re.findall(r"<li class='(?:positive|negative)'", part)) == answers == 22
    assert len(set(re.findall(r"ticket=([^'&]+)", part))) == part.count("<li ")


def answers_under(app: AppTest, title: str) -> list[str]:
    """The tickets of the answers that are listed under a title, up to the next part of the page."""
    part = page_html(app).partition(f"<h3 class='under'>{title}")[2].partition("<h2")[0]
    return re.findall(r"<li class=.*?ticket=([^'&]+)", part)


@pytest.mark.parametrize(
    ("query", "title", "count"),
    [
        ({}, "High", 12),
        ({"rated_by": "team"}, "Red", 10),
        ({"rated_by": "account"}, "Y", 10),
        ({"rated_by": "week"}, "Week 2", 22),
    ],
)
def test_a_share_leads_to_its_answers_where_it_stands(
    shown: Open, rated: Path, query: dict[str, str], title: str, count: int
) -> None:
    closed = shown(rated, **CHOSEN, **query)
    assert not answers_under(closed, title)
    rows = re.findall(r"<tr><th scope='row'>.*?</tr>", page_html(closed))
    (row,) = [row for row in rows if re.search(rf"<th[^>]*>.*?<bdi>{title}\b", row)]
    links = [dict(parse_qsl(unescape(link).partition("?")[2])) for link in re.findall(r"href='([^']*)'", row)]
    (link,) = [link for link in links if "cell_answers" in link]
    assert len(set(answers_under(shown(rated, **link), title))) == count


def test_the_score_and_the_rate_of_answers_lead_to_the_answers_of_the_period(shown: Open, rated: Path) -> None:
    figures = re.findall(r"<article.*?</article>", page_html(shown(rated, **CHOSEN)))
    linked = [figure for figure in figures if "cell_answers=%2A" in figure]
    assert len(linked) == len(figures) == 3
    assert len(answers_under(shown(rated, **CHOSEN, cell_answers="*"), "Week 2")) == 22


@pytest.mark.parametrize(
    ("mark", "title", "count"),
    [
        (("targets", "breached"), "All targets of the ticket · ✕ missed", 10),
        ((1, 5, 2, 2), "2: 6 of 22", 6),
        ((1, 5, 4, 4), "4: 4 of 22", 4),
    ],
)
def test_a_bar_leads_to_its_answers(
    shown: Open, rated: Path, monkeypatch: pytest.MonkeyPatch, mark: tuple[Any, ...], title: str, count: int
) -> None:
    name = "scores" if len(mark) == 4 else "beside"
    monkeypatch.setattr(blocks, "chosen_mark", lambda drawing, key, *_: mark if key.startswith(name) else None)
    assert len(set(answers_under(shown(rated, **CHOSEN), title))) == count
