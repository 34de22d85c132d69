"""A build's intake on a few lines of CSV."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from sla.intake import IntakeSummary, read_exports
from sla.progress import silent

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 6, 1, 12)


@dataclass(frozen=True)
class Result:
    con: duckdb.DuckDBPyConnection
    summary: IntakeSummary

    def rows(self, table: str, *columns: str) -> list[tuple[Any, ...]]:
        relation = self.con.table(table)
        chosen = relation.select(*[duckdb.ColumnExpression(column) for column in columns]) if columns else relation
        return list(chosen.fetchall())

    def reasons(self) -> list[tuple[int, str]]:
        return [(line, reason) for line, reason in self.rows("rejected_rows", "line", "reason")]


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


def run(paths: list[Path], con: duckdb.DuckDBPyConnection | None = None, **options: Any) -> Result:
    con = con or duckdb.connect()
    con.execute("SET GLOBAL TimeZone = 'Asia/Riyadh'")  # the answers must not depend on it
    settings: dict[str, Any] = {
        "timezone": None,
        "format_name": None,
        "default_policy": None,
        "as_of": None,
        "machine_now": NOW,
        "formats_dir": ROOT / "data" / "formats",
        "queries": ROOT / "queries",
        "progress": silent,
    }
    return Result(con, read_exports(con, paths, **(settings | options)))


def intake(folder: Path, files: Mapping[str, str | bytes], **options: Any) -> Result:
    """Reads these files from a folder called export."""
    return run([write(folder / "export", files)], **options)
