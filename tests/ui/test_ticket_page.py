"""The ticket page from dashboard.py: what is added up on it is `elapsed_s` of `clocks`, and all text is text."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sla import store
from sla.words import LANGUAGES, words
from tests.store.small_desk import HOSTILE
from tests.store.story_desk import build_story_desk
from tests.ui.test_weekly_page import frame_is_there, lead_of, page_html, page_text

Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def story_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_story_desk(tmp_path_factory.mktemp("story"))


@pytest.fixture
def shown(opened: Open) -> Open:
    """Opens the page of a ticket on a folder of snapshots."""

    def _open(folder: Path, ticket: str | None = None, **query: str) -> AppTest:
        app = opened(folder, **query)
        for name, value in (query | ({"ticket": ticket} if ticket is not None else {})).items():
            app.query_params[name] = value
        app.switch_page("pages/ticket.py").run()
        assert not app.exception, app.exception
        return app

    return _open


def seconds(text: str) -> int:
    hours, minutes, rest = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + int(rest)


def sums(app: AppTest) -> dict[str, tuple[int, int]]:
    """By metric and cycle: what the counted cells of the page add up to, and what its last line says."""
    found = {}
    for clock in re.findall(r"<section class='clock.*?</section>", page_html(app), flags=re.DOTALL):
        name = re.search(r"data-clock='([^']+)'", clock)
        assert name
        counted = [cell for cell in re.findall(r"<td class='counted'[^>]*>([^<]*)</td>", clock) if cell]
        elapsed = re.findall(r"<tfoot>.*<td class='total'>([^<]*)</td>", clock)
        totals = re.findall(r"<td class='total' data[^>]*>([^<]*)</td>", clock)
        assert totals[-1:] in ([], elapsed)  # the running total arrives there
        found[name[1]] = (sum(map(seconds, counted)), seconds(elapsed[0]))
    return found


def query(folder: Path, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    path = store.current(folder)
    assert path is not None
    with store.open_snapshot(path).cursor() as cursor:
        return cursor.execute(sql, values).fetchall()


def measured(folder: Path, ticket: str) -> dict[str, tuple[int, int]]:
    """The elapsed time of a ticket's clocks by metric and cycle, twice, over `clocks` alone."""
    rows = query(folder, "select metric, cycle, elapsed_s from clocks where ticket_id = ?", ticket)
    return {f"{metric} {cycle}": (elapsed, elapsed) for metric, cycle, elapsed in rows}


def test_the_longest_story_of_the_sample_is_told_in_every_language(shown: Open, sample: Path) -> None:
    ((ticket,),) = query(
        sample, "select max_by(ticket_id, n) from (select ticket_id, count(*) n from clocks group by 1)"
    )
    for language in LANGUAGES:
        app = shown(sample, ticket, lang=language)
        assert sums(app) == measured(sample, ticket)
        assert len(app.get("plotly_chart")) == 1
        for part in ("line", "clocks", "happened"):
            assert words(language)(f"ticket.part.{part}") in page_text(app)


def test_the_story_of_a_small_desk_is_the_one_on_paper(shown: Open, story_desk: Path) -> None:
    app = shown(story_desk, "S1")
    text = page_text(app)
    assert lead_of(app) == "Ticket S1: 1 clock breached, 2 clocks met."
    assert "Breached by 1 h: 2:00:00 of 1:00:00." in text
    assert "Met with 9 h to spare: 15:00:00 of 24:00:00." in text
    assert "Met with 8 h to spare: 16:00:00 of 24:00:00." in text
    assert sums(app) == {"first_response 1": (7200,) * 2, "resolution 1": (54000,) * 2, "resolution 2": (57600,) * 2}
    assert "High (opened as Low)" in text
    assert "Carried over from the cycle before" in text
    assert "Waiting on the customer (status Pending)" in text
    assert "Closed: holiday Wed 4 Mar" in text
    assert "from Mon 2 Mar 11:30:00: 1:00:00 of open time, severity High" in text
    assert "Message (before the ticket was opened: starts and stops nothing)" in text
    assert "5 on a scale from 1 to 5." in text
    assert "after the as-of instant" not in text
    assert "The desk, the version from 1 Jan 2026" in text
    assert "Times in the calendar’s own zone: Lisbon time." in text


def test_what_broke_stands_before_what_was_met(shown: Open, story_desk: Path) -> None:
    assert list(sums(shown(story_desk, "S1"))) == ["first_response 1", "resolution 1", "resolution 2"]
    assert re.findall(r"<section class='clock (\w+)'", page_html(shown(story_desk, "S1"))) == ["breached", "met", "met"]


def test_text_of_a_ticket_is_no_markup_anywhere(shown: Open, story_desk: Path) -> None:
    for language in LANGUAGES:
        html = page_html(shown(story_desk, "S1", lang=language))
        assert not re.search(r"<(img|i|b)\b(?!>[✓✕○–]</b>)", html)
        assert html.count("&lt;img src=x") == 3  # subject, account, comment
        assert "&lt;i&gt;c&lt;/i&gt;" in html


@pytest.mark.parametrize(("language", "clauses"), [("en", ["ar", "pt-BR"]), ("pt-BR", ["pt-BR"]), ("ar", ["ar"])])
def test_the_clause_stands_in_the_documents_own_language(
    shown: Open, story_desk: Path, language: str, clauses: list[str]
) -> None:
    html = page_html(shown(story_desk, "S1", lang=language))
    assert re.findall(r"<blockquote dir='auto' lang='([\w-]+)'>", html) == clauses
    assert ("Alta: em &lt;b&gt;uma&lt;/b&gt; hora." in html) == ("pt-BR" in clauses)


def test_no_ticket_asked_for_and_none_of_that_name_are_told_in_words(shown: Open, story_desk: Path) -> None:
    assert lead_of(shown(story_desk)) == "Type the number of a ticket to read its story."
    assert lead_of(shown(story_desk, "  ")) == "Type the number of a ticket to read its story."
    app = shown(story_desk, "<b>S9</b>")
    assert lead_of(app) == "This snapshot has no ticket <b>S9</b>. Numbers are read as the export writes them."
    assert frame_is_there(app)
    assert not app.get("plotly_chart")


def test_a_ticket_of_the_future_has_no_clocks_and_says_so(shown: Open, story_desk: Path) -> None:
    app = shown(story_desk, "F1")
    assert "No clock of this ticket was measured: it was created after 6 Mar 2026, 12:00" in page_text(app)
    assert sums(app) == {}


def test_a_ticket_to_which_nothing_was_promised_has_its_times_and_no_verdict(shown: Open, desk: Path) -> None:
    app = shown(desk, "W0")  # of the policy bare, answered after 600 s
    assert sums(app) == measured(desk, "W0") != {}
    assert (600, 600) in sums(app).values()
    assert lead_of(app) == "Ticket W0: 2 clocks left out."
    assert "the policy promises no time here" in page_text(app)
    assert not re.search("NaN|None|%", page_text(app))


def test_a_number_typed_stands_in_the_link(shown: Open, story_desk: Path) -> None:
    app = shown(story_desk, "S1")
    app.text_input(key="ticket").set_value(" R1 ").run()
    assert lead_of(app) == "Ticket R1: 2 clocks running."
    assert app.query_params["ticket"] in ("R1", ["R1"])
    app.text_input(key="ticket").set_value("").run()
    assert lead_of(app).startswith("Type the number")
    assert "ticket" not in app.query_params


def test_a_merged_ticket_leads_to_the_one_it_went_into(shown: Open, story_desk: Path) -> None:
    html = page_html(shown(story_desk, "M1"))
    link = re.search(r"<dd><a href='([^']+)' target='_self'>S1</a></dd>", html)
    assert link
    assert "ticket?lang=en" in unescape(link[1])
    assert "ticket=S1" in unescape(link[1])


def test_a_running_clock_says_what_is_left_and_when_it_is_due(shown: Open, story_desk: Path) -> None:
    text = page_text(shown(story_desk, "R1"))
    assert "Running, 3 h left: 1:00:00 of 4:00:00." in text
    assert "Friday, 6 March 2026, 15:00:00" in text
    assert "not yet; measured up to Friday, 6 March 2026, 12:00:00" in text


def test_hostile_text_was_in_the_export(story_desk: Path) -> None:
    assert query(story_desk, "select count(*) from tickets where subject = ?", HOSTILE) == [(1,)]
