"""One server on the sample's snapshot and one Chromium for all browser tests.

Without Chromium these tests are skipped, unless SLA_BROWSER_TESTS=required: then they fail.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.server import CHROMIUM, chromium, free_port, served

WINDOW: ViewportSize = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists() and os.environ.get("SLA_BROWSER_TESTS") != "required":
        pytest.skip(f"no Chromium at {CHROMIUM}; SLA_BROWSER_TESTS=required makes this a failure")
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def snapshots(copied_sample: Callable[[], Path]) -> Path:
    return copied_sample()


@pytest.fixture(scope="session")
def address(browser: Browser, snapshots: Path) -> Iterator[str]:
    with served(snapshots) as started:
        yield started


@pytest.fixture(scope="session")
def port() -> int:
    """Where servers of one test alone stand, one after the other: the tab has compiled the files of that address."""
    return free_port()


@pytest.fixture(scope="session")
def tab(browser: Browser) -> Iterator[Page]:
    """One tab for all tests: Streamlit's own files, eight megabytes of script, are compiled once."""
    context = browser.new_context(viewport=WINDOW, locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    """The tab with nothing of an earlier test in it: every address that it goes to begins a session of its own."""
    yield tab
    for beside in tab.context.pages:
        if beside != tab:
            beside.close()
    tab.evaluate("try { localStorage.clear(); sessionStorage.clear() } catch {}")
    tab.goto("about:blank")
    tab.context.clear_cookies()
    tab.emulate_media(color_scheme="null")
    tab.set_viewport_size(WINDOW)
