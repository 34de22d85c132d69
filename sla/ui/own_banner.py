"""On every page while a person looks at files of their own: what they look at, who else does, and the way back."""

from html import escape

import streamlit as st

from sla.ui import blocks
from sla.ui.own_data import let_go, looked_at
from sla.words import Words
from sla.words import upload as sentences

_MOST_NAMES = 3


def banner(words: Words) -> None:
    """Says that this is the person's own data, and leads back; nothing where they look at what everybody does."""
    uploaded = looked_at()
    if uploaded is None:
        return
    names = [words.isolated(sentences.short(name)) for name in uploaded.files]
    shown = [*names[:_MOST_NAMES], *(["…"] if len(names) > _MOST_NAMES else [])]
    told = words("own_data.banner", count=len(names), files=words.listed(shown))
    address = f"./upload?lang={words.language}"
    with st.container(key="own-data-banner"):
        blocks.write(
            f"<p class='own-data' role='status'><strong>{escape(told)}</strong> {escape(words('own_data.links'))} "
            f"<a href='{escape(address)}' target='_self'>{escape(words('own_data.summary'))}</a></p>",
            words,
        )
        st.button(words("own_data.back"), key="own data back", on_click=let_go)
