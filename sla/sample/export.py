"""The sample written to a folder, in blocks that many processes can make and whose bytes depend on none of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO

from sla.errors import Refused
from sla.sample.dice import Dice
from sla.sample.people import GROUPS, Account
from sla.sample.rows import HEADERS, Clockface, account_lines, agent_lines, ticket_lines
from sla.sample.story import PLOTS, Birth, Story
from sla.sample.words import ALARMS, JUNK, OUTAGE, OUTREACH, PLACES, SEVERITIES, SUBJECTS
from sla.sample.world import OUTAGE_GROUP, PACE, World, world

DEFAULT_END = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
BLOCK = 10_000
BLOCK_FILES = ("tickets.csv", "events.csv", "ratings.csv")
# still unanswered at the end: group, severity, share of the time to answer that has passed
TAIL = (
    (0, 0, 0.6), (1, 0, 1.5), (2, 1, 0.9), (1, 2, 0.95), (0, 3, 0.97), (3, 3, 1.2), (4, 0, 0.5), (5, 2, 0.8),
    (6, 3, 0.9), (4, 2, 1.3), (7, 0, 0.7), (8, 1, 0.85), (9, 2, 0.98), (10, 3, 0.9), (11, 0, 0.4), (11, 0, 1.6),
)  # fmt: skip


def write_sample(
    tickets: int, seed: int, out: Path, *, end: datetime = DEFAULT_END, processes: int | None = None
) -> None:
    """Nothing; writes a standard export of `tickets` invented tickets into the folder `out`.

    The tickets are spread over the 26 weeks before the week of `end`, and that week up to `end`, the export's newest
    instant (with 25 tickets or more). The bytes depend on `tickets`, `seed` and `end` alone. `processes` share the
    work, by default two when there are many blocks. Memory does not grow with the tickets. Holidays are those of 2026.

    Raises Refused when there is no ticket to write, `end` has no offset, or `out` is a file.
    """
    if tickets < 1:
        raise Refused(f"The sample needs at least 1 ticket, not {tickets}: ask for --tickets 1 or more.")
    if end.utcoffset() is None:
        raise Refused(f"The sample's end {end.isoformat()} has no offset: write it with one, for example with Z.")
    if out.exists() and not out.is_dir():
        raise Refused(f"The sample is written into a folder, and {out} is a file: name another --out.")
    out.mkdir(parents=True, exist_ok=True)
    place = world(tickets, seed, end)
    _write(out / "accounts.csv", HEADERS["accounts.csv"] + account_lines(place.groups))
    _write(out / "agents.csv", HEADERS["agents.csv"] + agent_lines(place.teams))
    files = [(out / name).open("wb") for name in BLOCK_FILES]
    try:
        for name, file in zip(BLOCK_FILES, files, strict=True):
            file.write(HEADERS[name].encode())
        _append(files, _blocks(place, processes))
    finally:
        for file in files:
            file.close()


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


def _append(files: Sequence[BinaryIO], blocks: Iterator[tuple[bytes, ...]]) -> None:
    for block in blocks:
        for file, part in zip(files, block, strict=True):
            file.write(part)


def _blocks(place: World, processes: int | None) -> Iterator[tuple[bytes, ...]]:
    count = -(-place.tickets // BLOCK)
    workers = min(count, processes or (2 if count > 4 else 1))
    make = partial(block, place)
    if workers == 1:
        yield from map(make, range(count))
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from _in_order(pool, make, count, workers * 3)


def _in_order(
    pool: ProcessPoolExecutor, make: Callable[[int], tuple[bytes, ...]], count: int, ahead: int
) -> Iterator[tuple[bytes, ...]]:
    """The blocks in order, never more than `ahead` of them in memory."""
    waiting: deque[Future[tuple[bytes, ...]]] = deque()
    for number in range(count):
        if len(waiting) == ahead:
            yield waiting.popleft().result()
        waiting.append(pool.submit(make, number))
    while waiting:
        yield waiting.popleft().result()


def block(place: World, number: int) -> tuple[bytes, ...]:
    """The lines of tickets.csv, events.csv and ratings.csv of one block of tickets, as UTF-8."""
    dice = Dice(f"block/{place.seed}/{number}")
    first, until = number * BLOCK, min(place.tickets, (number + 1) * BLOCK)
    faces = Clockface(place.stretch.start, place.stretch.end)
    ends = place.tickets - _tail_length(place)
    spots = sorted((first + dice.roll() * (until - first)) / place.tickets for _ in range(until - first))
    width = max(5, len(str(place.tickets)))
    lines: tuple[list[str], list[str], list[str]] = ([], [], [])
    copied: Birth | None = None
    for ticket, spot in zip(range(first, until), spots, strict=True):
        ticket_id = f"T{ticket + 1:0{width}d}"
        last_at = None
        if ticket >= ends:
            birth = _tail_birth(place, dice, ticket_id, ticket - ends)
            last_at = place.stretch.end if ticket + 1 == place.tickets else None
        elif copied:
            birth = _copy(place, dice, ticket_id, copied)
        else:
            birth = _birth(place, dice, ticket_id, spot)
        told = ticket_lines(Story(place, dice, birth), faces, last_at)
        for part, text in zip(lines, (told.ticket, told.events, told.ratings), strict=True):
            part.append(text)
        copied = _copied(place, dice, birth, told.solved_at)
    return tuple("".join(part).encode() for part in lines)


def _birth(place: World, dice: Dice, ticket_id: str, spot: float) -> Birth:
    at, group = place.arrival(spot)
    if group == len(GROUPS):
        return _customer(dice, ticket_id, at, place.groups[OUTAGE_GROUP][0], 0, "normal", OUTAGE)
    account = dice.weigh(place.sizes[group])
    plot = dice.weigh(PLOTS)
    return _customer(dice, ticket_id, at, account, dice.weigh(SEVERITIES[account.policy]), plot, "")


def _customer(dice: Dice, ticket_id: str, at: int, account: Account, severity: int, plot: str, subject: str) -> Birth:
    language = account.language
    special = {"spam": JUNK, "by_agent": OUTREACH, "by_system": ALARMS}.get(plot)
    if special:
        subject = special[language]
    elif not subject:
        subject = dice.pick(SUBJECTS[account.policy, language]) + dice.pick(PLACES[language])
    requester = f"c{dice.between(1, 8)}@{account.code.lower()}.example"
    return Birth(ticket_id, at, account, severity, subject, requester, plot)


def _copied(place: World, dice: Dice, birth: Birth, solved_at: int | None) -> Birth | None:
    """The ticket, where its customer soon opens a second one while the first is still unsolved."""
    share = 0.06 if birth.account.policy == "hosting" else 0.015
    later = birth.at + 5_400
    if birth.plot != "normal" or later > (solved_at or place.stretch.end) or not dice.chance(share):
        return None
    return birth


def _copy(place: World, dice: Dice, ticket_id: str, first: Birth) -> Birth:
    at = first.at + dice.between(120, 5_400)
    return Birth(ticket_id, at, first.account, first.severity, first.subject, first.requester, "copy", first.ticket_id)


def _tail_length(place: World) -> int:
    return min(len(TAIL), place.tickets // 25)


def _tail_birth(place: World, dice: Dice, ticket_id: str, number: int) -> Birth:
    group, severity, share = TAIL[-1 - number]
    account = place.groups[group][-1]
    passed = int(share * PACE[account.policy][severity][0]) - dice.between(0, 900)
    office, end = place.offices.get(account.policy), place.stretch.end
    at = office.after(end, -passed) if office else end - passed
    return _customer(dice, ticket_id, at, account, severity, "tail", "")
