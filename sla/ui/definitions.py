"""The parts of the page of definitions: what numbers mean, what policies promise, where the data came from."""

from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import Any

from sla.catalog import reports
from sla.decisions import decisions
from sla.errors import Refused
from sla.policies.model import Policy
from sla.readings import Record
from sla.ui import blocks, documents
from sla.ui.documents import Cell, Digest, Quoted, table
from sla.ui.filters import scope
from sla.ui.policies import said, versions
from sla.ui.readings import effects
from sla.ui.snapshot import report
from sla.words import Words
from sla.words import definitions as sentences
from sla.words.calendars import calendar_name


def meanings(words: Words) -> None:
    """The words, the rules, the reports and the decisions; the last two in English."""
    documents.terms(sentences.terms(words), words)
    blocks.heading(words("definitions.rules"), words)
    documents.paragraphs(sentences.rules(words), words)
    blocks.heading(words("definitions.reports"), words)
    blocks.quiet(words("definitions.reports_note"), words)
    documents.folded(_reports(), words)
    blocks.heading(words("definitions.decisions"), words)
    blocks.quiet(words("definitions.decisions_note"), words)
    for group, decided in groupby(decisions(), lambda decision: decision.group):
        documents.paragraphs([Quoted(group, "en")], words)
        told = [(Quoted(one.title, "en"), [Quoted(text, "en") for text in one.paragraphs]) for one in decided]
        documents.folded(told, words)


def policies(words: Words) -> None:
    """Every version of the chosen policy: facts, severities, plans, targets with their clauses, calendars."""
    found = versions(scope().policy["policy"])
    if not found:
        blocks.paragraph(words("definitions.no_policy"), words)
    year = scope().as_of.year
    for number, policy in found.items():
        blocks.heading(sentences.title(policy, words), words)
        source: dict[str, Cell] = {
            words("definitions.fact.source"): said(policy.sources, words),
            words("definitions.fact.file"): policy.file,
        }
        documents.facts(sentences.facts(policy, words) | source, words)
        _severities_and_plans(policy, words)
        _targets(policy, words)
        _calendars(number, policy, year, words)


def readings(words: Words) -> None:
    """Where the document can be read in two ways, which way was chosen and what the other would give."""
    policy = scope().policy["policy"]
    found = versions(policy)
    if not any(version.readings for version in found.values()):
        blocks.paragraph(words("definitions.reading.none" if found else "definitions.no_policy"), words)
        return
    blocks.quiet(words("definitions.reading.note"), words)
    measured: list[Record] | None = None
    try:
        measured = effects(policy, words)
    except Refused as reason:
        blocks.notice(words("definitions.reading.failed", reason=str(reason)), words)
    for version in found.values():
        if len(found) > 1:
            blocks.heading(sentences.title(version, words), words)
        for number, reading in enumerate(version.readings, 1):
            documents.subheading(_plain(said(reading.questions, words)), words)
            otherwise = _otherwise(version, number, measured, words)
            documents.facts(
                {
                    words("definitions.reading.chosen"): said(reading.chosen, words),
                    words("definitions.reading.otherwise"): otherwise,
                },
                words,
            )


def built_from(words: Words) -> None:
    """The build: its instants, its files with their digests and counts, what it was made with."""
    built = report("built_from")[0]
    zone = words(
        "definitions.data.assumed" if built["timezone_is_assumed"] else "definitions.data.told", zone=built["timezone"]
    )
    names = {
        "as_of": words.instant(built["as_of"], "UTC"),
        "built_at": words.instant(built["built_at"], "UTC"),
        "timezone": zone,
        "default_policy": built["default_policy"] or words("definitions.fact.none"),
        "rows": words(
            "definitions.data.rows_add_up",
            read=built["rows_read"],
            accepted=built["rows_accepted"],
            rejected=built["rows_rejected"],
        ),
        "holds": words(
            "definitions.data.totals",
            tickets=built["tickets_count"],
            events=built["events_count"],
            clocks=built["clocks_count"] or 0,
        ),
        "versions": words(
            "definitions.data.versions_of",
            duckdb=built["duckdb_version"],
            holidays=built["holidays_version"],
            tzdata=built["tzdata_version"],
        ),
    }
    documents.facts({words(f"definitions.data.{name}"): text for name, text in names.items()}, words)
    _source_files(words)
    blocks.heading(words("definitions.data.policy_files"), words)
    head = [words(f"definitions.data.{name}") for name in ("file", "policy", "sha256")]
    lines = [[row["file"], row["policy"], Digest(row["sha256"])] for row in report("policy_files")]
    table(words("definitions.data.policy_files"), head, lines, words)


@cache
def _reports() -> list[tuple[Quoted, list[Quoted]]]:
    """Every report with what it says of itself; read once, for there are many."""
    told: list[tuple[Quoted, list[Quoted]]] = []
    for each in reports().values():
        lines = [
            f"Grain: {each.grain}",
            f"Units: {each.units}",
            *(f"{one.name}: {one.about}" for one in each.parameters),
        ]
        told.append((Quoted(f"{each.title} ({each.name})", "en"), [Quoted(line, "en") for line in lines]))
    return told


def _source_files(words: Words) -> None:
    title = words("definitions.data.files")
    blocks.heading(title, words)
    counts = ("read", "accepted", "rejected", "superseded")
    head = [words(f"definitions.data.{name}") for name in ("file", "kind", "format", "zone", *counts, "sha256")]
    lines = [
        [
            row["file"],
            words.named("definitions.kind", row["kind"]),
            words.named("upload.format", row["format"]),
            row["timezone"] or words("none"),
            *(_number(row[f"rows_{name}"], words) for name in counts),
            Digest(row["sha256"]),
        ]
        for row in report("source_files")
    ]
    table(title, head, lines, words)
    blocks.quiet(words("definitions.data.files_note"), words)


def _severities_and_plans(policy: Policy, words: Words) -> None:
    for name, items in (("severities", policy.severities), ("plans", policy.plans)):
        if not items:
            continue
        title = words(f"definitions.policy.{name}")
        documents.subheading(title, words)
        head = [words(f"definitions.policy.{column}") for column in ("name", "code", "aliases")]
        lines: list[Sequence[Cell]] = [
            [
                said(item.names, words) if item.names else item.code,
                item.code,
                sentences.as_written(item.aliases) or words("none"),
            ]
            for item in items
        ]
        table(title, head, lines, words)


def _targets(policy: Policy, words: Words) -> None:
    title = words("definitions.policy.targets")
    documents.subheading(title, words)
    if not policy.targets:
        documents.paragraphs([words("definitions.policy.no_targets")], words)
        return
    columns = ("within", "severities", "plans", "calendar", "stops", "stands", "clause")
    head = [words("column.metric"), *(words(f"definitions.policy.{column}") for column in columns)]
    lines: list[Sequence[Cell]] = [
        [
            words.named("metric", target.metric),
            words.duration(target.target_s),
            sentences.codes("severity", policy.severities, target.severities, words),
            sentences.codes("plan", policy.plans, target.plans, words),
            calendar_name(policy.calendar(target.calendar), words),
            sentences.stops(target, words),
            sentences.stands(target, words),
            said(target.clauses, words) if target.clauses else words("definitions.policy.no_clause"),
        ]
        for target in policy.targets
    ]
    table(title, head, lines, words)


def _calendars(number: int, policy: Policy, year: int, words: Words) -> None:
    documents.subheading(words("definitions.policy.calendars"), words)
    closed: dict[str, list[Any]] = {}
    for row in report("holidays", policy=policy.id, year=year):
        if row["version_no"] == number:
            closed.setdefault(row["calendar"], []).append(row)
    for calendar in policy.calendars:
        told = {
            "calendar_name": calendar.name,
            "timezone": words.zone(calendar.timezone),
            "hours": " · ".join(sentences.hours(calendar, words)),
            "own_dates": " · ".join(sentences.dates(calendar.dates, words)),
            "closures": " · ".join(sentences.dates(calendar.closures, words)),
        }
        facts = {words(f"definitions.policy.{name}"): text for name, text in told.items() if text}
        if not calendar.is_always:
            named = words("definitions.policy.holidays", year=str(year))
            facts[named] = sentences.holidays(closed.get(calendar.name, []), words)
        documents.facts(facts, words)


def _otherwise(version: Policy, number: int, measured: Sequence[Record] | None, words: Words) -> str:
    if not version.readings[number - 1].otherwise:
        return words("definitions.reading.no_target_changes")
    if measured is None:
        return words("definitions.reading.not_yet")
    of_this = [
        record
        for record in measured
        if (record["valid_from"], record["reading"]) == (version.valid_from, number) and record["metric"] is not None
    ]
    if not of_this:
        return words("definitions.reading.no_clocks")
    return " ".join(sentences.effect(record, words) for record in of_this)


def _plain(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.text


def _number(count: int | None, words: Words) -> str:
    return words("none") if count is None else words.number(count)
