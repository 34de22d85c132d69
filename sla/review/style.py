"""How packs look and who sends them: data/review.toml, checked."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from sla.errors import Refused

SETTINGS = Path(__file__).resolve().parent.parent.parent / "data" / "review.toml"
MOST_BYTES = 2_000_000  # of a logo
_KEYS = {"accent": 'a colour such as "#1f4e79"', "logo": "the name of a file", "sender": "a name"}
_FORMATS = {
    "png": (b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"),
    "jpeg": (b"\xff\xd8\xff", b"\xff\xd9"),
}  # first and last bytes


@dataclass(frozen=True)
class Logo:
    """A picture as it stands in its file: `kind` is png or jpeg."""

    kind: str
    data: bytes


@dataclass(frozen=True)
class Style:
    """The accent colour as #rrggbb, dark enough for text on white; the logo and the sender's name where there are."""

    accent: str = "#1f4e79"
    logo: Logo | None = None
    sender: str | None = None


def read_style(settings: Path = SETTINGS) -> Style:
    """The style that a settings file tells, the default one where there is no file.

    Raises Refused, naming the file, the key and what was expected.
    """
    try:
        told = tomllib.loads(settings.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Style()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(f"{settings} is not TOML in UTF-8: {error}.") from error
    for key, value in told.items():
        if key not in _KEYS:
            raise Refused(f"{settings}: the key {key!r} is unknown; there are {', '.join(_KEYS)}.")
        if not isinstance(value, str):
            raise Refused(f"{settings}: {key} must be {_KEYS[key]}, not {value!r}.")
    logo = told.get("logo", "").strip()
    return Style(
        accent=_accent(told["accent"], settings) if "accent" in told else Style.accent,
        logo=_logo(logo, settings) if logo else None,
        sender=told.get("sender", "").strip() or None,
    )


def _accent(text: str, settings: Path) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise Refused(f"{settings}: accent must be {_KEYS['accent']}, not {text!r}.")
    if contrast_with_white(text) < 4.5:
        raise Refused(f"{settings}: accent {text} is too light to be read on white paper; take a darker one.")
    return text.lower()


def contrast_with_white(colour: str) -> float:
    """The contrast of a colour #rrggbb with white, 1 to 21 (WCAG 2.2, relative luminance)."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _logo(name: str, settings: Path) -> Logo:
    path = settings.parent / name
    if not path.resolve().is_relative_to(settings.parent.resolve()):
        raise Refused(f"{settings}: the logo {name!r} must lie in {settings.parent}.")
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused(f"{settings}: the logo {name!r} is larger than {MOST_BYTES // 1_000_000} MB.")
        data = path.read_bytes()
    except OSError as error:
        raise Refused(f"{settings}: the logo {name!r} cannot be read: {error.strerror}.") from error
    kind = next((kind for kind, (first, _) in _FORMATS.items() if data.startswith(first)), None)
    if kind is None:
        raise Refused(f"{settings}: the logo {name!r} must be a PNG or JPEG picture.")
    if _FORMATS[kind][1] not in data[-64:]:  # some programs write a little after the end
        raise Refused(f"{settings}: the logo {name!r} is not whole: its end is missing.")
    return Logo(kind, data)
