"""The PDF of a pack: its figures are a direct count, its fonts are inside, its text stays text, nothing is fetched."""

import re
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from sla import store
from sla.errors import Refused
from sla.periods import period_of
from sla.review import forms
from sla.review.notes import NO_NOTES, BreachNote, ClockKey, Note, Notes, PeriodComment, Signed, Waiver, holding
from sla.review.pack import Pack, read_pack
from sla.review.pdf import pdf
from sla.review.style import Logo, Style
from sla.words import LANGUAGES, words
from tests.review.read_pdf import PdfFile

QUARTER = period_of("quarter", date(2026, 8, 1))
BY = Signed(1, "Ann Example", True, datetime(2026, 10, 3, 12))
HOSTILE = (
    '#read("/etc/passwd") = *b* http://example.invalid/x.png <script>alert(1)</script> #link("http://a.invalid")\x00'
)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def sample(sample_snapshot: Path) -> store.Connection:
    return store.open_snapshot(sample_snapshot)


def own(element: Any) -> list[Any]:
    """The elements right within one, in the order of reading."""
    kids = [kid.get_object() for kid in element.get("/K", []) if not isinstance(kid, int)]
    return [kid for kid in kids if "/S" in kid]


def below(element: Any) -> list[Any]:
    """An element's own and their own, in the order of reading."""
    return [one for kid in own(element) for one in (kid, *below(kid))]


def rows_of(table: Any) -> list[Any]:
    return [element for element in below(table) if element["/S"] == "/TR"]


def pack_of(connection: store.Connection, language: str, account: str = "V07", notes: Notes = NO_NOTES) -> Pack:
    def ask(report: str, **values: Any) -> list[dict[str, Any]]:
        return store.records(store.run(connection, report, values))

    return read_pack(ask, account, QUARTER, language, notes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_fonts_are_inside_and_the_structure_is_tagged(sample: store.Connection, language: str) -> None:
    pack = pack_of(sample, language)
    file = PdfFile(pdf(replace(pack, style=Style(logo=Logo("png", PIXEL), sender="Example Ltd"))))
    assert (file.root["/Lang"], file.reader.metadata.title, file.reader.metadata.author) == (
        *(language, pack.content.title.translate(dict.fromkeys(range(0x2066, 0x206A)))),
        "Example Ltd",
    )
    assert file.root["/MarkInfo"]["/Marked"]
    assert file.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in file.root["/Metadata"].get_object().get_data()
    assert len(file.fonts()) >= 2
    assert all(file.fonts().values())
    assert all("NotoSans" in name for name in file.fonts())
    # Everything drawn is content of the structure, or an artifact.
    assert file.unmarked() == []
    assert set(file.marks()) <= {"/Span", "/P", "/Artifact", "/ReversedChars", "/Figure"}
    kinds = [str(element["/S"]) for element in file.elements]
    levels = [int(kind[2:]) for kind in kinds if re.fullmatch(r"/H\d", kind)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise([0, *levels]))
    figures = [element for element in file.elements if element["/S"] == "/Figure"]
    assert len(figures) == 1 + sum(bool(trend.points) for part in pack.content.parts for trend in part.trends)
    assert all(element["/Alt"] for element in figures)
    assert all(any("/BBox" in attributes for attributes in element["/A"]) for element in figures)
    assert "/ParentTree" in file.root["/StructTreeRoot"]
    assert {page["/Tabs"] for page in file.reader.pages} == {"/S"}  # the tabulator goes by the structure
    assert not {"/OpenAction", "/AA", "/AcroForm", "/Names"} & file.root.keys()  # nothing that runs or is filled in
    tables = [element for element in file.elements if element["/S"] == "/Table"]
    assert len(tables) >= 4
    for table in tables:
        assert [str(one["/S"]) for one in own(table)] == ["/THead", "/TBody"]
        (head,), rows = (own(group) for group in own(table))
        assert {str(one["/S"]) for one in (head, *rows)} == {"/TR"}
        assert {str(cell["/S"]) for row in rows for cell in own(row)} == {"/TD"}
        assert {len(own(row)) for row in rows} == {len(own(head))}
        heads = [cell for cell in below(table) if cell["/S"] == "/TH"]
        assert len(heads) == len([cell for cell in below(rows_of(table)[-1]) if cell["/S"] == "/TD"])
        assert {cell["/A"][0]["/Scope"] for cell in heads} == {"/Column"}


def test_the_same_pack_gives_the_same_bytes(sample: store.Connection) -> None:
    pack = pack_of(sample, "ar")
    assert pdf(pack) == pdf(pack_of(sample, "ar"))
    read = PdfFile(pdf(pack)).reader.metadata
    assert read is not None
    assert read.creation_date is not None
    assert read.creation_date.replace(tzinfo=None) == pack.content.provenance.as_of.replace(microsecond=0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_of_tickets_stays_text(sample: store.Connection, language: str) -> None:
    pack = pack_of(sample, language)
    part = pack.content.parts[0]
    breach = replace(part.breaches[0], subject=HOSTILE + "w" * 400, ticket_id="#T[1]", severity="$x$")
    key = ClockKey(breach.ticket_id, breach.metric, breach.cycle)
    notes: list[Note] = [BreachNote(key, QUARTER.first_on, "other", HOSTILE, BY)]
    comment = replace(part.satisfaction.comments[0], comment=HOSTILE)
    part = replace(part, breaches=(breach,), satisfaction=replace(part.satisfaction, comments=(comment,)))
    content = replace(pack.content, parts=(part,), name=HOSTILE, manager=HOSTILE, title=HOSTILE)
    file = PdfFile(pdf(replace(pack, content=content, notes=holding(notes, 1))))
    assert not any("/Annots" in page for page in file.reader.pages)
    said = "".join(file.text.split())
    assert said.count("<script>alert(1)</script>") >= 4  # name, manager, subject, remark, comment
    assert said.count('#read("/etc/passwd")=*b*http://example.invalid/x.png') >= 4
    (row,) = file.tables(words(language)("print.done"))
    assert (row[0].split()[0], row[1].split()[-1]) == ("#T[1]", "$x$")


def test_a_subject_as_long_as_a_book_does_not_make_one_of_the_pack(sample: store.Connection) -> None:
    pack = pack_of(sample, "en")
    ticket = replace(pack.content.open_tickets[0], ticket_id="L1", subject="word " * 20_000)
    file = PdfFile(pdf(replace(pack, content=replace(pack.content, open_tickets=(ticket,)))))
    (row,) = file.tables("State")
    assert row[0].endswith("…")
    assert row[0].count("word") == 180  # 899 letters, and the sign that there are more


def test_a_page_is_set_from_the_program_and_the_pack_alone() -> None:
    look = (Path(forms.__file__).parent / "print" / "pack.typ").read_text("utf-8")
    assert re.findall(r"\b(?:json|read|csv|yaml|toml|xml|plugin)\([^)]*\)|@\w+|://", look) == [
        "json(bytes(sys.inputs.pack)"
    ]
    assert not re.search(r"#(import|include)\b", look)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_letters_that_no_font_has_stop_no_pack(sample: store.Connection, language: str) -> None:
    pack = pack_of(sample, language)
    subjects = [
        "\U0001f600 up",
        "漢字",
        "עברית",
        "ب\u0301e\u0301",
        "a\ufe0f\u200d\u2028b",
        "\ue000\x07\ud800",
        "−1 ✕ 2",
        "\u0301",
    ]
    tickets = [
        replace(pack.content.open_tickets[0], ticket_id=f"L{at}", subject=one) for at, one in enumerate(subjects)
    ]
    file = PdfFile(pdf(replace(pack, content=replace(pack.content, open_tickets=tuple(tickets)))))
    told = [row[0].split(maxsplit=1)[1:] for row in file.tables(words(language)("review.open.state"))]
    assert len(told) == len(subjects)
    assert told[:2] == [["\ufffd up"], ["\ufffd\ufffd"]]
    assert told[6] == ["–1 × 2"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_shares_and_signs_stand_in_the_order_of_reading(sample: store.Connection, language: str) -> None:
    pack, spoken = pack_of(sample, language), words(language)
    (total,) = [total for total in pack.content.parts[0].totals if total.has_target and total.is_in_export]
    assert total.change is not None
    assert total.change < 0
    row = PdfFile(pdf(pack)).tables(spoken("review.promise.clause"))[0]
    assert spoken.percent(total.share) in row[2]
    assert f"–{spoken.points(total.change)}" in row[-1]


def test_a_picture_that_cannot_be_drawn_is_told(sample: store.Connection) -> None:
    pack = replace(pack_of(sample, "en"), style=Style(logo=Logo("png", PIXEL[:20])))
    with pytest.raises(Refused, match="PDF could not be set"):
        pdf(pack)


def test_raw_and_waived_figures_stand_side_by_side(sample: store.Connection) -> None:
    pack = pack_of(sample, "en")
    clock = next(clock for clock in pack.clocks if clock.outcome == "breached")
    notes: list[Note] = [
        Waiver(clock.key, clock.counted_on, True, "Bob Sample", "Agreed by phone.", BY),
        BreachNote(clock.key, clock.counted_on, "staffing", "Two more people on duty.", BY),
    ]
    pack = pack_of(sample, "en", notes=holding(notes, 2))
    total = next(total for total in pack.content.parts[0].totals if total.metric == clock.metric)
    file = PdfFile(pdf(pack))
    rows = file.tables("Promise")
    assert f"{total.met_count} of {total.decided_count}" in rows[0][2]
    assert f"{total.met_count} of {total.decided_count - 1}" in rows[0][3]
    assert "Two more people on duty." in " ".join(file.text.split())
    assert "Waived, agreed with Bob Sample." in " ".join(file.text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_account_without_targets_gets_waiting_times_and_no_verdict(sample: store.Connection, language: str) -> None:
    with sample.cursor() as cursor:
        row = cursor.execute(
            "select account from clocks group by account having bool_and(policy = 'hosting') order by account limit 1"
        ).fetchone()
    assert row is not None
    spoken = words(language)
    file = PdfFile(pdf(pack_of(sample, language, row[0])))
    assert not file.tables(spoken("review.promise.clause"))
    assert len(file.tables(spoken("review.waits.ended"))) >= 1
    assert not [element for element in file.elements if element["/S"] == "/Figure"]


def test_the_form_is_offered() -> None:
    assert "pdf" in forms.offered()


def test_a_comment_on_the_period_is_on_the_first_page(sample: store.Connection) -> None:
    said = PeriodComment(QUARTER.first_on, QUARTER.last_on, "A quiet quarter.\nAnd a second line.", BY)
    first = PdfFile(pdf(pack_of(sample, "en", notes=holding([said], 1)))).pages[0]
    assert "A quiet quarter." in first
    assert "And a second line." in first
