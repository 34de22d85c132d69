"""Your own data: files in, what is in them, the promise to judge them by, and every row accounted for."""

from collections.abc import Sequence

from sla.ui import (
    blocks,
    own_data,
    require_frame,
    spoken,
    upload_files,
    upload_found,
    upload_keep,
    upload_look,
    upload_measure,
    upload_promise,
    upload_result,
)
from sla.words import Words

require_frame()


def show(words: Words) -> None:
    """What came of the files that are looked at; asks for files, and for what only the person can say of them."""
    if own_data.is_in_use():
        upload_result.summary(words)
    else:
        blocks.lead(words("upload.lead"), words)
        blocks.paragraph(words("upload.promise"), words)
    blocks.heading(words("upload.title.files"), words)
    files = upload_files.ask_files(words)
    if files:
        upload_measure.ask_to_measure(show_found(files, words), words)
    else:
        upload_look.tell_known(words)
        upload_files.offer_template(words)


def show_found(files: Sequence[upload_files.HeldFile], words: Words) -> upload_measure.Order:
    """What is in each export and what is asked of it, the zone of its times, and the promise."""
    own = upload_look.own_formats(files, words)
    formats = upload_look.known_formats(own)
    looks = upload_look.look(files, formats, upload_found.answers(), words)
    inspections = [inspection for look in looks for inspection in look.inspections]
    if looks:
        blocks.heading(words("upload.title.found"), words)
        upload_found.every(looks, formats, words)
    else:
        blocks.notice(words("upload.no_export"), words)
    timezone = upload_promise.ask_zone(inspections, words) if inspections else None
    upload_keep.offer_formats(inspections, timezone, words)
    blocks.heading(words("upload.title.policy"), words)
    promise = upload_promise.ask_policy(files, words)
    return upload_measure.Order(
        tuple(look.file for look in looks if look.inspections),
        own,
        tuple(inspections),
        upload_found.answers(),
        promise,
        timezone,
    )


show(spoken())
