"""A dashboard's page as one writes it first: five cached queries over a snapshot, five cached charts, Streamlit's own
titles. It is the yardstick beside which `tests.bench.people` measures the project's pages, with the same settings of
the server. The snapshot's path is the last argument.
"""

import sys

import duckdb
import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
import streamlit as st

CHARTS = {
    "Clocks a day": "select counted_on as name, count(*) as clocks from clock_facts group by all order by name",
    "By severity": "select severity as name, count(*) as clocks from clocks group by all order by clocks desc",
    "By plan": "select plan as name, count(*) as clocks from clocks group by all order by clocks desc",
    "By team": "select team as name, count(*) as clocks from clocks group by all order by clocks desc",
    "By outcome": "select outcome as name, count(*) as clocks from clocks group by all order by clocks desc",
}


@st.cache_data(show_spinner=False)
def rows(title: str) -> pd.DataFrame:
    """Rows `name`, `clocks`."""
    with duckdb.connect(sys.argv[-1], read_only=True) as con:
        return con.execute(CHARTS[title]).df()


@st.cache_data(show_spinner=False)
def figure(title: str) -> go.Figure:
    """Columns of a chart's rows."""
    return px.bar(rows(title), x="name", y="clocks")


st.set_page_config(page_title="Support", layout="wide")
st.title("Support")
for title in CHARTS:
    st.subheader(title)
    st.metric("Clocks", f"{rows(title)['clocks'].sum():,}")
    st.plotly_chart(figure(title), key=title)
