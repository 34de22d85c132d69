"""What a reading of a policy is refused for."""

import pytest
from policy_texts import SOUND, mistakes

READING = """
[[readings]]
question = "?"
chosen = "!"
otherwise = [
    { %s },
]
"""
READING_CASES = {
    "an unknown key": ('sevrity = "1"', "otherwise[1].sevrity: expected one of metric, severities, plans, within,"),
    "no effect": ('severities = ["1"]', "otherwise[1]: expected what changes: one of within, calendar, stops_on,"),
    "an unknown calendar": (
        'calendar = "night"',
        "otherwise[1].calendar: expected a calendar of this file (always, office)",
    ),
    "an unknown severity": (
        'severities = ["9"], within = "1h"',
        "otherwise[1].severities: expected severities of this file (1, 2)",
    ),
    "an unknown plan": (
        'plans = ["Fre"], within = "1h"',
        "otherwise[1].plans: expected plans of this file (Pro), but found",
    ),
    "a plain day": (
        'metric = "first_response", within = "1d"',
        'otherwise[1]: expected hours such as "24h", or "1 business',
    ),
    "a removal that says more": (
        'remove = true, within = "1h"',
        "otherwise[1].within: expected nothing but metric, severities",
    ),
    "a removal of nothing": (
        'metric = "resolution", remove = true',
        "otherwise[1]: expected to remove a target, but there is",
    ),
    "a removal in quotes": (
        'remove = "yes"',
        'otherwise[1].remove: expected true or false without quotes, but found "yes".',
    ),
    "half an addition": (
        'metric = "resolution", within = "9h"',
        "otherwise[1]: expected metric, within and calendar, for this",
    ),
    "a stop for one of two": (
        'severities = ["1"], stops_on = "acknowledged"',
        "otherwise: expected one stops_on for all",
    ),
}


@pytest.mark.parametrize(("change", "said"), READING_CASES.values(), ids=READING_CASES.keys())
def test_a_mistake_in_another_reading_is_named_with_its_line_and_key(change: str, said: str):
    found = mistakes(SOUND + READING % change)
    line = 42 if said.startswith("otherwise:") else 43  # the sound policy ends on line 37, then a blank one
    assert any(mistake.startswith(f"p.toml:{line}: readings[1].{said}") for mistake in found), "\n".join(found)


def test_a_reading_needs_its_question_and_what_was_chosen():
    assert [mistake.split(": expected")[0] for mistake in mistakes(SOUND + "\n[[readings]]\n")] == [
        "p.toml:39: readings[1].question",
        "p.toml:39: readings[1].chosen",
    ]
