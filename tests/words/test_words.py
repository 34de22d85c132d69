"""Three languages say the same things, each in its own way."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from babel import Locale

from sla.words import LANGUAGES, messages, nearest, placeholders, words

ROOT = Path(__file__).resolve().parents[2]
OTHERS = [language for language in LANGUAGES if language != "en"]
ISOLATES = re.compile("[\u2066-\u2069]")


def bare(text: str) -> str:
    return ISOLATES.sub("", text)


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_messages(language: str) -> None:
    assert set(messages(language)) ^ set(messages("en")) == set()


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_puts_in_the_same_values(language: str) -> None:
    differing = [
        key for key, text in messages("en").items() if placeholders(messages(language)[key]) != placeholders(text)
    ]
    assert differing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_has_exactly_the_forms_of_its_language(language: str) -> None:
    needed = set(Locale.parse(language.replace("-", "_")).plural_form.tags) | {"other"}
    wrong = {
        key: set(text) for key, text in messages(language).items() if not isinstance(text, str) and set(text) != needed
    }
    assert wrong == {}


@pytest.mark.parametrize("language", OTHERS)
def test_no_message_was_left_in_english(language: str) -> None:
    same = {
        key
        for key, text in messages("en").items()
        if messages(language)[key] == text and re.search("[a-z]{4}", str(text))
    }
    # nothing but placeholders and the names of packages
    kept = re.compile(r"\{\w+\}|DuckDB|holidays|tzdata")
    assert {key for key in same if re.search("[a-z]{4}", kept.sub("", str(messages("en")[key])))} == set()


def test_every_code_that_can_appear_has_a_word() -> None:
    reasons = {
        "no_target",
        "unknown_severity",
        "unknown_plan",
        "unknown_policy",
        "merged",
        "excluded_status",
        "duplicate",
    }
    reasons |= {"solved_without_reply", "opened_by_agent", "already_breached", "times_out_of_order", "stop_unknown"}
    codes = {"metric": {"first_response", "next_response", "periodic_update", "resolution"}, "reason": reasons}
    codes["outcome"] = {"met", "breached", "running", "excluded"}
    for section, names in codes.items():
        assert {f"{section}.{name}" for name in names} <= set(messages("en"))


@pytest.mark.parametrize(
    ("count", "arabic"),
    # CLDR: 1 one, 2 two, 3 to 10 few, 11 to 99 many, 100 other
    [(1, "قياس واحد"), (2, "قياسان"), (3, "3 قياسات"), (11, "11 قياسًا"), (100, "100 قياس ")],
)
def test_arabic_counts_in_its_own_forms(count: int, arabic: str) -> None:
    assert bare(words("ar")("lead.running", count=count)).startswith(arabic)


def test_english_counts_one_and_many() -> None:
    assert words("en")("lead.running", count=1) == "1 clock is still running"
    assert words("en")("lead.running", count=1200) == "1,200 clocks are still running"


def test_numbers_and_shares_are_written_as_the_language_does() -> None:
    assert [words(language).percent(0.9312) for language in LANGUAGES] == ["93.1%", "93,1%", "93.1%"]
    assert [words(language).number(12345) for language in LANGUAGES] == ["12,345", "12.345", "12,345"]


def test_halves_are_rounded_away_from_nought_and_not_by_their_binary_ghost() -> None:
    assert words("en").percent(0.9125) == "91.3%"
    assert words("en").percent(0.285, 0) == "29%"  # 0.285 is stored as 0.28499…


def test_only_all_is_a_hundred_per_cent_and_only_nothing_nought() -> None:
    en = words("en")
    assert (en.percent(1.0), en.percent(1999 / 2000), en.percent(0.0), en.percent(1 / 5000)) == (
        "100.0%",
        "99.9%",
        "0.0%",
        "0.1%",
    )


def test_no_share_is_a_dash() -> None:
    assert words("en").percent(None) == "–"


def test_a_share_that_just_misses_the_one_beside_it_does_not_read_as_that() -> None:
    en = words("en")
    # 113 of 119 are 94.958 %; 9,499,900 of 10,000,000 are 94.999 %
    assert [en.percent(share, beside=0.95) for share in (113 / 119, 0.949999, 0.95, 0.9412)] == [
        "94.96%",
        "94.9999%",
        "95.0%",
        "94.1%",
    ]


def test_an_objective_has_no_more_digits_than_it_was_given() -> None:
    assert [words("pt-BR").objective(share) for share in (0.95, 0.995, 1.0)] == ["95%", "99,5%", "100%"]


def test_points_show_a_second_digit_rather_than_nought() -> None:
    assert (words("en").points(-0.0241), words("en").points(0.0004)) == ("2.4", "0.04")


@pytest.mark.parametrize(
    ("seconds", "text"),
    # open time has no days: 332572 s = 92 x 3600 + 22 x 60 + 52
    [
        (0, "0\u00a0s"),
        (59, "59\u00a0s"),
        (3600, "1\u00a0h"),
        (3661, "1\u00a0h 1\u00a0min"),
        (3605, "1\u00a0h"),
        (332572, "92\u00a0h 22\u00a0min"),
    ],
)
def test_durations_have_their_two_largest_units(seconds: int, text: str) -> None:
    assert words("en").duration(seconds) == text


def test_spans_of_the_wall_clock_have_days() -> None:
    # 332572 s = 3 x 86400 + 20 x 3600 + ...
    assert [words(language).span(332572) for language in ("en", "pt-BR")] == [
        "3\u00a0days 20\u00a0h",
        "3\u00a0dias 20\u00a0h",
    ]


def test_weeks_are_named_by_number_and_days() -> None:
    monday = date(2026, 12, 28)  # ISO week 53 of 2026, which ends in 2027
    assert words("en").week(monday) == "Week 53"
    assert re.sub(r"\s", " ", words("en").week_span(monday)) == "28 Dec 2026 – 3 Jan 2027"


def test_instants_are_told_in_a_named_zone() -> None:
    at = datetime(2026, 11, 9, 2, 30)  # 02:30 UTC is 23:30 of the day before in São Paulo
    assert words("pt-BR").instant(at, "America/Sao_Paulo") == "8 de novembro de 2026, 23:30 (horário de São Paulo)"
    assert words("en").instant(at, "UTC") == "9 Nov 2026, 02:30 (UTC)"
    assert [words("en").zone(zone) for zone in ("Etc/GMT-1", "Etc/GMT+10")] == ["UTC+1", "UTC-10"]


def test_what_is_put_into_arabic_keeps_its_own_direction() -> None:
    assert "\u2068ACME (1)\u2069" in words("ar")("dimension.account", name="ACME (1)")
    assert words("en")("dimension.account", name="ACME (1)") == "Account ACME (1)"


def test_a_sentence_put_into_an_arabic_one_reads_from_right_to_left() -> None:
    # A first-strong isolate does not look into isolates within it, and here every Arabic letter stands in one.
    instant = words("ar").instant(datetime(2026, 11, 20), "UTC")
    assert f"\u2067{instant}\u2069" in words("ar")("app.as_of", instant=instant)


@pytest.mark.parametrize(
    ("locale", "language"),
    [("pt-PT", "pt-BR"), ("ar-EG", "ar"), ("en_US", "en"), ("de-AT", "en"), (None, "en"), ("", "en")],
)
def test_a_browser_gets_the_nearest_language(locale: str | None, language: str) -> None:
    assert nearest(locale) == language


def test_every_key_asked_for_in_the_code_is_there() -> None:
    code = [
        *ROOT.glob("pages/*.py"),
        *ROOT.glob("sla/ui/*.py"),
        *ROOT.glob("sla/charts/*.py"),
        *ROOT.glob("sla/words/*.py"),
    ]
    asked = {key for path in code for key in re.findall(r'words\(\s*"([\w.]+)"', path.read_text("utf-8"))}
    assert asked
    assert asked - set(messages("en")) == set()
