"""A large export put in on the page, in a real browser before the real server: `python -m tests.bench.upload`.

The table has the seconds from the file dropped to the summary of its tickets, how long the page ever stood still
meanwhile, and what the server held at most above what it held before. Nobody's thinking is counted: the browser clicks
at once. Browser and server share the same cores.
"""

import argparse
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.bench import machine
from tests.bench.figures import Line, as_markdown, at_most
from tests.bench.people import served
from tests.browser.server import chromium, settle

MB = 10**6
MOST_S = 20.0
MOST_STILL_S = 3.0
MOST_GB = 1.0
SAMPLE_S = 0.05
HEADERS = (
    "ticket_id,created_at,severity,status,account,agent,team,channel,requester,subject,"
    "first_reply_at,solved_at,updated_at,tags"
)
PROMISE = b"""
id = "bench"
name = { en = "A measured promise" }
source = "invented"
[calendars.always]
timezone = "UTC"
hours = "24x7"
[calendars.office]
timezone = "America/Sao_Paulo"
hours.mon = [["09:00", "18:00"]]
hours.tue = [["09:00", "18:00"]]
hours.wed = [["09:00", "18:00"]]
hours.thu = [["09:00", "18:00"]]
hours.fri = [["09:00", "18:00"]]
[[severities]]
code = "high"
name = { en = "High" }
[[severities]]
code = "low"
name = { en = "Low" }
[[targets]]
metric = "first_response"
severities = ["high"]
within = "1h"
calendar = "always"
[[targets]]
metric = "first_response"
severities = ["low"]
within = "4h"
calendar = "office"
[[targets]]
metric = "resolution"
within = "16h"
calendar = "office"
"""
# Notes each moment at which what the page says of its progress changed.
WATCH = """() => {
    window.changes = [performance.now()];
    let before = '';
    window.watching = setInterval(() => {
        const at = [...document.querySelectorAll('[data-testid=stProgress], [data-testid=stSpinner], h1.lead')]
            .map(e => e.innerText + (e.querySelector('[role=progressbar]')?.ariaValueNow ?? '')).join();
        if (at !== before) { window.changes.push(performance.now()); before = at; }
    }, 50);
}"""
WATCHED = "() => { clearInterval(window.watching); return [...window.changes, performance.now()]; }"


@dataclass(frozen=True)
class Put:
    """What putting a file in took: seconds until it was recognised and until it was measured, and bytes at most."""

    recognised_s: float
    measured_s: float
    still_s: float
    bytes_above: int


def write_export(path: Path, tickets: int, size: int) -> None:
    """A standard export of so many tickets and about so many bytes; the same bytes each time."""
    drawn = random.Random(5)
    first = datetime(2026, 1, 5)
    filler = "the picture stands still after a minute and the sound goes on, on every device that we have tried; " * 9
    with path.open("w", encoding="utf-8") as out:
        out.write(HEADERS + "\n")
        for number in range(tickets):
            created = first + timedelta(seconds=drawn.randrange(180 * 86_400))
            replied = created + timedelta(seconds=drawn.randrange(60, 20_000))
            solved = replied + timedelta(seconds=drawn.randrange(60, 200_000))
            is_solved = drawn.random() < 0.95
            ends = f"{solved.isoformat()}Z" if is_solved else ""
            start = (
                f"T{number:07},{created.isoformat()}Z,{drawn.choice(('High', 'Low'))},"
                f"{'Solved' if is_solved else 'Open'},"
                f"A{drawn.randrange(300):04},agent-{drawn.randrange(60)},Team {drawn.randrange(6)},email,"
                f'customer{drawn.randrange(9_000)}@example.com,"Title {number}, '
            )
            end = f'",{replied.isoformat()}Z,{ends},{ends or replied.isoformat() + "Z"},video;web\n'
            out.write(start + filler[: size // tickets - len(start) - len(end)] + end)


def put_in(browser: Browser, address: str, export: Path, server: int) -> Put:
    """Drops the file and a promise in, answers nothing (nothing is asked), and measures it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(120_000)
    try:
        page.goto(f"{address}/upload?lang=en")
        settle(page)
        promise = export.with_name("mine.toml")
        promise.write_bytes(PROMISE)
        page.set_input_files("[data-testid=stFileUploader] input[type=file]", [promise])
        page.get_by_text("is a policy: it can be chosen below").wait_for()
        settle(page)
        with _watched(server) as peak:
            page.evaluate(WATCH)
            begun = time.perf_counter()
            page.set_input_files("[data-testid=stFileUploader] input[type=file]", [export])
            page.get_by_role("button", name="Measure these tickets", disabled=False).wait_for()
            recognised_s = time.perf_counter() - begun
            measured_s, still_s = _measured(page)
        return Put(recognised_s, measured_s, still_s, peak[0] - peak[1])
    finally:
        context.close()


def _measured(page: Page) -> tuple[float, float]:
    """Seconds from the click to the summary, and the longest time in which nothing on the page changed."""
    page.evaluate(WATCH)
    begun = time.perf_counter()
    page.get_by_role("button", name="Measure these tickets").click()
    page.locator(".way-on a").wait_for()
    took = time.perf_counter() - begun
    changes: list[float] = page.evaluate(WATCHED)
    return took, max(after - before for before, after in pairwise(changes)) / 1_000


@contextmanager
def _watched(server: int) -> Iterator[list[int]]:
    """The most bytes that a process held while the block ran, and those it held before."""
    found = [0, _held(server)]
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(SAMPLE_S):
            found[0] = max(found[0], _held(server))

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield found
    finally:
        ended.set()
        looking.join()


def _held(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text("ascii")
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS:"))


def lines_of(export: Path, tickets: int, put: Put) -> list[Line]:
    """What putting it in took, beside the goals: those of seconds for 200,000 tickets, that of memory for 200 MB."""
    size = export.stat().st_size
    what = f"{tickets:,} tickets in a CSV of {size / MB:,.0f} MB"
    both = put.recognised_s + put.measured_s
    figure = f"{both:.1f} s: {put.recognised_s:.1f} until recognised, {put.measured_s:.1f} until measured"
    memory = f"{put.bytes_above / machine.GB:.2f} GB"
    still = f"{put.still_s:.1f} s"
    seconds = [
        at_most(f"{what}: on the page", figure, both, MOST_S, "s"),
        at_most(f"{what}: the longest without news of the work", still, put.still_s, MOST_STILL_S, "s"),
    ]
    is_timed = size < 150 * MB
    return [
        *(line if is_timed else Line(line.what, line.figure) for line in seconds),
        at_most(f"{what}: server above idle", memory, put.bytes_above / machine.GB, MOST_GB, "GB"),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.upload", description=__doc__)
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[100, 200], metavar="MB", help="of the files, 2,000 tickets a MB"
    )
    asked = parser.parse_args(arguments)
    cores = machine.take_two_cores()
    print(f"Machine: {machine.described(cores)}.\n", flush=True)
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="sla-bench-") as folder:
        for size in asked.sizes:
            export = Path(folder) / f"tickets-{size}.csv"
            write_export(export, 2_000 * size, size * MB - MB // 10)  # with its headers no more than the page takes
            snapshots = Path(folder) / "snapshots"  # none: the page needs none
            with served(snapshots) as server, chromium() as browser:
                put = put_in(browser, f"http://127.0.0.1:{server.port}", export, server.pid)
            lines += lines_of(export, 2_000 * size, put)
            print(f"  {lines[-3:]}", file=sys.stderr, flush=True)
    print(as_markdown(lines), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
