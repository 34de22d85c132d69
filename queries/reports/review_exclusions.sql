-- Clocks of an account that were left out, and why
-- Grain: one row per metric and reason, the most frequent reason first
-- Units: counts of clocks, and of their tickets, that count in the period (rule 9)
-- $policy text: the policy's id, '' for clocks whose tickets name none
-- $account text: the account
-- $first_on date: first day of the period, in the reporting time zone
-- $last_on date: last day of the period
select
    metric,
    reason,
    count(*) as clocks_count,
    count(distinct ticket_no) as tickets_count,
from scoped_clocks($policy, $first_on, $last_on, null, null, $account, null, null, null)
where outcome = 'excluded'
group by metric, reason
order by list_position(['first_response', 'next_response', 'periodic_update', 'resolution'], metric), clocks_count desc, reason
