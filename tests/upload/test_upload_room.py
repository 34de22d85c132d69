"""All people's files together take so much memory and no more; who comes too late is told."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from sla.upload_room import NoRoom, Room, RoomLimits


@pytest.fixture
def room() -> Room:
    return Room(RoomLimits(people=2, bytes=100))


def test_what_is_claimed_for_the_same_again_takes_the_place_of_what_was(room: Room) -> None:
    room.claim("ann", "files", 60)
    room.claim("ann", "files", 90)
    room.claim("ann", "data", 10)
    assert room.bytes_taken == 100


def test_who_comes_too_late_is_told_and_all_stays_as_it_was(room: Room) -> None:
    room.claim("ann", "files", 60)
    with pytest.raises(NoRoom, match="try again"):
        room.claim("bob", "files", 41)
    with pytest.raises(NoRoom):
        room.claim("ann", "files", 101)
    assert (room.bytes_taken, room.people) == (60, 1)


def test_only_so_many_people_have_files_at_once(room: Room) -> None:
    room.claim("ann", "files", 1)
    room.claim("bob", "files", 1)
    with pytest.raises(NoRoom):
        room.claim("eve", "files", 1)
    room.claim("bob", "data", 1)


def test_what_is_given_back_is_there_for_others(room: Room) -> None:
    room.claim("ann", "files", 60)
    room.claim("ann", "data", 40)
    room.leave("ann", "files")
    room.claim("bob", "files", 60)
    room.leave("ann")
    room.leave("ann")
    assert (room.bytes_taken, room.people) == (60, 1)


def test_many_at_once_never_take_more_than_there_is() -> None:
    room = Room(RoomLimits(people=1_000, bytes=100))

    def claim(who: int) -> bool:
        try:
            room.claim(str(who), "files", 7)
        except NoRoom:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(claim, range(200))) == 14


def test_one_measures_at_a_time_and_who_waits_is_told() -> None:
    room, told, is_in = Room(), [], threading.Event()

    def wait() -> None:
        with room.turn(lambda step, _: told.append(step)):
            is_in.set()

    with room.turn(lambda *_: None):
        waiting = threading.Thread(target=wait)
        waiting.start()
        assert not is_in.wait(0.6)
    waiting.join(5)
    assert is_in.is_set()
    assert set(told) == {"waiting for other files"}


def test_who_leaves_while_waiting_takes_no_turn() -> None:
    class Left(Exception):
        pass

    def leave(*_: object) -> None:
        raise Left

    room = Room()
    with room.turn(lambda *_: None), pytest.raises(Left), room.turn(leave):
        pass
    with room.turn(leave):
        pass
