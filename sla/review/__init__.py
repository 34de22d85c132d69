"""A client's review: its content, gathered once for the page and for the files to hand over. No Streamlit, no SQL."""
