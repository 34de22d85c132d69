"""The frame and the router: language, snapshot, the list of pages. Run it with `streamlit run dashboard.py`."""

import streamlit as st

from sla.ui import spoken
from sla.ui.frame import begin

begin()
words = spoken()
page = st.navigation(
    [
        st.Page("pages/week.py", title=words("page.week"), url_path="week", default=True),
    ],
    position="top",
)
page.run()
