"""The figures of a pack: stable names, every language the same, and equal to a direct count over the snapshot."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sla import store
from sla.periods import period_of
from sla.review.content import figure_key, figure_parts
from sla.review.figures import figures, figures_json, figures_of
from sla.review.pack import Pack, read_pack
from sla.words import LANGUAGES

QUARTER = period_of("quarter", date(2026, 8, 1))


@pytest.fixture(scope="module")
def sample(sample_snapshot: Path) -> store.Connection:
    return store.open_snapshot(sample_snapshot)


def pack_of(connection: store.Connection, account: str, language: str) -> Pack:
    def ask(report: str, **values: Any) -> list[dict[str, Any]]:
        return store.records(store.run(connection, report, values))

    return read_pack(ask, account, QUARTER, language)


@pytest.mark.parametrize("account", ["V07", "L05", "Z02"])
def test_figures_are_a_direct_count_over_the_clocks(sample: store.Connection, account: str) -> None:
    with sample.cursor() as cursor:
        rows = cursor.execute(
            """
            select metric, outcome, elapsed_s - target_s, ticket_id, cycle, policy
            from clocks
            join (select policy, any_value(reporting_timezone) as zone from policy_versions group by policy)
                using (policy)
            where account = $account
                and (coalesce(due_at, started_at) at time zone 'UTC' at time zone zone)::date between $first and $last
            """,
            {"account": account, "first": QUARTER.first_on, "last": QUARTER.last_on},
        ).fetchall()
    pack = pack_of(sample, account, "en")
    found = {name: figure.value for name, figure in figures(pack).items()}
    counted = Counter((row[0], row[1]) for row in rows)
    policy = rows[0][5]
    assert len(pack.clocks) == len(rows)
    for total in pack.content.parts[0].totals:
        for outcome in ("met", "breached", "running"):
            assert found[f"total/{policy}/{total.metric}/{outcome}_count"] == counted[total.metric, outcome]
    promised = {row[0] for row in rows if row[1] in ("met", "breached")}
    decided = [row for row in rows if row[1] in ("met", "breached")]
    assert promised
    assert found["lead/decided_count"] == len(decided)
    assert found["lead/met_count"] == sum(row[1] == "met" for row in decided)
    late = {name: value for name, value in found.items() if name.startswith("breach/") and name.endswith("/late_s")}
    assert late == {
        figure_key("breach", policy, row[3], row[0], row[4], "late_s"): row[2] for row in rows if row[1] == "breached"
    }


def test_every_language_has_the_same_figures(sample: store.Connection) -> None:
    assert len({figures_json(figures(pack_of(sample, "V07", language))) for language in LANGUAGES}) == 1


def test_figures_are_read_as_they_were_written(sample: store.Connection) -> None:
    found = figures(pack_of(sample, "V07", "en"))
    assert figures_of(figures_json(found)) == found
    kinds = {figure.measure: figure.kind for figure in found.values()}
    assert (kinds["met_count"], kinds["share"], kinds["late_s"], kinds["change"]) == (
        *("count", "share", "seconds", "share"),
    )


def test_names_of_figures_come_apart_into_what_they_were_made_of() -> None:
    parts = ["breach", "a/b", "50%2F/%", "حساب"]
    assert figure_parts(figure_key(*parts)) == parts
