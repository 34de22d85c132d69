"""Policy files and folders: how their mistakes are gathered, and which of them cannot be read at all."""

from pathlib import Path

import pytest
from policy_texts import SOUND, mistakes

from sla.errors import Refused
from sla.policies.reader import read_policies, read_policy, read_policy_text


def test_every_mistake_of_a_file_is_listed_in_the_order_of_its_lines():
    text = SOUND.replace('"1h"', '"1d"').replace('"24x7"', '"24/7"').replace('id = "example"', "id = 1")
    assert [mistake.split(": expected")[0] for mistake in mistakes(text)] == [
        "p.toml:1: id",
        "p.toml:7: calendars.always.hours",
        "p.toml:30: targets[1].within",
    ]


def test_a_text_that_is_not_toml_is_refused_with_its_line():
    assert mistakes('id = "a"\nname = \n') == [
        "p.toml:2: expected TOML, but it could not be read here (invalid value)."
    ]
    assert mistakes('id = "a')[0].startswith("p.toml:1: expected TOML")


def test_a_text_that_is_not_utf_8_is_refused_with_its_line():
    with pytest.raises(Refused, match=r"p\.toml:2: expected text in UTF-8"):
        read_policy_text('id = "a"\nname = "é"'.encode("latin-1"), "p.toml")


def test_an_empty_text_lacks_its_keys():
    assert [mistake.split(": expected")[0] for mistake in mistakes("")] == ["p.toml:1: id", "p.toml:1: calendars"]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(Refused, match="expected a folder with policy files, but there is none"):
        read_policies(tmp_path / "none")


def test_an_empty_folder_is_refused(tmp_path: Path):
    with pytest.raises(Refused, match=r"expected policy files named NAME\.toml, but found none"):
        read_policies(tmp_path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(Refused, match="expected a policy file that can be read"):
        read_policy(tmp_path / "none.toml")


def test_mistakes_of_two_files_come_together(tmp_path: Path):
    (tmp_path / "a.toml").write_text(SOUND.replace('"1h"', '"1d"'))
    (tmp_path / "b.toml").write_text(SOUND.replace('"24x7"', '"24/7"'))
    with pytest.raises(Refused) as refused:
        read_policies(tmp_path)
    assert [line.split(": ")[0] for line in str(refused.value).split("\n")] == [
        f"{tmp_path}/a.toml:30",
        f"{tmp_path}/b.toml:7",
    ]


def test_two_versions_that_begin_on_one_day_are_refused(tmp_path: Path):
    dated = SOUND.replace('id = "example"', 'id = "Example"\nvalid_from = 2025-01-01')
    (tmp_path / "a.toml").write_text(SOUND.replace('id = "example"', 'id = "example"\nvalid_from = "2025-01-01"'))
    (tmp_path / "b.toml").write_text(dated)
    with pytest.raises(Refused) as refused:
        read_policies(tmp_path)
    assert str(refused.value) == (
        f"{tmp_path}/b.toml:2: valid_from: expected one version of Example from 2025-01-01, but {tmp_path}/a.toml:2 "
        "is one already; give each version its own valid_from."
    )


def test_two_files_without_valid_from_are_two_versions_of_one_day(tmp_path: Path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text(SOUND)
    with pytest.raises(Refused, match=r"since ever \(without valid_from\)"):
        read_policies(tmp_path)
