"""The page on breaches: its numbers are those of `clocks`, everything in the link, due times in the reader's zone."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from sla import store
from sla.ui import breaches, tables
from sla.words import LANGUAGES, words
from tests.store.desk_at_risk import SUBJECT, WEEK, build_desk_at_risk
from tests.store.small_desk import HOSTILE
from tests.ui.test_weekly_page import lead_of, page_html, page_text, tables_of

Open = Callable[..., AppTest]
IN_WEEK = {"policy": "desk", "week": WEEK}


@pytest.fixture(scope="session")
def risky(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_desk_at_risk(tmp_path_factory.mktemp("risk"))


@pytest.fixture
def shown(opened: Open) -> Open:
    """Opens the page with the given query alone, not with what the page that opens first wrote to the link."""

    def _open(folder: Path, **query: str) -> AppTest:
        app = opened(folder, **query)
        app.query_params.clear()
        app.switch_page("pages/breaches.py")
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception, app.exception
        return app

    return _open


def counted(folder: Path, policy: str, first_on: str, last_on: str) -> dict[str, int]:
    """Decided and breached clocks of a period, and breached ones still open, counted over `clocks` alone."""
    path = store.current(folder)
    assert path is not None
    with store.open_snapshot(path).cursor() as cursor:
        row = cursor.execute(
            """
            select
                count(*) filter (c.outcome in ('met', 'breached')) as decided,
                count(*) filter (c.outcome = 'breached') as breached,
                count(*) filter (c.outcome = 'breached' and c.is_open) as open,
            from clocks c
            cross join (select any_value(reporting_timezone) as zone from policy_versions where policy = $policy)
            where c.policy = $policy
                and (coalesce(c.due_at, c.started_at) at time zone 'UTC' at time zone zone)::date
                    between $first_on::date and $last_on::date
            """,
            {"policy": policy, "first_on": first_on, "last_on": last_on},
        ).fetchone()
    assert row is not None
    return dict(zip(("decided", "breached", "open"), row, strict=True))


@pytest.mark.parametrize("policy", ["vodlix", "liveagent", "zoom"])
def test_the_answer_counts_the_clocks_of_the_period(shown: Open, sample: Path, policy: str) -> None:
    counts = counted(sample, policy, "2026-10-01", "2026-10-31")
    assert counts["breached"] > 1
    app = shown(sample, policy=policy, period="month", month="2026-10-01")
    assert f"October 2026: {counts['breached']} of {counts['decided']} decided clocks were breached" in lead_of(app)
    assert f"{counts['breached']} breached clocks found, {counts['open']} still open." in page_text(app)
    for dimension in ("severity", "team"):  # of which the sample's breached clocks have few values, and no rest
        section = re.search(f"<h3>{words('en')(f'clusters.{dimension}')}</h3><ul>(.*?)</ul>", page_html(app))
        assert section
        numbers = re.findall(r"class='counts'>([\d,]+) of", section[1])
        assert sum(int(number.replace(",", "")) for number in numbers) == counts["breached"]


def test_first_is_said_what_was_breached_what_is_open_and_what_is_urgent(shown: Open, risky: Path) -> None:
    assert lead_of(shown(risky, **IN_WEEK)) == (
        "Week 3 · 12–18 Jan 2026: 3 of 6 decided clocks were breached, 1 of them is still open. 14 clocks are running, "
        "1 of them is over 90% of its target, the next falls due 14 Jan 2026, 12:05 (UTC)."
    )


def test_the_list_says_how_late_whose_which_account_and_clause_and_what_is_open(shown: Open, risky: Path) -> None:
    rows = tables_of(shown(risky, **IN_WEEK))[0]
    assert [row["Ticket"] for row in rows] == ["B0", "B1", "B2"]
    columns = ("Subject", "Late by", "State", "Account", "Whose", "Team", "Clause", "Fell due", "Calendar")
    assert tuple(rows[1][column] for column in columns) == (
        SUBJECT,
        "30 min",
        "ended Mon 12 Jan 10:30",
        "Ação e Irmãos",
        "Agent One",
        "Blue",
        "We answer within an hour.",
        "Mon 12 Jan 10:00",
        "around the clock",
    )
    assert [row["State"] for row in rows][::2] == ["still open", "solved without a reply Mon 12 Jan 11:00"]


def test_each_row_leads_to_its_ticket(shown: Open, risky: Path) -> None:
    html = page_html(shown(risky, **IN_WEEK))
    address = "ticket?lang=en&amp;period=week&amp;week=2026-01-12&amp;policy=desk&amp;ticket=B1"
    assert f"<a href='{address}' target='_self'><bdi>B1</bdi></a>" in html


def test_a_clock_stays_in_the_period_in_which_it_fell_due(shown: Open, risky: Path) -> None:
    app = shown(risky, policy="desk", period="dates", **{"from": "2026-01-12", "to": "2026-01-12"})
    # B0, which fell due on Wednesday, is not among Monday's
    assert [row["Ticket"] for row in tables_of(app)[0]] == ["B1", "B2"]
    assert "is listed in the period in which it fell due, and stays there" in page_text(app)


def test_a_link_sets_search_order_what_is_shown_and_the_band(shown: Open, risky: Path) -> None:
    link = {"search": "acao", "sort": "oldest", "band": "standing", "order": "used"}
    app = shown(risky, **IN_WEEK, **link)
    late, running = tables_of(app)
    assert [row["Ticket"] for row in late] == ["B1", "B0"]
    assert [(row["Ticket"], row["Due"]) for row in running] == [("P0", "stands still")]
    assert {name: app.query_params[name] for name in link} == link
    app = shown(risky, **IN_WEEK, show="open", metric="first_response", severity="1")
    assert [row["Ticket"] for row in tables_of(app)[0]] == ["B0"]


def test_the_search_box_finds_in_both_lists_and_stands_in_the_link(shown: Open, risky: Path) -> None:
    app = shown(risky, **IN_WEEK)
    app.text_input(key="search").set_value("  nobody ").run()
    assert not app.exception
    assert [[row["Ticket"] for row in rows] for rows in tables_of(app)] == [["B0"], ["B0"]]
    assert app.query_params["search"] == "nobody"
    app.text_input(key="search").set_value("no such thing").run()
    assert "No breached clock of this period fits the search." in page_text(app)
    assert "No running clock fits." in page_text(app)
    app.text_input(key="search").set_value("").run()
    assert len(tables_of(app)[0]) == 3
    assert "search" not in app.query_params


@pytest.mark.parametrize(
    ("band", "tickets"),
    [("over_90", ["S3241"]), ("over_75", ["S3240", "S2701"]), ("over_50", ["S2700", "S1801"])],
)
def test_a_band_lists_its_clocks(shown: Open, risky: Path, band: str, tickets: list[str]) -> None:
    assert [row["Ticket"] for row in tables_of(shown(risky, **IN_WEEK, band=band))[1]] == tickets


def test_the_file_holds_everything_found_also_what_is_not_shown(
    shown: Open, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: dict[str, Callable[[], bytes]] = {}

    def keep(label: str, data: Callable[[], bytes], key: str, **other: Any) -> None:
        files[key] = data

    monkeypatch.setattr(st, "download_button", keep)
    for module in (tables, breaches):  # the sample's fullest quarter has fewer than the page's fifty
        monkeypatch.setattr(module, "MOST_ROWS", 20)
    counts = counted(sample, "vodlix", "2026-07-01", "2026-09-30")
    app = shown(sample, policy="vodlix", period="quarter", quarter="2026-07-01")
    assert len(tables_of(app)[0]) == 20 < counts["breached"]
    assert f"Shown: the first 20 of {counts['breached']}." in page_text(app)
    rows = list(csv.DictReader(io.StringIO(files["breached file"]().decode("utf-8-sig"))))
    assert len(rows) == counts["breached"]
    assert {"ticket_id", "subject", "late_s", "clause", "due_local", "agent"} <= set(rows[0])


def test_due_times_are_in_the_readers_zone_where_the_browser_tells_it(
    shown: Open, risky: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def first(zone: str | None) -> tuple[str, str]:
        monkeypatch.setattr(ContextProxy, "timezone", property(lambda self: zone))
        app = shown(risky, **IN_WEEK, band="over_90")
        said = re.findall(r"Due times are [^<]*", page_html(app))
        return tables_of(app)[1][0]["Due"], said[0]

    assert first("Asia/Tokyo") == ("Wed 14 Jan 21:05", "Due times are in your browser’s time zone: Tokyo time.")
    assert first(None) == ("Wed 14 Jan 12:05", "Due times are UTC.")
    assert first("../../etc/passwd") == ("Wed 14 Jan 12:05", "Due times are UTC.")


def test_a_name_in_a_cluster_leads_to_its_clocks(shown: Open, risky: Path) -> None:
    html = page_html(shown(risky, **IN_WEEK, metric="first_response"))
    address = "breaches?lang=en&amp;period=week&amp;week=2026-01-12&amp;policy=desk"
    assert f"<a href='{address}&amp;metric=first_response&amp;show=breached&amp;team=Blue' target='_self'>" in html
    # one that is chosen already leads nowhere new
    assert "show=breached&amp;team" not in page_html(shown(risky, **IN_WEEK, team="Blue"))


def test_a_period_without_breaches_says_so(shown: Open, desk: Path) -> None:
    app = shown(desk, policy="desk", week="2025-12-29")
    assert "none of the decided clocks (10) was breached" in lead_of(app)
    assert "Nothing was breached in this period." in page_text(app)
    assert words("en")("clusters.title") not in page_text(app)
    empty = shown(desk, policy="desk", period="dates", **{"from": "2025-01-01", "to": "2025-01-02"})
    assert "no clocks were decided" in lead_of(empty)
    assert "NaN" not in page_text(empty)


def test_one_account_has_its_own_breaches_and_its_own_risks(shown: Open, risky: Path) -> None:
    app = shown(risky, **IN_WEEK, account="acao")
    assert [[row["Ticket"] for row in rows] for rows in tables_of(app)] == [["B0", "B1"], ["B0", "P0"]]


def test_nothing_promised_lists_the_longest_waits(shown: Open, risky: Path) -> None:
    app = shown(risky, policy="bare", week=WEEK)
    assert "sets no target, so nothing can be breached. 2 waits, 1 still open." in lead_of(app)
    assert [(row["Ticket"], row["Waited"], row["State"]) for row in tables_of(app)[0]] == [
        ("W0", "2 h", "still open"),
        ("W1", "10 min", "ended Wed 14 Jan 08:10"),
    ]
    assert "%" not in page_text(app)
    assert not app.get("plotly_chart")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_page(shown: Open, risky: Path, language: str) -> None:
    app = shown(risky, **IN_WEEK, lang=language)
    html, spoken = page_html(app), words(language)
    for key in ("breached.title", "clusters.title", "at_risk.title"):
        assert spoken(key) in html
    assert f"dir='{'rtl' if language == 'ar' else 'ltr'}' lang='{language}'" in html
    # the Arabic text of the document is missing, its English one stands in
    clause = "Respondemos em uma hora." if language == "pt-BR" else "We answer within an hour."
    assert clause in html
    assert "{" not in page_text(app)
    assert app.get("plotly_chart")[0].proto.alt


def test_text_of_tickets_is_shown_as_text(shown: Open, risky: Path, desk: Path) -> None:
    assert SUBJECT in [row["Subject"] for row in tables_of(shown(risky, **IN_WEEK))[0]]
    app = shown(desk, policy="desk", week="2026-01-12", search="img src")
    assert HOSTILE in [row["Account"] for row in tables_of(app)[0]]
    assert "<img" not in page_html(app)
    assert not app.markdown
