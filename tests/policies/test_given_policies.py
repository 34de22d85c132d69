"""The four policies against what their documents say, worked out by hand."""

import re
from pathlib import Path

import pytest

from sla.policies.model import Policy, Texts
from sla.policies.reader import read_policies
from sla.policies.readings import with_other_reading
from sla.policies.target_reader import cells

FOLDER = Path(__file__).parents[2] / "data" / "policies"
DOCUMENTS = Path(__file__).parent / "documents"
LANGUAGES = {"en", "pt-BR", "ar"}
POLICIES = {policy.id: policy for policy in read_policies(FOLDER)}
HOUR = 3600


def _document(policy: str, language: str) -> str:
    return (DOCUMENTS / f"{policy}.{language}.txt").read_text(encoding="utf-8")


def _promises(policy: Policy, metric: str) -> dict[tuple[str, str], tuple[int, str]]:
    """Target seconds and calendar by severity and plan ('' where every plan is meant)."""
    severities = [severity.code for severity in policy.severities]
    plans = [] if policy.knows_all_plans else [plan.code for plan in policy.plans]
    return {
        cell: (target.target_s, target.calendar)
        for target in policy.targets
        if target.metric == metric
        for cell in cells(target, severities, plans)
    }


def _otherwise(policy: str, question: str) -> Policy:
    reading = next(reading for reading in POLICIES[policy].readings if question in reading.questions["en"])
    return with_other_reading(POLICIES[policy], reading)


def test_the_four_policies_are_there():
    assert set(POLICIES) == {"vodlix", "liveagent", "zoom", "hosting"}


def test_vodlix_promises_1_4_8_and_24_hours_around_the_clock():
    assert _promises(POLICIES["vodlix"], "first_response") == {
        ("critical", ""): (1 * HOUR, "always"),
        ("high", ""): (4 * HOUR, "always"),
        ("medium", ""): (8 * HOUR, "always"),
        ("low", ""): (24 * HOUR, "always"),
    }
    assert {target.metric for target in POLICIES["vodlix"].targets} == {"first_response"}


def test_liveagent_promises_hours_business_hours_and_a_business_day_of_8_hours():
    assert _promises(POLICIES["liveagent"], "first_response") == {
        ("1", ""): (1 * HOUR, "always"),
        ("2", ""): (1 * HOUR, "always"),
        ("3", ""): (2 * HOUR, "office"),
        ("4", ""): (28800, "office"),
        ("5", ""): (28800, "office"),
    }
    # 2 business days of 8 hours; nothing for severities 4 and 5
    assert _promises(POLICIES["liveagent"], "next_response") == {
        ("1", ""): (4 * HOUR, "always"),
        ("2", ""): (4 * HOUR, "always"),
        ("3", ""): (57600, "office"),
    }
    office = POLICIES["liveagent"].calendar("office")
    assert office.hours == (((540, 1020),),) * 5 + ((), ())  # 9:00 to 17:00, Monday to Friday


def test_zoom_promises_1_4_24_and_24_hours_to_who_pays_and_24_on_the_free_plan():
    promised = _promises(POLICIES["zoom"], "first_response")
    paid = {
        (severity, plan): (hours * HOUR, "always")
        for severity, hours in {"1": 1, "2": 4, "3": 24, "4": 24}.items()
        for plan in ("Pro", "Business", "API", "Education", "unnamed")
    }
    free = {(severity, "Free"): (24 * HOUR, "always") for severity in "1234"}
    assert promised == paid | free
    assert POLICIES["zoom"].stops_on == "acknowledged"
    assert POLICIES["zoom"].default_plan == "unnamed"


def test_the_hosting_company_promises_no_time():
    hosting = POLICIES["hosting"]
    assert (hosting.targets, hosting.objective, hosting.duplicates) == ((), None, "same_subject")
    assert hosting.calendar("office").hours[0] == ((540, 1080),)  # 9:00 to 18:00
    assert "Aguardando resposta" in hosting.statuses["waiting"]
    assert {"Em análise", "Em andamento"} <= set(hosting.statuses["open"])
    assert not hosting.severities  # one queue in order of arrival
    assert any("ordem de chegada" in reading.questions["pt-BR"] for reading in hosting.readings)


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES.keys())
def test_every_clause_stands_word_for_word_in_the_document(policy: Policy):
    for target in policy.targets:
        assert target.clauses
        for language, clause in target.clauses.items():
            assert clause in _document(policy.id, language)


def test_vodlix_is_quoted_from_both_documents():
    assert all(set(target.clauses) == {"pt-BR", "ar"} for target in POLICIES["vodlix"].targets)


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES.keys())
def test_what_readings_quote_in_portuguese_stands_in_the_document(policy: Policy):
    words = " ".join(path.read_text(encoding="utf-8") for path in DOCUMENTS.glob(f"{policy.id}.*.txt")).lower()
    for reading in policy.readings:
        quoted = re.findall("“([^”]+)”", reading.questions["pt-BR"] + reading.chosen["pt-BR"])
        assert [quote for quote in quoted if quote.lower() not in words] == []


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES.keys())
def test_every_text_stands_in_three_languages(policy: Policy):
    texts: list[Texts] = [policy.names, policy.sources]
    texts += [item.names for item in (*policy.severities, *policy.plans)]
    texts += [text for reading in policy.readings for text in (reading.questions, reading.chosen)]
    assert all(set(text) == LANGUAGES for text in texts)


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES.keys())
def test_a_reading_without_another_target_says_so(policy: Policy):
    for reading in policy.readings:
        other = with_other_reading(policy, reading)
        is_same = (other.targets, other.default_calendar) == (policy.targets, policy.default_calendar)
        assert is_same == (not reading.otherwise)
        assert is_same == any(
            said in reading.chosen["en"]
            for said in ("changes no target", "changes none", "target changes", "no target.", "change no target")
        )


def test_the_other_readings_of_the_documents_give_other_numbers():
    assert _promises(_otherwise("vodlix", "1 dia"), "first_response")["low", ""] == (28800, "office")  # 8 office hours
    assert _promises(_otherwise("vodlix", "same definition"), "first_response")["low", ""] == (8 * HOUR, "always")
    night = _otherwise("liveagent", "at night")
    assert _promises(night, "first_response")["1", ""] == (1 * HOUR, "office")
    assert _promises(night, "next_response")["2", ""] == (4 * HOUR, "office")
    within_24 = _otherwise("liveagent", "within 24 hours")
    assert _promises(within_24, "first_response")["5", ""] == (24 * HOUR, "always")
    winter = _otherwise("liveagent", "summer time")
    assert winter.calendar(winter.default_calendar).timezone == "Etc/GMT-1"
    follow_up = _otherwise("liveagent", "follow-up (")
    assert _promises(follow_up, "next_response") == {}
    assert _promises(follow_up, "periodic_update") == _promises(POLICIES["liveagent"], "next_response")
    unnamed = _promises(_otherwise("zoom", "does not name"), "first_response")
    assert unnamed["1", "unnamed"] == (24 * HOUR, "always")
    assert unnamed["1", "Pro"] == (1 * HOUR, "always")
    assert _otherwise("zoom", "What ends").stops_on == "agent_reply"
    assert _otherwise("hosting", "weekdays").default_calendar == "every_day"


def test_a_servicenow_priority_is_a_zoom_severity():
    words = {word.lower(): severity.code for severity in POLICIES["zoom"].severities for word in severity.words}
    assert [words[word] for word in ("1", "2 - high", "3", "4 - low", "p2", "عاجل", "baixa")] == list("1234214")
