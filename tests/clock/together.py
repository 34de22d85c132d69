"""Many worked cases measured by few builds: those of one as-of instant side by side, each under names of its own.

A case keeps its policies to itself: their ids become its own, and its tickets name theirs. Only the desk of `examples`
stays one for all, and is found as the default policy, so that both ways to a policy are gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tests.clock.examples import DESK, Example, Row
from tests.clock.harness import build_clocks, parsed


class Together:
    """The product's clocks of many examples, each as-of instant's built when the first of them is asked for."""

    def __init__(self, examples: Iterable[Example]) -> None:
        """Of examples whose names differ; builds nothing yet."""
        self._examples = {example.name: example for example in examples}
        self._found: dict[str, list[Row]] = {}

    def clocks(self, name: str) -> list[Row]:
        """The clocks of an example, tickets and policies called as there. Raises what a build raises."""
        if name not in self._found:
            self._found |= self._built_with(self._examples[name])
        return self._found[name]

    def _built_with(self, example: Example) -> dict[str, list[Row]]:
        if is_about_what_stands_beside(example):
            return {example.name: measured(example)}
        return measured_together(
            [
                other
                for other in self._examples.values()
                if other.as_of == example.as_of and not is_about_what_stands_beside(other)
            ]
        )


def is_about_what_stands_beside(example: Example) -> bool:
    """Whether accounts, agents or the lack of a default policy, which a build has once, are part of an example."""
    return bool(example.accounts or example.agents or example.default_policy is None)


def measured(example: Example) -> list[Row]:
    """The clocks of a build of the example alone."""
    given = (example.tickets, example.events, example.accounts, example.agents, example.policies)
    return build_clocks(*given, example.as_of, example.default_policy)


def measured_together(examples: Sequence[Example]) -> dict[str, list[Row]]:
    """The clocks of one build of examples with one as-of instant and nothing but tickets, by the example's name."""
    marks = {f"{number}-": example for number, example in enumerate(examples)}
    named = [marked(example, mark) for mark, example in marks.items()]
    clocks = build_clocks(
        [row for example in named for row in example.tickets],
        [row for example in named for row in example.events],
        accounts=[],
        agents=[],
        policies=[DESK, *(policy for example in named for policy in example.policies if policy != DESK)],
        as_of=examples[0].as_of,
        default_policy=DESK["id"],
    )
    found: dict[str, list[Row]] = {example.name: [] for example in examples}
    for row in clocks:
        mark = row["ticket_id"][: row["ticket_id"].index("-") + 1]
        own = {name: row[name] and row[name].removeprefix(mark) for name in ("ticket_id", "policy")}
        found[marks[mark].name].append(row | own)
    return found


def marked(example: Example, mark: str) -> Example:
    """The example with `mark` before the names of its tickets and requesters, and of its policies but the desk."""
    policies = parsed(example.policies)
    ids = {policy["id"]: policy["id"] if policy == DESK else mark + policy["id"] for policy in policies}

    def ticket(row: Row) -> Row:
        named = {name: mark + row[name] for name in ("ticket_id", "merged_into", "requester") if row.get(name)}
        policy = ids[row.get("policy") or example.default_policy]
        return row | named | ({"policy": policy} if policy != DESK["id"] else {})

    def event(row: Row) -> Row:
        merged = {"value": mark + row["value"]} if row["kind"] == "merged" else {}
        return row | {"ticket_id": mark + row["ticket_id"]} | merged

    return replace(
        example,
        policies=[policy | {"id": ids[policy["id"]]} for policy in policies],
        tickets=[ticket(row) for row in example.tickets],
        events=[event(row) for row in example.events],
    )
