"""The Streamlit side: the frame around every page, the filters in the link, reports from the current snapshot."""

from sla.ui.filters import choose, choose_metric, scope
from sla.ui.frame import require_frame, spoken
from sla.ui.scope import HOME, Period, Scope
from sla.ui.snapshot import Row, Rows, first_snapshot, report

__all__ = [
    "HOME",
    "Period",
    "Row",
    "Rows",
    "Scope",
    "choose",
    "choose_metric",
    "first_snapshot",
    "report",
    "require_frame",
    "scope",
    "spoken",
]
