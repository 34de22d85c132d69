"""Definitions and data: what each number means, what was promised, where the data came from, what is in no number."""

import streamlit as st

from sla.ui import blocks, choose, definitions, left_out, report, require_frame, spoken
from sla.words import Words

require_frame()

PARTS = ("meanings", "policies", "readings", "data", "left_out", "changes")
OF_A_POLICY = {"policies", "readings", "left_out", "changes"}


def show(words: Words) -> None:
    """Asks which part, and of which policy where the part has one, and draws it."""
    with st.container(key="definitions-choices"):
        for_part, for_policy = st.columns(2, vertical_alignment="bottom")
        with for_part:
            part = choose(
                *("part", words("definitions.part"), PARTS, PARTS[0]),
                lambda code: words.named("definitions.parts", code),
            )
        if part in OF_A_POLICY:
            with for_policy:
                choose_policy(words)
    blocks.lead(words.named("definitions.parts", part), words)
    match part:
        case "meanings":
            definitions.meanings(words)
        case "policies":
            definitions.policies(words)
        case "readings":
            definitions.readings(words)
        case "data":
            definitions.built_from(words)
        case "left_out":
            left_out.rejected(words)
            left_out.excluded(words)
            left_out.warnings(words)
        case "changes":
            left_out.changed_weeks(words)


def choose_policy(words: Words) -> None:
    """Which policy the page is about; the frame holds it from page to page."""
    names = {
        row["policy"]: row["name"] or words("filter.no_policy") for row in report("policies", language=words.language)
    }
    choose("policy", words("filter.policy"), list(names), next(iter(names)), names.__getitem__)


show(spoken())
