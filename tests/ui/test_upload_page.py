"""The page for one's own data: files in, what is asked of them, what came of it, in every language."""

import io
import re
import tempfile
import zipfile
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import duckdb
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from sla import store
from sla.ui import own_data, upload_files, upload_look
from sla.upload_room import Room, RoomLimits
from sla.words import LANGUAGES, words
from tests.ui.test_weekly_page import frame_is_there

Open = Callable[..., AppTest]


@pytest.fixture
def shown(opened: Open, desk: Path) -> Open:
    """Opens the page on a small desk, or on the given folder of snapshots."""

    def _open(folder: Path = desk, **query: str) -> AppTest:
        app = opened(folder, **query)
        app.switch_page("pages/upload.py").run()
        assert not app.exception, app.exception
        return app

    return _open


def page_html(app: AppTest) -> str:
    """All blocks of the page, but for its style and the marks that keep Arabic in order; blanks are plain."""
    shown = "".join(block.value for block in app.html if "<style>" not in block.value)
    return re.sub("[\u2066-\u2069]", "", shown).replace("\u00a0", " ")


def page_text(app: AppTest) -> str:
    return unescape(re.sub(r"<[^>]+>", "\n", page_html(app)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_can_be_put_in_and_that_nobody_else_sees_it(shown: Open, language: str) -> None:
    app = shown(lang=language)
    told = words(language)
    assert frame_is_there(app)
    assert told("upload.promise") in page_text(app)
    assert re.search(r"CSV.* 200 ", page_text(app))
    assert "ServiceNow incident log" in page_text(app)
    assert [uploader.label for uploader in app.file_uploader] == [told("upload.files")]
    assert told("upload.template_button") in {button.label for button in app.download_button}


def test_the_page_needs_no_snapshot_and_builds_none(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLA_SNAPSHOTS", str(tmp_path))
    app = AppTest.from_file(str(Path(__file__).resolve().parents[2] / "dashboard.py"), default_timeout=60)
    app.switch_page("pages/upload.py").run()
    assert not app.exception
    assert len(app.file_uploader) == 1
    assert store.current(tmp_path) is None


TICKETS = (
    b"ticket_id,created_at,severity,status\n"
    b"1,2026-03-02T09:00:00Z,High,<b>Open</b>\n"
    b'2,2026-03-03T09:00:00Z,Low,"=HYPERLINK(""x"")"\n'
)
HOSTILE_NAME = "../../etc/<img src=x> **bold**\u202e.csv"


def put_in(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """The page after these files were dropped in."""
    app.file_uploader[0].set_value([(name, content, "text/csv") for name, content in files]).run()
    assert not app.exception, app.exception
    return app


def choice(app: AppTest, label: str) -> Selectbox[Any]:
    return next(box for box in app.selectbox if box.label == label)


def test_a_file_is_recognised_and_its_first_rows_stand_there_as_text(shown: Open) -> None:
    app = put_in(shown(), ("tickets.csv", TICKETS))
    assert "Recognised by its headers: Standard export, tickets. 4 columns, the headers on line 1." in page_text(app)
    assert "&lt;b&gt;Open&lt;/b&gt;" in page_html(app)
    assert '=HYPERLINK("x")' in page_text(app)
    assert choice(app, "What is this file?").value == "standard/tickets"


def test_each_needed_column_has_its_guess_and_every_header_with_its_first_value_as_a_choice(shown: Open) -> None:
    app = put_in(shown(), ("tickets.csv", TICKETS))
    created = choice(app, "Created (needed)")
    assert created.value == 1
    assert created.options[1] == "created_at · 2026-03-02T09:00:00Z"
    reply = choice(app, "First reply")
    assert reply.value == -1
    assert reply.options[0] == "Not in this file"


def test_a_name_of_a_file_is_text_and_never_a_path(shown: Open) -> None:
    app = put_in(shown(), (HOSTILE_NAME, TICKETS))
    assert "<img" not in page_html(app)
    assert "&lt;img src=x&gt; **bold**" in page_html(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_is_no_export_is_told_in_a_sentence_and_the_others_are_read(shown: Open, language: str) -> None:
    app = put_in(shown(lang=language), ("empty.csv", b""), ("tickets.csv", TICKETS))
    told = words(language)
    assert told("upload.unreadable") in page_text(app)
    assert "empty.csv is empty" in page_text(app)
    assert any(box.label == told("upload.ask.format") for box in app.selectbox)


def test_how_sure_a_format_is_says_whether_others_fit_or_its_headers_are_unconfirmed(shown: Open) -> None:
    hubspot = b"Ticket ID,Ticket status,Create date\n1,New,2026-03-02 09:00\n"
    app = put_in(shown(), ("hubspot.csv", hubspot), ("other.csv", b"Vorgang;Angelegt\na;2026-01-05 09:00\n"))
    assert "Most like HubSpot, tickets, by headers that nobody could confirm from a real file." in page_text(app)
    assert "Asked for once it is clear which columns have times." not in page_text(app)  # HubSpot's are asked for
    app = put_in(shown(), ("other.csv", b"Vorgang;Angelegt\na;2026-01-05 09:00\n"))
    assert "No export that is known here has these headers." in page_text(app)
    assert "Asked for once it is clear which columns have times." in page_text(app)


def test_files_that_mean_harm_are_each_told_in_a_sentence_and_say_nothing_of_the_server(shown: Open) -> None:
    entity = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><workbook>&x;</workbook>'
    bomb = bytearray(zipped({"t.csv": b"0" * 99}))
    said = bomb.index(b"PK\x01\x02") + 24  # the size before packing
    bomb[said : said + 4] = (2**31 - 1).to_bytes(4, "little")
    wide = b"ticket_id,created_at" + b"," * 1_000_000
    files = {
        "zeros.csv": (b"ticket_id\0,created_at\n", "zeros.csv has a header with zero bytes"),
        "wide.csv": (wide, "wide.csv has 1,000,002 headers: expected at most 2,000."),
        "folder.zip": (zipped({"d/": b""}), "There is no export to read in folder.zip:"),
        "bomb.zip": (bytes(bomb), "bomb.zip unpacks to 2,147,483,647 bytes: expected at most 1,073,741,824 in all."),
        "links.xlsx": (zipped({"xl/workbook.xml": entity}), "links.xlsx cannot be read"),
        "none.csv": (b"", "none.csv is empty: expected a header row and rows."),
        "\U0001f600" * 200 + ".csv": (TICKETS, "Recognised by its headers: Standard export, tickets."),
    }
    app = put_in(shown(), *((name, content) for name, (content, _) in files.items()))
    for name, (_, sentence) in files.items():
        assert sentence in page_text(app), name
    assert page_text(app).count("This cannot be read as an export.") == len(files) - 1
    assert tempfile.gettempdir() not in page_text(app)
    assert "Traceback" not in page_text(app)


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("fault", [duckdb.OutOfMemoryException("no more"), MemoryError(), OSError(28, "No space left")])
def test_a_look_for_which_there_is_no_room_is_told_and_leaves_nothing(
    shown: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def fail(*_: object, **__: object) -> None:
        assert list(tmp_path.iterdir()) != []
        raise fault

    app = shown()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(upload_look, "inspect", fail)
    put_in(app, ("tickets.csv", TICKETS))
    assert "tickets.csv needs more memory or disk than there is for a look." in page_text(app)
    assert list(tmp_path.iterdir()) == []


def test_the_same_content_twice_is_one_file(shown: Open) -> None:
    app = put_in(shown(), ("tickets.csv", TICKETS), ("tickets (1).csv", TICKETS))
    assert "tickets (1).csv has the same content as another file and was read once." in page_text(app)
    assert sum(box.label == "What is this file?" for box in app.selectbox) == 1


def test_who_comes_too_late_keeps_what_was_in_hand_and_the_server_forgets_the_rest(
    shown: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    room, forgotten = Room(RoomLimits(people=2, bytes=1_000)), []
    monkeypatch.setattr(own_data, "_room", lambda: room)
    forget = upload_files.forget_files
    monkeypatch.setattr(upload_files, "forget_files", lambda ids: (forgotten.extend(ids), forget(ids)))
    app = put_in(shown(lang="en"), ("first.csv", TICKETS))
    app.switch_page("pages/definitions.py").run()
    app.switch_page("pages/upload.py").run()
    put_in(app, ("large.csv", b"x" * 2_000))
    assert words("en")("own_data.no_room") in page_text(app)
    assert "Still in hand from before: first.csv" in page_text(app)
    assert "large.csv" not in page_text(app)
    assert len(forgotten) == 1
    app.run()
    assert words("en")("own_data.no_room") not in page_text(app)
    assert room.bytes_taken == len(TICKETS)
    [button] = [button for button in app.button if button.label == words("en")("upload.take_away")]
    button.click().run()
    assert room.bytes_taken == 0
    assert not set(app.session_state["upload files held"])


def test_files_stay_in_hand_over_a_visit_to_another_page_until_they_are_taken_away(shown: Open) -> None:
    app = put_in(shown(), ("tickets.csv", TICKETS))
    app.switch_page("pages/week.py").run()
    app.switch_page("pages/upload.py").run()
    assert "Still in hand from before: tickets.csv." in page_text(app)
    assert choice(app, "What is this file?").value == "standard/tickets"
    next(button for button in app.button if button.label == "Take everything away").click().run()
    assert "Still in hand" not in page_text(app)
    assert not [box for box in app.selectbox if box.label == "What is this file?"]


def test_a_format_goes_in_with_the_files_and_one_that_cannot_be_right_is_told(shown: Open) -> None:
    mine = b'name = "mine"\ntitle = "Our own desk"\n[[files]]\nkind = "tickets"\nneeds = ["ticket_id", "created_at"]\n'
    mine += b'[files.columns]\nticket_id = ["Nr"]\ncreated_at = ["Opened"]\n'
    app = put_in(shown(), ("mine (2).toml", mine), ("list.csv", b"Nr,Opened\n7,2026-03-02T09:00:00Z\n"))
    assert "mine (2).toml is a format: files below can be read by it." in page_text(app)
    assert "Recognised by its headers: Our own desk, tickets." in page_text(app)
    app = put_in(shown(), ("mine.toml", mine.replace(b"needs", b"wants")), ("tickets.csv", TICKETS))
    assert "mine.toml is neither a format nor a policy that can be used." in page_text(app)
    assert "unknown key 'wants'" in page_text(app)


JIRA = (
    b"Issue Type,Issue key,Created,Status,Reporter,Reporter Id,Comment\n"
    b"Incident,K-1,2026-02-25 16:00,Open,Ann Example,r1,2026-02-25 16:38;a7;Hello\n"
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_format_cannot_know_is_asked_and_can_be_said_anew(shown: Open, language: str) -> None:
    app = put_in(shown(lang=language), ("jira.csv", JIRA))
    told = words(language)
    left = told("upload.ask.said_left", columns=told("upload.column.messages"))
    assert re.sub("[\u2066-\u2069]", "", told("upload.open.other", file="jira.csv")) in page_text(app)
    (asked,) = [radio for radio in app.radio if str(radio.key).startswith("upload said jira_comments")]
    assert asked.value is None
    asked.set_value("yes").run()
    assert not app.exception, app.exception
    (asked,) = [radio for radio in app.radio if str(radio.key).startswith("upload said jira_comments")]
    assert asked.value == "yes"
    assert re.sub("[\u2066-\u2069]", "", left) not in page_text(app)
    asked.set_value("unknown").run()
    assert not app.exception, app.exception
    assert re.sub("[\u2066-\u2069]", "", left) in page_text(app)
    assert re.sub("[\u2066-\u2069]", "", told("upload.open.other", file="jira.csv")) not in page_text(app)
