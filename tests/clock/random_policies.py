"""Invented policies that the product accepts: every kind of calendar, target, list and version."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from tests.clock.examples import Row

ZONES = [
    "UTC",
    "America/Sao_Paulo",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
    "Europe/Berlin",
    "Asia/Kolkata",
]
PUBLIC_HOLIDAYS = ["BR", "BR-SP", "US-NY", "MA", "DE-BE", "WS"]
SEVERITY_WORDS = ["1", "Critical", "p1", "2", " MINOR", "3", "Crítico"]
PLAN_WORDS = ["Pro", "gold", "Basic", "BUSINESS "]
STATUS_WORDS = [
    *("New", "Open", "Pending", "pending ", "On hold", "Solved", "Closed", "SOLVED", "Open", "New", "Pending"),
    *("Open", "Solved", "Duplicate", "Spam"),
]
TAGS = ["dup", "Closed_By_Merge", "vip"]
SEVERITIES = [
    {"code": "1", "name": {"en": "Critical", "pt-BR": "Crítico"}, "aliases": ["P1"]},
    {"code": "2", "name": {"en": "Minor"}, "aliases": []},
    {"code": "3", "name": {"en": "Question"}},
]
PLANS = [
    {"code": "Pro", "name": {"en": "Professional"}, "aliases": ["Gold"]},
    {"code": "Basic", "name": {"en": "Basic"}},
]
LENGTHS = ["30s", "15m", "30m", "45m", "1h", "90m", "2h", "3h", "4h", "8h", "24h", "24h", "300h"]
EVEN = ["office", "lunch", "nights", "long", "weekend", "always"]  # all open weekdays are equally long
WORKING_DAYS = ["mon", "tue", "wed", "thu", "fri"]
ALL_DAYS = [*WORKING_DAYS, "sat", "sun"]
SHIFTS: dict[str, list[list[str]]] = {
    "office": [["09:00", "17:00"]],
    "lunch": [["08:30", "12:00"], ["13:00", "18:00"]],
    "nights": [["22:00", "06:00"]],
    "long": [["00:00", "24:00"]],
    "weekend": [["00:30", "03:30"], ["20:00", "23:15"]],
    "early": [["01:00", "04:00"]],
}


def random_policies(dice: Random, anchor: datetime) -> list[Row]:
    """One to three policies, each in one to three versions."""
    policies = []
    for name in ["north", "South Desk", "west"][: dice.randint(1, 3)]:
        begins: date | None = None
        if dice.random() < 0.15:
            begins = (anchor + timedelta(days=dice.randint(-3, 1))).date()
        for _ in range(dice.choice([1, 1, 2, 3])):
            policies.append(_policy(dice, name, begins, anchor))
            begins = (begins or (anchor - timedelta(days=3)).date()) + timedelta(days=dice.randint(2, 4))
    return policies


def _policy(dice: Random, name: str, begins: date | None, anchor: datetime) -> Row:
    kinds = dice.sample([*EVEN, "early", "ragged"], dice.randint(1, 4))
    calendars = {kind: random_calendar(dice, kind, anchor) for kind in kinds}
    policy: Row = {
        "id": name,
        "name": {"en": name},
        "source": "made up for this test",
        "calendars": calendars,
        "statuses": _statuses(dice),
        "tags": {"duplicate": ["dup"], "merged": ["closed_by_merge"]} if dice.random() < 0.7 else {},
    }
    has_severities = dice.random() < 0.8
    if has_severities:
        policy["severities"] = SEVERITIES
    if dice.random() < 0.5:
        policy["plans"] = PLANS
    policy["targets"] = _targets(dice, kinds, has_severities, names_plans=dice.random() < 0.4)
    if begins:
        policy["valid_from"] = begins
    if dice.random() < 0.5:
        policy["default_calendar"] = dice.choice(kinds)
    if dice.random() < 0.5:
        policy["reporting_timezone"] = dice.choice(ZONES)
    known = {plan for target in policy["targets"] for plan in target.get("plans", [])}
    known |= {"basic"} if "plans" in policy else set()
    if known and dice.random() < 0.5:
        policy["default_plan"] = dice.choice(sorted(known))
    if dice.random() < 0.3:
        policy["duplicates"] = "same_subject"
    return policy


def _statuses(dice: Random) -> Row:
    if dice.random() < 0.15:
        return {}  # the format's words alone
    lists: dict[str, list[str]] = {"solved": ["Solved", "Closed"]}
    if dice.random() < 0.8:
        lists["waiting"] = dice.choice([["Pending"], ["Pending", "On Hold"], ["on hold"]])
    if dice.random() < 0.7:
        lists["excluded"] = ["SPAM"]
    if dice.random() < 0.7:
        lists["duplicate"] = ["Duplicate"]
    return lists


def random_calendar(dice: Random, kind: str, anchor: datetime) -> Row:
    """A calendar of a kind, in a zone, with holidays, own dates and closures near `anchor`."""
    calendar: Row = {"timezone": dice.choice(ZONES)}
    if kind == "always":
        calendar["hours"] = "24x7"
        if dice.random() < 0.7:
            return calendar
    elif kind == "ragged":
        days = dice.sample(ALL_DAYS, 4)
        calendar["hours"] = {day: [[f"{dice.randint(0, 9):02}:30", f"{dice.randint(10, 23)}:15"]] for day in days}
    else:
        days = {"weekend": ["sat", "sun"], "nights": ALL_DAYS, "long": ALL_DAYS}.get(kind, WORKING_DAYS)
        calendar["hours"] = dict.fromkeys(days, SHIFTS[kind])
    near = [(anchor + timedelta(days=day)).date().isoformat() for day in range(-3, 8)]
    if dice.random() < 0.4:
        calendar["holidays"] = dice.sample(near, dice.randint(1, 2))
    if dice.random() < 0.3:
        calendar["holiday_calendar"] = dice.choice(PUBLIC_HOLIDAYS)
    if dice.random() < 0.4:
        own = dice.choice([[["10:00", "12:00"]], [["05:00", "11:30"], ["14:00", "20:00"]], [["20:00", "02:00"]], []])
        calendar["dates"] = {dice.choice(near): own}
    if dice.random() < 0.4:
        cuts = [["02:00", "03:00"], ["10:30", "11:00"], ["23:30", "00:30"], ["15:00", "16:00"]]
        calendar["closures"] = {day: dice.sample(cuts, 2) for day in dice.sample(near, 2)}
    return calendar


def _targets(dice: Random, kinds: list[str], has_severities: bool, names_plans: bool) -> list[Row]:
    """Targets that cover all, some or no severities and plans of each metric, never one pair twice."""
    targets: list[Row] = []
    notice = dice.random() < 0.3
    for metric in ("first_response", "next_response", "periodic_update", "resolution"):
        if dice.random() < 0.15 or (metric == "periodic_update" and dice.random() < 0.4):
            continue
        by_severity: list[list[str] | None] = dice.choice(
            [[["1"], ["2"]], [["1"], ["2", "3"]], [["1", "2", "3"]], [None]]
        )
        by_plan: list[list[str] | None] = dice.choice([[["Pro"], ["Basic", "Business"]], [["Pro", "Business"]], [None]])
        severity_sets: list[list[str] | None] = [*by_severity] if has_severities else [None]
        plan_sets: list[list[str] | None] = [*by_plan] if names_plans else [None]
        for severities in severity_sets:
            for plans in plan_sets:
                target = {"metric": metric, **_within(dice, kinds)}
                if severities:
                    target["severities"] = severities
                if plans:
                    target["plans"] = plans
                if dice.random() < 0.3:
                    target["pause_on"] = dice.choice([[], ["Pending"], ["On hold", "Closed"], ["Open"]])
                if notice and metric == "first_response":
                    target["stops_on"] = "acknowledged"
                targets.append(target)
    return targets


def _within(dice: Random, kinds: list[str]) -> Row:
    calendar = dice.choice(kinds)
    if calendar in EVEN and dice.random() < 0.15:
        return {"within": dice.choice(["1 business day", "2 business days"]), "calendar": calendar}
    return {"within": dice.choice(LENGTHS), "calendar": calendar}
