"""The machine: what it is, two of its cores, its memory and its cache of files."""

import os
import platform
import resource
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

CORES = 2
GB = 1024**3


def take_two_cores() -> int:
    """How many cores this process and its children now use: two, or the one there is."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
        return len(os.sched_getaffinity(0))
    return min(CORES, os.cpu_count() or 1)


def described(cores: int) -> str:
    """One line: model, cores, memory and versions, and how busy the machine was before."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GB
    busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    return (
        f"{_model()}, {cores} of {os.cpu_count()} cores, {memory:.0f} GB; {platform.system()}, "
        f"Python {platform.python_version()}, DuckDB {duckdb.__version__}, NumPy {np.__version__}, "
        f"pandas {pd.__version__}; load {busy} (1, 5 and 15 minutes)"
    )


def peak_bytes() -> int:
    """The most memory this process held at once.

    Linux's VmHWM begins anew with the program; getrusage, used elsewhere, may remember the process that started it.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        unit = 1 if platform.system() == "Darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM:"))


def forget(folder: Path) -> None:
    """Lets the system drop the files of a folder from its cache, so that who reads them next reads the disk."""
    if not hasattr(os, "posix_fadvise"):
        return
    for path in sorted(folder.iterdir()):
        file = os.open(path, os.O_RDONLY)
        try:
            os.fsync(file)
            os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(file)


def _model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()
