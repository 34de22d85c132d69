"""Lines of the export's files: one ticket with its events and ratings, the accounts, the agents."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from sla.sample.dice import Weighted
from sla.sample.people import DAY, LANGUAGES, Account, Team
from sla.sample.story import CLOSED, CUSTOMER_BACK, SOLVED, Birth, Event, Story, severity_word
from sla.sample.words import BLAME, PRAISE, STATUSES

HEADERS = {
    "tickets.csv": "ticket_id,created_at,severity,plan,status,policy,account,agent,team,channel,subject,requester,"
    "opened_by,acknowledged_at,first_reply_at,solved_at,closed_at,updated_at,merged_into,tags\n",
    "events.csv": "ticket_id,at,kind,by,author,public,value,seq\n",
    "ratings.csv": "ticket_id,rated_at,score,scale_min,scale_max,comment,offered_at\n",
    "accounts.csv": "account,name,plan,policy,manager,language,timezone,valid_from\n",
    "agents.csv": "agent,name,team,timezone\n",
}
CHANNELS = Weighted(("email", 42), ("portal", 38), ("chat", 14), ("phone", 6))
TAGS = Weighted(("", 60), ("app", 12), ("billing", 10), ("app;login", 8), ("integration", 10))
SCALES = {"vodlix": (1, 5), "liveagent": (1, 5), "zoom": (0, 1), "hosting": (0, 10)}
OPENED_BY = {"by_agent": "agent", "by_system": "system"}


def iso(at: int) -> str:
    """A UTC second as ISO 8601 with Z."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Clockface:
    """Instants as text, quicker than `iso`: days and seconds of a day are written once."""

    __slots__ = ("days", "first", "seconds")

    def __init__(self, start: int, end: int) -> None:
        self.first = start // DAY
        self.days = [iso(day * DAY)[:11] for day in range(self.first, end // DAY + 1)]
        self.seconds = [f"{s // 3600:02d}:{s // 60 % 60:02d}:{s % 60:02d}Z" for s in range(DAY)]

    def text(self, at: int | None) -> str:
        """An instant of the period; nothing for None."""
        return "" if at is None else self.days[at // DAY - self.first] + self.seconds[at % DAY]


class Told(NamedTuple):
    """The lines of one ticket, and when it was solved first (or None)."""

    ticket: str
    events: str
    ratings: str
    solved_at: int | None


def field(text: str) -> str:
    """A text as a CSV field."""
    return '"' + text.replace('"', '""') + '"' if "," in text or '"' in text else text


def ticket_lines(story: Story, faces: Clockface, last_at: int | None = None) -> Told:
    """The lines of a ticket once its story is told; `last_at` is a later `updated_at`."""
    birth, dice, text = story.birth, story.dice, faces.text
    account = birth.account
    events = story.tell()
    words = STATUSES[account.policy, account.language]
    status, agent, merged = words[0], "", ""
    first: int | None = None
    notice: int | None = None
    reply: int | None = None
    solved: int | None = None
    closed: int | None = None
    for event in events:
        if event.kind == "status":
            status = event.value
            if status == words[SOLVED]:
                solved, first = event.at, first or event.at
            elif status == words[CLOSED]:
                closed, solved, first = event.at, solved or event.at, first or event.at
            else:
                solved = closed = None
        elif event.kind == "assigned":
            agent = event.value
        elif event.kind == "acknowledged":
            notice = notice or event.at
        elif event.kind == "merged":
            merged = event.value
        elif reply is None and event.by == "agent" and event.public == "true":
            reply = event.at
    updated = last_at or max(birth.at, events[-1].at if events else 0)
    plan = account.plan_at(birth.at) if dice.chance(0.15) else ""
    ticket = (
        f"{birth.ticket_id},{text(birth.at)},{severity_word(birth, dice)},{plan},{status},"
        f"{account.policy if dice.chance(0.2) else ''},{account.code},{agent},{story.team.name if agent else ''},"
        f"{dice.weigh(CHANNELS)},{field(birth.subject)},{birth.requester},{OPENED_BY.get(birth.plot, '')},"
        f"{text(notice)},{text(reply)},{text(solved)},{text(closed)},{text(updated)},{merged},{dice.weigh(TAGS)}\n"
    )
    return Told(ticket, _event_lines(birth, events, faces), _rating_lines(story, solved, faces), first)


def _event_lines(birth: Birth, events: list[Event], faces: Clockface) -> str:
    text = faces.text
    return "".join(
        f"{birth.ticket_id},{text(at)},{kind},{by},{author},{public},{value},{seq}\n"
        for at, kind, by, author, public, value, seq in events
    )


def _rating_lines(story: Story, solved: int | None, faces: Clockface) -> str:
    birth, dice, end = story.birth, story.dice, story.world.stretch.end
    if solved is None or birth.plot in ("copy", "spam") or dice.chance(0.35):
        return ""
    offered = solved + dice.between(900, 7_200)
    if offered > end:
        return ""
    low, high = SCALES[birth.account.policy]
    rated = offered + int(dice.draw(CUSTOMER_BACK)) // 2
    if dice.chance(0.6) or rated > end:
        return f"{birth.ticket_id},,,{low},{high},,{faces.text(offered)}\n"
    lines = _rating(story, rated, offered, faces)
    if dice.chance(0.03) and rated + DAY <= end:
        lines += _rating(story, rated + dice.between(600, DAY), offered, faces)
    return lines


def _rating(story: Story, rated: int, offered: int, faces: Clockface) -> str:
    dice, account = story.dice, story.birth.account
    low, high = SCALES[account.policy]
    happy = dice.chance(0.45 if story.was_late else 0.9)
    middle = low + (high - low) * 3 // 4
    score = dice.between(middle + (high > middle and high == 10), high + 1) if happy else dice.between(low, middle)
    if high == 1:
        score = int(happy)
    comment = field(dice.pick((PRAISE if happy else BLAME)[account.language])) if dice.chance(0.4) else ""
    return f"{story.birth.ticket_id},{faces.text(rated)},{score},{low},{high},{comment},{faces.text(offered)}\n"


def account_lines(groups: tuple[tuple[Account, ...], ...]) -> str:
    """accounts.csv without its header: a row for each stretch of each account's history."""
    return "".join(
        f"{member.code},{field(member.name)},{plan},{member.policy},{field(manager)},"
        f"{LANGUAGES[member.language]},{member.zone},{iso(since)}\n"
        for group in groups
        for member in group
        for since, plan, manager in member.history
    )


def agent_lines(teams: dict[str, Team]) -> str:
    """agents.csv without its header."""
    return "".join(
        f"{agent},Agent {team.name} {number},{team.name},{team.zone}\n"
        for team in teams.values()
        for number, agent in enumerate(team.agents, 1)
    )
