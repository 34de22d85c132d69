"""What the page of a review hands over: files of the pack, notes on breaches, waivers, issued packs. Nothing prints."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from sla import store
from sla.errors import Refused
from sla.periods import Period
from sla.review import forms
from sla.review.content import Breach
from sla.review.gathering import Ask
from sla.review.issuing import Issued, Issuing
from sla.review.naming import stems
from sla.review.notes import MOST_LETTERS, MOST_LETTERS_OF_A_NAME, NO_NOTES, REASONS, ClockKey, Notes
from sla.review.pack import Pack
from sla.review.style import read_style
from sla.ui import blocks, documents, own_data
from sla.ui.filters import say_anew, scope
from sla.ui.snapshot import Answers, Row, in_use, opened
from sla.words import Words, pack_changes
from sla.words import hand_over as sentences

if TYPE_CHECKING:
    from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

_WHO = "hand over who"
_TYPES = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def notes_of(account: str, words: Words) -> Notes:
    """What holds of an account's notes; none, with a sentence why, where their file cannot be read.

    Notes are about the shared snapshots: a person's own data have none.
    """
    if own_data.is_in_use():
        return NO_NOTES
    try:
        return _issuing(str(store.folder())).notebook.notes(account)
    except Refused as reason:
        _tell(reason, words)
        return NO_NOTES


def hand_over(account: Row, period: Period, language: str, notes: Notes, words: Words) -> None:
    """Draws the files, the notes and the issued packs of an account (its row of review_accounts) and a period."""
    with st.container(key="hand-over"):
        blocks.heading(words("hand_over.title"), words)
        if own_data.is_in_use():
            blocks.quiet(words("hand_over.off"), words)
            return
        try:
            _draw(_Desk(account, period, language, notes, words))
        except Refused as reason:
            _tell(reason, words)


class _Desk:
    """One account and period, and what is done with them in this run."""

    def __init__(self, account: Row, period: Period, language: str, notes: Notes, words: Words) -> None:
        self.account: str = account["account"]
        self.period, self.language, self.notes, self.words = period, language, notes, words
        self.issuing = _issuing(str(store.folder()))
        self.issued = self.issuing.issued(self.account, period.first_on, period.last_on)
        self.answers = in_use()
        (self.stem,) = stems([account], period, [language])

    def pack(self) -> Pack:
        """The pack as it would be issued now; made once for all who ask the same."""
        numbers = self.notes.last_no, self.issued[0].stamp.issue_no if self.issued else 0
        key = ("pack", self.account, self.period, self.language, *numbers)
        ask = _asking(self.answers)
        return self.answers.made(key, lambda: self.issuing.pack(ask, self.account, self.period, self.language))


def _draw(desk: _Desk) -> None:
    words = desk.words
    st.text_input(
        words("hand_over.who"), key=_WHO, max_chars=MOST_LETTERS_OF_A_NAME, help=words("hand_over.who_why"), width=420
    )
    with st.expander(words("hand_over.files"), expanded=True):
        blocks.quiet(words("hand_over.draft"), words)
        _files(desk.stem, desk.pack, "file", lambda form: words("hand_over.file", form=form.upper()), words)
    notes, issue = _unfolded("notes", words), _unfolded("issue", words)
    if notes.open:
        with notes:
            _breaches(desk, desk.pack())
            _comment(desk)
    if issue.open:
        with issue:
            _issue(desk, desk.pack())
    if desk.notes.history:
        with st.expander(words("hand_over.history")):
            for line in sentences.history(desk.notes, scope().timezone, words):
                blocks.paragraph(line, words)


def _unfolded(name: str, words: Words) -> "ExpanderContainer":
    """A part that is drawn only while it is open: what it needs of a large account takes longer than the review."""
    return st.expander(words(f"hand_over.{name}"), key=f"hand over open {name}", on_change="rerun")


def _files(stem: str, pack: Callable[[], Pack], key: str, label: Callable[[str], str], words: Words) -> None:
    """A button for each form; its file is made for whoever presses it. A form that cannot be made says why."""
    for column, name in zip(st.columns(3), forms.offered(), strict=False):
        with column:
            try:
                make = forms.form(name)
            except Refused as reason:
                blocks.quiet(str(reason), words)
                continue
            st.download_button(
                label(name),
                partial(_made, make, pack),
                file_name=f"{stem}.{name}",
                mime=_TYPES[name],
                key=f"hand over {key} {name}",
                on_click="ignore",
                icon=":material/download:",
                width="stretch",
            )


def _made(make: forms.Form, pack: Callable[[], Pack]) -> bytes:
    return make(pack())


def _breaches(desk: _Desk, pack: Pack) -> None:
    """Why one breach was, and an agreed waiver of it."""
    words = desk.words
    found = {
        ClockKey(one.ticket_id, one.metric, one.cycle): one for part in pack.content.parts for one in part.breaches
    }
    if not found:
        blocks.paragraph(words("hand_over.no_breaches"), words)
        return
    named = {key: sentences.breach(one, words) for key, one in found.items()}
    say_anew("hand over breach")
    chosen = st.selectbox(words("hand_over.breach"), list(found), format_func=named.__getitem__, key="hand over breach")
    for line in pack.done(chosen):
        blocks.quiet(line, words)
    _note(desk, chosen, found[chosen])
    _waiver(desk, chosen, found[chosen])


def _note(desk: _Desk, clock: ClockKey, breach: Breach) -> None:
    words, note = desk.words, desk.notes.breaches.get(clock)
    with st.form("hand over note", border=False):
        say_anew(f"hand over reason {clock}")
        reason = st.selectbox(
            words("hand_over.reason"),
            REASONS,
            index=REASONS.index(note.reason) if note else 0,
            format_func=lambda code: words.named("pack.reason", code),
            key=f"hand over reason {clock}",
        )
        remark = st.text_area(
            words("hand_over.remark"),
            note.remark if note else "",
            max_chars=MOST_LETTERS,
            key=f"hand over remark {clock}",
        )
        if st.form_submit_button(words("hand_over.keep"), key="hand over keep"):
            day = breach.due_local.date()
            _write(lambda: desk.issuing.notebook.explain(desk.account, clock, day, reason, remark, _who()), words)


def _waiver(desk: _Desk, clock: ClockKey, breach: Breach) -> None:
    words, held = desk.words, desk.notes.waivers.get(clock)
    blocks.subheading(words("hand_over.waiver"), words)
    with st.form("hand over waiver", border=False):
        whom = st.text_input(
            words("hand_over.agreed_with"),
            held.agreed_with if held else "",
            max_chars=MOST_LETTERS_OF_A_NAME,
            key=f"hand over whom {clock}",
        )
        why = st.text_input(words("hand_over.why"), max_chars=MOST_LETTERS, key=f"hand over why {clock}")
        label = words("hand_over.withdraw" if held else "hand_over.waive")
        if st.form_submit_button(label, key="hand over waive"):
            day, is_granted = breach.due_local.date(), held is None
            book = desk.issuing.notebook
            _write(lambda: book.waive(desk.account, clock, day, is_granted, whom, why, _who()), words)


def _comment(desk: _Desk) -> None:
    words, period = desk.words, desk.period
    said = desk.notes.comments.get((period.first_on, period.last_on))
    blocks.subheading(words("pack.comment"), words)
    with st.form("hand over comment", border=False):
        text = st.text_area(
            words("pack.comment"),
            said.remark if said else "",
            max_chars=MOST_LETTERS,
            key=f"hand over comment {desk.account} {period.name}",
            label_visibility="collapsed",
        )
        if st.form_submit_button(words("hand_over.keep_comment"), key="hand over keep comment"):
            book = desk.issuing.notebook
            _write(lambda: book.comment(desk.account, period.first_on, period.last_on, text, _who()), words)


def _issue(desk: _Desk, pack: Pack) -> None:
    """Freezes the pack under a number; lists those that were issued, and what changed since the newest."""
    words = desk.words
    blocks.quiet(words("hand_over.issue_why"), words)
    with st.form("hand over issue", border=False):
        offered = tuple(name for name in forms.offered() if _can_be_made(name))
        wanted = st.multiselect(
            words("hand_over.forms"), offered, list(offered), format_func=str.upper, key="hand over forms"
        )
        if st.form_submit_button(words("hand_over.do_issue"), key="hand over issue"):
            with st.spinner(words("hand_over.issuing"), show_time=True):
                _write(lambda: desk.issuing.issue(pack, tuple(wanted), _who()), words)
    if not desk.issued:
        blocks.paragraph(words("hand_over.issued_none"), words)
        return
    changes = pack_changes.changes(pack, words)
    blocks.paragraph(pack_changes.since(pack, words), words)
    if changes:
        head = [words(f"pack.since.{name}") for name in ("figure", "before", "now", "why")]
        documents.table(head[0], head, [[one.figure, one.before, one.now, one.why] for one in changes], words)
    for issued in desk.issued:
        _issued(desk, issued, pack.timezone)


def _issued(desk: _Desk, issued: Issued, zone: str) -> None:
    words, number = desk.words, issued.stamp.issue_no
    blocks.paragraph(sentences.issued(issued.stamp, zone, words), words)

    def label(form: str) -> str:
        return words("hand_over.again", form=form.upper(), number=str(number))

    _files(f"{desk.stem}-pack{number}", lambda: desk.issuing.again(number), f"again {number}", label, words)


def _write(write: Callable[[], object], words: Words) -> None:
    """Writes and draws the page anew; where it is refused, says why."""
    try:
        write()
    except Refused as reason:
        blocks.notice(words("hand_over.refused", reason=str(reason)), words)
        return
    st.rerun()


def _who() -> str:
    return str(st.session_state.get(_WHO, ""))


def _can_be_made(name: str) -> bool:
    try:
        forms.form(name)
    except Refused:
        return False
    return True


def _tell(reason: Refused, words: Words) -> None:
    blocks.notice(words("hand_over.refused", reason=str(reason)), words)


def _asking(answers: Answers) -> Ask:
    return lambda name, **values: answers.ask(name, values)


@st.cache_resource(max_entries=4, show_spinner=False)
def _issuing(folder: str) -> Issuing:
    return Issuing(Path(folder), read_style(), opened=lambda path: _asking(opened(path)))
