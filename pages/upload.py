"""Your own data: files in, what is in them, the promise to judge them by, and every row accounted for."""

from sla.ui import blocks, require_frame, spoken, upload_files
from sla.words import Words

require_frame()


def show(words: Words) -> None:
    """Asks for files, and for what only the person can say of them."""
    blocks.lead(words("upload.lead"), words)
    blocks.paragraph(words("upload.promise"), words)
    blocks.heading(words("upload.title.files"), words)
    upload_files.ask_files(words)
    upload_files.offer_template(words)


show(spoken())
