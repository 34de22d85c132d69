"""The forms that a pack can be made in, by name. A form is a function of the pack that gives the bytes of a file.

Each stands in a module of its own, imported when somebody asks for it, so that what one of them lacks stops no other.
"""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from sla.errors import Refused
from sla.review.pack import Pack

Form = Callable[[Pack], bytes]

MODULES = {"pdf": "sla.review.pdf", "pptx": "sla.review.pptx", "xlsx": "sla.review.xlsx"}


def offered() -> tuple[str, ...]:
    """The names of the forms that there are; whether this machine can make one is known when it is asked for."""
    return tuple(name for name, module in MODULES.items() if find_spec(module) is not None)


def form(name: str) -> Form:
    """The function of a form, which stands in its module under the form's name.

    Raises Refused where there is no such form, or where this machine lacks what it needs.
    """
    if name not in offered():
        raise Refused(f"There is no form {name!r}; there are {', '.join(offered()) or 'none yet'}.")
    try:
        made: Form = getattr(import_module(MODULES[name]), name)
    except (ImportError, OSError) as error:
        raise Refused(f"The form {name} cannot be made on this machine: {str(error).splitlines()[0]}.") from error
    return made


def make(pack: Pack, names: tuple[str, ...]) -> dict[str, bytes]:
    """The files of a pack by their forms. Raises Refused as `form` does, and what a form raises."""
    return {name: form(name)(pack) for name in names}
