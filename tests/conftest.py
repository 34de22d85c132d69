"""What many tests share: the checked-in sample, built once for a run however many workers it has."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sla import snapshot, store
from sla.sample import DEFAULT_END

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def copied_sample(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Gives a folder of snapshots of its own, with data/samples as the current one; it can be written to."""
    of_worker = tmp_path_factory.getbasetemp()
    of_run = of_worker.parent if "PYTEST_XDIST_WORKER" in os.environ else of_worker
    built = of_run / "built from the sample"
    with (of_run / "one builds the sample").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not built.exists():
            out = tmp_path_factory.mktemp("building")
            snapshot.build([ROOT / "data" / "samples"], out=out, as_of=DEFAULT_END.replace(tzinfo=None))
            out.rename(built)
    return lambda: shutil.copytree(built, tmp_path_factory.mktemp("sample") / "snapshots")


@pytest.fixture(scope="session")
def sample_snapshot(copied_sample: Callable[[], Path]) -> Path:
    """The path of the sample's published snapshot; for reading only."""
    path = store.current(copied_sample())
    assert path is not None
    return path
