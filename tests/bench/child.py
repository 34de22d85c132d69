"""One piece of work in a process of its own: `python -m tests.bench.child build|read|hold EXPORT OUT`, as JSON.

A peak of memory is a process's, so whoever wants one for a build gives it a process.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import duckdb

import sla.intake.exports
import sla.models
from sla import snapshot
from sla.errors import Refused
from tests.bench.machine import peak_bytes
from tests.bench.open_seconds import sql


def built(export: Path, out: Path) -> dict[str, Any]:
    """The whole build, published: seconds, CPU seconds, steps in their order, each model, what was built."""
    models = _timed_models()
    steps: list[tuple[str, float]] = []
    begun, busy = perf_counter(), process_time()
    summary = snapshot.build([export], out=out, progress=lambda step, *_: steps.append((step, perf_counter())))
    ended = perf_counter()
    ends = [at for _, at in steps[1:]] + [ended]
    return {
        "seconds": ended - begun,
        "cpu_s": process_time() - busy,
        "steps": [(step, end - at) for (step, at), end in zip(steps, ends, strict=True)],
        "models": models,
        "snapshot": summary.snapshot,
        "tickets": summary.tickets,
        "events": summary.events,
        "clocks": summary.clocks,
    }


def read(export: Path, out: Path) -> dict[str, Any]:
    """Every CSV file of the export as a table of texts in a database file, by two threads."""
    return _read(export, str(out / "texts.duckdb"))


def held(export: Path, out: Path) -> dict[str, Any]:
    """The same, but kept in memory alone."""
    return _read(export, ":memory:")


def _read(export: Path, database: str) -> dict[str, Any]:
    begun, busy = perf_counter(), process_time()
    with duckdb.connect(database) as con:
        con.execute(sql("two_threads"))
        for path in sorted(export.glob("*.csv")):
            rows = con.read_csv(str(path), all_varchar=True, header=True, sep=",", quotechar='"', escapechar='"')
            rows.create(path.stem)
    return {"seconds": perf_counter() - begun, "cpu_s": process_time() - busy}


def _timed_models() -> Mapping[str, float]:
    """Seconds by the name of each statement that is run from now on (a view costs those who read it)."""
    spent: defaultdict[str, float] = defaultdict(float)
    run = sla.models.run_statement

    def run_statement(con: duckdb.DuckDBPyConnection, name: str, text: str, parameters: Mapping[str, object]) -> None:
        begun = perf_counter()
        run(con, name, text, parameters)
        spent[name] += perf_counter() - begun

    for module in (sla.models, sla.intake.exports):
        setattr(module, "run_statement", run_statement)  # noqa: B010 - the modules do not know that they are measured
    return spent


def main(arguments: list[str]) -> int:
    """Does what the first argument says; exit status 1 with one sentence where the product refuses."""
    work = {"build": built, "read": read, "hold": held}[arguments[0]]
    try:
        found = work(Path(arguments[1]), Path(arguments[2]))
    except (Refused, duckdb.Error) as error:
        print(str(error).splitlines()[0], file=sys.stderr)
        return 1
    print(json.dumps(found | {"peak_bytes": peak_bytes()}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
