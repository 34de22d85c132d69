"""A promise filled in as a table becomes a policy file that the reader takes and that says the same."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sla.errors import Refused
from sla.policies.model import METRICS, WEEKDAYS, Policy
from sla.policies.reader import read_policy_text
from sla.policies.writing import (
    Draft,
    DraftSeverity,
    Mistake,
    Unit,
    check_policy,
    mistakes,
    policy_id,
    policy_text,
    windows,
    within_seconds,
)

DRAFT = Draft(
    name="Suporte da Pedreira «Granito»",
    severities=(
        DraftSeverity("Crítica", "P1, urgente; عاجل", {"first_response": "0,5", "resolution": "4"}, is_always=True),
        DraftSeverity("Normal", "", {"first_response": "1:30", "next_response": "90 min", "resolution": " "}),
    ),
    timezone="America/Sao_Paulo",
    hours={"mon": "09:00-12:00, 13:00-18:00", "fri": "22:00-06:00", "sun": ""},
    holiday_calendar="BR-SP",
    holidays="2026-12-24\n2026-12-31",
    statuses={"waiting": "Pendente, Aguardando cliente", "solved": "Resolvido\nFechado"},
    objective="92,5 %",
)
ONE = Draft(name="One", severities=(DraftSeverity(within={"first_response": "1"}),), is_always=True)


def read(draft: Draft) -> Policy:
    return read_policy_text(policy_text(draft), "own.toml")


def test_what_was_filled_in_stands_in_the_policy() -> None:
    policy = read(DRAFT)
    assert (policy.id, dict(policy.names)) == ("suporte-da-pedreira-granito", {"und": DRAFT.name})
    assert policy.objective == 0.925
    assert [(severity.code, severity.aliases) for severity in policy.severities] == [
        ("Crítica", ("P1", "urgente", "عاجل")),
        ("Normal", ()),
    ]
    assert [(target.metric, target.severities, target.target_s, target.calendar) for target in policy.targets] == [
        ("first_response", ("Crítica",), 1800, "always"),
        ("resolution", ("Crítica",), 14_400, "always"),
        ("first_response", ("Normal",), 5400, "office"),
        ("next_response", ("Normal",), 5400, "office"),
    ]
    assert policy.statuses == {"waiting": ("Pendente", "Aguardando cliente"), "solved": ("Resolvido", "Fechado")}
    assert (policy.default_calendar, policy.reporting_timezone) == ("office", "America/Sao_Paulo")
    office = policy.calendar("office")
    assert office.timezone == "America/Sao_Paulo"
    assert office.hours[0] == ((540, 720), (780, 1080))
    assert office.hours[4] == ((1320, 1800),)
    assert [bool(office.hours[day]) for day in (1, 2, 3, 5, 6)] == [False] * 5
    assert (office.holiday_calendar, office.holidays) == ("BR-SP", (date(2026, 12, 24), date(2026, 12, 31)))
    assert policy.calendar("always").is_always


def test_one_promise_for_every_severity_day_and_night() -> None:
    policy = read(ONE)
    (target,) = policy.targets
    assert (target.severities, target.target_s, policy.knows_all_severities) == (None, 3600, True)
    assert [calendar.name for calendar in policy.calendars] == ["always"]
    assert policy.objective is None


def test_an_end_of_response_can_be_chosen() -> None:
    assert read(replace(ONE, stops_on="acknowledged")).stops_on == "acknowledged"


@pytest.mark.parametrize(
    ("written", "unit", "seconds"),
    [
        ("4", "hours", 14_400),
        ("4", "minutes", 240),
        ("0.25", "hours", 900),
        ("1,5", "hours", 5400),
        ("1:30", "minutes", 5400),
        ("30m", "hours", 1800),
        ("30 min", "hours", 1800),
        ("2h", "minutes", 7200),
        ("45 s", "hours", 45),
        ("2 horas", "minutes", 7200),
        ("٣٠ د", "hours", 1800),
        ("٤", "hours", 14_400),
        ("2 days", "hours", None),
        ("-1", "hours", None),
        ("soon", "hours", None),
        ("1e9", "hours", None),
        ("0.0001", "minutes", None),
        ("²", "hours", None),
        ("1:75", "hours", None),
        ("", "hours", None),
    ],
)
def test_a_time_is_read_as_people_write_it(written: str, unit: Unit, seconds: int | None) -> None:
    assert within_seconds(written, unit) == seconds


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("1 business day", 9 * 3600),
        ("2 dias úteis", 18 * 3600),
        ("٢ يوم عمل", 18 * 3600),
        ("3 working days", 27 * 3600),
    ],
)
def test_business_days_are_read_in_three_languages_and_measured_by_the_hours(written: str, seconds: int) -> None:
    [target] = read(replace(ONE, is_always=False, severities=(DraftSeverity(within={"resolution": written}),))).targets
    assert (target.target_s, target.calendar) == (seconds, "office")


@pytest.mark.parametrize(
    ("hours", "is_even"),
    [
        ({"mon": "09:00-12:00", "fri": "09:00-18:00"}, False),
        ({"mon": "09:00-12:00, 13:00-18:00", "fri": "22:00-06:00"}, True),
        ({"mon": "09:00-18:00", "fri": "9-25"}, True),  # hours that cannot be read are told of by themselves
    ],
)
def test_business_days_need_days_of_as_many_hours(hours: dict[str, str], is_even: bool) -> None:
    lines = (
        DraftSeverity("Day and night", within={"resolution": "1 business day"}, is_always=True),
        DraftSeverity("Low", within={"resolution": "2 business days"}),
    )
    wrong = Mistake("within", "uneven_days", "Low", "2 business days")
    assert (wrong in mistakes(replace(DRAFT, severities=lines, hours=hours))) is not is_even


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("09:00-18:00", [("09:00", "18:00")]),
        ("9-18", [("09:00", "18:00")]),
        ("9h às 12h30, 13h-18h", [("09:00", "12:30"), ("13:00", "18:00")]),
        ("٩:٠٠–١٧:٠٠", [("09:00", "17:00")]),
        ("00:00 - 24:00", [("00:00", "24:00")]),
        ("22:00-06:00", [("22:00", "06:00")]),
        ("9-9", None),
        ("25-26", None),
        ("24:00-06:00", None),
        ("morning", None),
        ("09:00", None),
        ("9:00-18:99", None),
    ],
)
def test_hours_are_read_as_people_write_them(written: str, read_as: list[tuple[str, str]] | None) -> None:
    assert windows(written) == read_as


@pytest.mark.parametrize(
    ("draft", "mistake"),
    [
        (replace(ONE, name=" "), Mistake("name", "missing")),
        (replace(ONE, severities=()), Mistake("severities", "nothing_promised")),
        (replace(ONE, severities=(DraftSeverity("A"),)), Mistake("severities", "nothing_promised")),
        (replace(ONE, severities=(*ONE.severities, DraftSeverity("B"))), Mistake("severities", "no_name")),
        (
            replace(ONE, severities=(DraftSeverity("A", "x", {"resolution": "1"}), DraftSeverity("B", "X"))),
            Mistake("severities", "twice", "A", "X"),
        ),
        (
            replace(ONE, severities=(DraftSeverity("A", "", {"resolution": "1"}), DraftSeverity("a"))),
            Mistake("severities", "twice", "A", "a"),
        ),
        (
            replace(ONE, severities=(DraftSeverity("A", within={"resolution": "2 days"}),)),
            Mistake("within", "no_time", "A", "2 days"),
        ),
        (
            replace(ONE, severities=(DraftSeverity("A", within={"resolution": "0"}),)),
            Mistake("within", "out_of_bounds", "A", "0"),
        ),
        (
            replace(ONE, severities=(DraftSeverity("A", within={"resolution": "9999999"}),)),
            Mistake("within", "out_of_bounds", "A", "9999999"),
        ),
        (replace(ONE, is_always=False, hours={}), Mistake("hours", "never_open")),
        (replace(ONE, is_always=False, hours={"mon": "early"}), Mistake("hours", "no_hours", "mon", "early")),
        (replace(ONE, holidays="25/12/2026"), Mistake("holidays", "no_date", "25/12/2026", "25/12/2026")),
        (replace(ONE, holidays="2026-02-30"), Mistake("holidays", "no_date", "2026-02-30", "2026-02-30")),
        (
            replace(ONE, statuses={"waiting": "Pending", "solved": "pending"}),
            Mistake("statuses", "in_two", "waiting", "pending"),
        ),
        (replace(ONE, objective="all"), Mistake("objective", "no_share", value="all")),
        (replace(ONE, objective="0"), Mistake("objective", "no_share", value="0")),
        (replace(ONE, objective="101"), Mistake("objective", "no_share", value="101")),
        (replace(ONE, objective="nan"), Mistake("objective", "no_share", value="nan")),
    ],
)
def test_a_field_that_is_wrong_is_named(draft: Draft, mistake: Mistake) -> None:
    assert mistakes(draft) == (mistake,)
    with pytest.raises(ValueError, match=mistake.field):
        policy_text(draft)


def test_what_only_the_reader_knows_is_told_by_the_reader() -> None:
    overlapping = replace(ONE, is_always=False, hours={"mon": "09:00-12:00, 11:00-18:00"})
    with pytest.raises(
        Refused, match=r"own\.toml:\d+: calendars\.office\.hours\.mon: expected hours that do not overlap"
    ):
        check_policy(policy_text(overlapping), "own.toml")


def test_texts_of_any_kind_stay_texts() -> None:
    for name in ('"', "\\", "a\nb", "\x7f", "\ud800", "]]\n[x]", "#", "'''", "\u202e"):
        draft = replace(
            ONE, name=f"x{name}", severities=(DraftSeverity(f"y{name.strip() or 'z'}", within={"resolution": "1"}),)
        )
        policy = read(draft)
        assert re.sub("\ufffd", "\ud800", policy.names["und"]) == f"x{name}".strip()


def test_an_own_policy_takes_the_place_of_one_with_its_id() -> None:
    known = [read(ONE), read(replace(ONE, name="Two"))]
    own = policy_text(replace(ONE, name="two", objective="50"))
    assert [(policy.id, policy.objective) for policy in check_policy(own, "x.toml", known)] == [
        ("two", 0.5),
        ("one", None),
    ]


@pytest.mark.parametrize(("name", "is_id"), [("Ação 24h!", "acao-24h"), ("الدعم", "own"), ("x" * 99, "x" * 40)])
def test_an_id_is_made_of_the_name(name: str, is_id: str) -> None:
    assert policy_id(name) == is_id


WORD = st.text(min_size=1, max_size=12).filter(lambda text: text.strip() and not re.search(r"[,;،؛\n]", text))
TIME = st.integers(1, 500_000).map(lambda seconds: f"{seconds}s") | st.integers(1, 8_000).map(str) | st.just("")
WITHIN = st.fixed_dictionaries(dict.fromkeys(METRICS, TIME))


@settings(max_examples=150, deadline=None)
@given(
    name=WORD,
    lines=st.lists(
        st.tuples(WORD, WITHIN, st.booleans()), min_size=1, max_size=4, unique_by=lambda line: line[0].strip().lower()
    ),
    days=st.sets(st.sampled_from(WEEKDAYS), min_size=1),
    objective=st.integers(1, 1000),
    is_always=st.booleans(),
)
def test_any_table_becomes_a_policy_that_says_the_same(
    name: str,
    lines: list[tuple[str, dict[str, str], bool]],
    days: set[str],
    objective: int,
    is_always: bool,
) -> None:
    draft = Draft(
        name=name,
        severities=tuple(DraftSeverity(code, "", within, always) for code, within, always in lines),
        hours=dict.fromkeys(days, "08:00-17:30"),
        objective=str(objective / 10),
        is_always=is_always,
    )
    if mistakes(draft):
        assert {(found.field, found.kind) for found in mistakes(draft)} == {("severities", "nothing_promised")}
        return
    policy = read(draft)
    promised = {
        (code.strip(), metric): within_seconds(written, "hours")
        for code, within, _ in lines
        for metric, written in within.items()
        if written
    }
    found = {(target.severities[0], target.metric): target.target_s for target in policy.targets if target.severities}
    assert list(found.values()) == [promised[key] for key in _in_order(lines, promised)]
    assert policy.objective == objective / 1000


def _in_order(
    lines: list[tuple[str, dict[str, str], bool]], promised: dict[tuple[str, str], int | None]
) -> list[tuple[str, str]]:
    return [(code.strip(), metric) for code, *_ in lines for metric in METRICS if (code.strip(), metric) in promised]
