"""Pictures of the weekly page in every language, theme and width.

python tests/browser/pictures.py SNAPSHOTS OUT [QUERY]
"""

import sys
from itertools import product
from pathlib import Path

from server import chromium, served, settle  # run as a script: its own folder comes first

LANGUAGES = ("en", "pt-BR", "ar")
THEMES = ("light", "dark")
WIDTHS = (1280, 390)


def main(snapshots: Path, out: Path, query: str = "") -> None:
    """Writes `week-LANGUAGE-THEME-WIDTH.png` of the whole page into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    with served(snapshots) as address, chromium() as browser:
        for language, theme, width in product(LANGUAGES, THEMES, WIDTHS):
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=theme, locale="en-US")
            page.goto(f"{address}/?lang={language}&{query}")
            settle(page)
            height = page.evaluate("document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight")
            page.set_viewport_size({"width": width, "height": int(height) + 80})
            settle(page)
            page.screenshot(path=out / f"week-{language}-{theme}-{width}.png")
            page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]), *sys.argv[3:])
