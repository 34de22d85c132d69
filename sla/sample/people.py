"""Who takes part: the invented accounts with their history, and the teams with their agents and shifts."""

from __future__ import annotations

from dataclasses import dataclass

from sla.sample.dice import Dice, Weighted
from sla.sample.words import NAMES

DAY = 86_400
LANGUAGES = {"pt": "pt-BR", "ar": "ar", "en": "en"}
PLANS: dict[str, Weighted[str]] = {
    "vodlix": Weighted(("Basic", 4), ("Premium", 4), ("Enterprise T3", 2)),
    "liveagent": Weighted(("All-inclusive", 1)),
    "zoom": Weighted(("Pro", 3), ("Business", 3), ("API", 1), ("Education", 2), ("Free", 3)),
    "hosting": Weighted(("Hospedagem", 5), ("Revenda", 2), ("Servidor dedicado", 1)),
}
UPGRADE = {"Basic": "Premium", "Premium": "Enterprise T3", "Free": "Pro", "Pro": "Business", "Hospedagem": "Revenda"}
MANAGERS = ("Account desk A", "Account desk B", "Account desk C", "مكتب الحسابات")
# team → zone, agents in the smallest sample
TEAMS = {
    "Lisbon": ("Europe/Lisbon", 6),
    "Recife": ("America/Recife", 4),
    "Dubai": ("Asia/Dubai", 4),
    "Manila": ("Asia/Manila", 5),
    "Nairobi": ("Africa/Nairobi", 4),
    "Denver": ("America/Denver", 5),
    "Vienna": ("Europe/Vienna", 5),
    "Campinas": ("America/Sao_Paulo", 5),
}


@dataclass(frozen=True)
class Group:
    """Customers of one policy, language and zone; `share` of all tickets, `count` accounts in the smallest sample."""

    policy: str
    language: str
    zone: str
    share: float
    count: int


GROUPS = (
    Group("vodlix", "pt", "America/Sao_Paulo", 0.15, 6),
    Group("vodlix", "pt", "Europe/Lisbon", 0.08, 3),
    Group("vodlix", "ar", "Asia/Riyadh", 0.06, 4),
    Group("vodlix", "ar", "Asia/Dubai", 0.04, 2),
    Group("liveagent", "en", "Europe/Berlin", 0.10, 4),
    Group("liveagent", "pt", "Europe/Lisbon", 0.09, 3),
    Group("liveagent", "en", "Europe/London", 0.05, 2),
    Group("zoom", "en", "America/New_York", 0.10, 4),
    Group("zoom", "pt", "America/Sao_Paulo", 0.08, 3),
    Group("zoom", "ar", "Asia/Riyadh", 0.05, 2),
    Group("zoom", "en", "Europe/London", 0.03, 1),
    Group("hosting", "pt", "America/Sao_Paulo", 0.17, 8),
)


@dataclass(frozen=True)
class Account:
    """An invented customer; `history` holds (valid from in UTC seconds, plan, manager), the oldest first."""

    code: str
    name: str
    policy: str
    language: str
    zone: str
    history: tuple[tuple[int, str, str], ...]

    def plan_at(self, at: int) -> str:
        """The plan in force at a UTC second."""
        plan = self.history[0][1]
        for since, later, _ in self.history:
            if since <= at:
                plan = later
        return plan


@dataclass(frozen=True)
class Team:
    """A team and its agents; `away` is a (from, until) in UTC seconds during which its second half is on leave."""

    name: str
    zone: str
    agents: tuple[str, ...]
    away: tuple[int, int]

    def on_duty(self, at: int, dice: Dice) -> str:
        """An agent who works on that UTC day: five days of seven each, in turn."""
        day = at // DAY
        crew = len(self.agents)
        if self.away[0] <= at < self.away[1]:
            crew = crew // 2
        for _ in range(4):
            place = dice.between(0, crew)
            if (place + day) % 7 > 1:
                break
        return self.agents[place]

    def is_away(self, agent: str, at: int) -> bool:
        """Whether an agent of the team is on leave at that UTC second."""
        return self.away[0] <= at < self.away[1] and self.agents.index(agent) >= len(self.agents) // 2


def growth(tickets: int) -> int:
    """How many times the smallest sample's accounts and agents serve that many tickets: the root of its multiple."""
    scale = 1
    while (scale + 1) * (scale + 1) * 3_200 <= tickets:
        scale += 1
    return scale


def accounts(tickets: int, seed: int, start: int, end: int) -> tuple[tuple[Account, ...], ...]:
    """The accounts of each group, in the order of `GROUPS`; the first of a group is its largest."""
    dice = Dice(f"accounts/{seed}")
    scale = growth(tickets)
    numbers: dict[str, int] = {}
    named: dict[str, int] = {}
    found: list[tuple[Account, ...]] = []
    for group in GROUPS:
        members: list[Account] = []
        for _ in range(group.count * scale):
            number = numbers[group.policy] = numbers.get(group.policy, 0) + 1
            place = named[group.language] = named.get(group.language, -1) + 1
            history = _history(dice, group, number, start, end)
            code = f"{group.policy[0].upper()}{number:02d}"
            members.append(
                Account(code, _name(group.language, place), group.policy, group.language, group.zone, history)
            )
        found.append(tuple(members))
    return tuple(found)


def _name(language: str, place: int) -> str:
    first, second = NAMES[language]
    name = f"{first[place % len(first)]} {second[(place // len(first) + place % len(first)) % len(second)]}"
    again = place // (len(first) * len(second))
    return f"{name} {again + 1}" if again else name


def _history(dice: Dice, group: Group, number: int, start: int, end: int) -> tuple[tuple[int, str, str], ...]:
    plan, manager = dice.weigh(PLANS[group.policy]), dice.pick(MANAGERS[:3])
    if group.language == "ar":
        manager = MANAGERS[3]
    rows = [((start // DAY - dice.between(60, 700)) * DAY, plan, manager)]
    if number % 3 == 1 and plan in UPGRADE:
        plan = UPGRADE[plan]
        rows.append(((start // DAY + dice.between(20, max(21, (end - start) // DAY - 10))) * DAY, plan, manager))
    if number % 5 == 2:
        rows.append((rows[-1][0] + dice.between(30, 60) * DAY, plan, dice.pick(MANAGERS[:3])))
    return tuple(rows)


def teams(tickets: int, away: tuple[int, int]) -> dict[str, Team]:
    """Every team by its name; the Lisbon team's second half is on leave during `away`."""
    scale = growth(tickets)
    return {
        name: Team(
            name,
            zone,
            tuple(f"{name.lower()}-{number}" for number in range(1, size * scale + 1)),
            away if name == "Lisbon" else (0, 0),
        )
        for name, (zone, size) in TEAMS.items()
    }


def team_on_shift(policy: str, language: str, hour: int) -> str:
    """The team that takes a policy's new tickets in an hour of the UTC day."""
    if policy == "liveagent":
        return "Vienna"
    if policy == "hosting":
        return "Campinas"
    if policy == "zoom":
        return "Nairobi" if 5 <= hour < 13 else "Denver" if 13 <= hour < 23 else "Manila"
    if language == "ar" and 4 <= hour < 16:
        return "Dubai"
    return "Lisbon" if 7 <= hour < 16 else "Recife" if hour >= 16 else "Manila"
