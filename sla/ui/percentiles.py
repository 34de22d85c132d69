"""How long clocks took: a line for each severity, percentiles beside the target."""

from collections.abc import Sequence
from html import escape

from sla.ui import blocks
from sla.ui.snapshot import Row
from sla.words import Words

SHOWN = (50, 75, 90, 95)


def percentiles(rows: Sequence[Row], words: Words) -> None:
    """Draws the rows of time_percentiles under their title, and how they are counted; nothing where there are none."""
    if not rows:
        return
    blocks.heading(words("time_taken.percentiles"), words)
    blocks.scrolling(percentiles_html(rows, words), words)
    has_target = any(row["has_target"] for row in rows)
    note = words("time_taken.percentiles_note" if has_target else "time_taken.percentiles_plain")
    if any(row["is_too_few"] for row in rows):
        note = f"{note} {words('time_taken.percentiles_few')}"
    blocks.quiet(note, words)


def percentiles_html(rows: Sequence[Row], words: Words) -> str:
    """A table of the rows of time_percentiles; one with fewer than ten clocks has no percentiles."""
    titles = [words(f"time_taken.{key}") for key in ("severity", "target", "clocks")]
    titles += [words("time_taken.within", percent=str(percent)) for percent in SHOWN]
    head = "".join(f"<th scope='col'>{escape(title)}</th>" for title in titles)
    body = "".join(_line(row, titles, words) for row in rows)
    return (
        f"<div class='scroll cards' role='region' tabindex='0' aria-label='{escape(words('time_taken.percentiles'))}'>"
        f"<table class='list percentiles'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _line(row: Row, titles: Sequence[str], words: Words) -> str:
    name = row["severity_name"] or words("matrix.no_severity")
    if row["is_all_severities"]:
        name = words("matrix.all_severities")
    clocks = words.number(row["clocks_count"])
    if row["unanswered_count"]:
        clocks = words("time_taken.unanswered_of", count=row["clocks_count"], unanswered=row["unanswered_count"])
    of = [f"data-title='{escape(title)}'" for title in titles]
    cells = [f"<td class='name' {of[1]}>{escape(_target(row, words))}</td>"]
    cells.append(f"<td class='name' {of[2]}>{escape(clocks)}</td>")
    if row["is_too_few"]:
        cells.append(f"<td colspan='{len(SHOWN)}' class='said'>{escape(words('matrix.too_few'))}</td>")
    else:
        cells += [_cell(row, row[f"p{percent}_s"], of[3 + at], words) for at, percent in enumerate(SHOWN)]
    kind = " class='total'" if row["is_all_severities"] else ""
    return f"<tr{kind}><th scope='row'><bdi>{escape(name)}</bdi></th>{''.join(cells)}</tr>"


def _target(row: Row, words: Words) -> str:
    least, most = row["least_target_s"], row["most_target_s"]
    if least is None:
        return words("time_taken.no_target")
    if least == most:
        return words.duration(least)
    return words("time_taken.targets", least=words.duration(least), most=words.duration(most))


def _cell(row: Row, seconds: int | None, of: str, words: Words) -> str:
    text = words.duration(row["longest_s"] if seconds is None else seconds)
    if seconds is None:
        text = words("time_taken.more", duration=text)
    most = row["most_target_s"]
    is_late = most is not None and (row["longest_s"] if seconds is None else seconds) > most
    return f"<td class='whole' {of}>{'✕ ' if is_late else ''}{escape(text)}</td>"
