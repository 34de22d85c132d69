"""The memory that all people's own files together may take, and who waits for whom while they are measured."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sla.errors import Refused
from sla.progress import Progress

WAIT_S = 0.25


class NoRoom(Refused):
    """Too many people look at files of their own now, or these are too large beside theirs; later there is room."""

    def __init__(self) -> None:
        """The sentence for whoever is told by no page."""
        super().__init__("Other people's files take all the memory set aside for uploads; try again in a few minutes.")


@dataclass(frozen=True)
class RoomLimits:
    """How many people at once, and how many bytes for the files and the measured data of all of them together."""

    people: int = 20
    bytes: int = 2 * 2**30


ROOM_LIMITS = RoomLimits()


class Room:
    """Who holds how many bytes, for what; one measuring at a time. For all threads; it holds numbers and no data."""

    def __init__(self, limits: RoomLimits = ROOM_LIMITS) -> None:
        """Empty."""
        self.limits = limits
        self._claims: dict[str, dict[str, int]] = {}
        self._lock = threading.Lock()
        self._measuring = threading.Lock()

    def claim(self, who: str, what: str, size: int) -> None:
        """Sets so many bytes aside in place of those claimed for the same. Raises NoRoom, and nothing has changed."""
        with self._lock:
            others = self.bytes_taken - self._claims.get(who, {}).get(what, 0)
            if who not in self._claims and len(self._claims) >= self.limits.people:
                raise NoRoom
            if others + size > self.limits.bytes:
                raise NoRoom
            self._claims.setdefault(who, {})[what] = size

    def leave(self, who: str, what: str | None = None) -> None:
        """Gives back what was claimed for something, or everything."""
        with self._lock:
            claims = self._claims.get(who, {})
            if what is not None:
                claims.pop(what, None)
            if what is None or not claims:
                self._claims.pop(who, None)

    @property
    def bytes_taken(self) -> int:
        """What all have claimed together."""
        return sum(size for claims in self._claims.values() for size in claims.values())

    @property
    def people(self) -> int:
        """How many have claimed anything."""
        return len(self._claims)

    @contextmanager
    def turn(self, progress: Progress) -> Iterator[None]:
        """The one place to measure in; `progress` hears that it is waited for, and may end the waiting by raising."""
        while not self._measuring.acquire(timeout=WAIT_S):
            progress("waiting for other files", 0)
        try:
            yield
        finally:
            self._measuring.release()
