import gzip
import io
import zipfile
from pathlib import Path

import pytest
from intake_runs import intake, run, write

from sla.errors import Refused
from sla.intake.sources import Limits

TICKETS = "ticket_id,created_at\nx,2026-01-01\n"
EVENTS = "ticket_id,at,kind,value\nx,2026-01-02,status,Open\n"


def test_folders_zips_and_packed_files_are_read_together(tmp_path: Path) -> None:
    write(tmp_path, {"deep/er/t.csv": TICKETS, "e.csv.gz": gzip.compress(EVENTS.encode()), "notes.txt": "no export"})
    with zipfile.ZipFile(tmp_path / "more.zip", "w") as archive:
        archive.writestr("in/side.csv", "ticket_id,created_at\ny,2026-01-01\n")
        archive.writestr("__MACOSX/in/._side.csv", "rubbish")
        archive.writestr("readme.md", "rubbish")
    got = run([tmp_path])
    name = tmp_path.name
    assert got.rows("source_files", "file_no", "file", "kind") == [
        (0, f"{name}/deep/er/t.csv", "tickets"),
        (1, f"{name}/e.csv.gz", "events"),
        (2, f"{name}/more.zip/in/side.csv", "tickets"),
    ]
    assert got.rows("tickets", "ticket_id", "file_no") == [("x", 0), ("y", 2)]
    assert len(got.rows("events")) == 1


def test_the_same_bytes_are_read_once_and_noted(tmp_path: Path) -> None:
    got = intake(tmp_path, {"a.csv": TICKETS, "b.csv": TICKETS}, timezone="UTC")
    assert got.rows("source_files", "file", "rows_read") == [("export/a.csv", 1)]
    assert got.summary.notes == ["export/b.csv has the same bytes as export/a.csv and was read once."]


def test_a_file_name_is_never_a_pattern_nor_a_path(tmp_path: Path) -> None:
    folder = write(tmp_path / "export", {"t[1]*.csv": TICKETS, "t1x.csv": "ticket_id,created_at\ny,2026-01-01\n"})
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as archive:
        archive.writestr("../../outside.csv", "ticket_id,created_at\nz,2026-01-01\n")
    got = run([folder / "t[1]*.csv", tmp_path / "evil.zip"])
    assert got.rows("tickets", "ticket_id") == [("x",), ("z",)]
    assert not list(tmp_path.parent.glob("outside.csv"))


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"t.csv": ""}, r"export/t\.csv is empty"),
        ({"t.csv": "\n\n"}, r"export/t\.csv has empty lines alone"),
        ({"t.txt": TICKETS}, r"There is no export to read in .*export"),
        ({"t.csv": "a,b\n1,2\n"}, r"export/t\.csv is no export .* its headers are a, b\. Known are .*standard"),
        ({"t.csv": "ticket_id,created\x00_at\n"}, r"export/t\.csv has a header with zero bytes"),
        ({"t.csv": "ticket_id,\udc81,é,é\n".encode("utf-8", "surrogateescape")}, r"export/t\.csv is no UTF-8 text"),
        ({"t.csv": '"ticket_id,created_at\n'}, r"export/t\.csv has a header with an open quotation mark"),
        ({"t.csv": ",".join(["x"] * 2001)}, r"export/t\.csv has 2,001 headers: expected at most 2,000"),
        ({"t.zip": b"PK no zip"}, r"export/t\.zip cannot be unpacked"),
        ({"t.csv.gz": b"no gzip"}, r"export/t\.csv\.gz cannot be unpacked"),
        ({"t.csv.gz": gzip.compress(TICKETS.encode())[:-9]}, r"export/t\.csv\.gz cannot be unpacked"),
    ],
)
def test_what_is_no_export_is_refused_in_one_sentence(
    tmp_path: Path, files: dict[str, str | bytes], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        intake(tmp_path, files)


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"nowhere\.csv does not exist"):
        run([tmp_path / "nowhere.csv"])


def test_no_path_at_all_is_refused() -> None:
    with pytest.raises(Refused, match="no export to read in nothing"):
        run([])


def test_a_zip_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "big.zip", "w") as archive:
        archive.writestr("t.csv", TICKETS)  # 34 bytes
    with pytest.raises(Refused, match=r"big\.zip unpacks to 34 bytes: expected at most 30"):
        run([tmp_path / "big.zip"], limits=Limits(unpacked_bytes=30))


def test_a_packed_file_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"t.csv.gz": gzip.compress(TICKETS.encode())})
    with pytest.raises(Refused, match=r"t\.csv\.gz unpacks to too much"):
        run([tmp_path / "t.csv.gz"], limits=Limits(unpacked_bytes=30))


def test_a_zip_with_too_many_files_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        for number in range(3):
            archive.writestr(f"{number}.csv", TICKETS)
    with pytest.raises(Refused, match=r"many\.zip holds 3 files: expected at most 2"):
        run([tmp_path / "many.zip"], limits=Limits(members=2))


def test_a_refused_intake_leaves_no_table_behind(tmp_path: Path) -> None:
    import duckdb

    con = duckdb.connect()
    write(tmp_path, {"t.csv": "ticket_id,created_at\nx,\n"})
    with pytest.raises(Refused):
        run([tmp_path], con=con)
    kept = con.execute("select table_name from duckdb_tables() where not temporary").fetchall()
    assert kept == []


def test_files_that_are_left_out_of_a_folder_and_a_zip_are_named(tmp_path: Path) -> None:
    folder = write(tmp_path / "export", {"t.csv": TICKETS, "more.txt": TICKETS, ".hidden": "", "sub/old.xls": "x"})
    with zipfile.ZipFile(folder / "z.zip", "w") as archive:
        for name in ("u.csv", "read me.txt", "README.txt", ".DS_Store", "__MACOSX/u.csv"):
            archive.writestr(name, TICKETS.replace("x", "other"))
    left_out = "export/more.txt, export/sub/old.xls, export/z.zip/read me.txt"
    [note] = run([folder], timezone="UTC").summary.notes
    assert note == f"Not read, for by name it is no CSV, XLSX or JSON: {left_out}."


def test_a_zip_within_a_zip_is_refused(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("t.csv", TICKETS)
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr("sure.csv", TICKETS)
        archive.writestr("inner.zip", inner.getvalue())
    with pytest.raises(
        Refused, match=r"^z\.zip/inner\.zip is a zip within a zip: expected CSV, XLSX or JSON files there"
    ):
        run([tmp_path / "z.zip"])
