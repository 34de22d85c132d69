"""A review's content: its numbers are those of `clocks`, its sentences say what they say and no more."""

import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sla import store
from sla.review.content import Days, ReviewContent
from sla.review.gathering import ON_A_PAGE, Most, review_content
from sla.ui.review import Links, review_html
from sla.ui.scope import Period, period_of
from sla.words import LANGUAGES, words
from tests.store.reviewed_desk import HOSTILE, build_reviewed_desk

JANUARY = period_of("month", date(2026, 1, 1))
OCTOBER = period_of("month", date(2026, 10, 1))


def content_of(
    connection: store.Connection, account: str, period: Period, language: str = "en", most: Most = ON_A_PAGE
) -> ReviewContent:
    def ask(report: str, **values: Any) -> list[dict[str, Any]]:
        return store.records(store.run(connection, report, values))

    return review_content(ask, account, period, language, most)


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> store.Connection:
    path = store.current(build_reviewed_desk(tmp_path_factory.mktemp("reviewed")))
    assert path is not None
    return store.open_snapshot(path)


@pytest.fixture(scope="module")
def of_x(connection: store.Connection) -> ReviewContent:
    return content_of(connection, "X", JANUARY)


@pytest.fixture(scope="module")
def sample(sample_snapshot: Path) -> store.Connection:
    return store.open_snapshot(sample_snapshot)


def outcomes(connection: store.Connection, account: str, period: Period) -> dict[tuple[str, str], int]:
    """Clocks of an account in a period by metric and outcome, counted over `clocks` with nothing of the reports."""
    with connection.cursor() as cursor:
        rows = cursor.execute(
            """
            select metric, outcome, count(*)
            from clocks
            join (select policy, any_value(reporting_timezone) as zone from policy_versions group by policy)
                using (policy)
            where account = $account
                and (coalesce(due_at, started_at) at time zone 'UTC' at time zone zone)::date between $first and $last
            group by all
            """,
            {"account": account, "first": period.first_on, "last": period.last_on},
        ).fetchall()
    return {(metric, outcome): count for metric, outcome, count in rows}


@pytest.mark.parametrize(
    ("account", "period"),
    [
        ("V07", OCTOBER),
        ("L05", OCTOBER),
        ("L05", period_of("quarter", date(2026, 8, 1))),
        ("Z02", period_of("week", date(2026, 10, 7))),
        ("V15", Period("dates", date(2026, 9, 10), date(2026, 11, 20))),
    ],
)
def test_numbers_of_a_review_are_those_of_the_clocks(sample: store.Connection, account: str, period: Period) -> None:
    content = content_of(sample, account, period)
    (part,) = content.parts
    now, before = outcomes(sample, account, period), outcomes(sample, account, period.before)
    for total in (one for one in part.totals if one.has_target):
        assert total.met_count == now.get((total.metric, "met"), 0)
        assert total.breached_count == now.get((total.metric, "breached"), 0)
        assert total.running_count == now.get((total.metric, "running"), 0)
        assert total.before_met_count == before.get((total.metric, "met"), 0)
        # the clauses of a metric add up to it
        clauses = [promise for promise in part.promises if promise.metric == total.metric]
        assert sum(promise.decided_count for promise in clauses) == total.decided_count
        assert sum(promise.before_decided_count for promise in clauses) == total.before_decided_count
    broken = sum(count for (_, outcome), count in now.items() if outcome == "breached")
    assert len(part.breaches) == broken
    assert sum(len(breach.reasons) >= 1 for breach in part.breaches) == broken


def test_a_policy_is_a_part_of_its_own(of_x: ReviewContent) -> None:
    assert [part.policy for part in of_x.parts] == ["hours", "bare"]
    assert of_x.parts[1].promises == ()
    assert [wait.metric for wait in of_x.parts[1].waits] == ["first_response", "resolution"]


def test_the_summary_says_the_promise_first_and_judges_nothing_under_ten(of_x: ReviewContent) -> None:
    assert of_x.title == "Conta Exemplo: January 2026"
    assert of_x.summary[:3] == (
        "Office hours: 1 of 6 first responses in time, too few to judge.",
        "Office hours: 6 tickets opened (December 2025: 1), 2 solved (1). 1 more was merged, a duplicate or spam.",
        "Office hours: 1 of 2 survey answers positive, too few to judge, 2 of 3 surveys answered.",
    )
    assert of_x.summary[-1] == "5 tickets are open as of 3 Feb 2026, 12:00 (UTC). 1 waits for our answer."
    assert not any("%" in sentence for sentence in of_x.summary)


def test_a_policy_that_promises_nothing_gets_waiting_times_and_no_verdict(of_x: ReviewContent) -> None:
    told = [sentence for sentence in of_x.summary if sentence.startswith("No promise: ")]
    assert told[0].startswith("No promise: This policy sets no target")
    assert told[1] == "No promise: Half of first responses within 20\u00a0min (1 wait)."
    assert told[2] == "No promise: Half of resolutions within more than 530\u00a0h (1 wait)."


def test_reasons_say_what_the_data_prove(of_x: ReviewContent) -> None:
    reasons = {breach.ticket_id: breach.reasons for breach in of_x.parts[0].breaches}
    assert reasons == {
        "U0": (
            "Nobody had answered by 3 Feb 2026, 12:00 (UTC), the last instant known.",
            "First assigned on Fri 9 Jan 12:00, when it was already late.",
        ),
        "G0": (
            "Answered late, on Wed 7 Jan 13:00.",
            "Its severity was changed from Low to High on Wed 7 Jan 12:00, while the clock ran. "
            "The target went from 4\u00a0h to 1\u00a0h, which had already passed.",
        ),
        "L0": (
            "Answered late, on Tue 6 Jan 12:00.",
            "Handed from one agent to another 1 time before it was due.",
        ),
        "O0": (
            "Answered late, on Wed 7 Jan 11:00.",
            "It began outside open hours; its time ran from Wed 7 Jan 09:00.",
        ),
        "S0": ("Solved without a reply, on Thu 8 Jan 12:00.",),
    }


def test_comments_are_kept_as_they_were_written(of_x: ReviewContent) -> None:
    assert [comment.comment for comment in of_x.parts[0].satisfaction.comments] == [HOSTILE, "Bom"]


def test_the_content_names_its_snapshot_and_its_periods(of_x: ReviewContent) -> None:
    assert of_x.provenance.snapshot.startswith("sla-")
    assert of_x.period == Days("month", date(2026, 1, 1), date(2026, 1, 31))
    assert of_x.before == Days("month", date(2025, 12, 1), date(2025, 12, 31))
    assert of_x.parts[0].is_over


def test_a_period_that_goes_on_is_not_over(connection: store.Connection) -> None:
    content = content_of(connection, "X", period_of("month", date(2026, 2, 1)))
    assert not any(part.is_over for part in content.parts)


def test_a_period_without_clocks_says_so(connection: store.Connection) -> None:
    content = content_of(connection, "X", period_of("month", date(2025, 6, 1)))
    assert [part.policy for part in content.parts] == ["hours"]
    assert content.summary[:2] == ("No first responses fell due.", "No ticket was opened or solved.")
    assert content.parts[0].trends[0].points == ()


def test_an_account_nobody_knows_has_no_parts(connection: store.Connection) -> None:
    content = content_of(connection, "nobody", JANUARY)
    assert (content.name, content.parts, content.open_tickets) == ("nobody", (), ())
    assert content.summary == ("Nothing of this account was measured.",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_numbers(connection: store.Connection, language: str) -> None:
    content, english = (content_of(connection, "X", JANUARY, spoken) for spoken in (language, "en"))
    assert [part.totals for part in content.parts] == [part.totals for part in english.parts]
    assert [len(breach.reasons) for breach in content.parts[0].breaches] == [2, 2, 2, 2, 1]
    assert len(content.summary) == len(english.summary)
    assert content.language == language


def test_the_review_knows_no_screen() -> None:
    told = "import sys, sla.review.gathering; print(sorted({'streamlit', 'plotly', 'duckdb'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_trend_ends_with_the_month_that_has_begun(sample: store.Connection) -> None:
    trend = content_of(sample, "V07", period_of("quarter", date(2026, 10, 1))).parts[0].trends[0]  # as of 20 November
    assert (trend.points[-1].first_on, trend.points[0].decided_count > 0) == (date(2026, 11, 1), True)


def test_of_many_breaches_the_latest_are_told_and_all_are_counted(
    connection: store.Connection, of_x: ReviewContent
) -> None:
    whole = of_x.parts[0]
    short = content_of(connection, "X", JANUARY, most=Most(breaches=2, comments=20))
    part = short.parts[0]
    assert part.breaches == whole.breaches[:2]
    assert part.endings == whole.endings == Counter(breach.ending for breach in whole.breaches)
    links = Links(
        lambda ticket: ticket, lambda policy: f"breaches?policy={policy}", lambda *waits: "", lambda *volume: None
    )
    drawn = review_html(short, words("en"), links)
    assert "the first 2 of 5. <a href='breaches?policy=hours' target='_self'>Every breach, also as a file</a>" in drawn
