"""Invented worlds: policies, accounts, agents and tickets full of the corners of the rules; the same for the same seed.

Hypothesis draws the seed; the many tickets of a world come from it, because one build measures hundreds of tickets as
fast as one. A world that fails is made smaller in `smaller.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from hypothesis import strategies as st

from tests.clock.examples import Row
from tests.clock.random_policies import PLAN_WORDS, SEVERITY_WORDS, STATUS_WORDS, TAGS, random_policies

# instants near which clocks change: New York, Lord Howe, São Paulo, Apia (a date skipped), Casablanca, Berlin
ANCHORS = [
    datetime(2024, 3, 10, 7),
    datetime(2024, 11, 3, 6),
    datetime(2025, 4, 5, 15),
    datetime(2025, 10, 4, 15, 30),
    datetime(2018, 11, 4, 3),
    datetime(2019, 2, 17, 2),
    datetime(2011, 12, 30, 10),
    datetime(2025, 2, 23, 2),
    datetime(2025, 4, 6, 2),
    datetime(2025, 3, 30, 1),
    datetime(2025, 12, 24, 12),
]
STEPS = [0, 0, 0, 1, 30, 59, 60, 61, 600, 900, 1800, 2700, 3600, 3600, 5400, 7200, 10800, 14400, 28800, 43200, 86400]
AGENTS = ["ana", "bob", "eva", "zoe"]
ACCOUNTS = ["Acme", "Beta", "Gama", "Delta"]


@dataclass(frozen=True)
class World:
    """Everything one build reads. `seed` says how to make it again."""

    seed: int
    policies: list[Row]
    tickets: list[Row]
    events: list[Row]
    accounts: list[Row]
    agents: list[Row]
    as_of: datetime
    default_policy: str | None


def worlds(tickets: int) -> st.SearchStrategy[World]:
    """Worlds of so many tickets."""
    return st.integers(min_value=0, max_value=2**32 - 1).map(lambda seed: random_world(seed, tickets))


def random_world(seed: int, tickets: int) -> World:
    """The world of a seed."""
    dice = Random(seed)
    anchor = dice.choice(ANCHORS)
    policies = random_policies(dice, anchor)
    ids = sorted({policy["id"] for policy in policies})
    as_of = anchor + timedelta(hours=dice.randint(24, 240), seconds=dice.choice([0, 0, 1, 1800]))
    rows: list[Row] = []
    events: list[Row] = []
    for number in range(tickets):
        ticket = _ticket(dice, f"t{number:04}", anchor, ids)
        own = _events(dice, ticket)
        _own_columns(dice, ticket, own)
        rows.append(ticket)
        events += own
    instants = [event["at"] for event in events]
    if instants and dice.random() < 0.4:
        as_of = dice.choice(instants)
    dice.shuffle(rows)
    dice.shuffle(events)
    agents: list[Row] = [
        {"agent": "ana", "team": "North"},
        {"agent": "bob", "team": "South"},
        {"agent": "eva", "team": None},
    ]
    default = dice.choice([None, *ids, *ids, *ids, ids[0].upper()])
    return World(seed, policies, rows, events, _accounts(dice, anchor, ids), agents, as_of, default)


def _accounts(dice: Random, anchor: datetime, ids: list[str]) -> list[Row]:
    """Histories of accounts, some known only from a moment on."""
    rows = []
    for account in ACCOUNTS[:3]:
        since: datetime | None = None if dice.random() < 0.6 else anchor - timedelta(hours=dice.randint(1, 60))
        for _ in range(dice.randint(1, 3)):
            plan = dice.choice([*PLAN_WORDS, None])
            rows.append({"account": account, "plan": plan, "policy": dice.choice([None, *ids]), "valid_from": since})
            since = (since or anchor - timedelta(days=2)) + timedelta(hours=dice.randint(1, 60))
    return rows


def _ticket(dice: Random, ticket_id: str, anchor: datetime, ids: list[str]) -> Row:
    """A ticket as it was opened, near a clock change."""
    created = anchor + timedelta(seconds=900 * dice.randint(-4 * 72, 4 * 60))
    if dice.random() < 0.2:
        created += timedelta(seconds=dice.randint(-3000, 3000), microseconds=dice.choice([0, 900000]))
    has_subject = dice.random() < 0.3
    return {
        "ticket_id": ticket_id,
        "created_at": created,
        "severity": dice.choice([*SEVERITY_WORDS, *SEVERITY_WORDS, *SEVERITY_WORDS, None, "Nobody knows"]),
        "plan": dice.choice([*PLAN_WORDS, *PLAN_WORDS, None, None, "Nowhere"]),
        "status": None,
        "policy": dice.choice(
            [None, None, *ids, *ids, *ids, ids[-1].upper(), dice.choice(["missing", ids[0], ids[0]])]
        ),
        "account": dice.choice([*ACCOUNTS, None]),
        "agent": dice.choice([*AGENTS, None]),
        "team": dice.choice(["East", None]),
        "channel": dice.choice(["email", "chat", None]),
        "subject": dice.choice(["Slow", "slow ", "Down"]) if has_subject else None,
        "requester": dice.choice(["rui@a.example", "RUI@a.example", "li@b.example"]) if has_subject else None,
        "opened_by": dice.choice(["customer", "customer", None, "agent", "system"]),
        "merged_into": "elsewhere" if dice.random() < 0.02 else None,
        "tags": dice.sample(TAGS, dice.randint(1, 2)) if dice.random() < 0.06 else [],
    }


def _events(dice: Random, ticket: Row) -> list[Row]:
    """A ticket's life: steps of round lengths, so that targets, regradings and changes often fall on one second."""
    at = ticket["created_at"]
    if dice.random() < 0.15:
        at -= timedelta(seconds=dice.choice(STEPS))
    talk = dice.choice([0.2, 0.6])
    rows = []
    for _ in range(dice.choice([1, 2, 3, 5, 8, 12, 20])):
        at += timedelta(seconds=dice.choice(STEPS) if dice.random() < 0.9 else dice.randint(0, 20000))
        kind = (
            "message"
            if dice.random() < talk
            else dice.choice(["status", "status", "status", "severity", "plan", "assigned", "acknowledged", "message"])
        )
        rows.append(_event(dice, ticket, at, kind))
    if dice.random() < 0.01:
        rows.append(_event(dice, ticket, at, "merged"))
    return rows


def _event(dice: Random, ticket: Row, at: datetime, kind: str) -> Row:
    values: dict[str, list[str]] = {
        "status": STATUS_WORDS,
        "severity": [*SEVERITY_WORDS, *SEVERITY_WORDS, "Nobody knows"],
        "plan": [*PLAN_WORDS, *PLAN_WORDS, "Nowhere"],
        "assigned": AGENTS,
        "merged": ["elsewhere"],
    }
    by = dice.choice(["agent", "agent", "customer", "customer", "system"])
    author = {"agent": dice.choice([*AGENTS, None]), "customer": dice.choice(["rui", None]), "system": None}[by]
    return {
        "ticket_id": ticket["ticket_id"],
        "at": at,
        "kind": kind,
        "by": by,
        "author": author,
        "public": dice.choice([True, True, True, None, False]) if kind == "message" else None,
        "value": dice.choice(values[kind]) if kind in values else None,
        "seq": dice.choice([None, None, None, 0, 1, 2, 10]),
    }


def _own_columns(dice: Random, ticket: Row, events: list[Row]) -> None:
    """What the ticket's own columns say, often what its events say too, sometimes something impossible."""
    times = [event["at"] for event in events] or [ticket["created_at"]]
    for column in ("acknowledged_at", "first_reply_at", "solved_at", "closed_at"):
        if dice.random() < 0.25:
            near = dice.choice([*times, ticket["created_at"]])
            ticket[column] = near + timedelta(seconds=dice.choice([*STEPS, -1, -600, -86400, 86400 * 9]))
    told = [event["value"] for event in events if event["kind"] == "status"]
    if dice.random() < 0.3:
        ticket["status"] = dice.choice([*STATUS_WORDS, "Solved", "Solved", *told])
