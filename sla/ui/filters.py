"""What the frame asks the reader: policy, period, filters. Every choice stands in the link as a code, also a default.

Streamlit's own binding would write the translated words into the link and leave defaults out, so that last week's link
would show this week.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from sla.ui import blocks
from sla.ui.elsewhere import account_elsewhere, linked_account, policy_of_account
from sla.ui.scope import FILTERS, NO_POLICY, PERIODS, Period, PeriodKind, Scope, periods
from sla.ui.snapshot import Row, report
from sla.words import Words

ALL = ""
LONGEST_TEXT = 80
SCOPE = "scope of this run"
DEFAULT_METRIC = "default_metric"  # in the link, where nobody chose a metric
_SCOPE_KEYS = ("policy", "period", "week", "month", "quarter", "from", "to", *FILTERS)
_PASSED_OVER = "what the link asked for in vain"
# Own dates of a link: far enough from the ends of the calendar that what lies before and after them has dates as well.
_FIRST_DAY, _LAST_DAY = date(1970, 1, 1), date(2199, 12, 31)


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

    A link that names none of the options is passed over. `show` gives the words for a code. ALL stands in no link,
    but as a policy, where it is NO_POLICY.
    """
    _take(key, options, default)
    picked = st.selectbox(
        label,
        options,
        format_func=show,
        key=key,
        persist_state="session",
        label_visibility="collapsed" if is_label_hidden else "visible",
    )
    return _write(key, picked if picked is not None else default)


def ask_text(key: str, label: str, hint: str = "", *, of: str = "") -> str | None:
    """The text that the reader typed or the link has, without needless blanks; then written to the link.

    None while there is none. `hint` says in the empty field what can be typed. A text is kept for the pages that ask
    with the same `of`: what is looked for in comments finds no clock.
    """
    held = f"{key} of {of}" if of else key
    linked = st.query_params.get(key)
    if linked is not None and linked != st.session_state.get(f"{held} in the link"):
        st.session_state[held] = linked[:LONGEST_TEXT]
    st.session_state.setdefault(held, "")
    _tell(held)
    typed = st.text_input(label, key=held, max_chars=LONGEST_TEXT, placeholder=hint, persist_state="session")
    text = " ".join((typed or "").split())
    st.session_state[f"{held} in the link"] = text
    return _write(key, text) or None


def hold(key: str, options: Sequence[str], default: str) -> str:
    """The same choice where nobody is asked."""
    return _write(key, _take(key, options, default))


def scope() -> Scope:
    """What the filters of the frame say in this run."""
    chosen: Scope = st.session_state[SCOPE]
    return chosen


def choose_scope(words: Words, *, is_asked: bool) -> None:
    """Makes the scope of this run: from the filters, drawn where `is_asked`, else from the link and the session."""
    pick = choose if is_asked else _held
    _let_go_of_what_the_link_leaves_out()
    asked = {key: st.query_params[key] for key in _SCOPE_KEYS if _is_new(key)}
    rows = {row["policy"]: row for row in report("policies", language=words.language)}
    promising = (policy for policy, row in rows.items() if row["target_metrics"])
    first = policy_of_account(rows) or next(promising, next(iter(rows)))
    names = {policy: row["name"] or words("filter.no_policy") for policy, row in rows.items()}
    if not is_asked:
        policy = rows[pick("policy", "", list(rows), first, names.__getitem__)]
        st.session_state[SCOPE] = Scope(policy, _period(policy, words, pick), **_filters(policy, words, is_asked))
        return
    with st.container(key="filters"):
        for_policy, for_kind, for_period, for_more = st.columns([3, 2, 4, 3], vertical_alignment="bottom")
        with for_policy:
            policy = rows[pick("policy", words("filter.policy"), list(rows), first, names.__getitem__)]
        with for_kind:
            kind = _kind(words, pick)
        with for_period:
            period = _period_of_kind(kind, policy, words, pick)
        with for_more:
            filters = _filters(policy, words, is_asked)
    st.session_state[SCOPE] = Scope(policy, period, **filters)
    _say_what_was_passed_over(asked, words)
    if not policy["is_known"]:
        key = "filter.unknown_policy" if policy["policy"] else "filter.unnamed_policy"
        blocks.notice(words(key, policy=policy["policy"]), words)
    lost = linked_account() if filters["account"] is None else None
    if lost:
        account_elsewhere(lost, policy["policy"], names, words)


def choose_metric(metrics: Sequence[str], words: Words, every: str = "") -> str:
    """The metric chosen among these, or ALL where `every` names all of them; ALL, else the first, where nobody chose.

    One that the reader or a link chose stays on the next page; one that was only the default of a page does not. A
    default stands in the link as well, so that it shows the same numbers next month, but under a name of its own:
    whoever opens the link, or loads the page again, goes on as whoever copied it would.
    """
    names = ({ALL: every} if every else {}) | {metric: words.named("metric", metric) for metric in metrics}
    held, linked = st.session_state, st.query_params.get(DEFAULT_METRIC)
    is_new = linked in names and linked != held.get(f"{DEFAULT_METRIC} in the link")
    if "metric" not in st.query_params and (is_new or held.get("metric") == held.get("metric by default")):
        held["metric"] = held["metric by default"] = linked if linked in names else next(iter(names))
    _take("metric", list(names), next(iter(names)))
    picked = st.selectbox(
        words("filter.metric"), list(names), format_func=names.__getitem__, key="metric", persist_state="session"
    )
    chosen: str = picked if picked is not None else next(iter(names))
    is_default = chosen == held.get("metric by default")
    _write(DEFAULT_METRIC, chosen if is_default else ALL)
    _write("metric", ALL if is_default else chosen)
    held["metric by default"] = chosen if is_default else None
    return chosen


def _period(policy: Row, words: Words, pick: Callable[..., str]) -> Period:
    return _period_of_kind(_kind(words, pick), policy, words, pick)


def _kind(words: Words, pick: Callable[..., str]) -> PeriodKind:
    label = words("filter.period")
    code = pick("period", label, PERIODS, PERIODS[0], lambda kind: words.named("period", kind))
    return next(kind for kind in PERIODS if kind == code)


def _period_of_kind(kind: PeriodKind, policy: Row, words: Words, pick: Callable[..., str]) -> Period:
    """The period of a kind; weeks, months and quarters are those from the first with clocks to the as-of instant."""
    _forget({"week", "month", "quarter"} - {kind} | (set() if kind == "dates" else {"from", "to"}))
    today = policy["as_of"].replace(tzinfo=UTC).astimezone(ZoneInfo(policy["timezone"])).date()
    if kind == "dates":
        return _own_dates(policy, today, words, is_asked=pick is choose)
    offered = {period.first_on.isoformat(): period for period in periods(kind, policy["first_week"], today)}
    codes = list(offered)
    is_over = offered[codes[0]].last_on < today or len(codes) == 1
    default = codes[0] if is_over else codes[1]
    return offered[
        pick(kind, words.named("period", kind), codes, default, lambda code: _named(offered[code], words, today))
    ]


def _named(period: Period, words: Words, today: date) -> str:
    name = words.period(period.kind, period.first_on, period.last_on)
    return name if period.last_on < today else words("filter.so_far", period=name)


def _own_dates(policy: Row, today: date, words: Words, *, is_asked: bool) -> Period:
    """The days from and to which the reader chose; the last four weeks unless the link says otherwise."""
    linked = tuple(_day(st.query_params.get(name)) for name in ("from", "to"))
    written = st.session_state.get("dates in the link")
    first, last = st.session_state.get("dates held") or (today - timedelta(days=27), today)
    if linked[0] and linked[1] and linked != written and linked[0] <= linked[1]:
        first, last = linked[0], linked[1]
        st.session_state["dates"] = (first, last)
    if is_asked:
        st.session_state.setdefault("dates", (first, last))
        picked = st.date_input(
            words.named("period", "dates"), key="dates", format="DD/MM/YYYY", persist_state="session"
        )
        if isinstance(picked, tuple) and len(picked) == 2:  # one day alone: the second is still to be picked
            first, last = picked
    st.session_state["dates held"] = st.session_state["dates in the link"] = (first, last)
    for name, day in (("from", first), ("to", last)):
        if st.query_params.get(name) != day.isoformat():
            st.query_params[name] = day.isoformat()
    return Period("dates", first, last)


def _filters(policy: Row, words: Words, is_asked: bool) -> dict[str, str | None]:
    """The filters, asked for in a box that costs nothing while it is shut."""
    values: dict[str, dict[str, str]] = {name: {} for name in FILTERS}
    managed: dict[str, str | None] = {}
    for row in report("scope_values", policy=policy["policy"], language=words.language):
        values[row["dimension"]][row["value"]] = row["name"]
        if row["dimension"] == "account":
            managed[row["value"]] = row["manager"]
    values["manager"] = {manager: manager for manager in sorted({manager for manager in managed.values() if manager})}
    is_elsewhere = is_asked and _is_elsewhere(values["account"])
    held = {name: hold(name, [ALL, *values[name]], ALL) for name in FILTERS if name != "account" or not is_elsewhere}
    held.setdefault("account", ALL)  # the link keeps the account, which the notice is about
    if held["manager"] and managed.get(held["account"], held["manager"]) != held["manager"]:
        held["account"] = st.session_state["account"] = _write("account", ALL)
    if not is_asked:
        return {name: code or None for name, code in held.items()}
    active = [values[name][code] for name, code in held.items() if code]
    label = words("filter.active", filters=words.listed(active)) if active else words("filter.none_active")
    with st.popover(label, key="more filters", on_change="rerun", width="stretch") as box:
        if box.open:
            for name in FILTERS:
                offered = values[name]
                if name == "account" and held["manager"]:
                    offered = {code: shown for code, shown in offered.items() if managed[code] == held["manager"]}
                if offered:
                    held[name] = choose(
                        name,
                        words.named("filter", name),
                        [ALL, *offered],
                        ALL,
                        {ALL: words(f"filter.every.{name}"), **offered}.__getitem__,
                    )
    return {name: code or None for name, code in held.items()}


def _is_elsewhere(offered: Collection[str]) -> bool:
    """Whether a new link names an account that other policies alone know; the reader may then choose one of these."""
    linked = st.query_params.get("account")
    if linked is None or linked in offered or linked == st.session_state.get("account in the link"):
        return False
    if linked != st.session_state.get("account elsewhere"):
        if linked_account() is None:
            return False
        st.session_state["account elsewhere"], st.session_state["account"] = linked, ALL
    return bool(st.session_state["account"] == ALL)


def _held(key: str, label: str, options: Sequence[str], default: str, show: Callable[[str], str]) -> str:
    return hold(key, options, default)


def _take(key: str, options: Sequence[str], default: str) -> str:
    """What link, session or default say, put where the widget of that key finds it."""
    linked = st.query_params.get(key)
    if key == "policy" and linked == NO_POLICY:
        linked = ALL
    if linked in options and linked != st.session_state.get(f"{key} in the link"):
        st.session_state[key] = linked  # a new link, or the browser's way back
        st.session_state[f"{key} by default"] = None
    if st.session_state.get(key) not in options:
        st.session_state[key] = st.session_state[f"{key} by default"] = default
    return _tell(key)


def _tell(key: str) -> str:
    """What the session has under a key; on a page just opened it is written anew.

    Streamlit makes a widget of its own for each page, which begins as if nothing were chosen.
    """
    chosen: str = st.session_state[key]
    context = get_script_run_ctx()
    page = context.page_script_hash if context else None
    if st.session_state.get(f"{key} on page") != page:
        st.session_state[key] = chosen
        st.session_state[f"{key} on page"] = page
    say_anew(key)
    return chosen


def say_anew(key: str) -> None:
    """Called before a box is drawn: Streamlit would go on showing its choice in the language of before."""
    language = st.session_state.get("lang")
    if key in st.session_state and st.session_state.get(f"{key} said in") != language:
        st.session_state[key] = st.session_state[key]
    st.session_state[f"{key} said in"] = language


def _write(key: str, chosen: str) -> str:
    code = NO_POLICY if key == "policy" and chosen == ALL else chosen
    if code == ALL:
        _forget({key})
    elif st.query_params.get(key) != code:
        st.query_params[key] = code
    st.session_state[f"{key} in the link"] = chosen
    if chosen != st.session_state.get(f"{key} by default"):
        st.session_state[f"{key} by default"] = None
    return chosen


def _let_go_of_what_the_link_leaves_out() -> None:
    """Lets go of the filters that a link does not name, as on the browser's way back to before they were chosen."""
    if not {"policy", "period"} <= set(st.query_params):  # the navigation leaves nothing of the link, and keeps them
        return
    for name in set(FILTERS) - set(st.query_params):
        if st.session_state.get(f"{name} in the link"):
            st.session_state[name] = ALL


def _is_new(key: str) -> bool:
    """Whether a link that was just opened says something of a key."""
    linked = st.query_params.get(key)
    if key in ("from", "to"):
        return linked is not None and _day(linked) not in (st.session_state.get("dates in the link") or ())
    return linked not in (None, ALL) and linked != st.session_state.get(f"{key} in the link")


def _say_what_was_passed_over(asked: Mapping[str, str], words: Words) -> None:
    """Names what a new link asked for and the scope has not, until the reader chooses something else.

    A number that is wider than a link meant it to be must not look like that number.
    """
    here = scope()
    shown = here.codes(words.language) | ({"policy": NO_POLICY} if here.filters["policy"] == ALL else {})
    lost = [
        key
        for key, value in asked.items()
        if shown.get(key) not in (value, f"{_day(value)}")
        # An account that another policy knows has a notice of its own.
        and not (key == "account" and linked_account())
    ]
    if lost:
        named = [words("filter.asked_for", filter=_label(key, words), value=asked[key][:LONGEST_TEXT]) for key in lost]
        st.session_state[_PASSED_OVER] = (here.values, words.listed(named))
    of, told = st.session_state.get(_PASSED_OVER, (None, ""))
    if of == here.values:
        blocks.notice(words("filter.passed_over", asked=told), words)


def _label(key: str, words: Words) -> str:
    if key in ("policy", "period"):
        return words(f"filter.{key}")
    return words.named("filter" if key in FILTERS else "period", "dates" if key in ("from", "to") else key)


def _forget(keys: set[str]) -> None:
    for key in keys & set(st.query_params):
        del st.query_params[key]


def _day(text: str | None) -> date | None:
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        return None
    return day if day and _FIRST_DAY <= day <= _LAST_DAY else None
