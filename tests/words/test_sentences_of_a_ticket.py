"""A ticket's story in words: hand-made clocks, and what is said of them."""

import re
from datetime import date, datetime
from typing import Any

import pytest

from sla.words import LANGUAGES, arithmetic, messages, words
from sla.words import ticket as sentences

EN = words("en")
UTC = sentences.Clock("UTC", EN)
CLOCK: dict[str, Any] = {
    "metric": "first_response",
    "cycle": 1,
    "outcome": "met",
    "reason": None,
    "target_s": 3600,
    "elapsed_s": 3000,
    "late_s": None,
    "carried_s": 0,
    "is_open": False,
    "due_at": datetime(2026, 3, 2, 10),
    "pauses_on_waiting": True,
    "clauses": {"pt-BR": "Uma hora.", "und": "An hour."},
}


def bare(text: str) -> str:
    return re.sub("[\u2066-\u2069]", "", text)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, "Met with 10\u00a0min to spare: 0:50:00 of 1:00:00."),
        ({"elapsed_s": 3600}, "Met on the last second: 1:00:00 of 1:00:00."),
        ({"outcome": "breached", "elapsed_s": 3601, "late_s": 1}, "Breached by 1\u00a0s: 1:00:01 of 1:00:00."),
        (
            {"outcome": "breached", "elapsed_s": 7200, "late_s": 3600, "is_open": True},
            "Breached by 1\u00a0h so far, and still open: 2:00:00 of 1:00:00.",
        ),
        ({"outcome": "running", "is_open": True}, "Running, 10\u00a0min left: 0:50:00 of 1:00:00."),
        (
            {"outcome": "running", "is_open": True, "due_at": None},
            "Standing still, 10\u00a0min left: 0:50:00 of 1:00:00.",
        ),
        (
            {"outcome": "excluded", "reason": "no_target", "target_s": None},
            "Left out: the policy promises no time here. Measured: 0:50:00.",
        ),
    ],
)
def test_the_verdict_says_by_how_much(changed: dict[str, Any], told: str) -> None:
    assert sentences.verdict(CLOCK | changed, EN) == told


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_sentence(language: str) -> None:
    reasons = {key.removeprefix("reason.") for key in messages(language) if key.startswith("reason.")}
    assert len(reasons) == 12
    for reason in reasons:
        told = sentences.verdict(CLOCK | {"outcome": "excluded", "reason": reason}, words(language))
        assert "0:50:00" in told


def test_the_lead_counts_what_broke_first() -> None:
    clocks = [CLOCK, CLOCK | {"outcome": "breached"}, CLOCK, CLOCK | {"outcome": "excluded"}]
    assert sentences.lead("T1", clocks, EN) == "Ticket T1: 1 clock breached, 2 clocks met, 1 clock left out."
    assert bare(sentences.lead("T1", clocks, words("ar"))).startswith("التذكرة T1: قياس واحد متأخر، قياسان في الموعد")


def test_a_clause_is_told_in_the_readers_language_where_the_document_has_it_else_as_it_is() -> None:
    assert sentences.clauses(CLOCK, words("pt-BR")) == (("pt-BR", "Uma hora."),)
    assert sentences.clauses(CLOCK, EN) == (("pt-BR", "Uma hora."), ("und", "An hour."))
    assert sentences.clauses(CLOCK | {"clauses": None}, EN) == ()


SPANS: list[dict[str, Any]] = [
    {"kind": "counted", "value": None, "shift_on": None, "counted_s": 3600},
    {"kind": "paused", "value": "On <hold>", "shift_on": None, "counted_s": 0},
    {"kind": "closed", "value": None, "shift_on": None, "counted_s": 0},
    {"kind": "holiday", "value": "", "shift_on": date(2026, 3, 4), "counted_s": 0},
    {"kind": "holiday", "value": "Natal", "shift_on": date(2026, 12, 25), "counted_s": 0},
    {"kind": "closure", "value": "", "shift_on": date(2026, 3, 4), "counted_s": 0},
    {"kind": "own_hours", "value": "", "shift_on": date(2026, 3, 4), "counted_s": 0},
    {"kind": "counted", "value": None, "shift_on": None, "counted_s": 61},
]
TIMES = {"from_at": datetime(2026, 3, 2, 9), "until_at": datetime(2026, 3, 2, 10, 0, 1)}


def test_every_stretch_says_why_it_did_or_did_not_count_and_the_total_goes_on() -> None:
    told = arithmetic.lines(CLOCK | {"carried_s": 100}, [span | TIMES for span in SPANS], UTC, EN)
    assert [(line.what, line.counted, line.total) for line in told] == [
        ("Carried over from the cycle before", "0:01:40", "0:01:40"),
        ("Open, counted", "1:00:00", "1:01:40"),
        ("Waiting on the customer (status On <hold>)", "", "1:01:40"),
        ("Closed", "", "1:01:40"),
        ("Closed: holiday Wed 4 Mar", "", "1:01:40"),
        ("Closed: Natal, Fri 25 Dec", "", "1:01:40"),
        ("Closed: closure of Wed 4 Mar", "", "1:01:40"),
        ("Closed: own hours of Wed 4 Mar", "", "1:01:40"),
        ("Open, counted", "0:01:01", "1:02:41"),
    ]
    assert (told[1].since, told[1].until) == ("Mon 2 Mar 09:00:00", "Mon 2 Mar 10:00:01")


def test_a_pause_of_the_targets_own_list_is_not_called_waiting_on_the_customer() -> None:
    span = SPANS[1] | TIMES
    assert arithmetic.stretch(span, CLOCK | {"pauses_on_waiting": False}, EN) == (
        "Paused by the policy (status On <hold>)"
    )


def test_instants_name_their_offset_where_the_clocks_changed_between_them() -> None:
    # Lisbon goes from UTC to UTC+1 on 29 March 2026 at 1:00
    before, after = datetime(2026, 3, 28, 12), datetime(2026, 3, 29, 12)
    changing = sentences.clock_of("Europe/Lisbon", [before, after], EN)
    assert [changing.brief(at) for at in (before, after)] == [
        "Sat 28 Mar 12:00:00 (UTC+0)",
        "Sun 29 Mar 13:00:00 (UTC+1)",
    ]
    assert sentences.clock_of("Europe/Lisbon", [before], EN).full(before) == "Saturday, 28 March 2026, 12:00:00"
    assert "UTC+5:30" in sentences.Clock("Asia/Kolkata", EN, has_offsets=True).brief(before)


def test_a_target_in_business_days_says_so_beside_its_hours() -> None:
    row = {"severity": None, "severity_names": None, "plan": "A", "plan_names": {"en": "Plan A"}, "target_s": 57600}
    told = {
        language: bare(sentences.target(row | {"within": "2 business days"}, words(language))) for language in LANGUAGES
    }
    assert told["en"] == "16:00:00 of open time (2 business days), plan Plan A"
    assert "2 dias úteis" in told["pt-BR"]
    assert "يوما عمل" in told["ar"]
    assert sentences.target(row | {"within": "16h"}, EN) == "16:00:00 of open time, plan Plan A"
    assert sentences.target(row | {"target_s": None}, EN) == "none for plan Plan A"


EVENT: dict[str, Any] = {
    "at": datetime(2026, 3, 2, 9),
    "kind": "message",
    "by": "agent",
    "author_name": "Ann",
    "public": True,
    "value": None,
    "assignee_name": None,
}
TICKET = {"created_at": datetime(2026, 3, 2, 8), "opened_by": "customer"}


def test_what_happened_stands_in_order_with_the_opening_and_remarks_what_came_too_early() -> None:
    early = EVENT | {"at": datetime(2026, 3, 2, 7)}
    note = EVENT | {"public": False}
    status = EVENT | {"kind": "status", "value": "Open", "by": "system", "author_name": None}
    told = sentences.happenings(TICKET, [early, note, status], UTC, EN)
    assert [(one.what, one.who) for one in told] == [
        ("Message (before the ticket was opened: starts and stops nothing)", "Agent, Ann"),
        ("Ticket opened", "Customer"),
        ("Internal note", "Agent, Ann"),
        ("Status Open", "System"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["message", "acknowledged", "status", "severity", "plan", "assigned", "merged"])
def test_every_kind_of_event_has_its_words(language: str, kind: str) -> None:
    assert sentences.what_happened(EVENT | {"kind": kind}, TICKET, words(language))


def test_ratings_say_score_and_scale_and_which_one_counts() -> None:
    answered = {"rated_at": TICKET["created_at"], "offered_at": None, "score": 4.0, "scale_min": 1.0, "scale_max": 5.0}
    offered = answered | {"score": None, "offered_at": TICKET["created_at"], "comment": None}
    assert sentences.ratings([answered | {"comment": "Fine"}], UTC, EN) == [
        "Monday, 2 March 2026, 08:00:00: 4 on a scale from 1 to 5.",
        "“Fine”",
    ]
    assert sentences.ratings([offered], UTC, EN) == [
        "A survey was offered on Monday, 2 March 2026, 08:00:00; nobody answered."
    ]
    twice = sentences.ratings([answered | {"comment": None}] * 2, UTC, EN)
    assert twice[-1] == "The last answer counts."
    assert sentences.ratings([], UTC, EN) == []
