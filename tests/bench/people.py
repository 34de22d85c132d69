"""Readers before the real server: `python -m tests.bench.people SNAPSHOTS`, as one Markdown table.

Each reader is a websocket that speaks Streamlit's own protocol, so that what is measured is the server and no browser.
"""

import argparse
import asyncio
import contextlib
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from sla import store
from tests.bench.figures import Line, as_markdown, at_most
from tests.bench.machine import GB

ROOT = Path(__file__).resolve().parents[2]
HOME = "week"
PLAIN = "tests/bench/plain_page.py"
PAGES = (HOME, *sorted(path.stem for path in (ROOT / "pages").glob("*.py") if path.stem != HOME))
OWN = "&account="
TICK = os.sysconf("SC_CLK_TCK")
MOST_RERUN_MS = 20.0
MOST_FIRST_VISIT_S = 0.5
MOST_OF_PEOPLE_S = 0.5
COLD_S = 60.0


class PageFailed(Exception):
    """A page that ended in an exception; the sentence names it."""


@dataclass(frozen=True)
class Server:
    """A running dashboard."""

    port: int
    pid: int

    def cpu_s(self) -> float:
        """Seconds of processor time it has used, its threads together."""
        fields = Path(f"/proc/{self.pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def memory_gb(self) -> float:
        """What it holds now."""
        status = Path(f"/proc/{self.pid}/status").read_text("ascii")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")) * 1024 / GB


@dataclass
class Reader:
    """One session; `texts` is what the last page said as HTML, in order, but for what it had been sent before."""

    line: websockets.ClientConnection
    known: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    async def open(self, page: str, query: str) -> float:
        """Seconds until the page with that query is whole. Raises PageFailed where it ends in an exception."""
        message = BackMsg()
        message.rerun_script.query_string = query if page in ("review", "ticket") else _without_own(query)
        message.rerun_script.page_name = "" if page == HOME else page
        message.rerun_script.cached_message_hashes.extend(self.known)
        message.rerun_script.context_info.timezone = "UTC"
        message.rerun_script.context_info.locale = "en-US"
        self.texts.clear()
        begun = time.perf_counter()
        await self.line.send(message.SerializeToString())
        while True:
            answer = ForwardMsg.FromString(bytes(await asyncio.wait_for(self.line.recv(), 120)))
            if answer.hash and answer.metadata.cacheable:
                self.known.append(answer.hash)
            if answer.WhichOneof("type") == "delta":
                element = answer.delta.new_element
                if element.WhichOneof("type") == "exception":
                    raise PageFailed(f"{page}?{query}: {element.exception.message}")
                if element.WhichOneof("type") == "html":
                    self.texts.append(element.html.body)
            if answer.WhichOneof("type") == "script_finished":
                if answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    return time.perf_counter() - begun
                if answer.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    raise PageFailed(f"{page}?{query} cannot be compiled")


@contextlib.contextmanager
def served(snapshots: Path, script: str = "dashboard.py", *arguments: str) -> Iterator[Server]:
    """A dashboard started as the README says, on a free port; it ends with the block."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, f"--server.port={port}", "--server.headless=true"]
    environment = os.environ | {"SLA_SNAPSHOTS": str(snapshots)}
    with (
        tempfile.NamedTemporaryFile(prefix="sla-people-", suffix=".log") as log,
        subprocess.Popen(
            [*command, "--", *arguments], cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
        ) as server,
    ):
        try:
            _wait(port, server)
            yield Server(port, server.pid)
        except PageFailed as failed:
            told = Path(log.name).read_text("utf-8", "replace").strip().splitlines()
            raise PageFailed(f"{failed}\nThe server's last words: {told[-1] if told else 'none'}") from failed
        finally:
            server.terminate()


@contextlib.asynccontextmanager
async def reader(server: Server) -> AsyncIterator[Reader]:
    """A session of its own; it ends with the block."""
    address = f"ws://127.0.0.1:{server.port}/_stcore/stream"
    async with websockets.connect(address, subprotocols=[websockets.Subprotocol("streamlit")], max_size=None) as line:
        yield Reader(line)


def queries(snapshot: Path) -> list[str]:
    """Links of readers: every policy with its last eight whole weeks, the one with most targets and clocks first."""
    con = store.open_snapshot(snapshot)
    found = []
    policies = store.records(store.run(con, "policies", {}))
    for policy in sorted(policies, key=lambda policy: (not policy["target_metrics"], -policy["clocks_count"])):
        weeks = store.records(store.run(con, "weeks", {"policy": policy["policy"]}))
        whole = [row["week_start"] for row in weeks if row["is_complete"]][:8]
        if whole:
            own = _own(con, policy["policy"], whole[0])
            found += [f"lang=en&policy={policy['policy']}&period=week&week={week.isoformat()}{own}" for week in whole]
    return found


def _own(con: store.Connection, policy: str, week: date) -> str:
    """What the pages of one ticket and of one account are asked beside the rest: the policy's largest account."""
    values = store.records(store.run(con, "scope_values", {"policy": policy}))
    accounts = [(row["clocks_count"], row["value"]) for row in values if row["dimension"] == "account"]
    late = store.records(store.run(con, "clocks_in_scope", {"policy": policy, "week": week, "most": 1}))
    return f"{OWN}{max(accounts, default=(0, ''))[1]}&ticket={late[0]['ticket_id'] if late else ''}"


def _without_own(query: str) -> str:
    return query.partition(OWN)[0]


async def first_visits(server: Server, links: Sequence[str]) -> list[Line]:
    """Of every page: its first opening in a running server, by a session of its own, and a rerun with all in caches."""
    async with reader(server) as visitor:
        await visitor.open(HOME, links[-1])  # the server has then imported what pages need, and knows another policy
    lines = []
    for page in PAGES:
        async with reader(server) as visitor:
            first_s = await visitor.open(page, links[0])
            await visitor.open(page, links[0])
            rerun_ms = await _rerun_ms(server, visitor, page, links[0])
        lines += [
            at_most(f"page {page}: first visit", f"{first_s:.2f} s", first_s, MOST_FIRST_VISIT_S, "s"),
            at_most(
                f"page {page}: a rerun with cached data",
                f"{rerun_ms:.0f} ms of processor time",
                rerun_ms,
                MOST_RERUN_MS,
                "ms",
            ),
        ]
    return lines


async def _rerun_ms(server: Server, visitor: Reader, page: str, query: str) -> float:
    """Milliseconds of the server's processor time for a page whose values are all in caches."""
    await idle(server)  # what is asked ahead while nobody waits is no part of a rerun
    times, busy = 30, server.cpu_s()
    for _ in range(times):
        await visitor.open(page, query)
    return (server.cpu_s() - busy) / times * 1000


async def plain(server: Server) -> list[Line]:
    """The yardstick: what the plain page of tests/bench/plain_page.py takes on this machine."""
    async with reader(server) as visitor:
        await visitor.open(HOME, "")
        rerun_ms = await _rerun_ms(server, visitor, HOME, "")
    rate = await _reruns_a_second(server, "")
    what = "a plain Streamlit page of five cached charts, with the same settings"
    return [Line(f"{what}: a rerun", f"{rerun_ms:.0f} ms of processor time, {rate:.0f} reruns/s")]


async def idle(server: Server, most_s: float = 180.0) -> None:
    """Until the server has done next to nothing for a second."""
    until = time.perf_counter() + most_s
    while time.perf_counter() < until:
        busy = server.cpu_s()
        await asyncio.sleep(1.0)
        if server.cpu_s() - busy < 0.1:
            return


async def crowd(server: Server, links: Sequence[str], sessions: int, seconds: float, thought_s: float) -> list[Line]:
    """So many readers at once, each choosing a page and a link, reading for a while, and choosing again.

    They come within one time of thought.
    """
    took: list[float] = []
    memory: list[tuple[float, float]] = []
    begun = time.perf_counter()
    busy = server.cpu_s()

    async def read(number: int) -> None:
        dice = random.Random(number)
        await asyncio.sleep(dice.random() * thought_s)
        async with reader(server) as person:
            while time.perf_counter() - begun < seconds:
                took.append(await person.open(dice.choice(PAGES), dice.choice(links)))
                await asyncio.sleep(dice.uniform(0.5, 1.5) * thought_s)

    async def watch() -> None:
        while time.perf_counter() - begun < seconds:
            memory.append((time.perf_counter() - begun, server.memory_gb()))
            await asyncio.sleep(max(1.0, seconds / 60))

    await asyncio.gather(watch(), *(read(number) for number in range(sessions)))
    spent = time.perf_counter() - begun
    late = sorted(took)[int(len(took) * 0.95)]
    what = f"{sessions} readers, {thought_s:g} s of thought each, {spent / 60:.0f} min"
    return [
        at_most(
            f"{what}: pages",
            f"{len(took):,} pages, {len(took) / spent:.1f}/s, median {statistics.median(took):.2f} s, "
            f"95th percentile {late:.2f} s, longest {max(took):.2f} s, processor {(server.cpu_s() - busy) / spent:.0%}",
            late,
            MOST_OF_PEOPLE_S,
            "s (95th percentile)",
        ),
        Line(f"{what}: memory", ", ".join(f"{at / 60:.0f} min {held:.2f} GB" for at, held in _some(memory))),
    ]


async def throughput(server: Server, links: Sequence[str]) -> list[Line]:
    """Reruns a second of sessions that never stop to think, everything in caches."""
    rate = await _reruns_a_second(server, links[0])
    return [Line("10 readers without thought on one page", f"{rate:.0f} reruns/s", "more than 50/s", rate > 50)]


async def _reruns_a_second(server: Server, query: str, sessions: int = 10, reruns: int = 12) -> float:
    async def press(number: int) -> None:
        async with reader(server) as person:
            for _ in range(reruns):
                await person.open(HOME, query)

    begun = time.perf_counter()
    await asyncio.gather(*(press(number) for number in range(sessions)))
    return sessions * reruns / (time.perf_counter() - begun)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table; exit status 0 whatever the figures, 1 where a page failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.people", description=__doc__)
    parser.add_argument("snapshots", type=Path, help="a folder with a current snapshot")
    parser.add_argument("--sessions", type=int, default=100)
    parser.add_argument("--thought", type=float, default=5.0, metavar="S")
    parser.add_argument("--seconds", type=float, default=120.0, metavar="S", help="how long the crowd reads")
    asked = parser.parse_args(arguments)
    snapshot = store.current(asked.snapshots)
    if snapshot is None:
        parser.error(f"{asked.snapshots} has no current snapshot")
    links = queries(snapshot)

    async def measured(server: Server) -> list[Line]:
        lines = await first_visits(server, links)
        lines += await throughput(server, links)
        return lines + await crowd(server, links, asked.sessions, asked.seconds, asked.thought)

    async def at_once(server: Server) -> list[Line]:
        lines = await crowd(server, links, asked.sessions, COLD_S, asked.thought)
        return [replace(line, what=f"a server just started: {line.what}") for line in lines]

    lines: list[Line] = []
    try:
        with served(asked.snapshots.resolve(), PLAIN, str(snapshot.resolve())) as server:
            lines += asyncio.run(plain(server))
        with served(asked.snapshots.resolve()) as server:
            lines += asyncio.run(measured(server))
        with served(asked.snapshots.resolve()) as server:
            lines += asyncio.run(at_once(server))
    except PageFailed as failed:
        print(f"people: {failed}", file=sys.stderr)
        return 1
    finally:
        print(as_markdown(lines), end="")
    return 0


def _some(memory: Sequence[tuple[float, float]], most: int = 7) -> list[tuple[float, float]]:
    """The first, the last and some between."""
    places = sorted({round(place * (len(memory) - 1) / (most - 1)) for place in range(most)})
    return [memory[place] for place in places]


def _wait(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with status {server.returncode}")
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health") as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError("no answer within 30 seconds")


if __name__ == "__main__":
    sys.exit(main())
