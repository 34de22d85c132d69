"""A promise filled in on the page: checked as a file is, told what is wrong, offered, measured by."""

import tomllib
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from sla.policies.reader import read_policies, read_policy_text
from sla.policies.writing import Draft, DraftSeverity, Mistake, mistakes, policy_text
from sla.ui.own_policy import _countries, _usual_statuses
from sla.ui.upload_promise import POLICIES
from sla.words import LANGUAGES, words
from sla.words import own_policy as sentences
from tests.ui.test_upload_page import TICKETS, page_text, put_in, shown

Open = Callable[..., AppTest]
HELD = "own policy held"
__all__ = ["shown"]


@pytest.fixture
def page(shown: Open) -> AppTest:
    return put_in(shown(lang="en"), ("tickets.csv", TICKETS))


def typed(app: AppTest, **fields: str) -> AppTest:
    for key, value in fields.items():
        app.text_input(key=f"own policy {key.replace('__', ' ')}").set_value(value)
    return app


def used(app: AppTest) -> AppTest:
    app.button(key="own policy use").click().run()
    assert not app.exception, app.exception
    return app


def test_nothing_is_offered_until_something_was_filled_in(page: AppTest) -> None:
    assert len(page.radio(key="upload policy ").options) == len(list(POLICIES.glob("*.toml")))
    used(page)
    assert "Nothing is promised" in page_text(page)
    assert HELD not in page.session_state


def test_a_promise_that_is_right_is_the_one_to_judge_by_and_can_be_saved(page: AppTest) -> None:
    used(typed(page, name="Quarry support", severity__1="Urgent", first_response__1="30m", objective="95"))
    assert "Quarry support is checked and can be chosen below." in page_text(page)
    (chosen,) = [radio for radio in page.radio if str(radio.key).startswith("upload policy")]
    assert chosen.value == "quarry-support"
    policy, text = page.session_state[HELD]
    told = tomllib.loads(text)
    assert told["targets"] == [
        {
            "metric": "first_response",
            "severities": ["Urgent"],
            "within": "30m",
            "calendar": "office",
            "stops_on": "agent_reply",
        }
    ]
    assert read_policy_text(text, policy.file).objective == 0.95
    assert "Download the promise (TOML)" in {button.proto.label for button in page.get("download_button")}


def test_what_was_used_before_stays_where_a_change_is_wrong(page: AppTest) -> None:
    used(typed(page, name="Quarry support", first_response__1="30m"))
    used(typed(page, first_response__1="2 days"))
    assert "“2 days” (every severity) is no time" in page_text(page)
    assert "as it was checked last" in page_text(page)
    assert page.session_state[HELD][0].targets[0].target_s == 1800


def test_a_promise_can_be_let_go(page: AppTest) -> None:
    used(typed(page, name="x", first_response__1="1"))
    page.button(key="own policy let go").click().run()
    assert HELD not in page.session_state
    assert page.radio(key="upload policy ").value is None


def test_day_and_night_asks_for_no_hours(page: AppTest) -> None:
    page.radio(key="own policy hours").set_value("always").run()
    assert not any("hours" in str(field.key) for field in page.text_input)
    used(typed(page, name="x", resolution__1="4"))
    policy = page.session_state[HELD][0]
    assert [calendar.is_always for calendar in policy.calendars] == [True]


def test_more_severities_have_lines_of_their_own(page: AppTest) -> None:
    page.number_input(key="own policy count").set_value(2).run()
    page.checkbox(key="own policy always 1").check()
    used(typed(page, name="x", severity__1="A", severity__2="B", first_response__1="1", first_response__2="2"))
    policy = page.session_state[HELD][0]
    assert [(target.severities, target.target_s, target.calendar) for target in policy.targets] == [
        (("A",), 3600, "always"),
        (("B",), 7200, "office"),
    ]


def test_holidays_of_a_country_and_a_part_of_it_are_kept(page: AppTest) -> None:
    page.selectbox(key="own policy country").set_value("BR-SP")
    page.text_area(key="own policy dates").set_value("2026-12-24")
    used(typed(page, name="x", first_response__1="1"))
    office = page.session_state[HELD][0].calendar("office")
    assert (office.holiday_calendar, [str(day) for day in office.holidays]) == ("BR-SP", ["2026-12-24"])


def test_a_promise_with_every_usual_word_for_statuses_is_right() -> None:
    usual = {name: ", ".join(found) for name, found in _usual_statuses(read_policies(POLICIES)).items()}
    draft = Draft("x", (DraftSeverity(within={"resolution": "1"}),), statuses=usual)
    assert mistakes(draft) == ()
    assert "Pendente" in read_policy_text(policy_text(draft), "x").statuses["waiting"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_asks_and_has_words_for_every_mistake(shown: Open, language: str) -> None:
    app = put_in(shown(lang=language), ("tickets.csv", TICKETS))
    told = words(language)
    assert told("own_policy.title") in [expander.label for expander in app.expander]
    used(app)
    assert told("own_policy.mistake.severities.nothing_promised") in page_text(app)
    for found in (
        Mistake("name", "missing"),
        Mistake("severities", "no_name"),
        Mistake("severities", "twice", "A", "X"),
        Mistake("within", "no_time", "", "soon"),
        Mistake("within", "out_of_bounds", "A", "0"),
        Mistake("hours", "never_open"),
        Mistake("hours", "no_hours", "mon", "early"),
        Mistake("holidays", "no_date", "x", "x"),
        Mistake("statuses", "in_two", "waiting", "Pending"),
        Mistake("objective", "no_share", value="all"),
    ):
        assert found.value in sentences.mistake(found, told)
        assert told.weekday(1) in sentences.mistake(found, told) or found.place != "mon"


@pytest.mark.parametrize("language", LANGUAGES)
def test_countries_have_names_in_every_language(language: str) -> None:
    names = _countries(language)
    assert names["BR"] == {"en": "Brazil", "pt-BR": "Brasil", "ar": "البرازيل"}[language]
    assert len(names) > 100
