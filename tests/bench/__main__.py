"""`python -m tests.bench`: every figure in one run on the same data, two cores, as one Markdown table."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench import builds, contest, machine, reports
from tests.bench.figures import Line, as_markdown

PAIRS = 1_000_000
TICKETS = 1_000_000
LARGE = 10_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table; exit status 0 whatever the figures, 1 where the ways of open seconds disagree."""
    asked = _parser().parse_args(arguments)
    cores = machine.take_two_cores()
    print(f"Machine: {machine.described(cores)}.\n", flush=True)
    lines: list[Line] = []
    try:
        _say(f"open seconds between {asked.pairs:,} pairs")
        lines += contest.lines_of(asked.pairs)
        lines += _desks(asked)
    except contest.Disagreement as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    print(as_markdown(lines), end="")
    return 0


def _desks(asked: argparse.Namespace) -> list[Line]:
    lines, desk = _desk(asked.tickets, asked)
    if asked.large:
        more, large = _desk(asked.large, asked)
        lines += more
        if large and desk:
            lines.append(builds.cost_line(large, desk))
    return lines


def _desk(tickets: int, asked: argparse.Namespace) -> tuple[list[Line], builds.Desk | None]:
    """The lines of one export and what it took; its files are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="sla-bench-", dir=asked.folder) as folder:
        _say(f"writing, reading and building {tickets:,} tickets")
        try:
            desk = builds.measured(tickets, Path(folder))
        except builds.DidNotFinish as error:
            return [
                Line(f"{tickets:,} tickets: the whole build", f"did not finish ({error})", "to finish", False)
            ], None
        if asked.models:
            print(f"The slowest models of {tickets:,} tickets:\n{builds.slowest(desk)}", file=sys.stderr)
        _say(f"asking every report of {tickets:,} tickets")
        return builds.lines_of(desk) + reports.lines_of(desk.snapshot, tickets), desk


def _say(step: str) -> None:
    print(f"  {step}", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Figures beside their goals, one table.")
    parser.add_argument("--tickets", type=int, default=TICKETS, metavar="N", help=f"of the build (default {TICKETS:,})")
    parser.add_argument("--pairs", type=int, default=PAIRS, metavar="N", help=f"of instants (default {PAIRS:,})")
    parser.add_argument(
        "--large", type=int, nargs="?", const=LARGE, metavar="N", help=f"also a build of N tickets (or {LARGE:,})"
    )
    parser.add_argument("--folder", type=Path, metavar="DIR", help="where the files stand until the end")
    parser.add_argument("--models", action="store_true", help="also lists the slowest models, on standard error")
    return parser


if __name__ == "__main__":
    sys.exit(main())
