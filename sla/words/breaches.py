"""What the reports of breaches and of running clocks say: each function takes rows of a report and gives text."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sla.words import Words
from sla.words.week import Row

BANDS = ("over_90", "over_75", "over_50", "upto_50", "standing")
# How much of a circle is filled says the same as the share; two bars stand still.
SIGNS = {"over_90": "●", "over_75": "◕", "over_50": "◑", "upto_50": "◔", "standing": "‖"}


def lead(counts: Row, bands: Iterable[Row], period: str, metric: str | None, zone: str, words: Words) -> str:
    """The answer in two sentences, from the row of breaches_of_period and the rows of at_risk_by_band.

    `metric` is None where both count the clocks of all metrics; `zone` is the one in which the next due time is told.
    """
    return f"{_breached(counts, period, metric, words)} {_at_risk(bands, zone, words)}"


def running(bands: Iterable[Row], words: Words) -> str:
    """How many clocks run, and in which bands: what the chart of them shows, from the rows of at_risk_by_band."""
    counts = by_band(bands)
    items = [
        words("at_risk.alt_item", count=count, band=words.named("band", band))
        for band, count in counts.items()
        if count
    ]
    count = sum(counts.values())
    return words("at_risk.alt", running=words("at_risk.running", count=count), items=words.listed(items))


def by_band(rows: Iterable[Row]) -> dict[str, int]:
    """The clocks of each band, whatever their metric, from rows of at_risk_by_band; the most urgent band first."""
    counts = dict.fromkeys(BANDS, 0)
    for row in rows:
        counts[row["band"]] += row["clocks_count"]
    return counts


def band(code: str, words: Words) -> str:
    """A band by its sign and its name."""
    return f"{SIGNS[code]} {words.named('band', code)}"


def used(row: Row, words: Words) -> str:
    """How much of its target a row of at_risk has used, with the sign of its band."""
    return f"{SIGNS[row['band']]} {words.percent(row['used'], 0)}"


def due(row: Row, zone: str, words: Words) -> str:
    """When the clock of a row of at_risk falls due, in a zone; that it stands still where it does."""
    return words.weekday_time(_local(row["due_at"], zone)) if row["due_at"] else words("due.still")


def ended(row: Row, words: Words) -> str:
    """How a row of breached_clocks or longest_waits ended, in the reporting time zone, or that it is still open."""
    if row["is_open"] or row["stopped_local"] is None:
        return words("breaches.open")
    key = "breaches.closed" if row["is_answered"] else "breached.unanswered"
    return words(key, at=words.weekday_time(row["stopped_local"]))


def cluster(row: Row, words: Words) -> str:
    """The name of a row of breaches_by."""
    if row["is_rest"]:
        return words("clusters.rest", count=row["values_count"])
    return row["name"] or words(f"clusters.no_{row['dimension']}")


def lead_of_waits(rows: Sequence[Row], period: str, words: Words) -> str:
    """The answer where nothing is promised, from the first row of longest_waits; empty: nothing waited."""
    nothing = words.clauses([words("longest_waits.lead", period=period)])
    if not rows:
        return f"{nothing} {words('longest_waits.none')}"
    key = "longest_waits.longest_open" if rows[0]["is_open"] else "longest_waits.longest"
    longest = words.clauses([words(key, duration=words.duration(rows[0]["elapsed_s"]))])
    counts = words("longest_waits.count", count=rows[0]["clocks_count"], open=rows[0]["open_count"])
    return f"{nothing} {counts} {longest[0].upper()}{longest[1:]}"


def _breached(counts: Row, period: str, metric: str | None, words: Words) -> str:
    many = words.named("many", metric) if metric else words("breached.any")
    if not counts["decided_count"]:
        return words.clauses([words("breached.lead_nothing", period=period, many=many)])
    said = {"period": period, "decided": counts["decided_count"], "many": many}
    if not counts["breached_count"]:
        return words.clauses([words("breached.lead_none", **said)])
    left = counts["open_count"]
    still = words("breached.open", count=left) if left else words("breached.open_none")
    return words.clauses([words("breached.lead", count=counts["breached_count"], **said), still])


def _at_risk(rows: Iterable[Row], zone: str, words: Words) -> str:
    rows = list(rows)
    counts = by_band(rows)
    if not sum(counts.values()):
        none = words.clauses([words("at_risk.none")])
        return f"{none[0].upper()}{none[1:]}"
    over = counts["over_90"]
    parts = [
        words("at_risk.running", count=sum(counts.values())),
        words("at_risk.over", count=over) if over else words("at_risk.over_none"),
    ]
    instants = [row["next_due_at"] for row in rows if row["next_due_at"]]
    if instants:
        parts.append(words("at_risk.next", at=words.instant(min(instants), zone)))
    return words.clauses(parts)


def _local(at: datetime, zone: str) -> datetime:
    return at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
