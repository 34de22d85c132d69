"""Turns at the database: a few at a time, for a hundred questions at once would each wait for all the others."""

import heapq
import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

HEAD_START = 20.0  # a question that takes a second more waits as if it had come so many seconds later


class Turns:
    """So many places; who waits is called by when they came, those with a short question before those with a long one.

    Nobody waits for ever: whoever came long enough ago goes before a shorter question.
    """

    def __init__(self, places: int) -> None:
        """All places free."""
        self._places = self._free = places
        self._waiting: list[tuple[float, int, threading.Event]] = []
        self._numbers = itertools.count()
        self._lock = threading.Lock()

    @property
    def are_free(self) -> bool:
        """Whether all places are free, so that nobody waits."""
        return self._free == self._places

    @contextmanager
    def turn(self, expected_s: float = 0.0) -> Iterator[None]:
        """A place for the block, which is expected to take so many seconds; waits until one is free."""
        called = None
        with self._lock:
            if self._free:
                self._free -= 1
            else:
                called = threading.Event()
                at = time.monotonic() + expected_s * HEAD_START
                heapq.heappush(self._waiting, (at, next(self._numbers), called))
        if called is not None:
            called.wait()
        try:
            yield
        finally:
            with self._lock:
                if self._waiting:
                    heapq.heappop(self._waiting)[2].set()
                else:
                    self._free += 1
