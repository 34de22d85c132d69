-- Clocks left out of a week, and why
-- Grain: one row per metric and reason, the most frequent reason first
-- Units: counts of clocks that belong to the week
-- $policy text: the policy's id
-- $week date: Monday of the ISO week in the reporting time zone
select
    metric,
    reason,
    count(*) as clocks_count,
    count(distinct ticket_no) as tickets_count,
from clock_facts
where coalesce(policy, '') = $policy and week_start = $week and outcome = 'excluded'
group by metric, reason
order by metric, clocks_count desc, reason
