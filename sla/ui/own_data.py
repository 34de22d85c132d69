"""A person's own files, measured and held for their session alone: never in a cache that others read.

They stay until the person goes back, puts in others, or leaves: then the memory is given back at once.
"""

import threading
import time
import weakref
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import streamlit as st
from streamlit import config, runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from sla.intake.inspection import Answer
from sla.open_snapshot import OpenSnapshot
from sla.policies.model import Policy
from sla.progress import Progress, silent
from sla.ui.snapshot import Answers, in_use
from sla.upload import LIMITS, Limits, OwnFile, Uploaded, measure_upload
from sla.upload_room import NoRoom, Room

__all__ = [
    "NoRoom", "OwnFile", "Uploaded", "claim_files", "forget_files", "hold_upload", "let_go", "looked_at", "measure",
]  # fmt: skip

_HELD = "own data held"
_FILES, _DATA = "files", "data"
GONE_AFTER_S = 150.0  # Streamlit takes a session up again within 120 s
_LOOK_EVERY_S = 5.0


class OwnData:
    """What one session holds; gone with it, or when it is closed."""

    def __init__(self, uploaded: Uploaded, who: str, room: Room) -> None:
        """Takes over what was measured, for which room has been claimed."""
        self.uploaded = uploaded
        self.answers = Answers(Path(uploaded.name), OpenSnapshot(Path(uploaded.name), uploaded.connection))
        self._given_back = weakref.finalize(self, _give_back, self.answers.opened, uploaded, who, room)

    def close(self) -> None:
        """Gives the memory and the room back; questions under way are waited for."""
        self._given_back()


def measure(
    files: Sequence[OwnFile],
    *,
    policies: Sequence[Policy],
    default_policy: str | None,
    timezone: str | None = None,
    answers: Mapping[str, Answer] = MappingProxyType({}),
    formats: Mapping[str, bytes] = MappingProxyType({}),
    limits: Limits = LIMITS,
    progress: Progress = silent,
) -> Uploaded:
    """Measures these files (as measure_upload does) and makes them what this session looks at from its next run on.

    Raises NoRoom where others' files leave no room, Refused where nothing can be measured; what was looked at before
    then stays.
    """
    claim_files(sum(len(file.content) for file in files))
    with _room().turn(progress):
        uploaded = measure_upload(
            files,
            policies=policies,
            default_policy=default_policy,
            timezone=timezone,
            answers=answers,
            formats=formats,
            limits=limits,
            progress=progress,
        )
    hold_upload(uploaded)
    return uploaded


def hold_upload(uploaded: Uploaded) -> None:
    """Makes this what the session looks at, in place of what it looked at before.

    Raises NoRoom where there is no room for it: it is closed then, and what was looked at before stays.
    """
    who, room = _session(), _room()
    try:
        room.claim(who, _DATA, uploaded.bytes)
    except NoRoom:
        uploaded.close()
        raise
    before: OwnData | None = st.session_state.get(_HELD)
    if before is not None:
        before.close()
        room.claim(who, _DATA, uploaded.bytes)
    st.session_state[_HELD] = OwnData(uploaded, who, room)
    _watched().add(who, st.session_state[_HELD])


def let_go() -> None:
    """Gives back what this session looks at; from its next run on it looks at what everybody does."""
    held: OwnData | None = st.session_state.pop(_HELD, None)
    if held is not None:
        held.close()


def looked_at() -> Uploaded | None:
    """What this session looks at of its own; None where it looks at what everybody does."""
    held = own_data()
    return held.uploaded if held else None


def own_data() -> OwnData | None:
    """The same with its answers."""
    held: OwnData | None = st.session_state.get(_HELD)
    return held


def is_in_use() -> bool:
    """Whether this run reads the person's own data."""
    held = own_data()
    return held is not None and in_use() is held.answers


def claim_files(size: int) -> None:
    """Sets room aside for files in hand, so many bytes in all; none gives it back. Raises NoRoom."""
    who = _session()
    if not size:
        _room().leave(who, _FILES)
        return
    _room().claim(who, _FILES, size)
    _watched().add(who, None)


def forget_files(ids: Iterable[str]) -> None:
    """Makes the server forget these files of this session, which it would keep until the session ends."""
    context = get_script_run_ctx()
    manager = context.uploaded_file_mgr if context else None
    if context and isinstance(manager, MemoryUploadedFileManager):
        for file_id in ids:
            manager.remove_file(context.session_id, file_id)


def _give_back(opened: OpenSnapshot, uploaded: Uploaded, who: str, room: Room) -> None:
    opened.close()
    uploaded.close()
    room.leave(who, _DATA)


def _session() -> str:
    context = get_script_run_ctx()
    return context.session_id if context else "no session"


class _Watched:
    """Sessions with files of their own, held by none of this: looks now and then whether they are still there."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._sessions: dict[str, tuple[float, weakref.ref[OwnData] | None]] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def add(self, who: str, held: OwnData | None) -> None:
        """Watches a session from now on."""
        if not runtime.exists() or config.get_option("global.appTest"):  # AppTest has no server, only its likeness
            return
        with self._lock:
            known = self._sessions.get(who, (0.0, None))[1]
            self._sessions[who] = (time.monotonic(), weakref.ref(held) if held else known)
            if self._thread is None:
                self._thread = threading.Thread(target=self._go_on, name="ends uploads")
                self._thread.start()

    def look(self, now: float, gone_after_s: float = GONE_AFTER_S) -> None:
        """Gives back what the sessions had that were last seen so long ago."""
        with self._lock:
            for who, (seen, held) in list(self._sessions.items()):
                if runtime.exists() and runtime.get_instance().is_active_session(who):
                    self._sessions[who] = (now, held)
                elif now - seen >= gone_after_s:
                    del self._sessions[who]
                    self._end(who, held() if held else None)

    def _end(self, who: str, held: OwnData | None) -> None:
        if held is not None:
            held.close()
        self._room.leave(who)
        if runtime.exists():  # Streamlit forgets an ended session when the next one ends, which may be tomorrow
            runtime.get_instance().uploaded_file_mgr.remove_session_files(who)

    def _go_on(self) -> None:
        # A daemon would be cut off within DuckDB when the server ends; so this one asks whether it still is.
        next_look = 0.0
        while threading.main_thread().is_alive():
            time.sleep(0.05)
            if time.monotonic() >= next_look:
                self.look(time.monotonic())
                next_look = time.monotonic() + _LOOK_EVERY_S


@st.cache_resource(show_spinner=False)
def _room() -> Room:
    return Room()


@st.cache_resource(show_spinner=False)
def _watched() -> _Watched:
    return _Watched(_room())
