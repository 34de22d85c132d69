-- Finished weeks of a policy, each with a digest of its clocks
-- Grain: one row per metric and ISO week in the reporting time zone that was over at $as_of; two snapshots of the same exports give the same rows
-- Units: counts of clocks that belong to the week, as pages show them; settled_count and digest hold those that only an export can change: decided
--  ones, and excluded ones that had stopped or fallen due by $as_of; digest takes elapsed seconds in where the clock had stopped by then, and does
--  not depend on the order of rows
-- $policy text: the policy's id, '' for clocks whose tickets name none
-- $as_of instant: the earlier of the as-of instants of two snapshots that are compared
with zone as (
    select coalesce(
        (select reporting_timezone from policy_versions where policy = $policy order by valid_from_at desc nulls last limit 1),
        'UTC'
    ) as timezone
),
this_week as (
    select date_trunc('week', $as_of::timestamp at time zone 'UTC' at time zone timezone)::date as week_start from zone
),
finished_clocks as (
    select
        *,
        outcome in ('met', 'breached')
            or (outcome = 'excluded' and (stopped_at <= $as_of::timestamp or due_at <= $as_of::timestamp)) as is_settled,
    from clock_facts
    where coalesce(policy, '') = $policy and week_start < (select week_start from this_week)
)
select
    metric,
    week_start,
    count(*) filter (outcome = 'met') as met_count,
    count(*) filter (outcome = 'breached') as breached_count,
    count(*) filter (outcome = 'running') as running_count,
    count(*) filter (outcome = 'excluded') as excluded_count,
    count(*) filter (is_settled) as settled_count,
    format('{:x}', bit_xor(
        hash(ticket_id, cycle, outcome, reason, case when stopped_at <= $as_of::timestamp then elapsed_s end)
    ) filter (is_settled)) as digest,
from finished_clocks
group by metric, week_start
order by metric, week_start
