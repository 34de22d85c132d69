"""The reports that can be asked for: what `queries/reports/*.sql` say of themselves in their first comment.

-- Title of the report
-- Grain: one row per ...
-- Units: ...
-- $policy text: the policy's id
-- $account text, optional: this account's clocks only
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from sla.errors import Refused

REPORTS = Path(__file__).resolve().parent.parent / "queries" / "reports"
KINDS = ("text", "date", "instant", "integer", "number")
_EXAMPLES = {"date": "2026-01-05", "instant": "2026-01-05T09:00:00", "integer": "10", "number": "2.5"}

Value = str | int | float | date | datetime | None

_PARAMETER = re.compile(r"\$(?P<name>\w+) (?P<kind>\w+)(?P<optional>, optional)?: (?P<about>.+)")
_USED = re.compile(r"'(?:[^']|'')*'|--[^\n]*|\$(\w+)")


@dataclass(frozen=True)
class Parameter:
    """A value a report asks for: `kind` is one of KINDS; one that is optional may be None, which leaves nothing out."""

    name: str
    kind: str
    is_optional: bool
    about: str

    def read(self, text: str) -> Value:
        """The value that a text stands for: dates and instants as ISO 8601 (instants in UTC). Raises Refused."""
        try:
            match self.kind:
                case "date":
                    return date.fromisoformat(text)
                case "instant":
                    return datetime.fromisoformat(text)
                case "integer":
                    return int(text)
                case "number":
                    return float(text)
        except ValueError as error:
            example = _EXAMPLES[self.kind]
            raise Refused(f"{self.name} must be a {self.kind} such as {example}, not {text!r}.") from error
        return text


@dataclass(frozen=True)
class Report:
    """A query with its own words about itself; `sql` is the whole file."""

    name: str
    title: str
    grain: str
    units: str
    parameters: tuple[Parameter, ...]
    sql: str

    def bind(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """Every parameter's value, None where an optional one is missing. Raises Refused for one missing or unknown."""
        names = [parameter.name for parameter in self.parameters]
        unknown = sorted(set(values) - set(names))
        if unknown:
            raise Refused(f"Report {self.name} knows no {unknown[0]}; it takes {', '.join(names) or 'nothing'}.")
        for parameter in self.parameters:
            if not parameter.is_optional and values.get(parameter.name) is None:
                raise Refused(f"Report {self.name} needs {parameter.name}: {parameter.about}")
        return {name: values.get(name) for name in names}


def reports(folder: Path = REPORTS) -> dict[str, Report]:
    """Every report of the folder by its name, sorted. Raises Refused for a header that says too little."""
    return {path.stem: _read(path) for path in sorted(folder.glob("*.sql"))}


@cache
def report(name: str) -> Report:
    """The report of that name; the file is read once. Raises Refused, naming those there are."""
    path = REPORTS / f"{name}.sql"
    if not re.fullmatch(r"\w+", name) or not path.is_file():
        raise Refused(
            f"There is no report {name!r}; there are {', '.join(sorted(p.stem for p in REPORTS.glob('*.sql')))}."
        )
    return _read(path)


def _read(path: Path) -> Report:
    sql = path.read_text(encoding="utf-8")
    lines = list(_header(sql.splitlines()))
    sections = {key: _section(lines, f"{key}: ") for key in ("Grain", "Units")}
    parameters = tuple(_parameter(path, line) for line in lines if line.startswith("$"))
    if not lines or not all(sections.values()):
        raise Refused(f"{path.name}: the first comment must give a title, 'Grain: ...' and 'Units: ...'.")
    used = {name for name in _USED.findall(sql) if name}
    stated = {parameter.name for parameter in parameters}
    if used != stated:
        raise Refused(
            f"{path.name}: parameters {sorted(used ^ stated)} stand in the comment or in the query, not in both."
        )
    return Report(path.stem, lines[0], sections["Grain"], sections["Units"], parameters, sql)


def _header(lines: Iterable[str]) -> Iterable[str]:
    """The lines of the first comment; one that begins with more than one blank goes on from the line before."""
    held = ""
    for line in lines:
        if not line.startswith("--"):
            break
        if line.startswith("--  "):
            held = f"{held} {line[2:].strip()}"
            continue
        if held:
            yield held
        held = line[2:].strip()
    if held:
        yield held


def _section(lines: Iterable[str], start: str) -> str:
    return next((line.removeprefix(start) for line in lines if line.startswith(start)), "")


def _parameter(path: Path, line: str) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    if match is None or match["kind"] not in KINDS:
        raise Refused(f"{path.name}: expected '$name kind: what it is' (kinds {', '.join(KINDS)}), found {line!r}.")
    return Parameter(match["name"], match["kind"], match["optional"] is not None, match["about"])
