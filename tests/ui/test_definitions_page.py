"""The page of definitions and data from dashboard.py, part by part, on the sample and on small desks."""

import re
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from sla import snapshot, store
from sla.catalog import reports
from sla.decisions import decisions
from sla.words import LANGUAGES, words
from sla.words.definitions import TERMS
from tests.store.small_desk import AS_OF, HOSTILE, POLICIES, build_small_desk, write_small_desk
from tests.ui.recount import EN, Recount, week
from tests.ui.test_weekly_page import frame_is_there, page_html, page_text, rows_of

Open = Callable[..., AppTest]
Part = Callable[..., AppTest]
PARTS = ("meanings", "policies", "readings", "data", "left_out", "changes")


@pytest.fixture
def part(opened: Open) -> Part:
    """Opens one part of the page on a folder of snapshots."""

    def _part(folder: Path, name: str, **query: str) -> AppTest:
        app = opened(folder, **query)
        app.query_params["part"] = name
        app.switch_page("pages/definitions.py").run()
        assert not app.exception, app.exception
        return app

    return _part


def document_rows(app: AppTest, place: int) -> list[dict[str, str]]:
    """The rows of a table of the page by the titles of its columns."""
    return rows_of(re.findall(r"<table class='list document'>(.*?)</table>", page_html(app))[place])


def desk_with_mistakes(folder: Path) -> Path:
    """A desk with two rejected rows, one of which tries to be markup, an early reply and an unknown status."""
    export, policies = folder / "export", folder / "policies"
    for made in (export, policies):
        made.mkdir(parents=True)
    for name, text in POLICIES.items():
        (policies / f"{name}.toml").write_text(text, "utf-8")
    lines = [
        "ticket_id,created_at,severity,plan,status,policy,subject",
        "A,2026-01-06T09:00:00Z,1,A,Puzzled,desk,",
        "B,2026-01-06T10:00:00Z,7,A,Open,desk,",
        f"C,yesterday,1,A,Open,desk,{HOSTILE}",
        "D,the day before,1,A,Open,desk,",
    ]
    (export / "tickets.csv").write_text("\n".join([*lines, ""]), "utf-8")
    (export / "events.csv").write_text("ticket_id,at,kind,by\nA,2026-01-06T08:00:00Z,message,agent\n", "utf-8")
    snapshot.build([export], policies=policies, out=folder / "snapshots", as_of=AS_OF.replace(tzinfo=None))
    return folder / "snapshots"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PARTS)
def test_every_part_is_there_in_every_language(part: Part, sample: Path, name: str, language: str) -> None:
    app = part(sample, name, lang=language, policy="liveagent")
    spoken = words(language)
    assert spoken.named("definitions.parts", name) in page_text(app)
    assert f"dir='{spoken.direction}' lang='{language}'" in page_html(app)
    assert frame_is_there(app)
    assert not app.markdown
    assert app.query_params["part"] == name


def test_every_word_rule_report_and_decision_stands_there(part: Part, sample: Path) -> None:
    text = page_text(part(sample, "meanings"))
    for code in TERMS:
        assert words("en")(f"definitions.term.{code}") in text
    for report in reports().values():
        assert report.title in text
        assert report.grain in text
    for decision in decisions():
        assert decision.title in text
        assert all(paragraph in text for paragraph in decision.paragraphs)
    assert len(decisions()) > 25


def test_what_stands_in_english_is_marked_as_such_on_an_arabic_page(part: Part, sample: Path) -> None:
    html = page_html(part(sample, "meanings", lang="ar"))
    assert "<span class='quoted' lang='en' dir='ltr'>R1. Exactly at the target is met</span>" in html


def test_a_target_has_its_clause_in_the_documents_words_and_direction(part: Part, sample: Path) -> None:
    in_arabic = page_html(part(sample, "policies", policy="zoom", lang="ar"))
    assert "<span class='quoted' lang='pt-BR' dir='ltr'>Prioridade 1 - Urgente: 1 hora</span>" in in_arabic
    in_english = page_html(part(sample, "policies", policy="zoom"))
    assert "This aim is ours, not the document’s." in in_english
    row = next(row for row in document_rows(part(sample, "policies", policy="zoom"), 2) if row["Within"] == "1 h")
    assert (row["Severities"], row["Calendar"], row["Stops with"]) == ("Urgent", "around the clock", "notice or reply")
    assert row["Plans"] == "Pro, Business, API, Education and Plan not named"


def test_a_calendar_has_its_zone_hours_and_the_holidays_of_the_year(part: Part, sample: Path) -> None:
    text = page_text(part(sample, "policies", policy="hosting"))
    assert words("en").zone("America/Sao_Paulo") in text
    assert "Monday to Friday: 09:00–18:00 · Saturday to Sunday: closed" in text
    assert "Holidays of 2026" in text
    assert "25 Dec (" in text
    assert "This policy promises no time." in text


def test_the_other_reading_is_measured_when_somebody_asks(part: Part, sample: Path) -> None:
    app = part(sample, "readings", policy="zoom")
    assert "Not measured yet." in page_text(app)
    assert "The other reading changes no target." in page_text(app)
    app.button(key="measure readings").click().run(timeout=120)
    text = page_text(app)
    assert "Not measured yet." not in text
    # as the command line says: first response, the clocks of which another plan, another end or other hours change
    assert text.count("First response: ") == 3
    assert not [button for button in app.button if button.key == "measure readings"]


def test_the_files_of_the_build_have_their_digests_and_their_rows_add_up(part: Part, sample: Path) -> None:
    app = part(sample, "data")
    path = store.current(sample)
    assert path is not None
    with store.open_snapshot(path).cursor() as cursor:
        files = cursor.execute(
            "select file, sha256, rows_read, rows_accepted, rows_rejected from source_files"
        ).fetchall()
    rows = {row["File"]: row for row in document_rows(app, 0)}
    for file, sha256, *counts in files:
        shown = [rows[file][name].replace(",", "") for name in ("Read", "Accepted", "Rejected")]
        assert (rows[file]["SHA-256"], shown) == (sha256, [str(count) for count in counts])
    assert {row["Policy"] for row in document_rows(app, 1)} == {"hosting", "liveagent", "vodlix", "zoom"}
    assert "DuckDB" in page_text(app)


def test_an_assumed_zone_is_said_to_be_assumed(part: Part, tmp_path: Path) -> None:
    (tmp_path / "tickets.csv").write_text("ticket_id,created_at,policy\nA,2026-01-06 09:00:00,desk\n", "utf-8")
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "desk.toml").write_text(POLICIES["desk"], "utf-8")
    snapshot.build([tmp_path / "tickets.csv"], policies=tmp_path / "policies", out=tmp_path / "out")
    assert "UTC, assumed" in page_text(part(tmp_path / "out", "data"))


def test_rejected_rows_are_counted_by_reason_and_listed_as_text(part: Part, tmp_path: Path) -> None:
    app = part(desk_with_mistakes(tmp_path), "left_out", policy="desk")
    assert "2 rows could not be read." in page_text(app)
    # both for the same reason, whatever stood in the row
    assert [row["Rows"] for row in document_rows(app, 0)] == ["2"]
    assert [row["Line"] for row in document_rows(app, 1)] == ["4", "5"]
    assert HOSTILE in unescape(page_html(app))
    assert "<img" not in page_html(app)


def test_rejected_rows_are_a_file_that_is_made_outside_of_a_run_of_the_page(
    part: Part, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: dict[str, Any] = {}
    monkeypatch.setattr(st, "download_button", lambda label, data, **other: made.update({other["key"]: data}))
    part(desk_with_mistakes(tmp_path), "left_out", policy="desk")
    with ThreadPoolExecutor(1) as pool:
        text = pool.submit(made["rejected file"]).result().decode("utf-8-sig")
    assert len(text.splitlines()) == 3


def test_rejected_rows_can_be_searched(part: Part, tmp_path: Path) -> None:
    app = part(desk_with_mistakes(tmp_path), "left_out", policy="desk")
    app.text_input(key="rejected search").input("THE DAY").run()
    assert [row["Line"] for row in document_rows(app, 1)] == ["5"]
    app.text_input(key="rejected search").input("nowhere").run()
    assert "No rejected row fits." in page_text(app)


def test_what_is_left_out_has_its_meaning_and_leads_to_its_tickets(part: Part, desk: Path) -> None:
    app = part(desk, "left_out", policy="desk")
    row = next(row for row in document_rows(app, 0) if (row["Reason"], row["Clock"]) == ("merged", "First response"))
    assert (row["Clocks"], row["Tickets"]) == ("1", "1")
    assert row["What it means"] == words("en")("definitions.because.merged")
    assert "part=left_out&reason=merged&clock=first_response" in unescape(page_html(app))
    chosen = part(desk, "left_out", policy="desk", reason="merged", clock="first_response")
    assert [row["Ticket"] for row in document_rows(chosen, 1)] == ["M0"]
    assert "ticket=M0" in page_html(chosen)


def test_early_replies_and_unknown_words_are_listed(part: Part, tmp_path: Path) -> None:
    text = page_text(part(desk_with_mistakes(tmp_path), "left_out", policy="desk"))
    assert "1 reply is dated before its ticket’s creation." in text
    assert "1 status word is known to neither policy nor format." in text
    assert "Puzzled" in text


def test_nothing_left_out_is_told_in_words(part: Part, sample: Path) -> None:
    text = page_text(part(sample, "left_out", policy="vodlix"))
    assert "No row was rejected." in text
    assert "No reply is dated before its ticket’s creation" in text


@pytest.fixture(scope="session")
def two_snapshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small desk, and the same an hour later with what came late: in the week of 5 January L0 was found to be
    merged, L1 answered after 1800 s and B1 after 600 s, and B2 is gone; in the one before, Z0 is new. L0 was solved,
    so that two clocks of it changed.
    """
    folder = tmp_path_factory.mktemp("two")
    solved = "L0,2026-01-07T09:00:00Z,status,agent,bob,Solved"
    first = build_small_desk(folder / "first", more_events=[solved])
    late = [solved, "L1,2026-01-06T10:30:00Z,message,agent,bob,", "B1,2026-01-05T10:10:00Z,message,agent,ann,"]
    export, policies = write_small_desk(folder / "second", also=datetime(2025, 12, 30, 9, tzinfo=UTC), more_events=late)
    tickets = export / "tickets.csv"
    lines = [f"{line}A0" if line.startswith("L0,") else line for line in tickets.read_text("utf-8").splitlines()]
    tickets.write_text("\n".join([*(line for line in lines if not line.startswith("B2,")), ""]), "utf-8")
    later = AS_OF.replace(tzinfo=None) + timedelta(hours=1)
    snapshot.build([export], policies=policies, out=first, as_of=later)
    return first


def test_finished_weeks_that_changed_are_listed_with_counts_tickets_and_why(part: Part, two_snapshots: Path) -> None:
    app = part(two_snapshots, "changes", policy="desk")
    text = page_text(app)
    changed = "2 finished weeks changed since the snapshot before: week 2 (4 tickets) and week 1 (1 ticket)."
    assert changed in text
    assert "First response: 9 of 12 in time before, 9 of 10 now. Left out: 1 before, 2 now." in text
    rows = {row["Ticket"]: row for row in document_rows(app, 0) if row["Clock"] == "First response"}
    assert (rows["L0"]["Before"], rows["L0"]["Now"]) == ("Breached", "Left out: merged")
    assert (rows["L1"]["Before"], rows["L1"]["Now"]) == ("Breached", "Met")
    assert (rows["B2"]["Before"], rows["B2"]["Now"]) == ("Met", "not there")
    assert rows["L1"]["Why"] == "the export tells its history otherwise, or more of it"
    html = page_html(app)
    assert ("ticket=L1" in html, "ticket=B2" in html) == (True, False)  # a ticket that is gone has no page


def test_every_number_of_the_changed_weeks(part: Part, two_snapshots: Path) -> None:
    after = store.current(two_snapshots)
    assert after is not None
    before = store.before(after)
    assert before is not None
    sides = [Recount(path, "desk") for path in (before, after)]
    ((as_of,),) = (row.values() for row in sides[0].rows("select as_of from snapshot"))
    known = [{(one["ticket_id"], one["metric"], one["cycle"]): one for one in side.clocks} for side in sides]

    def verdict(side: int, key: tuple[str, str, int]) -> tuple[Any, ...] | None:
        """What one side says of a clock that time alone cannot change."""
        clock = known[side].get(key)
        if clock is None or clock["outcome"] == "running":
            return None
        if clock["outcome"] == "excluded" and not any(
            at and at <= as_of for at in (clock["due_at"], clock["stopped_at"])
        ):
            return None
        return clock["day"] - timedelta(clock["day"].weekday()), clock["outcome"], clock["reason"], clock["stopped_at"]

    differing: dict[date, set[tuple[str, str, int]]] = {}
    for key in known[0].keys() | known[1].keys():
        pair = verdict(0, key), verdict(1, key)
        if pair[0] != pair[1]:
            for monday in {one[0] for one in pair if one}:
                if monday + timedelta(7) <= as_of.date():
                    differing.setdefault(monday, set()).add(key)
    app = part(two_snapshots, "changes", policy="desk")
    text = page_text(app)
    assert f"The snapshot before knew everything up to {EN.instant(as_of, 'UTC')}." in text
    assert f"{len(differing)} finished weeks changed" in text
    tables = [document_rows(app, place) for place in range(len(differing))]
    sections = re.findall(r"<h2 class='part'>Week.*?</table>", page_html(app))
    for section, rows, monday in zip(sections, tables, sorted(differing, reverse=True), strict=True):
        keys = differing[monday]
        count = len({ticket for ticket, _, _ in keys})
        assert EN.week(monday) in section
        assert EN("changes.tickets", count=count) in unescape(section)
        assert f"{EN.week_inside(monday)} ({count} ticket" in text
        assert sorted((row["Ticket"], row["Clock"]) for row in rows) == sorted(
            (ticket, EN.named("metric", metric)) for ticket, metric, _ in keys
        )
        for row in rows:
            for side, title in enumerate(("Before", "Now")):
                of = [one for key, one in known[side].items() if named(key) == (row["Ticket"], row["Clock"])]
                assert re.split(r":| \(", row[title])[0] == (outcome_of(of[0]) if of else "not there")
                if took := re.search(r"\((.*)\)$", row[title]):  # both sides say the same otherwise
                    assert took[1].replace("\u00a0", " ") == EN.duration(of[0]["elapsed_s"]).replace("\u00a0", " ")
        for metric in {metric for _, metric, _ in keys}:
            was, now = (side.counts(*week(monday), metric) for side in sides)
            if was.decided or now.decided:
                said = f"{was.met} of {was.decided} in time before, {now.met} of {now.decided} now."
                assert f"{EN.named('metric', metric)}: {said}" in section
            if was.excluded != now.excluded:
                assert f"Left out: {was.excluded} before, {now.excluded} now." in section


def named(key: tuple[str, str, int]) -> tuple[str, str]:
    return key[0], EN.named("metric", key[1])


def outcome_of(clock: dict[str, Any]) -> str:
    return EN.named("outcome", clock["outcome"])


def test_the_weekly_page_says_which_finished_weeks_changed(opened: Open, two_snapshots: Path) -> None:
    app = opened(two_snapshots, policy="desk")
    assert "2 finished weeks changed since the snapshot before: week 2 (4 tickets)" in page_text(app)
    assert "part=changes" in page_html(app)


def test_a_first_snapshot_has_nothing_to_be_compared_with(opened: Open, desk: Path) -> None:
    assert "No earlier snapshot is there" in page_text(opened(desk, policy="desk"))


def test_a_snapshot_before_that_cannot_be_read_is_told_in_a_sentence(opened: Open, desk: Path, tmp_path: Path) -> None:
    current = store.current(desk)
    assert current is not None
    shutil.copy(current, tmp_path / current.name)
    (tmp_path / "broken.duckdb").write_bytes(b"not a database")
    (tmp_path / "CURRENT").write_text(f"{current.name}\n")
    (tmp_path / "PUBLISHED").write_text(f"broken.duckdb\n{current.name}\n")
    text = page_text(opened(tmp_path, policy="desk"))
    assert "cannot be compared with the snapshot before" in text
    assert "75.0% of first responses in time" in text
