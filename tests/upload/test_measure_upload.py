"""A person's own files are measured in memory; nothing of them is left on disk, and they know nothing of others."""

import gc
import io
import os
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from sla import catalog, store
from sla.errors import Refused
from sla.explain import explain
from sla.intake.sources import Limits as ReadingLimits
from sla.open_snapshot import OpenSnapshot
from sla.policies.reader import read_policies, read_policy_text
from sla.readings import reading_effects
from sla.snapshot import POLICIES, build_file
from sla.upload import LIMITS, READING, OwnFile, Uploaded, private_folder, safe_name
from tests.upload.own_files import POLICY, TICKETS, measured, own_files, own_policies

SAMPLES = store.ROOT / "data" / "samples"
CLOCKS = [parameter.name for parameter in catalog.report("clocks_in_scope").parameters]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made, empty at first."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def uploaded() -> Iterator[Uploaded]:
    made = measured()
    yield made
    made.close()


def rows(con: store.Connection, name: str, **values: catalog.Value) -> list[dict[str, object]]:
    return store.records(store.run(con, name, values))


def test_every_row_is_counted_and_what_was_rejected_can_be_read(uploaded: Uploaded) -> None:
    told = uploaded.summary
    assert (told.rows_read, told.rows_accepted, told.rows_rejected) == (6, 5, 1)
    assert told.outcomes == {"met": 1, "breached": 1, "running": 0, "excluded": 2} | {
        key: told.outcomes[key] for key in ("running", "excluded")
    }
    rejected = rows(uploaded.connection, "rejected_rows")
    assert [(row["file"], row["line"]) for row in rejected] == [("tickets.csv", 4)]
    assert uploaded.files == ("tickets.csv", "events.csv")


def test_the_policy_of_the_upload_is_the_one_that_pages_read(uploaded: Uploaded) -> None:
    assert [row["text"] for row in rows(uploaded.connection, "policy_files")] == [POLICY]


def test_reports_say_of_an_upload_what_they_say_of_a_snapshot_of_the_same_files(tmp_path: Path) -> None:
    names = ("tickets.csv", "events.csv", "ratings.csv", "accounts.csv", "agents.csv")
    policies = read_policies(POLICIES)
    files = [OwnFile(name, (SAMPLES / name).read_bytes()) for name in names]
    own = measured(files, policies=policies, default_policy=None)
    built_at = rows(own.connection, "built_from")[0]["built_at"]
    assert isinstance(built_at, datetime)
    file = tmp_path / "same.duckdb"
    paths = [SAMPLES / name for name in names]
    build_file(file, paths, policies, workshop=tmp_path, memory=2**30, machine_now=built_at)
    same = store.open_snapshot(file)
    week = date(2026, 6, 1)
    given = {
        **{"policy": "zoom", "metric": "first_response", "language": "en", "grain": "week", "dimension": "severity"},
        **{"first_on": week, "last_on": week + timedelta(days=20), "before_first_on": week, "before_last_on": week},
        **{"week": week, "most": 50, "order": "name", "show": "breached", "sort": "newest", "state": "on_us"},
    }
    compared = 0
    for name in catalog.reports():
        values = {parameter.name: given.get(parameter.name) for parameter in catalog.report(name).parameters}
        try:
            expected = store.run(same, name, values)
        except Refused:
            continue  # a question that this week's answers do not fit
        compared += len(expected) > 0
        own_name = {"snapshot"} & set(expected.columns)  # the file's
        found = store.run(own.connection, name, values)
        assert found.drop(columns=own_name).equals(expected.drop(columns=own_name)), name
    assert compared > 40
    ticket = rows(same, "clocks_in_scope", **{name: given.get(name) for name in CLOCKS})[0]["ticket_id"]
    assert explain(own.connection, str(ticket)) == explain(same, str(ticket))
    assert reading_effects(own.connection, "zoom") == reading_effects(same, "zoom")
    own.close()


def test_nothing_of_it_is_left_on_disk(temporary: Path) -> None:
    measured().close()
    assert list(temporary.iterdir()) == []


def test_nothing_is_left_on_disk_where_nothing_could_be_measured(temporary: Path) -> None:
    with pytest.raises(Refused, match="No ticket was accepted"):
        measured([OwnFile("tickets.csv", b"ticket_id,created_at\nA,never\n")])
    assert list(temporary.iterdir()) == []


def test_nothing_is_left_on_disk_where_the_person_leaves_while_it_is_measured(temporary: Path) -> None:
    class Left(BaseException):
        pass

    def leave(_: str, done: float) -> None:
        if done > 0.95:
            assert any(temporary.iterdir())
            raise Left

    with pytest.raises(Left):
        measured(progress=leave)
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    ("reading", "sentence"),
    [
        (replace(READING, rows=2), r"\.csv has more than 2 rows"),
        (replace(READING, unpacked_bytes=100), r"many\.zip unpacks to .* bytes: expected at most 100"),
        (replace(READING, members=1), r"many\.zip holds 2 files: expected at most 1"),
    ],
)
def test_an_upload_takes_less_than_a_build_may(temporary: Path, reading: ReadingLimits, sentence: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in own_files():
            archive.writestr(file.name, file.content)
    given = own_files() if reading.rows == 2 else [OwnFile("many.zip", packed.getvalue())]
    with pytest.raises(Refused, match=sentence):
        measured(given, limits=replace(LIMITS, reading=reading))
    assert list(temporary.iterdir()) == []


def test_only_this_user_can_look_into_the_folder_while_it_is_there(temporary: Path) -> None:
    with private_folder() as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not folder.exists()


def test_what_a_server_that_died_left_is_cleared(temporary: Path) -> None:
    dead = temporary / "sla-upload-999999999-abc"
    mine = temporary / f"sla-upload-{os.getpid()}-abc"
    for folder in (dead, mine):
        folder.mkdir()
    with private_folder():
        assert not dead.exists()
        assert mine.exists()


def test_its_connection_reads_no_file_writes_none_and_knows_no_other_database(
    uploaded: Uploaded, sample_snapshot: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    for attempt in (
        "from read_text('/etc/hostname')",
        f"from read_csv('{tmp_path}/*.csv')",
        f"attach '{sample_snapshot}' as others (read_only)",
        f"attach '{out}.duckdb' as others",
        f"copy tickets to '{out}.csv'",
        f"export database '{out}'",
        "install httpfs",
        "set memory_limit = '100GB'",
        "set enable_external_access = true",
        f"set temp_directory = '{out}'",
    ):
        with uploaded.connection.cursor() as cursor, pytest.raises(duckdb.Error):
            cursor.execute(attempt).fetchall()
    assert list(tmp_path.iterdir()) == []
    known = {row["database_name"] for row in store.ask(uploaded.connection, "from duckdb_databases()")}
    assert known == {"held", "memory", "system", "temp"}
    assert {row["path"] for row in store.ask(uploaded.connection, "from duckdb_databases()")} == {None}


def test_two_uploads_and_a_snapshot_asked_by_many_threads_each_answer_for_themselves(sample_snapshot: Path) -> None:
    one, two = measured(), measured(own_files(TICKETS.replace("OWN-", "TWO-").replace("11:00:00Z", "09:10:00Z")))
    opened = {
        "one": OpenSnapshot(Path(one.name), one.connection),
        "two": OpenSnapshot(Path(two.name), two.connection),
        "all": OpenSnapshot(sample_snapshot),
    }

    def counted(name: str) -> tuple[str, object]:
        (told,) = opened[name].rows("built_from", {})
        return name, told["tickets_count"]

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(counted, [*opened] * 40))
    assert len(found) == 3
    assert dict(found)["all"] > 1_000  # type: ignore[operator]
    assert one.name != two.name
    for own in (one, two):
        own.close()


def test_questions_under_way_are_waited_for_and_later_ones_are_refused(uploaded: Uploaded) -> None:
    opened = OpenSnapshot(Path(uploaded.name), uploaded.connection)
    assert opened.rows("policies", {})
    opened.close()
    opened.close()
    with pytest.raises(Refused, match="held no more"):
        opened.rows("policies", {})


def test_a_question_that_loses_the_database_says_to_put_the_files_in_again(uploaded: Uploaded) -> None:
    opened = OpenSnapshot(Path(uploaded.name), uploaded.connection)
    uploaded.connection.close()
    with pytest.raises(Refused, match="put them in again"):
        opened.rows("policies", {})


def test_memory_is_given_back() -> None:
    tickets = "".join(
        f"OWN-{number},2026-03-0{1 + number % 9}T09:00:00Z,1,Open,Quarry {number},\n" for number in range(60_000)
    )
    files = own_files(TICKETS.splitlines()[0] + "\n" + tickets)
    measured(files).close()  # what the first one makes the process keep for ever
    gc.collect()
    before = resident()
    held = [measured(files) for _ in range(4)]
    taken = resident() - before
    for own in held:
        own.close()
    del held, own
    gc.collect()
    assert resident() - before < 0.5 * taken


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_a_default_policy_that_nobody_has_is_refused() -> None:
    with pytest.raises(Refused, match="which no policy file has"):
        measured(default_policy="theirs")


def test_two_versions_of_the_own_policy_hold_one_after_the_other() -> None:
    later = read_policy_text('valid_from = "2026-03-03"\n' + POLICY.replace('"1h"', '"3h"'), "later.toml")
    own = measured(policies=[later, *own_policies()])
    assert own.summary.outcomes["met"] == 2
    own.close()


def test_two_policies_for_the_same_days_are_refused() -> None:
    with pytest.raises(Refused, match="give each version its own valid_from"):
        measured(policies=[*own_policies(), read_policy_text(POLICY, "again.toml")])


def test_a_format_of_their_own_is_used() -> None:
    tickets = TICKETS.replace("ticket_id,created_at", "Fall,Angelegt", 1)
    format_ = (
        'name = "own"\n[[files]]\nkind = "tickets"\nneeds = ["ticket_id"]\n'
        '[files.columns]\nticket_id = ["Fall"]\ncreated_at = ["Angelegt"]\nfirst_reply_at = ["first_reply_at"]\n'
        'severity = ["severity"]\n'
    )
    own = measured([OwnFile("x.csv", tickets.encode())], formats={"own.toml": format_.encode()})
    assert own.summary.files[0]["format"] == "own"
    own.close()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", ".._.._etc_passwd".strip(" .")),
        ("a\x00b.csv", "a_b.csv"),
        ("\u202egpj.csv", "_gpj.csv"),
        ("", "file"),
        ("..", "file"),
        ("/", "_"),
        ("\ud800.csv", "_.csv"),
        ("Relatório de março.csv", "Relatório de março.csv"),
    ],
)
def test_a_name_is_no_path(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_name_of_any_length_can_be_a_files() -> None:
    for name in ("a" * 5_000 + ".csv", "ط" * 5_000 + ".xlsx", "." + "b" * 5_000, "x." + "ط" * 300):
        assert len(safe_name(name).encode()) <= 160
    assert safe_name("ط" * 5_000 + ".xlsx").endswith(".xlsx")


def test_a_question_gets_no_more_memory_than_is_set_aside(uploaded: Uploaded) -> None:
    with uploaded.connection.cursor() as cursor:
        (limit,) = cursor.execute("select current_setting('memory_limit')").fetchall()[0]
        assert float(limit.split()[0]) <= 2 * LIMITS.question_memory / 2**20
        with pytest.raises(duckdb.OutOfMemoryException):
            cursor.execute("select list(a order by random()) from range(100000000) t(a)").fetchall()
