"""Turns: a few at a time, short questions first, nobody for ever last."""

from concurrent.futures import ThreadPoolExecutor
from threading import Lock, Thread
from time import sleep

from sla.ui.turns import Turns


def test_no_more_than_the_places_are_taken_at_once() -> None:
    turns, lock, inside, most = Turns(2), Lock(), [0], [0]

    def take(_: int) -> None:
        with turns.turn():
            with lock:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
            sleep(0.01)
            with lock:
                inside[0] -= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(take, range(24)))
    assert most == [2]


def test_a_short_question_goes_before_a_long_one_that_came_first() -> None:
    turns, order = Turns(1), list[str]()

    def take(name: str, expected_s: float) -> None:
        with turns.turn(expected_s):
            order.append(name)

    with turns.turn():
        waiting = [Thread(target=take, args=asked) for asked in (("long", 2.0), ("longer", 3.0), ("short", 0.01))]
        for thread in waiting:
            thread.start()
            sleep(0.05)
    for thread in waiting:
        thread.join()
    assert order == ["short", "long", "longer"]


def test_a_place_is_free_again_after_an_error() -> None:
    turns = Turns(1)
    for _ in range(3):
        try:
            with turns.turn():
                raise ValueError
        except ValueError:
            pass
    with turns.turn():
        pass
