"""What happens to one ticket, from its creation to the end of the sample."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from sla.sample.dice import Dice, Weighted
from sla.sample.people import DAY, UPGRADE, Account, Team, team_on_shift
from sla.sample.words import NOT_A_SEVERITY, SEVERITY_WORDS, STATUSES
from sla.sample.world import PACE, World

NEW, OPEN, WAITING, SOLVED, CLOSED, SPAM = range(6)
# shares of what was aimed at that an answer in time, or too late, needs
PROMPT = (0.01, 0.03, 0.06, 0.1, 0.16, 0.23, 0.32, 0.44, 0.58, 0.76, 0.98)
LATE = (1.01, 1.04, 1.09, 1.16, 1.26, 1.4, 1.6, 2.0, 2.8, 5.0)
# seconds
CUSTOMER_BACK = (300, 1_200, 3_000, 7_200, 14_400, 32_000, 64_000, 90_000, 170_000, 340_000)
FIX = (30, 120, 600, 1_800, 5_400, 14_400, 50_000, 120_000)
ROUNDS = Weighted((0, 30), (1, 38), (2, 19), (3, 9), (5, 4))
PLOTS = Weighted(("normal", 927), ("spam", 15), ("by_agent", 25), ("by_system", 16), ("forgotten", 4), ("no_reply", 13))
HANDOVER = 6 * 3_600  # a later answer that takes longer comes from the team on shift


class Event(NamedTuple):
    """A line of events.csv; `at` in UTC seconds."""

    at: int
    kind: str
    by: str
    author: str = ""
    public: str = ""
    value: str = ""
    seq: str = ""


@dataclass(frozen=True, slots=True)
class Birth:
    """How a ticket begins; `copy_of` is the earlier ticket of the same customer that it repeats."""

    ticket_id: str
    at: int
    account: Account
    severity: int
    subject: str
    requester: str
    plot: str
    copy_of: str = ""


@dataclass(slots=True)
class Story:
    """A ticket while it is being told: its events as they come to mind, later put in order and cut at the end."""

    world: World
    dice: Dice
    birth: Birth
    severity: int = 0
    agent: str = ""
    team: Team = field(init=False)
    events: list[Event] = field(default_factory=list)
    was_late: bool = False

    def __post_init__(self) -> None:
        account = self.birth.account
        self.severity = self.birth.severity
        self.team = self.world.teams[team_on_shift(account.policy, account.language, self.birth.at // 3600 % 24)]
        self.agent = self.team.on_duty(self.birth.at, self.dice)

    def tell(self) -> list[Event]:
        """The events in order of time, none later than the sample's end."""
        self._opening()
        self._plan_changes()
        end = self.world.stretch.end
        return sorted((event for event in self.events if event.at <= end), key=lambda event: event.at)

    def _opening(self) -> None:
        at, plot = self.birth.at, self.birth.plot
        if plot == "by_agent":
            self._message(at, "agent")
            if self.dice.chance(0.5):
                return
            at += int(self.dice.draw(CUSTOMER_BACK))
            self._message(at, "customer")
        assigned = at + self.dice.between(20, 400)
        self._add(assigned, "assigned", "system", value=self.agent)
        if plot == "spam":
            self._status(assigned + self.dice.between(60, 40_000), SPAM)
        elif plot == "copy":
            self._close_copy(assigned)
        elif plot == "no_reply":
            self._status(self._answer(at, 0), SOLVED)
        elif plot not in ("forgotten", "tail"):
            self._conversation(at)

    def _conversation(self, at: int) -> None:
        dice = self.dice
        reply = self._first_answer(at)
        if dice.chance(0.12):
            self._regrade(at, reply)
        if dice.chance(0.1):
            self._reassign(at + (reply - at) // 3)
        if dice.chance(0.25):
            self._note(at + (reply - at) // 2)
        if reply - at > 3_000 and dice.chance(0.12):
            self._message(at + int((reply - at) * 0.7), "customer")
        if dice.chance(0.2):
            self._status(self._in_hours(at + (reply - at) * 4 // 5, 1), OPEN)
        self._message(reply, "agent")
        for _ in range(dice.weigh(ROUNDS)):
            reply = self._round(reply)
            if reply > self.world.stretch.end:
                return
        self._ending(reply)

    def _first_answer(self, at: int) -> int:
        if self.birth.account.policy != "zoom":
            return self._answer(at, 0)
        notice = self._answer(at, 0)
        if self.dice.chance(0.08):
            return notice
        self._add(notice, "acknowledged", "system" if self.dice.chance(0.7) else "agent")
        return notice + int(self.dice.draw(FIX)) // 4 + 60

    def _round(self, reply: int) -> int:
        dice = self.dice
        if dice.chance(0.2):
            later = self._answer(reply, 1)
            self._message(later, "agent")
            return later
        if dice.chance(0.85):
            self._status(reply + 1, WAITING)
        back = reply + int(dice.draw(CUSTOMER_BACK))
        self._message(back, "customer")
        if dice.chance(0.85):
            self._status(back, OPEN, "system")
        if dice.chance(0.15):
            self._message(back + dice.between(40, 900), "customer")
        answer = self._answer(back, 1)
        if dice.chance(0.1):
            self._note(back + (answer - back) // 2)
        if dice.chance(0.05):
            self._reassign(back + (answer - back) // 3)
        if answer - back > HANDOVER:
            self._hand_over(answer)
        self._message(answer, "agent")
        return answer

    def _ending(self, reply: int) -> None:
        dice = self.dice
        solved = reply + 2
        if dice.chance(0.35):
            solved += self._in_hours(reply, int(dice.draw(FIX))) - reply
            self._message(solved - 1, "agent")
        if dice.chance(0.012):
            return
        self._status(solved, SOLVED)
        if dice.chance(0.12):
            self._message(solved + dice.between(200, 50_000), "customer")
        elif dice.chance(0.045):
            self._reopen(solved)
        elif self.birth.account.policy == "zoom" or dice.chance(0.1):
            self._status(solved + 4 * DAY, CLOSED, "system")

    def _reopen(self, solved: int) -> None:
        back = solved + int(self.dice.draw(CUSTOMER_BACK))
        silent = self.dice.chance(0.1)
        if not silent:
            self._message(back, "customer")
        self._status(back + (400 if self.dice.chance(0.2) else 3), OPEN, "system")
        answer = self._answer(back + 400, 1)
        self._message(answer, "agent")
        self._status(answer + 30, SOLVED)

    def _close_copy(self, at: int) -> None:
        at = self._in_hours(at, self.dice.between(300, 9_000))
        if self.birth.account.policy == "hosting":
            self._message(at, "agent")
        else:
            self._add(at, "merged", "agent", self._author(at), value=self.birth.copy_of)
        self._status(at, CLOSED)

    def _regrade(self, at: int, reply: int) -> None:
        words = SEVERITY_WORDS[self.birth.account.policy, self.birth.account.language]
        if len(words) == 1:
            return
        low = max(0, self.severity - 1)
        other = low if self.dice.chance(0.6) and low < self.severity else min(len(words) - 1, self.severity + 1)
        if other == self.severity:
            other -= 1
        when = at + (reply - at) // 2 if self.dice.chance(0.4) else reply + self.dice.between(5, 7_200)
        if self.dice.chance(0.1):  # a slip of the hand, mended in the same second
            self._add(when, "severity", "agent", self._author(when), value=words[self.severity - 1], seq="1")
            self._add(when, "severity", "agent", self._author(when), value=words[other], seq="2")
        else:
            self._add(when, "severity", "agent", self._author(when), value=words[other])
        self.severity = other

    def _hand_over(self, answer: int) -> None:
        account = self.birth.account
        team = self.world.teams[team_on_shift(account.policy, account.language, answer // 3600 % 24)]
        if team is not self.team:
            self.team = team
            self._reassign(answer - self.dice.between(60, 1_200))

    def _author(self, at: int) -> str:
        """The agent who acts on the ticket; somebody else takes over from one on leave."""
        if self.team.is_away(self.agent, at):
            self._reassign(at - 1)
        return self.agent

    def _reassign(self, at: int) -> None:
        at = self._in_hours(at, 1)
        self.agent = self.team.on_duty(at, self.dice)
        self._add(at, "assigned", "agent", value=self.agent)

    def _plan_changes(self) -> None:
        account, last = self.birth.account, max((event.at for event in self.events), default=self.birth.at)
        for (_, before, _), (since, plan, _) in pairwise(account.history):
            if plan != before and self.birth.at < since < last:
                self._add(since, "plan", "system", value=plan)
        if account.policy == "zoom" and self.dice.chance(0.01):
            plan = UPGRADE.get(account.plan_at(self.birth.at), "Business")
            self._add(self.birth.at + self.dice.between(600, 90_000), "plan", "system", value=plan)

    def _answer(self, since: int, later: int) -> int:
        """When the desk's next message comes that is due since a moment: the first one, or a later one."""
        policy = self.birth.account.policy
        within = PACE[policy][self.severity][later]
        if policy == "zoom" and not later and self.birth.account.plan_at(self.birth.at) == "Free":
            within = DAY
        late = self.dice.chance(self.world.late_share(policy, self.severity, self.team.name, since))
        self.was_late = self.was_late or late
        return self._in_hours(since, max(25, int(within * self.dice.draw(LATE if late else PROMPT))))

    def _in_hours(self, since: int, seconds: int) -> int:
        policy = self.birth.account.policy
        on_call = policy == "liveagent" and self.severity <= 1
        office = None if on_call else self.world.offices.get(policy)
        return office.after(since, seconds) if office else since + seconds

    def _note(self, at: int) -> None:
        at = self._in_hours(at, 1)
        self._add(at, "message", "agent", self._author(at), "false")

    def _message(self, at: int, by: str) -> None:
        author = self._author(at) if by == "agent" else self.birth.requester if self.dice.chance(0.1) else ""
        self._add(at, "message", by, author, "true")

    def _status(self, at: int, status: int, by: str = "agent") -> None:
        word = STATUSES[self.birth.account.policy, self.birth.account.language][status]
        self._add(at, "status", by, self._author(at) if by == "agent" else "", value=word)

    def _add(
        self, at: int, kind: str, by: str, author: str = "", public: str = "", value: str = "", seq: str = ""
    ) -> None:
        self.events.append(Event(at, kind, by, author, public, value, seq))


def severity_word(birth: Birth, dice: Dice) -> str:
    """The severity as its column has it: the word of the customer's language, rarely one that no policy knows."""
    account = birth.account
    if account.policy != "hosting" and dice.chance(0.002):
        return NOT_A_SEVERITY[account.language]
    return SEVERITY_WORDS[account.policy, account.language][birth.severity]
