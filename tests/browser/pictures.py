"""Pictures of pages in every language, theme and width.

python tests/browser/pictures.py SNAPSHOTS OUT [PAGE[?QUERY] ...]
"""

import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser
from server import chromium, served, settle  # run as a script: its own folder comes first

LANGUAGES = ("en", "pt-BR", "ar")
THEMES = ("light", "dark")
WIDTHS = (1280, 390)
HOME = "week"
PAGES = tuple(path.stem for path in sorted((Path(__file__).resolve().parents[2] / "pages").glob("*.py")))


def main(snapshots: Path, out: Path, *pages: str) -> None:
    """Writes `PAGE-LANGUAGE-THEME-WIDTH.png` of the whole of each page, of all there are unless told, into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    with served(snapshots) as address, chromium() as browser:
        for asked in pages or PAGES:
            name, _, query = asked.partition("?")
            for language, theme, width in product(LANGUAGES, THEMES, WIDTHS):
                link = f"{address}/{'' if name == HOME else name}?lang={language}&{query}"
                picture(browser, link, theme, width, out / f"{name}-{language}-{theme}-{width}.png")


def picture(browser: Browser, link: str, theme: str, width: int, path: Path) -> None:
    """One picture of a whole page, as long as the page is."""
    page = browser.new_page(viewport={"width": width, "height": 900}, locale="en-US")
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.goto(link)
    settle(page)
    page.add_style_tag(content=".sla .scroll.cards { max-height: 675px !important }")  # else as high as the picture
    height = page.evaluate("document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight")
    page.set_viewport_size({"width": width, "height": int(height) + 80})
    settle(page)
    page.screenshot(path=path)
    page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]), *sys.argv[3:])
