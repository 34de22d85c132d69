"""The world that every block of tickets shares: made once from the number of tickets, the seed and the end."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime

from sla.sample.days import RELEASE_WEEK, WEEKS, Office, Period, arrivals, holidays, period
from sla.sample.dice import Dice, Weighted
from sla.sample.people import DAY, GROUPS, TEAMS, Account, Team, accounts, teams

OUTAGE_GROUP = 1
# policy → for each severity: seconds in which the desk aims to answer first, and then each later message
PACE: dict[str, tuple[tuple[int, int], ...]] = {
    "vodlix": ((3_600, 7_200), (14_400, 14_400), (28_800, 36_000), (86_400, 86_400)),
    "liveagent": ((3_600, 14_400), (3_600, 14_400), (7_200, 57_600), (28_800, 57_600), (28_800, 57_600)),
    "zoom": ((3_600, 10_800), (14_400, 28_800), (86_400, 86_400), (86_400, 86_400)),
    "hosting": ((28_800, 32_400),),
}
LATE_SHARE: dict[str, tuple[float, ...]] = {
    "vodlix": (0.06, 0.05, 0.04, 0.025),
    "liveagent": (0.07, 0.06, 0.05, 0.03, 0.03),
    "zoom": (0.05, 0.04, 0.025, 0.02),
    "hosting": (0.1,),
}


@dataclass(frozen=True)
class World:
    """Everything that blocks share: who, when, and how well the desks do in which week."""

    seed: int
    tickets: int
    stretch: Period
    groups: tuple[tuple[Account, ...], ...]
    sizes: tuple[Weighted[Account], ...]
    teams: dict[str, Team]
    offices: dict[str, Office]
    cells: array[float]
    wobble: dict[str, tuple[float, ...]]
    quiet: dict[str, frozenset[int]]

    def arrival(self, place: float) -> tuple[int, int]:
        """The UTC second and the group (the last: the outage) of the ticket at `place`, from 0 to 1, in the row."""
        wanted = place * self.cells[-1]
        cell = bisect_right(self.cells, wanted, 0, len(self.cells) - 1)
        below = self.cells[cell - 1] if cell else 0.0
        hour, group = divmod(cell, len(GROUPS) + 1)
        start = self.stretch.start + hour * 3600
        length = min(3600, self.stretch.end - start)
        return start + int((wanted - below) / (self.cells[cell] - below) * length), group

    def late_share(self, policy: str, severity: int, team: str, at: int) -> float:
        """How likely an answer begun at that second comes too late: by policy, severity, week, holiday and team."""
        week = self.stretch.week(at)
        share = LATE_SHARE[policy][severity] * self.wobble[policy][week]
        if at // DAY in self.quiet[team]:
            share *= 3
        if policy == "vodlix" and week == WEEKS - RELEASE_WEEK:
            share *= 3
        away = self.teams[team].away
        if away[0] <= at < away[1]:
            share = 0.72 if severity == 0 else 0.42
        return min(share, 0.9)


def world(tickets: int, seed: int, end: datetime) -> World:
    """The world of one sample."""
    stretch = period(end)
    groups = accounts(tickets, seed, stretch.start, stretch.end)
    dice = Dice(f"weeks/{seed}")
    return World(
        seed=seed,
        tickets=tickets,
        stretch=stretch,
        groups=groups,
        sizes=tuple(Weighted(*((member, 1 / (rank + 2)) for rank, member in enumerate(group))) for group in groups),
        teams=teams(tickets, stretch.bad_week),
        offices={
            "liveagent": Office("Europe/Berlin", (9, 17), stretch, frozenset()),
            "hosting": Office("America/Sao_Paulo", (9, 18), stretch, holidays("America/Sao_Paulo")),
        },
        cells=arrivals(stretch),
        wobble={policy: tuple(0.7 + 0.9 * dice.roll() for _ in range(WEEKS + 1)) for policy in PACE},
        quiet={team: holidays(zone) for team, (zone, _) in TEAMS.items()},
    )
