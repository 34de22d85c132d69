"""A look into the files in hand before they are read: on disk for that moment alone, then held by the session."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import streamlit as st

from sla.errors import Refused
from sla.intake.formats import Format, read_format, read_formats
from sla.intake.inspection import Answer, Inspection, inspect
from sla.store import ROOT, DatabaseError
from sla.ui import blocks, documents
from sla.ui.upload_files import LOOKS, HeldFile
from sla.upload import READING, private_folder, safe_name
from sla.words import Words
from sla.words import upload as sentences

FORMATS = ROOT / "data" / "formats"


@dataclass(frozen=True)
class Look:
    """What was seen in a file in hand: what is in it, several where it is packed, or why it cannot be read.

    `is_again`: something of it stands in a file before it, and is left out here.
    """

    file: HeldFile
    inspections: tuple[Inspection, ...]
    refusal: str | None
    is_again: bool = False


def look(
    files: Sequence[HeldFile], formats: Mapping[str, Format], answers: Mapping[str, Answer], words: Words
) -> list[Look]:
    """A look into each export among the files; into those again of which something else was said since."""
    kept: dict[str, tuple[str, Look]] = st.session_state.get(LOOKS, {})
    known = repr(sorted(formats))
    looks: dict[str, tuple[str, Look]] = {}
    for file in files:
        if file.use != "export":
            continue
        before = kept.get(file.id)
        said = [answers.get(inspection.sha256) for inspection in before[1].inspections] if before else []
        if before and before[0] == f"{known} {said!r}":
            looks[file.id] = before
            continue
        with st.spinner(words("upload.looking")):
            looks[file.id] = _looked(file, formats, answers, known)
    st.session_state[LOOKS] = looks
    return _each_once([seen for _, seen in looks.values()])


def _each_once(looks: Sequence[Look]) -> list[Look]:
    """The same looks, each content at its first place alone; a file of which nothing is left is `again`."""
    seen: set[str] = set()
    kept = []
    for look in looks:
        new = tuple(inspection for inspection in look.inspections if inspection.sha256 not in seen)
        seen |= {inspection.sha256 for inspection in new}
        kept.append(replace(look, inspections=new, is_again=len(new) < len(look.inspections)))
    return kept


def own_formats(files: Sequence[HeldFile], words: Words) -> dict[str, bytes]:
    """The formats among the files as `NAME.toml` and text; says of each that it is one, or why it cannot be used."""
    usable: dict[str, bytes] = {}
    for file in files:
        if file.use != "format":
            continue
        name = re.sub(r"[^\w-]+", "_", str(file.told.get("name", "")))[:60] or "format"
        try:
            read_format(f"{name}.toml", file.bytes)
        except Refused as reason:
            blocks.notice(words("upload.toml_refused", file=sentences.short(file.name, 80)), words)
            documents.paragraphs([documents.Quoted(str(reason), "en")], words)
        else:
            blocks.notice(words("upload.format_taken", file=sentences.short(file.name, 80)), words)
            usable[f"{name}.toml"] = file.bytes
    return usable


def known_formats(own: Mapping[str, bytes]) -> dict[str, Format]:
    """The project's formats and the person's own, which win."""
    files = tuple((file.name, file.stat().st_mtime_ns) for file in sorted(FORMATS.glob("*.toml")))
    return {**_shipped(files)} | {Path(file).stem: read_format(file, text) for file, text in own.items()}


@lru_cache(maxsize=1)
def _shipped(files: tuple[tuple[str, int], ...]) -> Mapping[str, Format]:
    """The project's formats; `files` are theirs with the time of their last change, so that a new one is seen."""
    return MappingProxyType(read_formats(FORMATS))


def tell_known(words: Words) -> None:
    """The exports that are recognised by themselves, folded away."""
    known = known_formats({}).items()
    titles = sorted({sentences.title(name, format_.title, words) for name, format_ in known}, key=str.casefold)
    told = words("upload.known_formats", formats=words.listed(titles))
    documents.folded([(words("upload.known"), [told])], words)


def _looked(
    file: HeldFile, formats: Mapping[str, Format], answers: Mapping[str, Answer], known: str
) -> tuple[str, Look]:
    with private_folder() as room:
        for part in ("file", "unpacked"):
            (room / part).mkdir()
        path = room / "file" / safe_name(file.name)
        path.write_bytes(file.bytes)
        try:
            inspections = tuple(inspect([path], formats, room / "unpacked", answers, limits=READING))
        except Refused as reason:
            return f"{known} []", Look(file, (), str(reason))
        except (DatabaseError, MemoryError, OSError):
            return f"{known} []", Look(file, (), f"{path.name} needs more memory or disk than there is for a look.")
    said = [answers.get(inspection.sha256) for inspection in inspections]
    return f"{known} {said!r}", Look(file, inspections, None)
