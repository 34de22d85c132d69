"""Your own data: files in, what is in them, the promise to judge them by, and every row accounted for."""

from collections.abc import Sequence

from sla.ui import blocks, require_frame, spoken, upload_files, upload_found, upload_look
from sla.words import Words

require_frame()


def show(words: Words) -> None:
    """Asks for files, and for what only the person can say of them."""
    blocks.lead(words("upload.lead"), words)
    blocks.paragraph(words("upload.promise"), words)
    blocks.heading(words("upload.title.files"), words)
    files = upload_files.ask_files(words)
    if not files:
        upload_files.offer_template(words)
        return
    show_found(files, words)


def show_found(files: Sequence[upload_files.HeldFile], words: Words) -> None:
    """What is in each export, and what is asked of it."""
    formats = upload_look.known_formats(upload_look.own_formats(files, words))
    looks = upload_look.look(files, formats, upload_found.answers(), words)
    blocks.heading(words("upload.title.found"), words)
    upload_found.every(looks, formats, words)


show(spoken())
