"""Files that mean harm, and files that went wrong: read right, or refused with a sentence that says what and where."""

import json
import struct
import zipfile
from pathlib import Path

import pytest
from intake_runs import intake, run, write
from workbooks import sheet_xml, strings_xml, workbook

from sla.errors import Refused
from sla.intake.sources import Limits

HEADER = "ticket_id,created_at,subject\n"
SURE = "ticket_id,created_at\nsure,2026-01-01\n"


def subjects(tmp_path: Path, content: str | bytes, name: str = "t.csv") -> list[str | None]:
    return [subject for (subject,) in intake(tmp_path, {name: content}).rows("tickets", "subject")]


def test_a_zip_that_says_it_is_small_is_unpacked_up_to_the_limit_alone(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("t.csv", HEADER + "0" * 5_000_000)
    packed = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):  # the size before packing, in both headers
        start = packed.index(mark) + place
        packed[start : start + 4] = struct.pack("<I", 20)
    path.write_bytes(packed)
    with pytest.raises(Refused, match=r"bomb\.zip cannot be unpacked"):
        run([path], limits=Limits(unpacked_bytes=1_000_000))


def test_a_workbook_that_says_it_is_small_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    packed = bytearray(workbook([["ticket_id", "created_at"]], sharedStrings=strings_xml(["0" * 9_000_000])))
    place = packed.rindex(b"xl/sharedStrings.xml") - 46 + 24
    packed[place : place + 4] = struct.pack("<I", 20)
    write(tmp_path, {"t.xlsx": bytes(packed)})
    with pytest.raises(Refused, match=r"t\.xlsx (unpacks to too much|cannot be read as a workbook)"):
        run([tmp_path / "t.xlsx"], limits=Limits(workbook_bytes=4_000_000))


def test_a_workbook_with_a_cell_in_the_last_row_and_column_is_refused(tmp_path: Path) -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    content = workbook([["x"]], **{"worksheets/sheet1": sheet_xml(far)})
    with pytest.raises(Refused, match=r"t\.xlsx spreads over 17,179,869,184 cells: expected at most 8,388,608"):
        intake(tmp_path, {"t.xlsx": content})


def test_a_workbook_that_repeats_one_long_text_is_refused(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 2_001))
    parts = {"worksheets/sheet1": sheet_xml(rows), "sharedStrings": strings_xml(["x" * 30_000])}
    with pytest.raises(Refused, match=r"t\.xlsx repeats a long text in too many cells"):
        intake(tmp_path, {"t.xlsx": workbook([["x"]], **parts)}, limits=Limits(workbook_bytes=5_000_000))


@pytest.mark.parametrize("content", [b"PK\x03\x04 no workbook", workbook([["a", "b"], ["1", "2"]])[:-40]])
def test_a_damaged_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Refused, match=r"export/t\.xlsx cannot be"):
        intake(tmp_path, {"t.xlsx": content})


def test_an_old_or_locked_workbook_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"t\.xlsx is a workbook of the old kind, or has a password: save it as \.xlsx"):
        intake(tmp_path, {"t.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600})


def test_a_path_in_the_name_of_a_file_within_a_zip_is_only_shown(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "e.zip", "w") as archive:
        archive.writestr("../../../etc/t.csv", SURE)
        archive.writestr("/root/u.csv", SURE.replace("sure", "other"))
    got = run([tmp_path / "e.zip"])
    assert got.rows("source_files", "file") == [("e.zip/../../../etc/t.csv",), ("e.zip//root/u.csv",)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["e.zip"]


def test_a_folder_in_a_zip_is_no_file_and_a_zip_without_an_export_is_named_alone(tmp_path: Path) -> None:
    for name, members in {"e.zip": {"d/": "", "d/e/": "", "d/e/t.csv": SURE}, "none.zip": {"d/": ""}}.items():
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for member, content in members.items():
                archive.writestr(member, content)
    assert run([tmp_path / "e.zip"]).rows("source_files", "file") == [("e.zip/d/e/t.csv",)]
    with pytest.raises(Refused, match=r"^There is no export to read in none\.zip: expected"):
        run([tmp_path / "none.zip"])


def test_a_zip_with_a_password_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "e.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("t.csv", SURE)
    locked = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + place] |= 1
    path.write_bytes(locked)
    with pytest.raises(Refused, match=r"^e\.zip/t\.csv has a password: take it out of the zip"):
        run([path])


def test_zero_bytes_within_a_row_are_no_other_encoding_and_stay_as_they_are(tmp_path: Path) -> None:
    got = intake(tmp_path, {"t.csv": HEADER + "a\x00b,2026-01-01,x\nc,2026-01-02,y\x00y\n"})
    assert got.rows("tickets", "ticket_id", "subject") == [("a\x00b", "x"), ("c", "y\x00y")]
    assert got.rows("source_files", "encoding") == [("utf-8",)]


def test_what_a_workbook_leads_to_is_never_followed(tmp_path: Path) -> None:
    away = 'Type="http://x.example/hyperlink" Target="http://away.example/x" TargetMode="External"'
    parts = {
        "worksheets/_rels/sheet1.xml": f'<Relationships><Relationship Id="rId1" {away}/></Relationships>',
        "externalLinks/externalLink1": "<externalLink><externalBook/></externalLink>",
    }
    rows = [["ticket_id", "created_at"], ["a", "2026-01-01"]]
    got = intake(tmp_path / "links", {"t.xlsx": workbook(rows, **parts)})
    assert got.rows("tickets", "ticket_id") == [("a",)]
    entity = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    sheet = sheet_xml('<row r="1"><c r="A1" t="str"><v>&x;</v></c></row>')
    with pytest.raises(Refused, match=r"t\.xlsx cannot be read as a workbook"):
        intake(tmp_path / "entity", {"t.xlsx": workbook(rows, **{"worksheets/sheet1": entity + sheet})})


@pytest.mark.parametrize(
    ("count", "sentence"), [(2_001, "has 2,001 headers"), (1_200_000, "has a header of more than 2,000,000 bytes")]
)
def test_a_million_columns_are_refused(tmp_path: Path, count: int, sentence: str) -> None:
    with pytest.raises(Refused, match=rf"t\.csv {sentence}"):
        intake(tmp_path, {"t.csv": "ticket_id,created_at," + ",".join("a" for _ in range(count - 2)) + "\n"})


def test_a_cell_of_200_megabytes_costs_its_own_row_and_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    with path.open("w") as file:
        file.write(HEADER + "a,2026-01-01,one\n" + 'big,2026-01-01,"')
        for _ in range(100):
            file.write("x" * 2_000_000)
        file.write('"\nb,2026-01-02,two\n')
    got = run([path])
    path.unlink()
    assert got.rows("tickets", "ticket_id") == [("a",), ("b",)]
    assert got.reasons() == [(3, "the row has more than 2,000,000 bytes: expected fewer")]
    [(row,)] = got.rows("rejected_rows", "row")
    assert len(row) < 20_010


def test_half_a_character_is_rejected_where_it_is_read(tmp_path: Path) -> None:
    text = HEADER.encode() + b"a,2026-01-01,\xed\xa0\x80\nb,2026-01-02,\xc3\xa9\n"
    got = intake(tmp_path, {"t.csv": text})
    assert got.rows("tickets", "ticket_id") == [("b",)]
    assert got.reasons() == [(2, "subject has bytes that are no UTF-8: expected UTF-8 text")]
    rows = [
        {"ticket_id": "a", "created_at": "2026-01-01", "subject": "\ud800"},
        {"ticket_id": "b", "created_at": "2026-01-02"},
    ]
    got = intake(tmp_path / "json", {"t.json": json.dumps(rows)})
    assert (got.rows("tickets", "ticket_id"), [line for line, _ in got.reasons()]) == ([("b",)], [1])


def test_formulas_and_markup_are_text(tmp_path: Path) -> None:
    texts = ['=HYPERLINK("http://x.example","y")', "+1", "@sum", "<script>alert(1)</script>", "**bold** [a](b)"]
    quoted = ['"{}"'.format(text.replace('"', '""')) for text in texts]
    rows = "".join(f"{number},2026-01-01,{text}\n" for number, text in enumerate(quoted))
    assert subjects(tmp_path, HEADER + rows) == texts


def test_the_shown_value_of_a_formula_is_read_from_a_workbook(tmp_path: Path) -> None:
    cells = '<c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="str"><f>HYPERLINK("x")</f><v>2026-01-01</v></c>'
    head = '<c r="A1" t="str"><v>ticket_id</v></c><c r="B1" t="str"><v>created_at</v></c>'
    sheet = sheet_xml(f'<row r="1">{head}</row><row r="2">{cells}</row>')
    got = intake(tmp_path, {"t.xlsx": workbook([["x"]], **{"worksheets/sheet1": sheet})})
    assert got.rows("tickets", "ticket_id") == [("2",)]


def test_a_date_in_the_year_9999_is_rejected_with_its_line(tmp_path: Path) -> None:
    got = intake(tmp_path, {"t.csv": HEADER + "a,9999-12-31,x\nb,2026-01-01,y\n"})
    [(line, reason)] = got.reasons()
    assert (line, got.rows("tickets", "ticket_id")) == (2, [("b",)])
    assert reason.startswith('created_at is "9999-12-31": expected an instant from 1970 to 2199')


def test_more_rows_than_are_allowed_are_refused(tmp_path: Path) -> None:
    rows = "".join(f"{number},2026-01-01,x\n" for number in range(12))
    for folder, extra in (("clean", ""), ("mended", "cut\n")):
        with pytest.raises(Refused, match=r"t\.csv has more than 11 rows"):
            intake(tmp_path / folder, {"t.csv": HEADER + rows + extra}, limits=Limits(rows=11))
    assert len(subjects(tmp_path / "enough", HEADER + rows[: rows.index("11,")])) == 11


def test_headers_alone_are_no_tickets(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"No ticket was accepted.* the files have no rows of tickets"):
        intake(tmp_path, {"t.csv": HEADER})


@pytest.mark.parametrize(
    "text", ["[" * 50_000, '[{"a": ' * 50_000, '[{"ticket_id": 1', '{"a": [1, 2]}', '[{"a": 1} {"b": 2}]']
)
def test_json_that_is_none_or_too_deep_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(Refused, match=r"export/t\.json (line 1|is JSON without a list|is no export)"):
        intake(tmp_path, {"t.json": text})


def test_a_broken_line_of_json_costs_itself_alone(tmp_path: Path) -> None:
    first, last = (json.dumps({"ticket_id": name, "created_at": "2026-01-01"}) for name in ("a", "c"))
    lines = f'{first}\n\n{{"ticket_id": "b",\n{last}\n'
    got = intake(tmp_path, {"t.jsonl": lines})
    assert got.rows("tickets", "ticket_id") == [("a",), ("c",)]
    assert got.reasons() == [(3, "the line is no JSON object: expected one with all its brackets")]
    assert (got.summary.rows_read, got.summary.rows_accepted) == (3, 2)


def test_a_duration_longer_than_any_time_is_rejected_with_its_line(tmp_path: Path) -> None:
    head = "Id,Requester,Submitter,Assignee,Created at,Updated at,First reply time in minutes\n"
    row = "{},Customer One,Customer One,Agent One,2026-03-02 09:00:00,2026-03-02 10:00:00,{}\n"
    rows = row.format(7, "1772442000000") + row.format(8, "999999999 weeks") + row.format(9, "5")
    got = intake(tmp_path, {"t.csv": head + rows}, timezone="UTC", format_name="zendesk")
    assert got.rows("tickets", "ticket_id") == [("9",)]
    assert [line for line, _ in got.reasons()] == [2, 3]
