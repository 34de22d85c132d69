"""What surrounds every page: the guard, the language, the head with the as-of, the snapshot that the run reads."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from sla.errors import Refused
from sla.ui import blocks, own_banner, own_data
from sla.ui.filters import choose, choose_scope, hold
from sla.ui.snapshot import current_snapshot, first_snapshot, report, use, use_own
from sla.words import LANGUAGES, OWN_NAMES, Words, nearest, words
from sla.words.upload_warnings import ends_early

_BUILT = "first snapshot built"
_BEGUN = "frame begun for the page that follows"
_ASKED = "frame asked for by a page without one"
_WITHOUT_FILTERS = frozenset({"ticket", "definitions", "upload"})
_WITHOUT_SNAPSHOT = frozenset({"upload"})  # what is put in there may be the first there is to see


def require_frame() -> None:
    """The first call of every page: if Streamlit ran the page's file alone, it runs the frame and then the page.

    A `pages/` folder beside the entry file makes Streamlit open a first deep link without `dashboard.py`. Whether it
    did is told by what this run did, never by Streamlit's setting alone, which another reader's run may just have
    changed. Raises RuntimeError where there is no frame to run, as in `streamlit run pages/week.py`.
    """
    if st.session_state.pop(_BEGUN, False):
        return
    if st.session_state.get(_ASKED):
        raise RuntimeError("A page needs the frame around it: start it with `streamlit run dashboard.py`.")
    st.session_state[_ASKED] = True
    PagesManager.uses_pages_directory = False
    st.rerun()


def spoken() -> Words:
    """The words of the language chosen in the frame."""
    return words(st.session_state.get("lang", LANGUAGES[0]))


def page_title(name: str) -> str:
    """The title of a page, in the language of the link, else of this session, else of the browser."""
    return words(hold("lang", LANGUAGES, nearest(st.context.locale)))(f"page.{name}")


def begin(page: str) -> None:
    """Draws the head and the filters and makes the current snapshot the one to read; without one it says why and stops.

    `page` is the name of the page that follows; the filters of one that has none are kept as they are. One that can do
    without a snapshot follows all the same, and none is built for it.
    """
    st.session_state[_BEGUN] = True
    st.session_state.pop(_ASKED, None)
    st.set_page_config(layout="wide", initial_sidebar_state="collapsed")
    masthead, picker = st.container(key="head").columns([4, 1], vertical_alignment="bottom")
    with picker:
        chosen = words(_choose_language())
    st.set_page_config(page_title=chosen("app.title"))
    blocks.style(chosen)
    blocks.keep_session()
    is_needed = page not in _WITHOUT_SNAPSHOT
    reason = _snapshot(chosen, is_needed=is_needed)
    own_banner.banner(chosen)
    with masthead:
        blocks.masthead(chosen("app.title"), "" if reason is not None else _as_of(chosen), chosen)
    if not is_needed and (reason is not None or not report("policies")):
        return
    if reason is not None:
        _tell(reason, chosen)
        st.stop()
    if st.session_state.get(_BUILT):
        blocks.notice(chosen("app.first_build"), chosen)
    if not report("policies"):
        blocks.notice(chosen("app.nothing_measured"), chosen)
        st.stop()
    if is_needed:  # the page that needs none says so itself
        _tell_of_gaps(chosen)
    choose_scope(chosen, is_asked=page not in _WITHOUT_FILTERS)


@contextmanager
def refusals_told() -> Iterator[None]:
    """Says in a sentence why the page within cannot go on: a snapshot that is damaged, or of another version."""
    try:
        yield
    except Refused as reason:
        _tell(str(reason), spoken())


def _tell(reason: str, chosen: Words) -> None:
    blocks.notice(chosen("app.no_snapshot"), chosen)
    blocks.quiet(chosen("app.no_snapshot_why", reason=reason), chosen)


def _as_of(chosen: Words) -> str:
    snapshot = report("snapshot_as_of")[0]
    instants = {"as_of": snapshot["as_of"], "read_at": snapshot["built_at"]}
    known = ". ".join(chosen(f"app.{name}", instant=chosen.instant(at, "UTC")) for name, at in instants.items())
    if not snapshot["timezone_is_assumed"]:
        return known
    return f"{known}. {chosen('app.zone_assumed', zone=snapshot['timezone'])}"


def _tell_of_gaps(chosen: Words) -> None:
    """Says which exports end days before the as-of instant: their silence looks like nobody's answer."""
    ends = [row for row in report("export_ends") if row["kind"] != "ratings"]
    for sentence in ends_early(ends, report("snapshot_as_of")[0]["as_of"], "UTC", chosen):
        blocks.notice(sentence, chosen)


def _choose_language() -> str:
    label = " / ".join(words(language)("app.language") for language in LANGUAGES)
    return choose("lang", label, LANGUAGES, nearest(st.context.locale), OWN_NAMES.__getitem__, is_label_hidden=True)


def _snapshot(chosen: Words, *, is_needed: bool) -> str | None:
    """Why there is no snapshot to read; None where there is one. A first one is built only where it `is_needed`."""
    try:
        own = own_data.own_data()
        if own is not None:
            use_own(own.answers)
            report("snapshot_as_of")
            return None
        path, is_new = current_snapshot(), False
        if path is None and not is_needed:
            return ""
        if path is None:
            with st.spinner(chosen("app.building"), show_time=True):
                path, is_new = first_snapshot()
        use(path)
        report("snapshot_as_of")
    except Refused as reason:
        return str(reason)
    if is_new:
        st.session_state[_BUILT] = True
    return None
