"""From files in hand to a snapshot of this session alone: the button, the progress, and what went wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from sla.errors import Refused
from sla.intake.inspection import Answer, Inspection
from sla.progress import Progress
from sla.store import DatabaseError
from sla.ui import blocks, documents
from sla.ui.own_data import NoRoom, OwnFile, looked_at, measure
from sla.ui.upload_files import HeldFile
from sla.ui.upload_promise import Promise
from sla.words import Words
from sla.words import upload as sentences
from sla.words.upload_questions import still_open

_MEASURED = "upload measured"
STEP = 0.01  # the browser is told no more often than of each hundredth of the work


@dataclass(frozen=True)
class Order:
    """All that a measuring depends on."""

    files: tuple[HeldFile, ...]
    formats: Mapping[str, bytes]
    inspections: tuple[Inspection, ...]
    said: Mapping[str, Answer]
    promise: Promise
    timezone: str | None

    @property
    def answers(self) -> dict[str, Answer]:
        """What was said of each file, by its SHA-256; the zone where the file itself names none."""
        return {
            seen.sha256: replace(
                self.said.get(seen.sha256, Answer()), timezone=None if seen.timezone.value else self.timezone
            )
            for seen in self.inspections
        }

    @property
    def key(self) -> str:
        """Tells one order from another."""
        policies = sorted(policy.sha256 for policy in self.promise.policies)
        files = sorted(file.id for file in self.files)
        answers = sorted(self.answers.items())
        return repr((files, sorted(self.formats.items()), answers, self.promise.chosen, policies))


def ask_to_measure(order: Order, words: Words) -> None:
    """Says what is still to be answered, and once nothing is, measures when the person says so."""
    if not order.inspections:
        return
    blocks.heading(words("upload.title.measure"), words)
    missing = still_open(order.inspections, order.promise.chosen is not None, words)
    blocks.paragraph(missing or words("upload.measure.ready"), words)
    label = words("upload.measure.again" if looked_at() else "upload.measure.button")
    if st.button(label, type="primary", disabled=missing is not None, key="upload measure"):
        _measure(order, words)
    elif looked_at() and st.session_state.get(_MEASURED) not in (None, order.key):
        blocks.notice(words("upload.measure.changed"), words)


def _measure(order: Order, words: Words) -> None:
    """Measures, and begins the page anew with what came of it; or says why nothing did."""
    progress = on_page(words)
    try:
        measure(
            [OwnFile(file.name, file.bytes) for file in order.files],
            policies=order.promise.policies,
            default_policy=order.promise.chosen,
            timezone=order.timezone,
            answers=order.answers,
            formats=order.formats,
            progress=progress,
        )
    except NoRoom:
        blocks.notice(words("own_data.no_room"), words)
    except Refused as reason:
        blocks.notice(words("upload.measure.failed"), words)
        blocks.quiet(words("upload.reason"), words)
        documents.points([documents.Quoted(line, "en") for line in str(reason).splitlines()], words)
    except (DatabaseError, MemoryError, OSError):
        blocks.notice(words("upload.fault"), words)
    else:
        st.session_state[_MEASURED] = order.key
        st.rerun()


def on_page(words: Words) -> Progress:
    """A progress drawn here: a bar and the step in the reader's words."""
    bar = st.progress(0.0, text=words("upload.step.other"))
    shown: list[tuple[str, float]] = [("", -1.0)]

    def show(step: str, done: float) -> None:
        told = sentences.as_label(sentences.step(step, words))
        before, at = shown[-1]
        if told != before or done - at >= STEP:
            shown[-1] = (told, done)
            bar.progress(min(1.0, max(0.0, done)), text=told)

    return show
