"""The frame and the router: language, snapshot, the list of pages. Run it with `streamlit run dashboard.py`."""

import streamlit as st

from sla.ui import spoken
from sla.ui.frame import begin, refusals_told

begin()
page = st.navigation(
    [
        st.Page("pages/week.py", title=spoken()("page.week"), url_path="week", default=True),
    ],
    position="top",
)
with refusals_told():
    page.run()
