-- Clocks of a policy that are in no count, and why
-- Grain: one row per reason and metric, the most frequent reason first
-- Units: counts of clocks and of their tickets, over all weeks
-- $policy text: the policy's id, '' for clocks whose tickets name none
with counted as (
    select
        reason,
        metric,
        count(*) as clocks_count,
        count(distinct ticket_no) as tickets_count,
    from clock_facts
    where coalesce(policy, '') = $policy and outcome = 'excluded'
    group by reason, metric
)
select
    *,
    sum(clocks_count) over (partition by reason)::bigint as of_reason_count,
from counted
order by of_reason_count desc, reason, clocks_count desc, metric
