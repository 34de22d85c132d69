"""Packs to make files of: accounts of the sample, with hostile texts where a test wants them."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sla import store
from sla.periods import period_of
from sla.review.notes import NO_NOTES, BreachNote, Note, Notes, PeriodComment, Signed, Waiver, holding
from sla.review.pack import Pack, read_pack

QUARTER = period_of("quarter", date(2026, 8, 1))
BY = Signed(1, "Ann Example", True, datetime(2026, 10, 2, 12))
HOSTILE = (
    '=HYPERLINK("http://evil.example","x")',
    "@SUM(1+1)",
    "{=1+1}",
    "http://evil.example",
    "<b>bold</b> & <script>alert(1)</script>",
    "a\x00b\x07c\x1bd\x85e\ud800f\ufffeg",
    "_x0041_ &F &P",
    "long " * 20_000,
)


def pack_of(connection: store.Connection, account: str, language: str, notes: Notes = NO_NOTES) -> Pack:
    """The pack of a quarter of the sample."""

    def ask(report: str, **values: Any) -> list[dict[str, Any]]:
        return store.records(store.run(connection, report, values))

    return read_pack(ask, account, QUARTER, language, notes)


def noted_pack(connection: store.Connection, account: str, language: str) -> Pack:
    """With a comment, a reason for the first breach, and a waiver of the last."""
    breaches = [clock for clock in pack_of(connection, account, language).clocks if clock.outcome == "breached"]
    first, last = breaches[0], breaches[-1]
    notes: tuple[Note, ...] = (
        PeriodComment(QUARTER.first_on, QUARTER.last_on, "A shift was short.", BY),
        BreachNote(first.key, first.counted_on, "staffing", "Two people were ill.", BY),
        Waiver(last.key, last.counted_on, True, "Bob Sample", "", BY),
    )
    return pack_of(connection, account, language, holding(notes, len(notes)))


def hostile(pack: Pack) -> Pack:
    """The same figures, every text of a ticket one of HOSTILE, and a remark and names as bad."""
    texts = [HOSTILE[at % len(HOSTILE)] for at in range(len(pack.clocks))]
    clocks = tuple(replace(one, subject=text) for one, text in zip(pack.clocks, texts, strict=True))
    parts = tuple(
        replace(
            part,
            breaches=tuple(replace(one, subject=HOSTILE[at % 8]) for at, one in enumerate(part.breaches)),
            satisfaction=replace(
                part.satisfaction,
                comments=tuple(
                    replace(one, comment=HOSTILE[at % 8]) for at, one in enumerate(part.satisfaction.comments)
                ),
            ),
        )
        for part in pack.content.parts
    )
    opened = tuple(replace(one, subject=HOSTILE[at % 8]) for at, one in enumerate(pack.content.open_tickets))
    content = replace(pack.content, parts=parts, open_tickets=opened, title=HOSTILE[0], name=HOSTILE[6])
    return replace(pack, content=content, clocks=clocks)
