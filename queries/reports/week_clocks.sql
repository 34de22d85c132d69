-- The settled clocks of finished weeks
-- Grain: one row per decided clock of the weeks asked for, and per excluded one that had stopped or fallen due by $as_of: those that only an export
--  can change
-- Units: elapsed_s open seconds, null where the clock had not stopped by $as_of; dates in the reporting time zone
-- $policy text: the policy's id, '' for clocks whose tickets name none
-- $weeks text: Mondays of ISO weeks as ISO dates, separated by commas
-- $as_of instant: the earlier of the as-of instants of two snapshots that are compared
select
    ticket_id,
    metric,
    cycle,
    week_start,
    outcome,
    reason,
    case when stopped_at <= $as_of::timestamp then elapsed_s end as elapsed_s,
from clock_facts
where coalesce(policy, '') = $policy
    and week_start in (select unnest(string_split($weeks, ','))::date)
    and (
        outcome in ('met', 'breached')
        or (outcome = 'excluded' and (stopped_at <= $as_of::timestamp or due_at <= $as_of::timestamp))
    )
