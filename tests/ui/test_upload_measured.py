"""From files put in to pages over them: measured, looked at by this session alone, changed and taken away again."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from sla.words import LANGUAGES, words
from tests.ui.test_upload_page import choice, page_html, page_text, put_in, shown
from tests.ui.test_upload_promise import MINE

Open = Callable[..., AppTest]
OWN_LIST = (
    b"Nr;Opened;Answered;Kind of state\n"
    b"1;03/04/2026 09:00;03/04/2026 09:30;Open\n"
    b"2;04/04/2026 09:00;04/04/2026 11:00;Open\n"
    b"=3;05/04/2026 09:00;;Open\n"
    b"4;06/13/2026;;Open\n"
)
STANDARD = (
    b"ticket_id,created_at,first_reply_at\n"
    b"1,2026-03-02T09:00:00Z,2026-03-02T09:30:00Z\n"
    b"2,2026-03-03T09:00:00Z,2026-03-03T11:00:00Z\n"
    b"3,2026-13-03T09:00:00Z,\n"
)

__all__ = ["shown"]


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception, app.exception
    return app


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_are_measured_and_every_page_is_over_them(shown: Open, language: str) -> None:
    told = words(language)
    app = put_in(shown(lang=language), ("tickets.csv", STANDARD), ("mine.toml", MINE))
    assert told("upload.measure.ready") in page_text(app)
    press(app, told("upload.measure.button"))
    counted = told("upload.result.lead", count=2, read=3, accepted=2, rejected=1)
    assert bare(counted) in page_text(app)
    assert told("own_data.links") in page_text(app)
    app.switch_page("pages/week.py").run()
    assert not app.exception
    assert told("own_data.links") in page_text(app)


def bare(text: str) -> str:
    return "".join(sign for sign in text if not "\u2066" <= sign <= "\u2069")


def test_going_back_shows_what_everybody_sees_and_the_files_stay_in_hand(shown: Open) -> None:
    app = put_in(shown(), ("tickets.csv", STANDARD), ("mine.toml", MINE))
    press(app, "Measure these tickets")
    press(app, words("en")("own_data.back"))
    assert "tickets are measured" not in page_text(app)
    assert "As of 14 Jan 2026" in page_text(app)
    assert "Measure these tickets" in {button.label for button in app.button}


def test_an_answer_changed_since_is_told_beside_the_numbers(shown: Open) -> None:
    app = put_in(shown(), ("tickets.csv", STANDARD), ("mine.toml", MINE))
    press(app, "Measure these tickets")
    assert "You changed an answer since" not in page_text(app)
    app.radio[-1].set_value("zoom").run()
    assert "You changed an answer since" in page_text(app)
    press(app, "Measure again")
    assert "You changed an answer since" not in page_text(app)


def test_what_cannot_be_measured_is_told_with_its_reason_and_nothing_is_lost(shown: Open) -> None:
    none = b"ticket_id,created_at\n1,never\n"
    app = put_in(shown(), ("tickets.csv", none), ("mine.toml", MINE))
    press(app, "Measure these tickets")
    assert "Nothing was measured, and nothing was lost." in page_text(app)
    assert "No ticket was accepted" in page_text(app)
    assert "tickets are measured" not in page_text(app)


def test_another_session_sees_nothing_of_it(shown: Open) -> None:
    press(put_in(shown(), ("tickets.csv", STANDARD), ("mine.toml", MINE)), "Measure these tickets")
    other = shown()
    assert words("en")("own_data.links") not in page_text(other)
    assert "As of 14 Jan 2026" in page_text(other)
    assert "tickets.csv" not in page_html(other)


def answered(app: AppTest) -> AppTest:
    """A list of nobody's format: a row is a ticket, its columns named by hand, its days before its months."""
    choice(app, "What is this file?").set_value("standard/tickets").run()
    for label, place in {
        "Ticket number (needed)": 0,
        "Created (needed)": 1,
        "First reply": 2,
        "Status today": 3,
    }.items():
        choice(app, label).set_value(place).run()
    asked = next(radio for radio in app.radio if "day is" in radio.label)
    asked.set_value("dmy").run()
    assert not app.exception, app.exception
    return app


def test_a_list_that_nobody_knows_is_read_by_the_columns_that_a_person_names(shown: Open) -> None:
    app = put_in(shown(), ("list.csv", OWN_LIST.replace(b"4;06/13/2026;;Open\n", b"")), ("mine.toml", MINE))
    assert "No export that is known here has these headers." in page_text(app)
    assert "Still to answer: what list.csv is." in page_text(app)
    answered(app)
    press(app, "Measure these tickets")
    assert "3 tickets are measured, and every row is accounted for: 3 read, 3 accepted, 0 rejected." in page_text(app)
    assert "They open on Our *own* promise, Week 14" in page_text(app)  # the third of April, not the fourth of March


def test_days_and_months_that_could_change_places_are_asked_for_as_dates_said_aloud(shown: Open) -> None:
    app = put_in(shown(), ("list.csv", OWN_LIST.replace(b"4;06/13/2026;;Open\n", b"")), ("mine.toml", MINE))
    choice(app, "What is this file?").set_value("standard/tickets").run()
    for label, place in {"Ticket number (needed)": 0, "Created (needed)": 1}.items():
        choice(app, label).set_value(place).run()
    asked = next(radio for radio in app.radio if "day is" in radio.label)
    assert asked.label == r"Which day is 03\/04\/2026 09\:00\, as this file writes it\?"
    assert asked.options == [r"Friday\, 3 April 2026 \(day first\)", r"Wednesday\, 4 March 2026 \(month first\)"]
    assert asked.value is None
    assert "Still to answer: the order of the dates in list.csv." in page_text(app)
