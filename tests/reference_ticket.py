"""One ticket's story in order: what happened, in which state it was when, what it is now (rules 5, 12, 19, 20)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.reference_calendar import second_of
from tests.reference_policy import Policies, Version, key

Row = dict[str, Any]
CREATION = -1
RANKS = {"customer": 1, "reply": 2, "notice": 3, "solve": 4, "reopening": 4}  # rule 5, after severity and plan
Place = tuple[int, int, int]


@dataclass(frozen=True)
class Happening:
    """A creation, a public message, a notice, a solve or a reopening; `place` orders them as rule 5 says."""

    kind: str
    at: int
    author: str | None
    place: Place


@dataclass(frozen=True)
class Status:
    """A status that holds from `at` until the next one; `word` is None for a solve known from the ticket's columns."""

    at: int
    word: str | None
    kind: str  # open, waiting, solved, excluded, duplicate
    author: str | None


@dataclass
class Story:
    """A ticket with its events up to the as-of instant, in the words of the version in force at its creation (D1)."""

    ticket: Row
    events: list[Row]
    account: Row
    policies: Policies
    default_policy: str | None
    format_statuses: dict[str, str]
    as_of: int
    is_duplicate_by_subject: bool = False
    created: int = field(init=False)

    def __post_init__(self) -> None:
        """Work out everything that does not depend on a clock."""
        self.created = second_of(self.ticket["created_at"])
        named = self.ticket["policy"] or self.account.get("policy") or self.default_policy
        self.versions = self.policies.named(named)
        self.policy = self.versions[0].policy if self.versions else named
        in_force = self.policies.in_force(named, self.created)
        self.words: Version | None = in_force or (self.versions[0] if self.versions else None)
        self.statuses_told = self._statuses_told()
        self.column_solve = self._column("solve")
        self.column_reply = self._column("reply")
        self.column_notice = self._column("notice")
        self.statuses = self._statuses()
        self.happenings = self._happenings()

    # -- rule 5: one order for everything

    def of_kind(self, *kinds: str) -> list[Row]:
        """The ticket's events of some kinds: by second, then by `seq` (none comes first), `value` and author."""
        return sorted((e for e in self.events if e["kind"] in kinds), key=_order)

    def in_force(self, kind: str, opened_with: str | None, second: int) -> str | None:
        """The severity, plan or assignee at an instant: the last event's, else what the ticket was opened with (D2)."""
        values: list[str | None] = [e["value"] for e in self.of_kind(kind) if e["second"] <= second]
        return values[-1] if values else opened_with

    def regradings(self) -> list[int]:
        """The seconds in which the severity or the plan was set, none before the creation (D2)."""
        return sorted({max(e["second"], self.created) for e in self.of_kind("severity", "plan")})

    # -- statuses: D1 to D4

    def kind_of(self, word: str | None, version: Version | None) -> str:
        """What a status word means: the policy's own lists win over the format's; else it is open (CONTRACT 3)."""
        if word is None:
            return "open"
        own = version.statuses.get(key(word)) if version else None
        return own or self.format_statuses.get(key(word), "open")

    def _statuses_told(self) -> list[Status]:
        """The status events, the last one of each second (D3)."""
        told: dict[int, Status] = {}
        for e in self.of_kind("status"):
            told[e["second"]] = Status(e["second"], e["value"], self.kind_of(e["value"], self.words), _credited(e))
        return list(told.values())

    def _column(self, kind: str) -> int | None:
        """The second a column of the ticket gives for a reply, notice or solve, where no event does (D4)."""
        column, is_told = {
            "reply": (self.ticket["first_reply_at"], any(_is_public(e, "agent") for e in self.events)),
            "notice": (self.ticket["acknowledged_at"], any(e["kind"] == "acknowledged" for e in self.events)),
            "solve": (
                self.ticket["solved_at"] or self.ticket["closed_at"],
                any(status.kind == "solved" for status in self.statuses_told),
            ),
        }[kind]
        if column is None or is_told or second_of(column) > self.as_of:
            return None
        return second_of(column)

    def _statuses(self) -> list[Status]:
        """The statuses from the creation on, one a second; those told before it hold from it (D2, D3).

        In one second an event is preferred to the column of a solve (rule 20).
        """
        told = list(self.statuses_told)
        if self.column_solve is not None and self.column_solve >= self.created:
            told.insert(0, Status(self.column_solve, None, "solved", None))
        held: dict[int, Status] = {}
        for status in sorted(told, key=lambda status: status.at):
            at = max(status.at, self.created)
            held[at] = Status(at, status.word, status.kind, status.author)
        return list(held.values())

    def is_solved_at(self, second: int) -> bool:
        """Whether the statuses known say solved after all events of a second."""
        held = [status for status in self.statuses if status.at <= second]
        return bool(held) and held[-1].kind == "solved"

    # -- the happenings that clocks start and stop at

    def _happenings(self) -> list[Happening]:
        """Messages, notices, solves and reopenings from the creation on, in the order of rule 5 (D2)."""
        found: list[tuple[str, int, str | None]] = []
        found += [("customer", e["second"], e["author"]) for e in self.of_kind("message") if _is_public(e, "customer")]
        found += [("reply", e["second"], e["author"]) for e in self.of_kind("message") if _is_public(e, "agent")]
        found += [("notice", e["second"], _credited(e)) for e in self.of_kind("acknowledged")]
        if self.column_reply is not None:
            found.append(("reply", self.column_reply, self.ticket["agent"]))
        if self.column_notice is not None:
            found.append(("notice", self.column_notice, None))
        solved = False
        for status in self.statuses:
            if (status.kind == "solved") != solved:
                solved = not solved
                found.append(("solve" if solved else "reopening", status.at, status.author))
        ordered = sorted(found, key=lambda item: (item[1], RANKS[item[0]]))
        return [
            Happening(kind, at, author, (at, RANKS[kind], number))
            for number, (kind, at, author) in enumerate(ordered)
            if at >= self.created
        ]

    def creation(self) -> Happening:
        """The creation, which comes before everything else of its second."""
        return Happening("creation", self.created, None, (self.created, CREATION, 0))

    # -- what the ticket is now: rule 19

    def _kind_now(self) -> str:
        """What the status column means, or where it is empty the last status known."""
        if self.ticket["status"] is not None:
            return self.kind_of(self.ticket["status"], self.words)
        return self.statuses[-1].kind if self.statuses else "open"

    def _has_tag(self, kind: str) -> bool:
        tags = self.words.tags if self.words else {}
        return any(tags.get(key(tag)) == kind for tag in self.ticket["tags"])

    def is_merged(self) -> bool:
        """Merged away: by its column, an event or a tag."""
        return self.ticket["merged_into"] is not None or bool(self.of_kind("merged")) or self._has_tag("merged")

    def is_excluded(self) -> bool:
        """In a status that the policy excludes."""
        return self._kind_now() == "excluded"

    def is_duplicate(self) -> bool:
        """Closed as a duplicate, tagged as one, or one by its subject (D12)."""
        return self._kind_now() == "duplicate" or self._has_tag("duplicate") or self.is_duplicate_by_subject

    def is_solved_now(self) -> bool:
        """Solved by its status column, or where that is empty by its last status."""
        return self._kind_now() == "solved"

    def is_solved_unknown_when(self) -> bool:
        """Solved now, and no solve is known that no reopening followed (D5)."""
        return self.is_solved_now() and not self.is_solved_at(self.as_of)

    def last_sign_unsolved(self) -> int | None:
        """The last status event that is not a solve (D5)."""
        signs = [status.at for status in self.statuses_told if status.kind != "solved"]
        return signs[-1] if signs else None

    # -- rule 12 and D12: duplicates by subject

    def subject_key(self) -> tuple[str, str, str] | None:
        """What two tickets must share to be the same question; None where something is missing."""
        requester, subject = self.ticket["requester"], self.ticket["subject"]
        if not self.versions or not requester or not subject:
            return None
        return key(self.policy or ""), key(requester), key(subject)

    def can_hide_a_later_one(self) -> bool:
        """An earlier ticket counts only when it is measured itself; in doubt the later one is measured (D12)."""
        is_hidden = self.is_duplicate() or self.is_merged() or self.is_excluded()
        return not (is_hidden or self.is_solved_unknown_when())


def _order(event: Row) -> tuple[Any, ...]:
    seq = event["seq"]
    return (event["second"], seq is not None, seq or 0, event["value"] or "", event["author"] or "")


def _credited(event: Row) -> str | None:
    """Who did it, where it was an agent (D13)."""
    author: str | None = event["author"]
    return author if event["by"] == "agent" else None


def _is_public(event: Row, by: str) -> bool:
    return event["kind"] == "message" and event["by"] == by and event["public"] is True


def stories(
    tickets: list[Row],
    events: list[Row],
    accounts: list[Row],
    policies: Policies,
    as_of: datetime,
    default_policy: str | None,
    format_statuses: dict[str, str],
) -> list[Story]:
    """The stories of all tickets created by `as_of` (D16), by creation and id, duplicates by subject marked (D12)."""
    now = second_of(as_of)
    events_of: dict[str, list[Row]] = {}
    told_later: set[str] = set()
    for event in map(_clean_event, events):
        if event["second"] <= now:  # rule 10
            events_of.setdefault(event["ticket_id"], []).append(event)
        elif event["kind"] == "status":
            told_later.add(event["ticket_id"])
    meanings = {key(word): kind for word, kind in format_statuses.items()}
    cleaned = [ticket for ticket in map(_clean_ticket, tickets) if second_of(ticket["created_at"]) <= now]
    for ticket in cleaned:
        ends = [second_of(ticket[column]) for column in ("solved_at", "closed_at") if ticket[column] is not None]
        if ticket["ticket_id"] in told_later or any(end > now for end in ends):
            ticket["status"] = None  # D19
    cleaned.sort(key=lambda ticket: (second_of(ticket["created_at"]), ticket["ticket_id"]))
    account_of = _account_finder(accounts)
    told: list[Story] = []
    earlier_ones: dict[tuple[str, str, str], list[Story]] = {}
    for ticket in cleaned:
        own = events_of.get(ticket["ticket_id"], [])
        account = account_of(ticket["account"], second_of(ticket["created_at"]))
        story = Story(ticket, own, account, policies, default_policy, meanings, now)
        subject = story.subject_key()
        if subject is not None:
            earlier = earlier_ones.setdefault(subject, [])
            if story.words and story.words.duplicates == "same_subject":
                story.is_duplicate_by_subject = any(
                    other.can_hide_a_later_one() and not other.is_solved_at(story.created) for other in earlier
                )
            earlier.append(story)
        told.append(story)
    return told


def _account_finder(accounts: list[Row]) -> Callable[[str | None, int], Row]:
    """Which row of an account's history was in force at an instant; an empty one before the first."""
    histories: dict[str, list[tuple[int, Row]]] = {}
    for row in accounts:
        since = second_of(row["valid_from"]) if row.get("valid_from") else -(2**62)
        cleaned = {"plan": _text(row.get("plan")), "policy": _text(row.get("policy"))}
        histories.setdefault(row["account"].strip(), []).append((since, cleaned))

    def find(account: str | None, second: int) -> Row:
        begun = [entry for entry in histories.get(account or "", []) if entry[0] <= second]
        return max(begun, key=lambda entry: entry[0])[1] if begun else {}

    return find


TICKET_TEXTS = ("severity", "plan", "status", "policy", "account", "agent", "team", "channel", "subject", "requester")
TICKET_INSTANTS = ("created_at", "acknowledged_at", "first_reply_at", "solved_at", "closed_at")


def _text(value: Any) -> str | None:
    """A trimmed text; empty is None."""
    return (str(value).strip() or None) if value is not None else None


def _clean_ticket(row: Row) -> Row:
    tags = row.get("tags") or []
    words = tags.split(";") if isinstance(tags, str) else tags
    return {
        **{name: _text(row.get(name)) for name in (*TICKET_TEXTS, "merged_into")},
        **{name: row.get(name) for name in TICKET_INSTANTS},
        "ticket_id": row["ticket_id"].strip(),
        "opened_by": key(row.get("opened_by") or "customer"),
        "tags": [word for word in map(_text, words) if word],
    }


def _clean_event(row: Row) -> Row:
    public = row.get("public")
    return {
        "ticket_id": row["ticket_id"].strip(),
        "second": second_of(row["at"]),
        "kind": key(row["kind"]),
        "by": key(row.get("by") or ""),
        "author": _text(row.get("author")),
        "public": public if isinstance(public, bool) else key(str(public or "true")) == "true",
        "value": _text(row.get("value")),
        "seq": None if row.get("seq") in (None, "") else int(row["seq"]),
    }
