"""The one error that a person is shown."""


class Refused(Exception):
    """A request that cannot be carried out; `str()` is one plain sentence that says what, where, and how to mend it."""
