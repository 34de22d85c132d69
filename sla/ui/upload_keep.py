"""What a person said of a file, taken along as a format file: put in beside the next export, it answers for them."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

import streamlit as st

from sla.errors import Refused
from sla.intake.formats_writing import format_name, format_text
from sla.intake.inspection import Answer, Inspection
from sla.ui import blocks, upload_found
from sla.words import Words
from sla.words import upload as sentences


def offer_formats(inspections: Sequence[Inspection], timezone: str | None, words: Words) -> None:
    """A format file of each export whose columns, kind or dates somebody said; `timezone` is that of its times."""
    offered = [kept for inspection in inspections if (kept := _kept(inspection, timezone))]
    for inspection, name, text in offered:
        st.download_button(
            sentences.as_label(words("upload.result.download_format", file=sentences.short(inspection.name, 80))),
            text,
            file_name=f"{name}.toml",
            mime="application/toml",
            key=f"upload format {inspection.sha256}",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )
    if offered:
        blocks.quiet(words("upload.result.download_format_note"), words)


def _kept(inspection: Inspection, timezone: str | None) -> tuple[Inspection, str, bytes] | None:
    """The name and the text of the format; None where nothing was said yet, or something is still to be said."""
    answer = upload_found.answers().get(inspection.sha256, Answer())
    if inspection.must_be_asked or not (answer.columns or answer.format or answer.dates):
        return None
    title = PurePath(inspection.name.replace("\\", "/")).stem or inspection.name
    try:
        text = format_text(inspection, replace(answer, timezone=timezone), title)
    except Refused:
        return None
    return inspection, format_name(title), text.encode()
