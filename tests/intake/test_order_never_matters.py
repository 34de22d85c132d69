import csv
import io
import random
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_runs import Result, run, write

from sla.errors import Refused

FILES = {
    "tickets": [
        "ticket_id,created_at,updated_at,status,account,severity",
        "b,2026-01-02,2026-01-05,Solved,A,1",
        "a,2026-01-01,,Open,A,2",
        "b,2026-01-02,2026-01-05,Open,A,1",  # the same update twice: the texts decide
        "b,2026-01-02,,,,",
        "c,2026-01-03,,Open,B,",
        "c,2026-01-04,,Open,B,",
        "d,never,,,,",
    ],
    "more": ["ticket_id,created_at,status", "a,2026-02-01,Open", "e,2026-01-01,Open"],
    "events": [
        "ticket_id,at,kind,by,value",
        "a,2026-01-02,message,agent,",
        "a,2026-01-02,message,agent,",
        "a,2026-01-02,status,,Solved",
        "a,2026-01-02,status,,Open",
        "e,2026-01-02,status,,Open",
        "d,2026-01-02,status,,Open",
    ],
    "ratings": [
        "ticket_id,rated_at,score,scale_min,scale_max",
        "a,2026-01-02,4,1,5",
        "a,2026-01-02,4,1,5",
        "a,2026-01-02,3,1,5",
    ],
    "accounts": ["account,plan,valid_from", "A,Gold,", "A,Silver,", "B,Gold,2026-01-01"],
    "agents": ["agent,team", "ana,two", "ana,one"],
}
PLACES = {"file", "file_no", "row_no", "line", "sha256"}


def tables(got: Result) -> dict[str, list[tuple[Any, ...]]]:
    """Every table in its own order, without what says where in a file a row stood."""
    names = ("tickets", "events", "ratings", "accounts", "agents", "rejected_rows", "source_files", "format_statuses")
    found = {}
    for name in names:
        columns = [column for column in got.con.table(name).columns if column not in PLACES]
        rows = [tuple(_without_folder(value) for value in row) for row in got.rows(name, *columns)]
        found[name] = sorted(rows, key=repr) if name in ("rejected_rows", "source_files") else rows
    return found


def _without_folder(value: object) -> object:
    return re.sub(r"[\w.]+/(?=\w+\.csv)", "", value) if isinstance(value, str) else value


def shuffled(seed: int) -> dict[str, str]:
    chance = random.Random(seed)
    files = {}
    for name, (header, *rows) in FILES.items():
        chance.shuffle(rows)
        files[f"{name}.csv"] = "\n".join([header, *rows, ""])
    return files


def test_the_order_of_rows_and_files_never_matters(tmp_path: Path) -> None:
    expected = tables(run([write(tmp_path / "0", shuffled(0))]))
    for seed in (1, 2, 3, 4):
        folder = write(tmp_path / str(seed), shuffled(seed))
        paths = sorted(folder.iterdir())
        random.Random(seed).shuffle(paths)
        assert tables(run(paths)) == expected


def test_a_zip_gives_what_its_folder_gives(tmp_path: Path) -> None:
    folder = write(tmp_path / "0", shuffled(0))
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        for file in sorted(folder.iterdir(), reverse=True):
            archive.write(file, file.name)
    assert tables(run([tmp_path / "z.zip"])) == tables(run([folder]))


WORDS = ["", " ", "a", "b", "2026-01-01", "2026-01-01T10:00:00+03:00", "never", "?", "agent", '"', "\x00", "é"]
CELLS = st.one_of(st.sampled_from(WORDS), st.text(max_size=6).filter(lambda text: "\x00" not in text))


@settings(max_examples=10, deadline=None)
@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=6))
def test_of_well_formed_csv_every_row_is_accepted_or_rejected(
    rows: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([["ticket_id", "created_at", "subject"], ["sure", "2026-01-01", ""], *rows])
    expected = sum(1 for record in csv.reader(io.StringIO(text.getvalue(), newline="")) if record) - 1
    got = run([write(tmp_path_factory.mktemp("bent"), {"t.csv": text.getvalue().encode("utf-8", "surrogatepass")})])
    summary = got.summary
    assert summary.rows_read == expected
    assert summary.rows_read == summary.rows_accepted + summary.rows_rejected
    assert summary.rows_rejected == len(got.rows("rejected_rows"))


PIECES = st.sampled_from(
    [*(bytes([byte]) for byte in b"ax,,,\"\n\n\r \t\xe9\x00';"), b'""', b"\r\n", b"\xc3\xa9", b"2026-01-01", b"agent"]
)
HEADERS = st.sampled_from(
    [b"ticket_id,created_at,subject", b"ticket_id,at,kind,by", b"ticket_id,score,offered_at", b"account", b"agent,name"]
)


@settings(max_examples=15, deadline=None)
@given(header=HEADERS, end=st.sampled_from([b"\n", b"\r\n", b""]), body=st.lists(PIECES, max_size=40))
def test_bent_csv_is_counted_or_refused_and_never_breaks_the_intake(
    header: bytes, end: bytes, body: list[bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    files = {"bent.csv": header + end + b"".join(body), "sure.csv": b"ticket_id,created_at\nsure,2026-01-01\n"}
    try:
        got = run([write(tmp_path_factory.mktemp("bent"), files)])
    except Refused:
        return
    for _, _, read, accepted, rejected, _ in got.rows(
        "source_files", "file", "kind", "rows_read", "rows_accepted", "rows_rejected", "rows_superseded"
    ):
        assert read == accepted + rejected
    assert got.summary.rows_rejected == len(got.rows("rejected_rows"))
