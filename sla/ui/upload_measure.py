"""From files in hand to a snapshot of this session alone: the button, the progress, and what went wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from sla.intake.inspection import Answer, Inspection
from sla.progress import Progress
from sla.ui import blocks
from sla.ui.upload_files import HeldFile
from sla.ui.upload_promise import Promise
from sla.words import Words
from sla.words import upload as sentences
from sla.words.upload_questions import still_open

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
    st.button(words("upload.measure.button"), type="primary", disabled=missing is not None, key="upload measure")


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
