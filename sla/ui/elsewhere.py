"""What is said where a link names an account that has nothing under the link's policy, and where that leads."""

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

import streamlit as st

from sla.ui import blocks
from sla.ui.scope import NO_POLICY
from sla.ui.snapshot import Row
from sla.words import Words


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
