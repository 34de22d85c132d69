"""The line of every key of a TOML text."""

import tomllib
from pathlib import Path

import pytest

from sla.policies.lines import line_index

POLICIES = Path(__file__).parents[2] / "data" / "policies"


def test_keys_tables_and_entries_stand_on_the_line_they_are_written_on():
    text = "\n".join(
        [
            'id = "a # not a comment"  # a comment',  # 1
            'statuses.waiting = ["x", # ]',  # 2
            "  'y']",  # 3
            "[calendars.always] # [no]",  # 4
            'hours = "24x7"',  # 5
            'dates."2026-12-24" = [["09:00", "12:00"]]',  # 6
            "[[targets]]",  # 7
            'within = "1h"',  # 8
            'clause = { "pt-BR" = "a } b", en = "c" }',  # 9
            "[[targets]]",  # 10
            "within = 3",  # 11
            "[targets.clause]",  # 12
            'en = """two',  # 13
            'lines = "no key" """',  # 14
            "[[readings]]",  # 15
            "otherwise = [{ metric = 1 },",  # 16
            "  { within = 2.5 }]",  # 17
        ]
    )
    lines = line_index(text)
    assert lines[("id",)] == 1
    assert lines[("statuses",)] == 2
    assert lines[("statuses", "waiting", 1)] == 3
    assert lines[("calendars", "always")] == 4
    assert lines[("calendars", "always", "hours")] == 5
    assert lines[("calendars", "always", "dates", "2026-12-24")] == 6
    assert lines[("targets", 0)] == 7
    assert lines[("targets", 0, "clause", "pt-BR")] == 9
    assert lines[("targets", 1)] == 10
    assert lines[("targets", 1, "within")] == 11
    assert lines[("targets", 1, "clause")] == 12
    assert lines[("targets", 1, "clause", "en")] == 13
    assert ("lines",) not in lines
    assert lines[("readings", 0, "otherwise", 0, "metric")] == 16
    assert lines[("readings", 0, "otherwise", 1, "within")] == 17


def test_windows_line_ends_and_escaped_keys_are_understood():
    lines = line_index('a = 1\r\n"b\\u0041\\"" = 2\r\n')
    assert lines[("a",)] == 1
    assert lines[('bA"',)] == 2


@pytest.mark.parametrize("file", sorted(POLICIES.glob("*.toml")), ids=lambda file: file.stem)
def test_every_key_that_the_parser_finds_in_a_policy_has_a_line(file: Path):
    text = file.read_text(encoding="utf-8")
    assert _paths(tomllib.loads(text), ()) <= set(line_index(text))


def _paths(value: object, path: tuple[str | int, ...]) -> set[tuple[str | int, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {path}.union(*(_paths(inner, (*path, key)) for key, inner in items))
