"""What many tests share: the checked-in sample, built once for a run."""

from pathlib import Path

import pytest

from sla import snapshot
from sla.sample import DEFAULT_END

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def sample_snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of a published snapshot of data/samples, alone in its folder; for reading only."""
    out = tmp_path_factory.mktemp("snapshots")
    return Path(snapshot.build([ROOT / "data" / "samples"], out=out, as_of=DEFAULT_END.replace(tzinfo=None)).snapshot)
