"""Sessions at once on the real server and the real store: nobody sees an other's policy, filters or language."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.bench.people import Server, reader, served

LINKS = (
    "lang=en&policy=vodlix&period=week&week=2026-10-05",
    "lang=ar&policy=zoom&period=week&week=2026-10-05",
    "lang=pt-BR&policy=vodlix&period=month&month=2026-10-01&severity=1",
    "lang=en&policy=liveagent&period=quarter&quarter=2026-07-01",
)


async def said(server: Server, link: str, times: int) -> list[list[str]]:
    """What one session is told, each time it opens the page."""
    pages = []
    for _ in range(times):
        async with reader(server) as person:
            await person.open("week", link)
            pages.append([text for text in person.texts if "<style>" not in text])
    return pages


def test_sessions_with_other_filters_and_languages_at_once_are_told_what_each_is_told_alone(snapshots: Path) -> None:
    async def all_of_them(server: Server) -> None:
        alone = [(await said(server, link, 1))[0] for link in LINKS]
        assert len({"".join(texts) for texts in alone}) == len(LINKS)
        assert all("class='lead'" in "".join(texts) for texts in alone)
        together = await asyncio.gather(*(said(server, link, 8) for link in LINKS for _ in range(2)))
        for place, pages in enumerate(together):
            assert all(page == alone[place // 2] for page in pages), LINKS[place // 2]

    # In a thread of its own: the browser of the other tests keeps a loop of events in this one.
    with served(snapshots) as server, ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(all_of_them(server))).result()
