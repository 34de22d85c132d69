"""The same tickets through the product: exports and policies written as files, one build, its `clocks` read back."""

from __future__ import annotations

import csv
import json
import tempfile
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from sla import snapshot

Row = dict[str, Any]
COLUMNS = {
    "tickets": [
        *("ticket_id", "created_at", "severity", "plan", "status", "policy", "account", "agent", "team", "channel"),
        *("subject", "requester", "opened_by", "acknowledged_at", "first_reply_at", "solved_at", "closed_at"),
        *("updated_at", "merged_into", "tags"),
    ],
    "events": ["ticket_id", "at", "kind", "by", "author", "public", "value", "seq"],
    "accounts": ["account", "name", "plan", "policy", "manager", "language", "timezone", "valid_from"],
    "agents": ["agent", "name", "team", "timezone"],
}


@dataclass(frozen=True)
class Built:
    """What a build measured, the status words of the standard format, and the rows it did not accept."""

    clocks: list[Row]
    format_statuses: dict[str, str]
    rejected: list[Row]


def build_clocks(
    tickets: list[Row],
    events: list[Row],
    accounts: list[Row],
    agents: list[Row],
    policies: list[Row | str],
    as_of: datetime,
    default_policy: str | None = None,
) -> list[Row]:
    """The product's `clocks` for a standard export; every row of it must be accepted."""
    built = build(tickets, events, accounts, agents, policies, as_of, default_policy)
    assert not built.rejected, f"rows were rejected: {built.rejected[:3]}"
    return built.clocks


def build(
    tickets: list[Row],
    events: list[Row],
    accounts: list[Row],
    agents: list[Row],
    policies: list[Row | str],
    as_of: datetime,
    default_policy: str | None = None,
    tickets_a_shard: int = 500_000,
) -> Built:
    """What the product makes of a standard export written to a temporary folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        export, policy_files = folder / "export", folder / "policies"
        export.mkdir()
        policy_files.mkdir()
        tables = {"tickets": tickets, "events": events, "accounts": accounts, "agents": agents}
        for table, rows in tables.items():
            if rows or table == "tickets":
                _write_csv(export / f"{table}.csv", COLUMNS[table], rows)
        for number, policy in enumerate(policies):
            text = policy if isinstance(policy, str) else toml_of(policy)
            (policy_files / f"policy_{number}.toml").write_text(text, encoding="utf-8")
        summary = snapshot.build(
            [export],
            policies=policy_files,
            out=folder / "snapshots",
            as_of=as_of,
            default_policy=default_policy,
            timezone="UTC",
            tickets_a_shard=tickets_a_shard,
        )
        with duckdb.connect(str(summary.snapshot), read_only=True) as con:
            return Built(
                clocks=_rows(con, "from clocks"),
                format_statuses={
                    row["status_key"]: row["status_class"]
                    for row in _rows(con, "from format_statuses where format = 'standard'")
                },
                rejected=_rows(con, "from rejected_rows"),
            )


def parsed(policies: list[Row | str]) -> list[Row]:
    """Policies as the dicts that tomllib reads."""
    return [tomllib.loads(policy) if isinstance(policy, str) else policy for policy in policies]


def toml_of(policy: Row) -> str:
    """A policy as TOML, one line a key."""
    return "".join(f"{_toml_value(name)} = {_toml_value(value)}\n" for name, value in policy.items())


def _toml_value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_toml_value(name)} = {_toml_value(entry)}" for name, entry in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml_value, value)) + "]"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)


def _write_csv(file: Path, columns: list[str], rows: list[Row]) -> None:
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(columns)
        writer.writerows([[_csv_value(row.get(column)) for column in columns] for row in rows])


def _csv_value(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return f"{value.isoformat()}Z"
    return ";".join(value) if isinstance(value, list) else str(value)


def _rows(con: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    found = con.execute(query)
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, values, strict=True)) for values in found.fetchall()]
