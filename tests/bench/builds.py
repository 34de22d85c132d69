"""Whole builds of invented exports, beside what reading the same files costs at the least."""

import json
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sla.sample import write_sample
from tests.bench import machine
from tests.bench.figures import Line, at_most, seconds, short

ROOT = Path(__file__).resolve().parents[2]
SEED = 1
TIMES_READING = 3.0
MOST_GB = 8.0
MOST_COST = 1.5
STEPS = (  # what the build says, by its first words, and what it is called in the table
    ("reading policies", "policies and finding files"),
    ("reading", "reading"),
    ("sorting out", "typing"),
    ("measuring", "clocks"),
    ("gathering", "marts"),
    ("checking", "checks and writing out"),
    ("publishing", "publishing"),
    ("done", "publishing"),
)


class DidNotFinish(Exception):
    """A child that gave no figures; the sentence says why."""


@dataclass(frozen=True)
class Desk:
    """One export: what it took to write it, to read it as text (into a file, twice; into memory) and to build it."""

    tickets: int
    export_bytes: int
    writing_s: float
    readings: tuple[dict[str, Any], dict[str, Any]]
    held: dict[str, Any]
    build: dict[str, Any]

    @property
    def snapshot(self) -> Path:
        return Path(self.build["snapshot"])

    @property
    def cost(self) -> float:
        """Seconds of the build a ticket."""
        return float(self.build["seconds"]) / self.tickets


def measured(tickets: int, folder: Path) -> Desk:
    """Writes an export into the folder and builds it there; raises DidNotFinish where a child does not come back."""
    export = folder / "export"
    writing_s = seconds(lambda: write_sample(tickets, SEED, export))
    first = _read(export, folder)
    built = _child("build", export, folder / "snapshots")
    again = _read(export, folder)
    held = _child("hold", export, folder)
    size = sum(path.stat().st_size for path in export.iterdir())
    return Desk(tickets, size, writing_s, (first, again), held, built)


def lines_of(desk: Desk) -> list[Line]:
    """The build against the faster reading, its steps, its memory. On a busy machine CPU seconds say more."""
    built, name = desk.build, f"{desk.tickets:,} tickets"
    total, peak = float(built["seconds"]), built["peak_bytes"] / machine.GB
    factor, cpu_factor = (built[key] / min(reading[key] for reading in desk.readings) for key in ("seconds", "cpu_s"))
    return [
        Line(
            f"{name}: exports written by two processes",
            f"{short(desk.writing_s)} s, {desk.export_bytes / machine.GB:.2f} GB, "
            f"{built['events'] / built['tickets']:.1f} events a ticket",
        ),
        Line(
            f"{name}: DuckDB reads the same files into columns of text in a database file, before and after the build",
            " and ".join(_took(reading) for reading in desk.readings),
        ),
        Line(
            f"{name}: the same into memory, nothing written",
            f"{_took(desk.held)}; the build takes {total / desk.held['seconds']:.1f} times as long",
        ),
        at_most(
            f"{name}: the whole build ({built['clocks']:,} clocks), of the faster reading",
            f"{_took(built)}, {desk.tickets / total:,.0f} tickets/s, {factor:.2f} times ({cpu_factor:.2f} in CPU)",
            factor,
            TIMES_READING,
            "times",
        ),
        Line(f"{name}: shares of the build", _shares(built["steps"], total)),
        at_most(f"{name}: peak memory of the build", f"{peak:.2f} GB", peak, MOST_GB, "GB"),
    ]


def _took(work: dict[str, Any]) -> str:
    return f"{short(work['seconds'])} s ({short(work['cpu_s'])} s CPU)"


def cost_line(large: Desk, small: Desk) -> Line:
    """What a ticket costs in the large build, of what it costs in the small one."""
    factor = large.cost / small.cost
    each = f"{large.cost * 1e6:.0f} µs, {factor:.2f} times that of {small.tickets:,}"
    return at_most(f"{large.tickets:,} tickets: cost a ticket", each, factor, MOST_COST, "times")


def slowest(desk: Desk, count: int = 15) -> str:
    """The models that took longest, for whoever wants to make them faster."""
    models = sorted(desk.build["models"].items(), key=lambda model: -model[1])[:count]
    total = float(desk.build["seconds"])
    return "".join(f"{spent:9.2f} s  {spent / total:6.1%}  {name}\n" for name, spent in models)


def _shares(steps: list[tuple[str, float]], total: float) -> str:
    spent: defaultdict[str, float] = defaultdict(float)
    for step, took in steps:
        spent[next((name for start, name in STEPS if step.startswith(start)), step)] += took
    spent["the rest"] = max(0.0, total - sum(spent.values()))
    return ", ".join(f"{name} {took / total:.0%}" for name, took in spent.items() if took / total >= 0.005)


def _read(export: Path, folder: Path) -> dict[str, Any]:
    found = _child("read", export, folder)
    (folder / "texts.duckdb").unlink()
    return found


def _child(work: str, export: Path, out: Path) -> dict[str, Any]:
    out.mkdir(exist_ok=True)
    machine.forget(export)
    command = [sys.executable, "-m", "tests.bench.child", work, str(export), str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise DidNotFinish(said[-1] if said else f"{work} ended with status {done.returncode}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found
