"""Every page in a real browser: nothing runs out of it, nothing bars people from it, nothing goes round the frame."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from sla import store
from sla.ui import HOME
from sla.words import LANGUAGES
from tests.browser.server import ROOT, served, settle

pytestmark = pytest.mark.browser

PAGES = tuple(sorted(path.stem for path in (ROOT / "pages").glob("*.py")))
BAD_WEEK = "policy=vodlix&period=week&week=2026-10-05"

# What Streamlit draws itself; everything else on a page is this project's.
NOT_OURS = (
    "[data-testid=stHeader]",
    "[data-testid=stToolbar]",
    "[data-testid=stSelectbox]",
    "[data-testid=stDateInput]",
    "[data-testid=stTextInput]",
    "[data-testid=stPopover]",
    "[data-testid=stFileUploader]",
)
RUNS_OUT = """width => [...document.querySelectorAll('.sla *, [data-testid=stPlotlyChart]')].filter(element => {
    for (let box = element.parentElement; box && !box.matches('[data-testid=stMain]'); box = box.parentElement)
        if (['auto', 'scroll'].includes(getComputedStyle(box).overflowX)) return false;  // it moves sideways
    const box = element.getBoundingClientRect();
    return box.width && box.height && (box.right > width + 1 || box.left < -1);
}).map(element => element.outerHTML.slice(0, 120))"""
MOVES_SIDEWAYS = """() => [...document.querySelectorAll('.sla .cards')]
    .filter(box => box.scrollWidth > box.clientWidth + 1).map(box => box.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="session")
def ticket(snapshots: Path) -> str:
    """The ticket of the sample that was answered latest in its bad week."""
    path = store.current(snapshots)
    assert path is not None
    values = {"policy": "vodlix", "week": "2026-10-05", "metric": "first_response"}
    return str(store.run(store.open_snapshot(path), "week_breaches", values)["ticket_id"][0])


def link(name: str, ticket: str, language: str = "en") -> str:
    """Where a page shows something: the sample's bad week, a ticket late in it, an account."""
    more = {"ticket": f"&ticket={ticket}", "review": "&account=V01"}.get(name, "")
    return f"{'' if name == HOME else name}?lang={language}&{BAD_WEEK}{more}"


def complaints(page: Page) -> list[str]:
    """What axe-core finds wrong outside of Streamlit's own widgets, as rule and first element."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    found = Axe().run(page, context={"exclude": [[name] for name in NOT_OURS]}, options=options).response
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found["violations"]]


def assert_it_bars_nobody_and_fits(page: Page) -> None:
    """What stands on a page has no barrier, and nothing runs out of it on a desk or on a phone."""
    assert complaints(page) == []
    assert page.evaluate(RUNS_OUT, 1280) == []
    page.set_viewport_size({"width": 390, "height": 900})
    settle(page)
    assert page.evaluate(RUNS_OUT, 390) == []
    assert page.evaluate(MOVES_SIDEWAYS) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_barrier_and_nothing_runs_out_of_it(
    page: Page, address: str, ticket: str, name: str, language: str
) -> None:
    page.goto(f"{address}/{link(name, ticket, language)}")
    settle(page)
    assert page.locator(".sla").first.get_attribute("lang") == language
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.locator("[role=img], [aria-label]").count()
    assert_it_bars_nobody_and_fits(page)


@pytest.mark.parametrize("name", [name for name in PAGES if name != HOME])
def test_a_deep_link_as_the_first_request_of_a_fresh_server_runs_the_frame(
    page: Page, snapshots: Path, port: int, ticket: str, name: str
) -> None:
    with served(snapshots, port) as fresh:
        page.goto(f"{fresh}/{link(name, ticket)}")
        settle(page)
        assert page.locator(".st-key-lang").count() == 1
        assert page.locator(".masthead").count() == 1
        assert page.locator("[data-testid=stTopNavLink], [data-testid=stTopNavLinkContainer]").count()


def test_the_sum_of_a_breached_clock_stands_under_what_it_adds_up(page: Page, address: str, ticket: str) -> None:
    page.goto(f"{address}/{link('ticket', ticket)}")
    settle(page)
    cells = "[...document.querySelectorAll('section.breached table.sum td.total')]"
    counted, *_, total = page.evaluate(f"{cells}.map(cell => cell.getBoundingClientRect().right)")
    assert total == pytest.approx(counted, abs=1)
