"""What is said of files that a person put in: rows made by hand, and the sentences of them."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from sla.intake.formats import COLUMNS
from sla.intake.inspection import Inspection
from sla.intake.questions import Question, Told
from sla.words import LANGUAGES, messages, upload, words
from sla.words.upload_warnings import Measured, warnings

EN = words("en")
AS_OF = datetime(2026, 11, 22, 23, 59, 59)  # a Sunday
FILE: dict[str, Any] = {"rows_superseded": 0}
POLICY: dict[str, Any] = {"tickets_with_messages_count": 5, "tickets_with_statuses_count": 5}
GOOD = Measured(
    policies=[POLICY],
    ends=[{"kind": "events", "newest_at": AS_OF}],
    files=[FILE],
    told=[],
    excluded=[],
    snapshot={"as_of": AS_OF, "timezone": "UTC", "timezone_is_assumed": False},
    timezone="UTC",
)
UNFINISHED = (
    "The files end on 22 Nov 2026. Week 47 (16–22 Nov 2026) is not over in them: clocks that were still running "
)
UNFINISHED += "then are in no share."


def bare(text: str) -> str:
    return re.sub("[\u2066-\u2069]", "", text)


def status(word: str, count: int) -> dict[str, Any]:
    return {"kind": "unknown_status", "value": word, "tickets_count": count}


def left_out(reason: str, metric: str, count: int) -> dict[str, Any]:
    return {"reason": reason, "metric": metric, "clocks_count": count}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, []),
        ({"files": [{"rows_superseded": 3}, {"rows_superseded": 1}]}, ["4 rows tell of tickets that have newer ones"]),
        (
            {"snapshot": {"as_of": AS_OF, "timezone": "UTC", "timezone_is_assumed": True}},
            ["No zone was said for times without one: they were read as UTC."],
        ),
        (
            {"excluded": [left_out("stop_unknown", "first_response", 7), left_out("stop_unknown", "resolution", 1)]},
            [
                "First response: 7 clocks cannot be measured from this export, because it does not say",
                "Resolution: 1 clock cannot be measured from this export",
            ],
        ),
        ({"excluded": [left_out("unknown_severity", "resolution", 2)]}, ["2 clocks have a severity that the policy"]),
        ({"policies": [POLICY | {"tickets_with_messages_count": 0}]}, ["No messages are in this export"]),
        ({"policies": [POLICY | {"tickets_with_statuses_count": 0}]}, ["No changes of status are in this export"]),
        (
            {"told": [status("<b>Parked</b>", 1)]},
            ["The status “<b>Parked</b>” is known to nobody and counts as open: 1"],
        ),
        ({"told": [{"kind": "reply_before_creation"}]}, ["1 reply is dated before its ticket was created"]),
        (
            {"told": [{"kind": "rating_after_as_of", "tickets_count": 2}]},
            ["2 tickets have ratings that were given after “now”"],
        ),
        (
            {"ends": [{"kind": "events", "newest_at": AS_OF - timedelta(days=3, seconds=1)}]},
            ["The messages and changes end on 19 Nov 2026, but the numbers are as of 22 Nov 2026"],
        ),
        ({"ends": [{"kind": "events", "newest_at": AS_OF - timedelta(days=3)}]}, []),
    ],
)
def test_each_thing_to_know_has_its_sentence(changed: dict[str, Any], told: list[str]) -> None:
    found = [line for line in warnings(replace(GOOD, **changed), EN) if line != UNFINISHED]
    assert [line[: len(start)] for line, start in zip(found, told, strict=True)] == told


def test_the_week_in_which_the_files_end_is_not_over() -> None:
    assert warnings(GOOD, EN) == [UNFINISHED]


def test_the_day_is_that_of_the_reporting_zone() -> None:
    assert "end on 23 Nov 2026. Week 48" in warnings(replace(GOOD, timezone="Asia/Riyadh"), EN)[0]


def test_of_many_unknown_words_the_commonest_are_told_and_the_others_counted() -> None:
    found = warnings(replace(GOOD, told=[status(f"S{number}", 9 - number) for number in range(7)]), EN)
    assert sum("is known to nobody" in line for line in found) == 5
    assert "2 more statuses like that stand under Definitions and data." in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_stands_in_every_language(language: str) -> None:
    changed = replace(
        GOOD,
        policies=[{"tickets_with_messages_count": 0, "tickets_with_statuses_count": 0}],
        ends=[{"kind": kind, "newest_at": datetime(2026, 1, 1)} for kind in ("tickets", "events", "ratings")],
        files=[{"rows_superseded": 2}],
        told=[*(status(f"S{number}", 3) for number in range(6)), {"kind": "reply_before_creation"}],
        excluded=[
            left_out(reason, "resolution", 11)
            for reason in ("stop_unknown", "unknown_policy", "unknown_plan", "unknown_severity")
        ],
        snapshot=dict(GOOD.snapshot) | {"timezone_is_assumed": True},
    )
    assert len(warnings(changed, words(language))) == 1 + 1 + 3 + 1 + 2 + 6 + 3 + 2


@pytest.mark.parametrize(
    ("written", "order", "read"),
    [
        ("03/04/2026", "dmy", date(2026, 4, 3)),
        ("03/04/2026", "mdy", date(2026, 3, 4)),
        ("3-4-26 09:14", "dmy", date(2026, 4, 3)),
        ("09:14 03.04.2026", "dmy", date(2026, 4, 3)),
        ("13/02/2026", "mdy", None),
        ("2026-04-03", "dmy", None),
        ("soon", "dmy", None),
        ("46115", "serial", date(2026, 4, 3)),
        ("46115.375", "serial", date(2026, 4, 3)),
        ("1775206800", "epoch_s", date(2026, 4, 3)),
        ("1775206800000", "epoch_ms", date(2026, 4, 3)),
        ("1775206800000", "serial", None),
    ],
)
def test_a_date_is_read_in_the_order_that_is_asked_about(written: str, order: str, read: date | None) -> None:
    assert upload.day(written, order) == read


def test_a_reading_is_said_aloud_in_each_language() -> None:
    told = {language: bare(upload.reading("03/04/2026", "dmy", words(language))) for language in LANGUAGES}
    assert told == {
        "en": "Friday, 3 April 2026 (day first)",
        "pt-BR": "sexta-feira, 3 de abril de 2026 (dia primeiro)",
        "ar": "الجمعة، 3 أبريل 2026 (اليوم أولًا)",
    }


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("reading a (1).csv (zendesk tickets)", "Reading a (1).csv"),
        ("reading policies", "Reading the policies"),
        ("sorting out tickets and events", "Sorting out tickets and events"),
        ("measuring clocks (part 2 of 3)", "Measuring the clocks"),
        ("gathering what pages ask for", "Gathering what the pages ask for"),
        ("checking", "Checking every number"),
        ("done", "Done"),
        ("something new", "At work"),
    ],
)
def test_a_step_of_the_build_is_told_in_the_readers_words(step: str, told: str) -> None:
    assert upload.step(step, EN) == told


def test_text_of_files_is_shown_short_and_on_one_line() -> None:
    assert upload.short("a\n b\t c") == "a b c"
    assert upload.short("x" * 100, 10) == "x" * 9 + "…"
    assert upload.option("Criado\nem", "02-03-2026 09:14", EN) == "Criado em · 02-03-2026 09:14"
    assert upload.option(" ", "", EN) == "–"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_that_can_be_named_and_every_layout_has_a_word(language: str) -> None:
    columns = {f"upload.column.{column}" for columns in COLUMNS.values() for column in columns}
    layouts = {f"upload.dates.{order}" for order in ("iso", *upload.ORDERS, *upload.NUMBERS)}
    kinds = {f"upload.{part}.{kind}" for part in ("kind", "row") for kind in COLUMNS}
    assert (columns | layouts | kinds) - set(messages(language)) == set()


def test_signs_of_markdown_are_taken_literally_in_a_label() -> None:
    assert upload.as_label("*a* [b](c) :red[d] $e$") == r"\*a\* \[b\]\(c\) \:red\[d\] \$e\$"
    assert upload.as_label("\u2068أولًا\u2069، «ç»؟") == "\u2068أولًا\u2069، «ç»؟"  # no sign of Markdown


def test_what_was_seen_of_a_file_stands_behind_its_colon_in_arabic_too() -> None:
    none = Told(None, "unknown")
    dates = Told("dmy", "seen", "14/03/2026")
    seen = SimpleNamespace(encoding=none, delimiter=none, timezone=none, dates=dates, match=None, questions=())
    told = upload.traits(cast(Inspection, seen), words("ar"))
    assert ": \u206814/03/2026\u2069" in told[words("ar")("upload.trait.dates")]


def test_of_a_workbook_neither_letters_nor_separators_are_told() -> None:
    none, book = Told(None, "unknown"), Told("xlsx", "seen")
    seen = SimpleNamespace(encoding=book, delimiter=None, timezone=none, dates=none, match=None, questions=())
    assert list(upload.traits(cast(Inspection, seen), words("en"))) == ["Dates", "Times without a zone"]


def test_of_times_that_all_say_their_zone_none_is_told_to_be_unknown() -> None:
    none = Told(None, "unknown")
    known = SimpleNamespace(encoding=none, delimiter=none, timezone=none, dates=none, match=object(), questions=())
    assert "Times without a zone" not in upload.traits(cast(Inspection, known), words("en"))
    known.questions = (Question("timezone", ("2026-03-02 09:00",), ()),)
    assert "Times without a zone" in upload.traits(cast(Inspection, known), words("en"))
