-- How the breached clocks of an account ended
-- Grain: one row per metric, what ended the clock and whether it is open, of the breached clocks that fell due in the period
-- Units: counts of clocks; stopped_by as clock_facts has it, null while nothing has ended the clock
-- $policy text: the policy's id, '' for clocks whose tickets name none
-- $account text: the account
-- $first_on date: first day of the period, in the reporting time zone
-- $last_on date: last day of the period
select
    metric,
    stopped_by,
    is_open,
    count(*) as clocks_count,
from scoped_clocks($policy, $first_on, $last_on, null, null, $account, null, null, null)
where outcome = 'breached'
group by metric, stopped_by, is_open
order by list_position(['first_response', 'next_response', 'periodic_update', 'resolution'], metric), clocks_count desc, stopped_by, is_open
