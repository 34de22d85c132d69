"""A person's own data on the pages: for their session alone, with a banner and a way back."""

import gc
import weakref
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sla import store
from sla.errors import Refused
from sla.ui import own_data
from sla.ui.own_data import OwnData
from sla.upload import Uploaded
from sla.upload_room import NoRoom, Room, RoomLimits
from sla.words import LANGUAGES, words
from tests.upload.own_files import measured

Open = Callable[..., AppTest]
HELD = "own data held"
PAGES = ("week", "attainment", "breaches", "satisfaction", "workload", "review", "ticket", "definitions", "upload")
OURS = {"policy": "ours", "week": "2026-03-02"}


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
def own(room: Room) -> Iterator[OwnData]:
    uploaded = measured()
    room.claim("somebody", "data", uploaded.bytes)
    held = OwnData(uploaded, "somebody", room)
    yield held
    held.close()


def looking(app: AppTest, own: OwnData, **query: str) -> AppTest:
    """The same session from its next run on, looking at its own data."""
    app.session_state[HELD] = own
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception
    return app


def text(app: AppTest) -> str:
    return unescape("".join(block.value for block in app.html if "<style>" not in block.value))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_banner_says_whose_data_it_is_and_leads_back(
    opened: Open, desk: Path, own: OwnData, room: Room, language: str
) -> None:
    told = words(language)
    app = opened(desk, lang=language)
    assert told("own_data.links") not in text(app)
    looking(app, own)
    assert told("own_data.links") in text(app)
    assert "tickets.csv" in text(app)
    app.button(key="own data back").click().run()
    assert told("own_data.links") not in text(app)
    assert HELD not in app.session_state
    assert room.bytes_taken == 0
    with pytest.raises(Refused):
        own.answers.ask("built_from", {})


@pytest.mark.parametrize("page", PAGES)
def test_every_page_reads_the_persons_own_data_and_says_so(opened: Open, desk: Path, own: OwnData, page: str) -> None:
    app = looking(opened(desk, lang="en"), own)
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception, app.exception
    assert words("en")("own_data.links") in text(app)
    assert "The desk" not in text(app)


def test_the_week_shows_their_clocks_also_where_the_link_was_of_the_shared_data(
    opened: Open, desk: Path, own: OwnData
) -> None:
    app = looking(opened(desk, lang="en", policy="desk", week="2026-01-05"), own)
    assert "Our own promise" in text(app) or any("Our own promise" in box.options for box in app.selectbox)


def test_another_session_sees_nothing_of_it(opened: Open, desk: Path, own: OwnData) -> None:
    mine = looking(opened(desk, lang="en"), own)
    theirs = opened(desk, lang="en")
    for page in PAGES:
        mine.switch_page(f"pages/{page}.py").run()
        theirs.switch_page(f"pages/{page}.py").run()
        shown = text(theirs) + str(theirs.main)
        assert not theirs.exception
        for theirs_not in ("Granite Quarry", "OWN-", "Our own promise", words("en")("own_data.links")):
            assert theirs_not not in shown


def test_the_ticket_page_explains_a_ticket_of_theirs(opened: Open, desk: Path, own: OwnData) -> None:
    app = looking(opened(desk, lang="en"), own, ticket="OWN-2")
    app.switch_page("pages/ticket.py").run()
    assert not app.exception, app.exception
    assert "OWN-2" in text(app)
    assert "Granite Quarry" in text(app)


@pytest.mark.parametrize(("part", "told"), [("policies", "ours.toml"), ("left_out", "no date"), ("readings", "")])
def test_the_definitions_show_their_policy_and_what_was_rejected(
    opened: Open, desk: Path, own: OwnData, part: str, told: str
) -> None:
    app = looking(opened(desk, lang="en"), own, policy="ours", part=part)
    app.switch_page("pages/definitions.py").run()
    assert not app.exception, app.exception
    assert told in text(app) + str(app.main)


def test_it_has_no_snapshot_before_it_to_be_compared_with(opened: Open, desk: Path, own: OwnData) -> None:
    app = looking(opened(desk, lang="en"), own, part="changes", policy="ours")
    app.switch_page("pages/definitions.py").run()
    assert words("en")("changes.first") in text(app)


def test_it_needs_no_shared_snapshot(
    opened: Open, tmp_path: Path, own: OwnData, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLA_SNAPSHOTS", str(tmp_path))
    app = AppTest.from_file(str(store.ROOT / "dashboard.py"), default_timeout=60)
    app.query_params["lang"] = "en"
    app.session_state[HELD] = own
    app.run()
    assert not app.exception, app.exception
    assert words("en")("own_data.links") in text(app)
    assert list(tmp_path.iterdir()) == []


def test_memory_and_room_are_given_back_with_the_session(opened: Open, desk: Path, room: Room) -> None:
    uploaded = measured()
    room.claim("somebody", "data", uploaded.bytes)
    held = OwnData(uploaded, "somebody", room)
    gone = weakref.ref(held.answers)
    app = looking(opened(desk, lang="en"), held)
    del held, app
    gc.collect()
    assert gone() is None
    assert room.bytes_taken == 0
    with pytest.raises(store.DatabaseError):
        uploaded.connection.execute("select 1")


def held_by_this_session(monkeypatch: pytest.MonkeyPatch, room: Room) -> dict[str, OwnData]:
    state: dict[str, OwnData] = {}
    monkeypatch.setattr(own_data.st, "session_state", state)
    monkeypatch.setattr(own_data, "_room", lambda: room)
    return state


def test_new_files_take_the_place_of_those_before(monkeypatch: pytest.MonkeyPatch, room: Room) -> None:
    state = held_by_this_session(monkeypatch, room)
    first, second = measured(), measured()
    own_data.hold_upload(first)
    own_data.hold_upload(second)
    assert own_data.looked_at() is second
    assert room.bytes_taken == second.bytes
    with pytest.raises(store.DatabaseError):
        first.connection.execute("select 1")
    own_data.let_go()
    own_data.let_go()
    assert (state, room.bytes_taken, own_data.looked_at()) == ({}, 0, None)


def test_files_that_cannot_be_measured_leave_those_before_in_place(monkeypatch: pytest.MonkeyPatch, room: Room) -> None:
    held_by_this_session(monkeypatch, room)
    first = measured()
    own_data.hold_upload(first)
    with pytest.raises(Refused, match="No ticket"):
        own_data.measure(
            [own_data.OwnFile("tickets.csv", b"ticket_id,created_at\nA,never\n")],
            policies=first.policies,
            default_policy="ours",
        )
    assert own_data.looked_at() is first
    assert first.connection.execute("select 1").fetchall() == [(1,)]
    own_data.let_go()


def test_who_comes_too_late_keeps_what_they_had(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(RoomLimits(bytes=measured_bytes() + 10))
    held_by_this_session(monkeypatch, room)
    first = measured()
    own_data.hold_upload(first)
    room.claim("somebody else", "data", 8)
    monkeypatch.setattr(own_data, "_session", lambda: "a third one")
    late = measured()
    with pytest.raises(NoRoom):
        own_data.hold_upload(late)
    assert own_data.looked_at() is first
    with pytest.raises(store.DatabaseError):
        late.connection.execute("select 1")
    with pytest.raises(NoRoom):
        own_data.claim_files(100_000_000)


def measured_bytes() -> int:
    uploaded: Uploaded = measured()
    uploaded.close()
    return uploaded.bytes


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_comes_too_late_is_told_in_their_language(language: str) -> None:
    assert len(words(language)("own_data.no_room")) > 60
