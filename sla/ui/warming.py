"""Asks ahead, while nobody else asks: the reports that pages open with, of a snapshot that has become current.

A hundred readers on a Monday morning then find the answers there. What is asked ahead is no page's business; a report
that is missing here is asked for when a reader comes.
"""

import ast
import os
import threading
import time
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import product

import streamlit as st
from streamlit import config

from sla import store
from sla.catalog import Value, report
from sla.errors import Refused
from sla.ui.scope import Period
from sla.ui.snapshot import Answers, Row, current_snapshot, opened
from sla.ui.tables import MOST_ROWS
from sla.words import LANGUAGES

WEEKS = 8
PAUSE_S = 5.0
_BREATH_S = 0.05
_Asked = tuple[str, dict[str, Value]]
# The reports that pages open with, and what they ask them beside the scope.
_ALWAYS: tuple[_Asked, ...] = (
    ("export_ends", {}),
    ("policy_files", {}),
    ("scope_values", {}),
    ("week_attainment", {}),
    ("week_waits", {}),
    ("week_exclusions", {}),
    ("attainment_of_period", {}),
    ("time_percentiles", {}),
    ("attainment_by_hour", {}),
    ("clocks_in_scope", {"week": None, "most": MOST_ROWS}),
    ("satisfaction", {}),
    ("satisfaction_scores", {}),
    ("satisfaction_by_week", {}),
    ("satisfaction_beside_targets", {}),
    ("satisfaction_by", {"dimension": "severity", "order": "name"}),
    ("satisfaction_answers", {"most": 30}),
    ("workload_of_period", {}),
    ("workload_by_agent", {}),
    ("workload_by_week", {}),
    ("workload_spread", {}),
    ("workload_by_hour", {}),
    ("open_tickets", {"state": "on_us", "most": MOST_ROWS}),
    ("order_of_arrival", {}),
)
_BREACHES: tuple[_Asked, ...] = (
    ("breaches_of_period", {}),
    ("at_risk_by_band", {}),
    ("breached_clocks", {"show": "breached", "sort": "newest", "most": MOST_ROWS}),
    ("breaches_by", {"most": 6}),
    ("at_risk", {"sort": "due", "most": MOST_ROWS}),
)
_PROMISED: tuple[_Asked, ...] = (
    ("attainment_by_week", {}),
    ("week_standouts", {}),
    ("week_severity_by_plan", {}),
    ("week_breaches", {}),
    ("due_next", {"metric": None}),
    ("attainment_matrix", {}),
    ("attainment_over_time", {"grain": "week"}),
    ("time_taken", {}),
    *_BREACHES,  # of the metric that the page before was about
    *((name, beside | {"metric": None}) for name, beside in _BREACHES),
)
_UNPROMISED: tuple[_Asked, ...] = (
    ("longest_waits", {"metric": None, "language": None, "most": 1}),
    ("longest_waits", {"metric": None, "show": "breached", "most": MOST_ROWS}),
    ("out_of_turn", {"most": MOST_ROWS}),
)


def usual(policies: list[Row]) -> Iterator[tuple[str, dict[str, Value]]]:
    """What pages open with, newest week first: names of reports with their parameters, from rows of `policies`."""
    ordered = sorted(policies, key=lambda row: (not row["target_metrics"], -row["clocks_count"]))
    for back, policy, language in product(range(1, WEEKS + 1), ordered, LANGUAGES):
        monday = policy["as_of_week"] - timedelta(days=7 * back)
        if monday < policy["first_week"]:
            continue
        scope = _scope(policy, monday, language)
        for name, beside in _ALWAYS + (_PROMISED if policy["target_metrics"] else _UNPROMISED):
            wanted = [parameter.name for parameter in report(name).parameters]
            yield name, {one: beside.get(one, scope.get(one)) for one in wanted}


def ask_ahead(answers: Answers) -> None:
    """Asks a snapshot all that is usual, one question at a time, and none while a reader's waits. Raises Refused."""
    for name, values in usual(list(answers.ask("policies", {}))):
        while _is_serving() and not answers.is_idle:
            time.sleep(_BREATH_S)
        if not _is_serving():
            return
        answers.ask(name, values)


def begin() -> None:
    """From the first visit of a server on, asks every snapshot ahead that becomes current. AppTest has no server.

    Where the environment says `SLA_ASK_AHEAD=no`, nothing is done ahead.
    """
    if not config.get_option("global.appTest") and os.environ.get("SLA_ASK_AHEAD") != "no":
        _watch()


@st.cache_resource(show_spinner=False)
def _watch() -> threading.Thread:
    thread = threading.Thread(target=_go_on, name="asks ahead")
    thread.start()
    return thread


def import_ahead() -> None:
    """Imports what the files of the pages import, so that nobody's first visit to a page waits for it."""
    for page in sorted((store.ROOT / "pages").glob("*.py")):
        parts = ast.parse(page.read_text("utf-8")).body
        imports: list[ast.stmt] = [part for part in parts if isinstance(part, ast.Import | ast.ImportFrom)]
        exec(compile(ast.Module(imports, []), page, "exec"), {})


def _go_on() -> None:
    import_ahead()
    asked = None
    while _is_serving():
        try:
            path = current_snapshot()
            if path is not None and path != asked:
                asked = path
                ask_ahead(opened(path))
        except (Refused, store.DatabaseError):
            pass  # whoever comes is told
        _wait(PAUSE_S)


def _wait(seconds: float) -> None:
    """Waits so long, but no longer than the server lives."""
    until = time.monotonic() + seconds
    while _is_serving() and time.monotonic() < until:
        time.sleep(_BREATH_S)


def _is_serving() -> bool:
    # A daemon would be cut off within a query when the server ends, which ends in a crash of DuckDB's.
    return threading.main_thread().is_alive()


def _scope(policy: Row, monday: date, language: str) -> Mapping[str, Value]:
    week = Period("week", monday, monday + timedelta(days=6))
    return {
        "policy": policy["policy"],
        "metric": next(iter(policy["target_metrics"]), "first_response"),
        "language": language,
        "week": monday,
        "first_on": week.first_on,
        "last_on": week.last_on,
        "before_first_on": week.before.first_on,
        "before_last_on": week.before.last_on,
    }
