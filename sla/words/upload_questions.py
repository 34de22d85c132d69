"""What is still to be answered before files in hand can be measured, in a sentence."""

from collections.abc import Iterable, Sequence

from sla.intake.inspection import Inspection, Question
from sla.words import Words
from sla.words.upload import short

_NAMED = frozenset({"format", "columns", "dates", "encoding", "delimiter"})


def still_open(inspections: Sequence[Inspection], is_policy_chosen: bool, words: Words) -> str | None:
    """The sentence; None where everything that must be answered is."""
    missing = list(_of_files(inspections, words))
    if not any(inspection.kind in ("tickets", "log", None) for inspection in inspections):
        missing.append(words("upload.open.tickets"))
    if not is_policy_chosen:
        missing.append(words("upload.open.policy"))
    return words("upload.measure.still", what=words.listed(missing)) if missing else None


def _of_files(inspections: Sequence[Inspection], words: Words) -> Iterable[str]:
    for inspection in inspections:
        for question in inspection.must_be_asked:
            yield _told(question, short(inspection.name), words)


def _told(question: Question, file: str, words: Words) -> str:
    if question.kind == "columns":
        return words("upload.open.columns", count=len(question.what), file=file)
    return words(f"upload.open.{question.kind if question.kind in _NAMED else 'other'}", file=file)
