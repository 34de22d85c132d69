"""A form of plain text, for tests of what all forms have in common: every figure of a pack, a line each."""

from sla.review.figures import figures
from sla.review.pack import Pack


def text(pack: Pack) -> bytes:
    """The title, the stamp and the figures."""
    number = pack.stamp.issue_no if pack.stamp else "draft"
    lines = [pack.content.title, f"pack {number}", *(f"{one.key} {one.value}" for one in figures(pack).values())]
    return "\n".join(lines).encode()
