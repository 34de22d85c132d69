"""Issued packs: frozen in their figures, made again as they were, and what changed since told with its reason."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sla import publication
from sla.errors import Refused
from sla.periods import period_of, period_of_kind
from sla.review import forms
from sla.review.figures import figures, figures_json
from sla.review.issuing import Issued, Issuing, ask_of
from sla.review.notebook import NAME
from sla.review.notes import ClockKey
from sla.review.pack import Difference, Pack
from sla.words import LANGUAGES, words
from sla.words.pack_changes import changes, since
from tests.review.issued_desk import FIRST, FIRST_TICKETS, POLICY, QUICK, SECOND, SECOND_TICKETS, build

JANUARY = period_of("month", date(2026, 1, 1))
TOTAL, CLAUSE = "total/desk/first_response", "kept/desk/first_response/1"
LATE = ClockKey("B0", "first_response", 1)
DAY = date(2026, 1, 13)


@pytest.fixture(autouse=True)
def text_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(forms.MODULES, "text", "tests.review.text_form")


def drafted(snapshot: Path, language: str = "en") -> Pack:
    return Issuing(snapshot.parent).pack(ask_of(snapshot), "X", JANUARY, language)


def issued_from(snapshot: Path) -> Issued:
    return Issuing(snapshot.parent).issue(drafted(snapshot), ("text",), "Ann Example")[0]


def told(pack: Pack) -> dict[str, Difference]:
    assert pack.since is not None
    return {one.key: one for one in pack.since.differences}


def said(one: Difference) -> tuple[float | None, float | None, tuple[str, ...], tuple[str, ...]]:
    return one.before, one.now, one.why, one.tickets


def test_late_data_is_listed_with_its_tickets_and_told_from_time(tmp_path: Path) -> None:
    first = build(tmp_path)
    issued = issued_from(first)
    # 11 answered in time (A0 to A9, M0), B0 and C0 not, R0 running
    assert [issued.figures[f"{TOTAL}/{name}_count"].value for name in ("met", "decided", "running")] == [11, 13, 1]
    found = told(drafted(build(tmp_path, SECOND_TICKETS, SECOND, merged="M0")))
    # in time: A0 to A9, C0, R0, T0; not: B0 and N0; M0 takes no part
    late, both = ("late_data",), ("late_data", "left_out", "time")
    for name in ("lead", TOTAL, CLAUSE):
        assert said(found[f"{name}/met_count"]) == (11, 13, both, ("C0", "M0", "R0", "T0"))
        assert said(found[f"{name}/decided_count"]) == (13, 15, both, ("M0", "N0", "R0", "T0"))
        assert said(found[f"{name}/running_count"]) == (1, 0, ("time",), ("R0",))
        assert f"{name}/breached_count" not in found  # two then and two now, though not the same
    assert said(found[f"{TOTAL}/share"])[:2] == pytest.approx((11 / 13, 13 / 15))
    # C0 was 16 days late on 30 January 12:00: 1,389,600 s from its creation, less an hour
    assert said(found["breach/desk/C0/first_response/1/late_s"]) == (1_386_000, None, late, ("C0",))
    assert said(found["breach/desk/N0/first_response/1/late_s"]) == (None, 7_200, late, ("N0",))
    assert said(found["endings/desk/unanswered"]) == (1, None, late, ("C0",))
    assert said(found["endings/desk/late_reply"]) == (1, 2, late, ("N0",))
    # 14 were opened, M0 among them; then N0 and T0 came and M0 went
    assert said(found["volume/desk/all//opened_count"]) == (14, 15, both, ("M0", "N0", "T0"))
    assert said(found["left_out/desk/first_response/merged/clocks_count"]) == (None, 1, ("left_out",), ("M0",))
    assert not any(key.endswith(("share_low", "change", "gap", "elapsed_s")) for key in found)


def test_nothing_changed_where_nothing_did(tmp_path: Path) -> None:
    first = build(tmp_path)
    issued = issued_from(first)
    pack = drafted(first)
    assert pack.since is not None
    assert (pack.since.stamp, pack.since.differences) == (issued.stamp, ())
    assert since(pack, words("en")).startswith("No figure changed since pack 1")


def test_a_month_is_not_compared_with_a_pack_of_the_same_days_by_themselves(tmp_path: Path) -> None:
    first = build(tmp_path)
    issued_from(first)
    days = period_of_kind("dates", JANUARY.first_on, JANUARY.last_on)
    assert Issuing(first.parent).pack(ask_of(first), "X", days, "en").since is None
    assert drafted(first).since is not None


def test_a_breach_that_goes_on_differs_by_time_alone(tmp_path: Path) -> None:
    issued_from(build(tmp_path))
    found = told(drafted(build(tmp_path, FIRST_TICKETS, SECOND)))
    # four days later: C0 is 345,600 s later still, R0 a breach; every other figure of a clock is as it was
    assert said(found["breach/desk/C0/first_response/1/late_s"]) == (1_386_000, 1_731_600, ("time",), ("C0",))
    assert said(found[f"{TOTAL}/breached_count"]) == (2, 3, ("time",), ("R0",))
    assert {one.why for one in found.values()} == {("time",)}


def test_another_version_of_the_policy_is_told_from_late_data(tmp_path: Path) -> None:
    issued_from(build(tmp_path))
    shorter = POLICY.replace('"1h"', '"25m"').replace("an hour", "25 minutes")
    found = told(drafted(build(tmp_path, SECOND_TICKETS, policy=shorter)))
    # as of the same instant: C0's answer came late, N0 is new; A0 to A9 and M0 took 30 minutes, too long now.
    # R0 was at 30 minutes and running; it is a breach by the shorter target or by time, which nobody can tell
    eleven = (*(f"A{at}" for at in range(10)), "C0", "M0")
    assert said(found[f"{TOTAL}/met_count"]) == (11, 1, ("late_data", "policy"), eleven)
    assert said(found[f"{CLAUSE}/target_s"]) == (3600, 1500, ("policy",), ())
    assert said(found[f"{TOTAL}/running_count"]) == (1, 0, ("policy", "time"), ("R0",))
    assert said(found["breach/desk/N0/first_response/1/late_s"])[2] == ("late_data",)


def test_a_count_of_nothing_in_a_row_that_is_new_is_no_change(tmp_path: Path) -> None:
    issued_from(build(tmp_path, dict(QUICK)))
    more = POLICY + '[[targets]]\nmetric = "resolution"\nwithin = "10h"\ncalendar = "always"\n'
    found = told(drafted(build(tmp_path, dict(QUICK), policy=more)))  # ten tickets, none of them solved yet
    assert said(found["kept/desk/resolution/1/breached_count"])[:2] == (None, 10)
    assert "kept/desk/resolution/1/met_count" not in found
    assert not [key for key, one in found.items() if one.kind == "count" and not one.before and not one.now]


def test_a_waiver_granted_since_is_told_as_one(tmp_path: Path) -> None:
    first = build(tmp_path)
    issued_from(first)
    Issuing(first.parent).notebook.waive("X", LATE, DAY, True, "Client Example", "", "Ann Example")
    pack = drafted(first)
    found = told(pack)
    assert found.keys() == {
        f"{name}/waived/{measure}"
        for name in ("lead", TOTAL, CLAUSE)
        for measure in ("waived_count", "met_count", "breached_count", "decided_count", "share")
    }
    assert said(found[f"{TOTAL}/waived/decided_count"])[:2] == (None, 12)
    assert {why for one in found.values() for why in one.why} == {"note"}
    assert found[f"{TOTAL}/waived/waived_count"].tickets == ("B0",)
    # the raw figure is as it was
    assert figures(pack)[f"{TOTAL}/decided_count"].value == 13


def test_a_waiver_taken_back_since_is_told_as_one(tmp_path: Path) -> None:
    first = build(tmp_path)
    notebook = Issuing(first.parent).notebook
    notebook.waive("X", LATE, DAY, True, "Client Example", "", "Ann Example")
    issued_from(first)
    notebook.waive("X", LATE, DAY, False, "", "", "Ann Example")
    assert said(told(drafted(first))[f"{TOTAL}/waived/waived_count"]) == (1, None, ("note",), ("B0",))


def test_without_its_snapshot_why_a_figure_changed_is_not_known(tmp_path: Path) -> None:
    first = build(tmp_path)
    issued_from(first)
    second = build(tmp_path, SECOND_TICKETS, SECOND)
    first.unlink()
    assert {one.why for one in told(drafted(second)).values()} == {("unknown",)}


def test_a_pack_is_made_again_as_it_was(tmp_path: Path) -> None:
    first = build(tmp_path)
    issuing = Issuing(first.parent)
    issuing.notebook.waive("X", LATE, DAY, True, "Client Example", "", "Ann Example")
    issued, files = issuing.issue(drafted(first), ("text",), "Ann Example")
    # later: another snapshot, the waiver taken back, a reason written, another pack issued
    second = build(tmp_path, SECOND_TICKETS, SECOND)
    issuing.notebook.waive("X", LATE, DAY, False, "", "", "Ann Example")
    issuing.notebook.explain("X", LATE, DAY, "outage", "", "Ann Example")
    later, _ = issuing.issue(drafted(second), ("text",), "Bob Sample")
    again = issuing.again(issued.stamp.issue_no)
    assert figures_json(figures(again)) == issued.figures_json
    assert again.stamp == issued.stamp
    assert (again.notes.breaches, list(again.notes.waivers)) == ({}, [LATE])
    assert forms.make(again, ("text",)) == files
    # the later one too, with what it said of changes
    assert later.compared_no == issued.stamp.issue_no
    once_more = issuing.again(later.stamp.issue_no)
    assert once_more.since == drafted_since(second, later)
    assert once_more.content.provenance.snapshot == second.stem


def drafted_since(snapshot: Path, later: Issued) -> object:
    issuing = Issuing(snapshot.parent)
    first = issuing.of_number(1)
    pack = issuing.again(later.stamp.issue_no)
    assert pack.since is not None
    assert pack.since.differences == later.differences
    assert later.differences
    return replace(pack.since, stamp=first.stamp, snapshot=first.snapshot)


def test_a_pack_whose_snapshot_is_gone_or_another_is_refused(tmp_path: Path) -> None:
    first = build(tmp_path)
    number = issued_from(first).stamp.issue_no
    other = build(tmp_path, SECOND_TICKETS, SECOND)
    first.write_bytes(other.read_bytes())
    with pytest.raises(Refused, match=f"made from another {first.name}"):
        Issuing(first.parent).again(number)
    first.unlink()
    with pytest.raises(Refused, match=f"{first.name}, which is gone"):
        Issuing(first.parent).again(number)
    with pytest.raises(Refused, match="No pack 99"):
        Issuing(first.parent).again(99)


def test_figures_that_the_program_no_longer_gives_are_refused(tmp_path: Path) -> None:
    first = build(tmp_path)
    number = issued_from(first).stamp.issue_no
    with sqlite3.connect(first.parent / NAME) as con:  # as if this version of the program counted another way
        con.execute("drop trigger issued_are_not_changed")
        con.execute("update issued set figures = replace(figures, '\"lead/met_count\":11', '\"lead/met_count\":12')")
    with pytest.raises(Refused, match="other figures"):
        Issuing(first.parent).again(number)


def test_a_pack_counts_as_issued_once_its_files_are_made(tmp_path: Path) -> None:
    first = build(tmp_path)
    issuing = Issuing(first.parent)

    def broken(pack: Pack, names: tuple[str, ...]) -> Mapping[str, bytes]:
        raise Refused("This form cannot be made.")

    with pytest.raises(Refused, match="cannot be made"):
        issuing.issue(drafted(first), ("text",), "Ann Example", made=broken)
    assert issuing.issued() == ()
    issued = issued_from(first)  # the number of the one that failed is not given again
    assert issued.stamp.issue_no == 2
    assert [one.stamp.issue_no for one in issuing.issued("X", JANUARY.first_on, JANUARY.last_on)] == [2]
    assert issuing.issued("Y") == ()


def test_who_issues_must_have_a_name_and_something_to_issue(tmp_path: Path) -> None:
    first = build(tmp_path)
    issuing = Issuing(first.parent)
    with pytest.raises(Refused, match="needs the name"):
        issuing.issue(drafted(first), ("text",), " ")
    nobody = issuing.pack(ask_of(first), "nobody", JANUARY, "en")
    with pytest.raises(Refused, match="Nothing of 'nobody'"):
        issuing.issue(nobody, ("text",), "Ann Example")
    assert issuing.issued() == ()


def test_a_pack_of_a_snapshot_from_elsewhere_is_not_issued(tmp_path: Path) -> None:
    first = build(tmp_path)
    with pytest.raises(Refused, match="is not there"):
        Issuing(tmp_path / "elsewhere").issue(drafted(first), ("text",), "Ann Example")
    assert not (tmp_path / "elsewhere").exists()


def test_a_pack_whose_snapshot_is_removed_while_its_files_are_made_is_not_issued(tmp_path: Path) -> None:
    first = build(tmp_path)
    issuing, pack = Issuing(first.parent), drafted(first)

    def made(pack: Pack, names: tuple[str, ...]) -> Mapping[str, bytes]:
        first.unlink()
        return {}

    with pytest.raises(Refused, match="is not there"):
        issuing.issue(pack, (), "Ann Example", made=made)
    assert issuing.issued() == ()


def test_files_carry_the_instant_of_issuing_else_the_as_of(tmp_path: Path) -> None:
    first = build(tmp_path)
    assert drafted(first).instant == FIRST
    issued = issued_from(first)
    assert Issuing(first.parent).again(1).instant == issued.stamp.issued_at


def test_pruning_keeps_what_an_issued_pack_names(tmp_path: Path) -> None:
    first = build(tmp_path)
    issued_from(first)
    second = build(tmp_path, SECOND_TICKETS, SECOND)
    third = build(tmp_path, SECOND_TICKETS, SECOND)
    assert publication.prune(first.parent, 1) == [second]
    assert (first.exists(), third.exists()) == (True, True)
    # where nobody can tell what packs name, nothing is removed
    (first.parent / NAME).write_bytes(b"no database at all, and longer than a page's head would be" * 40)
    with pytest.raises(Refused, match="could not be used"):
        publication.prune(first.parent, 1)
    assert first.exists()


def test_nobody_issues_even_the_first_pack_while_snapshots_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = tmp_path / "a.duckdb", tmp_path / "b.duckdb"
    for path in (old, new):
        path.touch()

    def named(folder: Path) -> set[str]:
        with (
            closing(sqlite3.connect(folder / NAME, timeout=0)) as con,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            con.execute("begin immediate")
        return set()

    monkeypatch.setattr(publication, "named_by_packs", named)
    assert publication.prune(tmp_path, 1) == [old]
    monkeypatch.undo()
    assert publication.prune(tmp_path, 1) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_change_is_told_in_every_language(tmp_path: Path, language: str) -> None:
    issued_from(build(tmp_path))
    pack = drafted(build(tmp_path, SECOND_TICKETS, SECOND, merged="M0"), language)
    spoken = words(language)
    told_changes = changes(pack, spoken)
    assert len(told_changes) == len(told(pack))
    assert all(one.figure and one.before and one.now and one.why for one in told_changes)
    assert since(pack, spoken)
    if language == "en":
        assert since(pack, spoken).startswith(f"{len(told_changes)} figures changed since pack 1")
        (met,) = [one for one in told_changes if one.figure == "First response, clause 1: met"]
        assert (met.before, met.now) == ("11", "13")
        assert met.why == (
            "data that came late or was corrected, found to be merged, a duplicate or spam and time went on "
            "(C0, M0, R0 and T0)"
        )
