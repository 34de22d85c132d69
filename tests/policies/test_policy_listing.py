"""What `python -m sla policies` prints."""

from pathlib import Path

import pytest
from policy_texts import SOUND

from sla.errors import Refused
from sla.policies.listing import listing


def test_a_policy_is_listed_with_its_version_targets_and_calendars(tmp_path: Path):
    (tmp_path / "example.toml").write_text("valid_from = 2025-01-01\nobjective = 0.95\n" + SOUND)
    assert listing(tmp_path) == (
        "example: Example (example.toml)\n"
        "  version     from 2025-01-01, days and weeks of UTC, objective 95.0%\n"
        "  severities  1, 2\n"
        "  plans       Pro\n"
        "  targets     2 (first_response 2)\n"
        "  calendar    always: 24x7, UTC, the default\n"
        "  calendar    office: mon 09:00–12:00 13:00–18:00; tue 10:00–18:00, America/Sao_Paulo\n"
        "  readings    0\n"
    )


def test_each_version_is_listed(tmp_path: Path):
    (tmp_path / "a.toml").write_text(SOUND)
    (tmp_path / "b.toml").write_text("valid_from = 2026-01-01\n" + SOUND)
    listed = listing(tmp_path)
    assert "since ever" in listed
    assert "from 2026-01-01" in listed


def test_a_wrong_file_is_named_instead(tmp_path: Path):
    (tmp_path / "example.toml").write_text(SOUND.replace('"1h"', '"1d"'))
    with pytest.raises(Refused, match=r"example\.toml:30: targets\[1\]\.within"):
        listing(tmp_path)
