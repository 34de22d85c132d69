"""A policy as its document could also have been read."""

from dataclasses import replace

from sla.errors import Refused
from sla.policies.durations import seconds_within
from sla.policies.model import Change, Policy, Reading, Target

Codes = tuple[str, ...]


def with_other_reading(policy: Policy, reading: Reading) -> Policy:
    """The policy with the changes of a reading's `otherwise`, one after the other.

    A change meets the targets of its metric, severities and plans (of every one where it names none) and replaces in
    them the keys it gives; a target that it meets in part is divided. One that meets no target is added. Raises
    Refused where a change has no effect or leaves a policy that cannot be right.
    """
    changed = policy
    for change in reading.otherwise:
        changed = with_change(changed, change)
    if len({target.stops_on for target in changed.targets if target.stops_on}) > 1:
        raise Refused("expected one stops_on for all first_response targets, but the other reading leaves two.")
    return changed


def with_change(policy: Policy, change: Change) -> Policy:
    """The policy with one change. Raises Refused where it cannot be made."""
    default = change.default_calendar or policy.default_calendar
    policy = replace(policy, default_calendar=default)
    if change == Change(default_calendar=change.default_calendar):
        return policy
    kept: list[Target] = []
    is_met = False
    for target in policy.targets:
        met, rest = _divided(policy, target, change)
        is_met = is_met or met is not None
        kept.extend(rest)
        if met is not None and not change.is_removed:
            kept.append(_replaced(policy, met, change))
    if is_met:
        return replace(policy, targets=tuple(kept))
    return replace(policy, targets=(*policy.targets, _added(policy, change)))


def _divided(policy: Policy, target: Target, change: Change) -> tuple[Target | None, list[Target]]:
    """The part of a target that a change meets, and what is left of it."""
    if change.metric not in (None, target.metric):
        return None, [target]
    severities, other_severities = _shared(target.severities, change.severities, _severity_codes(policy))
    plans, other_plans = _shared(target.plans, change.plans, _plan_codes(policy))
    if severities == () or plans == ():
        return None, [target]
    rest = []
    if other_severities:
        rest.append(replace(target, severities=other_severities))
    if other_plans:
        rest.append(replace(target, severities=severities, plans=other_plans))
    return replace(target, severities=severities, plans=plans), rest


def _shared(mine: Codes | None, theirs: Codes | None, every: Codes) -> tuple[Codes | None, Codes]:
    """The codes that both name (None: every one), and those that only the first does."""
    if theirs is None:
        return mine, ()
    named = every if mine is None else mine
    return tuple(code for code in named if code in theirs), tuple(code for code in named if code not in theirs)


def _replaced(policy: Policy, target: Target, change: Change) -> Target:
    within = change.within or target.within
    calendar = change.calendar or target.calendar
    if change.stops_on and target.metric != "first_response":
        raise Refused(f"expected stops_on for first_response only, but this changes a {target.metric} target.")
    return replace(
        target,
        within=within,
        target_s=seconds_within(within, policy.calendar(calendar)),
        calendar=calendar,
        stops_on=change.stops_on or target.stops_on,
        pause_on=target.pause_on if change.pause_on is None else change.pause_on,
        clauses=target.clauses if change.clauses is None else change.clauses,
    )


def _added(policy: Policy, change: Change) -> Target:
    if change.is_removed:
        raise Refused("expected to remove a target, but there is none of this metric, severity and plan.")
    if change.metric is None or change.within is None or change.calendar is None:
        raise Refused(
            "expected metric, within and calendar, for this meets no target and is added; or name a metric, severity "
            "and plan that have a target."
        )
    if change.stops_on and change.metric != "first_response":
        raise Refused(f"expected stops_on for first_response only, but this adds a {change.metric} target.")
    return Target(
        metric=change.metric,
        within=change.within,
        target_s=seconds_within(change.within, policy.calendar(change.calendar)),
        calendar=change.calendar,
        severities=change.severities,
        plans=change.plans,
        stops_on=(change.stops_on or policy.stops_on) if change.metric == "first_response" else None,
        pause_on=change.pause_on,
        clauses=change.clauses or {},
    )


def _severity_codes(policy: Policy) -> Codes:
    return tuple(severity.code for severity in policy.severities)


def _plan_codes(policy: Policy) -> Codes:
    return tuple(plan.code for plan in policy.plans)
