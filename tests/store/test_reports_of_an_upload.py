"""What the upload page asks of a snapshot: counted by hand over a few rows."""

from datetime import datetime
from pathlib import Path

from sla import snapshot, store

TICKETS = "ticket_id,created_at\nA,2026-03-02T09:00:00Z\nB,2026-03-20T10:00:00Z\n"
EVENTS = "ticket_id,at,kind,by\nA,2026-03-02T10:00:00Z,message,agent\nA,2026-03-09T08:00:00Z,message,customer\n"
RATINGS = """\
ticket_id,score,scale_min,scale_max,rated_at,offered_at
A,5,1,5,2026-03-10T08:00:00Z,
B,,,,,2026-03-21T08:00:00Z
"""


def built(folder: Path, **files: str) -> store.Connection:
    exports = folder / "exports"
    exports.mkdir()
    for name, text in files.items():
        (exports / f"{name}.csv").write_text(text)
    return store.open_snapshot(Path(snapshot.build([exports], out=folder, default_policy="zoom").snapshot))


def test_each_kind_of_export_ends_with_its_newest_row_the_first_to_end_before_the_others(tmp_path: Path) -> None:
    with built(tmp_path, tickets=TICKETS, events=EVENTS, ratings=RATINGS) as con:
        rows = store.records(store.run(con, "export_ends", {}))
    as_of = datetime(2026, 3, 20, 10)  # ratings do not make the as-of
    assert [(row["kind"], row["newest_at"], row["as_of"]) for row in rows] == [
        ("events", datetime(2026, 3, 9, 8), as_of),
        ("tickets", datetime(2026, 3, 20, 10), as_of),
        ("ratings", datetime(2026, 3, 21, 8), as_of),
    ]


def test_a_kind_that_is_not_in_the_export_has_no_end(tmp_path: Path) -> None:
    with built(tmp_path, tickets=TICKETS) as con:
        assert [row["kind"] for row in store.records(store.run(con, "export_ends", {}))] == ["tickets"]


def test_ratings_from_after_now_are_counted_as_what_takes_no_part(tmp_path: Path) -> None:
    with built(tmp_path, tickets=TICKETS, ratings=RATINGS) as con:
        rows = store.records(store.run(con, "warnings", {}))
    late = [(row["kind"], row["tickets_count"], row["happened_at"]) for row in rows]
    assert late == [("rating_after_as_of", 1, datetime(2026, 3, 21, 8))]
