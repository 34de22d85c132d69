-- Clocks of a policy that are in no count, and why
-- Grain: one row per reason and metric, the most frequent reason first
-- Units: counts of clocks and of their tickets, over all weeks
-- $policy text: the policy's id, '' for clocks whose tickets name none
select
    reason,
    metric,
    clocks_count,
    tickets_count,
    sum(clocks_count) over (partition by reason)::bigint as of_reason_count,
from exclusion_counts
where policy = $policy
order by of_reason_count desc, reason, clocks_count desc, metric
