"""Every report of queries/reports and one explanation, warm, as a page asks for them."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sla import store
from sla.catalog import Parameter, Report, Value, reports
from sla.errors import Refused
from sla.explain import explain
from tests.bench.figures import Line, at_most, timings

MOST_MS = {1_000_000: 150.0, 10_000_000: 400.0}  # by tickets
EXPLAINED_MS = 150.0
METRIC, LANGUAGE = "first_response", "pt-BR"


@dataclass(frozen=True)
class Typical:
    """What a reader asks for: a policy, its busiest whole week, the quarter that it ends, a late ticket of it."""

    policy: str
    week: date
    as_of: datetime
    ticket: str
    account: str

    def value(self, parameter: Parameter) -> Value:
        """What this reader gives for a parameter: nothing for a filter, and no text nobody knows."""
        always: dict[str, Value] = {
            "language": LANGUAGE,
            "first_on": self.week - timedelta(days=84),
            "last_on": self.week + timedelta(days=6),
            "most": 500,
        }
        if parameter.is_optional:
            return always.get(parameter.name)
        known: dict[str, Value] = always | {
            "policy": self.policy,
            "metric": METRIC,
            "ticket": self.ticket,
            "tickets": f'["{self.ticket}"]',
            "account": self.account,
            "clocks": f'[{{"ticket_id": "{self.ticket}", "metric": "{METRIC}", "cycle": 1}}]',
            "weeks": self.week.isoformat(),
            "grain": "week",
            "dimension": "team",
            "reason": "merged",
            "kind": "reply",
        }
        if parameter.name in known:
            return known[parameter.name]
        by_kind: dict[str, Value] = {"date": self.week, "instant": self.as_of, "integer": 50}
        return by_kind.get(parameter.kind)


def typical(con: store.Connection) -> list[Typical]:
    """What is typical of each policy of a snapshot, the policy with most clocks first."""
    policies = sorted(_rows(con, "policies", language=LANGUAGE), key=lambda policy: -policy["clocks_count"])
    return [_typical(con, policy) for policy in policies]


def _typical(con: store.Connection, policy: dict[str, Any]) -> Typical:
    weeks = _rows(con, "weeks", policy=policy["policy"])
    whole = [week for week in weeks if week["is_complete"]] or weeks
    week = max(whole, key=lambda week: week["decided_count"] + week["excluded_count"])["week_start"]
    breaches = _rows(con, "week_breaches", policy=policy["policy"], week=week)
    values = _rows(con, "scope_values", policy=policy["policy"])
    accounts = [(row["clocks_count"], row["value"]) for row in values if row["dimension"] == "account"]
    ticket = breaches[0]["ticket_id"] if breaches else ""
    return Typical(policy["policy"], week, policy["as_of"], ticket, max(accounts, default=(0, ""))[1])


def lines_of(snapshot: Path, tickets: int) -> list[Line]:
    """A line for every report, and one for the explanation of a ticket."""
    con = store.open_snapshot(snapshot)
    readers = typical(con)
    lines = [_line(con, report, readers, tickets) for report in reports().values()]
    ticket = next((reader.ticket for reader in readers if reader.ticket), None)
    if ticket:
        lines.append(_timed(f"{tickets:,} tickets: explain {ticket}", lambda: explain(con, ticket), EXPLAINED_MS))
    return lines


def _line(con: store.Connection, report: Report, readers: Sequence[Typical], tickets: int) -> Line:
    """The report as the first reader asks who gets rows; some reports are only for policies that promise nothing."""
    what = f"{tickets:,} tickets: report {report.name}"
    asked = [{parameter.name: reader.value(parameter) for parameter in report.parameters} for reader in readers]
    try:
        answers = [(values, len(store.run(con, report.name, values))) for values in asked]
    except Refused as refused:
        return Line(what, f"not measured ({refused})")
    values, rows = next((answer for answer in answers if answer[1]), answers[0])
    said = [str(values[name]) for name in ("policy", "week", "first_on", "account", "metric") if values.get(name)]
    what = f"{what} ({', '.join([*said, f'rows {rows:,}'])})"
    most_ms = next((most for size, most in MOST_MS.items() if tickets <= size), max(MOST_MS.values()))
    return _timed(what, lambda: store.run(con, report.name, values), most_ms)


def _timed(what: str, run: Callable[[], object], most_ms: float) -> Line:
    took = timings(run)
    middle, worst = statistics.median(took) * 1000, max(took) * 1000
    return at_most(what, f"median {middle:,.0f} ms, worst {worst:,.0f} ms", middle, most_ms, "ms (median)")


def _rows(con: store.Connection, name: str, **values: Value) -> list[dict[str, Any]]:
    return store.records(store.run(con, name, values))
