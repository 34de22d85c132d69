"""Which finished weeks the snapshot in use counts otherwise than the one before it: compared once, told on pages."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import streamlit as st

from sla import changes, store
from sla.changes import ChangedWeek
from sla.errors import Refused
from sla.ui import blocks, documents
from sla.ui.filters import scope
from sla.ui.snapshot import in_use, opened
from sla.words import Words
from sla.words import changes as sentences


@dataclass(frozen=True)
class Comparison:
    """The weeks that changed, the newest first; `as_of` is the snapshot before's, None where there is none.

    `refusal` says why the two cannot be compared, None where they were.
    """

    weeks: tuple[ChangedWeek, ...] = ()
    as_of: datetime | None = None
    refusal: str | None = None


def comparison(policy: str) -> Comparison:
    """The snapshot in use beside the one that was published before it."""
    path = in_use().path
    before = store.before(path) if in_use().has_file else None
    return Comparison() if before is None else _compared(str(before), str(path), policy)


def changed_line(words: Words) -> None:
    """One line on a page: which finished weeks of the policy changed, leading to the tickets that changed them."""
    policy = scope().policy
    found = comparison(policy["policy"])
    text = sentences.summary(found.weeks, found.as_of, found.refusal, policy["timezone"], words)
    if not found.weeks:
        blocks.quiet(text, words)
        return
    address = scope().link("definitions", words.language, part="changes")
    documents.linked(text, documents.Link(words("changes.all"), address), words)


@st.cache_data(max_entries=64, show_spinner=False)
def _compared(before: str, after: str, policy: str) -> Comparison:
    try:
        earlier = opened(Path(before))
        as_of = earlier.ask("snapshot_as_of", {})[0]["as_of"]
        later = opened(Path(after))
        return Comparison(changes.changed_weeks(earlier.connection, later.connection, policy), as_of)
    except Refused as reason:
        return Comparison(refusal=str(reason))
