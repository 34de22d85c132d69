"""The real server on a free loopback port, and a real Chromium before it."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path(os.environ.get("SLA_CHROMIUM", "/usr/bin/chromium"))
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# Nothing has changed for 0.3 seconds, charts stand where they belong, nothing fades, and Streamlit is at rest.
STILL = """() => new Promise(still => {
    const isDrawn = chart => chart.querySelector('.main-svg')
    const isOver = fade => fade.playState !== 'running' || fade.effect.getTiming().iterations === Infinity
    const isDone = () => document.querySelector('[data-testid=stApp][data-test-script-state=notRunning]') &&
        [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(isDrawn) &&
        document.getAnimations().every(isOver)
    let timer
    const wait = () => { clearTimeout(timer); timer = setTimeout(() => isDone() ? end() : wait(), 300) }
    const look = new MutationObserver(wait)
    const end = () => { look.disconnect(); still(true) }
    look.observe(document, {subtree: true, childList: true, attributes: true, characterData: true})
    wait()
})"""


@contextlib.contextmanager
def served(snapshots: Path, port: int | None = None) -> Iterator[str]:
    """The address of a dashboard started as the README says, on the snapshots of a folder; it ends with the block.

    It asks nothing ahead: that takes longer than these tests, beside them.
    """
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", f"--server.port={port}"]
    environment = os.environ | {"SLA_SNAPSHOTS": str(snapshots), "SLA_ASK_AHEAD": "no"}
    options = ["--server.headless=true"]
    log = snapshots.parent / f"server-{port}.log"
    with (
        log.open("wb") as out,
        subprocess.Popen([*command, *options], cwd=ROOT, env=environment, stdout=out, stderr=out) as server,
    ):
        try:
            _wait(port, server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without a window; as root it needs to run without its sandbox."""
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else list(FLAGS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=flags)
        try:
            yield browser
        finally:
            browser.close()


def settle(page: Page) -> None:
    """Waits until the answer stands on the page, and nothing moves any more."""
    page.wait_for_selector("h1.lead, .notice", timeout=60_000)
    page.wait_for_function(STILL, timeout=60_000)


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def _wait(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError(f"the server ended: {log.read_text('utf-8')}")
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health") as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError(f"no answer within 30 seconds: {log.read_text('utf-8')}")
