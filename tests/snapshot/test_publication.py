"""A snapshot appears whole or not at all."""

import os
from datetime import datetime
from pathlib import Path

import pytest

from sla import publication, store
from sla.errors import Refused

NOON = datetime(2026, 3, 2, 12)


def _placed(out: Path, text: str, at: datetime) -> Path:
    with publication.workshop(out) as workshop:
        built = workshop / "snapshot.building"
        built.write_text(text)
        return publication.place(built, out, at)


def test_a_placed_snapshot_is_not_current_before_it_is_made_so(tmp_path: Path) -> None:
    path = _placed(tmp_path, "one", NOON)
    assert store.current(tmp_path) is None
    publication.make_current(path)
    assert store.current(tmp_path) == path


def test_current_is_the_one_published_last_not_the_newest_name(tmp_path: Path) -> None:
    old = _placed(tmp_path, "old", NOON)
    new = _placed(tmp_path, "new", NOON.replace(hour=13))
    publication.make_current(new)
    publication.make_current(old)
    assert store.current(tmp_path) == old


def test_the_snapshot_before_is_the_one_that_was_published_before(tmp_path: Path) -> None:
    first, second, third = (_placed(tmp_path, "x", NOON.replace(hour=hour)) for hour in (12, 13, 14))
    publication.make_current(third)
    assert store.before(third) is None
    publication.make_current(first)  # the second was built and never published
    assert store.before(first) == third
    publication.make_current(first)
    assert store.before(first) == third
    publication.make_current(third)
    assert (store.before(third), store.before(second)) == (first, third)


def test_in_a_folder_without_a_list_the_names_tell_what_came_before(tmp_path: Path) -> None:
    first, second = (_placed(tmp_path, "x", NOON.replace(hour=hour)) for hour in (12, 13))
    assert (store.before(second), store.before(first)) == (first, None)


def test_a_list_begun_late_holds_what_was_current_before_it(tmp_path: Path) -> None:
    first, second = (_placed(tmp_path, "x", NOON.replace(hour=hour)) for hour in (12, 13))
    (tmp_path / "CURRENT").write_text(f"{first.name}\n")
    publication.make_current(second)
    assert (tmp_path / "PUBLISHED").read_text() == f"{first.name}\n{second.name}\n"


def test_what_was_pruned_came_before_nothing(tmp_path: Path) -> None:
    first, second, third = (_placed(tmp_path, "x", NOON.replace(hour=hour)) for hour in (12, 13, 14))
    for path in (first, second, third):
        publication.make_current(path)
    publication.prune(tmp_path, 1)
    assert store.before(third) is None
    assert (tmp_path / "PUBLISHED").read_text() == f"{third.name}\n"


def test_two_snapshots_of_one_second_have_two_names(tmp_path: Path) -> None:
    assert _placed(tmp_path, "one", NOON) != _placed(tmp_path, "two", NOON)


def test_a_failed_build_leaves_nothing_behind(tmp_path: Path) -> None:
    def failing_build() -> None:
        with publication.workshop(tmp_path) as workshop:
            (workshop / "snapshot.building").write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing_build()
    assert list(tmp_path.iterdir()) == []


def test_while_a_build_goes_on_nothing_new_ends_with_duckdb(tmp_path: Path) -> None:
    with publication.workshop(tmp_path) as workshop:
        (workshop / "snapshot.building").write_text("half")
        assert list(tmp_path.rglob("*.duckdb")) == []


def test_what_a_dead_build_left_is_cleared_and_a_living_one_is_not(tmp_path: Path) -> None:
    dead = tmp_path / ".building-4194305-dead"  # above the largest process id there can be
    living = tmp_path / f".building-{os.getpid()}-living"
    dead.mkdir()
    living.mkdir()
    with publication.workshop(tmp_path):
        assert not dead.exists()
        assert living.exists()


def test_pruning_keeps_the_newest_and_the_current(tmp_path: Path) -> None:
    first, second, third = (_placed(tmp_path, "x", NOON.replace(hour=hour)) for hour in (12, 13, 14))
    publication.make_current(first)
    assert publication.prune(tmp_path, 1) == [second]
    assert store.snapshots(tmp_path) == [first, third]


def test_a_folder_that_cannot_be_made_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(Refused, match=r"Snapshots cannot be written to .*file"),
        publication.workshop(tmp_path / "file" / "out"),
    ):
        pass
