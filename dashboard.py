"""The frame and the router: language, snapshot, filters, pages. Run it with `streamlit run dashboard.py`."""

import streamlit as st

from sla.ui import HOME, warming
from sla.ui.frame import begin, page_title, refusals_told

PAGES = ("week", "attainment", "breaches", "satisfaction", "workload", "review", "ticket", "definitions", "upload")
page = st.navigation(
    [st.Page(f"pages/{name}.py", title=page_title(name), url_path=name, default=name == HOME) for name in PAGES],
    position="top",
)
begin(page.url_path or HOME)
warming.begin()
with refusals_told():
    page.run()
