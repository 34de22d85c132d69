"""The characters of a file: told by the file itself, asked where it could be two, and the same text line for line."""

from pathlib import Path

import pytest

from sla.errors import Refused
from sla.intake.decoding import decode
from sla.intake.inspection import Told

PORTUGUESE = "ID;Título;Descrição\r\n1;Vídeo não reproduz à noite;Configuração\r\n"
ARABIC = "الرقم;العنوان\n1;الفيديو لا يعمل\n"
MIXED = "ID;Title;Name\n1;Hello;سارة علي\n2;World;سارة\n"


def read(folder: Path, content: bytes, wanted: str | None = None) -> tuple[str, Told, tuple[str, ...]]:
    path = folder / "export.csv"
    path.write_bytes(content)
    decoded = decode("export.csv", path, folder / "out.csv", wanted)
    return decoded.path.read_bytes().decode("utf-8-sig"), decoded.encoding, decoded.doubt


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (PORTUGUESE, "utf-8", "utf-8"),
        (PORTUGUESE, "utf-8-sig", "utf-8"),
        (PORTUGUESE, "cp1252", "windows-1252"),
        (PORTUGUESE, "utf-16", "utf-16-le"),
        (PORTUGUESE, "utf-16-be", "utf-16-be"),
        (ARABIC, "utf-8", "utf-8"),
        (ARABIC, "cp1256", "windows-1256"),
        (ARABIC, "utf-16-le", "utf-16-le"),
        (MIXED, "cp1256", "windows-1256"),
        ("ID;T\n1;café\n", "cp1252", "windows-1252"),
        ("ID;T\n1;في\n", "cp1256", "windows-1256"),
        ("ID;T\n1;plain\n", "ascii", "utf-8"),
    ],
)
def test_the_file_itself_tells_its_encoding(tmp_path: Path, text: str, encoding: str, name: str) -> None:
    assert read(tmp_path, text.encode(encoding)) == (text, Told(name, "seen"), ())


def test_letters_that_could_be_two_alphabets_are_shown_in_both(tmp_path: Path) -> None:
    text, encoding, doubt = read(tmp_path, b"ID;T\n1;caf\xe9 \xe3\xed\n")
    assert encoding.certainty == "assumed"
    assert doubt == ("1;café ãí", "1;café مي")
    assert text.startswith("ID;T\n1;caf")


def test_an_encoding_that_a_person_named_is_used(tmp_path: Path) -> None:
    assert read(tmp_path, "ID\n1;в\n".encode("cp1251"), "cp1251") == ("ID\n1;в\n", Told("cp1251", "answered"), ())


@pytest.mark.parametrize("block", [3, 2**20])
@pytest.mark.parametrize(
    ("content", "text", "count", "line", "legacy"),
    [
        ("não;não\r\n".encode() * 4 + b"caf\xe9;n\xe3o\n", "não;não\r\n" * 4 + "café;não\n", 2, 5, "windows-1252"),
        (b"caf\xe9 caf\xe9\n" + "não\n".encode(), "café café\nnão\n", 2, 1, "windows-1252"),
        ("سارة;علي\n".encode() + "سارة\n".encode("cp1256"), "سارة;علي\nسارة\n", 4, 2, "windows-1256"),
        ("Vídeo\n".encode() + "Vídeo à noite não abre\n".encode("cp1252"), "Vídeo\nVídeo à noite não abre\n", 3, 2,
         "windows-1252"),
    ],
)  # fmt: skip
def test_letters_of_another_encoding_within_utf8_are_read_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int, content: bytes, text: str, count: int, line: int,
    legacy: str,
) -> None:  # fmt: skip
    path = tmp_path / "export.csv"
    path.write_bytes(content)
    monkeypatch.setattr("sla.intake.decoding.BLOCK", block)
    decoded = decode("export.csv", path, tmp_path / "out.csv", None)
    assert decoded.path.read_bytes().decode("utf-8") == text
    assert (decoded.encoding, decoded.doubt) == (Told("utf-8", "seen"), ())
    assert decoded.notes == (
        f"export.csv is UTF-8 but for {count} letters, the first on line {line}; they were read as {legacy}.",
    )


def test_letters_that_could_be_two_alphabets_within_utf8_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes("não;não;não;não;não;não\n".encode() * 4 + b"caf\xe9 \xe3\xed\n")
    decoded = decode("export.csv", path, tmp_path / "out.csv", None)
    assert (decoded.path, decoded.encoding, decoded.notes) == (path, Told("utf-8", "seen"), ())


def test_a_letter_cut_by_two_blocks_is_one_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sla.intake.decoding.BLOCK", 3)
    for encoding in ("utf-8", "utf-16", "cp1252"):
        assert read(tmp_path, PORTUGUESE.encode(encoding))[0] == PORTUGUESE


def test_an_unknown_or_wrong_encoding_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="the encoding 'klingon' is unknown; expected one of utf-8"):
        read(tmp_path, b"ID\n1\n", "klingon")
    with pytest.raises(Refused, match="the encoding 'base64' is unknown"):
        read(tmp_path, b"ID\n1\n", "base64")
    with pytest.raises(Refused, match="is no text in utf-16-le"):
        read(tmp_path, b"I\x00D\x00\n", "utf-16-le")


def test_half_a_letter_of_utf16_that_stands_alone_becomes_a_replacement_mark(tmp_path: Path) -> None:
    text, _, _ = read(tmp_path, "ID,T\n1,x\n".encode("utf-16"))
    assert text == "ID,T\n1,x\n"
    with pytest.raises(Refused, match="is no text in utf-16-le"):
        read(tmp_path, b"\xff\xfeI\x00\x00\xd8,\x00")
