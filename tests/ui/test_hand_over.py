"""What a review's page hands over: notes and waivers that people write, files, issued packs and what changed since."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sla.review import forms
from sla.review.issuing import Issuing
from sla.ui import own_data
from tests.review.issued_desk import SECOND, SECOND_TICKETS, build
from tests.review.text_form import text
from tests.ui.test_review_page import review_of
from tests.ui.test_weekly_page import page_text

Open = Callable[..., AppTest]
JANUARY = {"lang": "en", "policy": "desk", "account": "X", "period": "month", "month": "2026-01-01"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Eleven met and two breached, B0 answered after two hours and C0 never; R0 is running."""
    return build(tmp_path).parent


@pytest.fixture
def desk(opened: Open, folder: Path) -> AppTest:
    app = opened(folder, **JANUARY)
    app.switch_page("pages/review.py").run()
    assert not app.exception, app.exception
    app.session_state["hand over open notes"] = app.session_state["hand over open issue"] = True
    return app.run()


@pytest.fixture
def one_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """A form of plain text in place of the PDF, which takes longer."""
    monkeypatch.setattr(forms, "offered", lambda: ("pdf",))
    monkeypatch.setattr(forms, "form", lambda name: text)


def named(app: AppTest) -> AppTest:
    return app.text_input(key="hand over who").input("Ann Example").run()


def of_ticket(app: AppTest, ticket: str) -> AppTest:
    box = app.selectbox(key="hand over breach")
    (at,) = [at for at, option in enumerate(box.options) if option.startswith(ticket)]
    return box.select_index(at).run()


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception, app.exception
    return app


def test_a_review_is_read_without_gathering_every_breach_of_the_account_for_its_files(
    opened: Open, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gathered(*asked: object) -> None:
        raise RuntimeError("nobody asked for a file")

    monkeypatch.setattr(Issuing, "pack", gathered)
    app = opened(folder, **JANUARY)
    app.switch_page("pages/review.py").run()
    assert not app.exception, app.exception
    assert "11 of 13" in review_of(app)
    assert [one.label for one in app.expander] == ["Files to send", "Why promises were broken", "Issue a pack"]


def test_a_note_is_kept_and_stands_beside_its_breach(desk: AppTest) -> None:
    of_ticket(named(desk), "B0")
    (reason,) = [box for box in desk.selectbox if box.key and box.key.startswith("hand over reason")]
    reason.select("outage")
    (remark,) = [box for box in desk.text_area if box.key and box.key.startswith("hand over remark")]
    remark.input("The <b>line</b> was down")
    press(desk, "hand over keep")
    review = review_of(desk)
    assert "Outage: The &lt;b&gt;line&lt;/b&gt; was down" in review
    assert "Ann Example (name as typed, not signed in)" in review


def test_a_note_without_a_name_is_refused_with_a_sentence(desk: AppTest) -> None:
    press(desk, "hand over keep")
    assert "A note needs the name of who writes it." in page_text(desk)


def test_a_waiver_moves_the_figure_beside_the_raw_one_and_never_the_raw_one(desk: AppTest) -> None:
    assert "11 of 13" in review_of(desk)
    assert "Without waived breaches" not in review_of(desk)
    of_ticket(named(desk), "B0")
    (whom,) = [box for box in desk.text_input if box.key and box.key.startswith("hand over whom")]
    whom.input("Bob Sample")
    (why,) = [box for box in desk.text_input if box.key and box.key.startswith("hand over why")]
    why.input("Their line was down")
    press(desk, "hand over waive")
    assert "Their line was down" in page_text(desk)
    review = review_of(desk)
    assert "11 of 13" in review
    assert "Without waived breaches: 91.7% (11 of 12)" in review
    assert "without 1 waived breach it would be 11 of 12" in review
    assert "Waived, agreed with Bob Sample." in review
    press(desk, "hand over waive")  # which now withdraws it
    assert "Without waived breaches" not in review_of(desk)
    assert "waiver withdrawn" in page_text(desk)


def test_a_comment_on_the_period_stands_in_the_review(desk: AppTest) -> None:
    named(desk)
    (box,) = [box for box in desk.text_area if box.key and box.key.startswith("hand over comment")]
    box.input("A quiet month")
    press(desk, "hand over keep comment")
    assert "Comment on the period" in review_of(desk)
    assert "A quiet month" in review_of(desk)


def test_an_issued_pack_is_listed_and_a_later_snapshot_says_what_changed(
    desk: AppTest, one_form: None, tmp_path: Path
) -> None:
    named(desk).run()
    press(desk, "hand over issue")
    assert "Pack 1, issued on" in page_text(desk)
    assert "No figure changed since pack 1" in page_text(desk)
    build(tmp_path, SECOND_TICKETS, SECOND)
    desk.run()
    assert not desk.exception, desk.exception
    told = page_text(desk)
    # C0 is met now; N0 (three hours) came late and is breached; R0 and T0 were answered: 14 of 16 for 11 of 13.
    assert "figures changed since pack 1" in told
    assert "14 of 16" in review_of(desk)
    assert "data that came late or was corrected" in told
    assert "N0" in told


def test_a_form_that_cannot_be_made_says_so_and_stops_no_other(
    opened: Open, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(forms.MODULES, "pdf", "tests.review.no_such_library")
    monkeypatch.setattr(forms, "offered", lambda: ("pdf", "xlsx"))
    app = opened(folder, **JANUARY)
    app.switch_page("pages/review.py").run()
    assert not app.exception, app.exception
    assert "The form pdf cannot be made on this machine" in page_text(app)
    assert [one.proto.label for one in app.get("download_button")] == ["Download XLSX"]


def test_nothing_is_handed_over_of_data_that_one_person_alone_sees(
    opened: Open, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_data, "is_in_use", lambda: True)
    app = opened(folder, **JANUARY)
    app.switch_page("pages/review.py").run()
    assert not app.exception, app.exception
    assert "Leave your own data to use them" in page_text(app)
    assert not [box for box in app.text_input if box.key == "hand over who"]


def test_a_file_of_notes_that_cannot_be_read_is_told_and_the_review_stays(desk: AppTest, folder: Path) -> None:
    (folder / "notes.sqlite").write_text("this is no file of notes, but long enough to be taken for one" * 20)
    desk.run()
    assert not desk.exception, desk.exception
    assert "the file of notes, could not be used" in page_text(desk)
    assert "11 of 13" in review_of(desk)


@pytest.mark.parametrize(("language", "title"), [("pt-BR", "Entregar ao cliente"), ("ar", "التسليم إلى العميل")])
def test_the_desk_speaks_the_readers_language(opened: Open, folder: Path, language: str, title: str) -> None:
    app = opened(folder, **JANUARY | {"lang": language})
    app.switch_page("pages/review.py").run()
    assert not app.exception, app.exception
    assert title in page_text(app)
