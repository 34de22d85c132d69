"""Where the volumes of a review lead: to the tickets opened or solved that one of its numbers counts."""

from collections.abc import Iterator, Mapping

import streamlit as st

from sla.catalog import Value
from sla.review.content import Volume
from sla.ui import blocks, documents, work_lists
from sla.ui.filters import scope
from sla.ui.scope import FILTERS
from sla.ui.snapshot import report
from sla.words import Words

PAGE = "review"
COUNTS = ("opened", "before_opened", "solved", "before_solved")  # what stands in the link, and begins a Volume's field
DIMENSIONS = ("severity", "channel")
KINDS = {"opened": "arrival", "solved": "solved"}
WHOLE: Mapping[str, None] = dict.fromkeys(FILTERS)  # a review is about the whole account


def address(policy: str, volume: Volume, count: str, words: Words) -> str | None:
    """The address of the page with the tickets that one of COUNTS of a volume counts; None where it counts none."""
    if not getattr(volume, f"{count}_count"):
        return None
    of = {} if volume.dimension == "all" else {f"of_{volume.dimension}": volume.value}
    return scope().link(PAGE, words.language, volume=count, of_policy=policy, **of)


def tickets_behind_the_number(account: str, words: Words) -> None:
    """Draws the tickets of the account behind the number that the link names; nothing where it names none."""
    count, policy = (st.query_params.get(name) for name in ("volume", "of_policy"))
    if count not in COUNTS or policy is None:
        return
    period = scope().period.before if count.startswith("before_") else scope().period
    of = {name: st.query_params.get(f"of_{name}") for name in DIMENSIONS}
    whose: dict[str, Value] = {f"of_{name}": code for name, code in of.items()}
    days: dict[str, Value] = {"first_on": period.first_on, "last_on": period.last_on}
    choice = {**WHOLE, **whose, **days, "policy": policy, "account": account}
    named = [words.period(period.kind, period.first_on, period.last_on), *_names(policy, of, words)]
    blocks.heading(words("work_tickets.title"), words)
    work_lists.work(KINDS[count.removeprefix("before_")], words, choice, words("comma").join(named))
    documents.way_back(documents.Link(words("work_tickets.close"), scope().link(PAGE, words.language)), words)


def _names(policy: str, of: Mapping[str, str | None], words: Words) -> Iterator[str]:
    """What the chosen codes of DIMENSIONS are called."""
    values = report("scope_values", policy=policy, language=words.language)
    for name, code in of.items():
        if code is not None:
            known = (row["name"] for row in values if (row["dimension"], row["value"]) == (name, code))
            yield next(known, code) or words("review.volume.unnamed")
