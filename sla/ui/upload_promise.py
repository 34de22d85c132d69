"""The promise that files in hand are judged by, and the zone of their times: chosen for this session alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

import streamlit as st
from babel.dates import get_timezone_location

from sla.errors import Refused
from sla.intake.inspection import Inspection
from sla.policies.listing import in_language
from sla.policies.model import Policy, word_key
from sla.policies.reader import read_policies, read_policy_text
from sla.store import ROOT
from sla.ui import blocks, documents
from sla.ui.filters import say_anew
from sla.ui.own_policy import fill_in
from sla.ui.upload_files import HeldFile
from sla.words import Words, words
from sla.words import upload as sentences

POLICIES = ROOT / "data" / "policies"
_ZONE = "upload zone"


@dataclass(frozen=True)
class Promise:
    """The policies that can be met in the files, and the id of the one for tickets that name none; None: not chosen."""

    policies: tuple[Policy, ...]
    chosen: str | None


def ask_policy(files: Sequence[HeldFile], language: Words) -> Promise:
    """Asks which policy judges tickets that name none: one of the project's, or one of the person's own."""
    known = read_policies(POLICIES)
    filled = fill_in(known, zones(language.language), language)
    own = (*(filled[:1] if filled else ()), *_own_policies(files, language))
    ids = {word_key(policy.id) for policy in own}
    policies = (*own, *(policy for policy in known if word_key(policy.id) not in ids))
    names = {policy.id: _named(policy, own, language) for policy in policies}
    if filled:
        names[filled[0].id] = language("own_policy.filled_in", name=names[filled[0].id].rpartition(": ")[2])
    options, key = list(names), f"upload policy {' '.join(sorted(ids))}"
    say_anew(key)
    picked = st.radio(
        language("upload.policy.choose"),
        options,
        index=0 if own else None,
        format_func=lambda policy: sentences.as_label(names[policy]),
        key=key,
        persist_state="session",
    )
    blocks.quiet(f"{language('upload.policy.note')} {language('upload.policy.file_hint')}", language)
    return Promise(policies, picked)


def ask_zone(inspections: Sequence[Inspection], language: Words) -> str | None:
    """Asks in which zone times without one were written, where a file has such; the browser's is the guess.

    None where it is not needed, or was left open.
    """
    blocks.heading(language("upload.title.times"), language)
    if not any(question.kind == "timezone" for inspection in inspections for question in inspection.questions):
        is_known = all(inspection.match is not None for inspection in inspections)
        blocks.paragraph(language("upload.ask.zone_told" if is_known else "upload.ask.zone_later"), language)
        return None
    browser = st.context.timezone if st.context.timezone in available_timezones() else None
    places = zones(language.language)
    options = list(places)
    say_anew(_ZONE)
    picked = st.selectbox(
        language("upload.ask.zone"),
        options,
        index=options.index(browser) if browser in places else None,
        format_func=places.__getitem__,
        placeholder=language("upload.ask.zone_none"),
        key=_ZONE,
        persist_state="session",
    )
    if browser in places:
        blocks.quiet(language("upload.ask.zone_browser", zone=places[browser]), language)
    blocks.quiet(language("upload.ask.zone_leave"), language)
    return picked


def _own_policies(files: Sequence[HeldFile], language: Words) -> tuple[Policy, ...]:
    found = []
    for file in files:
        shown = sentences.short(file.name, 80)
        if file.use == "refused":
            blocks.notice(language("upload.toml_refused", file=shown), language)
        if file.use != "policy":
            continue
        try:
            found.append(read_policy_text(file.bytes, file.name))
        except Refused as reason:
            blocks.notice(f"{language('upload.policy.wrong')} {shown}", language)
            lines = [documents.Quoted(line, "en") for line in str(reason).splitlines()]
            documents.points(lines, language)
        else:
            blocks.notice(language("upload.policy_taken", file=shown), language)
    return tuple(found)


def _named(policy: Policy, own: Sequence[Policy], language: Words) -> str:
    if policy not in own:
        return in_language(policy.names, language.language) or policy.id
    name = in_language(policy.names, language.language) or policy.id
    return language("upload.policy.own_file", file=sentences.short(policy.file, 60), name=sentences.short(name, 60))


@cache
def zones(language: str) -> dict[str, str]:
    """Every zone of a place by its name, with the place in the reader's language: searched by either."""
    kept = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
    locale = words(language).locale
    named = {
        zone: words(language)(
            "upload.ask.zone_option",
            place=get_timezone_location(zone, locale=locale, return_city=True),
            zone=zone,
        )
        for zone in kept
    }
    return {"UTC": "UTC", **named}
