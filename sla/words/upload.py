"""Sentences of the upload page: what a file is taken for, what is asked of it, how far the measuring is."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from babel.dates import format_date

from sla.intake.inspection import Answer, Inspection, Told
from sla.words import Words

# As `sla.progress` is told by the build; what stands in no row is work all the same.
_STEPS = (
    (r"reading policies", "policies"),
    (r"reading (?P<file>.+) \(\S+ \w+\)", "reading"),
    (r"reading (?P<file>.+)", "reading"),
    (r"sorting out .*", "sorting"),
    (r"measuring clocks.*", "measuring"),
    (r"gathering .*", "gathering"),
    (r"checking", "checking"),
    (r"waiting .*", "waiting"),
    (r"(taking|holding|copying|publishing).*", "holding"),
    (r"done", "done"),
)
_DAY_AND_MONTH = re.compile(r"(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})(?!\d)")
ORDERS = ("dmy", "mdy")
NUMBERS = {  # since when they count, and how many are a day
    "serial": (date(1899, 12, 30), 1),
    "epoch_s": (date(1970, 1, 1), 86_400),
    "epoch_ms": (date(1970, 1, 1), 86_400_000),
}
LONGEST_SHOWN = 48
WORKBOOK = "xlsx"  # stands where other files have their encoding


def step(told: str, words: Words) -> str:
    """A step of a build, as the build tells it in English, in the reader's language."""
    for pattern, name in _STEPS:
        if found := re.fullmatch(pattern, told):
            return words(f"upload.step.{name}", **found.groupdict())
    return words("upload.step.other")


def day(written: str, order: str) -> date | None:
    """The date that a text such as 03/04/2026 or 46115 is when read as one of ORDERS or NUMBERS; None where it is none.

    A year of two digits is one of this century.
    """
    if order in NUMBERS:
        return _counted_day(written, *NUMBERS[order])
    found = _DAY_AND_MONTH.search(written)
    if found is None:
        return None
    first, second, year = (int(part) for part in found.groups())
    day, month = (first, second) if order == "dmy" else (second, first)
    try:
        return date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return None


def _counted_day(written: str, since: date, a_day: int) -> date | None:
    try:
        return since + timedelta(days=float(written.replace(",", ".")) // a_day)
    except (ValueError, OverflowError):
        return None


def spoken(day: date, words: Words) -> str:
    """A date as it is said aloud: with its weekday, the month in letters."""
    return str(format_date(day, "full", locale=words.locale))


def reading(written: str, order: str, words: Words) -> str:
    """One way to read a date: the day that it then is, and which order that means."""
    named = words.named("upload.dates", order)
    read = day(written, order)
    return words("upload.ask.dates_option", day=spoken(read, words), order=named) if read else named


def title(name: str, own: str, words: Words) -> str:
    """The title of a format: its own, but for the project's, which has a name in each language."""
    return str(words.messages.get(f"upload.format.{name}", own))


def recognised(inspection: Inspection, answer: Answer | None, words: Words) -> str:
    """What a file is taken for, and how sure that is."""
    columns = words("upload.recognised.read", count=len(inspection.headers), line=str(inspection.header_line))
    best = inspection.candidates[0] if inspection.candidates else None
    if best is None:
        known = inspection.kind and words("upload.recognised.mapped", kind=words.named("upload.kind", inspection.kind))
        return f"{known or words('upload.recognised.unknown')} {columns}"
    others = [match for match in inspection.candidates[1:] if match.weight == best.weight]
    unsure = "likely" if others else "unconfirmed"
    sure = "said" if answer and answer.format else "certain" if inspection.is_certain else unsure
    kind = words.named("upload.kind", best.file_kind.kind)
    named = title(best.format.name, best.format.title, words)
    return f"{words(f'upload.recognised.{sure}', format=named, kind=kind)} {columns}"


def traits(inspection: Inspection, words: Words) -> dict[str, str]:
    """How the file is written, each with how sure that is, by the name of the trait."""
    told: dict[str, tuple[Told | None, Callable[[str], str]]] = {
        "encoding": (None if inspection.encoding.value == WORKBOOK else inspection.encoding, str.upper),
        "delimiter": (inspection.delimiter, lambda value: separator(value, words)),
        "dates": (inspection.dates, lambda value: words.named("upload.dates", value)),
        "timezone": (None if _has_every_zone(inspection) else inspection.timezone, words.zone),
    }
    return {words(f"upload.trait.{name}"): _sure(trait, show, words) for name, (trait, show) in told.items() if trait}


def _has_every_zone(inspection: Inspection) -> bool:
    """Whether each time of the file says its own zone: then nobody needs to know one."""
    asked = {question.kind for question in inspection.questions}
    return inspection.match is not None and inspection.timezone.value is None and "timezone" not in asked


def _sure(told: Told, show: Callable[[str], str], words: Words) -> str:
    evidence = f": {words.isolated(short(told.evidence))}" if told.evidence else ""
    return sure(told.value, told.certainty, show(told.value) if told.value is not None else "", words, evidence)


def sure(value: str | None, certainty: str | None, shown: str, words: Words, evidence: str = "") -> str:
    """Something known, in words, with how sure that is; how unsure, where there is no value."""
    named = words.named("upload.certainty", certainty)
    return words("upload.recognised.told", value=shown, certainty=f"{named}{evidence}") if value is not None else named


def separator(delimiter: str, words: Words) -> str:
    """The name of what stands between columns."""
    names = {",": "comma", ";": "semicolon", "\t": "tab"}
    return words(f"upload.delimiter.{names[delimiter]}") if delimiter in names else delimiter


def short(text: str, most: int = LONGEST_SHOWN) -> str:
    """A text of a file on one line and no longer than `most`, so that a page can show it."""
    line = " ".join(text[: 8 * most].split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def option(header: str, value: str, words: Words) -> str:
    """A column of a file in a list: its header and, where there is one, its first value."""
    named = short(header) or words("none")
    return words("upload.columns.option", header=named, value=short(value, 32)) if value.strip() else named


def as_label(text: str) -> str:
    """A text that stands as it is where Streamlit reads Markdown, as in labels: every sign of it taken literally."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)
