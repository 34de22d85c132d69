"""A pack as a PDF for reading: A4, tagged (PDF/UA), its fonts inside, nothing fetched from anywhere.

The same pack gives the same bytes: dates and the document's id are the pack's own.
"""

import gc
import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from sla.review.pack import Pack
from sla.review.print.document import document, pictures

try:
    with redirect_stdout(io.StringIO()):  # it prints a notice there where Pango is missing
        import pydyf
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse
except OSError as error:
    raise ImportError(
        "Pango is missing; install Debian's packages libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0"
    ) from error

_FOLDER = Path(__file__).resolve().parent
_FONTS = frozenset(path.name for path in (_FOLDER / "fonts").glob("*.ttf"))
_one_at_a_time = Lock()  # Pango's font map, which all packs share, is not made for several threads


class _Own(URLFetcher):  # type: ignore[misc]
    """Answers the addresses of the program's own fonts and the pack's pictures, and no other."""

    def __init__(self, pack: Pack | None = None) -> None:
        super().__init__(allowed_protocols=("pack",), allow_redirects=False)
        self._pictures = pictures(pack) if pack else {}

    def fetch(self, url: str, headers: Any = None) -> Any:
        """The bytes behind an address of the program's own. Raises FatalURLFetchingError for every other."""
        name = url.removeprefix("pack:")
        if url.startswith("pack:") and name in _FONTS:
            return URLFetcherResponse(url, (_FOLDER / "fonts" / name).read_bytes(), {"Content-Type": "font/ttf"})
        if url in self._pictures:
            kind, data = self._pictures[url]
            return URLFetcherResponse(url, data, {"Content-Type": f"image/{kind}"})
        raise FatalURLFetchingError(f"A pack fetches nothing, not {url!r} either.")


def pdf(pack: Pack) -> bytes:
    """The file of a pack."""
    html = document(pack)
    with _one_at_a_time, _uncollected():
        fonts, style = _set()
        page = weasyprint.HTML(string=html, base_url="pack:", url_fetcher=_Own(pack))
        made: bytes = page.write_pdf(
            stylesheets=[style],
            font_config=fonts,
            pdf_variant="pdf/ua-1",
            finisher=_renumbered,
            pdf_identifier=hashlib.sha256(html.encode()).digest()[:16],
        )
    return made


@contextmanager
def _uncollected() -> Iterator[None]:
    """Holds Python's search for cycles, a seventh of the time: a layout's many objects are needed until its end."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _renumbered(_: Any, made: Any) -> None:
    """Names the cells that heads refer to by running numbers, where the library takes their places in memory."""
    numbers: dict[str, int] = {}
    for element in made.objects:
        if not isinstance(element, pydyf.Dictionary):
            continue
        names = [element["ID"]] if isinstance(element.get("ID"), pydyf.String) else []
        attributes = element.get("A")
        if isinstance(attributes, dict):
            names += attributes.get("Headers", ())
        for name in names:
            name.string = str(numbers.setdefault(str(name.string), len(numbers) + 1))


@cache
def _set() -> tuple[Any, Any]:
    """The fonts and the styles, read once for all packs."""
    fonts = FontConfiguration()
    css = (_FOLDER / "print" / "pack.css").read_text("utf-8")
    return fonts, weasyprint.CSS(string=css, base_url="pack:", url_fetcher=_Own(), font_config=fonts)
