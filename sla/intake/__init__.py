"""From export files to the tables that a build starts from."""

from sla.intake.exports import read_exports
from sla.intake.summary import FileCounts, IntakeSummary

__all__ = ["FileCounts", "IntakeSummary", "read_exports"]
