-- How many clocks were breached
-- Grain: one row
-- Units: counts of clocks that count in the period (rule 9): decided are the met and the breached; open_count is those of the breached that have not stopped
-- $policy text: the policy's id, '' for clocks whose tickets name none
-- $severity text, optional: this severity's clocks only
-- $plan text, optional: this plan's clocks only
-- $account text, optional: this account's clocks only
-- $manager text, optional: clocks of this manager's accounts only
-- $team text, optional: this team's clocks only
-- $channel text, optional: this channel's clocks only
-- $first_on date, optional: the first day of the period, in the reporting time zone
-- $last_on date, optional: the last day of the period
-- $metric text, optional: this metric's clocks only
select
    count(*) as decided_count,
    count(*) filter (outcome = 'breached') as breached_count,
    count(*) filter (outcome = 'breached' and is_open) as open_count,
from scoped_clocks($policy, $first_on, $last_on, $severity, $plan, $account, $manager, $team, $channel)
where outcome in ('met', 'breached') and ($metric::varchar is null or metric = $metric)
