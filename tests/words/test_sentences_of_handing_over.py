"""The sentences of handing over: who wrote what, and when by the clocks of the review."""

from datetime import date, datetime

from sla.review.notes import ClockKey, Signed, Waiver, holding
from sla.review.pack import Stamp
from sla.words import hand_over, words

BY = Signed(1, "Ann Example", True, datetime(2026, 10, 2, 12))


def test_an_issued_pack_says_when_by_the_clocks_of_its_review() -> None:
    stamp = Stamp(7, datetime(2026, 10, 2, 12), "Ann Example", True)
    told = hand_over.issued(stamp, "America/Sao_Paulo", words("en"))
    assert told.startswith("Pack 7, issued on 2 Oct 2026, 09:00 (")
    assert "Ann Example (name as typed, not signed in)" in told


def test_the_history_of_waivers_has_their_remarks() -> None:
    clock = ClockKey("T1", "first_response", 1)
    notes = [Waiver(clock, date(2026, 9, 1), is_granted, "Bob Sample", "By phone.", BY) for is_granted in (True, False)]
    newest, first = hand_over.history(holding(tuple(notes), 2), "UTC", words("en"))
    assert (newest.endswith(") By phone."), "waiver withdrawn" in newest) == (True, True)
    assert (first.endswith(") By phone."), "agreed with Bob Sample" in first) == (True, True)
