"""What a page is asked to show. Every choice stands in the link as a code, also where it is the default.

Streamlit's own binding would write the translated words into the link and leave defaults out, so that last week's link
would show this week.
"""

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from sla.ui.snapshot import Row, report
from sla.words import Words


def choose(
    key: str,
    label: str,
    options: Sequence[str],
    default: str,
    show: Callable[[str], str],
    *,
    is_label_hidden: bool = False,
) -> str:
    """The code chosen among `options`: from the link, else from this session, else `default`; then written to the link.

    A link that names none of the options is passed over. `show` gives the words for a code.
    """
    written = f"{key} in the link"
    linked = st.query_params.get(key)
    if linked in options and linked != st.session_state.get(written):
        st.session_state[key] = linked  # a new link, or the browser's way back
    if st.session_state.get(key) not in options:
        st.session_state[key] = default
    picked = st.selectbox(
        label,
        options,
        format_func=show,
        key=key,
        persist_state="session",
        label_visibility="collapsed" if is_label_hidden else "visible",
    )
    chosen = picked or default
    if linked != chosen:
        st.query_params[key] = chosen
    st.session_state[written] = chosen
    return chosen


def choose_policy(words: Words) -> Row:
    """The chosen row of the report policies; the first one that has targets unless the link says otherwise."""
    rows = {row["policy"]: row for row in report("policies", language=words.language)}
    default = next((policy for policy, row in rows.items() if row["target_metrics"]), next(iter(rows)))
    names = {policy: row["name"] or words("filter.no_policy") for policy, row in rows.items()}
    return rows[choose("policy", words("filter.policy"), list(rows), default, names.__getitem__)]


def choose_metric(promised: Sequence[str], words: Words) -> str:
    """The metric chosen among those the policy promises; the first of them unless the link says otherwise."""
    return choose("metric", words("filter.metric"), promised, promised[0], lambda code: words.named("metric", code))


def choose_week(policy: Row, words: Words) -> date:
    """The Monday of the chosen week; the last complete one before the as-of instant unless the link says otherwise."""
    weeks = {row["week_start"].isoformat(): row for row in report("weeks", policy=policy["policy"])}
    default = policy["last_complete_week"].isoformat()

    def show(code: str) -> str:
        row = weeks[code]
        form = "filter.week_option" if row["is_complete"] else "filter.week_so_far"
        return words(form, week=words.week(row["week_start"]), days=words.week_span(row["week_start"]))

    first = default if default in weeks else next(iter(weeks))
    return date.fromisoformat(choose("week", words("filter.week"), list(weeks), first, show))
