"""The Streamlit side: the frame around every page, the filters in the link, reports from the current snapshot."""

from sla.ui.filters import choose, choose_metric, choose_policy, choose_week
from sla.ui.frame import require_frame, spoken
from sla.ui.snapshot import Row, Rows, first_snapshot, report

__all__ = [
    "Row",
    "Rows",
    "choose",
    "choose_metric",
    "choose_policy",
    "choose_week",
    "first_snapshot",
    "report",
    "require_frame",
    "spoken",
]
