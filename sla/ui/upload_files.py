"""The files that a person put in, held for this session: exports, and with them formats and policies as TOML."""

import json
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from sla.ui import blocks
from sla.ui.own_data import NoRoom, claim_files, forget_files
from sla.ui.upload_template import template
from sla.words import Words

FileUse = Literal["export", "format", "policy", "refused"]
_WIDGET = "upload files"
_HELD = "upload files held"
_SEEN = "upload files of the widget"
_GENERATION = "upload files anew"
_CLAIMED = "upload files with room"
_TOO_LATE = "upload files without room"
LOOKS = "upload looks"


@dataclass(frozen=True)
class HeldFile:
    """A file in hand. `name` is as the browser told it, any text at all: never a path, and shown as text."""

    name: str
    content: UploadedFile
    use: FileUse

    @property
    def id(self) -> str:
        """What tells it from every other file, also of the same name."""
        return self.content.file_id

    @property
    def told(self) -> Mapping[str, Any]:
        """What a file of TOML says; nothing where it is none."""
        return _toml(self.content) or {}

    @property
    def bytes(self) -> bytes:
        """All of it; not a copy."""
        return self.content.getvalue()


def ask_files(words: Words) -> list[HeldFile]:
    """The files in hand, in the order in which they were put in; none before anybody put one in.

    Those of an earlier visit to the page stay in hand until they are taken away, though the widget forgot them. Where
    there is no room for what was put in last, that is let go and said, and what was in hand before stays.
    """
    megabytes = int(st.get_option("server.maxUploadSize"))
    generation = st.session_state.setdefault(_GENERATION, 0)
    with st.container(key="upload-drop"):
        _in_the_readers_words(words)
        st.file_uploader(
            words("upload.files"),
            accept_multiple_files=True,
            key=f"{_WIDGET} {generation}",
            on_change=_take,
            args=(f"{_WIDGET} {generation}",),
        )
    blocks.quiet(words("upload.files_hint", megabytes=megabytes), words)
    held: dict[str, HeldFile] = st.session_state.get(_HELD, {})
    shown = frozenset(file.file_id for file in st.session_state.get(f"{_WIDGET} {generation}") or ())
    st.session_state[_SEEN] = shown  # none after a visit to another page: then nothing was taken out of the widget
    try:
        claim_files(sum(file.content.size for file in held.values()))
    except NoRoom:
        st.session_state[_TOO_LATE] = True
        _let_go(held.keys() - st.session_state.get(_CLAIMED, frozenset()) or held.keys())
        st.rerun()
    st.session_state[_CLAIMED] = frozenset(held)
    if st.session_state.pop(_TOO_LATE, False):
        blocks.notice(words("own_data.no_room"), words)
    _offer_to_take_away(held, shown, words)
    return list(held.values())


def take_away() -> None:
    """Lets go of every file in hand."""
    _let_go(st.session_state.get(_HELD, {}).keys())


def _let_go(ids: Collection[str]) -> None:
    """Lets go of files in hand, so that nothing holds their bytes any more; the others stay in hand."""
    forget_files(ids)
    held: Mapping[str, HeldFile] = st.session_state.get(_HELD, {})
    st.session_state[_HELD] = {key: file for key, file in held.items() if key not in ids}
    for key in (_SEEN, LOOKS):
        st.session_state.pop(key, None)
    st.session_state[_GENERATION] = st.session_state.get(_GENERATION, 0) + 1


def offer_template(words: Words) -> None:
    """The template of the standard export, as a file."""
    blocks.quiet(words("upload.template_lead"), words)
    st.download_button(
        words("upload.template_button"),
        lambda: template(words),  # made only for whoever asks
        file_name=words("upload.template_file"),
        mime="application/zip",
        key="upload template",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def _in_the_readers_words(words: Words) -> None:
    """What Streamlit says in the drop box in English alone; the style sheet puts these in its place."""
    said = {"browse": words("upload.browse"), "drop": words("upload.drop")}
    named = " ".join(f"--upload-{name}: {json.dumps(text, ensure_ascii=False)};" for name, text in said.items())
    st.html(f"<style>:root {{ {named} }}</style>")


def _take(widget: str) -> None:
    shown: Sequence[UploadedFile] = st.session_state.get(widget) or []
    held = dict(st.session_state.get(_HELD, {}))
    for gone in st.session_state.get(_SEEN, frozenset()) - {file.file_id for file in shown}:
        held.pop(gone, None)  # the browser has told the server by itself to forget it
    for file in shown:
        if file.file_id not in held:
            held[file.file_id] = HeldFile(file.name, file, _use(file))
    st.session_state[_HELD] = held
    st.session_state[_SEEN] = {file.file_id for file in shown}


def _use(file: UploadedFile) -> FileUse:
    if not file.name.lower().endswith(".toml"):
        return "export"
    told = _toml(file) or {}
    if "files" in told:
        return "format"
    return "policy" if told.keys() & {"targets", "calendars", "severities"} else "refused"


def _toml(file: UploadedFile) -> Mapping[str, Any] | None:
    try:
        return tomllib.loads(file.getvalue().decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
        return None


def _offer_to_take_away(held: dict[str, HeldFile], shown: frozenset[str], words: Words) -> None:
    if not held:
        return
    names = [words.isolated(file.name) for key, file in held.items() if key not in shown]
    if names:
        blocks.paragraph(words("upload.held", files=words.listed(names)), words)
    st.button(words("upload.take_away"), key="upload take away", on_click=take_away, type="tertiary")
