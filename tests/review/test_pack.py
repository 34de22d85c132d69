"""A pack: the review with every breach and clock, what people add, and counts with waivers beside the raw ones."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from sla import store
from sla.errors import Refused
from sla.periods import Period, period_of
from sla.review.notes import NO_NOTES, BreachNote, ClockKey, Note, Notes, PeriodComment, Signed, Waiver, holding
from sla.review.pack import Pack, read_pack
from sla.review.style import Logo, Style, read_style
from sla.review.waivers import Waived, wilson, without
from sla.words import LANGUAGES
from sla.words import pack as sentences
from tests.store.reviewed_desk import build_reviewed_desk

JANUARY = period_of("month", date(2026, 1, 1))
BY = Signed(1, "Ann Example", True, datetime(2026, 2, 3, 12))
LATE, SLOW = ClockKey("L0", "first_response", 1), ClockKey("O0", "first_response", 1)
GONE = ClockKey("ZZ", "first_response", 1)
MET = ClockKey("N0", "first_response", 1)
TUESDAY = date(2026, 1, 6)
TOTAL, CLAUSE = "total/hours/first_response", "kept/hours/first_response/1"


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> store.Connection:
    path = store.current(build_reviewed_desk(tmp_path_factory.mktemp("reviewed")))
    assert path is not None
    return store.open_snapshot(path)


def pack_of(
    connection: store.Connection, notes: Notes = NO_NOTES, period: Period = JANUARY, language: str = "en", of: str = "X"
) -> Pack:
    def ask(report: str, **values: Any) -> list[dict[str, Any]]:
        return store.records(store.run(connection, report, values))

    return read_pack(ask, of, period, language, notes)


def noted(*notes: Note) -> Notes:
    return holding(notes, len(notes))


def waiver(clock: ClockKey, is_granted: bool = True) -> Waiver:
    return Waiver(clock, TUESDAY, is_granted, "Bob Sample", "", BY)


def test_a_pack_has_every_clock_of_the_period(connection: store.Connection) -> None:
    clocks = pack_of(connection).clocks
    # N0, L0, O0, G0, S0, U0 and M0 under hours, W0 under bare; each with a resolution, all without a second reply
    assert [clock.ticket_id for clock in clocks if clock.metric == "first_response"] == [
        *("G0", "L0", "M0", "N0", "O0", "S0", "U0", "W0")
    ]
    (late,) = [clock for clock in clocks if clock.key == LATE]
    assert (late.outcome, late.target_s, late.elapsed_s, late.late_s) == ("breached", 3600, 7200, 3600)
    assert (late.severity, late.started_local) == ("High", datetime(2026, 1, 6, 10))


def test_the_lead_says_in_two_sentences_how_the_promise_was_kept(connection: store.Connection) -> None:
    assert pack_of(connection).lead.sentences == (
        "January 2026: 1 of 6 promises that fell due were kept in time, too few to judge.",
        "5 were broken, against 1 of 1 in the period before.",
    )


def test_the_lead_of_a_period_in_which_nothing_fell_due_says_so(connection: store.Connection) -> None:
    summer = pack_of(connection, period=period_of("month", date(2025, 6, 1)))
    assert summer.lead.sentences[0] == "June 2025: no promise fell due."
    nobody = pack_of(connection, of="nobody")
    assert nobody.lead.sentences[0] == "January 2026: nothing of this account was measured."


def test_clauses_stand_in_the_words_of_the_document(connection: store.Connection) -> None:
    clauses = pack_of(connection, language="ar").clauses
    assert [(clause.text, clause.language) for clause in clauses] == [
        ("We answer within an hour.", "en"),
        ("Respondemos em quatro horas.", "pt-BR"),
    ]


def test_a_waived_breach_leaves_the_breached_and_the_decided(connection: store.Connection) -> None:
    pack = pack_of(connection, noted(waiver(LATE), waiver(SLOW)))
    # raw 1 of 6; without two of the five breaches 1 of 4
    assert pack.content.parts[0].totals[0].decided_count == 6
    counts = {key: (one.met_count, one.decided_count) for key, one in pack.waived.items()}
    assert counts == dict.fromkeys((TOTAL, CLAUSE, "lead"), (1, 4))
    assert "without 2 waived breaches it would be 1 of 4" in pack.lead.sentences[1]
    assert pack.lead.sentences[0].startswith("January 2026: 1 of 6")  # the raw figure first
    assert any("never becomes met" in rule for rule in pack.definitions)


@pytest.mark.parametrize("clock", [MET, GONE])
def test_a_waiver_of_what_is_no_breach_changes_no_count(connection: store.Connection, clock: ClockKey) -> None:
    pack = pack_of(connection, noted(waiver(clock)))
    assert pack.waived == {}
    assert [orphan.outcome for orphan in pack.orphans] == ["met" if clock == MET else None]
    assert clock.ticket_id in sentences.orphans(pack.orphans, pack.words)[0]


def test_a_waiver_that_is_withdrawn_counts_no_more(connection: store.Connection) -> None:
    pack = pack_of(connection, noted(waiver(LATE), waiver(LATE, is_granted=False)))
    assert pack.waived == {}
    assert len(pack.notes.history) == 2


def test_what_people_say_of_a_breach_stands_with_their_names(connection: store.Connection) -> None:
    first = BreachNote(LATE, TUESDAY, "handover", "", BY)
    notes = noted(first, BreachNote(LATE, TUESDAY, "staffing", "A shift was short.", BY), waiver(LATE))
    assert pack_of(connection, notes).done(LATE) == (
        "Too few people on duty: A shift was short.",
        "Noted by Ann Example (name as typed, not signed in), 3 Feb 2026, 12:00 (UTC).",
        "Waived, agreed with Bob Sample.",
        "Noted by Ann Example (name as typed, not signed in), 3 Feb 2026, 12:00 (UTC).",
    )


def test_a_comment_belongs_to_its_period(connection: store.Connection) -> None:
    comment = PeriodComment(JANUARY.first_on, JANUARY.last_on, "A quiet month.", BY)
    assert pack_of(connection, noted(comment)).comment == comment
    assert pack_of(connection, noted(comment), JANUARY.before).comment is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pack_speaks_its_language(connection: store.Connection, language: str) -> None:
    pack = pack_of(connection, noted(waiver(LATE), waiver(GONE)), language=language)
    told = [*pack.lead.sentences, *pack.definitions, *pack.provenance, *pack.done(LATE)]
    assert all(told)
    assert pack.waived[TOTAL] == Waived(1, 1, 4, 5, True, 0.2, *wilson(1, 5))


def test_the_interval_is_that_of_the_reports(connection: store.Connection) -> None:
    with connection.cursor() as cursor:
        store.prepare(cursor)
        for hits, total in ((0, 7), (3, 7), (7, 7), (199, 200)):
            told = cursor.execute("select wilson_low($1, $2), wilson_high($1, $2)", [hits, total]).fetchone()
            assert wilson(hits, total) == pytest.approx(told, abs=1e-12)
    assert wilson(0, 0) == (None, None)
    assert without(2, 0, 2).share is None


def test_the_style_is_read_from_its_file(tmp_path: Path) -> None:
    assert read_style(tmp_path / "review.toml") == Style()
    picture = b"\x89PNG\r\n\x1a\n...IEND\xaeB`\x82"
    (tmp_path / "logo.png").write_bytes(picture)
    (tmp_path / "review.toml").write_text('accent = "#0B3D2E"\nlogo = "logo.png"\nsender = "Sample Desk"')
    assert read_style(tmp_path / "review.toml") == Style("#0b3d2e", Logo("png", picture), "Sample Desk")
    read_style()  # the project's own is right


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('accent = "red"', "accent must be a colour"),
        ('accent = "#ffff00"', "too light"),
        ('colour = "#000000"', "'colour' is unknown"),
        ("accent = 3", "accent must be"),
        ("accent =", "is not TOML"),
        ('logo = "gone.png"', "cannot be read"),
        ('logo = "../logo.png"', "must lie in"),
        ('logo = "review.toml"', "PNG or JPEG"),
        ('logo = "half.png"', "its end is missing"),
    ],
)
def test_a_style_that_cannot_be_right_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "half.png").write_bytes(b"\x89PNG\r\n\x1a\n...")
    (tmp_path / "review.toml").write_text(text)
    with pytest.raises(Refused, match=complaint):
        read_style(tmp_path / "review.toml")
