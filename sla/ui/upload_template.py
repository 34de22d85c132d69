"""The template of the standard export: its empty tables, a row of an invented example in each, and how to fill them."""

import io
import zipfile
from collections.abc import Sequence

from sla.intake.formats import FileKind, read_formats
from sla.store import ROOT
from sla.tables import as_csv
from sla.words import Words

FORMATS = ROOT / "data" / "formats"

# No person, company or ticket: what a row looks like. A column that stands nowhere here is empty in it.
EXAMPLES = {
    "tickets": {
        "ticket_id": "EXAMPLE-1",
        "created_at": "2026-03-02T09:00:00Z",
        "severity": "High",
        "plan": "Example plan",
        "status": "Solved",
        "account": "EXAMPLE-ACCOUNT",
        "agent": "example-agent",
        "team": "Example team",
        "channel": "email",
        "subject": "Example: delete this row",
        "requester": "example@example.com",
        "opened_by": "customer",
        "acknowledged_at": "2026-03-02T09:00:05Z",
        "first_reply_at": "2026-03-02T09:40:00Z",
        "solved_at": "2026-03-02T15:00:00Z",
        "closed_at": "2026-03-04T15:00:00Z",
        "updated_at": "2026-03-04T15:00:00Z",
        "tags": "example;template",
    },
    "events": {
        "ticket_id": "EXAMPLE-1",
        "at": "2026-03-02T09:40:00Z",
        "kind": "message",
        "by": "agent",
        "author": "example-agent",
        "public": "true",
        "seq": "1",
    },
    "ratings": {
        "ticket_id": "EXAMPLE-1",
        "rated_at": "2026-03-03T10:00:00Z",
        "score": "4",
        "scale_min": "1",
        "scale_max": "5",
        "comment": "Example: delete this row",
        "offered_at": "2026-03-02T15:05:00Z",
    },
    "accounts": {
        "account": "EXAMPLE-ACCOUNT",
        "name": "Example account",
        "plan": "Example plan",
        "manager": "Example manager",
        "language": "en",
        "timezone": "America/Sao_Paulo",
        "valid_from": "2026-01-01",
    },
    "agents": {
        "agent": "example-agent",
        "name": "Example agent",
        "team": "Example team",
        "timezone": "America/Sao_Paulo",
    },
}


def template(words: Words) -> bytes:
    """A zip of the standard export's tables, UTF-8 with a spreadsheet's mark, and a text that explains each column."""
    kinds = read_formats(FORMATS)["standard"].files
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        folder = words("upload.template.folder")
        for kind in kinds:
            archive.writestr(f"{folder}/{kind.kind}.csv", _table(kind).encode("utf-8-sig"))
        archive.writestr(f"{folder}/{words('upload.template.readme')}", _readme(kinds, words).encode("utf-8-sig"))
    return out.getvalue()


def _table(kind: FileKind) -> str:
    headers = [spellings[0] for spellings in kind.columns.values()]
    example = {
        header: EXAMPLES[kind.kind].get(column, "") for column, header in zip(kind.columns, headers, strict=True)
    }
    return as_csv(headers, [example])


def _readme(kinds: Sequence[FileKind], words: Words) -> str:
    parts = [words("upload.template.title"), words("upload.template.intro"), words("upload.template.dates")]
    parts += ["\n".join([words.named("upload.template", kind.kind), *_columns(kind, words)]) for kind in kinds]
    return "\n\n".join(parts) + "\n"


def _columns(kind: FileKind, words: Words) -> list[str]:
    needed = {group[0] for group in kind.needs if len(group) == 1}
    lines = [
        f"  {words.isolated(column)}: {words.named('upload.column', column)}"
        + (f" ({words('upload.template.needed')})" if column in needed else "")
        for column in kind.columns
    ]
    return lines + [
        f"  {words('upload.template.needed_one', columns=words.listed(group))}"
        for group in kind.needs
        if len(group) > 1
    ]
