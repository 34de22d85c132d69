"""The account that a link names: its policy, and what is said where it has nothing under the link's policy."""

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

import streamlit as st

from sla.ui import blocks
from sla.ui.scope import NO_POLICY
from sla.ui.snapshot import Row, report
from sla.words import Words


def linked_account() -> Row | None:
    """The row of review_accounts of the account that the link names, if there is such a one."""
    linked = st.query_params.get("account")
    return next(iter(report("review_accounts", account=linked)), None) if linked else None


def policy_of_account(rows: Mapping[str, Row]) -> str | None:
    """The policy among `rows` that measured most clocks of the account in a link that names no policy."""
    account = linked_account() if "policy" not in st.query_params else None
    return next((policy for policy in account["policies"] if policy in rows), None) if account else None


def account_elsewhere(account: Row, policy: str, names: Mapping[str, str], words: Words) -> None:
    """Draws a notice with a link to this very page for each policy that the account has something under.

    `account` is its row of review_accounts, `policy` the one chosen; `names` has the name of every policy by its id.
    """
    # A policy's name is in the reader's language, and reads in its direction also where it begins with Latin letters.
    said = escape(words("elsewhere.account", account=account["name"], policy=words.embedded(names[policy])))
    links = " ".join(
        f"<a href='{escape(_address(own, account['account']))}' target='_self'>"
        f"{escape(words('elsewhere.own', account=account['name'], policy=words.embedded(names[own])))}</a>"
        for own in account["policies"]
        if own in names
    )
    blocks.scrolling(f"<p class='notice' role='status'>{said} {links}</p>", words)


def _address(policy: str, account: str) -> str:
    """This page as the link has it, under another policy."""
    return f"?{urlencode(st.query_params.to_dict() | {'policy': policy or NO_POLICY, 'account': account})}"
