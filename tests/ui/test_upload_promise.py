"""Zone and policy of one's own files: asked for, one's own policy checked as strictly as ours."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from sla.ui.upload_promise import POLICIES
from sla.words import LANGUAGES, words
from tests.ui.test_upload_page import TICKETS, choice, page_text, put_in, shown

Open = Callable[..., AppTest]
WITHOUT_ZONE = TICKETS.replace(b":00Z", b":00")
MINE = b"""
id = "mine"
name = { en = "Our *own* promise" }
source = "invented"
[calendars.always]
timezone = "UTC"
hours = "24x7"
[[targets]]
metric = "first_response"
within = "1h"
calendar = "always"
"""

__all__ = ["shown"]


def test_tickets_without_a_policy_are_judged_by_nobody_until_one_is_chosen(shown: Open) -> None:
    app = put_in(shown(), ("tickets.csv", TICKETS))
    (policies,) = [radio for radio in app.radio if str(radio.key).startswith("upload policy")]
    assert len(policies.options) == len(list(POLICIES.glob("*.toml")))
    assert policies.value is None
    assert "Still to answer: the policy." in page_text(app)
    policies.set_value("zoom").run()
    assert "Everything is answered." in page_text(app)


def test_ones_own_policy_is_the_one_unless_another_is_chosen(shown: Open) -> None:
    app = put_in(shown(), ("tickets.csv", TICKETS), ("mine.toml", MINE))
    (policies,) = [radio for radio in app.radio if str(radio.key).startswith("upload policy")]
    assert policies.value == "mine"
    assert policies.options[0] == r"My own\: Our \*own\* promise \(from mine\.toml\)"
    assert "mine.toml is a policy: it can be chosen below." in page_text(app)


def test_a_policy_stays_chosen_in_another_language(shown: Open) -> None:
    app = put_in(shown(), ("tickets.csv", TICKETS), ("mine.toml", MINE))
    app.selectbox(key="lang").set_value("pt-BR").run()
    (policies,) = [radio for radio in app.radio if str(radio.key).startswith("upload policy")]
    assert policies.value == "mine"
    assert policies.proto.set_value  # said to the browser, which knows the choice by its words of before


def test_a_policy_that_cannot_be_right_is_told_with_its_line(shown: Open) -> None:
    wrong = MINE.replace(b'within = "1h"', b'within = "1d"')
    app = put_in(shown(), ("tickets.csv", TICKETS), ("mine.toml", wrong))
    assert "This policy cannot be used yet. mine.toml" in page_text(app)
    assert "mine.toml:10:" in page_text(app)
    (policies,) = [radio for radio in app.radio if str(radio.key).startswith("upload policy")]
    assert not any("mine" in option for option in policies.options)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_zone_is_asked_for_where_a_file_has_times_without_one(shown: Open, language: str) -> None:
    app = put_in(shown(lang=language), ("tickets.csv", WITHOUT_ZONE))
    zones = choice(app, words(language)("upload.ask.zone"))
    assert zones.value is None  # no browser, no guess
    assert any("America/Sao_Paulo" in option for option in zones.options)
    assert words(language)("upload.ask.zone_leave") in page_text(app)
