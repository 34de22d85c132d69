"""`python -m tests.bench.review`: packs for 200 accounts from one snapshot, two cores, as one Markdown table.

Each pack is read, compared with an issued one where there is one, and made in every form that this machine can make.
"""

import argparse
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter, process_time

from sla.errors import Refused
from sla.periods import Period, period_named, period_of
from sla.review import forms
from sla.review.issuing import Issuing, ask_of
from tests.bench import builds, machine
from tests.bench.figures import Line, as_markdown, at_most

ACCOUNTS = 200
TICKETS = 1_000_000
MOST_S = 2.0  # a pack in all forms, after start-up


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table; exit status 0 whatever the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.review", description=__doc__)
    parser.add_argument("--snapshot", type=Path, metavar="FILE", help="else one of invented tickets is built")
    parser.add_argument("--tickets", type=int, default=TICKETS, metavar="N", help="of the snapshot that is built")
    parser.add_argument("--accounts", type=int, default=ACCOUNTS, metavar="N")
    parser.add_argument("--period", type=period_named, metavar="NAME", help="else the last whole quarter")
    asked = parser.parse_args(arguments)
    print(f"Machine: {machine.described(machine.take_two_cores())}.\n", flush=True)
    if asked.snapshot:
        print(as_markdown(lines_of(asked.snapshot, asked.accounts, asked.period)), end="")
        return 0
    with tempfile.TemporaryDirectory(prefix="sla-bench-") as folder:
        desk = builds.measured(asked.tickets, Path(folder))
        print(as_markdown(lines_of(desk.snapshot, asked.accounts, asked.period)), end="")
    return 0


def lines_of(snapshot: Path, accounts: int, period: Period | None = None) -> list[Line]:
    """A line for a whole pack, and one for what each of its steps took; accounts evenly from large to small."""
    begun = perf_counter()
    ask = ask_of(snapshot)
    issuing = Issuing(snapshot.parent)
    rows = sorted(ask("review_accounts"), key=lambda row: (-row["clocks_count"], row["account"]))
    as_of: date = ask("review_provenance")[0]["as_of"].date()
    days = period or period_of("quarter", as_of).before
    names = [name for name in forms.offered() if _can_be_made(name)]
    started_s = perf_counter() - begun
    step = max(1, len(rows) // accounts)
    chosen = rows[::step][:accounts]
    took: dict[str, list[Spent]] = defaultdict(list)
    for at, row in enumerate(chosen, 1):
        print(f"\r{at} of {len(chosen)}", end="", file=sys.stderr)
        language = row["language"] or "en"
        begun = Spent.now()
        pack = issuing.pack(ask, row["account"], days, language)
        took["its content"].append(Spent.now() - begun)
        for name in names:
            at_form = Spent.now()
            forms.form(name)(pack)
            took[name].append(Spent.now() - at_form)
        took["whole"].append(Spent.now() - begun)
    print(file=sys.stderr)
    whole = took.pop("whole")
    made = f"a pack of {days.name} in {', '.join(names) or 'no form'}"
    figure = f"{_figure(whole)}; all in {sum(one.wall_s for one in whole):.0f} s"
    worst_s = max(one.wall_s for one in whole)
    return [
        Line("start-up: the snapshot opened, the forms imported", f"{started_s:.2f} s"),
        at_most(f"{len(chosen)} accounts of {len(rows)}: {made}", figure, worst_s, MOST_S, "s (worst)"),
        *(Line(f"of that: {name}", _figure(spent)) for name, spent in took.items()),
    ]


@dataclass(frozen=True)
class Spent:
    """Seconds by the wall clock, and of processor time, which other programs' work does not lengthen as much."""

    wall_s: float
    cpu_s: float

    @staticmethod
    def now() -> "Spent":
        """What the process has spent so far."""
        return Spent(perf_counter(), process_time())

    def __sub__(self, other: "Spent") -> "Spent":
        return Spent(self.wall_s - other.wall_s, self.cpu_s - other.cpu_s)


def _figure(spent: Sequence[Spent]) -> str:
    wall, cpu = [one.wall_s for one in spent], [one.cpu_s for one in spent]
    return (
        f"median {statistics.median(wall):.2f} s, worst {max(wall):.2f} s "
        f"({statistics.median(cpu):.2f} s and {max(cpu):.2f} s CPU)"
    )


def _can_be_made(name: str) -> bool:
    try:
        forms.form(name)
    except Refused as error:
        print(f"bench: {error}", file=sys.stderr)
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
