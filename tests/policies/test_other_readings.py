"""A policy as its document could also have been read."""

from policy_texts import SOUND, read

from sla.policies.model import Policy, Target
from sla.policies.readings import with_other_reading

UPDATE = """
[[targets]]
metric = "periodic_update"
plans = ["Pro", "Free"]
within = "4h"
calendar = "always"
"""


def _otherwise(changes: str, text: str = SOUND) -> Policy:
    policy = read(text + f'\n[[readings]]\nquestion = "?"\nchosen = "!"\notherwise = {changes}\n')
    return with_other_reading(policy, policy.readings[0])


def test_no_change_leaves_every_target():
    assert _otherwise("[]").targets == read(SOUND).targets


def test_a_change_replaces_the_keys_it_gives_and_leaves_the_others():
    changed = _otherwise('[{ metric = "first_response", severities = ["1"], within = "30m" }]')
    assert changed.targets == (
        Target("first_response", "30m", 1800, "always", ("1",), stops_on="agent_reply"),
        read(SOUND).targets[1],
    )


def test_a_business_day_is_counted_anew_on_another_calendar():
    changed = _otherwise('[{ severities = ["2"], calendar = "always" }]')
    # a working day around the clock is 24 hours
    assert (
        Target("first_response", "1 business day", 86400, "always", ("2",), stops_on="agent_reply") in changed.targets
    )


def test_a_change_without_severities_meets_every_one():
    assert {target.within for target in _otherwise('[{ within = "5m" }]').targets} == {"5m"}


def test_a_target_that_is_met_in_part_is_divided():
    changed = _otherwise(
        '[{ metric = "periodic_update", severities = ["1"], plans = ["Free"], within = "2h" }]', SOUND + UPDATE
    )
    assert {(target.severities, target.plans, target.within) for target in changed.targets[2:]} == {
        (("2",), ("Pro", "Free"), "4h"),
        (("1",), ("Pro",), "4h"),
        (("1",), ("Free",), "2h"),
    }


def test_a_removed_target_is_gone():
    assert [target.severities for target in _otherwise('[{ severities = ["1"], remove = true }]').targets] == [("2",)]


def test_a_change_that_meets_no_target_is_added():
    changed = _otherwise('[{ metric = "resolution", severities = ["1"], within = "9h", calendar = "office" }]')
    assert changed.targets == (*read(SOUND).targets, Target("resolution", "9h", 32400, "office", ("1",)))


def test_an_added_first_response_stops_as_the_others_do():
    text = SOUND.replace('severities = ["2"]\nwithin', 'severities = ["2"]\nplans = ["Pro"]\nwithin').replace(
        "within =", 'stops_on = "acknowledged"\nwithin ='
    )
    change = '[{ metric = "first_response", severities = ["2"], plans = ["Free"], within = "9h", calendar = "always" }]'
    changed = _otherwise(change, text + UPDATE)
    assert {target.stops_on for target in changed.targets if target.metric == "first_response"} == {"acknowledged"}


def test_another_stop_holds_for_every_first_response():
    assert _otherwise('[{ metric = "first_response", stops_on = "acknowledged" }]').stops_on == "acknowledged"


def test_another_default_calendar_changes_no_target():
    changed = _otherwise('[{ default_calendar = "office" }]')
    assert (changed.default_calendar, changed.targets) == ("office", read(SOUND).targets)


def test_the_default_calendar_may_stand_beside_otherwise():
    policy = read(SOUND + '\n[[readings]]\nquestion = "?"\nchosen = "!"\ndefault_calendar = "office"\n')
    assert with_other_reading(policy, policy.readings[0]).default_calendar == "office"


def test_changes_follow_one_another():
    changed = _otherwise('[{ calendar = "always" }, { severities = ["2"], within = "2h" }]')
    assert [(target.within, target.calendar) for target in changed.targets] == [("1h", "always"), ("2h", "always")]
