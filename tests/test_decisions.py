"""Every worked ticket of DECISIONS.md, measured by the product: its seconds are the document's.

Each test tells its tickets in front of itself. All of them are built together, once for every as-of instant that a
test asks for, with all policies side by side.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest

from sla import snapshot, store
from sla.__main__ import main
from sla.changes import changed_weeks
from sla.periods import period_of
from sla.review.figures import figures
from sla.review.issuing import Issuing, ask_of
from sla.review.notes import ClockKey
from sla.review.pack import Pack
from tests.clock.snapshots import Row, instant, rows_of, write_policies, write_rows
from tests.review import issued_desk as january
from tests.store.test_changed_weeks import EVENTS, FIRST_AS_OF, SECOND_AS_OF, built

ROOT = Path(__file__).resolve().parent.parent
LATER = "2026-03-09T12:00:00"  # Monday a week later
TEXT = (ROOT / "DECISIONS.md").read_text("utf-8")

# The desks


def target(metric: str, within: str, calendar: str = "always", **keys: Any) -> Row:
    return {"metric": metric, "within": within, "calendar": calendar, **keys}


def desk(name: str, *targets: Row, **keys: Any) -> Row:
    """A policy; a calendar of its own in `open` is the default one."""
    always = {"always": {"timezone": "UTC", "hours": "24x7"}}
    return {
        "id": name,
        "name": {"en": name},
        "source": "made up for this test",
        "statuses": {"waiting": ["Pending"], "solved": ["Solved"]},
        "calendars": ({"open": keys.pop("open")} if "open" in keys else {}) | always,
        "targets": list(targets),
        **keys,
    }


WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"]
OFFICE = {"timezone": "UTC", "hours": {day: [["09:00", "17:00"]] for day in WEEKDAYS}}
NIGHTS = {day: [["22:00", "06:00"]] for day in [*WEEKDAYS, "sat", "sun"]}
LOW_AND_HIGH = [{"code": "Low", "name": {"en": "Low"}}, {"code": "High", "name": {"en": "High"}}]
HOUR = target("first_response", "1h")
POLICIES: list[Row | str] = [
    desk("desk", HOUR, target("next_response", "1h"), target("resolution", "8h")),
    desk("office", target("first_response", "1h", "open"), open=OFFICE, severities=LOW_AND_HIGH),
    desk(
        "grades",
        target("first_response", "4h", severities=["Low"]),
        target("first_response", "1h", severities=["High"]),
        target("periodic_update", "2h", severities=["High"]),
        severities=LOW_AND_HIGH,
    ),
    desk("halved", HOUR),
    desk("halved", target("first_response", "30m"), valid_from=date(2026, 3, 3)),
    desk("subjects", HOUR, duplicates="same_subject"),
    desk("queue", HOUR),
    desk(
        "night",
        target("first_response", "8h", "open"),
        open={"timezone": "UTC", "hours": NIGHTS, "closures": {"2026-03-02": [["02:00", "03:00"]]}},
    ),
    desk("samoa", target("first_response", "8h", "open"), open={"timezone": "Pacific/Apia", "hours": NIGHTS}),
    (ROOT / "data" / "policies" / "zoom.toml").read_text("utf-8"),
]

# Tickets as a test tells them


def ticket(ticket_id: str, created: str, *events: Row, **columns: Any) -> tuple[Row, list[Row]]:
    """A ticket of the desk and what happened to it; a time without a date is one of Monday 2 March 2026."""
    times = {name: written(value) for name, value in columns.items() if name.endswith("_at")}
    row = {"ticket_id": ticket_id, "created_at": written(created), "policy": "desk", **columns, **times}
    return row, [event | {"ticket_id": ticket_id} for event in events]


def written(time: str) -> str:
    """A time as an export writes it: in UTC, unless it says its own date."""
    return time if len(time) > 8 else f"{instant(time).isoformat()}Z"


def event(at: str, kind: str, value: str | None = None, **columns: Any) -> Row:
    return {"at": written(at), "kind": kind, "value": value, "by": "agent", **columns}


def reply(at: str, author: str | None = None) -> Row:
    return event(at, "message", author=author)


def asks(at: str) -> Row:
    return event(at, "message", by="customer")


def status(at: str, word: str, **columns: Any) -> Row:
    return event(at, "status", word, **columns)


def rating(ticket_id: str, offered: str | None, rated: str | None = None, score: int | None = None) -> Row:
    """A survey of 1 to 5, offered or answered."""
    times = {"offered_at": offered and written(offered), "rated_at": rated and written(rated)}
    return {"ticket_id": ticket_id, "score": score, "scale_min": 1, "scale_max": 5, **times}


def told(
    *tickets: tuple[Row, list[Row]], world: str = "UTC", ratings: Sequence[Row] = ()
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Puts tickets beside the test that tells them; a world is named for the zone its instants are written in."""

    def mark(test: Callable[..., None]) -> Callable[..., None]:
        vars(test).update(tickets=tickets, world=world, ratings=ratings)
        return test

    return mark


def worked() -> dict[str, Callable[..., None]]:
    """The tests of this file by the number of their decision."""
    found = {name: re.fullmatch(r"test_([rd]\d+)_\w+", name) for name in globals()}
    return {match[1].upper(): globals()[name] for name, match in found.items() if match}


class Measured:
    """What the product measured: `clock(...)` is one row of `clock_facts`, None where there is none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tables = cache(self._build)

    def clock(self, ticket_id: str, metric: str = "first_response", cycle: int = 1, **when: str) -> Row | None:
        return self._tables(**when)[0].get((ticket_id, metric, cycle))

    def first(self, ticket_id: str, *columns: str, **when: str) -> tuple[Any, ...] | None:
        return self.said(ticket_id, "first_response", 1, *columns, **when)

    def said(self, ticket_id: str, metric: str, cycle: int, *columns: str, **when: str) -> tuple[Any, ...] | None:
        """Outcome (where excluded, the reason) and elapsed seconds of a clock, then the columns asked for."""
        row = self.clock(ticket_id, metric, cycle, **when)
        return row and (row["reason"] or row["outcome"], row["elapsed_s"], *(row[column] for column in columns))

    def warnings(self) -> list[Row]:
        return self._tables()[1]

    def rated(self, ticket_id: str, *columns: str, **when: str) -> tuple[Any, ...] | None:
        """The columns asked for of a row of `rated_tickets`, None where there is none."""
        found = [row for row in self._tables(**when)[2] if row["ticket_id"] == ticket_id]
        return tuple(found[0][column] for column in columns) if found else None

    def marted(self, mart: str, ticket_id: str, *columns: str, **when: str) -> list[tuple[Any, ...]]:
        """The columns asked for of a ticket's rows of a mart, in the mart's order."""
        rows = [row for row in self._tables(**when)[3][mart] if row["ticket_id"] == ticket_id]
        return [tuple(row[column] for column in columns) for row in rows]

    def _build(
        self, as_of: str = LATER, world: str = "UTC"
    ) -> tuple[dict[tuple[str, str, int], Row], list[Row], list[Row], dict[str, list[Row]]]:
        folder = self._folder / re.sub(r"\W", "_", f"{world} {as_of}")
        tests = [vars(test) for test in worked().values() if vars(test)["world"] == world]
        tickets = [one for test in tests for one in test["tickets"]]
        write_rows(folder / "export" / "tickets.csv", [row for row, _ in tickets])
        write_rows(folder / "export" / "events.csv", [event for _, events in tickets for event in events])
        write_rows(folder / "export" / "ratings.csv", [one for test in tests for one in test["ratings"]])
        built = snapshot.build(
            [folder / "export"],
            policies=write_policies(folder / "policies", POLICIES),
            out=folder / "out",
            as_of=instant(as_of),
            timezone=world,
        )
        assert built.rows_rejected == 0
        with duckdb.connect(built.snapshot, read_only=True) as con:
            clocks = {(r["ticket_id"], r["metric"], r["cycle"]): r for r in rows_of(con, "from clock_facts")}
            named = (
                "select tickets.ticket_id, mart.* from {} as mart join tickets using (ticket_no) order by mart.rowid"
            )
            marts = {mart: rows_of(con, named.format(mart)) for mart in ("work", "first_waits", "open_tickets")}
            return clocks, rows_of(con, "from warnings"), rows_of(con, "from rated_tickets"), marts


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    return Measured(tmp_path_factory.mktemp("decisions"))


# The document


def sections() -> dict[str, str]:
    """The text of every decision by its number."""
    parts = re.split(r"^### ([RD]\d+)\. ", TEXT, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_every_decision_has_a_test_of_its_own() -> None:
    headings = re.findall(r"^### (.+)$", TEXT, flags=re.MULTILINE)
    assert [heading.partition(". ")[0] for heading in headings] == list(sections())
    assert list(worked()) == list(sections())


@pytest.mark.parametrize("number", sections())
def test_every_number_of_seconds_in_a_decision_stands_in_its_test(number: str) -> None:
    said = {int(text.replace(",", "")) for text in re.findall(r"\b(\d[\d,]*) s\b", sections()[number])}
    tested = {int(text.replace("_", "")) for text in re.findall(r"\b\d[\d_]*\b", inspect.getsource(worked()[number]))}
    assert said <= tested


# The verdict


@told(
    ticket("R1 on time", "9:00:00", reply("10:00:00")),
    ticket("R1 late", "9:00:00", reply("10:00:01")),
)
def test_r1_exactly_at_the_target_is_met(measured: Measured) -> None:
    assert measured.first("R1 on time", "target_s") == ("met", 3_600, 3_600)
    assert measured.first("R1 late", "late_s") == ("breached", 3_601, 1)


@told(ticket("R2", "16:00:00", reply("23:00:00"), policy="office", severity="Low"))
def test_r2_a_reply_in_the_night_after_closing_time_is_not_late(measured: Measured) -> None:
    assert measured.first("R2", "due_at") == ("met", 3_600, instant("17:00:00"))


@told(ticket("R3", "9:00:00"))
def test_r3_nobody_answered_is_a_breach_today(measured: Measured) -> None:
    assert measured.first("R3", "target_s", as_of="11:00:00") == ("breached", 7_200, 3_600)
    assert measured.first("R3", as_of="9:30:00") == ("running", 1_800)


@told(ticket("R4", "2026-03-01T23:30:00Z", reply("0:10:00")))
def test_r4_a_week_is_the_week_of_the_due_instant(measured: Measured) -> None:
    assert measured.first("R4", "due_at", "week_start") == ("met", 2_400, instant("0:30:00"), date(2026, 3, 2))


@told(
    ticket("R5 raised", "9:00:00", event("11:00:00", "severity", "High"), policy="grades", severity="Low"),
    ticket("R5 lowered", "9:00:00", event("10:30:00", "severity", "Low"), policy="grades", severity="High"),
)
def test_r5_a_regrading_counts_from_the_moment_it_was_made(measured: Measured) -> None:
    # Low has 14_400 seconds, High 3_600
    eleven = instant("11:00:00")
    raised = ("breached_at", "due_at", "target_s")
    assert measured.first("R5 raised", *raised, as_of="11:00:00") == ("breached", 7_200, eleven, eleven, 3_600)
    assert measured.first("R5 raised", "target_s", as_of="10:30:00") == ("running", 5_400, 14_400)
    assert measured.first("R5 lowered", "breached_at", as_of="10:30:00") == ("breached", 5_400, instant("10:00:00"))


@told(
    ticket("R6 in time", "9:00:00", status("9:40:00", "Solved")),
    ticket("R6 late", "9:00:00", status("10:10:00", "Solved")),
)
def test_r6_solved_without_a_reply_is_never_a_free_met(measured: Measured) -> None:
    assert measured.first("R6 in time") == ("solved_without_reply", 2_400)
    assert measured.first("R6 late", "late_s") == ("breached", 4_200, 600)


@told(
    ticket(
        "R7",
        "9:00:00",
        status("14:00:00", "Solved"),
        status("15:00:00", "Open"),
        status("19:00:00", "Solved"),
        status("20:00:00", "Open"),
    )
)
def test_r7_a_reopened_ticket_goes_on_where_it_stopped(measured: Measured) -> None:
    assert measured.said("R7", "resolution", 1) == ("met", 18_000)
    second = ("carried_s", "target_s", "late_s")
    assert measured.said("R7", "resolution", 2, *second) == ("breached", 18_000 + 14_400, 18_000, 28_800, 3_600)
    assert 18_000 + 14_400 == 32_400
    third = measured.clock("R7", "resolution", 3)
    assert third is not None
    assert (third["outcome"], third["reason"], third["carried_s"]) == ("excluded", "already_breached", 32_400)


@told(
    ticket(
        "R8",
        "9:00:00",
        status("9:10:00", "Pending"),
        status("12:10:00", "Open"),
        reply("12:20:00"),
        status("18:00:00", "Solved"),
    )
)
def test_r8_a_pause_stops_only_the_clocks_that_say_so(measured: Measured) -> None:
    assert 32_400 - 10_800 == 21_600
    assert measured.said("R8", "resolution", 1, "paused_s") == ("met", 21_600, 10_800)
    assert measured.first("R8", "paused_s", "late_s") == ("breached", 12_000, 0, 8_400)


def thanks(ticket_id: str, *then: Row) -> tuple[Row, list[Row]]:
    happened = [asks("9:00:00"), asks("9:50:00"), reply("10:30:00"), status("10:31:00", "Solved"), asks("10:40:00")]
    return ticket(ticket_id, "9:00:00", *happened, *then)


@told(
    thanks("R9 thanks"),
    thanks("R9 at once", status("10:40:30", "Open")),
    thanks("R9 later", status("10:45:00", "Open")),
)
def test_r9_more_messages_do_not_restart_a_wait_and_thanks_starts_none(measured: Measured) -> None:
    for name in ("R9 thanks", "R9 at once", "R9 later"):
        assert measured.first(name, "started_at") == ("breached", 5_400, instant("9:00:00"))
    assert measured.clock("R9 thanks", "next_response") is None
    # the message of 10:40:00 is 30 seconds older than the reopening, at most 60
    for name, start in {"R9 at once": "10:40:00", "R9 later": "10:45:00"}.items():
        wait = measured.clock(name, "next_response")
        assert wait is not None
        assert wait["started_at"] == instant(start)


NOTICED = [event("9:01:00", "acknowledged"), reply("11:00:00")]


@told(
    ticket("R10 zoom", "9:00:00", *NOTICED, policy="zoom", severity="1", plan="Pro"),
    ticket("R10 asks again", "9:00:00", asks("10:00:00"), *NOTICED, policy="zoom", severity="1", plan="Pro"),
    ticket("R10 desk", "9:00:00", *NOTICED),
)
def test_r10_the_notice_stops_the_first_response_only_where_the_document_says_so(measured: Measured) -> None:
    for name in ("R10 zoom", "R10 asks again"):
        assert measured.first(name, "first_reply_at") == ("met", 60, instant("11:00:00"))
        # the wait goes on to the reply, so a message between starts no second one
        assert measured.clock(name, "next_response") is None
    assert measured.first("R10 desk", "stopped_at") == ("breached", 7_200, instant("11:00:00"))


@told(ticket("R11", "8:00:00", reply("8:10:00"), reply("9:00:00"), asks("9:00:00")))
def test_r11_in_one_second_the_customer_wrote_before_the_agent(measured: Measured) -> None:
    wait = ("started_at", "stopped_at")
    assert measured.said("R11", "next_response", 1, *wait) == ("met", 0, instant("9:00:00"), instant("9:00:00"))


# What the documents leave open


@told(
    ticket("D1 before", "23:50:00", reply("2026-03-03T00:40:00Z"), policy="halved"),
    ticket("D1 after", "2026-03-03T00:00:00Z", reply("2026-03-03T00:40:00Z"), policy="halved"),
)
def test_d1_the_version_in_force_when_a_clock_starts_stays_its_version(measured: Measured) -> None:
    assert measured.first("D1 before", "target_s") == ("met", 3_000, 3_600)
    assert measured.first("D1 after", "target_s", "late_s") == ("breached", 2_400, 1_800, 600)


@told(
    ticket(
        "D2 pending",
        "9:00:00",
        status("8:58:00", "Pending"),
        status("9:30:00", "Open"),
        status("10:00:00", "Solved"),
    ),
    ticket("D2 reply", "9:00:00", reply("8:59:00"), reply("9:30:00")),
)
def test_d2_what_is_dated_before_the_creation_holds_from_the_creation_on(measured: Measured) -> None:
    assert 3_600 - 1_800 == 1_800
    assert measured.said("D2 pending", "resolution", 1, "paused_s") == ("met", 1_800, 1_800)
    assert measured.first("D2 reply", "stopped_at") == ("met", 1_800, instant("9:30:00"))
    listed = [row for row in measured.warnings() if row["ticket_id"] == "D2 reply"]
    assert [(row["kind"], row["at"]) for row in listed] == [("reply_before_creation", instant("8:59:00"))]


@told(
    ticket(
        "D3",
        "9:00:00",
        status("10:00:00", "Solved", seq=1),
        status("10:00:00", "Open", seq=2),
        status("11:00:00", "Solved"),
    )
)
def test_d3_solved_and_reopened_within_one_second_was_not_solved(measured: Measured) -> None:
    # not 3_600 and a second cycle
    assert measured.said("D3", "resolution", 1, "stopped_at") == ("met", 7_200, instant("11:00:00"))
    assert measured.clock("D3", "resolution", 2) is None


ZOOM = {"policy": "zoom", "severity": "1", "plan": "Pro"}
NOTICED_BEFORE = {"acknowledged_at": "8:50:00"}


@told(
    ticket("D4 event", "9:00:00", reply("9:30:00"), first_reply_at="9:20:00"),
    ticket("D4 column", "9:00:00", first_reply_at="9:20:00"),
    ticket("D4 before", "9:00:00", first_reply_at="8:00:00"),
    ticket("D4 notice before", "9:00:00", reply("9:30:00"), **NOTICED_BEFORE, **ZOOM),
    ticket("D4 notice event", "9:00:00", event("9:10:00", "acknowledged"), reply("9:30:00"), **NOTICED_BEFORE, **ZOOM),
    ticket("D4 notice desk", "9:00:00", reply("9:30:00"), **NOTICED_BEFORE),
)
def test_d4_the_tickets_own_columns_stand_in_for_events(measured: Measured) -> None:
    assert measured.first("D4 event") == ("met", 1_800)
    assert measured.first("D4 column") == ("met", 1_200)
    assert measured.first("D4 before", "stopped_at") == ("times_out_of_order", 0, instant("8:00:00"))
    noticed = ("stopped_at", "first_reply_at")
    before = ("times_out_of_order", 0, instant("8:50:00"), instant("9:30:00"))
    assert measured.first("D4 notice before", *noticed) == before
    assert measured.first("D4 notice event") == ("met", 600)
    assert measured.first("D4 notice desk") == ("met", 1_800)


@told(
    ticket("D5 in time", "9:00:00", status("9:40:00", "Pending"), status="Solved"),
    ticket("D5 late", "9:00:00", status("10:20:00", "Pending"), status="Solved"),
)
def test_d5_solved_and_nobody_knows_when(measured: Measured) -> None:
    for as_of in (LATER, "12:00:00"):  # it never grows
        assert measured.first("D5 in time", as_of=as_of) == ("stop_unknown", 2_400)
        assert measured.first("D5 late", as_of=as_of) == ("breached", 4_800)


def regraded(name: str, severity: str, to: str, at: str) -> tuple[Row, list[Row]]:
    """A ticket that is regraded and answered in the same second."""
    return ticket(name, "9:00:00", event(at, "severity", to), reply(at), policy="grades", severity=severity)


@told(
    regraded("D6 above", "High", "Low", "10:00:01"),
    regraded("D6 at the target", "High", "Low", "10:00:00"),
    regraded("D6 raised at the stop", "Low", "High", "10:00:01"),
)
def test_d6_time_is_continuous(measured: Measured) -> None:
    # High has 3_600 seconds, Low 14_400
    assert measured.first("D6 above", "target_s") == ("breached", 3_601, 3_600)
    assert measured.first("D6 at the target", "target_s") == ("met", 3_600, 14_400)
    assert measured.first("D6 raised at the stop", "target_s") == ("breached", 3_601, 3_600)


@told(
    ticket(
        "D7",
        "9:00:00",
        status("10:00:00", "Pending"),
        status("11:00:00", "Open"),
        status("12:00:00", "Solved"),
    )
)
def test_d7_the_due_instant(measured: Measured) -> None:
    # 10_800 - 3_600; 9:00:00 and 28_800 + 3_600 seconds are 18:00:00
    due = ("due_at", "paused_s", "target_s")
    assert measured.said("D7", "resolution", 1, *due) == ("met", 7_200, instant("18:00:00"), 3_600, 28_800)
    assert 10_800 - 3_600 == 7_200


def lowered(name: str, at: str) -> tuple[Row, list[Row]]:
    return ticket(name, "9:00:00", event(at, "severity", "Low"), reply("11:00:00"), policy="grades", severity="High")


@told(lowered("D8 too late", "10:30:00"), lowered("D8 in time", "9:30:00"))
def test_d8_which_target_a_clock_shows(measured: Measured) -> None:
    shown = ("severity", "target_s")
    assert measured.first("D8 too late", *shown) == ("breached", 7_200, "High", 3_600)
    assert measured.first("D8 in time", *shown) == ("met", 7_200, "Low", 14_400)


@told(ticket("D9", "2026-03-06T18:00:00Z", reply("2026-03-09T09:00:00Z"), policy="nobody"))
def test_d9_no_policy(measured: Measured) -> None:
    assert measured.first("D9") == ("unknown_policy", 226_800)


def test_versions_of_one_policy_may_write_its_id_in_different_cases(tmp_path: Path) -> None:
    write_rows(tmp_path / "tickets.csv", [{"ticket_id": "T", "created_at": written("9:00:00"), "policy": "DESK"}])
    policies = [desk("desk", HOUR), desk("Desk", target("first_response", "30m"), valid_from=date(2026, 3, 2))]
    built = snapshot.build(
        [tmp_path / "tickets.csv"],
        policies=write_policies(tmp_path / "policies", policies),
        out=tmp_path / "out",
        as_of=instant("9:40:00"),
    )
    # 2_400 seconds against the 1_800 of the version of that day; the resolution has no target
    assert (built.clocks, built.outcomes["breached"], built.outcomes["excluded"]) == (2, 1, 1)


@told(ticket("D10", "16:00:00", reply("2026-03-03T10:00:00Z"), policy="office", severity="Purple"))
def test_d10_no_target(measured: Measured) -> None:
    assert measured.first("D10", "severity") == ("unknown_severity", 3_600 + 3_600, "Purple")
    assert 3_600 + 3_600 == 7_200


UPDATED = [reply("9:00:00"), reply("11:30:00"), status("12:00:00", "Solved")]


@told(
    ticket("D11 high", "9:00:00", *UPDATED, policy="grades", severity="High"),
    ticket("D11 low", "9:00:00", *UPDATED, policy="grades", severity="Low"),
)
def test_d11_periodic_updates(measured: Measured) -> None:
    late = ("target_s", "late_s")
    assert measured.said("D11 high", "periodic_update", 1, *late) == ("breached", 9_000, 7_200, 1_800)
    assert measured.said("D11 high", "periodic_update", 2) == ("met", 1_800)
    assert measured.said("D11 low", "periodic_update", 1) == ("no_target", 9_000)
    assert measured.said("D11 low", "periodic_update", 2) == ("no_target", 1_800)


def about_mail(name: str, created: str, *events: Row, **columns: Any) -> tuple[Row, list[Row]]:
    return ticket(
        name, created, *events, policy="subjects", requester="rui@a.example", **{"subject": "E-mail"} | columns
    )


@told(
    about_mail("D12 A", "9:00:00", status("12:00:00", "Solved")),
    about_mail("D12 B", "10:00:00", subject=" e-MAIL "),
    about_mail("D12 C", "13:00:00", reply("13:10:00")),
)
def test_d12_duplicates_by_subject(measured: Measured) -> None:
    # C came 3_600 seconds after A was solved
    reasons = [row and row["reason"] for row in map(measured.clock, ("D12 A", "D12 B", "D12 C"))]
    assert reasons == [None, "duplicate", None]
    assert measured.first("D12 C") == ("met", 600)


@told(
    ticket(
        "D13",
        "9:00:00",
        event("9:00:00", "assigned", "Agent 1"),
        reply("9:30:00", author="Agent 2"),
        event("9:31:00", "assigned", "Agent 3"),
    )
)
def test_d13_whose(measured: Measured) -> None:
    assert measured.first("D13", "agent") == ("met", 1_800, "Agent 2")


@told(ticket("D14 nobody", "9:00:00"), ticket("D14 answered", "9:00:00", reply("10:30:00")))
def test_d14_still_open(measured: Measured) -> None:
    still = ("late_s", "is_open")
    assert measured.first("D14 nobody", *still, as_of="11:00:00") == ("breached", 7_200, 3_600, True)
    assert measured.first("D14 answered", *still, as_of="11:00:00") == ("breached", 5_400, 1_800, False)


@told(ticket("D15", "9:00:00", status("9:10:00", "Solved"), reply("9:30:00")))
def test_d15_first_reply(measured: Measured) -> None:
    assert measured.first("D15", "first_reply_at") == ("solved_without_reply", 600, instant("9:30:00"))


@told(ticket("D16", "12:00:00"))
def test_d16_tickets_of_the_future(measured: Measured) -> None:
    assert measured.clock("D16", as_of="11:59:59") is None
    assert measured.clock("D16", "resolution", as_of="11:59:59") is None
    assert measured.first("D16", as_of="12:00:00") == ("running", 0)


@told(ticket("D17", "2026-03-03T01:00:00Z", reply("2026-03-03T04:00:00Z"), policy="night"))
def test_d17_a_closure_cuts_the_next_dates_part_of_a_shift(measured: Measured) -> None:
    assert 10_800 - 3_600 == 7_200
    assert measured.first("D17") == ("met", 7_200)


@told(
    ticket("D18 twice", "2026-11-01 01:30:00", reply("2026-11-01 02:00:00")),
    ticket("D18 never", "2026-03-08 02:30:00", reply("2026-03-08 04:00:00")),
    world="America/New_York",
)
def test_d18_the_repeated_hour_is_read_as_the_later_one_and_a_skipped_one_with_the_offset_before(
    measured: Measured,
) -> None:
    when = {"as_of": "2026-11-02T00:00:00", "world": "America/New_York"}
    twice = instant("2026-11-01T06:30:00"), instant("2026-11-01T07:00:00")
    assert measured.first("D18 twice", "started_at", "stopped_at", **when) == ("met", 1_800, *twice)
    never = instant("2026-03-08T07:30:00"), instant("2026-03-08T08:00:00")
    assert measured.first("D18 never", "started_at", "stopped_at", **when) == ("met", 1_800, *never)


def test_the_as_of_instant_is_read_as_the_instants_of_the_export_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_rows(tmp_path / "tickets.csv", [{"ticket_id": "T", "created_at": "2026-11-01 01:30:00", "policy": "desk"}])
    places = ["--policies", str(write_policies(tmp_path / "policies", POLICIES[:1])), "--out", str(tmp_path / "out")]
    when = ["--as-of", "2026-11-01 01:30:00", "--timezone", "America/New_York"]
    assert main(["build", str(tmp_path / "tickets.csv"), *places, *when, "--json"]) == 0
    built = json.loads(capsys.readouterr().out)
    # as of its creation a ticket has a first response and a resolution
    assert (built["as_of"], built["clocks"]) == ("2026-11-01T06:30:00Z", 2)


@told(ticket("D19", "9:00:00", status("12:00:00", "Solved"), status="Solved"))
def test_d19_an_as_of_instant_in_the_past(measured: Measured) -> None:
    assert measured.first("D19", "is_open", as_of="9:20:00") == ("running", 1_200, True)


@told(
    ticket("D20", "2011-12-31T00:00:00", reply("2011-12-31T06:00:00"), policy="samoa"),
    world="Pacific/Apia",
)
def test_d20_a_shift_of_a_date_that_never_was(measured: Measured) -> None:
    # Samoa is UTC+14 then: 0:00:00 is 10:00:00 of the 30th
    when = {"as_of": "2012-01-02T00:00:00", "world": "Pacific/Apia"}
    assert measured.first("D20", "started_at", **when) == ("met", 21_600, datetime(2011, 12, 30, 10))


SURVEYED = ("2026-03-01T20:00:00Z", "2026-03-01T23:00:00Z", 2), ("2026-03-01T20:00:00Z", "0:30:00", 4)


@told(
    ticket("D21", "2026-03-01T09:00:00Z", status("2026-03-01T19:00:00Z", "Solved")),
    ticket("D21 merged", "2026-03-01T09:00:00Z", status("2026-03-01T19:00:00Z", "Solved"), merged_into="D21"),
    ratings=[rating(name, *answer) for name in ("D21", "D21 merged") for answer in SURVEYED],
)
def test_d21_a_ticket_counts_by_its_last_rating_on_the_day_it_was_given(measured: Measured) -> None:
    columns = ("is_answered", "is_positive", "score", "week_start", "reason")
    assert instant("0:30:00").timestamp() - instant("2026-03-01T23:00:00").timestamp() == 5_400
    assert measured.rated("D21", *columns) == (True, True, 4, date(2026, 3, 2), None)
    sunday_night = {"as_of": "2026-03-01T23:30:00"}
    assert measured.rated("D21", *columns, **sunday_night) == (True, False, 2, date(2026, 2, 23), None)
    offered = {"as_of": "2026-03-01T22:00:00"}
    assert measured.rated("D21", *columns, **offered) == (False, None, None, date(2026, 2, 23), None)
    assert measured.rated("D21", *columns, as_of="2026-03-01T19:30:00") is None
    assert measured.rated("D21 merged", "score", "reason") == (4, "merged")


@told(
    ticket("D22", "9:00:00", reply("9:20:00"), status("18:00:00", "Solved")),
    ticket("D22 unsolved", "9:00:00", reply("9:20:00")),
    ratings=[rating("D22", None, "18:30:00", 5), rating("D22 unsolved", None, "10:00:00", 5)],
)
def test_d22_a_ticket_met_its_targets_where_a_clock_is_met_and_none_breached(measured: Measured) -> None:
    assert measured.first("D22") == ("met", 1_200)
    assert measured.said("D22", "resolution", 1, "target_s") == ("breached", 32_400, 28_800)
    columns = ("is_positive", "targets", "first_response", "resolution")
    assert measured.rated("D22", *columns) == (True, "breached", "met", "breached")
    assert measured.rated("D22 unsolved", *columns, as_of="11:00:00") == (True, "met", "met", None)
    assert measured.rated("D22 unsolved", *columns) == (True, "breached", "met", "breached")


@told(
    ticket("D23", "9:00:00", reply("9:20:00", "ann"), reply("9:30:00"), status("10:00:00", "Solved"), agent="ben"),
    ticket("D23 merged", "9:00:00", merged_into="D23"),
)
def test_d23_work_is_credited_to_who_did_it(measured: Measured) -> None:
    columns = ("kind", "done_at", "agent", "has_author", "backlog_change")
    start = instant("9:00:00")
    assert [((row[1] - start).total_seconds(), *row) for row in measured.marted("work", "D23", *columns)] == [
        (0, "arrival", start, "ben", None, 1),
        (1_200, "reply", instant("9:20:00"), "ann", True, 0),
        (1_800, "reply", instant("9:30:00"), "ben", False, 0),
        (3_600, "solve", instant("10:00:00"), "ben", None, -1),
    ]
    assert measured.marted("work", "D23 merged", "kind", "backlog_change") == [("left_out", 0)]


@told(
    ticket("D24 oldest", "9:00:00", policy="queue"),
    ticket("D24 answered", "9:00:10", reply("9:00:30"), policy="queue"),
    ticket("D24 youngest", "9:00:20", reply("9:00:40"), policy="queue"),
    ticket("D24 spam", "8:00:00", policy="queue", merged_into="D24 oldest"),
)
def test_d24_a_reply_keeps_the_order_of_arrival_where_no_older_ticket_waits(measured: Measured) -> None:
    columns = ("is_in_order", "passed_by_count", "waited_s")
    assert measured.marted("first_waits", "D24 answered", *columns) == [(False, None, 20)]
    assert measured.marted("first_waits", "D24 youngest", *columns) == [(False, None, 20)]
    assert measured.marted("first_waits", "D24 oldest", *columns) == [(None, 2, None)]
    assert measured.marted("first_waits", "D24 spam", *columns) == []


@told(
    ticket("D25", "9:00:00", reply("9:20:00"), status("9:20:00", "Pending"), asks("9:50:00"), status="Pending"),
)
def test_d25_a_ticket_waits_on_us_while_its_customer_is_unanswered(measured: Measured) -> None:
    columns = ("state", "waits_for", "waited_s")
    assert measured.marted("open_tickets", "D25", *columns, as_of="10:00:00") == [("on_us", "next_response", 600)]
    assert measured.marted("open_tickets", "D25", *columns, as_of="9:40:00") == [("on_customer", None, None)]


@told()
def test_d26_a_finished_week_changes_by_what_came_late_and_not_by_a_late_answer(tmp_path: Path) -> None:
    before = built(tmp_path / "before", as_of=FIRST_AS_OF)
    for name, at, elapsed_s, changed in (
        ("late answer", "2026-01-15T10:00:00", 777_600, []),
        ("late row", "2026-01-06T10:20:00", 1_200, [("B", "breached", "met")]),
    ):
        assert (datetime.fromisoformat(at) - datetime(2026, 1, 6, 10)).total_seconds() == elapsed_s
        after = built(tmp_path / name, events=(*EVENTS, f"B,{at}Z,message,agent"), as_of=SECOND_AS_OF)
        clocks = [clock for week in changed_weeks(before, after, "desk") for clock in week.clocks or ()]
        assert [(clock.ticket_id, clock.before.outcome, clock.after.outcome) for clock in clocks] == changed


@told()
def test_d27_a_waived_breach_leaves_the_breached_and_the_decided_and_is_never_met(tmp_path: Path) -> None:
    first = january.build(tmp_path)
    Issuing(first.parent).notebook.waive("X", B0, date(2026, 1, 13), True, "Client Example", "", "Ann Example")
    pack = pack_of_january(first)
    (breach,) = [breach for breach in pack.content.parts[0].breaches if breach.ticket_id == "B0"]
    assert (breach.elapsed_s, breach.late_s) == (7_200, 3_600)
    raw, waived = pack.content.parts[0].totals[0], pack.waived["total/desk/first_response"]
    assert (raw.met_count, raw.decided_count, waived.met_count, waived.decided_count) == (11, 13, 11, 12)
    assert [f"{share:.1%}" for share in (raw.share, waived.share) if share] == ["84.6%", "91.7%"]
    assert pack.lead.sentences[0].startswith("January 2026: 11 of 13")


@told()
def test_d28_a_figure_that_changed_is_explained_by_late_data_or_by_time(tmp_path: Path) -> None:
    first = january.build(tmp_path)
    before = pack_of_january(first)
    found = {clock.ticket_id: clock for clock in before.clocks if clock.metric == "first_response"}
    assert (found["C0"].outcome, found["C0"].elapsed_s) == ("breached", 1_389_600)
    assert (found["R0"].outcome, found["R0"].elapsed_s) == ("running", 1_800)
    Issuing(first.parent).issue(before, (), "Ann Example")
    answered = {name: january.SECOND_TICKETS[name] for name in ("C0", "R0")}
    after = pack_of_january(january.build(tmp_path, {**january.FIRST_TICKETS, **answered}, january.SECOND))
    found = {clock.ticket_id: clock for clock in after.clocks if clock.metric == "first_response"}
    assert (found["C0"].outcome, found["C0"].elapsed_s) == ("met", 1_200)
    assert (found["R0"].outcome, found["R0"].elapsed_s) == ("met", 2_400)
    why = {one.key: (one.why, one.tickets) for one in after.since.differences} if after.since else {}
    assert why["total/desk/first_response/breached_count"] == (("late_data",), ("C0",))
    assert why["total/desk/first_response/running_count"] == (("time",), ("R0",))
    assert why["total/desk/first_response/met_count"] == (("late_data", "time"), ("C0", "R0"))


@told()
def test_d29_an_issued_pack_stays_as_it_was(tmp_path: Path) -> None:
    first = january.build(tmp_path)
    issuing = Issuing(first.parent)
    number = issuing.issue(pack_of_january(first), (), "Ann Example")[0].stamp.issue_no
    corrected = {**january.FIRST_TICKETS, "B0": ("2026-01-13T10:00:00Z", "2026-01-13T10:30:00Z")}
    second = pack_of_january(january.build(tmp_path, corrected, january.SECOND))
    late = "breach/desk/B0/first_response/1/late_s"
    assert [clock.elapsed_s for clock in second.clocks if clock.key == B0] == [1_800]
    assert [(one.before, one.now) for one in second.since.differences if one.key == late] == [(3_600, None)]  # type: ignore[union-attr]
    assert figures(issuing.again(number))[late].value == 3_600
    assert issuing.issue(second, (), "Ann Example")[0].compared_no == number


@told()
def test_d30_a_note_stays_with_its_clock_when_that_is_no_breach_any_more(tmp_path: Path) -> None:
    first = january.build(tmp_path)
    notebook = Issuing(first.parent).notebook
    notebook.explain("X", B0, date(2026, 1, 13), "handover", "Two shifts.", "Ann Example")
    notebook.waive("X", B0, date(2026, 1, 13), True, "Client Example", "", "Ann Example")
    before = pack_of_january(first)
    assert ([breach.late_s for breach in before.content.parts[0].breaches][-1], before.orphans) == (3_600, ())
    corrected = {**january.FIRST_TICKETS, "B0": ("2026-01-13T10:00:00Z", "2026-01-13T10:30:00Z")}
    after = pack_of_january(january.build(tmp_path, corrected, january.SECOND))
    assert [clock.elapsed_s for clock in after.clocks if clock.key == B0] == [1_800]
    assert after.waived == {}
    assert [(orphan.note.clock, orphan.outcome) for orphan in after.orphans] == [(B0, "met"), (B0, "met")]
    assert len(after.notes.history) == 2


B0 = ClockKey("B0", "first_response", 1)


def pack_of_january(path: Path) -> Pack:
    """The pack of January 2026 as it would be issued from a snapshot now."""
    return Issuing(path.parent).pack(ask_of(path), "X", period_of("month", date(2026, 1, 1)), "en")


OSTICKET = (
    "Ticket Number,Date Created,Help Topic,Current Status,Closed Date\n1,{day} 09:00:00,Report,Closed,{day} 17:00:01\n"
)
HUBSPOT = (
    "Ticket ID,Ticket status,Create date,Close date,First agent email response date\n"
    "1,Closed,{day} 09:00,{day} 16:00,{day} 09:51\n"
)

LOG = (
    "number,ident_state,reassignment_count,sys_mod_count,opened_at,sys_updated_at\n"
    "1,New,0,0,2/3/2026 9:00,2/3/2026 9:00\n"
    "1,Active,0,1,2/3/2026 9:00,2/3/2026 10:01\n"
    "1,Active,0,2,2/3/2026 9:00,13/3/2026 9:00\n"
)


def clocks_of_export(folder: Path, text: str, policy: Row | str = POLICIES[0]) -> tuple[datetime, list[Row]]:
    """The as-of instant and the clocks of one helpdesk's export, judged by the desk's hour and eight."""
    export, policies = folder / "export", folder / "policies"
    export.mkdir(parents=True)
    (export / "tickets.csv").write_text(text.format(day="2026-03-02"), "utf-8")
    write_policies(policies, [policy])
    made = snapshot.build([export], policies=policies, out=folder / "out", default_policy="desk", timezone="UTC")
    with duckdb.connect(made.snapshot, read_only=True) as con:
        return made.as_of, rows_of(con, "from clocks")


@told()
def test_d31_an_export_that_cannot_tell_of_first_replies_has_none_judged(tmp_path: Path) -> None:
    _, found = clocks_of_export(tmp_path, OSTICKET)
    seen = {row["metric"]: (row["outcome"], row["reason"], row["elapsed_s"]) for row in found}
    assert seen["first_response"] == ("excluded", "stop_unknown", 0)
    assert seen["resolution"] == ("breached", None, 28_801)
    for promised, expected in {
        "agent_reply": ("excluded", "stop_unknown", 0),
        "acknowledged": ("breached", None, 3_660),
    }.items():
        policy = desk("desk", target("first_response", "1h", stops_on=promised))
        _, found = clocks_of_export(tmp_path / promised, LOG, policy)
        [first] = [row for row in found if row["metric"] == "first_response"]
        assert (first["outcome"], first["reason"], first["elapsed_s"]) == expected


@told()
def test_d32_an_export_without_a_last_change_reaches_to_its_replies_and_solves(tmp_path: Path) -> None:
    as_of, found = clocks_of_export(tmp_path, HUBSPOT)
    assert as_of == datetime(2026, 3, 2, 16)
    assert [row["elapsed_s"] for row in found if row["metric"] == "first_response"] == [3_060]


ZENDESK = (
    "Id,Requester,Submitter,Assignee,Status,Created at,Updated at,Solved at,Satisfaction Score\n"
    "1,One,One,Two,Solved,2026-03-02 09:00:00,2026-03-02 18:00:00,2026-03-02 16:40:00,Good\n"
)


@told()
def test_d33_a_score_without_an_instant_counts_when_its_ticket_was_solved(tmp_path: Path) -> None:
    export, policies = tmp_path / "export", tmp_path / "policies"
    export.mkdir()
    (export / "tickets.csv").write_text(ZENDESK, "utf-8")
    write_policies(policies, [POLICIES[0]])
    made = snapshot.build([export], policies=policies, out=tmp_path / "out", default_policy="desk", timezone="UTC")
    with duckdb.connect(made.snapshot, read_only=True) as con:
        ratings = con.execute("select rated_at, score, scale_min, scale_max from ratings").fetchall()
    assert ratings == [(datetime(2026, 3, 2, 16, 40), 1, 0, 1)]


TWO_ROWS = [
    "1,{day} 10:00:00,{day} 10:30:00,,Pending\n",
    "1,{day} 10:00:00,{day} 10:30:00,{day} 10:30:00,Solved\n",
]


@told()
def test_d34_of_two_rows_of_one_second_the_one_that_tells_of_more_holds(tmp_path: Path) -> None:
    for number, rows in enumerate([TWO_ROWS, TWO_ROWS[::-1]]):
        folder = tmp_path / str(number)
        folder.mkdir()
        _, found = clocks_of_export(folder, "ticket_id,created_at,updated_at,solved_at,status\n" + "".join(rows))
        assert [(row["outcome"], row["elapsed_s"]) for row in found if row["metric"] == "resolution"] == [
            ("met", 1_800)
        ]


NEVER_ANSWERED = (
    "ticket_id,created_at,first_reply_at,solved_at,updated_at,status\n"
    "1,{day} 10:00:00,{day} 10:10:00,,{day} 10:20:00,open\n"
    "2,{day} 10:00:00,,{day} 10:20:00,,solved\n"
    "3,{day} 10:00:00,,{day} 10:20:00,,solved\n"
)


@told()
def test_d35_percentiles_count_who_never_got_a_reply(tmp_path: Path) -> None:
    _, found = clocks_of_export(tmp_path, NEVER_ANSWERED)
    waits = sorted((row["elapsed_s"], row["outcome"], row["reason"]) for row in found if row["target_s"] == 3_600)
    assert waits == [(600, "met", None), *[(1_200, "excluded", "solved_without_reply")] * 2]
    path = store.current(tmp_path / "out")
    assert path is not None
    monday = date(2026, 3, 2)
    asked = {"policy": "desk", "metric": "first_response", "first_on": monday, "last_on": monday + timedelta(days=6)}
    (row,) = store.records(store.run(store.open_snapshot(path), "time_percentiles", asked))
    assert (row["clocks_count"], row["answered_count"], row["has_target"]) == (3, 1, True)
    assert (row["p50_s"], row["longest_s"]) == (None, 1_200)


SAVED_BY_A_SPREADSHEET = (
    "ticket_id,created_at,first_reply_at\n1,46056.375,13/03/2026 09:00\n2,13/03/2026 09:00,13/03/2026 09:20\n"
)


@told()
def test_d36_a_number_among_dates_is_no_date(tmp_path: Path) -> None:
    reply, meant, said = datetime(2026, 3, 13, 9), datetime(2026, 3, 2, 9), datetime(2026, 2, 3, 9)
    assert said == datetime(1899, 12, 30) + timedelta(days=46_056.375)
    assert [(reply - opened).total_seconds() for opened in (meant, said)] == [950_400, 3_283_200]
    _, found = clocks_of_export(tmp_path, SAVED_BY_A_SPREADSHEET)
    assert {row["ticket_id"] for row in found} == {"2"}
    path = store.current(tmp_path / "out")
    assert path is not None
    with store.open_snapshot(path).cursor() as cursor:
        [(line, reason)] = cursor.execute("select line, reason from rejected_rows").fetchall()
    assert line == 2
    assert "some with day and month exchanged (D36)" in reason
