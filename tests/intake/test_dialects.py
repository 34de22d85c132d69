"""How a text is a table: its delimiter, its headers among titles, and the sentences under its rows."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from sla.intake.dialects import find_dialect, is_header_again, trailing_lines


def known(fields: Sequence[str]) -> float:
    """Fits what has a column called ID."""
    return float("ID" in fields)


def nothing(fields: Sequence[str]) -> float:
    return 0.0


def written(folder: Path, text: str) -> Path:
    path = folder / "export.csv"
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize("judge", [known, nothing])
@pytest.mark.parametrize(
    ("text", "delimiter", "before", "names"),
    [
        ("ID,Title\n1,a\n2,b\n", ",", 0, ("ID", "Title")),
        ("ID;Title;x\n1;a, b, c;2\n2;c, d, e;3\n", ";", 0, ("ID", "Title", "x")),
        ("ID\tTitle\n1\ta, b\n", "\t", 0, ("ID", "Title")),
        ('ID;Title\n1;"a;b\nc"\n2;d\n', ";", 0, ("ID", "Title")),
        ("Report of March\n\nID,Title,State\n1,a,x\n2,b,y\n", ",", 1, ("ID", "Title", "State")),
        ("Agents, by team, of March\n\nID,Title,State,x\n1,a,x,1\n2,b,y,1\n", ",", 1, ("ID", "Title", "State", "x")),
        ("Title;;\n;;\nID;Title;State\n1;a;x\n", ";", 2, ("ID", "Title", "State")),
    ],
)
def test_delimiter_and_headers_are_found(
    tmp_path: Path, judge: type, text: str, delimiter: str, before: int, names: tuple[str, ...]
) -> None:
    found = find_dialect(written(tmp_path, text), None, judge)
    assert found
    assert (found.delimiter.value, found.delimiter.certainty) == (delimiter, "seen")
    assert (found.records_before, found.names) == (before, names)


def test_headers_of_a_known_export_decide_where_commas_stand_in_every_title(tmp_path: Path) -> None:
    text = "ID;Title, in short, or not\n1;a, b, c\n2;a, b, c\n"
    found = find_dialect(written(tmp_path, text), None, known)
    assert found
    assert found.delimiter.value == ";"


def test_the_line_of_the_headers_is_that_of_the_file(tmp_path: Path) -> None:
    found = find_dialect(written(tmp_path, "\n\nTitle\n\nID,T,x\n1,2,3\n"), None, nothing)
    assert found
    assert found.header.line == 5


def test_a_delimiter_that_a_person_named_is_used(tmp_path: Path) -> None:
    found = find_dialect(written(tmp_path, "ID|a,T\n1|2,3\n"), "|", nothing)
    assert found
    assert (found.delimiter.certainty, found.names) == ("answered", ("ID", "a,T"))


def test_one_column_is_a_table_too_and_nothing_is_none(tmp_path: Path) -> None:
    found = find_dialect(written(tmp_path, "ID\n1\n2\n"), None, nothing)
    assert found
    assert (found.delimiter.certainty, found.names) == ("assumed", ("ID",))
    assert find_dialect(written(tmp_path, "\n\n"), None, nothing) is None


@pytest.mark.parametrize(
    ("text", "trailing"),
    [
        ("a,b,c\n1,2,3\n\nPeriod from March to May\n", ("Period from March to May",)),
        ("a;b;c\n1;2;3\n;;\nTimezone: Europe/Berlin;;\n", ("Timezone: Europe/Berlin",)),
        ('a;b;c\n1;2;3\n"Two, said";;\nFuso horário: Lisboa\n', ("Two, said", "Fuso horário: Lisboa")),
        ("a,b,c\n1,2,3\n4,5\n", ()),  # a row that breaks off
        ("a,b,c\n1,2,3\nTicket4\n", ()),
        ('a,b,c\n1,2,"many words\nover lines"\n', ()),
        ('a,b,c\n1,2,"many words\nand then some\nover lines, too"\n', ()),
        ("a,b,c\nmany words here,2,3\n", ()),
        ("a,b\n1,2\nPeriod from March to May\n", ()),
    ],
)
def test_sentences_after_the_rows_are_told_from_rows(tmp_path: Path, text: str, trailing: tuple[str, ...]) -> None:
    delimiter = ";" if ";" in text else ","
    width = len(text.split("\n")[0].split(delimiter))
    assert trailing_lines(written(tmp_path, text), delimiter, width) == trailing


def test_headers_in_the_midst_of_rows_are_known_again() -> None:
    assert is_header_again(["ID ", "T"], ["ID", "T"])
    assert not is_header_again(["ID", "x"], ["ID", "T"])
    assert not is_header_again(["ID"], ["ID"])
