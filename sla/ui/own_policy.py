"""A promise filled in on the page as a table: checked as a policy file is, held for the session, saved as a file."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

import holidays
import streamlit as st

from sla.errors import Refused
from sla.policies.calendar_reader import holiday_countries
from sla.policies.model import METRICS, STATUS_CLASSES, STOPS, WEEKDAYS, Policy, word_key
from sla.policies.reader import read_policy_text
from sla.policies.writing import OFFICE_HOURS, Draft, DraftSeverity, Unit, mistakes, policy_id, policy_text
from sla.ui import blocks, documents
from sla.ui.filters import say_anew
from sla.words import Words, words
from sla.words import own_policy as sentences

UNITS: tuple[Unit, ...] = ("hours", "minutes")
MOST_SEVERITIES = 8
_KEY = "own policy"
_HELD = "own policy held"  # the policy that was checked last, and its file


def fill_in(known: Sequence[Policy], zones: Mapping[str, str], language: Words) -> tuple[Policy, str] | None:
    """The policy that was filled in and checked last, with its file as TOML; None where there is none yet.

    `known` are the policies whose words for statuses stand in the fields to begin with; `zones` names the time zones.
    """
    with st.expander(language("own_policy.title"), key="own-policy"):
        blocks.quiet(language("own_policy.why"), language)
        count = st.number_input(
            language("own_policy.severities"), 1, MOST_SEVERITIES, 1, key=f"{_KEY} count", persist_state="session"
        )
        is_always = _is_always(language)
        with st.form("own policy", border=False):
            draft = _draft(int(count), known, zones, language, is_always=is_always)
            if st.form_submit_button(language("own_policy.use"), key=f"{_KEY} use"):
                _check(draft, language)
        held: tuple[Policy, str] | None = st.session_state.get(_HELD)
        if held is not None:
            _offer(*held, language)
    return held


def _check(draft: Draft, language: Words) -> None:
    """Holds the policy of a draft; where something is wrong says what, and what was held before stays."""
    told = list(dict.fromkeys(sentences.mistake(found, language) for found in mistakes(draft)))
    if not told:
        text = policy_text(draft)
        try:
            st.session_state[_HELD] = read_policy_text(text, f"{policy_id(draft.name)}.toml"), text
        except Refused as reason:  # what no field is to blame for: said as `sla policies` says it
            told = str(reason).splitlines()
    if told:
        blocks.notice(language("own_policy.wrong"), language)
        documents.points(told, language)
        if _HELD in st.session_state:
            blocks.quiet(language("own_policy.as_before"), language)


def _offer(policy: Policy, text: str, language: Words) -> None:
    name = policy.names.get("en") or next(iter(policy.names.values()), policy.id)
    blocks.notice(language("own_policy.checked", name=name), language)
    with st.container(horizontal=True):
        st.download_button(
            language("own_policy.download"),
            text.encode(),
            file_name=f"{policy.id}.toml",
            mime="application/toml",
            key=f"{_KEY} file",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )
        st.button(language("own_policy.let_go"), key=f"{_KEY} let go", type="tertiary", on_click=_let_go)


def _let_go() -> None:
    st.session_state.pop(_HELD, None)


def _draft(count: int, known: Sequence[Policy], zones: Mapping[str, str], language: Words, *, is_always: bool) -> Draft:
    name = _text("name", language, hint=language("own_policy.name_hint"))
    say_anew(f"{_KEY} unit")
    unit = st.radio(
        language("own_policy.unit"),
        UNITS,
        format_func=lambda code: language.named("own_policy.units", code),
        horizontal=True,
        key=f"{_KEY} unit",
        persist_state="session",
    )
    blocks.quiet(language("own_policy.times_hint"), language)
    severities = tuple(_severity(number, count, language, is_always=is_always) for number in range(1, count + 1))
    hours = {} if is_always else _hours(language)
    zone = _zone(zones, language)
    country = None if is_always else _country(language)
    dates = "" if is_always else _area("dates", language)
    statuses = _statuses(known, language)
    objective = _text("objective", language)
    say_anew(f"{_KEY} stops_on")
    stops_on = st.selectbox(
        language("own_policy.stops_on"),
        STOPS,
        format_func=lambda code: language.named("own_policy.stops", code),
        key=f"{_KEY} stops_on",
        persist_state="session",
    )
    return Draft(
        name=name,
        severities=severities,
        unit=unit or UNITS[0],
        timezone=zone,
        is_always=is_always,
        hours=hours,
        holiday_calendar=country,
        holidays=dates,
        statuses=statuses,
        objective=objective,
        stops_on=stops_on or STOPS[0],
    )


def _severity(number: int, count: int, language: Words, *, is_always: bool) -> DraftSeverity:
    label = language("own_policy.severity", number=str(number)) if count > 1 else language("own_policy.severity_any")
    with st.container(key=f"own-policy-line-{number}", horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(label, max_chars=80, key=f"{_KEY} severity {number}", persist_state="session")
        within = {
            metric: st.text_input(
                language.named("metric", metric),
                max_chars=20,
                key=f"{_KEY} {metric} {number}",
                persist_state="session",
            )
            for metric in METRICS
        }
        aliases = st.text_input(
            language("own_policy.aliases"),
            max_chars=400,
            placeholder=language("own_policy.aliases_hint"),
            key=f"{_KEY} aliases {number}",
            persist_state="session",
        )
        runs_on = not is_always and st.checkbox(
            language("own_policy.always"), key=f"{_KEY} always {number}", persist_state="session"
        )
    return DraftSeverity(name, aliases, within, bool(runs_on))


def _is_always(language: Words) -> bool:
    options = {"office": language("own_policy.hours_office"), "always": language("own_policy.hours_always")}
    say_anew(f"{_KEY} hours")
    picked = st.radio(
        language("own_policy.hours"),
        list(options),
        format_func=options.__getitem__,
        horizontal=True,
        key=f"{_KEY} hours",
        persist_state="session",
    )
    return picked == "always"


def _hours(language: Words) -> dict[str, str]:
    blocks.quiet(language("own_policy.hours_hint"), language)
    with st.container(key="own-policy-week", horizontal=True):
        return {
            day: st.text_input(
                language.weekday(number),
                OFFICE_HOURS.get(day, ""),
                max_chars=80,
                key=f"{_KEY} hours {day}",
                persist_state="session",
            )
            for number, day in enumerate(WEEKDAYS, 1)
        }


def _zone(zones: Mapping[str, str], language: Words) -> str:
    options = list(zones)
    browser = st.context.timezone or "UTC"
    say_anew(f"{_KEY} zone")
    picked = st.selectbox(
        language("own_policy.timezone"),
        options,
        index=options.index(browser if browser in zones else "UTC"),
        format_func=zones.__getitem__,
        key=f"{_KEY} zone",
        persist_state="session",
    )
    return picked or "UTC"


def _country(language: Words) -> str | None:
    """A country whose public holidays close the desk, or a part of one, as the holidays package calls it."""
    countries = _countries(language.language)
    parts = {f"{code}-{part}": countries[code] for code in countries for part in holiday_countries().get(code, ())}
    options = ["", *sorted([*countries, *parts], key=lambda code: (countries.get(code[:2], code), code))]
    say_anew(f"{_KEY} country")
    picked = st.selectbox(
        language("own_policy.holidays_of"),
        options,
        format_func=lambda code: _place(code, countries, language),
        key=f"{_KEY} country",
        persist_state="session",
    )
    return picked or None


def _place(code: str, countries: Mapping[str, str], language: Words) -> str:
    if not code:
        return language("own_policy.holidays_none")
    country, _, part = code.partition("-")
    return language("own_policy.part_of", country=countries[country], part=part) if part else countries[country]


def _statuses(known: Sequence[Policy], language: Words) -> dict[str, str]:
    """Words for statuses by class, those that the known policies have to begin with."""
    usual = _usual_statuses(known)
    blocks.quiet(language("own_policy.statuses_hint"), language)
    return {
        name: st.text_input(
            language.named("own_policy.statuses", name),
            ", ".join(usual[name]),
            max_chars=2_000,
            key=f"{_KEY} status {name}",
            persist_state="session",
        )
        for name in STATUS_CLASSES
    }


def _usual_statuses(known: Sequence[Policy]) -> dict[str, list[str]]:
    """The words of all known policies by class, each once; one that two policies understand otherwise is left out."""
    meanings: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for policy in known:
        for name, found in policy.statuses.items():
            for word in found:
                meanings[word_key(word)].setdefault(name, word)
    usual: dict[str, list[str]] = {name: [] for name in STATUS_CLASSES}
    for by_class in meanings.values():
        if len(by_class) == 1:
            ((name, word),) = by_class.items()
            usual[name].append(word)
    return {name: sorted(found, key=word_key) for name, found in usual.items()}


def _text(name: str, language: Words, hint: str = "") -> str:
    label = language(f"own_policy.{name}")
    return st.text_input(label, key=f"{_KEY} {name}", placeholder=hint, max_chars=200, persist_state="session")


def _area(name: str, language: Words) -> str:
    label, hint = language(f"own_policy.{name}"), language(f"own_policy.{name}_hint")
    return st.text_area(
        label, key=f"{_KEY} {name}", placeholder=hint, height=90, max_chars=5_000, persist_state="session"
    )


@cache
def _countries(language: str) -> dict[str, str]:
    """Countries whose public holidays are known, by their code, in the reader's language and its order."""
    named = words(language).locale.territories
    known = {code: str(named.get(code, code)) for code in holidays.list_supported_countries(include_aliases=False)}
    return dict(sorted(known.items(), key=lambda item: item[1]))
