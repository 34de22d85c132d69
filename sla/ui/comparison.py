"""Another period, policy, severity, plan, account or team beside the one that the filters say."""

from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from sla.ui import blocks
from sla.ui.attainment import PAGE
from sla.ui.filters import choose, scope
from sla.ui.scope import Period, Scope, period_of, periods
from sla.ui.snapshot import Row, report
from sla.words import Words
from sla.words import attainment as sentences

NOTHING = "nothing"
KINDS = (NOTHING, "before", "period", "policy", "severity", "plan", "account", "team")
FILTERED = ("severity", "plan", "account", "team")


@dataclass(frozen=True)
class Side:
    """One side of a comparison: what it counts, and what to call it."""

    scope: Scope
    name: str


def side_by_side(metric: str, words: Words) -> None:
    """Asks what to set beside what the filters say, and draws the two."""
    blocks.heading(words("compared.title"), words)
    if sides := choose_sides(words):
        compare(sides, metric, words)
    blocks.quiet(words("compared.hint"), words)


def choose_sides(words: Words) -> tuple[Side, Side] | None:
    """What the reader sets beside what the filters say; None where nothing, or where there is nothing to choose."""
    for_kind, for_which = st.columns(2, vertical_alignment="bottom")
    with for_kind:
        kind = choose("compare", words("compared.by"), KINDS, NOTHING, lambda code: words(f"compared.{code}"))
    if kind == NOTHING:
        return None
    here = scope()
    if kind == "before":
        return _of_periods(here, here.period.before, words)
    names = _names(kind, here, words)
    if not names:
        blocks.paragraph(words("compared.nothing_to_choose"), words)
        return None
    with for_which:
        code = choose("with", words("compared.with"), list(names), next(iter(names)), names.__getitem__)
    if kind == "period":
        return _of_periods(here, period_of(here.period.kind, date.fromisoformat(code)), words)
    if kind == "policy":
        policies = {row["policy"]: row for row in report("policies", language=words.language)}
        other = replace(here, policy=policies[code], severity=None, plan=None)  # its codes mean something else there
        return Side(here, here.policy["name"] or words("filter.no_policy")), Side(other, names[code])
    own = getattr(here, kind)
    everything = _values(kind, here, words)
    left = Side(here, everything.get(own, own) if own else words(f"compared.all_{kind}"))
    return left, Side(_filtered(here, kind, code), names[code])


def compare(sides: tuple[Side, Side], metric: str, words: Words) -> None:
    """Draws the two sides: shares, counts and intervals, how far they lie apart, and whether that is chance."""
    rows = [_attainment(side.scope, metric) for side in sides]
    waits = [_waits(side.scope, metric, words) for side in sides]
    names = (sides[0].name, sides[1].name)
    if rows[0] is None or rows[1] is None:
        blocks.paragraph(words("compared.too_few"), words)
        return
    figures = [
        (sentences.side(row, wait, side.name, words), _address(side.scope, row, words))
        for row, wait, side in zip(rows, waits, sides, strict=True)
        if row
    ]
    blocks.sides(figures, words)
    apart = None if _has_in_it(sides[0].scope, sides[1].scope) else _apart(rows[0], rows[1])
    blocks.paragraph(sentences.difference(rows[0], rows[1], names, apart, words), words)


def _address(side: Scope, row: Row, words: Words) -> str | None:
    """The page about one side alone, which lists its clocks; None where it has none."""
    counts = ("decided_count", "running_count", "excluded_count", "unpromised_count")
    return side.link(PAGE, words.language, metric=row["metric"]) if any(row[count] for count in counts) else None


def _apart(left: Row, right: Row) -> Row:
    counts = (left["met_count"], left["decided_count"], right["met_count"], right["decided_count"])
    asked = dict(zip(("hits", "total", "other_hits", "other_total"), counts, strict=True))
    return report("difference_of_shares", **asked)[0]


def _has_in_it(left: Scope, right: Scope) -> bool:
    """Whether every clock of the right side is one of the left side too: no filter of the left keeps any away."""
    here, there = left.values, right.values
    return all(value is None or value == there[name] for name, value in here.items())


def _attainment(of: Scope, metric: str) -> Row | None:
    rows = report("attainment_of_period", **of.values, before_first_on=None, before_last_on=None)
    return next((row for row in rows if row["metric"] == metric), None)


def _waits(of: Scope, metric: str, words: Words) -> Row | None:
    rows = report("time_percentiles", **of.values, metric=metric, language=words.language)
    return next(reversed(rows), None)


def _of_periods(here: Scope, other: Period, words: Words) -> tuple[Side, Side]:
    # With their days: week 41 of one year and of another are not to be told apart by their number.
    names = [words.period(one.kind, one.first_on, one.last_on) for one in (here.period, other)]
    return Side(here, names[0]), Side(replace(here, period=other), names[1])


def _names(kind: str, here: Scope, words: Words) -> dict[str, str]:
    """What can stand at the other side, in words, by its code."""
    if kind == "period":
        if here.period.kind == "dates":
            return {}
        found = periods(here.period.kind, here.policy["first_week"], here.as_of.date())
        return {
            one.first_on.isoformat(): words.period(one.kind, one.first_on, one.last_on)
            for one in found
            if one != here.period
        }
    if kind == "policy":
        rows = report("policies", language=words.language)
        mine = here.policy["policy"]
        return {
            row["policy"]: row["name"] or words("filter.no_policy")
            for row in rows
            if row["policy"] and row["policy"] != mine
        }
    own = getattr(here, kind)
    return {code: name for code, name in _values(kind, here, words).items() if code != own}


def _values(kind: str, here: Scope, words: Words) -> dict[str, str]:
    rows = report("scope_values", policy=here.policy["policy"], language=words.language)
    return {row["value"]: row["name"] for row in rows if row["dimension"] == kind}


def _filtered(here: Scope, kind: str, code: str) -> Scope:
    """The same scope with another value of one filter; another account may be another manager's."""
    match kind:
        case "severity":
            return replace(here, severity=code)
        case "plan":
            return replace(here, plan=code)
        case "team":
            return replace(here, team=code)
    return replace(here, account=code, manager=None)
