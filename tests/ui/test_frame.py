"""The frame: what stands around every page, on a first start and where there is nothing to show."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from sla import snapshot, store
from sla.words import LANGUAGES, words
from tests.store.small_desk import POLICIES
from tests.ui.test_weekly_page import frame_is_there, page_text

Open = Callable[..., AppTest]
PAGES = ("week", "attainment", "breaches", "satisfaction", "workload", "review", "ticket", "definitions")


@pytest.fixture(scope="session")
def unmeasured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot of one ticket, which was opened after the as-of instant."""
    folder = tmp_path_factory.mktemp("unmeasured")
    (folder / "tickets.csv").write_text("ticket_id,created_at,policy\nF1,2026-01-06T09:00:00Z,desk\n", "utf-8")
    (folder / "policies").mkdir()
    (folder / "policies" / "desk.toml").write_text(POLICIES["desk"], "utf-8")
    as_of = datetime(2026, 1, 5)
    snapshot.build([folder / "tickets.csv"], policies=folder / "policies", out=folder / "out", as_of=as_of)
    return folder / "out"


def test_the_as_of_and_when_the_exports_were_read_stand_on_the_page(opened: Open, desk: Path) -> None:
    path = store.current(desk)
    assert path is not None
    with duckdb.connect(str(path), read_only=True) as con:
        ((read_at,),) = con.execute("select built_at from snapshot").fetchall()
    said = f"As of 14 Jan 2026, 12:00 (UTC). Exports read on {words('en').instant(read_at, 'UTC')}"
    assert said in page_text(opened(desk))


@pytest.mark.parametrize(("last", "is_told"), [("2026-01-11T12:00:00Z", False), ("2026-01-11T11:59:59Z", True)])
def test_messages_that_end_days_before_the_numbers_are_told_on_every_page(
    opened: Open, tmp_path: Path, last: str, is_told: bool
) -> None:
    for name, text in {
        "export/tickets.csv": "ticket_id,created_at,policy\nA,2026-01-11T09:00:00Z,desk\nB,2026-01-14T12:00:00Z,desk\n",
        "export/events.csv": f"ticket_id,at,kind,by\nA,{last},message,agent\n",
        "policies/desk.toml": POLICIES["desk"],
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    snapshot.build([tmp_path / "export"], policies=tmp_path / "policies", out=tmp_path / "out")
    said = "The messages and changes end on 11 Jan 2026, but the numbers are as of 14 Jan 2026"
    assert (said in page_text(opened(tmp_path / "out"))) is is_told


def test_a_first_start_builds_the_sample_and_says_so(opened: Open, tmp_path: Path) -> None:
    app = opened(tmp_path / "snapshots")
    assert store.current(tmp_path / "snapshots") is not None
    assert "one was built from the sample exports" in page_text(app)
    assert "of first responses in time" in page_text(app)


def test_a_first_start_shows_the_whole_sample_on_a_machine_whose_clock_is_behind(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Behind(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Behind":
            return cls(2026, 1, 5, tzinfo=tz)  # ten months before the sample's last instant

    monkeypatch.setattr(snapshot, "datetime", Behind)
    assert "As of 20 Nov 2026, 15:30 (UTC)" in page_text(opened(tmp_path / "snapshots"))
    with duckdb.connect(str(store.snapshots(tmp_path / "snapshots")[0]), read_only=True) as con:
        assert con.execute("select count(*) from rejected_rows").fetchall() == [(0,)]


def test_a_second_start_builds_nothing(opened: Open, desk: Path) -> None:
    before = store.snapshots(desk)
    assert "sample exports" not in page_text(opened(desk))
    assert store.snapshots(desk) == before


def test_a_pointer_to_nothing_is_told_in_a_sentence(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("gone.duckdb\n")
    app = opened(tmp_path)
    assert "There is no snapshot to show." in page_text(app)
    assert "gone.duckdb" in page_text(app)
    assert frame_is_there(app)


def test_a_broken_snapshot_is_told_in_a_sentence(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "broken.duckdb").write_bytes(b"not a database")
    (tmp_path / "CURRENT").write_text("broken.duckdb\n")
    assert "cannot be read as a snapshot" in page_text(opened(tmp_path))


def test_a_snapshot_cut_in_half_is_told_in_a_sentence(opened: Open, sample: Path, tmp_path: Path) -> None:
    whole = store.snapshots(sample)[0].read_bytes()
    (tmp_path / "half.duckdb").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "CURRENT").write_text("half.duckdb\n")
    assert "build a new one" in page_text(opened(tmp_path))


def test_a_snapshot_of_another_version_is_told_in_a_sentence(opened: Open, desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "older.duckdb"
    path.write_bytes(store.snapshots(desk)[0].read_bytes())
    with duckdb.connect(str(path)) as con:
        con.execute("drop table attainment_weeks")  # as if this version were the first to have it
    (tmp_path / "CURRENT").write_text("older.duckdb\n")
    text = page_text(opened(tmp_path))
    assert "There is no snapshot to show." in text
    assert "another version of this program built it" in text


def test_a_new_snapshot_is_shown_from_the_next_run_on(opened: Open, desk: Path, sample: Path, tmp_path: Path) -> None:
    for folder in (desk, sample):
        path = store.current(folder)
        assert path is not None
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "CURRENT").write_text(store.snapshots(desk)[-1].name)
    app = opened(tmp_path)
    assert "As of 14 Jan 2026" in page_text(app)
    (tmp_path / "CURRENT").write_text(store.snapshots(sample)[-1].name)
    app.run()
    assert "As of 20 Nov 2026" in page_text(app)


@pytest.mark.parametrize("runs", [1, 2, 3])
def test_every_run_goes_through_the_frame(opened_through_the_guard: Open, desk: Path, runs: int) -> None:
    app = opened_through_the_guard(desk)
    for _ in range(runs - 1):
        app.run()
    assert frame_is_there(app)
    assert not app.exception


@pytest.mark.parametrize("page", PAGES)
def test_a_snapshot_without_clocks_says_so_on_every_page(opened: Open, unmeasured: Path, page: str) -> None:
    for language in LANGUAGES:
        app = opened(unmeasured, lang=language)
        app.switch_page(f"pages/{page}.py").run()
        assert not app.exception
        assert words(language)("app.nothing_measured") in page_text(app)
        assert frame_is_there(app)
