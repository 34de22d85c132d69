"""One server on the sample's snapshot and one Chromium for all browser tests.

Without Chromium these tests are skipped, unless SLA_BROWSER_TESTS=required: then they fail.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.server import CHROMIUM, chromium, served


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


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    yield context.new_page()
    context.close()
