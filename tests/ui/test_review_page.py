"""The client's review as a page: whom it asks for, whose language it speaks, what it shows."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from sla.words import LANGUAGES, OWN_NAMES, words
from tests.store.reviewed_desk import HOSTILE, build_reviewed_desk
from tests.ui.test_weekly_page import page_html, page_text, tables_of

Open = Callable[..., AppTest]
ACCOUNT = "account asked for"
NUMBER = ("volume", "of_severity", "of_channel")  # what in a link names a volume


@pytest.fixture(scope="session")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_reviewed_desk(tmp_path_factory.mktemp("reviewed"))


@pytest.fixture
def reviewing(opened: Open) -> Open:
    """Opens the page, by a link or without one."""

    def _open(folder: Path, **query: str) -> AppTest:
        app = opened(folder, **query)
        app.switch_page("pages/review.py").run()
        assert not app.exception, app.exception
        return app

    return _open


def january(app: AppTest) -> AppTest:
    app.selectbox(key="period").select("month").run()
    app.selectbox(key="month").select("2026-01-01").run()
    assert not app.exception, app.exception
    return app


def review_of(app: AppTest) -> str:
    """The HTML of the review, empty where there is none."""
    found = re.search(r"<article class='review'>.*</article>", page_html(app))
    return found[0] if found else ""


def test_without_an_account_the_page_asks_for_one(reviewing: Open, reviewed: Path) -> None:
    app = reviewing(reviewed)
    assert "Which account is the review about?" in page_text(app)
    assert review_of(app) == ""
    assert app.selectbox(key=ACCOUNT).options == ["Choose an account", "Conta Exemplo", "Sample Account"]


def test_the_choice_is_the_frames_filter_and_stands_in_the_link(reviewing: Open, reviewed: Path) -> None:
    app = reviewing(reviewed)
    app.selectbox(key=ACCOUNT).select("Y").run()
    assert app.query_params["account"] == "Y"
    assert "Sample Account" in review_of(app)
    app.selectbox(key=ACCOUNT).select("").run()
    assert "account" not in app.query_params
    assert review_of(app) == ""


def test_accounts_can_be_asked_for_by_their_manager(reviewing: Open, reviewed: Path) -> None:
    app = reviewing(reviewed)
    app.selectbox(key="review_manager").select("Desk of samples").run()
    assert app.selectbox(key=ACCOUNT).options == ["Choose an account", "Sample Account"]


def test_the_policy_follows_the_account(reviewing: Open, reviewed: Path) -> None:
    app = reviewing(reviewed, policy="bare")
    app.selectbox(key=ACCOUNT).select("Y").run()
    assert (app.query_params["policy"], app.query_params["account"]) == ("hours", "Y")
    assert not app.exception


def test_the_review_speaks_the_accounts_language_and_the_frame_the_readers(reviewing: Open, reviewed: Path) -> None:
    app = january(reviewing(reviewed, account="X", policy="hours"))
    assert "dir='ltr' lang='pt-BR'><article class='review'>" in page_html(app)
    assert "Conta Exemplo: janeiro de 2026" in review_of(app)
    assert app.selectbox(key="review_lang").label == "Language of the review"
    app.selectbox(key="review_lang").select("ar").run()
    assert "dir='rtl' lang='ar'><article class='review'>" in page_html(app)
    assert app.query_params["review_lang"] == "ar"
    assert app.selectbox(key="review_lang").label == "Language of the review"


def test_an_account_without_a_language_is_reviewed_in_the_readers(reviewing: Open, reviewed: Path) -> None:
    app = reviewing(reviewed, account="Y", policy="hours", lang="pt-BR")
    assert "lang='pt-BR'><article class='review'>" in page_html(app)


def test_the_page_shows_every_part_of_the_review(reviewing: Open, reviewed: Path) -> None:
    app = january(reviewing(reviewed, account="X", policy="hours", review_lang="en"))
    review = review_of(app)
    for key in (
        "promises",
        "waits",
        "volumes",
        "breaches",
        "satisfaction",
        "open",
        "left_out",
        "definitions",
        "source",
    ):
        assert words("en")(f"review.part.{key}") in review
    assert "1 of 6" in review
    assert "We answer within an hour." in review
    # foreign words are marked as such
    assert "<q lang='pt-BR' dir='auto'>Respondemos em quatro horas.</q> <small>(<bdi>Português</bdi>)</small>" in review
    assert "%</b>" not in review  # six decided are too few to judge


def test_tickets_lead_to_their_page_with_the_scope(reviewing: Open, reviewed: Path) -> None:
    app = january(reviewing(reviewed, account="X", policy="hours"))
    link = re.search(r"href='(ticket\?[^']*ticket=L0)'", review_of(app))
    assert link
    assert "account=X" in link[1]


@pytest.mark.parametrize(
    ("number", "told", "tickets"),
    [
        ({"volume": "opened"}, "January 2026 – Tickets that arrived: 6.", {"N0", "L0", "O0", "G0", "S0", "U0"}),
        ({"volume": "before_opened", "of_severity": "1"}, "December 2025, High – Tickets that arrived: 1.", {"B0"}),
        (
            {"volume": "solved", "of_channel": "email"},
            "January 2026, email – Tickets that were solved: 2.",
            {"N0", "S0"},
        ),
    ],
)
def test_a_volume_leads_to_its_tickets(
    reviewing: Open, reviewed: Path, number: dict[str, str], told: str, tickets: set[str]
) -> None:
    month = {"account": "X", "policy": "hours", "period": "month", "month": "2026-01-01", "channel": "chat"}
    plain = reviewing(reviewed, **month)
    found = [
        dict(parse_qsl(urlsplit(unescape(link)).query)) for link in re.findall("href='(review[^']*)'", review_of(plain))
    ]
    query = next(one for one in found if {key: value for key, value in one.items() if key in NUMBER} == number)
    assert not any(one["volume"] == "before_solved" and one.get("of_channel") == "chat" for one in found)  # that is 0
    plain.query_params.update(query)
    app = plain.run()
    assert told in page_text(app)
    assert {row["Ticket"] for row in tables_of(app)[0]} == tickets
    assert "Back to the whole page" in page_text(app)


def test_a_volume_of_nothing_is_told_by_its_name(reviewing: Open, reviewed: Path) -> None:
    month = {"account": "X", "policy": "hours", "period": "month", "month": "2026-01-01"}
    app = reviewing(reviewed, **month, volume="opened", of_policy="hours", of_severity="none such")
    assert "January 2026, none such – No tickets." in page_text(app)


@pytest.mark.parametrize(("policy", "metric", "count"), [("hours", "resolution", 6), ("bare", "first_response", 1)])
def test_waits_without_a_target_lead_to_their_clocks(
    opened: Open, reviewing: Open, reviewed: Path, policy: str, metric: str, count: int
) -> None:
    month = {"account": "X", "policy": "hours", "period": "month", "month": "2026-01-01", "severity": "2"}
    found = re.findall(
        "<a href='(attainment[^']*)' target='_self'><bdi>(\\d+)<", review_of(reviewing(reviewed, **month))
    )
    shown = {(link["policy"], link["metric"]): (link, number) for link, number in map(query_and_number, found)}
    query, number = shown[policy, metric]
    assert number == str(count)
    app = opened(reviewed, **query)
    app.query_params.update(query)
    app.switch_page("pages/attainment.py").run()
    told = page_text(app).partition("Tickets whose time counts: ")[2]
    assert f"{count} clock" in told.partition(":")[0]
    assert len(tables_of(app)[0]) == count


def query_and_number(found: tuple[str, str]) -> tuple[dict[str, str], str]:
    return dict(parse_qsl(urlsplit(unescape(found[0])).query)), found[1]


def test_what_customers_wrote_is_text(reviewing: Open, reviewed: Path) -> None:
    app = january(reviewing(reviewed, account="X", policy="hours"))
    assert "<img" not in page_html(app)
    assert page_text(app).count(HOSTILE) == 3  # a subject among the breaches and the open, and a comment


def test_other_filters_do_not_narrow_a_review_and_it_says_so(reviewing: Open, reviewed: Path) -> None:
    plain = january(reviewing(reviewed, account="X", policy="hours", review_lang="en"))
    assert "do not narrow it" not in page_text(plain)
    narrowed = january(reviewing(reviewed, account="X", policy="hours", review_lang="en", channel="chat"))
    assert "do not narrow it" in page_text(narrowed)
    assert "1 of 6" in review_of(narrowed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_review(reviewing: Open, sample: Path, language: str) -> None:
    app = reviewing(sample, policy="vodlix", account="V07", review_lang=language, lang=language)
    spoken, review = words(language), review_of(app)
    assert spoken("review.part.promises") in review
    others = [other for other in LANGUAGES if other != language and words(other)("review.part.source") in review]
    assert others == []
    assert list(app.selectbox(key="review_lang").options)[1:] == list(OWN_NAMES.values())


def test_an_account_without_targets_gets_waiting_times_and_no_verdict(reviewing: Open, sample: Path) -> None:
    app = reviewing(sample, policy="hosting", account="H03", review_lang="en")
    review = review_of(app)
    assert "This policy sets no target" in review
    assert words("en")("review.part.waits") in review
    assert words("en")("review.part.promises") not in review


def test_a_period_without_anything_has_words_and_no_percentage(reviewing: Open, reviewed: Path) -> None:
    days = {"period": "dates", "from": "2025-12-27", "to": "2025-12-28"}
    review = review_of(reviewing(reviewed, account="X", policy="hours", review_lang="en", **days))
    # what has a sentence above stands below too
    for key, times in (("volume.none", 2), ("satisfaction.none", 2), ("left_out.none", 1)):
        assert review.count(words("en")(f"review.{key}")) == times
    assert "No first responses fell due" in review
    assert not re.search(r"NaN|None|\b0(\.0)?%|\b0 of 0", re.sub(r"<[^>]+>", "", review))
