"""Asks which account a page is about, by its manager where managers are known; the answer is the frame's filter."""

import streamlit as st

from sla.ui.filters import ALL, choose, scope
from sla.ui.snapshot import Row, report
from sla.words import LANGUAGES, OWN_NAMES, Words, nearest

_ASKED = "account asked for"


def choose_account(words: Words) -> Row | None:
    """Draws the choice of account and of language, and gives the account's row of review_accounts; None while none is
    chosen. Whoever chooses an account of another policy than the frame's has that policy in the frame from then on.
    """
    rows = {row["account"]: row for row in report("review_accounts")}
    chosen = scope().account
    with st.container(key="review-choice"):
        by_manager, by_name, by_language = st.columns([3, 4, 3], vertical_alignment="bottom")
        with by_manager:
            offered = _of_manager(rows, chosen, words)
        with by_name:
            # What the frame says holds, also where the filter was changed there.
            st.session_state[_ASKED] = chosen or ALL
            st.selectbox(
                words("review.page.account"),
                [ALL, *offered],
                format_func=_names(offered, words).__getitem__,
                key=_ASKED,
                on_change=_follow,
                args=({account: row["policies"] for account, row in rows.items()},),
            )
        with by_language:
            _ask_language(rows.get(chosen or ALL), words)
    return rows.get(chosen or ALL)


def review_language(account: Row, words: Words) -> str:
    """The language of the review: the one picked, else the account's, else the reader's."""
    picked: str = st.session_state.get("review_lang", ALL)
    return picked or _own(account, words)


def _of_manager(rows: dict[str, Row], chosen: str | None, words: Words) -> dict[str, Row]:
    """The accounts of the manager asked for, all where managers are unknown; the chosen one always."""
    managers = sorted({row["manager"] for row in rows.values() if row["manager"]})
    if not managers:
        return rows
    manager = choose(
        "review_manager",
        words("review.page.manager"),
        [ALL, *managers],
        ALL,
        lambda code: code or words("filter.every.manager"),
    )
    return {account: row for account, row in rows.items() if manager in (ALL, row["manager"]) or account == chosen}


def _ask_language(account: Row | None, words: Words) -> None:
    own = OWN_NAMES[_own(account, words)]
    choose(
        "review_lang",
        words("review.page.language"),
        [ALL, *LANGUAGES],
        ALL,
        lambda code: OWN_NAMES.get(code) or words("review.page.own_language", language=own),
    )


def _own(account: Row | None, words: Words) -> str:
    return nearest(account["language"]) if account and account["language"] else words.language


def _names(rows: dict[str, Row], words: Words) -> dict[str, str]:
    return {ALL: words("review.page.no_account")} | {account: row["name"] for account, row in rows.items()}


def _follow(policies: dict[str, list[str]]) -> None:
    """Puts the answer where the frame finds it in the run that follows, and the account's policy with it."""
    account = st.session_state[_ASKED]
    st.session_state["account"] = account
    st.session_state["manager"] = ALL
    if account and scope().policy["policy"] not in policies[account]:
        st.session_state["policy"] = policies[account][0]
