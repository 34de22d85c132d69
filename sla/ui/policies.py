"""The policies as the snapshot has them: the very files it was built with, read once."""

from sla.policies.listing import in_language
from sla.policies.model import UNDETERMINED, Policy, Texts, word_key
from sla.policies.reader import in_order, read_policy_text
from sla.ui.documents import Cell, Quoted
from sla.ui.snapshot import in_use
from sla.words import Words
from sla.words.calendars import calendar_names


def versions(policy: str) -> dict[int, Policy]:
    """The versions of a policy by their number in the snapshot, the newest first; none for tickets without a policy.

    Raises Refused where a file cannot be read any more.
    """
    numbered = enumerate(_policies(), 1)
    return {number: version for number, version in reversed(list(numbered)) if word_key(version.id) == word_key(policy)}


def calendars(policy: str | None, words: Words) -> dict[str, str]:
    """What the calendars of a policy are called in words, by the names that its files and its clocks have for them."""
    known = policy or ""
    return in_use().made(("calendars", known, words.language), lambda: calendar_names(versions(known).values(), words))


def said(texts: Texts, words: Words) -> Cell:
    """A text of a document in the reader's language, else in English, else in its own, which is then marked."""
    text = in_language(texts, words.language)
    language = next((code for code in (words.language, "en", *texts) if texts.get(code) == text), UNDETERMINED)
    return text if language == words.language else Quoted(text, language)


def _policies() -> list[Policy]:
    answers = in_use()

    def read() -> list[Policy]:
        return in_order([read_policy_text(row["text"], row["file"]) for row in answers.ask("policy_files", {})])

    return answers.made(("policies",), read)
