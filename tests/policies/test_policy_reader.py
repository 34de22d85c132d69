"""What a sound policy file says."""

from datetime import date
from pathlib import Path

from policy_texts import SOUND, read

from sla.policies.model import Calendar, Plan, Severity, Target
from sla.policies.reader import read_policies

OPEN = '[calendars.other]\ntimezone = "UTC"\n'


def _other(hours: str) -> Calendar:
    """The calendar that hours make."""
    return read(SOUND + OPEN + hours).calendar("other")


def test_a_policy_has_its_texts_calendars_words_and_targets():
    policy = read(SOUND)
    assert (policy.id, policy.names, policy.sources) == ("example", {"en": "Example"}, {"und": "a document"})
    assert [calendar.name for calendar in policy.calendars] == ["always", "office"]
    assert policy.severities == (
        Severity("1", {"en": "Critical", "pt-BR": "Crítico"}, ("P1",)),
        Severity("2", {"en": "High"}),
    )
    assert policy.plans == (Plan("Pro", {}, ("Professional",)),)
    assert policy.targets == (
        Target("first_response", "1h", 3600, "always", ("1",), stops_on="agent_reply"),
        Target("first_response", "1 business day", 28800, "office", ("2",), stops_on="agent_reply"),  # 3 + 5 = 8 hours
    )


def test_what_is_left_out_has_its_default():
    policy = read(SOUND)
    assert policy.default_calendar == "always"  # the first
    assert policy.reporting_timezone == "UTC"  # the default calendar's
    assert (policy.valid_from, policy.objective, policy.default_plan, policy.duplicates) == (None, None, None, None)
    assert policy.stops_on == "agent_reply"


def test_the_reporting_zone_is_the_default_calendars():
    policy = read('default_calendar = "office"\n' + SOUND)
    assert policy.reporting_timezone == "America/Sao_Paulo"


def test_severities_and_plans_of_a_target_may_be_named_by_any_of_their_words():
    text = SOUND.replace('severities = ["1"]', 'severities = [" crítico "]\nplans = ["PROFESSIONAL"]')
    assert (read(text).targets[0].severities, read(text).targets[0].plans) == (("1",), ("Pro",))


def test_a_plan_that_only_a_target_names_is_a_plan():
    policy = read(SOUND.replace('severities = ["1"]', 'severities = ["1"]\nplans = ["Gold", "pro"]'))
    assert [plan.code for plan in policy.plans] == ["Pro", "Gold"]
    assert policy.targets[0].plans == ("Gold", "Pro")


def test_plans_do_not_matter_where_no_target_names_one():
    assert read(SOUND).knows_all_plans
    assert not read(SOUND.replace('severities = ["1"]', 'severities = ["1"]\nplans = ["Pro"]')).knows_all_plans


def test_a_default_plan_may_be_an_alias_or_one_nobody_knows():
    assert read('default_plan = "professional"\n' + SOUND).default_plan == "Pro"
    assert read('default_plan = "Standard"\n' + SOUND).default_plan == "Standard"


def test_around_the_clock_is_always_only_without_exceptions():
    assert read(SOUND).calendar("always").is_always
    assert not _other('hours = "24x7"\nholidays = ["2026-12-25"]').is_always
    assert _other('hours = "24x7"\nholidays = ["2026-12-25"]').hours == (((0, 1440),),) * 7


def test_the_days_end_is_midnight_and_an_end_before_its_start_runs_overnight():
    assert _other('hours.mon = [["18:00", "24:00"]]').hours[0] == ((1080, 1440),)
    assert _other('hours.mon = [["18:00", "00:00"]]').hours[0] == ((1080, 1440),)
    assert _other('hours.mon = [["22:00", "06:00"]]').hours[0] == ((1320, 1800),)  # 22 * 60, 24 * 60 + 6 * 60


def test_hours_that_touch_do_not_overlap():
    assert _other('hours.mon = [["12:00", "18:00"], ["09:00", "12:00"]]').hours[0] == ((540, 720), (720, 1080))
    assert _other('hours.sun = [["22:00", "06:00"]]\nhours.mon = [["06:00", "07:00"]]').hours[6] == ((1320, 1800),)


def test_dates_may_stand_in_quotes_or_without():
    calendar = _other('hours = "24x7"\nholidays = [2026-12-25, "2026-01-01"]\ndates.2026-12-24 = []')
    assert calendar.holidays == (date(2026, 1, 1), date(2026, 12, 25))
    assert calendar.dates == {date(2026, 12, 24): ()}


def test_a_country_and_a_part_of_one_have_holidays():
    assert _other('hours = "24x7"\nholiday_calendar = "BR"').holiday_calendar == "BR"
    assert _other('hours = "24x7"\nholiday_calendar = "BR-SP"').holiday_calendar == "BR-SP"


def test_a_calendar_that_opens_on_single_dates_opens():
    assert _other('hours.mon = []\ndates."2026-12-24" = [["09:00", "12:00"]]').dates == {
        date(2026, 12, 24): ((540, 720),)
    }


def test_an_overnight_shift_is_a_working_day_of_its_whole_length():
    text = SOUND.replace('hours.tue = [["10:00", "18:00"]]', 'hours.tue = [["22:00", "06:00"]]')
    assert read(text).targets[1].target_s == 28800  # 8 hours on Monday, 8 on the night from Tuesday


def test_two_business_days_are_twice_a_working_day():
    assert read(SOUND.replace('"1 business day"', '"2 business days"')).targets[1].target_s == 57600


def test_durations_are_seconds_minutes_and_hours():
    seconds = [read(SOUND.replace('"1h"', f'"{within}"')).targets[0].target_s for within in ("45s", "30m", "24h")]
    assert seconds == [45, 1800, 86400]


def test_an_empty_pause_list_is_not_the_same_as_none():
    bare, empty = read(SOUND), read(SOUND.replace('"1h"', '"1h"\npause_on = []'))
    assert (bare.targets[0].pause_on, empty.targets[0].pause_on) == (None, ())


def test_a_byte_order_mark_and_windows_line_ends_are_read():
    assert read("\ufeff" + SOUND.replace("\n", "\r\n")).id == "example"


def test_versions_of_a_folder_come_by_policy_and_day(tmp_path: Path):
    for name, day in (("c", None), ("a", "2026-01-01"), ("b", "2025-01-01")):
        line = f"valid_from = {day}\n" if day else ""
        (tmp_path / f"{name}.toml").write_text(line + SOUND)
    (tmp_path / "d.toml").write_text(SOUND.replace('"example"', '"another"'))
    read_back = [(policy.id, policy.valid_from) for policy in read_policies(tmp_path)]
    assert read_back == [
        ("another", None),
        ("example", None),
        ("example", date(2025, 1, 1)),
        ("example", date(2026, 1, 1)),
    ]


def test_every_key_that_a_policy_may_have_is_read():
    policy = read((Path(__file__).parent / "every_key.toml").read_text(encoding="utf-8"))
    assert (policy.valid_from, policy.objective, policy.default_plan) == (date(2025, 1, 1), 0.95, "Standard")
    assert (policy.default_calendar, policy.reporting_timezone) == ("office", "America/Sao_Paulo")
    assert policy.statuses["duplicate"] == ("Duplicate",)
    assert policy.duplicates == "same_subject"
    assert policy.calendar("office").closures == {date(2026, 11, 30): ((900, 960),)}
    assert policy.targets[0].pause_on == ("Pending",)
    assert policy.readings[0].otherwise[0].calendar == "office"
