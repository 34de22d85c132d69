"""Sentences about a promise that was filled in: what is wrong in which field."""

from sla.policies.model import WEEKDAYS
from sla.policies.writing import Mistake
from sla.words import Words


def mistake(found: Mistake, words: Words) -> str:
    """What is wrong in a field and what would be right."""
    place = found.place
    if found.field == "hours" and place in WEEKDAYS:
        place = words.weekday(WEEKDAYS.index(place) + 1)
    elif found.field == "statuses":
        place = words(f"own_policy.class.{place}")
    elif found.field == "within" and not place:
        place = words("own_policy.every")
    values = {"place": words.isolated(place), "value": words.isolated(found.value)}
    return words(f"own_policy.mistake.{found.field}.{found.kind}", **values)
