"""What a policy is refused for: every mistake with line, key, what was expected and what came."""

import pytest
from policy_texts import SOUND, mistakes


def test_the_sound_policy_has_no_mistake():
    assert mistakes(SOUND) == []


# what stands in the sound policy, what takes its place, and the mistake that follows
CASES = {
    "an unknown key": (
        'source = "a document"',
        'sorce = "a document"',
        "3: sorce: expected one of id, name, source,",
    ),
    "its likely spelling": (
        'source = "a document"',
        'sorce = "x"',
        '3: sorce: * found an unknown key (did you mean "source"?).',
    ),
    "an unknown key in a target": (
        'within = "1h"',
        'within = "1h"\nwithn = 1',
        "31: targets[1].withn: expected one of",
    ),
    "no id": ('id = "example"', "", "1: id: expected this key, but it is missing; add it."),
    "an empty id": ('id = "example"', 'id = " "', '1: id: expected a text in quotes that is not empty, but found " ".'),
    "a wrong type": ('id = "example"', "id = 7", "1: id: expected a text in quotes that is not empty, but found 7."),
    "a language that is none": (
        '{ en = "Example" }',
        '{ English = "Example" }',
        "2: name.English: expected a language code",
    ),
    "a name that is no text": ('{ en = "Example" }', "{ en = 3 }", "2: name.en: expected a text in quotes"),
    "an objective in per cent": (
        'id = "example"',
        'id = "example"\nobjective = 95',
        "2: objective: expected a share above 0 and",
    ),
    "a date and time": (
        'id = "example"',
        'id = "example"\nvalid_from = 2025-01-01T00:00:00',
        "2: valid_from: expected a date such as 2026-12-25, but found 2025-01-01 00:00:00.",
    ),
    "an unknown way of duplicates": (
        'id = "example"',
        'id = "example"\nduplicates = "same"',
        '2: duplicates: expected one of same_subject, but found "same".',
    ),
    "a default calendar that is not there": (
        'id = "example"',
        'id = "example"\ndefault_calendar = "night"',
        '2: default_calendar: expected a calendar of this file (always, office), but found "night".',
    ),
    "an unknown reporting zone": (
        'id = "example"',
        'id = "example"\nreporting_timezone = "BRT"',
        '2: reporting_timezone: expected an IANA time zone such as "America/Sao_Paulo" or "UTC", but found "BRT".',
    ),
    "a status in two classes": (
        'id = "example"',
        'id = "example"\nstatuses.waiting = ["Held"]\nstatuses.solved = [" held "]',
        '3: statuses.solved: expected words of its own, but "held" stands in waiting too.',
    ),
    "statuses that are no list": (
        'id = "example"',
        'id = "example"\nstatuses.waiting = "Held"',
        '2: statuses.waiting: expected a list of words such as ["…", "…"], but found "Held".',
    ),
    "an unknown class": (
        'id = "example"',
        'id = "example"\nstatuses.hold = []',
        "2: statuses.hold: expected one of open,",
    ),
    "an unknown zone": (
        'timezone = "UTC"',
        'timezone = "Brasilia"',
        "6: calendars.always.timezone: expected an IANA time zone",
    ),
    "an offset for a zone": (
        'timezone = "UTC"',
        'timezone = "-03:00"',
        "6: calendars.always.timezone: expected an IANA time",
    ),
    "a calendar without hours": (
        'hours = "24x7"',
        "",
        "5: calendars.always.hours: expected this key, but it is missing",
    ),
    "a calendar that never opens": (
        'hours = "24x7"',
        "hours.mon = []",
        "7: calendars.always.hours: expected at least one open hour, but this calendar never opens",
    ),
    "a calendar that opens on holidays only": (
        'hours = "24x7"',
        'hours.mon = []\nholidays = ["2026-12-25"]\ndates."2026-12-25" = [["09:00", "12:00"]]',
        "7: calendars.always.hours: expected at least one open hour, but this calendar never opens",
    ),
    "unknown hours": (
        'hours = "24x7"',
        'hours = "24/7"',
        '7: calendars.always.hours: expected "24x7" or hours by weekday',
    ),
    "an unknown weekday": (
        "hours.mon",
        "hours.monday",
        "11: calendars.office.hours.monday: expected one of mon, tue, wed,",
    ),
    "hours that overlap": (
        '["13:00", "18:00"]',
        '["11:59", "18:00"]',
        "11: calendars.office.hours.mon: expected hours that do not overlap, but 09:00–12:00 and 11:59–18:00 do.",
    ),
    "hours that overlap overnight": (
        '["13:00", "18:00"]',
        '["22:00", "10:01"]',
        "12: calendars.office.hours.tue: expected hours that do not overlap, but 10:00–18:00 begins before the "
        "overnight hours 22:00–10:01 of mon end.",
    ),
    "a time that is none": (
        '["13:00", "18:00"]',
        '["13:00", "25:00"]',
        '11: calendars.office.hours.mon[2]: expected times from "00:00" to "24:00", but found "25:00".',
    ),
    "a time without quotes": (
        '["13:00", "18:00"]',
        "[13, 18]",
        '11: calendars.office.hours.mon[2]: expected times from "00:00" to "24:00", but found 13.',
    ),
    "the day's end as a start": (
        '["13:00", "18:00"]',
        '["24:00", "18:00"]',
        "11: calendars.office.hours.mon[2]: expected a start",
    ),
    "hours of no length": (
        '["13:00", "18:00"]',
        '["13:00", "13:00"]',
        "11: calendars.office.hours.mon[2]: expected a start and",
    ),
    "hours that are no pair": (
        '[["10:00", "18:00"]]',
        '["10:00", "18:00"]',
        '12: calendars.office.hours.tue[1]: expected a start and an end such as ["09:00", "18:00"], but found "10:00".',
    ),
    "a holiday that is no date": (
        'hours = "24x7"',
        'hours = "24x7"\nholidays = ["2026-02-30"]',
        '8: calendars.always.holidays[1]: expected a date such as "2026-12-25", but found "2026-02-30".',
    ),
    "an unknown holiday calendar": (
        'hours = "24x7"',
        'hours = "24x7"\nholiday_calendar = "Brazil"',
        "8: calendars.always.holiday_calendar: expected a country or a part of one by the names of the holidays "
        'package, such as "BR" or "BR-SP", but found "Brazil".',
    ),
    "an unknown part of a country": (
        'hours = "24x7"',
        'hours = "24x7"\nholiday_calendar = "BR-XX"',
        '8: * but found "BR-XX".',
    ),
    "hours of no date": (
        'hours = "24x7"',
        'hours = "24x7"\ndates."24/12/2026" = []',
        '8: calendars.always.dates."24/12/2026": expected a date such as "2026-12-24", but found "24/12/2026".',
    ),
    "a closure that is no window": (
        'hours = "24x7"',
        'hours = "24x7"\nclosures."2026-12-24" = "09:00"',
        '8: calendars.always.closures.2026-12-24: expected a list of hours such as [["09:00", "18:00"]], but found '
        '"09:00".',
    ),
    "two severities of one code": (
        'code = "2"',
        'code = "1"',
        '20: severities[2].code: expected a code of its own, but "1"',
    ),
    "a word of two severities": (
        'name = { en = "High" }',
        'name = { en = " crítico" }',
        '19: severities[2]: expected words of its own for "2", but "crítico" means "1" already.',
    ),
    "a severity without a code": ('code = "2"', "", "19: severities[2].code: expected this key, but it is missing"),
    "an unknown metric": (
        'metric = "first_response"\nseverities = ["2"]',
        'metric = "first_reply"\nseverities = ["2"]',
        "34: targets[2].metric: expected one of first_response, next_response, periodic_update, resolution, but found",
    ),
    "an unknown severity": (
        'severities = ["2"]',
        'severities = ["3"]',
        '35: targets[2].severities: expected severities of this file (1, 2), but found "3".',
    ),
    "no severity": (
        'severities = ["2"]',
        "severities = []",
        "35: targets[2].severities: expected at least one, but found an",
    ),
    "an unknown calendar": (
        'calendar = "office"',
        'calendar = "night"',
        '37: targets[2].calendar: expected a calendar of this file (always, office), but found "night".',
    ),
    "a target without a calendar": (
        'calendar = "office"',
        "",
        "33: targets[2].calendar: expected this key, but it is missing",
    ),
    "a plain day": (
        'within = "1h"',
        'within = "1d"',
        '30: targets[1].within: expected hours such as "24h", or "1 business day", but found "1d": a day is 24 '
        "hours around the clock or the 8 open hours of an office, and a plain day hides that factor of three.",
    ),
    "a plain day in words": (
        'within = "1h"',
        'within = "2 days"',
        '30: targets[1].within: expected hours such as "24h", or',
    ),
    "half an hour as a fraction": (
        'within = "1h"',
        'within = "1.5h"',
        "30: targets[1].within: expected whole seconds, minutes",
    ),
    "a number for a duration": ('within = "1h"', "within = 60", "30: targets[1].within: expected a text in quotes"),
    "no time at all": (
        'within = "1h"',
        'within = "0s"',
        '30: targets[1].within: expected more than nothing, but found "0s".',
    ),
    "a stop that is none": (
        'within = "1h"',
        'within = "1h"\nstops_on = "reply"',
        '31: targets[1].stops_on: expected one of agent_reply, acknowledged, but found "reply".',
    ),
    "a stop of another metric": (
        'metric = "first_response"\nseverities = ["2"]',
        'metric = "resolution"\nstops_on = "acknowledged"',
        "35: targets[2].stops_on: expected this key only where metric is first_response, but that is resolution.",
    ),
    "two stops of one policy": (
        'within = "1h"',
        'within = "1h"\nstops_on = "acknowledged"',
        "34: targets[2].stops_on: expected one stops_on for all first_response targets of a policy, but this is "
        '"agent_reply" and line 27 says "acknowledged".',
    ),
    "two targets for one severity": (
        'severities = ["2"]',
        'severities = ["2", "P1"]',
        "33: targets[2]: expected one first_response target for severity 1 and every plan, but line 27 has one "
        "already.",
    ),
    "two targets for one plan": (
        'severities = ["2"]',
        'plans = ["pro"]',
        "33: targets[2]: expected one first_response target for severity 1 and plan Pro, but line 27 has one already.",
    ),
}


@pytest.mark.parametrize(("there", "instead", "said"), CASES.values(), ids=CASES.keys())
def test_a_mistake_is_named_with_its_line_and_key(there: str, instead: str, said: str):
    assert SOUND.count(there) == 1 or there == "hours.mon"
    found = mistakes(SOUND.replace(there, instead, 1))
    assert any(_says(mistake, said) for mistake in found), "\n".join(found)


def _says(mistake: str, said: str) -> bool:
    """Whether a mistake begins as it should, and ends so where a star stands between."""
    beginning, star, end = said.partition("*")
    return mistake.startswith("p.toml:" + beginning.rstrip()) and (not star or mistake.endswith(end))


def test_a_business_day_needs_weekdays_of_equal_length():
    # Monday 3 + 5 = 8 hours, Tuesday 9
    text = SOUND.replace('["10:00", "18:00"]', '["09:00", "18:00"]')
    assert mistakes(text) == [
        "p.toml:36: targets[2].within: a business day needs a calendar whose open weekdays all have the same open "
        'time, but in "office" they have 8 and 9 hours; write hours such as "8h" instead.'
    ]
