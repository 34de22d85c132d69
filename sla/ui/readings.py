"""What the other readings of a policy's document would give: measured when somebody asks, then kept for all."""

import threading

import streamlit as st

from sla import store
from sla.errors import Refused
from sla.readings import Record, reading_effects
from sla.ui.snapshot import Answers, in_use
from sla.words import Words


class Effects:
    """The records of reading_effects of one snapshot by policy; one policy is measured at a time."""

    def __init__(self) -> None:
        """Nothing measured yet."""
        self._held: dict[str, list[Record]] = {}
        self._lock = threading.Lock()

    def held(self, policy: str) -> list[Record] | None:
        """What was measured before; None where nothing was."""
        return self._held.get(policy)

    def measured(self, answers: Answers, policy: str, words: Words) -> list[Record]:
        """What is held, else measured now, with a bar that shows how far. Raises Refused where it cannot be."""
        with self._lock:
            held = self.held(policy)
            if held is not None:
                return held
            label = words("definitions.reading.measuring")
            bar = st.progress(0.0, label)

            def show(_: str, done: float) -> None:
                bar.progress(min(done, 1.0), label)

            try:
                found = answers.opened.use(lambda cursor: reading_effects(cursor, policy, progress=show))
            except store.DatabaseError as error:
                raise Refused(str(error).splitlines()[0]) from error
            finally:
                bar.empty()
            self._held[policy] = found
            return found


def effects(policy: str, words: Words) -> list[Record] | None:
    """What the other readings of a policy would give; None until somebody presses the button that is drawn here.

    Raises Refused where it cannot be measured.
    """
    answers = in_use()
    kept = answers.made(("effects",), Effects)
    found = kept.held(policy)
    if found is not None:
        return found
    place = st.empty()
    if not place.button(words("definitions.reading.measure"), key="measure readings"):
        return None
    place.empty()
    return kept.measured(answers, policy, words)
