"""Every code that a pack can have is a word in every language."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sla.periods import period_of
from sla.review.differences import WHY
from sla.review.figures import figures
from sla.review.issuing import Issuing, ask_of
from sla.review.notes import REASONS
from sla.review.pack import Pack
from sla.review.waivers import without
from sla.words import LANGUAGES, words
from sla.words.pack import kept_waived
from sla.words.pack_changes import figure_name, figure_value
from sla.words.review import provenance


@pytest.fixture(scope="module")
def pack(sample_snapshot: Path) -> Pack:
    account = "V07"
    return Issuing(sample_snapshot.parent).pack(
        ask_of(sample_snapshot), account, period_of("quarter", date(2026, 8, 1)), "en"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_and_whys_are_words(language: str) -> None:
    spoken = words(language)
    for section, codes in (("pack.reason", REASONS), ("pack.why", WHY)):
        told = [spoken.named(section, code) for code in codes]
        assert len({*told}) == len(codes)
        assert not set(told) & set(codes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_several_files_of_a_policy_none_is_called_the_version_in_force(pack: Pack, language: str) -> None:
    spoken, (part,) = words(language), pack.content.parts
    day = date(2026, 8, 15)
    two = replace(part, files=("new.toml", "old.toml"), sha256s=("1" * 64, "2" * 64), valid_from_on=day)
    one = replace(part, files=("new.toml",), sha256s=("1" * 64,), valid_from_on=day)
    version = spoken("review.source.since", day=spoken.day(day))
    told = [
        [line for line in provenance(replace(pack.content, parts=(of,)), spoken) if ".toml" in line]
        for of in (one, two)
    ]
    assert [len(lines) for lines in told] == [1, 2]
    assert version in told[0][0]
    assert all(spoken("review.source.several", since=version) in line for line in told[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_a_name_and_a_value(pack: Pack, language: str) -> None:
    spoken = words(language)
    found = figures(pack)
    for key, figure in found.items():
        if key.startswith(("clocks/", "open/")) and key not in ("open/open_count", "open/waiting_count"):
            continue  # never told on their own
        name = figure_name(key, pack, spoken)
        assert name
        assert "_" not in name
        assert figure_value(figure.value, figure.kind, spoken)


def test_a_figure_is_named_by_what_it_is_of(pack: Pack) -> None:
    told = {key: figure_name(key, pack, words("en")) for key in figures(pack)}
    assert told["kept/vodlix/first_response/1/met_count"] == "First response, clause 1: met"
    assert told["volume/vodlix/all//opened_count"] == "Tickets: opened"
    assert told["lead/share"] == "All promises: share"
    assert figure_name("kept/vodlix/resolution@2025-01-31/2/share", pack, words("en")) == (
        "Resolution, clause 2 of 31 Jan 2025: share"
    )


def test_the_figure_without_waived_breaches_has_its_counts_beside_it() -> None:
    assert kept_waived(without(1, 20, 3), 0.95, words("en")) == "Without waived breaches: 90.9% (20 of 22)"
    assert kept_waived(without(1, 4, 2), 0.95, words("en")) == "Without waived breaches: 4 of 5"
    assert kept_waived(without(1, 0, 1), None, words("en")) == "Without waived breaches none is left to judge"
    # 377 of 397 are 94.96 %, which is not the objective
    assert kept_waived(without(1, 377, 21), 0.95, words("en")) == "Without waived breaches: 94.96% (377 of 397)"
