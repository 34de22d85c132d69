"""What the other reading of a document would change: the same clocks measured again, the snapshot left as it is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sla.errors import Refused
from sla.models import run_models
from sla.policies.listing import in_language
from sla.policies.model import Policy, Reading, word_key
from sla.policies.reader import in_order, read_policy_text
from sla.policies.readings import with_other_reading
from sla.policies.tables import policy_tables
from sla.progress import Progress, part, silent
from sla.store import Connection, ask

QUERIES = Path(__file__).resolve().parent.parent / "queries"
TICKETS_A_SHARD = 500_000
COLUMNS = (
    *("policy", "valid_from", "reading", "question", "chosen", "metric", "changed_count"),
    *("met_count", "breached_count", "attainment", "other_met_count", "other_breached_count", "other_attainment"),
    "note",
)
_VERDICTS = ("met_count", "breached_count", "other_met_count", "other_breached_count")
_COUNTS = ("changed_count", *_VERDICTS)
_UNDECIDED = "no clock met or breached in either reading"

Record = dict[str, Any]


def reading_effects(
    con: Connection, policy: str | None = None, language: str = "en", progress: Progress = silent
) -> list[Record]:
    """One record a reading and metric, with COLUMNS: how many verdicts the other reading changes, and both attainments.

    Of every policy of the snapshot, or of one. A reading whose other way changes no target, or of a policy without
    clocks, has no metric and no counts. Shares are 0 to 1, None where nothing was decided; `note` says which of these
    it is, None where there are verdicts. Raises Refused for a policy the snapshot does not have.
    """
    with con.cursor() as cursor:
        known = in_order([read_policy_text(row["text"], row["file"]) for row in ask(cursor, _query("policy_texts"))])
        asked = [version for version in known if policy is None or word_key(version.id) == word_key(policy)]
        if not asked:
            ids = ", ".join(sorted({version.id for version in known}))
            raise Refused(f"The snapshot has no policy {policy!r}; it has {ids}.")
        return [
            record
            for place, version in enumerate(asked)
            for number, reading in enumerate(version.readings, 1)
            for record in _effects(
                *(cursor, known, version, number, reading, language),
                part(progress, place / len(asked), (place + 1) / len(asked)),
            )
        ]


def _effects(
    con: Connection,
    known: list[Policy],
    version: Policy,
    number: int,
    reading: Reading,
    language: str,
    progress: Progress,
) -> Iterator[Record]:
    said: Record = {
        "policy": version.id,
        "valid_from": version.valid_from,
        "reading": number,
        "question": in_language(reading.questions, language),
        "chosen": in_language(reading.chosen, language),
    }
    progress(f"{version.id}, reading {number} of {len(version.readings)}", (number - 1) / len(version.readings))
    counted = _counted(con, known, version, reading) if reading.otherwise else {}
    if not counted:
        note = "no clocks of this policy" if reading.otherwise else "changes no target"
        yield said | dict.fromkeys(COLUMNS[5:]) | {"note": note}
    for metric, counts in sorted(counted.items()):
        yield (
            said
            | counts
            | {
                "metric": metric,
                "attainment": _share(counts["met_count"], counts["breached_count"]),
                "other_attainment": _share(counts["other_met_count"], counts["other_breached_count"]),
                "note": None if any(counts[name] for name in _VERDICTS) else _UNDECIDED,
            }
        )


def _counted(con: Connection, known: list[Policy], version: Policy, reading: Reading) -> dict[str, dict[str, int]]:
    """The counts of every metric under both readings, over all shards. Temporary views hide the snapshot's policies."""
    size = ask(con, _query("size"), policy=version.id)[0]
    other = [with_other_reading(each, reading) if each is version else each for each in known]
    tables = policy_tables(other, size["first_at"], size["last_at"])
    for name, table in tables.items():
        con.register(name, table)
    try:
        sums: dict[str, dict[str, int]] = {}
        shards = max(1, -(-size["tickets_count"] // TICKETS_A_SHARD))
        for shard in range(shards):
            values = {"policy": version.id, "shard": shard, "shards": shards}
            con.execute(_query("shard_tickets"), values)
            run_models(con, QUERIES / "clock", {"as_of": size["as_of"]})
            for row in ask(con, _query("compare")):
                counts = sums.setdefault(row["metric"], dict.fromkeys(_COUNTS, 0))
                for name in _COUNTS:
                    counts[name] += row[name]
        return sums
    finally:
        for name in tables:
            con.unregister(name)


def _share(met: int, breached: int) -> float | None:
    return met / (met + breached) if met + breached else None


def _query(name: str) -> str:
    return (QUERIES / "readings" / f"{name}.sql").read_text(encoding="utf-8")
