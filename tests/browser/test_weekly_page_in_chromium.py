"""The weekly page in a real browser on the real server."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from sla import store
from sla.words import words
from tests.browser.server import served, settle

pytestmark = pytest.mark.browser


def counted(snapshots: Path, policy: str, week: str) -> tuple[int, int]:
    """Met and decided first responses of a policy that fell due in a week of UTC, counted over `clocks` alone."""
    path = store.current(snapshots)
    assert path is not None
    with store.open_snapshot(path).cursor() as cursor:
        row = cursor.execute(
            """
            select count(*) filter (outcome = 'met'), count(*) filter (outcome in ('met', 'breached'))
            from clocks
            where policy = ?
                and metric = 'first_response'
                and date_trunc('week', coalesce(due_at, started_at)) = ?::date
            """,
            [policy, week],
        ).fetchone()
    assert row is not None
    return row


def plain(text: str) -> str:
    """What a page says, without the marks that keep Arabic in order and numbers on the line of their unit."""
    return re.sub("[\u2066-\u2069]", "", text).replace("\u00a0", " ")


def lead_of(page: Page) -> str:
    return plain(page.locator("h1.lead").inner_text())


def choose(page: Page, key: str, option: str) -> None:
    page.locator(f".st-key-{key} input").click()
    page.get_by_role("option").filter(has_text=option).first.click()
    settle(page)


def link_of(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def test_week_and_policy_can_be_changed_and_the_numbers_are_those_of_the_clocks(
    page: Page, address: str, snapshots: Path
) -> None:
    page.goto(f"{address}/?policy=vodlix&week=2026-11-09")
    settle(page)
    choose(page, "week", "Week 41 ")
    met, decided = counted(snapshots, "vodlix", "2026-10-05")
    assert decided > 0
    assert f"Week 41: {words('en').percent(met / decided)} of first responses in time ({met} of {decided})" in lead_of(
        page
    )
    assert plain(page.locator("[data-metric=first_response] .counts").inner_text()) == f"{met} of {decided} in time"
    choose(page, "policy", "Zoom")
    met, decided = counted(snapshots, "zoom", "2026-10-05")
    assert f"({met} of {decided})" in lead_of(page)
    chosen = {"lang": "en", "policy": "zoom", "period": "week", "week": "2026-10-05"}
    assert link_of(page) == chosen | {"default_metric": "first_response"}


def test_the_link_of_a_fresh_visit_names_its_week(page: Page, address: str) -> None:
    page.goto(address)
    settle(page)
    # as of Friday 20 November 2026: the last whole week began on the 9th
    assert link_of(page)["week"] == "2026-11-09"


def test_a_link_opens_the_same_page_for_somebody_else(page: Page, browser: Browser, address: str) -> None:
    page.goto(f"{address}/?policy=vodlix&week=2026-10-05")
    settle(page)
    choose(page, "lang", "العربية")
    other = browser.new_page(locale="de-DE")
    other.goto(page.url)
    settle(other)
    assert lead_of(other) == lead_of(page)
    assert "الأسبوع 41" in lead_of(other)
    other.close()


def test_the_browser_chooses_the_first_language(browser: Browser, address: str) -> None:
    visitor = browser.new_page(locale="pt-BR")
    visitor.goto(address)
    settle(visitor)
    assert lead_of(visitor).startswith("Semana")
    visitor.close()


def test_arabic_reads_from_right_to_left_and_its_charts_from_left_to_right(page: Page, address: str) -> None:
    page.goto(f"{address}/?lang=ar&policy=vodlix&week=2026-10-05")
    settle(page)
    look = "element => { const style = getComputedStyle(element); return [style.direction, style.textAlign] }"
    for title in ("h1.lead", "h2.part >> nth=0", ".figure h2 >> nth=0", "table.matrix th >> nth=0"):
        direction, side = page.locator(title).evaluate(look)
        assert direction == "rtl"
        assert side in {"start", "right"}
    assert page.locator("[data-testid=stPlotlyChart]").first.evaluate(look)[0] == "ltr"
    first, last = (page.locator("table.matrix thead th").nth(at).bounding_box() for at in (0, -1))
    assert first is not None
    assert last is not None
    assert first["x"] > last["x"]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["en", "pt-BR", "ar"])
def test_nothing_runs_out_of_the_page(page: Page, address: str, width: int, language: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}/?lang={language}&policy=zoom&week=2026-10-05")
    settle(page)
    too_wide = page.evaluate(
        """width => [...document.querySelectorAll('.sla *, [data-testid=stPlotlyChart]')].filter(element => {
            if (element.parentElement.closest('.scroll')) return false;  // its box is what must not run out
            const box = element.getBoundingClientRect();
            return box.width && (box.right > width + 1 || box.left < -1);
        }).map(element => element.outerHTML.slice(0, 80))""",
        width,
    )
    assert too_wide == []


def test_charts_tell_their_finding_to_those_who_cannot_see_them(page: Page, address: str, snapshots: Path) -> None:
    met, decided = counted(snapshots, "vodlix", "2026-10-05")
    page.goto(f"{address}/?lang=en&policy=vodlix&week=2026-10-05")
    settle(page)
    for finding in ("share in time over the 13 weeks to week 41", f"of the week’s {decided - met} breaches"):
        page.locator(f"[aria-label*='{finding}']").first.wait_for(state="attached", timeout=30_000)


def test_the_page_asks_nobody_but_its_own_server(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    settle(page)
    assert [
        url for url in asked if not url.startswith((address, address.replace("http", "ws"), "data:", "blob:"))
    ] == []


@pytest.mark.parametrize("path", ["/week", "/week?policy=vodlix&week=2026-10-05"])
def test_a_deep_link_as_the_first_request_of_a_fresh_server_runs_the_frame(
    page: Page, snapshots: Path, port: int, path: str
) -> None:
    with served(snapshots, port) as fresh:
        page.goto(f"{fresh}{path}")
        settle(page)
        assert page.locator(".st-key-lang").count() == 1
        assert page.locator(".masthead").count() == 1
        assert "first responses" in lead_of(page)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_lists_begin_with_the_ticket_and_how_late_it_is_on_a_phone_and_show_every_cell(
    page: Page, address: str, language: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{address}/?lang={language}&policy=vodlix&week=2026-10-05")
    settle(page)
    late = page.locator("table.list tbody tr").first.locator("th, td").nth(1).bounding_box()
    ticket = page.locator("table.list tbody th").first
    before = ticket.bounding_box()
    assert before is not None
    assert late is not None
    assert min(before["x"], late["x"]) >= 0
    assert max(before["x"] + before["width"], late["x"] + late["width"]) <= 390
    assert (before["x"] > late["x"]) == (language == "ar")
    cells = page.locator("table.list").first.locator("tbody td")
    team = cells.nth(5).bounding_box()
    box = page.locator(".scroll").first.evaluate("box => [box.scrollWidth, box.clientWidth]")
    assert box[0] <= box[1]  # nothing of a row lies outside the page
    assert team is not None
    assert 0 <= team["x"] < team["x"] + team["width"] <= 390


def test_the_file_of_a_list_is_made_when_it_is_asked_for(page: Page, address: str, snapshots: Path) -> None:
    met, decided = counted(snapshots, "vodlix", "2026-10-05")
    page.goto(f"{address}/?lang=en&policy=vodlix&week=2026-10-05")
    settle(page)
    with page.expect_download() as asked:
        page.get_by_role("button", name="Download all as CSV").first.click()
    assert asked.value.suggested_filename == "breaches-vodlix-2026-10-05-first_response.csv"
    lines = asked.value.path().read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("ticket_id,metric,")
    assert len(lines) - 1 == decided - met
