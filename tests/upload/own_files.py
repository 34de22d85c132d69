"""A person's own small export and policy: two tickets of theirs, one answered in time and one late."""

from collections.abc import Sequence
from typing import Any

from sla.policies.model import Policy
from sla.policies.reader import read_policy_text
from sla.upload import OwnFile, Uploaded, measure_upload

TICKETS = (
    "ticket_id,created_at,severity,status,account,first_reply_at\n"
    "OWN-1,2026-03-02T09:00:00Z,1,Open,Granite Quarry,2026-03-02T09:30:00Z\n"
    "OWN-2,2026-03-03T09:00:00Z,1,Open,Granite Quarry,2026-03-03T11:00:00Z\n"
    "OWN-3,no date,1,Open,Granite Quarry,\n"
)
EVENTS = (
    "ticket_id,at,kind,by,author,value\n"
    "OWN-1,2026-03-02T09:30:00Z,message,agent,Agent of Ours,\n"
    "OWN-2,2026-03-03T11:00:00Z,message,agent,Agent of Ours,\n"
    "OWN-2,2026-03-12T11:00:00Z,message,agent,Agent of Ours,\n"
)
POLICY = """
id = "ours"
name = { en = "Our own promise" }
objective = 0.9
[calendars.always]
timezone = "UTC"
hours = "24x7"
[[severities]]
code = "1"
[[targets]]
metric = "first_response"
within = "1h"
calendar = "always"
"""


def own_policies() -> list[Policy]:
    """The one policy that the export is judged by."""
    return [read_policy_text(POLICY, "ours.toml")]


def own_files(tickets: str = TICKETS) -> list[OwnFile]:
    """The files as they would be put in."""
    return [OwnFile("tickets.csv", tickets.encode()), OwnFile("events.csv", EVENTS.encode())]


def measured(files: Sequence[OwnFile] | None = None, **other: Any) -> Uploaded:
    """These files, or the small export, measured."""
    given = {"policies": own_policies(), "default_policy": "ours"} | other
    return measure_upload(own_files() if files is None else files, **given)
