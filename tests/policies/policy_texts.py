"""A small sound policy, and what reading a text says."""

from sla.errors import Refused
from sla.policies.model import Policy
from sla.policies.reader import read_policy_text

SOUND = """\
id = "example"
name = { en = "Example" }
source = "a document"

[calendars.always]
timezone = "UTC"
hours = "24x7"

[calendars.office]
timezone = "America/Sao_Paulo"
hours.mon = [["09:00", "12:00"], ["13:00", "18:00"]]
hours.tue = [["10:00", "18:00"]]

[[severities]]
code = "1"
name = { en = "Critical", "pt-BR" = "Crítico" }
aliases = ["P1"]

[[severities]]
code = "2"
name = { en = "High" }

[[plans]]
code = "Pro"
aliases = ["Professional"]

[[targets]]
metric = "first_response"
severities = ["1"]
within = "1h"
calendar = "always"

[[targets]]
metric = "first_response"
severities = ["2"]
within = "1 business day"
calendar = "office"
"""


def read(text: str) -> Policy:
    return read_policy_text(text, "p.toml")


def mistakes(text: str) -> list[str]:
    """What is said against a text, a mistake each; none where it is sound."""
    try:
        read(text)
    except Refused as refused:
        return str(refused).split("\n")
    return []
